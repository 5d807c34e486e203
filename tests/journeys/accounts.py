# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts after their set-up, in the preferences: one is added, changed, tested again and removed, with the pages of the
set-up. Nothing is saved before it has worked, and what is removed is gone, its password too."""

import pathlib
import sqlite3
import subprocess

from tests.journeys import journey
from tests.journeys.program import press
from tests.journeys.second_start import add_account
from tests.journeys.session import wait_for
from tests.journeys.words import Words
from tests.support.realserver import RealServer, skip_without_postfix

AYSE, MEHMET = 0, 1


def configure(parser):
    parser.add_argument("--language", choices=("en", "tr"), default="en")


class Preferences:
    """What a user does there."""

    def __init__(self, program, say):
        self.program = program
        self.say = say

    def open(self):
        press("ctrl+comma")
        self.find("list", "Accounts", area="AccountsPage")

    def find(self, role, source, *arguments, area=None, **options):
        return self.program.find(role, self.say(source, *arguments, area=area), **options)

    def click(self, source, *arguments, area=None):
        self.find("button", source, *arguments, area=area).click()

    def choose(self, address):
        self.program.find("list item", lambda name: address in name).click()

    def addresses(self):
        return [item.name.split()[-1] for item in self.program.look_for("list item") if "@" in item.name]

    def enter(self, role, source, text):
        self.find(role, source).enter(text)

    def wait_page(self, source, *arguments):
        self.find("label", source, *arguments)


def saved_port(profile, address):
    with sqlite3.connect(f"file:{profile / 'mail.sqlite'}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT in_port FROM accounts WHERE identity_address = ?", (address,)).fetchall()
    return rows[0][0] if rows else None


def passwords():
    """How many the keyring holds."""
    found = subprocess.run(["secret-tool", "search", "--all", "--unlock", "xdg:schema", "org.qt.keychain"],
                           capture_output=True, text=True)
    return found.stdout.count("[/") + found.stderr.count("[/")


def walk(this):
    say = Words(this.options.language)
    cli = pathlib.Path(this.options.program).with_name("postaci-cli")
    profile = this.directory / "profile"
    with RealServer(20) as server:
        ayse, mehmet = server.users[AYSE][0], server.users[MEHMET][0]
        add_account(cli, server, profile)
        program = this.start_program("--profile", profile, "--ca", server.ca, "--language", this.options.language)
        wait_for(lambda: any(table.rows == 20 for table in program.look_for("table")), "20 rows")
        preferences = Preferences(program, say)

        with this.step("The preferences list the account"):
            preferences.open()
            preferences.choose(ayse)
            assert preferences.addresses() == [ayse], preferences.addresses()

        with this.step("A second account is added"):
            preferences.click("Add account…", area="AccountsPage")
            preferences.enter("text", "Your name", "Mehmet Kaya")
            preferences.enter("text", "Email address", mehmet)
            preferences.click("Set up by hand")
            for side, port in (("Incoming", "imaps"), ("Outgoing", "submissions")):
                preferences.enter("text", f"{side} server", server.host)
                preferences.enter("spin button", f"{side} port", str(server.ports[port]))
                preferences.enter("text", f"{side} user name", mehmet)
            preferences.enter("password text", "Password", server.users[MEHMET][1])
            preferences.click("Continue")
            preferences.wait_page("Your mailbox is ready")
            preferences.click("Open mailbox")

        with this.step("Its mailbox is opened"):
            preferences.wait_page("This folder is empty")
            preferences.open()
            wait_for(lambda: set(preferences.addresses()) == {ayse, mehmet}, "both accounts in the list")
            assert passwords() >= 2, passwords()

        port = saved_port(profile, mehmet)
        with this.step("A change to a port where nothing listens is not saved"):
            preferences.choose(mehmet)
            preferences.click("Change…", area="AccountsPage")
            preferences.wait_page("Change the account")
            preferences.enter("spin button", "Incoming port", "1")
            preferences.click("Test and save")
            preferences.wait_page("Receiving does not work yet")
            assert saved_port(profile, mehmet) == port

        with this.step("The right port is tried, and saved"):
            preferences.click("Change the settings")
            preferences.wait_page("Change the account")
            preferences.enter("text", "Your name", "Mehmet K.")
            preferences.enter("spin button", "Incoming port", str(server.ports["imap"]))
            combo = preferences.find("combo box", "Encryption")  # the first is for incoming mail
            combo.click()
            program.find("list item", "STARTTLS").click()
            preferences.click("Test and save")
            preferences.wait_page("The account has been changed")
            assert saved_port(profile, mehmet) == server.ports["imap"]

        with this.step("A test mail goes round on the changed account"):
            preferences.click("Send a test mail")
            end = say("The test mail was sent and arrived after %1 s.").split("%1")
            program.find("label", lambda name: name.startswith(end[0]) and name.endswith(end[1]), timeout=60)
            program.find("button", say("Close", area="DonePage"), within=program.active_window()).click()

        with this.step("It is tested again, rung by rung"):
            preferences.choose(mehmet)
            preferences.click("Test", area="AccountsPage")
            preferences.wait_page("The account works")

        with this.step("Back in the list it has its new name"):
            press("Escape")
            program.find("list item", lambda name: name.startswith("Mehmet K. "))

        with this.step("Who is asked whether to remove it may keep it"):
            preferences.choose(mehmet)
            preferences.click("Remove account…", area="AccountsPage")
            preferences.click("Keep account")
            assert set(preferences.addresses()) == {ayse, mehmet}

        with this.step("Removed, it is gone from the list, the window, the disk and the keyring"):
            before = passwords()
            preferences.click("Remove account…", area="AccountsPage")
            preferences.click("Remove account", area="AccountsPage")
            wait_for(lambda: preferences.addresses() == [ayse], "one account in the list")
            preferences.find("button", "Close").click()
            wait_for(lambda: not program.look_for("table cell", lambda name: mehmet in name or "Mehmet K." in name),
                     "the account to leave the folders")
            assert saved_port(profile, mehmet) is None
            wait_for(lambda: passwords() < before, "the keyring to forget the password")

        with this.step("The other account still works"):
            wait_for(lambda: any(table.rows == 20 for table in program.look_for("table")), "20 rows")
            program.process.terminate()
            assert program.wait_ended() == 0


if __name__ == "__main__":
    skip_without_postfix()
    journey.run("accounts", walk, configure=configure)
