// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/draftcheck.h"

#include "core/store/searchfolding.h"
#include "ui/common/addresscheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace postaci {

QString promisedAttachment(const QString &text)
{
    // Folded like a search: EKTE, ekte and İLİŞİKTE, ilişikte are each one word. "Ek" alone often means "additional".
    static const QRegularExpression promise(
        u"\\b(attach(?:ed|ing|ments?)?|enclos(?:ed|ing|ures?)|"
        "ek['’]?te(?:dir|ki|kiler)?|ekli(?:dir)?|ekle(?:dim|dik|rim|yecegim|nmistir|nmis|nen)|ekliyoru[mz]|"
        "ekin(?:de|deki|e)|ekte|ilisik(?:te|tedir|teki)?|ilistir(?:dim|dik|iyorum|iyoruz|ilmistir)|"
        "ek (?=dosya|belge|olarak gonder|olarak ilet|olarak sun))\\b"_s);
    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(u'>'))
            continue;
        // Folding may change the length, so the word is told as it was found, folded.
        if (const auto match = promise.match(foldForSearch(line)); match.hasMatch())
            return match.captured().trimmed();
    }
    return {};
}

DraftCheck checkDraft(const Draft &draft)
{
    DraftCheck check;
    const AddressList recipients = draft.to + draft.cc + draft.bcc;
    for (const Address &address : recipients) {
        if (!isUsableAddress(address.address))
            check.unusable.append(address.address.isEmpty() ? address.name : address.address);
    }
    check.noRecipient = recipients.isEmpty();
    check.noSubject = draft.subject.trimmed().isEmpty();
    if (draft.attachments.isEmpty())
        check.attachmentWord = promisedAttachment(draft.text);
    return check;
}

} // namespace postaci
