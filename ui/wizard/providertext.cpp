// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/providertext.h"

#include <QCoreApplication>
#include <QStringList>

namespace postaci {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::ProviderText)
};
} // namespace

QString hintText(Provider::Hint hint, const QString &provider, const QString &movedTo)
{
    switch (hint) {
    case Provider::Hint::NoImap:
        return Text::tr("%1 lets no other mail program read your mail.").arg(provider);
    case Provider::Hint::Bridge:
        return Text::tr("%1 needs its Bridge program running on this computer. Use the password that the Bridge shows, "
                        "not your usual one.")
            .arg(provider);
    case Provider::Hint::Migrated:
        return movedTo.isEmpty()
            ? Text::tr("The mailboxes of %1 have moved elsewhere; these servers may be gone.").arg(provider)
            : Text::tr("The mailboxes of %1 have moved, or are moving, to %2.").arg(provider, movedTo);
    case Provider::Hint::PaidPlan:
        return Text::tr("Mail programs are let in with a paid plan only.");
    case Provider::Hint::EnableImap:
        return Text::tr("Access for mail programs (IMAP) has to be switched on once in the web mail's settings.");
    case Provider::Hint::EnableSmtp:
        return Text::tr("Sending from mail programs (SMTP) has to be switched on once in the web mail's settings.");
    case Provider::Hint::AuthorizationCode:
        return Text::tr(
            "%1 wants an authorisation code here, not your password. You make one in the web mail's settings.")
            .arg(provider);
    case Provider::Hint::MailboxPassword:
        return Text::tr("Use the password of the mailbox, not that of your customer account.");
    case Provider::Hint::PasswordMayBeRefused:
        return Text::tr("The provider is changing over to signing in through the browser and may refuse a password.");
    case Provider::Hint::AdministratorDecides:
        return Text::tr("If it is refused, your organisation may have to allow mail programs first.");
    case Provider::Hint::ProtectionMustBeOff:
        return Text::tr(
            "If extra protection is switched on for your mailbox, switch it off first: it keeps mail programs out.");
    case Provider::Hint::OwnUserName:
        return Text::tr("The user name is not your address: enter the one that your provider has given you.");
    case Provider::Hint::MainAddressOnly:
        return Text::tr("Sign in with the main address of the account; its other addresses are refused.");
    case Provider::Hint::RegionMatters:
        return Text::tr("The servers differ by the region in which the account was opened.");
    case Provider::Hint::ServerNamedByHoster:
        return Text::tr("Your hosting company has told you the name of your server, usually in its welcome mail.");
    case Provider::Hint::OnlyPop3:
        return Text::tr("This provider offers POP3 only: mail is downloaded, folders are kept on this computer.");
    case Provider::Hint::Pop3NotTooOften:
        return Text::tr("With POP3, new mail can be looked for every 15 minutes at most.");
    case Provider::Hint::OnlyUnencryptedKnown:
        return Text::tr("The servers known for this provider offer no encryption. Postacı looks for ones that do, and "
                        "never sends your password without it.");
    case Provider::Hint::OnlyProvidersNetwork:
        return Text::tr("Sending works only over this provider's own internet connection.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString appPasswordText(Provider::AppPassword when, const QString &provider)
{
    switch (when) {
    case Provider::AppPassword::Always:
        return Text::tr("%1 wants an app password here, not your usual password.").arg(provider);
    case Provider::AppPassword::WithTwoStep:
        return Text::tr("If you use two-step sign-in with %1, make an app password and enter it here.").arg(provider);
    case Provider::AppPassword::No:
        break;
    }
    return {};
}

namespace {

bool concernsPassword(Provider::Hint hint)
{
    return hint == Provider::Hint::AuthorizationCode || hint == Provider::Hint::MailboxPassword
        || hint == Provider::Hint::PasswordMayBeRefused;
}

} // namespace

ProviderNotes providerNotes(const Provider &provider, const QString &movedTo, bool withBrowser)
{
    if (provider.has(Provider::Hint::NoImap))
        return {.text = hintText(Provider::Hint::NoImap, provider.name),
            .details = Text::tr("You can only use it with the provider's own program or web site."),
            .page = provider.helpUrl,
            .pageText = provider.helpUrl.isEmpty() ? QString() : Text::tr("What the provider says…")};

    QStringList sentences;
    // An authorisation code is an app password by another name, and the Bridge has its own password: said once.
    const bool code = provider.has(Provider::Hint::AuthorizationCode);
    QString password;
    if (!withBrowser && !code && !provider.has(Provider::Hint::Bridge))
        password = appPasswordText(provider.appPassword, provider.name);
    if (!password.isEmpty())
        sentences.append(password);
    for (const Provider::Hint hint : provider.hints) {
        if (!withBrowser || !concernsPassword(hint))
            sentences.append(hintText(hint, provider.name, movedTo));
    }

    ProviderNotes notes;
    if (sentences.isEmpty())
        return notes;
    notes.text = sentences.takeFirst();
    notes.details = sentences.join(QLatin1Char('\n'));
    if (!withBrowser && (code || !password.isEmpty()) && !provider.appPasswordUrl.isEmpty()) {
        notes.page = provider.appPasswordUrl;
        notes.pageText = code ? Text::tr("Make the code…") : Text::tr("Make an app password…");
    } else if (!provider.helpUrl.isEmpty()) {
        notes.page = provider.helpUrl;
        notes.pageText = Text::tr("What the provider says…");
    }
    return notes;
}

} // namespace postaci
