// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace postaci {

/// The last lines of what was said to a server, for a user who wants to know why something does not work. In memory
/// only. What is added holds no secret, no address and nothing of a mail: whoever adds it sees to that.
///
/// Used on one thread; entries() are values.
class ConversationLog {
public:
    struct Entry {
        QDateTime time; ///< UTC
        QString text; ///< One line. "> " was said by us, "< " by the server, anything else is a remark.

        friend bool operator==(const Entry &, const Entry &) = default;
    };

    static constexpr qsizetype capacity = 400;
    static constexpr qsizetype longestLine = 300;

    void add(const QString &text);
    /// Oldest first.
    QList<Entry> entries() const { return m_entries; }

private:
    QList<Entry> m_entries;
};

} // namespace postaci
