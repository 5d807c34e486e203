// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/schema.h"

#include "core/store/query.h"

#include <sqlite3.h>
#include <SQLiteCpp/Exception.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>

#include <array>
#include <optional>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 applicationId = 0x506F7374; // "Post"

/// What no server can give back. Small, so they are checked at each start; damage elsewhere shows when it is read.
constexpr std::array irreplaceable{"accounts", "certificate_exceptions", "folders", "drafts", "draft_attachments",
    "outbox", "outbox_recipients", "outbox_messages", "pending_ops", "pop3_seen"};

/// How long the copy of an earlier version is kept.
constexpr int copyDays = 30;

/// The two files: their name in SQL, on disk and in migrations/. The one that numbers the messages comes first.
struct File {
    const char *schema;
    const char *name;
};
constexpr std::array files{File{"mail", "mail"}, File{"main", "bodies"}};

QByteArray sql(const char *text, const File &file)
{
    return QByteArray(text).replace("SCHEMA", file.schema);
}

/// Empty when there is no such migration.
QByteArray migration(const File &file, qint64 number)
{
    QFile resource(
        u":/postaci/migrations/%1/%2.sql"_s.arg(QLatin1StringView(file.name)).arg(number, 4, 10, QLatin1Char('0')));
    return resource.open(QIODevice::ReadOnly) ? resource.readAll() : QByteArray();
}

qint64 newestMigration(const File &file)
{
    qint64 number = 0;
    while (!migration(file, number + 1).isEmpty())
        ++number;
    return number;
}

tl::unexpected<MailError> refusal(ErrorKind kind, const char *what)
{
    return failure({.kind = kind, .step = Step::OpenStore, .subject = QLatin1StringView(what)});
}

QString tables(Connection &connection, const File &file)
{
    return connection.text(
        sql("SELECT group_concat(name || coalesce(sql, ''), char(10)) FROM "
            "(SELECT name, sql FROM SCHEMA.sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name)",
            file));
}

void migrate(Connection &connection, const File &file);

bool hasNewestTables(Connection &connection, const File &file)
{
    const QString memory = u":memory:"_s;
    Connection fresh(memory, memory);
    migrate(fresh, file);
    return tables(connection, file) == tables(fresh, file);
}

Result<void> checkOwner(Connection &connection, const File &file)
{
    const qint64 version = connection.integer(sql("PRAGMA SCHEMA.user_version", file));
    const qint64 owner = connection.integer(sql("PRAGMA SCHEMA.application_id", file));
    const bool isNew
        = owner == 0 && version == 0 && connection.integer(sql("SELECT count(*) FROM SCHEMA.sqlite_schema", file)) == 0;
    if (!isNew && owner != applicationId)
        return refusal(ErrorKind::Storage, file.name);
    if (version > newestMigration(file)) // With the tables of this program it is its number that is wrong.
        return refusal(hasNewestTables(connection, file) ? ErrorKind::Storage : ErrorKind::StorageNewer, file.name);
    if (connection.text(sql("PRAGMA SCHEMA.encoding", file)) != "UTF-8"_L1)
        return refusal(ErrorKind::Storage, file.name);
    return {};
}

/// Names of the copies that keepCopy() makes.
QString copyPattern(const File &file)
{
    return QLatin1StringView(file.name) + "-version-*.sqlite"_L1;
}

/// The file's folder; none for a database in memory.
std::optional<QDir> folderOf(Connection &connection, const File &file)
{
    const QString path = connection.text(sql("SELECT file FROM pragma_database_list WHERE name = 'SCHEMA'", file));
    return path.isEmpty() ? std::nullopt : std::optional(QFileInfo(path).dir());
}

/// Throws when it cannot be made: nothing is changed then.
void keepCopy(Connection &connection, const File &file, qint64 version)
{
    const std::optional<QDir> folder = folderOf(connection, file);
    if (!folder)
        return;
    const QString name = u"%1-version-%2.sqlite"_s.arg(QLatin1StringView(file.name)).arg(version);
    const QString unfinished = folder->filePath(name + ".part"_L1);
    QFile part(unfinished);
    if ((part.exists() && !part.remove())
        || !part.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        throw SQLite::Exception("cannot make a file", SQLITE_CANTOPEN);
    part.close();
    Query(connection, sql("VACUUM SCHEMA INTO ?", file).toStdString()).run(unfinished);
    const QStringList earlier = folder->entryList({copyPattern(file)}, QDir::Files);
    for (const QString &copy : earlier)
        QFile::remove(folder->filePath(copy));
    if (!part.rename(folder->filePath(name)))
        throw SQLite::Exception("cannot rename a file", SQLITE_CANTOPEN);
}

/// What was deleted since is still in them.
void dropOldCopies(Connection &connection, const File &file)
{
    const std::optional<QDir> folder = folderOf(connection, file);
    const QDateTime limit = QDateTime::currentDateTimeUtc().addDays(-copyDays);
    const QFileInfoList copies = folder ? folder->entryInfoList({copyPattern(file)}, QDir::Files) : QFileInfoList();
    for (const QFileInfo &copy : copies) {
        if (copy.lastModified(QTimeZone::UTC) < limit)
            QFile::remove(copy.filePath());
    }
}

void migrate(Connection &connection, const File &file)
{
    const qint64 version = connection.integer(sql("PRAGMA SCHEMA.user_version", file));
    for (qint64 number = version + 1; number <= newestMigration(file); ++number) {
        connection.execute("BEGIN EXCLUSIVE");
        try {
            connection.execute(migration(file, number));
            connection.execute(sql("PRAGMA SCHEMA.application_id = ", file) + QByteArray::number(applicationId));
            connection.execute(sql("PRAGMA SCHEMA.user_version = ", file) + QByteArray::number(number));
            connection.execute("COMMIT");
        } catch (const SQLite::Exception &) {
            if (connection.inTransaction())
                connection.execute("ROLLBACK");
            throw;
        }
    }
}

} // namespace

QHash<QString, qsizetype> firstColumnCounts(const char *schema)
{
    QHash<QString, qsizetype> counts;
    const QString memory = u":memory:"_s;
    Connection fresh(memory, memory);
    for (const File &file : files) {
        if (qstrcmp(file.schema, schema) != 0)
            continue;
        for (qint64 number = 1; number <= newestMigration(file); ++number) {
            fresh.execute(migration(file, number));
            Query tables(fresh,
                "SELECT l.name, (SELECT count(*) FROM pragma_table_info(l.name, l.schema)) FROM pragma_table_list AS l "
                "WHERE l.schema = ?");
            tables.bind(QString::fromLatin1(schema));
            while (tables.next()) {
                const QString name = tables.text(0);
                if (!counts.contains(name))
                    counts.insert(name, tables.integer(1));
            }
        }
    }
    return counts;
}

bool isOwnFile(qint64 id)
{
    return id == applicationId;
}

void makeSchema(Connection &connection)
{
    for (const File &file : files) {
        connection.execute(sql("PRAGMA SCHEMA.journal_mode = WAL", file));
        migrate(connection, file);
    }
}

Result<void> prepareSchema(Connection &connection)
{
    for (const File &file : files) {
        if (const Result<void> owner = checkOwner(connection, file); !owner)
            return owner;
    }
    // Raw messages are found by the number of their row in mail.sqlite. Without that file the numbers start again, and
    // old messages would turn up under new ones.
    if (connection.integer("PRAGMA mail.user_version") == 0 && connection.integer("PRAGMA main.user_version") != 0)
        return refusal(ErrorKind::Storage, "mail");

    // And bodies that messages tell of have been there.
    if (connection.integer("PRAGMA main.user_version") == 0 && connection.integer("PRAGMA mail.user_version") != 0
        && connection.integer("SELECT EXISTS (SELECT 1 FROM mail.messages WHERE has_body = 1)") != 0)
        return refusal(ErrorKind::Storage, "bodies");

    for (const File &file : files) {
        const qint64 version = connection.integer(sql("PRAGMA SCHEMA.user_version", file));
        if (version > 0 && version < newestMigration(file))
            keepCopy(connection, file, version);
        else
            dropOldCopies(connection, file);
    }
    makeSchema(connection);
    for (const File &file : files) {
        const qint64 size = connection.integer(sql("PRAGMA SCHEMA.page_count", file))
            * connection.integer(sql("PRAGMA SCHEMA.page_size", file));
        if (size <= checkedWhole && connection.text(sql("PRAGMA SCHEMA.quick_check(1)", file)) != "ok"_L1)
            return refusal(ErrorKind::Storage, file.name);
    }
    for (const char *table : irreplaceable) {
        if (connection.text(QByteArray("PRAGMA mail.quick_check('") + table + "')") != "ok"_L1)
            return refusal(ErrorKind::Storage, table);
    }
    return {};
}

} // namespace postaci
