# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The name server of a little internet, on 127.0.0.1:53, by UDP and TCP."""

import contextlib
import socket
import struct
import threading

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.support.internet.record import Query

TTL = 60


class Names:
    """All that is known of names: a pure function from a question to an answer."""

    def __init__(self, world, addresses):
        """`addresses`: name to (IPv4, IPv6 or empty)."""
        self._zones = world.zones
        self._addresses = addresses
        self._catch_all = addresses[world.catch_all] if world.catch_all else None

    def answer(self, query):
        """None: no answer at all."""
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        failure = self._zones[name].failure if name in self._zones else ""
        if failure == "silence":
            return None
        if failure:
            response.set_rcode(dns.rcode.from_text(failure))
            return response

        exists = False
        for _ in range(4):  # aliases
            records, found = self._records(name, question.rdtype)
            exists = exists or found
            for rdtype, texts in records:
                response.answer.append(dns.rrset.from_text_list(f"{name}.", TTL, "IN", rdtype, texts))
            if not (records and records[0][0] == "CNAME" and question.rdtype != dns.rdatatype.CNAME):
                break
            name = records[0][1][0].rstrip(".")
        if not exists:
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response

    def _records(self, name, rdtype):
        """[(type, [text])], and whether the name exists at all, be it only as a part of longer ones."""
        zone = self._zones.get(name)
        addresses = self._addresses.get(name) or self._catch_all
        exists = bool(zone or addresses) or any(
            other.endswith(f".{name}") for other in (*self._zones, *self._addresses))
        if zone and zone.alias:
            return [("CNAME", [f"{zone.alias}."])], True
        texts = []
        if addresses and rdtype == dns.rdatatype.A:
            texts = [addresses[0]]
        elif addresses and rdtype == dns.rdatatype.AAAA:
            texts = [addresses[1]] if addresses[1] else []
        elif zone and rdtype == dns.rdatatype.MX:
            texts = _dotted(zone.mx)
        elif zone and rdtype == dns.rdatatype.SRV:
            texts = _dotted(zone.srv)
        elif zone and rdtype == dns.rdatatype.TXT:
            texts = [f'"{text}"' for text in zone.txt]
        return ([(dns.rdatatype.to_text(rdtype), texts)] if texts else []), exists


class DnsServer:
    def __init__(self, names, record):
        self._names = names
        self._record = record
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 53))
        self._tcp = socket.create_server(("127.0.0.1", 53))
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._serve_udp, self._serve_tcp)]
        for thread in self._threads:
            thread.start()

    def close(self):
        for server in (self._udp, self._tcp):
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)  # which wakes its thread: as long as that waits, the port is taken
        for thread in self._threads:
            thread.join(10)
        for server in (self._udp, self._tcp):
            server.close()

    def _serve_udp(self):
        while True:
            try:
                wire, client = self._udp.recvfrom(65535)
            except OSError:
                return
            if self._udp.fileno() < 0 or not client:
                return
            query, response = self._answer(wire)
            if response is None:
                continue
            limit = query.payload or 512
            try:
                wire = response.to_wire(max_size=limit)
            except dns.exception.TooBig:
                wire = dns.message.make_response(query)
                wire.flags |= dns.flags.TC
                wire = wire.to_wire()
            with contextlib.suppress(OSError):
                self._udp.sendto(wire, client)

    def _serve_tcp(self):
        while True:
            try:
                connection, _ = self._tcp.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError, struct.error):
                connection.settimeout(5)
                size, = struct.unpack("!H", connection.recv(2))
                _, response = self._answer(connection.recv(size))
                if response is not None:
                    wire = response.to_wire()
                    connection.sendall(struct.pack("!H", len(wire)) + wire)

    def _answer(self, wire):
        try:
            query = dns.message.from_wire(wire)
        except dns.exception.DNSException:
            return None, None
        question = query.question[0]
        self._record.queries.append(Query(self._record.now(), question.name.to_text(omit_final_dot=True).lower(),
                                          dns.rdatatype.to_text(question.rdtype)))
        return query, self._names.answer(query)


def _dotted(text):
    """Records of a comma-separated list, their host names made absolute."""
    records = [part.strip() for part in text.split(",") if part.strip()]
    return [record if record.endswith(".") else f"{record}." for record in records]
