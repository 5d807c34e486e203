// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/accountarguments.h"

#include "app/cli/json.h"

#include "core/discovery/providerdirectory.h"

#include <QTextStream>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

/// Lays what the options say over `server`. `prefix` is "imap", "pop3" or "smtp".
Result<void> applyOptions(const Arguments &arguments, const QString &prefix, ServerSettings *server)
{
    const QString host = prefix + "-host"_L1;
    const QString port = prefix + "-port"_L1;
    const QString encryption = prefix + "-encryption"_L1;
    const QString user = prefix + "-user"_L1;
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
    if (arguments.has(user))
        server->userName = arguments.value(user);
    else if (arguments.has(u"user"_s))
        server->userName = arguments.value(u"user"_s);
    return {};
}

} // namespace

QList<QCommandLineOption> accountOptions()
{
    return {
        {u"address"_s, u"Mail address."_s, u"address"_s},
        {u"name"_s, u"Name that recipients see."_s, u"name"_s},
        {u"user"_s, u"User name at the servers (default: the address)."_s, u"name"_s},
        {u"imap-host"_s, u"Incoming server (default: that of a known provider)."_s, u"host"_s},
        {u"imap-port"_s, u"Its port (default: 993, or 143)."_s, u"port"_s},
        {u"imap-encryption"_s, u"tls (default), starttls, or none (this computer only)."_s, u"kind"_s},
        {u"imap-user"_s, u"User name there, where it is not --user."_s, u"name"_s},
        {u"smtp-host"_s, u"Outgoing server (likewise)."_s, u"host"_s},
        {u"smtp-port"_s, u"Its port (default: 465, or 587)."_s, u"port"_s},
        {u"smtp-encryption"_s, u"As for IMAP."_s, u"kind"_s},
        {u"smtp-user"_s, u"As for IMAP."_s, u"name"_s},
    };
}

QList<QCommandLineOption> pop3Options()
{
    return {
        {u"pop3-host"_s, u"Incoming server that speaks POP3, in place of IMAP."_s, u"host"_s},
        {u"pop3-port"_s, u"Its port (default: 995, or 110)."_s, u"port"_s},
        {u"pop3-encryption"_s, u"As for IMAP."_s, u"kind"_s},
        {u"pop3-user"_s, u"As for IMAP."_s, u"name"_s},
        {u"pop3-delete-after"_s, u"Delete mail there so many days after it came here; 0: at once (default: never)."_s,
            u"days"_s},
        {u"pop3-whole-up-to"_s,
            u"Of messages with more megabytes fetch the header; 'show' and 'raw' fetch the rest (default: all whole)."_s,
            u"megabytes"_s},
    };
}

QCommandLineOption passwordFromInputOption()
{
    return {
        u"password-stdin"_s, u"Read the password from standard input; a second line is the one of the SMTP server."_s};
}

QList<QCommandLineOption> browserOptions()
{
    return {
        {u"browser"_s, u"Sign in with the web browser: prints the page's address and waits, five minutes at most."_s},
        {u"oauth-client-id"_s,
            u"Client ID of your own for that; kept. Its secret, if any, comes from POSTACI_OAUTH_CLIENT_SECRET."_s,
            u"id"_s},
    };
}

Result<void> useBrowser(Account *account)
{
    const ProviderDirectory providers = ProviderDirectory::bundled();
    const Provider *provider = providers.findByAddress(account->identity.address);
    if (!provider || provider->oauthIssuer.isEmpty()) // an address with a domain of its own
        provider = providers.findByHost(account->incoming.host);
    if (!provider || provider->oauthIssuer.isEmpty())
        return failure({.kind = ErrorKind::InvalidInput, .subject = u"--browser"_s});
    account->oauthIssuer = provider->oauthIssuer;
    account->serverFilesSent = provider->serverFilesSent;
    account->incoming.auth = account->outgoing.auth = AuthMethod::OAuth2;
    return {};
}

Result<Account> accountFromArguments(const Arguments &arguments)
{
    const Address identity{.name = arguments.value(u"name"_s), .address = arguments.value(u"address"_s)};
    if (localPartOf(identity.address).isEmpty() || domainOf(identity.address).isEmpty())
        return failure({.kind = ErrorKind::InvalidInput, .subject = u"--address"_s});

    const ProviderDirectory providers = ProviderDirectory::bundled();
    const Provider *provider = providers.findByAddress(identity.address);
    const bool known = provider && provider->isKnown();
    Account account = known ? accountAt(*provider, identity) : guessedAccount(identity);
    if (!known) {
        account.incoming.host.clear(); // A guess is for a person to look at.
        account.outgoing.host.clear();
    }
    account.name = identity.address;
    const bool pop3 = arguments.has(u"pop3-host"_s);
    if (pop3)
        account.incoming.protocol = Protocol::Pop3;
    if (const Result<void> applied = applyOptions(arguments, pop3 ? u"pop3"_s : u"imap"_s, &account.incoming); !applied)
        return failure(applied.error());
    if (arguments.has(u"pop3-delete-after"_s)) {
        bool isNumber = false;
        account.serverCopies.days = arguments.value(u"pop3-delete-after"_s).toInt(&isNumber);
        if (!isNumber || account.serverCopies.days < 0 || !pop3)
            return failure({.kind = ErrorKind::InvalidInput, .subject = u"--pop3-delete-after"_s});
    }
    if (arguments.has(u"pop3-whole-up-to"_s)) {
        const int megabytes = arguments.value(u"pop3-whole-up-to"_s).toInt();
        if (megabytes < 1 || !pop3)
            return failure({.kind = ErrorKind::InvalidInput, .subject = u"--pop3-whole-up-to"_s});
        account.wholeUpTo = megabytes * qint64(1'000'000);
    }
    if (arguments.has(u"receive-only"_s) && account.outgoing.host.isEmpty() && !arguments.has(u"smtp-host"_s))
        return account;
    if (const Result<void> applied = applyOptions(arguments, u"smtp"_s, &account.outgoing); !applied)
        return failure(applied.error());
    return account;
}

MailEngine::AccountSecrets secretsFromStandardInput()
{
    QTextStream input(stdin);
    const QString incoming = input.readLine();
    const QString outgoing = input.readLine();
    return {.incoming = incoming, .outgoing = outgoing.isEmpty() ? incoming : outgoing};
}

} // namespace postaci::cli
