// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/paccdocument.h"
#include "core/discovery/webpolicy.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestWebAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void urlsNameTheDomainOnly();
    void redirects_data();
    void redirects();
    void htmlIsRecognised();
    void autodiscover_data();
    void autodiscover();

    void paccDocument();
    void paccWithoutPasswords();
    void unusablePacc_data();
    void unusablePacc();
    void digestHoldsForExactBytes();
    void digestRecords_data();
    void digestRecords();
};

namespace {

const QByteArray pacc = R"({"protocols": {"imap": {"host": "imap.d3.example"}, "pop3": {"host": "pop.d3.example"},
    "smtp": {"host": "smtp.d3.example"}, "jmap": {"url": "https://jmap.d3.example/"}},
    "authentication": {"oauth-public": {"issuer": "https://login.d3.example/"}, "password": true},
    "info": {"provider": {"name": "D3 Mail", "shortName": "D3"}}})";

QByteArray recordFor(const QByteArray &body)
{
    return "v=UAAC1; a=sha256; d=" + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toBase64();
}

} // namespace

void TestWebAnswers::urlsNameTheDomainOnly()
{
    const QString domain = u"d1.example"_s;
    QCOMPARE(autoconfigUrl(domain).toEncoded(), "https://autoconfig.d1.example/mail/config-v1.1.xml");
    QCOMPARE(wellKnownUrl(domain).toEncoded(), "https://d1.example/.well-known/autoconfig/mail/config-v1.1.xml");
    QCOMPARE(ispdbUrl(domain).toEncoded(), "https://autoconfig.thunderbird.net/v1.1/d1.example");
    QCOMPARE(
        paccUrl(domain).toEncoded(), "https://ua-auto-config.d1.example/.well-known/user-agent-configuration.json");
    QCOMPARE(withPlaceholder(autoconfigUrl(domain), domain).toEncoded(),
        "https://autoconfig.d1.example/mail/config-v1.1.xml?emailaddress=autoconfig%40d1.example");
    QCOMPARE(autodiscoverUrl(u"outlook.office365.com"_s, domain).toEncoded(),
        "https://outlook.office365.com/autodiscover/"
        "autodiscover.json?Email=autoconfig%40d1.example&Protocol=AutodiscoverV1");
}

void TestWebAnswers::redirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("target");
    QTest::newRow("another host") << QByteArray("https://mail.example.com/a.xml")
                                  << u"https://mail.example.com/a.xml"_s;
    QTest::newRow("relative") << QByteArray("/b.xml?x=1") << u"https://autoconfig.d9.example/b.xml?x=1"_s;
    QTest::newRow("without a scheme") << QByteArray("//w.example.com/c") << u"https://w.example.com/c"_s;
    QTest::newRow("fragment") << QByteArray("/b#x") << u"https://autoconfig.d9.example/b"_s;
    QTest::newRow("to http") << QByteArray("http://autoconfig.d9.example/b.xml") << QString();
    QTest::newRow("to a file") << QByteArray("file:///etc/passwd") << QString();
    QTest::newRow("with a password") << QByteArray("https://u:p@autoconfig.d9.example/") << QString();
    QTest::newRow("to an address in digits") << QByteArray("https://192.168.1.1/") << QString();
    QTest::newRow("to another port") << QByteArray("https://autoconfig.d9.example:8443/") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("endless") << "/" + QByteArray(5000, 'a') << QString();
    QTest::newRow("garbage") << QByteArray("https://%zz/\x01") << QString();
}

void TestWebAnswers::redirects()
{
    QFETCH(QByteArray, location);
    const auto target = redirectTarget(QUrl(u"https://autoconfig.d9.example/mail/config-v1.1.xml"_s), location);
    QTEST(target ? target->toString(QUrl::FullyEncoded) : QString(), "target");
}

void TestWebAnswers::htmlIsRecognised()
{
    QVERIFY(looksLikeHtml("\r\n<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><HTML>"));
    QVERIFY(looksLikeHtml("<html lang=\"tr\">"));
    QVERIFY(!looksLikeHtml("<?xml version=\"1.0\"?><clientConfig version=\"1.1\">"));
    QVERIFY(!looksLikeHtml(pacc));
    QVERIFY(!looksLikeHtml({}));
}

void TestWebAnswers::autodiscover_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("host");
    QTest::newRow("Microsoft") << QByteArray(
        R"({"Protocol":"AutodiscoverV1","Url":"https://outlook.office365.com/autodiscover/autodiscover.xml"})")
                               << u"outlook.office365.com"_s;
    QTest::newRow("own server") << QByteArray(R"({"Url":"https://Posta.Firma.com.tr/x"})") << u"posta.firma.com.tr"_s;
    QTest::newRow("http") << QByteArray(R"({"Url":"http://posta.firma.com.tr/x"})") << QString();
    QTest::newRow("no answer") << QByteArray(R"({"ErrorCode":"InvalidRequest","ErrorMessage":"x"})") << QString();
    QTest::newRow("a list") << QByteArray("[1]") << QString();
    QTest::newRow("web page") << QByteArray("<html>") << QString();
}

void TestWebAnswers::autodiscover()
{
    QFETCH(QByteArray, json);
    QTEST(autodiscoverHost(json).value_or(QString()), "host");
}

void TestWebAnswers::paccDocument()
{
    const auto document = parsePacc(pacc);
    QVERIFY(document);
    QCOMPARE(document->providerName, u"D3 Mail"_s);
    QCOMPARE(document->oauthIssuer, QUrl(u"https://login.d3.example/"_s));
    QCOMPARE(document->incoming.size(), 2);
    QCOMPARE(document->incoming[0].endpoint(), u"imap.d3.example:993"_s);
    QCOMPARE(document->incoming[1].endpoint(), u"pop.d3.example:995"_s);
    QCOMPARE(document->outgoing.size(), 1);
    QCOMPARE(document->outgoing[0].endpoint(), u"smtp.d3.example:465"_s);
    QCOMPARE(document->outgoing[0].encryption, Encryption::ImplicitTls);
    QCOMPARE(document->outgoing[0].auth, AuthMethod::Password);
    QCOMPARE(document->outgoing[0].userName, u"%EMAILADDRESS%"_s);
}

void TestWebAnswers::paccWithoutPasswords()
{
    const auto document = parsePacc(QByteArray(pacc).replace("\"password\": true", "\"password\": false"));
    QVERIFY(document);
    QCOMPARE(document->incoming[0].auth, AuthMethod::OAuth2);
    QCOMPARE(document->outgoing[0].auth, AuthMethod::OAuth2);
}

void TestWebAnswers::unusablePacc_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("<html>");
    QTest::newRow("no mail server") << QByteArray(R"({"protocols": {"jmap": {"url": "https://x.example"}}})");
    QTest::newRow("host in digits") << QByteArray(R"({"protocols": {"imap": {"host": "10.0.0.1"}}})");
    QTest::newRow("host is a number") << QByteArray(R"({"protocols": {"imap": {"host": 5}}})");
    QTest::newRow("a list") << QByteArray(R"({"protocols": [{"imap": {"host": "imap.example.com"}}]})");
    QTest::newRow("too large") << pacc + QByteArray(200'000, ' ');
}

void TestWebAnswers::unusablePacc()
{
    QFETCH(QByteArray, json);
    const auto document = parsePacc(json);
    QVERIFY(!document);
    QCOMPARE(document.error().kind, ErrorKind::Protocol);
}

// Case 18
void TestWebAnswers::digestHoldsForExactBytes()
{
    const QList<QByteArray> records{"v=spf1 -all", recordFor(pacc)};
    QVERIFY(paccDigestMatches(pacc, records));
    for (const qsizetype at : {qsizetype(0), pacc.size() / 2, pacc.size() - 1}) {
        QByteArray changed = pacc;
        changed[at] = char(changed[at] ^ 1);
        QVERIFY(!paccDigestMatches(changed, records));
    }
    QVERIFY(!paccDigestMatches(pacc + ' ', records));
    QVERIFY(!paccDigestMatches(pacc, {}));
}

void TestWebAnswers::digestRecords_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<bool>("isRecord");
    QTest::addColumn<bool>("matches");
    const QByteArray digest = QCryptographicHash::hash(pacc, QCryptographicHash::Sha256).toBase64();
    QTest::newRow("as written") << recordFor(pacc) << true << true;
    QTest::newRow("another order, no spaces") << "a=sha256;d=" + digest + ";v=UAAC1;" << true << true;
    QTest::newRow("unknown tag") << recordFor(pacc) + "; n=x" << true << true;
    QTest::newRow("another hash") << "v=UAAC1; a=sha1; d=" + digest << true << false;
    QTest::newRow("no hash named") << "v=UAAC1; d=" + digest << true << false;
    QTest::newRow("another version") << "v=UAAC2; a=sha256; d=" + digest << false << false;
    QTest::newRow("twice") << "v=UAAC1; a=sha256; d=AAAA; d=" + digest << false << false;
    QTest::newRow("no base64") << QByteArray("v=UAAC1; a=sha256; d=!!!!") << true << false;
    QTest::newRow("empty digest") << QByteArray("v=UAAC1; a=sha256; d=") << true << false;
    QTest::newRow("SPF") << QByteArray("v=spf1 include:example.com -all") << false << false;
}

void TestWebAnswers::digestRecords()
{
    QFETCH(QByteArray, record);
    QTEST(hasPaccRecord({record}), "isRecord");
    QTEST(paccDigestMatches(pacc, {record}), "matches");
}

QTEST_GUILESS_MAIN(TestWebAnswers)
#include "test_webanswers.moc"
