# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail for keeps: a folder on this computer, mail moved there from the server by menu, and back by Undo; an mbox file
imported, the folder exported. What counts is what the server holds and what is in the files."""

import mailbox
import pathlib

from tests.journeys import journey
from tests.journeys.program import press
from tests.journeys.second_start import add_account
from tests.journeys.session import wait_for
from tests.support.realserver import RealServer, raw, search, skip_without_postfix

AYSE = 0
MESSAGES = 6
OLD = 25
FOLDER = "Saklanan postalar"


def old_mail(number):
    return (f"From: Zeynep <zeynep@example.test>\r\nTo: ayse@example.test\r\nSubject: Eski {number}\r\n"
            f"Message-ID: <eski{number}@example.test>\r\nDate: Mon, 5 May 2025 10:{number:02}:00 +0300\r\n\r\n"
            f"From here on: {number}\r\n").encode()


def write_mbox(path):
    """As another program writes it."""
    box = mailbox.mbox(path)
    for number in range(OLD):
        box.add(old_mail(number).replace(b"\r\n", b"\n"))
    box.close()


def mails_of(server, folder="INBOX"):
    with server.mailbox(AYSE, folder) as client:
        return sorted(raw(client, uid) for uid in search(client, "ALL"))


class Window:
    def __init__(self, program):
        self.program = program

    def rows(self):
        tables = self.program.look_for("table")
        return tables[0].rows if tables else 0

    def choose(self, *names):
        """A menu's entry, by mouse: "File", "Import mail…"."""
        self.program.find("menu item", names[0], within=self.program.find("menu bar")).click()
        for name in names[1:]:
            self.program.find("menu item", lambda found, wanted=name: found.startswith(wanted)).click()

    def open_folder(self, name):
        self.program.find("table cell", lambda found: found.split(",")[0] == name).click()

    def strip(self, text):
        return self.program.find("label", lambda found: found.startswith(text), timeout=60)


def walk(this):
    profile = this.directory / "profile"
    cli = pathlib.Path(this.options.program).with_name("postaci-cli")
    old = this.directory / "Eski posta.mbox"
    exported = this.directory / "Dışarı.mbox"
    write_mbox(old)
    with RealServer(MESSAGES) as server:
        add_account(cli, server, profile)
        on_server = mails_of(server)
        assert len(on_server) == MESSAGES, len(on_server)

        with this.step("The program shows the mail of the account"):
            program = this.start_program("--profile", profile, "--ca", server.ca)
            window = Window(program)
            wait_for(lambda: window.rows() == MESSAGES, f"{MESSAGES} rows")

        with this.step("A folder is made on this computer"):
            window.open_folder("Outbox")
            press("ctrl+shift+n")
            program.find("text", "Name").enter(FOLDER)
            press("Return")
            program.find("table cell", FOLDER)

        with this.step("All mail of the account is moved there by menu"):
            window.open_folder("Inbox")
            wait_for(lambda: window.rows() == MESSAGES, f"{MESSAGES} rows")
            program.find("table").cell(0).click()
            press("ctrl+a")
            window.choose("Message", "Move to", "On this computer", FOLDER)
            wait_for(lambda: window.rows() == 0, "an empty list")

        with this.step("It is gone from the server, and whole here"):
            wait_for(lambda: mails_of(server) == [], "an empty inbox on the server")
            window.open_folder(FOLDER)
            wait_for(lambda: window.rows() == MESSAGES, f"{MESSAGES} rows")

        with this.step("Undo brings it back to the server, byte for byte"):
            press("ctrl+z")
            wait_for(lambda: mails_of(server) == on_server, "the same mail on the server", timeout=40)
            wait_for(lambda: window.rows() == 0, "an empty list")

        with this.step("It is moved again"):
            window.open_folder("Inbox")
            wait_for(lambda: window.rows() == MESSAGES, f"{MESSAGES} rows")
            program.find("table").cell(0).click()
            press("ctrl+a")
            window.choose("Message", "Move to", "On this computer", FOLDER)
            wait_for(lambda: mails_of(server) == [], "an empty inbox on the server")

        with this.step(f"An mbox file with {OLD} mails is imported into the folder"):
            window.open_folder(FOLDER)
            wait_for(lambda: window.rows() == MESSAGES, f"{MESSAGES} rows")
            window.choose("File", "Import mail…")
            program.find("text", "Mail files").enter(str(old))
            press("Return")
            window.strip(f"{OLD} messages imported.")
            wait_for(lambda: window.rows() == MESSAGES + OLD, f"{MESSAGES + OLD} rows")

        with this.step("A second time nothing comes"):
            window.choose("File", "Import mail…")
            program.find("text", "Mail files").enter(str(old))
            press("Return")
            window.strip(f"{OLD} were already there.")
            assert window.rows() == MESSAGES + OLD, window.rows()

        with this.step("The folder is exported"):
            window.choose("File", "Export folder…")
            program.find("text", "File").enter(str(exported))
            press("Return")
            window.strip(f"{MESSAGES + OLD} messages exported.")

        with this.step("The file holds what was on the server and in the other file, byte for byte"):
            box = mailbox.mbox(exported)
            found = sorted(unquoted(box.get_bytes(key)) for key in box.keys())
            wanted = sorted(on_server + [old_mail(number) for number in range(OLD)])
            assert len(found) == len(wanted), f"{len(found)} of {len(wanted)}"
            assert found == wanted, next((a, b) for a, b in zip(found, wanted) if a != b)
            assert exported.stat().st_mode & 0o077 == 0, oct(exported.stat().st_mode)


def unquoted(entry):
    """A mail as it was: without the lines for flags, and the marks before "From " (mboxrd)."""
    lines = entry.split(b"\n")
    head = lines.index(b"")
    lines = [line for line in lines[:head] if not line.startswith((b"Status:", b"X-Status:"))] + [
        line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line for line in lines[head:]]
    return b"\r\n".join(lines)


if __name__ == "__main__":
    skip_without_postfix()
    journey.run("own_folders", walk)
