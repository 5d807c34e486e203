// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"

#include "core/discovery/providerdirectory.h"
#include "core/settings/secretstore.h"

#include <QCoroFuture>

#include <QTextStream>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

/// The first line of standard input is the password of the incoming server; a second one that of the outgoing.
MailEngine::AccountSecrets secretsFromStandardInput()
{
    QTextStream input(stdin);
    const QString incoming = input.readLine();
    const QString outgoing = input.readLine();
    return {.incoming = incoming, .outgoing = outgoing.isEmpty() ? incoming : outgoing};
}

/// Lays what the options say over `server`. `prefix` is "imap" or "smtp".
Result<void> applyOptions(const Arguments &arguments, const QString &prefix, ServerSettings *server)
{
    const QString host = prefix + "-host"_L1;
    const QString port = prefix + "-port"_L1;
    const QString encryption = prefix + "-encryption"_L1;
    const auto invalid
        = [](const QString &option) { return failure({.kind = ErrorKind::InvalidInput, .subject = u"--"_s + option}); };

    if (arguments.has(host)) {
        server->host = arguments.value(host);
        server->encryption = Encryption::ImplicitTls;
    }
    if (server->host.isEmpty())
        return invalid(host);
    if (arguments.has(encryption)) {
        const std::optional<Encryption> known = encryptionFromName(arguments.value(encryption));
        if (!known)
            return invalid(encryption);
        server->encryption = *known;
    }
    if (arguments.has(host) || arguments.has(encryption))
        server->port = usualPort(server->protocol, server->encryption);
    if (arguments.has(port)) {
        server->port = arguments.value(port).toUShort();
        if (server->port == 0)
            return invalid(port);
    }
    if (arguments.has(u"user"_s))
        server->userName = arguments.value(u"user"_s);
    return {};
}

/// From the options and, for what they leave open, the table of known providers.
Result<Account> accountFromArguments(const Arguments &arguments)
{
    const Address identity{.name = arguments.value(u"name"_s), .address = arguments.value(u"address"_s)};
    if (localPartOf(identity.address).isEmpty() || domainOf(identity.address).isEmpty())
        return failure({.kind = ErrorKind::InvalidInput, .subject = u"--address"_s});

    const ProviderDirectory providers = ProviderDirectory::bundled();
    const Provider *provider = providers.findByAddress(identity.address);
    Account account = provider && provider->isKnown() ? accountAt(*provider, identity) : guessedAccount(identity);
    if (!provider || !provider->isKnown()) {
        account.incoming.host.clear(); // A guess is for a person to look at.
        account.outgoing.host.clear();
    }
    account.name = identity.address;
    if (const Result<void> applied = applyOptions(arguments, u"imap"_s, &account.incoming); !applied)
        return failure(applied.error());
    if (const Result<void> applied = applyOptions(arguments, u"smtp"_s, &account.outgoing); !applied)
        return failure(applied.error());
    return account;
}

/// Prints each step of the check on standard error while it runs. The account with what worked.
QCoro::Task<Result<Account>> check(Session *session, Account account, MailEngine::AccountSecrets secrets)
{
    const auto connection
        = QObject::connect(&session->engine(), &MailEngine::checkProgress, session, [](const CheckStep &step) {
              if (step.state == CheckStep::State::Running)
                  return;
              remark(u"%1 %2: %3 (%4 ms)"_s.arg(step.outgoing ? u"smtp"_s : u"imap"_s, nameOf(step.step),
                  step.error ? nameOf(step.error->kind) : u"ok"_s, QString::number(step.milliseconds)));
          });
    const SetupReport report = co_await session->engine().checkAccount(account, secrets);
    QObject::disconnect(connection);
    if (const std::optional<MailError> error = report.error())
        co_return failure(*error);
    co_return Account(report.account);
}

QCoro::Task<Result<void>> addAccount(Session *session, Arguments arguments)
{
    const Result<Account> account = accountFromArguments(arguments);
    if (!account)
        co_return failure(account.error());
    MailEngine::AccountSecrets secrets;
    if (arguments.has(u"password-stdin"_s))
        secrets = secretsFromStandardInput();
    else if (session->options().secrets)
        secrets = *session->options().secrets;
    else
        co_return failure({.kind = ErrorKind::CredentialsMissing});

    const Result<Account> checked = co_await check(session, *account, secrets);
    if (!checked)
        co_return failure(checked.error());
    const Result<AccountId> added = co_await session->engine().addAccount(*checked, secrets);
    if (!added)
        co_return failure(added.error());

    Account saved = *checked;
    saved.id = *added;
    printLine({{u"account"_s, toJson(saved)}});
    co_return Result<void>();
}

QCoro::Task<Result<void>> listAccounts(Session *session, Arguments)
{
    const Result<QList<Account>> accounts = co_await session->accounts();
    if (!accounts)
        co_return failure(accounts.error());
    for (const Account &account : *accounts)
        printLine(toJson(account));
    co_return Result<void>();
}

QCoro::Task<Result<void>> checkAccount(Session *session, Arguments arguments)
{
    const Result<Account> account = co_await session->account(arguments.positional.value(0));
    if (!account)
        co_return failure(account.error());

    MailEngine::AccountSecrets secrets;
    if (arguments.has(u"password-stdin"_s)) {
        secrets = secretsFromStandardInput();
    } else if (session->options().secrets) {
        secrets = *session->options().secrets;
    } else {
        SecretStore keychain(SecretStore::Backing::Keychain);
        const QString profile = session->options().profile;
        const Result<QString> incoming = co_await keychain.read(SecretStore::keyFor(profile, account->incoming));
        if (!incoming)
            co_return failure(incoming.error());
        const Result<QString> outgoing = co_await keychain.read(SecretStore::keyFor(profile, account->outgoing));
        if (!outgoing)
            co_return failure(outgoing.error());
        secrets = {.incoming = *incoming, .outgoing = *outgoing};
    }

    const Result<Account> checked = co_await check(session, *account, secrets);
    if (!checked)
        co_return failure(checked.error());
    printLine({{u"account"_s, account->id.value}, {u"ok"_s, true}});
    co_return Result<void>();
}

QCoro::Task<Result<void>> removeAccount(Session *session, Arguments arguments)
{
    const Result<Account> account = co_await session->account(arguments.positional.value(0));
    if (!account)
        co_return failure(account.error());
    const Result<void> removed = co_await session->engine().removeAccount(account->id);
    if (!removed)
        co_return failure(removed.error());
    printLine({{u"account"_s, account->id.value}, {u"removed"_s, true}});
    co_return Result<void>();
}

} // namespace

QList<Command> accountCommands()
{
    const QCommandLineOption passwordFromInput(
        u"password-stdin"_s, u"Read the password from standard input; a second line is the one of the SMTP server."_s);
    return {
        {
            .name = u"account add"_s,
            .description = u"Log in to both servers and, if that works, save the account."_s,
            .options = {
                {u"address"_s, u"Mail address."_s, u"address"_s},
                {u"name"_s, u"Name that recipients see."_s, u"name"_s},
                {u"user"_s, u"User name at the servers (default: the address)."_s, u"name"_s},
                {u"imap-host"_s, u"Incoming server (default: that of a known provider)."_s, u"host"_s},
                {u"imap-port"_s, u"Its port (default: 993, or 143)."_s, u"port"_s},
                {u"imap-encryption"_s, u"tls (default), starttls, or none (this computer only)."_s, u"kind"_s},
                {u"smtp-host"_s, u"Outgoing server (likewise)."_s, u"host"_s},
                {u"smtp-port"_s, u"Its port (default: 465, or 587)."_s, u"port"_s},
                {u"smtp-encryption"_s, u"As for IMAP."_s, u"kind"_s},
                passwordFromInput,
            },
            .maximum = 0,
            .run = addAccount,
        },
        {
            .name = u"account list"_s,
            .description = u"One line for each account."_s,
            .maximum = 0,
            .run = listAccounts,
        },
        {
            .name = u"account check"_s,
            .synopsis = u"[ACCOUNT]"_s,
            .description = u"Log in to both servers; changes nothing."_s,
            .options = {passwordFromInput},
            .maximum = 1,
            .run = checkAccount,
        },
        {
            .name = u"account remove"_s,
            .synopsis = u"ACCOUNT"_s,
            .description = u"Forget the account, its local mail and its password. Nothing changes on the server."_s,
            .minimum = 1,
            .maximum = 1,
            .run = removeAccount,
        },
    };
}

} // namespace postaci::cli
