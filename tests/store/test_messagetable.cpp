// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/storetest.h"

#include <random>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

QList<MessageHeader> sampleHeaders(quint32 first, quint32 last)
{
    QList<MessageHeader> headers;
    for (quint32 uid = first; uid <= last; ++uid)
        headers.append(sampleHeader(uid));
    return headers;
}

QList<MessageHeader> read(StoreFixture &f, const QList<MessageId> &ids)
{
    return fromStore(f.store, [&](const Tables &tables) { return tables.messages.headers(ids); });
}

QList<MessageKey> allKeys(const Tables &tables, FolderId folder)
{
    return tables.messages.keys(folder, 1'000'000);
}

} // namespace

class TestMessageTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headersComeBackAsTheyWent()
    {
        StoreFixture f;
        MessageHeader header = sampleHeader(4'294'967'295, Flag::Seen | Flag::Flagged | Flag::MdnSent);
        header.size = 3'000'000'000;
        header.envelope.subject = u"Toplantı 📅 \u202Eters"_s;
        header.envelope.from = {{u"Ali"_s, u"ali@örnek.example"_s}, {QString(), u"veli@example.org"_s}};
        header.envelope.replyTo = {{u"Liste, \"haftalık\""_s, u"liste@example.org"_s}};
        header.envelope.cc = {{u"Grup"_s, QString()}};
        header.envelope.bcc = {{QString(), u"gizli@example.org"_s}};
        header.envelope.inReplyTo = "\xff\x00kötü"_ba;
        header.envelope.references = {"a@example.org", "b@example.org"};
        header.envelope.hasAttachments = true;
        MessageHeader bare;
        bare.received = header.received;

        const QList<MessageId> ids = f.add(f.inbox, {header, bare});
        header.id = ids.at(0);
        bare.id = ids.at(1);
        header.folder = bare.folder = f.inbox;
        QCOMPARE(read(f, ids), (QList{header, bare}));
    }

    void controlCharactersCannotMakeAnotherAddress()
    {
        StoreFixture f;
        MessageHeader header = sampleHeader(1);
        header.envelope.from = {{u"Ali\nveli@example.org\tVeli"_s, u"ali@example.org"_s}};
        const AddressList from = read(f, f.add(f.inbox, {header})).first().envelope.from;
        QCOMPARE(from, (AddressList{{u"Ali veli@example.org Veli"_s, u"ali@example.org"_s}}));
    }

    /// S18
    void aMessageWithoutATimeHasAPlaceInTheList()
    {
        StoreFixture f;
        MessageHeader dated = sampleHeader(1);
        dated.received = {};
        MessageHeader undated = sampleHeader(2);
        undated.received = undated.envelope.date = {};
        const QList<MessageHeader> stored = read(f, f.add(f.inbox, {dated, undated}));
        QCOMPARE(stored.at(0).received, dated.envelope.date);
        QCOMPARE(stored.at(1).received.toMSecsSinceEpoch(), 0);
        QVERIFY(!stored.at(1).envelope.date.isValid());
    }

    void upsertUpdatesWhatIsKnown()
    {
        StoreFixture f;
        const MessageId id = f.add(f.inbox, {sampleHeader(5)}).first();
        MessageHeader changed = sampleHeader(5, Flag::Seen | Flag::Answered);
        changed.received = changed.received.addDays(3);
        changed.envelope.subject = u"Daha iyi okundu"_s;
        changed.envelope.hasAttachments = true;

        const QList<MessageId> ids = f.add(f.inbox, {sampleHeader(4), changed, sampleHeader(6)});
        QCOMPARE(ids.at(1), id);
        QVERIFY(ids.at(0) != id && ids.at(2) != id);
        const MessageHeader stored = read(f, {id}).first();
        QCOMPARE(stored.flags, changed.flags);
        QCOMPARE(stored.envelope, changed.envelope);
        QCOMPARE(stored.received, sampleHeader(5).received);
        QCOMPARE(f.folder(f.inbox).total, 3);
        QCOMPARE(f.folder(f.inbox).unread, 2);
    }

    void attachmentsFoundInTheBodyStay()
    {
        StoreFixture f;
        const MessageId id = f.add(f.inbox, {sampleHeader(5)}).first();
        inStore(f.store, [&](Tables &tables) {
            tables.bodies.put(id, "raw");
            tables.messages.setHasAttachments(id, true);
        });
        f.add(f.inbox, {sampleHeader(5)});
        QVERIFY(read(f, {id}).first().envelope.hasAttachments);
    }

    void manyMessagesMayHaveNoUid()
    {
        StoreFixture f;
        const QList<MessageId> ids = f.add(f.inbox, {sampleHeader(0), sampleHeader(0), sampleHeader(0)});
        QCOMPARE(QSet(ids.begin(), ids.end()).size(), 3);
        QCOMPARE(f.folder(f.inbox).total, 3);
        QVERIFY(fromStore(f.store, [&](const Tables &tables) { return tables.messages.uids(f.inbox); }).isEmpty());
    }

    void numbersAreNeverUsedAgain()
    {
        StoreFixture f;
        const MessageId first = f.add(f.inbox, {sampleHeader(1)}).first();
        inStore(f.store, [&](Tables &tables) { tables.messages.remove({first}); });
        QVERIFY(f.add(f.inbox, {sampleHeader(1)}).first() > first);
    }

    void headersComeInTheOrderAskedFor()
    {
        StoreFixture f;
        const QList<MessageId> ids = f.add(f.inbox, sampleHeaders(1, 5));
        const QList<MessageHeader> headers = read(f, {ids.at(3), MessageId{999'999}, ids.at(0), ids.at(4)});
        QCOMPARE(headers.size(), 3);
        QCOMPARE(headers.at(0).id, ids.at(3));
        QCOMPARE(headers.at(1).id, ids.at(0));
        QCOMPARE(headers.at(2).id, ids.at(4));
    }

    void pagesOfKeysHaveNoGapAndNoRepeat()
    {
        StoreFixture f;
        std::mt19937 random(3);
        QList<MessageHeader> headers = sampleHeaders(1, 500);
        for (MessageHeader &header : headers) // Many of the same time.
            header.received = QDateTime::fromSecsSinceEpoch(1'600'000'000 + qint64(random() % 40), QTimeZone::UTC);
        f.add(f.inbox, headers);
        f.add(f.archive, sampleHeaders(1, 50));

        const auto all = fromStore(f.store, [&](const Tables &tables) { return allKeys(tables, f.inbox); });
        QCOMPARE(all.size(), 500);
        QVERIFY(std::is_sorted(all.begin(), all.end(), std::greater()));
        const auto paged = fromStore(f.store, [&](const Tables &tables) {
            QList<MessageKey> keys = tables.messages.keys(f.inbox, 7);
            while (true) {
                const QList<MessageKey> page = tables.messages.keys(f.inbox, 7, keys.last());
                if (page.isEmpty())
                    return keys;
                keys += page;
            }
        });
        QVERIFY(paged == all);
    }

    void flagsAreAddedAndRemoved()
    {
        StoreFixture f;
        const QList<MessageId> ids = f.add(f.inbox, {sampleHeader(1), sampleHeader(2, Flag::Seen | Flag::Flagged)});
        inStore(
            f.store, [&](Tables &tables) { tables.messages.setFlags(ids, Flag::Seen | Flag::Junk, Flag::Flagged); });
        for (const MessageHeader &header : read(f, ids))
            QCOMPARE(header.flags, Flag::Seen | Flag::Junk);
        QCOMPARE(f.folder(f.inbox).unread, 0);

        inStore(f.store, [&](Tables &tables) {
            tables.messages.setFlagsByUid(f.inbox, {{1, Flag::Answered}, {2, Flag::Seen}, {77, Flag::Seen}});
        });
        const auto flags
            = fromStore(f.store, [&](const Tables &tables) { return tables.messages.flagsByUid(f.inbox); });
        QCOMPARE(flags, (QHash<quint32, Flags>{{1, Flag::Answered}, {2, Flag::Seen}}));
        QCOMPARE(f.folder(f.inbox).unread, 1);
    }

    void movingTakesTheUidAwayAndKeepsTheRest()
    {
        StoreFixture f;
        const QList<MessageId> ids = f.add(f.inbox, {sampleHeader(1), sampleHeader(2, Flag::Seen), sampleHeader(3)});
        inStore(f.store, [&](Tables &tables) { tables.messages.move({ids.at(0), ids.at(1)}, f.archive); });

        const QList<MessageHeader> moved = read(f, {ids.at(0), ids.at(1)});
        for (const MessageHeader &header : moved) {
            QCOMPARE(header.folder, f.archive);
            QCOMPARE(header.uid, 0u);
        }
        QCOMPARE(moved.at(0).envelope, sampleHeader(1).envelope);
        QCOMPARE(moved.at(1).flags, Flag::Seen);
        QCOMPARE(f.folder(f.inbox).total, 1);
        QCOMPARE(f.folder(f.inbox).unread, 1);
        QCOMPARE(f.folder(f.archive).total, 2);
        QCOMPARE(f.folder(f.archive).unread, 1);
        QCOMPARE(
            fromStore(f.store, [&](const Tables &tables) { return tables.messages.uids(f.inbox); }), QList<quint32>{3});
    }

    void aMovedMessageIsRecognisedByItsMessageId()
    {
        StoreFixture f;
        const MessageId id = f.add(f.inbox, {sampleHeader(1)}).first();
        inStore(f.store, [&](Tables &tables) { tables.messages.move({id}, f.archive); });
        const auto unplaced = [&](FolderId folder) {
            return fromStore(f.store, [&](const Tables &tables) {
                return tables.messages.findUnplaced(folder, sampleHeader(1).envelope.messageIdHeader);
            });
        };
        QCOMPARE(unplaced(f.archive), QList{id});
        QVERIFY(unplaced(f.inbox).isEmpty());
        f.add(f.archive, {MessageHeader()});
        QVERIFY(fromStore(f.store, [&](const Tables &tables) {
            return tables.messages.findUnplaced(f.archive, "");
        }).isEmpty());
        inStore(f.store, [&](Tables &tables) { tables.messages.setUid(id, 40); });
        QVERIFY(unplaced(f.archive).isEmpty());
        QCOMPARE(fromStore(f.store, [&](const Tables &tables) { return tables.messages.findByUid(f.archive, 40); }),
            std::optional(id));
    }

    void aUidGivenTwiceGoesToTheRowThatActionsKnow()
    {
        StoreFixture f;
        const MessageId id = f.add(f.inbox, {sampleHeader(1)}).first();
        inStore(f.store, [&](Tables &tables) { tables.messages.move({id}, f.archive); });
        MessageHeader seen = sampleHeader(1);
        seen.uid = 40;
        const MessageId twin = f.add(f.archive, {seen}).first();
        inStore(f.store, [&](Tables &tables) { tables.messages.setUid(id, 40); });

        QCOMPARE(f.folder(f.archive).total, 1);
        QVERIFY(read(f, {twin}).isEmpty());
        QCOMPARE(read(f, {id}).first().uid, 40u);
    }

    void messagesWithoutBodyAreFoundNewestFirst()
    {
        StoreFixture f;
        const QList<MessageId> ids = f.add(f.inbox, sampleHeaders(1, 6)); // Sizes 1001 to 1006.
        inStore(f.store, [&](Tables &tables) { tables.bodies.put(ids.at(3), "raw"); });
        const auto missing = [&](qint64 maxSize, qsizetype limit, qint64 since = 0) {
            const auto messages = fromStore(f.store,
                [&](const Tables &tables) { return tables.messages.withoutBody(f.inbox, since, maxSize, limit); });
            QList<MessageId> found;
            for (const BodilessMessage &message : messages)
                found.append(MessageId{message.key.id});
            return found;
        };
        const qint64 fifth = read(f, {ids.at(4)}).first().received.toMSecsSinceEpoch();
        QCOMPARE(missing(9999, 10, fifth), (QList{ids.at(5), ids.at(4)}));
        QCOMPARE(missing(9999, 10, fifth + 1), QList{ids.at(5)});
        QCOMPARE(missing(1005, 10), (QList{ids.at(4), ids.at(2), ids.at(1), ids.at(0)}));
        QCOMPARE(missing(9999, 2), (QList{ids.at(5), ids.at(4)}));
        inStore(f.store, [&](Tables &tables) { tables.bodies.remove(ids.at(3)); });
        QVERIFY(missing(9999, 10).contains(ids.at(3)));
    }

    void removedMessagesLeaveNothing()
    {
        StoreFixture f;
        const QList<MessageId> ids = f.add(f.inbox, sampleHeaders(1, 6));
        inStore(f.store, [&](Tables &tables) {
            tables.bodies.put(ids.at(0), "raw");
            tables.messages.remove({ids.at(0), ids.at(1), ids.at(1)});
            tables.messages.removeByUid(f.inbox, {3, 99});
        });
        QCOMPARE(f.folder(f.inbox).total, 3);
        QCOMPARE(f.folder(f.inbox).unread, 3);
        QVERIFY(!fromStore(f.store, [&](const Tables &tables) { return tables.bodies.raw(ids.at(0)); }));
        inStore(f.store, [&](Tables &tables) {
            QVERIFY(tables.messages.removeSome(f.inbox, 2));
            QVERIFY(tables.messages.removeSome(f.inbox, 100));
            QVERIFY(!tables.messages.removeSome(f.inbox, 100));
        });
        QCOMPARE(f.folder(f.inbox).total, 0);
        QVERIFY(read(f, ids).isEmpty());
    }

    /// Every way of changing messages, 10,000 times, and the counters are those of a full count.
    void countersFollowEverything()
    {
        StoreFixture f;
        const QList<FolderId> folders{f.inbox, f.archive, f.addFolder(u"Çöp"_s), f.addFolder(u"İş"_s)};
        std::mt19937 random(20'251'122);
        const auto below = [&random](qsizetype n) { return qsizetype(random() % quint32(n)); };
        const auto flags = [&] { return Flags::fromInt(int(random() % 16)); };

        for (int block = 0; block < 100; ++block) {
            inStore(f.store, [&](Tables &tables) {
                for (int operation = 0; operation < 100; ++operation) {
                    MessageTable &messages = tables.messages;
                    const FolderId folder = folders.at(below(folders.size()));
                    QList<MessageId> some;
                    const QList<MessageKey> keys = messages.keys(folder, 40);
                    for (const MessageKey &key : keys) {
                        if (below(4) == 0)
                            some.append(MessageId{key.id});
                    }
                    switch (below(8)) {
                    case 0:
                    case 1:
                    case 2: {
                        QList<MessageHeader> headers;
                        for (qsizetype count = below(6); count > 0; --count)
                            headers.append(sampleHeader(quint32(below(200)), flags()));
                        messages.upsert(folder, headers);
                        break;
                    }
                    case 3:
                        messages.setFlags(some, flags(), flags());
                        break;
                    case 4:
                        messages.setFlagsByUid(
                            folder, {{quint32(below(200)), flags()}, {quint32(below(200)), flags()}});
                        break;
                    case 5:
                        messages.move(some, folders.at(below(folders.size())));
                        break;
                    case 6:
                        if (below(2))
                            messages.remove(some.first(qMin<qsizetype>(some.size(), 3)));
                        else
                            messages.removeByUid(folder, {quint32(below(200)), quint32(below(200))});
                        break;
                    case 7:
                        if (!some.isEmpty())
                            messages.setUid(some.first(), quint32(1 + below(199)));
                        if (below(100) == 0)
                            messages.removeSome(folder, 1000);
                        break;
                    }
                }
            });
            for (const FolderId folder : folders) {
                const bool same = fromStore(f.store, [&](const Tables &tables) {
                    qint64 total = 0;
                    qint64 unread = 0;
                    for (const MessageKey &key : allKeys(tables, folder)) {
                        ++total;
                        unread += tables.messages.header(MessageId{key.id})->flags.testFlag(Flag::Seen) ? 0 : 1;
                    }
                    const Folder counted = tables.folders.find(folder).value();
                    return counted.total == total && counted.unread == unread;
                });
                QVERIFY2(same, qPrintable(u"block %1"_s.arg(block)));
            }
        }
        QVERIFY(f.folder(f.inbox).total > 0);
    }
};

QTEST_GUILESS_MAIN(TestMessageTable)
#include "test_messagetable.moc"
