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
constexpr std::array irreplaceable{"accounts", "folders", "drafts", "draft_attachments", "outbox", "outbox_recipients",
    "outbox_messages", "pending_ops"};

/// The two files, by their names in SQL.
constexpr std::array schemas{"main", "bodies"};

QByteArray sql(const char *text, const char *schema)
{
    return QByteArray(text).replace("SCHEMA", schema);
}

/// Empty when there is no such migration.
QByteArray migration(const char *schema, qint64 number)
{
    const QString folder = QByteArrayView(schema) == "main" ? u"mail"_s : u"bodies"_s;
    QFile file(u":/postaci/migrations/%1/%2.sql"_s.arg(folder).arg(number, 4, 10, QLatin1Char('0')));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 newestMigration(const char *schema)
{
    qint64 number = 0;
    while (!migration(schema, number + 1).isEmpty())
        ++number;
    return number;
}

Result<void> checkOwner(Connection &connection, const char *schema)
{
    const qint64 version = connection.integer(sql("PRAGMA SCHEMA.user_version", schema));
    const qint64 owner = connection.integer(sql("PRAGMA SCHEMA.application_id", schema));
    const bool isNew = owner == 0 && version == 0
        && connection.integer(sql("SELECT count(*) FROM SCHEMA.sqlite_schema", schema)) == 0;
    if (!isNew && owner != applicationId)
        return failure({.kind = ErrorKind::Storage, .step = Step::OpenStore, .subject = QLatin1String(schema)});
    if (version > newestMigration(schema))
        return failure({.kind = ErrorKind::StorageNewer, .step = Step::OpenStore, .subject = QLatin1String(schema)});
    return {};
}

void migrate(Connection &connection, const char *schema)
{
    const qint64 version = connection.integer(sql("PRAGMA SCHEMA.user_version", schema));
    for (qint64 number = version + 1; number <= newestMigration(schema); ++number) {
        connection.execute("BEGIN EXCLUSIVE");
        try {
            connection.execute(migration(schema, number));
            connection.execute(sql("PRAGMA SCHEMA.application_id = ", schema) + QByteArray::number(applicationId));
            connection.execute(sql("PRAGMA SCHEMA.user_version = ", schema) + QByteArray::number(number));
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
    for (const char *schema : schemas) {
        if (const Result<void> owner = checkOwner(connection, schema); !owner)
            return owner;
    }
    // Raw messages are found by the number of their row in mail.sqlite. Without that file the numbers start again, and
    // old messages would turn up under new ones.
    if (connection.integer("PRAGMA main.user_version") == 0 && connection.integer("PRAGMA bodies.user_version") != 0)
        return failure({.kind = ErrorKind::Storage, .step = Step::OpenStore, .subject = u"mail.sqlite"_s});

    for (const char *schema : schemas) {
        connection.execute(sql("PRAGMA SCHEMA.journal_mode = WAL", schema));
        migrate(connection, schema);
    }
    for (const char *table : irreplaceable) {
        if (connection.text(QByteArray("PRAGMA main.quick_check('") + table + "')") != "ok"_L1)
            return failure({.kind = ErrorKind::Storage, .step = Step::OpenStore, .subject = QLatin1String(table)});
    }
    return {};
}

} // namespace postaci
