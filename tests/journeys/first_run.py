# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to a first answer: set up an account by hand, read, mark, reply with an attachment, switch to Turkish,
start again. What the program shows is compared with what the real servers hold, seen by another client."""

import email.message
import email.policy
import email.utils
import os

from tests.journeys import journey
from tests.journeys.program import press
from tests.journeys.session import wait_for
from tests.support.realserver import RealServer, flags, raw, search, skip_without_postfix

MESSAGES = 500
AYSE, MEHMET = 0, 1
PLAIN_SUBJECT = "Çarşamba günü toplantı"
HTML_SUBJECT = "Kasım bülteni"
REPLY_TEXT = "Olur, görüşürüz. Özgeçmişim ekte."
ATTACHMENT = "Özgeçmiş ığüşöç.pdf"


def written_by(sender, server, subject, text, html=None):
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = sender
    mail["To"] = server.users[AYSE][0]
    mail["Subject"] = subject
    mail["Date"] = email.utils.localtime()
    mail["Message-ID"] = email.utils.make_msgid(domain="example.test")
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return bytes(mail)


def fill_mailbox(server):
    """Two mails on top of the ready-made ones."""
    server.append(AYSE, written_by("Postacı Bülteni <bulten@example.test>", server, HTML_SUBJECT, "Düz metin.", (
        "<html><body><h1>Kasım</h1><p>Bu ay <b>üç</b> yenilik var.</p>"
        "<img src='http://127.0.0.1:9/pixel.png'></body></html>")))
    server.append(AYSE, written_by(f"Mehmet Işık <{server.users[MEHMET][0]}>", server, PLAIN_SUBJECT,
                                   "Merhaba Ayşe,\n\nsaat üçte görüşelim mi?\n\nMehmet\n"))


def uid_of(server, user, folder, subject):
    """The message with this subject, or None."""
    with server.mailbox(user, folder) as client:
        client.literal = subject.encode()
        found = search(client, "CHARSET", "UTF-8", "SUBJECT")
        return found[-1] if found else None


def message_with(server, user, folder, subject):
    uid = wait_for(lambda: uid_of(server, user, folder, subject), f"the mail in {folder} on the server")
    with server.mailbox(user, folder) as client:
        return email.message_from_bytes(raw(client, uid), policy=email.policy.default)


class Ayse:
    """What she does in the program."""

    def __init__(self, walk, server, profile):
        self.walk = walk
        self.server = server
        self.profile = profile
        self.program = None

    def start(self):
        self.program = self.walk.start_program("--profile", self.profile, "--ca", self.server.ca)

    def set_up_by_hand(self):
        program, server = self.program, self.server
        address, password = server.users[AYSE]
        program.find("text", "Your name").enter("Ayşe Yılmaz")
        program.find("text", "Email address").enter(address)
        program.find("button", "Set up by hand").click()
        for side, port in (("Incoming", server.ports["imaps"]), ("Outgoing", server.ports["submissions"])):
            program.find("text", f"{side} server").enter(server.host)
            program.find("spin button", f"{side} port").enter(str(port))
            program.find("text", f"{side} user name").enter(address)
        program.find("password text", "Password").enter(password)

    def rows(self):
        tables = self.program.look_for("table")
        return tables[0].rows if tables else 0

    def open(self, subject, reader="Message"):
        """Selects the row and waits until the reader, called so in her language, shows a mail."""
        table = self.program.find("table")
        row = wait_for(lambda: next((cell for cell in (table.cell(i) for i in range(10)) if subject in cell.name), None),
                       f"'{subject}' among the first rows")
        row.click()
        return self.program.find("label", reader)

    def reply(self, text, attachment):
        program = self.program
        press("ctrl+r")
        body = program.find("text", "Message text")
        wait_for(lambda: "Mehmet" in body.text, "the quoted mail")
        body.type_before(text + "\n")
        press("ctrl+shift+a")
        program.find("text", lambda name: name.startswith("File name")).enter(str(attachment))
        press("Return")
        program.find("button", lambda name: ATTACHMENT in name)
        press("ctrl+Return")
        program.wait_gone("text", "Message text")

    def choose_language(self, name):
        press("ctrl+comma")
        combo = self.program.find("combo box", "Language")
        combo.click()
        self.program.find("list item", name).click()


def walk(this):
    attachment = this.directory / ATTACHMENT
    attachment.write_bytes(b"%PDF-1.7\n" + os.urandom(100_000) + b"\r\n.\r\n..\n%%EOF\n")

    with RealServer(MESSAGES - 2) as server:
        fill_mailbox(server)
        ayse = Ayse(this, server, this.directory / "profile")

        with this.step("The program starts and offers to set up an account"):
            ayse.start()
            ayse.program.find("text", "Email address")

        with this.step("Name, address, password and both servers are typed in"):
            ayse.set_up_by_hand()

        with this.step("Both servers are climbed up to, rung by rung, and take the sign-in"):
            ayse.program.find("button", "Continue").click()
            ayse.program.find("button", "Open mailbox")

        with this.step("A test mail to oneself is sent, seen arriving and removed"):
            ayse.program.find("button", "Send a test mail").click()
            ayse.program.find("label", lambda name: name.startswith("The test mail was sent and arrived after"),
                              timeout=60)

        with this.step(f"The inbox shows {MESSAGES} messages"):
            ayse.program.find("button", "Open mailbox").click()
            wait_for(lambda: ayse.rows() == MESSAGES, f"{MESSAGES} rows", timeout=60)

        with this.step("A plain mail is read"):
            shown = ayse.open(PLAIN_SUBJECT)
            wait_for(lambda: "saat üçte görüşelim mi?" in shown.text, "its text")

        with this.step("It is marked as read on the server"):
            uid = uid_of(server, AYSE, "INBOX", PLAIN_SUBJECT)
            wait_for(lambda: "\\Seen" in flags_of(server, uid), "\\Seen")

        with this.step("It is flagged, on the server too"):
            ayse.program.find("button", "Flag").click()
            wait_for(lambda: "\\Flagged" in flags_of(server, uid), "\\Flagged")

        with this.step("An HTML mail is read, and its remote picture is not fetched"):
            shown = ayse.open(HTML_SUBJECT)
            wait_for(lambda: "Bu ay üç yenilik var." in shown.text, "its text")

        with this.step(f"A reply with the attachment {ATTACHMENT} is sent"):
            ayse.open(PLAIN_SUBJECT)
            ayse.reply(REPLY_TEXT, attachment)

        with this.step("It arrives at the recipient, byte for byte"):
            check_reply(message_with(server, MEHMET, "INBOX", PLAIN_SUBJECT), server, attachment)

        with this.step("A copy is in Sent on the server, and the original is marked as answered"):
            check_reply(message_with(server, AYSE, "Sent", PLAIN_SUBJECT), server, attachment)
            wait_for(lambda: "\\Answered" in flags_of(server, uid), "\\Answered")

        with this.step("The program speaks Turkish at once"):
            ayse.choose_language("Türkçe")
            ayse.program.find("combo box", "Dil")
            press("Escape")
            ayse.program.find("button", "Yeni ileti")

        with this.step("It quits when asked to"):
            press("ctrl+q")
            assert ayse.program.wait_ended(timeout=2) == 0

        with this.step("Started again it still speaks Turkish and shows all mail without asking anything"):
            ayse.start()
            wait_for(lambda: ayse.rows() == MESSAGES, f"{MESSAGES} rows")
            ayse.program.find("button", "Yeni ileti")
            assert not ayse.program.look_for("password text")

        with this.step("The password is still known: a flag reaches the server"):
            ayse.open(HTML_SUBJECT, reader="İleti")
            uid = uid_of(server, AYSE, "INBOX", HTML_SUBJECT)
            press("s")
            wait_for(lambda: "\\Flagged" in flags_of(server, uid), "\\Flagged")

        with this.step("It ends within two seconds when the session ends"):
            ayse.program.process.terminate()
            assert ayse.program.wait_ended(timeout=2) == 0


def flags_of(server, uid):
    with server.mailbox(AYSE) as client:
        return flags(client, uid)


def check_reply(mail, server, attachment):
    assert mail["To"].addresses[0].addr_spec == server.users[MEHMET][0], mail["To"]
    assert mail["From"].addresses[0].addr_spec == server.users[AYSE][0], mail["From"]
    assert REPLY_TEXT in mail.get_body(("plain",)).get_content()
    parts = list(mail.iter_attachments())
    assert [part.get_filename() for part in parts] == [attachment.name], [part.get_filename() for part in parts]
    assert parts[0].get_content() == attachment.read_bytes(), "the attachment's bytes differ"


if __name__ == "__main__":
    skip_without_postfix()
    journey.run("first_run", walk)
