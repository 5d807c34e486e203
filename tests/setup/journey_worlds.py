# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worlds that the journeys through the set-up are walked in."""

from tests.setup.pages import autoconfig_at, usual
from tests.support.internet.world import Certificate, Door, Host, Imap, Smtp, World, Zone

PASSWORD = "Gizli-Sifre 42!"


def servers(user, imap, smtp, certificate=None):
    """Hosts of the two servers, which may be one."""
    extra = {"certificate": certificate} if certificate else {}
    incoming = Imap(users={user: PASSWORD}, **extra)
    outgoing = Smtp(users={user: PASSWORD}, **extra)
    if imap == smtp:
        return (Host(imap, (incoming, outgoing)),)
    return Host(imap, (incoming,)), Host(smtp, (outgoing,))


KNOWN = World(hosts=servers("ayse@yandex.com.tr", "imap.yandex.com", "smtp.yandex.com"))


def with_mailbox(real):
    """example.test, whose mailboxes are in a real Dovecot and Postfix: TLS ends here, the rest is theirs."""
    return World(
        zones={"example.test": Zone(mx="10 mx.example.test")},
        hosts=(Host("autoconfig.example.test", (autoconfig_at("example.test", usual("example.test")),)),
               Host("imap.example.test", (Imap(doors={993: Door.TLS}, relay=real.ports["imap"]),)),
               Host("smtp.example.test", (Smtp(doors={465: Door.TLS}, relay=real.ports["submission"]),))))


SRV = World(
    zones={"d4.example": Zone(mx="10 mx.d4.example"), "_imaps._tcp.d4.example": Zone(srv="0 1 993 imap.d4.example"),
           "_submissions._tcp.d4.example": Zone(srv="0 1 465 smtp.d4.example")},
    hosts=servers("ayse@d4.example", "imap.d4.example", "smtp.d4.example"))
SHARED_HOSTING = World(
    zones={"firma2.com.tr": Zone(mx="10 mail.firma2.com.tr")},
    hosts=servers("ayse@firma2.com.tr", "mail.firma2.com.tr srv12.trwww.com", "mail.firma2.com.tr srv12.trwww.com",
                  certificate=Certificate(names=("srv12.trwww.com",))))
EVIL = World(
    zones={"d6.example": Zone(mx="10 mx.evil.example")},
    hosts=(Host("autoconfig.evil.example", (autoconfig_at("evil.example", usual("evil.example")),)),
           *servers("ayse@d6.example", "imap.evil.example", "smtp.evil.example")))
NOTHING = World(
    zones={"d7.example": Zone(mx="10 mx.d7.example")},
    hosts=servers("ayse@d7.example", "posta.d7.example", "posta.d7.example"))
