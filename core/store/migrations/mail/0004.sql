-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- POP3: what came from a maildrop, so that nothing comes twice, and what becomes of it on the server.

ALTER TABLE mail.accounts ADD COLUMN server_copies_days INTEGER NOT NULL DEFAULT -1; -- negative: kept
ALTER TABLE mail.accounts ADD COLUMN server_copies_deleted_with_ours INTEGER NOT NULL DEFAULT 0;

CREATE TABLE mail.pop3_seen (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uid BLOB NOT NULL DEFAULT x'', -- empty: the server gave none, or the same to several
    fingerprint BLOB NOT NULL, -- see pop3plan.h
    message INTEGER NOT NULL DEFAULT 0, -- messages.id; that row may be gone
    seen_at INTEGER NOT NULL,
    deleted_here INTEGER NOT NULL DEFAULT 0 -- by the user, for good
) STRICT;

CREATE UNIQUE INDEX mail.pop3_seen_by_uid ON pop3_seen (account, uid) WHERE uid <> x'';
CREATE INDEX mail.pop3_seen_by_fingerprint ON pop3_seen (account, fingerprint);
CREATE INDEX mail.pop3_seen_by_message ON pop3_seen (message);
