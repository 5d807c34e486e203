// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/store/storechange.h"

#include <QString>

#include <memory>
#include <string_view>
#include <unordered_map>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace postaci {

/// One connection to the profile's two database files, with its prepared statements and the StoreChange of the running
/// transaction. Used by one thread at a time. Everything throws SQLite::Exception; Store turns that into a MailError.
/// Tables run their SQL through Query (query.h).
class Connection {
public:
    enum class Access { ReadWrite, ReadOnly };

    /// Opens `directory`/bodies.sqlite and attaches mail.sqlite as `mail`. Sets what lasts as long as the connection;
    /// what is kept in the files is prepareSchema's work (schema.h).
    ///
    /// The two files have a write-ahead log each, so that a full disk, a kill or a power cut between the two can keep
    /// one half of a commit. SQLite commits `main` first, therefore that is bodies.sqlite: what is left is a body that
    /// no row of `messages` tells of, which is never looked at, even if its number is given out again.
    Connection(const QString &directory, Access access);
    /// Read and write, with the two files anywhere.
    Connection(const QString &bodies, const QString &mail);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    /// Runs statements that are not worth keeping. None of them returns rows.
    void execute(const char *sql);
    /// The first column of the first row; 0 without rows.
    qint64 integer(const char *sql);
    QString text(const char *sql);

    /// From the cache. Valid as long as the connection.
    SQLite::Statement &statement(std::string_view sql);
    qint64 lastInsertId() const;
    /// False once SQLite has rolled back by itself, for instance on a full disk.
    bool inTransaction() const;

    /// What the running transaction has changed; the tables add to it.
    StoreChange &change() { return m_change; }

private:
    void open(const QString &mail, Access access);

    std::unique_ptr<SQLite::Database> m_database;
    std::unordered_map<std::string_view, std::unique_ptr<SQLite::Statement>> m_statements;
    StoreChange m_change;
};

} // namespace postaci
