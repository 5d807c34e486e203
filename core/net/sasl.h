// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"

#include <QByteArray>
#include <QList>

#include <memory>

namespace postaci {

/// One SASL exchange (RFC 4422) by Cyrus SASL, with OAUTHBEARER (RFC 7628) and XOAUTH2 as in-process plug-ins.
///
/// Bytes in, bytes out, no sockets: base64 and the protocol's framing are the caller's. SMTP, POP3 and IMAP use it
/// alike. Never picks a mechanism that shows the password or token unless the channel is encrypted or loopback.
class Sasl {
public:
    struct Start {
        QByteArray mechanism;
        bool hasInitialResponse = false;
        QByteArray initialResponse; ///< Raw; may be empty and still be sent ("=" in base64 form).
    };

    /// @param service "imap", "smtp" or "pop"
    /// @param secure whether secrets may go over the wire as they are
    Sasl(QByteArray service, const QString &host, const Credentials &credentials, bool secure);
    ~Sasl();
    Sasl(Sasl &&) noexcept;
    Sasl &operator=(Sasl &&) noexcept;

    /// Whether these can be sent at all, to be asked before connecting: CredentialsMissing when one is empty
    /// (OAuthNeeded for a token), InvalidInput for CR, LF or NUL (and any control character in a login with a token),
    /// or a user name over 1024 bytes.
    [[nodiscard]] static Result<void> check(const Credentials &credentials);

    /// Chooses the best of the server's mechanisms: OAUTHBEARER and XOAUTH2 for a token; SCRAM-SHA-256, SCRAM-SHA-1,
    /// CRAM-MD5, PLAIN, LOGIN for a password. Fails with what check() says, OAuthNeeded when the server takes nothing
    /// but tokens and there is none, or NoCommonMechanism.
    [[nodiscard]] Result<Start> start(const QList<QByteArray> &serverMechanisms);
    /// Answers one challenge (both raw). Fails with AuthenticationFailed when the server proves not to know the secret.
    /// Not to be called for the empty challenge that only asks for the initial response.
    [[nodiscard]] Result<QByteArray> step(const QByteArray &challenge);
    /// Whether the mechanism itself is satisfied; for SCRAM the server's OK alone is not enough.
    bool isComplete() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
