# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of bad certificate at IMAP and SMTP, with TLS from the first byte and with STARTTLS: none is accepted, and the
password stays here (T12)."""

import dataclasses
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from tests.setup import client  # noqa: E402
from tests.setup.fault_cases import ADDRESS, PASSWORD, imap, smtp, world  # noqa: E402
from tests.support.internet.world import Certificate, Kind  # noqa: E402

HOSTS = ["--imap-host", "imap.d.example", "--smtp-host", "smtp.d.example"]
STARTTLS = ["--imap-encryption", "starttls", "--smtp-encryption", "starttls"]
NAME, DATE, TRUST = "CertificateName", "CertificateExpired", "CertificateUntrusted"


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    certificate: Certificate
    error: str
    starttls: bool
    within: float = 15.0

    @property
    def about(self):
        return f"{self.certificate.kind.value} {self.certificate.names or ''}{', STARTTLS' if self.starttls else ''}"


WRONG_NAMES = {
    "other-name": ("other.example",),
    "wildcard-too-wide": ("*.example",),  # one label, never two
    "wildcard-all": ("*",),
    "parent": ("d.example",),
    "prefix": ("imap.d.example.evil.example", "smtp.d.example.evil.example"),
}
ERRORS = {Kind.EXPIRED: DATE, Kind.NOT_YET: DATE, Kind.FUTURE: DATE, Kind.NUL: NAME, Kind.COMMON_NAME: NAME}
CASES = [Case(f"{kind.name.lower()}{'-starttls' * starttls}", Certificate(kind), ERRORS.get(kind, TRUST), starttls)
         for kind in Kind if kind is not Kind.GOOD for starttls in (False, True)]
CASES += [Case(f"{name}{'-starttls' * starttls}", Certificate(names=names), NAME, starttls)
          for name, names in WRONG_NAMES.items() for starttls in (False, True)]


def examine(program, case):
    from tests.support.internet.internet import Internet
    with Internet(world(imap(certificate=case.certificate), smtp(certificate=case.certificate))) as internet:
        run = client.call(program, "account", "add", "--address", ADDRESS, *HOSTS, *(STARTTLS if case.starttls else []),
                          password=PASSWORD)
        internet.settle()
    record = internet.record
    problems = record.problems_with(PASSWORD, set())
    assert not problems, problems
    assert not record.logins(), record.logins()
    assert {entry.server for entry in record.conversations} == {"Imap", "Smtp"}, "one server was not even asked"
    assert run.code == 1, run.lines
    error = run.of("error")[0]
    assert error["kind"] == case.error, error
    assert error["endpoint"].partition(":")[0] in error["sentence"], error
    return error["sentence"]


if __name__ == "__main__":
    client.run_table(CASES, examine)
