# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 in the middle of the first synchronisation of a large mailbox (S23): it goes on where it was, ends with every message
exactly once, and has asked for little more than it would have without."""

import contextlib
import random
import socket
import sqlite3
import subprocess
import threading
import time
import unittest

from tests.app.test_cli import AYSE, CliTest
from tests.support.realserver import RealServer, skip_without_postfix

MESSAGES = 100_000
KILLS = 20
MOST = 1.3  # times the bytes of a synchronisation that nobody disturbs
SEED = 20261123


class Meter:
    """Stands between the program and the server, counts what the server sends, and calls back once when it has sent so much."""

    def __init__(self, host, port):
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.bytes = 0
        self._limit = self._callback = None
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        self._listener.close()

    def after(self, count, callback):
        self._callback = callback
        self._limit = self.bytes + count

    def _listen(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            threading.Thread(target=self._pass_on, args=(server, client, True), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(client, server, False), daemon=True).start()

    def _pass_on(self, source, target, counted):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if counted:
                    self.bytes += len(data)
                    if self._limit and self.bytes >= self._limit:
                        self._limit = None
                        self._callback()
                        break  # nobody asks for more
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()


class SyncKillTest(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.server = RealServer(messages=MESSAGES)
        cls.addClassCleanup(cls.server.stop)
        cls.password = cls.server.users[AYSE][1]
        cls.ca = cls.server.ca
        cls.meter = Meter(cls.server.host, cls.server.ports["imaps"])
        cls.addClassCleanup(cls.meter.close)

    def add_account(self):
        self.ok("account", "add", "--address", self.server.users[AYSE][0], "--imap-host", self.server.host, "--imap-port",
                self.meter.port, "--smtp-host", self.server.host, "--smtp-port", self.server.ports["submissions"])

    def uids(self):
        with contextlib.closing(sqlite3.connect(self.profile / "mail.sqlite")) as database:
            self.assertEqual(database.execute("PRAGMA quick_check").fetchall(), [("ok",)])
            return [uid for uid, in database.execute(
                "SELECT uid FROM messages JOIN folders ON folders.id = folder WHERE path = 'INBOX'")]

    def kill_after(self, count):
        """Whether it came to that."""
        process = subprocess.Popen(**self.call("sync"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.meter.after(count, process.kill)
        return process.wait(120) < 0

    def test_the_first_synchronisation_goes_on(self):
        begin = time.monotonic()
        self.add_account()
        before = self.meter.bytes
        self.ok("sync")
        undisturbed = self.meter.bytes - before
        self.assertEqual(len(self.uids()), MESSAGES)

        self.profile = self.home / "killed"
        self.add_account()
        chance = random.Random(SEED)
        before = self.meter.bytes
        here = 0
        for number in range(KILLS):
            # All of them together come to about half of what there is.
            count = int(undisturbed * chance.uniform(0.1, 0.9) / KILLS)
            self.assertTrue(self.kill_after(count), f"kill {number}: it was over before")
            uids = self.uids()
            self.assertEqual(len(uids), len(set(uids)), f"kill {number}: a message is there twice")
            self.assertGreaterEqual(len(uids), here, f"kill {number}: what was there is gone")
            here = len(uids)
        self.ok("sync")
        disturbed = self.meter.bytes - before
        self.assertEqual(sorted(self.uids()), list(range(1, MESSAGES + 1)))
        print(f"{KILLS} kills, {here} messages here after them, {disturbed / undisturbed:.2f} times the bytes, "
              f"{time.monotonic() - begin:.0f} s")
        self.assertLess(disturbed, MOST * undisturbed)


if __name__ == "__main__":
    skip_without_postfix()
    unittest.main(verbosity=2)
