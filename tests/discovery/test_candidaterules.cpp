// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/candidaterules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

ServerSettings server(Protocol protocol, const QString &host, quint16 port, Encryption encryption)
{
    return {.protocol = protocol, .host = host, .port = port, .encryption = encryption};
}

SettingsCandidate at(SettingsSource source, const QString &incoming, const QString &outgoing)
{
    return candidateOf(source, {server(Protocol::Imap, incoming, 993, Encryption::ImplicitTls)},
        {server(Protocol::Smtp, outgoing, 465, Encryption::ImplicitTls)});
}

} // namespace

class TestCandidateRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void userNamesAreFilledOnce_data();
    void userNamesAreFilledOnce();
    void ports_data();
    void ports();
    void tlsComesFirst();
    void approval_data();
    void approval();
    void approvalWhateverTheSource();
};

void TestCandidateRules::userNamesAreFilledOnce_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("userName");
    const QString address = u"Ünal+liste@xn--iek-1lab.com.tr"_s;
    QTest::newRow("address") << u"%EMAILADDRESS%"_s << address << address;
    QTest::newRow("local part") << u"%EMAILLOCALPART%"_s << address << u"Ünal+liste"_s;
    QTest::newRow("domain") << u"%EMAILLOCALPART%.%EMAILDOMAIN%"_s << address << u"Ünal+liste.xn--iek-1lab.com.tr"_s;
    QTest::newRow("literal") << u"m01234"_s << address << u"m01234"_s;
    QTest::newRow("a placeholder inside the address")
        << u"%EMAILADDRESS%"_s << u"%EMAILDOMAIN%@example.com"_s << u"%EMAILDOMAIN%@example.com"_s;
    QTest::newRow("half a placeholder") << u"%EMAILADDRESS"_s << address << u"%EMAILADDRESS"_s;
}

void TestCandidateRules::userNamesAreFilledOnce()
{
    QFETCH(QString, form);
    QFETCH(QString, address);
    QTEST(filledUserName(form, address), "userName");
}

void TestCandidateRules::ports_data()
{
    QTest::addColumn<Protocol>("protocol");
    QTest::addColumn<int>("port");
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<bool>("sane");
    using enum Protocol;
    using enum Encryption;
    QTest::newRow("IMAPS") << Imap << 993 << ImplicitTls << true;
    QTest::newRow("IMAP") << Imap << 143 << StartTls << true;
    QTest::newRow("IMAP without encryption") << Imap << 143 << None << false;
    QTest::newRow("IMAP, the other way round") << Imap << 993 << StartTls << false;
    QTest::newRow("POP3S") << Pop3 << 995 << ImplicitTls << true;
    QTest::newRow("submissions") << Smtp << 465 << ImplicitTls << true;
    QTest::newRow("submission") << Smtp << 587 << StartTls << true;
    QTest::newRow("submission, the other way round") << Smtp << 587 << ImplicitTls << false;
    QTest::newRow("between servers") << Smtp << 25 << StartTls << false;
    QTest::newRow("nobody's port") << Smtp << 2525 << StartTls << true;
    QTest::newRow("0") << Imap << 0 << ImplicitTls << false;
}

void TestCandidateRules::ports()
{
    QFETCH(Protocol, protocol);
    QFETCH(int, port);
    QFETCH(Encryption, encryption);
    QTEST(isSanePort(protocol, quint16(port), encryption), "sane");
}

void TestCandidateRules::tlsComesFirst()
{
    using enum Protocol;
    using enum Encryption;
    const SettingsCandidate candidate = candidateOf(SettingsSource::Autoconfig,
        {server(Pop3, u"pop.example.com"_s, 995, ImplicitTls), server(Imap, u"a.example.com"_s, 143, StartTls),
            server(Imap, u"b.example.com"_s, 993, ImplicitTls), server(Imap, u"c.example.com"_s, 993, ImplicitTls)},
        {server(Smtp, u"d.example.com"_s, 587, StartTls), server(Smtp, u"e.example.com"_s, 465, ImplicitTls)});
    QCOMPARE(candidate.incoming.size(), 2);
    QCOMPARE(candidate.incoming[0].endpoint(), u"b.example.com:993"_s);
    QCOMPARE(candidate.incoming[1].endpoint(), u"pop.example.com:995"_s);
    QCOMPARE(candidate.outgoing.endpoint(), u"e.example.com:465"_s);
}

void TestCandidateRules::approval_data()
{
    QTest::addColumn<SettingsSource>("source");
    QTest::addColumn<QStringList>("own"); ///< Hosts of the domain.
    QTest::addColumn<QStringList>("known"); ///< A host of the table.
    QTest::addColumn<QStringList>("foreign");
    using enum SettingsSource;
    const QStringList all{u"imap.firma.com.tr"_s, u"smtp.evil.example"_s};
    const QStringList evil{u"smtp.evil.example"_s};
    const QStringList own{u"imap.firma.com.tr"_s, u"smtp.firma.com.tr"_s};
    const QStringList known{u"imap.firma.com.tr"_s, u"smtp.gmail.com"_s};
    const QStringList none;
    QTest::newRow("table") << Table << none << none << none;
    QTest::newRow("table by MX") << TableByMx << none << none << none;
    QTest::newRow("PACC") << Pacc << none << none << none;
    QTest::newRow("autoconfig") << Autoconfig << none << none << evil;
    QTest::newRow("well-known") << WellKnown << none << none << evil;
    QTest::newRow("Mozilla") << Ispdb << none << none << none;
    QTest::newRow("SRV") << Srv << none << none << evil;
    QTest::newRow("autoconfig of the MX") << MxAutoconfig << own << known << all;
    QTest::newRow("Autodiscover") << Autodiscover << own << known << all;
    QTest::newRow("probing") << Probe << none << none << evil;
    QTest::newRow("guess") << Guess << none << none << evil;
}

void TestCandidateRules::approval()
{
    QFETCH(SettingsSource, source);
    const Provenance provenance{.domain = u"firma.com.tr"_s};
    const auto isKnown = [](const QString &host) { return host == "smtp.gmail.com"_L1; };
    const auto hosts = [&](const QString &outgoing) {
        return hostsToApprove(at(source, u"imap.firma.com.tr"_s, outgoing), provenance, isKnown);
    };
    QTEST(hosts(u"smtp.firma.com.tr"_s), "own");
    QTEST(hosts(u"smtp.gmail.com"_s), "known");
    QTEST(hosts(u"smtp.evil.example"_s), "foreign");
}

void TestCandidateRules::approvalWhateverTheSource()
{
    const auto isKnown = [](const QString &) { return true; };
    const SettingsCandidate own = at(SettingsSource::Autoconfig, u"mail.firma.com.tr"_s, u"mail.firma.com.tr"_s);
    QCOMPARE(hostsToApprove(own, {.domain = u"firma.com.tr"_s, .redirected = true}, isKnown),
        QStringList{u"mail.firma.com.tr"_s});
    // Case 14: the entry of the table is not certain, so an answer under its names is no proof.
    QCOMPARE(hostsToApprove(own, {.domain = u"firma.com.tr"_s, .guessedHosts = true}, isKnown),
        QStringList{u"mail.firma.com.tr"_s});
}

QTEST_GUILESS_MAIN(TestCandidateRules)
#include "test_candidaterules.moc"
