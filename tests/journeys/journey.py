# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A journey: steps that a user takes through the whole program. Each prints its result, its time and the path of a
screenshot; the first that fails ends the journey with exit code 1 and leaves the accessible tree beside its picture."""

import argparse
import contextlib
import pathlib
import re
import subprocess
import sys
import time
import traceback

from tests.journeys import session
from tests.journeys.program import Program


class Journey:
    def __init__(self, name, directory, options):
        self.directory = directory  # temporary, gone at the end
        self.options = options
        self.output = pathlib.Path(options.output) / name
        self.output.mkdir(parents=True, exist_ok=True)
        for old in self.output.iterdir():
            old.unlink()
        self.program = None
        self._log = (self.output / "program.log").open("wb")
        self._count = 0

    def start_program(self, *arguments):
        self.program = Program([self.options.program, *arguments], self._log)
        return self.program

    @contextlib.contextmanager
    def step(self, what):
        self._count += 1
        begin = time.monotonic()
        try:
            yield
        except Exception as problem:
            picture = self._screenshot(what)
            print(f"FAILED {time.monotonic() - begin:6.1f} s  {what}: {problem}  {picture}", flush=True)
            traceback.print_exc(file=sys.stderr)
            if self.program:
                tree = picture.with_suffix(".txt")
                with contextlib.suppress(Exception):
                    tree.write_text(self.program.dump(), encoding="utf-8")
                    print(f"       accessible tree: {tree}", flush=True)
            sys.exit(1)
        print(f"ok     {time.monotonic() - begin:6.1f} s  {what}  {self._screenshot(what)}", flush=True)

    def _screenshot(self, what):
        slug = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")[:50]
        path = self.output / f"{self._count:02}-{slug}.png"
        subprocess.run(["scrot", "--overwrite", "--silent", str(path)], check=True)
        return path


def run(name, walk, deadline=300, configure=None):
    """The main function of a journey's script: `walk(journey)` in a session of its own. `configure` adds options to the
    command line's parser; those that were given are part of the name of the output's directory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, help="the program's binary")
    parser.add_argument("--output", required=True, help="directory for screenshots and logs")
    if configure:
        configure(parser)
    options = parser.parse_args()
    directory = session.run_in_own_session(deadline)
    scale = getattr(options, "scale", 1)
    session.start_desktop(directory, scale)
    variant = [str(value) for key, value in vars(options).items() if key not in ("program", "output", "only")]
    walk(Journey("_".join([name, *variant]), directory, options))
    print(f"{name}: done", flush=True)
