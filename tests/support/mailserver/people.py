# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who lives on the test server."""

DOMAIN = "example.test"
FULL = f"dolu@{DOMAIN}"  # mailbox full: APPEND, LMTP and RCPT are refused
REFUSED = f"yok@{DOMAIN}"  # no such recipient: 550 5.1.1
LATER = f"sonra@{DOMAIN}"  # a recipient for later: 450 4.2.1

# Address -> password. The first one's INBOX takes what --messages asks for.
PEOPLE = {
    f"ayse@{DOMAIN}": "gizli-ayse",
    f"mehmet@{DOMAIN}": "gizli-mehmet",
    f"deniz@{DOMAIN}": 'deniz "kıyısı" \\ 7',  # needs quoting, and a literal in IMAP's LOGIN
    FULL: "gizli-dolu",
}
