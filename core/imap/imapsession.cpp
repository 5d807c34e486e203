// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"

#include "core/imap/imapsessionprivate.h"

#include <QCoro/QCoroSignal>

#include <KIMAP/CapabilitiesJob>
#include <KIMAP/IdleJob>
#include <KIMAP/LogoutJob>

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QTimer>

#include <utility>

using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto longestIdle = 28min; ///< Servers may hang up after 30 (RFC 2177).
constexpr auto shortestIdle = 30s; ///< A server that ends IDLE sooner than this by itself does not really do it.
constexpr auto pollInterval = 60s;

} // namespace

ImapSession::ImapSession(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(policy)))
{
    connect(&d->kimap.gate().upstream(), &Upstream::stepPassed, this, &ImapSession::stepPassed);
    connect(&d->kimap.gate().upstream(), &Upstream::ended, this, &ImapSession::ended);
    connect(&d->kimap.gate(), &Gate::doorbell, this, &ImapSession::onDoorbell);
}

ImapSession::~ImapSession()
{
    close();
}

void ImapSession::setPatience(std::chrono::milliseconds patience)
{
    d->kimap.gate().setPatience(patience);
}

void ImapSession::setConnectLimit(std::chrono::milliseconds limit)
{
    d->kimap.gate().upstream().setConnectLimit(limit);
}

void ImapSession::setKeepAlive(const KeepAlive &keepAlive)
{
    d->kimap.gate().upstream().setKeepAlive(keepAlive);
}

void ImapSession::setLog(std::shared_ptr<ConversationLog> log, const QString &name)
{
    d->kimap.gate().upstream().setLog(std::move(log), name);
}

QCoro::Task<Result<ImapCapabilities>> ImapSession::open(ServerSettings server, Credentials credentials)
{
    if (const auto opened = co_await d->kimap.open(std::move(server), std::move(credentials)); !opened)
        co_return failure(opened.error());
    d->capabilities = d->kimap.gate().upstream().capabilities();
    co_return ImapCapabilities(d->capabilities); // a copy: co_return moves from what it is given
}

QCoro::Task<void> ImapSession::logout()
{
    if (isOpen()) {
        KIMAP::LogoutJob job(d->kimap.session());
        // Whatever the answer: the connection ends here.
        (void)co_await d->kimap.perform(&job, Step::None, {.patience = 2s});
    }
    close();
}

void ImapSession::close()
{
    d->kimap.close();
    stopIdle();
}

bool ImapSession::isOpen() const
{
    return d->kimap.isOpen();
}

QString ImapSession::selectedPath() const
{
    return d->selected;
}

bool ImapSession::hasSelected(const QString &path, quint32 uidValidity) const
{
    return d->selected == path && d->selectedUidValidity == uidValidity;
}

ImapTraffic ImapSession::traffic() const
{
    return d->kimap.gate().traffic();
}

QString ImapSession::tlsDetail() const
{
    return d->kimap.gate().upstream().tlsDetail();
}

QByteArray ImapSession::certificate() const
{
    return d->kimap.gate().upstream().certificate();
}

bool ImapSession::isCompressed() const
{
    return d->kimap.gate().upstream().isCompressed();
}

// Waiting

QCoro::Task<bool> ImapSession::isAlive(std::chrono::milliseconds patience)
{
    if (!isOpen())
        co_return false;
    KIMAP::CapabilitiesJob job(d->kimap.session()); // KIMAP has no NOOP
    (void)co_await d->kimap.perform(&job, Step::Idle, {.replacement = "NOOP", .patience = patience});
    co_return isOpen();
}

QCoro::Task<Result<void>> ImapSession::idle(std::chrono::milliseconds limit)
{
    if (!isOpen())
        co_return failure(d->kimap.gate().fail({.kind = ErrorKind::ConnectionLost, .step = Step::Idle}));
    const QDeadlineTimer deadline(qMin(limit, std::chrono::milliseconds(longestIdle)));
    d->idleStopRequested = false;
    d->idleChanged = false;
    if (d->can("IDLE") && !d->idleIsUseless) {
        QElapsedTimer timer;
        timer.start();
        if (const auto idled = co_await idleOnce(deadline); !idled && !isOpen())
            co_return failure(idled.error());
        if (d->idleChanged || d->idleStopRequested || timer.durationElapsed() > shortestIdle)
            co_return Result<void>();
        d->idleIsUseless = true;
    }
    co_return co_await poll(deadline);
}

QCoro::Task<Result<void>> ImapSession::idleOnce(QDeadlineTimer deadline)
{
    QTimer limit;
    limit.setSingleShot(true);
    connect(&limit, &QTimer::timeout, this, &ImapSession::stopIdle);
    limit.start(std::chrono::milliseconds(deadline.remainingTime()));
    KIMAP::IdleJob job(d->kimap.session());
    d->idleJob = &job;
    const auto idled = co_await d->kimap.perform(&job, Step::Idle, {.patience = longestIdle + 1min});
    d->idleJob = nullptr;
    co_return idled;
}

QCoro::Task<Result<void>> ImapSession::poll(QDeadlineTimer deadline)
{
    QTimer look;
    look.setSingleShot(true);
    look.setTimerType(Qt::PreciseTimer); // another one may be early, and there would be one question more
    connect(&look, &QTimer::timeout, this, &ImapSession::idleStopped);
    while (!d->idleChanged && !d->idleStopRequested && !deadline.hasExpired()) {
        look.start(qMin(std::chrono::milliseconds(pollInterval), std::chrono::milliseconds(deadline.remainingTime())));
        co_await qCoro(this, &ImapSession::idleStopped);
        KIMAP::CapabilitiesJob job(d->kimap.session()); // KIMAP has no NOOP
        if (const auto polled = co_await d->kimap.perform(&job, Step::Idle, {.replacement = "NOOP"}); !polled)
            co_return failure(polled.error());
    }
    co_return Result<void>();
}

void ImapSession::stopIdle()
{
    d->idleStopRequested = true;
    if (KIMAP::IdleJob *job = std::exchange(d->idleJob, nullptr); job && isOpen())
        job->stop();
    Q_EMIT idleStopped();
}

void ImapSession::onDoorbell()
{
    d->idleChanged = true;
    if (d->idleJob)
        stopIdle();
    Q_EMIT doorbell();
}

} // namespace postaci
