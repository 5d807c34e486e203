// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/connectionreport.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace postaci {

// A connection in the user's language.

/// What it means for the user that a server can do this, or cannot.
QString abilityText(ServerAbility ability, bool has);

/// What and how much: each line of the page but the abilities and the log, in their order.
QList<std::pair<QString, QString>> connectionRows(const ConnectionReport &report);

/// "1.2 GB of 15 GB used (8 %)"
QString quotaText(const ConnectionReport::Quota &quota);

/// One line of the log, as it stands on the page and in what is copied. The same in every language.
QString logLine(const ConversationLog::Entry &entry);

/// All of it as plain text, for whoever is asked for help.
QString connectionAsText(const ConnectionReport &report);

} // namespace postaci
