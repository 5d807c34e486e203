# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real mail server for tests in Python, and a second, independent IMAP client to look at what it holds."""

import contextlib
import imaplib
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.request

SCRIPT = pathlib.Path(__file__).parents[2] / "scripts" / "mailserver"
SKIPPED = 77  # exit code, see SKIP_RETURN_CODE


class RealServer:
    """Dovecot and Postfix in a directory of their own; `with` stops them and removes it. `oauth`: with an issuer whose
    tokens they take."""

    def __init__(self, messages=0, oauth=False):
        self._directory = tempfile.mkdtemp(prefix="postaci-server-")
        os.chmod(self._directory, 0o755)  # the servers change user
        try:
            description = self._start(*(["--messages", str(messages)] if messages else []),
                                      *(["--oauth"] if oauth else []))
        except BaseException:
            self.stop()
            raise
        self.host = description["host"]
        self.ports = description["ports"]
        self.ca = description["ca"]
        self.refused = description["refused"]
        self.oauth = description.get("oauth", {})
        self.users = [(user["address"], user["password"]) for user in description["users"]]

    def _start(self, *options):
        command = [SCRIPT, "start", self._directory, "--parent", str(os.getpid()), *options]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)

    def pause(self):
        """Ends the servers; their mail and ports stay."""
        subprocess.run([SCRIPT, "stop", self._directory], check=True, stdout=subprocess.DEVNULL)

    def resume(self):
        assert self._start()["ports"] == self.ports

    @property
    def trust(self):
        """TLS of a client that believes the servers."""
        return ssl.create_default_context(cafile=self.ca)

    def control_issuer(self, **change):
        """Makes it misbehave, and says what it was asked: see tests/support/mailserver/oauth.py."""
        request = urllib.request.Request(self.oauth["control"], json.dumps(change).encode())
        with urllib.request.urlopen(request, context=self.trust) as answer:
            return json.load(answer)["counts"]

    def stop(self):
        self.pause()
        shutil.rmtree(self._directory)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def append(self, user, message, folder="INBOX"):
        """Puts a finished message into a mailbox, now."""
        with self.mailbox(user, folder) as client:
            status, answer = client.append(f'"{folder}"', None, None, message)
            assert status == "OK", answer

    @contextlib.contextmanager
    def mailbox(self, user, folder="INBOX"):
        """An IMAP connection of the user with this number, the folder selected read-only."""
        address, password = self.users[user]
        client = imaplib.IMAP4_SSL(self.host, self.ports["imaps"], ssl_context=self.trust)
        with client:
            client.login(address, password)
            status, answer = client.select(f'"{folder}"', readonly=True)
            assert status == "OK", answer
            yield client


def search(client, *criteria):
    """The UIDs that match."""
    status, answer = client.uid("SEARCH", *criteria)
    assert status == "OK", answer
    return [int(uid) for uid in answer[0].split()]


def flags(client, uid):
    status, answer = client.uid("FETCH", str(uid), "(FLAGS)")
    assert status == "OK" and answer[0], answer
    return {flag.decode() for flag in imaplib.ParseFlags(answer[0])}


def raw(client, uid):
    status, answer = client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    assert status == "OK" and answer[0], answer
    return answer[0][1]


def skip_without_postfix():
    """Postfix wants root: a normal user's run says so and goes on without this test."""
    if os.geteuid() != 0:
        print("SKIPPED: Postfix needs root")
        sys.exit(SKIPPED)
