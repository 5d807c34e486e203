-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Certificates that the user accepted, each for one host and port of one account (RFC 8314 4.4).

CREATE TABLE mail.certificate_exceptions (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    certificate BLOB NOT NULL, -- DER
    PRIMARY KEY (account, host, port, certificate)
) STRICT, WITHOUT ROWID;
