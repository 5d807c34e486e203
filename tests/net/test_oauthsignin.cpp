// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthrefresh.h"
#include "core/net/oauthsignin.h"
#include "tests/support/await.h"
#include "tests/support/scriptedserver.h"

#include <QCryptographicHash>
#include <QLoggingCategory>
#include <QMutex>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

#include <cstring>

using namespace postaci;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Everything that the program logs while one of these lives, with every category switched on.
class LogCatcher {
public:
    LogCatcher()
    {
        log.clear();
        QLoggingCategory::setFilterRules(u"*=true"_s);
        m_before = qInstallMessageHandler(&LogCatcher::take);
    }
    ~LogCatcher()
    {
        qInstallMessageHandler(m_before);
        QLoggingCategory::setFilterRules({});
    }
    Q_DISABLE_COPY_MOVE(LogCatcher)

    static QString text()
    {
        const QMutexLocker lock(&mutex);
        return log;
    }

private:
    static void take(QtMsgType, const QMessageLogContext &, const QString &message)
    {
        const QMutexLocker lock(&mutex);
        log += message + u'\n';
    }

    inline static QMutex mutex;
    inline static QString log;
    QtMessageHandler m_before = nullptr;
};

/// A token endpoint's one answer. The form's last value (Qt sends them in alphabetical order) has a known length.
Script tokenEndpoint(const QByteArray &status, const QByteArray &body, const QByteArray &lastName, qsizetype lastSize)
{
    return Script()
        .startTls()
        .receiveUntil("\r\n\r\n", "head")
        .receiveUntil('&' + lastName + '=', "form")
        .receive(lastSize, "last")
        .send("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n")
        .sendRaw(body);
}

/// Hears the whole request and ends the connection without a word.
Script silentEndpoint(const QByteArray &lastName, qsizetype lastSize)
{
    return Script()
        .startTls()
        .receiveUntil("\r\n\r\n", "head")
        .receiveUntil('&' + lastName + '=', "form")
        .receive(lastSize, "last");
}

Script redeemEndpoint(const QByteArray &status, const QByteArray &body)
{
    return tokenEndpoint(status, body, "redirect_uri", qsizetype(strlen("http%3A%2F%2F127.0.0.1%3A12345")));
}

constexpr auto tokenAnswer
    = R"({"access_token":"gizli-erisim","refresh_token":"gizli-yenileme","token_type":"Bearer","expires_in":3600})";

QUrlQuery formOf(const QByteArray &form)
{
    return QUrlQuery(QString::fromLatin1(form));
}

QString value(const QUrlQuery &query, const QString &name)
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

} // namespace

/// The browser's part of signing in, T23: state, PKCE, redirect, replay and the listener, against a scripted issuer.
class TestOAuthSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void givesTokens();
    void redirectWithoutOurStateChangesNothing_data();
    void redirectWithoutOurStateChangesNothing();
    void codeIsTakenOnce();
    void listensOnThisComputerOnly();
    void listenerClosesAfterItsTime();
    void timeLimitIsAtMostFiveMinutes();
    void listenerClosesOnCancel();
    void listenerClosesWithItsObject();
    void halfARequestHoldsNothingUp();
    void denialIsTold();
    void pageIsInTheUsersLanguageAndPlainText();
    void failuresHaveTheirKind_data();
    void failuresHaveTheirKind();
    void issuerIsAskedOnceAfterA401();
    void codeIsSentOnce_data();
    void codeIsSentOnce();
    void refreshTokenIsSentOnce_data();
    void refreshTokenIsSentOnce();
    void redirectOfTheTokenEndpointIsNotFollowed();
    void endlessAnswerIsCutOff();
    void withoutClientIdNothingHappens();
    void refreshSendsEveryCharacter();
    void refreshCanBeCancelled();
    void nothingSecretIsLogged();

private:
    OAuthClient client(quint16 tokenPort) const;
    void start(quint16 tokenPort, const QString &address = {});
    /// What the browser is to open.
    QUrlQuery asked() const { return QUrlQuery(m_browser->first().first().toUrl()); }
    QString state() const { return value(asked(), u"state"_s); }
    quint16 port() const { return quint16(QUrl(value(asked(), u"redirect_uri"_s)).port()); }
    /// The whole answer to a request; empty when the connection was refused or reset.
    QByteArray request(const QByteArray &head) const;
    QByteArray get(const QByteArray &target) const
    {
        return request("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port()) + "\r\n\r\n");
    }
    QByteArray redirectTarget(const QByteArray &code = "4%2F%2Bkod") const
    {
        return "/?code=" + code + "&state=" + QUrl::toPercentEncoding(state());
    }
    bool canConnect(const QString &host) const;

    std::unique_ptr<OAuthSignIn> m_signIn;
    std::unique_ptr<QSignalSpy> m_browser;
    QFuture<Result<OAuthTokens>> m_tokens;
    SignInPages m_pages{.language = u"tr"_s,
        .done = {.heading = u"Giriş tamam"_s, .text = u"Postacı'ya dönebilirsiniz."_s},
        .failed = {.heading = u"Giriş olmadı"_s, .text = u"<b>Postacı</b>'ya dönün."_s}};
};

void TestOAuthSignIn::init()
{
    m_signIn = std::make_unique<OAuthSignIn>(testTlsPolicy());
    m_browser = std::make_unique<QSignalSpy>(m_signIn.get(), &OAuthSignIn::browserWanted);
}

void TestOAuthSignIn::cleanup()
{
    m_signIn.reset();
    m_browser.reset();
}

OAuthClient TestOAuthSignIn::client(quint16 tokenPort) const
{
    return {.authorizationUrl = QUrl(u"https://issuer.example/authorize"_s),
        .tokenUrl = QUrl(u"https://localhost:%1/token"_s.arg(tokenPort)),
        .scopes = {u"https://mail.example/"_s, u"offline"_s},
        .authorizationParameters = {{u"prompt"_s, u"select account"_s}},
        .clientId = u"kimlik.example"_s,
        .clientSecret = u"a+b&c=d%41"_s};
}

void TestOAuthSignIn::start(quint16 tokenPort, const QString &address)
{
    m_tokens = m_signIn->run(client(tokenPort), address, m_pages);
    QCOMPARE(m_browser->size(), 1);
}

QByteArray TestOAuthSignIn::request(const QByteArray &head) const
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port());
    if (!QTest::qWaitFor([&] { return socket.state() != QAbstractSocket::ConnectingState; }, testPatience.count())
        || socket.state() != QAbstractSocket::ConnectedState)
        return {};
    socket.write(head);
    if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, testPatience.count()))
        QTest::qFail("the listener did not close the connection", __FILE__, __LINE__);
    return socket.readAll();
}

bool TestOAuthSignIn::canConnect(const QString &host) const
{
    QTcpSocket socket;
    socket.connectToHost(host, port());
    return QTest::qWaitFor(
               [&] {
                   return socket.state() != QAbstractSocket::ConnectingState
                       && socket.state() != QAbstractSocket::HostLookupState;
               },
               testPatience.count())
        && socket.state() == QAbstractSocket::ConnectedState;
}

void TestOAuthSignIn::givesTokens()
{
    ScriptedServer issuer({redeemEndpoint("200 OK", tokenAnswer)});
    start(issuer.port(), u"ayşe+liste@example.com"_s);

    const QUrl url = m_browser->first().first().toUrl();
    QCOMPARE(url.adjusted(QUrl::RemoveQuery), QUrl(u"https://issuer.example/authorize"_s));
    QCOMPARE(value(asked(), u"response_type"_s), u"code"_s);
    QCOMPARE(value(asked(), u"client_id"_s), u"kimlik.example"_s);
    QCOMPARE(value(asked(), u"scope"_s), u"https://mail.example/ offline"_s);
    QCOMPARE(value(asked(), u"prompt"_s), u"select account"_s);
    QCOMPARE(value(asked(), u"login_hint"_s), u"ayşe+liste@example.com"_s);
    QCOMPARE(value(asked(), u"code_challenge_method"_s), u"S256"_s);
    QVERIFY(!url.query(QUrl::FullyEncoded).contains(u'+'));
    QVERIFY(!url.toString().contains(u"a+b"_s)); // the secret is not for the browser
    QCOMPARE(value(asked(), u"redirect_uri"_s), u"http://127.0.0.1:%1"_s.arg(port()));
    QVERIFY(state().size() >= 43); // 256 bits

    const QByteArray page = get(redirectTarget());

    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY2(tokens, describe(tokens));
    QCOMPARE(tokens->accessToken, u"gizli-erisim"_s);
    QCOMPARE(tokens->refreshToken, u"gizli-yenileme"_s);
    QVERIFY(tokens->expires.remainingTime() > 3'500'000);
    QVERIFY(page.startsWith("HTTP/1.1 200 ") && page.contains("Giriş tamam"));
    QVERIFY2(issuer.finished(), issuer.failure());

    const QUrlQuery form = formOf(issuer.captured("form"));
    QCOMPARE(value(form, u"grant_type"_s), u"authorization_code"_s);
    QCOMPARE(value(form, u"code"_s), u"4/+kod"_s);
    QCOMPARE(value(form, u"client_id"_s), u"kimlik.example"_s);
    QCOMPARE(value(form, u"client_secret"_s), u"a+b&c=d%41"_s);
    QCOMPARE(issuer.captured("last"), "http%3A%2F%2F127.0.0.1%3A" + QByteArray::number(port()));
    QVERIFY(!issuer.captured("form").contains('+')); // which a server reads as a space
    const QString verifier = value(form, u"code_verifier"_s);
    QVERIFY(verifier.size() >= 43 && verifier.size() <= 128);
    QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(verifier.toLatin1(), QCryptographicHash::Sha256)
                     .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)),
        value(asked(), u"code_challenge"_s));
    QVERIFY(issuer.captured("head").startsWith("POST /token HTTP/1.1\r\n"));
    QVERIFY(!canConnect(u"127.0.0.1"_s));
}

void TestOAuthSignIn::redirectWithoutOurStateChangesNothing_data()
{
    QTest::addColumn<QByteArray>("target"); // {state} and {port}: ours
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("status");
    const QByteArray host = "127.0.0.1:{port}";
    QTest::newRow("no state") << QByteArray("/?code=a") << host << QByteArray("400");
    QTest::newRow("empty state") << QByteArray("/?code=a&state=") << host << QByteArray("400");
    QTest::newRow("wrong state") << QByteArray("/?code=a&state=x{state}") << host << QByteArray("400");
    QTest::newRow("two states") << QByteArray("/?code=a&state={state}&state=x") << host << QByteArray("400");
    QTest::newRow("denial with a wrong state")
        << QByteArray("/?error=access_denied&state=x") << host << QByteArray("400");
    QTest::newRow("no code") << QByteArray("/?state={state}") << host << QByteArray("400");
    QTest::newRow("another page") << QByteArray("/favicon.ico") << host << QByteArray("404");
    QTest::newRow("another path") << QByteArray("/x?code=a&state={state}") << host << QByteArray("404");
    QTest::newRow("another port") << QByteArray("/?code=a&state={state}") << QByteArray("127.0.0.1:1")
                                  << QByteArray("400");
    QTest::newRow("a name that leads here")
        << QByteArray("/?code=a&state={state}") << QByteArray("evil.example:{port}") << QByteArray("400");
    QTest::newRow("no host") << QByteArray("/?code=a&state={state}") << QByteArray() << QByteArray("400");
}

void TestOAuthSignIn::redirectWithoutOurStateChangesNothing()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, status);
    ScriptedServer issuer({redeemEndpoint("200 OK", tokenAnswer)});
    start(issuer.port());
    target.replace("{state}", state().toLatin1());
    host.replace("{port}", QByteArray::number(port()));

    const QByteArray answer
        = request("GET " + target + " HTTP/1.1\r\n" + (host.isEmpty() ? "" : "Host: " + host + "\r\n") + "\r\n");

    QVERIFY2(answer.startsWith("HTTP/1.1 " + status), answer.left(60));
    QVERIFY(answer.contains("Giriş olmadı"));
    QVERIFY(!m_tokens.isFinished());
    QCOMPARE(issuer.connectionCount(), 0);
    (void)get(redirectTarget());
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY2(tokens, describe(tokens));
    QVERIFY2(issuer.finished(), issuer.failure());
    QCOMPARE(value(formOf(issuer.captured("form")), u"code"_s), u"4/+kod"_s);
}

void TestOAuthSignIn::codeIsTakenOnce()
{
    ScriptedServer issuer({Script()
            .startTls()
            .receiveUntil("\r\n\r\n", "head")
            .pause("asked")
            .sendRaw("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: "
                     "25\r\n\r\n{\"error\":\"invalid_grant\"}")});
    start(issuer.port());
    QTcpSocket browser;
    browser.connectToHost(u"127.0.0.1"_s, port());
    browser.write(
        "GET " + redirectTarget() + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port()) + "\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(issuer.isPausedAt("asked"), testPatience);

    QCOMPARE(get(redirectTarget()), QByteArray()); // the port is closed
    QVERIFY(!canConnect(u"127.0.0.1"_s));

    issuer.resume("asked");
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::OAuthNeeded);
    QTRY_COMPARE_WITH_TIMEOUT(browser.state(), QAbstractSocket::UnconnectedState, testPatience);
    QVERIFY(browser.readAll().contains("Giriş olmadı")); // only now, when it is known
    QVERIFY2(issuer.finished(), issuer.failure());
    QCOMPARE(issuer.connectionCount(), 1);
}

void TestOAuthSignIn::listensOnThisComputerOnly()
{
    start(ScriptedServer::closedPort());
    QVERIFY(canConnect(u"127.0.0.1"_s));
    QVERIFY(!canConnect(u"127.0.0.2"_s)); // also this computer, and another address
    QVERIFY(!canConnect(u"::1"_s));
}

void TestOAuthSignIn::listenerClosesAfterItsTime()
{
    m_signIn->setTimeLimit(50ms);
    start(ScriptedServer::closedPort());
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::Timeout);
    QCOMPARE(tokens.error().step, Step::SignIn);
    QVERIFY(!canConnect(u"127.0.0.1"_s));
}

void TestOAuthSignIn::timeLimitIsAtMostFiveMinutes()
{
    m_signIn->setTimeLimit(1h);
    QCOMPARE(m_signIn->timeLimit(), 5min);
}

void TestOAuthSignIn::listenerClosesOnCancel()
{
    start(ScriptedServer::closedPort());
    m_signIn->cancel();
    QVERIFY(m_tokens.isFinished());
    QCOMPARE(m_tokens.result().error().kind, ErrorKind::Cancelled);
    QVERIFY(!canConnect(u"127.0.0.1"_s));
}

void TestOAuthSignIn::listenerClosesWithItsObject()
{
    start(ScriptedServer::closedPort());
    m_signIn.reset();
    QVERIFY(m_tokens.isFinished());
    QCOMPARE(m_tokens.result().error().kind, ErrorKind::Cancelled);
    QVERIFY(!canConnect(u"127.0.0.1"_s));
}

void TestOAuthSignIn::halfARequestHoldsNothingUp()
{
    ScriptedServer issuer({redeemEndpoint("200 OK", tokenAnswer)});
    start(issuer.port());
    QTcpSocket silent;
    silent.connectToHost(u"127.0.0.1"_s, port());
    silent.write("GET /?code=");
    QTcpSocket endless;
    endless.connectToHost(u"127.0.0.1"_s, port());
    endless.write("GET /" + QByteArray(100'000, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT(endless.state(), QAbstractSocket::UnconnectedState, testPatience);

    (void)get(redirectTarget());

    QVERIFY(await(m_tokens));
    QVERIFY2(issuer.finished(), issuer.failure());
    QTRY_COMPARE_WITH_TIMEOUT(silent.state(), QAbstractSocket::UnconnectedState, testPatience);
}

void TestOAuthSignIn::denialIsTold()
{
    start(ScriptedServer::closedPort());
    const QByteArray page = get(
        "/?error=access_denied&error_description=The+user%0asaid+%3Cb%3Eno&state=" + QUrl::toPercentEncoding(state()));
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::Refused);
    QCOMPARE(tokens.error().enhancedCode, "access_denied");
    QCOMPARE(tokens.error().serverText, u"The user said <b>no"_s);
    QVERIFY(page.contains("Giriş olmadı") && !page.contains("The user"));
}

void TestOAuthSignIn::pageIsInTheUsersLanguageAndPlainText()
{
    start(ScriptedServer::closedPort());
    const QByteArray page = get("/");
    QVERIFY(page.contains("<html lang=\"tr\">"));
    QVERIFY(page.contains("&lt;b&gt;Postacı&lt;/b&gt;"));
    QVERIFY(page.contains("\r\nCache-Control: no-store\r\n"));
    QVERIFY(page.contains("\r\nReferrer-Policy: no-referrer\r\n"));
    QVERIFY(page.contains("\r\nContent-Security-Policy: default-src 'none';"));
}

void TestOAuthSignIn::failuresHaveTheirKind_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("void code") << redeemEndpoint("400 Bad Request", R"({"error":"invalid_grant"})")
                               << ErrorKind::OAuthNeeded;
    QTest::newRow("wrong client") << redeemEndpoint("400 Bad Request", R"({"error":"invalid_client"})")
                                  << ErrorKind::Refused;
    QTest::newRow("server in trouble") << redeemEndpoint("500 Oops", "{}") << ErrorKind::TryLater;
    QTest::newRow("no JSON") << redeemEndpoint("200 OK", "<html>") << ErrorKind::Protocol;
    QTest::newRow("cut off") << Script()
                                    .startTls()
                                    .receiveUntil("\r\n\r\n", "head")
                                    .send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"access_token\":\"a\"")
                                    .cut()
                             << ErrorKind::ConnectionLost;
    QTest::newRow("expired certificate") << Script().expectTlsRefusal(TestCertificate::Expired)
                                         << ErrorKind::CertificateExpired;
    QTest::newRow("another's certificate")
        << Script().expectTlsRefusal(TestCertificate::WrongName) << ErrorKind::CertificateName;
    QTest::newRow("right common name beside another name")
        << Script().expectTlsRefusal(TestCertificate::CommonName) << ErrorKind::CertificateName;
    QTest::newRow("self-signed") << Script().expectTlsRefusal(TestCertificate::SelfSigned)
                                 << ErrorKind::CertificateUntrusted;
    QTest::newRow("nobody there") << Script() << ErrorKind::ConnectionRefused;
}

void TestOAuthSignIn::failuresHaveTheirKind()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    const bool nobody = kind == ErrorKind::ConnectionRefused;
    const auto issuer = nobody ? nullptr : std::make_unique<ScriptedServer>(QList<Script>{script});
    start(nobody ? ScriptedServer::closedPort() : issuer->port());
    const QByteArray page = get(redirectTarget());
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, kind);
    QCOMPARE(tokens.error().step, Step::SignIn);
    QVERIFY(tokens.error().endpoint.startsWith(u"localhost:"_s));
    QVERIFY(page.contains("Giriş olmadı"));
    if (issuer)
        QVERIFY2(issuer->finished(), issuer->failure());
}

void TestOAuthSignIn::issuerIsAskedOnceAfterA401()
{
    // A second connection would have no script, which fails the server.
    ScriptedServer issuer(
        {redeemEndpoint("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"", R"({"error":"invalid_client"})")
                .expectClose()});
    start(issuer.port());
    (void)get(redirectTarget());
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::Refused);
    QCOMPARE(tokens.error().enhancedCode, "invalid_client");
    QVERIFY2(issuer.finished(), issuer.failure());
    QVERIFY(!issuer.receivedEncrypted().contains("Authorization: Basic"));
}

// T19: Qt would send the request again, by itself. It may knock once more; what counts is that it says nothing then.
void TestOAuthSignIn::codeIsSentOnce_data()
{
    QTest::addColumn<QList<Script>>("scripts");
    const Script heard = silentEndpoint("redirect_uri", qsizetype(strlen("http%3A%2F%2F127.0.0.1%3A12345")));
    const Script knock = Script().stall();
    QTest::newRow("closed") << QList<Script>{Script(heard).close()};
    QTest::newRow("cut") << QList<Script>{Script(heard).cut(), knock};
    QTest::newRow("reset") << QList<Script>{Script(heard).reset(), knock};
    QTest::newRow("cut in the middle of the request") << QList<Script>{
        Script().startTls().receiveUntil("\r\n\r\n", "head").receiveUntil("&code=", "form").cut(), knock};
}

void TestOAuthSignIn::codeIsSentOnce()
{
    QFETCH(QList<Script>, scripts);
    ScriptedServer issuer(scripts);
    start(issuer.port());
    const QByteArray page = get(redirectTarget());
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::ConnectionLost);
    QVERIFY(page.contains("Giriş olmadı"));
    QVERIFY2(issuer.finished(), issuer.failure());
    QCOMPARE(issuer.receivedEncrypted().count("POST "), 1);
    QCOMPARE(issuer.receivedEncrypted().count("client_id="), 1);
}

void TestOAuthSignIn::refreshTokenIsSentOnce_data()
{
    QTest::addColumn<QList<Script>>("scripts");
    const Script heard = silentEndpoint("refresh_token", qsizetype(strlen("yenileme")));
    QTest::newRow("closed") << QList<Script>{Script(heard).close()};
    QTest::newRow("cut") << QList<Script>{Script(heard).cut(), Script().stall()};
    QTest::newRow("reset") << QList<Script>{Script(heard).reset(), Script().stall()};
}

void TestOAuthSignIn::refreshTokenIsSentOnce()
{
    QFETCH(QList<Script>, scripts);
    ScriptedServer issuer(scripts);
    OAuthRefresh refresh(testTlsPolicy());
    const Result<OAuthTokens> tokens = await(refresh.run(client(issuer.port()), u"yenileme"_s));
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::ConnectionLost);
    QVERIFY2(issuer.finished(), issuer.failure());
    QCOMPARE(issuer.receivedEncrypted().count("yenileme"), 1);
}

void TestOAuthSignIn::redirectOfTheTokenEndpointIsNotFollowed()
{
    ScriptedServer elsewhere(QList<Script>{});
    ScriptedServer issuer({redeemEndpoint(
        "307 Moved\r\nLocation: https://localhost:" + QByteArray::number(elsewhere.port()) + "/token", "{}")});
    start(issuer.port());
    (void)get(redirectTarget());
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::Protocol);
    QCOMPARE(elsewhere.connectionCount(), 0);
    QVERIFY2(issuer.finished(), issuer.failure());
}

void TestOAuthSignIn::endlessAnswerIsCutOff()
{
    Script script;
    script.startTls().receiveUntil("\r\n\r\n", "head").send("HTTP/1.1 200 OK\r\n\r\n{\"access_token\":\"");
    script.sendRaw(QByteArray(200'000, 'a')).stall();
    ScriptedServer issuer({script});
    start(issuer.port());
    (void)get(redirectTarget());
    const Result<OAuthTokens> tokens = await(m_tokens);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, ErrorKind::Protocol);
}

void TestOAuthSignIn::withoutClientIdNothingHappens()
{
    OAuthClient nobody = client(1);
    nobody.clientId.clear();
    m_tokens = m_signIn->run(nobody, {}, m_pages);
    QVERIFY(m_tokens.isFinished());
    QCOMPARE(m_tokens.result().error().kind, ErrorKind::OAuthNeeded);
    QCOMPARE(m_browser->size(), 0);
}

void TestOAuthSignIn::refreshSendsEveryCharacter()
{
    const QString token = u"1//a+b&c=d%41 e~f"_s;
    const QByteArray encoded = QUrl::toPercentEncoding(token);
    ScriptedServer issuer({tokenEndpoint("200 OK", tokenAnswer, "refresh_token", encoded.size())});
    OAuthRefresh refresh(testTlsPolicy());
    const Result<OAuthTokens> tokens = await(refresh.run(client(issuer.port()), token));
    QVERIFY2(tokens, describe(tokens));
    QCOMPARE(tokens->accessToken, u"gizli-erisim"_s);
    QVERIFY2(issuer.finished(), issuer.failure());
    const QByteArray form = issuer.captured("form");
    QVERIFY(!form.contains('+'));
    QCOMPARE(issuer.captured("last"), encoded);
    QCOMPARE(value(formOf(form), u"grant_type"_s), u"refresh_token"_s);
    QCOMPARE(value(formOf(form), u"client_secret"_s), u"a+b&c=d%41"_s);
    const qsizetype size = form.size() + qsizetype(strlen("&refresh_token=")) + encoded.size();
    const QByteArray head = issuer.captured("head").toLower();
    QVERIFY2(head.contains("content-length: " + QByteArray::number(size)), head);
}

void TestOAuthSignIn::refreshCanBeCancelled()
{
    ScriptedServer issuer({Script().startTls().receiveUntil("\r\n\r\n", "head").pause("asked").stall()});
    OAuthRefresh refresh(testTlsPolicy());
    const QFuture<Result<OAuthTokens>> tokens = refresh.run(client(issuer.port()), u"yenileme"_s);
    QTRY_VERIFY_WITH_TIMEOUT(issuer.isPausedAt("asked"), testPatience);
    refresh.cancel();
    QVERIFY(tokens.isFinished());
    QCOMPARE(tokens.result().error().kind, ErrorKind::Cancelled);
    QCOMPARE(tokens.result().error().step, Step::RefreshToken);
    issuer.resume("asked");
    QVERIFY2(issuer.finished(), issuer.failure());
}

// L09
void TestOAuthSignIn::nothingSecretIsLogged()
{
    const LogCatcher catcher;
    ScriptedServer issuer({redeemEndpoint("200 OK", tokenAnswer),
        tokenEndpoint("400 Bad Request", R"({"error":"invalid_grant","error_description":"gizli-erisim"})",
            "refresh_token", qsizetype(strlen("gizli-yenileme")))});
    start(issuer.port(), u"gizli-ayse@example.com"_s);
    (void)get("/?code=gizli-baskakod&state=gizli-yanlis");
    (void)get(redirectTarget());
    QVERIFY(await(m_tokens));
    OAuthRefresh refresh(testTlsPolicy());
    QVERIFY(!await(refresh.run(client(issuer.port()), u"gizli-yenileme"_s)));
    const QString verifier = value(formOf(issuer.captured("form")), u"code_verifier"_s);
    QVERIFY(!verifier.isEmpty());
    QVERIFY(!LogCatcher::text().isEmpty()); // Qt does say something
    for (const QString &secret : {u"gizli"_s, u"4/+kod"_s, u"4%2F%2Bkod"_s, u"a+b&c"_s, u"a%2Bb"_s, verifier})
        QVERIFY2(!LogCatcher::text().contains(secret), qPrintable(LogCatcher::text()));
}

QTEST_GUILESS_MAIN(TestOAuthSignIn)
#include "test_oauthsignin.moc"
