// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"
#include "core/mail/account.h"
#include "core/sync/mailengine.h"

#include <QCommandLineOption>

namespace postaci::cli {

/// The options that describe an account which is not saved yet.
QList<QCommandLineOption> accountOptions();
/// For an incoming server that speaks POP3, in place of the IMAP ones.
QList<QCommandLineOption> pop3Options();
QCommandLineOption passwordFromInputOption();
/// For signing in with the web browser in place of a password.
QList<QCommandLineOption> browserOptions();

/// From the options and, for what they leave open, the table of known providers. InvalidInput names the option. With
/// --receive-only no outgoing server is asked for.
[[nodiscard]] Result<Account> accountFromArguments(const Arguments &arguments);

/// With --browser: tokens in place of passwords. InvalidInput where the table knows nobody who gives them.
[[nodiscard]] Result<void> useBrowser(Account *account);

/// The first line of standard input is the password of the incoming server; a second one that of the outgoing.
MailEngine::AccountSecrets secretsFromStandardInput();

} // namespace postaci::cli
