// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messageput.h"

#include "core/imap/imapsession.h"
#include "core/mime/headerparser.h"
#include "core/mime/messagebody.h"
#include "core/store/store.h"
#include "core/sync/uidlists.h"

#include <QCoro/QCoroFuture>

#include <algorithm>
#include <chrono>

namespace postaci {

namespace {

constexpr std::chrono::milliseconds newsPatience = std::chrono::seconds(60);

} // namespace

MessagePut::MessagePut(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

QCoro::Task<Result<MessagePut::Placed>> MessagePut::run(ImapSession *session, PendingOp op, QString path, bool again)
{
    const auto content = co_await m_services.store.read(
        [id = op.message, folder = op.toFolder](const Tables &tables) -> Result<std::optional<Content>> {
            const std::optional<MessageHeader> header = tables.messages.header(id);
            std::optional<QByteArray> raw = tables.bodies.raw(id);
            if (!header)
                return std::nullopt;
            if (!raw)
                return failure({.kind = ErrorKind::NotFound, .step = Step::Append});
            return Content{*header, std::move(*raw), tables.folders.syncState(folder).uidNext};
        });
    if (!content)
        co_return failure(content.error());
    if (!*content)
        co_return Placed();
    const auto selected = co_await session->select(path);
    if (!selected)
        co_return failure(selected.error());
    if (selected->readOnly)
        co_return failure({.kind = ErrorKind::ReadOnly, .step = Step::Append, .subject = path});

    if (again) {
        const auto earlier = co_await find(session, **content, qMax<quint32>((*content)->uidNext, 1));
        if (!earlier)
            co_return failure(earlier.error());
        if (*earlier != 0)
            co_return Placed{selected->uidValidity, *earlier};
    }
    const auto appended
        = co_await session->append(path, (*content)->raw, (*content)->header.flags, (*content)->header.received);
    if (!appended)
        co_return failure(appended.error());
    const quint32 from = *appended ? **appended : qMax<quint32>(selected->uidNext, 1);
    auto found = co_await find(session, **content, from);
    if (found && *found == 0) {
        // Some servers (Courier) show what has been put into the open folder only once they are asked for news.
        (void)co_await session->isAlive(newsPatience);
        found = co_await find(session, **content, from);
    }
    if (!found)
        co_return failure(found.error());
    if (*found == 0) // It said OK, and has nothing to show for it.
        co_return failure({.kind = ErrorKind::Protocol, .step = Step::Append, .subject = path});
    co_return Placed{selected->uidValidity, *found};
}

/// The newest message of the selected folder, not older than `from`, that is this one; 0: none.
QCoro::Task<Result<quint32>> MessagePut::find(ImapSession *session, Content content, quint32 from)
{
    const QByteArray id = content.header.envelope.messageIdHeader;
    Result<QList<quint32>> candidates;
    if (!id.isEmpty())
        candidates = co_await session->searchMessageId(id);
    if (id.isEmpty() || (!candidates && candidates.error().kind == ErrorKind::InvalidInput))
        candidates = co_await session->searchAllUids();
    if (!candidates)
        co_return failure(candidates.error());
    QList<quint32> uids;
    std::copy_if(candidates->cbegin(), candidates->cend(), std::back_inserter(uids),
        [from](quint32 uid) { return uid >= from; });
    if (uids.isEmpty())
        co_return 0;
    QList<FetchedHeader> headers;
    const auto fetched = co_await session->fetchHeaders(
        uids::toRanges(uids::sorted(uids)), [&headers](const QList<FetchedHeader> &batch) { headers += batch; });
    if (!fetched)
        co_return failure(fetched.error());
    std::sort(
        headers.begin(), headers.end(), [](const FetchedHeader &a, const FetchedHeader &b) { return a.uid > b.uid; });
    for (const FetchedHeader &there : std::as_const(headers)) {
        const auto same = co_await isSame(session, content, there);
        if (!same)
            co_return failure(same.error());
        if (*same)
            co_return there.uid;
    }
    co_return 0;
}

/// Byte for byte as far as its size tells; where a server stores mail in a form of its own, by what a reader sees of
/// it.
QCoro::Task<Result<bool>> MessagePut::isSame(ImapSession *session, Content content, FetchedHeader there)
{
    if (parseEnvelope(there.header).messageIdHeader != content.header.envelope.messageIdHeader)
        co_return false;
    if (there.size == content.raw.size() && !content.header.envelope.messageIdHeader.isEmpty())
        co_return true;
    const auto raw = co_await session->fetchMessage(there.uid);
    if (!raw)
        co_return failure(raw.error());
    if (*raw == content.raw)
        co_return true;
    const MessageBody one = parseMessage(*raw);
    const MessageBody other = parseMessage(content.raw);
    co_return one.envelope.subject == other.envelope.subject &&one.envelope.from == other.envelope.from &&one.text
        == other.text &&one.attachments.size() == other.attachments.size();
}

} // namespace postaci
