// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/json.h"

#include "core/mime/headerparser.h"
#include "ui/common/errortext.h"

#include <QJsonArray>
#include <QMetaEnum>

#include <array>
#include <utility>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

template <class Value, size_t N> using Names = std::array<std::pair<Value, QLatin1StringView>, N>;

constexpr Names<Flag, 9> flagNames{{
    {Flag::Seen, "seen"_L1},
    {Flag::Answered, "answered"_L1},
    {Flag::Flagged, "flagged"_L1},
    {Flag::Deleted, "deleted"_L1},
    {Flag::Draft, "draft"_L1},
    {Flag::Forwarded, "forwarded"_L1},
    {Flag::Junk, "junk"_L1},
    {Flag::NotJunk, "notjunk"_L1},
    {Flag::MdnSent, "mdnsent"_L1},
}};

constexpr Names<Encryption, 3> encryptionNames{{
    {Encryption::ImplicitTls, "tls"_L1},
    {Encryption::StartTls, "starttls"_L1},
    {Encryption::None, "none"_L1},
}};

constexpr Names<FolderRole, 9> roleNames{{
    {FolderRole::None, ""_L1},
    {FolderRole::Inbox, "inbox"_L1},
    {FolderRole::Drafts, "drafts"_L1},
    {FolderRole::Sent, "sent"_L1},
    {FolderRole::Archive, "archive"_L1},
    {FolderRole::Junk, "junk"_L1},
    {FolderRole::Trash, "trash"_L1},
    {FolderRole::All, "all"_L1},
    {FolderRole::Flagged, "flagged"_L1},
}};

constexpr Names<OutboxState, 5> outboxStateNames{{
    {OutboxState::Queued, "queued"_L1},
    {OutboxState::Sending, "sending"_L1},
    {OutboxState::Unknown, "unknown"_L1},
    {OutboxState::Sent, "sent"_L1},
    {OutboxState::Failed, "failed"_L1},
}};

constexpr Names<RecipientState, 3> recipientStateNames{{
    {RecipientState::Pending, "pending"_L1},
    {RecipientState::Accepted, "accepted"_L1},
    {RecipientState::Refused, "refused"_L1},
}};

template <class Value, size_t N> QString nameIn(const Names<Value, N> &names, Value value)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == value)
            return name;
    }
    return {};
}

template <class Value, size_t N> std::optional<Value> valueIn(const Names<Value, N> &names, const QString &name)
{
    for (const auto &[value, candidate] : names) {
        if (candidate == name)
            return value;
    }
    return {};
}

/// Adds a text unless it is empty.
void add(QJsonObject &object, QLatin1StringView key, const QString &value)
{
    if (!value.isEmpty())
        object.insert(key, value);
}

void add(QJsonObject &object, QLatin1StringView key, const AddressList &addresses)
{
    if (addresses.isEmpty())
        return;
    QJsonArray array;
    for (const Address &address : addresses)
        array.append(formatAddress(address));
    object.insert(key, array);
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

} // namespace

QJsonArray toJson(Flags flags)
{
    QJsonArray array;
    for (const auto &[flag, name] : flagNames) {
        if (flags.testFlag(flag))
            array.append(name);
    }
    return array;
}

QString nameOf(ErrorKind kind)
{
    return QLatin1StringView(QMetaEnum::fromType<ErrorKind>().valueToKey(int(kind)));
}

QString nameOf(Step step)
{
    return QLatin1StringView(QMetaEnum::fromType<Step>().valueToKey(int(step)));
}

std::optional<Flag> flagFromName(const QString &name)
{
    return valueIn(flagNames, name);
}

std::optional<Encryption> encryptionFromName(const QString &name)
{
    return valueIn(encryptionNames, name);
}

QJsonObject toJson(const MailError &error)
{
    QJsonObject object{
        {u"kind"_s, nameOf(error.kind)},
        {u"step"_s, nameOf(error.step)},
        {u"sentence"_s, errorText(error).sentence},
    };
    add(object, "endpoint"_L1, error.endpoint);
    add(object, "serverText"_L1, error.serverText);
    if (error.replyCode != 0)
        object.insert("replyCode"_L1, error.replyCode);
    add(object, "enhancedCode"_L1, QString::fromLatin1(error.enhancedCode));
    add(object, "subject"_L1, error.subject);
    return object;
}

QJsonObject toJson(const ServerSettings &server)
{
    return {
        {u"host"_s, server.host},
        {u"port"_s, server.port},
        {u"encryption"_s, nameIn(encryptionNames, server.encryption)},
        {u"user"_s, server.userName},
    };
}

QJsonObject toJson(const Account &account)
{
    return {
        {u"id"_s, account.id.value},
        {u"name"_s, account.name},
        {u"address"_s, account.identity.address},
        {u"sender"_s, account.identity.name},
        {account.isLocal() ? u"pop3"_s : u"imap"_s, toJson(account.incoming)},
        {u"smtp"_s, toJson(account.outgoing)},
    };
}

QJsonObject toJson(const Folder &folder)
{
    QJsonObject object{
        {u"id"_s, folder.id.value},
        {u"account"_s, folder.account.value},
        {u"path"_s, folder.path},
        {u"total"_s, folder.total},
        {u"unread"_s, folder.unread},
        {u"selectable"_s, folder.selectable},
    };
    add(object, "role"_L1, nameIn(roleNames, folder.role));
    return object;
}

QJsonObject toJson(const MessageHeader &header)
{
    const Envelope &envelope = header.envelope;
    QJsonObject object{
        {u"id"_s, header.id.value},
        {u"folder"_s, header.folder.value},
        {u"uid"_s, qint64(header.uid)},
        {u"flags"_s, toJson(header.flags)},
        {u"size"_s, header.size},
        {u"subject"_s, envelope.subject},
        {u"attachments"_s, envelope.hasAttachments},
    };
    add(object, "received"_L1, timeText(header.received));
    add(object, "date"_L1, timeText(envelope.date));
    add(object, "from"_L1, envelope.from);
    add(object, "replyTo"_L1, envelope.replyTo);
    add(object, "to"_L1, envelope.to);
    add(object, "cc"_L1, envelope.cc);
    add(object, "bcc"_L1, envelope.bcc);
    add(object, "messageId"_L1, QString::fromUtf8(envelope.messageIdHeader));
    return object;
}

QJsonObject toJson(const MessageHeader &header, const MessageBody &body)
{
    QJsonObject object = toJson(header);
    QJsonArray attachments;
    for (const Attachment &attachment : body.attachments) {
        attachments.append(QJsonObject{
            {u"part"_s, attachment.part},
            {u"fileName"_s, attachment.fileName},
            {u"mediaType"_s, QString::fromLatin1(attachment.mediaType)},
            {u"size"_s, attachment.size},
            {u"inline"_s, attachment.isInline},
        });
    }
    object.insert("attachments"_L1, attachments);
    object.insert("text"_L1, body.text);
    if (!body.html.isEmpty())
        object.insert("html"_L1, QJsonArray::fromStringList(body.html));
    if (body.incomplete)
        object.insert("incomplete"_L1, true);
    return object;
}

QJsonObject toJson(const OutboxItem &item)
{
    QJsonArray recipients;
    for (const Recipient &recipient : item.recipients) {
        QJsonObject object{
            {u"address"_s, recipient.address},
            {u"state"_s, nameIn(recipientStateNames, recipient.state)},
        };
        if (recipient.state == RecipientState::Refused)
            object.insert("error"_L1, toJson(recipient.error));
        recipients.append(object);
    }
    QJsonObject object{
        {u"id"_s, item.id.value},
        {u"account"_s, item.account.value},
        {u"state"_s, nameIn(outboxStateNames, item.state)},
        {u"sender"_s, item.sender},
        {u"recipients"_s, recipients},
        {u"subject"_s, item.subject},
        {u"messageId"_s, QString::fromUtf8(item.messageIdHeader)},
        {u"size"_s, item.size},
        {u"attempts"_s, item.attempts},
    };
    add(object, "queuedAt"_L1, timeText(item.queuedAt));
    if (item.state == OutboxState::Queued)
        add(object, "nextTry"_L1, timeText(item.nextTry));
    if (item.attempts > 0 && item.state != OutboxState::Sent)
        object.insert("lastError"_L1, toJson(item.lastError));
    return object;
}

} // namespace postaci::cli
