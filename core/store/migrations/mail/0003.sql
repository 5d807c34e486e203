-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Who signs the account's user in with the browser; empty where a password does.

ALTER TABLE mail.accounts ADD COLUMN oauth_issuer TEXT NOT NULL DEFAULT '';
