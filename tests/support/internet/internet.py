# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a world to life: its name server, its machines, and the record of what happens."""

import os
import pathlib
import tempfile

from tests.support.internet import mailservers, namespace, webserver
from tests.support.internet.certificates import Authority
from tests.support.internet.dnsserver import DnsServer, Names
from tests.support.internet.record import Record, Sniffer
from tests.support.internet.wire import Listener
from tests.support.internet.world import Door, Ipv6, Web

_authority = None


class Internet:
    """`with Internet(world) as internet:` the world is there, and only that one. Inside namespace.enter() alone."""

    def __init__(self, world):
        self.world = world
        self.record = Record()
        self.addresses = {}  # name: (IPv4, IPv6 or empty)
        self._open = []

    @property
    def authority(self):
        """One for the whole run: programs keep what they have read of the trusted issuers."""
        global _authority
        if _authority is None:
            directory = pathlib.Path(os.environ[namespace.INSIDE])
            _authority = Authority(tempfile.mkdtemp(prefix="tls-", dir=directory))
            namespace.trust(_authority.root_pem)
        return _authority

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind, *_):
        self._stop()
        if kind is None and self.record.faults:
            raise AssertionError("the servers themselves failed:\n" + "\n".join(self.record.faults))

    def settle(self):
        """Returns when everything that was sent so far is in the record."""
        self._sniffer.catch_up()

    def _start(self):
        namespace.set_ipv6(True)  # servers' addresses are there in any case
        namespace.set_resolver(self.world.resolver)
        authority = self.authority
        for number, host in enumerate(self.world.hosts, 10):
            pair = (host.address or f"11.0.{number // 250}.{number % 250 + 1}",
                    f"2600:1::{number:x}" if host.ipv6 is not Ipv6.NONE else "")
            for name in host.names.split():
                self.addresses[name] = pair
            for server in host.servers:
                make = webserver.server_for if isinstance(server, Web) else mailservers.server_for
                serve = make(server, self.record)
                for port, door in server.doors.items():
                    self._listen(pair[0], port, door, host, server, serve, authority)
                    if pair[1]:
                        dead = host.ipv6 is Ipv6.DEAD
                        self._listen(pair[1], port, Door.DROPPED if dead else door, host, server, serve, authority)
        namespace.set_ipv6(self.world.ipv6)
        if self.world.online:
            server = DnsServer(Names(self.world, self.addresses), self.record)
            self._open.append(server)
        # What the full queues cost us is no part of the story.
        self.record.reset()
        self._sniffer = Sniffer(self.record)
        self._open.append(self._sniffer)

    def _listen(self, address, port, door, host, server, serve, authority):
        self._open.append(Listener(address, port, door, host.names, server, serve, authority, self.record))

    def _stop(self):
        while self._open:
            self._open.pop().close()
