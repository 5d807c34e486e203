-- SPDX-FileCopyrightText: The Postacı authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Texts are read for the search after their messages have come. Of large messages in a maildrop the header alone may come.

ALTER TABLE mail.messages ADD COLUMN text_waits INTEGER NOT NULL DEFAULT 0; -- its raw bytes are here, its text is not yet in `search`
CREATE INDEX mail.messages_text_waits ON messages (received, id) WHERE text_waits = 1;

ALTER TABLE mail.accounts ADD COLUMN whole_up_to INTEGER NOT NULL DEFAULT 0; -- bytes; 0: whatever the size

ALTER TABLE mail.pop3_seen ADD COLUMN rest INTEGER NOT NULL DEFAULT 0; -- Pop3Seen::Rest
CREATE INDEX mail.pop3_seen_wanted ON pop3_seen (account) WHERE rest = 2;
