# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that change after an account was set up: whatever they offer then, what was agreed on stays, and a password that
is refused is not tried again by itself."""

import dataclasses
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from tests.setup import client  # noqa: E402
from tests.setup.fault_cases import ADDRESS, PASSWORD, WRONG, imap, smtp, world  # noqa: E402
from tests.setup.pages import autoconfig, autoconfig_at, server  # noqa: E402
from tests.support.internet.world import Certificate, Door, Host, Kind, Web, World  # noqa: E402

HOSTS = ("--imap-host", "imap.d.example", "--smtp-host", "smtp.d.example")
STARTTLS = ("--imap-encryption", "starttls", "--smtp-encryption", "starttls")


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    about: str
    later: World
    options: tuple[str, ...] = HOSTS
    logins: int = 0  # of the incoming server, in the three calls
    works: bool = False
    within: float = 60.0


CLEAR = {"clear_mechanisms": "PLAIN LOGIN", "offers_starttls": False}
IN_CLEAR = autoconfig("d.example", server("imap", "imap.d.example", 143, "plain"), server("smtp", "smtp.d.example", 25, "plain"))

CASES = [
    Case("same", "nothing has changed", world(), logins=3, works=True),
    Case("only-starttls", "TLS is gone, STARTTLS is offered", world(imap(doors={143: Door.STARTTLS}), smtp(doors={587: Door.STARTTLS}))),
    Case("old-tls", "nothing newer than TLS 1.1", world(imap(old_tls=True), smtp(old_tls=True))),
    Case("no-tls", "the ports of TLS speak in clear", world(
        imap(doors={993: Door.CLEAR, 143: Door.CLEAR}, **CLEAR), smtp(doors={465: Door.CLEAR, 587: Door.CLEAR}, **CLEAR))),
    Case("stripped", "STARTTLS was agreed on and is not offered any more", world(imap(**CLEAR), smtp(**CLEAR)), HOSTS + STARTTLS),
    Case("stripped-port", "the same, and TLS on its own port is there", world(
        imap(doors={993: Door.TLS, 143: Door.CLEAR}, **CLEAR), smtp(doors={465: Door.TLS, 587: Door.CLEAR}, **CLEAR)), HOSTS + STARTTLS),
    Case("self-signed", "the certificate is another one that nobody vouches for", world(
        imap(certificate=Certificate(Kind.SELF_SIGNED)), smtp(certificate=Certificate(Kind.SELF_SIGNED)))),
    Case("autoconfig", "and the provider's web site now says: in clear", world(
        imap(doors={143: Door.CLEAR}, **CLEAR), smtp(doors={25: Door.CLEAR}, **CLEAR),
        Host("autoconfig.d.example", (autoconfig_at("d.example", IN_CLEAR), Web(doors={80: Door.CLEAR}))))),
    Case("wrong-password", "the password was changed elsewhere: one try for each of the user's actions (T22)",
         world(imap(users=WRONG, locks_after=3, locked="NO [LIMIT] locked"), smtp(users=WRONG)), logins=3),
]


def examine(program, case):
    from tests.support.internet.internet import Internet
    with tempfile.TemporaryDirectory(prefix="postaci-later-") as directory:
        def call(*arguments):
            return client.call(program, *arguments, password=PASSWORD, profile=f"{directory}/profile")
        with Internet(world()):
            added = call("account", "add", "--address", ADDRESS, *case.options)
            assert added.code == 0, added
        before = call("account", "list").lines
        with Internet(case.later) as internet:
            calls = [call("sync") for _ in range(3)]
            internet.settle()
        after = call("account", "list").lines
    record = internet.record
    assert before == after, f"the stored settings changed: {after}"
    assert len(record.logins("Imap")) == case.logins, f"logins: {record.logins('Imap')}"
    assert all((done.code == 0) == case.works for done in calls), calls
    if case.logins:
        problems = record.problems_with(PASSWORD, {"imap.d.example", "smtp.d.example"})
    else:
        problems = record.problems_with(PASSWORD, set())
    assert not problems, problems
    return "works" if case.works else f"{calls[0].of('error')[0]['kind']} at {calls[0].of('error')[0]['step']}"


if __name__ == "__main__":
    client.run_table(CASES, examine)
