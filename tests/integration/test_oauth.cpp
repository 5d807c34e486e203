// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3session.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"
#include "tests/support/testbrowser.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// Signing in with the browser, and what becomes of the tokens (T19): a real Dovecot and a real Postfix that ask a
/// local issuer about each one.
class TestOAuth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.startWithOAuth(), m_server.failure()); }
    void init();
    void cleanup();

    void mailComesAndGoes_data();
    void mailComesAndGoes();
    void pop3TakesTheToken_data();
    void pop3TakesTheToken();
    void deniedSignInIsTold();
    void oneSignInAtATime();
    void signInEndsWithTheEngine();
    void withoutClientIdTheUserIsTold();
    void endedTokenIsRefreshedOnce();
    void threeConnectionsAtOnceAreOneRefresh();
    void threeAccountsAreThreeRefreshes();
    void tokenIsRenewedBeforeItsEnd();
    void wrongClockChangesNothing_data();
    void wrongClockChangesNothing();
    void failingRefreshMakesNoStorm_data();
    void failingRefreshMakesNoStorm();
    void silentIssuerHoldsNothingUp();
    void removedAccountLeavesNoToken();

private:
    void start(const MailServer &server, int clockDays = 0);
    QFuture<Result<OAuthTokens>> beginSignIn(int user = MailServer::ayse);
    OAuthTokens signIn(int user = MailServer::ayse);
    /// An account that has to get its first access token by itself.
    AccountId addWithRefreshTokenOnly(int user);
    AccountId addSignedIn(int user = MailServer::ayse);
    Result<void> synchronize(AccountId account = {}) { return await(m_profile->engine().synchronize(account)); }
    void reconnect()
    {
        m_profile->engine().setOnline(false);
        m_profile->engine().setOnline(true);
    }
    OutboxId sendTo(AccountId account, const QString &recipient, const QString &subject);
    std::optional<OutboxItem> told(OutboxId item) const { return m_profile->told(item); }

    MailServer m_server;
    const MailServer *m_current = nullptr;
    std::unique_ptr<EngineFixture> m_profile;
    std::unique_ptr<TestBrowser> m_browser;
    int m_browserCalls = 0;
};

void TestOAuth::init()
{
    REQUIRE_POSTFIX(m_server);
    m_server.controlIssuer(
        {{u"fault"_s, QJsonValue()}, {u"authorize"_s, QJsonValue()}, {u"lifetime"_s, 3600}, {u"reset"_s, true}});
}

void TestOAuth::cleanup()
{
    if (m_server.hasPostfix()) // ends a fault that holds requests
        m_server.controlIssuer({{u"fault"_s, QJsonValue()}});
    m_profile.reset();
    m_browser.reset();
}

void TestOAuth::start(const MailServer &server, int clockDays)
{
    m_current = &server;
    m_browser = std::make_unique<TestBrowser>(server.tlsPolicy());
    m_browserCalls = 0;
    m_profile = std::make_unique<EngineFixture>(server.tlsPolicy());
    m_profile->options().otherIssuers.insert(MailServer::oauthIssuer(), server.oauthClient());
    m_profile->options().clock = [clockDays] { return systemTime().addDays(clockDays); };
    QVERIFY(m_profile->start());
    connect(&m_profile->engine(), &MailEngine::browserWanted, m_browser.get(), [this](const QUrl &url) {
        ++m_browserCalls;
        m_browser->open(url);
    });
}

QFuture<Result<OAuthTokens>> TestOAuth::beginSignIn(int user)
{
    return m_profile->engine().signInWithBrowser(MailServer::oauthIssuer(), m_current->address(user),
        {.language = u"tr"_s,
            .done = {.heading = u"Giriş tamam"_s, .text = u"Postacı'ya dönebilirsiniz."_s},
            .failed = {.heading = u"Giriş olmadı"_s, .text = u"Postacı'ya dönün."_s}});
}

OAuthTokens TestOAuth::signIn(int user)
{
    const Result<OAuthTokens> tokens = await(beginSignIn(user));
    if (!tokens)
        qFatal("sign-in: %s", describe(tokens).constData());
    return *tokens;
}

AccountId TestOAuth::addWithRefreshTokenOnly(int user)
{
    OAuthTokens tokens = signIn(user);
    tokens.accessToken.clear();
    const auto added = await(m_profile->engine().addAccount(m_current->oauthAccount(user), {.tokens = tokens}));
    return added.value_or(AccountId());
}

AccountId TestOAuth::addSignedIn(int user)
{
    const auto added = await(m_profile->engine().addAccount(m_current->oauthAccount(user), {.tokens = signIn(user)}));
    return added.value_or(AccountId());
}

OutboxId TestOAuth::sendTo(AccountId account, const QString &recipient, const QString &subject)
{
    const auto queued = await(m_profile->engine().send({.account = account,
        .from = {.address = m_current->address()},
        .to = {{.address = recipient}},
        .subject = subject,
        .text = u"Merhaba\n"_s}));
    return queued.value_or(OutboxId());
}

void TestOAuth::mailComesAndGoes_data()
{
    QTest::addColumn<QString>("mechanism");
    QTest::newRow("OAUTHBEARER") << u"oauthbearer"_s;
    QTest::newRow("XOAUTH2") << u"xoauth2"_s;
}

void TestOAuth::mailComesAndGoes()
{
    QFETCH(QString, mechanism);
    MailServer server;
    QVERIFY2(server.startWithOAuth(mechanism), server.failure());
    start(server);

    const Result<OAuthTokens> tokens = await(beginSignIn());
    QVERIFY2(tokens, describe(tokens));
    QTRY_COMPARE_WITH_TIMEOUT(m_browser->pages().size(), 1, testPatience);
    QCOMPARE(m_browser->pages().first().status, 200);
    QVERIFY(m_browser->pages().first().content.contains("Giriş tamam"));

    const QFuture<SetupReport> checked
        = m_profile->engine().checkAccount(server.oauthAccount(), {.tokens = *tokens}, {});
    QTRY_VERIFY_WITH_TIMEOUT(checked.isFinished(), testPatience);
    QVERIFY(checked.result().works());

    const Result<AccountId> account = await(m_profile->engine().addAccount(server.oauthAccount(), {.tokens = *tokens}));
    QVERIFY2(account, describe(account));
    QVERIFY(server.deliver(sampleMail("jetonla gelen", "jeton@example.net")));
    const Result<void> synced = synchronize(*account);
    QVERIFY2(synced, describe(synced));
    QVERIFY(m_profile->find(m_profile->folderId(*account, FolderRole::Inbox), u"jetonla gelen"_s));

    const OutboxId item = sendTo(*account, server.address(MailServer::mehmet), u"jetonla giden"_s);
    QTRY_VERIFY_WITH_TIMEOUT(told(item) && told(item)->state == OutboxState::Sent, testPatience);
    OtherClient mehmet(server, MailServer::mehmet);
    QTRY_COMPARE_WITH_TIMEOUT(mehmet.messages("INBOX").size(), 1, testPatience);
    QCOMPARE(server.issuerCount(u"code"_s), 1);
    QCOMPARE(server.issuerCount(u"refresh"_s), 0);
    QCOMPARE(m_profile->read([](const Tables &t) { return t.accounts.all(); }).first().oauthIssuer,
        MailServer::oauthIssuer());
}

void TestOAuth::pop3TakesTheToken_data()
{
    mailComesAndGoes_data();
}

void TestOAuth::pop3TakesTheToken()
{
    QFETCH(QString, mechanism);
    MailServer server;
    QVERIFY2(server.startWithOAuth(mechanism), server.failure());
    start(server);
    const OAuthTokens tokens = signIn();
    QVERIFY(server.deliver(sampleMail("jetonla gelen", "jeton@example.net")));
    const ServerSettings settings = server.oauthAccount().incoming;
    for (const Encryption encryption : {Encryption::ImplicitTls, Encryption::StartTls}) {
        ServerSettings pop3 = server.pop3(encryption);
        pop3.auth = settings.auth;
        Pop3Session session(server.tlsPolicy());
        const auto opened = await(session.open(
            pop3, {.userName = pop3.userName, .secret = tokens.accessToken, .method = AuthMethod::OAuth2}));
        QVERIFY2(opened, describe(opened));
        const auto list = await(session.list());
        QVERIFY(list);
        QCOMPARE(list->size(), 1);
        QVERIFY(await(session.quit()));

        Pop3Session refused(server.tlsPolicy());
        const auto wrong = await(
            refused.open(pop3, {.userName = pop3.userName, .secret = u"uydurma"_s, .method = AuthMethod::OAuth2}));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().kind, ErrorKind::AuthenticationFailed);
    }
}

void TestOAuth::deniedSignInIsTold()
{
    start(m_server);
    m_server.controlIssuer({{u"authorize"_s, u"denied"_s}});
    const Result<OAuthTokens> tokens = await(beginSignIn());
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::Refused);
    QCOMPARE(tokens.error().serverText, u"The user said no"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_browser->pages().size(), 1, testPatience);
    QVERIFY(m_browser->pages().first().content.contains("Giriş olmadı"));
}

void TestOAuth::oneSignInAtATime()
{
    start(m_server);
    m_server.controlIssuer({{u"authorize"_s, u"wrong_state"_s}}); // whose redirect is no answer
    const QFuture<Result<OAuthTokens>> first = beginSignIn();
    QTRY_COMPARE_WITH_TIMEOUT(m_browser->pages().size(), 1, testPatience);
    QCOMPARE(m_browser->pages().first().status, 400);
    QVERIFY(!first.isFinished());
    m_server.controlIssuer({{u"authorize"_s, QJsonValue()}});
    const Result<OAuthTokens> second = await(beginSignIn());
    QVERIFY2(second, describe(second));
    QVERIFY(first.isFinished());
    QCOMPARE(first.result().error().kind, ErrorKind::Cancelled);
}

void TestOAuth::signInEndsWithTheEngine()
{
    start(m_server);
    m_server.controlIssuer({{u"authorize"_s, u"no_state"_s}});
    const QFuture<Result<OAuthTokens>> tokens = beginSignIn();
    QTRY_COMPARE_WITH_TIMEOUT(m_browser->pages().size(), 1, testPatience);
    const QUrl page = m_browser->pages().first().url;
    m_profile->stop();
    QVERIFY(tokens.isFinished());
    QCOMPARE(tokens.result().error().kind, ErrorKind::Cancelled);
    m_browser->open(page); // nobody listens any more
    QTRY_COMPARE_WITH_TIMEOUT(m_browser->pages().size(), 2, testPatience);
    QCOMPARE(m_browser->pages().last().status, 0);
}

void TestOAuth::withoutClientIdTheUserIsTold()
{
    start(m_server);
    Account account = m_server.oauthAccount();
    account.oauthIssuer = u"kimsiz.example"_s;
    const auto tokens = await(m_profile->engine().signInWithBrowser(account.oauthIssuer, {}, {}));
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::OAuthNeeded);
    QCOMPARE(m_browserCalls, 0);

    const Result<AccountId> added
        = await(m_profile->engine().addAccount(account, {.tokens = {.refreshToken = u"eski"_s}}));
    QVERIFY(added);
    QTRY_VERIFY_WITH_TIMEOUT(m_profile->state(*added).signInNeeded, testPatience);
    QVERIFY(!m_profile->state(*added).passwordNeeded);
    QCOMPARE(m_profile->state(*added).error->kind, ErrorKind::OAuthNeeded);
}

void TestOAuth::endedTokenIsRefreshedOnce()
{
    start(m_server);
    const AccountId account = addSignedIn();
    QVERIFY(synchronize(account));
    m_server.controlIssuer({{u"expire"_s, true}, {u"reset"_s, true}}); // taken back: only the servers know
    reconnect();
    const OutboxId item = sendTo(account, m_server.address(MailServer::mehmet), u"yeni jetonla"_s);
    const Result<void> synced = synchronize(account);
    QVERIFY2(synced, describe(synced));
    QTRY_VERIFY_WITH_TIMEOUT(told(item) && told(item)->state == OutboxState::Sent, testPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->state(account).activity, AccountState::Activity::Idle, testPatience);
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 1);
    QVERIFY(!m_profile->state(account).waitsForUser());
}

void TestOAuth::threeConnectionsAtOnceAreOneRefresh()
{
    start(m_server);
    m_profile->engine().setOnline(false);
    const AccountId account = addWithRefreshTokenOnly(MailServer::ayse);
    QVERIFY(account);
    const OutboxId item = sendTo(account, m_server.address(MailServer::mehmet), u"üç bağlantı"_s);
    m_profile->engine().setOnline(true); // both sessions and the outbox
    QTRY_VERIFY_WITH_TIMEOUT(told(item) && told(item)->state == OutboxState::Sent, testPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->state(account).activity, AccountState::Activity::Idle, testPatience);
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 1);
}

void TestOAuth::threeAccountsAreThreeRefreshes()
{
    start(m_server);
    m_profile->engine().setOnline(false);
    for (const int user : {MailServer::ayse, MailServer::mehmet, MailServer::deniz})
        QVERIFY(addWithRefreshTokenOnly(user));
    m_profile->engine().setOnline(true);
    const Result<void> synced = synchronize();
    QVERIFY2(synced, describe(synced));
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 3);
    QCOMPARE(m_server.issuerCount(u"code"_s), 3);
}

void TestOAuth::tokenIsRenewedBeforeItsEnd()
{
    start(m_server);
    m_server.controlIssuer({{u"lifetime"_s, 0}});
    OAuthTokens tokens = signIn();
    QVERIFY(tokens.expires.hasExpired());
    m_server.controlIssuer({{u"lifetime"_s, 3600}});
    const auto account = await(m_profile->engine().addAccount(m_server.oauthAccount(), {.tokens = tokens}));
    QVERIFY(account);
    const int asked = m_server.issuerCount(u"introspect"_s);
    QVERIFY(synchronize(*account));
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->state(*account).activity, AccountState::Activity::Idle, testPatience);
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 1);
    QVERIFY(m_server.issuerCount(u"introspect"_s) - asked <= 2); // the old one was not even tried
}

void TestOAuth::wrongClockChangesNothing_data()
{
    QTest::addColumn<int>("days");
    QTest::newRow("a day ahead") << 1;
    QTest::newRow("a day behind") << -1;
}

void TestOAuth::wrongClockChangesNothing()
{
    QFETCH(int, days);
    start(m_server, days);
    const AccountId account = addSignedIn();
    QVERIFY(synchronize(account));
    reconnect();
    QVERIFY(synchronize(account));
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 0);
    m_server.controlIssuer({{u"expire"_s, true}});
    reconnect();
    QVERIFY(synchronize(account));
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 1);
}

void TestOAuth::failingRefreshMakesNoStorm_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("lasting");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("400 invalid_grant") << u"invalid_grant"_s << true << ErrorKind::OAuthNeeded;
    QTest::newRow("401 invalid_client") << u"401"_s << true << ErrorKind::OAuthNeeded;
    QTest::newRow("500") << u"500"_s << false << ErrorKind::TryLater;
    QTest::newRow("captive portal") << u"html"_s << false << ErrorKind::Protocol;
}

void TestOAuth::failingRefreshMakesNoStorm()
{
    QFETCH(QString, fault);
    QFETCH(bool, lasting);
    QFETCH(ErrorKind, kind);
    start(m_server);
    const AccountId account = addSignedIn();
    QVERIFY(synchronize(account));
    m_server.controlIssuer({{u"expire"_s, true}, {u"fault"_s, fault}, {u"reset"_s, true}});
    reconnect();
    const OutboxId item = sendTo(account, m_server.address(MailServer::mehmet), u"bekleyen"_s);

    // The user is impatient.
    for (int i = 0; i < 6; ++i) {
        const Result<void> synced = synchronize(account);
        QVERIFY(!synced);
        QCOMPARE(synced.error().kind, kind);
        QCOMPARE(synced.error().step, Step::RefreshToken);
        reconnect();
    }

    const int tries = m_server.issuerCount(u"refresh"_s);
    QVERIFY2(tries >= 1 && tries <= 2, QByteArray::number(tries));
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->state(account).signInNeeded, lasting, testPatience);
    QVERIFY(!m_profile->state(account).passwordNeeded);
    QCOMPARE(m_browserCalls, 1); // the user's own
    QCOMPARE(m_profile->outbox().size(), 1);
    QCOMPARE(m_profile->outbox().first().state, OutboxState::Queued);

    // The way out: signing in again. It also ends a back-off.
    m_server.controlIssuer({{u"fault"_s, QJsonValue()}});
    const Result<void> given = await(m_profile->engine().providePassword(account, {.tokens = signIn()}));
    QVERIFY2(given, describe(given));
    QTRY_VERIFY_WITH_TIMEOUT(told(item) && told(item)->state == OutboxState::Sent, testPatience);
    QVERIFY(synchronize(account));
    QVERIFY(!m_profile->state(account).waitsForUser());
}

void TestOAuth::silentIssuerHoldsNothingUp()
{
    start(m_server);
    const AccountId account = addSignedIn();
    QVERIFY(synchronize(account));
    m_server.controlIssuer({{u"expire"_s, true}, {u"fault"_s, u"timeout"_s}, {u"reset"_s, true}});
    reconnect();
    const OutboxId item = sendTo(account, m_server.address(MailServer::mehmet), u"bekleyen"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_server.issuerCount(u"refresh"_s), 1, testPatience);
    QCOMPARE(m_profile->read([](const Tables &t) { return t.outbox.all(); }).first().state, OutboxState::Queued);

    QElapsedTimer timer;
    timer.start();
    m_profile->stop();
    QVERIFY2(timer.elapsed() < 2000, QByteArray::number(timer.elapsed()));
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 1);

    m_server.controlIssuer({{u"fault"_s, QJsonValue()}});
    QVERIFY(m_profile->start());
    connect(&m_profile->engine(), &MailEngine::browserWanted, m_browser.get(), &TestBrowser::open);
    const auto given = await(m_profile->engine().providePassword(account, {.tokens = signIn()}));
    QVERIFY(given);
    QTRY_VERIFY_WITH_TIMEOUT(told(item) && told(item)->state == OutboxState::Sent, testPatience);
}

void TestOAuth::removedAccountLeavesNoToken()
{
    start(m_server);
    const AccountId account = addSignedIn();
    QVERIFY(synchronize(account));
    QVERIFY(await(m_profile->engine().removeAccount(account)));
    const auto again = await(m_profile->engine().addAccount(m_server.oauthAccount(), {}));
    QVERIFY(again);
    QTRY_VERIFY_WITH_TIMEOUT(m_profile->state(*again).signInNeeded, testPatience);
    QCOMPARE(m_server.issuerCount(u"refresh"_s), 0);
}

QTEST_GUILESS_MAIN(TestOAuth)
#include "test_oauth.moc"
