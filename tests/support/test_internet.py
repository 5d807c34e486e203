# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The little internet itself: what it answers, and that its record misses nothing."""

import base64
import imaplib
import pathlib
import smtplib
import socket
import ssl
import sys
import time
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from tests.support.internet import namespace  # noqa: E402

if __name__ == "__main__":
    namespace.enter()

import dns.resolver  # noqa: E402

from tests.support.internet.internet import Internet  # noqa: E402
from tests.support.internet.record import forms_of  # noqa: E402
from tests.support.internet.world import (  # noqa: E402
    Certificate, Door, Host, Imap, Ipv6, Kind, Page, Smtp, Web, World, Zone)

PASSWORD = "Gizli-Şifre 42!"
USER = "a@d.example"
HOST = "mail.d.example"


def world_of(*servers, ipv6=Ipv6.NONE, **rest):
    return World(hosts=(Host(HOST, servers, ipv6=ipv6),), **rest)


def connect(host, port, timeout=2):
    return socket.create_connection((host, port), timeout)


def tls(host=HOST, port=993):
    context = ssl.create_default_context()
    context.hostname_checks_common_name = False
    with connect(host, port) as connection, context.wrap_socket(connection, server_hostname=host) as secured:
        return secured.recv(100)


class Names(unittest.TestCase):
    def test_records_of_every_kind(self):
        world = World(zones={
            "d.example": Zone(mx="20 b.example, 5 a.example", txt=("v=1",)),
            "null.example": Zone(mx="0 ."),
            "_imaps._tcp.d.example": Zone(srv="0 1 993 imap.example"),
            "alias.example": Zone(alias=HOST),
            "broken.example": Zone(failure="SERVFAIL"),
        }, hosts=(Host(HOST, ipv6=Ipv6.WORKS),))
        with Internet(world) as internet:
            def ask(name, kind):
                return sorted(record.to_text() for record in dns.resolver.resolve(name, kind, lifetime=2))
            self.assertEqual(ask("d.example", "MX"), ["20 b.example.", "5 a.example."])
            self.assertEqual(ask("null.example", "MX"), ["0 ."])
            self.assertEqual(ask("d.example", "TXT"), ['"v=1"'])
            self.assertEqual(ask("_imaps._tcp.d.example", "SRV"), ["0 1 993 imap.example."])
            self.assertEqual(ask("alias.example", "A"), [internet.addresses[HOST][0]])
            self.assertEqual(ask(HOST, "AAAA"), [internet.addresses[HOST][1]])
            with self.assertRaises(dns.resolver.NoAnswer):
                ask("d.example", "A")
            with self.assertRaises(dns.resolver.NXDOMAIN):
                ask("nobody.example", "A")
            with self.assertRaises(dns.resolver.NoNameservers):
                ask("broken.example", "A")
        self.assertIn(("nobody.example", "A"), [(query.name, query.type) for query in internet.record.queries])

    def test_silence_and_no_network(self):
        with Internet(World(zones={"silent.example": Zone(failure="silence")})), \
                self.assertRaises(dns.resolver.LifetimeTimeout):
            dns.resolver.resolve("silent.example", "A", lifetime=0.5)
        with Internet(World(online=False)), self.assertRaises(socket.gaierror):
            connect(HOST, 993)


class Ports(unittest.TestCase):
    def test_each_door(self):
        server = Imap(doors={993: Door.TLS, 143: Door.STARTTLS, 1143: Door.CLEAR, 994: Door.DROPPED, 995: Door.SILENT})
        with Internet(world_of(server)) as internet:
            self.assertTrue(tls().startswith(b"* OK"))
            for port, starttls in ((143, True), (1143, False)):
                with connect(HOST, port) as connection:
                    self.assertEqual(b"STARTTLS" in connection.recv(1000), starttls)
            with self.assertRaises(TimeoutError):
                connect(HOST, 994, timeout=0.5)
            with connect(HOST, 995) as connection, self.assertRaises(TimeoutError):
                connection.settimeout(0.5)
                connection.recv(1)
            with self.assertRaises(ConnectionRefusedError):
                connect(HOST, 80)
            internet.settle()
        # Also who met nobody was seen; and each attempt once, however often its packet was repeated.
        self.assertEqual([attempt.port for attempt in internet.record.connections()], [993, 143, 994, 995, 80])

    def test_a_dead_ipv6_address(self):
        with Internet(world_of(Imap(), ipv6=Ipv6.DEAD)) as internet:
            with self.assertRaises(TimeoutError):
                connect(internet.addresses[HOST][1], 993, timeout=0.5)
            connect(internet.addresses[HOST][0], 993).close()

    def test_a_machine_without_ipv6(self):
        with Internet(world_of(Imap(), ipv6=Ipv6.WORKS)) as internet:
            connect(internet.addresses[HOST][1], 993).close()
        with Internet(World(hosts=(Host(HOST, (Imap(),), Ipv6.WORKS),), ipv6=False)) as internet, \
                self.assertRaises(OSError):
            connect(internet.addresses[HOST][1], 993, timeout=0.5)


class Certificates(unittest.TestCase):
    def test_only_good_ones_are_accepted(self):
        for kind in Kind:
            with self.subTest(kind), Internet(world_of(Imap(certificate=Certificate(kind)))):
                if kind is Kind.GOOD:
                    tls()
                else:
                    with self.assertRaises(ssl.SSLError):
                        tls()

    def test_another_name(self):
        certificate = Certificate(names=("other.example", "*.d.example"))
        with Internet(World(hosts=(Host(f"{HOST} d.example", (Imap(certificate=certificate),)),))) as internet:
            tls(HOST)
            with self.assertRaises(ssl.SSLCertVerificationError):
                tls("d.example")
        self.assertEqual([(entry.sni, entry.verified) for entry in internet.record.conversations if entry.tls],
                         [(HOST, True)])


class Secrets(unittest.TestCase):
    def test_every_form_is_recognised(self):
        for login in (f"\0{USER}\0{PASSWORD}", PASSWORD, f"ab{PASSWORD}cd"):
            coded = base64.b64encode(login.encode())
            self.assertTrue(any(form in coded for form in forms_of(PASSWORD)), login)
        self.assertFalse(any(form in base64.b64encode(b"\0" + USER.encode()) for form in forms_of(PASSWORD)))

    def test_over_tls_it_is_heard_and_kept(self):
        with Internet(world_of(Imap(users={USER: PASSWORD}))) as internet:
            client = imaplib.IMAP4_SSL(HOST, ssl_context=ssl.create_default_context())
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            client.logout()
            internet.settle()
        record = internet.record
        self.assertEqual([entry.logins for entry in record.heard(PASSWORD)], [["PLAIN"]])
        self.assertEqual(record.problems_with(PASSWORD, {HOST}), [])
        self.assertEqual(len(record.problems_with(PASSWORD, {"imap.other.example"})), 1)

    def test_in_clear_it_is_noticed(self):
        with Internet(world_of(Smtp(users={USER: PASSWORD}, clear_mechanisms="PLAIN"))) as internet:
            with smtplib.SMTP(HOST, 587, local_hostname="me") as client, \
                    self.assertRaises(smtplib.SMTPAuthenticationError):
                client.auth("PLAIN", lambda _=None: f"\0{USER}\0another")
            self.assertEqual(internet.record.in_clear(PASSWORD), [])
            with connect(HOST, 587) as connection:
                connection.sendall(b"AUTH PLAIN " + base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()) + b"\r\n")
                connection.recv(1000)
            with connect(HOST, 465) as connection:  # nobody decrypts this, and yet everybody can read it
                connection.sendall(PASSWORD.encode())
            internet.settle()
        self.assertEqual(sorted(flow[3] for flow in internet.record.in_clear(PASSWORD)), [465, 587])
        self.assertEqual(len(internet.record.problems_with(PASSWORD, {HOST})), 3)


class Pages(unittest.TestCase):
    def test_pages_and_their_faults(self):
        web = Web({"/good": Page(b"<a/>"), "/late": Page(b"x", stalls_after=0), "/cut": Page(b"x" * 100, cut_after=10),
                   "/big": Page(b"x" * 1000, repeats=1000)})
        with Internet(world_of(web)) as internet:
            def get(path):
                return urllib.request.urlopen(f"https://{HOST}{path}", timeout=1).read()
            self.assertEqual(get("/good?x=1"), b"<a/>")
            self.assertEqual(len(get("/big")), 1_000_000)
            for path in ("/missing", "/late", "/cut"):
                with self.assertRaises(Exception):
                    get(path)
        self.assertEqual(internet.record.requests[0].url, f"https://{HOST}/good?x=1")


class Attacks(unittest.TestCase):
    def test_injected_text_comes_before_tls(self):
        with Internet(world_of(Imap(injected=b"* CAPABILITY IMAP4rev1\r\n"))), connect(HOST, 143) as connection:
            connection.recv(1000)
            connection.sendall(b"a STARTTLS\r\n")
            time.sleep(0.1)
            self.assertIn(b"OK begin TLS\r\n* CAPABILITY", connection.recv(1000))


if __name__ == "__main__":
    unittest.main(verbosity=2)
