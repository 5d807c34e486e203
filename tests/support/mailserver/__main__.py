# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real mail server for tests, demo and benchmarks; see scripts/mailserver."""

import argparse
import json
import os
import sys

import courier
import dovecot
import mailboxmaker
import oauth
import postfix
import supervisor
from people import FULL, LATER, PEOPLE, REFUSED
from site_directory import Site


def start(arguments):
    site = Site(arguments.directory)
    if supervisor.processes(site):
        raise SystemExit(f"mailserver: already running in {site.directory}")
    site.prepare()
    if arguments.messages:
        inbox = site.path("mail", next(iter(PEOPLE)), "Maildir")
        if not os.path.exists(inbox):  # else it is there from an earlier start
            mailboxmaker.make(inbox, arguments.messages, profile(arguments))
    settings = oauth.dovecot_settings(site, arguments.oauth) if arguments.oauth else ""
    dovecot.configure(site, settings + (dovecot.WITH_RIGHTS if arguments.acl else ""), arguments.without)
    plan = [(dovecot.command(site), dovecot.PORTS)]
    if arguments.oauth:
        plan.insert(0, (oauth.command(site), oauth.PORTS))
    if arguments.courier:
        courier.configure(site)
        plan.append((courier.command(site), courier.PORTS))
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
    if arguments.oauth:
        description["oauth"] = oauth.description(site)
    text = json.dumps(description, indent=1, ensure_ascii=False)
    site.write("server.json", text + "\n")
    print(text)


def stop(arguments):
    supervisor.kill_all(Site(arguments.directory))


def serve_oauth(arguments):
    site = Site(arguments.directory)
    site.know_ports()
    oauth.serve(site)


def mailbox(arguments):
    print(json.dumps(mailboxmaker.measure(arguments.messages, profile(arguments), arguments.seed, arguments.directory)))


def profile(arguments):
    return arguments.profile or ("real" if arguments.messages <= 10_000 else "small")


def add_mailbox_options(verb, required):
    verb.add_argument("--messages", type=int, metavar="N", required=required, help="how many, 1 to 1,000,000")
    verb.add_argument("--profile", choices=mailboxmaker.PROFILES,
                      help="real: like ordinary mail (default up to 10,000 messages); small: about 2 kB a message")


def main():
    parser = argparse.ArgumentParser(prog="scripts/mailserver", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("start", help="start the servers; prints and writes DIR/server.json")
    verb.add_argument("directory", metavar="DIR")
    verb.add_argument("--parent", type=int, metavar="PID", help="end the servers when this process dies")
    verb.add_argument("--oauth", nargs="?", const="oauthbearer,xoauth2", metavar="MECHANISMS",
                      help="with an OAuth 2 issuer whose tokens the servers take by these (default: %(const)s)")
    verb.add_argument("--acl", action="store_true", help="with rights for each mailbox (RFC 4314)")
    verb.add_argument("--courier", action="store_true", help="with Courier IMAP, which has mailboxes of its own")
    verb.add_argument("--without", action="append", default=[], metavar="CAPABILITY", help="what IMAP is not to offer")
    add_mailbox_options(verb, required=False)
    verb.set_defaults(run=start)
    verb = verbs.add_parser("stop", help="end the servers, whatever state they are in")
    verb.add_argument("directory", metavar="DIR")
    verb.set_defaults(run=stop)
    verb = verbs.add_parser("oauth")  # what start --oauth runs
    verb.add_argument("directory", metavar="DIR")
    verb.set_defaults(run=serve_oauth)
    verb = verbs.add_parser("mailbox", help="only make a mailbox, as a Maildir in the new directory DIR")
    verb.add_argument("directory", metavar="DIR")
    add_mailbox_options(verb, required=True)
    verb.add_argument("--seed", type=int, default=1)
    verb.set_defaults(run=mailbox)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
