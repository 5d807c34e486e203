// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"
#include "tests/support/scriptedserver.h"

#include <QDirIterator>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// What happens between typing an address and having an account, and when it goes again.
class TestAccountSetup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.failure()); }
    void init();
    void cleanup() { m_profile.reset(); }

    void everyEncryptionChecksOut_data();
    void everyEncryptionChecksOut();
    void eachFailureHasItsKind_data();
    void eachFailureHasItsKind();
    void wrongPasswordIsToldForBothServers();
    void checkCanBeCancelled();
    void checkSavesNothing();
    void wrongPasswordIsTriedOnce();
    void sameAccountTwiceIsRefused();
    void removedAccountLeavesNothing();
    void othersGoOnWhenOneAccountFails();
    void changedSettingsTakeEffectAndKeepTheMail();
    void anAcceptedCertificateHoldsForItsAccountOnly();
    void whatOnceWorkedIsNeverChanged_data();
    void whatOnceWorkedIsNeverChanged();
    void aTestMailComesBackAndIsRemoved();
    void waitingForATestMailCanBeCancelled();

private:
    SetupReport check(const Account &account, const QString &password, CheckOptions options = {})
    {
        return m_profile->check(account, password, options);
    }

    MailServer m_server;
    std::unique_ptr<EngineFixture> m_profile;
};

void TestAccountSetup::init()
{
    REQUIRE_POSTFIX(m_server);
    m_profile = std::make_unique<EngineFixture>(m_server.tlsPolicy());
    QVERIFY(m_profile->start());
}

void TestAccountSetup::everyEncryptionChecksOut_data()
{
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<int>("user");
    QTest::newRow("TLS") << Encryption::ImplicitTls << int(MailServer::ayse);
    QTest::newRow("STARTTLS") << Encryption::StartTls << int(MailServer::ayse);
    QTest::newRow("clear, to loopback") << Encryption::None << int(MailServer::ayse);
    QTest::newRow("a password with quotes and Turkish letters") << Encryption::ImplicitTls << int(MailServer::deniz);
}

void TestAccountSetup::everyEncryptionChecksOut()
{
    QFETCH(Encryption, encryption);
    QFETCH(int, user);
    Account account = m_server.account(user);
    account.incoming = m_server.imap(encryption, user);
    account.outgoing = m_server.smtp(encryption, user);

    const SetupReport checked = check(account, m_server.password(user));

    QVERIFY2(checked.works(), describe(checked.error().value_or(MailError())));
    QCOMPARE(checked.account, account);
    QList<Step> incoming;
    QList<Step> outgoing;
    for (const CheckStep &step : m_profile->checkSteps()) {
        QVERIFY(!step.error);
        if (step.state == CheckStep::State::Passed)
            (step.outgoing ? outgoing : incoming).append(step.step);
    }
    QCOMPARE(incoming, ladderOf(account.incoming));
    QCOMPARE(outgoing, ladderOf(account.outgoing));
}

void TestAccountSetup::eachFailureHasItsKind_data()
{
    QTest::addColumn<Script>("script"); // none: nobody listens
    QTest::addColumn<bool>("looksAgain"); // for something else that speaks TLS there
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<bool>("outgoing");
    QTest::addColumn<ErrorKind>("kind");
    const struct {
        const char *name;
        Script script;
        bool looksAgain;
        ErrorKind kind;
    } incoming[] = {
        {"expired certificate", Script().expectTlsRefusal(TestCertificate::Expired), false,
            ErrorKind::CertificateExpired},
        {"certificate of another host", Script().expectTlsRefusal(TestCertificate::WrongName), false,
            ErrorKind::CertificateName},
        {"self-signed certificate", Script().expectTlsRefusal(TestCertificate::SelfSigned), false,
            ErrorKind::CertificateUntrusted},
        {"no TLS on this port", Script().send("* OK ready\r\n").stall(), true, ErrorKind::TlsHandshake},
    };
    for (const auto &row : incoming) {
        QTest::newRow(QByteArray("incoming: ") + row.name)
            << row.script << row.looksAgain << Encryption::ImplicitTls << false << row.kind;
        QTest::newRow(QByteArray("outgoing: ") + row.name)
            << row.script << row.looksAgain << Encryption::ImplicitTls << true << row.kind;
    }
    QTest::newRow("incoming: nobody there")
        << Script() << false << Encryption::ImplicitTls << false << ErrorKind::ConnectionRefused;
    QTest::newRow("outgoing: nobody there")
        << Script() << false << Encryption::ImplicitTls << true << ErrorKind::ConnectionRefused;
    QTest::newRow("incoming: no STARTTLS") << Script()
                                                  .send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
                                                  .expect("{tag} STARTTLS")
                                                  .send("{tag} BAD unknown\r\n")
                                                  .expectClose()
                                           << true << Encryption::StartTls << false << ErrorKind::EncryptionMissing;
    QTest::newRow("outgoing: no STARTTLS")
        << Script().send("220 mail ESMTP\r\n").expect("EHLO {*}").send("250-mail\r\n250 AUTH PLAIN\r\n").expectClose()
        << true << Encryption::StartTls << true << ErrorKind::EncryptionMissing;
}

void TestAccountSetup::eachFailureHasItsKind()
{
    QFETCH(Script, script);
    QFETCH(bool, looksAgain);
    QFETCH(Encryption, encryption);
    QFETCH(bool, outgoing);
    QFETCH(ErrorKind, kind);
    const bool nobody = kind == ErrorKind::ConnectionRefused;
    const auto server = nobody
        ? nullptr
        : std::make_unique<ScriptedServer>(
              looksAgain ? QList<Script>{script, Script().send("hello\r\n").stall()} : QList<Script>{script});
    Account account = m_server.account();
    ServerSettings &settings = outgoing ? account.outgoing : account.incoming;
    settings.host = u"localhost"_s;
    settings.port = nobody ? ScriptedServer::closedPort() : server->port();
    settings.encryption = encryption;

    const SetupReport checked = check(account, m_server.password());

    QVERIFY(!checked.works());
    QCOMPARE(checked.canReceive(), outgoing);
    const std::optional<Diagnosis> &diagnosis = outgoing ? checked.outgoing : checked.incoming;
    QVERIFY(diagnosis && diagnosis->outgoing == outgoing);
    QCOMPARE(diagnosis->error.kind, kind);
    if (server)
        QVERIFY2(server->finished(), server->failure());
    int failures = 0;
    for (const CheckStep &step : m_profile->checkSteps()) {
        QCOMPARE(step.error.has_value(), step.state == CheckStep::State::Failed);
        if (step.error) {
            QCOMPARE(step.outgoing, outgoing);
            QCOMPARE(step.error->kind, kind);
            ++failures;
        }
    }
    QCOMPARE(failures, 1);
    QVERIFY(m_profile->read([](const Tables &t) { return t.accounts.all(); }).isEmpty());
}

void TestAccountSetup::wrongPasswordIsToldForBothServers()
{
    const SetupReport checked = check(m_server.account(), u"yanlış"_s);
    for (const std::optional<Diagnosis> &diagnosis : {checked.incoming, checked.outgoing}) {
        QVERIFY(diagnosis);
        QCOMPARE(diagnosis->problem, SetupProblem::AuthWrong);
        QCOMPARE(diagnosis->fix, SetupFix::RetypePassword);
        QCOMPARE(diagnosis->error.kind, ErrorKind::AuthenticationFailed);
        QCOMPARE(diagnosis->error.step, Step::Login);
    }
    int failures = 0;
    for (const CheckStep &step : m_profile->checkSteps())
        failures += step.state == CheckStep::State::Failed && step.step == Step::Login;
    QCOMPARE(failures, 2);
}

void TestAccountSetup::checkCanBeCancelled()
{
    ScriptedServer server({Script().stall()});
    Account account = m_server.account();
    account.incoming.port = server.port();
    const QFuture<SetupReport> check
        = m_profile->engine().checkAccount(account, {.incoming = u"x"_s, .outgoing = m_server.password()});
    const auto isThrough
        = [](const CheckStep &step) { return step.step == Step::Sender && step.state == CheckStep::State::Passed; };
    QTRY_VERIFY(std::ranges::any_of(m_profile->checkSteps(), isThrough)); // the other server
    QVERIFY(!check.isFinished());
    m_profile->engine().cancelCheck();
    QTRY_VERIFY(check.isFinished());
    QVERIFY(check.result().cancelled);
    QVERIFY(!check.result().works());
    QVERIFY2(server.finished(), server.failure());
}

void TestAccountSetup::checkSavesNothing()
{
    QVERIFY(check(m_server.account(), m_server.password()).works());
    QVERIFY(m_profile->read([](const Tables &t) { return t.accounts.all(); }).isEmpty());
    QVERIFY(m_profile->outbox().isEmpty());
}

// T22
void TestAccountSetup::wrongPasswordIsTriedOnce()
{
    ScriptedServer imap({Script()
                             .startTls(TestCertificate::Good)
                             .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                             .expect("{tag} AUTHENTICATE PLAIN {*}")
                             .send("{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
        Script()
            .startTls(TestCertificate::Good)
            .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
            .expect("{tag} AUTHENTICATE PLAIN {*}")
            .send("{tag} NO [AUTHENTICATIONFAILED] no\r\n")});
    Account account = m_server.account();
    account.incoming.port = imap.port();
    const Result<AccountId> added = m_profile->add(account, u"eski"_s);
    QVERIFY(added);
    QTRY_VERIFY(m_profile->state(*added).passwordNeeded);
    QCOMPARE(m_profile->state(*added).error->kind, ErrorKind::AuthenticationFailed);

    // What the program does by itself tries no login.
    const Result<DraftId> draft = await(m_profile->engine().saveDraft({.account = *added}));
    QVERIFY(draft);
    m_profile->engine().setOnline(false);
    m_profile->engine().setOnline(true);
    QVERIFY(!await(m_profile->engine().synchronizeFolder(FolderId{1})));
    QCOMPARE(imap.connectionCount(), 1);

    // The user's word is worth one.
    const Result<void> synced = await(m_profile->engine().synchronize(*added));
    QVERIFY(!synced);
    QCOMPARE(synced.error().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(imap.connectionCount(), 2);
    QVERIFY2(imap.finished(), imap.failure());
}

void TestAccountSetup::sameAccountTwiceIsRefused()
{
    QVERIFY(m_profile->add(m_server.account(), m_server.password()));
    const Result<AccountId> again = m_profile->add(m_server.account(), m_server.password());
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(m_profile->read([](const Tables &t) { return t.accounts.all(); }).size(), 1);
}

// L12
void TestAccountSetup::removedAccountLeavesNothing()
{
    OtherClient phone(m_server);
    phone.append("INBOX", sampleMail("kanarya-konu", "kanarya-kimlik@example.net", "kanarya-metin\r\n"));
    const Result<AccountId> added = m_profile->add(m_server.account(), m_server.password());
    QVERIFY(added);
    QVERIFY(await(m_profile->engine().synchronize(*added)));
    const FolderId inbox = m_profile->folderId(*added, FolderRole::Inbox);
    const auto message = m_profile->find(inbox, u"kanarya-konu"_s);
    QVERIFY(message);
    QVERIFY(await(m_profile->engine().message(message->id)));
    QVERIFY(await(m_profile->engine().changeFlags({message->id}, Flag::Flagged, {})));

    const Result<void> removed = await(m_profile->engine().removeAccount(*added));
    QVERIFY2(removed, describe(removed));

    QVERIFY(!await(m_profile->engine().synchronize(*added)));
    QVERIFY(m_profile->read([](const Tables &t) { return t.accounts.all(); }).isEmpty());
    QVERIFY(!m_profile->folder(*added, FolderRole::Inbox));
    // The rows themselves go a little later, in the background.
    QTRY_VERIFY(!m_profile->read([&](const Tables &t) { return t.messages.header(message->id).has_value(); }));
    QCOMPARE(m_profile->pendingCount(*added), 0);
    QCOMPARE(phone.messages("INBOX").size(), 1); // The server's mail is nobody's business here.
    const QString directory = m_profile->directory();
    m_profile->stop();
    int files = 0;
    QDirIterator it(directory, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        ++files;
        for (const char *canary : {"kanarya-konu", "kanarya-kimlik", "kanarya-metin"})
            QVERIFY2(!bytes.contains(canary), qPrintable(file.fileName() + u' ' + QLatin1String(canary)));
    }
    QVERIFY(files >= 2);
}

void TestAccountSetup::othersGoOnWhenOneAccountFails()
{
    Account broken = m_server.account(MailServer::mehmet);
    broken.incoming.port = ScriptedServer::closedPort();
    const Result<AccountId> bad = m_profile->add(broken, m_server.password(MailServer::mehmet));
    const Result<AccountId> good = m_profile->add(m_server.account(), m_server.password());
    QVERIFY(bad && good);
    const Result<void> all = await(m_profile->engine().synchronize());
    QVERIFY(!all);
    QCOMPARE(all.error().kind, ErrorKind::ConnectionRefused);
    QVERIFY(m_profile->folder(*good, FolderRole::Inbox));
    QVERIFY(m_profile->state(*bad).error);
    QVERIFY(!m_profile->state(*good).error);
}

void TestAccountSetup::changedSettingsTakeEffectAndKeepTheMail()
{
    OtherClient phone(m_server);
    phone.append("INBOX", sampleMail("kalan", "kalan@example.net"));
    Account account = m_server.account();
    const Result<AccountId> added = m_profile->add(account, u"yanlış"_s);
    QVERIFY(added);
    QTRY_VERIFY(m_profile->state(*added).passwordNeeded);

    account.id = *added;
    account.name = u"İş"_s;
    account.incoming = m_server.imap(Encryption::StartTls, MailServer::ayse);
    const Result<void> updated = await(
        m_profile->engine().updateAccount(account, {.incoming = m_server.password(), .outgoing = m_server.password()}));
    QVERIFY2(updated, describe(updated));
    const Result<void> synced = await(m_profile->engine().synchronize(*added));
    QVERIFY2(synced, describe(synced));
    const FolderId inbox = m_profile->folderId(*added, FolderRole::Inbox);
    QVERIFY(m_profile->find(inbox, u"kalan"_s));
    QCOMPARE(m_profile->read([](const Tables &t) { return t.accounts.all(); }), QList<Account>{account});

    // Without a secret the known one stays, as long as the login is the same.
    account.identity.name = u"Ayşe"_s;
    QVERIFY(await(m_profile->engine().updateAccount(account, {})));
    QVERIFY(await(m_profile->engine().synchronize(*added)));
    QVERIFY(m_profile->find(inbox, u"kalan"_s));

    // So it does on another port; to another host it doesn't go.
    const ServerSettings before = account.incoming;
    account.incoming = m_server.imap(Encryption::ImplicitTls, MailServer::ayse);
    QVERIFY(before.port != account.incoming.port);
    QVERIFY(check(account, {}).works());
    QVERIFY(await(m_profile->engine().updateAccount(account, {})));
    const Result<void> elsewhere = await(m_profile->engine().synchronize(*added));
    QVERIFY2(elsewhere, describe(elsewhere));
    Account other = account;
    other.incoming.host = other.incoming.host == "localhost"_L1 ? u"127.0.0.1"_s : u"localhost"_s;
    const SetupReport asked = check(other, {}, {.receiveOnly = true});
    QVERIFY(asked.incoming);
    QCOMPARE(asked.incoming->error.kind, ErrorKind::CredentialsMissing);
    QCOMPARE(asked.incoming->fix, SetupFix::RetypePassword);

    account.id = AccountId{4711};
    const Result<void> unknown = await(m_profile->engine().updateAccount(account, {}));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
}

// RFC 8314 4.4; T15
void TestAccountSetup::anAcceptedCertificateHoldsForItsAccountOnly()
{
    const Script imap = Script()
                            .startTls(TestCertificate::SelfSigned)
                            .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                            .expect("{tag} AUTHENTICATE PLAIN {*}")
                            .send("{tag} NO [AUTHENTICATIONFAILED] no\r\n");
    ScriptedServer server({Script().expectTlsRefusal(TestCertificate::SelfSigned), imap, imap,
        Script().expectTlsRefusal(TestCertificate::SelfSigned)});
    Account account = m_server.account();
    account.incoming.host = server.host();
    account.incoming.port = server.port();

    const SetupReport refused = check(account, m_server.password(), {.receiveOnly = true});
    QVERIFY(refused.incoming);
    QCOMPARE(refused.incoming->problem, SetupProblem::TlsUntrusted);
    QCOMPARE(refused.incoming->fix, SetupFix::ShowCertificate);
    QVERIFY(!refused.incoming->error.certificate.isEmpty());

    account.exceptions = {{.host = account.incoming.host,
        .port = account.incoming.port,
        .certificate = refused.incoming->error.certificate}};
    const SetupReport checked = check(account, u"x"_s, {.receiveOnly = true});
    QVERIFY(checked.incoming);
    QCOMPARE(checked.incoming->error.kind, ErrorKind::AuthenticationFailed);
    QVERIFY(!checked.outgoing); // left alone

    const Result<AccountId> added = m_profile->add(account, u"x"_s);
    QVERIFY(added);
    QTRY_VERIFY(m_profile->state(*added).passwordNeeded);
    QCOMPARE(m_profile->state(*added).error->kind, ErrorKind::AuthenticationFailed);
    account.id = *added;
    QCOMPARE(m_profile->read([](const Tables &t) { return t.accounts.all(); }), QList<Account>{account});

    account.exceptions.clear();
    const SetupReport other = check(account, m_server.password(), {.receiveOnly = true});
    QVERIFY(other.incoming);
    QCOMPARE(other.incoming->error.kind, ErrorKind::CertificateUntrusted);
    QVERIFY2(server.finished(), server.failure());
}

void TestAccountSetup::whatOnceWorkedIsNeverChanged_data()
{
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("TLS, and now in clear")
        << Encryption::ImplicitTls << Script().send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n").stall()
        << ErrorKind::TlsHandshake;
    QTest::newRow("STARTTLS, and now without") << Encryption::StartTls
                                               << Script()
                                                      .send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
                                                      .expect("{tag} STARTTLS")
                                                      .send("{tag} BAD unknown\r\n")
                                                      .expectClose()
                                               << ErrorKind::EncryptionMissing;
}

// T15
void TestAccountSetup::whatOnceWorkedIsNeverChanged()
{
    QFETCH(Encryption, encryption);
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    ScriptedServer server({script, script, Script().send("hello\r\n").stall()});
    EngineFixture profile(m_server.tlsPolicy(), false);
    QVERIFY(profile.start());
    Account account = m_server.account();
    account.incoming = {
        .host = server.host(), .port = server.port(), .encryption = encryption, .userName = account.incoming.userName};
    const Result<AccountId> added = profile.add(account, m_server.password());
    QVERIFY(added);
    account.id = *added;

    const Result<void> synced = await(profile.engine().synchronize(*added));
    QVERIFY(!synced);
    QCOMPARE(synced.error().kind, kind);
    const SetupReport checked = profile.check(account, m_server.password(), {.receiveOnly = true});
    QVERIFY(checked.incoming);
    QCOMPARE(checked.incoming->error.kind, kind);
    QCOMPARE(checked.account, account);

    QCOMPARE(profile.read([](const Tables &t) { return t.accounts.all(); }), QList<Account>{account});
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!server.receivedInClear().contains("AUTH"));
    QVERIFY(!server.receivedInClear().contains("LOGIN"));
}

void TestAccountSetup::aTestMailComesBackAndIsRemoved()
{
    const Result<AccountId> added = m_profile->add(m_server.account(), m_server.password());
    QVERIFY(added);
    QVERIFY(await(m_profile->engine().synchronize(*added)));
    OtherClient phone(m_server);
    const auto before = phone.messages("INBOX").size();
    QList<RoundTripStage> stages;
    const auto connection = connect(&m_profile->engine(), &MailEngine::roundTripProgress, this,
        [&](AccountId, RoundTripStage stage) { stages.append(stage); });

    const auto trip = await(m_profile->engine().roundTrip(
                                *added, {.subject = u"Deneme iletisi: ğüşiöç"_s, .text = u"Birazdan silinecek."_s}),
        std::chrono::seconds(60));

    disconnect(connection);
    QVERIFY2(trip, describe(trip));
    QCOMPARE(trip->folder, u"INBOX"_s);
    QCOMPARE(trip->role, FolderRole::Inbox);
    QVERIFY(trip->removed);
    QCOMPARE(stages,
        (QList{
            RoundTripStage::Connecting, RoundTripStage::Sending, RoundTripStage::Waiting, RoundTripStage::Removing}));
    QCOMPARE(phone.messages("INBOX").size(), before);
    QVERIFY(m_profile->outbox().isEmpty());
}

void TestAccountSetup::waitingForATestMailCanBeCancelled()
{
    Account account = m_server.account();
    account.incoming = m_server.account(MailServer::mehmet).incoming; // it arrives elsewhere
    const Result<AccountId> added = await(m_profile->engine().addAccount(
        account, {.incoming = m_server.password(MailServer::mehmet), .outgoing = m_server.password()}));
    QVERIFY(added);
    const auto waiting = m_profile->engine().roundTrip(*added, {.subject = u"x"_s, .text = u"y"_s});
    RoundTripStage stage = RoundTripStage::Connecting;
    const auto connection = connect(&m_profile->engine(), &MailEngine::roundTripProgress, this,
        [&](AccountId, RoundTripStage reached) { stage = reached; });
    QTRY_COMPARE_WITH_TIMEOUT(stage, RoundTripStage::Waiting, 20'000);
    m_profile->engine().cancelRoundTrip();
    const auto trip = await(waiting);
    disconnect(connection);
    QVERIFY(!trip);
    QCOMPARE(trip.error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestAccountSetup)
#include "test_accountsetup.moc"
