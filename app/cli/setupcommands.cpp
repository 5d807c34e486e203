// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// 'account discover' and 'account check'. Their output is described in docs/cli.md.

#include "app/cli/accountarguments.h"
#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"
#include "app/cli/setupjson.h"

#include "core/discovery/providerdirectory.h"
#include "core/settings/secretstore.h"

#include <QCoroFuture>

#include <QCoreApplication>
#include <QFile>
#include <QSslCertificate>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<MailError> invalid(const QString &subject)
{
    return failure({.kind = ErrorKind::InvalidInput, .subject = subject});
}

/// The result may be there before the event loop has handed out the signals that came before it.
void deliverSteps(Session *session)
{
    QCoreApplication::sendPostedEvents(session, QEvent::MetaCall);
}

QCoro::Task<Result<void>> discover(Session *session, Arguments arguments)
{
    const AddressInput input = parseAddress(arguments.positional.value(0));
    if (!input.suggestion.isEmpty())
        printLine({{u"suggestion"_s, input.suggestion}});
    if (!input.isUsable())
        co_return invalid(arguments.positional.value(0));
    const QString address = input.address;
    const auto connection
        = QObject::connect(&session->engine(), &MailEngine::discoveryProgress, session, [](const DiscoveryStep &step) {
              if (step.state != DiscoveryStep::State::Running)
                  printLine(toJson(step));
          });
    const DiscoveryResult result = co_await session->engine().discover(address,
        {.askOutside = !arguments.has(u"ask-nobody"_s),
            .askMicrosoft = arguments.has(u"ask-microsoft"_s),
            .tellAddress = arguments.has(u"tell-address"_s)});
    deliverSteps(session);
    QObject::disconnect(connection);
    printLine(toJson(result));
    if (result.obstacle == DiscoveryResult::Obstacle::None)
        co_return Result<void>();
    session->setFailureTold();
    co_return failure({.kind = ErrorKind::NotFound, .subject = result.domain});
}

/// "HOST:PORT=FILE", the file with one certificate in PEM.
Result<CertificateException> exceptionFrom(const QString &text)
{
    const QString endpoint = text.section(u'=', 0, 0);
    CertificateException exception{
        .host = endpoint.section(u':', 0, -2), .port = endpoint.section(u':', -1).toUShort()};
    QFile file(text.section(u'=', 1));
    const QList<QSslCertificate> certificates
        = file.open(QIODevice::ReadOnly) ? QSslCertificate::fromDevice(&file) : QList<QSslCertificate>();
    if (exception.host.isEmpty() || exception.port == 0 || certificates.isEmpty())
        return invalid(text);
    exception.certificate = certificates.first().toDer();
    return exception;
}

/// Of a saved account: from where its sessions get them, too. Tokens are the engine's affair.
QCoro::Task<Result<MailEngine::AccountSecrets>> savedSecrets(Session *session, Account account, bool receiveOnly)
{
    SecretStore keychain(SecretStore::Backing::Keychain);
    const QString profile = session->options().profile;
    MailEngine::AccountSecrets secrets;
    if (account.incoming.auth == AuthMethod::Password) {
        const Result<QString> incoming = co_await keychain.read(SecretStore::keyFor(profile, account.incoming));
        if (!incoming)
            co_return failure(incoming.error());
        secrets.incoming = *incoming;
    }
    if (account.outgoing.auth == AuthMethod::Password && !receiveOnly) {
        const Result<QString> outgoing = co_await keychain.read(SecretStore::keyFor(profile, account.outgoing));
        if (!outgoing)
            co_return failure(outgoing.error());
        secrets.outgoing = *outgoing;
    }
    co_return MailEngine::AccountSecrets(secrets);
}

QCoro::Task<Result<void>> check(Session *session, Arguments arguments)
{
    const CheckOptions options{.guessed = arguments.has(u"guessed"_s), .receiveOnly = arguments.has(u"receive-only"_s)};
    const bool isSaved = !arguments.has(u"address"_s);
    Result<Account> account
        = isSaved ? co_await session->account(arguments.positional.value(0)) : accountFromArguments(arguments);
    if (!account)
        co_return failure(account.error());
    for (const QString &text : arguments.options.value(u"accept-certificate"_s)) {
        const Result<CertificateException> exception = exceptionFrom(text);
        if (!exception)
            co_return failure(exception.error());
        account->exceptions.append(*exception);
    }

    Result<MailEngine::AccountSecrets> secrets = failure({.kind = ErrorKind::CredentialsMissing});
    if (arguments.has(u"password-stdin"_s))
        secrets = secretsFromStandardInput();
    else if (session->options().secrets)
        secrets = *session->options().secrets;
    else if (isSaved)
        secrets = co_await savedSecrets(session, *account, options.receiveOnly);
    if (!secrets)
        co_return failure(secrets.error());

    const Protocol incoming = account->incoming.protocol;
    const auto connection
        = QObject::connect(&session->engine(), &MailEngine::checkProgress, session, [incoming](const CheckStep &step) {
              if (step.state != CheckStep::State::Running)
                  printLine(toJson(step, step.outgoing ? Protocol::Smtp : incoming));
          });
    const SetupReport report = co_await session->engine().checkAccount(*account, *secrets, options);
    deliverSteps(session);
    QObject::disconnect(connection);
    printLine(toJson(report, options.receiveOnly));
    if (report.works())
        co_return Result<void>();
    session->setFailureTold();
    co_return failure(*report.error());
}

} // namespace

QList<Command> setupCommands()
{
    return {
        {
            .name = u"account discover"_s,
            .synopsis = u"ADDRESS"_s,
            .description = u"Look for the servers of an address; saves nothing, sends nobody the address."_s,
            .options = {
                {u"ask-nobody"_s, u"Only the program's own table and the address' own domain."_s},
                {u"ask-microsoft"_s, u"Microsoft may be asked, too: it learns the domain."_s},
                {u"tell-address"_s, u"The domain's own web servers may learn the address, where they want to."_s},
            },
            .minimum = 1,
            .maximum = 1,
            .run = discover,
        },
        {
            .name = u"account check"_s,
            .synopsis = u"[ACCOUNT]"_s,
            .description
            = u"Climb both servers' ladders up to the login and beyond; changes nothing. With --address: of an "
              "account that is not saved."_s,
            .options = accountOptions() << pop3Options() << QList<QCommandLineOption>{
                passwordFromInputOption(),
                {u"receive-only"_s, u"Leave the outgoing server alone."_s},
                {u"guessed"_s, u"The settings are guesses: another form of the user name may be tried."_s},
                {u"accept-certificate"_s, u"Accept this one from this server; repeatable."_s, u"host:port=file"_s},
            },
            .maximum = 1,
            .run = check,
        },
    };
}

} // namespace postaci::cli
