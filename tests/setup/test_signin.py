# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""postaci-cli signs in with the browser: at Google as it runs the mail of a domain, played by a real Dovecot and Postfix and
their issuer, with a keyring in which the tokens stay between the calls."""

import argparse
import json
import os
import pathlib
import subprocess

from tests.journeys import session
from tests.setup.google import HOSTS, Google
from tests.support import browser
from tests.support.internet import namespace
from tests.support.internet.record import forms_of
from tests.support.realserver import RealServer, search, skip_without_postfix

PATIENCE = 60  # seconds


class SignIn:
    """One profile at one provider."""

    def __init__(self, program, directory, real, google):
        self.program = program
        self.profile = directory / "profile"
        self.log = directory / "cli.log"
        self.real = real
        self.google = google
        self.address = real.users[0][0]

    def start(self, *arguments, profile=None, **environment):
        with self.log.open("ab") as log:
            return subprocess.Popen([self.program, "--profile", profile or self.profile, *arguments], stdout=subprocess.PIPE,
                                    stderr=log, text=True, env=os.environ | environment)

    def run(self, *arguments, **options):
        """(exit code, lines)"""
        process = self.start(*arguments, **options)
        output, _ = process.communicate(timeout=PATIENCE)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(output)
        return process.returncode, [json.loads(line) for line in output.splitlines()]

    def add(self, *more, **options):
        return self.start("account", "add", "--address", self.address, "--imap-host", "imap.gmail.com", "--smtp-host",
                          "smtp.gmail.com", "--browser", *more, **options)

    def counts(self, **change):
        return self.real.control_issuer(**change)


def without_registration(user):
    """Nothing is known of the program there: that is said, and nobody is sent anywhere."""
    process = user.add(profile=user.profile.with_name("other"))
    output, _ = process.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in output.splitlines()]
    assert process.returncode == 1 and [list(line) for line in lines] == [["error"]], lines
    assert lines[0]["error"]["kind"] == "OAuthNeeded", lines
    assert not user.google.authorizations


def without_issuer(user):
    code, lines = user.run("account", "add", "--address", "ayse@icloud.com", "--browser")
    assert code == 1 and lines[-1]["error"]["subject"] == "--browser", lines


def denied(user):
    """The user says no in the browser."""
    user.counts(authorize="denied")
    process = user.add("--oauth-client-id", user.real.oauth["client"])
    visit = browser.open_page(json.loads(process.stdout.readline())["browser"])
    output, _ = process.communicate(timeout=PATIENCE)
    user.counts(authorize=None)
    assert visit["status"] == 200 and "That did not work" in visit["content"], visit
    assert process.returncode == 1 and json.loads(output)["error"]["kind"] == "Refused", output
    assert user.run("account", "list") == (0, [])


def added(user):
    process = user.add("--oauth-client-id", user.real.oauth["client"], POSTACI_OAUTH_CLIENT_SECRET=user.real.oauth["secret"])
    page = json.loads(process.stdout.readline())
    assert list(page) == ["browser"] and page["browser"].startswith("https://accounts.google.com/o/oauth2/v2/auth?"), page
    visit = browser.open_page(page["browser"])
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output
    account = json.loads(output.splitlines()[-1])["account"]
    assert account["address"] == user.address, account
    assert visit["status"] == 200 and "You are signed in" in visit["content"], visit
    asked = user.google.authorizations[-1]
    assert asked["code_challenge_method"] == "S256" and len(asked["state"]) >= 43 and asked["login_hint"] == user.address, asked


def checked(user):
    """The refresh token and the client's secret are in the keyring, and one token does for both servers."""
    user.counts(reset=True)
    code, lines = user.run("account", "check")
    assert code == 0 and lines[-1]["ok"] is True, lines
    counts = user.counts()
    assert (counts["refresh"], counts["code"]) == (1, 0), counts


def used(user):
    user.real.append(0, b"From: mehmet@example.test\r\nSubject: Taze\r\n\r\nMerhaba\r\n")
    code, lines = user.run("sync")
    assert code == 0, lines
    code, lines = user.run("list", "INBOX", "--limit", "5")
    assert code == 0 and any(line["subject"] == "Taze" for line in lines), lines
    mail = user.profile.with_name("mail.eml")
    mail.write_bytes(b"From: ayse@example.test\r\nTo: mehmet@example.test\r\nSubject: Jetonla\r\nMessage-ID: <1@example.test>"
                     b"\r\nDate: Mon, 1 Jun 2026 10:00:00 +0300\r\n\r\nMerhaba\r\n")
    code, lines = user.run("send", mail)
    assert code == 0, lines

    def arrived():
        with user.real.mailbox(1) as client:
            return search(client, "SUBJECT", "Jetonla")
    session.wait_for(arrived, "the mail at its recipient")


def ended(user):
    """The sign-in is void: no server is asked in vain, and the way out is said."""
    user.counts(fault="invalid_grant", reset=True)
    code, lines = user.run("account", "check")
    counts = user.counts(fault=None)
    assert code == 1 and lines[-1]["ok"] is False, lines
    for side in ("incoming", "outgoing"):
        assert (lines[-1][side]["problem"], lines[-1][side]["fix"]) == ("authOAuthOnly", "signInWithBrowser"), lines[-1]
    assert {(line["server"], line["step"]) for line in lines[:-1]} == {("imap", "login"), ("smtp", "login")}, lines
    assert (counts["refresh"], counts["introspect"]) == (1, 0), counts


def unavailable(user):
    """The issuer is in trouble, which says nothing about the sign-in."""
    user.counts(fault="500", reset=True)
    code, lines = user.run("account", "check")
    user.counts(fault=None)
    assert code == 1 and lines[-1]["incoming"]["fix"] == "retry", lines[-1]
    assert lines[-1]["error"]["kind"] == "TryLater", lines[-1]


def removed(user):
    code, lines = user.run("account", "remove", user.address)
    assert code == 0, lines
    user.counts(reset=True)
    code, lines = user.run("account", "check")
    assert code == 1 and user.counts()["refresh"] == 0, lines


STEPS = (without_registration, without_issuer, denied, added, checked, used, ended, unavailable, removed)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, help="postaci-cli")
    options = parser.parse_args()
    skip_without_postfix()
    namespace.enter()
    directory = session.run_in_own_session(deadline=110)
    with (directory / "session.log").open("wb") as log:
        session.start_keyring(log)
    from tests.support.internet.internet import Internet  # needs packages that only the environment has
    with RealServer(oauth=True) as real:
        google = Google(real)
        with Internet(google.world) as internet:
            user = SignIn(options.program, directory, real, google)
            for step in STEPS:
                step(user)
                print(f"ok  {step.__name__}", flush=True)
            internet.settle()
            check_secrets(user, internet.record)
            print("ok  secrets", flush=True)


def check_secrets(user, record):
    """Tokens went to the mail servers only, and nothing of it all is written or printed."""
    secrets = {secret for secret in user.google.secrets if secret} | {user.real.oauth["secret"]}
    assert len(secrets) > 5, len(secrets)
    for token in (secret for secret in secrets if secret.startswith("at+")):
        assert not record.problems_with(token, HOSTS), record.problems_with(token, HOSTS)
    places = [user.log, *(path for path in pathlib.Path(user.profile).rglob("*") if path.is_file()),
              *(path for path in pathlib.Path(os.environ["HOME"]).rglob("*") if path.is_file())]
    for path in places:
        content = path.read_bytes()
        assert not any(form in content for secret in secrets for form in forms_of(secret)), f"a secret is written in {path}"


if __name__ == "__main__":
    main()
