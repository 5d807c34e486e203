# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""postaci-cli against the real servers, every command, each result looked at with another client as well."""

import contextlib
import email.message
import email.utils
import json
import mailbox
import os
import pathlib
import shutil
import sqlite3
import ssl
import subprocess
import tempfile
import time
import unittest

from tests.support.realserver import RealServer, flags, raw, search, skip_without_postfix

CLI = os.environ["POSTACI_CLI"]
MESSAGES = 30
AYSE, MEHMET = 0, 1


def wait_for(condition, what, timeout=20):
    end = time.monotonic() + timeout
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout} s in vain for {what}")
        time.sleep(0.05)
    return value


def made_mail(sender, recipient, subject):
    mail = email.message.EmailMessage()
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = subject
    mail["Message-ID"] = email.utils.make_msgid(domain="example.test")
    mail["Date"] = email.utils.localtime()
    mail.set_content("Merhaba,\n.\n..nokta ile başlayan satırlar\n")
    mail.add_attachment(os.urandom(500), "application", "pdf", filename="Özgeçmiş ığüşöç.pdf")
    return mail


class Outcome:
    def __init__(self, process):
        self.code = process.returncode
        self.bytes = process.stdout
        self.remarks = process.stderr.decode()

    @property
    def lines(self):
        return [json.loads(line) for line in self.bytes.splitlines()]

    @property
    def error(self):
        return self.lines[-1]["error"]


class CliTest(unittest.TestCase):
    """A fresh profile for each test."""

    password = ""
    ca = None

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="postaci-cli-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.profile = self.home / "profile"

    def call(self, *arguments, password=True):
        """What starts one command. There is no keychain: the password is in the environment, or nowhere."""
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        if password:
            environment["POSTACI_PASSWORD"] = self.password if password is True else password
        trust = ["--ca", self.ca] if self.ca else []
        command = [CLI, "--profile", self.profile, *trust, *(str(argument) for argument in arguments)]
        return {"args": command, "env": environment}

    def cli(self, *arguments, password=True, given=b""):
        """Runs one command to its end."""
        return Outcome(subprocess.run(**self.call(*arguments, password=password), input=given, capture_output=True, timeout=60))

    def ok(self, *arguments, **options):
        outcome = self.cli(*arguments, **options)
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        return outcome


class ServerTest(CliTest):
    """One server for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        cls.server = RealServer()
        cls.addClassCleanup(cls.server.stop)
        cls.password = cls.server.users[AYSE][1]
        cls.ca = cls.server.ca
        for number in range(MESSAGES):
            cls.server.append(AYSE, bytes(made_mail("mehmet@example.test", "ayse@example.test", f"İleti {number}")))

    def add_account(self, *more, imap="imaps", smtp="submissions", **options):
        server = self.server
        return self.cli("account", "add", "--address", server.users[AYSE][0], "--name", "Ayşe Yılmaz",
                        "--imap-host", server.host, "--imap-port", server.ports[imap],
                        "--smtp-host", server.host, "--smtp-port", server.ports[smtp], *more, **options)

    def set_up(self):
        outcome = self.add_account()
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        self.ok("sync")

    def inbox(self, limit=MESSAGES):
        return self.ok("list", "INBOX", "--limit", limit).lines

    def write_mail(self, recipient, subject="Özgeçmiş"):
        """A file with a mail, and the mail."""
        mail = made_mail(self.server.users[AYSE][0], recipient, subject)
        path = self.home / "mail.eml"
        path.write_bytes(bytes(mail))
        return path, mail

    def wait_for_mail(self, user, mail, folder="INBOX"):
        """The bytes of every copy of the mail in a folder on the server, once there is one."""
        def look():
            with self.server.mailbox(user, folder) as client:
                return [raw(client, uid) for uid in search(client, "HEADER", "Message-ID", f'"{mail["Message-ID"]}"')]
        return wait_for(look, f"the mail in {folder}")


class Accounts(ServerTest):
    def test_account_that_works_is_saved_and_listed(self):
        outcome = self.add_account()
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        account = outcome.lines[0]["account"]
        self.assertEqual(account["address"], self.server.users[AYSE][0])
        self.assertEqual(account["sender"], "Ayşe Yılmaz")
        self.assertEqual(account["imap"]["encryption"], "tls")
        self.assertIn("imap Login: ok", outcome.remarks)
        self.assertIn("smtp Login: ok", outcome.remarks)
        self.assertEqual(self.ok("account", "list").lines, [account])

    def test_password_from_standard_input(self):
        given = self.password.encode() + b"\n"
        outcome = self.add_account(password=None, given=given)
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "CredentialsMissing"))
        outcome = self.add_account("--password-stdin", password=None, given=given)
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")

    def test_starttls_on_both_servers(self):
        outcome = self.add_account("--imap-encryption", "starttls", "--smtp-encryption", "starttls",
                                   imap="imap", smtp="submission")
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        self.assertEqual(outcome.lines[0]["account"]["imap"]["encryption"], "starttls")
        self.assertEqual(outcome.lines[0]["account"]["smtp"]["encryption"], "starttls")

    def test_pop3_account(self):
        """Added, synchronised once, listed, read, acted on and sent with, with nothing but a maildrop behind it."""
        address = self.server.users[AYSE][0]
        outcome = self.cli("account", "add", "--address", address, "--pop3-host", self.server.host,
                           "--pop3-port", self.server.ports["pop3s"], "--smtp-host", self.server.host,
                           "--smtp-port", self.server.ports["submissions"])
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        self.assertIn("pop3 ListFolders: ok", outcome.remarks)
        self.assertEqual(outcome.lines[0]["account"]["pop3"]["port"], self.server.ports["pop3s"])
        for _ in range(2):
            self.assertEqual(self.ok("sync").lines[-1]["total"], MESSAGES)
        messages = self.inbox()
        self.assertEqual(len(messages), MESSAGES)
        self.assertIn("Merhaba", self.ok("show", messages[0]["id"]).bytes.decode())
        self.assertEqual(len(self.ok("search", "baslayan").lines), MESSAGES)  # a word of the texts

        path, mail = self.write_mail(self.server.users[MEHMET][0])
        self.ok("send", path)
        self.assertEqual([copy["subject"] for copy in self.ok("list", "Sent").lines], ["Özgeçmiş"])
        self.assertEqual(len(self.wait_for_mail(MEHMET, mail)), 1)
        self.ok("delete", messages[0]["id"])
        self.assertEqual(len(self.ok("list", "Trash").lines), 1)
        self.assertEqual(self.ok("sync").lines[-1]["total"], MESSAGES + 1)
        with self.server.mailbox(AYSE) as client:
            self.assertEqual(len(search(client, "ALL")), MESSAGES)

    def test_of_large_pop3_mail_the_header_comes_first(self):
        address, password = self.server.users[MEHMET]
        large = made_mail("ayse@example.test", address, "Büyük")
        large.add_attachment(bytes(2_000_000), "application", "zip", filename="sıkı.zip")
        self.server.append(MEHMET, bytes(large))
        options = ("--address", address, "--pop3-host", self.server.host, "--pop3-port", self.server.ports["pop3s"],
                   "--smtp-host", self.server.host, "--smtp-port", self.server.ports["submissions"])
        refused = self.cli("account", "add", *options, "--pop3-whole-up-to", 0, password=password)
        self.assertEqual(refused.error["subject"], "--pop3-whole-up-to")
        self.ok("account", "add", *options, "--pop3-whole-up-to", 1, password=password)
        self.ok("sync", password=password)
        row = next(row for row in self.inbox() if row["subject"] == "Büyük")
        self.assertGreater(row["size"], 2_000_000)

        def bodies():
            with contextlib.closing(sqlite3.connect(self.profile / "bodies.sqlite")) as database:
                return database.execute("SELECT count(*) FROM raw_messages WHERE message = ?", (row["id"],)).fetchone()[0]
        self.assertEqual(bodies(), 0)
        for _ in range(2):
            received = self.ok("raw", row["id"], password=password).bytes
            self.assertTrue(received.replace(b"\r\n", b"\n").endswith(bytes(large).split(b"\n\n", 1)[1]))
            self.assertEqual(bodies(), 1)

    def test_connection_is_told(self):
        self.set_up()
        address, password = self.server.users[AYSE]
        told = self.ok("account", "connection").lines[-1]
        self.assertEqual((told["protocol"], told["connections"], told["limitedToOne"]), ("imap", 1, False))
        self.assertTrue(told["tls"].startswith("TLS 1."), told["tls"])
        self.assertIn("localhost", told["certificate"]["names"])
        for ability in ("push", "fastResync", "foldersAtOnce", "move", "safeDelete", "namespaces"):
            self.assertIn(ability, told["can"])
        self.assertFalse(set(told["can"]) & set(told["cannot"]))
        self.assertIn("IDLE", told["capabilities"])
        self.assertGreaterEqual(told["latencyMs"], 0)
        self.assertGreater(told["lastSync"]["bytesReceived"], 0)
        self.assertEqual(told["namespaces"], {"personal": [""], "others": [], "shared": []})
        self.assertTrue(any(line.endswith('> SELECT "INBOX" (CONDSTORE)') or "LIST" in line for line in told["log"]))
        for secret in (address, password):
            self.assertNotIn(secret, json.dumps(told["log"], ensure_ascii=False))

    def test_connection_that_fails_is_told_too(self):
        self.set_up()
        with contextlib.closing(sqlite3.connect(self.profile / "mail.sqlite")) as database, database:
            database.execute("UPDATE accounts SET in_port = 1")
        outcome = self.cli("account", "connection")
        self.assertEqual(outcome.code, 1)
        told = outcome.lines[-1]
        self.assertEqual((told["connections"], told["lastError"]["kind"]), (0, "ConnectionRefused"))
        self.assertNotIn("loggedInAt", told)

    def test_wrong_password_saves_nothing(self):
        outcome = self.add_account(password="yanlış")
        self.assertEqual(outcome.code, 1)
        self.assertEqual(outcome.error["kind"], "AuthenticationFailed")
        self.assertEqual(outcome.error["step"], "Login")
        self.assertIn("does not accept", outcome.error["sentence"])
        self.assertEqual(self.ok("account", "list").lines, [])

    def test_unknown_certificate_saves_nothing(self):
        self.ca = None
        outcome = self.add_account()
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "CertificateUntrusted"))
        self.assertEqual(self.ok("account", "list").lines, [])

    def test_check_says_whether_it_works(self):
        self.set_up()
        outcome = self.ok("account", "check")
        *rungs, summary = outcome.lines
        self.assertTrue(summary["ok"])
        self.assertTrue(summary["canReceive"])
        self.assertEqual((summary["incoming"], summary["outgoing"]), ({"works": True}, {"works": True}))
        for server, last in (("imap", "listFolders"), ("smtp", "sender")):
            steps = [rung["step"] for rung in rungs if rung["server"] == server]
            self.assertEqual(steps, ["resolve", "connect", "tls", "greeting", "capabilities", "login", last])
        self.assertEqual({rung["state"] for rung in rungs}, {"passed"})
        self.assertTrue(next(rung for rung in rungs if rung["step"] == "tls")["detail"].startswith("TLS 1."))

        outcome = self.cli("account", "check", password="yanlış")
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "AuthenticationFailed"))
        summary = outcome.lines[-1]
        for server in ("incoming", "outgoing"):
            self.assertEqual((summary[server]["problem"], summary[server]["fix"]), ("authWrong", "retypePassword"))
        failed = [(rung["server"], rung["step"]) for rung in outcome.lines[:-1] if rung["state"] == "failed"]
        self.assertEqual(sorted(failed), [("imap", "login"), ("smtp", "login")])

    def check_unsaved(self, *more, **options):
        server = self.server
        return self.cli("account", "check", "--address", server.users[AYSE][0], "--imap-host", server.host,
                        "--imap-port", server.ports["imaps"], *more, **options)

    def test_check_of_what_is_not_saved_saves_nothing(self):
        server = self.server
        given = self.password.encode() + b"\n"
        outcome = self.check_unsaved("--smtp-host", server.host, "--smtp-port", server.ports["submissions"],
                                     "--password-stdin", password=None, given=given)
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        self.assertTrue(outcome.lines[-1]["ok"])
        self.assertEqual(self.ok("account", "list").lines, [])

    def test_check_for_receiving_only(self):
        outcome = self.check_unsaved("--receive-only")
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        self.assertNotIn("outgoing", outcome.lines[-1])
        self.assertEqual({line["server"] for line in outcome.lines[:-1]}, {"imap"})

    def test_check_tells_an_unknown_certificate_and_takes_it_by_hand(self):
        self.ca, ca = None, self.ca
        outcome = self.check_unsaved("--receive-only")
        failed = outcome.lines[-1]["incoming"]
        self.assertEqual((outcome.code, failed["problem"], failed["fix"]), (1, "tlsUntrusted", "showCertificate"))
        self.assertEqual(len(failed["certificate"]["sha256"]), 64)
        presented = ssl.get_server_certificate((self.server.host, self.server.ports["imaps"]))
        pinned = self.home / "pinned.pem"
        pinned.write_text(presented)
        endpoint = f"{self.server.host}:{self.server.ports['imaps']}"
        outcome = self.check_unsaved("--receive-only", "--accept-certificate", f"{endpoint}={pinned}")
        self.assertEqual(outcome.code, 0, f"{outcome.bytes} {outcome.remarks}")
        other = f"{self.server.host}:1={pinned}"
        self.assertEqual(self.check_unsaved("--receive-only", "--accept-certificate", other).code, 1)
        self.ca = ca

    def test_discover_knows_the_table(self):
        outcome = self.ok("account", "discover", "ayse@gmail.com", password=None)
        summary = outcome.lines[-1]
        self.assertEqual((summary["domain"], summary["obstacle"]), ("gmail.com", "none"))
        best = summary["candidates"][0]
        self.assertEqual(best["source"], "table")
        self.assertEqual(best["incoming"][0]["host"], "imap.gmail.com")
        self.assertEqual((best["outgoing"]["protocol"], best["outgoing"]["encryption"]), ("smtp", "tls"))

    def test_discover_refuses_what_is_no_address(self):
        outcome = self.cli("account", "discover", "ayse", password=None)
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "InvalidInput"))

    def test_removed_account_is_gone_with_its_mail(self):
        self.set_up()
        self.ok("account", "remove", self.server.users[AYSE][0])
        self.assertEqual(self.ok("account", "list").lines, [])
        self.assertEqual(self.cli("list", "INBOX").code, 1)
        with self.server.mailbox(AYSE) as client:
            self.assertGreaterEqual(len(search(client, "ALL")), MESSAGES)

    # L09
    def test_password_is_in_no_file(self):
        self.set_up()
        self.ok("account", "check")
        canary = self.password.encode()
        files = [path for path in self.home.rglob("*") if path.is_file()]
        self.assertTrue(files)
        for path in files:
            self.assertNotIn(canary, path.read_bytes(), path)


class Messages(ServerTest):
    def test_sync_brings_folders_and_headers(self):
        self.set_up()
        folders = self.ok("folders").lines
        summary = self.ok("sync").lines[0]
        self.assertEqual((summary["folders"], summary["total"]), (len(folders), sum(folder["total"] for folder in folders)))
        self.assertLessEqual({"inbox", "sent", "drafts", "trash"}, {folder.get("role") for folder in folders})
        with self.server.mailbox(AYSE) as client:
            self.assertEqual({row["uid"] for row in self.inbox(1000)}, set(search(client, "ALL")))

    def test_raw_is_byte_for_byte_what_the_server_has(self):
        self.set_up()
        with self.server.mailbox(AYSE) as client:
            for row in self.inbox(5):
                self.assertEqual(self.ok("raw", row["id"]).bytes, raw(client, row["uid"]))

    def test_show_takes_a_message_apart(self):
        self.set_up()
        row = self.inbox(1)[0]
        shown = self.ok("show", row["id"]).lines[0]
        self.assertEqual(shown["subject"], row["subject"])
        self.assertTrue(shown["text"].strip())

    def test_flags_reach_the_server(self):
        self.set_up()
        row = self.inbox(1)[0]
        outcome = self.ok("flag", row["id"], "--add", "seen,flagged").lines[0]
        self.assertEqual(outcome, {"messages": [row["id"]], "queued": False})
        with self.server.mailbox(AYSE) as client:
            self.assertLessEqual({"\\Seen", "\\Flagged"}, flags(client, row["uid"]))
        self.ok("flag", row["id"], "--remove", "flagged")
        with self.server.mailbox(AYSE) as client:
            self.assertNotIn("\\Flagged", flags(client, row["uid"]))
            self.assertIn("\\Seen", flags(client, row["uid"]))

    def test_move_and_delete_reach_the_server(self):
        self.set_up()
        moved, deleted = self.inbox(2)
        self.ok("move", moved["id"], "Archive")
        self.ok("delete", deleted["id"])
        with self.server.mailbox(AYSE) as client:
            self.assertFalse({moved["uid"], deleted["uid"]} & set(search(client, "ALL")))
        for row, folder in ((moved, "Archive"), (deleted, "Trash")):
            with self.server.mailbox(AYSE, folder) as client:
                self.assertEqual(len(search(client, "HEADER", "Message-ID", f'"<{row["messageId"]}>"')), 1)
        in_trash = self.ok("list", "Trash").lines
        self.ok("delete", *(row["id"] for row in in_trash))
        with self.server.mailbox(AYSE, "Trash") as client:
            self.assertEqual(search(client, "ALL"), [])

    def test_search_folds_turkish_letters(self):
        self.set_up()
        path, mail = self.write_mail(self.server.users[AYSE][0], subject="İstanbul ışıkları")
        self.ok("send", path)
        self.wait_for_mail(AYSE, mail)
        self.ok("sync")
        found = self.ok("search", "istanbul", "ISIK").lines
        self.assertIn("İstanbul ışıkları", [row["subject"] for row in found])
        self.assertEqual(self.ok("search", "yokböylebirşey").lines, [])

    def test_work_without_a_server_is_queued_and_done_later(self):
        with RealServer() as own:
            self.server = own  # of this test alone: it goes away for a while
            own.append(AYSE, bytes(made_mail("mehmet@example.test", "ayse@example.test", "Merhaba")))
            self.set_up()
            row = self.inbox(1)[0]
            path, mail = self.write_mail(own.users[MEHMET][0])
            own.pause()
            outcome = self.ok("flag", row["id"], "--add", "flagged").lines[0]
            self.assertTrue(outcome["queued"])
            self.assertEqual(outcome["reason"]["kind"], "ConnectionRefused")
            self.assertIn("flagged", self.inbox(1)[0]["flags"])
            sent = self.ok("send", path).lines[0]
            self.assertTrue(sent["queued"])
            self.assertEqual([item["id"] for item in self.ok("outbox").lines], [sent["id"]])
            failed = self.cli("sync")
            self.assertEqual((failed.code, failed.error["kind"]), (1, "ConnectionRefused"))
            waiting = self.ok("queue").lines
            self.assertEqual([(item["action"], item["state"], item["messages"], item["add"]) for item in waiting],
                             [("flag", "waiting", 1, ["flagged"])])
            # Taken back, it is not done; done again, it waits again.
            self.assertEqual(self.ok("queue", "cancel", waiting[0]["id"]).lines, [{"cancelled": 1}])
            self.assertEqual(self.ok("queue").lines, [])
            self.assertNotIn("flagged", self.inbox(1)[0]["flags"])
            self.ok("flag", row["id"], "--add", "flagged")
            self.assertTrue(self.ok("queue", "retry", "all").lines[0]["queued"])
            self.assertEqual(self.cli("queue", "cancel", "w99").error["kind"], "NotFound")

            own.resume()
            self.assertEqual(self.ok("sync").lines[0]["queued"], 0)
            self.assertEqual(self.ok("outbox").lines, [])
            with own.mailbox(AYSE) as client:
                self.assertIn("\\Flagged", flags(client, row["uid"]))
            self.assertEqual(len(self.wait_for_mail(MEHMET, mail)), 1)


    def test_refused_action_stays_in_the_queue(self):
        self.set_up()
        with self.server.mailbox(AYSE) as client:
            client.create("Faturalar")
        self.ok("sync")
        row = self.inbox(1)[0]
        with self.server.mailbox(AYSE) as client:
            client.delete("Faturalar")
        outcome = self.cli("move", row["id"], "Faturalar")
        self.assertEqual(outcome.code, 1)
        refused = self.ok("queue").lines
        self.assertEqual([(item["action"], item["state"], item["from"], item["subject"]) for item in refused],
                         [("move", "refused", "INBOX", row["subject"])])
        self.assertIn("kind", refused[0]["reason"])
        self.assertEqual(self.ok("queue", "cancel", "all").lines, [{"cancelled": 1}])
        self.assertEqual(self.ok("queue").lines, [])

    def test_undo_in_another_run(self):
        self.set_up()
        before = [(mail["subject"], mail["flags"]) for mail in self.inbox()]
        row = next(mail for mail in self.inbox() if "flagged" not in mail["flags"])
        self.ok("flag", row["id"], "--add", "flagged")
        self.ok("delete", row["id"])
        self.assertEqual(self.ok("undo").lines, [{"undone": "delete", "messages": 1, "queued": False}])
        self.assertEqual(self.ok("undo").lines, [{"undone": "flag", "messages": 1, "queued": False}])
        nothing = self.cli("undo")
        self.assertEqual((nothing.code, nothing.error["kind"]), (1, "NotFound"))
        self.ok("sync")
        self.assertEqual([(mail["subject"], mail["flags"]) for mail in self.inbox()], before)
        with self.server.mailbox(AYSE) as client:
            self.assertEqual(len(search(client, "ALL")), len(before))


class Sending(ServerTest):
    def test_mail_arrives_whole_once_and_is_kept_in_sent(self):
        self.set_up()
        path, mail = self.write_mail(self.server.users[MEHMET][0])
        outcome = self.ok("send", path).lines[0]
        self.assertEqual((outcome["state"], outcome["queued"]), ("sent", False))
        arrived = self.wait_for_mail(MEHMET, mail)
        self.assertEqual(len(arrived), 1)
        wire = bytes(mail).replace(b"\n", b"\r\n")
        self.assertTrue(arrived[0].endswith(wire), "the bytes after the servers' trace fields are those of the file")
        self.assertEqual(self.wait_for_mail(AYSE, mail, "Sent"), [wire])

    def test_mail_from_standard_input_to_given_recipients(self):
        self.set_up()
        path, mail = self.write_mail("gizli@elsewhere.test")
        self.ok("send", "--to", self.server.users[MEHMET][0], given=path.read_bytes())
        self.assertEqual(len(self.wait_for_mail(MEHMET, mail)), 1)

    def test_refused_recipient_stays_in_the_outbox_with_its_reason(self):
        self.set_up()
        path, _ = self.write_mail(self.server.refused)
        outcome = self.cli("send", path)
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "RecipientRefused"))
        item = self.ok("outbox").lines[0]
        self.assertEqual((item["state"], item["recipients"][0]["state"]), ("failed", "refused"))
        self.assertEqual(item["recipients"][0]["error"]["replyCode"], 550)
        self.assertTrue(self.ok("outbox", "remove", item["id"]).lines[0]["removed"])
        self.assertEqual(self.ok("outbox").lines, [])

    def test_unreadable_file_sends_nothing(self):
        self.set_up()
        outcome = self.cli("send", self.home / "missing.eml")
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "FileUnreadable"))
        self.assertEqual(self.ok("outbox").lines, [])


class FoldersHere(ServerTest):
    """Folders on this computer, mail that moves between them and the server, and files of other programs."""

    def local(self, *arguments):
        return self.ok("--account", "local", *arguments)

    def paths(self):
        return sorted(folder["path"] for folder in self.local("folders").lines)

    def test_folders_are_made_renamed_moved_and_deleted(self):
        made = self.local("folder", "create", "İşler & güçler").lines[0]
        self.assertEqual((made["path"], made["total"]), ("İşler & güçler", 0))
        self.local("folder", "create", "İşler & güçler/2024")
        self.assertEqual(self.local("folder", "rename", "İşler & güçler", "Eski").lines[0]["path"], "Eski")
        self.assertEqual(self.paths(), ["Eski", "Eski/2024", "Trash"])
        self.assertEqual(self.local("folder", "move", "Eski/2024", "").lines[0]["path"], "2024")
        self.local("folder", "move", "Eski", "2024")
        self.assertEqual(self.paths(), ["2024", "2024/Eski", "Trash"])
        self.local("folder", "delete", "2024")
        self.assertEqual(self.paths(), ["Trash", "Trash/2024", "Trash/2024/Eski"])
        self.local("folder", "delete", "Trash/2024")
        self.assertEqual(self.paths(), ["Trash"])

    def test_what_folders_cannot_be(self):
        self.local("folder", "create", "Work")
        for words, kind in ((["folder", "create", "work"], "AlreadyExists"), (["folder", "rename", "Work", "a/b"], "InvalidInput"),
                            (["folder", "rename", "Work", " "], "InvalidInput"), (["folder", "delete", "Trash"], "ReadOnly"),
                            (["folder", "move", "Work", "Work"], "InvalidInput"), (["folder", "delete", "yok"], "NotFound")):
            with self.subTest(words=words):
                outcome = self.cli("--account", "local", *words)
                self.assertEqual((outcome.code, outcome.error["kind"]), (1, kind))
        self.assertEqual(self.paths(), ["Trash", "Work"])

    def test_folders_of_the_server(self):
        self.set_up()
        made = self.ok("folder", "create", "İşler & güçler").lines[0]
        self.assertEqual((made["path"], made["queued"]), ("İşler & güçler", False))
        self.ok("folder", "create", "İşler & güçler/2024")
        row = self.inbox(1)[0]
        self.ok("copy", row["id"], "İşler & güçler/2024")
        self.ok("folder", "rename", "İşler & güçler", "Eski")
        with self.server.mailbox(AYSE, "Eski/2024") as client:
            self.assertEqual(len(search(client, "ALL")), 1)
        self.assertEqual(self.ok("folder", "delete", "Eski").lines[0]["path"], "Trash/Eski")
        self.assertEqual(self.ok("undo").lines[0], {"undone": "deleteFolder", "queued": False})
        with self.server.mailbox(AYSE, "Eski/2024") as client:
            self.assertEqual(len(search(client, "ALL")), 1)
        self.assertFalse(self.ok("folder", "delete", "--for-good", "Eski").lines[0]["queued"])
        with self.server.mailbox(AYSE) as client:
            self.assertEqual(client.list("Eski*")[1], [None])
        outcome = self.cli("folder", "delete", "INBOX")
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "ReadOnly"))

    def test_mail_goes_to_this_computer_and_back(self):
        with RealServer() as own:
            self.server = own  # of this test alone: its inbox becomes empty
            mails = [bytes(made_mail("mehmet@example.test", "ayse@example.test", f"İleti {i}")) for i in range(3)]
            for mail in mails:
                own.append(AYSE, mail)
            self.set_up()
            self.local("folder", "create", "Saklanan")
            account = own.users[AYSE][0]
            rows = self.ok("--account", account, "list", "INBOX").lines
            with own.mailbox(AYSE) as client:
                there = sorted(raw(client, uid) for uid in search(client, "ALL"))
            self.assertEqual(len(there), 3)

            self.local("copy", rows[0]["id"], "Saklanan")
            with own.mailbox(AYSE) as client:
                self.assertEqual(len(search(client, "ALL")), 3)
            copied = self.local("list", "Saklanan").lines
            self.local("delete", copied[0]["id"])
            self.assertFalse(self.local("move", *(row["id"] for row in rows), "Saklanan").lines[0]["queued"])
            kept = self.local("list", "Saklanan").lines
            self.assertEqual(sorted(self.ok("raw", row["id"]).bytes for row in kept), there)
            with own.mailbox(AYSE) as client:
                self.assertEqual(search(client, "ALL"), [])

            self.ok("--account", account, "move", *(row["id"] for row in kept), "Archive")
            with own.mailbox(AYSE, "Archive") as client:
                self.assertEqual(sorted(raw(client, uid) for uid in search(client, "ALL")), there)
            self.assertEqual(self.local("list", "Saklanan").lines, [])

    def write_mbox(self, count):
        """An mbox file as another program writes it."""
        path = self.home / "eski posta"
        box = mailbox.mbox(path)
        mails = [made_mail("mehmet@example.test", "ayse@example.test", f"Eski {i}") for i in range(count)]
        for mail in mails:
            box.add(bytes(mail))
        box.close()
        return path, mails

    def test_import_and_export_there_and_back(self):
        path, mails = self.write_mbox(7)
        self.local("folder", "create", "Eski")
        nothing = {"known": 0, "leftOut": 0, "unreadable": 0, "queued": False}
        self.assertEqual(self.local("import", path, "Eski").lines, [nothing | {"imported": 7}])
        self.assertEqual(self.local("import", path, "Eski").lines, [nothing | {"imported": 0, "known": 7}])
        rows = self.local("list", "Eski").lines
        self.assertEqual(sorted(row["subject"] for row in rows), [f"Eski {i}" for i in range(7)])
        wanted = sorted(bytes(mail).replace(b"\n", b"\r\n") for mail in mails)
        self.assertEqual(sorted(self.ok("raw", row["id"]).bytes for row in rows), wanted)

        target = self.home / "yeni.mbox"
        self.assertEqual(self.local("export", "Eski", target).lines, [{"exported": 7}])
        self.assertEqual(target.stat().st_mode & 0o077, 0)
        seen = [mail["Message-ID"] for mail in mailbox.mbox(target)]
        self.assertEqual(sorted(seen), sorted(mail["Message-ID"] for mail in mails))
        files = self.home / "ayrı"
        self.local("export", "Eski", files, "--format", "eml")
        self.assertEqual(sorted(file.read_bytes() for file in files.glob("*.eml")), wanted)
        for index, source in enumerate(([target], [files], sorted(files.iterdir()))):
            with self.subTest(source=source):
                self.local("folder", "create", f"Geri {index}")
                self.assertEqual(self.local("import", *source, f"Geri {index}").lines, [nothing | {"imported": 7}])

    def test_import_into_a_folder_of_the_server(self):
        self.set_up()
        path, mails = self.write_mbox(3)
        self.assertEqual(self.ok("import", path, "Archive").lines[0]["imported"], 3)
        for mail in mails:
            self.assertEqual(len(self.wait_for_mail(AYSE, mail, "Archive")), 1)

    def test_files_that_cannot_be_used(self):
        self.local("folder", "create", "Eski")
        picture = self.home / "resim.eml"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        for words, kind in ((["import", picture, "Eski"], "FileUnreadable"), (["import", self.home / "yok", "Eski"], "FileUnreadable"),
                            (["import", picture, "Yok"], "NotFound"), (["export", "Eski", self.home / "yok" / "a"], "Storage"),
                            (["export", "Eski", self.home / "a", "--format", "zip"], "InvalidInput")):
            with self.subTest(words=words):
                outcome = self.cli("--account", "local", *words)
                self.assertEqual((outcome.code, outcome.error["kind"]), (1, kind))
        self.assertFalse((self.home / "a").exists())


class CommandLine(CliTest):
    def test_mistakes_end_with_two_and_name_themselves(self):
        for words in (["nonsense"], [], ["list"], ["list", "INBOX", "more"], ["sync", "--to", "x@example.org"], ["list", "--nonsense"]):
            with self.subTest(words=words):
                outcome = self.cli(*words)
                self.assertEqual(outcome.code, 2)
                self.assertEqual(outcome.error["kind"], "InvalidInput")
                self.assertIn("--help", outcome.remarks)
        self.assertFalse(self.profile.exists())

    def test_what_is_not_there_is_an_error(self):
        for words in (["list", "INBOX"], ["show", "1"], ["flag", "1", "--add", "seen"], ["account", "check"], ["send"]):
            with self.subTest(words=words):
                outcome = self.cli(*words)
                self.assertEqual((outcome.code, outcome.error["kind"]), (1, "NotFound"))

    def test_help_names_every_command(self):
        text = self.cli("--help").bytes.decode()
        for command in ("account add", "account list", "account check", "account remove", "sync", "folders", "list", "search",
                        "show", "raw", "flag", "move", "delete", "send", "outbox", "outbox retry", "outbox remove", "queue", "queue retry",
                        "queue cancel", "undo"):
            self.assertIn(f"\n  {command}", text)

    def test_unreadable_root_certificate_is_an_error(self):
        outcome = self.cli("--ca", "/nonexistent", "account", "list")
        self.assertEqual((outcome.code, outcome.error["kind"]), (1, "FileUnreadable"))


if __name__ == "__main__":
    skip_without_postfix()
    unittest.main(verbosity=2)
