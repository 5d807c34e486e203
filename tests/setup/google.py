# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Google as it runs other people's mail, played by the tests' real mail server and its issuer: its names in front, with
certificates for them, and behind them only what is passed on."""

import http.client
import json
import urllib.parse

from tests.support.internet.world import Door, Host, Imap, Page, Smtp, Web, World, Zone

SCOPE = "https://mail.google.com/"
HOSTS = {"imap.gmail.com", "smtp.gmail.com"}


class Google:
    """`world` with the mail of example.test at Google; what was asked of its sign-in, and what it gave out."""

    def __init__(self, real):
        self._real = real
        self._port = urllib.parse.urlsplit(real.oauth["token"]).port
        self.authorizations = []  # queries
        self.requests = []  # forms of the token endpoint
        self.secrets = set()  # codes and tokens
        real.control_issuer(scope=SCOPE, reset=True)
        self.world = World(
            zones={"example.test": Zone(mx="1 smtp.google.com")},
            hosts=(Host("accounts.google.com", (Web({"/o/oauth2/v2/auth": self._authorize}),)),
                   Host("oauth2.googleapis.com", (Web({"/token": self._token}),)),
                   Host("imap.gmail.com", (Imap(doors={993: Door.TLS}, relay=real.ports["imap"]),)),
                   Host("smtp.gmail.com", (Smtp(doors={465: Door.TLS}, relay=real.ports["submission"]),))))

    def _authorize(self, request):
        query = request.target.partition("?")[2]
        self.authorizations.append(dict(urllib.parse.parse_qsl(query)))
        page = self._ask("GET", f"/authorize?{query}")
        sent_to = dict(page.headers).get("Location", "")
        self.secrets.update(dict(urllib.parse.parse_qsl(sent_to.partition("?")[2])).get("code", "").split("\0"))
        return page

    def _token(self, request):
        self.requests.append(dict(urllib.parse.parse_qsl(request.body.decode())))
        page = self._ask(request.method, "/token", request.body, request.headers.get("content-type"))
        answer = json.loads(page.body)
        self.secrets.update(answer[name] for name in ("access_token", "refresh_token") if name in answer)
        return page

    def _ask(self, method, target, body=None, kind=None):
        connection = http.client.HTTPSConnection("localhost", self._port, context=self._real.trust)
        connection.request(method, target, body, {"Content-Type": kind} if kind else {})
        answer = connection.getresponse()
        page = Page(answer.read(), answer.status, answer.headers.get("Content-Type", "text/html"),
                    tuple((name, value) for name, value in answer.headers.items() if name == "Location"))
        connection.close()
        return page
