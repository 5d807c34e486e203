// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountcheck.h"

#include "core/discovery/alternatives.h"
#include "core/discovery/diagnosis.h"
#include "core/discovery/hostdoctor.h"
#include "core/discovery/probeconnection.h"
#include "core/imap/imapsession.h"
#include "core/net/certificatereader.h"
#include "core/pop3/pop3session.h"
#include "core/smtp/smtpsession.h"
#include "core/sync/logins.h"

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

Credentials credentialsFor(const ServerSettings &server, const QString &secret)
{
    return {.userName = server.userName, .secret = secret, .method = server.auth};
}

/// Whether the port as such gave no answer.
bool gotNoAnswer(const MailError &error)
{
    return error.step == Step::Connect
        && (error.kind == ErrorKind::ConnectionRefused || error.kind == ErrorKind::Timeout
            || error.kind == ErrorKind::ConnectionLost);
}

/// Whether something that is no mail server over TLS answered, or one without the encryption that was chosen.
bool speaksOtherwise(const MailError &error)
{
    switch (error.kind) {
    case ErrorKind::EncryptionMissing:
    case ErrorKind::TlsHandshake:
    case ErrorKind::Protocol:
        return error.step != Step::Login;
    case ErrorKind::Timeout:
    case ErrorKind::ConnectionLost:
        return error.serverText.isEmpty() && (error.step == Step::Greeting || error.step == Step::Tls);
    default:
        return false;
    }
}

/// Where on the ladder it is shown.
Step rungOf(Step step)
{
    if (step == Step::Recipient)
        return Step::Sender;
    return step == Step::RefreshToken ? Step::Login : step;
}

} // namespace

AccountCheck::AccountCheck(const TlsPolicy &tls, const ProviderDirectory &directory, QObject *parent)
    : QObject(parent)
    , m_general(tls)
    , m_directory(directory)
    , m_otherServer(otherPort)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &AccountCheck::closeAll);
}

AccountCheck::~AccountCheck() = default;

QCoro::Task<SetupReport> AccountCheck::run(
    Account account, QString incomingSecret, QString outgoingSecret, CheckOptions options)
{
    m_time.start();
    m_timer.start(m_limits.all);
    m_account = account;
    m_options = options;
    m_tls = tlsPolicyFor(m_general, account);
    m_incoming.server = account.incoming;
    m_incoming.secret = incomingSecret;
    m_outgoing.server = account.outgoing;
    m_outgoing.secret = outgoingSecret;

    const QCoro::Task<void> incoming = check(&m_incoming);
    if (!options.receiveOnly)
        co_await check(&m_outgoing);
    co_await incoming;
    m_timer.stop();
    co_return makeReport();
}

SetupReport AccountCheck::withoutToken(const Account &account, const MailError &error, CheckOptions options)
{
    m_time.start();
    m_account = account;
    m_options = options;
    m_incoming.server = account.incoming;
    m_outgoing.server = account.outgoing;
    for (Side *side : {&m_incoming, &m_outgoing}) {
        if (side->server.auth != AuthMethod::OAuth2 || (side->outgoing() && options.receiveOnly))
            continue;
        begin(side, Step::Login);
        side->error = failed(side, error);
        if (error.kind == ErrorKind::OAuthNeeded)
            side->error->step = Step::Login; // there the user can help
    }
    return makeReport();
}

void AccountCheck::cancel()
{
    m_report.cancelled = true;
    closeAll();
}

void AccountCheck::closeAll()
{
    m_ended = true;
    for (Side *side : {&m_incoming, &m_outgoing}) {
        if (side->imap)
            side->imap->close();
        if (side->pop3)
            side->pop3->close();
        if (side->smtp)
            side->smtp->close();
        if (side->probe)
            side->probe->cancel();
        if (side->doctor)
            side->doctor->cancel();
    }
}

QCoro::Task<void> AccountCheck::check(Side *side)
{
    const bool hasOther = m_otherServer(side->server).has_value();
    Outcome outcome = co_await climb(side, side->server, hasOther ? m_limits.firstConnect : m_limits.connect);
    if (outcome && gotNoAnswer(*outcome))
        outcome = co_await tryOtherPort(side, *outcome);
    if (outcome && m_options.guessed && isPlainlyWrongPassword(*outcome))
        outcome = co_await tryOtherUserName(side, *outcome);
    side->error = outcome;
    if (outcome && !side->proposal)
        co_await lookForProposal(side);
}

/// A port that is dropped or closed on the way says nothing about the server behind it.
QCoro::Task<AccountCheck::Outcome> AccountCheck::tryOtherPort(Side *side, MailError error)
{
    const ServerSettings asked = side->server;
    const std::optional<ServerSettings> other = m_otherServer(asked);
    if (!other || m_ended)
        co_return error;
    if (m_account.id) {
        if (co_await answers(side, *other))
            side->proposal = other;
        co_return error;
    }
    const Outcome outcome = co_await climb(side, *other, m_limits.connect);
    if (outcome && outcome->step <= Step::Connect) { // no better: the server is out of reach
        side->server = asked;
        co_return error;
    }
    DiagnosisContext context{.server = asked, .provider = nullptr, .otherSide = {}, .proposal = *other, .now = {}};
    m_report.notes.append(diagnose(error, context));
    co_return outcome;
}

QCoro::Task<AccountCheck::Outcome> AccountCheck::tryOtherUserName(Side *side, MailError error)
{
    const ServerSettings asked = side->server;
    const QString other = otherUserName(asked.userName, m_account.identity.address);
    if (other.isEmpty() || m_ended)
        co_return error;
    ServerSettings server = asked;
    server.userName = other;
    const Outcome outcome = co_await climb(side, server, m_limits.connect);
    if (!outcome || !isPlainlyWrongPassword(*outcome))
        co_return outcome;
    side->server = asked;
    co_return error;
}

/// From the name to the top.
QCoro::Task<AccountCheck::Outcome> AccountCheck::climb(
    Side *side, ServerSettings server, std::chrono::milliseconds connectLimit)
{
    side->server = server;
    begin(side, Step::Resolve);
    if (server.protocol == Protocol::Imap)
        co_return co_await climbImap(side, connectLimit);
    if (server.protocol == Protocol::Pop3)
        co_return co_await climbPop3(side, connectLimit);
    co_return co_await climbSmtp(side, connectLimit);
}

QCoro::Task<AccountCheck::Outcome> AccountCheck::climbImap(Side *side, std::chrono::milliseconds connectLimit)
{
    side->imap = std::make_unique<ImapSession>(m_tls);
    ImapSession &session = *side->imap;
    session.setPatience(m_limits.silence);
    session.setConnectLimit(connectLimit);
    connect(&session, &ImapSession::stepPassed, this,
        [this, side](Step step, const QString &detail) { passed(side, step, detail); });
    if (m_ended)
        session.close();
    const auto opened = co_await session.open(side->server, credentialsFor(side->server, side->secret));
    if (!opened)
        co_return failed(side, opened.error());
    const auto folders = co_await session.listFolders();
    if (!folders)
        co_return failed(side, folders.error());
    passed(side, Step::ListFolders, u"%1 folders"_s.arg(folders->size()));
    co_await session.logout();
    co_return Outcome();
}

QCoro::Task<AccountCheck::Outcome> AccountCheck::climbPop3(Side *side, std::chrono::milliseconds connectLimit)
{
    side->pop3 = std::make_unique<Pop3Session>(m_tls);
    Pop3Session &session = *side->pop3;
    session.setPatience(m_limits.silence);
    session.setConnectLimit(connectLimit);
    connect(&session, &Pop3Session::stepPassed, this,
        [this, side](Step step, const QString &detail) { passed(side, step, detail); });
    if (m_ended)
        session.close();
    const auto opened = co_await session.open(side->server, credentialsFor(side->server, side->secret));
    if (!opened)
        co_return failed(side, opened.error());
    auto listed = co_await session.list();
    if (!listed) {
        listed.error().step = Step::ListFolders;
        co_return failed(side, listed.error());
    }
    passed(side, Step::ListFolders, u"%1 messages"_s.arg(listed->size()));
    (void)co_await session.quit(); // nothing is marked: whatever it says changes nothing
    session.close();
    co_return Outcome();
}

QCoro::Task<AccountCheck::Outcome> AccountCheck::climbSmtp(Side *side, std::chrono::milliseconds connectLimit)
{
    side->smtp = std::make_unique<SmtpSession>(m_tls);
    SmtpSession &session = *side->smtp;
    session.setTimeLimits({.connect = connectLimit,
        .hello = m_limits.silence,
        .login = m_limits.all,
        .command = m_limits.all,
        .quit = std::chrono::seconds(1)});
    connect(&session, &SmtpSession::stepPassed, this,
        [this, side](Step step, const QString &detail) { passed(side, step, detail); });
    if (m_ended)
        session.close();
    const auto opened = co_await session.open(side->server, credentialsFor(side->server, side->secret));
    if (!opened)
        co_return failed(side, opened.error());
    const auto allowed = co_await session.probe(m_account.identity.address);
    if (!allowed)
        co_return failed(side, allowed.error());
    passed(side, Step::Sender, {});
    co_await session.quit();
    co_return Outcome();
}

/// Something that would work instead, seen to answer. Nothing of it is used without the user's word.
QCoro::Task<void> AccountCheck::lookForProposal(Side *side)
{
    if (m_ended || !side->error)
        co_return;
    // What the table says of a host is right, whoever answers for it just now.
    const bool isCertificate
        = side->error->kind == ErrorKind::CertificateName || side->error->kind == ErrorKind::CertificateUntrusted;
    if (isCertificate && m_directory.findByHost(side->server.host))
        co_return;
    if (isCertificate) {
        side->doctor = std::make_unique<HostDoctor>(m_general);
        if (const auto host = co_await side->doctor->findHost(side->server, side->error->certificate)) {
            side->proposal = side->server;
            side->proposal->host = *host;
        }
        co_return;
    }
    if (!speaksOtherwise(*side->error))
        co_return;
    const QList<ServerSettings> candidates = otherEncryptions(side->server);
    for (const ServerSettings &candidate : candidates) {
        if (co_await answers(side, candidate)) {
            side->proposal = candidate;
            co_return;
        }
    }
}

/// Whether a mail server of this kind takes users there, over good TLS. No password goes out.
QCoro::Task<bool> AccountCheck::answers(Side *side, ServerSettings server)
{
    if (m_ended)
        co_return false;
    side->probe = std::make_unique<ProbeConnection>(m_tls);
    const auto found = co_await side->probe->run(server, m_limits.firstConnect);
    co_return found.has_value();
}

void AccountCheck::begin(Side *side, Step step)
{
    side->running = step;
    side->timer.start();
    Q_EMIT progress({.outgoing = side->outgoing(),
        .endpoint = side->server.endpoint(),
        .step = step,
        .state = CheckStep::State::Running});
}

void AccountCheck::passed(Side *side, Step step, const QString &detail)
{
    m_report.steps.append({.outgoing = side->outgoing(),
        .endpoint = side->server.endpoint(),
        .step = step,
        .state = CheckStep::State::Passed,
        .detail = detail,
        .error = {},
        .milliseconds = side->timer.elapsed()});
    Q_EMIT progress(m_report.steps.constLast());
    if (step == Step::Capabilities && side->imap)
        side->imap->setPatience(m_limits.all);
    if (step == Step::Capabilities && side->pop3)
        side->pop3->setPatience(m_limits.all);
    const QList<Step> ladder = ladderOf(side->server);
    if (const qsizetype next = ladder.indexOf(step) + 1; next > 0 && next < ladder.size())
        begin(side, ladder.at(next));
}

/// A failure is told at the rung where it happened. The error as it is to be understood.
MailError AccountCheck::failed(Side *side, MailError error)
{
    if (error.kind == ErrorKind::Cancelled && m_ended && !m_report.cancelled) { // our own time limit
        error.kind = ErrorKind::Timeout;
        error.step = side->running;
    }
    if (error.step == Step::None)
        error.step = side->running;
    if (error.endpoint.isEmpty())
        error.endpoint = side->server.endpoint();
    m_report.steps.append({.outgoing = side->outgoing(),
        .endpoint = side->server.endpoint(),
        .step = rungOf(error.step),
        .state = CheckStep::State::Failed,
        .detail = {},
        .error = error,
        .milliseconds = side->timer.elapsed()});
    Q_EMIT progress(m_report.steps.constLast());
    return error;
}

SetupReport AccountCheck::makeReport()
{
    SetupReport report = m_report;
    report.account = m_account;
    report.account.incoming = m_incoming.server;
    report.account.outgoing = m_outgoing.server;
    for (const auto &[side, other] : {std::pair{&m_incoming, &m_outgoing}, std::pair{&m_outgoing, &m_incoming}}) {
        if (!side->error)
            continue;
        const Provider *provider = m_directory.findByAddress(m_account.identity.address);
        if (!provider)
            provider = m_directory.findByHost(side->server.host);
        const bool otherWasTried = !m_options.receiveOnly;
        const auto certificate = readCertificate(side->error->certificate);
        Diagnosis diagnosis = diagnose(*side->error,
            {.server = side->server,
                .provider = provider,
                .otherSide = other->error,
                .otherSideWorks = otherWasTried && !other->error,
                .samePassword = m_incoming.secret == m_outgoing.secret,
                .proposal = side->proposal,
                .certificate = certificate,
                .otherCertificate = other->error ? readCertificate(other->error->certificate) : std::nullopt,
                .now = QDateTime::currentDateTimeUtc()});
        diagnosis.certificate = certificate;
        (side->outgoing() ? report.outgoing : report.incoming) = diagnosis;
    }
    report.milliseconds = m_time.elapsed();
    return report;
}

} // namespace postaci
