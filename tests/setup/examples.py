# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ordinary worlds, where everything works: to try the program by hand, and as the ground that the cases change."""

from tests.setup.pages import autoconfig_at, usual
from tests.support.internet.world import Host, Imap, Pop3, Smtp, World, Zone

PASSWORD = "Gizli-Şifre 42!"

WORLDS = {
    "autoconfig": ("a@d1.example finds its servers by https autoconfig", World(
        zones={"d1.example": Zone(mx="10 mx.d1.example")},
        hosts=(
            Host("autoconfig.d1.example", (autoconfig_at("d1.example", usual("d1.example")),)),
            Host("imap.d1.example", (Imap(users={"a@d1.example": PASSWORD}), Pop3(users={"a@d1.example": PASSWORD}))),
            Host("smtp.d1.example", (Smtp(users={"a@d1.example": PASSWORD}),)),
        ))),
    "srv": ("a@d4.example finds its servers by SRV records", World(
        zones={"d4.example": Zone(mx="10 mx.d4.example"),
               "_imaps._tcp.d4.example": Zone(srv="0 1 993 imap.d4.example"),
               "_submissions._tcp.d4.example": Zone(srv="0 1 465 smtp.d4.example")},
        hosts=(
            Host("imap.d4.example", (Imap(users={"a@d4.example": PASSWORD}),)),
            Host("smtp.d4.example", (Smtp(users={"a@d4.example": PASSWORD}),)),
        ))),
    "probe": ("a@d7.example has servers at the usual names, and tells nobody", World(
        zones={"d7.example": Zone(mx="10 mx.d7.example")},
        hosts=(
            Host("imap.d7.example", (Imap(users={"a@d7.example": PASSWORD}),)),
            Host("smtp.d7.example", (Smtp(users={"a@d7.example": PASSWORD}),)),
        ))),
}
