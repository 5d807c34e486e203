# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents that providers publish about their mail servers, as pages of a test's web server."""

import base64
import hashlib
import json

from tests.support.internet.world import Page, Web, Zone

CONFIG = "/mail/config-v1.1.xml"
WELL_KNOWN = "/.well-known/autoconfig/mail/config-v1.1.xml"
PACC = "/.well-known/user-agent-configuration.json"
ISPDB_HOST = "autoconfig.thunderbird.net"
HTML = Page(b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Hello &nbsp; there<br></body></html>",
            type="text/html; charset=utf-8")


def server(kind, host, port, socket="SSL", user="%EMAILADDRESS%", auth="password-cleartext"):
    """One server of an autoconfig document. `kind`: imap, pop3 or smtp."""
    direction = "outgoing" if kind == "smtp" else "incoming"
    return (f'<{direction}Server type="{kind}"><hostname>{host}</hostname><port>{port}</port>'
            f"<socketType>{socket}</socketType><authentication>{auth}</authentication><username>{user}</username>"
            f"</{direction}Server>")


def autoconfig(domain, *servers, head='<?xml version="1.0" encoding="UTF-8"?>'):
    """draft-ietf-mailmaint-autoconfig"""
    return Page(f'{head}<clientConfig version="1.1"><emailProvider id="{domain}"><domain>{domain}</domain>'
                f"<displayName>{domain} mail</displayName>{''.join(servers)}</emailProvider></clientConfig>".encode())


def usual(domain, imap=None, smtp=None):
    """IMAP on 993 and SMTP on 465 under the domain, or elsewhere."""
    return autoconfig(domain, server("imap", imap or f"imap.{domain}", 993), server("smtp", smtp or f"smtp.{domain}", 465))


def autoconfig_at(domain, page):
    """The pages of autoconfig.DOMAIN."""
    return Web({CONFIG: page})


def pacc(imap, smtp):
    """draft-ietf-mailmaint-pacc"""
    return json.dumps({"protocols": {"imap": {"host": imap}, "smtp": {"host": smtp}},
                       "authentication": {"password": True},
                       "info": {"provider": {"name": "PACC provider", "shortName": "PACC"}}}).encode()


def pacc_zone(body):
    """The digest that proves that the domain's owner means this document."""
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return Zone(txt=(f"v=UAAC1; a=sha256; d={digest}",))
