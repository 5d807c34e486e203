// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/setupjson.h"

#include "app/cli/json.h"

#include <QJsonArray>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView nameOf(SettingsSource source)
{
    switch (source) {
    case SettingsSource::Table:
        return "table"_L1;
    case SettingsSource::TableByMx:
        return "tableByMx"_L1;
    case SettingsSource::Pacc:
        return "pacc"_L1;
    case SettingsSource::Autoconfig:
        return "autoconfig"_L1;
    case SettingsSource::WellKnown:
        return "wellKnown"_L1;
    case SettingsSource::Ispdb:
        return "ispdb"_L1;
    case SettingsSource::Srv:
        return "srv"_L1;
    case SettingsSource::MxAutoconfig:
        return "mxAutoconfig"_L1;
    case SettingsSource::Autodiscover:
        return "autodiscover"_L1;
    case SettingsSource::Probe:
        return "probe"_L1;
    case SettingsSource::Guess:
        return "guess"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView nameOf(DiscoveryStep::State state)
{
    switch (state) {
    case DiscoveryStep::State::Running:
        return "running"_L1;
    case DiscoveryStep::State::Found:
        return "found"_L1;
    case DiscoveryStep::State::Nothing:
        return "nothing"_L1;
    case DiscoveryStep::State::Failed:
        return "failed"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView nameOf(DiscoveryResult::Obstacle obstacle)
{
    switch (obstacle) {
    case DiscoveryResult::Obstacle::None:
        return "none"_L1;
    case DiscoveryResult::Obstacle::Offline:
        return "offline"_L1;
    case DiscoveryResult::Obstacle::CaptivePortal:
        return "captivePortal"_L1;
    case DiscoveryResult::Obstacle::NoSuchDomain:
        return "noSuchDomain"_L1;
    case DiscoveryResult::Obstacle::NoMailDomain:
        return "noMailDomain"_L1;
    case DiscoveryResult::Obstacle::NoImap:
        return "noImap"_L1;
    case DiscoveryResult::Obstacle::Cancelled:
        return "cancelled"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView nameOf(SetupProblem problem)
{
    switch (problem) {
    case SetupProblem::Offline:
        return "offline"_L1;
    case SetupProblem::CaptivePortal:
        return "captivePortal"_L1;
    case SetupProblem::NoSuchHost:
        return "noSuchHost"_L1;
    case SetupProblem::Unreachable:
        return "unreachable"_L1;
    case SetupProblem::PortBlocked:
        return "portBlocked"_L1;
    case SetupProblem::Bridge:
        return "bridge"_L1;
    case SetupProblem::TlsName:
        return "tlsName"_L1;
    case SetupProblem::TlsDate:
        return "tlsDate"_L1;
    case SetupProblem::TlsClock:
        return "tlsClock"_L1;
    case SetupProblem::TlsUntrusted:
        return "tlsUntrusted"_L1;
    case SetupProblem::TlsVersion:
        return "tlsVersion"_L1;
    case SetupProblem::EncryptionMissing:
        return "encryptionMissing"_L1;
    case SetupProblem::AuthWrong:
        return "authWrong"_L1;
    case SetupProblem::AuthAppPassword:
        return "authAppPassword"_L1;
    case SetupProblem::AuthOAuthOnly:
        return "authOAuthOnly"_L1;
    case SetupProblem::AuthTokenRefused:
        return "authTokenRefused"_L1;
    case SetupProblem::AuthWebLogin:
        return "authWebLogin"_L1;
    case SetupProblem::AuthImapOff:
        return "authImapOff"_L1;
    case SetupProblem::AuthCode:
        return "authCode"_L1;
    case SetupProblem::AuthExpired:
        return "authExpired"_L1;
    case SetupProblem::AuthBlocked:
        return "authBlocked"_L1;
    case SetupProblem::AdminOff:
        return "adminOff"_L1;
    case SetupProblem::NoLoginOffered:
        return "noLoginOffered"_L1;
    case SetupProblem::SmtpDiffers:
        return "smtpDiffers"_L1;
    case SetupProblem::TooManyConnections:
        return "tooManyConnections"_L1;
    case SetupProblem::SenderRefused:
        return "senderRefused"_L1;
    case SetupProblem::MailboxFull:
        return "mailboxFull"_L1;
    case SetupProblem::TryLater:
        return "tryLater"_L1;
    case SetupProblem::WrongProtocol:
        return "wrongProtocol"_L1;
    case SetupProblem::Timeout:
        return "timeout"_L1;
    case SetupProblem::Refused:
        return "refused"_L1;
    case SetupProblem::Local:
        return "local"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView nameOf(SetupFix fix)
{
    switch (fix) {
    case SetupFix::Retry:
        return "retry"_L1;
    case SetupFix::RetypePassword:
        return "retypePassword"_L1;
    case SetupFix::UseCertificateName:
        return "useCertificateName"_L1;
    case SetupFix::UseOtherServer:
        return "useOtherServer"_L1;
    case SetupFix::ShowCertificate:
        return "showCertificate"_L1;
    case SetupFix::OpenPage:
        return "openPage"_L1;
    case SetupFix::SignInWithBrowser:
        return "signInWithBrowser"_L1;
    case SetupFix::ReceiveOnly:
        return "receiveOnly"_L1;
    case SetupFix::EditSettings:
        return "editSettings"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView nameOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Imap:
        return "imap"_L1;
    case Protocol::Pop3:
        return "pop3"_L1;
    case Protocol::Smtp:
        return "smtp"_L1;
    case Protocol::Local:
        return "local"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

QLatin1StringView nameOf(AuthMethod method)
{
    switch (method) {
    case AuthMethod::Password:
        return "password"_L1;
    case AuthMethod::OAuth2:
        return "oauth2"_L1;
    case AuthMethod::None:
        return "none"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

/// The rung's name in small camel case.
QString rungName(Step step)
{
    QString name = cli::nameOf(step);
    name[0] = name.at(0).toLower();
    return name;
}

QJsonObject serverJson(const ServerSettings &server)
{
    QJsonObject object = toJson(server);
    object.insert("protocol"_L1, nameOf(server.protocol));
    object.insert("auth"_L1, nameOf(server.auth));
    return object;
}

QJsonObject toJson(const SettingsCandidate &candidate)
{
    QJsonArray incoming;
    for (const ServerSettings &server : candidate.incoming)
        incoming.append(serverJson(server));
    QJsonObject object{
        {u"source"_s, nameOf(candidate.source)},
        {u"incoming"_s, incoming},
    };
    if (!candidate.outgoing.host.isEmpty())
        object.insert("outgoing"_L1, serverJson(candidate.outgoing));
    if (candidate.needsApproval())
        object.insert("hostsToApprove"_L1, QJsonArray::fromStringList(candidate.hostsToApprove));
    if (!candidate.providerId.isEmpty())
        object.insert("providerId"_L1, candidate.providerId);
    if (!candidate.providerName.isEmpty())
        object.insert("providerName"_L1, candidate.providerName);
    if (!candidate.oauthIssuer.isEmpty())
        object.insert("oauthIssuer"_L1, candidate.oauthIssuer);
    if (candidate.oauthOnly)
        object.insert("oauthOnly"_L1, true);
    if (candidate.serverFilesSent)
        object.insert("serverFilesSent"_L1, true);
    return object;
}

QJsonObject toJson(const Diagnosis &diagnosis)
{
    QJsonObject object{
        {u"problem"_s, nameOf(diagnosis.problem)},
        {u"fix"_s, nameOf(diagnosis.fix)},
        {u"error"_s, cli::toJson(diagnosis.error)},
    };
    if (!diagnosis.page.isEmpty())
        object.insert("page"_L1, diagnosis.page.toString());
    if (diagnosis.proposal)
        object.insert("proposal"_L1, serverJson(*diagnosis.proposal));
    if (diagnosis.certificate)
        object.insert("certificate"_L1, cli::toJson(*diagnosis.certificate));
    return object;
}

QJsonObject outcomeOf(const std::optional<Diagnosis> &diagnosis)
{
    return diagnosis ? toJson(*diagnosis) : QJsonObject{{u"works"_s, true}};
}

} // namespace

QJsonObject toJson(const CertificateFacts &facts)
{
    return {
        {u"names"_s, QJsonArray::fromStringList(facts.names)},
        {u"issuer"_s, facts.issuer},
        {u"validFrom"_s, facts.validFrom.toString(Qt::ISODate)},
        {u"validUntil"_s, facts.validUntil.toString(Qt::ISODate)},
        {u"sha256"_s, QString::fromLatin1(facts.sha256.toHex())},
        {u"selfSigned"_s, facts.selfSigned},
    };
}

QJsonObject toJson(const DiscoveryStep &step)
{
    QJsonObject object{
        {u"step"_s, nameOf(step.source)},
        {u"asked"_s, step.asked},
        {u"state"_s, nameOf(step.state)},
        {u"ms"_s, step.milliseconds},
    };
    if (step.error)
        object.insert("error"_L1, toJson(*step.error));
    return object;
}

QJsonObject toJson(const DiscoveryResult &result)
{
    QJsonArray candidates;
    for (const SettingsCandidate &candidate : result.candidates)
        candidates.append(toJson(candidate));
    QJsonObject object{
        {u"domain"_s, result.domain},
        {u"obstacle"_s, nameOf(result.obstacle)},
        {u"ms"_s, result.milliseconds},
        {u"candidates"_s, candidates},
    };
    if (!result.wantsAddress.isEmpty())
        object.insert("wantsAddress"_L1, QJsonArray::fromStringList(result.wantsAddress));
    return object;
}

QJsonObject toJson(const CheckStep &step, Protocol protocol)
{
    QJsonObject object{
        {u"server"_s, nameOf(protocol)},
        {u"endpoint"_s, step.endpoint},
        {u"step"_s, rungName(step.step)},
        {u"state"_s, step.error ? "failed"_L1 : "passed"_L1},
        {u"ms"_s, step.milliseconds},
    };
    if (!step.detail.isEmpty())
        object.insert("detail"_L1, step.detail);
    if (step.error)
        object.insert("error"_L1, toJson(*step.error));
    return object;
}

QJsonObject toJson(const SetupReport &report, bool receiveOnly)
{
    QJsonObject object{
        {u"ok"_s, report.works()},
        {u"canReceive"_s, report.canReceive()},
        {u"ms"_s, report.milliseconds},
        {u"account"_s, toJson(report.account)},
        {u"incoming"_s, outcomeOf(report.incoming)},
    };
    if (!receiveOnly)
        object.insert("outgoing"_L1, outcomeOf(report.outgoing));
    if (report.cancelled)
        object.insert("cancelled"_L1, true);
    QJsonArray notes;
    for (const Diagnosis &note : report.notes) {
        QJsonObject entry = toJson(note);
        entry.insert("server"_L1, nameOf(note.outgoing ? Protocol::Smtp : report.account.incoming.protocol));
        notes.append(entry);
    }
    if (!notes.isEmpty())
        object.insert("notes"_L1, notes);
    if (const std::optional<MailError> error = report.error())
        object.insert("error"_L1, toJson(*error));
    return object;
}

} // namespace postaci::cli
