# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An OAuth 2 issuer for the test server's people: authorization code with PKCE (RFC 6749, 7636), refresh tokens that
are used once, introspection for Dovecot (RFC 7662). Whoever opens the authorization page is signed in at once, as the
person of `login_hint`. In memory: tokens end with the process.

/control (POST, JSON) makes it misbehave and says what it was asked:
  fault       null, or what /token does: "invalid_grant", "invalid_client", "401", "500", "html", "timeout"
  authorize   null, or what /authorize does: "denied", "wrong_state", "no_state"
  lifetime    seconds that access tokens live, as told in expires_in and as kept
  scope       what has to be asked for, where the issuer plays another one
  expire      true: every access token ends now, whatever was told
"""

import base64
import hashlib
import http.server
import json
import os
import secrets
import ssl
import sys
import threading
import time
import urllib.parse

from people import PEOPLE

PORTS = ("oauths",)
CLIENT_ID = "postaci-test"
# Every character that a careless client would send wrongly.
CLIENT_SECRET = "gizli+değil&yine de=gizli%41"
SCOPE = "mail offline"


class Issuer:
    def __init__(self):
        self.lock = threading.Lock()
        self.moved = threading.Condition(self.lock)
        self.settings = {"fault": None, "authorize": None, "lifetime": 3600, "scope": SCOPE}
        self.counts = {"authorize": 0, "code": 0, "refresh": 0, "introspect": 0, "refused": 0}
        self.codes = {}  # code -> (user, challenge, redirect_uri), or None once it was used
        self.access = {}  # token -> (user, end)
        self.renewal = {}  # refresh token -> user

    def control(self, change):
        with self.lock:
            if change.pop("expire", False):
                self.access.clear()
            if change.pop("reset", False):
                self.counts = dict.fromkeys(self.counts, 0)
            self.settings.update(change)
            self.moved.notify_all()
            return {"settings": self.settings, "counts": self.counts}

    def authorize(self, query):
        """The address to send the browser to; None where nobody may be sent."""
        with self.lock:
            self.counts["authorize"] += 1
            redirect = query.get("redirect_uri", "")
            parts = urllib.parse.urlsplit(redirect)
            # RFC 8252 7.3: any port, nothing else may differ from what was registered.
            if parts.scheme != "http" or parts.hostname != "127.0.0.1" or parts.path not in ("", "/") or parts.query:
                return None
            if query.get("client_id") != CLIENT_ID:
                return None
            answer = {"state": query.get("state", "")}
            if self.settings["authorize"] == "wrong_state":
                answer["state"] = secrets.token_urlsafe()
            elif self.settings["authorize"] == "no_state" or not answer["state"]:
                del answer["state"]
            user = query.get("login_hint", next(iter(PEOPLE)))
            if self.settings["authorize"] == "denied":
                answer |= {"error": "access_denied", "error_description": "The user said no"}
            elif (query.get("response_type") != "code" or query.get("code_challenge_method") != "S256"
                  or len(query.get("code_challenge", "")) != 43 or query.get("scope") != self.settings["scope"] or user not in PEOPLE):
                answer |= {"error": "invalid_request"}
            else:
                code = "4/+ " + secrets.token_urlsafe()
                self.codes[code] = (user, query["code_challenge"], redirect)
                answer["code"] = code
            return redirect + "?" + urllib.parse.urlencode(answer)

    def token(self, form):
        """(HTTP status, answer)"""
        with self.lock:
            kind = {"authorization_code": "code", "refresh_token": "refresh"}.get(form.get("grant_type"))
            self.counts[kind or "refused"] += 1
            while self.settings["fault"] == "timeout":
                self.moved.wait()
            fault = self.settings["fault"]
            if fault == "500":
                return 500, {"error": "invalid_grant"}  # which a server in this state cannot know
            if fault == "401":
                return 401, {"error": "invalid_client"}
            if fault == "html":
                return 200, "<html><title>Please pay for this network</title></html>"
            if fault:
                return 400, {"error": fault, "error_description": "Token has been expired or revoked."}
            if form.get("client_id") != CLIENT_ID or form.get("client_secret") != CLIENT_SECRET:
                return 401, {"error": "invalid_client"}
            user = self.redeem(form) if kind == "code" else self.renewal.pop(form.get("refresh_token"), None)
            if not user:
                return 400, {"error": "invalid_grant" if kind else "unsupported_grant_type"}
            access, renewal = "at+" + secrets.token_urlsafe(), "1//rt+" + secrets.token_urlsafe()
            self.access[access] = (user, time.monotonic() + self.settings["lifetime"])
            self.renewal[renewal] = user
            return 200, {"access_token": access, "refresh_token": renewal, "token_type": "Bearer",
                         "expires_in": self.settings["lifetime"], "scope": self.settings["scope"]}

    def redeem(self, form):
        known = self.codes.get(form.get("code"))
        if not known:
            return None
        self.codes[form["code"]] = None
        user, challenge, redirect = known
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return user if proof == challenge and form.get("redirect_uri") == redirect else None

    def introspect(self, form):
        with self.lock:
            self.counts["introspect"] += 1
            user, end = self.access.get(form.get("token"), (None, 0))
            if not user or time.monotonic() >= end:
                return {"active": False}
            return {"active": True, "username": user, "scope": self.settings["scope"]}


class Handler(http.server.BaseHTTPRequestHandler):
    issuer = Issuer()

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path != "/authorize":
            return self.answer(404, {})
        target = self.issuer.authorize(dict(urllib.parse.parse_qsl(url.query)))
        if not target:
            return self.answer(400, {"error": "invalid_request"})
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/control":
            return self.answer(200, self.issuer.control(json.loads(body)))
        form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        if self.path == "/token":
            return self.answer(*self.issuer.token(form))
        if self.path == "/introspect":
            return self.answer(200, self.issuer.introspect(form))
        return self.answer(404, {})

    def answer(self, status, content):
        html = isinstance(content, str)
        body = (content if html else json.dumps(content)).encode()
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="issuer"')
        self.send_header("Content-Type", "text/html" if html else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass  # Codes and tokens are in there.


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), OSError):  # a client that went away, or no TLS, is no error
            super().handle_error(request, client_address)


def dovecot_settings(site, mechanisms):
    names = "".join(f"  {name} = yes\n" for name in mechanisms.split(","))
    return f"""
auth_mechanisms {{
{names}}}
oauth2 {{
  introspection_mode = post
  introspection_url = https://localhost:{site.ports["oauths"]}/introspect
  active_attribute = active
  active_value = true
  username_attribute = username
  force_introspection = yes
  ssl_client_ca_file = {site.path("tls/root.pem")}
}}
"""


def description(site):
    base = f"https://localhost:{site.ports['oauths']}"
    return {"authorize": base + "/authorize", "token": base + "/token", "control": base + "/control",
            "client": CLIENT_ID, "secret": CLIENT_SECRET, "scopes": SCOPE.split()}


def command(site):
    return [sys.executable, "-B", os.path.dirname(os.path.abspath(__file__)), "oauth", site.directory]


def serve(site):
    server = Server(("127.0.0.1", site.ports["oauths"]), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(site.path("tls/good.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.serve_forever()
