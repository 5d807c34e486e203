// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"
#include "core/discovery/setupreport.h"

#include <QString>

namespace postaci {

/// A failed rung in the user's language. All plain text.
struct ProblemText {
    QString sentence; ///< What happened.
    QString hint; ///< The likely cause, and what helps.
};

/// `provider`: its name where it is known; else the server is named.
ProblemText problemText(const Diagnosis &diagnosis, const QString &provider = {});

/// What the button with the fix says.
QString fixText(const Diagnosis &diagnosis);

/// What was gone round without asking, for instance another port. Empty if there is nothing to tell.
QString noteText(const Diagnosis &note);

/// Where settings come from, as the end of a sentence: "from Mozilla's list".
QString sourceText(SettingsSource source);

/// What is being asked of whom, for instance "Asking the web site autoconfig.example.org".
QString askingText(const DiscoveryStep &step);

/// How the question went, in a word or two.
QString outcomeText(DiscoveryStep::State state);

/// Why the search could not go on. `provider` with Obstacle::NoImap. Empty without an obstacle.
ProblemText obstacleText(DiscoveryResult::Obstacle obstacle, const QString &domain, const QString &provider = {});

/// A rung of the ladder, as a thing to do: "Find the server".
QString rungText(Step step, Protocol protocol = Protocol::Imap);

/// What it means to receive with it: IMAP or POP3.
QString protocolText(Protocol protocol);

/// A host as a person should see it: Unicode, and the ACE form beside it when letters of several scripts are mixed,
/// which is how one name is made to look like another.
QString hostText(const QString &host);

/// The same as rich text, escaped, with the part that somebody registered in bold. `registrable` is that part
/// ("example.com.tr"), in either form.
QString hostHtml(const QString &host, const QString &registrable);

} // namespace postaci
