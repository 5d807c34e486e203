// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/secretstore.h"
#include "core/sync/roundtriprunner.h"
#include "core/sync/tokenkeeper.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"
#include "tests/support/scriptedserver.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThreadPool>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The test mail to oneself, where what becomes of it is in the test's hands: a real IMAP server, and an outgoing one
/// that takes the mail and keeps it.
class TestRoundTrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whereItArrivedIsTold_data();
    void whereItArrivedIsTold();
    void aCopyOfTheServersGoesToo();
    void onlyThisMailIsRemoved();
    void aMailThatDoesNotArriveIsATimeout();
    void aRefusedMailIsTheServersRefusal();
    void itComesByPop3();

private:
    static Script takingTheMail()
    {
        return login()
            .expect("MAIL FROM:<{*}")
            .send("250 2.1.0 ok\r\n")
            .expect("RCPT TO:<{*}")
            .send("250 2.1.5 ok\r\n")
            .expect("DATA")
            .send("354 go\r\n")
            .receiveUntil("\r\n.\r\n", "mail")
            .send("250 2.0.0 taken\r\n")
            .expect("QUIT")
            .send("221 2.0.0 bye\r\n");
    }
    static Script login()
    {
        return Script()
            .startTls()
            .send("220 mx.example.test ESMTP\r\n")
            .expect("EHLO {*}")
            .send("250-mx.example.test\r\n250 AUTH PLAIN\r\n")
            .expect("AUTH PLAIN {*}")
            .send("235 2.7.0 welcome\r\n");
    }
    TlsPolicy policy() const
    {
        TlsPolicy policy = testTlsPolicy();
        policy.extraRoots += m_server.tlsPolicy().extraRoots;
        return policy;
    }
    Account account(const ScriptedServer &smtp)
    {
        Account account = m_server.account();
        account.outgoing.host = smtp.host();
        account.outgoing.port = smtp.port();
        account.outgoing.encryption = Encryption::ImplicitTls;
        return account;
    }
    /// A runner with everything it works with.
    struct Run {
        Run(TestRoundTrip *test, const Account &account)
            : profile(test->policy())
            , secrets(SecretStore::Backing::MemoryOnly)
            , tokens(secrets, test->policy(), u"p"_s, nullptr)
        {
            if (!profile.start())
                qFatal("no profile");
            services = std::make_unique<Services>(Services{.store = profile.store(),
                .secrets = secrets,
                .tokens = tokens,
                .pool = pool,
                .clock = systemTime,
                .tls = test->policy(),
                .profile = u"p"_s});
            for (const ServerSettings &server : {account.incoming, account.outgoing})
                (void)await(secrets.write(SecretStore::keyFor(u"p"_s, server), test->m_server.password()));
            runner = std::make_unique<RoundTripRunner>(*services, account, nullptr);
        }
        QFuture<Result<RoundTrip>> start()
        {
            auto promise = std::make_shared<QPromise<Result<RoundTrip>>>();
            promise->start();
            auto task = runner->run({.subject = u"Deneme"_s, .text = u"Birazdan silinecek."_s});
            task.then([promise](const Result<RoundTrip> &trip) {
                promise->addResult(trip);
                promise->finish();
            });
            return promise->future();
        }

        EngineFixture profile;
        SecretStore secrets;
        TokenKeeper tokens;
        QThreadPool pool;
        std::unique_ptr<Services> services;
        std::unique_ptr<RoundTripRunner> runner;
    };

    MailServer m_server;
};

void TestRoundTrip::initTestCase()
{
    QVERIFY2(m_server.start(), m_server.failure());
}

void TestRoundTrip::whereItArrivedIsTold_data()
{
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<FolderRole>("role");
    QTest::newRow("INBOX") << "INBOX"_ba << FolderRole::Inbox;
    QTest::newRow("Junk") << "Junk"_ba << FolderRole::Junk;
    QTest::newRow("where a filter put it") << "Projeler"_ba << FolderRole::None;
}

void TestRoundTrip::whereItArrivedIsTold()
{
    QFETCH(QByteArray, folder);
    QFETCH(FolderRole, role);
    OtherClient phone(m_server);
    if (!phone.folders().contains(folder))
        phone.command("CREATE " + folder);
    ScriptedServer smtp({takingTheMail()});
    Run run(this, account(smtp));
    const auto trip = run.start();
    QTRY_VERIFY_WITH_TIMEOUT(!smtp.captured("mail").isEmpty(), 20'000);
    const auto before = phone.messages(folder).size();
    phone.append(folder, smtp.captured("mail") + "\r\n");

    const auto outcome = await(trip, 60s);

    QVERIFY2(outcome, describe(outcome));
    QCOMPARE(outcome->folder.toLatin1(), folder);
    QCOMPARE(outcome->role, role);
    QVERIFY(outcome->removed);
    QCOMPARE(phone.messages(folder).size(), before);
    QVERIFY2(smtp.finished(), smtp.failure());
}

void TestRoundTrip::aCopyOfTheServersGoesToo()
{
    OtherClient phone(m_server);
    ScriptedServer smtp({takingTheMail()});
    Account own = account(smtp);
    own.serverFilesSent = true;
    Run run(this, own);
    const auto trip = run.start();
    QTRY_VERIFY_WITH_TIMEOUT(!smtp.captured("mail").isEmpty(), 20'000);
    const auto before = phone.messages("Sent").size();
    phone.append("Sent", smtp.captured("mail") + "\r\n");
    phone.append("INBOX", smtp.captured("mail") + "\r\n");
    const auto outcome = await(trip, 60s);
    QVERIFY2(outcome, describe(outcome));
    QVERIFY(outcome->removed);
    QCOMPARE(phone.messages("Sent").size(), before);
    QVERIFY2(smtp.finished(), smtp.failure());
}

void TestRoundTrip::onlyThisMailIsRemoved()
{
    OtherClient phone(m_server);
    phone.append("INBOX", sampleMail("Deneme", "baska@example.net"), "\\Deleted");
    ScriptedServer smtp({takingTheMail()});
    Run run(this, account(smtp));
    const auto trip = run.start();
    QTRY_VERIFY_WITH_TIMEOUT(!smtp.captured("mail").isEmpty(), 20'000);
    phone.append("INBOX", smtp.captured("mail") + "\r\n");
    const auto outcome = await(trip, 60s);
    QVERIFY2(outcome, describe(outcome));
    const auto left = phone.messages("INBOX");
    QVERIFY(std::ranges::any_of(left, [](const auto &mail) { return mail.raw.contains("<baska@example.net>"); }));
    QVERIFY(std::ranges::none_of(left, [](const auto &mail) { return mail.raw.contains("Birazdan silinecek"); }));
    QVERIFY2(smtp.finished(), smtp.failure());
}

void TestRoundTrip::aMailThatDoesNotArriveIsATimeout()
{
    ScriptedServer smtp({takingTheMail()});
    Run run(this, account(smtp));
    run.runner->setTimeLimit(6s);
    QElapsedTimer timer;
    timer.start();
    const auto outcome = await(run.start(), 30s);
    QVERIFY(!outcome);
    QVERIFY2(smtp.finished(), smtp.failure());
    QCOMPARE(outcome.error().kind, ErrorKind::Timeout);
    QCOMPARE(outcome.error().step, Step::FetchHeaders);
    QCOMPARE_LT(timer.elapsed(), 15'000);
}

void TestRoundTrip::aRefusedMailIsTheServersRefusal()
{
    ScriptedServer smtp(
        {login().expect("MAIL FROM:<{*}")
                .send("553 5.7.1 Sender address rejected: not owned by user\r\n")
                .expect("RSET")
                .send("250 ok\r\n")
                .expectClose()});
    Run run(this, account(smtp));
    const auto outcome = await(run.start(), 30s);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::SenderRefused);
    QVERIFY(outcome.error().serverText.contains("not owned"_L1));
    QVERIFY2(smtp.finished(), smtp.failure());
}

void TestRoundTrip::itComesByPop3()
{
    OtherClient phone(m_server);
    phone.append("INBOX", sampleMail("Deneme", "eski@example.net"));
    ScriptedServer smtp({takingTheMail()});
    Account own = account(smtp);
    own.incoming = m_server.pop3();
    Run run(this, own);
    const auto trip = run.start();
    QTRY_VERIFY_WITH_TIMEOUT(!smtp.captured("mail").isEmpty(), 20'000);
    phone.append("INBOX", smtp.captured("mail") + "\r\n");
    const auto outcome = await(trip, 60s);
    QVERIFY2(outcome, describe(outcome));
    QCOMPARE(outcome->role, FolderRole::Inbox);
    QVERIFY(outcome->removed);
    const auto left = phone.messages("INBOX");
    QVERIFY(std::ranges::any_of(left, [](const auto &mail) { return mail.raw.contains("<eski@example.net>"); }));
    QVERIFY(std::ranges::none_of(left, [](const auto &mail) { return mail.raw.contains("Birazdan silinecek"); }));
    QVERIFY2(smtp.finished(), smtp.failure());
}

QTEST_GUILESS_MAIN(TestRoundTrip)
#include "test_roundtrip.moc"
