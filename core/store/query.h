// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"
#include "core/store/connection.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <string>
#include <type_traits>
#include <vector>

namespace postaci {

/// One use of a prepared statement: values in, rows out, and the statement goes back clean. Only one at a time may use
/// the same text.
///
///     Query query(connection, "SELECT name FROM accounts WHERE id = ?");
///     query.bind(id);
///     while (query.next())
///         names += query.text(0);
class Query {
public:
    Query(Connection &connection, std::string_view sql)
        : m_statement(connection.statement(sql))
    {
    }
    ~Query() { m_statement.tryReset(); }
    Q_DISABLE_COPY_MOVE(Query)

    /// All parameters, in order. A QByteArray is not copied: it has to live until the last row is read.
    template <class... Values> void bind(const Values &...values)
    {
        m_statement.tryReset();
        m_texts.clear();
        m_texts.reserve(sizeof...(Values)); // What is bound must not move.
        int index = 0;
        (bindOne(++index, values), ...);
    }

    /// bind() and run to the end; for statements without rows. Returns how many rows were changed.
    template <class... Values> int run(const Values &...values)
    {
        bind(values...);
        return m_statement.exec();
    }

    /// Goes to the next row, if there is one.
    bool next() { return m_statement.executeStep(); }

    qint64 integer(int column) const { return m_statement.getColumn(column).getInt64(); }
    bool boolean(int column) const { return integer(column) != 0; }
    QString text(int column) const;
    QByteArray blob(int column) const;
    QDateTime time(int column) const; ///< Invalid for NULL.

    template <class Enum> Enum enumeration(int column) const { return Enum(integer(column)); }
    template <class Id> Id id(int column) const { return Id{integer(column)}; }

private:
    template <class Value> void bindOne(int index, const Value &value)
    {
        if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>)
            m_statement.bind(index, int64_t(value));
        else
            bindValue(index, value);
    }
    template <class Tag> void bindOne(int index, RowId<Tag> id) { m_statement.bind(index, int64_t(id.value)); }
    void bindValue(int index, const QString &value);
    void bindValue(int index, const QByteArray &value);
    void bindValue(int index, const QDateTime &value); ///< NULL when invalid.

    SQLite::Statement &m_statement;
    std::vector<std::string> m_texts; ///< What is bound now, as UTF-8.
};

} // namespace postaci
