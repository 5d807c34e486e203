// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/account.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QString>

namespace postaci {

/// Which TLS connections are good enough. A value: every connection gets its own copy.
///
/// TLS 1.2 or newer, a chain to a trusted root, valid dates and the server's name; or the one certificate that the
/// user accepted for exactly this host and port (RFC 8314 4.4). There is no way to switch verification off.
struct TlsPolicy {
    using Exception = CertificateException;

    QList<Exception> exceptions;
    QList<QSslCertificate> extraRoots; ///< A company's CA; the tests' CA.

    QSslConfiguration configuration() const;

    /// Whether the problems that Qt found are covered by an exception for this endpoint. Only a certificate that nobody
    /// vouches for can be: one with a good chain that is expired or another host's is wrong, not unknown.
    bool accepts(const QString &host, quint16 port, const QSslCertificate &peer, const QList<QSslError> &errors) const;

    /// Whether the certificate is this host's (a name in ASCII, or an address): only its alternative names count (RFC
    /// 9525 6.3). Qt takes a common name too, even beside other names, so this is asked after every handshake that Qt
    /// was content with.
    static bool isFor(const QSslCertificate &peer, const QString &host);

    /// The one error that tells the user most: issuer before name before date, since what a certificate says of itself
    /// is worth nothing when nobody vouches for it.
    static MailError describe(const QList<QSslError> &errors, const QSslCertificate &peer);
};

} // namespace postaci
