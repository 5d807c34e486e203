// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/conversationlog.h"

namespace postaci {

void ConversationLog::add(const QString &text)
{
    if (m_entries.size() >= capacity)
        m_entries.removeFirst();
    const bool isLong = text.size() > longestLine;
    m_entries.append(
        {.time = QDateTime::currentDateTimeUtc(), .text = isLong ? text.left(longestLine) + QChar(u'…') : text});
}

} // namespace postaci
