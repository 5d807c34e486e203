// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QString>

namespace postaci {

/// Passwords, in the system's keychain (QtKeychain) and nowhere else: never in a file of ours.
///
/// Without a keychain a secret lasts as long as the program runs and read() fails with CredentialsMissing after that,
/// so that the user is asked once each session. Lives on the engine thread.
class SecretStore : public QObject {
    Q_OBJECT

public:
    enum class Backing {
        Keychain, ///< With the session's memory in front of it.
        MemoryOnly, ///< Tests, and programs that were given the secret on start.
    };

    explicit SecretStore(Backing backing, QObject *parent = nullptr);
    ~SecretStore() override;

    /// `profile` keeps the secrets of two profiles apart.
    static QString keyFor(const QString &profile, const ServerSettings &server);

    QFuture<Result<QString>> read(const QString &key);
    /// True: kept for the next start too. False: for this session only (no keychain).
    QFuture<Result<bool>> write(const QString &key, const QString &secret);
    QFuture<Result<void>> remove(const QString &key);
};

} // namespace postaci
