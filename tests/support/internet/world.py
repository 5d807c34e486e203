# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values that describe a little internet: what names there are and what answers behind them. Plain data; internet.py
brings it to life."""

import dataclasses
import enum
from collections.abc import Mapping


class Door(enum.Enum):
    """What happens to who knocks at a port. A port that is not mentioned refuses."""

    TLS = "TLS from the first byte"
    STARTTLS = "clear, then STARTTLS"
    CLEAR = "clear, and nothing else"
    DROPPED = "no answer to the first packet, as behind a firewall"
    SILENT = "accepts, and never says anything"


class Kind(enum.Enum):
    """Certificates, from the best to the worst."""

    GOOD = "good"
    EXPIRED = "expired"
    NOT_YET = "valid only from tomorrow on"
    FUTURE = "valid in two years: ours is the wrong clock"
    SELF_SIGNED = "self-signed"
    UNTRUSTED = "of an issuer that nobody knows"
    INCOMPLETE = "of an intermediate that is not sent along"
    COMMON_NAME = "the name only in the subject, as of old"
    NUL = "a name that ends in a NUL for careless eyes"
    WEAK = "1024 bits of RSA"
    SHA1 = "signed with SHA-1"
    CONSTRAINED = "of an issuer that may not speak for this name"


@dataclasses.dataclass(frozen=True)
class Certificate:
    kind: Kind = Kind.GOOD
    names: tuple[str, ...] = ()  # none: those of the host


GOOD = Certificate()


@dataclasses.dataclass(frozen=True)
class Mail:
    """What IMAP, POP3 and SMTP servers have in common."""

    doors: Mapping[int, Door]
    users: Mapping[str, str] = dataclasses.field(default_factory=dict)  # user name: password or token
    certificate: Certificate = GOOD
    mechanisms: str = "PLAIN LOGIN"
    clear_mechanisms: str = ""  # offered before TLS
    greeting: str = ""
    refusal: str = ""  # the answer to every login, whatever the password
    wrong: str = ""  # the answer to a wrong password
    locks_after: int = 0  # so many wrong passwords; 0: never
    locked: str = ""  # the answer from then on
    offers_starttls: bool = True
    starttls_refusal: str = ""
    injected: bytes = b""  # sent in clear behind the go-ahead for TLS
    speaks: bytes = b""  # says only this: another protocol's server
    old_tls: bool = False  # nothing newer than TLS 1.1
    silent_at: str = ""  # never answers this command
    delay: float = 0  # seconds before each answer
    oauth_challenge: str = ""  # JSON with which a wrong token is answered (RFC 7628 3.2.2)
    relay: int = 0  # port on 127.0.0.1 of a real server without TLS: after TLS we only pass on what is said


@dataclasses.dataclass(frozen=True)
class Imap(Mail):
    doors: Mapping[int, Door] = dataclasses.field(default_factory=lambda: {993: Door.TLS, 143: Door.STARTTLS})
    capabilities: str = "IMAP4rev1 SASL-IR ID UIDPLUS MOVE IDLE SPECIAL-USE NAMESPACE UNSELECT"
    login_disabled: bool = False
    list_refusal: str = ""
    alert: str = ""  # sent untagged before each answer to a login
    preauth: bool = False


@dataclasses.dataclass(frozen=True)
class Pop3(Mail):
    doors: Mapping[int, Door] = dataclasses.field(default_factory=lambda: {995: Door.TLS, 110: Door.STARTTLS})
    list_refusal: str = ""
    has_capa: bool = True  # RFC 2449 came late


@dataclasses.dataclass(frozen=True)
class Smtp(Mail):
    doors: Mapping[int, Door] = dataclasses.field(default_factory=lambda: {465: Door.TLS, 587: Door.STARTTLS})
    capabilities: str = "PIPELINING 8BITMIME SMTPUTF8 SIZE=35882577 ENHANCEDSTATUSCODES"
    sender_refusal: str = ""
    recipient_refusal: str = ""


@dataclasses.dataclass(frozen=True)
class Page:
    """One answer of a web server."""

    body: bytes = b""
    status: int = 200
    type: str = "text/xml"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0  # seconds before the first byte
    stalls_after: int | None = None  # bytes of the body, then silence
    cut_after: int | None = None  # bytes of the body, then the end
    repeats: int = 1  # the body so many times


def redirect(to, status=302):
    return Page(status=status, headers=(("Location", to),))


NOT_FOUND = Page(b"<html><body><h1>404 Not Found</h1></body></html>", 404, "text/html")


@dataclasses.dataclass(frozen=True)
class Web:
    """Pages by path; with "?" and the query where that matters, else without."""

    pages: Mapping[str, Page] = dataclasses.field(default_factory=dict)
    anything: Page = NOT_FOUND
    doors: Mapping[int, Door] = dataclasses.field(default_factory=lambda: {443: Door.TLS})
    certificate: Certificate = GOOD
    old_tls: bool = False
    delay: float = 0  # seconds before it hears anything
    clock_offset: int = 0  # days that the Date header is ahead of this computer


class Ipv6(enum.Enum):
    NONE = "no AAAA record"
    WORKS = "answers like IPv4"
    DEAD = "has an AAAA record, and packets to it are lost"


@dataclasses.dataclass(frozen=True)
class Host:
    """One machine with its names (the first is its own) and servers."""

    names: str  # separated by spaces
    servers: tuple[Mail | Web, ...] = ()
    ipv6: Ipv6 = Ipv6.NONE
    address: str = ""  # given where the case is about it, for instance 192.168.1.5


@dataclasses.dataclass(frozen=True)
class Zone:
    """What DNS knows of a name besides addresses."""

    mx: str = ""  # "10 mx.example, 20 mx2.example"; "0 ." is RFC 7505
    srv: str = ""  # "0 1 993 imap.example, …" (RFC 2782)
    txt: tuple[str, ...] = ()
    alias: str = ""  # CNAME
    failure: str = ""  # "SERVFAIL", "REFUSED" or "silence", to every question


@dataclasses.dataclass(frozen=True)
class World:
    """A little internet. Names that are neither in `zones` nor a host's do not exist (NXDOMAIN)."""

    zones: Mapping[str, Zone] = dataclasses.field(default_factory=dict)
    hosts: tuple[Host, ...] = ()
    catch_all: str = ""  # a host's name: every name has its address
    resolver: str = "nameserver 127.0.0.1\n"  # /etc/resolv.conf
    online: bool = True  # False: no name server answers
    ipv6: bool = True  # whether the machine itself has it

    def with_hosts(self, *hosts):
        return dataclasses.replace(self, hosts=self.hosts + hosts)
