# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""postaci-cli as the tests of the set-up call it, and a table of cases that several worlds work on at once."""

import argparse
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

PATIENCE = 40  # seconds, after which a call is ended by force
QUICK = 1.0  # seconds: a case with less time than that runs alone, so that the others don't take it


@dataclasses.dataclass
class Run:
    """One call of the program."""

    lines: list[dict]
    code: int
    seconds: float
    errors: str

    def of(self, key):
        """The lines that have this key: what is behind it."""
        return [line[key] for line in self.lines if key in line]


def call(program, *arguments, password=None, profile=None):
    """Runs postaci-cli in a fresh profile, with no switch that only tests use."""
    with tempfile.TemporaryDirectory(prefix="postaci-profile-") as fresh:
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("XDG_", "QT_", "DBUS_", "POSTACI_", "LC_", "LANG", "http", "HTTP"))}
        environment |= {"HOME": fresh, "LANG": "C.UTF-8"}
        if password is not None:
            environment["POSTACI_PASSWORD"] = password
        begin = time.monotonic()
        done = subprocess.run([program, "--profile", profile or f"{fresh}/profile", *arguments], env=environment,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
        seconds = time.monotonic() - begin
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Run(lines, done.returncode, seconds, done.stderr)


def run_table(cases, examine, jobs=3):
    """The main function of a test: `examine(program, case)` returns what is to be seen in the table, and raises
    AssertionError. Each case has a name, a title `about` and its limit `within`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, help="postaci-cli")
    parser.add_argument("--case", action="append", help="only this one; may be repeated")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    options = parser.parse_args()
    wanted = [case for case in cases if not options.case or case.name in options.case]
    assert wanted, "no such case"
    if options.part:
        _run_part(wanted, examine, options)
    quick = [case.name for case in wanted if case.within < QUICK]
    others = [case.name for case in wanted if case.within >= QUICK]
    parts = [quick] if quick else []
    codes, begin = [], time.monotonic()
    rows = {}
    for batch in (parts, [others[start::jobs] for start in range(jobs) if others[start::jobs]]):
        running = [_start_part(options.program, names) for names in batch]
        for process in running:
            output, _ = process.communicate()
            codes.append(process.returncode)
            for line in output.splitlines():
                try:
                    row = json.loads(line)
                except ValueError:
                    print(line)  # why it was skipped
                    continue
                rows[row["name"]] = row
    failed = _print_rows(wanted, rows)
    print(f"{len(rows) - failed} of {len(wanted)} as expected, {time.monotonic() - begin:.0f} s")
    if failed or len(rows) < len(wanted):
        sys.exit(next((code for code in codes if code not in (0, 1)), 1))


def _start_part(program, names):
    command = [*sys.orig_argv[:sys.orig_argv.index(sys.argv[0]) + 1]] if sys.argv[0] in sys.orig_argv else [
        sys.executable, sys.argv[0]]
    return subprocess.Popen([*command, "--program", program, "--part", "yes", *[f"--case={name}" for name in names]],
                            stdout=subprocess.PIPE, text=True)


def _run_part(cases, examine, options):
    from tests.support.internet import namespace
    namespace.enter()
    for case in cases:
        row = {"name": case.name, "ok": True}
        begin = time.monotonic()
        try:
            row["seen"] = examine(options.program, case)
        except AssertionError as problem:
            row |= {"ok": False, "seen": str(problem)}
        except Exception:  # noqa: BLE001 - the other cases go on
            row |= {"ok": False, "seen": traceback.format_exc()}
        row["seconds"] = time.monotonic() - begin
        print(json.dumps(row), flush=True)
    sys.exit(0)


def _print_rows(cases, rows):
    failed = 0
    width = max(len(case.name) for case in cases)
    for case in cases:
        row = rows.get(case.name)
        if row is None:
            print(f"{'no result':9} {case.name:{width}}  {case.about}")
            continue
        failed += not row["ok"]
        first, *more = row["seen"].splitlines() or [""]
        print(f"{'ok' if row['ok'] else 'FAILED':6} {row['seconds']:5.1f} s  {case.name:{width}}  {case.about}\n"
              f"{'':{width + 17}}{first}")
        for line in more:
            print(f"{'':{width + 17}}{line}")
    return failed


def repository():
    return pathlib.Path(__file__).parents[2]
