// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderactions.h"
#include "core/sync/foldermerge.h"
#include "core/sync/localmail.h"
#include "core/sync/messageactions.h"
#include "core/sync/pendingbatch.h"
#include "core/sync/pendingfolders.h"
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
        const Result<FolderId> made = act(
            f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"  Eski  mektuplar "_s, now); });
        QVERIFY(made);
        const AccountId computer = inStore(f.store(), [](Tables &tables) { return local::computer(tables); });
        QCOMPARE(paths(f, computer), (QStringList{u"Eski mektuplar"_s, u"Trash"_s}));
        const auto accounts = fromStore(f.store(), [](const Tables &tables) { return tables.accounts.all(); });
        QCOMPARE(accounts.size(), 1); // Only those with a server.
        QVERIFY(act(f, [made](Tables &tables) { return actions::createFolder(tables, {}, *made, u"2019"_s, now); }));
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
        const FolderId work
            = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"Work"_s, now); });
        const FolderId other
            = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"Other"_s, now); });
        const Result<FolderId> made
            = act(f, [name](Tables &tables) { return actions::createFolder(tables, {}, {}, name, now); });
        QVERIFY(!made);
        QCOMPARE(made.error().kind, kind);
        const Result<void> renamed
            = act(f, [=](Tables &tables) { return actions::renameFolder(tables, other, name, now); });
        QVERIFY(!renamed);
        QCOMPARE(renamed.error().kind, kind);
        QVERIFY(work != other);
    }

    void renamingAndMovingTakesAllBelowAlong()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
        const FolderId b = *act(f, [=](Tables &tables) { return actions::createFolder(tables, {}, a, u"B"_s, now); });
        const FolderId c = *act(f, [=](Tables &tables) { return actions::createFolder(tables, {}, b, u"C"_s, now); });
        const FolderId near
            = *act(f, [=](Tables &tables) { return actions::createFolder(tables, {}, {}, u"AB"_s, now); });
        const AccountId computer = inStore(f.store(), [](Tables &tables) { return local::computer(tables); });
        const MessageId mail = f.addMessage(c, 0);

        QVERIFY(act(f, [=](Tables &tables) { return actions::renameFolder(tables, a, u"Z"_s, now); }));
        QCOMPARE(paths(f, computer), (QStringList{u"AB"_s, u"Trash"_s, u"Z"_s, u"Z/B"_s, u"Z/B/C"_s}));
        QVERIFY(act(f, [=](Tables &tables) { return actions::renameFolder(tables, a, u"z"_s, now); })); // case alone
        QVERIFY(act(f, [=](Tables &tables) { return actions::moveFolder(tables, b, {}, near, now); }));
        QCOMPARE(paths(f, computer), (QStringList{u"AB"_s, u"AB/B"_s, u"AB/B/C"_s, u"Trash"_s, u"z"_s}));
        const auto intoItself = act(f, [=](Tables &tables) { return actions::moveFolder(tables, near, {}, c, now); });
        QVERIFY(!intoItself);
        QCOMPARE(intoItself.error().kind, ErrorKind::InvalidInput);
        QVERIFY(act(f, [=](Tables &tables) { return actions::moveFolder(tables, c, {}, {}, now); }));
        QCOMPARE(paths(f, computer), (QStringList{u"AB"_s, u"AB/B"_s, u"C"_s, u"Trash"_s, u"z"_s}));
        QCOMPARE(f.header(mail).folder, c);
    }

    void movesToAnotherAccountOfThisComputer()
    {
        SyncFixture f;
        f.makeLocal();
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
        const MessageId mail = f.addMessage(a, 0);
        QVERIFY(act(f, [&](Tables &tables) { return actions::moveFolder(tables, a, f.account, f.archive, now); }));
        QVERIFY(paths(f, f.account).contains(u"Archive/A"_s));
        QCOMPARE(f.header(mail).folder, a);
    }

    void deletedFolderGoesToTrashAndThenForGood()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
        const MessageId mail = f.addMessage(a, 0);
        const AccountId computer = inStore(f.store(), [](Tables &tables) { return local::computer(tables); });
        const auto isForGood = [&](FolderId id) {
            return fromStore(f.store(), [id](const Tables &tables) { return actions::isDeletedForGood(tables, id); });
        };
        QVERIFY(!isForGood(a));
        QVERIFY(
            act(f, [=](Tables &tables) { return actions::deleteFolder(tables, a, actions::Deletion::ToTrash, now); }));
        QCOMPARE(paths(f, computer), (QStringList{u"Trash"_s, u"Trash/A"_s}));
        QCOMPARE(f.header(mail).folder, a);
        const FolderId again
            = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
        QVERIFY(act(
            f, [=](Tables &tables) { return actions::deleteFolder(tables, again, actions::Deletion::ToTrash, now); }));
        QCOMPARE(paths(f, computer), (QStringList{u"Trash"_s, u"Trash/A"_s, u"Trash/A (2)"_s}));
        QVERIFY(isForGood(a));
        QVERIFY(
            act(f, [=](Tables &tables) { return actions::deleteFolder(tables, a, actions::Deletion::ToTrash, now); }));
        QCOMPARE(paths(f, computer), (QStringList{u"Trash"_s, u"Trash/A (2)"_s}));
    }

    void specialFoldersStay()
    {
        SyncFixture f;
        const auto isRefused = [](const auto &result) { return !result && result.error().kind == ErrorKind::ReadOnly; };
        QVERIFY(
            isRefused(act(f, [&](Tables &tables) { return actions::renameFolder(tables, f.archive, u"x"_s, now); })));
        QVERIFY(isRefused(act(f, [&](Tables &tables) {
            return actions::deleteFolder(tables, f.archive, actions::Deletion::ToTrash, now);
        })));
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
        // A folder of this computer is none of a server's, and the other way round.
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::moveFolder(tables, a, {}, f.inbox, now); })));
        const FolderId work = f.addFolder(u"Work"_s, FolderRole::None);
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::moveFolder(tables, work, {}, a, now); })));
        // Nor may one go with a folder that holds a special one.
        f.addFolder(u"Work/Sent"_s, FolderRole::Sent);
        QVERIFY(isRefused(act(
            f, [&](Tables &tables) { return actions::deleteFolder(tables, work, actions::Deletion::ToTrash, now); })));
        f.makeLocal();
        QVERIFY(isRefused(act(f, [&](Tables &tables) { return actions::renameFolder(tables, f.trash, u"x"_s, now); })));
        QVERIFY(isRefused(act(f,
            [&](Tables &tables) { return actions::deleteFolder(tables, f.inbox, actions::Deletion::ToTrash, now); })));
        QVERIFY(!f.ops().size());
    }

    // Folders of a server

    void aServersFolderIsMadeRenamedAndMoved()
    {
        SyncFixture f;
        const FolderId made = *act(
            f, [&](Tables &tables) { return actions::createFolder(tables, f.account, {}, u"İşler & güçler"_s, now); });
        const FolderId below
            = *act(f, [&](Tables &tables) { return actions::createFolder(tables, {}, made, u"2024"_s, now); });
        const MessageId mail = f.addMessage(below, 9);
        QVERIFY(act(f, [&](Tables &tables) { return actions::renameFolder(tables, made, u"Eski"_s, now); }));
        QVERIFY(act(f, [&](Tables &tables) { return actions::moveFolder(tables, below, {}, f.archive, now); }));
        QVERIFY(
            act(f, [&](Tables &tables) { return actions::renameFolder(tables, made, u"Eski"_s, now); })); // No change.
        QCOMPARE(
            paths(f, f.account), (QStringList{u"Archive"_s, u"Archive/2024"_s, u"Eski"_s, u"INBOX"_s, u"Trash"_s}));
        QCOMPARE(f.header(mail).folder, below);
        QStringList told;
        for (const PendingOp &op : f.ops())
            told.append(u"%1 %2 %3"_s.arg(int(op.kind)).arg(op.path, op.newPath).trimmed());
        QCOMPARE(told,
            (QStringList{u"4 İşler & güçler"_s, u"4 İşler & güçler/2024"_s, u"5 İşler & güçler Eski"_s,
                u"5 Eski/2024 Archive/2024"_s}));
        const auto pathOnServer = [&](FolderId id) {
            return fromStore(f.store(), [id](const Tables &t) { return pendingfolders::onServer(t, id)->path; });
        };
        QCOMPARE(pathOnServer(below), u"İşler & güçler/2024"_s);
        QCOMPARE(pathOnServer(made), u"İşler & güçler"_s);
        QCOMPARE(pathOnServer(f.archive), u"Archive"_s);
    }

    void namesThatAServerCannotHave_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : {u""_s, u"a/b"_s, u"a*"_s, u"100%"_s, u"a\x07"_s})
            QTest::newRow(name.toUtf8().constData()) << name;
    }
    void namesThatAServerCannotHave()
    {
        QFETCH(const QString, name);
        SyncFixture f;
        const FolderId work = f.addFolder(u"Work"_s, FolderRole::None);
        const auto made
            = act(f, [&](Tables &tables) { return actions::createFolder(tables, f.account, {}, name, now); });
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::InvalidInput);
        const auto renamed = act(f, [&](Tables &tables) { return actions::renameFolder(tables, work, name, now); });
        QVERIFY(!renamed);
        QCOMPARE(renamed.error().kind, ErrorKind::InvalidInput);
        const auto taken
            = act(f, [&](Tables &tables) { return actions::createFolder(tables, f.account, {}, u"work"_s, now); });
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, ErrorKind::AlreadyExists);
        QVERIFY(f.ops().isEmpty());
    }

    void insideTheInboxWhereAServerWantsThat()
    {
        SyncFixture f;
        inStore(f.store(), [&](Tables &tables) {
            for (Folder folder : tables.folders.all(f.account)) {
                folder.separator = u'.';
                if (folder.role != FolderRole::Inbox)
                    folder.path = u"INBOX."_s + folder.path;
                tables.folders.update(folder);
            }
        });
        const FolderId made
            = *act(f, [&](Tables &tables) { return actions::createFolder(tables, f.account, {}, u"a/b"_s, now); });
        QVERIFY(act(f, [&](Tables &tables) { return actions::createFolder(tables, {}, made, u"c"_s, now); }));
        QCOMPARE(f.ops().first().path, u"INBOX.a/b"_s);
        QCOMPARE(f.ops().last().path, u"INBOX.a/b.c"_s);
        QVERIFY(!act(f, [&](Tables &tables) { return actions::createFolder(tables, {}, made, u"c.d"_s, now); }));
    }

    /// Out of sight at once, and whole again when the server refuses.
    void aServersFolderIsDeletedAndBackAfterARefusal()
    {
        SyncFixture f;
        const FolderId work = f.addFolder(u"Work"_s, FolderRole::None);
        const FolderId below = f.addFolder(u"Work/2024"_s, FolderRole::None);
        const MessageId mail = f.addMessage(below, 9);
        QVERIFY(act(
            f, [&](Tables &tables) { return actions::deleteFolder(tables, work, actions::Deletion::ForGood, now); }));
        QCOMPARE(paths(f, f.account), (QStringList{u"Archive"_s, u"INBOX"_s, u"Trash"_s}));
        QList<PendingOp> ops = f.ops();
        QCOMPARE(ops.size(), 2);
        QCOMPARE(ops.first().path, u"Work/2024"_s); // The deepest first.
        QCOMPARE(ops.last().path, u"Work"_s);
        // However long the server cannot be told, nothing of it goes.
        while (inStore(f.store(), [](Tables &tables) { return tables.folders.purgeRemoved(100); })) { }
        inStore(f.store(), [&](Tables &tables) {
            actions::undo(tables, ops.last());
            actions::undo(tables, ops.first());
        });
        QCOMPARE(paths(f, f.account), (QStringList{u"Archive"_s, u"INBOX"_s, u"Trash"_s, u"Work"_s, u"Work/2024"_s}));
        QCOMPARE(f.header(mail).folder, below);
        QVERIFY(f.ops().isEmpty());

        QVERIFY(act(
            f, [&](Tables &tables) { return actions::deleteFolder(tables, work, actions::Deletion::ForGood, now); }));
        inStore(f.store(), [&](Tables &tables) { completeOps(tables, tables.pendingOps.all(f.account), {}); });
        while (inStore(f.store(), [](Tables &tables) { return tables.folders.purgeRemoved(100); })) { }
        QVERIFY(!f.header(mail).id);
    }

    void aServersFolderGoesToTrashFirst()
    {
        SyncFixture f;
        const FolderId work = f.addFolder(u"Work"_s, FolderRole::None);
        const FolderId below = f.addFolder(u"Work/2024"_s, FolderRole::None);
        const auto isForGood = [&] {
            return fromStore(f.store(), [&](const Tables &tables) { return actions::isDeletedForGood(tables, work); });
        };
        QVERIFY(!isForGood());
        QVERIFY(act(
            f, [&](Tables &tables) { return actions::deleteFolder(tables, work, actions::Deletion::ToTrash, now); }));
        QCOMPARE(paths(f, f.account),
            (QStringList{u"Archive"_s, u"INBOX"_s, u"Trash"_s, u"Trash/Work"_s, u"Trash/Work/2024"_s}));
        QCOMPARE(f.ops().size(), 1);
        QCOMPARE(f.ops().first().kind, PendingOp::Kind::RenameFolder);
        QCOMPARE(f.ops().first().newPath, u"Trash/Work"_s);
        QCOMPARE(f.ops().first().createdAt, now);
        QVERIFY(isForGood());
        QVERIFY(act(
            f, [&](Tables &tables) { return actions::deleteFolder(tables, work, actions::Deletion::ToTrash, now); }));
        QCOMPARE(f.ops().last().kind, PendingOp::Kind::DeleteFolder);
        QVERIFY(!fromStore(f.store(), [&](const Tables &tables) { return tables.folders.find(below); }));
    }

    void mailThatWasMovedOutOfADeletedFolderStays()
    {
        SyncFixture f;
        const FolderId work = f.addFolder(u"Work"_s, FolderRole::None);
        const MessageId mail = f.addMessage(work, 9);
        QVERIFY(act(f, [&](Tables &tables) { return actions::move(tables, {mail}, f.archive, now); }));
        QVERIFY(act(
            f, [&](Tables &tables) { return actions::deleteFolder(tables, work, actions::Deletion::ForGood, now); }));
        // The move is told first, from where the message still is.
        const QList<PendingOp> ops = f.ops();
        QCOMPARE(nextBatch(ops, {}, {}, 500).first().kind, PendingOp::Kind::Move);
        QCOMPARE(nextBatch(ops, {}, {}, 500).size(), 1);
        const auto source = fromStore(f.store(), [&](const Tables &t) { return pendingfolders::onServer(t, work); });
        QVERIFY(source);
        QCOMPARE(source->path, u"Work"_s);
        QCOMPARE(f.header(mail).folder, f.archive);
        inStore(f.store(), [&](Tables &tables) { actions::undo(tables, ops.first()); });
        QVERIFY(f.header(mail).id);
    }

    void aRefusedCreationGivesBackWhatWasPutThere()
    {
        SyncFixture f;
        const FolderId made
            = *act(f, [&](Tables &tables) { return actions::createFolder(tables, f.account, {}, u"Yeni"_s, now); });
        const MessageId mail = f.addMessage(f.inbox, 9);
        QVERIFY(act(f, [&](Tables &tables) { return actions::move(tables, {mail}, made, now); }));
        inStore(f.store(), [&](Tables &tables) { actions::undo(tables, tables.pendingOps.all(f.account).first()); });
        QCOMPARE(f.header(mail).folder, f.inbox);
        QCOMPARE(f.header(mail).uid, 9U);
        QCOMPARE(paths(f, f.account), (QStringList{u"Archive"_s, u"INBOX"_s, u"Trash"_s}));
        QVERIFY(f.ops().isEmpty());
    }

    void aRefusedRenamingIsTakenBack()
    {
        SyncFixture f;
        const FolderId work = f.addFolder(u"Work"_s, FolderRole::None);
        f.addFolder(u"Work/2024"_s, FolderRole::None);
        QVERIFY(act(f, [&](Tables &tables) { return actions::renameFolder(tables, work, u"İş"_s, now); }));
        QVERIFY(act(f, [&](Tables &tables) { return actions::createFolder(tables, {}, work, u"2025"_s, now); }));
        QCOMPARE(f.ops().last().path, u"İş/2025"_s);
        inStore(f.store(), [&](Tables &tables) { actions::undo(tables, tables.pendingOps.all(f.account).first()); });
        QCOMPARE(paths(f, f.account),
            (QStringList{u"Archive"_s, u"INBOX"_s, u"Trash"_s, u"Work"_s, u"Work/2024"_s, u"Work/2025"_s}));
        QCOMPARE(f.ops().size(), 1);
        QCOMPARE(f.ops().first().path, u"Work/2025"_s);
    }

    /// The server's list knows nothing of all this yet.
    void theServersListIsSeenThroughWhatItHasYetToHear()
    {
        SyncFixture f;
        const FolderId work = f.addFolder(u"Work"_s, FolderRole::None);
        f.addFolder(u"Work/2024"_s, FolderRole::None);
        const FolderId old = f.addFolder(u"Old"_s, FolderRole::None);
        const MessageId mail = f.addMessage(work, 9);
        QVERIFY(act(f, [&](Tables &tables) { return actions::createFolder(tables, f.account, {}, u"Yeni"_s, now); }));
        QVERIFY(act(f, [&](Tables &tables) { return actions::renameFolder(tables, work, u"İş"_s, now); }));
        QVERIFY(act(
            f, [&](Tables &tables) { return actions::deleteFolder(tables, old, actions::Deletion::ForGood, now); }));
        const QStringList seen = paths(f, f.account);
        QCOMPARE(seen, (QStringList{u"Archive"_s, u"INBOX"_s, u"Trash"_s, u"Yeni"_s, u"İş"_s, u"İş/2024"_s}));
        const QList<Folder> remote{{.path = u"INBOX"_s, .separator = u'/', .role = FolderRole::Inbox},
            {.path = u"Archive"_s, .separator = u'/', .role = FolderRole::Archive},
            {.path = u"Trash"_s, .separator = u'/', .role = FolderRole::Trash}, {.path = u"Work"_s, .separator = u'/'},
            {.path = u"Work/2024"_s, .separator = u'/'}, {.path = u"Old"_s, .separator = u'/'}};
        inStore(f.store(),
            [&](Tables &tables) { merge::folderList(tables, f.account, remote, {u"Yeni"_s, u"Work"_s, u"Old"_s}); });
        QCOMPARE(paths(f, f.account), seen);
        QCOMPARE(f.header(mail).folder, work);
    }

    // Moves between accounts

    void originalGoesOnlyOnceTheCopyHasItsNumber()
    {
        SyncFixture f;
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
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
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
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
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
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
        const FolderId a = *act(f, [](Tables &tables) { return actions::createFolder(tables, {}, {}, u"A"_s, now); });
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
