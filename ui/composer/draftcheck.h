// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/draft.h"

#include <QString>
#include <QStringList>

namespace postaci {

/// What is wrong or doubtful about a draft before it is sent. Pure.
struct DraftCheck {
    QStringList unusable; ///< What was typed as a recipient and is no address.
    bool noRecipient = false;
    bool noSubject = false;
    /// A word of the user's own text that speaks of an attachment while there is none.
    QString attachmentWord;

    bool mustBeMended() const { return noRecipient || !unusable.isEmpty(); }
};

DraftCheck checkDraft(const Draft &draft);

/// The word in `text` that promises an attachment, in English or Turkish; quoted lines do not count. Empty: none.
QString promisedAttachment(const QString &text);

} // namespace postaci
