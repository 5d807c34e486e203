-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- bodies.sqlite, attached as `bodies`: raw messages, byte for byte as the server has them.

CREATE TABLE bodies.raw_messages (
    message INTEGER PRIMARY KEY, -- messages.id of mail.sqlite
    raw BLOB NOT NULL
) STRICT;
