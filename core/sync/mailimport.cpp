// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/mailimport.h"

#include "core/imap/mailboxname.h"
#include "core/mime/lineends.h"
#include "core/mime/maildir.h"
#include "core/mime/mboxreader.h"
#include "core/store/store.h"
#include "core/sync/folderactions.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

/// Of one transaction.
constexpr qsizetype batchCount = 100;
constexpr qint64 batchBytes = qint64(8) * 1024 * 1024;

MailError unreadable(const QString &path)
{
    return {.kind = ErrorKind::FileUnreadable, .step = Step::ReadFile, .subject = QFileInfo(path).fileName()};
}

/// A file that was chosen by mistake shall not become a mail: one begins with a header field (RFC 5322 2.2).
bool beginsLikeMail(const QByteArray &raw)
{
    const qsizetype colon = raw.indexOf(':');
    if (colon <= 0)
        return raw.trimmed().isEmpty();
    const QByteArray name = raw.first(colon).trimmed();
    return std::all_of(name.cbegin(), name.cend(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// Those of a directory that is no Maildir.
QFileInfoList mailFiles(const QString &directory)
{
    return QDir(directory).entryInfoList({u"*.eml"_s}, QDir::Files, QDir::Name);
}

/// A file may end without the last line's end; that makes no other mail of it.
QByteArray fingerprint(const QByteArray &raw)
{
    qsizetype size = raw.size();
    while (size > 0 && (raw.at(size - 1) == '\n' || raw.at(size - 1) == '\r'))
        --size;
    return QCryptographicHash::hash(QByteArrayView(raw).first(size), QCryptographicHash::Sha256);
}

template <class T> Result<T> waitFor(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.result();
}

} // namespace

MailImport::MailImport(
    Store &store, QDateTime now, const std::atomic_bool &stop, std::function<void(FileProgress)> progress)
    : m_store(store)
    , m_now(std::move(now))
    , m_stop(stop)
    , m_progress(std::move(progress))
{
}

Result<ImportOutcome> MailImport::run(const QStringList &paths, FolderId folder)
{
    for (const QString &path : paths) {
        const QFileInfo info(path);
        m_told.total += info.isFile() ? info.size() : 0; // Directories are added when they are looked into.
    }
    Result<void> read;
    for (const QString &path : paths) {
        if (m_target.folder.id != folder) { // The first one, or one after a Maildir with folders of its own.
            read = flush();
            if (read)
                read = openTarget(folder);
            if (!read)
                break;
        }
        read = onePath(path);
        if (!read && read.error().kind == ErrorKind::FileUnreadable && paths.size() > 1) {
            passOver(path);
            read = {};
        }
        if (!read || m_outcome.cancelled)
            break;
    }
    // Also after a failure: what was read whole is kept.
    const Result<void> written = m_outcome.cancelled ? Result<void>() : flush();
    if (!read || !written)
        return failure(read ? written.error() : read.error());
    tell(0);
    return m_outcome;
}

Result<void> MailImport::onePath(const QString &path)
{
    if (m_stop) {
        m_outcome.cancelled = true;
        return {};
    }
    const QFileInfo info(path);
    if (!info.exists() || !info.isReadable())
        return failure(unreadable(path));
    if (info.isDir())
        return maildir::folders(path).isEmpty() ? directory(path) : maildir(path);
    QFile file(path);
    const bool isMbox = !path.endsWith(".eml"_L1, Qt::CaseInsensitive) && file.open(QIODevice::ReadOnly)
        && MboxReader::isMbox(file.peek(64));
    file.close();
    return isMbox ? mboxFile(path) : oneFile(path, {}, false);
}

Result<void> MailImport::openTarget(FolderId id)
{
    struct Opened {
        Target target;
        QMultiHash<QByteArray, Known> known;
    };
    const Result<Opened> opened = waitFor(m_store.read([id](const Tables &tables) -> Result<Opened> {
        const std::optional<Folder> folder = tables.folders.find(id);
        const std::optional<Account> account = folder ? tables.accounts.find(folder->account) : std::nullopt;
        if (!account)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        if (!folder->selectable)
            return failure({.kind = ErrorKind::InvalidInput, .step = Step::WriteStore, .subject = folder->path});
        Opened result{.target = {*folder, account->isLocal()}, .known = {}};
        std::optional<MessageKey> before;
        constexpr qsizetype slice = 5000;
        for (;;) {
            const QList<MessageKey> keys = tables.messages.keys(id, slice, before);
            QList<MessageId> ids;
            for (const MessageKey &key : keys)
                ids.append(MessageId{key.id});
            const QList<MessageHeader> headers = tables.messages.headers(ids);
            for (const MessageHeader &header : headers)
                result.known.insert(header.envelope.messageIdHeader, {header.id, header.size, header.hasBody});
            if (keys.size() < slice)
                return result;
            before = keys.last();
        }
    }));
    if (!opened)
        return failure(opened.error());
    m_target = opened->target;
    m_known = opened->known;
    m_added.clear();
    return {};
}

Result<void> MailImport::mboxFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(unreadable(path));
    MboxReader reader(file);
    qint64 at = 0;
    while (auto message = reader.next()) {
        if (m_stop) {
            m_outcome.cancelled = true;
            return {};
        }
        tell(reader.position() - std::exchange(at, reader.position()));
        if (message->tooLarge || message->flags.testFlag(Flag::Deleted))
            ++m_outcome.leftOut;
        else if (const auto added = add(std::move(message->raw), message->flags, message->received); !added)
            return added;
    }
    if (reader.failed())
        return failure(unreadable(path));
    return {};
}

Result<void> MailImport::maildir(const QString &path)
{
    const QList<maildir::Folder> folders = maildir::folders(path);
    QList<QList<maildir::Message>> messages;
    for (const maildir::Folder &folder : folders) {
        messages.append(maildir::messages(folder.directory));
        for (const maildir::Message &message : std::as_const(messages.last()))
            m_told.total += QFileInfo(message.path).size();
    }
    const FolderId root = m_target.folder.id;
    for (qsizetype i = 0; i < folders.size(); ++i) {
        const Result<FolderId> target = folderBelow(root, folders.at(i).names);
        if (!target)
            return failure(target.error());
        if (*target != m_target.folder.id) {
            if (const auto written = flush(); !written)
                return written;
            if (const auto opened = openTarget(*target); !opened)
                return opened;
        }
        for (const maildir::Message &message : messages.at(i)) {
            if (m_stop) {
                m_outcome.cancelled = true;
                return {};
            }
            if (message.flags.testFlag(Flag::Deleted)) {
                ++m_outcome.leftOut;
                continue;
            }
            const auto added = oneFile(message.path, message.flags, true);
            if (!added && added.error().kind == ErrorKind::FileUnreadable)
                passOver(message.path);
            else if (!added)
                return added;
        }
    }
    return {};
}

/// Below a folder of a server everything goes into that one.
Result<FolderId> MailImport::folderBelow(FolderId root, const QStringList &names)
{
    if (names.isEmpty() || !m_target.isLocal)
        return root;
    return waitFor(m_store.write(
        [root, names, now = m_now](Tables &tables) -> Result<FolderId> {
            FolderId folder = root;
            for (const QString &name : names) {
                QString title = decodeMailboxName(name.toUtf8());
                if (title.isEmpty())
                    title = name;
                title = title.replace(u'/', u'_').simplified();
                const std::optional<Folder> parent = tables.folders.find(folder);
                if (!parent)
                    return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
                const auto known = tables.folders.findByPath(parent->account, parent->path + u'/' + title);
                if (known) {
                    folder = known->id;
                    continue;
                }
                const Result<FolderId> made = actions::createFolder(tables, {}, folder, title, now);
                if (!made)
                    return made;
                folder = *made;
            }
            return folder;
        },
        Store::Durability::Durable));
}

Result<void> MailImport::directory(const QString &path)
{
    const QFileInfoList files = mailFiles(path);
    for (const QFileInfo &file : files)
        m_told.total += file.size();
    for (const QFileInfo &file : files) {
        if (m_stop) {
            m_outcome.cancelled = true;
            return {};
        }
        const auto added = oneFile(file.filePath(), {}, false);
        if (!added && added.error().kind == ErrorKind::FileUnreadable)
            passOver(file.filePath());
        else if (!added)
            return added;
    }
    return {};
}

/// @param isMail it was delivered as one
Result<void> MailImport::oneFile(const QString &path, Flags flags, bool isMail)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(unreadable(path));
    if (file.size() > MboxReader::defaultLimit) {
        ++m_outcome.leftOut;
        return {};
    }
    const QByteArray content = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(unreadable(path));
    tell(content.size());
    QByteArray raw = messageFromFile(content);
    if (!isMail && !beginsLikeMail(raw))
        return failure(unreadable(path));
    return add(std::move(raw), flags, {});
}

void MailImport::passOver(const QString &path)
{
    if (m_outcome.unreadable++ == 0)
        m_outcome.unreadableFile = QFileInfo(path).fileName();
}

Result<void> MailImport::add(QByteArray raw, Flags flags, const QDateTime &received)
{
    if (raw.trimmed().isEmpty())
        return {};
    local::Message message = local::read(raw, flags, m_now);
    // Where the mail itself tells no time, it would seem to have come now.
    if (message.header.received == m_now && received.isValid() && received < m_now)
        message.header.received = received;
    const Result<bool> known = isKnown(message);
    if (!known)
        return failure(known.error());
    if (*known) {
        ++m_outcome.known;
        return {};
    }
    m_added.insert(fingerprint(message.raw));
    m_batchSize += message.raw.size();
    m_batch.append(std::move(message));
    return m_batch.size() >= batchCount || m_batchSize >= batchBytes ? flush() : Result<void>();
}

/// A Message-ID alone says little: mailing lists and spam share them.
Result<bool> MailImport::isKnown(const local::Message &message)
{
    const QByteArray content = fingerprint(message.raw);
    if (m_added.contains(content))
        return true;
    const QByteArray &messageId = message.header.envelope.messageIdHeader;
    const QList<Known> candidates = m_known.values(messageId);
    for (const Known &candidate : candidates) {
        if (qAbs(candidate.size - message.raw.size()) > 4)
            continue;
        if (!candidate.hasBody && !messageId.isEmpty())
            return true;
        const auto raw
            = waitFor(m_store.read([id = candidate.id](const Tables &tables) -> Result<std::optional<QByteArray>> {
                  return tables.bodies.raw(id);
              }));
        if (!raw)
            return failure(raw.error());
        if (*raw && fingerprint(**raw) == content)
            return true;
    }
    return false;
}

Result<void> MailImport::flush()
{
    if (m_batch.isEmpty())
        return {};
    const Result<QSet<AccountId>> written = waitFor(m_store.write(
        [batch = m_batch, id = m_target.folder.id, now = m_now](Tables &tables) -> Result<QSet<AccountId>> {
            const std::optional<Folder> folder = tables.folders.find(id);
            if (!folder)
                return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
            QSet<AccountId> touched;
            for (const local::Message &message : batch)
                touched += local::place(tables, *folder, message, {}, now).touched;
            return touched;
        },
        Store::Durability::Durable));
    if (!written)
        return failure(written.error());
    m_outcome.imported += m_batch.size();
    m_touched += *written;
    m_batch.clear();
    m_batchSize = 0;
    return {};
}

void MailImport::tell(qint64 bytes)
{
    m_told.done += bytes;
    m_told.messages = m_outcome.imported + m_outcome.known + m_outcome.leftOut + m_outcome.unreadable + m_batch.size();
    m_progress(m_told);
}

} // namespace postaci
