# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which way of logging in is chosen of those that a server offers, and that none is used in clear."""

import dataclasses
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from tests.setup import client  # noqa: E402
from tests.setup.fault_cases import ADDRESS, PASSWORD, USERS, imap, smtp, world  # noqa: E402

MADE_UP = " ".join(f"X-MECHANISM-{number}" for number in range(55))


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    about: str
    offered: str
    chosen: str  # of both servers; empty: none is good enough, and the password stays here
    clear: str = ""  # offered before TLS, to tempt us
    starttls: bool = False
    within: float = 15.0


CASES = [
    Case("plain", "PLAIN needs one step, LOGIN two", "LOGIN PLAIN", "PLAIN"),
    Case("login", "LOGIN alone", "LOGIN", "LOGIN"),
    Case("cram-md5", "CRAM-MD5 alone", "CRAM-MD5", "CRAM-MD5"),
    Case("scram-256", "SCRAM keeps the password here", "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256", "SCRAM-SHA-256"),
    Case("scram-1", "the older SCRAM", "PLAIN SCRAM-SHA-1", "SCRAM-SHA-1"),
    Case("strange", "Kerberos, Windows, certificates, nobody: not for us to try", "GSSAPI NTLM EXTERNAL ANONYMOUS PLAIN", "PLAIN"),
    Case("tokens", "a password is no token", "XOAUTH2 OAUTHBEARER PLAIN", "PLAIN"),
    Case("made-up", "55 that nobody has heard of", f"{MADE_UP} PLAIN", "PLAIN"),
    Case("only-made-up", "and nothing else", MADE_UP, ""),
    Case("starttls", "LOGINDISABLED before TLS and not after", "PLAIN", "PLAIN", starttls=True),
    Case("tempting", "before TLS the server would take everything", "SCRAM-SHA-256", "SCRAM-SHA-256", "PLAIN LOGIN", starttls=True),
]


def examine(program, case):
    from tests.support.internet.internet import Internet
    options = ["--imap-host", "imap.d.example", "--smtp-host", "smtp.d.example"]
    if case.starttls:
        options += ["--imap-encryption", "starttls", "--smtp-encryption", "starttls"]
    servers = [make(users=USERS, mechanisms=case.offered, clear_mechanisms=case.clear,
                    **({"login_disabled": not case.chosen} if make is imap else {})) for make in (imap, smtp)]
    with Internet(world(*servers)) as internet:
        run = client.call(program, "account", "add", "--address", ADDRESS, *options, password=PASSWORD)
        internet.settle()
    record = internet.record
    used = {server: record.logins(server) for server in ("Imap", "Smtp")}
    expected = [case.chosen] if case.chosen else []
    assert used == {"Imap": expected, "Smtp": expected}, f"used {used}, {run.lines}"
    assert (run.code == 0) == bool(case.chosen), run.lines
    problems = record.problems_with(PASSWORD, {"imap.d.example", "smtp.d.example"})
    assert not problems, problems
    if case.chosen.startswith(("SCRAM", "CRAM")) or not case.chosen:
        assert not record.heard(PASSWORD), "the server was told the password itself"
    return case.chosen or "none"


if __name__ == "__main__":
    client.run_table(CASES, examine)
