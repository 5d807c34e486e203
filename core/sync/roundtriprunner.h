// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/imaptypes.h"
#include "core/mail/account.h"
#include "core/mail/folder.h"
#include "core/pop3/pop3listing.h"
#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/roundtrip.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace postaci {

class ImapSession;
class Pop3Session;
class SmtpSession;

/// Sends an account a mail from itself, watches it arrive and removes it again, over connections of its own. Nothing of
/// it is queued: what fails here is told and forgotten.
///
/// Lives on the engine thread; for one run. Deleted after run() has ended.
class RoundTripRunner : public QObject {
    Q_OBJECT

public:
    RoundTripRunner(const Services &services, Account account, QObject *parent);
    ~RoundTripRunner() override;

    /// Default 60 s for all of it.
    void setTimeLimit(std::chrono::milliseconds limit) { m_limit = limit; }

    /// Timeout at Step::FetchHeaders: it was sent and did not arrive in time.
    QCoro::Task<Result<RoundTrip>> run(RoundTripText text);
    /// Ends run() with Cancelled. A mail that is under way already will arrive.
    void cancel();

Q_SIGNALS:
    void reached(postaci::RoundTripStage stage);

private:
    struct Found {
        Folder folder;
        QList<quint32> uids; ///< Of the selected folder.
    };

    QCoro::Task<Result<RoundTrip>> sendAndWatch(RoundTripText text);
    QCoro::Task<Result<RoundTrip>> arrivalByImap(QByteArray messageId);
    QCoro::Task<Result<RoundTrip>> arrivalByPop3(QByteArray messageId);
    QCoro::Task<Result<void>> connectBoth();
    QCoro::Task<Result<void>> openImap(Credentials login);
    QCoro::Task<Result<QList<Pop3Entry>>> openPop3(Credentials login);
    QCoro::Task<Result<int>> lookInMaildrop(QList<Pop3Entry> entries, QByteArray messageId);
    QCoro::Task<Result<QByteArray>> send(RoundTripText text);
    QCoro::Task<Result<Found>> arrival(QByteArray messageId);
    QCoro::Task<Result<bool>> remove(Found found, QByteArray messageId);
    QCoro::Task<Result<QList<quint32>>> look(QString path, QByteArray messageId);
    QString pathOf(FolderRole role) const;
    void close();

    const Services &m_services;
    const Account m_account;
    std::chrono::milliseconds m_limit = std::chrono::seconds(60);
    QTimer m_timer;
    CancellableWaits m_waits;
    Bell m_bell; ///< Rings when it is to end.
    std::unique_ptr<ImapSession> m_incoming;
    std::unique_ptr<Pop3Session> m_maildrop; ///< In its place, a new one for each look (RFC 1939: it sees no news).
    Credentials m_login; ///< For these.
    QSet<QByteArray> m_before; ///< Unique ids of what was there before the mail was sent.
    std::unique_ptr<SmtpSession> m_outgoing;
    ImapCapabilities m_capabilities;
    QList<Folder> m_folders;
    RoundTripStage m_stage = RoundTripStage::Connecting;
    QElapsedTimer m_since; ///< The server has the mail.
    bool m_timedOut = false;
    bool m_ended = false;
};

} // namespace postaci
