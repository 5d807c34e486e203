# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened in a little internet: every packet to a server's port, every question, every byte that a server was told."""

import base64
import contextlib
import dataclasses
import json
import socket
import struct
import threading
import time
import urllib.parse

ETH_P_ALL = 3
PACKET_OUTGOING = 4  # on the loopback device every packet comes twice
SERVER_PORTS = 1024  # below: what programs connect to
CLEAR_LIMIT = 1 << 20  # bytes of one connection that are kept


@dataclasses.dataclass
class Attempt:
    """The first packet to a port, whether or not anybody was there."""

    at: float
    address: str
    port: int


@dataclasses.dataclass
class Query:
    at: float
    name: str
    type: str


@dataclasses.dataclass
class Request:
    at: float
    tls: bool
    host: str
    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def url(self):
        return f"{'https' if self.tls else 'http'}://{self.host}{self.target}"


@dataclasses.dataclass
class Conversation:
    """One connection, as its server saw it."""

    at: float
    server: str  # "Imap"
    host: str
    port: int
    sni: str = ""
    tls: bool = False  # so far
    verified: bool = False  # the certificate is one that a careful client accepts
    tls_problem: str = ""
    received: list[tuple[bool, bool, bytes]] = dataclasses.field(default_factory=list)  # tls, verified, bytes
    logins: list[str] = dataclasses.field(default_factory=list)  # mechanisms, one for each attempt
    commands: list[str] = dataclasses.field(default_factory=list)

    def add(self, data):
        self.received.append((self.tls, self.verified, data))

    @property
    def bytes(self):
        return b"".join(data for _, _, data in self.received)

    @property
    def unsafe_bytes(self):
        """What was told without verified TLS."""
        return b"".join(data for tls, verified, data in self.received if not (tls and verified))


class Record:
    """Filled by the servers' threads and read when the program under test has ended."""

    def __init__(self):
        self.begin = time.monotonic()
        self.attempts = []
        self.queries = []
        self.requests = []
        self.conversations = []
        self.mails = []  # (envelope sender, recipients, bytes)
        self.faults = []  # of the servers themselves: a test that has any has failed
        self.clear = {}  # flow: bytes as they went over the wire, towards servers

    def now(self):
        return time.monotonic() - self.begin

    def reset(self):
        self.__init__()

    def conversation(self, server, host, port):
        entry = Conversation(self.now(), server, host, port)
        self.conversations.append(entry)
        return entry

    def connections(self, port=None):
        """Attempts by TCP, of all or of one port, the resolver's left out."""
        return [attempt for attempt in self.attempts if attempt.port != 53 and port in (None, attempt.port)]

    def logins(self, server=None):
        return [mechanism for entry in self.conversations if server in (None, entry.server) for mechanism in entry.logins]

    def heard(self, secret):
        """The conversations in which a server was told the secret in any of its usual forms."""
        return [entry for entry in self.conversations if _contains(entry.bytes, secret)]

    def in_clear(self, secret):
        """The ends of connections over which it went readable for everybody on the way."""
        return [flow for flow, data in self.clear.items() if _contains(bytes(data), secret)]

    def problems_with(self, secret, approved):
        """Why the secret was not kept: heard by a host that is not in `approved`, or without verified TLS."""
        found = [f"readable on the wire to {flow[2]}:{flow[3]}" for flow in self.in_clear(secret)]
        for entry in self.heard(secret):
            where = f"{entry.host}:{entry.port} ({entry.sni or 'no SNI'})"
            if _contains(entry.unsafe_bytes, secret):
                found.append(f"{where} heard it without verified TLS")
            elif entry.sni not in approved:
                found.append(f"{where} heard it and was not approved")
        for request in self.requests:
            text = "\n".join([request.target, *request.headers.values()]).encode() + b"\n" + request.body
            if _contains(text, secret):
                found.append(f"{request.url} heard it")
        return found

    def to_json(self):
        return json.dumps({
            "attempts": [dataclasses.asdict(entry) for entry in self.attempts],
            "queries": [dataclasses.asdict(entry) for entry in self.queries],
            "requests": [{"at": entry.at, "method": entry.method, "url": entry.url} for entry in self.requests],
            "conversations": [{key: value for key, value in dataclasses.asdict(entry).items() if key != "received"}
                              for entry in self.conversations],
        }, indent=1)


def forms_of(secret):
    """A secret as it may look on the wire: as it is, in a URL, and inside base64 at each of the three offsets."""
    raw = secret.encode()
    forms = [raw, urllib.parse.quote(secret, safe="").encode()]
    for offset in range(3):
        # Only the letters that depend on nothing but the secret.
        coded = base64.b64encode(b"\0" * offset + raw)
        first = (0, 2, 3)[offset]
        last = (len(raw) + offset) * 8 // 6
        forms.append(coded[first:last])
    return forms


def _contains(data, secret):
    return any(form in data for form in forms_of(secret))


class Sniffer:
    """Watches the loopback device, the only one there is: nothing that a program sends can pass by it."""

    def __init__(self, record):
        self._record = record
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self._socket.bind(("lo", 0))
        self._socket.settimeout(0.1)
        self._closed = threading.Event()
        self._idle = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def catch_up(self):
        """Returns when all that has been sent is in the record."""
        self._idle.clear()
        self._idle.wait(5)

    def close(self):
        self._closed.set()
        self._thread.join()
        self._socket.close()

    def _run(self):
        while not self._closed.is_set():
            try:
                packet, source = self._socket.recvfrom(1 << 17)
            except TimeoutError:
                self._idle.set()
                continue
            if source[2] == PACKET_OUTGOING:
                with contextlib.suppress(struct.error, IndexError):
                    self._see(packet[14:])

    def _see(self, packet):
        if packet[0] >> 4 == 4:
            header = (packet[0] & 15) * 4
            protocol = packet[9]
            source, target = (socket.inet_ntop(socket.AF_INET, packet[at:at + 4]) for at in (12, 16))
        else:
            header = 40
            protocol = packet[6]
            source, target = (socket.inet_ntop(socket.AF_INET6, packet[at:at + 16]) for at in (8, 24))
        payload = packet[header:]
        from_port, to_port = struct.unpack("!HH", payload[:4])
        if to_port >= SERVER_PORTS or protocol not in (socket.IPPROTO_TCP, socket.IPPROTO_UDP):
            return
        flow = (source, from_port, target, to_port)
        if protocol == socket.IPPROTO_UDP:
            data = payload[8:]
        else:
            syn, ack = payload[13] & 2, payload[13] & 16
            if syn and not ack and flow not in self._record.clear:  # else it is sent once more
                self._record.attempts.append(Attempt(self._record.now(), target, to_port))
                self._record.clear[flow] = bytearray()
            data = payload[(payload[12] >> 4) * 4:]
        kept = self._record.clear.setdefault(flow, bytearray())
        if len(kept) < CLEAR_LIMIT:
            kept += data
