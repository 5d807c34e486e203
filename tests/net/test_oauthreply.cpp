// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthclient.h"
#include "core/net/oauthreply.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// RFC 6749 4.1.2, 5.1 and 5.2, as issuers write them and as others could.
class TestOAuthReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokensAreRead_data();
    void tokensAreRead();
    void lifetimeIsRelative();
    void failuresHaveTheirKind_data();
    void failuresHaveTheirKind();
    void issuersWordsAreCleaned();
    void requestIsRead_data();
    void requestIsRead();
    void noRequest_data();
    void noRequest();
    void denialIsARefusal();
    void clientNeedsSafeAddresses_data();
    void clientNeedsSafeAddresses();
};

void TestOAuthReply::tokensAreRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("access");
    QTest::addColumn<QString>("refresh");
    QTest::newRow("RFC 6749 5.1") << QByteArray(
        R"({"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example","expires_in":3600})")
                                         .replace("example", "Bearer")
                                  << u"2YotnFZFEjr1zCsicMWpAA"_s << QString();
    QTest::newRow("with a refresh token")
        << QByteArray(R"({"access_token":"a","refresh_token":"r","token_type":"bearer"})") << u"a"_s << u"r"_s;
    QTest::newRow("no token type") << QByteArray(R"({"access_token":"a b+/=~"})") << u"a b+/=~"_s << QString();
}

void TestOAuthReply::tokensAreRead()
{
    QFETCH(QByteArray, body);
    const Result<OAuthTokens> tokens = parseTokenReply(200, body);
    QVERIFY(tokens);
    QTEST(tokens->accessToken, "access");
    QTEST(tokens->refreshToken, "refresh");
}

void TestOAuthReply::lifetimeIsRelative()
{
    const auto life = [](const QByteArray &expiresIn) {
        const auto tokens = parseTokenReply(200, R"({"access_token":"a")" + expiresIn + '}');
        return tokens ? tokens->expires.remainingTime() : -2;
    };
    QCOMPARE(life(""), -1); // forever, as far as we are told
    QCOMPARE(life(R"(,"expires_in":null)"), -1);
    QCOMPARE(life(R"(,"expires_in":-5)"), -1);
    QCOMPARE(life(R"(,"expires_in":"soon")"), -1);
    QCOMPARE(life(R"(,"expires_in":0)"), 0);
    for (const char *hour : {R"(,"expires_in":3600)", R"(,"expires_in":"3600")", R"(,"expires_in":3600.0)"})
        QVERIFY(life(hour) > 3'500'000 && life(hour) <= 3'600'000);
    QVERIFY(life(R"(,"expires_in":1e300)") > 3'600'000);
}

void TestOAuthReply::failuresHaveTheirKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    const auto add = [](const char *name, int status, const char *body, ErrorKind kind) {
        QTest::newRow(name) << status << QByteArray(body) << kind;
    };
    add("void login", 400, R"({"error":"invalid_grant"})", ErrorKind::OAuthNeeded);
    add("the user must confirm", 400, R"({"error":"interaction_required"})", ErrorKind::OAuthNeeded);
    add("an error with status 200", 200, R"({"error":"invalid_grant"})", ErrorKind::OAuthNeeded);
    add("wrong client", 401, R"({"error":"invalid_client"})", ErrorKind::Refused);
    add("an error nobody knows", 400, R"({"error":"ne_bu"})", ErrorKind::Refused);
    add("server in trouble", 500, "", ErrorKind::TryLater);
    add("server in trouble that judges all the same", 503, R"({"error":"invalid_grant"})", ErrorKind::TryLater);
    add("too many requests", 429, R"({"error":"invalid_grant"})", ErrorKind::TryLater);
    add("for now", 400, R"({"error":"temporarily_unavailable"})", ErrorKind::TryLater);
    add("captive portal", 200, "<html>Please sign in</html>", ErrorKind::Protocol);
    add("captive portal with a status", 403, "<html>Please sign in</html>", ErrorKind::Protocol);
    add("redirect", 302, "", ErrorKind::Protocol);
    add("nothing", 200, "", ErrorKind::Protocol);
    add("a list", 200, "[]", ErrorKind::Protocol);
    add("no token", 200, R"({"token_type":"bearer"})", ErrorKind::Protocol);
    add("a number for a token", 200, R"({"access_token":7})", ErrorKind::Protocol);
    add("line break in the token", 200, "{\"access_token\":\"a\\r\\nb\"}", ErrorKind::Protocol);
    add("NUL in the token", 200, R"({"access_token":"a\u0000b"})", ErrorKind::Protocol);
    add("other letters in the token", 200, R"({"access_token":"ş"})", ErrorKind::Protocol);
    add("another type of token", 200, R"({"access_token":"a","token_type":"mac"})", ErrorKind::Protocol);
    QTest::newRow("endless token") << 200 << R"({"access_token":")" + QByteArray(20'000, 'a') + R"("})"
                                   << ErrorKind::Protocol;
    QTest::newRow("endless answer") << 200 << R"({"access_token":"a","x":")" + QByteArray(70'000, 'a') + R"("})"
                                    << ErrorKind::Protocol;
}

void TestOAuthReply::failuresHaveTheirKind()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const Result<OAuthTokens> tokens = parseTokenReply(status, body);
    QVERIFY(!tokens);
    QTEST(tokens.error().kind, "kind");
}

void TestOAuthReply::issuersWordsAreCleaned()
{
    const auto tokens = parseTokenReply(400,
        "{\"error\":\"invalid_grant\",\"error_description\":\"Token\\u202e has\\nexpired" + QByteArray(1000, '!')
            + "\"}");
    QVERIFY(!tokens);
    QVERIFY(tokens.error().serverText.startsWith(u"Token has expired!"_s));
    QVERIFY(tokens.error().serverText.size() <= 300);
    QCOMPARE(tokens.error().enhancedCode, "invalid_grant");
    const auto odd = parseTokenReply(400, R"({"error":"ş\n"})");
    QCOMPARE(odd.error().enhancedCode, "unreadable");
}

void TestOAuthReply::requestIsRead_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("code") << QByteArray("/?code=abc&state=xyz") << u"xyz"_s << u"abc"_s << QByteArray();
    QTest::newRow("encoded") << QByteArray("/?state=x%2By+z&code=4%2F0%25%2B&scope=a+b") << u"x+y z"_s << u"4/0%+"_s
                             << QByteArray();
    QTest::newRow("denied") << QByteArray("/?error=access_denied&state=xyz") << u"xyz"_s << QString()
                            << QByteArray("access_denied");
}

void TestOAuthReply::requestIsRead()
{
    QFETCH(QByteArray, target);
    const auto request
        = parseLoopbackRequest("GET " + target + " HTTP/1.1\r\nAccept: */*\r\nhost: 127.0.0.1:81\r\n\r\n");
    QVERIFY(request && request->redirect);
    QCOMPARE(request->path, "/");
    QCOMPARE(request->host, "127.0.0.1:81");
    QTEST(request->redirect->state, "state");
    QTEST(request->redirect->code, "code");
    QTEST(request->redirect->error, "error");
}

void TestOAuthReply::noRequest_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isHttp"); // and only the query is nothing for us
    const auto add
        = [](const char *name, const QByteArray &head, bool isHttp) { QTest::newRow(name) << head << isHttp; };
    const QByteArray host = " HTTP/1.1\r\nHost: h\r\n\r\n";
    add("no query", "GET /" + host, true);
    add("no code", "GET /?state=x" + host, true);
    add("code and error", "GET /?state=x&code=a&error=b" + host, true);
    add("state twice", "GET /?state=x&state=y&code=a" + host, true);
    add("code twice", "GET /?state=x&code=a&code=b" + host, true);
    add("code with a line break", "GET /?state=x&code=a%0d%0ab" + host, true);
    add("POST", "POST /?state=x&code=a" + host, false);
    add("another server's URL", "GET http://example.com/?state=x&code=a" + host, false);
    add("two slashes", "GET //example.com/?state=x&code=a" + host, false);
    add("no version", "GET /?state=x&code=a\r\n\r\n", false);
    add("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", false);
    add("no field", "GET / HTTP/1.1\r\nnonsense\r\n\r\n", false);
    add("unfinished", "GET / HTTP/1.1\r\nHost: a\r\n", false);
    add("TLS", QByteArray::fromHex("160301020001000200"), false);
    add("nothing", "", false);
    add("too long", "GET /?" + QByteArray(20'000, 'a') + host, false);
    add("NUL", QByteArray("GET /?state=\0 HTTP/1.1\r\nHost: h\r\n\r\n", 36), false);
}

void TestOAuthReply::noRequest()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, isHttp);
    const auto request = parseLoopbackRequest(head);
    QCOMPARE(request.has_value(), isHttp);
    QVERIFY(!request || !request->redirect);
}

void TestOAuthReply::denialIsARefusal()
{
    const auto request = parseLoopbackRequest(
        "GET /?error=access_denied&error_description=The+user%0asaid+%3Cb%3Eno&state=x HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(request && request->redirect);
    const MailError error = errorOf(*request->redirect);
    QCOMPARE(error.kind, ErrorKind::Refused);
    QCOMPARE(error.serverText, u"The user said <b>no"_s);
    QCOMPARE(errorOf({.error = "temporarily_unavailable"}).kind, ErrorKind::TryLater);
}

void TestOAuthReply::clientNeedsSafeAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("usable");
    QTest::newRow("https") << u"https://login.example.com/token"_s << true;
    QTest::newRow("this computer") << u"http://127.0.0.1:8080/token"_s << true;
    QTest::newRow("this computer by name") << u"http://localhost:8080/token"_s << true;
    QTest::newRow("clear text") << u"http://login.example.com/token"_s << false;
    QTest::newRow("looks like this computer") << u"http://127.0.0.1.example.com/token"_s << false;
    QTest::newRow("with a password") << u"https://a:b@login.example.com/token"_s << false;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("none") << QString() << false;
}

void TestOAuthReply::clientNeedsSafeAddresses()
{
    QFETCH(QString, url);
    QFETCH(bool, usable);
    const QUrl good(u"https://login.example.com/x"_s);
    QCOMPARE((OAuthClient{.authorizationUrl = good, .tokenUrl = QUrl(url), .clientId = u"id"_s}.isUsable()), usable);
    QCOMPARE((OAuthClient{.authorizationUrl = QUrl(url), .tokenUrl = good, .clientId = u"id"_s}.isUsable()), usable);
    QVERIFY(!(OAuthClient{.authorizationUrl = good, .tokenUrl = QUrl(url)}.isUsable()));
}

QTEST_GUILESS_MAIN(TestOAuthReply)
#include "test_oauthreply.moc"
