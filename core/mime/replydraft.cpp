// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/replydraft.h"

#include "core/mime/bodytree.h"

#include <QStringTokenizer>

#include <algorithm>
#include <array>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxQuote = 1024 * 1024; ///< Characters of the original that a composer can still handle.
constexpr qsizetype maxReferences = 50;

// What mail programs of several languages put before a subject: "Ynt: AW: Re[2]: …".
constexpr std::array replyPrefixes{
    "re"_L1, "ynt"_L1, "cvp"_L1, "yan"_L1, "aw"_L1, "antw"_L1, "sv"_L1, "vs"_L1, "odp"_L1, "rif"_L1, "res"_L1};
constexpr std::array forwardPrefixes{"fwd"_L1, "fw"_L1, "ilt"_L1, "wg"_L1, "rv"_L1, "enc"_L1};

template <class Prefixes> QString withoutPrefixes(const QString &subject, const Prefixes &prefixes)
{
    QStringView rest = QStringView(subject).trimmed();
    for (;;) {
        const qsizetype colon = rest.indexOf(u':');
        QStringView word = rest.first(std::max(colon, qsizetype(0))).trimmed();
        if (const qsizetype count = word.indexOf(u'['); count > 0 && word.endsWith(u']'))
            word = word.first(count);
        QString plain = word.toString();
        plain.replace(u'İ', u'i').replace(u'ı', u'i');
        const bool known = std::any_of(prefixes.begin(), prefixes.end(),
            [&plain](QLatin1StringView prefix) { return plain.compare(prefix, Qt::CaseInsensitive) == 0; });
        if (!known)
            return rest.toString();
        rest = rest.sliced(colon + 1).trimmed();
    }
}

QString quoted(const QString &text)
{
    QString quote;
    const QStringView original = QStringView(text).first(std::min(text.size(), maxQuote)).trimmed();
    if (original.isEmpty())
        return quote;
    for (const QStringView line : original.tokenize(u'\n')) {
        if (line == "-- "_L1) // The signature is not part of what is answered.
            break;
        quote += line.isEmpty() || line.startsWith(u'>') ? u">"_s : u"> "_s;
        quote += line;
        quote += u'\n';
    }
    return quote;
}

bool isSame(const QString &one, const QString &other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

/// Appends the addresses that are neither there already nor in `others` nor the user's own.
void appendNew(AddressList &list, const AddressList &more, const AddressList &others, const QStringList &own)
{
    QSet<QString> known;
    for (const Address &address : list + others)
        known.insert(address.address.toLower());
    for (const QString &address : own)
        known.insert(address.toLower());
    for (const Address &address : more) {
        if (!address.address.isEmpty() && !known.contains(address.address.toLower())) {
            known.insert(address.address.toLower());
            list.append(address);
        }
    }
}

} // namespace

Draft makeReply(const MessageHeader &original, const MessageBody &body, const Address &from, const QStringList &own,
    ReplyTo to, const QString &attribution)
{
    const Envelope &envelope = body.envelope;
    Draft draft;
    draft.kind = DraftKind::Reply;
    draft.original = original.id;
    draft.from = from;

    const auto isOwn = [&](const Address &address) {
        return isSame(address.address, from.address)
            || std::any_of(own.begin(), own.end(), [&](const QString &mine) { return isSame(address.address, mine); });
    };
    // An answer to one's own mail goes on to whom that went.
    const bool mine = !envelope.from.isEmpty() && std::all_of(envelope.from.begin(), envelope.from.end(), isOwn);
    const AddressList author = mine ? envelope.to : envelope.replyTo.isEmpty() ? envelope.from : envelope.replyTo;
    appendNew(draft.to, author, {}, {});
    if (to == ReplyTo::All) {
        const QStringList left = own + QStringList{from.address};
        AddressList others;
        appendNew(others, draft.to, {}, left);
        appendNew(others, envelope.to, {}, left);
        if (!others.isEmpty())
            draft.to = others;
        appendNew(draft.cc, envelope.cc, draft.to, left);
    }

    draft.subject = "Re: "_L1 + withoutPrefixes(envelope.subject, replyPrefixes);
    draft.inReplyTo = envelope.messageIdHeader;
    if (!envelope.messageIdHeader.isEmpty()) {
        draft.references = envelope.references;
        if (draft.references.isEmpty() && !envelope.inReplyTo.isEmpty())
            draft.references.append(envelope.inReplyTo);
        draft.references.append(envelope.messageIdHeader);
        if (draft.references.size() > maxReferences)
            draft.references.remove(1, draft.references.size() - maxReferences);
    }
    draft.text = "\n\n"_L1 + attribution + u'\n' + quoted(body.text);
    return draft;
}

Draft makeForward(const MessageHeader &original, const MessageBody &body, const QByteArray &raw, const Address &from,
    const QString &headline)
{
    Draft draft;
    draft.kind = DraftKind::Forward;
    draft.original = original.id;
    draft.from = from;
    draft.subject = "Fwd: "_L1 + withoutPrefixes(body.envelope.subject, forwardPrefixes);
    draft.text = "\n\n"_L1 + headline + "\n\n"_L1 + body.text.left(maxQuote);
    const BodyTree tree = parseBodyTree(raw);
    for (const Attachment &attachment : body.attachments) {
        if (attachment.part < tree.parts.size())
            draft.attachments.append(
                {attachment.fileName, attachment.mediaType, decodedContent(raw, tree.parts[attachment.part])});
    }
    return draft;
}

} // namespace postaci
