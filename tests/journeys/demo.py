# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo for a person: the program with an empty profile beside a mail server that is thrown away afterwards."""

import argparse
import subprocess
import tempfile

from tests.support.realserver import RealServer

MESSAGES = 500


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("arguments", nargs="*", help="for the program")
    options = parser.parse_args()
    with RealServer(MESSAGES) as server, tempfile.TemporaryDirectory(prefix="postaci-demo-") as profile:
        address, password = server.users[0]
        print(f"""
A mail server with {MESSAGES} messages runs on this machine until you close the window. Set up the account:

  Name      Ayşe Yılmaz
  Address   {address}
  Password  {password}
  IMAP      {server.host}, port {server.ports["imaps"]}, TLS
  SMTP      {server.host}, port {server.ports["submissions"]}, TLS

Mail to {server.users[1][0]} (password {server.users[1][1]}) arrives on the same server.
""", flush=True)
        raise SystemExit(subprocess.run(
            [options.program, "--profile", profile, "--ca", server.ca, *options.arguments]).returncode)


if __name__ == "__main__":
    main()
