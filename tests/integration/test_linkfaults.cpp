// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/imap/imapscripts.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/cuttingproxy.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"
#include "tests/support/scriptedserver.h"

#include <QElapsedTimer>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray bareCapabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS IDLE";

/// An account's first look at a server with an empty INBOX.
Script firstLook()
{
    return Script()
        .expect("{tag} LIST {*}")
        .send("* LIST () \"/\" INBOX\r\n{tag} OK done\r\n")
        .expect("{tag} SELECT \"INBOX\"{*}")
        .send("* 0 EXISTS\r\n* OK [UIDVALIDITY 1] .\r\n* OK [UIDNEXT 1] .\r\n{tag} OK done\r\n")
        .expect("{tag} UID FETCH 1:* (UID)")
        .send("{tag} OK done\r\n");
}

/// INBOX is opened again, and nothing has changed.
Script looksAgain()
{
    return Script()
        .expect("{tag} SELECT \"INBOX\"{*}")
        .send("* 0 EXISTS\r\n* OK [UIDVALIDITY 1] .\r\n* OK [UIDNEXT 1] .\r\n{tag} OK done\r\n");
}

} // namespace

/// Freshness: how new mail gets here by itself, and how an account comes back after its server or its network was away.
/// Times that would take minutes are shortened by LinkTimes; each test says what they are in the program.
class TestLinkFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.failure()); }
    void init();
    void cleanup();

    void newMailIsPushed();
    void newMailInOtherFoldersIsFoundByPolling();
    void unchangedFoldersCostOneQuestion();
    void everyFewMinutesWithoutAConnectionBetween();
    void byHandMeansByHand();
    void quotaAndNamespacesAreRead();

    void deadLinkIsFoundAndMailComesWhenItIsBack();
    void anotherNetworkIsTakenUpAtOnce();
    void serverComesBack();

    void refusalsAreRetriedWithPatience_data();
    void refusalsAreRetriedWithPatience();
    void neverMoreConnectionsThanTheBudget();
    void makesDoWithOneConnection_data();
    void makesDoWithOneConnection();
    void idleThatEndsAtOnceIsNoBusyLoop();
    void pausedAccountDoesNothing();

private:
    LinkTimes &times() { return m_profile->options().times; }
    AccountId add(Account account);
    AccountId addThrough(quint16 imapPort, int pollMinutes = Account::pollAutomatically);
    ConnectionReport report(AccountId id)
    {
        const auto known = await(m_profile->engine().connection(id));
        if (!known)
            qFatal("no report");
        return *known;
    }
    /// For a failure.
    QByteArray logOf(AccountId id)
    {
        QByteArray text;
        for (const ConversationLog::Entry &entry : report(id).log)
            text += entry.time.toString(u"mm:ss.zzz "_s).toUtf8() + entry.text.toUtf8() + '\n';
        return text;
    }
    bool isIdle(AccountId id) { return m_profile->state(id).activity == AccountState::Activity::Idle; }
    /// Everything is here and both connections wait.
    bool isUpToDate(AccountId id, int connections = 2)
    {
        return waitUntil([&] { return isIdle(id) && report(id).connections == connections; });
    }
    bool isHere(AccountId id, const QString &subject, const QString &path = u"INBOX"_s)
    {
        const auto folder = m_profile->folder(id, path);
        return folder && m_profile->find(folder->id, subject).has_value();
    }
    QByteArray newMail(const QByteArray &subject) { return sampleMail(subject, subject + "@example.net"); }

    MailServer m_server;
    std::unique_ptr<EngineFixture> m_profile;
};

void TestLinkFaults::init()
{
    m_profile = std::make_unique<EngineFixture>(m_server.tlsPolicy());
    m_profile->options().tls.extraRoots += testTlsPolicy().extraRoots;
}

void TestLinkFaults::cleanup()
{
    m_profile.reset();
}

AccountId TestLinkFaults::add(Account account)
{
    const Result<AccountId> added = m_profile->add(account, m_server.password());
    if (!added)
        qFatal("account: %s", qPrintable(added.error().summary()));
    return *added;
}

AccountId TestLinkFaults::addThrough(quint16 imapPort, int pollMinutes)
{
    Account account = m_server.account();
    account.incoming.port = imapPort;
    account.pollMinutes = pollMinutes;
    return add(account);
}

// S17: at most 10 s.
void TestLinkFaults::newMailIsPushed()
{
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(m_server.port("imaps"));
    QVERIFY(isUpToDate(id));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_server.deliver(newMail("pushed")));
    QVERIFY(waitUntil([&] { return isHere(id, u"pushed"_s); }, 10s));
    qInfo("pushed mail was here after %lld ms", timer.elapsed());
}

// Five minutes in the program.
void TestLinkFaults::newMailInOtherFoldersIsFoundByPolling()
{
    OtherClient phone(m_server);
    phone.command("CREATE Listeler");
    times().poll = 300ms;
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(m_server.port("imaps"));
    QVERIFY(isUpToDate(id));
    phone.append("Listeler", newMail("polled"));
    QVERIFY(waitUntil([&] { return isHere(id, u"polled"_s, u"Listeler"_s); }));
    // And what others did to it.
    phone.store("Listeler", "1:*", "+FLAGS", "\\Flagged");
    const auto isFlagged = [&] {
        const auto folder = m_profile->folder(id, u"Listeler"_s);
        const auto header = folder ? m_profile->find(folder->id, u"polled"_s) : std::nullopt;
        return header && header->flags.testFlag(Flag::Flagged);
    };
    QVERIFY2(waitUntil(isFlagged), logOf(id).right(3000));
    QCOMPARE(report(id).connections, 2);
}

/// LIST-STATUS (RFC 5819) with the number of the last change (RFC 7162).
void TestLinkFaults::unchangedFoldersCostOneQuestion()
{
    OtherClient phone(m_server);
    for (int i = 0; i < 12; ++i) {
        phone.command("CREATE Arsiv" + QByteArray::number(i));
        phone.append("Arsiv" + QByteArray::number(i), newMail("old"));
    }
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(m_server.port("imaps"));
    QVERIFY(isUpToDate(id));
    const quint64 first = report(id).lastSync->roundTrips;
    QVERIFY2(first > 24, qPrintable(QString::number(first))); // SELECT and more for each
    QVERIFY(await(m_profile->engine().synchronize(id)));
    QVERIFY(isUpToDate(id));
    QVERIFY2(report(id).lastSync->roundTrips <= 2, qPrintable(QString::number(report(id).lastSync->roundTrips)));

    phone.append("Arsiv7", newMail("younger"));
    QVERIFY(await(m_profile->engine().synchronize(id)));
    QVERIFY(isHere(id, u"younger"_s, u"Arsiv7"_s));
}

// A minute is 200 ms here.
void TestLinkFaults::everyFewMinutesWithoutAConnectionBetween()
{
    CuttingProxy proxy(m_server.port("imaps"));
    times().minute = 200ms;
    times().rest = 50ms;
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(proxy.port(), 5);
    QVERIFY(waitUntil([&] { return isIdle(id) && proxy.openConnections() == 0; }));
    QCOMPARE(proxy.connections(), 1);
    QVERIFY(m_server.deliver(newMail("interval")));
    QVERIFY(waitUntil([&] { return isHere(id, u"interval"_s); }));
    QVERIFY(proxy.connections() >= 2);
    QVERIFY(waitUntil([&] { return proxy.openConnections() == 0; }));
    QVERIFY(isIdle(id));
}

void TestLinkFaults::byHandMeansByHand()
{
    CuttingProxy proxy(m_server.port("imaps"));
    times().rest = 100ms;
    times().poll = 100ms; // It is not polled for all that.
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(proxy.port(), Account::pollByHand);
    QVERIFY(m_server.deliver(newMail("unasked")));
    QVERIFY(!waitUntil([&] { return proxy.connections() > 0; }, 1s));

    QVERIFY(await(m_profile->engine().synchronize(id)));
    QVERIFY(isHere(id, u"unasked"_s));
    QVERIFY(waitUntil([&] { return proxy.openConnections() == 0; }));
    QVERIFY(m_server.deliver(newMail("later")));
    QVERIFY(!waitUntil([&] { return isHere(id, u"later"_s); }, 1s));
    QCOMPARE(proxy.connections(), 1);

    // What the user does is told to the server all the same.
    const FolderId inbox = m_profile->folderId(id, FolderRole::Inbox);
    const auto message = m_profile->find(inbox, u"unasked"_s);
    QVERIFY(message);
    QVERIFY(await(m_profile->engine().changeFlags({message->id}, Flag::Flagged, {})));
    QVERIFY(waitUntil([&] { return m_profile->pendingCount(id) == 0; }));
    QVERIFY(waitUntil([&] { return proxy.openConnections() == 0; }));

    // Also what it did before the program ended.
    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().changeFlags({message->id}, {}, Flag::Flagged)));
    m_profile->stop();
    QVERIFY(m_profile->start());
    m_profile->setPassword(id, m_server.password());
    QVERIFY(waitUntil([&] { return m_profile->pendingCount(id) == 0; }));
}

void TestLinkFaults::quotaAndNamespacesAreRead()
{
    QVERIFY(m_profile->start());
    Account account = m_server.account(MailServer::full);
    const auto added = m_profile->add(account, m_server.password(MailServer::full));
    QVERIFY(added);
    QVERIFY(isUpToDate(*added));
    const ConnectionReport seen = report(*added);
    QVERIFY(seen.quota);
    QVERIFY(seen.quota->limitBytes > 0 || seen.quota->limitMessages > 0);
    QVERIFY(seen.namespaces);
    QCOMPARE(seen.namespaces->personal.size(), 1);
    QVERIFY(
        seen.has(ServerAbility::Push) && seen.has(ServerAbility::FoldersAtOnce) && seen.has(ServerAbility::FastResync));
    QVERIFY2(seen.tls.startsWith(u"TLS 1."), qPrintable(seen.tls));
    QVERIFY(seen.certificate && !seen.certificate->names.isEmpty());
    QVERIFY(seen.latency >= 0);
    QVERIFY(seen.lastSync && seen.lastSync->bytesReceived > 0 && seen.lastSync->bytesSent > 0);
    QVERIFY(seen.wasEverConnected());
    // The log is there, and nothing in it that must not be.
    QString log;
    for (const ConversationLog::Entry &entry : seen.log)
        log += entry.text + u'\n';
    QVERIFY2(log.contains(u"> SELECT \"INBOX\""), qPrintable(log));
    QVERIFY(log.contains(u"< OK"));
    for (const QString &secret : {m_server.password(MailServer::full), m_server.address(MailServer::full)}) {
        QVERIFY(!log.contains(secret));
        QVERIFY(!log.contains(QString::fromLatin1(secret.toUtf8().toBase64().chopped(4))));
    }
}

// S16: half-open. In the program the probes take 60 s, and the tries are at most 25 s apart.
void TestLinkFaults::deadLinkIsFoundAndMailComesWhenItIsBack()
{
    CuttingProxy proxy(m_server.port("imaps"));
    times().probes = {.idle = 1s, .interval = 1s, .probes = 2};
    times().proof = 1s;
    times().firstRetry = 50ms;
    times().latestUnreachable = 500ms;
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(proxy.port());
    QVERIFY(isUpToDate(id));
    const int before = proxy.connections();

    QElapsedTimer timer;
    timer.start();
    proxy.dropPackets();
    QVERIFY(m_server.deliver(newMail("meanwhile")));
    QVERIFY(waitUntil([&] { return !isIdle(id) && report(id).connections == 0; }));
    const qint64 found = timer.restart();
    QVERIFY2(found >= 2'000 && found < 8'000, QByteArray::number(found) + '\n' + logOf(id));
    QVERIFY(!isHere(id, u"meanwhile"_s));

    proxy.passPackets();
    timer.start();
    QVERIFY(waitUntil([&] { return isHere(id, u"meanwhile"_s); }));
    qInfo("dead link found after %lld ms, new mail %lld ms after it was back", found, timer.elapsed());
    QVERIFY(isUpToDate(id));
    QVERIFY(proxy.connections() >= before + 2);
    QVERIFY(!m_profile->state(id).error);
}

// S16: another network, or awake again. With the times of the program, which would take minutes by themselves.
void TestLinkFaults::anotherNetworkIsTakenUpAtOnce()
{
    CuttingProxy proxy(m_server.port("imaps"));
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(proxy.port());
    QVERIFY(isUpToDate(id));
    proxy.forgetConnections();
    QVERIFY(m_server.deliver(newMail("elsewhere")));
    QVERIFY(!waitUntil([&] { return isHere(id, u"elsewhere"_s); }, 1s)); // nobody can know
    m_profile->engine().networkChanged();
    QVERIFY(waitUntil([&] { return isHere(id, u"elsewhere"_s); }, 10s));
    QVERIFY(isUpToDate(id));
    QVERIFY(!m_profile->state(id).error);
}

// S15: with the times of the program.
void TestLinkFaults::serverComesBack()
{
    MailServer server;
    QVERIFY2(server.start(), server.failure());
    m_profile->options().tls = server.tlsPolicy();
    QVERIFY(m_profile->start());
    const auto added = m_profile->add(server.account(), server.password());
    QVERIFY(added);
    const AccountId id = *added;
    QVERIFY(isUpToDate(id));
    server.stop();
    QVERIFY(waitUntil([&] { return m_profile->state(id).error.has_value(); }));
    QVERIFY(!waitUntil([&] { return isIdle(id); }, 5s));
    QVERIFY2(server.start(), server.failure());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(server.deliver(newMail("back")));
    QVERIFY2(waitUntil([&] { return isHere(id, u"back"_s); }, 30s), logOf(id));
    qInfo("back %lld ms after the server", timer.elapsed());
    QVERIFY(isUpToDate(id));
}

void TestLinkFaults::refusalsAreRetriedWithPatience_data()
{
    QTest::addColumn<Script>("refusal");
    const Script greeting = Script().startTls();
    const Script login = Script()
                             .startTls()
                             .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                             .expect("{tag} AUTHENTICATE PLAIN {*}");
    QTest::newRow("BYE at the greeting") << Script(greeting).send("* BYE down for maintenance\r\n").close();
    QTest::newRow("cut at the greeting") << Script(greeting).cut();
    QTest::newRow("UNAVAILABLE") << Script(login).send("{tag} NO [UNAVAILABLE] later\r\n").expectClose();
    QTest::newRow("INUSE") << Script(login).send("{tag} NO [INUSE] later\r\n").expectClose();
    QTest::newRow("LIMIT") << Script(login).send("{tag} NO [LIMIT] later\r\n").expectClose();
    QTest::newRow("too many connections, in words only")
        << Script(login).send("{tag} NO Too many simultaneous connections\r\n").expectClose();
    QTest::newRow("BYE after the login") << loggedIn().expect("{tag} LIST {*}").send("* BYE restarting\r\n").close();
    QTest::newRow("BYE after SELECT") << loggedIn()
                                             .expect("{tag} LIST {*}")
                                             .send("* LIST () \"/\" INBOX\r\n{tag} OK done\r\n")
                                             .expect("{tag} SELECT \"INBOX\"{*}")
                                             .send("* BYE restarting\r\n")
                                             .close();
}

// S15: 1 s to 5 min in the program.
void TestLinkFaults::refusalsAreRetriedWithPatience()
{
    QFETCH(const Script, refusal);
    constexpr int refusals = 4;
    QList<Script> scripts(refusals, refusal);
    scripts.append(loggedIn(bareCapabilities).then(firstLook()).pause("done").stall());
    ScriptedServer server(scripts);
    times().firstRetry = 100ms;
    times().latestRetry = 400ms;
    QVERIFY(m_profile->start());
    QElapsedTimer timer;
    timer.start();
    const AccountId id = addThrough(server.port(), 60); // one connection
    QVERIFY2(server.reaches("done"), server.failure());
    // 100, 200, 400 and 400 ms, each shorter by up to a quarter.
    const qint64 waited = timer.elapsed();
    QVERIFY2(waited >= 825 && waited < 4'000, qPrintable(QString::number(waited)));
    QVERIFY(waitUntil([&] { return isIdle(id); }));
    server.resume("done");
    QVERIFY(!m_profile->state(id).waitsForUser()); // Nobody is asked for a password.
    QVERIFY(report(id).lastError);
    m_profile->stop();
}

// S15: ten a minute in the program, whatever happens.
void TestLinkFaults::neverMoreConnectionsThanTheBudget()
{
    // A server that always gets as far as a success, which resets the back-off, and then hangs up.
    const Script moody = loggedIn(bareCapabilities)
                             .expect("{tag} LIST {*}")
                             .send("* LIST () \"/\" INBOX\r\n* LIST () \"/\" Other\r\n{tag} OK done\r\n")
                             .then(looksAgain())
                             .expect("{tag} {*}")
                             .close();
    const Script moodyAtFirst = loggedIn(bareCapabilities)
                                    .expect("{tag} LIST {*}")
                                    .send("* LIST () \"/\" INBOX\r\n* LIST () \"/\" Other\r\n{tag} OK done\r\n")
                                    .then(looksAgain())
                                    .expect("{tag} UID FETCH 1:* (UID)")
                                    .send("{tag} OK done\r\n")
                                    .expect("{tag} {*}")
                                    .close();
    const Script last = loggedIn(bareCapabilities).expect("{tag} LIST {*}").pause("enough").stall();
    ScriptedServer server(QList<Script>{moodyAtFirst} + QList<Script>(18, moody) + QList<Script>{last});
    times().firstRetry = 10ms;
    times().latestRetry = 20ms;
    times().connectWindow = 3s;
    QVERIFY(m_profile->start());
    QElapsedTimer timer;
    timer.start();
    addThrough(server.port(), 60);
    QVERIFY(waitUntil([&] { return server.connectionCount() >= 10; }));
    QVERIFY2(timer.elapsed() < 2'500, qPrintable(QString::number(timer.elapsed()))); // It would go on like that.
    QVERIFY(!waitUntil([&] { return server.connectionCount() > 10; },
        std::chrono::milliseconds(qMax<qint64>(1, 2'800 - timer.elapsed()))));
    QVERIFY2(server.reaches("enough"), server.failure());
    QVERIFY(timer.elapsed() >= 3'000);
    server.resume("enough");
    m_profile->stop();
}

void TestLinkFaults::makesDoWithOneConnection_data()
{
    QTest::addColumn<Script>("second");
    const Script login = Script()
                             .startTls()
                             .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                             .expect("{tag} AUTHENTICATE PLAIN {*}");
    QTest::newRow("LIMIT") << Script(login).send("{tag} NO [LIMIT] one is enough\r\n").expectClose();
    QTest::newRow("in words")
        << Script(login).send("{tag} NO [ALERT] Too many simultaneous connections\r\n").expectClose();
    QTest::newRow("BYE") << Script().startTls().send("* BYE Too many connections from your IP\r\n").close();
}

// S15: the session that works then waits for news, too.
void TestLinkFaults::makesDoWithOneConnection()
{
    QFETCH(const Script, second);
    const Script first = loggedIn(bareCapabilities)
                             .then(firstLook())
                             .expect("{tag} IDLE")
                             .send("+ idling\r\n")
                             .pause("idling")
                             .expect("DONE")
                             .send("{tag} OK done\r\n")
                             // Something to do for the user.
                             .then(looksAgain())
                             .expect("{tag} IDLE")
                             .send("+ idling\r\n")
                             .pause("again")
                             // News.
                             .send("* 1 EXISTS\r\n")
                             .expect("DONE")
                             .send("{tag} OK done\r\n")
                             .expect("{tag} SELECT \"INBOX\"{*}")
                             .send("{tag} NO that will do\r\n")
                             .pause("told")
                             .stall();
    ScriptedServer server({first, second});
    QVERIFY(m_profile->start());
    Account account = m_server.account();
    account.incoming.port = server.port();
    const AccountId id = add(account);
    QVERIFY2(server.reaches("idling"), server.failure());
    QVERIFY(waitUntil([&] { return report(id).isLimitedToOne; }));
    QCOMPARE(report(id).connections, 1);
    QVERIFY(!m_profile->state(id).waitsForUser());
    server.resume("idling");
    m_profile->engine().synchronizeFolder(m_profile->folderId(id, FolderRole::Inbox));
    QVERIFY2(server.reaches("again"), server.failure());
    server.resume("again");
    QVERIFY2(server.reaches("told"), server.failure());
    server.resume("told");
    QCOMPARE(server.connectionCount(), 2);
    m_profile->stop();
}

// S17
void TestLinkFaults::idleThatEndsAtOnceIsNoBusyLoop()
{
    const Script watch = loggedIn(bareCapabilities)
                             .then(looksAgain())
                             .expect("{tag} IDLE")
                             .send("{tag} OK so what\r\n")
                             .pause("ended");
    // The watch has opened INBOX, so it may be looked at once more; that gets no answer here.
    ScriptedServer server({loggedIn(bareCapabilities).then(firstLook()).stall(), Script(watch).stall()});
    QVERIFY(m_profile->start());
    addThrough(server.port());
    QVERIFY2(server.reaches("ended"), server.failure());
    server.resume("ended");
    const qsizetype before = server.receivedEncrypted().count("\r\n");
    QVERIFY(!waitUntil([&] { return server.receivedEncrypted().count("\r\n") > before + 3; }, 3s));
    m_profile->stop();
}

void TestLinkFaults::pausedAccountDoesNothing()
{
    CuttingProxy proxy(m_server.port("imaps"));
    QVERIFY(m_profile->start());
    const AccountId id = addThrough(proxy.port());
    QVERIFY(isUpToDate(id));
    m_profile->engine().setPaused(id, true);
    QVERIFY(waitUntil([&] { return m_profile->state(id).isPaused && proxy.openConnections() == 0; }));
    QVERIFY(m_server.deliver(newMail("paused")));
    const int before = proxy.connections();
    // Neither the user's general "check mail" nor the network gets it going.
    QVERIFY(!await(m_profile->engine().synchronize(id)));
    m_profile->engine().networkChanged();
    m_profile->engine().setOnline(false);
    m_profile->engine().setOnline(true);
    QVERIFY(!waitUntil([&] { return proxy.connections() > before; }, 1s));

    m_profile->engine().setPaused(id, false);
    QVERIFY(waitUntil([&] { return isHere(id, u"paused"_s); }));
    QVERIFY(!m_profile->state(id).isPaused);
}

QTEST_GUILESS_MAIN(TestLinkFaults)
#include "test_linkfaults.moc"
