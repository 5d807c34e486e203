// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/schema.h"

#include <SQLiteCpp/Exception.h>

#include <QFile>

#include <array>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 applicationId = 0x506F7374; // "Post"

/// What no server can give back. Small, so they are checked at each start; damage elsewhere shows when it is read.
constexpr std::array irreplaceable{"accounts", "certificate_exceptions", "folders", "drafts", "draft_attachments",
    "outbox", "outbox_recipients", "outbox_messages", "pending_ops", "pop3_seen"};

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

Result<void> checkOwner(Connection &connection, const File &file)
{
    const qint64 version = connection.integer(sql("PRAGMA SCHEMA.user_version", file));
    const qint64 owner = connection.integer(sql("PRAGMA SCHEMA.application_id", file));
    const bool isNew
        = owner == 0 && version == 0 && connection.integer(sql("SELECT count(*) FROM SCHEMA.sqlite_schema", file)) == 0;
    if (!isNew && owner != applicationId)
        return refusal(ErrorKind::Storage, file.name);
    if (version > newestMigration(file))
        return refusal(ErrorKind::StorageNewer, file.name);
    return {};
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

    for (const File &file : files) {
        connection.execute(sql("PRAGMA SCHEMA.journal_mode = WAL", file));
        migrate(connection, file);
    }
    for (const char *table : irreplaceable) {
        if (connection.text(QByteArray("PRAGMA mail.quick_check('") + table + "')") != "ok"_L1)
            return refusal(ErrorKind::Storage, table);
    }
    return {};
}

} // namespace postaci
