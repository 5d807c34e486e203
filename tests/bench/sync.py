# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long IMAP synchronisation takes, as a ratio to what is physically possible at the same server (a client that asks for the
same and throws it away), and beside mbsync: the first synchronisation of a mailbox, also as seen in the window; one that finds
nothing new, and one that finds 100 changes; and all messages whole."""

import argparse
import contextlib
import hashlib
import imaplib
import json
import os
import pathlib
import random
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build/dev/bin"
FIRST_ROWS_GOAL = 1.0  # s
BLOCK_GOAL = 50  # ms
BODIES_GOAL = 1.5
MEMORY_GOAL = 250  # MB
FLAGS, NEW, GONE = 40, 30, 30  # the 100 changes
imaplib._MAXLINE = 100_000_000  # a million UIDs are one line


def goal(messages):
    """At most so many times the floor; small mailboxes are over before a connection is worth its handshake."""
    return 3.0 if messages >= 1_000_000 else 2.5 if messages >= 100_000 else None


def run(*command):
    result = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    if result.returncode:
        raise SystemExit(f"bench: {command[0]} failed")
    return json.loads(result.stdout)


def say(text):
    print(text, file=sys.stderr)


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


def ours(server, profile, *options):
    """One run of the program, with the seconds from its start to its end beside its own."""
    start = time.monotonic()
    result = run(BIN / "bench_sync", server.directory / "server.json", profile, *options)
    result["process_seconds"] = time.monotonic() - start
    if result["messages"] != server.messages:
        raise SystemExit(f"bench: {result['messages']} of {server.messages} messages arrived")
    return result


class Mbsync:
    """isync, with a configuration and a state of its own."""

    def __init__(self, server, directory):
        self.server, self.directory = server, pathlib.Path(directory)
        (self.directory / "mail").mkdir(parents=True)
        self.rc = self.directory / "mbsyncrc"
        self.rc.write_text(f"""FSync no

IMAPAccount bench
Host localhost
Port {server.ports['imaps']}
User {server.user['address']}
Pass {server.user['password']}
TLSType IMAPS
CertificateFile {server.ca}
PipelineDepth 50

IMAPStore far
Account bench

MaildirStore near
Path {self.directory}/mail/
Inbox {self.directory}/inbox
SubFolders Verbatim

Channel bench
Far :far:
Near :near:
Patterns INBOX
Create Near
Expunge Both
SyncState *
""")

    def sync(self):
        start = time.monotonic()
        subprocess.run(["mbsync", "-q", "-c", self.rc, "-a"], check=True)
        seconds = time.monotonic() - start
        count = sum(len(list(os.scandir(self.directory / "inbox" / part))) for part in ("cur", "new"))
        if count != self.server.messages:
            raise SystemExit(f"bench: mbsync has {count} of {self.server.messages} messages")
        return seconds


@contextlib.contextmanager
def inbox(server):
    context = ssl.create_default_context(cafile=server.ca)
    with imaplib.IMAP4_SSL("localhost", server.ports["imaps"], ssl_context=context) as client:
        client.login(server.user["address"], server.user["password"])
        client.select("INBOX")
        yield client


def mutate(server, dice):
    """What another client does meanwhile; as many come as go."""
    with inbox(server) as client:
        uids = client.uid("SEARCH", "ALL")[1][0].split()
        for uid in dice.sample(uids, FLAGS):
            client.uid("STORE", uid, dice.choice(["+FLAGS.SILENT", "-FLAGS.SILENT"]), "\\Flagged")
        client.uid("STORE", b",".join(dice.sample(uids, GONE)), "+FLAGS.SILENT", "\\Deleted")
        client.expunge()
        for _ in range(NEW):
            name = f"{time.time_ns()}"
            mail = f"From: a@example.test\r\nSubject: new {name}\r\nMessage-ID: <{name}@example.test>\r\n\r\nMerhaba\r\n"
            client.append("INBOX", None, imaplib.Time2Internaldate(time.time()), mail.encode())


def first(messages, rounds):
    """The first synchronisation: without a window beside the floor, and then with one."""
    with Server(messages) as server:
        say(f"{messages} messages: warming up")
        with tempfile.TemporaryDirectory() as profile:
            fields = ours(server, profile)["fields"]
        floor(server, fields)
        pairs, windows = [], []
        for number in range(rounds):
            say(f"{messages} messages: round {number + 1} of {rounds}")
            with tempfile.TemporaryDirectory() as profile, tempfile.TemporaryDirectory() as seen:
                pairs.append((floor(server, fields), ours(server, profile)))
                windows.append(run(BIN / "bench_window", server.directory / "server.json", seen))

    def median(which, what):
        return statistics.median(pair[which][what] for pair in pairs)

    return {"messages": messages, "rounds": rounds, "bytes": pairs[0][0]["bytes"],
            "floor_seconds": median(0, "seconds"), "floor_cpu": median(0, "cpu"),
            "seconds": median(1, "seconds"), "cpu": median(1, "cpu"), "peak_mb": max(pair[1]["peak_mb"] for pair in pairs),
            "ratio": round(median(1, "seconds") / median(0, "seconds"), 3),
            "first_rows_seconds": max(w["first_rows"] for w in windows),
            "window_seconds": statistics.median(w["seconds"] for w in windows),
            "blocked_ms": max(w["blocked_ms"] for w in windows), "work_ms": max(w["work_ms"] for w in windows),
            "window_peak_mb": max(w["peak_mb"] for w in windows)}


def again(messages, rounds, beside_mbsync):
    """Two programs that have seen the mailbox, started once nothing has changed and once something has."""
    dice = random.Random(7)
    with Server(messages, name="again") as server, tempfile.TemporaryDirectory() as directory:
        say(f"{messages} messages: seeing them once")
        profile = pathlib.Path(directory) / "ours"
        ours(server, profile)
        mbsync = Mbsync(server, pathlib.Path(directory) / "mbsync") if beside_mbsync else None
        if mbsync:
            mbsync.sync()
        times = {"unchanged": [], "changed": [], "mbsync_unchanged": [], "mbsync_changed": []}
        for number in range(rounds):
            say(f"{messages} messages: again, round {number + 1} of {rounds}")
            for what in ("unchanged", "changed"):
                if what == "changed":
                    mutate(server, dice)
                times[what].append(ours(server, profile)["process_seconds"])
                if mbsync:
                    times[f"mbsync_{what}"].append(mbsync.sync())
    return {"messages": messages, **{f"{what}_seconds": round(statistics.median(t), 4) for what, t in times.items() if t}}


def whole(messages, rounds):
    with Server(messages, "real") as server:
        def once():
            with tempfile.TemporaryDirectory() as profile:
                bare = run(BIN / "floor", server.port, server.user["address"], server.user["password"], "UID BODY.PEEK[]")
                return bare, ours(server, profile, "--bodies")
        say(f"{messages} whole messages: warming up")
        once()
        pairs = []
        for number in range(rounds):
            say(f"{messages} whole messages: round {number + 1} of {rounds}")
            pairs.append(once())

    def median(which, what):
        return statistics.median(pair[which][what] for pair in pairs)

    return {"messages": messages, "bytes": pairs[0][0]["bytes"], "floor_seconds": median(0, "seconds"),
            "floor_cpu": median(0, "cpu"), "seconds": median(1, "seconds"), "cpu": median(1, "cpu"),
            "ratio": round(median(1, "seconds") / median(0, "seconds"), 3)}


def failures(firsts, agains, bodies):
    """What the goals say and the figures do not, in words."""
    for f in firsts:
        most = goal(f["messages"])
        if most and f["ratio"] > most:
            yield f"{f['messages']}: {f['ratio']} times the floor, not {most}"
        if f["first_rows_seconds"] >= FIRST_ROWS_GOAL:
            yield f"{f['messages']}: first rows after {f['first_rows_seconds']:.2f} s"
        if f["blocked_ms"] > BLOCK_GOAL:
            yield f"{f['messages']}: window unable to answer for {f['blocked_ms']:.0f} ms"
        if max(f["peak_mb"], f["window_peak_mb"]) >= MEMORY_GOAL:
            yield f"{f['messages']}: {max(f['peak_mb'], f['window_peak_mb']):.0f} MB"
    for f in agains:
        for what in ("unchanged", "changed"):
            if f.get(f"mbsync_{what}_seconds", f[f"{what}_seconds"]) < f[f"{what}_seconds"]:
                yield f"{f['messages']}, {what}: slower than mbsync"
    if bodies and bodies["ratio"] > BODIES_GOAL:
        yield f"whole messages: {bodies['ratio']} times the floor, not {BODIES_GOAL}"


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench sync", description=__doc__)
    parser.add_argument("--messages", default="1000,10000,100000,1000000", help="how many, separated by commas")
    parser.add_argument("--bodies", type=int, default=10_000, help="mails of ordinary size, fetched whole; 0: none")
    parser.add_argument("--rounds", type=int, default=5, help="of each; fewer of the large ones")
    arguments = parser.parse_args()
    counts = [int(count) for count in arguments.messages.split(",") if count]

    def rounds(messages):
        return 1 if messages >= 1_000_000 else min(3, arguments.rounds) if messages >= 100_000 else arguments.rounds

    def told(figures):
        say(json.dumps(figures))
        return figures

    firsts = [told(first(count, rounds(count))) for count in counts]
    agains = [told(again(count, min(3, arguments.rounds), count <= 100_000)) for count in counts]
    bodies = whole(arguments.bodies, arguments.rounds) if arguments.bodies else None

    print("First synchronisation: seconds of the floor, ours, with the window open; the first 50 rows painted (worst), how long the "
          "window could not answer and what of that was its own work, most memory")
    print(f"{'messages':>10} {'floor s':>9} {'ours s':>9} {'ratio':>7} {'floor cpu':>10} {'our cpu':>9} {'window s':>9} "
          f"{'rows s':>7} {'blocked ms':>11} {'work ms':>8} {'MB':>6}")
    for f in firsts:
        print(f"{f['messages']:>10} {f['floor_seconds']:>9.3f} {f['seconds']:>9.3f} {f['ratio']:>7.2f} "
              f"{f['floor_cpu']:>10.3f} {f['cpu']:>9.3f} {f['window_seconds']:>9.3f} {f['first_rows_seconds']:>7.3f} "
              f"{f['blocked_ms']:>11.1f} {f['work_ms']:>8.1f} {max(f['peak_mb'], f['window_peak_mb']):>6.0f}")
    print("Again, start to end of the program: nothing changed, 100 changes")
    print(f"{'messages':>10} {'unchanged s':>12} {'mbsync s':>9} {'changed s':>10} {'mbsync s':>9}")
    for f in agains:
        mbsync = [f"{f[key]:.3f}" if key in f else "-" for key in ("mbsync_unchanged_seconds", "mbsync_changed_seconds")]
        print(f"{f['messages']:>10} {f['unchanged_seconds']:>12.3f} {mbsync[0]:>9} {f['changed_seconds']:>10.3f} {mbsync[1]:>9}")
    if bodies:
        print(f"{bodies['messages']} messages whole, {bodies['bytes'] / 1e6:.0f} MB: floor {bodies['floor_seconds']:.3f} s, "
              f"ours {bodies['seconds']:.3f} s, ratio {bodies['ratio']:.2f}; processor {bodies['floor_cpu']:.3f} and "
              f"{bodies['cpu']:.3f} s")
    missed = list(failures(firsts, agains, bodies))
    for miss in missed:
        print(f"not met: {miss}")
    print(json.dumps({"bench": "sync", **{f"ratio_{f['messages']}": f["ratio"] for f in firsts},
                      **({"ratio_bodies": bodies["ratio"]} if bodies else {}),
                      "first": firsts, "again": agains, "bodies": bodies, "met": not missed}))


if __name__ == "__main__":
    main()
