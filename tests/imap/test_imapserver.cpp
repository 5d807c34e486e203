// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/fetchdata.h"
#include "core/imap/gate/upstream.h"
#include "core/imap/imapsession.h"
#include "tests/support/await.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

QByteArray mail(const QByteArray &subject, const QByteArray &body = "merhaba\r\n")
{
    return "From: Ay\xc5\x9f"
           "e <ayse@example.test>\r\nMessage-ID: <"
        + subject + "@example.test>\r\nSubject: " + subject + "\r\nX-Long: " + QByteArray(2000, 'x') + "\r\n\r\n"
        + body;
}

} // namespace

/// ImapSession against Dovecot 2.4. What it did is checked with another client.
class TestImapServer : public QObject {
    Q_OBJECT

private:
    MailServer m_server;

    std::unique_ptr<ImapSession> open(int user = MailServer::ayse, Encryption encryption = Encryption::ImplicitTls)
    {
        auto session = std::make_unique<ImapSession>(m_server.tlsPolicy());
        const auto opened = await(session->open(m_server.imap(encryption, user), m_server.credentials(user)));
        if (!opened)
            qWarning() << describe(opened);
        return opened ? std::move(session) : nullptr;
    }

    /// A folder of its own for a test, selected.
    std::unique_ptr<ImapSession> openFolder(const QString &path)
    {
        auto session = open();
        if (!session || !await(session->createFolder(path)) || !await(session->select(path)))
            return nullptr;
        return session;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.failure()); }

    void logsInWithEveryEncryption_data()
    {
        QTest::addColumn<Encryption>("encryption");
        QTest::addColumn<int>("user");
        QTest::newRow("implicit TLS") << Encryption::ImplicitTls << MailServer::ayse;
        QTest::newRow("STARTTLS") << Encryption::StartTls << MailServer::ayse;
        QTest::newRow("plain on loopback") << Encryption::None << MailServer::ayse;
        QTest::newRow("odd password") << Encryption::ImplicitTls << MailServer::deniz; // T21
    }
    void logsInWithEveryEncryption()
    {
        QFETCH(const Encryption, encryption);
        QFETCH(const int, user);
        const auto session = open(user, encryption);
        QVERIFY(session);
        QVERIFY(await(session->select(u"INBOX"_s)));
        await(session->logout());
        QVERIFY(!session->isOpen());
    }

    void refusesAWrongPassword()
    {
        ImapSession session(m_server.tlsPolicy());
        Credentials wrong = m_server.credentials();
        wrong.secret += u'x';
        const auto opened = await(session.open(m_server.imap(), wrong));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::AuthenticationFailed);
        QCOMPARE(opened.error().step, Step::Login);
        QVERIFY(!opened.error().serverText.isEmpty());
    }

    void speaksCompressed()
    {
        QByteArray body;
        for (int i = 0; i < 20'000; ++i)
            body += "satir " + QByteArray::number(i) + "\r\n";
        OtherClient phone(m_server, MailServer::mehmet);
        phone.append("INBOX", mail("compressed", body));

        Upstream upstream(m_server.tlsPolicy());
        upstream.setCompression(Upstream::Compression::WhenOffered);
        const auto opened = await(upstream.open(
            m_server.imap(Encryption::ImplicitTls, MailServer::mehmet), m_server.credentials(MailServer::mehmet)));
        QVERIFY2(opened, describe(opened));
        QVERIFY2(upstream.capabilities().has("COMPRESS=DEFLATE"), "this Dovecot cannot show it");
        upstream.write("T1 SELECT INBOX\r\nT2 UID FETCH 1:* (UID BODY.PEEK[])\r\n");
        QByteArray fetched;
        while (true) {
            const auto response = await(upstream.next());
            QVERIFY2(response, describe(response));
            if (response->name == "FETCH")
                fetched = FetchData::read(*response)->body.value_or("");
            if (response->tag == "T2")
                break;
        }
        QCOMPARE(fetched, mail("compressed", body));
        QVERIFY(upstream.bytesReceived() < quint64(body.size()) / 2);
        upstream.close();
    }

    void createsRenamesListsAndDeletesFolders()
    {
        const auto session = open();
        QVERIFY(session);
        const QStringList names{u"Gönderilmiş ÖÇ"_s, u"a\\b"_s, u"a\\\\b"_s, u"a[b]c"_s, u"R&D"_s, u"💌"_s, u"\"%*\""_s,
            u"alt/klasör"_s, u"e\u0301"_s, u"\u00e9"_s};
        for (const QString &name : names) {
            const auto created = await(session->createFolder(name));
            QVERIFY2(created, qPrintable(name + u": "_s + QString::fromUtf8(describe(created))));
        }
        const auto again = await(session->createFolder(names.front()));
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::AlreadyExists);

        const auto listed = await(session->listFolders());
        QVERIFY2(listed, describe(listed));
        QStringList paths;
        for (const RemoteFolder &folder : *listed) {
            paths.append(folder.path);
            QCOMPARE(folder.separator, u'/');
            if (names.contains(folder.path))
                QVERIFY(folder.attributes.contains("\\subscribed"));
        }
        for (const QString &name : names)
            QVERIFY2(paths.contains(name), qPrintable(name));
        QVERIFY(paths.contains(u"INBOX"_s));
        QVERIFY(std::any_of(listed->begin(), listed->end(),
            [](const RemoteFolder &folder) { return folder.attributes.contains("\\sent"); }));

        QVERIFY(await(session->renameFolder(u"a\\\\b"_s, u"a\\c"_s)));
        QVERIFY(await(session->deleteFolder(u"a\\b"_s)));
        OtherClient phone(m_server);
        const QByteArrayList left = phone.folders();
        QVERIFY(left.contains("a\\c") || left.contains("a\\\\c"));
        // Dovecot quotes what has a backslash, and doubles it.
        const QByteArray subscribed = phone.command("LSUB \"\" *");
        QVERIFY2(subscribed.contains("\"a\\\\c\""), subscribed);
        QVERIFY2(!subscribed.contains("\"a\\\\b\"") && !subscribed.contains("\"a\\\\\\\\b\""), subscribed);
        for (const QString &name : names) {
            if (name != u"a\\b"_s && name != u"a\\\\b"_s)
                QVERIFY2(await(session->deleteFolder(name)), qPrintable(name));
        }
        const auto gone = await(session->select(u"a\\b"_s));
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
        QVERIFY(await(session->deleteFolder(u"a\\c"_s)));
    }

    // M10
    void appendsAndFetchesByteForByte_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("plain") << mail("plain");
        QTest::newRow("8 bit") << mail("eight", "ğüşıöç \xff\xfe\x80\r\n");
        QTest::newRow("no final line end") << mail("no-end", "son");
        QTest::newRow("dots and tags") << mail("dots", ".\r\n..\r\nA000003 OK\r\n* 1 EXPUNGE\r\n+ \r\n{5}\r\n");
        QTest::newRow("long line") << mail("long", QByteArray(100'000, 'x') + "\r\n");
        QTest::newRow("large") << mail("large", QByteArray("0123456789abcdef\r\n").repeated(200'000));
    }
    void appendsAndFetchesByteForByte()
    {
        QFETCH(const QByteArray, message);
        const auto session = open();
        QVERIFY(session);
        const QDateTime received(QDate(2023, 10, 29), QTime(1, 2, 3), QTimeZone::UTC);
        const auto uid
            = await(session->append(u"Drafts"_s, message, Flag::Seen | Flag::Draft | Flag::Forwarded, received));
        QVERIFY2(uid && *uid, describe(uid));
        QVERIFY(await(session->select(u"Drafts"_s)));
        const auto fetched = await(session->fetchMessage(**uid));
        QVERIFY2(fetched, describe(fetched));
        QVERIFY(*fetched == message);

        FetchedHeader header;
        const auto headers = await(session->fetchHeaders(
            {{**uid, **uid}}, [&](const QList<FetchedHeader> &batch) { header = batch.front(); }));
        QVERIFY2(headers, describe(headers));
        QCOMPARE(header.uid, **uid);
        QCOMPARE(header.size, message.size());
        QCOMPARE(header.received, received);
        QCOMPARE(header.flags, Flag::Seen | Flag::Draft | Flag::Forwarded);
        QVERIFY(header.header.contains("From: Ay\xc5\x9f"
                                       "e <ayse@example.test>\r\n"));
        QVERIFY(!header.header.contains("X-Long"));
        QVERIFY(header.header.endsWith("\r\n\r\n"));
    }

    /// What another program has put there with bare line feeds: the server decides, and we keep what it sends.
    void keepsWhatTheServerSends()
    {
        OtherClient phone(m_server);
        const quint32 uid = phone.append("Archive", "Subject: bare\n\nline\nfeeds\rand\r\nmore\n");
        const QByteArray raw = phone.messages("Archive").last().raw;
        const auto session = open();
        QVERIFY(session);
        QVERIFY(await(session->select(u"Archive"_s)));
        QCOMPARE(await(session->fetchMessage(uid)), raw);
    }

    void changesFlags()
    {
        const auto session = openFolder(u"Bayraklar"_s);
        QVERIFY(session);
        const auto uid = await(session->append(u"Bayraklar"_s, mail("flags"), Flag::NotJunk, {}));
        QVERIFY(uid && *uid);
        const auto changed = await(
            session->changeFlags({**uid}, Flag::Seen | Flag::Flagged | Flag::Junk | Flag::MdnSent, Flag::NotJunk));
        QVERIFY2(changed, describe(changed));
        QCOMPARE(OtherClient(m_server).messages("Bayraklar").first().flags,
            QByteArrayList({"$Junk", "$MDNSent", "\\Flagged", "\\Seen"}));

        const auto before = await(session->select(u"Bayraklar"_s));
        QVERIFY(before && before->highestModSeq > 0);
        OtherClient(m_server).store("Bayraklar", QByteArray::number(**uid), "-FLAGS", "\\Flagged");
        const auto after = await(session->fetchFlags({{1, 0}}, before->highestModSeq));
        QVERIFY2(after, describe(after));
        QCOMPARE(after->size(), 1);
        QCOMPARE(after->front().flags, Flag::Seen | Flag::Junk | Flag::MdnSent);
        const auto unchanged = await(session->fetchFlags({{1, 0}}, before->highestModSeq + 100));
        QVERIFY(unchanged && unchanged->isEmpty());
    }

    void copiesMovesAndExpunges()
    {
        const auto session = openFolder(u"Kaynak"_s);
        QVERIFY(session);
        QVERIFY(await(session->createFolder(u"Arşiv [1]"_s)));
        QList<quint32> uids;
        for (int i = 0; i < 4; ++i) {
            const auto uid = await(session->append(u"Kaynak"_s, mail("m" + QByteArray::number(i)), {}, {}));
            QVERIFY(uid && *uid);
            uids.append(**uid);
        }
        QCOMPARE(await(session->searchAllUids()), uids);
        QCOMPARE(await(session->searchMessageId("m2@example.test")), QList<quint32>({uids.at(2)}));

        const auto copied = await(session->copy({uids.at(0), uids.at(2)}, u"Arşiv [1]"_s));
        QVERIFY(copied && *copied);
        QCOMPARE((*copied)->source, QList<quint32>({uids.at(0), uids.at(2)}));
        QCOMPARE((*copied)->destination.size(), 2);
        const auto moved = await(session->move({uids.at(1)}, u"Arşiv [1]"_s));
        QVERIFY(moved && *moved);
        QCOMPARE((*moved)->source, QList<quint32>({uids.at(1)}));

        // Somebody else has only marked this one: it stays.
        OtherClient(m_server).store("Kaynak", QByteArray::number(uids.at(3)), "+FLAGS", "\\Deleted");
        QVERIFY(await(session->expunge({uids.at(0)})));
        QCOMPARE(await(session->searchAllUids()), QList<quint32>({uids.at(2), uids.at(3)}));

        OtherClient phone(m_server);
        const QList<OtherClient::Message> archive = phone.messages("Ar&AV8-iv [1]");
        QCOMPARE(archive.size(), 3);
        QCOMPARE(archive.at(0).raw, mail("m0"));
        QCOMPARE(archive.at(1).raw, mail("m2"));
        QCOMPARE(archive.at(2).raw, mail("m1"));
        QCOMPARE(archive.at(2).uid, (*moved)->destination.front());

        const auto nowhere = await(session->move({uids.at(2)}, u"yok"_s));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().kind, ErrorKind::NotFound);
        QVERIFY(session->isOpen());
    }

    void aFullMailboxIsATypedError()
    {
        const auto session = open(MailServer::full);
        QVERIFY(session);
        const auto appended = await(session->append(u"INBOX"_s, mail("full"), {}, {}));
        QVERIFY(!appended);
        QCOMPARE(appended.error().kind, ErrorKind::MailboxFull);
        QVERIFY(session->isOpen());
    }

    // K12, S04: another client's doing is seen within seconds.
    void idleSeesWhatAnotherClientDoes()
    {
        const auto session = openFolder(u"Bekleyen"_s);
        QVERIFY(session);
        QSignalSpy doorbell(session.get(), &ImapSession::doorbell);
        OtherClient phone(m_server);
        quint32 uid = 0;
        const std::function<void()> changes[] = {
            [&] { uid = phone.append("Bekleyen", mail("new")); },
            [&] { phone.store("Bekleyen", QByteArray::number(uid), "+FLAGS", "\\Flagged"); },
            [&] { phone.store("Bekleyen", QByteArray::number(uid), "+FLAGS", "\\Deleted"); },
            [&] { phone.expunge("Bekleyen", QByteArray::number(uid)); },
        };
        qsizetype rung = 0;
        for (const auto &change : changes) {
            auto idling = session->idle(5min);
            QElapsedTimer timer;
            timer.start();
            change();
            const auto idled = await(std::move(idling));
            QVERIFY2(idled, describe(idled));
            QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
            QCOMPARE(doorbell.size(), ++rung);
        }
        QVERIFY(session->isOpen());
    }

    // S15
    void aServerThatGoesAwayIsNoticedWhileIdle()
    {
        const auto session = openFolder(u"Giden"_s);
        QVERIFY(session);
        auto idling = session->idle(5min);
        QVERIFY(m_server.doveadm({u"kick"_s, m_server.address()}));
        const auto idled = await(std::move(idling));
        QVERIFY(!idled);
        QVERIFY(idled.error().isConnectionFailure());
        QVERIFY(!session->isOpen());
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestImapServer)
#include "test_imapserver.moc"
