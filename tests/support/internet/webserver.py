# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server that answers as its world says, and writes down what it was asked."""

import datetime
import email.utils
import time

from tests.support.internet.record import Request
from tests.support.internet.wire import Gone

BODY_LIMIT = 1 << 20


def server_for(_server, record):
    return lambda wire, web, _door: _serve(wire, web, record)


def _serve(wire, web, record):
    while True:
        method, target, _ = (wire.line().split(" ") + ["", ""])[:3]
        headers = {}
        while line := wire.line():
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        body = wire.block(min(int(headers.get("content-length") or 0), BODY_LIMIT))
        record.requests.append(Request(record.now(), wire.tls, headers.get("host", ""), method, target, headers, body))
        page = web.pages.get(target) or web.pages.get(target.partition("?")[0]) or web.anything
        if callable(page):
            page = page(record.requests[-1])
        _send(wire, web, page, method)


def _send(wire, web, page, method):
    time.sleep(page.delay)
    date = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=web.clock_offset)
    length = len(page.body) * page.repeats
    wire.send(f"HTTP/1.1 {page.status} Answer", f"Date: {email.utils.format_datetime(date, usegmt=True)}",
              f"Content-Type: {page.type}", f"Content-Length: {length}",
              *[f"{name}: {value}" for name, value in page.headers], "")
    if method == "HEAD":
        return
    if page.cut_after is not None:
        wire.send_raw(page.body[:page.cut_after])
        raise Gone
    if page.stalls_after is not None:
        wire.send_raw(page.body[:page.stalls_after])
        wire.listen()
    for _ in range(page.repeats):
        wire.send_raw(page.body)
