// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/domainname.h"

#include <QLocale>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestDomainName : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hostNames_data();
    void hostNames();
    void registrableDomains_data();
    void registrableDomains();
    void ownersAreCompared();
    void privateAddresses_data();
    void privateAddresses();
    void internalDomains();
    void mixedScripts_data();
    void mixedScripts();
};

void TestDomainName::hostNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"mail.example.com"_s << u"mail.example.com"_s;
    QTest::newRow("capitals, by the rules of no language") << u"IMAP.FIRMA.COM.TR"_s << u"imap.firma.com.tr"_s;
    QTest::newRow("final dot") << u"mail.example.com."_s << u"mail.example.com"_s;
    QTest::newRow("IDN") << u"posta.çiçek.com.tr"_s << u"posta.xn--iek-1lab.com.tr"_s;
    QTest::newRow("digits in labels") << u"1and1.example"_s << u"1and1.example"_s;
    QTest::newRow("loopback") << u"localhost"_s << u"localhost"_s;
    QTest::newRow("one label") << u"mail"_s << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("IPv4") << u"192.0.2.1"_s << QString();
    QTest::newRow("IPv4, short") << u"127.1"_s << QString();
    QTest::newRow("hexadecimal") << u"0x7f.0x1"_s << QString();
    QTest::newRow("IPv6") << u"[::1]"_s << QString();
    QTest::newRow("underscore") << u"_dmarc.example.com"_s << QString();
    QTest::newRow("hyphen in front") << u"-a.example.com"_s << QString();
    QTest::newRow("empty label") << u"a..example.com"_s << QString();
    QTest::newRow("space") << u"a b.example.com"_s << QString();
    QTest::newRow("port") << u"mail.example.com:993"_s << QString();
    QTest::newRow("path") << u"mail.example.com/x"_s << QString();
    QTest::newRow("user") << u"x@mail.example.com"_s << QString();
    QTest::newRow("line break") << u"mail.example.com\r\nx.example"_s << QString();
    QTest::newRow("NUL") << u"mail.example.com"_s + QChar(u'\0') + u".evil.example"_s << QString();
    QTest::newRow("label too long") << QString(64, u'a') + u".example"_s << QString();
    QTest::newRow("name too long") << (QString(60, u'a') + u'.').repeated(5) + u"example"_s << QString();
}

void TestDomainName::hostNames()
{
    QLocale::setDefault(QLocale(QLocale::Turkish));
    QFETCH(QString, text);
    QTEST(hostName(text), "name");
    QLocale::setDefault(QLocale::c());
}

void TestDomainName::registrableDomains_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("domain");
    QTest::newRow("com") << u"a.b.example.com"_s << u"example.com"_s;
    QTest::newRow("com.tr") << u"mail.firma.com.tr"_s << u"firma.com.tr"_s;
    QTest::newRow("right below tr") << u"mail.firma.tr"_s << u"firma.tr"_s;
    QTest::newRow("itself") << u"firma.com.tr"_s << u"firma.com.tr"_s;
    QTest::newRow("a public suffix") << u"com.tr"_s << QString();
    QTest::newRow("a hoster's suffix") << u"a.github.io"_s << u"a.github.io"_s;
    QTest::newRow("nobody's top-level domain") << u"mail.d1.example"_s << u"d1.example"_s;
    QTest::newRow("IDN") << u"mail.çiçek.com.tr"_s << u"xn--iek-1lab.com.tr"_s;
    QTest::newRow("no name") << u"x y"_s << QString();
    QTest::newRow("loopback") << u"localhost"_s << QString();
}

void TestDomainName::registrableDomains()
{
    QFETCH(QString, host);
    QTEST(registrableDomain(host), "domain");
}

void TestDomainName::ownersAreCompared()
{
    QVERIFY(haveSameOwner(u"imap.firma.com.tr"_s, u"firma.com.tr"_s));
    QVERIFY(haveSameOwner(u"IMAP.Firma.com.tr"_s, u"mail.firma.com.tr"_s));
    QVERIFY(!haveSameOwner(u"firma.com.tr"_s, u"baska.com.tr"_s));
    QVERIFY(!haveSameOwner(u"evilfirma.com.tr"_s, u"firma.com.tr"_s));
    QVERIFY(!haveSameOwner(u"firma.com.tr.evil.example"_s, u"firma.com.tr"_s));
    QVERIFY(!haveSameOwner(u"a.github.io"_s, u"b.github.io"_s));
    QVERIFY(!haveSameOwner(QString(), QString()));
    QVERIFY(haveSameOwner(u"localhost"_s, u"localhost"_s));
}

void TestDomainName::privateAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isPrivate");
    for (const char *address :
        {"127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.5", "169.254.169.254",
            "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.251", "::1", "::", "fe80::1", "fc00::1", "fd12::1",
            "fec0::1", "ff02::1", "::ffff:192.168.1.5", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "::7f00:1"})
        QTest::newRow(address) << QString::fromLatin1(address) << true;
    for (const char *address : {"11.0.0.1", "192.0.2.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "8.8.8.8",
             "2600:1::1", "2001:db8::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"})
        QTest::newRow(address) << QString::fromLatin1(address) << false;
}

void TestDomainName::privateAddresses()
{
    QFETCH(QString, address);
    const QHostAddress parsed(address);
    QVERIFY(!parsed.isNull());
    QTEST(isPrivateAddress(parsed), "isPrivate");
    QVERIFY(isPrivateAddress(QHostAddress()));
}

void TestDomainName::internalDomains()
{
    for (const QString &domain :
        {u"firma.local"_s, u"mail.firma.LAN"_s, u"x.home.arpa"_s, u"localhost"_s, u"a.internal"_s})
        QVERIFY2(isInternalDomain(domain), qPrintable(domain));
    for (const QString &domain : {u"firma.com.tr"_s, u"local.example"_s, u"evil-local.com"_s, QString()})
        QVERIFY2(!isInternalDomain(domain), qPrintable(domain));
}

void TestDomainName::mixedScripts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("mixed");
    QTest::newRow("ASCII") << u"mail.example.com"_s << false;
    QTest::newRow("Turkish") << u"ağaç-ışık.com.tr"_s << false;
    QTest::newRow("Cyrillic label, Latin ending") << u"почта.com"_s << false;
    QTest::newRow("two Cyrillic letters") << u"раypal.com"_s << true;
    QTest::newRow("the same in ACE form") << QString::fromLatin1(QUrl::toAce(u"раypal.com"_s)) << true;
    QTest::newRow("Greek omicron") << u"gοοgle.com"_s << true;
    QTest::newRow("Japanese") << u"例えテスト.jp"_s << false;
    QTest::newRow("Korean with Latin") << u"kb은행.com"_s << false;
}

void TestDomainName::mixedScripts()
{
    QFETCH(QString, host);
    QTEST(hasMixedScripts(host), "mixed");
}

QTEST_GUILESS_MAIN(TestDomainName)
#include "test_domainname.moc"
