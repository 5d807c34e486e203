// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/undosteps.h"

#include "tests/sync/synctest.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestUndoSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { f = std::make_unique<SyncFixture>(); }
    void cleanup() { f.reset(); }

    void flagsComeBackAsTheyWere();
    void whatOthersChangedMeanwhileStays();
    void deletionsAreTakenBackOneByOne();
    void deletionForGoodIsNotTakenForTheOneBefore();
    void foldersComeBack();
    void aNewFolderWithMailIsNotLost();
    void itEndsAfterAHundredStepsAndAWeek();
    void readingIsNoStep();

private:
    template <class F> auto write(F function) { return inStore(f->store(), std::move(function)); }
    std::optional<UndoStep> last()
    {
        return fromStore(f->store(), [](const Tables &tables) { return tables.undo.last(); });
    }
    undoable::WayBack takeBack()
    {
        return write([this](Tables &tables) { return undoable::takeBack(tables, f->now); });
    }
    QString pathOf(FolderId folder)
    {
        return fromStore(
            f->store(), [folder](const Tables &tables) { return tables.folders.find(folder).value_or(Folder()).path; });
    }

    std::unique_ptr<SyncFixture> f;
};

void TestUndoSteps::flagsComeBackAsTheyWere()
{
    const MessageId seen = f->addMessage(f->inbox, 1, Flag::Seen);
    const MessageId flagged = f->addMessage(f->inbox, 2, Flag::Flagged);
    QVERIFY(write([&](Tables &tables) {
        return undoable::changeFlags(tables, {seen, flagged}, Flag::Seen, Flag::Flagged, f->now).has_value();
    }));
    QCOMPARE(f->header(seen).flags, Flags(Flag::Seen));
    QCOMPARE(f->header(flagged).flags, Flags(Flag::Seen));
    QCOMPARE(last()->kind, UndoStep::Kind::ChangeFlags);
    QCOMPARE(last()->messages, 1); // The other one stayed as it was.
    QVERIFY(!takeBack().problem);
    QCOMPARE(f->header(seen).flags, Flags(Flag::Seen));
    QCOMPARE(f->header(flagged).flags, Flags(Flag::Flagged));
    QVERIFY(!last());
    QVERIFY(!takeBack().step);
}

void TestUndoSteps::whatOthersChangedMeanwhileStays()
{
    const MessageId message = f->addMessage(f->inbox, 1);
    QVERIFY(write([&](Tables &tables) {
        return undoable::changeFlags(tables, {message}, Flag::Flagged, {}, f->now).has_value();
    }));
    write([&](Tables &tables) { tables.messages.setFlags({message}, Flag::Answered, Flag::Flagged); });
    QVERIFY(!takeBack().problem);
    QCOMPARE(f->header(message).flags, Flags(Flag::Answered));
}

void TestUndoSteps::deletionsAreTakenBackOneByOne()
{
    const MessageId one = f->addMessage(f->inbox, 1);
    const MessageId two = f->addMessage(f->archive, 2);
    for (const MessageId id : {one, two})
        QVERIFY(write([&](Tables &tables) { return undoable::remove(tables, {id}, f->now).has_value(); }));
    QCOMPARE(f->header(one).folder, f->trash);
    QCOMPARE(takeBack().step->kind, UndoStep::Kind::Delete);
    QCOMPARE(f->header(one).folder, f->trash);
    QCOMPARE(f->header(two).folder, f->archive);
    QVERIFY(!takeBack().problem);
    QCOMPARE(f->header(one).folder, f->inbox);
    QCOMPARE(f->header(one).uid, 1u);
    QVERIFY(f->ops().isEmpty()); // The server never hears of it.
}

void TestUndoSteps::deletionForGoodIsNotTakenForTheOneBefore()
{
    const MessageId one = f->addMessage(f->inbox, 1);
    const MessageId two = f->addMessage(f->trash, 2);
    for (const MessageId id : {one, two})
        QVERIFY(write([&](Tables &tables) { return undoable::remove(tables, {id}, f->now).has_value(); }));
    const undoable::WayBack way = takeBack();
    QCOMPARE(way.step->kind, UndoStep::Kind::DeleteForGood);
    QCOMPARE(f->header(one).folder, f->trash);
    QCOMPARE(takeBack().step->kind, UndoStep::Kind::Delete);
    QCOMPARE(f->header(one).folder, f->inbox);
}

void TestUndoSteps::foldersComeBack()
{
    const FolderId work = f->addFolder(u"Work"_s, FolderRole::None);
    const FolderId below = f->addFolder(u"Work/2024"_s, FolderRole::None);
    QVERIFY(write([&](Tables &tables) { return undoable::renameFolder(tables, work, u"İş"_s, f->now).has_value(); }));
    QVERIFY(
        write([&](Tables &tables) { return undoable::moveFolder(tables, work, {}, f->archive, f->now).has_value(); }));
    QVERIFY(write([&](Tables &tables) {
        return undoable::deleteFolder(tables, work, actions::Deletion::ToTrash, f->now).has_value();
    }));
    QCOMPARE(pathOf(below), u"Trash/İş/2024"_s);
    for (const auto *path : {u"Archive/İş", u"İş", u"Work"}) {
        const undoable::WayBack way = takeBack();
        QVERIFY(!way.problem);
        QCOMPARE(pathOf(work), QString(path));
        QCOMPARE(pathOf(below), QString(path) + u"/2024"_s);
    }
    QVERIFY(f->ops().isEmpty());

    // Under a name that is taken meanwhile it stays where it is.
    QVERIFY(write([&](Tables &tables) { return undoable::renameFolder(tables, work, u"İş"_s, f->now).has_value(); }));
    write([&](Tables &tables) { tables.pendingOps.remove(tables.pendingOps.all(f->account).first().id); });
    f->addFolder(u"Work"_s, FolderRole::None);
    const undoable::WayBack way = takeBack();
    QVERIFY(way.problem);
    QCOMPARE(way.problem->kind, ErrorKind::AlreadyExists);
    QCOMPARE(pathOf(work), u"İş"_s);
}

void TestUndoSteps::aNewFolderWithMailIsNotLost()
{
    const Result<FolderId> made
        = write([&](Tables &tables) { return undoable::createFolder(tables, f->account, {}, u"Yeni"_s, f->now); });
    QVERIFY(made);
    QCOMPARE(last()->kind, UndoStep::Kind::CreateFolder);
    const MessageId mail = f->addMessage(*made, 1);
    QVERIFY(!takeBack().problem);
    QCOMPARE(pathOf(*made), u"Trash/Yeni"_s);
    QCOMPARE(f->header(mail).folder, *made);

    const Result<FolderId> empty
        = write([&](Tables &tables) { return undoable::createFolder(tables, f->account, {}, u"Boş"_s, f->now); });
    const qsizetype ops = f->ops().size();
    QVERIFY(!takeBack().problem);
    QCOMPARE(pathOf(*empty), QString());
    QCOMPARE(f->ops().size(), ops - 1);
}

void TestUndoSteps::itEndsAfterAHundredStepsAndAWeek()
{
    const MessageId message = f->addMessage(f->inbox, 1);
    const auto flagAt = [&](const QDateTime &time, bool set) {
        QVERIFY(write([&](Tables &tables) {
            return undoable::changeFlags(
                tables, {message}, set ? Flag::Flagged : Flags(), set ? Flags() : Flag::Flagged, time)
                .has_value();
        }));
    };
    const auto steps = [&] {
        return write([](Tables &tables) {
            int count = 0;
            while (const auto step = tables.undo.last()) {
                tables.undo.remove(step->id);
                ++count;
            }
            return count;
        });
    };
    for (int i = 0; i < 130; ++i)
        flagAt(f->now.addSecs(i), i % 2 == 0);
    QCOMPARE(steps(), 100);
    flagAt(f->now, true);
    flagAt(f->now.addDays(5), false);
    flagAt(f->now.addDays(8), true);
    QCOMPARE(steps(), 2);
}

void TestUndoSteps::readingIsNoStep()
{
    const MessageId message = f->addMessage(f->inbox, 1);
    QVERIFY(write(
        [&](Tables &tables) { return actions::changeFlags(tables, {message}, Flag::Seen, {}, f->now).has_value(); }));
    QVERIFY(!last());
    write([&](Tables &tables) { tables.folders.setRights(f->inbox, true, Flags()); });
    const auto refused
        = write([&](Tables &tables) { return undoable::changeFlags(tables, {message}, Flag::Flagged, {}, f->now); });
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::ReadOnly);
    QVERIFY(!last());
}

QTEST_GUILESS_MAIN(TestUndoSteps)
#include "test_undosteps.moc"
