-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What is fetched before anybody opens it, and how often the server is asked.

ALTER TABLE mail.accounts ADD COLUMN whole_messages INTEGER NOT NULL DEFAULT 0; -- WholeMessages
ALTER TABLE mail.accounts ADD COLUMN whole_messages_days INTEGER NOT NULL DEFAULT 90;
ALTER TABLE mail.accounts ADD COLUMN poll_minutes INTEGER NOT NULL DEFAULT 0; -- Account::pollMinutes
