# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's half of SASL, for IMAP, POP3 and SMTP alike: a generator that yields challenges and is sent responses."""

import base64
import hashlib
import hmac
import os
import re

OAUTH = {"OAUTHBEARER", "XOAUTH2"}


class Refused(Exception):
    """This login is not good. `secret_was_right` tells the wrong name from the wrong password for the record only."""


def exchange(mechanism, users, initial=None, oauth_challenge=""):
    """Yields bytes to send as challenges, is sent bytes, and returns the user's name; Refused otherwise."""
    steps = {"PLAIN": _plain, "LOGIN": _login, "CRAM-MD5": _cram, "SCRAM-SHA-1": _scram, "SCRAM-SHA-256": _scram,
             "OAUTHBEARER": _oauthbearer, "XOAUTH2": _xoauth2}.get(mechanism)
    if steps is None:
        raise Refused
    return (yield from steps(mechanism, users, initial, oauth_challenge))


def _check(users, name, secret):
    if name not in users or not hmac.compare_digest(users[name].encode(), secret.encode()):
        raise Refused
    return name


def _plain(_mechanism, users, initial, _challenge):
    response = initial if initial is not None else (yield b"")
    parts = response.decode("utf-8", "replace").split("\0")
    if len(parts) != 3:
        raise Refused
    return _check(users, parts[1], parts[2])


def _login(_mechanism, users, initial, _challenge):
    name = initial if initial else (yield b"Username:")
    password = yield b"Password:"
    return _check(users, name.decode("utf-8", "replace"), password.decode("utf-8", "replace"))


def _cram(_mechanism, users, _initial, _challenge):
    challenge = b"<%s@server>" % os.urandom(8).hex().encode()
    name, _, digest = (yield challenge).decode("utf-8", "replace").rpartition(" ")
    if name not in users or digest != hmac.new(users[name].encode(), challenge, "md5").hexdigest():
        raise Refused
    return name


def _scram(mechanism, users, initial, _challenge):
    """RFC 5802, 7677."""
    algorithm = {"SCRAM-SHA-1": "sha1", "SCRAM-SHA-256": "sha256"}[mechanism]
    first = (initial if initial is not None else (yield b"")).decode("utf-8", "replace")
    bare = re.sub(r"^[^,]*,[^,]*,", "", first)
    attributes = dict(part.split("=", 1) for part in bare.split(",") if "=" in part)
    name = attributes.get("n", "").replace("=2C", ",").replace("=3D", "=")
    salt, nonce, rounds = os.urandom(12), attributes.get("r", "") + os.urandom(9).hex(), 4096
    server_first = f"r={nonce},s={base64.b64encode(salt).decode()},i={rounds}"
    final = (yield server_first.encode()).decode("utf-8", "replace")
    without_proof, _, proof = final.rpartition(",p=")
    if name not in users or f"r={nonce}" not in without_proof:
        raise Refused
    salted = hashlib.pbkdf2_hmac(algorithm, users[name].encode(), salt, rounds)
    client_key = hmac.digest(salted, b"Client Key", algorithm)
    stored = hashlib.new(algorithm, client_key).digest()
    message = f"{bare},{server_first},{without_proof}".encode()
    signature = hmac.digest(stored, message, algorithm)
    expected = bytes(a ^ b for a, b in zip(client_key, signature, strict=True))
    if base64.b64encode(expected).decode() != proof:
        raise Refused
    server_key = hmac.digest(salted, b"Server Key", algorithm)
    yield b"v=" + base64.b64encode(hmac.digest(server_key, message, algorithm))
    return name


def _token(users, name, text, oauth_challenge, empty):
    token = re.search("auth=Bearer ([^\1]*)\1", text)
    if name in users and token and token[1] == users[name]:
        return name
    # RFC 7628 3.2.2: a challenge that tells why, an answer that says nothing, then the refusal.
    answer = yield oauth_challenge.encode() or b'{"status":"invalid_token"}'
    if answer != empty:
        raise Refused("the answer to the error challenge")
    raise Refused


def _oauthbearer(_mechanism, users, initial, challenge):
    text = (initial if initial is not None else (yield b"")).decode("utf-8", "replace")
    name = re.match("n,a=([^,]*),\1", text)
    return (yield from _token(users, name[1].replace("=2C", ",").replace("=3D", "=") if name else "", text, challenge,
                              b"\1"))


def _xoauth2(_mechanism, users, initial, challenge):
    text = (initial if initial is not None else (yield b"")).decode("utf-8", "replace")
    name = re.match("user=([^\1]*)\1", text)
    return (yield from _token(users, name[1] if name else "", text, challenge, b""))
