// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountcheck.h"

#include "core/imap/imapsession.h"
#include "core/smtp/smtpsession.h"

#include <QElapsedTimer>

namespace postaci {

namespace {

Credentials credentialsFor(const ServerSettings &server, const QString &secret)
{
    return {.userName = server.userName, .secret = secret, .method = server.auth};
}

template <class T> std::optional<MailError> errorOf(const Result<T> &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

} // namespace

AccountCheck::AccountCheck(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_incoming(std::make_unique<ImapSession>(services.tls))
    , m_outgoing(std::make_unique<SmtpSession>(services.tls))
{
}

AccountCheck::~AccountCheck() = default;

QCoro::Task<Result<void>> AccountCheck::run(Account account, QString incomingSecret, QString outgoingSecret)
{
    const QCoro::Task<void> incoming = checkIncoming(account, std::move(incomingSecret));
    const QCoro::Task<void> outgoing = checkOutgoing(account, std::move(outgoingSecret));
    co_await incoming;
    co_await outgoing;
    co_return m_outcome;
}

void AccountCheck::cancel()
{
    m_incoming->close();
    m_outgoing->close();
}

QCoro::Task<void> AccountCheck::checkIncoming(Account account, QString secret)
{
    QElapsedTimer timer;
    timer.start();
    const auto opened = co_await m_incoming->open(account.incoming, credentialsFor(account.incoming, secret));
    if (!report(false, Step::Login, errorOf(opened), timer.restart()))
        co_return;
    const auto folders = co_await m_incoming->listFolders();
    if (!report(false, Step::ListFolders, errorOf(folders), timer.restart()))
        co_return;
    co_await m_incoming->logout();
}

QCoro::Task<void> AccountCheck::checkOutgoing(Account account, QString secret)
{
    QElapsedTimer timer;
    timer.start();
    const auto opened = co_await m_outgoing->open(account.outgoing, credentialsFor(account.outgoing, secret));
    if (!report(true, Step::Login, errorOf(opened), timer.restart()))
        co_return;
    const auto allowed = co_await m_outgoing->probe(account.identity.address);
    if (!report(true, Step::Sender, errorOf(allowed), timer.restart()))
        co_return;
    co_await m_outgoing->quit();
}

/// A failure is told at the step where it happened. Whether to go on.
bool AccountCheck::report(bool outgoing, Step step, const std::optional<MailError> &error, qint64 milliseconds)
{
    const Step where = error && error->step != Step::None ? error->step : step;
    Q_EMIT progress({.outgoing = outgoing,
        .step = where,
        .state = error ? CheckStep::State::Failed : CheckStep::State::Passed,
        .error = error,
        .milliseconds = milliseconds});
    if (error && m_outcome)
        m_outcome = failure(*error);
    return !error;
}

} // namespace postaci
