// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/storetest.h"
#include "ui/messagelist/messagelistmodel.h"
#include "ui/messagelist/messagelistview.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

QList<MessageHeader> headers(quint32 from, quint32 to, Flags flags = {})
{
    QList<MessageHeader> list;
    for (quint32 uid = from; uid <= to; ++uid)
        list.append(sampleHeader(uid, flags));
    return list;
}

QString subject(const MessageListModel &model, int row)
{
    const MessageHeader *header = model.headerAt(row);
    return header ? header->envelope.subject : QString();
}

} // namespace

class TestMessageListModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheNewestFirst();
    void largeFolderStreamsInAndHeadersComeOnDemand();
    void newMailIsInsertedWithoutReset();
    void manyNewMailsComeInOnePiece();
    void deletedMailDisappearsWithoutReset();
    void manyScatteredChangesEndUpRight();
    void changeFarFromViewIsFoundOnceItIsQuiet();
    void flagChangeIsShown();
    void anotherFolderDropsAnswersForTheLast();
    void searchShowsWhatIsFoundNewestFirst();
    void rowIsSpokenWhole();
    void selectionAndPlaceStayWhenMailArrives();
    void selectionStaysWhenTheModelStartsAnew();
};

void TestMessageListModel::showsTheNewestFirst()
{
    StoreFixture f;
    f.add(f.inbox, headers(1, 3));
    MessageListModel model(f.store);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy opened(&model, &MessageListModel::opened);
    model.setQuery({.folder = f.inbox});
    QTRY_COMPARE(model.rowCount(), 3);
    QCOMPARE(opened.count(), 1);
    QVERIFY(model.isComplete());
    QCOMPARE(subject(model, 0), u"Konu 3"_s);
    QCOMPARE(subject(model, 2), u"Konu 1"_s);
}

void TestMessageListModel::largeFolderStreamsInAndHeadersComeOnDemand()
{
    StoreFixture f;
    f.add(f.inbox, headers(1, 45'000));
    MessageListModel model(f.store);
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), 45'000);
    QVERIFY(!model.headerAt(30'000));
    model.setVisibleRows(30'000, 30'020);
    QTRY_VERIFY(model.headerAt(30'020));
    QCOMPARE(subject(model, 30'000), u"Konu 15000"_s);
    QVERIFY(!model.headerAt(10'000));
    QCOMPARE(model.rowOf(model.idAt(44'999)), 44'999);
}

void TestMessageListModel::newMailIsInsertedWithoutReset()
{
    StoreFixture f;
    f.add(f.inbox, headers(1, 1'000));
    MessageListModel model(f.store);
    const QAbstractItemModelTester tester(&model);
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    f.add(f.inbox, headers(1'001, 1'010));
    QTRY_COMPARE(model.rowCount(), 1'010);
    QCOMPARE(reset.count(), 0);
    // All at once, not one by one.
    QCOMPARE(inserted.count(), 1);
    model.setVisibleRows(0, 10);
    QTRY_COMPARE(subject(model, 0), u"Konu 1010"_s);
}

void TestMessageListModel::manyNewMailsComeInOnePiece()
{
    StoreFixture f;
    f.add(f.inbox, headers(1, 1'000));
    MessageListModel model(f.store);
    const QAbstractItemModelTester tester(&model);
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    f.add(f.inbox, headers(1'001, 6'000));
    QTRY_COMPARE(model.rowCount(), 6'000);
    // Not the newest few now and the rest once it is quiet.
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(reset.count(), 0);
}

void TestMessageListModel::deletedMailDisappearsWithoutReset()
{
    StoreFixture f;
    const QList<MessageId> ids = f.add(f.inbox, headers(1, 100));
    MessageListModel model(f.store);
    const QAbstractItemModelTester tester(&model);
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    inStore(f.store, [&](Tables &tables) { tables.messages.remove({ids[10], ids[11], ids[50]}); });
    QTRY_COMPARE(model.rowCount(), 97);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(model.rowOf(ids[10]), -1);
    QCOMPARE(model.rowOf(ids[99]), 0);
}

void TestMessageListModel::manyScatteredChangesEndUpRight()
{
    StoreFixture f;
    const QList<MessageId> ids = f.add(f.inbox, headers(1, 400));
    MessageListModel model(f.store);
    const QAbstractItemModelTester tester(&model);
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    QList<MessageId> gone;
    for (qsizetype i = 0; i < ids.size(); i += 2)
        gone.append(ids[i]);
    inStore(f.store, [&](Tables &tables) {
        tables.messages.remove(gone);
        tables.messages.upsert(f.inbox, headers(500, 505));
    });
    QTRY_COMPARE(model.rowCount(), 206);
    for (int row = 0; row < 206; ++row)
        QVERIFY(!gone.contains(model.idAt(row)));
    QCOMPARE(model.rowsOf(gone), QList<int>());
}

void TestMessageListModel::changeFarFromViewIsFoundOnceItIsQuiet()
{
    StoreFixture f;
    const QList<MessageId> ids = f.add(f.inbox, headers(1, 2'000));
    MessageListModel model(f.store);
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    model.setVisibleRows(0, 20);
    // Row 1,499: neither among the newest nor in view nor at the end.
    inStore(f.store, [&](Tables &tables) { tables.messages.remove({ids[500]}); });
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1'999, 10'000);
    QCOMPARE(model.rowOf(ids[500]), -1);
}

void TestMessageListModel::flagChangeIsShown()
{
    StoreFixture f;
    const QList<MessageId> ids = f.add(f.inbox, headers(1, 5));
    MessageListModel model(f.store);
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    model.setVisibleRows(0, 4);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    inStore(f.store, [&](Tables &tables) { tables.messages.setFlags({ids[4]}, Flag::Seen, {}); });
    QTRY_VERIFY(model.headerAt(0)->flags.testFlag(Flag::Seen));
    QVERIFY(changed.count() > 0);
    QVERIFY(!model.headerAt(1)->flags.testFlag(Flag::Seen));
}

void TestMessageListModel::anotherFolderDropsAnswersForTheLast()
{
    StoreFixture f;
    f.add(f.inbox, headers(1, 3'000));
    f.add(f.archive, headers(1, 2));
    MessageListModel model(f.store);
    model.setQuery({.folder = f.inbox});
    model.setQuery({.folder = f.archive});
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), 2);
    // An answer for the first folder that came late would have made them more.
    model.setQuery({.folder = f.inbox});
    QTRY_COMPARE(model.rowCount(), 3'000);
    model.setQuery({});
    QCOMPARE(model.rowCount(), 0);
}

void TestMessageListModel::searchShowsWhatIsFoundNewestFirst()
{
    StoreFixture f;
    QList<MessageHeader> list = headers(1, 4);
    list[1].envelope.subject = u"ISPARTA gülleri"_s;
    list[3].envelope.subject = u"ısparta yolu"_s;
    f.add(f.inbox, list);
    MessageListModel model(f.store);
    model.setQuery({.words = u"ısparta"_s});
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(subject(model, 0), u"ısparta yolu"_s);
    QCOMPARE(subject(model, 1), u"ISPARTA gülleri"_s);
    model.setQuery({.words = u"bulunmaz"_s});
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), 0);
}

void TestMessageListModel::rowIsSpokenWhole()
{
    StoreFixture f;
    MessageHeader header = sampleHeader(1, Flag::Flagged);
    header.envelope.from = {{u"Ayşe Yılmaz"_s, u"ayse@example.org"_s}};
    header.envelope.hasAttachments = true;
    f.add(f.inbox, {header});
    MessageListModel model(f.store);
    model.setQuery({.folder = f.inbox});
    QTRY_COMPARE(model.rowCount(), 1);
    const QString spoken = model.index(0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.startsWith(u"Unread, Flagged, from Ayşe Yılmaz, subject Konu 1, date "_s), qPrintable(spoken));
    QVERIFY(spoken.endsWith(u"with attachment"_s));
}

void TestMessageListModel::selectionAndPlaceStayWhenMailArrives()
{
    StoreFixture f;
    f.add(f.inbox, headers(1, 500));
    MessageListModel model(f.store);
    MessageListView view(model);
    view.resize(400, 600);
    view.show();
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    const MessageId chosen = model.idAt(100);
    view.select(chosen);
    const MessageId top = model.idAt(view.rowAt(0));
    QVERIFY(view.verticalScrollBar()->value() > 0);
    f.add(f.inbox, headers(501, 530));
    QTRY_COMPARE(model.rowCount(), 530);
    QCOMPARE(view.currentMessage(), chosen);
    QCOMPARE(view.selectedMessages(), QList<MessageId>{chosen});
    QCOMPARE(model.idAt(view.rowAt(0)), top);

    // At the top, what is new is shown.
    view.verticalScrollBar()->setValue(0);
    f.add(f.inbox, headers(531, 532));
    QTRY_COMPARE(model.rowCount(), 532);
    QCOMPARE(view.rowAt(0), 0);
}

void TestMessageListModel::selectionStaysWhenTheModelStartsAnew()
{
    StoreFixture f;
    const QList<MessageId> ids = f.add(f.inbox, headers(1, 400));
    MessageListModel model(f.store);
    MessageListView view(model);
    view.resize(400, 600);
    view.show();
    model.setQuery({.folder = f.inbox});
    QTRY_VERIFY(model.isComplete());
    view.select(ids[301]);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QList<MessageId> gone;
    for (qsizetype i = 0; i < ids.size(); i += 2)
        gone.append(ids[i]);
    inStore(f.store, [&](Tables &tables) { tables.messages.remove(gone); });
    QTRY_COMPARE(model.rowCount(), 200);
    QVERIFY(reset.count() > 0);
    QCOMPARE(view.currentMessage(), ids[301]);
    QCOMPARE(view.selectedMessages(), QList<MessageId>{ids[301]});
    view.selectAll();
    QCOMPARE(view.selectedMessages().size(), 200);
}

QTEST_MAIN(TestMessageListModel)
#include "test_messagelistmodel.moc"
