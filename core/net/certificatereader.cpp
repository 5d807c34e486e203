// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/certificatereader.h"

#include "core/base/mailerror.h"

#include <QCryptographicHash>
#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

QString clean(const QStringList &texts)
{
    return cleanServerText(texts.join(", "_L1).toUtf8());
}

} // namespace

std::optional<CertificateFacts> readCertificate(const QByteArray &der)
{
    const QSslCertificate certificate(der, QSsl::Der);
    if (der.isEmpty() || certificate.isNull())
        return std::nullopt;
    CertificateFacts facts;
    const auto alternatives = certificate.subjectAlternativeNames();
    for (const QString &name : alternatives.values(QSsl::DnsEntry) + alternatives.values(QSsl::IpAddressEntry))
        facts.names.append(clean({name}));
    facts.subject = clean(certificate.subjectInfo(QSslCertificate::CommonName));
    facts.names.sort();
    facts.issuer = clean(
        certificate.issuerInfo(QSslCertificate::Organization) + certificate.issuerInfo(QSslCertificate::CommonName));
    facts.validFrom = certificate.effectiveDate().toUTC();
    facts.validUntil = certificate.expiryDate().toUTC();
    facts.sha256 = certificate.digest(QCryptographicHash::Sha256);
    facts.selfSigned = certificate.isSelfSigned();
    return facts;
}

} // namespace postaci
