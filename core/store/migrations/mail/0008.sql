-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a server refused, for the user to look at; ways back that survive the program; what may be changed in a folder.

ALTER TABLE mail.folders ADD COLUMN read_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mail.folders ADD COLUMN kept_flags INTEGER NOT NULL DEFAULT -1; -- all: the server said nothing

-- Like pending_ops. The order of the columns differs, so that a row read from a damaged file cannot be taken for a
-- command that waits.
CREATE TABLE mail.refused_ops (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    last_error TEXT NOT NULL DEFAULT '', -- see errorcolumn.h
    path TEXT NOT NULL DEFAULT '',
    new_path TEXT NOT NULL DEFAULT '',
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,
    folder INTEGER NOT NULL DEFAULT 0,
    to_folder INTEGER NOT NULL DEFAULT 0,
    message INTEGER NOT NULL DEFAULT 0,
    source INTEGER NOT NULL DEFAULT 0,
    outbox INTEGER NOT NULL DEFAULT 0,
    uid_validity INTEGER NOT NULL DEFAULT 0,
    uid INTEGER NOT NULL DEFAULT 0,
    message_id BLOB NOT NULL DEFAULT x'',
    add_flags INTEGER NOT NULL DEFAULT 0,
    remove_flags INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER
) STRICT;

CREATE INDEX mail.refused_ops_by_account ON refused_ops (account, id);
CREATE INDEX mail.refused_ops_by_folder ON refused_ops (folder, id);

-- An action and those that built on it are taken back together, however many wait.
CREATE INDEX mail.pending_ops_by_message ON pending_ops (message, id) WHERE message <> 0;

-- What the user did, the last one last.
CREATE TABLE mail.undo_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL DEFAULT '', -- of a folder, before
    done_at INTEGER NOT NULL,
    kind INTEGER NOT NULL DEFAULT 0,
    messages INTEGER NOT NULL DEFAULT 0, -- how many can be taken back
    account INTEGER NOT NULL DEFAULT 0, -- of a folder, before
    folder INTEGER NOT NULL DEFAULT 0,
    add_flags INTEGER NOT NULL DEFAULT 0,
    remove_flags INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The ids are kept without REFERENCES: what is not there any more is left out.
CREATE TABLE mail.undo_messages (
    step INTEGER NOT NULL REFERENCES undo_steps (id) ON DELETE CASCADE,
    message INTEGER NOT NULL,
    original INTEGER NOT NULL, -- its row before; another one where it went to another account
    folder INTEGER NOT NULL DEFAULT 0, -- where it was; 0: it was not moved
    added_flags INTEGER NOT NULL DEFAULT 0,
    removed_flags INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (step, message)
) STRICT, WITHOUT ROWID;
