// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/autoconfigxml.h"
#include "tests/support/processortime.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

QByteArray server(const QByteArray &element, const QByteArray &type, const QByteArray &inside)
{
    return "<" + element + " type=\"" + type + "\">" + inside + "</" + element + ">";
}

QByteArray fields(const QByteArray &host, const QByteArray &port, const QByteArray &socket,
    const QByteArray &user = "%EMAILADDRESS%", const QByteArray &authentication = "password-cleartext")
{
    return "<hostname>" + host + "</hostname><port>" + port + "</port><socketType>" + socket + "</socketType><username>"
        + user + "</username><authentication>" + authentication + "</authentication>";
}

QByteArray imap(const QByteArray &inside)
{
    return server("incomingServer", "imap", inside);
}

QByteArray smtp(const QByteArray &inside)
{
    return server("outgoingServer", "smtp", inside);
}

QByteArray document(const QByteArray &servers)
{
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="example.com"><domain>example.com</domain>
<displayName>Örnek Posta</displayName>)"
        + servers + "</emailProvider></clientConfig>";
}

} // namespace

class TestAutoconfigXml : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAWholeDocument();
    void unusableServersAreLeftOut_data();
    void unusableServersAreLeftOut();
    void authentication_data();
    void authentication();
    void userNames_data();
    void userNames();
    void onlyUnencryptedIsSaid();
    void otherDocumentsAreRefused_data();
    void otherDocumentsAreRefused();
    void everyCutIsRefused();
    void entitiesAreNeverExpanded();
};

void TestAutoconfigXml::readsAWholeDocument()
{
    const auto found = parseAutoconfig(
        document(imap(fields("mail.example.com", "143", "STARTTLS")) + imap(fields("imap.%EMAILDOMAIN%", "993", "SSL"))
            + server("incomingServer", "pop3", fields("pop.example.com", "995", "SSL"))
            + server("incomingServer", "exchange", "<owaURL>https://x.example</owaURL>")
            + smtp(fields("smtp.example.com", "465", "SSL", "%EMAILLOCALPART%"))
            + "<documentation url=\"https://x.example\"><descr>x</descr></documentation>"),
        u"example.com"_s);
    QVERIFY(found);
    QCOMPARE(found->providerName, u"Örnek Posta"_s);
    QCOMPARE(found->incoming.size(), 3);
    QCOMPARE(found->incoming[0].endpoint(), u"mail.example.com:143"_s);
    QCOMPARE(found->incoming[0].encryption, Encryption::StartTls);
    QCOMPARE(found->incoming[1].endpoint(), u"imap.example.com:993"_s);
    QCOMPARE(found->incoming[1].encryption, Encryption::ImplicitTls);
    QCOMPARE(found->incoming[1].protocol, Protocol::Imap);
    QCOMPARE(found->incoming[2].protocol, Protocol::Pop3);
    QCOMPARE(found->outgoing.size(), 1);
    QCOMPARE(found->outgoing[0].endpoint(), u"smtp.example.com:465"_s);
    QCOMPARE(found->outgoing[0].protocol, Protocol::Smtp);
    QCOMPARE(found->outgoing[0].userName, u"%EMAILLOCALPART%"_s);
    QVERIFY(!found->onlyUnencrypted);
}

void TestAutoconfigXml::unusableServersAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("servers");
    QTest::newRow("unencrypted") << imap(fields("i.example.com", "143", "plain"));
    QTest::newRow("unknown socket type") << imap(fields("i.example.com", "993", "TLS1.4"));
    QTest::newRow("no socket type") << imap("<hostname>i.example.com</hostname><port>993</port>");
    QTest::newRow("IMAP on 587") << imap(fields("i.example.com", "587", "STARTTLS"));
    QTest::newRow("IMAP on POP3's port") << imap(fields("i.example.com", "995", "SSL"));
    QTest::newRow("POP3 on 993") << server("incomingServer", "pop3", fields("i.example.com", "993", "SSL"));
    QTest::newRow("587 marked SSL") << smtp(fields("s.example.com", "587", "SSL"));
    QTest::newRow("between servers") << smtp(fields("s.example.com", "25", "STARTTLS"));
    QTest::newRow("port 0") << imap(fields("i.example.com", "0", "SSL"));
    QTest::newRow("port too large") << imap(fields("i.example.com", "66529", "SSL"));
    QTest::newRow("port in words") << imap(fields("i.example.com", "imaps", "SSL"));
    QTest::newRow("address in digits") << imap(fields("192.0.2.1", "993", "SSL"));
    QTest::newRow("one label") << imap(fields("mail", "993", "SSL"));
    QTest::newRow("host with a path") << imap(fields("i.example.com/x", "993", "SSL"));
    QTest::newRow("unknown placeholder in the host") << imap(fields("%EMAILLOCALPART%.example.com", "993", "SSL"));
    QTest::newRow("incoming SMTP") << server("incomingServer", "smtp", fields("i.example.com", "465", "SSL"));
    QTest::newRow("outside of emailProvider")
        << QByteArray("</emailProvider>") + imap(fields("i.example.com", "993", "SSL")) + "<emailProvider>";
    QTest::newRow("Kerberos only") << imap(fields("i.example.com", "993", "SSL", "%EMAILADDRESS%", "GSSAPI"));
    QTest::newRow("line break in the user name") << imap(fields("i.example.com", "993", "SSL", "a&#13;&#10;b"));
    QTest::newRow("endless user name") << imap(fields("i.example.com", "993", "SSL", QByteArray(5000, 'a')));
}

void TestAutoconfigXml::unusableServersAreLeftOut()
{
    QFETCH(QByteArray, servers);
    const auto found = parseAutoconfig(document(servers), u"example.com"_s);
    QVERIFY(found);
    QVERIFY(found->incoming.isEmpty());
    QVERIFY(found->outgoing.isEmpty());
}

void TestAutoconfigXml::authentication_data()
{
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<AuthMethod>("method");
    const QByteArray password = "<authentication>password-cleartext</authentication>";
    const QByteArray oauth = "<authentication>OAuth2</authentication>";
    QTest::newRow("password") << password << AuthMethod::Password;
    QTest::newRow("encrypted password") << QByteArray("<authentication>password-encrypted</authentication>")
                                        << AuthMethod::Password;
    QTest::newRow("none named") << QByteArray() << AuthMethod::Password;
    QTest::newRow("OAuth first") << oauth + password << AuthMethod::Password;
    QTest::newRow("only OAuth") << oauth << AuthMethod::OAuth2;
    QTest::newRow("relay") << QByteArray("<authentication>client-IP-address</authentication>") << AuthMethod::None;
}

void TestAutoconfigXml::authentication()
{
    QFETCH(QByteArray, inside);
    const auto found = parseAutoconfig(
        document(smtp("<hostname>s.example.com</hostname><port>465</port><socketType>SSL</socketType>" + inside)),
        u"example.com"_s);
    QVERIFY(found);
    QCOMPARE(found->outgoing.size(), 1);
    QTEST(found->outgoing[0].auth, "method");
    QCOMPARE(found->outgoing[0].userName, u"%EMAILADDRESS%"_s);
}

void TestAutoconfigXml::userNames_data()
{
    QTest::addColumn<QByteArray>("inDocument");
    QTest::addColumn<bool>("placeholderSent");
    QTest::addColumn<QString>("userName");
    QTest::newRow("template") << QByteArray("%EMAILADDRESS%") << true << u"%EMAILADDRESS%"_s;
    QTest::newRow("the placeholder") << QByteArray("autoconfig@example.com") << true << u"%EMAILADDRESS%"_s;
    QTest::newRow("its capitals") << QByteArray("Autoconfig@Example.com") << true << u"%EMAILADDRESS%"_s;
    QTest::newRow("its local part") << QByteArray("autoconfig") << true << u"%EMAILLOCALPART%"_s;
    QTest::newRow("joined otherwise") << QByteArray("autoconfig%example.com") << true
                                      << u"%EMAILLOCALPART%%example.com"_s;
    QTest::newRow("never sent") << QByteArray("autoconfig@example.com") << false << u"autoconfig@example.com"_s;
    QTest::newRow("a person's") << QByteArray("ayse") << true << u"ayse"_s;
}

void TestAutoconfigXml::userNames()
{
    QFETCH(QByteArray, inDocument);
    QFETCH(bool, placeholderSent);
    const auto found = parseAutoconfig(
        document(imap(fields("i.example.com", "993", "SSL", inDocument))), u"example.com"_s, placeholderSent);
    QVERIFY(found);
    QCOMPARE(found->incoming.size(), 1);
    QTEST(found->incoming[0].userName, "userName");
}

void TestAutoconfigXml::onlyUnencryptedIsSaid()
{
    const auto found = parseAutoconfig(
        document(imap(fields("i.example.com", "143", "plain")) + smtp(fields("s.example.com", "25", "plain"))),
        u"example.com"_s);
    QVERIFY(found);
    QVERIFY(found->onlyUnencrypted);
}

void TestAutoconfigXml::otherDocumentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("xml");
    const QByteArray good = document(imap(fields("i.example.com", "993", "SSL")));
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a web page") << QByteArray("<!DOCTYPE html><html><body>404</body></html>");
    QTest::newRow("a web page without a type") << QByteArray("<html><body>404</body></html>");
    QTest::newRow("another root") << QByteArray(good).replace("clientConfig", "config");
    QTest::newRow("the root deeper down") << "<x>" + QByteArray(good).mid(good.indexOf("<clientConfig")) + "</x>";
    QTest::newRow("two roots") << good + "<clientConfig/>";
    QTest::newRow("DTD") << QByteArray(good).replace("<clientConfig", "<!DOCTYPE clientConfig><clientConfig");
    QTest::newRow("unknown entity") << QByteArray(good).replace("i.example.com", "&host;");
    QTest::newRow("too large") << QByteArray(good).replace(
        "</clientConfig>", QByteArray(200'000, ' ') + "</clientConfig>");
    QTest::newRow("JSON") << QByteArray("{\"protocols\": {}}");
}

void TestAutoconfigXml::otherDocumentsAreRefused()
{
    QFETCH(QByteArray, xml);
    const auto found = parseAutoconfig(xml, u"example.com"_s);
    QVERIFY(!found);
    QCOMPARE(found.error().kind, ErrorKind::Protocol);
}

void TestAutoconfigXml::everyCutIsRefused()
{
    const QByteArray good = document(imap(fields("i.example.com", "993", "SSL")));
    QVERIFY(parseAutoconfig(good, u"example.com"_s));
    for (qsizetype size = 0; size < good.size(); ++size)
        QVERIFY2(!parseAutoconfig(good.first(size), u"example.com"_s), qPrintable(QString::number(size)));
}

void TestAutoconfigXml::entitiesAreNeverExpanded()
{
    QByteArray entities = "<!ENTITY a \"aaaaaaaaaa\">";
    for (char name = 'b'; name < 'k'; ++name) {
        const QByteArray before = QByteArray("&") + char(name - 1) + ';';
        entities += QByteArray("<!ENTITY ") + name + " \"" + before.repeated(10) + "\">";
    }
    const QByteArray bomb = "<!DOCTYPE clientConfig [" + entities + "]><clientConfig><x>&j;</x></clientConfig>";
    const QByteArray file
        = "<!DOCTYPE clientConfig [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
          "<clientConfig><emailProvider><displayName>&f;</displayName></emailProvider></clientConfig>";
    ProcessorTime time;
    time.start();
    QVERIFY(!parseAutoconfig(bomb, u"example.com"_s));
    QVERIFY(!parseAutoconfig(file, u"example.com"_s));
    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
}

QTEST_GUILESS_MAIN(TestAutoconfigXml)
#include "test_autoconfigxml.moc"
