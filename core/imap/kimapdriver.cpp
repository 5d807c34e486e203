// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/kimapdriver.h"

#include "core/imap/imapstatus.h"
#include "core/imap/kimapruntime.h"

#include <QCoro/QCoroSignal>

#include <KIMAP/LoginJob>
#include <KIMAP/Session>

#include <QDeadlineTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto verdictPatience = 20s; ///< For KIMAP to notice a verdict that it has been sent.

} // namespace

KimapDriver::KimapDriver(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_gate(std::move(policy))
{
    prepareKimap();
}

KimapDriver::~KimapDriver()
{
    Q_ASSERT_X(m_jobs == 0, "KimapDriver", "deleted under a job: close() and await it first");
    // KIMAP's thread may be waiting for the rest of a line, for up to 30 s; without a connection it stops waiting.
    close();
}

void KimapDriver::close()
{
    m_gate.close();
}

bool KimapDriver::isOpen() const
{
    return m_session && m_gate.isOpen();
}

MailError KimapDriver::fail(MailError reason)
{
    return m_gate.fail(std::move(reason));
}

QCoro::Task<Result<void>> KimapDriver::open(ServerSettings server, Credentials credentials)
{
    Q_ASSERT(!m_session);
    if (const auto opened = co_await m_gate.upstream().open(std::move(server), std::move(credentials)); !opened)
        co_return failure(fail(opened.error()));
    if (const auto loggedIn = co_await logIn(); !loggedIn || !isOpen())
        co_return failure(fail(loggedIn ? MailError{.kind = ErrorKind::Cancelled} : loggedIn.error()));
    co_return Result<void>();
}

/// KIMAP 24.12 connects in a thread of its own before it listens to that thread: when the thread is quicker, its news
/// is lost, and KIMAP waits for ever without logging in. Rare, and over with the next Session.
QCoro::Task<Result<void>> KimapDriver::logIn()
{
    auto loggedIn = co_await tryToLogIn(1s);
    for (auto patience = 2s; !loggedIn && loggedIn.error().kind == ErrorKind::Timeout && patience < 10s; patience *= 2)
        loggedIn = co_await tryToLogIn(patience);
    co_return loggedIn;
}

QCoro::Task<Result<void>> KimapDriver::tryToLogIn(std::chrono::milliseconds patience)
{
    Downstream &downstream = m_gate.downstream();
    const auto port = downstream.listen();
    if (!port)
        co_return failure(port.error());
    m_session = std::make_unique<KIMAP::Session>(u"127.0.0.1"_s, *port);
    m_session->setTimeout(-1); // the gate keeps the time
    KIMAP::LoginJob login(m_session.get());
    login.setEncryptionMode(KIMAP::LoginJob::Unencrypted);
    login.setUserName(Downstream::userName());
    login.setPassword(downstream.token());
    start(&login);
    if (const auto admitted = co_await downstream.admit(patience); !admitted)
        co_return failure(admitted.error());
    if (!co_await hasEnded() || login.error() != KJob::NoError)
        co_return failure({.kind = ErrorKind::Protocol, .step = Step::Login});
    co_return Result<void>();
}

QCoro::Task<Result<GateReply>> KimapDriver::run(KIMAP::Job *job, Step step, GateCommand command)
{
    if (!isOpen())
        co_return failure(fail({.kind = ErrorKind::ConnectionLost, .step = step}));
    start(job);
    auto reply = co_await m_gate.relay(std::move(command));
    if (!reply) {
        if (reply.error().step == Step::None)
            reply.error().step = step;
        co_return failure(reply.error());
    }
    // The gate's verdict decides; that KIMAP comes to another one can only be a fault.
    const bool accepted = reply->verdict.isOk();
    if (!co_await hasEnded() || (job->error() == KJob::NoError) != accepted)
        co_return failure(fail({.kind = ErrorKind::Protocol, .step = step}));
    if (!accepted) {
        MailError refused = errorOf(reply->verdict, step);
        refused.endpoint = m_gate.upstream().endpoint();
        co_return failure(refused);
    }
    co_return std::move(*reply);
}

QCoro::Task<Result<void>> KimapDriver::perform(KIMAP::Job *job, Step step, GateCommand command)
{
    const auto reply = co_await run(job, step, std::move(command));
    if (!reply)
        co_return failure(reply.error());
    co_return Result<void>();
}

void KimapDriver::start(KIMAP::Job *job)
{
    m_jobRuns = true;
    ++m_jobs;
    connect(job, &QObject::destroyed, this, [this] { --m_jobs; });
    connect(job, &KJob::result, this, [this] {
        m_jobRuns = false;
        Q_EMIT jobEnded();
    });
    job->setAutoDelete(false);
    job->start();
}

/// KIMAP hears of the verdict through its own thread, a moment after the gate.
QCoro::Task<bool> KimapDriver::hasEnded()
{
    const QDeadlineTimer deadline(verdictPatience);
    while (m_jobRuns && !deadline.hasExpired())
        co_await qCoro(this, &KimapDriver::jobEnded, std::chrono::milliseconds(deadline.remainingTime()));
    co_return !m_jobRuns;
}

} // namespace postaci
