// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/account.h"
#include "core/mail/flags.h"
#include "core/mail/folder.h"
#include "core/mail/messageheader.h"
#include "core/mail/outboxitem.h"
#include "core/mime/messagebody.h"
#include "core/sync/accountstate.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

/// The values of core/mail as JSON: the program's output format. Times are ISO 8601 in UTC, sizes bytes, absent
/// values left out.
namespace postaci::cli {

QJsonObject toJson(const MailError &error); ///< With a sentence in English.
/// Host, port, encryption and user.
QJsonObject toJson(const ServerSettings &server);
QJsonObject toJson(const Account &account);
QJsonObject toJson(const Folder &folder);
QJsonObject toJson(const MessageHeader &header);
QJsonObject toJson(const OutboxItem &item);
QJsonArray toJson(Flags flags); ///< Their names.
/// Header, text, HTML and the list of attachments.
QJsonObject toJson(const MessageHeader &header, const MessageBody &body);

/// "seen", "flagged" … ; nothing for an unknown name.
std::optional<Flag> flagFromName(const QString &name);
/// "tls", "starttls", "none"; nothing for an unknown name.
std::optional<Encryption> encryptionFromName(const QString &name);
/// "ConnectionRefused", "Login": the enumerators' own names.
QString nameOf(ErrorKind kind);
QString nameOf(Step step);

} // namespace postaci::cli
