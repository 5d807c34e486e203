// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/certificatenames.h"
#include "tests/support/testcertificates.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestCertificateNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesComeFromTheAlternatives();
    void damagedCertificatesHaveNoNames();
    void matching_data();
    void matching();
    void whatToTry_data();
    void whatToTry();
};

void TestCertificateNames::namesComeFromTheAlternatives()
{
    const QStringList names = certificateNames(testCertificate(TestCertificate::Good).toDer());
    QVERIFY2(names.contains(u"*.example.test"_s), qPrintable(names.join(u' ')));
    QVERIFY(names.contains(u"localhost"_s));
    QVERIFY(!names.contains(u"127.0.0.1"_s));
}

void TestCertificateNames::damagedCertificatesHaveNoNames()
{
    const QByteArray der = testCertificate(TestCertificate::Good).toDer();
    QVERIFY(certificateNames({}).isEmpty());
    QVERIFY(certificateNames("no certificate").isEmpty());
    QVERIFY(certificateNames(der.first(der.size() / 2)).isEmpty());
}

void TestCertificateNames::matching_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("matches");
    QTest::newRow("same") << u"mail.example.com"_s << u"MAIL.example.com."_s << true;
    QTest::newRow("another") << u"mail.example.com"_s << u"imap.example.com"_s << false;
    QTest::newRow("wildcard") << u"*.example.com"_s << u"imap.example.com"_s << true;
    QTest::newRow("two labels deep") << u"*.example.com"_s << u"a.imap.example.com"_s << false;
    QTest::newRow("the base itself") << u"*.example.com"_s << u"example.com"_s << false;
    QTest::newRow("for everybody") << u"*.com.tr"_s << u"firma.com.tr"_s << false;
    QTest::newRow("for a hoster's customers") << u"*.github.io"_s << u"firma.github.io"_s << false;
    QTest::newRow("not in front") << u"mail.*.com"_s << u"mail.example.com"_s << false;
    QTest::newRow("part of a label") << u"m*.example.com"_s << u"mail.example.com"_s << false;
    QTest::newRow("IDN") << u"*.xn--iek-1lab.com.tr"_s << u"posta.çiçek.com.tr"_s << true;
    QTest::newRow("empty") << QString() << u"mail.example.com"_s << false;
}

void TestCertificateNames::matching()
{
    QFETCH(QString, name);
    QFETCH(QString, host);
    QTEST(certificateNameMatches(name, host), "matches");
}

void TestCertificateNames::whatToTry_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("hosts");
    // Case 17
    QTest::newRow("the hoster's name") << QStringList{u"srv12.trwww.com"_s} << QStringList{u"srv12.trwww.com"_s};
    QTest::newRow("own names first") << QStringList{u"srv12.trwww.com"_s, u"www.firma2.com.tr"_s}
                                     << QStringList{u"www.firma2.com.tr"_s, u"srv12.trwww.com"_s};
    QTest::newRow("not the name that was asked for") << QStringList{u"mail.firma2.com.tr"_s} << QStringList();
    QTest::newRow("wildcard") << QStringList{u"*.trwww.com"_s}
                              << QStringList{u"mail.trwww.com"_s, u"imap.trwww.com"_s, u"smtp.trwww.com"_s};
    QTest::newRow("wildcard and base") << QStringList{u"*.trwww.com"_s,
        u"trwww.com"_s} << QStringList{u"mail.trwww.com"_s, u"imap.trwww.com"_s, u"smtp.trwww.com"_s, u"trwww.com"_s};
    QTest::newRow("wildcard for everybody") << QStringList{u"*.com.tr"_s} << QStringList();
    QTest::newRow("a public suffix") << QStringList{u"com.tr"_s} << QStringList();
    QTest::newRow("nothing of the internet")
        << QStringList{u"localhost"_s, u"server"_s, u"10.0.0.1"_s} << QStringList();
    QTest::newRow("none") << QStringList() << QStringList();
}

void TestCertificateNames::whatToTry()
{
    QFETCH(QStringList, names);
    QTEST(hostsToTry(names, u"mail.firma2.com.tr"_s), "hosts");
}

QTEST_GUILESS_MAIN(TestCertificateNames)
#include "test_certificatenames.moc"
