// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/undotable.h"

#include "core/store/query.h"

namespace postaci {

namespace {

constexpr int mostSteps = 100;
constexpr int longestDays = 7;

} // namespace

UndoTable::UndoTable(Connection &connection)
    : m_connection(connection)
{
}

UndoStepId UndoTable::insert(const UndoStep &step)
{
    Query(m_connection,
        "INSERT INTO undo_steps (path, done_at, kind, messages, account, folder, add_flags, remove_flags) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .run(step.path, step.doneAt, step.kind, step.messages, step.account, step.folder, step.add.toInt(),
            step.remove.toInt());
    const UndoStepId id{m_connection.lastInsertId()};
    Query(m_connection, "DELETE FROM undo_steps WHERE id <= ? OR done_at < ?")
        .run(id.value - mostSteps, step.doneAt.addDays(-longestDays));
    m_connection.change().undoSteps = true;
    return id;
}

void UndoTable::add(UndoStepId step, const QList<UndoMessage> &messages)
{
    Query known(m_connection, "SELECT 1 FROM undo_steps WHERE id = ?");
    known.bind(step);
    if (!known.next())
        return;
    for (const UndoMessage &one : messages) {
        Query(m_connection, R"sql(
            INSERT INTO undo_messages (step, message, original, folder, added_flags, removed_flags)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (step, message) DO UPDATE SET folder = max(folder, excluded.folder),
                added_flags = added_flags | excluded.added_flags,
                removed_flags = removed_flags | excluded.removed_flags)sql")
            .run(step, one.message, one.original, one.from, one.added.toInt(), one.removed.toInt());
    }
    Query(m_connection,
        "UPDATE undo_steps SET messages = (SELECT count(*) FROM undo_messages WHERE step = undo_steps.id) WHERE id = ?")
        .run(step);
    m_connection.change().undoSteps = true;
}

std::optional<UndoStep> UndoTable::last() const
{
    Query query(m_connection, R"sql(
        SELECT id, kind, messages, folder, add_flags, remove_flags, account, path, done_at
        FROM undo_steps WHERE messages > 0 OR kind > ? ORDER BY id DESC LIMIT 1)sql");
    query.bind(UndoStep::Kind::DeleteForGood);
    if (!query.next())
        return std::nullopt;
    return UndoStep{
        .id = query.id<UndoStepId>(0),
        .kind = query.enumeration<UndoStep::Kind>(1),
        .messages = query.integer(2),
        .folder = query.id<FolderId>(3),
        .add = Flags::fromInt(int(query.integer(4))),
        .remove = Flags::fromInt(int(query.integer(5))),
        .account = query.id<AccountId>(6),
        .path = query.text(7),
        .doneAt = query.time(8),
    };
}

QList<UndoMessage> UndoTable::messages(UndoStepId step) const
{
    QList<UndoMessage> messages;
    Query query(
        m_connection, "SELECT message, original, folder, added_flags, removed_flags FROM undo_messages WHERE step = ?");
    query.bind(step);
    while (query.next()) {
        messages.append({
            .message = query.id<MessageId>(0),
            .original = query.id<MessageId>(1),
            .from = query.id<FolderId>(2),
            .added = Flags::fromInt(int(query.integer(3))),
            .removed = Flags::fromInt(int(query.integer(4))),
        });
    }
    return messages;
}

void UndoTable::removeMessages(UndoStepId step, const QList<MessageId> &messages)
{
    for (const MessageId message : messages)
        Query(m_connection, "DELETE FROM undo_messages WHERE step = ? AND message = ?").run(step, message);
    Query(m_connection,
        "UPDATE undo_steps SET messages = (SELECT count(*) FROM undo_messages WHERE step = undo_steps.id) WHERE id = ?")
        .run(step);
    m_connection.change().undoSteps = true;
}

void UndoTable::remove(UndoStepId step)
{
    Query(m_connection, "DELETE FROM undo_steps WHERE id = ?").run(step);
    m_connection.change().undoSteps = true;
}

} // namespace postaci
