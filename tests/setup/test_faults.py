# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of an account against every fault of fault_cases.py: the rung that broke, the class of the problem and the fix that
is offered; and whom the password reaches."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from tests.setup import client  # noqa: E402
from tests.setup.fault_cases import FAULTS, PASSWORD  # noqa: E402

START_UP = 1.0  # seconds that the program itself takes


def examine(program, fault):
    from tests.support.internet.internet import Internet
    with Internet(fault.world) as internet:
        run = client.call(program, "account", "check", "--address", fault.address, *fault.options, password=PASSWORD)
        internet.settle()
    assert run.lines and "ok" in run.lines[-1], f"no summary: {run.lines} {run.errors}"
    summary, steps = run.lines[-1], run.lines[:-1]
    seen = _describe(summary, steps)
    _check_secrecy(fault, internet.record)

    for side, verdict in (("incoming", fault.incoming), ("outgoing", fault.outgoing)):
        found = summary[side]
        if verdict is None:
            assert found.get("works"), seen
        else:
            _check_verdict(verdict, found, _failed_rung(steps, side), seen)
    works = fault.incoming is None and fault.outgoing is None
    assert summary["ok"] == works and (run.code == 0) == works, seen
    assert summary["canReceive"] == (fault.incoming is None), seen
    if fault.works_with:
        servers = [summary["account"][kind] for kind in ("imap", "pop3", "smtp") if kind in summary["account"]]
        taken = [f"{server['host']}:{server['port']}" for server in servers]
        assert fault.works_with in taken, seen
        assert [note["problem"] for note in summary["notes"]] == ["portBlocked"], seen
    assert summary["ms"] <= fault.within * 1000, f"{summary['ms']} ms. {seen}"
    assert run.seconds <= fault.within + START_UP, f"the program ran for {run.seconds:.1f} s"
    return seen


def _check_verdict(verdict, found, rung, seen):
    assert (rung, found.get("problem"), found.get("fix")) == (verdict.step, verdict.problem, verdict.fix), (
        f"expected {verdict.step}, {verdict.problem}, {verdict.fix}\n{seen}")
    if verdict.proposal:
        assert f"{found['proposal']['host']}:{found['proposal']['port']}" == verdict.proposal, seen
        assert found["proposal"]["encryption"] != "none", seen
    if verdict.page:
        assert found["page"].startswith(verdict.page), seen
    if verdict.text:
        assert verdict.text in found["error"]["serverText"], seen
    # Nobody is ever told to do without encryption.
    assert found.get("proposal", {}).get("encryption") != "none", seen


def _check_secrecy(fault, record):
    problems = record.problems_with(PASSWORD, set(fault.hosts))
    assert not problems, problems
    for server in ("Imap", "Pop3", "Smtp"):
        tries = record.logins(server)
        assert len(tries) <= fault.logins, f"{server} was asked {len(tries)} times: {tries}"
    assert not record.mails, "a mail was sent"


def _failed_rung(steps, side):
    """The last rung that broke on this side; an earlier one may have been gone round."""
    failed = [step["step"] for step in steps if step["state"] == "failed" and (step["server"] == "smtp") == (side == "outgoing")]
    return failed[-1] if failed else "none"


def _describe(summary, steps):
    lines = []
    for side in ("incoming", "outgoing"):
        found = summary.get(side, {})
        if found.get("works"):
            lines.append(f"{side}: works")
            continue
        proposal = f" {found['proposal']['host']}:{found['proposal']['port']}" if "proposal" in found else ""
        lines.append(f"{side}: {_failed_rung(steps, side)}, {found.get('problem')}, {found.get('fix')}{proposal} {found.get('page', '')}")
    for note in summary.get("notes", []):
        lines.append(f"gone round: {note['server']} {note['problem']}")
    return f"{summary['ms']} ms\n" + "\n".join(lines)


if __name__ == "__main__":
    client.run_table(FAULTS, examine)
