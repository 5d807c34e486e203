// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderactions.h"
#include "core/sync/localmail.h"
#include "core/sync/messageactions.h"
#include "core/sync/pendingbatch.h"
#include "tests/sync/synctest.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, QTimeZone::UTC);

/// What an action answered, and whether the store kept it.
template <class F> auto act(SyncFixture &f, F function)
{
    return wait(f.store().write(std::move(function)));
}

QStringList paths(SyncFixture &f, AccountId account)
{
    return fromStore(f.store(), [account](const Tables &tables) {
        QStringList list;
        for (const Folder &folder : tables.folders.all(account))
            list.append(folder.path);
        return list;
    });
}

} // namespace

/// What a user does to folders on this computer, and the rows of moves between accounts.
class FolderActionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void computerComesIntoBeingWithItsFirstFolder()
    {
        SyncFixture f;
        const Result<FolderId> made
            = act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"  Eski  mektuplar "_s); });
        QVERIFY(made);
        const AccountId computer = inStore(f.store(), [](Tables &tables) { return local::computer(tables); });
        QCOMPARE(paths(f, computer), (QStringList{u"Eski mektuplar"_s, u"Trash"_s}));
        const auto accounts = fromStore(f.store(), [](const Tables &tables) { return tables.accounts.all(); });
        QCOMPARE(accounts.size(), 1); // Only those with a server.
        QVERIFY(act(f, [made](Tables &tables) { return actions::createFolder(tables, {}, *made, u"2019"_s); }));
        QCOMPARE(paths(f, computer), (QStringList{u"Eski mektuplar"_s, u"Eski mektuplar/2019"_s, u"Trash"_s}));
    }

    void namesThatCannotBe_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("empty") << u""_s << ErrorKind::InvalidInput;
        QTest::newRow("spaces") << u"  "_s << ErrorKind::InvalidInput;
        QTest::newRow("separator") << u"a/b"_s << ErrorKind::InvalidInput;
        QTest::newRow("control") << u"a\x07"_s << ErrorKind::InvalidInput;
        QTest::newRow("long") << QString(201, u'x') << ErrorKind::InvalidInput;
        QTest::newRow("taken") << u"work"_s << ErrorKind::AlreadyExists;
        QTest::newRow("Trash") << u"TRASH"_s << ErrorKind::AlreadyExists;
    }
    void namesThatCannotBe()
    {
        QFETCH(const QString, name);
        QFETCH(const ErrorKind, kind);
        SyncFixture f;
        const FolderId work = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"Work"_s); });
        const FolderId other
            = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"Other"_s); });
        const Result<FolderId> made
            = act(f, [name](Tables &tables) { return actions::createFolder(tables, {}, {}, name); });
        QVERIFY(!made);
        QCOMPARE(made.error().kind, kind);
        const Result<void> renamed = act(f, [=](Tables &tables) { return actions::renameFolder(tables, other, name); });
        QVERIFY(!renamed);
        QCOMPARE(renamed.error().kind, kind);
        QVERIFY(work != other);
    }

    void renamingAndMovingTakesAllBelowAlong()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        const FolderId b = *act(f, [=](Tables &tables) { return actions::createFolder(tables, {}, a, u"B"_s); });
        const FolderId c = *act(f, [=](Tables &tables) { return actions::createFolder(tables, {}, b, u"C"_s); });
        const FolderId near = *act(f, [=](Tables &tables) { return actions::createFolder(tables, {}, {}, u"AB"_s); });
        const AccountId computer = inStore(f.store(), [](Tables &tables) { return local::computer(tables); });
        const MessageId mail = f.addMessage(c, 0);

        QVERIFY(act(f, [=](Tables &tables) { return actions::renameFolder(tables, a, u"Z"_s); }));
        QCOMPARE(paths(f, computer), (QStringList{u"AB"_s, u"Trash"_s, u"Z"_s, u"Z/B"_s, u"Z/B/C"_s}));
        QVERIFY(act(f, [=](Tables &tables) { return actions::renameFolder(tables, a, u"z"_s); })); // case alone
        QVERIFY(act(f, [=](Tables &tables) { return actions::moveFolder(tables, b, {}, near); }));
        QCOMPARE(paths(f, computer), (QStringList{u"AB"_s, u"AB/B"_s, u"AB/B/C"_s, u"Trash"_s, u"z"_s}));
        const auto intoItself = act(f, [=](Tables &tables) { return actions::moveFolder(tables, near, {}, c); });
        QVERIFY(!intoItself);
        QCOMPARE(intoItself.error().kind, ErrorKind::InvalidInput);
        QVERIFY(act(f, [=](Tables &tables) { return actions::moveFolder(tables, c, {}, {}); }));
        QCOMPARE(paths(f, computer), (QStringList{u"AB"_s, u"AB/B"_s, u"C"_s, u"Trash"_s, u"z"_s}));
        QCOMPARE(f.header(mail).folder, c);
    }

    void movesToAnotherAccountOfThisComputer()
    {
        SyncFixture f;
        f.makeLocal();
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        const MessageId mail = f.addMessage(a, 0);
        QVERIFY(act(f, [&](Tables &tables) { return actions::moveFolder(tables, a, f.account, f.archive); }));
        QVERIFY(paths(f, f.account).contains(u"Archive/A"_s));
        QCOMPARE(f.header(mail).folder, a);
    }

    void deletedFolderGoesToTrashAndThenForGood()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        const MessageId mail = f.addMessage(a, 0);
        const AccountId computer = inStore(f.store(), [](Tables &tables) { return local::computer(tables); });
        const auto isForGood = [&](FolderId id) {
            return fromStore(f.store(), [id](const Tables &tables) { return actions::isDeletedForGood(tables, id); });
        };
        QVERIFY(!isForGood(a));
        QVERIFY(act(f, [=](Tables &tables) { return actions::deleteFolder(tables, a); }));
        QCOMPARE(paths(f, computer), (QStringList{u"Trash"_s, u"Trash/A"_s}));
        QCOMPARE(f.header(mail).folder, a);
        const FolderId again = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        QVERIFY(act(f, [=](Tables &tables) { return actions::deleteFolder(tables, again); }));
        QCOMPARE(paths(f, computer), (QStringList{u"Trash"_s, u"Trash/A"_s, u"Trash/A (2)"_s}));
        QVERIFY(isForGood(a));
        QVERIFY(act(f, [=](Tables &tables) { return actions::deleteFolder(tables, a); }));
        QCOMPARE(paths(f, computer), (QStringList{u"Trash"_s, u"Trash/A (2)"_s}));
    }

    void foldersOfServersAndSpecialOnesStay()
    {
        SyncFixture f;
        const auto isRefused = [](const auto &result) { return !result && result.error().kind == ErrorKind::ReadOnly; };
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::renameFolder(tables, f.archive, u"x"_s); })));
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::deleteFolder(tables, f.archive); })));
        QVERIFY(
            isRefused(act(f, [&](Tables &tables) { return actions::createFolder(tables, f.account, {}, u"x"_s); })));
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::createFolder(tables, {}, f.inbox, u"x"_s); })));
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::moveFolder(tables, a, {}, f.inbox); })));
        f.makeLocal();
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::renameFolder(tables, f.trash, u"x"_s); })));
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::deleteFolder(tables, f.inbox); })));
        QVERIFY(!f.ops().size());
    }

    // Moves between accounts

    void originalGoesOnlyOnceTheCopyHasItsNumber()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        const MessageId original = f.addMessage(a, 0);
        const MessageId copy = put(f, original);
        QCOMPARE(f.ops().size(), 1);
        QVERIFY(fromStore(f.store(), [=](const Tables &tables) { return tables.pendingOps.isMoving(original); }));
        QVERIFY(act(f, [&](Tables &tables) { return actions::changeFlags(tables, {copy}, Flag::Flagged, {}, now); }));
        QCOMPARE(f.ops().size(), 2);

        inStore(f.store(), [&](Tables &tables) {
            completePut(tables, tables.pendingOps.all(f.account).constFirst(), SyncFixture::uidValidity, 41);
            return actions::removeMoved(tables, {original}, now)->size();
        });
        QCOMPARE(f.header(copy).uid, 41U);
        QVERIFY(!f.header(original).id);
        QCOMPARE(f.ops().size(), 1);
        QCOMPARE(f.ops().constFirst().uid, 41U); // The flag can be told now.
    }

    void aRefusedPutLeavesTheOriginal()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        const MessageId original = f.addMessage(a, 0);
        const MessageId copy = put(f, original);
        const PendingOp op = f.ops().constFirst();
        inStore(f.store(), [&](Tables &tables) {
            actions::undo(tables, op);
            return true;
        });
        QVERIFY(f.header(original).id);
        QVERIFY(!f.header(copy).id);
        QVERIFY(f.ops().isEmpty());
    }

    /// The user took the copy for the message and deleted the original.
    void aRefusedPutNeverTakesTheOnlyCopy()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        const MessageId original = f.addMessage(a, 0);
        const MessageId copy = put(f, original);
        const PendingOp op = f.ops().constFirst();
        inStore(f.store(), [&](Tables &tables) {
            tables.messages.remove({original});
            actions::undo(tables, op);
            return true;
        });
        QVERIFY(f.header(copy).id);
        QCOMPARE(f.ops().constFirst().state, PendingOp::State::Failed);
        // Elsewhere it is tried again.
        QVERIFY(act(f, [&](Tables &tables) { return actions::move(tables, {copy}, f.archive, now); }));
        QCOMPARE(f.ops().size(), 1);
        QCOMPARE(f.ops().constFirst().state, PendingOp::State::Waiting);
        QCOMPARE(f.ops().constFirst().toFolder, f.archive);
        QCOMPARE(f.header(copy).folder, f.archive);
    }

    /// By its Message-ID alone, the server would be told to delete the other one.
    void deletingACopyThatIsNotThereYetDeletesNothingThere()
    {
        SyncFixture f;
        const MessageId there = f.addMessage(f.trash, 7);
        const MessageId copy = inStore(f.store(), [&](Tables &tables) {
            const MessageHeader header = *tables.messages.header(there);
            return local::place(tables, *tables.folders.find(f.trash), {.header = copyOf(header), .raw = "x"}, {}, now)
                .message;
        });
        QCOMPARE(f.ops().size(), 1);
        QVERIFY(act(f, [&](Tables &tables) { return actions::remove(tables, {copy}, now); }));
        QVERIFY(f.ops().isEmpty());
        QVERIFY(!f.header(copy).id);
        QVERIFY(f.header(there).id);
    }

    void whatWasGoneBeforeItWasPutIsNotLookedForThere()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s); });
        const MessageId original = f.addMessage(a, 0);
        const MessageId copy = put(f, original);
        inStore(f.store(), [&](Tables &tables) {
            PendingOp op = tables.pendingOps.all(f.account).constFirst();
            op.state = PendingOp::State::Running;
            tables.pendingOps.update(op);
            return actions::removeMoved(tables, {copy}, now).has_value(); // Queues a deletion behind it.
        });
        QCOMPARE(f.ops().size(), 2);
        inStore(f.store(), [&](Tables &tables) {
            completePut(tables, tables.pendingOps.all(f.account).constFirst(), 0, 0);
            return true;
        });
        QVERIFY(f.ops().isEmpty());
        QVERIFY(f.header(original).id);
    }

private:
    static MessageHeader copyOf(MessageHeader header)
    {
        header.id = {};
        header.uid = 0;
        return header;
    }
    static MessageId put(SyncFixture &f, MessageId original)
    {
        return inStore(f.store(), [&](Tables &tables) {
            const MessageHeader header = *tables.messages.header(original);
            return local::place(
                tables, *tables.folders.find(f.inbox), {.header = copyOf(header), .raw = "x"}, original, now)
                .message;
        });
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::FolderActionsTest)
#include "test_folderactions.moc"
