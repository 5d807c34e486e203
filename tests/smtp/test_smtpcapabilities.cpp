// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpcapabilities.h"
#include "core/smtp/smtpreply.h"

#include <QTest>

using namespace postaci;

class TestSmtpCapabilities : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsFound();
    void nothingIsInvented_data();
    void nothingIsInvented();
    void oldAuthFormCounts();
    void oddSizesMeanNoLimit_data();
    void oddSizesMeanNoLimit();
};

void TestSmtpCapabilities::everythingIsFound()
{
    const auto found = SmtpCapabilities::parse({.code = 250,
        .lines = {"mx.example.test at your service", "SIZE 35882577", "8BITMIME", "StartTLS", "ENHANCEDSTATUSCODES",
            "PIPELINING", "CHUNKING", "SMTPUTF8", "AUTH LOGIN  PLAIN xoauth2", "DSN", ""}});
    const SmtpCapabilities expected{.startTls = true,
        .pipelining = true,
        .eightBitMime = true,
        .smtpUtf8 = true,
        .enhancedStatusCodes = true,
        .chunking = true,
        .sizeLimit = 35882577,
        .mechanisms = {"LOGIN", "PLAIN", "XOAUTH2"}};
    QCOMPARE(found, expected);
}

void TestSmtpCapabilities::nothingIsInvented_data()
{
    QTest::addColumn<QList<QByteArray>>("lines");
    QTest::newRow("greeting only") << QList<QByteArray>{"STARTTLS PIPELINING"};
    QTest::newRow("longer words") << QList<QByteArray>{
        "mx", "STARTTLSX", "XPIPELINING", "8BITMIMES", "AUTHX PLAIN", "SIZES 5"};
    QTest::newRow("as a parameter") << QList<QByteArray>{"mx", "X-HELP STARTTLS", "LIMITS PIPELINING"};
}

void TestSmtpCapabilities::nothingIsInvented()
{
    QFETCH(QList<QByteArray>, lines);
    QCOMPARE(SmtpCapabilities::parse({.code = 250, .lines = lines}), SmtpCapabilities());
}

void TestSmtpCapabilities::oldAuthFormCounts()
{
    const auto found
        = SmtpCapabilities::parse({.code = 250, .lines = {"mx", "AUTH PLAIN LOGIN", "AUTH=LOGIN CRAM-MD5"}});
    QCOMPARE(found.mechanisms, QList<QByteArray>({"PLAIN", "LOGIN", "CRAM-MD5"}));
}

// RFC 1870 4
void TestSmtpCapabilities::oddSizesMeanNoLimit_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"SIZE", "SIZE 0", "SIZE -1", "SIZE x", "SIZE 99999999999999999999"})
        QTest::newRow(line) << QByteArray(line);
}

void TestSmtpCapabilities::oddSizesMeanNoLimit()
{
    QFETCH(QByteArray, line);
    QCOMPARE(SmtpCapabilities::parse({.code = 250, .lines = {"mx", line}}).sizeLimit, 0);
}

QTEST_APPLESS_MAIN(TestSmtpCapabilities)
#include "test_smtpcapabilities.moc"
