// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/addressinput.h"
#include "core/discovery/candidaterules.h"
#include "core/discovery/namepattern.h"
#include "core/discovery/providertable.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

using Hint = Provider::Hint;
using Status = Provider::Status;

namespace {

QByteArray bundledJson()
{
    QFile file(u":/providers.json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A small table that is right.
QJsonObject smallTable()
{
    const QJsonObject issuer{{u"id"_s, u"i"_s}, {u"name"_s, u"I"_s}, {u"authorizationUrl"_s, u"https://i.example/a"_s},
        {u"tokenUrl"_s, u"https://i.example/t"_s}, {u"scopes"_s, QJsonArray{u"mail"_s}}};
    const QJsonObject imap{{u"host"_s, u"i.a.example"_s}, {u"port"_s, 993}, {u"encryption"_s, u"tls"_s}};
    const QJsonObject smtp{
        {u"host"_s, u"o.a.example"_s}, {u"port"_s, 465}, {u"encryption"_s, u"tls"_s}, {u"userName"_s, u"own"_s}};
    const QJsonObject provider{{u"id"_s, u"a"_s}, {u"name"_s, u"A"_s}, {u"status"_s, u"ok"_s},
        {u"confidence"_s, u"high"_s}, {u"source"_s, u"s"_s}, {u"date"_s, u"2026-11"_s}, {u"imap"_s, QJsonArray{imap}},
        {u"smtp"_s, QJsonArray{smtp}}, {u"oauth"_s, u"i"_s}, {u"domains"_s, QJsonArray{u"a.example"_s}},
        {u"mx"_s, QJsonArray{u"*.a.example"_s}}};
    return {{u"issuers"_s, QJsonArray{issuer}}, {u"providers"_s, QJsonArray{provider}}};
}

/// Such a table with one thing changed.
template <class Change> QByteArray changed(QLatin1StringView list, Change change)
{
    QJsonObject root = smallTable();
    QJsonArray entries = root.value(list).toArray();
    QJsonObject entry = entries.at(0).toObject();
    change(entry);
    entries[0] = entry;
    root.insert(list, entries);
    return QJsonDocument(root).toJson();
}

template <class Change> QByteArray changedServer(Change change)
{
    return changed("providers"_L1, [&change](QJsonObject &provider) {
        QJsonObject server = provider.value("imap"_L1).toArray().at(0).toObject();
        change(server);
        provider.insert("imap"_L1, QJsonArray{server});
    });
}

} // namespace

class TestProviderTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bundledTableIsLargeEnough();
    void bundledFileIsSorted();
    void serversAreInOrder_data();
    void serversAreInOrder();
    void namesAreUsable_data();
    void namesAreUsable();
    void passwordIsExplained_data();
    void passwordIsExplained();
    void hintsFitTheRest_data();
    void hintsFitTheRest();
    void issuersAreUsed();
    void turkishProvidersAreThere_data();
    void turkishProvidersAreThere();
    void smallTableIsRead();
    void wrongTableIsRefusedWhole_data();
    void wrongTableIsRefusedWhole();

private:
    void eachProvider() const;

    ProviderTable m_table;
};

void TestProviderTable::initTestCase()
{
    const Result<ProviderTable> table = parseProviderTable(bundledJson());
    QVERIFY2(table, table ? "" : qPrintable(table.error().subject));
    m_table = *table;
}

void TestProviderTable::eachProvider() const
{
    QTest::addColumn<Provider>("provider");
    for (const Provider &provider : m_table.providers)
        QTest::newRow(qPrintable(provider.id)) << provider;
}

void TestProviderTable::bundledTableIsLargeEnough()
{
    QVERIFY(m_table.providers.size() >= 300);
    const auto known = std::count_if(m_table.providers.cbegin(), m_table.providers.cend(),
        [](const Provider &provider) { return provider.isKnown(); });
    QVERIFY2(known >= 240, qPrintable(QString::number(known)));
}

void TestProviderTable::bundledFileIsSorted()
{
    const auto byId = [](const auto &a, const auto &b) { return a.id < b.id; };
    QVERIFY(std::is_sorted(m_table.providers.cbegin(), m_table.providers.cend(), byId));
    QVERIFY(std::is_sorted(m_table.issuers.cbegin(), m_table.issuers.cend(), byId));
    for (const Provider &provider : std::as_const(m_table.providers))
        QVERIFY2(std::is_sorted(provider.domains.cbegin(), provider.domains.cend()), qPrintable(provider.id));
}

void TestProviderTable::serversAreInOrder_data()
{
    eachProvider();
}

/// Encrypted, at a port that belongs to protocol and encryption, implicit TLS before STARTTLS (RFC 8314).
void TestProviderTable::serversAreInOrder()
{
    QFETCH(Provider, provider);
    struct Use {
        Protocol protocol;
        Encryption encryption;
        QList<quint16> ports;
    };
    // 587 with TLS from the first byte is how Charter does it; 25 with STARTTLS is all that Nauta has.
    static const QList<Use> uses{{Protocol::Imap, Encryption::ImplicitTls, {993}},
        {Protocol::Imap, Encryption::StartTls, {143}}, {Protocol::Pop3, Encryption::ImplicitTls, {995}},
        {Protocol::Pop3, Encryption::StartTls, {110}}, {Protocol::Smtp, Encryption::ImplicitTls, {465, 587}},
        {Protocol::Smtp, Encryption::StartTls, {587, 25}}};
    qsizetype before = -1;
    for (const ServerSettings &server : provider.incoming + provider.outgoing) {
        const auto use = std::find_if(uses.cbegin(), uses.cend(), [&server](const Use &one) {
            return one.protocol == server.protocol && one.encryption == server.encryption;
        });
        QVERIFY(use != uses.cend());
        const bool bridge = provider.status == Status::NeedsBridge && server.host == "127.0.0.1"_L1;
        QVERIFY2(bridge || use->ports.contains(server.port), qPrintable(server.endpoint()));
        QVERIFY2(use - uses.cbegin() >= before, qPrintable(server.endpoint()));
        before = use - uses.cbegin();
        QVERIFY(
            server.userName.isEmpty() || server.userName == userNameTemplate || server.userName == localPartTemplate);
    }
}

void TestProviderTable::namesAreUsable_data()
{
    eachProvider();
}

void TestProviderTable::namesAreUsable()
{
    QFETCH(Provider, provider);
    for (const QString &domain : std::as_const(provider.domains)) {
        const AddressInput input = parseAddress(u"a@"_s + domain);
        QVERIFY2(input.isUsable(), qPrintable(domain));
        QCOMPARE(input.domain, domain);
        QCOMPARE(input.suggestion, QString());
    }
    for (const QString &pattern : std::as_const(provider.domainPatterns)) {
        QVERIFY2(pattern.contains(u'*'), qPrintable(pattern));
        QVERIFY2(isAnchoredPattern(pattern) || pattern.endsWith(".*"_L1), qPrintable(pattern));
    }
    for (const Provider::MxPattern &mx : std::as_const(provider.mx))
        QVERIFY2(isAnchoredPattern(mx.pattern), qPrintable(mx.pattern));
    for (const ServerSettings &server : provider.incoming + provider.outgoing) {
        const QString host = QString(server.host).replace("{domain}"_L1, "a.example"_L1);
        const bool bridge = provider.status == Status::NeedsBridge && host == "127.0.0.1"_L1;
        QVERIFY2(bridge || parseAddress(u"a@"_s + host).domain == host, qPrintable(host));
    }
    QVERIFY(QRegularExpression(u"^20[12]\\d-(0[1-9]|1[0-2])$"_s).match(provider.date).hasMatch());
}

void TestProviderTable::passwordIsExplained_data()
{
    eachProvider();
}

/// An app password is made somewhere: on a page that we know, behind the help page, or in the web mail.
void TestProviderTable::passwordIsExplained()
{
    QFETCH(Provider, provider);
    if (provider.appPassword != Provider::AppPassword::No)
        QVERIFY(!provider.appPasswordUrl.isEmpty() || !provider.helpUrl.isEmpty());
    else
        QVERIFY(provider.appPasswordUrl.isEmpty());
    if (provider.has(Hint::AuthorizationCode))
        QCOMPARE(provider.appPassword, Provider::AppPassword::Always);
    if (provider.oauthOnly)
        QCOMPARE(provider.appPassword, Provider::AppPassword::No);
}

void TestProviderTable::hintsFitTheRest_data()
{
    eachProvider();
}

void TestProviderTable::hintsFitTheRest()
{
    QFETCH(Provider, provider);
    QCOMPARE(QSet<Hint>(provider.hints.cbegin(), provider.hints.cend()).size(), provider.hints.size());
    QVERIFY(std::is_sorted(provider.hints.cbegin(), provider.hints.cend()));
    QCOMPARE(provider.has(Hint::NoImap), provider.status == Status::NoImap);
    QCOMPARE(provider.has(Hint::Bridge), provider.status == Status::NeedsBridge);
    QCOMPARE(provider.has(Hint::Migrated), provider.status == Status::Migrated);
    QCOMPARE(provider.has(Hint::OnlyPop3), provider.hasServers() && !provider.offers(Protocol::Imap));
    if (provider.has(Hint::OnlyUnencryptedKnown))
        QCOMPARE(provider.status, Status::Unconfirmed);
    const auto servers = provider.incoming + provider.outgoing;
    const bool own = std::any_of(
        servers.cbegin(), servers.cend(), [](const ServerSettings &server) { return server.userName.isEmpty(); });
    QVERIFY(!own || provider.has(Hint::OwnUserName));
    // Needing preparation without a word about what to prepare would help nobody.
    if (provider.status == Status::NeedsPreparation)
        QVERIFY(!provider.hints.isEmpty() || provider.appPassword != Provider::AppPassword::No || provider.oauthOnly);
}

void TestProviderTable::issuersAreUsed()
{
    for (const OAuthIssuer &issuer : std::as_const(m_table.issuers)) {
        QVERIFY2(std::any_of(m_table.providers.cbegin(), m_table.providers.cend(),
                     [&issuer](const Provider &provider) { return provider.oauthIssuer == issuer.id; }),
            qPrintable(issuer.id));
    }
}

void TestProviderTable::turkishProvidersAreThere_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"aerotek", "alastyr", "bilkent", "boun-retired", "doruk", "guzelhosting",
             "hosting-tr-generic", "hostixo", "ihs", "isimtescil", "itu", "metu", "mynet", "natro", "netdirekt",
             "netinternet", "pau-staff", "promail", "radore", "superonline", "ttmail", "turhost", "turkcell", "turknet",
             "turkticaret", "uzmanposta", "vargonen", "veridyen", "vodafone-tr", "yaani", "yaani-kurumsal"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void TestProviderTable::turkishProvidersAreThere()
{
    QFETCH(QString, id);
    QVERIFY(std::any_of(m_table.providers.cbegin(), m_table.providers.cend(),
        [&id](const Provider &provider) { return provider.id == id; }));
}

void TestProviderTable::smallTableIsRead()
{
    const Result<ProviderTable> table = parseProviderTable(QJsonDocument(smallTable()).toJson());
    QVERIFY(table);
    QCOMPARE(table->issuers.size(), 1);
    QVERIFY(table->issuers.first().usesPkce);
    QCOMPARE(table->issuers.first().scopes, QStringList{u"mail"_s});
    QCOMPARE(table->providers.size(), 1);
    const Provider &provider = table->providers.first();
    QCOMPARE(provider.incoming.size(), 1);
    QCOMPARE(provider.incoming.first().endpoint(), u"i.a.example:993"_s);
    QCOMPARE(provider.incoming.first().userName, userNameTemplate);
    QCOMPARE(provider.outgoing.first().userName, QString());
    QVERIFY(provider.mx.first().confirmed);
    QVERIFY(provider.isKnown());
}

void TestProviderTable::wrongTableIsRefusedWhole_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto provider
        = [](const char *name, const auto &change) { QTest::newRow(name) << changed("providers"_L1, change); };
    const auto set = [&provider](const char *name, const QString &key, const QJsonValue &value) {
        provider(name, [&](QJsonObject &entry) { entry.insert(key, value); });
    };
    const auto without = [&provider](const char *name, const QString &key) {
        provider(name, [&](QJsonObject &entry) { entry.remove(key); });
    };
    const auto server = [](const char *name, const QString &key, const QJsonValue &value) {
        QTest::newRow(name) << changedServer([&](QJsonObject &entry) { entry.insert(key, value); });
    };
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("no issuers") << QByteArray("{\"providers\": []}");
    QTest::newRow("unknown list") << QByteArray("{\"issuers\": [], \"providers\": [], \"x\": 1}");
    QTest::newRow("provider that is no object") << QByteArray("{\"issuers\": [], \"providers\": [1]}");
    without("no id", u"id"_s);
    without("no name", u"name"_s);
    without("no status", u"status"_s);
    without("no confidence", u"confidence"_s);
    without("no source", u"source"_s);
    without("no servers", u"imap"_s);
    without("nothing to send with", u"smtp"_s);
    set("unknown key", u"x"_s, 1);
    set("unknown status", u"status"_s, u"fine"_s);
    set("unknown hint", u"hints"_s, QJsonArray{u"x"_s});
    set("unknown issuer", u"oauth"_s, u"x"_s);
    set("app password that is no kind", u"appPassword"_s, u"sometimes"_s);
    set("link that is not https", u"helpUrl"_s, u"http://a.example/"_s);
    set("link without a host", u"helpUrl"_s, u"https:///"_s);
    set("text for a truth", u"serverFilesSent"_s, u"true"_s);
    set("text for a list", u"domains"_s, u"a.example"_s);
    set("number for a text", u"name"_s, 1);
    set("empty list", u"domains"_s, QJsonArray());
    set("domain twice", u"domains"_s, QJsonArray{u"a.example"_s, u"a.example"_s});
    set("domain in capitals", u"domains"_s, QJsonArray{u"A.example"_s});
    set("exchanger twice", u"mxUnconfirmed"_s, QJsonArray{u"*.a.example"_s});
    set("moved to nobody", u"migratedTo"_s, u"a"_s);
    set("closed with servers", u"status"_s, u"noImap"_s);
    provider("moved to an unknown one", [](QJsonObject &entry) {
        entry.insert("status"_L1, "migrated"_L1);
        entry.insert("migratedTo"_L1, "b"_L1);
    });
    provider("browser only, without an issuer", [](QJsonObject &entry) {
        entry.remove("oauth"_L1);
        entry.insert("oauthOnly"_L1, true);
    });
    server("unencrypted", u"encryption"_s, u"plain"_s);
    server("port", u"port"_s, 70000);
    server("port as text", u"port"_s, u"993"_s);
    server("no host", u"host"_s, QString());
    server("user name that is no form", u"userName"_s, u"x"_s);
    server("server with an unknown key", u"x"_s, 1);
    QTest::newRow("issuer without scopes")
        << changed("issuers"_L1, [](QJsonObject &entry) { entry.remove("scopes"_L1); });
    QTest::newRow("issuer that is not https")
        << changed("issuers"_L1, [](QJsonObject &entry) { entry.insert("tokenUrl"_L1, "http://i.example/t"_L1); });
    QJsonObject twice = smallTable();
    QJsonArray providers = twice.value("providers"_L1).toArray();
    QJsonObject second = providers.at(0).toObject();
    second.remove("domains"_L1);
    second.remove("mx"_L1);
    providers.append(second);
    twice.insert("providers"_L1, providers);
    QTest::newRow("id twice") << QJsonDocument(twice).toJson();
}

void TestProviderTable::wrongTableIsRefusedWhole()
{
    QFETCH(QByteArray, json);
    const Result<ProviderTable> table = parseProviderTable(json);
    QVERIFY(!table);
    QCOMPARE(table.error().kind, ErrorKind::InvalidInput);
}

QTEST_GUILESS_MAIN(TestProviderTable)
#include "test_providertable.moc"
