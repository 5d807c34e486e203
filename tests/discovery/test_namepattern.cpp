// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/namepattern.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestNamePattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exchangerFitsOrNot_data();
    void exchangerFitsOrNot();
    void domainFitsOrNot_data();
    void domainFitsOrNot();
    void endBelongsToNobodyElse_data();
    void endBelongsToNobodyElse();
};

void TestNamePattern::exchangerFitsOrNot_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("fits");
    QTest::newRow("same") << u"mx.a.example"_s << u"mx.a.example"_s << true;
    QTest::newRow("other") << u"mx.a.example"_s << u"mx.b.example"_s << false;
    QTest::newRow("front") << u"*.a.example"_s << u"mx1.eu.a.example"_s << true;
    QTest::newRow("front needs its dot") << u"*.a.example"_s << u"evila.example"_s << false;
    QTest::newRow("front is not the whole") << u"*.a.example"_s << u"a.example"_s << false;
    QTest::newRow("goes on") << u"*.a.example"_s << u"mx.a.example.evil.example"_s << false;
    QTest::newRow("number") << u"mx*.a.example"_s << u"mx12.a.example"_s << true;
    QTest::newRow("no number") << u"mx*.a.example"_s << u"mx.a.example"_s << true;
    QTest::newRow("middle, with dots") << u"mx.*.cust.a.example"_s << u"mx.firma.com.tr.cust.a.example"_s << true;
    QTest::newRow("middle, other end") << u"mx.*.cust.a.example"_s << u"mx.firma.com.tr.cust.b.example"_s << false;
    QTest::newRow("comes back to the star") << u"*.ab.abc"_s << u"x.ab.ab.abc"_s << true;
    QTest::newRow("nothing") << u"*.a.example"_s << QString() << false;
}

void TestNamePattern::exchangerFitsOrNot()
{
    QFETCH(QString, pattern);
    QFETCH(QString, name);
    QTEST(matchesMxPattern(pattern, name), "fits");
}

void TestNamePattern::domainFitsOrNot_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<bool>("fits");
    for (const auto &[domain, fits] :
        std::initializer_list<std::pair<QString, bool>>{{u"yahoo.com"_s, true}, {u"yahoo.pl"_s, true},
            {u"yahoo.com.tr"_s, true}, {u"yahoo.co.id"_s, true}, {u"yahoo.con"_s, false}, {u"yahoo.example"_s, false},
            {u"yahoo.example.com"_s, false}, {u"yahoo.com.example"_s, false}, {u"mail.yahoo.com"_s, false},
            {u"myyahoo.com"_s, false}, {u"yahoo"_s, false}, {u"yahoo."_s, false}, {u"yahoo.ÇA"_s, false}})
        QTest::newRow(qPrintable(domain)) << u"yahoo.*"_s << domain << fits;
    QTest::newRow("below") << u"*.hub.example"_s << u"ali.hub.example"_s << true;
    QTest::newRow("itself") << u"*.hub.example"_s << u"hub.example"_s << false;
    QTest::newRow("both ends") << u"ecomail-*.*"_s << u"ecomail-bio.fr"_s << true;
    QTest::newRow("both ends, other country") << u"ecomail-*.*"_s << u"ecomail-bio.evil"_s << false;
}

void TestNamePattern::domainFitsOrNot()
{
    QFETCH(QString, pattern);
    QFETCH(QString, domain);
    QTEST(matchesDomainPattern(pattern, domain), "fits");
}

void TestNamePattern::endBelongsToNobodyElse_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("anchored");
    QTest::newRow("whole name") << u"mx.a.example"_s << true;
    QTest::newRow("front") << u"*.a.example"_s << true;
    QTest::newRow("number") << u"mx*.a.example"_s << true;
    QTest::newRow("not at a dot") << u"*a.example"_s << false;
    QTest::newRow("top level") << u"*.example"_s << false;
    QTest::newRow("open end") << u"mx.a.*"_s << false;
    QTest::newRow("anything") << u"*"_s << false;
    QTest::newRow("one label") << u"mx"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void TestNamePattern::endBelongsToNobodyElse()
{
    QFETCH(QString, pattern);
    QTEST(isAnchoredPattern(pattern), "anchored");
}

QTEST_GUILESS_MAIN(TestNamePattern)
#include "test_namepattern.moc"
