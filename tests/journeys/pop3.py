# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mailbox is set up by hand for POP3, on a server with a certificate that nobody vouches for: the certificate is looked
at and trusted, the mail comes, and one leaves."""

from tests.journeys import journey
from tests.journeys.first_run import message_with
from tests.journeys.program import press
from tests.journeys.session import wait_for
from tests.support.realserver import RealServer, skip_without_postfix

AYSE, MEHMET = 0, 1
MESSAGES = 20


def walk(this):
    with RealServer(MESSAGES) as server:
        address, password = server.users[AYSE]
        program = this.start_program("--profile", this.directory / "profile")  # Without the server's root.

        with this.step("POP3 is chosen by hand, and a line says what that means"):
            program.find("text", "Your name").enter("Ayşe Yılmaz")
            program.find("text", "Email address").enter(address)
            program.find("button", "Set up by hand").click()
            program.find("combo box", "Protocol").click()
            program.find("list item", "POP3").click()
            program.find("label", lambda name: name.startswith("Mail is downloaded to this computer"))
            for side, port in (("Incoming", "pop3s"), ("Outgoing", "submissions")):
                program.find("text", f"{side} server").enter(server.host)
                program.find("spin button", f"{side} port").enter(str(server.ports[port]))
                program.find("text", f"{side} user name").enter(address)
            program.find("password text", "Password").enter(password)
            program.find("button", "Continue").click()

        for side in ("receiving", "sending"):
            with this.step(f"For {side}, the certificate is shown, and Cancel is the safe choice"):
                program.find("button", "Look at the certificate…").click()
                program.find("button", "Trust this certificate")
                wait_for(lambda: program.find("button", "Cancel").is_("focused"), "Cancel to have the focus")
            with this.step(f"For {side}, it is trusted"):
                program.find("button", "Trust this certificate").click()
                program.wait_gone("button", "Trust this certificate")

        with this.step("Both servers take the sign-in, and the mail comes"):
            program.find("button", "Open mailbox").click()
            wait_for(lambda: any(table.rows == MESSAGES for table in program.look_for("table")), f"{MESSAGES} rows")

        with this.step("A mail is sent, and its copy stays on this computer"):
            press("ctrl+n")
            program.find("text", "To").enter(server.users[MEHMET][0])
            program.find("text", "Subject").enter("By POP3")
            program.find("text", "Message text").enter("Hello")
            press("ctrl+Return")
            program.wait_gone("text", "Message text")
            assert message_with(server, MEHMET, "INBOX", "By POP3")
            program.find("table cell", lambda name: name.startswith("Sent")).click()
            wait_for(lambda: any(table.rows == 1 for table in program.look_for("table")), "the copy")


if __name__ == "__main__":
    skip_without_postfix()
    journey.run("pop3", walk)
