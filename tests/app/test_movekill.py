# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments of moves between an IMAP account and this computer, both ways (L01): at no moment is a mail nowhere,
and its bytes stay the same."""

import contextlib
import os
import random
import sqlite3
import unittest

from tests.app.killing import SLOWER, KillingTest
from tests.app.test_cli import AYSE, made_mail, wait_for
from tests.support.realserver import RealServer, raw, search, skip_without_postfix

KILLS = int(os.environ.get("POSTACI_KILLS", 15))
MAILS = 12
SEED = 20261123


class MoveKillTest(KillingTest):
    @classmethod
    def setUpClass(cls):
        cls.server = RealServer()
        cls.addClassCleanup(cls.server.stop)
        cls.password = cls.server.users[AYSE][1]
        cls.ca = cls.server.ca

    def on_server(self):
        """The bytes of what is in the inbox."""
        with self.server.mailbox(AYSE) as client:
            return [raw(client, uid) for uid in search(client, "ALL")]

    def here(self):
        """The bytes of what is in the folder on this computer; the files are whole."""
        for name in ("mail.sqlite", "bodies.sqlite"):
            with contextlib.closing(sqlite3.connect(self.profile / name)) as database:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], name)
        with contextlib.closing(sqlite3.connect(self.profile / "mail.sqlite")) as database:
            database.execute("ATTACH ? AS bodies", (str(self.profile / "bodies.sqlite"),))
            return [row[0] for row in database.execute(
                "SELECT raw FROM messages JOIN folders ON folders.id = messages.folder "
                "JOIN bodies.raw_messages ON bodies.raw_messages.message = messages.id WHERE path = 'Tasinan'")]

    def ids(self, account, folder):
        return [row["id"] for row in self.ok("--account", account, "list", folder, "--limit", 1000).lines]

    def append(self, mails):
        with self.server.mailbox(AYSE) as client:
            for mail in mails:
                self.assertEqual(client.append("INBOX", None, None, mail)[0], "OK")
        self.ok("sync")

    def clear_away_copies(self, address, mails):
        """Each kill may leave two of a mail. With all of them a round would take longer and longer."""
        copies = self.ids("local", "Tasinan") + self.ids(address, "INBOX")
        if len(copies) > 3 * MAILS:
            self.ok("delete", *copies)
            self.ok("sync")
            self.append(mails)

    def test_a_killed_move_loses_nothing(self):
        chance = random.Random(SEED)
        address = self.server.users[AYSE][0]
        self.ok("account", "add", "--address", address, "--imap-host", self.server.host, "--imap-port",
                self.server.ports["imaps"], "--smtp-host", self.server.host, "--smtp-port", self.server.ports["submissions"])
        self.ok("--account", "local", "folder", "create", "Tasinan")
        self.append(bytes(made_mail(address, address, f"Tasinma {number}")).replace(b"\n", b"\r\n")
                    for number in range(MAILS))
        mails = set(self.on_server())
        self.assertEqual(len(mails), MAILS)

        whole = self.seconds("move", *self.ids(address, "INBOX"), "Tasinan", "--account", "local")
        start = self.seconds("folders")
        kills = tries = slowest = 0
        while kills < KILLS:
            tries += 1
            self.assertLess(tries, 10 * KILLS, "the moments are to fall inside the work")
            self.clear_away_copies(address, mails)
            for source, folder, target, to in (("local", "Tasinan", address, "INBOX"), (address, "INBOX", "local", "Tasinan")):
                messages = self.ids(source, folder)
                if not messages:
                    continue
                kills += self.kill_during(chance.uniform(start / 2, whole), "move", *messages, to, "--account", target)
                slowest = max(slowest, self.seconds("folders") - start)
                self.assertEqual(set(self.on_server()) | set(self.here()), mails, "nowhere, or not byte for byte")
        if "POSTACI_KILLS" in os.environ:
            self.assertLess(slowest, SLOWER)

        def settled():
            """What was begun goes on by itself: a mail is on the server once, and its copy here is as it was."""
            self.ok("sync")
            return set(self.on_server()) | set(self.here()) == mails
        wait_for(settled, "the moves to end", timeout=60)
        print(f"{kills} kills in {tries} rounds, a start took {max(slowest, 0):.2f} s longer at most")


if __name__ == "__main__":
    skip_without_postfix()
    unittest.main(verbosity=2)
