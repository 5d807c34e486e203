// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/addressinput.h"
#include "core/discovery/providerdirectory.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

using Problem = AddressInput::Problem;

class TestAddressInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void addressIsMadeFit_data();
    void addressIsMadeFit();
    void problemIsNamed_data();
    void problemIsNamed();
    void slipIsNoticed_data();
    void slipIsNoticed();
    void rightDomainIsLeftInPeace_data();
    void rightDomainIsLeftInPeace();
    void slipsOfCommonDomainsLeadBack_data();
    void slipsOfCommonDomainsLeadBack();
    void everyCommonDomainIsInTheTable();
};

// The whole of it under a locale in which i and I are different letters.
void TestAddressInput::init()
{
    QLocale::setDefault(QLocale(QLocale::Turkish, QLocale::Turkey));
}

void TestAddressInput::cleanup()
{
    QLocale::setDefault(QLocale::c());
}

void TestAddressInput::addressIsMadeFit_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("localPart");
    QTest::addColumn<QString>("domain");
    const auto row = [](const char *name, const QString &typed, const QString &local, const QString &shown,
                         const QString &ace) { QTest::newRow(name) << typed << local + u'@' + shown << local << ace; };
    row("plain", u"ali@firma.com.tr"_s, u"ali"_s, u"firma.com.tr"_s, u"firma.com.tr"_s);
    row("Turkish capitals", u"  Ünal+liste@ÇİÇEK.com.tr "_s, u"Ünal+liste"_s, u"çiçek.com.tr"_s,
        u"xn--iek-1lab.com.tr"_s);
    row("Turkish capitals, decomposed", u"Ünal@C\u0327I\u0307C\u0327EK.com.tr"_s, u"Ünal"_s, u"çiçek.com.tr"_s,
        u"xn--iek-1lab.com.tr"_s);
    row("dot left behind by another program", u"a@çi\u0307çek.com.tr"_s, u"a"_s, u"çiçek.com.tr"_s,
        u"xn--iek-1lab.com.tr"_s);
    row("capital I", u"AYŞE@GMAIL.COM"_s, u"AYŞE"_s, u"gmail.com"_s, u"gmail.com"_s);
    row("dotless i stays a letter of its own", u"a@ışık.com"_s, u"a"_s, u"ışık.com"_s, u"xn--k-ekaa7p.com"_s);
    row("ACE", u"a@XN--IEK-1LAB.com.tr"_s, u"a"_s, u"çiçek.com.tr"_s, u"xn--iek-1lab.com.tr"_s);
    row("ACE of no name", u"a@xn--iek-1la0.com"_s, u"a"_s, u"xn--iek-1la0.com"_s, u"xn--iek-1la0.com"_s);
    row("invisible characters", u"\u200Bali\u00A0@\u2060firma.com\uFEFF\n"_s, u"ali"_s, u"firma.com"_s, u"firma.com"_s);
    row("final dot", u"ali@firma.com."_s, u"ali"_s, u"firma.com"_s, u"firma.com"_s);
    row("link", u"mailto:ali@firma.com"_s, u"ali"_s, u"firma.com"_s, u"firma.com"_s);
    row("header", u"Ali Işık <ali@firma.com>"_s, u"ali"_s, u"firma.com"_s, u"firma.com"_s);
    row("wide at sign", u"ali＠firma.com"_s, u"ali"_s, u"firma.com"_s, u"firma.com"_s);
    row("quoted local part", u"\"a@b\"@firma.com"_s, u"\"a@b\""_s, u"firma.com"_s, u"firma.com"_s);
    row("case of the local part", u"Ali.IŞIK@firma.com"_s, u"Ali.IŞIK"_s, u"firma.com"_s, u"firma.com"_s);
    row("numbers", u"a@163.com"_s, u"a"_s, u"163.com"_s, u"163.com"_s);
}

void TestAddressInput::addressIsMadeFit()
{
    QFETCH(QString, typed);
    const AddressInput input = parseAddress(typed);
    QCOMPARE(input.problem, Problem::None);
    QTEST(input.address, "address");
    QTEST(input.localPart, "localPart");
    QTEST(input.domain, "domain");
    QCOMPARE(input.suggestion, QString());
    // What the rest of the program makes of the result is the same.
    QCOMPARE(domainOf(input.address), input.domain);
    QCOMPARE(localPartOf(input.address), input.localPart);
    QCOMPARE(parseAddress(input.address), input);
}

void TestAddressInput::problemIsNamed_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Problem>("problem");
    QTest::newRow("nothing") << u" \u200B "_s << Problem::Empty;
    QTest::newRow("no at") << u"ali.firma.com"_s << Problem::NoAt;
    QTest::newRow("two ats") << u"a@b@c.com"_s << Problem::SeveralAts;
    QTest::newRow("no local part") << u"@firma.com"_s << Problem::NoLocalPart;
    QTest::newRow("space in local part") << u"ali veli@firma.com"_s << Problem::BadLocalPart;
    QTest::newRow("comma in local part") << u"ali,veli@firma.com"_s << Problem::BadLocalPart;
    QTest::newRow("long local part") << QString(65, u'a') + u"@firma.com"_s << Problem::BadLocalPart;
    QTest::newRow("long local part in bytes") << QString(33, u'ş') + u"@firma.com"_s << Problem::BadLocalPart;
    QTest::newRow("no domain") << u"ali@ "_s << Problem::NoDomain;
    QTest::newRow("only a dot") << u"ali@."_s << Problem::NoDomain;
    QTest::newRow("single label") << u"ali@localhost"_s << Problem::SingleLabel;
    QTest::newRow("space in domain") << u"ali@fir ma.com"_s << Problem::BadDomain;
    QTest::newRow("two dots") << u"ali@firma..com"_s << Problem::BadDomain;
    QTest::newRow("underscore") << u"ali@fir_ma.com"_s << Problem::BadDomain;
    QTest::newRow("slash") << u"ali@firma.com/posta"_s << Problem::BadDomain;
    QTest::newRow("port") << u"ali@firma.com:993"_s << Problem::BadDomain;
    QTest::newRow("number") << u"ali@192.0.2.1"_s << Problem::BadDomain;
    QTest::newRow("address literal") << u"ali@[192.0.2.1]"_s << Problem::BadDomain;
    QTest::newRow("long label") << u"ali@"_s + QString(64, u'a') + u".com"_s << Problem::BadDomain;
    QTest::newRow("long domain") << u"ali@"_s + QString(u"a."_s).repeated(130) + u"com"_s << Problem::BadDomain;
}

void TestAddressInput::problemIsNamed()
{
    QFETCH(QString, typed);
    const AddressInput input = parseAddress(typed);
    QTEST(input.problem, "problem");
    QCOMPARE(input.address, QString());
    QVERIFY(!input.isUsable());
}

void TestAddressInput::slipIsNoticed_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("suggestion");
    const auto row = [](const QString &typed, const QString &domain) {
        QTest::newRow(qPrintable(typed)) << u"Ali+x@"_s + typed << u"Ali+x@"_s + domain;
    };
    row(u"gmial.com"_s, u"gmail.com"_s);
    row(u"gmail.con"_s, u"gmail.com"_s);
    row(u"gmial.cmo"_s, u"gmail.com"_s);
    row(u"GMAİL.CON"_s, u"gmail.com"_s);
    row(u"gmaıl.com"_s, u"gmail.com"_s);
    row(u"gmailcom"_s, u"gmail.com"_s);
    row(u"gmail,com"_s, u"gmail.com"_s);
    row(u"gmail.co"_s, u"gmail.com"_s);
    row(u"hotmial.com"_s, u"hotmail.com"_s);
    row(u"hotmail.com.rt"_s, u"hotmail.com.tr"_s);
    row(u"yahoo.comtr"_s, u"yahoo.com.tr"_s);
    row(u"gmx.nte"_s, u"gmx.net"_s);
    row(u"firma.con.tr"_s, u"firma.com.tr"_s);
    row(u"firma.con"_s, u"firma.com"_s);
}

void TestAddressInput::slipIsNoticed()
{
    QFETCH(QString, typed);
    QTEST(parseAddress(typed).suggestion, "suggestion");
}

void TestAddressInput::rightDomainIsLeftInPeace_data()
{
    QTest::addColumn<QString>("domain");
    for (const QString &domain : {u"mail.com"_s, u"gmx.fr"_s, u"gmx.us"_s, u"hotmail.dk"_s, u"love.com"_s, u"we.com"_s,
             u"qa.com"_s, u"five.com"_s, u"posta.com.tr"_s, u"conn.example"_s, u"falcon.example"_s, u"yahoo.co.jp"_s,
             u"web.com"_s, u"mail.firma.com"_s})
        QTest::newRow(qPrintable(domain)) << domain;
}

void TestAddressInput::rightDomainIsLeftInPeace()
{
    QFETCH(QString, domain);
    const AddressInput input = parseAddress(u"ali@"_s + domain);
    QCOMPARE(input.problem, Problem::None);
    QCOMPARE(input.suggestion, QString());
}

void TestAddressInput::slipsOfCommonDomainsLeadBack_data()
{
    QTest::addColumn<QString>("domain");
    QCOMPARE(commonDomains().size(), size_t(60));
    for (const QLatin1StringView domain : commonDomains())
        QTest::newRow(domain.data()) << QString(domain);
}

/// Each slip leads to a suggestion; to another domain than this one only where that is just as near, or it is somebody
/// else's domain.
void TestAddressInput::slipsOfCommonDomainsLeadBack()
{
    QFETCH(QString, domain);
    const ProviderDirectory directory = ProviderDirectory::bundled();
    const qsizetype dot = domain.indexOf(u'.');
    QStringList slips;
    // The name: from five letters on any slip, at four only swapped letters.
    for (qsizetype i = 0; i < dot; ++i) {
        QString swapped = domain;
        if (i + 1 < dot && dot >= 4 && swapped.at(i) != swapped.at(i + 1)) {
            std::swap(swapped[i], swapped[i + 1]);
            slips.append(swapped);
        }
        if (dot < 5)
            continue;
        slips.append(QString(domain).remove(i, 1));
        slips.append(QString(domain).insert(i, domain.at(i)));
        slips.append(QString(domain).replace(i, 1, u'q'));
    }
    // The end.
    slips.append(QString(domain).append(u'm'));
    int back = 0;
    for (const QString &slip : std::as_const(slips)) {
        const QString suggestion = parseAddress(u"ali@"_s + slip).suggestion;
        if (suggestion == u"ali@"_s + domain) {
            ++back;
            continue;
        }
        const Provider *known = directory.findByDomain(slip);
        const QString other = suggestion.section(u'@', 1);
        const bool asNear = std::any_of(commonDomains().begin(), commonDomains().end(),
            [&other](QLatin1StringView common) { return common == other; });
        QVERIFY2(asNear || (suggestion.isEmpty() && known && known->domains.contains(slip)), qPrintable(slip));
    }
    QVERIFY2(back > 0 && back >= slips.size() - 3, qPrintable(u"%1 of %2"_s.arg(back).arg(slips.size())));
}

void TestAddressInput::everyCommonDomainIsInTheTable()
{
    const ProviderDirectory directory = ProviderDirectory::bundled();
    for (const QLatin1StringView domain : commonDomains())
        QVERIFY2(directory.findByDomain(domain), domain.data());
}

QTEST_GUILESS_MAIN(TestAddressInput)
#include "test_addressinput.moc"
