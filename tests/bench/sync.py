# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the first synchronisation takes: the headers of all messages into the store, as a ratio to the floor, a client
that asks the same server for the same bytes and throws them away."""

import argparse
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
BIN = ROOT / "build/dev/bin"
GOAL = 3.0


def run(*command):
    result = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    if result.returncode:
        raise SystemExit(f"bench: {command[0]} failed")
    return json.loads(result.stdout)


class Server:
    """A mail server whose mail, with Dovecot's index of it, stays from one benchmark to the next."""

    def __init__(self, messages, profile="small", service="imaps", name=""):
        """`name`: of a mailbox that is changed, so that nobody else takes it for a fresh one."""
        maker = ROOT / "tests/support/mailserver"
        sources = b"".join((maker / name).read_bytes() for name in ("mailboxmaker.py", "phrases.py"))
        # Not under the home directory, which the servers' users may be unable to enter.
        base = pathlib.Path(f"/var/tmp/postaci-bench-{os.getuid()}")
        base.mkdir(mode=0o755, exist_ok=True)
        if base.stat().st_uid != os.getuid():
            raise SystemExit(f"bench: {base} belongs to somebody else")
        kind = name or ("" if profile == "small" else profile)
        self.directory = base / f"{kind}{'-' if kind else ''}{messages}-{hashlib.sha256(sources).hexdigest()[:8]}"
        self.messages, self.profile, self.service = messages, profile, service

    def __enter__(self):
        self.stop()
        description = run(ROOT / "scripts/mailserver", "start", self.directory, "--messages", self.messages,
                          "--profile", self.profile, "--parent", os.getpid())
        self.ports, self.ca = description["ports"], description["ca"]
        self.port = self.ports[self.service]
        self.user = description["users"][0]
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        subprocess.run([ROOT / "scripts/mailserver", "stop", self.directory], check=True)


def floor(server, fields):
    items = f"UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({fields})]"
    return run(BIN / "floor", server.port, server.user["address"], server.user["password"], items)


def ours(server):
    with tempfile.TemporaryDirectory() as profile:
        result = run(BIN / "bench_sync", server.directory / "server.json", profile)
    if result["messages"] != server.messages:
        raise SystemExit(f"bench: {result['messages']} of {server.messages} messages arrived")
    return result


def measure(messages, rounds):
    with Server(messages) as server:
        print(f"{messages} messages: warming up", file=sys.stderr)
        fields = ours(server)["fields"]
        floor(server, fields)
        pairs = []
        for number in range(rounds):
            print(f"{messages} messages: round {number + 1} of {rounds}", file=sys.stderr)
            pairs.append((floor(server, fields), ours(server)))

    def median(which, what):
        return statistics.median(pair[which][what] for pair in pairs)

    return {"messages": messages, "rounds": rounds, "bytes": pairs[0][0]["bytes"],
            "floor_seconds": median(0, "seconds"), "floor_cpu": median(0, "cpu"),
            "seconds": median(1, "seconds"), "cpu": median(1, "cpu"),
            "ratio": round(median(1, "seconds") / median(0, "seconds"), 3)}


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench sync", description=__doc__)
    parser.add_argument("--messages", default="20000,100000", help="how many, separated by commas")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    figures = [measure(int(count), arguments.rounds) for count in arguments.messages.split(",")]
    print(f"First synchronisation, headers only; medians of {arguments.rounds} rounds; goal: at most {GOAL:g} times the floor")
    print(f"{'messages':>10} {'floor s':>9} {'ours s':>9} {'ratio':>7} {'floor cpu':>10} {'our cpu':>9} {'messages/s':>11}")
    for f in figures:
        print(f"{f['messages']:>10} {f['floor_seconds']:>9.3f} {f['seconds']:>9.3f} {f['ratio']:>7.2f} "
              f"{f['floor_cpu']:>10.3f} {f['cpu']:>9.3f} {f['messages'] / f['seconds']:>11.0f}")
    met = all(f["ratio"] <= GOAL for f in figures)
    print(json.dumps({"bench": "sync", "goal": GOAL, **{f"ratio_{f['messages']}": f["ratio"] for f in figures},
                      "figures": figures, "met": met}))


if __name__ == "__main__":
    main()
