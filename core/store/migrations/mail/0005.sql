-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Moves between accounts: what is to go once it has been seen in its new place.

ALTER TABLE mail.pending_ops ADD COLUMN source INTEGER NOT NULL DEFAULT 0; -- messages.id, kept without REFERENCES like the others
CREATE INDEX mail.pending_ops_by_source ON pending_ops (source) WHERE source <> 0;
