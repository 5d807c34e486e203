// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messageactions.h"

#include "tests/sync/synctest.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestMessageActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void flagChangeRecordsOnlyWhatChanges();
    void moveIsShownAtOnceAndRemembersWhereItWas();
    void moveBackBeforeTheServerHeardTakesBothAway();
    void moveBackWhileTheServerIsAtItIsASecondMove();
    void moveToAnotherAccountChangesNothing();
    void deleteGoesToTrashAndFromThereForGood();
    void undoPutsBackExactlyWhatWasThere();
    void undoTakesLaterActionsOfTheSameMessageAlong();
    void localAccountTellsNobody();

private:
    MessageId addMessage(quint32 uid, Flags flags = {}) { return f->addMessage(f->inbox, uid, flags); }
    template <class F> Result<actions::Touched> act(F action)
    {
        return wait(f->store().write(action, Store::Durability::Durable));
    }

    std::unique_ptr<SyncFixture> f;
};

void TestMessageActions::init()
{
    f = std::make_unique<SyncFixture>();
}

void TestMessageActions::cleanup()
{
    f.reset();
}

void TestMessageActions::flagChangeRecordsOnlyWhatChanges()
{
    const MessageId seen = addMessage(1, Flag::Seen);
    const MessageId unseen = addMessage(2);

    const auto touched
        = act([&](Tables &t) { return actions::changeFlags(t, {seen, unseen}, Flag::Seen, {}, f->now); });

    QVERIFY(touched);
    QCOMPARE(*touched, actions::Touched{f->account});
    QCOMPARE(f->header(unseen).flags, Flags(Flag::Seen));
    const QList<PendingOp> recorded = f->ops();
    QCOMPARE(recorded.size(), 1);
    QCOMPARE(recorded.first().message, unseen);
    QCOMPARE(recorded.first().uid, 2u);
    QCOMPARE(recorded.first().uidValidity, 77u);
    QCOMPARE(recorded.first().messageIdHeader, "m2@example.org"_ba);
    QCOMPARE(recorded.first().add, Flags(Flag::Seen));
}

void TestMessageActions::moveIsShownAtOnceAndRemembersWhereItWas()
{
    const MessageId message = addMessage(5);

    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, f->archive, f->now); }));

    QCOMPARE(f->header(message).folder, f->archive);
    QCOMPARE(f->header(message).uid, 0u);
    const PendingOp op = f->ops().value(0);
    QCOMPARE(op.kind, PendingOp::Kind::Move);
    QCOMPARE(op.folder, f->inbox);
    QCOMPARE(op.toFolder, f->archive);
    QCOMPARE(op.uid, 5u);
}

void TestMessageActions::moveBackBeforeTheServerHeardTakesBothAway()
{
    const MessageId message = addMessage(5);

    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, f->archive, f->now); }));
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, f->inbox, f->now); }));

    QCOMPARE(f->header(message).folder, f->inbox);
    QCOMPARE(f->header(message).uid, 5u);
    QVERIFY(f->ops().isEmpty());
}

void TestMessageActions::moveBackWhileTheServerIsAtItIsASecondMove()
{
    const MessageId message = addMessage(5);
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, f->archive, f->now); }));
    inStore(f->store(), [this](Tables &t) {
        PendingOp op = t.pendingOps.all(f->account).first();
        op.state = PendingOp::State::Running;
        t.pendingOps.update(op);
    });

    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, f->inbox, f->now); }));

    QCOMPARE(f->ops().size(), 2);
    QCOMPARE(f->ops().last().folder, f->archive);
    QCOMPARE(f->ops().last().uid, 0u);
    QCOMPARE(f->header(message).folder, f->inbox);
}

void TestMessageActions::moveToAnotherAccountChangesNothing()
{
    const MessageId message = addMessage(5);
    const FolderId foreign = inStore(f->store(), [](Tables &t) {
        const AccountId other = t.accounts.insert(sampleAccount(u"can@example.org"_s));
        return t.folders.insert({.account = other, .path = u"INBOX"_s, .role = FolderRole::Inbox});
    });

    const auto touched = act([&](Tables &t) { return actions::move(t, {message}, foreign, f->now); });

    QVERIFY(!touched);
    QCOMPARE(touched.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(f->header(message).folder, f->inbox);
    QVERIFY(f->ops().isEmpty());
}

void TestMessageActions::deleteGoesToTrashAndFromThereForGood()
{
    const MessageId message = addMessage(5);

    QVERIFY(act([&](Tables &t) { return actions::remove(t, {message}, f->now); }));
    QCOMPARE(f->header(message).folder, f->trash);
    QCOMPARE(f->ops().size(), 1);
    QCOMPARE(f->ops().last().kind, PendingOp::Kind::Move);

    QVERIFY(act([&](Tables &t) { return actions::remove(t, {message}, f->now); }));
    QVERIFY(!f->header(message).id);
    QCOMPARE(f->ops().size(), 2);
    QCOMPARE(f->ops().last().kind, PendingOp::Kind::Delete);
    QCOMPARE(f->ops().last().folder, f->trash);
}

void TestMessageActions::undoPutsBackExactlyWhatWasThere()
{
    const MessageId message = addMessage(5, Flag::Flagged);
    QVERIFY(act([&](Tables &t) {
        return actions::changeFlags(t, {message}, Flag::Seen, Flag::Flagged | Flag::Answered, f->now);
    }));
    QCOMPARE(f->header(message).flags, Flags(Flag::Seen));

    inStore(f->store(), [this](Tables &t) { actions::undo(t, t.pendingOps.all(f->account).first()); });

    QCOMPARE(f->header(message).flags, Flags(Flag::Flagged));
    QVERIFY(f->ops().isEmpty());
}

void TestMessageActions::undoTakesLaterActionsOfTheSameMessageAlong()
{
    const MessageId message = addMessage(5);
    const MessageId other = addMessage(6);
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, f->archive, f->now); }));
    QVERIFY(act([&](Tables &t) { return actions::changeFlags(t, {message, other}, Flag::Flagged, {}, f->now); }));
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, f->trash, f->now); }));

    inStore(f->store(), [this](Tables &t) { actions::undo(t, t.pendingOps.all(f->account).first()); });

    QCOMPARE(f->header(message).folder, f->inbox);
    QCOMPARE(f->header(message).uid, 5u);
    QCOMPARE(f->header(message).flags, Flags());
    QCOMPARE(f->ops().size(), 1);
    QCOMPARE(f->ops().first().message, other);
    QCOMPARE(f->header(other).flags, Flags(Flag::Flagged));
}

void TestMessageActions::localAccountTellsNobody()
{
    f->makeLocal();
    const MessageId message = addMessage(0);
    inStore(f->store(), [&](Tables &t) {
        t.pop3.insert(f->account, {.uid = "u1", .fingerprint = "f1", .message = message, .seenAt = f->now});
    });
    const auto isDeletedHere = [&] {
        return fromStore(f->store(), [&](const Tables &t) { return t.pop3.byUid(f->account).value("u1").deletedHere; });
    };

    const auto flagged = act([&](Tables &t) { return actions::changeFlags(t, {message}, Flag::Seen, {}, f->now); });
    QVERIFY(flagged && flagged->isEmpty());
    QCOMPARE(f->header(message).flags, Flags(Flag::Seen));
    const auto moved = act([&](Tables &t) { return actions::move(t, {message}, f->archive, f->now); });
    QVERIFY(moved && moved->isEmpty());
    QCOMPARE(f->header(message).folder, f->archive);
    QVERIFY(act([&](Tables &t) { return actions::remove(t, {message}, f->now); }));
    QCOMPARE(f->header(message).folder, f->trash);
    QVERIFY(!isDeletedHere());
    const auto removed = act([&](Tables &t) { return actions::remove(t, {message}, f->now); });
    QVERIFY(removed && removed->isEmpty());
    QVERIFY(!f->header(message).id);
    QVERIFY(isDeletedHere());
    QVERIFY(f->ops().isEmpty());
}

QTEST_GUILESS_MAIN(TestMessageActions)
#include "test_messageactions.moc"
