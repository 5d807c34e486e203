// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/connection.h"

#include <sqlite3.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <QDir>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr int busyTimeoutMs = 5000;

} // namespace

Connection::Connection(const QString &directory, Access access)
    : m_database(std::make_unique<SQLite::Database>(QDir(directory).filePath(u"bodies.sqlite"_s).toStdString(),
          SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, busyTimeoutMs))
{
    open(QDir(directory).filePath(u"mail.sqlite"_s), access);
}

Connection::Connection(const QString &bodies, const QString &mail)
    : m_database(std::make_unique<SQLite::Database>(
          bodies.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, busyTimeoutMs))
{
    open(mail, Access::ReadWrite);
}

void Connection::open(const QString &mail, Access access)
{
    SQLite::Statement attach(*m_database, "ATTACH ? AS mail");
    attach.bind(1, mail.toStdString());
    attach.exec();

    // secure_delete: what the user deleted is not to be found in the file. It is SQLite's default on some systems only.
    execute("PRAGMA foreign_keys = ON;"
            "PRAGMA trusted_schema = OFF;"
            "PRAGMA cell_size_check = ON;"
            "PRAGMA temp_store = MEMORY;"
            "PRAGMA main.secure_delete = ON;"
            "PRAGMA mail.secure_delete = ON;");
    if (access == Access::ReadOnly) {
        execute("PRAGMA query_only = ON; PRAGMA mail.cache_size = -8000;");
    } else {
        // Room for the indexes of a first synchronisation; fewer checkpoints than with the default of 4 MB, and a
        // write-ahead log that shrinks again after a long one.
        execute("PRAGMA mail.cache_size = -32000;"
                "PRAGMA wal_autocheckpoint = 4000;"
                "PRAGMA main.journal_size_limit = 16777216;"
                "PRAGMA mail.journal_size_limit = 16777216;");
    }
}

Connection::~Connection() = default;

void Connection::execute(const char *sql)
{
    m_database->exec(sql);
}

qint64 Connection::integer(const char *sql)
{
    SQLite::Statement query(*m_database, sql);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

QString Connection::text(const char *sql)
{
    SQLite::Statement query(*m_database, sql);
    return query.executeStep() ? QString::fromUtf8(query.getColumn(0).getText()) : QString();
}

SQLite::Statement &Connection::statement(std::string_view sql)
{
    if (const auto known = m_statements.find(sql); known != m_statements.end())
        return *known->second;
    auto statement = std::make_unique<SQLite::Statement>(*m_database, std::string(sql));
    // The key lives as long as the value: it is the statement's own copy of the text.
    const std::string_view key = statement->getQuery();
    return *m_statements.emplace(key, std::move(statement)).first->second;
}

qint64 Connection::lastInsertId() const
{
    return m_database->getLastInsertRowid();
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(m_database->getHandle()) == 0;
}

} // namespace postaci
