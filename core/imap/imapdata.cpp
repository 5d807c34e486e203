// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapdata.h"

#include "core/imap/mailboxname.h"

namespace postaci {

namespace {

using Kind = ImapToken::Kind;

constexpr qsizetype mostNamespaces = 100; ///< Of a kind.
constexpr qsizetype mostResources = 20;

/// The next token that is not a list's end; nothing at the end of all.
class Reader {
public:
    explicit Reader(const QList<ImapToken> &tokens)
        : m_tokens(tokens)
    {
    }

    bool atEnd() const { return m_next >= m_tokens.size(); }
    bool take(Kind kind)
    {
        const bool fits = !atEnd() && m_tokens.at(m_next).kind == kind;
        m_next += fits;
        return fits;
    }
    const ImapToken *takeString()
    {
        if (atEnd() || !m_tokens.at(m_next).isString())
            return nullptr;
        return &m_tokens.at(m_next++);
    }
    /// Up to the end of the list that is open.
    void skipRest()
    {
        for (int depth = 1; !atEnd() && depth > 0; ++m_next)
            depth += int(m_tokens.at(m_next).kind == Kind::Open) - int(m_tokens.at(m_next).kind == Kind::Close);
    }

private:
    const QList<ImapToken> &m_tokens;
    qsizetype m_next = 0;
};

/// `NIL`, or `(("INBOX." ".")("other/" "/" extensions))`.
std::optional<QList<Namespace>> readKind(Reader &reader)
{
    QList<Namespace> list;
    if (const ImapToken *none = reader.takeString())
        return none->isNil() ? std::optional(list) : std::nullopt;
    if (!reader.take(Kind::Open))
        return std::nullopt;
    while (reader.take(Kind::Open)) {
        const ImapToken *prefix = reader.takeString();
        const ImapToken *separator = prefix ? reader.takeString() : nullptr;
        if (!separator || (!separator->isNil() && separator->bytes.size() != 1))
            return std::nullopt;
        if (list.size() < mostNamespaces) {
            list.append({.prefix = prefix->bytes.isEmpty() ? QString() : decodeMailboxName(prefix->bytes),
                .separator = separator->isNil() ? QChar() : QLatin1Char(separator->bytes.front())});
        }
        reader.skipRest();
    }
    if (!reader.take(Kind::Close))
        return std::nullopt;
    return list;
}

} // namespace

std::optional<std::pair<QString, FolderStatus>> readStatus(const ImapResponse &response)
{
    Reader reader(response.tokens);
    const ImapToken *mailbox = response.name == "STATUS" ? reader.takeString() : nullptr;
    if (!mailbox || !reader.take(Kind::Open))
        return std::nullopt;
    FolderStatus status;
    while (const ImapToken *item = reader.takeString()) {
        const ImapToken *value = reader.takeString();
        bool isNumber = value != nullptr;
        const quint64 number = value ? value->bytes.toULongLong(&isNumber) : 0;
        if (!isNumber)
            return std::nullopt;
        const QByteArray name = item->bytes.toUpper();
        if (name == "HIGHESTMODSEQ") {
            status.highestModSeq = number;
            continue;
        }
        if (number > 0xffffffff)
            return std::nullopt;
        if (name == "MESSAGES")
            status.messages = quint32(number);
        else if (name == "UIDNEXT")
            status.uidNext = quint32(number);
        else if (name == "UIDVALIDITY")
            status.uidValidity = quint32(number);
        else if (name == "UNSEEN")
            status.unseen = quint32(number);
    }
    if (!reader.take(Kind::Close))
        return std::nullopt;
    return std::pair(decodeMailboxName(mailbox->bytes), status);
}

std::optional<Namespaces> readNamespaces(const ImapResponse &response)
{
    if (response.name != "NAMESPACE")
        return std::nullopt;
    Reader reader(response.tokens);
    const auto personal = readKind(reader);
    const auto others = personal ? readKind(reader) : std::nullopt;
    const auto shared = others ? readKind(reader) : std::nullopt;
    if (!shared)
        return std::nullopt;
    return Namespaces{.personal = *personal, .others = *others, .shared = *shared};
}

QList<QuotaResource> readQuota(const ImapResponse &response)
{
    Reader reader(response.tokens);
    const ImapToken *root = response.name == "QUOTA" ? reader.takeString() : nullptr;
    QList<QuotaResource> resources;
    if (!root || !reader.take(Kind::Open))
        return resources;
    while (const ImapToken *name = reader.takeString()) {
        const ImapToken *used = reader.takeString();
        const ImapToken *limit = used ? reader.takeString() : nullptr;
        bool usedIsNumber = false;
        bool limitIsNumber = false;
        const qint64 usedNumber = limit ? used->bytes.toLongLong(&usedIsNumber) : 0;
        const qint64 limitNumber = limit ? limit->bytes.toLongLong(&limitIsNumber) : 0;
        if (!usedIsNumber || !limitIsNumber || usedNumber < 0 || limitNumber < 0)
            return {};
        if (resources.size() < mostResources)
            resources.append({.name = name->bytes.toUpper(), .used = usedNumber, .limit = limitNumber});
    }
    return resources;
}

} // namespace postaci
