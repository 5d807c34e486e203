# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory that holds one mail server: configuration, certificates, mail, sockets, logs."""

import json
import os
import random
import shutil
import socket

import courier
import dovecot
import oauth
import postfix

PORT_NAMES = dovecot.PORTS + postfix.PORTS + oauth.PORTS + courier.PORTS
# Below the ports that the kernel hands out for outgoing connections.
FIRST_PORT, LAST_PORT, BLOCK = 20000, 32000, 12
CERTIFICATES = os.path.join(os.path.dirname(__file__), "../../data/tls")


class Site:
    def __init__(self, directory):
        self.directory = os.path.realpath(directory)
        self.ports = {}
        self._claim = None

    def path(self, *parts):
        return os.path.join(self.directory, *parts)

    def write(self, name, text, mode=0o644):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
        os.utime(path, (0, 0))  # Postfix waits two seconds for a file that looks as if it were being written

    def prepare(self):
        """Makes the directory. Mail of an earlier start stays, and so do its ports where they are free."""
        os.makedirs(self.directory, exist_ok=True)
        # Unix socket paths are limited to 108 bytes.
        if len(self.path("postfix/queue/private/dovecot-auth")) > 100:
            raise SystemExit(f"mailserver: {self.directory} is too long a path for the servers' sockets")
        os.chmod(self.directory, 0o755)  # the servers change user
        if not os.access(self.directory, os.X_OK):
            raise SystemExit(f"mailserver: cannot enter {self.directory}")
        for name in ("run", "postfix", "log"):
            shutil.rmtree(self.path(name), ignore_errors=True)
        for name in ("root", "good"):
            with open(os.path.join(CERTIFICATES, f"{name}.pem"), encoding="ascii") as file:
                self.write(f"tls/{name}.pem", file.read())
        self._choose_ports()

    def know_ports(self):
        """For a process that start() began."""
        with open(self.path("ports.json"), encoding="ascii") as file:
            self.ports = json.load(file)

    def _choose_ports(self):
        try:
            with open(self.path("ports.json"), encoding="ascii") as file:
                before = json.load(file)["imap"]
        except (OSError, ValueError):
            before = None
        blocks = list(range(FIRST_PORT, LAST_PORT, BLOCK))
        random.shuffle(blocks)
        for first in ([before] if before else []) + blocks:
            if self._claim_block(first):
                self.ports = {name: first + i for i, name in enumerate(PORT_NAMES)}
                self.write("ports.json", json.dumps(self.ports))
                return
        raise SystemExit("mailserver: no free ports")

    def _claim_block(self, first):
        """An abstract socket keeps two servers that start at once off the same ports; the kernel frees it."""
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0postaci-mailserver-{first}")
            for port in range(first, first + len(PORT_NAMES)):
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            return False
        self._claim = claim
        return True
