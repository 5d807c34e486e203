-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- bodies.sqlite, the connection's `main`: raw messages, byte for byte as the server has them.

CREATE TABLE main.raw_messages (
    message INTEGER PRIMARY KEY, -- messages.id of mail.sqlite
    raw BLOB NOT NULL
) STRICT;
