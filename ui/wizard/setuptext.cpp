// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/setuptext.h"

#include "ui/common/errortext.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QSet>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::SetupText)
};

/// A sentence that begins with "the server" or "your provider" begins with a capital; a host name keeps its own.
QString capitalized(const QString &sentence)
{
    return sentence.isEmpty() ? sentence : QLocale().toUpper(sentence.first(1)) + sentence.sliced(1);
}

/// What a sentence about a failed rung can name.
struct Names {
    QString host; ///< The server; never empty.
    QString port;
    QString who; ///< The provider, else the server.
    bool hostKnown = false;
    bool whoKnown = false;
    bool providerKnown = false;
};

Names namesIn(const Diagnosis &diagnosis, const QString &provider)
{
    const QString &endpoint = diagnosis.error.endpoint;
    Names names;
    const QString host = endpoint.section(u':', 0, -2);
    names.hostKnown = !host.isEmpty();
    names.host = names.hostKnown ? hostText(host) : Text::tr("the server");
    names.port = names.hostKnown ? endpoint.section(u':', -1) : u"?"_s;
    names.whoKnown = !provider.isEmpty() || names.hostKnown;
    names.providerKnown = !provider.isEmpty();
    names.who = provider.isEmpty() ? names.host : provider;
    return names;
}

ProblemText tlsNameText(const Diagnosis &diagnosis, const Names &names)
{
    if (diagnosis.proposal) {
        const QString other = hostText(diagnosis.proposal->host);
        return {Text::tr("The server calls itself %1, not %2.").arg(other, names.host),
            Text::tr("That is common with shared hosting. Postacı has checked that %1 is this server.").arg(other)};
    }
    const QString hint = Text::tr("The server's name may be wrong, or somebody stands between you and the server. Your "
                                  "password was not sent. Ask your provider for the right name.");
    if (diagnosis.error.subject.isEmpty())
        return {Text::tr("The certificate of %1 is not for this server.").arg(names.host), hint};
    return {Text::tr("The server calls itself %1, not %2.").arg(diagnosis.error.subject, names.host), hint};
}

ProblemText reachText(const Diagnosis &diagnosis, const Names &n)
{
    switch (diagnosis.problem) {
    case SetupProblem::Offline:
        return {Text::tr("This computer is not connected to the internet."), Text::tr("Connect it, then try again.")};
    case SetupProblem::CaptivePortal:
        return {Text::tr("This network wants you to sign in first."),
            Text::tr("Open a web page in your browser, sign in to the network there, then try again.")};
    case SetupProblem::NoSuchHost:
        return {Text::tr("There is no server called %1.").arg(n.host),
            Text::tr("Check the name for typing errors, or ask your provider for the right one.")};
    case SetupProblem::Unreachable:
        return {Text::tr("%1 does not answer on port %2.").arg(n.host, n.port),
            Text::tr("The server may be down, or the name or the port may be wrong.")};
    case SetupProblem::PortBlocked:
        return {Text::tr("Port %2 of %1 cannot be reached from this network.").arg(n.host, n.port),
            Text::tr("Many networks block this port. Another one answers.")};
    case SetupProblem::Bridge:
        return {n.providerKnown ? Text::tr("The Bridge program for %1 is not running on this computer.").arg(n.who)
                                : Text::tr("Nothing answers on port %1 of this computer.").arg(n.port),
            Text::tr("Start it, sign in there, and use the password that it shows.")};
    case SetupProblem::WrongProtocol:
        return {Text::tr("What answers on port %2 of %1 is no mail server of this kind.").arg(n.host, n.port),
            Text::tr("Probably the port or the encryption is wrong.")};
    case SetupProblem::Timeout:
        return {Text::tr("%1 did not answer in time.").arg(n.host),
            Text::tr("Try again. If that does not help, check the name and the port.")};
    default:
        return {};
    }
}

ProblemText tlsText(const Diagnosis &diagnosis, const Names &n)
{
    switch (diagnosis.problem) {
    case SetupProblem::TlsName:
        return tlsNameText(diagnosis, n);
    case SetupProblem::TlsDate:
        return {Text::tr("The certificate of %1 is not valid today.").arg(n.host),
            Text::tr("The provider has to renew it. Your password was not sent.")};
    case SetupProblem::TlsClock:
        return {Text::tr("The clock of this computer is wrong."),
            Text::tr("It says that today is %1. Set date and time, then try again.")
                .arg(QLocale().toString(QDate::currentDate(), QLocale::LongFormat))};
    case SetupProblem::TlsUntrusted:
        return {Text::tr("The certificate of %1 cannot be verified.").arg(n.host),
            Text::tr("It comes from an issuer that this computer does not know. Your password was not sent.")};
    case SetupProblem::TlsVersion:
        return {Text::tr("%1 offers only outdated encryption.").arg(n.host),
            Text::tr("Your password was not sent. The provider has to bring the server up to date.")};
    case SetupProblem::EncryptionMissing:
        return {Text::tr("%1 offers no encryption on port %2.").arg(n.host, n.port),
            Text::tr("Your password was not sent. Another port or the other kind of encryption may help.")};
    default:
        return {};
    }
}

ProblemText authText(const Diagnosis &diagnosis, const Names &n)
{
    switch (diagnosis.problem) {
    case SetupProblem::AuthWrong:
        return {Text::tr("%1 does not accept this user name and password.").arg(n.who),
            Text::tr("Type the password again. If it is right, look at the user name in the settings.")};
    case SetupProblem::AuthAppPassword:
        return {Text::tr("%1 wants an app password instead of your usual one.").arg(n.who),
            Text::tr("Make one on the provider's web site and enter it here.")};
    case SetupProblem::AuthOAuthOnly:
        return {Text::tr("%1 only lets you sign in through the web browser.").arg(n.who),
            Text::tr("No password works there, not even the right one.")};
    case SetupProblem::AuthTokenRefused:
        return {Text::tr("%1 did not let Postacı into the mailbox with this sign-in.").arg(n.who),
            Text::tr(
                "Sign in again and choose the right account in the browser. The mailbox may also be closed to mail "
                "programs; then its provider or administrator has to open it.")};
    case SetupProblem::AuthWebLogin:
        return {Text::tr("%1 wants you to confirm in the browser that it is you.").arg(n.who),
            Text::tr("Sign in to the web mail, confirm, then try again here.")};
    case SetupProblem::AuthImapOff:
        return {Text::tr("Access for mail programs is probably switched off at %1.").arg(n.who),
            Text::tr("Switch it on in the settings of the web mail, then try again. Your password may well be right.")};
    case SetupProblem::AuthCode:
        return {Text::tr("%1 wants an authorisation code instead of your password.").arg(n.who),
            Text::tr("Make one in the settings of the web mail and enter it here.")};
    case SetupProblem::AuthExpired:
        return {Text::tr("Your password at %1 has expired.").arg(n.who),
            Text::tr("Choose a new one in the web mail and enter it here.")};
    case SetupProblem::AuthBlocked:
        return {Text::tr("%1 has blocked signing in for a while.").arg(n.who),
            Text::tr("There were too many attempts. Wait a quarter of an hour; Postacı will not try by itself.")};
    case SetupProblem::NoLoginOffered:
        return {Text::tr("%1 takes no sign-in here.").arg(n.host),
            Text::tr("Probably this port or this kind of encryption is meant for something else.")};
    case SetupProblem::SmtpDiffers:
        return {Text::tr("Receiving works, but sending does not accept the same user name and password."),
            Text::tr("Ask your provider what the outgoing server wants. Until then you can receive only.")};
    case SetupProblem::AdminOff:
        return {diagnosis.outgoing ? Text::tr("Your organisation has switched off sending from mail programs.")
                                   : Text::tr("Your organisation has switched off access for mail programs."),
            Text::tr("Only its administrator can switch it on.")};
    default:
        return {};
    }
}

ProblemText refusalText(const Diagnosis &diagnosis, const Names &n)
{
    switch (diagnosis.problem) {
    case SetupProblem::TooManyConnections:
        return {Text::tr("Too many connections to this mailbox are open at %1.").arg(n.who),
            Text::tr("Other devices or programs are using it. Close one of them, then try again.")};
    case SetupProblem::SenderRefused:
        return {Text::tr("%1 does not let you send from this address.").arg(n.who),
            Text::tr("Check the address, and the user name of the outgoing server.")};
    case SetupProblem::MailboxFull:
        return {Text::tr("The mailbox is full."), Text::tr("Delete mail in the web mail, or ask for more space.")};
    case SetupProblem::TryLater:
        return {Text::tr("%1 cannot do this right now.").arg(n.who),
            Text::tr("That usually passes within a few minutes. Try again then.")};
    case SetupProblem::Refused:
        return {Text::tr("%1 refused this.").arg(n.who), Text::tr("What the server said may tell the reason.")};
    default:
        return {};
    }
}

/// The part as it stands at the end of a name, a port and a bracket apart, in bold.
QString withBoldEnd(const QString &name, const QString &part)
{
    const qsizetype at = part.isEmpty() ? -1 : name.lastIndexOf(part);
    const bool whole = at == 0 || (at > 0 && (name.at(at - 1) == u'.' || name.at(at - 1) == u'('));
    if (!whole)
        return name.toHtmlEscaped();
    return name.first(at).toHtmlEscaped() + u"<b>"_s + part.toHtmlEscaped() + u"</b>"_s
        + name.sliced(at + part.size()).toHtmlEscaped();
}

} // namespace

ProblemText problemText(const Diagnosis &diagnosis, const QString &provider)
{
    const Names names = namesIn(diagnosis, provider);
    if (diagnosis.problem == SetupProblem::Local) {
        const ErrorText text = errorText(diagnosis.error);
        return {text.sentence, text.hint};
    }
    for (const auto text : {reachText, tlsText, authText, refusalText}) {
        ProblemText found = text(diagnosis, names);
        if (found.sentence.isEmpty())
            continue;
        if (!names.hostKnown || !names.whoKnown)
            found.sentence = capitalized(found.sentence);
        return found;
    }
    Q_UNREACHABLE_RETURN({});
}

namespace {

QString pageText(SetupProblem problem)
{
    switch (problem) {
    case SetupProblem::AuthAppPassword:
        return Text::tr("Make an app password…");
    case SetupProblem::AuthCode:
        return Text::tr("Make an authorisation code…");
    case SetupProblem::AuthImapOff:
        return Text::tr("Open the settings page…");
    case SetupProblem::AuthWebLogin:
        return Text::tr("Confirm in the browser…");
    case SetupProblem::CaptivePortal:
        return Text::tr("Open the browser…");
    default:
        return Text::tr("Open the provider's page…");
    }
}

QString serverChoiceText(const Diagnosis &diagnosis)
{
    const ServerSettings proposal = diagnosis.proposal.value_or(ServerSettings{});
    const bool sameHost = diagnosis.error.endpoint.section(u':', 0, -2) == proposal.host;
    return sameHost ? Text::tr("Use port %1").arg(proposal.port)
                    : Text::tr("Use %1", "a server").arg(hostText(proposal.endpoint()));
}

} // namespace

QString fixText(const Diagnosis &diagnosis)
{
    switch (diagnosis.fix) {
    case SetupFix::Retry:
        return Text::tr("Try again");
    case SetupFix::RetypePassword:
        return Text::tr("Type the password again");
    case SetupFix::UseCertificateName:
        return Text::tr("Use %1", "a server").arg(diagnosis.proposal ? hostText(diagnosis.proposal->host) : QString());
    case SetupFix::UseOtherServer:
        return serverChoiceText(diagnosis);
    case SetupFix::ShowCertificate:
        return Text::tr("Look at the certificate…");
    case SetupFix::OpenPage:
        return pageText(diagnosis.problem);
    case SetupFix::SignInWithBrowser:
        return Text::tr("Sign in with your browser");
    case SetupFix::ReceiveOnly:
        return Text::tr("Use it for receiving only");
    case SetupFix::EditSettings:
        return Text::tr("Change the settings");
    }
    Q_UNREACHABLE_RETURN({});
}

QString noteText(const Diagnosis &note)
{
    if (!note.proposal)
        return {};
    const QString old = note.error.endpoint.section(u':', -1);
    const ServerSettings &used = *note.proposal;
    if (note.problem == SetupProblem::AuthWrong)
        return note.outgoing ? Text::tr("Sending works with the user name %1.").arg(used.userName)
                             : Text::tr("Receiving works with the user name %1.").arg(used.userName);
    if (note.error.endpoint.section(u':', 0, -2) != used.host)
        return Text::tr("%1 is used instead of %2.").arg(hostText(used.endpoint()), hostText(note.error.endpoint));
    return Text::tr("Your network blocks port %1 of %2; port %3 is used.")
        .arg(old, hostText(used.host), QString::number(used.port));
}

QString sourceText(SettingsSource source)
{
    switch (source) {
    case SettingsSource::Table:
        return Text::tr("from Postacı's own list");
    case SettingsSource::TableByMx:
        return Text::tr("from Postacı's own list, by the company that takes this domain's mail");
    case SettingsSource::Pacc:
        return Text::tr("from your provider's signed statement");
    case SettingsSource::Autoconfig:
    case SettingsSource::WellKnown:
        return Text::tr("from your provider's web site");
    case SettingsSource::Ispdb:
        return Text::tr("from Mozilla's list");
    case SettingsSource::Srv:
        return Text::tr("from your provider's DNS");
    case SettingsSource::MxAutoconfig:
        return Text::tr("from the company that takes this domain's mail");
    case SettingsSource::Autodiscover:
        return Text::tr("from Microsoft");
    case SettingsSource::Probe:
        return Text::tr("guessed; these servers answer");
    case SettingsSource::Guess:
        return Text::tr("guessed");
    }
    Q_UNREACHABLE_RETURN({});
}

QString askingText(const DiscoveryStep &step)
{
    const QString asked = hostText(step.asked);
    switch (step.source) {
    case SettingsSource::Table:
        return Text::tr("Looking in Postacı's own list");
    case SettingsSource::TableByMx:
        return Text::tr("Asking the DNS who takes the mail of %1").arg(asked);
    case SettingsSource::Pacc:
    case SettingsSource::Autoconfig:
    case SettingsSource::WellKnown:
    case SettingsSource::MxAutoconfig:
        return Text::tr("Asking the web site %1").arg(asked);
    case SettingsSource::Ispdb:
        return Text::tr("Asking Mozilla's list at %1").arg(asked);
    case SettingsSource::Srv:
        return Text::tr("Asking the DNS for the mail servers of %1").arg(asked);
    case SettingsSource::Autodiscover:
        return Text::tr("Asking Microsoft at %1").arg(asked);
    case SettingsSource::Probe:
        return Text::tr("Trying whether %1 is a mail server").arg(asked);
    case SettingsSource::Guess:
        return Text::tr("Making a guess");
    }
    Q_UNREACHABLE_RETURN({});
}

QString outcomeText(DiscoveryStep::State state)
{
    switch (state) {
    case DiscoveryStep::State::Running:
        return Text::tr("under way");
    case DiscoveryStep::State::Found:
        return Text::tr("found");
    case DiscoveryStep::State::Nothing:
        return Text::tr("nothing there");
    case DiscoveryStep::State::Failed:
        return Text::tr("no answer");
    }
    Q_UNREACHABLE_RETURN({});
}

ProblemText obstacleText(DiscoveryResult::Obstacle obstacle, const QString &domain, const QString &provider)
{
    const QString name = hostText(domain);
    switch (obstacle) {
    case DiscoveryResult::Obstacle::None:
        return {};
    case DiscoveryResult::Obstacle::Offline:
        return {Text::tr("This computer is not connected to the internet."),
            Text::tr("Connect it, then try again. You can also enter the servers by hand.")};
    case DiscoveryResult::Obstacle::CaptivePortal:
        return reachText({.problem = SetupProblem::CaptivePortal}, {});
    case DiscoveryResult::Obstacle::NoSuchDomain:
        return {Text::tr("There is no domain called %1.").arg(name),
            Text::tr("Check the part of the address after the @.")};
    case DiscoveryResult::Obstacle::NoMailDomain:
        return {Text::tr("%1 takes no mail.").arg(name), Text::tr("Check the part of the address after the @.")};
    case DiscoveryResult::Obstacle::NoImap:
        return {Text::tr("%1 lets no other mail program read your mail.").arg(provider.isEmpty() ? name : provider),
            Text::tr("You can only use it with the provider's own program or web site.")};
    case DiscoveryResult::Obstacle::Cancelled:
        return {Text::tr("You stopped the search."),
            Text::tr("Start it again whenever you like, or enter the servers by hand.")};
    }
    Q_UNREACHABLE_RETURN({});
}

QString rungText(Step step, Protocol protocol)
{
    switch (step) {
    case Step::Resolve:
        return Text::tr("Find the server");
    case Step::Connect:
        return Text::tr("Connect");
    case Step::Tls:
        return Text::tr("Secure the connection");
    case Step::StartTls:
        return Text::tr("Ask for encryption");
    case Step::Greeting:
        return Text::tr("Hear its greeting");
    case Step::Capabilities:
        return Text::tr("Ask what it can do");
    case Step::Login:
        return Text::tr("Sign in");
    case Step::ListFolders:
        return protocol == Protocol::Pop3 ? Text::tr("List the mail") : Text::tr("List the folders");
    case Step::Sender:
        return Text::tr("Ask whether you may send");
    default:
        return stepText(step);
    }
}

QString protocolText(Protocol protocol)
{
    return protocol == Protocol::Pop3
        ? Text::tr("Mail is downloaded to this computer; other devices don't see what you do with it here.")
        : Text::tr("Mail stays on the server; all your devices show the same.");
}

QString hostText(const QString &host)
{
    // A port may stand behind it.
    const qsizetype colon = host.lastIndexOf(u':');
    const QString name = colon < 0 ? host : host.first(colon);
    const QByteArray ace = QUrl::toAce(name);
    if (ace.isEmpty())
        return host; // An IP address, or nothing that can be a name.
    const QString readable = QUrl::fromAce(ace, QUrl::IgnoreIDNWhitelist);
    QSet<QChar::Script> scripts; // Of the whole name: a Cyrillic one below .com is to be seen as such, too.
    for (const char32_t letter : readable.toUcs4()) {
        const QChar::Script script = QChar::script(letter);
        if (script != QChar::Script_Common && script != QChar::Script_Inherited)
            scripts.insert(script);
    }
    const QString rest = colon < 0 ? QString() : host.sliced(colon);
    return scripts.size() > 1 ? u"%1 (%2)"_s.arg(readable, QString::fromLatin1(ace)) + rest : readable + rest;
}

QString hostHtml(const QString &host, const QString &registrable)
{
    // Where a name is shown in two spellings, the same part is marked in both.
    const QString shown = hostText(host);
    const QString readable = withBoldEnd(shown.section(u' ', 0, 0), hostText(registrable).section(u' ', 0, 0));
    const QString ace = shown.section(u' ', 1);
    return ace.isEmpty() ? readable : readable + u' ' + withBoldEnd(ace, QString::fromLatin1(QUrl::toAce(registrable)));
}

} // namespace postaci
