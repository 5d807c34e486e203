// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messageactions.h"

#include "tests/store/storetest.h"

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

private:
    FolderId addFolder(const QString &path, FolderRole role);
    MessageId addMessage(quint32 uid, Flags flags = {});
    QList<PendingOp> ops() const;
    MessageHeader header(MessageId id) const;
    template <class F> Result<actions::Touched> act(F action)
    {
        return wait(m_store->write(action, Store::Durability::Durable));
    }

    std::optional<QTemporaryDir> m_directory;
    std::unique_ptr<Store> m_store;
    AccountId m_account;
    FolderId m_inbox;
    FolderId m_archive;
    FolderId m_trash;
    const QDateTime m_now = QDateTime(QDate(2026, 3, 2), QTime(9, 30), QTimeZone::UTC);
};

FolderId TestMessageActions::addFolder(const QString &path, FolderRole role)
{
    return inStore(*m_store, [this, path, role](Tables &tables) {
        const FolderId id
            = tables.folders.insert({.account = m_account, .path = path, .separator = u'/', .role = role});
        tables.folders.setSyncState(id, {.uidValidity = 77, .uidNext = 100, .headersComplete = true});
        return id;
    });
}

MessageId TestMessageActions::addMessage(quint32 uid, Flags flags)
{
    MessageHeader message = sampleHeader(uid, flags);
    message.envelope.messageIdHeader = "m" + QByteArray::number(uid) + "@example.org";
    return inStore(
        *m_store, [this, message](Tables &tables) { return tables.messages.upsert(m_inbox, {message}).first(); });
}

QList<PendingOp> TestMessageActions::ops() const
{
    return fromStore(*m_store, [this](const Tables &tables) { return tables.pendingOps.all(m_account); });
}

MessageHeader TestMessageActions::header(MessageId id) const
{
    return fromStore(
        *m_store, [id](const Tables &tables) { return tables.messages.header(id).value_or(MessageHeader()); });
}

void TestMessageActions::init()
{
    m_directory.emplace();
    m_store = std::make_unique<Store>(m_directory->path());
    QVERIFY(wait(m_store->open()));
    m_account = inStore(
        *m_store, [](Tables &tables) { return tables.accounts.insert(sampleAccount(u"ayse@example.org"_s)); });
    m_inbox = addFolder(u"INBOX"_s, FolderRole::Inbox);
    m_archive = addFolder(u"Archive"_s, FolderRole::Archive);
    m_trash = addFolder(u"Trash"_s, FolderRole::Trash);
}

void TestMessageActions::cleanup()
{
    m_store.reset();
    m_directory.reset();
}

void TestMessageActions::flagChangeRecordsOnlyWhatChanges()
{
    const MessageId seen = addMessage(1, Flag::Seen);
    const MessageId unseen = addMessage(2);

    const auto touched = act([&](Tables &t) { return actions::changeFlags(t, {seen, unseen}, Flag::Seen, {}, m_now); });

    QVERIFY(touched);
    QCOMPARE(*touched, actions::Touched{m_account});
    QCOMPARE(header(unseen).flags, Flags(Flag::Seen));
    const QList<PendingOp> recorded = ops();
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

    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, m_archive, m_now); }));

    QCOMPARE(header(message).folder, m_archive);
    QCOMPARE(header(message).uid, 0u);
    const PendingOp op = ops().value(0);
    QCOMPARE(op.kind, PendingOp::Kind::Move);
    QCOMPARE(op.folder, m_inbox);
    QCOMPARE(op.toFolder, m_archive);
    QCOMPARE(op.uid, 5u);
}

void TestMessageActions::moveBackBeforeTheServerHeardTakesBothAway()
{
    const MessageId message = addMessage(5);

    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, m_archive, m_now); }));
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, m_inbox, m_now); }));

    QCOMPARE(header(message).folder, m_inbox);
    QCOMPARE(header(message).uid, 5u);
    QVERIFY(ops().isEmpty());
}

void TestMessageActions::moveBackWhileTheServerIsAtItIsASecondMove()
{
    const MessageId message = addMessage(5);
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, m_archive, m_now); }));
    inStore(*m_store, [this](Tables &t) {
        PendingOp op = t.pendingOps.all(m_account).first();
        op.state = PendingOp::State::Running;
        t.pendingOps.update(op);
    });

    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, m_inbox, m_now); }));

    QCOMPARE(ops().size(), 2);
    QCOMPARE(ops().last().folder, m_archive);
    QCOMPARE(ops().last().uid, 0u);
    QCOMPARE(header(message).folder, m_inbox);
}

void TestMessageActions::moveToAnotherAccountChangesNothing()
{
    const MessageId message = addMessage(5);
    const FolderId foreign = inStore(*m_store, [](Tables &t) {
        const AccountId other = t.accounts.insert(sampleAccount(u"can@example.org"_s));
        return t.folders.insert({.account = other, .path = u"INBOX"_s, .role = FolderRole::Inbox});
    });

    const auto touched = act([&](Tables &t) { return actions::move(t, {message}, foreign, m_now); });

    QVERIFY(!touched);
    QCOMPARE(touched.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(header(message).folder, m_inbox);
    QVERIFY(ops().isEmpty());
}

void TestMessageActions::deleteGoesToTrashAndFromThereForGood()
{
    const MessageId message = addMessage(5);

    QVERIFY(act([&](Tables &t) { return actions::remove(t, {message}, m_now); }));
    QCOMPARE(header(message).folder, m_trash);
    QCOMPARE(ops().size(), 1);
    QCOMPARE(ops().last().kind, PendingOp::Kind::Move);

    QVERIFY(act([&](Tables &t) { return actions::remove(t, {message}, m_now); }));
    QVERIFY(!header(message).id);
    QCOMPARE(ops().size(), 2);
    QCOMPARE(ops().last().kind, PendingOp::Kind::Delete);
    QCOMPARE(ops().last().folder, m_trash);
}

void TestMessageActions::undoPutsBackExactlyWhatWasThere()
{
    const MessageId message = addMessage(5, Flag::Flagged);
    QVERIFY(act([&](Tables &t) {
        return actions::changeFlags(t, {message}, Flag::Seen, Flag::Flagged | Flag::Answered, m_now);
    }));
    QCOMPARE(header(message).flags, Flags(Flag::Seen));

    inStore(*m_store, [this](Tables &t) { actions::undo(t, t.pendingOps.all(m_account).first()); });

    QCOMPARE(header(message).flags, Flags(Flag::Flagged));
    QVERIFY(ops().isEmpty());
}

void TestMessageActions::undoTakesLaterActionsOfTheSameMessageAlong()
{
    const MessageId message = addMessage(5);
    const MessageId other = addMessage(6);
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, m_archive, m_now); }));
    QVERIFY(act([&](Tables &t) { return actions::changeFlags(t, {message, other}, Flag::Flagged, {}, m_now); }));
    QVERIFY(act([&](Tables &t) { return actions::move(t, {message}, m_trash, m_now); }));

    inStore(*m_store, [this](Tables &t) { actions::undo(t, t.pendingOps.all(m_account).first()); });

    QCOMPARE(header(message).folder, m_inbox);
    QCOMPARE(header(message).uid, 5u);
    QCOMPARE(header(message).flags, Flags());
    QCOMPARE(ops().size(), 1);
    QCOMPARE(ops().first().message, other);
    QCOMPARE(header(other).flags, Flags(Flag::Flagged));
}

QTEST_GUILESS_MAIN(TestMessageActions)
#include "test_messageactions.moc"
