// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace postaci {

/// What became of a database that was found damaged.
struct Recovery {
    QStringList keptFiles; ///< The damaged files, untouched, under a name with the date.
    /// Messages of which only the raw bytes were left: they lie in a folder on this computer, without a header yet.
    QList<MessageId> withoutHeader;

    friend bool operator==(const Recovery &, const Recovery &) = default;
};

/// Which of the two files.
struct Damage {
    bool mail = false;
    bool bodies = false;

    explicit operator bool() const { return mail || bodies; }
};

/// Looks through the files of a profile that is not open: all of every table that can be checked without the program.
Damage examine(const QString &directory);

/// Makes the damaged files anew from what can be read of them (see PageScanner), beside the old ones, and then puts
/// them in their place: whatever breaks it off, either is whole, and finishSalvage() goes on at the next start.
///
/// Nothing that could delete mail on a server is taken over: pending moves and deletions are dropped (their messages
/// come back with the next synchronisation), and maildrops keep everything until the user says otherwise. What lost its
/// folder or its account goes into a folder "Recovered" on this computer.
Result<Recovery> salvage(const QString &directory, Damage damage, const QDateTime &now);

/// Before anything is opened: ends a salvage that was broken off when everything had been saved, or takes it back.
bool finishSalvage(const QString &directory);

} // namespace postaci
