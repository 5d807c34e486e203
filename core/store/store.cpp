// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/store.h"

#include "core/base/log.h"
#include "core/store/jobqueue.h"
#include "core/store/query.h"
#include "core/store/schema.h"

#include <sqlite3.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds changeInterval{100};
/// How long one transaction goes on taking in waiting writes: the first ones shortly, so that they are soon to be seen
/// and little is lost by a kill; longer ones, which cost less for each write, while they keep coming.
constexpr std::chrono::milliseconds shortestBatch{4};
constexpr std::chrono::milliseconds longestBatch{50};
/// After the last write, before what can wait is done.
constexpr std::chrono::milliseconds quietTime{500};
/// Messages indexed or deleted at a time: a write that comes meanwhile waits some 20 ms.
constexpr qsizetype indexSlice = 2000;
constexpr qsizetype purgeSlice = 200;

MailError storageError(Step step, int code)
{
    // Only the general sentence for the code: SQLite's own message can quote SQL.
    return {.kind = ErrorKind::Storage,
        .step = step,
        .serverText = QString::fromUtf8(sqlite3_errstr(code)),
        .replyCode = code};
}

MailError storageError(Step step, const SQLite::Exception &exception)
{
    qCWarning(storeLog) << "database error" << exception.getExtendedErrorCode() << "at" << int(step);
    return storageError(step, exception.getExtendedErrorCode());
}

Tables tablesOn(Connection &connection)
{
    return {
        .accounts = AccountTable(connection),
        .folders = FolderTable(connection),
        .messages = MessageTable(connection),
        .bodies = BodyTable(connection),
        .search = SearchIndex(connection),
        .drafts = DraftTable(connection),
        .outbox = OutboxTable(connection),
        .pendingOps = PendingOpTable(connection, PendingOpTable::Which::Pending),
        .refusedOps = PendingOpTable(connection, PendingOpTable::Which::Refused),
        .undo = UndoTable(connection),
        .pop3 = Pop3Table(connection),
    };
}

/// There when the database was found damaged in use.
const QString damageMark = u"damaged"_s;

/// Whether it is the file that is wrong, and not the disk, its owner, or the program's age.
bool isDamage(const MailError &error)
{
    if (error.kind != ErrorKind::Storage)
        return false;
    switch (error.replyCode & 0xff) {
    case 0: // By the program's own look.
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_FORMAT:
        return true;
    default:
        return false;
    }
}

/// Makes an empty file that nobody else can read, if there is none. SQLite gives its other files the same permissions.
bool makePrivateFile(const QString &path)
{
    QFile file(path);
    return file.exists() || file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace

struct Store::Private {
    struct Entry {
        Lane lane = Lane::Write;
        std::unique_ptr<Job> job;
    };
    /// A connection and its tables, used by one thread.
    struct Side {
        explicit Side(const QString &directory, Connection::Access access)
            : connection(directory, access)
            , tables(tablesOn(connection))
        {
        }
        Connection connection;
        Tables tables;
    };

    Result<void> open();
    Result<void> openFiles();
    Result<void> recover(const MailError &error);
    void noteDamage(const SQLite::Exception &exception);
    void runWriter();
    void runReader();
    void writeBatch(Entry first);
    bool runSavepoint(Job &job, StoreChange &changes);
    void setDurability(Lane lane);
    bool tidy();
    void emitChanges();

    Store *q = nullptr;
    QString directory;
    QPromise<Result<void>> opened;

    JobQueue<Entry> writes;
    JobQueue<Entry> reads;
    std::thread writerThread;
    std::thread readerThread;

    // The rest is the writer thread's, but for `reader`, which the reader thread takes over once it runs.
    std::optional<MailError> openError;
    std::unique_ptr<SQLite::Database> lock;
    std::unique_ptr<Side> writer;
    std::unique_ptr<Side> reader;
    std::optional<Lane> durability;
    std::chrono::milliseconds batchTime = shortestBatch;
    SteadyClock::time_point lastBatch;
    bool wordsRemain = false; ///< Of messages deleted since the start, in the search index.
    StoreChange pendingChange;
    std::optional<Recovery> recovery;
    SteadyClock::time_point nextEmission;
};

Store::Store(QString directory, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    qRegisterMetaType<StoreChange>();
    d->q = this;
    d->directory = std::move(directory);
}

Store::~Store()
{
    d->writes.close();
    if (d->writerThread.joinable())
        d->writerThread.join();
    d->reads.close();
    if (d->readerThread.joinable())
        d->readerThread.join();
    // Never opened: nobody has worked on these.
    for (JobQueue<Private::Entry> *queue : {&d->writes, &d->reads}) {
        while (auto entry = queue->takeIf([](const Private::Entry &) { return true; }))
            entry->job->fail({.kind = ErrorKind::Cancelled, .step = Step::OpenStore});
    }
    // The writer closes last: that writes the log back into the files and removes it, and the lock goes after that.
    d->reader.reset();
    d->writer.reset();
    d->lock.reset();
}

QFuture<Result<void>> Store::open()
{
    d->opened.start();
    const QFuture<Result<void>> future = d->opened.future();
    d->writerThread = std::thread([this] { d->runWriter(); });
    return future;
}

std::optional<Recovery> Store::recovery() const
{
    return d->recovery;
}

void Store::enqueueJob(Lane lane, std::unique_ptr<Job> job)
{
    (lane == Lane::Read ? d->reads : d->writes).push({.lane = lane, .job = std::move(job)});
}

Result<void> Store::Private::open()
{
    const MailError unusable{.kind = ErrorKind::Storage, .step = Step::OpenStore};
    const QDir dir(directory);
    if (!dir.exists()
        && !(QDir().mkpath(directory)
            && QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)))
        return failure(unusable);
    if (!makePrivateFile(dir.filePath(u"lock"_s)))
        return failure(unusable);
    try {
        // One Store for each directory. A lock of the operating system, taken through SQLite, ends with the process. A
        // QLockFile outlives a crash and is then told from a live one by its process number; in a container that is the
        // same at each start.
        lock = std::make_unique<SQLite::Database>(dir.filePath(u"lock"_s).toStdString(), SQLite::OPEN_READWRITE);
        try {
            lock->exec("BEGIN EXCLUSIVE");
        } catch (const SQLite::Exception &exception) {
            if (exception.getErrorCode() == SQLITE_BUSY)
                return failure({.kind = ErrorKind::InUse, .step = Step::OpenStore});
            throw;
        }
    } catch (const SQLite::Exception &exception) {
        return failure(storageError(Step::OpenStore, exception));
    }
    if (!finishSalvage(directory))
        return failure(unusable);
    Result<void> outcome = QFile::exists(dir.filePath(damageMark))
        ? Result<void>(failure(storageError(Step::OpenStore, SQLITE_CORRUPT)))
        : openFiles();
    if (!outcome && isDamage(outcome.error()))
        outcome = recover(outcome.error());
    return outcome;
}

Result<void> Store::Private::openFiles()
{
    const QDir dir(directory);
    for (const QString &name : {u"mail.sqlite"_s, u"bodies.sqlite"_s}) {
        const QString path = dir.filePath(name);
        if (QFileInfo(path).isDir())
            return failure(storageError(Step::OpenStore, SQLITE_NOTADB));
        if (!makePrivateFile(path))
            return failure({.kind = ErrorKind::Storage, .step = Step::OpenStore, .replyCode = SQLITE_CANTOPEN});
        if (!QFileInfo(path).isWritable())
            QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    }
    Result<void> outcome;
    try {
        writer = std::make_unique<Side>(directory, Connection::Access::ReadWrite);
        outcome = prepareSchema(writer->connection);
        if (outcome)
            reader = std::make_unique<Side>(directory, Connection::Access::ReadOnly);
    } catch (const SQLite::Exception &exception) {
        outcome = failure(storageError(Step::OpenStore, exception));
    }
    if (!outcome) {
        reader.reset();
        writer.reset();
    }
    return outcome;
}

/// What can be read goes into new files; the damaged ones stay beside them.
Result<void> Store::Private::recover(const MailError &error)
{
    const QString mark = QDir(directory).filePath(damageMark);
    Damage damage = examine(directory);
    if (!damage && QFile::exists(mark)) { // What was read wrong once is right now.
        QFile::remove(mark);
        return openFiles();
    }
    if (!damage) // Sound pages, and yet nothing that the program can use.
        damage = {.mail = error.subject != "bodies"_L1, .bodies = error.subject == "bodies"_L1};
    qCWarning(storeLog) << "damaged: mail" << damage.mail << "bodies" << damage.bodies;
    Result<Recovery> saved = salvage(directory, damage, QDateTime::currentDateTimeUtc());
    if (!saved)
        return failure(saved.error());
    QFile::remove(mark);
    recovery = *saved;
    return openFiles();
}

/// The next start has to look closer than usual.
void Store::Private::noteDamage(const SQLite::Exception &exception)
{
    if (exception.getErrorCode() == SQLITE_CORRUPT || exception.getErrorCode() == SQLITE_NOTADB)
        makePrivateFile(QDir(directory).filePath(damageMark));
}

void Store::Private::runWriter()
{
    Result<void> result = open();
    if (!result) {
        openError = result.error();
        reader.reset();
        writer.reset();
        lock.reset();
    }
    readerThread = std::thread([this] { runReader(); });
    opened.addResult(std::move(result));
    opened.finish();

    // Times at which to go on even if nothing comes in: for the next signal, and for what was put off.
    std::optional<SteadyClock::time_point> quiet;
    if (!openError)
        quiet = SteadyClock::now() + quietTime;
    while (!writes.isFinished()) {
        std::optional<SteadyClock::time_point> deadline = quiet;
        if (!pendingChange.isEmpty())
            deadline = std::min(nextEmission, quiet.value_or(nextEmission));

        if (std::optional<Entry> entry = writes.take(deadline); entry && openError) {
            entry->job->fail(*openError);
        } else if (entry) {
            writeBatch(std::move(*entry));
            quiet = SteadyClock::now() + quietTime;
        } else if (quiet && SteadyClock::now() >= *quiet) {
            if (!tidy())
                quiet.reset();
        }
        if (SteadyClock::now() >= nextEmission)
            emitChanges();
    }
    emitChanges();
}

/// A piece of what was put off until now. False: nothing is left, or it failed and is tried again after the next write.
bool Store::Private::tidy()
{
    Connection &connection = writer->connection;
    Tables &tables = writer->tables;
    try {
        setDurability(Lane::Write);
        Query(connection, "BEGIN IMMEDIATE").run();
        bool more = true;
        if (tables.folders.purgeRemoved(purgeSlice))
            wordsRemain = true;
        else if (!tables.search.indexWaiting(indexSlice))
            more = wordsRemain = wordsRemain && tables.search.compact();
        Query(connection, "COMMIT").run();
        return more;
    } catch (const SQLite::Exception &exception) {
        if (connection.inTransaction())
            connection.execute("ROLLBACK");
        qCWarning(storeLog) << "tidying failed" << exception.getExtendedErrorCode();
        noteDamage(exception);
        return false;
    }
}

void Store::Private::emitChanges()
{
    if (pendingChange.isEmpty())
        return;
    nextEmission = SteadyClock::now() + changeInterval;
    Q_EMIT q->changed(std::exchange(pendingChange, {}));
}

/// What a power cut may take is decided by `synchronous`, which cannot be changed inside a transaction. FULL waits
/// until the log is on the disk at each commit; NORMAL leaves that to the system, and a power cut then takes the last
/// commits as a whole, never a part of one (in each file: see Connection for the two together).
void Store::Private::setDurability(Lane lane)
{
    if (durability == lane)
        return;
    writer->connection.execute(lane == Lane::DurableWrite
            ? "PRAGMA main.synchronous = FULL; PRAGMA mail.synchronous = FULL"
            : "PRAGMA main.synchronous = NORMAL; PRAGMA mail.synchronous = NORMAL");
    durability = lane;
}

/// One transaction with `first` and what waits behind it with the same durability. Each has a savepoint of its own, so
/// that a failing one undoes only itself; all of them are finished after the commit.
void Store::Private::writeBatch(Entry first)
{
    Connection &connection = writer->connection;
    const Lane lane = first.lane;
    const auto begin = SteadyClock::now();
    batchTime = begin - lastBatch < longestBatch ? std::min(batchTime * 2, longestBatch) : shortestBatch;
    const auto end = begin + batchTime;
    std::optional<Entry> entry(std::move(first));
    std::vector<std::unique_ptr<Job>> done;
    StoreChange changes;
    try {
        setDurability(lane);
        Query(connection, "BEGIN IMMEDIATE").run();
        while (entry) {
            if (runSavepoint(*entry->job, changes))
                done.push_back(std::move(entry->job));
            entry.reset();
            if (SteadyClock::now() < end)
                entry = writes.takeIf([lane](const Entry &next) { return next.lane == lane; });
        }
        Query(connection, "COMMIT").run();
        lastBatch = SteadyClock::now();
    } catch (const SQLite::Exception &exception) {
        if (connection.inTransaction())
            connection.execute("ROLLBACK");
        noteDamage(exception);
        const MailError error = storageError(Step::WriteStore, exception);
        if (entry && entry->job)
            entry->job->fail(error);
        for (const auto &job : done)
            job->fail(error);
        return;
    }
    pendingChange.merge(changes);
    for (const auto &job : done)
        job->finish();
}

/// False: the database failed in it, and it has been told. Throws when that undid the whole transaction.
bool Store::Private::runSavepoint(Job &job, StoreChange &changes)
{
    Connection &connection = writer->connection;
    connection.change() = {};
    Query(connection, "SAVEPOINT job").run();
    try {
        const bool keep = job.run(writer->tables);
        if (keep)
            changes.merge(connection.change());
        else
            Query(connection, "ROLLBACK TO job").run();
        Query(connection, "RELEASE job").run();
        return true;
    } catch (const SQLite::Exception &exception) {
        if (!connection.inTransaction())
            throw;
        connection.execute("ROLLBACK TO job; RELEASE job");
        noteDamage(exception);
        job.fail(storageError(Step::WriteStore, exception));
        return false;
    }
}

void Store::Private::runReader()
{
    while (!reads.isFinished()) {
        std::optional<Entry> entry = reads.take();
        if (!entry)
            continue;
        Job &job = *entry->job;
        if (openError) {
            job.fail(*openError);
            continue;
        }
        Connection &connection = reader->connection;
        try {
            Query(connection, "BEGIN").run(); // One state of the database for the whole function.
            job.run(reader->tables);
            Query(connection, "COMMIT").run();
        } catch (const SQLite::Exception &exception) {
            if (connection.inTransaction())
                connection.execute("ROLLBACK");
            noteDamage(exception);
            job.fail(storageError(Step::ReadStore, exception));
            continue;
        }
        job.finish();
    }
}

} // namespace postaci
