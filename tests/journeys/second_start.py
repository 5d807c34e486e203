# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One profile, one program: a second start hands its mailto link over, another program is refused, another profile is
independent, and asked to end by the session the program ends in time. L06, L13"""

import json
import pathlib
import signal
import subprocess
import time

from tests.journeys import journey
from tests.journeys.session import wait_for
from tests.support.realserver import RealServer, skip_without_postfix

AYSE = 0


def add_account(cli, server, profile):
    """The account, with its password in the keyring of the session."""
    address, password = server.users[AYSE]
    subprocess.run([cli, "--profile", profile, "--ca", server.ca, "account", "add", "--password-stdin", "--address", address,
                    "--imap-host", server.host, "--imap-port", str(server.ports["imaps"]),
                    "--smtp-host", server.host, "--smtp-port", str(server.ports["submissions"])],
                   input=password.encode(), check=True, capture_output=True)


def walk(this):
    cli = pathlib.Path(this.options.program).with_name("postaci-cli")
    profile = this.directory / "profile"
    with RealServer(20) as server:
        arguments = ["--profile", profile, "--ca", server.ca]

        with this.step("The command line sets up an account"):
            add_account(cli, server, profile)

        with this.step("The program shows its mail, with the password from the keyring"):
            program = this.start_program(*arguments)
            wait_for(lambda: any(table.rows == 20 for table in program.look_for("table")), "20 rows")

        with this.step("A second start hands its link over and ends within a second"):
            begin = time.monotonic()
            second = subprocess.run([this.options.program, *arguments, "mailto:mehmet@example.test?subject=Merhaba"], timeout=10)
            assert second.returncode == 0, second.returncode
            assert time.monotonic() - begin < 1, f"{time.monotonic() - begin:.1f} s"
            subject = program.find("text", "Subject")
            wait_for(lambda: subject.text == "Merhaba", "the link's subject")

        with this.step("The command line is told that the profile is in use"):
            answer = subprocess.run([cli, "--profile", profile, "folders"], capture_output=True)
            assert answer.returncode == 1
            assert json.loads(answer.stdout)["error"]["kind"] == "InUse", answer.stdout

        with this.step("Another profile is another program"):
            other = this.start_program("--profile", this.directory / "other")
            other.find("text", "Email address")
            other.process.send_signal(signal.SIGINT)
            assert other.wait_ended(timeout=2) == 0

        with this.step("SIGTERM ends it within two seconds, also while a mail is being written"):
            program.find("text", "Message text").enter("Half a sentence, and")
            program.process.terminate()
            assert program.wait_ended(timeout=2) == 0

        with this.step("The mail is still there, to be continued"):
            program = this.start_program(*arguments)
            program.find("table cell", "Drafts, 1 message").click()
            program.find("table cell", "Merhaba", within=program.find("tree", "Drafts")).click(times=2)
            text = program.find("text", "Message text")
            wait_for(lambda: text.text == "Half a sentence, and", "what had been written")


if __name__ == "__main__":
    skip_without_postfix()
    journey.run("second_start", walk)
