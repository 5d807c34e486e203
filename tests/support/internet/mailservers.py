# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IMAP, POP3 and SMTP servers as the worlds describe them: good ones with an empty mailbox, and every kind of bad one."""

import base64
import binascii
import re
import shlex
import threading
import time

from tests.support.internet import sasl
from tests.support.internet.wire import Gone
from tests.support.internet.world import Door, Imap, Pop3, Smtp


class Session:
    """What the three protocols share: the login and its limits."""

    def __init__(self, wire, server, door, memory):
        self.wire = wire
        self.server = server
        self.door = door
        self.memory = memory  # of this server, over all its connections
        self.user = None

    def run(self):
        if self.server.speaks:
            self.wire.send_raw(self.server.speaks)
            self.wire.listen()
        if self.server.relay and self.wire.tls:
            self.wire.relay(self.server.relay)
            return
        self.greet()
        while True:
            line = self.wire.line()
            self.wire.entry.commands.append(self.verb(line))
            if self.server.silent_at and self.verb(line) == self.server.silent_at:
                self.wire.listen()
            time.sleep(self.server.delay)
            if not self.obey(line):
                return

    @property
    def mechanisms(self):
        """Those that may be used as the connection is now."""
        return (self.server.mechanisms if self.wire.tls else self.server.clear_mechanisms).split()

    def log_in(self, mechanism, check):
        """`check` returns the user's name or raises sasl.Refused. Returns the refusal, or None: in."""
        self.wire.entry.logins.append(mechanism)
        with self.memory.lock:
            if self.server.locks_after and self.memory.wrong >= self.server.locks_after:
                return self.server.locked
        try:
            self.user = check()
        except sasl.Refused:
            with self.memory.lock:
                self.memory.wrong += 1
            return self.server.refusal or self.server.wrong or self.wrong
        if self.server.refusal:
            self.user = None
            return self.server.refusal
        return None

    def converse(self, mechanism, initial):
        """A SASL exchange in base64; to be given to log_in()."""
        if mechanism not in self.mechanisms:
            raise sasl.Refused
        steps = sasl.exchange(mechanism, self.server.users, initial, self.server.oauth_challenge)
        try:
            challenge = next(steps)
            while True:
                self.challenge(base64.b64encode(challenge).decode())
                line = self.wire.line()
                if line == "*":
                    raise sasl.Refused
                challenge = steps.send(_decoded(line))
        except StopIteration as end:
            return end.value

    def upgrade(self, go_ahead):
        """STARTTLS, with whatever an attacker puts behind the go-ahead."""
        self.wire.send_raw(f"{go_ahead}\r\n".encode() + self.server.injected)
        self.wire.start_tls()
        if self.server.relay:
            self.wire.relay(self.server.relay)
            raise Gone


class ImapSession(Session):
    wrong = "NO [AUTHENTICATIONFAILED] Authentication failed."

    def verb(self, line):
        words = line.upper().split()
        return " ".join(words[1:3]) if words[1:2] == ["UID"] else (words[1] if len(words) > 1 else "")

    def greet(self):
        kind = "PREAUTH" if self.server.preauth else "OK"
        self.wire.send(self.server.greeting or f"* {kind} [CAPABILITY {self.capabilities()}] ready")

    def capabilities(self):
        words = [self.server.capabilities]
        if not self.wire.tls and self.door is Door.STARTTLS and self.server.offers_starttls:
            words.append("STARTTLS")
        if not self.wire.tls and not self.server.clear_mechanisms or self.server.login_disabled:
            words.append("LOGINDISABLED")
        if self.user is None:
            words += [f"AUTH={name}" for name in self.mechanisms]
        return " ".join(words)

    def challenge(self, text):
        self.wire.send(f"+ {text}")

    def obey(self, line):
        tag, _, rest = line.partition(" ")
        verb = self.verb(line)
        while size := re.search(r"\{(\d+)(\+?)\}$", rest):
            if not size[2]:
                self.wire.send("+ go on")
            literal = self.wire.block(int(size[1])).decode("utf-8", "surrogateescape")
            rest = rest[:size.start()] + shlex.quote(literal) + self.wire.line()
        if verb == "LOGOUT":
            self.wire.send("* BYE see you", f"{tag} OK bye")
            return False
        if verb == "STARTTLS" and not self.wire.tls and self.server.offers_starttls and self.door is Door.STARTTLS:
            if self.server.starttls_refusal:
                self.wire.send(f"{tag} {self.server.starttls_refusal}")
            else:
                self.upgrade(f"{tag} OK begin TLS")
        elif verb in ("LOGIN", "AUTHENTICATE"):
            self.authenticate(tag, verb, rest)
        else:
            lines, answer = self.answer(verb, rest)
            self.wire.send(*lines, f"{tag} {answer}")
        return True

    def authenticate(self, tag, verb, rest):
        words = _words(rest)
        if verb == "LOGIN":
            refusal = self.log_in("LOGIN command", lambda: self.check_login(words))
        else:
            initial = _decoded("" if words[2] == "=" else words[2]) if len(words) > 2 else None
            refusal = self.log_in(words[1].upper(), lambda: self.converse(words[1].upper(), initial))
        if self.server.alert:
            self.wire.send(self.server.alert)
        self.wire.send(f"{tag} {refusal}" if refusal else f"{tag} OK [CAPABILITY {self.capabilities()}] welcome")
        if refusal and refusal.startswith("BYE"):
            raise Gone

    def check_login(self, words):
        if "LOGINDISABLED" in self.capabilities() or len(words) < 3 or self.server.users.get(words[1]) != words[2]:
            raise sasl.Refused
        return words[1]

    def answer(self, verb, rest):
        """A mailbox with the usual folders and nothing in them."""
        if verb == "CAPABILITY":
            return [f"* CAPABILITY {self.capabilities()}"], "OK done"
        if verb == "ID":
            return ['* ID ("name" "testmail")'], "OK done"
        if verb == "NOOP":
            return [], "OK done"
        if self.user is None:
            return [], "BAD log in first"
        if verb in ("LIST", "LSUB", "XLIST"):
            if self.server.list_refusal:
                return [], self.server.list_refusal
            return [f'* {verb} ({flags}) "/" {name}' for name, flags in FOLDERS.items()], "OK done"
        if verb == "NAMESPACE":
            return ['* NAMESPACE (("" "/")) NIL NIL'], "OK done"
        if verb in ("SELECT", "EXAMINE"):
            return (["* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
                     "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] all",
                     "* 0 EXISTS", "* 0 RECENT", "* OK [UIDVALIDITY 1] same", "* OK [UIDNEXT 1] first"],
                    f"OK [READ-{'WRITE' if verb == 'SELECT' else 'ONLY'}] done")
        if verb == "STATUS":
            folder = _words(rest)[1]
            return [f'* STATUS "{folder}" (MESSAGES 0 RECENT 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0)'], "OK done"
        if verb == "UID SEARCH":
            return ["* SEARCH"], "OK done"
        if verb == "IDLE":
            self.wire.send("+ idling")
            self.wire.line()
            return [], "OK done"
        if verb in ("UID FETCH", "FETCH", "CLOSE", "UNSELECT", "CHECK", "SUBSCRIBE", "CREATE", "ENABLE", "EXPUNGE"):
            return [], "OK done"
        return [], "BAD what?"


FOLDERS = {"INBOX": "\\HasNoChildren", "Drafts": "\\HasNoChildren \\Drafts", "Sent": "\\HasNoChildren \\Sent",
           "Junk": "\\HasNoChildren \\Junk", "Trash": "\\HasNoChildren \\Trash"}


class Pop3Session(Session):
    wrong = "-ERR [AUTH] Authentication failed."
    name = ""

    def verb(self, line):
        return line.upper().partition(" ")[0]

    def greet(self):
        self.wire.send(self.server.greeting or "+OK ready")

    def challenge(self, text):
        self.wire.send(f"+ {text}")

    def obey(self, line):
        verb, words = self.verb(line), line.split(" ", 1)
        if verb == "QUIT":
            self.wire.send("+OK bye")
            return False
        if verb == "STLS" and not self.wire.tls and self.server.offers_starttls and self.door is Door.STARTTLS:
            if self.server.starttls_refusal:
                self.wire.send(self.server.starttls_refusal)
            else:
                self.upgrade("+OK begin TLS")
        elif verb == "CAPA" and self.server.has_capa:
            self.wire.send("+OK", *self.capabilities(), ".")
        elif verb == "USER" and len(words) == 2:
            self.name = words[1]
            self.wire.send("+OK")
        elif verb in ("PASS", "AUTH") and len(words) == 2:
            self.authenticate(verb, words[1])
        elif self.user is None:
            self.wire.send("-ERR log in first")
        elif verb == "LIST" and self.server.list_refusal:
            self.wire.send(self.server.list_refusal)
        elif verb in ("STAT", "LIST", "UIDL", "NOOP", "RSET"):
            self.wire.send(*{"STAT": ["+OK 0 0"], "LIST": ["+OK", "."], "UIDL": ["+OK", "."]}.get(verb, ["+OK"]))
        else:
            self.wire.send("-ERR what?")
        return True

    def capabilities(self):
        words = ["TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING"]
        if self.wire.tls:
            words.append("USER")
        elif self.server.offers_starttls and self.door is Door.STARTTLS:
            words.append("STLS")
        return words + ([f"SASL {' '.join(self.mechanisms)}"] if self.mechanisms else [])

    def authenticate(self, verb, rest):
        if verb == "PASS":
            refusal = self.log_in("PASS command", lambda: self.check_pass(rest))
        else:
            mechanism, _, initial = rest.partition(" ")
            refusal = self.log_in(mechanism.upper(), lambda: self.converse(
                mechanism.upper(), _decoded("" if initial == "=" else initial) if initial else None))
        self.wire.send(refusal or "+OK welcome")

    def check_pass(self, password):
        if not self.wire.tls or self.server.users.get(self.name) != password:
            raise sasl.Refused
        return self.name


class SmtpSession(Session):
    wrong = "535 5.7.8 Authentication credentials invalid"
    sender = None

    def verb(self, line):
        return line.upper().partition(" ")[0]

    def greet(self):
        self.wire.send(self.server.greeting or "220 testmail ESMTP")
        self.recipients = []
        if self.server.greeting[:1] in ("4", "5"):
            raise Gone

    def challenge(self, text):
        self.wire.send(f"334 {text}")

    def obey(self, line):
        verb = self.verb(line)
        if verb == "QUIT":
            self.wire.send("221 2.0.0 bye")
            return False
        if verb == "EHLO":
            lines = ["testmail", *self.capabilities()]
            self.wire.send(*[f"250-{text}" for text in lines[:-1]], f"250 {lines[-1]}")
        elif verb == "STARTTLS" and not self.wire.tls and self.server.offers_starttls and self.door is Door.STARTTLS:
            if self.server.starttls_refusal:
                self.wire.send(self.server.starttls_refusal)
            else:
                self.upgrade("220 2.0.0 begin TLS")
        elif verb == "AUTH":
            mechanism, _, initial = line[5:].partition(" ")
            refusal = self.log_in(mechanism.upper(), lambda: self.converse(
                mechanism.upper(), _decoded("" if initial == "=" else initial) if initial else None))
            self.wire.send(refusal or "235 2.7.0 welcome")
        else:
            self.wire.send(*self.mail(verb, line))
        return True

    def capabilities(self):
        words = self.server.capabilities.split()
        if not self.wire.tls and self.door is Door.STARTTLS and self.server.offers_starttls:
            words.append("STARTTLS")
        return words + ([f"AUTH {' '.join(self.mechanisms)}"] if self.mechanisms else [])

    def mail(self, verb, line):
        """The answer to everything that is not about the connection."""
        if verb in ("NOOP", "RSET"):
            self.sender, self.recipients = None, []
            return ["250 2.0.0 fine"]
        if verb not in ("MAIL", "RCPT", "DATA"):
            return ["502 5.5.2 what?"]
        if self.user is None and self.server.mechanisms:
            return ["530 5.7.0 Authentication required"]
        if verb == "MAIL":
            self.sender = None if self.server.sender_refusal else line
            return [self.server.sender_refusal or "250 2.1.0 fine"]
        if self.sender is None:
            return ["503 5.5.1 sender first"]
        if verb == "RCPT":
            if not self.server.recipient_refusal:
                self.recipients.append(line)
            return [self.server.recipient_refusal or "250 2.1.5 fine"]
        if not self.recipients:
            return ["503 5.5.1 recipients first"]
        self.wire.send("354 go on")
        content = []
        while (text := self.wire.line()) != ".":
            content.append(text)
        self.memory.mails.append((self.sender, list(self.recipients), content))
        return ["250 2.0.0 taken"]


SESSIONS = {Imap: ImapSession, Pop3: Pop3Session, Smtp: SmtpSession}


class Memory:
    """What one server remembers from one connection to the next."""

    def __init__(self, mails):
        self.lock = threading.Lock()
        self.wrong = 0
        self.mails = mails


def server_for(server, record):
    """The function that talks on a connection of this server."""
    memory = Memory(record.mails)
    session = SESSIONS[type(server)]
    return lambda wire, description, door: session(wire, description, door, memory).run()


def _decoded(text):
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise sasl.Refused from None


def _words(text):
    """IMAP's quoted strings follow the same rules as the shell's."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
