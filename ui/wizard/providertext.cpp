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

/// Of hints that stand on their own; the others are part of what is said about the password.
QString sentence(Provider::Hint hint)
{
    switch (hint) {
    case Provider::Hint::PaidPlan:
        return Text::tr("Mail programs are let in with a paid plan only.");
    case Provider::Hint::EnableImap:
        return Text::tr("Access for mail programs (IMAP) has to be switched on once in the web mail's settings.");
    case Provider::Hint::EnableSmtp:
        return Text::tr("Sending from mail programs (SMTP) has to be switched on once in the web mail's settings.");
    case Provider::Hint::MailboxPassword:
        return Text::tr("Use the password of the mailbox, not that of your customer account.");
    case Provider::Hint::PasswordMayBeRefused:
        return Text::tr("The provider is changing over to signing in through the browser and may refuse it.");
    case Provider::Hint::AdministratorDecides:
        return Text::tr("If it is refused, your organisation may have to allow mail programs first.");
    case Provider::Hint::ProtectionMustBeOff:
        return Text::tr(
            "If extra protection is switched on for your mailbox, switch it off first: it keeps mail programs "
            "out.");
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
    case Provider::Hint::NoImap:
    case Provider::Hint::Bridge:
    case Provider::Hint::Migrated:
    case Provider::Hint::AuthorizationCode:
        break;
    }
    return {};
}

/// What to type as the password, where it is not simply the password.
QString passwordSentence(const Provider &provider)
{
    if (provider.has(Provider::Hint::Bridge))
        return Text::tr("%1 needs its Bridge program running on this computer.").arg(provider.name);
    if (provider.has(Provider::Hint::AuthorizationCode))
        return Text::tr(
            "%1 wants an authorisation code here, not your password. You make one in the web mail's settings.")
            .arg(provider.name);
    switch (provider.appPassword) {
    case Provider::AppPassword::Always:
        return Text::tr("%1 wants an app password here, not your usual password.").arg(provider.name);
    case Provider::AppPassword::WithTwoStep:
        return Text::tr("If you use two-step sign-in with %1, make an app password and enter it here.")
            .arg(provider.name);
    case Provider::AppPassword::No:
        break;
    }
    return {};
}

} // namespace

ProviderNote providerNote(const Provider &provider)
{
    if (provider.oauthOnly)
        return {Text::tr("%1 no longer lets mail programs sign in with a password.").arg(provider.name),
            Text::tr("Signing in through the web browser comes with a later version of Postacı."), true};
    if (provider.has(Provider::Hint::NoImap))
        return {Text::tr("%1 lets no other mail program read your mail.").arg(provider.name),
            Text::tr("You can only use it with the provider's own program or web site."), true};

    QStringList sentences{passwordSentence(provider)};
    if (provider.has(Provider::Hint::Bridge))
        sentences.append(Text::tr("Use the password that the Bridge shows, not your usual one."));
    if (const Provider *next = ProviderDirectory::bundled().findById(provider.migratedTo))
        sentences.append(
            Text::tr("The mailboxes of %1 have moved, or are moving, to %2.").arg(provider.name, next->name));
    for (const Provider::Hint hint : provider.hints)
        sentences.append(sentence(hint));
    sentences.removeAll(QString());
    return sentences.isEmpty() ? ProviderNote{}
                               : ProviderNote{sentences.first(), sentences.mid(1).join(QLatin1Char(' ')), false};
}

} // namespace postaci
