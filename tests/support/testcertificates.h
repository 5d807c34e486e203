// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/net/tlspolicy.h"

#include <QSslConfiguration>

namespace postaci {

/// What a test server shows. The files are in tests/data/tls, made by `make` there; every name but WrongName fits
/// localhost, 127.0.0.1, ::1 and *.example.test.
enum class TestCertificate { Good, Expired, NotYetValid, WrongName, CommonName, SelfSigned, UntrustedRoot };

/// A server's side of TLS with that certificate and its key.
QSslConfiguration serverTls(TestCertificate certificate);

/// The certificate alone, for instance for TlsPolicy::Exception.
QSslCertificate testCertificate(TestCertificate certificate);

/// A client's side that trusts the tests' root beside the system's roots.
TlsPolicy testTlsPolicy();

} // namespace postaci
