// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/suggestion.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

const QByteArray good = R"({"name": "Ayşe", "address": "ayse@example.org",
    "incoming": {"protocol": "imap", "host": "imap.example.org", "port": 993, "encryption": "tls"},
    "outgoing": {"protocol": "smtp", "host": "smtp.example.org", "port": 587, "encryption": "starttls",
        "userName": "ayse"}})";

} // namespace

class TestSuggestion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void settingsAreRead();
    void whatIsNotASuggestionIsRefused_data();
    void whatIsNotASuggestionIsRefused();
    void missingFileIsSaid();
};

void TestSuggestion::settingsAreRead()
{
    const auto account = accountFromSuggestion(good);
    QVERIFY(account);
    QCOMPARE(account->identity, (Address{u"Ayşe"_s, u"ayse@example.org"_s}));
    QCOMPARE(account->incoming,
        (ServerSettings{.host = u"imap.example.org"_s, .port = 993, .userName = u"ayse@example.org"_s}));
    QCOMPARE(account->outgoing,
        (ServerSettings{.protocol = Protocol::Smtp,
            .host = u"smtp.example.org"_s,
            .port = 587,
            .encryption = Encryption::StartTls,
            .userName = u"ayse"_s}));
}

void TestSuggestion::whatIsNotASuggestionIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("a password") << QByteArray(good).replace("\"name\"", "\"password\": \"x\", \"name\"");
    QTest::newRow("a server's password") << QByteArray(good).replace("\"port\": 993", "\"port\": 993, \"secret\": 1");
    QTest::newRow("no address") << QByteArray(good).replace("ayse@example.org", "");
    QTest::newRow("no encryption") << QByteArray(good).replace("\"tls\"", "\"none\"");
    QTest::newRow("a port that is none") << QByteArray(good).replace("993", "70000");
    QTest::newRow("sides swapped") << QByteArray(good).replace("imap\"", "smtp\"");
    QTest::newRow("no host") << QByteArray(good).replace("smtp.example.org", "");
}

void TestSuggestion::whatIsNotASuggestionIsRefused()
{
    QFETCH(QByteArray, json);
    QVERIFY(json != good);
    const auto account = accountFromSuggestion(json);
    QVERIFY(!account);
    QCOMPARE(account.error().kind, ErrorKind::InvalidInput);
}

void TestSuggestion::missingFileIsSaid()
{
    const auto account = readSuggestion(u"/nowhere/suggestion.json"_s);
    QVERIFY(!account);
    QCOMPARE(account.error().kind, ErrorKind::FileUnreadable);
}

QTEST_GUILESS_MAIN(TestSuggestion)
#include "test_suggestion.moc"
