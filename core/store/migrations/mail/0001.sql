-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- mail.sqlite, attached as `mail`: everything but raw messages. House rules: STRICT; AUTOINCREMENT for every number that a caller can keep,
-- so that it never comes to mean another row; NOT NULL with a default; times are ms since 1970, UTC; a column's meaning
-- never changes, a new meaning gets a new column.

CREATE TABLE mail.accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '',
    identity_name TEXT NOT NULL DEFAULT '',
    identity_address TEXT NOT NULL DEFAULT '',
    server_files_sent INTEGER NOT NULL DEFAULT 0,
    in_protocol INTEGER NOT NULL DEFAULT 0,
    in_host TEXT NOT NULL DEFAULT '',
    in_port INTEGER NOT NULL DEFAULT 0,
    in_encryption INTEGER NOT NULL DEFAULT 0,
    in_auth INTEGER NOT NULL DEFAULT 0,
    in_user TEXT NOT NULL DEFAULT '',
    out_protocol INTEGER NOT NULL DEFAULT 0,
    out_host TEXT NOT NULL DEFAULT '',
    out_port INTEGER NOT NULL DEFAULT 0,
    out_encryption INTEGER NOT NULL DEFAULT 0,
    out_auth INTEGER NOT NULL DEFAULT 0,
    out_user TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE mail.folders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER REFERENCES accounts (id), -- NULL: removed, and on its way to be deleted with its messages
    path TEXT NOT NULL,
    separator TEXT NOT NULL DEFAULT '',
    role INTEGER NOT NULL DEFAULT 0,
    selectable INTEGER NOT NULL DEFAULT 1,
    subscribed INTEGER NOT NULL DEFAULT 1,
    total INTEGER NOT NULL DEFAULT 0, -- kept by the code that changes messages, in the same transaction
    unread INTEGER NOT NULL DEFAULT 0, -- likewise
    uid_validity INTEGER NOT NULL DEFAULT 0,
    uid_next INTEGER NOT NULL DEFAULT 0,
    highest_mod_seq INTEGER NOT NULL DEFAULT 0,
    headers_complete INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, path)
) STRICT;

CREATE TABLE mail.messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL REFERENCES folders (id),
    uid INTEGER NOT NULL DEFAULT 0, -- 0: not known on the server
    flags INTEGER NOT NULL DEFAULT 0,
    received INTEGER NOT NULL, -- fixed when the row is made: lists and the search index are ordered by it
    size INTEGER NOT NULL DEFAULT 0,
    has_body INTEGER NOT NULL DEFAULT 0,
    has_attachments INTEGER NOT NULL DEFAULT 0,
    date INTEGER, -- NULL: none, or unreadable
    subject TEXT NOT NULL DEFAULT '',
    from_list TEXT NOT NULL DEFAULT '', -- address lists: see addresscolumn.h
    reply_to TEXT NOT NULL DEFAULT '',
    to_list TEXT NOT NULL DEFAULT '',
    cc TEXT NOT NULL DEFAULT '',
    bcc TEXT NOT NULL DEFAULT '',
    message_id BLOB NOT NULL DEFAULT x'',
    in_reply_to BLOB NOT NULL DEFAULT x'',
    reference_ids BLOB NOT NULL DEFAULT x'' -- joined by LF
) STRICT;

CREATE INDEX mail.messages_by_date ON messages (folder, received, id);
CREATE UNIQUE INDEX mail.messages_by_uid ON messages (folder, uid) WHERE uid > 0;
CREATE INDEX mail.messages_unplaced ON messages (folder, message_id) WHERE uid = 0;
CREATE INDEX mail.messages_without_body ON messages (folder, received, id, size) WHERE has_body = 0;

-- See searchindex.h. No text is kept; what comes in here is folded and cut into words already.
CREATE VIRTUAL TABLE mail.search USING fts5 (
    subject, people, text,
    content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'column'
);

-- Messages up to this id have their row in `search`.
CREATE TABLE mail.search_progress (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    indexed_to INTEGER NOT NULL
) STRICT;
INSERT INTO mail.search_progress VALUES (1, 0);

CREATE TABLE mail.drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind INTEGER NOT NULL DEFAULT 0,
    original INTEGER NOT NULL DEFAULT 0,
    from_list TEXT NOT NULL DEFAULT '',
    to_list TEXT NOT NULL DEFAULT '',
    cc TEXT NOT NULL DEFAULT '',
    bcc TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    in_reply_to BLOB NOT NULL DEFAULT x'',
    reference_ids BLOB NOT NULL DEFAULT x'',
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mail.draft_attachments (
    draft INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    file_name TEXT NOT NULL DEFAULT '',
    media_type BLOB NOT NULL DEFAULT x'',
    content BLOB NOT NULL DEFAULT x'',
    PRIMARY KEY (draft, position)
) STRICT;

CREATE TABLE mail.outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (id),
    state INTEGER NOT NULL DEFAULT 0,
    sender TEXT NOT NULL DEFAULT '',
    message_id BLOB NOT NULL DEFAULT x'',
    subject TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER,
    next_try INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '', -- see errorcolumn.h
    original INTEGER NOT NULL DEFAULT 0,
    original_forwarded INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE mail.outbox_recipients (
    outbox INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', -- see errorcolumn.h
    PRIMARY KEY (outbox, position)
) STRICT;

-- Apart from outbox, so that a change of state does not write the message again.
CREATE TABLE mail.outbox_messages (
    outbox INTEGER PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
    wire BLOB NOT NULL,
    sent_copy BLOB NOT NULL
) STRICT;

-- The ids are kept without REFERENCES: the action has to reach the server even when its local rows are gone.
CREATE TABLE mail.pending_ops (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (id),
    kind INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,
    folder INTEGER NOT NULL DEFAULT 0,
    to_folder INTEGER NOT NULL DEFAULT 0,
    message INTEGER NOT NULL DEFAULT 0,
    outbox INTEGER NOT NULL DEFAULT 0,
    uid_validity INTEGER NOT NULL DEFAULT 0,
    uid INTEGER NOT NULL DEFAULT 0,
    message_id BLOB NOT NULL DEFAULT x'',
    add_flags INTEGER NOT NULL DEFAULT 0,
    remove_flags INTEGER NOT NULL DEFAULT 0,
    path TEXT NOT NULL DEFAULT '',
    new_path TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '', -- see errorcolumn.h
    created_at INTEGER
) STRICT;

CREATE INDEX mail.pending_ops_by_account ON pending_ops (account, id);
CREATE INDEX mail.pending_ops_by_folder ON pending_ops (folder, id);
