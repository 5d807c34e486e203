// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/query.h"

#include <sqlite3.h>
#include <SQLiteCpp/Exception.h>

#include <QTimeZone>

#include <limits>

namespace postaci {

QString Query::text(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    const char *bytes = value.getText();
    return QString::fromUtf8(bytes, value.getBytes());
}

QByteArray Query::blob(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    const auto *bytes = static_cast<const char *>(value.getBlob());
    return QByteArray(bytes, value.getBytes());
}

QDateTime Query::time(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    return value.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(value.getInt64(), QTimeZone::UTC);
}

void Query::bindValue(int index, const QString &value)
{
    m_statement.bindNoCopy(index, m_texts.emplace_back(value.toStdString()));
}

void Query::bindValue(int index, const QByteArray &value)
{
    if (value.size() > std::numeric_limits<int>::max())
        throw SQLite::Exception("value too large", SQLITE_TOOBIG);
    m_statement.bindNoCopy(index, value.constData(), int(value.size()));
}

void Query::bindValue(int index, const QDateTime &value)
{
    if (value.isValid())
        m_statement.bind(index, int64_t(value.toMSecsSinceEpoch()));
    else
        m_statement.bind(index);
}

} // namespace postaci
