// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/providerdirectory.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestProviderDirectory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bundledTableKnowsTheProvider_data();
    void bundledTableKnowsTheProvider();
    void everyBundledServerIsEncrypted();
    void domainsAreComparedByTheRulesOfNoLanguage_data();
    void domainsAreComparedByTheRulesOfNoLanguage();
    void wildcardMatchesNamesBelowOnly();
    void userNameFollowsTheProvidersForm();
    void passwordLoginsThatAreGoneAreMarked();
    void unknownDomainIsGuessed();
    void brokenTableIsRefusedWhole_data();
    void brokenTableIsRefusedWhole();
};

void TestProviderDirectory::bundledTableKnowsTheProvider_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("incoming");
    QTest::addColumn<QString>("outgoing");
    QTest::newRow("Gmail") << u"a@gmail.com"_s << u"gmail"_s << u"imap.gmail.com:993"_s << u"smtp.gmail.com:465"_s;
    QTest::newRow("Outlook.com") << u"a@hotmail.com.tr"_s << u"outlook"_s << u"outlook.office365.com:993"_s
                                 << u"smtp-mail.outlook.com:587"_s;
    QTest::newRow("Microsoft 365") << u"a@firma.onmicrosoft.com"_s << u"microsoft365"_s
                                   << u"outlook.office365.com:993"_s << u"smtp.office365.com:587"_s;
    QTest::newRow("Yahoo") << u"a@yahoo.com"_s << u"yahoo"_s << u"imap.mail.yahoo.com:993"_s
                           << u"smtp.mail.yahoo.com:465"_s;
    QTest::newRow("iCloud") << u"a@icloud.com"_s << u"icloud"_s << u"imap.mail.me.com:993"_s
                            << u"smtp.mail.me.com:587"_s;
    QTest::newRow("Yandex") << u"a@yandex.com.tr"_s << u"yandex"_s << u"imap.yandex.com:993"_s
                            << u"smtp.yandex.com:465"_s;
    QTest::newRow("GMX") << u"a@gmx.com"_s << u"gmx"_s << u"imap.gmx.com:993"_s << u"mail.gmx.com:465"_s;
    QTest::newRow("Fastmail") << u"a@fastmail.com"_s << u"fastmail"_s << u"imap.fastmail.com:993"_s
                              << u"smtp.fastmail.com:465"_s;
    QTest::newRow("Zoho") << u"a@zohomail.com"_s << u"zoho"_s << u"imap.zoho.com:993"_s << u"smtp.zoho.com:465"_s;
}

void TestProviderDirectory::bundledTableKnowsTheProvider()
{
    QFETCH(QString, address);
    QFETCH(QString, incoming);
    QFETCH(QString, outgoing);
    const ProviderDirectory directory = ProviderDirectory::bundled();
    const Provider *provider = directory.findByAddress(address);
    QVERIFY(provider);
    QTEST(provider->id, "id");
    QCOMPARE(provider->incoming.endpoint(), incoming);
    QCOMPARE(provider->outgoing.endpoint(), outgoing);
}

void TestProviderDirectory::everyBundledServerIsEncrypted()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    QVERIFY(directory.all().size() > 100);
    QVERIFY(directory.findById(u"hostedemail"_s));
    for (const Provider &provider : directory.all()) {
        if (provider.has(Provider::Hint::NoImap))
            continue;
        QVERIFY2(provider.incoming.encryption != Encryption::None, qPrintable(provider.id));
        QVERIFY2(provider.outgoing.encryption != Encryption::None, qPrintable(provider.id));
        QCOMPARE(provider.outgoing.protocol, Protocol::Smtp);
        for (const QString &domain : provider.domains) {
            if (!domain.startsWith(u'*'))
                QCOMPARE(domainOf(u"a@"_s + domain), domain);
        }
    }
}

void TestProviderDirectory::domainsAreComparedByTheRulesOfNoLanguage_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("domain");
    QTest::newRow("capital I is i") << u"AYŞE@GMAIL.COM"_s << u"gmail.com"_s;
    QTest::newRow("spaces") << u" a@Gmail.com "_s << u"gmail.com"_s;
    QTest::newRow("IDN") << u"a@müller.de"_s << u"xn--mller-kva.de"_s;
    QTest::newRow("IDN in capitals") << u"a@MÜLLER.DE"_s << u"xn--mller-kva.de"_s;
    QTest::newRow("dotless i is another letter") << u"a@gmaıl.com"_s << u"xn--gmal-nza.com"_s;
    QTest::newRow("quoted at sign") << u"\"a@b\"@gmx.com"_s << u"gmx.com"_s;
    QTest::newRow("no domain") << u"ayşe"_s << QString();
}

void TestProviderDirectory::domainsAreComparedByTheRulesOfNoLanguage()
{
    QLocale::setDefault(QLocale(QLocale::Turkish));
    QFETCH(QString, address);
    QTEST(domainOf(address), "domain");
    QLocale::setDefault(QLocale::c());
}

void TestProviderDirectory::wildcardMatchesNamesBelowOnly()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    QVERIFY(directory.findByAddress(u"a@x.y.onmicrosoft.com"_s));
    QVERIFY(!directory.findByAddress(u"a@onmicrosoft.com"_s));
    QVERIFY(!directory.findByAddress(u"a@evilonmicrosoft.com"_s));
    QVERIFY(!directory.findByAddress(u"a@gmail.com.example"_s));
}

void TestProviderDirectory::userNameFollowsTheProvidersForm()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    const Account account = accountAt(*directory.findById(u"icloud"_s), {u"Ayşe"_s, u"ayse@icloud.com"_s});
    QCOMPARE(account.incoming.userName, u"ayse"_s);
    QCOMPARE(account.outgoing.userName, u"ayse@icloud.com"_s);
    QCOMPARE(account.name, u"ayse@icloud.com"_s);
    QVERIFY(!account.serverFilesSent);
    QVERIFY(accountAt(*directory.findById(u"gmail"_s), {}).serverFilesSent);
}

void TestProviderDirectory::passwordLoginsThatAreGoneAreMarked()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    QVERIFY(directory.findById(u"outlook"_s)->oauthOnly);
    QVERIFY(directory.findById(u"microsoft365"_s)->oauthOnly);
    const Provider *gmail = directory.findById(u"gmail"_s);
    QVERIFY(!gmail->oauthOnly);
    QCOMPARE(gmail->appPassword, Provider::AppPassword::Always);
    QCOMPARE(gmail->appPasswordUrl.host(), u"myaccount.google.com"_s);
}

void TestProviderDirectory::unknownDomainIsGuessed()
{
    QVERIFY(!ProviderDirectory::bundled().findByAddress(u"a@postaci.example"_s));
    const Account account = guessedAccount({u"A"_s, u"a@Postaci.example"_s});
    QCOMPARE(account.incoming.endpoint(), u"imap.postaci.example:993"_s);
    QCOMPARE(account.outgoing.endpoint(), u"smtp.postaci.example:465"_s);
    QCOMPARE(account.incoming.userName, u"a@Postaci.example"_s);
    QCOMPARE(account.incoming.encryption, Encryption::ImplicitTls);
}

void TestProviderDirectory::brokenTableIsRefusedWhole_data()
{
    QTest::addColumn<QByteArray>("json");
    const QByteArray good = R"("incoming": {"host": "i", "port": 993, "encryption": "tls"},
        "outgoing": {"host": "o", "port": 465, "encryption": "tls"})";
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("no table") << QByteArray("{}");
    QTest::newRow("no id") << QByteArray(R"({"providers": [{"name": "A", )" + good + "}]}");
    QTest::newRow("unencrypted") << QByteArray(
        R"({"providers": [{"id": "a", "name": "A", "incoming": {"host": "i", "port": 143, "encryption": "none"},
            "outgoing": {"host": "o", "port": 465, "encryption": "tls"}}]})");
    QTest::newRow("port") << QByteArray(
        R"({"providers": [{"id": "a", "name": "A", "incoming": {"host": "i", "port": 70000, "encryption": "tls"},
            "outgoing": {"host": "o", "port": 465, "encryption": "tls"}}]})");
    QTest::newRow("unknown hint") << QByteArray(
        R"({"providers": [{"id": "a", "name": "A", "hints": ["x"], )" + good + "}]}");
    QTest::newRow("link that is not https") << QByteArray(
        R"({"providers": [{"id": "a", "name": "A", "appPasswordUrl": "http://a.example/", )" + good + "}]}");
    QTest::newRow("domain twice") << QByteArray(
        R"({"providers": [{"id": "a", "name": "A", "domains": ["a.b", "a.b"], )" + good + "}]}");
}

void TestProviderDirectory::brokenTableIsRefusedWhole()
{
    QFETCH(QByteArray, json);
    const Result<ProviderDirectory> directory = ProviderDirectory::fromJson(json);
    QVERIFY(!directory);
    QCOMPARE(directory.error().kind, ErrorKind::InvalidInput);
}

QTEST_GUILESS_MAIN(TestProviderDirectory)
#include "test_providerdirectory.moc"
