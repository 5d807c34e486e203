// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace postaci {

/// What a server's certificate says of itself, for people to look at. Nobody need have vouched for any of it.
struct CertificateFacts {
    QStringList names; ///< Hosts, wildcards included; cleaned, sorted.
    QString subject; ///< Common name.
    QString issuer; ///< Organisation and common name.
    QDateTime validFrom; ///< UTC
    QDateTime validUntil;
    QByteArray sha256; ///< Of the DER bytes.
    bool selfSigned = false;
};

} // namespace postaci
