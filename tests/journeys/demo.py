# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo for a person: the program with an empty profile beside a mail server that is thrown away afterwards."""

import argparse
import json
import pathlib
import subprocess
import tempfile

from tests.support.realserver import RealServer

MESSAGES = 500


def suggested(server):
    """The account's settings without its password."""
    address = server.users[0][0]
    side = {"host": server.host, "encryption": "tls", "userName": address}
    return {"name": "Ayşe Yılmaz", "address": address,
            "incoming": side | {"protocol": "imap", "port": server.ports["imaps"]},
            "outgoing": side | {"protocol": "smtp", "port": server.ports["submissions"]}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("arguments", nargs="*", help="for the program")
    options = parser.parse_args()
    with RealServer(MESSAGES) as server, tempfile.TemporaryDirectory(prefix="postaci-demo-") as profile:
        address, password = server.users[0]
        print(f"""
A mail server with {MESSAGES} messages runs on this machine until you close the window. Its names and ports are entered
already; type:

  Name      Ayşe Yılmaz
  Address   {address}
  Password  {password}

Mail to {server.users[1][0]} (password {server.users[1][1]}) arrives on the same server.
""", flush=True)
        suggestion = pathlib.Path(profile) / "suggestion.json"
        suggestion.write_text(json.dumps(suggested(server)), encoding="utf-8")
        raise SystemExit(subprocess.run([options.program, "--profile", profile, "--ca", server.ca,
                                         "--suggest", suggestion, *options.arguments]).returncode)


if __name__ == "__main__":
    main()
