// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountcheck.h"

#include "core/discovery/diagnosis.h"
#include "core/imap/imapsession.h"
#include "core/smtp/smtpsession.h"
#include "core/sync/logins.h"

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

AccountCheck::AccountCheck(const TlsPolicy &tls, const ProviderDirectory &directory, QObject *parent)
    : QObject(parent)
    , m_tls(tls)
    , m_directory(directory)
{
}

AccountCheck::~AccountCheck() = default;

QCoro::Task<SetupReport> AccountCheck::run(
    Account account, QString incomingSecret, QString outgoingSecret, CheckOptions options)
{
    QElapsedTimer timer;
    timer.start();
    m_report.account = account;
    const TlsPolicy tls = tlsPolicyFor(m_tls, account);
    m_incoming = std::make_unique<ImapSession>(tls);
    m_outgoing = std::make_unique<SmtpSession>(tls);
    if (m_report.cancelled)
        co_return SetupReport(m_report);

    const QCoro::Task<void> incoming = checkIncoming(account, std::move(incomingSecret));
    if (!options.receiveOnly)
        co_await checkOutgoing(account, std::move(outgoingSecret));
    co_await incoming;

    DiagnosisContext context{.server = account.incoming,
        .provider = m_directory.findByAddress(account.identity.address),
        .otherSide = m_outgoingError,
        .otherSideWorks = !options.receiveOnly && !m_outgoingError};
    if (m_incomingError)
        m_report.incoming = diagnose(*m_incomingError, context);
    context.server = account.outgoing;
    context.otherSide = m_incomingError;
    context.otherSideWorks = !m_incomingError;
    if (m_outgoingError)
        m_report.outgoing = diagnose(*m_outgoingError, context);
    m_report.milliseconds = timer.elapsed();
    co_return SetupReport(m_report);
}

void AccountCheck::cancel()
{
    m_report.cancelled = true;
    if (m_incoming)
        m_incoming->close();
    if (m_outgoing)
        m_outgoing->close();
}

QCoro::Task<void> AccountCheck::checkIncoming(Account account, QString secret)
{
    QElapsedTimer timer;
    timer.start();
    const ServerSettings server = account.incoming;
    const auto opened = co_await m_incoming->open(server, credentialsFor(server, secret));
    if (!report(server, Step::Login, errorOf(opened), timer.restart()))
        co_return;
    const auto folders = co_await m_incoming->listFolders();
    if (!report(server, Step::ListFolders, errorOf(folders), timer.restart()))
        co_return;
    co_await m_incoming->logout();
}

QCoro::Task<void> AccountCheck::checkOutgoing(Account account, QString secret)
{
    QElapsedTimer timer;
    timer.start();
    const ServerSettings server = account.outgoing;
    const auto opened = co_await m_outgoing->open(server, credentialsFor(server, secret));
    if (!report(server, Step::Login, errorOf(opened), timer.restart()))
        co_return;
    const auto allowed = co_await m_outgoing->probe(account.identity.address);
    if (!report(server, Step::Sender, errorOf(allowed), timer.restart()))
        co_return;
    co_await m_outgoing->quit();
}

/// A failure is told at the step where it happened. Whether to go on.
bool AccountCheck::report(
    const ServerSettings &server, Step step, const std::optional<MailError> &error, qint64 milliseconds)
{
    const bool outgoing = server.protocol == Protocol::Smtp;
    const Step where = error && error->step != Step::None ? error->step : step;
    m_report.steps.append({.outgoing = outgoing,
        .endpoint = server.endpoint(),
        .step = where,
        .state = error ? CheckStep::State::Failed : CheckStep::State::Passed,
        .detail = {},
        .error = error,
        .milliseconds = milliseconds});
    Q_EMIT progress(m_report.steps.constLast());
    if (error)
        (outgoing ? m_outgoingError : m_incomingError) = error;
    return !error;
}

} // namespace postaci
