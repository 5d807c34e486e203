// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/tlspolicy.h"

#include <QHostAddress>
#include <QSslCertificate>

#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Problems that no exception covers: there is nothing to compare, or the issuer took the certificate back.
bool isFinal(QSslError::SslError error)
{
    switch (error) {
    case QSslError::NoPeerCertificate:
    case QSslError::NoSslSupport:
    case QSslError::CertificateRevoked:
    case QSslError::CertificateBlacklisted:
        return true;
    default:
        return false;
    }
}

ErrorKind kindOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::HostNameMismatch:
        return ErrorKind::CertificateName;
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
    case QSslError::InvalidNotAfterField:
    case QSslError::InvalidNotBeforeField:
        return ErrorKind::CertificateExpired;
    default:
        return ErrorKind::CertificateUntrusted;
    }
}

QString namesOf(const QSslCertificate &certificate)
{
    const QMultiMap<QSsl::AlternativeNameEntryType, QString> alternatives = certificate.subjectAlternativeNames();
    QStringList names = alternatives.values(QSsl::DnsEntry) + alternatives.values(QSsl::IpAddressEntry);
    std::sort(names.begin(), names.end());
    return cleanServerText(names.join(", "_L1).toUtf8());
}

} // namespace

QSslConfiguration TlsPolicy::configuration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!extraRoots.isEmpty())
        configuration.addCaCertificates(extraRoots);
    return configuration;
}

bool TlsPolicy::accepts(
    const QString &host, quint16 port, const QSslCertificate &peer, const QList<QSslError> &errors) const
{
    if (std::any_of(errors.begin(), errors.end(), [](const QSslError &error) { return isFinal(error.error()); }))
        return false;
    if (describe(errors, peer).kind != ErrorKind::CertificateUntrusted)
        return false;
    const QByteArray der = peer.toDer();
    return !der.isEmpty() && std::any_of(exceptions.begin(), exceptions.end(), [&](const Exception &exception) {
        return exception.port == port && exception.host.compare(host, Qt::CaseInsensitive) == 0
            && exception.certificate == der;
    });
}

bool TlsPolicy::isFor(const QSslCertificate &peer, const QString &host)
{
    const QByteArray der = peer.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(d2i_X509(nullptr, &bytes, der.size()), X509_free);
    if (!certificate)
        return false;
    const QByteArray name = host.toLatin1();
    if (!QHostAddress(host).isNull())
        return X509_check_ip_asc(certificate.get(), name.constData(), 0) == 1;
    return X509_check_host(certificate.get(), name.constData(), size_t(name.size()),
               X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr)
        == 1;
}

MailError TlsPolicy::describe(const QList<QSslError> &errors, const QSslCertificate &peer)
{
    MailError result{.kind = ErrorKind::CertificateUntrusted, .step = Step::Tls};
    for (const ErrorKind kind :
        {ErrorKind::CertificateUntrusted, ErrorKind::CertificateName, ErrorKind::CertificateExpired}) {
        if (std::any_of(
                errors.begin(), errors.end(), [&](const QSslError &error) { return kindOf(error.error()) == kind; })) {
            result.kind = kind;
            break;
        }
    }
    result.subject = namesOf(peer);
    result.certificate = peer.toDer();
    return result;
}

} // namespace postaci
