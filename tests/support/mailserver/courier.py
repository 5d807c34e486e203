# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Courier IMAP beside Dovecot: a server of another family, with a name space of its own (INBOX.), without MOVE, SPECIAL-USE and
CONDSTORE. It looks for everything under /etc/courier and /run/courier, which are folders of the site in its sight."""

import os
import pwd
import subprocess

from people import PEOPLE

PORTS = ("courierimaps",)
OWNER = "mail"
CAPABILITY = "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT SORT QUOTA IDLE"


def configure(site):
    for folder in ("courier/etc", "courier/run/authdaemon"):
        os.makedirs(site.path(folder), exist_ok=True)
    site.write("courier/etc/authdaemonrc", """
authmodulelist="authuserdb"
authmodulelistorig="authuserdb"
daemons=3
authdaemonvar=/run/courier/authdaemon
DEBUG_LOGIN=0
DEFAULTOPTIONS=""
LOGGEROPTS=""
""")
    uid, gid = _ids()
    users = []
    for address, password in PEOPLE.items():
        home = site.path("courier/mail", address)
        if not os.path.exists(home):
            os.makedirs(home)
            subprocess.run(["maildirmake.courier", os.path.join(home, "Maildir")], check=True)
            for path, _, _ in os.walk(home):
                os.chown(path, uid, gid)
        crypted = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=password.encode(), check=True, capture_output=True)
        users.append(f"{address}\thome={home}|mail={home}/Maildir|uid={uid}|gid={gid}|"
                     f"imappw={crypted.stdout.decode().strip()}\n")
    site.write("courier/etc/userdb", "".join(users), mode=0o600)
    site.write("courier/run.sh", f"""#!/bin/sh
set -e
makeuserdb
. /etc/courier/authdaemonrc
export authmodulelist authmodulelistorig daemons authdaemonvar DEBUG_LOGIN DEFAULTOPTIONS LOGGEROPTS
/usr/lib/courier/courier-authlib/authdaemond &
export IMAP_CAPABILITY="{CAPABILITY}" IMAP_CAPABILITY_TLS="{CAPABILITY} AUTH=PLAIN" IMAP_TLS=1
export IMAP_KEYWORDS=1 IMAP_ACL=0 IMAP_IDLE_TIMEOUT=1 IMAP_MAILBOX_SANITY_CHECK=0 IMAP_TRASHFOLDERNAME=Trash
export IMAP_USELOCKS=1 IMAP_UMASK=022 IMAP_CHECK_ALL_FOLDERS=1
export TLS_CERTFILE={site.path("tls/good.pem")} TLS_VERIFYPEER=NONE MAILDIRPATH=Maildir
exec couriertcpd -address=127.0.0.1 -nodnslookup -maxprocs=60 -maxperip=60 {site.ports["courierimaps"]} \\
    /usr/bin/couriertls -server -tcpd /usr/lib/courier/courier/imaplogin /usr/bin/imapd Maildir
""", mode=0o755)


def command(site):
    return ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--bind", site.path("courier/etc"), "/etc/courier",
            "--bind", site.path("courier/run"), "/run/courier", site.path("courier/run.sh")]


def _ids():
    entry = pwd.getpwnam(OWNER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return entry.pw_uid, entry.pw_gid
