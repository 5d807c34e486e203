# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The system's web browser, for tests: opens a page and goes where it is sent, also from https to http, as browsers do.

    python3 browser.py RECORD URL

adds one line of JSON to the file RECORD: the addresses that it saw, and the last one's status and content. install() puts
it where programs look for the user's browser."""

import json
import os
import pathlib
import sys
import urllib.error
import urllib.request


class Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self):
        self.seen = []

    def redirect_request(self, request, fp, code, message, headers, target):
        self.seen.append(target)
        return super().redirect_request(request, fp, code, message, headers, target)


def open_page(url):
    """What a visit of the page came to."""
    redirects = Redirects()
    try:
        with urllib.request.build_opener(redirects).open(url, timeout=30) as answer:
            end = {"status": answer.status, "content": answer.read().decode()}
    except urllib.error.HTTPError as refusal:
        end = {"status": refusal.code, "content": refusal.read().decode("utf-8", "replace")}
    except OSError as problem:
        end = {"status": 0, "content": str(problem)}
    return {"addresses": [url, *redirects.seen], **end}


class Browser:
    """Where install() has put it, and what it was told to open."""

    def __init__(self, directory):
        self._record = directory / "visits"

    @property
    def visits(self):
        return [json.loads(line) for line in self._record.read_text(encoding="utf-8").splitlines()] \
            if self._record.exists() else []


def install(directory):
    """From now on it is what programs start as the user's browser."""
    directory.mkdir()
    program = directory / "xdg-open"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{pathlib.Path(__file__).resolve()}' '{directory}/visits' \"$1\"\n",
                       encoding="utf-8")
    program.chmod(0o755)
    os.environ["PATH"] = f"{directory}:{os.environ['PATH']}"
    return Browser(directory)


def main():
    _, record, url = sys.argv
    visit = json.dumps(open_page(url))
    with open(record, "a", encoding="utf-8") as file:
        file.write(visit + "\n")


if __name__ == "__main__":
    main()
