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

ProviderNote providerNote(const Provider &provider)
{
    if (provider.oauthOnly)
        return {Text::tr("%1 no longer lets mail programs sign in with a password.").arg(provider.name),
            Text::tr("Signing in through the web browser comes with a later version of Postacı."), true};
    if (provider.has(Provider::Hint::NoImap))
        return {Text::tr("%1 lets no other mail program read your mail.").arg(provider.name),
            Text::tr("You can only use it with the provider's own program or web site."), true};

    QStringList more;
    if (provider.has(Provider::Hint::EnableImap))
        more.append(Text::tr("Access for mail programs (IMAP) has to be switched on once in the web mail's settings."));
    if (provider.has(Provider::Hint::PasswordMayBeRefused))
        more.append(Text::tr("The provider is changing over to signing in through the browser and may refuse it."));
    const QString details = more.join(QLatin1Char(' '));

    if (provider.has(Provider::Hint::Bridge))
        return {Text::tr("%1 needs its Bridge program running on this computer.").arg(provider.name),
            Text::tr("Use the password that the Bridge shows, not your usual one."), false};
    switch (provider.appPassword) {
    case Provider::AppPassword::Always:
        return {Text::tr("%1 wants an app password here, not your usual password.").arg(provider.name), details, false};
    case Provider::AppPassword::WithTwoStep:
        return {
            Text::tr("If you use two-step sign-in with %1, make an app password and enter it here.").arg(provider.name),
            details, false};
    case Provider::AppPassword::No:
        break;
    }
    return more.isEmpty() ? ProviderNote{} : ProviderNote{more.first(), more.mid(1).join(QLatin1Char(' ')), false};
}

} // namespace postaci
