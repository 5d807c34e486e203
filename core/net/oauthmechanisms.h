// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace postaci {

/// Adds OAUTHBEARER (RFC 7628) and XOAUTH2 (Google's forerunner of it) to Cyrus SASL's client side, which has neither.
/// Both take the user name from SASL_CB_AUTHNAME and the access token from SASL_CB_PASS. To be called once, after
/// sasl_client_init(). Returns a SASL result code.
int addOAuthMechanisms();

} // namespace postaci
