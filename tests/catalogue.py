#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when docs/testing.md or docs/synchronisation.md names a test that does not exist."""

import pathlib
import re
import sys


def main():
    root = pathlib.Path(sys.argv[1])
    sources = {p.stem: p.read_text(encoding="utf-8")
               for p in (root / "tests").rglob("test_*") if p.suffix in (".cpp", ".py")}
    page = (root / "docs/testing.md").read_text(encoding="utf-8")
    table = (root / "docs/synchronisation.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+)::(\w+)`", page + table)
    if len(named) < 40:
        print("docs/testing.md names hardly any test; has its form changed?")
        return 1
    missing = [f"{file}::{function}" for file, function in named
               if not re.search(rf"\b(?:void (?:\w+::)?{function}\(\)|def {function}\()", sources.get(file, ""))]
    tables = "".join(p.read_text(encoding="utf-8") for p in (root / "tests/setup").glob("*.py"))
    missing += [f"{table} {case}" for table, case in re.findall(r"`(setup_\w+) ([\w-]+)`", page)
                if f'("{case}",' not in tables and f'"{case}": ' not in tables]
    for name in missing:
        print(f"the pages name {name}, and there is none")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
