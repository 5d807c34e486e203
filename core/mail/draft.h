// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/address.h"
#include "core/mail/ids.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace postaci {

/// A file of a draft, with its bytes: the file may change or vanish after it was chosen.
struct DraftAttachment {
    QString fileName; ///< As the recipient sees it; cleaned when the message is built.
    QByteArray mediaType; ///< "application/pdf"
    QByteArray content;
    /// Without angle brackets. Not empty: a picture inside the HTML text, not a file beside it.
    QByteArray contentId = {};

    friend bool operator==(const DraftAttachment &, const DraftAttachment &) = default;
};

/// How a draft came about; decides which flag its original gets once it is sent.
enum class DraftKind { New = 0, Reply = 1, Forward = 2 };

/// A message being written: a value that the composer edits, the store keeps, and core/mime turns into bytes.
struct Draft {
    DraftId id;
    AccountId account;
    DraftKind kind = DraftKind::New;
    MessageId original; ///< What is answered or forwarded.
    Address from;
    AddressList to;
    AddressList cc;
    AddressList bcc;
    QString subject;
    QString text; ///< Plain text, LF line ends.
    QString html; ///< The same text as HTML; empty for a plain mail.
    QByteArray inReplyTo; ///< Message-ID of the original, without angle brackets.
    QList<QByteArray> references;
    QList<DraftAttachment> attachments;

    friend bool operator==(const Draft &, const Draft &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::Draft)
