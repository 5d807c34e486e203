// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/certificatedetails.h"

#include "core/base/mailerror.h"

#include <QCryptographicHash>
#include <QSslCertificate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype mostNames = 50; // A hoster's certificate can have hundreds.

/// Made by whoever made the certificate: harmless, as other words of a server.
QString clean(const QString &text)
{
    return cleanServerText(text.toUtf8());
}

QString commonName(const QStringList &names)
{
    return names.isEmpty() ? QString() : names.first();
}

} // namespace

std::optional<CertificateDetails> certificateDetails(const QByteArray &der)
{
    const QSslCertificate certificate(der, QSsl::Der);
    if (certificate.isNull())
        return {};
    CertificateDetails details;
    const auto alternatives = certificate.subjectAlternativeNames();
    for (const QString &name : alternatives) {
        if (details.names.size() < mostNames)
            details.names.append(clean(name));
    }
    const QString subjectName = commonName(certificate.subjectInfo(QSslCertificate::CommonName));
    if (details.names.isEmpty() && !subjectName.isEmpty())
        details.names.append(clean(subjectName));
    const auto described = [](const QString &name, const QStringList &organisations) {
        QStringList parts{name};
        parts += organisations;
        parts.removeAll(QString());
        return clean(parts.join(u", "_s));
    };
    details.subject = described(subjectName, certificate.subjectInfo(QSslCertificate::Organization));
    details.issuer = described(commonName(certificate.issuerInfo(QSslCertificate::CommonName)),
        certificate.issuerInfo(QSslCertificate::Organization));
    details.selfSigned = certificate.isSelfSigned();
    details.validFrom = certificate.effectiveDate();
    details.validUntil = certificate.expiryDate();
    details.sha256 = certificate.digest(QCryptographicHash::Sha256);
    return details;
}

QString fingerprintText(const QByteArray &sha256)
{
    constexpr int group = 2;
    constexpr int groupsInLine = 8;
    QString text;
    for (qsizetype i = 0; i < sha256.size(); i += group) {
        if (i > 0)
            text += i % (group * groupsInLine) == 0 ? u'\n' : u' ';
        text += QString::fromLatin1(sha256.mid(i, group).toHex(':').toUpper());
    }
    return text;
}

} // namespace postaci
