// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/providerdirectory.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestProviderDirectory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bundledTableKnowsTheProvider_data();
    void bundledTableKnowsTheProvider();
    void domainsAreComparedByTheRulesOfNoLanguage_data();
    void domainsAreComparedByTheRulesOfNoLanguage();
    void wildcardMatchesNamesBelowOnly();
    void userNameFollowsTheProvidersForm();
    void passwordLoginsThatAreGoneAreMarked();
    void unknownDomainIsGuessed();
    void unconfirmedEntriesAreNotFilledIn_data();
    void unconfirmedEntriesAreNotFilledIn();
    void exchangerTellsTheProvider_data();
    void exchangerTellsTheProvider();
    void unconfirmedExchangersTellNothing();
    void hostBelongsToItsProvider();
    void candidateHasTheBestOfEachKind();
    void browserOnlyProviderTakesNoPassword();
    void ownDomainIsPutIntoTheHost();
    void issuersAreFound();
    void findingIsFast();
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
    QCOMPARE(provider->incoming.first().endpoint(), incoming);
    QCOMPARE(provider->outgoing.first().endpoint(), outgoing);
}

void TestProviderDirectory::domainsAreComparedByTheRulesOfNoLanguage_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("domain");
    QTest::newRow("capital I is i") << u"AYŞE@GMAIL.COM"_s << u"gmail.com"_s;
    QTest::newRow("spaces") << u" a@Gmail.com "_s << u"gmail.com"_s;
    QTest::newRow("IDN") << u"a@müller.de"_s << u"xn--mller-kva.de"_s;
    QTest::newRow("IDN in capitals") << u"a@MÜLLER.DE"_s << u"xn--mller-kva.de"_s;
    QTest::newRow("dotted capital I") << u"a@GMAİL.COM"_s << u"gmail.com"_s;
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

void TestProviderDirectory::unconfirmedEntriesAreNotFilledIn_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("hasServers");
    QTest::newRow("TTMail") << u"a@ttmail.com"_s << true;
    QTest::newRow("Mynet") << u"a@mynet.com"_s << true;
    QTest::newRow("Turkcell") << u"a@turkcell.com.tr"_s << false;
    QTest::newRow("known without encryption") << u"a@tiscali.cz"_s << true;
}

void TestProviderDirectory::unconfirmedEntriesAreNotFilledIn()
{
    QFETCH(QString, address);
    const Provider *provider = ProviderDirectory::bundled().findByAddress(address);
    QVERIFY(provider);
    QCOMPARE(provider->status, Provider::Status::Unconfirmed);
    QTEST(provider->hasServers(), "hasServers");
    QVERIFY(!provider->isKnown());
}

void TestProviderDirectory::exchangerTellsTheProvider_data()
{
    QTest::addColumn<QString>("exchanger");
    QTest::addColumn<QString>("id");
    const auto row
        = [](const QString &exchanger, const QString &id) { QTest::newRow(qPrintable(exchanger)) << exchanger << id; };
    row(u"smtp.google.com"_s, u"google-workspace"_s);
    row(u"ALT1.aspmx.l.google.com."_s, u"google-workspace"_s);
    row(u"firma-com-tr.mail.protection.outlook.com"_s, u"microsoft365"_s);
    row(u"outlook-com.olc.protection.outlook.com"_s, u"outlook"_s);
    row(u"mx.turkticaret.net"_s, u"turkticaret"_s);
    row(u"cmx.yaanimail.com"_s, u"yaani-kurumsal"_s);
    row(u"mx.yaanimail.com"_s, u"yaani"_s);
    row(u"mx.yandex.net"_s, u"yandex"_s);
    row(u"mx2.zoho.eu"_s, u"zoho.eu"_s);
    row(u"mx2.zoho.com"_s, u"zoho-pro"_s);
    row(u"mx.firma.com.tr.cust.b.hostedemail.com"_s, u"hostedemail-b"_s);
    row(u"mx01.mail.icloud.com"_s, u"icloud-own-domain"_s);
    row(u"in1-smtp.messagingengine.com"_s, u"fastmail"_s);
    row(u"mail.tutanota.de"_s, u"tutanota"_s);
    row(u"l.google.com"_s, QString());
    row(u"smtp.google.com.evil.example"_s, QString());
    row(u"evilyahoodns.net"_s, QString());
    row(u"mail.firma.com.tr"_s, QString());
    row(u""_s, QString());
}

void TestProviderDirectory::exchangerTellsTheProvider()
{
    QFETCH(QString, exchanger);
    const Provider *provider = ProviderDirectory::bundled().findByMx(exchanger);
    QTEST(provider ? provider->id : QString(), "id");
}

void TestProviderDirectory::unconfirmedExchangersTellNothing()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    int unconfirmed = 0;
    for (const Provider &provider : directory.all()) {
        for (const Provider::MxPattern &mx : provider.mx) {
            const QString name = QString(mx.pattern).replace(u'*', u'x');
            const Provider *found = directory.findByMx(name);
            QVERIFY2(mx.confirmed ? found == &provider : found != &provider, qPrintable(mx.pattern));
            unconfirmed += !mx.confirmed;
        }
    }
    QVERIFY(unconfirmed > 0);
}

void TestProviderDirectory::hostBelongsToItsProvider()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    const auto owner = [&directory](const QString &host) {
        const Provider *provider = directory.findByHost(host);
        return provider ? provider->id : QString();
    };
    QCOMPARE(owner(u"imap.gmail.com"_s), u"gmail"_s);
    QCOMPARE(owner(u"IMAP.Gmail.com."_s), u"gmail"_s);
    QCOMPARE(owner(u"imap.mail.yahoo.com"_s), u"yahoo"_s); // not Cox, which moved there
    QCOMPARE(owner(u"outlook.office365.com"_s), u"outlook"_s); // not MIT, which has its mailboxes there
    QCOMPARE(owner(u"pop.aol.com"_s), u"aol.com"_s);
    QCOMPARE(owner(u"imap.turkticaret.net"_s), u"turkticaret"_s);
    QCOMPARE(owner(u"mail.ttmail.com"_s), QString()); // a rumour proves nothing
    QCOMPARE(owner(u"mail.postaci.example"_s), QString());
}

void TestProviderDirectory::candidateHasTheBestOfEachKind()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    const Provider *provider = directory.findByAddress(u"h@web.de"_s);
    QVERIFY(provider && provider->incoming.size() == 4 && provider->outgoing.size() == 2);
    const SettingsCandidate candidate = candidateAt(*provider, {u"H"_s, u"h@web.de"_s}, SettingsSource::TableByMx);
    QCOMPARE(candidate.source, SettingsSource::TableByMx);
    QCOMPARE(candidate.incoming.size(), 2);
    QCOMPARE(candidate.incoming.at(0).endpoint(), u"imap.web.de:993"_s);
    QCOMPARE(candidate.incoming.at(0).protocol, Protocol::Imap);
    QCOMPARE(candidate.incoming.at(0).userName, u"h"_s);
    QCOMPARE(candidate.incoming.at(1).endpoint(), u"pop3.web.de:995"_s);
    QCOMPARE(candidate.incoming.at(1).protocol, Protocol::Pop3);
    QCOMPARE(candidate.outgoing.endpoint(), u"smtp.web.de:465"_s);
    QCOMPARE(candidate.providerId, provider->id);
    QVERIFY(!candidate.needsApproval());
    QVERIFY(candidate.oauthIssuer.isEmpty());
    const QList<ServerSettings> all = filledIn(provider->incoming, u"h@web.de"_s);
    QCOMPARE(all.size(), 4);
    QCOMPARE(all.at(1).endpoint(), u"imap.web.de:143"_s);
    QCOMPARE(all.at(3).userName, u"h"_s);
}

void TestProviderDirectory::browserOnlyProviderTakesNoPassword()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    const Address identity{u"A"_s, u"a@outlook.com.tr"_s};
    const SettingsCandidate outlook = candidateAt(*directory.findByAddress(identity.address), identity);
    QVERIFY(outlook.oauthOnly);
    QCOMPARE(outlook.oauthIssuer, u"microsoft"_s);
    QCOMPARE(outlook.incoming.first().auth, AuthMethod::OAuth2);
    QCOMPARE(outlook.outgoing.auth, AuthMethod::OAuth2);
    QCOMPARE(outlook.outgoing.encryption, Encryption::StartTls);
    const SettingsCandidate gmail = candidateAt(*directory.findById(u"gmail"_s), {u"A"_s, u"a@gmail.com"_s});
    QCOMPARE(gmail.oauthIssuer, u"google"_s);
    QVERIFY(!gmail.oauthOnly);
    QCOMPARE(gmail.incoming.first().auth, AuthMethod::Password);
}

void TestProviderDirectory::ownDomainIsPutIntoTheHost()
{
    const Provider *provider = ProviderDirectory::bundled().findById(u"turhost"_s);
    QVERIFY(provider);
    const QList<ServerSettings> servers = filledIn(provider->incoming, u"Info@ÇİÇEK.com.tr"_s);
    QCOMPARE(servers.first().host, u"mail.xn--iek-1lab.com.tr"_s);
    QCOMPARE(servers.first().userName, u"Info@ÇİÇEK.com.tr"_s);
}

void TestProviderDirectory::issuersAreFound()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    const OAuthIssuer *google = directory.issuer(u"google"_s);
    QVERIFY(google && google->usesPkce);
    QCOMPARE(google->authorizationUrl.host(), u"accounts.google.com"_s);
    QCOMPARE(google->scopes, QStringList{u"https://mail.google.com/"_s});
    QVERIFY(!directory.issuer(u"x"_s));
    for (const Provider &provider : directory.all())
        QVERIFY2(provider.oauthIssuer.isEmpty() || directory.issuer(provider.oauthIssuer), qPrintable(provider.id));
}

/// The limit for showing a known provider is 50 ms, the reading of the table included. Ten times that, because this may
/// run without optimisation, under a sanitizer and beside other tests.
void TestProviderDirectory::findingIsFast()
{
    QFile file(u":/providers.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray json = file.readAll();
    QElapsedTimer timer;
    timer.start();
    const Result<ProviderDirectory> directory = ProviderDirectory::fromJson(json);
    const auto read = timer.nsecsElapsed();
    QVERIFY(directory);
    QVERIFY(directory->findByAddress(u"a@gmail.com"_s));
    QVERIFY(!directory->findByAddress(u"a@postaci.example"_s));
    QVERIFY(!directory->findByMx(u"mx.postaci.example"_s));
    const auto all = timer.nsecsElapsed();
    qInfo("read in %.1f ms, looked up three times in %.3f ms", double(read) / 1e6, double(all - read) / 1e6);
    QVERIFY2(all < 500'000'000, qPrintable(QString::number(all)));
}

QTEST_GUILESS_MAIN(TestProviderDirectory)
#include "test_providerdirectory.moc"
