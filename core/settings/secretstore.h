// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>

namespace QKeychain {
class Job;
}

namespace postaci {

/// Passwords, in the system's keychain (QtKeychain) and nowhere else: never in a file of ours.
///
/// Without a keychain a secret lasts as long as the program runs and read() fails with CredentialsMissing after that,
/// so that the user is asked once each session. Lives on the engine thread, and QtKeychain with it: one thread for the
/// whole program.
class SecretStore : public QObject {
    Q_OBJECT

public:
    enum class Backing {
        Keychain, ///< With the session's memory in front of it.
        MemoryOnly, ///< Tests, and programs that were given the secret on start.
    };

    explicit SecretStore(Backing backing, QObject *parent = nullptr);
    /// Ends what is under way with Cancelled.
    ~SecretStore() override;

    /// How long the keychain may take, the user's answer to its questions included. After that it is left alone until
    /// its answer comes.
    void setTimeLimit(std::chrono::milliseconds limit) { m_timeLimit = limit; }

    /// `profile` keeps the secrets of two profiles apart.
    static QString keyFor(const QString &profile, const ServerSettings &server);
    /// For a refresh token, which serves all servers of a login.
    static QString tokenKeyFor(const QString &profile, const QString &issuer, const QString &userName);
    /// For the secret that goes with a client id which the user typed.
    static QString clientKeyFor(const QString &profile, const QString &issuer, const QString &clientId);

    /// Fails with CredentialsMissing: there is none, or the keychain does not give it.
    QFuture<Result<QString>> read(const QString &key);
    /// True: kept for the next start too. False: for this session only (no keychain).
    QFuture<Result<bool>> write(const QString &key, const QString &secret);
    /// Fails with Refused when the keychain keeps it all the same. One that has never answered is none.
    QFuture<Result<void>> remove(const QString &key);

private:
    enum class Outcome { Done, NotFound, Failed, Cancelled };
    using Finish = std::function<void(Outcome outcome)>;

    void run(QKeychain::Job *job, const QString &key, Finish finish);
    void finish(quint64 number, Outcome outcome);

    const Backing m_backing;
    std::chrono::milliseconds m_timeLimit{60'000};
    QHash<QString, QString> m_memory;
    QHash<QString, quint64> m_changes; ///< How often a key was written or removed: a read that was overtaken is void.
    QHash<quint64, Finish> m_running;
    quint64 m_lastNumber = 0;
    bool m_answered = false; ///< The keychain has, be it with a refusal.
    int m_unanswered = 0; ///< Jobs that took too long and have not come back yet.
};

} // namespace postaci
