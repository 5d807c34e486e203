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
    // Compared as a search does, folded: EKTE and ekte, İLİŞİKTE and ilişikte. "Ek" alone often means "additional".
    static const QRegularExpression word(u"[\\w'’]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression promise(QRegularExpression::anchoredPattern(
        u"attach(?:ed|ing|ments?)?|enclos(?:ed|ing|ures?)|"
        "ek ?te(?:dir|ki|kiler)?|ekli(?:dir)?|ekle(?:dim|dik|rim|yecegim|nmistir|nmis|nen)|ekliyoru[mz]|"
        "ekin(?:de|deki|e)|ilisik(?:te|tedir|teki)?|ilistir(?:dim|dik|iyorum|iyoruz|ilmistir)|"
        "ek (?:dosya|belge).*|ek olarak (?:gonder|ilet|sunuyor|sunul).*"_s));

    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(u'>'))
            continue;
        QStringList words;
        for (const QRegularExpressionMatch &match : word.globalMatch(line))
            words.append(match.captured());
        for (qsizetype i = 0; i < words.size(); ++i) {
            for (qsizetype count = 1; count <= qMin(qsizetype(3), words.size() - i); ++count) {
                const QString phrase = words.mid(i, count).join(u' ');
                if (promise.match(foldForSearch(phrase)).hasMatch())
                    return phrase;
            }
        }
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
