// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/workqueue.h"

#include "core/sync/folderactions.h"
#include "core/sync/localmail.h"
#include "core/sync/messageactions.h"
#include "tests/sync/synctest.h"

#include <QElapsedTimer>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestWorkQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { f = std::make_unique<SyncFixture>(); }
    void cleanup() { f.reset(); }

    void whatWasDoneAtOnceIsOneLine();
    void refusedIsUndoneAndKeptWithWhatBuiltOnIt();
    void refusedIsDoneAgain();
    void refusedThatCannotBeDoneAgainStays();
    void refusedDeletionFindsTheMessageThatCameBack();
    void refusedFoldersAreDoneAgain();
    void waitingIsTakenBack();
    void whatIsUnderWayIsLeftAlone();
    void messageThatIsNowhereElseIsKept();
    void tenThousandAreTakenBackInSeconds();

private:
    template <class F> auto write(F function) { return inStore(f->store(), std::move(function)); }
    QList<QueuedAction> queue()
    {
        return fromStore(f->store(), [](const Tables &tables) { return workqueue::list(tables, 100); });
    }
    void move(const QList<MessageId> &messages, FolderId to, const QDateTime &at)
    {
        QVERIFY(write([&](Tables &tables) { return actions::move(tables, messages, to, at).has_value(); }));
    }
    void flag(const QList<MessageId> &messages, Flags add, Flags remove = {})
    {
        QVERIFY(write(
            [&](Tables &tables) { return actions::changeFlags(tables, messages, add, remove, f->now).has_value(); }));
    }
    void refuse(const MailError &error)
    {
        const PendingOp first = f->ops().first();
        write([&](Tables &tables) { workqueue::refuse(tables, first, error); });
    }
    Result<workqueue::Retried> retry(QueuedAction::Id id)
    {
        return write([&](Tables &tables) { return workqueue::retry(tables, id, f->now); });
    }
    Result<workqueue::Cancelled> cancel(QueuedAction::Id id, const QSet<AccountId> &replaying = {})
    {
        return write([&](Tables &tables) { return workqueue::cancel(tables, id, replaying); });
    }

    const MailError readOnly{.kind = ErrorKind::ReadOnly, .step = Step::MoveMessages, .serverText = u"No."_s};
    std::unique_ptr<SyncFixture> f;
};

void TestWorkQueue::whatWasDoneAtOnceIsOneLine()
{
    QList<MessageId> messages;
    for (quint32 uid = 1; uid <= 5; ++uid)
        messages.append(f->addMessage(f->inbox, uid));
    move(messages.first(3), f->archive, f->now);
    move(messages.sliced(3, 1), f->archive, f->now.addSecs(5));
    flag({messages.last()}, Flag::Flagged);
    const QList<QueuedAction> actions = queue();
    QCOMPARE(actions.size(), 3);
    QCOMPARE(actions[0].messages, 3);
    QCOMPARE(actions[0].op.kind, PendingOp::Kind::Move);
    QCOMPARE(actions[0].from->id, f->inbox);
    QCOMPARE(actions[0].to->id, f->archive);
    QCOMPARE(actions[0].op.createdAt, f->now);
    QVERIFY(actions[0].subject.isEmpty());
    QCOMPARE(actions[1].messages, 1);
    QCOMPARE(actions[1].subject, f->header(messages[3]).envelope.subject);
    QCOMPARE(actions[2].op.add, Flags(Flag::Flagged));
    QCOMPARE(fromStore(f->store(), [](const Tables &tables) { return workqueue::summary(tables); }),
        (QueueSummary{.waiting = 5, .refused = 0}));
}

void TestWorkQueue::refusedIsUndoneAndKeptWithWhatBuiltOnIt()
{
    const MessageId message = f->addMessage(f->inbox, 7);
    move({message}, f->archive, f->now);
    flag({message}, Flag::Flagged);
    refuse(readOnly);
    QCOMPARE(f->header(message).folder, f->inbox);
    QCOMPARE(f->header(message).uid, 7u);
    QCOMPARE(f->header(message).flags, Flags());
    QVERIFY(f->ops().isEmpty());
    const QList<QueuedAction> actions = queue();
    QCOMPARE(actions.size(), 2);
    for (const QueuedAction &action : actions) {
        QVERIFY(action.id.refused);
        QVERIFY(action.isRefused());
        QCOMPARE(action.op.lastError, readOnly);
    }
    QCOMPARE(actions.first().op.kind, PendingOp::Kind::Move);
    QCOMPARE(actions.last().op.kind, PendingOp::Kind::ChangeFlags);
    // Dismissed, it is gone for good.
    QVERIFY(cancel(actions.first().id));
    QCOMPARE(queue().size(), 1);
}

void TestWorkQueue::refusedIsDoneAgain()
{
    const MessageId message = f->addMessage(f->inbox, 7);
    move({message}, f->archive, f->now);
    refuse(readOnly);
    const auto retried = retry(queue().first().id);
    QVERIFY(retried);
    QCOMPARE(retried->touched, QSet<AccountId>{f->account});
    QCOMPARE(f->header(message).folder, f->archive);
    QCOMPARE(f->ops().size(), 1);
    QCOMPARE(f->ops().first().uid, 7u);
    QCOMPARE(queue().size(), 1);
    QVERIFY(!queue().first().id.refused);
}

void TestWorkQueue::refusedThatCannotBeDoneAgainStays()
{
    const MessageId message = f->addMessage(f->inbox, 7);
    flag({message}, Flag::Flagged);
    refuse(readOnly);
    write([&](Tables &tables) { tables.folders.setRights(f->inbox, true, ~Flags()); });
    const auto closed = retry(queue().first().id);
    QVERIFY(!closed);
    QCOMPARE(closed.error().kind, ErrorKind::ReadOnly);
    write([&](Tables &tables) { tables.messages.remove({message}); });
    const auto gone = retry(queue().first().id);
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    QCOMPARE(queue().size(), 1);
    QVERIFY(f->ops().isEmpty());
}

void TestWorkQueue::refusedDeletionFindsTheMessageThatCameBack()
{
    const MessageId message = f->addMessage(f->trash, 7);
    QVERIFY(write([&](Tables &tables) { return actions::remove(tables, {message}, f->now).has_value(); }));
    refuse(readOnly);
    const auto early = retry(queue().first().id);
    QVERIFY(!early);
    QCOMPARE(early.error().kind, ErrorKind::NotFound);
    const MessageId back = f->addMessage(f->trash, 7);
    QVERIFY(retry(queue().first().id));
    QVERIFY(!f->header(back).id);
    QCOMPARE(f->ops().first().kind, PendingOp::Kind::Delete);
}

void TestWorkQueue::refusedFoldersAreDoneAgain()
{
    const FolderId work = f->addFolder(u"Work"_s, FolderRole::None);
    QVERIFY(write([&](Tables &tables) { return actions::renameFolder(tables, work, u"İş"_s, f->now).has_value(); }));
    refuse({.kind = ErrorKind::Refused, .step = Step::ChangeFolders});
    const auto path = [&] {
        return fromStore(f->store(), [work](const Tables &tables) { return tables.folders.find(work)->path; });
    };
    QCOMPARE(path(), u"Work"_s);
    QCOMPARE(queue().first().messages, 0);
    QCOMPARE(queue().first().op.newPath, u"İş"_s);
    QVERIFY(retry(queue().first().id));
    QCOMPARE(path(), u"İş"_s);
    QCOMPARE(f->ops().first().kind, PendingOp::Kind::RenameFolder);
}

void TestWorkQueue::waitingIsTakenBack()
{
    const MessageId one = f->addMessage(f->inbox, 1);
    const MessageId two = f->addMessage(f->inbox, 2, Flag::Seen);
    move({one, two}, f->archive, f->now);
    const auto cancelled = cancel(queue().first().id);
    QVERIFY(cancelled);
    QVERIFY(!cancelled->someAreRunning);
    QCOMPARE(cancelled->toSync, (QSet<FolderId>{f->inbox, f->archive}));
    QCOMPARE(f->header(one).folder, f->inbox);
    QCOMPARE(f->header(two).uid, 2u);
    QVERIFY(f->ops().isEmpty());
    QVERIFY(queue().isEmpty());
}

void TestWorkQueue::whatIsUnderWayIsLeftAlone()
{
    const MessageId one = f->addMessage(f->inbox, 1);
    move({one}, f->archive, f->now);
    write([&](Tables &tables) {
        PendingOp op = tables.pendingOps.all(f->account).first();
        op.state = PendingOp::State::Running;
        tables.pendingOps.update(op);
    });
    const auto left = cancel(queue().first().id, {f->account});
    QVERIFY(left);
    QVERIFY(left->someAreRunning);
    QCOMPARE(f->header(one).folder, f->archive);
    // One that was broken off may be taken back: the next look at both folders tells what became of it.
    const auto cancelled = cancel(queue().first().id);
    QVERIFY(cancelled);
    QCOMPARE(f->header(one).folder, f->inbox);
}

void TestWorkQueue::messageThatIsNowhereElseIsKept()
{
    const MessageId copy = write([&](Tables &tables) {
        local::Message message;
        message.header = SyncFixture::headerOf(0);
        message.raw = "Subject: x\r\n\r\nmetin\r\n";
        return local::place(tables, *tables.folders.find(f->inbox), message, {}, f->now).message;
    });
    flag({copy}, Flag::Flagged);
    QCOMPARE(queue().first().op.kind, PendingOp::Kind::Put);
    QVERIFY(cancel(queue().first().id));
    QVERIFY(f->ops().isEmpty());
    const auto place = fromStore(f->store(),
        [&](const Tables &tables) { return tables.folders.find(tables.messages.header(copy)->folder).value(); });
    QCOMPARE(place.role, FolderRole::Trash);
    QVERIFY(place.isLocal);
    QCOMPARE(fromStore(f->store(), [&](const Tables &t) { return t.bodies.raw(copy).value_or(QByteArray()); }),
        "Subject: x\r\n\r\nmetin\r\n"_ba);
}

void TestWorkQueue::tenThousandAreTakenBackInSeconds()
{
    QList<MessageHeader> headers;
    for (quint32 uid = 1; uid <= 10'000; ++uid)
        headers.append(SyncFixture::headerOf(uid));
    const QList<MessageId> messages = write([&](Tables &tables) { return tables.messages.upsert(f->inbox, headers); });
    move(messages, f->archive, f->now);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(queue().size(), 1);
    const qint64 read = timer.restart();
    QVERIFY(cancel(queue().first().id));
    const qint64 cancelled = timer.elapsed();
    qInfo("10,000 actions: the queue is read in %lld ms, taken back in %lld ms", read, cancelled);
    QVERIFY(cancelled < 20'000); // Each by itself, and not each with all others.
    QVERIFY(f->ops().isEmpty());
    QCOMPARE(f->header(messages.last()).folder, f->inbox);
}

QTEST_GUILESS_MAIN(TestWorkQueue)
#include "test_workqueue.moc"
