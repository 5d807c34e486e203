# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All worlds of the set-up's tests, by name, for tests/support/internet's command line."""

from tests.setup import examples


def summaries():
    return [(name, about) for name, (about, _) in examples.WORLDS.items()]


def find(name):
    if name not in examples.WORLDS:
        raise SystemExit(f"no world '{name}'; --list shows them")
    return examples.WORLDS[name][1]
