// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace postaci {

/// What a person can compare in a server's certificate (RFC 5280).
struct CertificateDetails {
    QStringList names; ///< DNS names and addresses that it is valid for; the common name where there are none.
    QString subject; ///< Common name, organisation.
    QString issuer; ///< Likewise.
    bool selfSigned = false; ///< It vouches for itself.
    QDateTime validFrom; ///< UTC
    QDateTime validUntil; ///< UTC
    QByteArray sha256; ///< Fingerprint, 32 bytes.
};

/// Null when `der` is no certificate.
std::optional<CertificateDetails> certificateDetails(const QByteArray &der);

/// "AB:CD:… " in lines that can be read aloud: groups of two bytes, 8 groups in a line.
QString fingerprintText(const QByteArray &sha256);

} // namespace postaci
