// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace postaci {

/// What the user should know about a provider before a password is typed. Plain text.
struct ProviderNotes {
    QString text; ///< The most important one; empty: nothing.
    QString details; ///< The others.
    QUrl page; ///< Where to do something about it; https or empty.
    QString pageText; ///< What the button that opens it says.
};

/// `movedTo`: the name of the provider that has taken the mailboxes over, with Provider::Status::Migrated.
/// `withBrowser`: no password is going to be typed, and nothing is said about passwords.
ProviderNotes providerNotes(const Provider &provider, const QString &movedTo = {}, bool withBrowser = false);

/// One sentence for each hint.
QString hintText(Provider::Hint hint, const QString &provider, const QString &movedTo = {});

/// Empty for AppPassword::No.
QString appPasswordText(Provider::AppPassword when, const QString &provider);

} // namespace postaci
