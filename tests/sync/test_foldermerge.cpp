// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/foldermerge.h"

#include "core/sync/messageactions.h"
#include "core/sync/pendingbatch.h"
#include "tests/sync/synctest.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// What a sync reads, laid under what the user did.
class TestFolderMerge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { f = std::make_unique<SyncFixture>(); }
    void cleanup() { f.reset(); }

    void serverFlagsGoUnderPendingOnes();
    void messagesMovedAwayDoNotComeBack();
    void movedMessageGetsItsNumberByMessageId();
    void waitingMoveIsNotTakenForAnotherCopyInTheTarget();
    void sameMessageIdTwiceIsTwoMessages();
    void newNumberingKeepsRowsAndBodies();
    void newNumberingReachesPendingActions();
    void emptyMessageIdsAreNeverMatched();
    void leftoversGoAndThoseOnTheirWayStay();
    void folderListAddsChangesAndRemoves();

private:
    qsizetype mergeHeaders(FolderId folder, const QList<MessageHeader> &headers, bool place = false,
        quint32 uidValidity = SyncFixture::uidValidity)
    {
        return inStore(f->store(), [=](Tables &tables) {
            return merge::headers(
                tables, {.folder = folder, .uidValidity = uidValidity, .headers = headers, .place = place});
        });
    }
    void move(MessageId message, FolderId to)
    {
        inStore(
            f->store(), [=, this](Tables &tables) { return actions::move(tables, {message}, to, f->now).has_value(); });
    }
    QList<quint32> uids(FolderId folder)
    {
        return fromStore(f->store(), [folder](const Tables &tables) { return tables.messages.uids(folder); });
    }
    qint64 total(FolderId folder)
    {
        return fromStore(f->store(), [folder](const Tables &tables) { return tables.folders.find(folder)->total; });
    }

    std::unique_ptr<SyncFixture> f;
};

void TestFolderMerge::serverFlagsGoUnderPendingOnes()
{
    const MessageId message = f->addMessage(f->inbox, 5, Flag::Flagged);
    inStore(f->store(), [&](Tables &tables) {
        return actions::changeFlags(tables, {message}, Flag::Seen, Flag::Flagged, f->now).has_value();
    });

    inStore(f->store(), [&](Tables &tables) {
        merge::flags(tables, f->inbox, SyncFixture::uidValidity, {{.uid = 5, .flags = Flag::Flagged | Flag::Answered}});
    });
    QCOMPARE(f->header(message).flags, Flag::Seen | Flag::Answered);

    QCOMPARE(mergeHeaders(f->inbox, {SyncFixture::headerOf(5, Flag::Flagged)}), 1);
    QCOMPARE(f->header(message).flags, Flags(Flag::Seen));
}

void TestFolderMerge::messagesMovedAwayDoNotComeBack()
{
    const MessageId message = f->addMessage(f->inbox, 5);
    move(message, f->archive);

    QCOMPARE(mergeHeaders(f->inbox, {SyncFixture::headerOf(5), SyncFixture::headerOf(6)}), 1);

    QCOMPARE(uids(f->inbox), QList<quint32>{6});
    QCOMPARE(f->header(message).folder, f->archive);
}

void TestFolderMerge::movedMessageGetsItsNumberByMessageId()
{
    const MessageId message = f->addMessage(f->inbox, 5);
    move(message, f->archive);
    // The server did it and said no number (no UIDPLUS).
    inStore(f->store(), [&](Tables &tables) { completeOps(tables, tables.pendingOps.all(f->account), {}); });
    QCOMPARE(f->header(message).uid, 0u);

    MessageHeader there = SyncFixture::headerOf(5);
    there.uid = 31;
    QCOMPARE(mergeHeaders(f->archive, {there}, true), 0);

    QCOMPARE(f->header(message).uid, 31u);
    QCOMPARE(total(f->archive), 1);
}

void TestFolderMerge::waitingMoveIsNotTakenForAnotherCopyInTheTarget()
{
    const MessageId message = f->addMessage(f->inbox, 5);
    move(message, f->archive);

    MessageHeader otherCopy = SyncFixture::headerOf(5);
    otherCopy.uid = 31;
    QCOMPARE(mergeHeaders(f->archive, {otherCopy}, true), 1);

    QCOMPARE(f->header(message).uid, 0u);
    QCOMPARE(total(f->archive), 2);
}

// S19
void TestFolderMerge::sameMessageIdTwiceIsTwoMessages()
{
    MessageHeader twin = SyncFixture::headerOf(5);
    twin.uid = 6;
    QCOMPARE(mergeHeaders(f->inbox, {SyncFixture::headerOf(5), twin}), 2);
    QCOMPARE(uids(f->inbox), (QList<quint32>{5, 6}));
}

void TestFolderMerge::newNumberingKeepsRowsAndBodies()
{
    const MessageId message = f->addMessage(f->inbox, 5, Flag::Seen);
    inStore(f->store(), [&](Tables &tables) {
        tables.bodies.put(message, "Subject: x\r\n\r\nbody");
        merge::forgetNumbering(tables, f->inbox);
    });
    QVERIFY(uids(f->inbox).isEmpty());
    QCOMPARE(total(f->inbox), 1);

    MessageHeader again = SyncFixture::headerOf(5, Flag::Seen);
    again.uid = 1;
    QCOMPARE(mergeHeaders(f->inbox, {again}, true, 78), 0);

    QCOMPARE(f->header(message).uid, 1u);
    QVERIFY(f->header(message).hasBody);
}

void TestFolderMerge::newNumberingReachesPendingActions()
{
    const MessageId flagged = f->addMessage(f->inbox, 5);
    const MessageId moved = f->addMessage(f->inbox, 6);
    inStore(f->store(),
        [&](Tables &tables) { return actions::changeFlags(tables, {flagged}, Flag::Flagged, {}, f->now).has_value(); });
    move(moved, f->archive);
    inStore(f->store(), [&](Tables &tables) { merge::forgetNumbering(tables, f->inbox); });

    MessageHeader five = SyncFixture::headerOf(5);
    five.uid = 1;
    MessageHeader six = SyncFixture::headerOf(6);
    six.uid = 2;
    QCOMPARE(mergeHeaders(f->inbox, {five, six}, true, 78), 0);

    QCOMPARE(f->header(flagged).uid, 1u);
    QCOMPARE(f->header(flagged).flags, Flags(Flag::Flagged));
    QCOMPARE(uids(f->inbox), QList<quint32>{1});
    const QList<PendingOp> ops = f->ops();
    QCOMPARE(ops.size(), 2);
    QCOMPARE(ops.at(0).uid, 1u);
    QCOMPARE(ops.at(1).uid, 2u);
    QCOMPARE(ops.at(1).uidValidity, 78u);
}

void TestFolderMerge::emptyMessageIdsAreNeverMatched()
{
    MessageHeader nameless = sampleHeader(5);
    nameless.envelope.messageIdHeader.clear();
    mergeHeaders(f->inbox, {nameless});
    inStore(f->store(), [&](Tables &tables) { merge::forgetNumbering(tables, f->inbox); });
    nameless.uid = 9;
    QCOMPARE(mergeHeaders(f->inbox, {nameless}, true, 78), 1);
    QCOMPARE(total(f->inbox), 2);

    inStore(f->store(), [&](Tables &tables) { merge::removeUnplaced(tables, f->inbox); });
    QCOMPARE(total(f->inbox), 1);
    QCOMPARE(uids(f->inbox), QList<quint32>{9});
}

void TestFolderMerge::leftoversGoAndThoseOnTheirWayStay()
{
    const MessageId waiting = f->addMessage(f->inbox, 5);
    move(waiting, f->archive);
    const MessageId leftover = f->addMessage(f->archive, 0);
    const MessageId placed = f->addMessage(f->archive, 40);

    inStore(f->store(), [&](Tables &tables) { merge::removeUnplaced(tables, f->archive); });

    QVERIFY(f->header(waiting).id);
    QVERIFY(!f->header(leftover).id);
    QVERIFY(f->header(placed).id);
}

void TestFolderMerge::folderListAddsChangesAndRemoves()
{
    f->addMessage(f->archive, 3);
    inStore(f->store(), [&](Tables &tables) {
        merge::folderList(tables, f->account,
            {{.path = u"INBOX"_s, .separator = u'/', .role = FolderRole::Inbox},
                {.path = u"Trash"_s, .separator = u'/', .role = FolderRole::None},
                {.path = u"İş"_s, .separator = u'/'}},
            {u"Archive"_s});
    });
    const auto folders = fromStore(f->store(), [&](const Tables &tables) { return tables.folders.all(f->account); });
    QStringList paths;
    for (const Folder &folder : folders)
        paths.append(folder.path);
    paths.sort();
    QCOMPARE(paths, (QStringList{u"INBOX"_s, u"Trash"_s, u"İş"_s}));
    const bool hasTrash = fromStore(
        f->store(), [&](const Tables &t) { return t.folders.findByRole(f->account, FolderRole::Trash).has_value(); });
    QVERIFY(!hasTrash);
}

QTEST_GUILESS_MAIN(TestFolderMerge)
#include "test_foldermerge.moc"
