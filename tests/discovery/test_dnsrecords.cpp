// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/dnsrecords.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestDnsRecords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exchangersGoByNumber();
    void nullMx_data();
    void nullMx();
    void unusableExchangersAreLeftOut();
    void priorityBeforeWeight();
    void rootMeansNotOffered();
    void serverBySrv_data();
    void serverBySrv();
};

// Case 20: "5" is before "20" and "100", whatever their text says.
void TestDnsRecords::exchangersGoByNumber()
{
    const MxChoice choice = chooseMx({{u"mx.a.example"_s, 20}, {u"MX.B.example."_s, 5}, {u"mx.c.example"_s, 100}});
    QCOMPARE(choice.exchangers, QStringList({u"mx.b.example"_s, u"mx.a.example"_s, u"mx.c.example"_s}));
    QVERIFY(!choice.takesNoMail);
}

void TestDnsRecords::nullMx_data()
{
    QTest::addColumn<QList<QString>>("exchangers");
    QTest::addColumn<bool>("takesNoMail");
    QTest::newRow("the root as a dot") << QList{u"."_s} << true;
    QTest::newRow("the root as nothing") << QList{QString()} << true;
    QTest::newRow("with another beside it") << QList{u"."_s, u"mx.example.com"_s} << false;
    QTest::newRow("no record") << QList<QString>() << false;
    QTest::newRow("an ordinary one") << QList{u"mx.example.com"_s} << false;
}

void TestDnsRecords::nullMx()
{
    QFETCH(QList<QString>, exchangers);
    QList<MxRecord> records;
    for (const QString &exchanger : std::as_const(exchangers))
        records.append({exchanger, 0});
    QTEST(chooseMx(records).takesNoMail, "takesNoMail");
}

void TestDnsRecords::unusableExchangersAreLeftOut()
{
    const MxChoice choice = chooseMx({{u"192.0.2.1"_s, 1}, {u"mail"_s, 2}, {u"mx_1.example.com"_s, 3},
        {u"mx.example.com"_s, 4}, {u"mx.example.com"_s, 5}});
    QCOMPARE(choice.exchangers, QStringList{u"mx.example.com"_s});
}

// Case 19, and the bug of another program that sorted by weight.
void TestDnsRecords::priorityBeforeWeight()
{
    const auto records = chooseSrv({{u"b.d4.example"_s, 993, 10, 5}, {u"a.d4.example"_s, 993, 5, 0},
        {u"c.d4.example"_s, 993, 10, 60}, {u"bad name"_s, 993, 0, 0}, {u"d.d4.example"_s, 0, 0, 0}});
    QStringList targets;
    for (const SrvRecord &record : records)
        targets.append(record.target);
    QCOMPARE(targets, QStringList({u"a.d4.example"_s, u"c.d4.example"_s, u"b.d4.example"_s}));
}

void TestDnsRecords::rootMeansNotOffered()
{
    QVERIFY(chooseSrv({{u"."_s, 0, 0, 0}}).isEmpty());
    QVERIFY(chooseSrv({{QString(), 143, 0, 0}}).isEmpty());
    QVERIFY(chooseSrv({}).isEmpty());
}

void TestDnsRecords::serverBySrv_data()
{
    QTest::addColumn<int>("service");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("endpoint");
    QTest::newRow("IMAP over TLS") << 0 << 993 << u"m.example.com:993"_s;
    QTest::newRow("submission over TLS") << 1 << 465 << u"m.example.com:465"_s;
    QTest::newRow("IMAP with STARTTLS") << 2 << 143 << u"m.example.com:143"_s;
    QTest::newRow("a port of one's own") << 0 << 10993 << u"m.example.com:10993"_s;
    QTest::newRow("IMAP on a port of SMTP") << 0 << 587 << u":0"_s;
    QTest::newRow("submission on 25") << 3 << 25 << u":0"_s;
    QTest::newRow("STARTTLS on 465") << 3 << 465 << u":0"_s;
}

void TestDnsRecords::serverBySrv()
{
    QFETCH(int, service);
    QFETCH(int, port);
    const ServerSettings server = postaci::serverBySrv(srvServices[service], {{u"m.example.com"_s, port, 0, 0}});
    QTEST(server.endpoint(), "endpoint");
    QCOMPARE(server.protocol, srvServices[service].protocol);
    QCOMPARE(server.encryption, srvServices[service].encryption);
}

QTEST_GUILESS_MAIN(TestDnsRecords)
#include "test_dnsrecords.moc"
