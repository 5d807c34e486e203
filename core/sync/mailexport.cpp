// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/mailexport.h"

#include "core/mime/filename.h"
#include "core/mime/mboxwriter.h"
#include "core/store/store.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <memory>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

MailError unwritable(const QString &path)
{
    return {.kind = ErrorKind::Storage, .step = Step::WriteStore, .subject = QFileInfo(path).fileName()};
}

/// "2024-05-31 Subject.eml", with a number where the name is taken.
QString freeName(const QDir &directory, const MessageHeader &header)
{
    const QString subject = safeFileName(header.envelope.subject.left(80)).trimmed();
    const QString base
        = header.received.toUTC().toString(u"yyyy-MM-dd"_s) + (subject.isEmpty() ? QString() : u' ' + subject);
    QString name = base + ".eml"_L1;
    for (int number = 2; directory.exists(name); ++number)
        name = u"%1 (%2).eml"_s.arg(base).arg(number);
    return directory.filePath(name);
}

bool writeWhole(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(ownerOnly) && file.write(content) == content.size()
        && file.commit();
}

} // namespace

MailExport::MailExport(const Services &services, Fetch fetch, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_fetch(std::move(fetch))
{
}

QCoro::Task<Result<qint64>> MailExport::runFolder(FolderId folder, QString path, MailFormat format)
{
    const auto messages = co_await m_services.store.read([folder](const Tables &tables) -> Result<QList<MessageId>> {
        const std::optional<Folder> row = tables.folders.find(folder);
        if (!row)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        QList<MessageId> ids;
        const QList<MessageKey> keys = tables.messages.keys(folder, row->total);
        for (const MessageKey &key : keys)
            ids.append(MessageId{key.id});
        return ids;
    });
    if (!messages)
        co_return failure(messages.error());
    co_return co_await run(*messages, path, format);
}

QCoro::Task<Result<MessageHeader>> MailExport::headerOf(MessageId message)
{
    co_return co_await m_services.store.read([message](const Tables &tables) -> Result<MessageHeader> {
        const std::optional<MessageHeader> header = tables.messages.header(message);
        if (!header)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        return *header;
    });
}

QCoro::Task<Result<qint64>> MailExport::run(QList<MessageId> messages, QString path, MailFormat format)
{
    const int cancelledBefore = m_cancelled;
    std::shared_ptr<QSaveFile> mbox;
    if (format == MailFormat::Mbox) {
        mbox = std::make_shared<QSaveFile>(path);
        if (!mbox->open(QIODevice::WriteOnly) || !mbox->setPermissions(ownerOnly))
            co_return failure(unwritable(path));
    } else if (format == MailFormat::Eml && !QDir().mkpath(path)) {
        co_return failure(unwritable(path));
    }
    qint64 written = 0;
    // Oldest first, as mail programs expect it.
    for (auto id = messages.crbegin(); id != messages.crend(); ++id) {
        const Result<MessageHeader> header = co_await headerOf(*id);
        if (!header && header.error().kind == ErrorKind::NotFound)
            continue; // Gone meanwhile.
        Result<QByteArray> raw;
        if (header)
            raw = co_await m_fetch(*id);
        else
            raw = failure(header.error());
        if (!raw)
            co_return failure(raw.error());
        if (m_cancelled != cancelledBefore)
            co_return failure({.kind = ErrorKind::Cancelled});
        const bool saved = co_await QtConcurrent::run(&m_services.pool, [=, header = *header, raw = *raw] {
            if (!mbox)
                return writeWhole(format == MailFormat::Eml ? freeName(QDir(path), header) : path, raw);
            const AddressList &from = header.envelope.from;
            const QByteArray entry = mboxEntry(
                raw, header.flags, from.isEmpty() ? QByteArray() : from.constFirst().address.toUtf8(), header.received);
            return mbox->write(entry) == entry.size();
        });
        if (!saved)
            co_return failure(unwritable(path));
        ++written;
        Q_EMIT progress({.messages = written, .done = written, .total = messages.size()});
    }
    if (mbox && !mbox->commit())
        co_return failure(unwritable(path));
    co_return written;
}

} // namespace postaci
