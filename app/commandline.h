// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace postaci {

/// What the program was started with.
struct CommandLine {
    QString profile; ///< Directory as given; empty: the platform's place.
    QString language; ///< "en", "tr"; empty: what the settings say.
    QString rootsFile; ///< PEM file of additional trusted roots.
    QString suggestionFile; ///< Settings to begin the set-up with; empty: none.
    QUrl link; ///< A mailto link to answer; empty: none.

    /// What to print and leave with, instead of starting: for --help, --version and mistakes.
    struct Answer {
        QString text;
        int exitCode = 0;
    };
    std::optional<Answer> answer;
};

/// Reads the arguments, the program's name first. Needs no application object, so that --help works without a display.
/// Qt's own options ("-platform") must be gone already unless only `answer` is looked at.
CommandLine parseCommandLine(const QStringList &arguments);

} // namespace postaci
