# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments of a first synchronisation and of sending (L01, O01, S23): the database stays whole,
nothing is lost, and nothing is sent twice."""

import collections
import contextlib
import os
import random
import sqlite3
import unittest

from tests.app.killing import SLOWER, KillingTest
from tests.app.test_cli import AYSE, MEHMET, made_mail, wait_for
from tests.support.realserver import RealServer, search, skip_without_postfix

KILLS = int(os.environ.get("POSTACI_KILLS", 20))
MESSAGES = 3000
SEED = 20261122


class KillTest(KillingTest):
    @classmethod
    def setUpClass(cls):
        cls.server = RealServer(messages=MESSAGES)
        cls.addClassCleanup(cls.server.stop)
        cls.password = cls.server.users[AYSE][1]
        cls.ca = cls.server.ca

    def mail_file(self, number):
        mail = made_mail(self.server.users[AYSE][0], self.server.users[MEHMET][0], f"Kesinti {number}")
        path = self.home / f"{number}.eml"
        path.write_bytes(bytes(mail))
        return mail, path

    def assert_database_is_whole(self):
        for name in ("mail.sqlite", "bodies.sqlite"):
            path = self.profile / name
            if not path.exists():
                continue  # killed before it was made
            with contextlib.closing(sqlite3.connect(path)) as database:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], name)

    def copies(self, user, folder):
        """How often each Message-ID is in a folder on the server."""
        with self.server.mailbox(user, folder) as client:
            counts = collections.Counter()
            for uid in search(client, "SUBJECT", "Kesinti"):
                status, answer = client.uid("FETCH", str(uid), "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
                self.assertEqual(status, "OK")
                counts[answer[0][1].decode().split(":", 1)[1].strip()] += 1
            return counts

    def test_a_killed_program_loses_nothing_and_sends_nothing_twice(self):
        chance = random.Random(SEED)
        server = self.server
        self.ok("account", "add", "--address", server.users[AYSE][0], "--imap-host", server.host, "--imap-port",
                server.ports["imaps"], "--smtp-host", server.host, "--smtp-port", server.ports["submissions"])

        # How long the two take undisturbed decides where the cuts fall.
        first = self.mail_file(0)
        sending = self.seconds("send", first[1])
        looking = self.seconds("folders")

        kills = sends = slowest = 0
        while kills < KILLS:
            sends += 1
            self.assertLess(sends, 10 * KILLS, "the moments are to fall inside the work")
            kills += self.kill_during(chance.uniform(looking / 2, sending), "send", self.mail_file(sends)[1])
            self.assert_database_is_whole()
            kills += self.kill_during(chance.uniform(looking / 2, sending), "sync")
            self.assert_database_is_whole()
            slowest = max(slowest, self.seconds("folders") - looking)
        if "POSTACI_KILLS" in os.environ:
            self.assertLess(slowest, SLOWER)

        # Everything that was taken in goes out by itself, or says that nobody can know.
        def settled():
            self.ok("sync")
            return not [item for item in self.ok("outbox").lines if item["state"] not in ("unknown", "sent")]
        wait_for(settled, "an outbox without work", timeout=60 + KILLS)
        unknown = {item["messageId"].strip("<>") for item in self.ok("outbox").lines if item["state"] == "unknown"}

        filed = self.copies(AYSE, "Sent")
        wait_for(lambda: set(filed) <= set(self.copies(MEHMET, "INBOX")), "Postfix to deliver what is filed as sent")
        delivered = self.copies(MEHMET, "INBOX")
        self.assertEqual(set(delivered.values()), {1}, "no mail arrives twice")
        self.assertEqual(set(filed.values()) - {1}, set(), "one copy in Sent")
        self.assertIn(first[0]["Message-ID"], delivered)

        def accounted():
            self.ok("sync")
            filed = self.copies(AYSE, "Sent")
            return all(message_id in filed or message_id.strip("<>") in unknown for message_id in delivered)
        wait_for(accounted, "what is delivered to be filed, or in doubt", timeout=60)
        self.assertEqual(set(self.copies(AYSE, "Sent").values()) - {1}, set(), "one copy in Sent")

        inbox = next(folder for folder in self.ok("folders").lines if folder["path"] == "INBOX")
        self.assertEqual(inbox["total"], MESSAGES)
        print(f"{kills} kills in {sends} sends, {len(delivered)} delivered, {len(unknown)} in doubt")


if __name__ == "__main__":
    skip_without_postfix()
    unittest.main(verbosity=2)
