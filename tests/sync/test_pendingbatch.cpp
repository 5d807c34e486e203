// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pendingbatch.h"

#include "core/sync/messageactions.h"
#include "tests/sync/synctest.h"

#include <QTest>

using namespace postaci;

class TestPendingBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { f = std::make_unique<SyncFixture>(); }
    void cleanup() { f.reset(); }

    void likeActionsMakeOneCommand();
    void orderIsKeptWithinAFolder();
    void brokenOffOnesComeAlone();
    void skippedFoldersAreLeftAlone();
    void moveTellsTheNewNumberToRowAndLaterActions();
    void numberOfAnotherNumberingIsNotTaken();
    void filedCopyEndsTheOutboxRow();

private:
    static PendingOp op(qint64 id, PendingOp::Kind kind, qint64 folder, qint64 toFolder = 0)
    {
        PendingOp result;
        result.id.value = id;
        result.kind = kind;
        result.folder.value = folder;
        result.toFolder.value = toFolder;
        return result;
    }
    static QList<qint64> idsOf(const QList<PendingOp> &ops)
    {
        QList<qint64> ids;
        for (const PendingOp &each : ops)
            ids.append(each.id.value);
        return ids;
    }

    std::unique_ptr<SyncFixture> f;
};

void TestPendingBatch::likeActionsMakeOneCommand()
{
    const QList<PendingOp> waiting{op(1, PendingOp::Kind::Move, 1, 2), op(2, PendingOp::Kind::Move, 1, 2),
        op(3, PendingOp::Kind::Move, 1, 2), op(4, PendingOp::Kind::Move, 1, 3)};
    QCOMPARE(idsOf(nextBatch(waiting, {}, {}, 100)), (QList<qint64>{1, 2, 3}));
    QCOMPARE(idsOf(nextBatch(waiting, {}, {}, 2)), (QList<qint64>{1, 2}));
    QCOMPARE(idsOf(nextBatch(waiting, {}, {}, 1)), (QList<qint64>{1}));
    QVERIFY(nextBatch({}, {}, {}, 100).isEmpty());
}

void TestPendingBatch::orderIsKeptWithinAFolder()
{
    PendingOp flag = op(2, PendingOp::Kind::ChangeFlags, 1);
    flag.add = Flag::Seen;
    const QList<PendingOp> waiting{op(1, PendingOp::Kind::Move, 1, 2), flag, op(3, PendingOp::Kind::Move, 1, 2)};
    QCOMPARE(idsOf(nextBatch(waiting, {}, {}, 100)), (QList<qint64>{1}));
}

void TestPendingBatch::brokenOffOnesComeAlone()
{
    PendingOp running = op(1, PendingOp::Kind::Move, 1, 2);
    running.state = PendingOp::State::Running;
    PendingOp failed = op(2, PendingOp::Kind::Move, 1, 2);
    failed.state = PendingOp::State::Failed;
    QCOMPARE(idsOf(nextBatch({running, op(2, PendingOp::Kind::Move, 1, 2)}, {}, {}, 100)), (QList<qint64>{1}));
    QVERIFY(nextBatch({failed}, {}, {}, 100).isEmpty());
}

void TestPendingBatch::skippedFoldersAreLeftAlone()
{
    const QList<PendingOp> waiting{op(1, PendingOp::Kind::Move, 1, 2), op(2, PendingOp::Kind::Delete, 3),
        op(3, PendingOp::Kind::Move, 4, 1), op(4, PendingOp::Kind::Append, 0)};
    QCOMPARE(idsOf(nextBatch(waiting, {FolderId{1}}, {}, 100)), (QList<qint64>{2}));
    QCOMPARE(idsOf(nextBatch(waiting, {FolderId{1}, FolderId{3}}, {}, 100)), (QList<qint64>{4}));
    QVERIFY(nextBatch(waiting, {FolderId{1}, FolderId{3}}, {PendingOpId{4}}, 100).isEmpty());
}

void TestPendingBatch::moveTellsTheNewNumberToRowAndLaterActions()
{
    const MessageId staying = f->addMessage(f->inbox, 5);
    const MessageId movingOn = f->addMessage(f->inbox, 6);
    inStore(f->store(), [&](Tables &tables) {
        return actions::move(tables, {staying, movingOn}, f->archive, f->now).has_value()
            && actions::move(tables, {movingOn}, f->trash, f->now).has_value();
    });

    inStore(f->store(), [&](Tables &tables) {
        const QList<PendingOp> ops = tables.pendingOps.all(f->account).first(2);
        completeOps(tables, ops,
            CopiedUids{.uidValidity = SyncFixture::uidValidity, .source = {5, 6}, .destination = {41, 42}});
    });

    QCOMPARE(f->header(staying).uid, 41u);
    QCOMPARE(f->header(movingOn).uid, 0u);
    QCOMPARE(f->ops().size(), 1);
    QCOMPARE(f->ops().first().folder, f->archive);
    QCOMPARE(f->ops().first().uid, 42u);
}

void TestPendingBatch::numberOfAnotherNumberingIsNotTaken()
{
    const MessageId message = f->addMessage(f->inbox, 5);
    inStore(
        f->store(), [&](Tables &tables) { return actions::move(tables, {message}, f->archive, f->now).has_value(); });
    inStore(f->store(), [&](Tables &tables) {
        completeOps(tables, tables.pendingOps.all(f->account),
            CopiedUids{.uidValidity = 99, .source = {5}, .destination = {1}});
    });
    QCOMPARE(f->header(message).uid, 0u);
    QVERIFY(f->ops().isEmpty());
}

void TestPendingBatch::filedCopyEndsTheOutboxRow()
{
    const auto outboxSize
        = [this] { return fromStore(f->store(), [](const Tables &tables) { return tables.outbox.all().size(); }); };
    inStore(f->store(), [&](Tables &tables) {
        const OutboxId sent = tables.outbox.insert({.account = f->account, .state = OutboxState::Sent}, "wire", "copy");
        const OutboxId failed
            = tables.outbox.insert({.account = f->account, .state = OutboxState::Failed}, "wire", "copy");
        for (const OutboxId id : {sent, failed})
            tables.pendingOps.insert({.account = f->account, .kind = PendingOp::Kind::Append, .outbox = id});
    });
    QCOMPARE(outboxSize(), 2);
    inStore(f->store(), [&](Tables &tables) { completeOps(tables, tables.pendingOps.all(f->account), {}); });
    QCOMPARE(outboxSize(), 1); // The partly refused one waits for the user.
    QVERIFY(f->ops().isEmpty());
}

QTEST_GUILESS_MAIN(TestPendingBatch)
#include "test_pendingbatch.moc"
