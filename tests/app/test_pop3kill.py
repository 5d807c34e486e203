# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 while mail is fetched by POP3 and deleted on the server (C10): at any place of the conversation between the first RETR
and the end of QUIT every mail is on the server, or here to stay; and in the end here exactly once."""

import collections
import contextlib
import os
import poplib
import random
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
import unittest

from tests.app.test_cli import AYSE, CliTest, wait_for
from tests.support.realserver import RealServer, skip_without_postfix

KILLS = int(os.environ.get("POSTACI_KILLS", 50))
NEW = 4  # mails that wait at each look
SEED = 20261122
# Where the cut falls: when the client has sent so many commands of this kind, before the server hears the last one; or when it
# has been given the answer to it.
VERBS = {"RETR": NEW, "DELE": NEW, "QUIT": 1}


class Eavesdropper:
    """Stands between the program and the server, counts commands and answers, and calls back at the chosen one."""

    def __init__(self, host, port):
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._moment = None  # (verb, how many, whether the server hears it), once
        self._callback = None
        self.heard = collections.Counter()
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        self._listener.close()

    def at(self, moment, callback):
        self._moment, self._callback = moment, callback
        self.heard = collections.Counter()

    def _listen(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            threading.Thread(target=self._pass_on, args=(server, client), daemon=True).start()
            threading.Thread(target=self._hear, args=(client, server), daemon=True).start()

    @staticmethod
    def _pass_on(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def _hear(self, client, server):
        """Commands one by one, pipelined or not."""
        with contextlib.suppress(OSError), client.makefile("rb") as lines, client, server, contextlib.ExitStack() as end:
            end.callback(server.shutdown, socket.SHUT_RDWR)  # closing alone waits for whoever reads from it
            for line in lines:
                verb = line[:4].decode("ascii", "replace").upper()
                self.heard[verb] += 1
                now = self._moment and (verb, self.heard[verb]) == self._moment[:2]
                if not now or self._moment[2]:
                    server.sendall(line)
                if now:
                    self._moment = None
                    self._callback()


class Pop3KillTest(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.server = RealServer()
        cls.addClassCleanup(cls.server.stop)
        cls.password = cls.server.users[AYSE][1]
        cls.ca = cls.server.ca
        cls.ear = Eavesdropper(cls.server.host, cls.server.ports["pop3"])
        cls.addClassCleanup(cls.ear.close)

    def deliver(self, numbers):
        with self.server.mailbox(AYSE) as client:
            for number in numbers:
                mail = f"From: a@example.test\r\nSubject: {number}\r\nMessage-ID: <{number}@example.test>\r\n\r\nMerhaba\r\n"
                status, answer = client.append("INBOX", None, None, mail.encode())
                self.assertEqual(status, "OK", answer)

    def on_server(self):
        """Numbers of the mails in the maildrop, by another client. A killed client's session may hold it for a moment."""
        def look():
            context = ssl.create_default_context(cafile=self.ca)
            with contextlib.suppress(poplib.error_proto):
                client = poplib.POP3_SSL(self.server.host, self.server.ports["pop3s"], context=context)
                with contextlib.closing(client):
                    client.user(self.server.users[AYSE][0])
                    client.pass_(self.password)
                    count = client.stat()[0]
                    tops = [b"\n".join(client.top(number, 0)[1]) for number in range(1, count + 1)]
                    client.quit()
                return [int(top.split(b"Subject: ")[1].split()[0]) for top in tops], True
            return None
        return wait_for(look, "the maildrop to be free")[0]

    def stored(self):
        """How often each mail is in the store, its text whole beside it."""
        with contextlib.closing(sqlite3.connect(self.profile / "mail.sqlite")) as database:
            self.assertEqual(database.execute("PRAGMA quick_check").fetchall(), [("ok",)])
            subjects = dict(database.execute("SELECT id, subject FROM messages"))
        with contextlib.closing(sqlite3.connect(self.profile / "bodies.sqlite")) as database:
            self.assertEqual(database.execute("PRAGMA quick_check").fetchall(), [("ok",)])
            raw = dict(database.execute("SELECT message, raw FROM raw_messages"))
        for message, subject in subjects.items():
            self.assertTrue(raw[message].endswith(b"Merhaba\r\n"), f"{subject}: {raw[message]}")
        return collections.Counter(int(subject) for subject in subjects.values())

    def kill_at(self, moment):
        """Whether the moment came and the program was killed at it."""
        process = subprocess.Popen(**self.call("sync"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.ear.at(moment, process.kill)
        return process.wait(30) < 0

    def test_nothing_is_lost_and_nothing_comes_twice(self):
        chance = random.Random(SEED)
        begin = time.monotonic()
        self.ok("account", "add", "--address", self.server.users[AYSE][0], "--pop3-host", "127.0.0.1", "--pop3-port",
                self.ear.port, "--pop3-encryption", "none", "--pop3-delete-after", 0, "--smtp-host",
                self.server.host, "--smtp-port", self.server.ports["submissions"])
        sent, kills, gone = 0, collections.Counter(), 0
        waiting = 0
        while sum(kills.values()) < KILLS:
            self.deliver(range(sent, sent + NEW))
            sent += NEW
            verb = chance.choice(list(VERBS))
            moment = (verb, chance.randint(1, VERBS[verb]), chance.random() < 0.5)
            self.assertTrue(self.kill_at(moment), f"{moment} did not come: {self.ear.heard}")
            kills[verb] += 1
            there = self.on_server()
            self.assertEqual(len(set(there)), len(there))
            here = self.stored()
            self.assertEqual(set(here) | set(there), set(range(sent)), f"{moment}: neither here nor there")
            self.assertEqual(set(here.values()) - {1}, set(), f"{moment}: here twice")
            gone += waiting + NEW > len(there)
            waiting = len(there)
        self.ok("sync")
        self.assertEqual(self.stored(), collections.Counter(range(sent)))
        self.assertEqual(self.on_server(), [])
        print(f"{sum(kills.values())} kills ({dict(kills)}), {sent} mails, deleted on the server after {gone} of them, "
              f"{time.monotonic() - begin:.0f} s")


if __name__ == "__main__":
    skip_without_postfix()
    unittest.main(verbosity=2)
