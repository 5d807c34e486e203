# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command inside a little internet, with real names, ports and certificates, and nothing of the world outside:

    scripts/environment python3 tests/support/internet [--record FILE] WORLD -- COMMAND …
    scripts/environment python3 tests/support/internet --list

The command's exit code is ours. --record writes what it did on the network, as JSON."""

import argparse
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[3]))

from tests.setup import worlds  # noqa: E402
from tests.support.internet import namespace  # noqa: E402


def main():
    parser = argparse.ArgumentParser(prog="internet", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("world", nargs="?")
    parser.add_argument("--list", action="store_true", help="print the names of all worlds")
    parser.add_argument("--record", metavar="FILE")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if arguments.list or not arguments.world:
        for name, about in worlds.summaries():
            print(f"{name:30} {about}")
        return 0
    world = worlds.find(arguments.world)
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    namespace.enter()
    from tests.support.internet.internet import Internet  # needs packages that only the environment has
    with Internet(world) as internet:
        code = subprocess.run(command or [os.environ.get("SHELL", "sh")], check=False).returncode
        internet.settle()
        if arguments.record:
            pathlib.Path(arguments.record).write_text(internet.record.to_json(), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
