# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real mail server for tests, demo and benchmarks; see scripts/mailserver."""

import argparse
import json
import os
import sys

import dovecot
import postfix
import supervisor
from people import FULL, LATER, PEOPLE, REFUSED
from site_directory import Site


def start(arguments):
    site = Site(arguments.directory)
    if supervisor.processes(site):
        raise SystemExit(f"mailserver: already running in {site.directory}")
    site.prepare()
    dovecot.configure(site)
    plan = [(dovecot.command(site), dovecot.PORTS)]
    if os.geteuid() == 0:
        postfix.configure(site)
        plan.append((postfix.command(site), postfix.PORTS))  # asks Dovecot for its SASL mechanisms
    else:
        print("mailserver: Postfix needs root: no SMTP here", file=sys.stderr)
    problem = supervisor.detach(site, lambda report: supervisor.supervise(site, plan, arguments.parent, report))
    if problem:
        supervisor.kill_all(site)
        raise SystemExit(f"mailserver: {problem}")
    description = {
        "host": "localhost",
        "ports": {name: site.ports[name] for _, names in plan for name in names},
        "ca": site.path("tls/root.pem"),
        "config": site.path("dovecot.conf"),
        "users": [{"address": address, "password": password} for address, password in PEOPLE.items()],
        "full": FULL,
        "refused": REFUSED,
        "later": LATER,
        "pids": supervisor.processes(site),
    }
    text = json.dumps(description, indent=1, ensure_ascii=False)
    site.write("server.json", text + "\n")
    print(text)


def stop(arguments):
    supervisor.kill_all(Site(arguments.directory))


def main():
    parser = argparse.ArgumentParser(prog="scripts/mailserver", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("start", help="start the servers; prints and writes DIR/server.json")
    verb.add_argument("directory", metavar="DIR")
    verb.add_argument("--parent", type=int, metavar="PID", help="end the servers when this process dies")
    verb.set_defaults(run=start)
    verb = verbs.add_parser("stop", help="end the servers, whatever state they are in")
    verb.add_argument("directory", metavar="DIR")
    verb.set_defaults(run=stop)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
