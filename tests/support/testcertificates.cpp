// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/testcertificates.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace postaci {

namespace {

QByteArray pem(const QString &name)
{
    QFile file(QStringLiteral(POSTACI_TEST_DATA "/tls/") + name + QStringLiteral(".pem"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

QString fileName(TestCertificate certificate)
{
    switch (certificate) {
    case TestCertificate::Good:
        return QStringLiteral("good");
    case TestCertificate::Expired:
        return QStringLiteral("expired");
    case TestCertificate::NotYetValid:
        return QStringLiteral("notyetvalid");
    case TestCertificate::WrongName:
        return QStringLiteral("wrongname");
    case TestCertificate::CommonName:
        return QStringLiteral("commonname");
    case TestCertificate::SelfSigned:
        return QStringLiteral("selfsigned");
    case TestCertificate::UntrustedRoot:
        return QStringLiteral("untrustedroot");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QSslConfiguration serverTls(TestCertificate certificate)
{
    const QByteArray bytes = pem(fileName(certificate));
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(bytes, QSsl::Pem));
    configuration.setPrivateKey(QSslKey(bytes, QSsl::Ec, QSsl::Pem));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    return configuration;
}

QSslCertificate testCertificate(TestCertificate certificate)
{
    return QSslCertificate(pem(fileName(certificate)), QSsl::Pem);
}

TlsPolicy testTlsPolicy()
{
    TlsPolicy policy;
    policy.extraRoots = {QSslCertificate(pem(QStringLiteral("root")), QSsl::Pem)};
    return policy;
}

} // namespace postaci
