// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/accountarguments.h"
#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"

#include "core/settings/oauthclientids.h"
#include "core/settings/settings.h"

#include <QCoroFuture>

#include <QUrl>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

/// Prints each step of the check on standard error while it runs. The account with what worked.
QCoro::Task<Result<Account>> check(Session *session, Account account, MailEngine::AccountSecrets secrets)
{
    const QString incoming = account.isLocal() ? u"pop3"_s : u"imap"_s;
    const auto connection
        = QObject::connect(&session->engine(), &MailEngine::checkProgress, session, [incoming](const CheckStep &step) {
              if (step.state == CheckStep::State::Running)
                  return;
              remark(u"%1 %2: %3 (%4 ms)"_s.arg(step.outgoing ? u"smtp"_s : incoming, nameOf(step.step),
                  step.error ? nameOf(step.error->kind) : u"ok"_s, QString::number(step.milliseconds)));
          });
    const SetupReport report = co_await session->engine().checkAccount(account, secrets);
    QObject::disconnect(connection);
    if (const std::optional<MailError> error = report.error())
        co_return failure(*error);
    co_return Account(report.account);
}

SignInPages pagesOfTheEnd()
{
    return {.language = u"en"_s,
        .done = {.heading = u"You are signed in"_s, .text = u"You can close this page."_s},
        .failed = {.heading = u"That did not work"_s, .text = u"The terminal says why. You can close this page."_s}};
}

/// The client id is kept, as in the window: the account needs it for as long as it is there.
void useClientId(Session *session, const QString &issuer, const QString &clientId)
{
    Settings settings(session->options().profile);
    setOAuthClientId(settings, issuer, clientId);
    const QString secret = qEnvironmentVariable("POSTACI_OAUTH_CLIENT_SECRET");
    if (!secret.isEmpty())
        session->engine().keepOAuthClientSecret(issuer, clientId, secret);
    session->engine().setOAuthClientIds(oauthClientIds(settings));
}

/// Somebody has to open the printed page in a browser on this computer.
QCoro::Task<Result<OAuthTokens>> signIn(Session *session, Account account)
{
    const auto connection = QObject::connect(&session->engine(), &MailEngine::browserWanted, session,
        [](const QUrl &url) { printLine({{u"browser"_s, url.toString(QUrl::FullyEncoded)}}); });
    const Result<OAuthTokens> tokens
        = co_await session->engine().signInWithBrowser(account.oauthIssuer, account.identity.address, pagesOfTheEnd());
    QObject::disconnect(connection);
    co_return tokens;
}

QCoro::Task<Result<void>> addAccount(Session *session, Arguments arguments)
{
    Result<Account> account = accountFromArguments(arguments);
    if (!account)
        co_return failure(account.error());
    MailEngine::AccountSecrets secrets;
    if (arguments.has(u"browser"_s)) {
        if (const Result<void> known = useBrowser(&*account); !known)
            co_return failure(known.error());
        if (arguments.has(u"oauth-client-id"_s))
            useClientId(session, account->oauthIssuer, arguments.value(u"oauth-client-id"_s));
        const Result<OAuthTokens> tokens = co_await signIn(session, *account);
        if (!tokens)
            co_return failure(tokens.error());
        secrets.tokens = *tokens;
    } else if (arguments.has(u"password-stdin"_s))
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
    return {
        {
            .name = u"account add"_s,
            .description = u"Log in to both servers and, if that works, save the account."_s,
            .options = accountOptions() << pop3Options() << passwordFromInputOption() << browserOptions(),
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
