# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long POP3 takes, as a ratio to what is physically possible at the same server: a maildrop of mails of ordinary size into
the store, against a client that asks for the same, pipelined, and throws it away; and a look that finds a few new mails among
many that stay on the server, against the list of unique ids alone."""

import argparse
import json
import statistics
import sys
import tempfile

from sync import BIN, Server, inbox, run

GOAL = 1.5
NEW = 5


def floor(server, *what):
    return run(BIN / "floor", server.port, server.user["address"], server.user["password"], *what)


def ours(server, profile, expected):
    result = run(BIN / "bench_pop3", server.directory / "server.json", profile)
    if result["messages"] != expected:
        raise SystemExit(f"bench: {result['messages']} messages arrived, not {expected}")
    return result


def measure(name, messages, pairs):
    """Medians of pairs of (floor, ours)."""
    def median(which, what):
        return statistics.median(pair[which][what] for pair in pairs)

    return {"name": name, "messages": messages, "bytes": pairs[0][0]["bytes"],
            "floor_seconds": median(0, "seconds"), "floor_cpu": median(0, "cpu"),
            "seconds": median(1, "seconds"), "cpu": median(1, "cpu"),
            "searchable_seconds": median(1, "searchable_seconds"), "searchable_cpu": median(1, "searchable_cpu"),
            "ratio": round(median(1, "seconds") / median(0, "seconds"), 3)}


def download(messages, rounds):
    with Server(messages, "real", "pop3s") as server:
        def once():
            with tempfile.TemporaryDirectory() as profile:
                return floor(server, "--retr", messages), ours(server, profile, messages)
        print(f"{messages} mails: warming up", file=sys.stderr)
        once()
        pairs = []
        for number in range(rounds):
            print(f"{messages} mails: round {number + 1} of {rounds}", file=sys.stderr)
            pairs.append(once())
        return measure("download", messages, pairs)


def remove_new_mails(server):
    with inbox(server) as client:
        count = int(client.select("INBOX")[1][0])
        if count > server.messages:
            client.store(f"{server.messages + 1}:*", "+FLAGS.SILENT", "\\Deleted")
            client.expunge()


def poll(messages, rounds):
    with Server(messages, "small", "pop3s", "pop3") as server, tempfile.TemporaryDirectory() as profile:
        remove_new_mails(server)
        print(f"{messages} mails on the server: fetching them once", file=sys.stderr)
        ours(server, profile, messages)
        pairs = []
        for number in range(rounds):
            print(f"{messages} mails on the server: round {number + 1} of {rounds}", file=sys.stderr)
            with inbox(server) as client:
                for new in range(NEW):
                    mail = f"From: a@example.test\r\nSubject: {number} {new}\r\n\r\nMerhaba\r\n"
                    client.append("INBOX", None, None, mail.encode())
            floor(server, "--uidl")  # the server itself sees them for the first time
            pairs.append((floor(server, "--uidl"), ours(server, profile, NEW)))
        remove_new_mails(server)
        return measure("poll", messages, pairs)


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench pop3", description=__doc__)
    parser.add_argument("--download", type=int, default=10_000, help="mails of ordinary size")
    parser.add_argument("--poll", type=int, default=100_000, help="mails that stay on the server")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    figures = [download(arguments.download, arguments.rounds)] + ([poll(arguments.poll, arguments.rounds)] if arguments.poll else [])
    print(f"POP3; medians of {arguments.rounds} rounds; goal: at most {GOAL:g} times the floor")
    print("ours: until all is in the store and in its list, which is what the goal is about; searchable: until all is found by "
          "its text")
    print(f"{'':>9} {'mails':>8} {'MB':>7} {'floor s':>9} {'ours s':>9} {'ratio':>7} {'floor cpu':>10} {'our cpu':>9} "
          f"{'searchable s':>13} {'cpu':>7}")
    for f in figures:
        print(f"{f['name']:>9} {f['messages']:>8} {f['bytes'] / 1e6:>7.1f} {f['floor_seconds']:>9.3f} {f['seconds']:>9.3f} "
              f"{f['ratio']:>7.2f} {f['floor_cpu']:>10.3f} {f['cpu']:>9.3f} {f['searchable_seconds']:>13.3f} "
              f"{f['searchable_cpu']:>7.3f}")
    print(json.dumps({"bench": "pop3", "goal": GOAL, **{f"ratio_{f['name']}": f["ratio"] for f in figures},
                      "figures": figures, "met": all(f["ratio"] <= GOAL for f in figures)}))


if __name__ == "__main__":
    main()
