// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/imaptypes.h"
#include "core/mail/account.h"
#include "core/net/conversationlog.h"
#include "core/net/keepalive.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QDeadlineTimer;

namespace postaci {

/// One IMAP connection: KIMAP's jobs behind the gate (docs/architecture.md), as procedures that read from top to
/// bottom.
///
/// Lives on the engine thread; one procedure at a time. Every failure is typed; a success means that a complete,
/// well-formed, tagged OK was read. After a connection failure the session is closed and is not used again: isOpen()
/// tells. Nothing is deleted before its procedure has ended: close(), then await it.
class ImapSession : public QObject {
    Q_OBJECT

public:
    /// Bytes of the largest message that is fetched.
    static constexpr qint64 largestMessage = qint64(256) * 1024 * 1024;

    explicit ImapSession(TlsPolicy policy, QObject *parent = nullptr);
    ~ImapSession() override;

    /// How long the server may be silent where it owes an answer. Default 60 s.
    void setPatience(std::chrono::milliseconds patience);

    /// How long open() may take to get connected, see LineChannel::setConnectLimit().
    void setConnectLimit(std::chrono::milliseconds limit);

    /// Before open().
    void setKeepAlive(const KeepAlive &keepAlive);
    /// Where the conversation is written down without secrets and mail, each line beginning with `name`.
    void setLog(std::shared_ptr<ConversationLog> log, const QString &name);

    /// Connect, TLS, greeting, login, COMPRESS where offered.
    [[nodiscard]] QCoro::Task<Result<ImapCapabilities>> open(ServerSettings server, Credentials credentials);
    [[nodiscard]] QCoro::Task<void> logout();
    /// Ends whatever is under way with Cancelled.
    void close();
    bool isOpen() const;
    QString selectedPath() const;
    /// Whether this folder is selected, and its UIDs are those of this UIDVALIDITY: of another numbering they name
    /// other messages.
    bool hasSelected(const QString &path, quint32 uidValidity) const;

    /// Whether the server answers within `patience` (NOOP). If not, the session is closed.
    [[nodiscard]] QCoro::Task<bool> isAlive(std::chrono::milliseconds patience);

    /// `withStatus`: and what each is like, where the server tells both at once (LIST-STATUS, RFC 5819).
    [[nodiscard]] QCoro::Task<Result<QList<RemoteFolder>>> listFolders(bool withStatus = false);
    /// Of one that is not selected.
    [[nodiscard]] QCoro::Task<Result<FolderStatus>> status(QString path);
    /// Where the account's and other people's folders are (RFC 2342); nothing where the server does not tell.
    [[nodiscard]] QCoro::Task<Result<std::optional<Namespaces>>> namespaces();
    /// What may be used in all, as far as it concerns this folder (RFC 9208); empty where the server does not tell.
    [[nodiscard]] QCoro::Task<Result<QList<QuotaResource>>> quota(QString path);
    /// `known`: where the server keeps account (QRESYNC), it also tells what has changed since.
    [[nodiscard]] QCoro::Task<Result<SelectedFolder>> select(QString path, std::optional<KnownState> known = {});
    /// These three take the folder's subscription along; folders below a renamed one keep theirs.
    [[nodiscard]] QCoro::Task<Result<void>> createFolder(QString path);
    [[nodiscard]] QCoro::Task<Result<void>> renameFolder(QString from, QString to);
    [[nodiscard]] QCoro::Task<Result<void>> deleteFolder(QString path);
    /// Of a folder that went along with a renamed one.
    [[nodiscard]] QCoro::Task<void> moveSubscription(QString from, QString to);

    /// All UIDs of the selected folder, ascending.
    [[nodiscard]] QCoro::Task<Result<QList<quint32>>> searchAllUids();
    [[nodiscard]] QCoro::Task<Result<QList<quint32>>> searchMessageId(QByteArray messageIdHeader);
    /// Headers in batches as they arrive; `sink` runs on the engine thread. Fields as in headerFields().
    [[nodiscard]] QCoro::Task<Result<void>> fetchHeaders(
        QList<UidRange> uids, std::function<void(QList<FetchedHeader>)> sink);
    [[nodiscard]] QCoro::Task<Result<QList<FetchedFlags>>> fetchFlags(QList<UidRange> uids, quint64 changedSince = 0);
    /// The whole message, byte for byte as the server has it. NotFound when it is gone, MessageTooLarge (and closed)
    /// above largestMessage: look at its size first.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> fetchMessage(quint32 uid);
    /// Whole messages as they arrive; `sink` runs on the engine thread. What it does not get is gone, or came shorter
    /// than the server says it is: ask for that one with fetchMessage().
    [[nodiscard]] QCoro::Task<Result<void>> fetchMessages(
        QList<quint32> uids, std::function<void(quint32 uid, QByteArray message)> sink);

    [[nodiscard]] QCoro::Task<Result<void>> changeFlags(QList<quint32> uids, Flags add, Flags remove);
    [[nodiscard]] QCoro::Task<Result<std::optional<CopiedUids>>> copy(QList<quint32> uids, QString toPath);
    /// MOVE (RFC 6851), or COPY, \Deleted and UID EXPUNGE; never a bare EXPUNGE.
    [[nodiscard]] QCoro::Task<Result<std::optional<CopiedUids>>> move(QList<quint32> uids, QString toPath);
    /// \Deleted and UID EXPUNGE (RFC 4315). Without UIDPLUS the messages stay marked \Deleted.
    [[nodiscard]] QCoro::Task<Result<void>> expunge(QList<quint32> uids);
    /// The UID where the server tells it (APPENDUID).
    [[nodiscard]] QCoro::Task<Result<std::optional<quint32>>> append(
        QString path, QByteArray message, Flags flags, QDateTime received);

    /// Returns when something changed in the selected folder, after `limit`, or on stopIdle(). IDLE (RFC 2177), or NOOP
    /// once a minute where the server cannot or ends it at once.
    [[nodiscard]] QCoro::Task<Result<void>> idle(std::chrono::milliseconds limit);
    void stopIdle();

    ImapTraffic traffic() const;
    /// "TLS 1.3, TLS_AES_256_GCM_SHA384"; empty in clear.
    QString tlsDetail() const;
    QByteArray certificate() const; ///< DER; empty in clear.
    bool isCompressed() const; ///< COMPRESS=DEFLATE, RFC 4978.

    /// The header fields that fetchHeaders() asks for, upper case.
    static const QList<QByteArray> &headerFields();

Q_SIGNALS:
    /// While open() is under way: Resolve, Connect, Tls, Greeting, StartTls, Capabilities, Login, each when it is
    /// passed, with a technical detail (see ladderOf() for their order).
    void stepPassed(postaci::Step step, const QString &detail);
    /// EXISTS, EXPUNGE, VANISHED or an unasked FETCH was seen: look at the folder when there is time.
    void doorbell();
    /// The connection is gone, also when nobody is waiting for anything.
    void ended();

    /// For the session's own waits.
    void idleStopped();

private:
    [[nodiscard]] QCoro::Task<void> setSubscribed(QString mailbox, bool subscribed);
    template <class Job>
    [[nodiscard]] QCoro::Task<Result<std::optional<CopiedUids>>> transfer(QList<quint32> uids, QString toPath);
    [[nodiscard]] QCoro::Task<Result<void>> idleOnce(QDeadlineTimer deadline);
    [[nodiscard]] QCoro::Task<Result<void>> poll(QDeadlineTimer deadline);
    void onDoorbell();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
