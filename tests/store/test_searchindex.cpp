// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/storetest.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QDir>
#include <QFile>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

MessageHeader headerAbout(const QString &subject)
{
    static quint32 uid = 0;
    MessageHeader header = sampleHeader(++uid);
    header.envelope.subject = subject;
    header.envelope.from = header.envelope.to = {};
    return header;
}

QList<MessageId> find(
    StoreFixture &f, const QString &words, AccountId account = {}, FolderId folder = {}, qsizetype limit = 100)
{
    return fromStore(f.store, [&](const Tables &tables) { return tables.search.find(words, account, folder, limit); });
}

void indexAll(StoreFixture &f)
{
    while (inStore(f.store, [](Tables &tables) { return tables.search.indexWaiting(10); })) { }
}

} // namespace

class TestSearchIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What stands in a mail, and what somebody types to find it.
    void turkishWordsAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const std::pair<QString, QString> pairs[] = {
            {u"SATIŞ"_s, u"satış"_s},
            {u"satış"_s, u"SATIŞ"_s},
            {u"satış"_s, u"satis"_s},
            {u"SATIŞ"_s, u"Satis"_s},
            {u"Isparta"_s, u"ısparta"_s},
            {u"ISPARTA"_s, u"ısparta"_s},
            {u"ısparta"_s, u"ISPARTA"_s},
            {u"Isparta"_s, u"isparta"_s},
            {u"İSPARTA"_s, u"Isparta"_s},
            {u"İstanbul"_s, u"istanbul"_s},
            {u"İSTANBUL"_s, u"istanbul"_s},
            {u"istanbul"_s, u"İSTANBUL"_s},
            {u"ISTANBUL"_s, u"İstanbul"_s},
            {u"ıstanbul"_s, u"İstanbul"_s},
            {u"I\u0307stanbul"_s, u"istanbul"_s},
            {u"İstanbul'da"_s, u"istanbul"_s},
            {u"ÖDEME"_s, u"odeme"_s},
            {u"ödeme"_s, u"ÖDEME"_s},
            {u"Ödemeniz alındı"_s, u"odeme alindi"_s},
            {u"ödemelerinizi"_s, u"ödeme"_s},
            {u"faturanızı"_s, u"fatura"_s},
            {u"FATURANIZ"_s, u"faturanız"_s},
            {u"faturanız"_s, u"FATURANIZ"_s},
            {u"Faturalarınızdan"_s, u"FATURA"_s},
            {u"e-Fatura"_s, u"fatura"_s},
            {u"e-Fatura"_s, u"e-fatura"_s},
            {u"Çağrı"_s, u"cagri"_s},
            {u"ÇAĞRI"_s, u"çağrı"_s},
            {u"çağrı"_s, u"CAGRI"_s},
            {u"çağrınız"_s, u"çağrı"_s},
            {u"Gökçe"_s, u"gokce"_s},
            {u"GÖKÇE"_s, u"gökçe"_s},
            {u"gökçe"_s, u"GOKCE"_s},
            {u"Şükrü"_s, u"sukru"_s},
            {u"ŞÜKRÜ"_s, u"şükrü"_s},
            {u"şükrü"_s, u"SUKRU"_s},
            {u"Iğdır"_s, u"igdir"_s},
            {u"IĞDIR"_s, u"ığdır"_s},
            {u"ığdır"_s, u"IĞDIR"_s},
            {u"Iğdır'a"_s, u"ığdır"_s},
            {u"Diyarbakır"_s, u"diyarbakir"_s},
            {u"DİYARBAKIR"_s, u"diyarbakır"_s},
            {u"diyarbakır"_s, u"DIYARBAKIR"_s},
            {u"İzmir"_s, u"izmir"_s},
            {u"izmir"_s, u"IZMIR"_s},
            {u"İZMİR"_s, u"ızmır"_s},
            {u"Işık"_s, u"isik"_s},
            {u"IŞIK"_s, u"ışık"_s},
            {u"ışık"_s, u"IŞIK"_s},
            {u"ışıklandırma"_s, u"ışık"_s},
            {u"Kırklareli"_s, u"kirklareli"_s},
            {u"KIRKLARELİ"_s, u"kırklareli"_s},
            {u"sipariş"_s, u"SİPARİŞ"_s},
            {u"SİPARİŞ"_s, u"siparis"_s},
            {u"siparişiniz"_s, u"sipariş"_s},
            {u"SIPARIS"_s, u"sipariş"_s},
            {u"toplantı"_s, u"TOPLANTI"_s},
            {u"toplantıya"_s, u"toplanti"_s},
            {u"TOPLANTI"_s, u"toplantı"_s},
            {u"kâğıt"_s, u"kagit"_s},
            {u"KÂĞIT"_s, u"kağıt"_s},
            {u"hâlâ"_s, u"hala"_s},
            {u"millî"_s, u"MİLLİ"_s},
            {u"rüzgâr"_s, u"ruzgar"_s},
            {u"Özgeçmiş ığüşöç.pdf"_s, u"ozgecmis igusoc"_s},
            {u"ÖZGEÇMİŞ"_s, u"özgeçmiş"_s},
            {u"değişiklik"_s, u"DEĞİŞİKLİK"_s},
            {u"DEĞİŞİKLİK"_s, u"degisiklik"_s},
            {u"müşteri"_s, u"MUSTERI"_s},
            {u"müşterilerimiz"_s, u"müşteri"_s},
            {u"yıllık izin"_s, u"YILLIK İZİN"_s},
            {u"YILLIK İZİN"_s, u"izin yillik"_s},
            {u"Kıbrıs"_s, u"kibris"_s},
            {u"şifre"_s, u"SIFRE"_s},
            {u"ŞİFRENİZ"_s, u"şifre"_s},
            {u"sınav"_s, u"SINAV"_s},
            {u"SINAVLAR"_s, u"sınav"_s},
        };
        for (const auto &[text, words] : pairs)
            QTest::addRow("%s by %s", qPrintable(text), qPrintable(words)) << text << words;
        QVERIFY(std::size(pairs) >= 60);
    }
    void turkishWordsAreFound()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        static StoreFixture f;
        inStore(f.store, [](Tables &tables) {
            for (const Account &account : tables.accounts.all()) {
                for (const Folder &folder : tables.folders.all(account.id))
                    tables.messages.removeSome(folder.id, 1000);
            }
        });
        const QList<MessageId> ids
            = f.add(f.inbox, {headerAbout(u"Merhaba"_s), headerAbout(text), headerAbout(u"dünya"_s)});
        QCOMPARE(find(f, words), QList{ids.at(1)});
        indexAll(f);
        QCOMPARE(find(f, words), QList{ids.at(1)});
        inStore(f.store, [&](Tables &tables) {
            tables.search.setText(ids.at(0), u"Sayın ilgili, "_s + text + u" konusunda yazıyoruz."_s);
        });
        QCOMPARE(find(f, words), (QList{ids.at(1), ids.at(0)}));
    }

    void otherWordsAreNotFound()
    {
        StoreFixture f;
        f.add(f.inbox, {headerAbout(u"Haftalık fatura özeti"_s)});
        for (int round = 0; round < 2; ++round) {
            for (const QString &words :
                {u"atura"_s, u"faturalar"_s, u"fatura rapor"_s, u"haftalikfatura"_s, u" \t "_s, u"!?"_s, u""_s})
                QVERIFY2(find(f, words).isEmpty(), qPrintable(words));
            indexAll(f);
        }
    }

    void peopleAreFoundByNameAndAddress()
    {
        StoreFixture f;
        MessageHeader header = headerAbout(u"Konu"_s);
        header.envelope.from = {{u"Şükrü Işık"_s, u"sukru.isik@örnek.example"_s}};
        header.envelope.to = {{u"Ayşe"_s, u"ayse@to.example"_s}};
        header.envelope.cc = {{u"Gökçe"_s, u"gokce@cc.example"_s}};
        header.envelope.bcc = {{u"Çağrı"_s, u"cagri@bcc.example"_s}};
        const QList<MessageId> ids = f.add(f.inbox, {header});
        for (int round = 0; round < 2; ++round) {
            for (const QString &words : {u"şükrü"_s, u"sukru.isik@ornek.example"_s, u"ornek.example"_s, u"ayşe"_s,
                     u"to.example"_s, u"gökçe"_s, u"ÇAĞRI bcc"_s})
                QCOMPARE(find(f, words), ids);
            indexAll(f);
        }
    }

    void whatIsTypedIsNeverSyntax()
    {
        StoreFixture f;
        const QList<MessageId> ids
            = f.add(f.inbox, {headerAbout(u"AND OR NOT NEAR subject text ids rank"_s), headerAbout(u"başka"_s)});
        for (int round = 0; round < 2; ++round) {
            for (const QString &words : {u"AND"_s, u"OR"_s, u"NOT"_s, u"NEAR(subject text)"_s, u"subject:text"_s,
                     u"\"and\""_s, u"\"\"\"or"_s, u"not*"_s, u"^and"_s, u"{subject text} : ids"_s, u"- rank"_s,
                     u"'; DROP TABLE search; --and"_s.right(5), u"and\0or"_s, u"(and"_s, u"near + or"_s})
                QCOMPARE(find(f, words), QList{ids.first()});
            indexAll(f);
        }
    }

    void theNewestComeFirstAcrossIndexedAndWaiting()
    {
        StoreFixture f;
        QList<MessageHeader> headers;
        for (int i = 0; i < 60; ++i) {
            headers.append(headerAbout(u"fatura"_s));
            headers.last().received
                = QDateTime::fromSecsSinceEpoch(1'600'000'000 + (i * 37 % 60) * 3600, QTimeZone::UTC);
        }
        QList<std::pair<QDateTime, MessageId>> expected;
        for (int part = 0; part < 3; ++part) {
            const QList<MessageHeader> some = headers.sliced(part * 20, 20);
            const QList<MessageId> ids = f.add(part == 1 ? f.archive : f.inbox, some);
            for (int i = 0; i < 20; ++i)
                expected.append({some.at(i).received, ids.at(i)});
            if (part < 2)
                indexAll(f);
        }
        std::sort(expected.begin(), expected.end(), std::greater());
        QList<MessageId> ids;
        for (const auto &[time, id] : std::as_const(expected))
            ids.append(id);
        QCOMPARE(find(f, u"fat"_s), ids);
        QCOMPARE(find(f, u"fat"_s, {}, {}, 7), ids.first(7));
    }

    void placesNarrowASearch()
    {
        StoreFixture f;
        const MessageId here = f.add(f.inbox, {headerAbout(u"fatura"_s)}).first();
        const MessageId there = f.add(f.archive, {headerAbout(u"fatura"_s)}).first();
        const auto [other, elsewhere] = inStore(f.store, [](Tables &tables) {
            const AccountId account = tables.accounts.insert(sampleAccount(u"other@example.org"_s));
            const FolderId inbox = tables.folders.insert({.account = account, .path = u"INBOX"_s});
            return std::pair(account, tables.messages.upsert(inbox, {headerAbout(u"fatura"_s)}).first());
        });
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(find(f, u"fatura"_s), (QList{elsewhere, there, here}));
            QCOMPARE(find(f, u"fatura"_s, f.account), (QList{there, here}));
            QCOMPARE(find(f, u"fatura"_s, other), QList{elsewhere});
            QCOMPARE(find(f, u"fatura"_s, f.account, f.archive), QList{there});
            QCOMPARE(find(f, u"fatura"_s, {}, f.inbox), QList{here});
            QVERIFY(find(f, u"fatura"_s, other, f.inbox).isEmpty());
            indexAll(f);
        }
        inStore(f.store, [&](Tables &tables) { tables.messages.move({here}, f.archive); });
        QVERIFY(find(f, u"fatura"_s, {}, f.inbox).isEmpty());
        QCOMPARE(find(f, u"fatura"_s, {}, f.archive), (QList{there, here}));
    }

    void aTextMayComeBeforeItsHeaderIsIndexed()
    {
        StoreFixture f;
        const QList<MessageId> ids
            = f.add(f.inbox, {headerAbout(u"bir"_s), headerAbout(u"iki"_s), headerAbout(u"üç"_s)});
        inStore(f.store, [&](Tables &tables) { tables.search.setText(ids.at(1), u"gövde metni"_s); });
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(find(f, u"gövde iki"_s), QList{ids.at(1)});
            QCOMPARE(find(f, u"iki"_s), QList{ids.at(1)});
            QCOMPARE(find(f, u"bir"_s), QList{ids.at(0)});
            QCOMPARE(find(f, u"uc"_s), QList{ids.at(2)});
            indexAll(f);
        }
        inStore(f.store, [&](Tables &tables) { tables.search.setText(ids.at(1), u"başka metin"_s); });
        QVERIFY(find(f, u"gövde"_s).isEmpty());
        QCOMPARE(find(f, u"başka iki"_s), QList{ids.at(1)});
    }

    void textsWaitUntilTheyAreGiven()
    {
        StoreFixture f;
        const auto waiting = [&f](qsizetype limit) {
            return fromStore(f.store, [limit](const Tables &tables) { return tables.search.textsWaiting(limit); });
        };
        const QList<MessageId> ids = f.add(f.inbox, {sampleHeader(1), sampleHeader(3), sampleHeader(4)});
        QVERIFY(waiting(10).isEmpty());
        const MessageId whole = inStore(f.store, [&](Tables &tables) {
            MessageHeader header = sampleHeader(2);
            header.uid = 0;
            for (const MessageId id : ids)
                tables.bodies.put(id, "raw");
            return tables.messages.insertWhole(f.inbox, header, "raw");
        });
        QCOMPARE(waiting(10), (QList{ids.at(2), ids.at(1), whole, ids.at(0)})); // the newest first
        QCOMPARE(waiting(1), QList{ids.at(2)});
        inStore(f.store, [&](Tables &tables) {
            tables.search.setText(whole, u"metin"_s);
            tables.bodies.remove(ids.at(1));
            tables.messages.remove({ids.at(2)});
        });
        QCOMPARE(waiting(10), QList{ids.at(0)});
        inStore(f.store, [&](Tables &tables) { tables.bodies.put(whole, "raw"); });
        QCOMPARE(waiting(10), (QList{whole, ids.at(0)}));
    }

    void removedMessagesAreNotFound()
    {
        StoreFixture f;
        const QList<MessageId> ids
            = f.add(f.inbox, {headerAbout(u"fatura"_s), headerAbout(u"fatura"_s), headerAbout(u"fatura"_s)});
        inStore(f.store, [&](Tables &tables) { tables.messages.remove({ids.at(0)}); });
        QCOMPARE(find(f, u"fatura"_s).size(), 2);
        indexAll(f);
        QCOMPARE(find(f, u"fatura"_s).size(), 2);
        inStore(f.store, [&](Tables &tables) { tables.messages.remove({ids.at(1)}); });
        QCOMPARE(find(f, u"fatura"_s), QList{ids.at(2)});
        inStore(f.store, [&](Tables &tables) { tables.folders.remove(f.inbox); });
        QVERIFY(find(f, u"fatura"_s).isEmpty());
    }

    void headersAreIndexedWhenItIsQuiet()
    {
        StoreFixture f;
        QList<MessageHeader> headers;
        for (int i = 0; i < 5000; ++i)
            headers.append(headerAbout(u"Sıra %1"_s.arg(i)));
        f.add(f.inbox, headers);
        SQLite::Database database(f.dir.filePath(u"mail.sqlite"_s).toStdString());
        QTRY_COMPARE(database.execAndGet("SELECT count(*) FROM search_docsize").getInt(), 5000);
        QCOMPARE(find(f, u"sira 4999"_s).size(), 1);
    }

    /// L12: nothing of a removed account is left in any file, the index of words included.
    void aRemovedAccountLeavesNoWordBehind()
    {
        StoreFixture f;
        const auto [other, kept] = inStore(f.store, [](Tables &tables) {
            const AccountId account = tables.accounts.insert(sampleAccount(u"kalan@example.org"_s));
            const FolderId inbox = tables.folders.insert({.account = account, .path = u"INBOX"_s});
            QList<MessageHeader> headers;
            for (int i = 0; i < 300; ++i)
                headers.append(headerAbout(u"kalanmektup"_s));
            return std::pair(account, tables.messages.upsert(inbox, headers));
        });
        QList<MessageHeader> headers;
        for (int i = 0; i < 20; ++i) {
            headers.append(headerAbout(u"kanaryakonu"_s));
            headers.last().envelope.from = {{u"Kanaryakişi"_s, u"kanaryaadres@example.org"_s}};
        }
        const QList<MessageId> ids = f.add(f.inbox, headers);
        inStore(f.store, [&](Tables &tables) {
            for (const MessageId id : ids) {
                tables.bodies.put(id, QByteArray("kanaryaham ").repeated(3000));
                tables.search.setText(id, u"kanaryametin"_s);
            }
            tables.drafts.save(
                {.account = f.account,
                    .subject = u"kanaryataslak"_s,
                    .attachments = {{.fileName = u"a"_s, .content = QByteArray("kanaryaek ").repeated(2000)}}},
                QDateTime::currentDateTimeUtc());
            tables.outbox.insert({.account = f.account, .subject = u"kanaryagiden"_s}, "kanaryatel", "kanaryakopya");
            tables.pendingOps.insert({.account = f.account, .path = u"kanaryaklasor"_s});
        });
        indexAll(f);
        QCOMPARE(find(f, u"kanarya"_s).size(), 20);

        inStore(f.store, [&](Tables &tables) { tables.accounts.remove(f.account); });
        QVERIFY(find(f, u"kanarya"_s).isEmpty());
        {
            SQLite::Database database(f.dir.filePath(u"mail.sqlite"_s).toStdString());
            QTRY_COMPARE(database.execAndGet("SELECT count(*) FROM messages").getInt(), 300);
            QTRY_COMPARE(database.execAndGet("SELECT count(*) FROM folders").getInt(), 1);
            QTRY_COMPARE(
                database.execAndGet("SELECT count(*) FROM search_data WHERE instr(block, 'kanarya')").getInt(), 0);
            QCOMPARE(database.execAndGet("SELECT count(*) FROM drafts").getInt(), 0);
            QCOMPARE(database.execAndGet("SELECT count(*) FROM outbox_messages").getInt(), 0);
            QCOMPARE(database.execAndGet("SELECT count(*) FROM pending_ops").getInt(), 0);
        }
        QCOMPARE(find(f, u"kalanmektup"_s, {}, {}, 1000).size(), 300);
        f.close();
        for (const QString &name : QDir(f.dir.path()).entryList(QDir::Files)) {
            QFile file(f.dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(!bytes.contains("kanarya") && !bytes.contains("anaryaki"), qPrintable(name));
        }
    }
};

QTEST_GUILESS_MAIN(TestSearchIndex)
#include "test_searchindex.moc"
