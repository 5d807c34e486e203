// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace postaci {

/// What to make of the records that DNS gave. Pure: the questions are asked elsewhere.

struct MxRecord {
    QString exchanger; ///< Empty or "." is the root.
    int preference = 0;
};

struct MxChoice {
    /// RFC 7505: the domain takes no mail. Only when this is its single record.
    bool takesNoMail = false;
    QStringList exchangers; ///< Valid names, best first, in ACE form.
};

/// RFC 5321 5.1: the lowest preference first, by number.
MxChoice chooseMx(QList<MxRecord> records);

struct SrvRecord {
    QString target; ///< Empty or "." is the root.
    int port = 0;
    int priority = 0;
    int weight = 0;
};

/// The records worth trying, best first: the lowest priority, the largest weight in it. RFC 2782 lets weights decide by
/// chance to share load; settings that are kept should not depend on chance. Empty when the service is not offered:
/// no record, or "." as target.
QList<SrvRecord> chooseSrv(QList<SrvRecord> records);

/// A name of RFC 6186 or RFC 8314 5.1, in front of the domain.
struct SrvService {
    const char *name;
    Protocol protocol;
    Encryption encryption;
};
/// In the order of preference for each protocol: TLS from the first byte first. "_imap" may mean a server without
/// encryption: here it means STARTTLS, without which nothing goes on.
inline constexpr SrvService srvServices[] = {
    {"_imaps._tcp.", Protocol::Imap, Encryption::ImplicitTls},
    {"_submissions._tcp.", Protocol::Smtp, Encryption::ImplicitTls},
    {"_imap._tcp.", Protocol::Imap, Encryption::StartTls},
    {"_submission._tcp.", Protocol::Smtp, Encryption::StartTls},
    {"_pop3s._tcp.", Protocol::Pop3, Encryption::ImplicitTls},
    {"_pop3._tcp.", Protocol::Pop3, Encryption::StartTls},
};

/// The server that the records of one service name, or one with an empty host.
ServerSettings serverBySrv(const SrvService &service, const QList<SrvRecord> &records);

} // namespace postaci
