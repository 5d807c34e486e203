# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All worlds of the set-up's tests, by name, for tests/support/internet's command line."""

from tests.setup import discover_cases, examples, fault_cases


def _all():
    """name: (about, address, world)"""
    return ({name: (about, "", world) for name, (about, world) in examples.WORLDS.items()}
            | {f"discover-{case.name}": (case.about, case.address, case.world) for case in discover_cases.CASES}
            | {f"fault-{case.name}": (case.about, case.address, case.world) for case in fault_cases.FAULTS})


def summaries():
    return [(name, f"{address.strip():24} {about}" if address else about) for name, (about, address, _) in _all().items()]


def find(name):
    if name not in _all():
        raise SystemExit(f"no world '{name}'; --list shows them")
    return _all()[name][2]
