// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/certificatereader.h"
#include "core/net/tlspolicy.h"
#include "tests/support/testcertificates.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

QList<QSslError> errors(std::initializer_list<QSslError::SslError> kinds)
{
    QList<QSslError> list;
    for (const QSslError::SslError kind : kinds)
        list.append(QSslError(kind));
    return list;
}

} // namespace

class TestTlsPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oldProtocolsAreOff();
    void systemRootsStayBesideExtraOnes();
    void issuerComesBeforeNameBeforeDate_data();
    void issuerComesBeforeNameBeforeDate();
    void describesTheCertificate();
    void namesAreCleaned();
    void onlyAlternativeNamesCount_data();
    void onlyAlternativeNamesCount();
    void exceptionHoldsForOneHostPortAndCertificate();
    void exceptionCoversNoRevokedOrMissingCertificate();
    void exceptionCoversNoCertificateWithAGoodChain();
    void factsAreRead_data();
    void factsAreRead();
    void whatIsNoCertificateHasNoFacts();
};

void TestTlsPolicy::oldProtocolsAreOff()
{
    const QSslConfiguration configuration = TlsPolicy().configuration();
    QCOMPARE(configuration.protocol(), QSsl::TlsV1_2OrLater);
    QCOMPARE(configuration.peerVerifyMode(), QSslSocket::VerifyPeer);
}

void TestTlsPolicy::systemRootsStayBesideExtraOnes()
{
    const QList<QSslCertificate> system = TlsPolicy().configuration().caCertificates();
    const QList<QSslCertificate> extended = testTlsPolicy().configuration().caCertificates();
    QVERIFY(!testTlsPolicy().extraRoots.isEmpty());
    QCOMPARE(extended.size(), system.size() + testTlsPolicy().extraRoots.size());
}

void TestTlsPolicy::issuerComesBeforeNameBeforeDate_data()
{
    using enum QSslError::SslError;
    QTest::addColumn<QList<QSslError>>("found");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("all three") << errors({SelfSignedCertificate, CertificateExpired, HostNameMismatch})
                               << ErrorKind::CertificateUntrusted;
    QTest::newRow("date and issuer") << errors({UnableToGetLocalIssuerCertificate, CertificateExpired})
                                     << ErrorKind::CertificateUntrusted;
    QTest::newRow("date and name") << errors({CertificateExpired, HostNameMismatch}) << ErrorKind::CertificateName;
    QTest::newRow("expired") << errors({CertificateExpired}) << ErrorKind::CertificateExpired;
    QTest::newRow("not yet") << errors({CertificateNotYetValid}) << ErrorKind::CertificateExpired;
    QTest::newRow("self-signed") << errors({SelfSignedCertificate}) << ErrorKind::CertificateUntrusted;
    QTest::newRow("chain") << errors({SelfSignedCertificateInChain}) << ErrorKind::CertificateUntrusted;
    QTest::newRow("incomplete chain") << errors({UnableToGetLocalIssuerCertificate, UnableToVerifyFirstCertificate})
                                      << ErrorKind::CertificateUntrusted;
    QTest::newRow("revoked") << errors({CertificateRevoked}) << ErrorKind::CertificateUntrusted;
    QTest::newRow("something new") << errors({UnspecifiedError}) << ErrorKind::CertificateUntrusted;
}

void TestTlsPolicy::issuerComesBeforeNameBeforeDate()
{
    QFETCH(QList<QSslError>, found);
    QFETCH(ErrorKind, kind);
    const MailError error = TlsPolicy::describe(found, testCertificate(TestCertificate::Good));
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.step, Step::Tls);
}

void TestTlsPolicy::describesTheCertificate()
{
    const QSslCertificate certificate = testCertificate(TestCertificate::WrongName);
    const MailError error = TlsPolicy::describe(errors({QSslError::HostNameMismatch}), certificate);
    QCOMPARE(error.certificate, certificate.toDer());
    const QStringList names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names)
        QVERIFY2(error.subject.contains(name), qPrintable(error.subject));

    QVERIFY(TlsPolicy::describe(errors({QSslError::NoPeerCertificate}), QSslCertificate()).certificate.isEmpty());
}

void TestTlsPolicy::namesAreCleaned()
{
    // A certificate is made by whoever answers: its names are as trustworthy as a server's text.
    const MailError error
        = TlsPolicy::describe(errors({QSslError::HostNameMismatch}), testCertificate(TestCertificate::Good));
    QVERIFY(error.subject.size() <= 300);
    QVERIFY(error.subject.contains(u"*.example.test"_s));
    QVERIFY(error.subject.contains(u"127.0.0.1"_s));
}

void TestTlsPolicy::onlyAlternativeNamesCount_data()
{
    QTest::addColumn<TestCertificate>("certificate");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isFor");
    QTest::newRow("name") << TestCertificate::Good << u"localhost"_s << true;
    QTest::newRow("capitals") << TestCertificate::Good << u"LOCALHOST"_s << true;
    QTest::newRow("wildcard") << TestCertificate::Good << u"imap.example.test"_s << true;
    QTest::newRow("wildcard, two labels") << TestCertificate::Good << u"a.imap.example.test"_s << false;
    QTest::newRow("wildcard's base") << TestCertificate::Good << u"example.test"_s << false;
    QTest::newRow("address") << TestCertificate::Good << u"127.0.0.1"_s << true;
    QTest::newRow("IPv6 address") << TestCertificate::Good << u"::1"_s << true;
    QTest::newRow("another address") << TestCertificate::Good << u"127.0.0.2"_s << false;
    QTest::newRow("another name") << TestCertificate::WrongName << u"localhost"_s << false;
    QTest::newRow("common name") << TestCertificate::CommonName << u"localhost"_s << false;
    QTest::newRow("name beside a common name") << TestCertificate::CommonName << u"mail.example.invalid"_s << true;
    QTest::newRow("nothing") << TestCertificate::Good << QString() << false;
}

// T12, RFC 9525 6.3
void TestTlsPolicy::onlyAlternativeNamesCount()
{
    QFETCH(TestCertificate, certificate);
    QFETCH(QString, host);
    QTEST(TlsPolicy::isFor(testCertificate(certificate), host), "isFor");
    QVERIFY(!TlsPolicy::isFor(QSslCertificate(), host));
}

// T12, RFC 8314 4.4
void TestTlsPolicy::exceptionHoldsForOneHostPortAndCertificate()
{
    const QSslCertificate accepted = testCertificate(TestCertificate::SelfSigned);
    const QList<QSslError> found = errors({QSslError::SelfSignedCertificate, QSslError::HostNameMismatch});
    TlsPolicy policy;
    QVERIFY(!policy.accepts(u"mail.example.test"_s, 993, accepted, found));

    policy.exceptions.append({.host = u"mail.example.test"_s, .port = 993, .certificate = accepted.toDer()});
    QVERIFY(policy.accepts(u"mail.example.test"_s, 993, accepted, found));
    QVERIFY(policy.accepts(u"MAIL.example.test"_s, 993, accepted, found));
    QVERIFY(!policy.accepts(u"mail.example.test"_s, 465, accepted, found));
    QVERIFY(!policy.accepts(u"other.example.test"_s, 993, accepted, found));
    QVERIFY(!policy.accepts(u"mail.example.test"_s, 993, testCertificate(TestCertificate::UntrustedRoot), found));
}

void TestTlsPolicy::exceptionCoversNoRevokedOrMissingCertificate()
{
    const QSslCertificate accepted = testCertificate(TestCertificate::SelfSigned);
    TlsPolicy policy;
    policy.exceptions.append({.host = u"mail.example.test"_s, .port = 993, .certificate = accepted.toDer()});
    policy.exceptions.append({.host = u"none.example.test"_s, .port = 993, .certificate = {}});
    QVERIFY(!policy.accepts(u"mail.example.test"_s, 993, accepted,
        errors({QSslError::SelfSignedCertificate, QSslError::CertificateRevoked})));
    QVERIFY(!policy.accepts(u"mail.example.test"_s, 993, accepted, errors({QSslError::CertificateBlacklisted})));
    QVERIFY(
        !policy.accepts(u"none.example.test"_s, 993, QSslCertificate(), errors({QSslError::SelfSignedCertificate})));
    QVERIFY(!policy.accepts(u"none.example.test"_s, 993, QSslCertificate(), errors({QSslError::NoPeerCertificate})));
}

/// One that is expired or another host's is wrong, not unknown: there is another cure.
void TestTlsPolicy::exceptionCoversNoCertificateWithAGoodChain()
{
    const QSslCertificate certificate = testCertificate(TestCertificate::WrongName);
    TlsPolicy policy;
    policy.exceptions.append({.host = u"mail.example.test"_s, .port = 993, .certificate = certificate.toDer()});
    QVERIFY(!policy.accepts(u"mail.example.test"_s, 993, certificate, errors({QSslError::HostNameMismatch})));
    QVERIFY(!policy.accepts(u"mail.example.test"_s, 993, certificate, errors({QSslError::CertificateExpired})));
    QVERIFY(policy.accepts(u"mail.example.test"_s, 993, certificate, errors({QSslError::SelfSignedCertificate})));
}

void TestTlsPolicy::factsAreRead_data()
{
    QTest::addColumn<TestCertificate>("certificate");
    QTest::addColumn<bool>("selfSigned");
    QTest::newRow("good") << TestCertificate::Good << false;
    QTest::newRow("expired") << TestCertificate::Expired << false;
    QTest::newRow("self-signed") << TestCertificate::SelfSigned << true;
}

void TestTlsPolicy::factsAreRead()
{
    QFETCH(TestCertificate, certificate);
    QFETCH(bool, selfSigned);
    const QSslCertificate given = testCertificate(certificate);
    const auto facts = readCertificate(given.toDer());
    QVERIFY(facts);
    QVERIFY(facts->names.contains(u"localhost"_s));
    QVERIFY(facts->names.contains(u"*.example.test"_s));
    QVERIFY(!facts->issuer.isEmpty());
    QCOMPARE(facts->validFrom, given.effectiveDate());
    QCOMPARE(facts->validUntil, given.expiryDate());
    QCOMPARE(facts->validUntil < QDateTime::currentDateTimeUtc(), certificate == TestCertificate::Expired);
    QCOMPARE(facts->sha256, given.digest(QCryptographicHash::Sha256));
    QCOMPARE(facts->selfSigned, selfSigned);
}

void TestTlsPolicy::whatIsNoCertificateHasNoFacts()
{
    const QByteArray good = testCertificate(TestCertificate::Good).toDer();
    for (const QByteArray &bytes : {QByteArray(), QByteArray("garbage"), good.first(good.size() / 2)})
        QVERIFY(!readCertificate(bytes));
}

QTEST_GUILESS_MAIN(TestTlsPolicy)
#include "test_tlspolicy.moc"
