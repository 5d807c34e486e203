// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/salvage.h"

#include "core/base/log.h"
#include "core/mail/account.h"
#include "core/mail/folder.h"
#include "core/mail/outboxitem.h"
#include "core/store/connection.h"
#include "core/store/pagescanner.h"
#include "core/store/pendingoptable.h"
#include "core/store/pop3table.h"
#include "core/store/query.h"
#include "core/store/schema.h"

#include <sqlite3.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <optional>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

const QString workDirectory = u"recovering"_s;
const QString planFile
    = u"plan"_s; ///< There once everything has been saved: a line for each file, its name and its kept name.
const QString mailName = u"mail.sqlite"_s;
const QString bodiesName = u"bodies.sqlite"_s;

/// Caches and what is derived; made anew. And what a wrong bit would make dangerous: ways back, and second tries.
bool isDerived(const std::string &table)
{
    return table.starts_with("search") || table.starts_with("sqlite_") || table.starts_with("undo_")
        || table == "refused_ops";
}

/// A table of the new database, as far as a row can be recognised by it.
struct Table {
    struct Column {
        std::string name;
        PageScanner::Value::Type type = PageScanner::Value::Type::Null;
        bool canBeNull = false;
        bool isRowid = false;
    };

    std::string name;
    bool hasRowid = true;
    std::vector<Column> columns;
    std::size_t least = 0; ///< Rows of before a later migration have no more.

    bool fits(const PageScanner::Row &row) const
    {
        using Type = PageScanner::Value::Type;
        if (row.hasRowid != hasRowid || row.values.size() > columns.size() || row.values.size() < least)
            return false;
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            const Column &column = columns[i];
            const Type type = row.values[i].type;
            const bool isFit = column.isRowid ? type == Type::Null
                : type == Type::Null          ? column.canBeNull
                                              : type == column.type;
            if (!isFit)
                return false;
        }
        return !hasRowid || row.rowid > 0;
    }
};

PageScanner::Value::Type typeNamed(const QString &name)
{
    using Type = PageScanner::Value::Type;
    return name == "INTEGER"_L1 ? Type::Integer : name == "TEXT"_L1 ? Type::Text : Type::Blob;
}

std::vector<Table> tablesOf(Connection &connection, const char *schema)
{
    std::vector<Table> tables;
    const QHash<QString, qsizetype> first = firstColumnCounts(schema);
    Query names(connection,
        std::string("SELECT name, wr FROM pragma_table_list WHERE schema = '") + schema + "' AND type = 'table'");
    while (names.next()) {
        Table table{.name = names.text(0).toStdString(), .hasRowid = !names.boolean(1), .columns = {}};
        if (isDerived(table.name))
            continue;
        Query columns(connection,
            std::string("SELECT name, type, \"notnull\", pk FROM pragma_table_info('") + table.name + "', '" + schema
                + "') ORDER BY cid");
        int keys = 0;
        while (columns.next()) {
            Table::Column column{.name = columns.text(0).toStdString(), .type = typeNamed(columns.text(1))};
            const bool isKey = columns.integer(3) > 0;
            keys += isKey ? 1 : 0;
            column.isRowid = isKey && table.hasRowid && columns.text(1) == "INTEGER"_L1;
            column.canBeNull = !columns.boolean(2) && !isKey;
            table.columns.push_back(std::move(column));
        }
        if (keys > 1) { // Only a key of one column is the row's number.
            for (Table::Column &column : table.columns)
                column.isRowid = false;
        }
        table.least = std::size_t(first.value(QString::fromStdString(table.name), qsizetype(table.columns.size())));
        tables.push_back(std::move(table));
    }
    return tables;
}

void insert(Connection &connection, const char *schema, const Table &table, const PageScanner::Row &row)
{
    using Type = PageScanner::Value::Type;
    std::string names;
    std::string marks;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        names += (i ? ", " : "") + table.columns[i].name;
        marks += i ? ", ?" : "?";
    }
    SQLite::Statement &statement = connection.statement(
        std::string("INSERT OR IGNORE INTO ") + schema + '.' + table.name + " (" + names + ") VALUES (" + marks + ")");
    statement.reset();
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        const PageScanner::Value &value = row.values[i];
        const int at = int(i) + 1;
        if (table.columns[i].isRowid)
            statement.bind(at, int64_t(row.rowid));
        else if (value.type == Type::Integer)
            statement.bind(at, int64_t(value.integer));
        else if (value.type == Type::Text)
            statement.bind(at, value.bytes.toStdString());
        else if (value.type == Type::Blob)
            statement.bind(at, value.bytes.constData(), int(value.bytes.size()));
        else
            statement.bind(at);
    }
    statement.exec();
    statement.reset();
}

void copyRows(Connection &connection, const char *schema, const QString &damaged)
{
    const std::vector<Table> tables = tablesOf(connection, schema);
    qint64 rows = 0;
    PageScanner(damaged).scan([&](const PageScanner::Row &row) {
        const auto table
            = std::find_if(tables.cbegin(), tables.cend(), [&row](const Table &one) { return one.fits(row); });
        if (table == tables.cend())
            return;
        try {
            insert(connection, schema, *table, row);
            ++rows;
        } catch (const SQLite::Exception &exception) {
            if (exception.getErrorCode() != SQLITE_CONSTRAINT && exception.getErrorCode() != SQLITE_MISMATCH)
                throw; // The disk, not the row.
        }
    });
    qCWarning(storeLog) << "rows read from a damaged file:" << rows;
}

/// Numbers must not come to mean something else, also those of rows that were lost.
void raiseNumbers(Connection &connection, const char *table, qint64 to)
{
    Query known(connection, "SELECT seq FROM mail.sqlite_sequence WHERE name = ?");
    known.bind(QString::fromLatin1(table));
    if (known.next()) {
        Query(connection, "UPDATE mail.sqlite_sequence SET seq = max(seq, ?) WHERE name = ?")
            .run(to, QString::fromLatin1(table));
    } else {
        Query(connection, "INSERT INTO mail.sqlite_sequence (name, seq) VALUES (?, ?)")
            .run(QString::fromLatin1(table), to);
    }
}

/// The account without a server, and a folder in it; made when first asked for.
class RecoveredFolder {
public:
    explicit RecoveredFolder(Connection &connection)
        : m_connection(connection)
    {
    }

    qint64 account()
    {
        const std::string find
            = "SELECT min(id) FROM mail.accounts WHERE in_protocol = " + std::to_string(int(Protocol::Local));
        if (m_connection.integer(find.c_str()) == 0)
            Query(m_connection, "INSERT INTO mail.accounts (in_protocol) VALUES (?)").run(Protocol::Local);
        return m_connection.integer(find.c_str());
    }

    qint64 folder()
    {
        Query(
            m_connection, "INSERT OR IGNORE INTO mail.folders (account, path, separator) VALUES (?, 'Recovered', '/')")
            .run(account());
        Query query(m_connection, "SELECT id FROM mail.folders WHERE account = ? AND path = 'Recovered'");
        query.bind(account());
        return query.next() ? query.integer(0) : 0;
    }

private:
    Connection &m_connection;
};

/// Everything refers to something again.
void mendReferences(Connection &connection)
{
    RecoveredFolder recovered(connection);
    // Folders that were on their way out go for good; those of a lost account have nobody to tell about them.
    connection.execute("DELETE FROM mail.messages WHERE folder IN (SELECT id FROM mail.folders WHERE account IS NULL);"
                       "DELETE FROM mail.folders WHERE account IS NULL;"
                       "DELETE FROM mail.messages WHERE has_body = 0 AND folder NOT IN (SELECT id FROM mail.folders "
                       "  WHERE account IN (SELECT id FROM mail.accounts));");
    if (connection.integer("SELECT count(*) FROM mail.messages WHERE folder NOT IN (SELECT id FROM mail.folders WHERE "
                           "account IN (SELECT id FROM mail.accounts))")
        > 0)
        Query(connection,
            "UPDATE mail.messages SET folder = ?, uid = 0 WHERE folder NOT IN (SELECT id FROM mail.folders WHERE "
            "account IN (SELECT id FROM mail.accounts))")
            .run(recovered.folder());
    connection.execute(
        "DELETE FROM mail.folders WHERE account NOT IN (SELECT id FROM mail.accounts);"
        "DELETE FROM mail.certificate_exceptions WHERE account NOT IN (SELECT id FROM mail.accounts);"
        "DELETE FROM mail.pop3_seen WHERE account NOT IN (SELECT id FROM mail.accounts);"
        "DELETE FROM mail.outbox_recipients WHERE outbox NOT IN (SELECT outbox FROM mail.outbox_messages);"
        "DELETE FROM mail.outbox WHERE id NOT IN (SELECT outbox FROM mail.outbox_messages);");

    // What somebody wrote is kept, whoever it was written from.
    const qint64 writer
        = connection.integer("SELECT coalesce((SELECT min(id) FROM mail.accounts WHERE in_protocol <> 3), 0)");
    const qint64 owner = writer != 0 ? writer : recovered.account();
    Query(connection,
        "INSERT INTO mail.drafts (id, account, changed_at) SELECT DISTINCT draft, ?, 0 FROM mail.draft_attachments "
        "WHERE draft NOT IN (SELECT id FROM mail.drafts)")
        .run(owner);
    Query(connection, "UPDATE mail.drafts SET account = ? WHERE account NOT IN (SELECT id FROM mail.accounts)")
        .run(owner);
    // Never sent without being asked: nobody knows any more to whom.
    Query(connection,
        "INSERT INTO mail.outbox (id, account, state) SELECT outbox, ?, ? FROM mail.outbox_messages "
        "WHERE outbox NOT IN (SELECT id FROM mail.outbox)")
        .run(owner, OutboxState::Failed);
    Query(
        connection, "UPDATE mail.outbox SET account = ?, state = ? WHERE account NOT IN (SELECT id FROM mail.accounts)")
        .run(owner, OutboxState::Failed);
    if (connection.integer(
            ("SELECT count(*) FROM mail.accounts WHERE in_protocol = " + std::to_string(int(Protocol::Local))).c_str())
        > 0) {
        Query(connection,
            "INSERT OR IGNORE INTO mail.folders (account, path, separator, role) SELECT ?, 'Trash', '/', ? "
            "WHERE NOT EXISTS (SELECT 1 FROM mail.folders WHERE account = ? AND role = ?)")
            .run(recovered.account(), FolderRole::Trash, recovered.account(), FolderRole::Trash);
    }
}

/// A bit that is wrong must not become a command to a server: better one mail that comes back than one that goes.
void forgetDeletions(Connection &connection)
{
    Query(connection, "DELETE FROM mail.pending_ops WHERE kind NOT IN (?, ?, ?)")
        .run(PendingOp::Kind::ChangeFlags, PendingOp::Kind::Append, PendingOp::Kind::Put);
    Query(connection,
        "DELETE FROM mail.pending_ops WHERE account NOT IN (SELECT id FROM mail.accounts) "
        "OR (kind = ? AND message NOT IN (SELECT id FROM mail.messages)) "
        "OR (kind = ? AND outbox NOT IN (SELECT id FROM mail.outbox))")
        .run(PendingOp::Kind::Put, PendingOp::Kind::Append);
    connection.execute("UPDATE mail.pending_ops SET source = 0;"
                       "UPDATE mail.pop3_seen SET deleted_here = 0;"
                       "UPDATE mail.accounts SET server_copies_days = -1, server_copies_deleted_with_ours = 0;");
    // The next synchronisation compares everything.
    connection.execute("UPDATE mail.folders SET headers_complete = 0;");
}

/// What a maildrop may still have comes from there again; what was deleted here, or never came, does not.
void fetchLostAgain(Connection &connection, bool rowsLost)
{
    Query(connection,
        "UPDATE mail.pop3_seen SET rest = ? WHERE rest = ? AND deleted_here = 0 AND message IN "
        "(SELECT id FROM mail.messages WHERE has_body = 0)")
        .run(Pop3Seen::Rest::Wanted, Pop3Seen::Rest::Here);
    if (rowsLost)
        connection.execute("DELETE FROM mail.pop3_seen WHERE deleted_here = 0 AND message NOT IN "
                           "(SELECT id FROM mail.messages)");
}

/// Bodies whose row was lost get one, where that is all there is of the message: what a server has comes from there.
QList<MessageId> adoptBodies(Connection &connection)
{
    QList<MessageId> adopted;
    if (connection.integer("SELECT count(*) FROM mail.accounts WHERE in_protocol = 0") > 0
        && connection.integer("SELECT count(*) FROM mail.accounts WHERE in_protocol <> 0") == 0)
        return adopted;
    Query orphans(connection,
        "SELECT message, length(raw) FROM main.raw_messages WHERE message NOT IN (SELECT id FROM mail.messages)");
    QList<std::pair<MessageId, qint64>> found;
    while (orphans.next())
        found.append({orphans.id<MessageId>(0), orphans.integer(1)});
    if (found.isEmpty())
        return adopted;
    const qint64 folder = RecoveredFolder(connection).folder();
    for (const auto &[id, size] : std::as_const(found)) {
        Query(connection, "INSERT INTO mail.messages (id, folder, received, size, has_body) VALUES (?, ?, 0, ?, 1)")
            .run(id, folder, size);
        adopted.append(id);
    }
    return adopted;
}

void recount(Connection &connection)
{
    connection.execute(
        "UPDATE mail.messages SET has_body = EXISTS (SELECT 1 FROM main.raw_messages WHERE message = mail.messages.id);"
        "UPDATE mail.messages SET text_waits = 0 WHERE has_body = 0 AND text_waits = 1;"
        "UPDATE mail.folders SET "
        "  total = (SELECT count(*) FROM mail.messages WHERE folder = mail.folders.id),"
        "  unread = (SELECT count(*) FROM mail.messages WHERE folder = mail.folders.id AND flags & 1 = 0);");
}

/// The numbers that were given out before, as far as they can be read.
void keepNumbers(Connection &connection, const QString &damagedMail)
{
    raiseNumbers(connection, "messages", connection.integer("SELECT coalesce(max(message), 0) FROM main.raw_messages"));
    if (damagedMail.isEmpty())
        return;
    PageScanner(damagedMail).scan([&connection](const PageScanner::Row &row) {
        using Type = PageScanner::Value::Type;
        if (!row.hasRowid || row.values.size() != 2 || row.values[0].type != Type::Text
            || row.values[1].type != Type::Integer)
            return;
        for (const char *table :
            {"accounts", "folders", "messages", "drafts", "outbox", "pending_ops", "refused_ops", "undo_steps"}) {
            // A number with a bit too many would leave none for what is to come.
            if (row.values[0].bytes == table && row.values[1].integer > 0 && row.values[1].integer < (qint64(1) << 40))
                raiseNumbers(connection, table, row.values[1].integer);
        }
    });
}

void makeEmptyFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        throw SQLite::Exception("cannot make a file", SQLITE_CANTOPEN);
}

Result<Recovery> fillNew(const QString &directory, Damage damage, const QString &work)
{
    const QDir from(directory);
    const QDir to(work);
    const QString mail = to.filePath(mailName);
    const QString bodies = damage.bodies ? to.filePath(bodiesName) : from.filePath(bodiesName);
    if (damage.bodies)
        makeEmptyFile(bodies);
    if (damage.mail) {
        makeEmptyFile(mail);
    } else {
        SQLite::Database original(from.filePath(mailName).toStdString(), SQLite::OPEN_READWRITE);
        SQLite::Statement copy(original, "VACUUM INTO ?");
        copy.bind(1, mail.toStdString());
        copy.exec();
        QFile::setPermissions(mail, QFile::ReadOwner | QFile::WriteOwner);
    }

    Recovery recovery;
    Connection connection(bodies, mail);
    connection.execute("PRAGMA foreign_keys = OFF");
    makeSchema(connection);
    connection.execute("BEGIN IMMEDIATE");
    if (damage.mail)
        copyRows(connection, "mail", from.filePath(mailName));
    if (damage.bodies)
        copyRows(connection, "main", from.filePath(bodiesName));
    recount(connection);
    if (damage.mail) {
        mendReferences(connection);
        recovery.withoutHeader = adoptBodies(connection);
        recount(connection);
        connection.execute("UPDATE mail.messages SET text_waits = has_body;"); // The search begins anew.
    }
    fetchLostAgain(connection, damage.mail);
    if (damage.mail)
        forgetDeletions(connection);
    keepNumbers(connection, damage.mail ? from.filePath(mailName) : QString());
    connection.execute("COMMIT");
    return recovery;
}

/// A name that nothing has, with the time: "mail-damaged-20261122-213000.sqlite".
QString keptName(const QDir &directory, const QString &name, const QDateTime &now)
{
    const QString base = name.section(u'.', 0, 0) + "-damaged-"_L1 + now.toUTC().toString(u"yyyyMMdd-HHmmss"_s);
    QString kept = base + ".sqlite"_L1;
    for (int number = 2; QFileInfo::exists(directory.filePath(kept)); ++number)
        kept = u"%1-%2.sqlite"_s.arg(base).arg(number);
    return kept;
}

MailError unusable()
{
    return {.kind = ErrorKind::Storage, .step = Step::OpenStore};
}

/// Whether the file as a whole is one that SQLite reads without complaint, and this program's.
bool isSound(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return false;
    try {
        SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA cell_size_check = ON");
        SQLite::Statement check(database, "PRAGMA quick_check(1)");
        return check.executeStep() && check.getColumn(0).getString() == "ok"
            && database.execAndGet("PRAGMA user_version").getInt() > 0
            && isOwnFile(database.execAndGet("PRAGMA application_id").getInt64());
    } catch (const SQLite::Exception &) {
        return false;
    }
}

} // namespace

Damage examine(const QString &directory)
{
    return {
        .mail = !isSound(QDir(directory).filePath(mailName)), .bodies = !isSound(QDir(directory).filePath(bodiesName))};
}

Result<Recovery> salvage(const QString &directory, Damage damage, const QDateTime &now)
{
    const QDir dir(directory);
    const QString work = dir.filePath(workDirectory);
    if (!QDir(work).removeRecursively() || !dir.mkdir(workDirectory)
        || !QFile::setPermissions(work, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return failure(unusable());
    try {
        Result<Recovery> recovery = fillNew(directory, damage, work);
        if (!recovery)
            return recovery;
        QByteArray plan;
        const auto replace = [&](const QString &name, bool isDamaged) {
            const QString kept = isDamaged ? keptName(dir, name, now) : QString();
            plan += (name + u'\t' + kept + u'\n').toUtf8();
            if (isDamaged)
                recovery->keptFiles.append(dir.filePath(kept));
        };
        replace(mailName, damage.mail);
        if (damage.bodies)
            replace(bodiesName, true);
        QSaveFile file(QDir(work).filePath(planFile));
        if (!file.open(QIODevice::WriteOnly) || file.write(plan) != plan.size() || !file.commit())
            return failure(unusable());
        if (!finishSalvage(directory))
            return failure(unusable());
        return recovery;
    } catch (const SQLite::Exception &exception) {
        qCWarning(storeLog) << "salvage failed" << exception.getExtendedErrorCode();
        QDir(work).removeRecursively(); // The old files are as they were.
        MailError error = unusable();
        error.replyCode = exception.getExtendedErrorCode();
        return failure(error);
    }
}

bool finishSalvage(const QString &directory)
{
    const QDir dir(directory);
    QDir work(dir.filePath(workDirectory));
    if (!work.exists())
        return true;
    QFile plan(work.filePath(planFile));
    const QList<QByteArray> lines = plan.open(QIODevice::ReadOnly) ? plan.readAll().split('\n') : QList<QByteArray>();
    for (const QByteArray &line : lines) {
        const QString name = QString::fromUtf8(line).section(u'\t', 0, 0);
        const QString kept = QString::fromUtf8(line).section(u'\t', 1, 1);
        if (name.isEmpty() || !work.exists(name))
            continue; // Done before.
        for (const QLatin1StringView part : {"-wal"_L1, "-shm"_L1, ""_L1}) {
            const QString old = dir.filePath(name + part);
            if (!QFileInfo::exists(old))
                continue;
            if (!kept.isEmpty() && part != "-shm"_L1) {
                if (!QFile::rename(old, dir.filePath(kept + part)))
                    return false;
            } else if (!QFile::remove(old)) {
                return false;
            }
        }
        if (!QFile::rename(work.filePath(name), dir.filePath(name)))
            return false;
    }
    return work.removeRecursively();
}

} // namespace postaci
