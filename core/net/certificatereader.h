// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/certificatefacts.h"

#include <optional>

namespace postaci {

/// Reads a certificate (X.509, DER), as MailError::certificate holds it. Nothing when it is none. Pure.
std::optional<CertificateFacts> readCertificate(const QByteArray &der);

} // namespace postaci
