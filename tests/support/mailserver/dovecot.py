# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dovecot 2.4: IMAP, POP3, LMTP, and the passwords of Postfix's submission."""

import grp
import os
import pwd
import shutil

from people import DOMAIN, FULL, PEOPLE

PORTS = ("imap", "imaps", "pop3", "pop3s", "lmtp")
MAIL_USER = "mail"  # owns the mailboxes when we are root; Dovecot refuses root itself


# Rights of each mailbox, set with doveadm acl.
WITH_RIGHTS = """
acl_driver = vfile
mail_plugins {
  acl = yes
}
protocol imap {
  mail_plugins {
    imap_acl = yes
  }
}
"""


def configure(site, more_settings="", without=()):
    """Writes dovecot.conf and the password file, and makes the users' mailboxes."""
    root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid()).pw_name
    owner = MAIL_USER if root else me
    group = grp.getgrgid(pwd.getpwnam(owner).pw_gid).gr_name
    plain_user = "" if root else f"""
# A normal user's servers run as that user throughout.
default_internal_user = {me}
default_login_user = {me}
default_internal_group = {group}
"""
    chroots = "" if root else "".join(
        f"service {name} {{\n  chroot =\n}}\n" for name in ("anvil", "imap-login", "pop3-login", "stats"))
    postfix_socket = "" if not root else f"""
  unix_listener {site.path("postfix/queue/private/dovecot-auth")} {{
    mode = 0600
    user = postfix
  }}
"""
    missing = "".join(f"    {name} = no\n" for name in without)
    site.write("passwd", "".join(
        f"{address}:{{PLAIN}}{password}::::::{'userdb_quota_storage_size=1k' if address == FULL else ''}\n"
        for address, password in PEOPLE.items()), mode=0o644)
    site.write("dovecot.conf", f"""
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {site.path("run")}
state_dir = {site.path("run")}
log_path = {site.path("log/dovecot.log")}
protocols = imap pop3 lmtp
listen = 127.0.0.1
{plain_user}
ssl_server_cert_file = {site.path("tls/good.pem")}
ssl_server_key_file = {site.path("tls/good.pem")}

auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_failure_delay = 0 secs
auth_default_domain = {DOMAIN}
{more_settings}
passdb passwd-file {{
  passwd_file_path = {site.path("passwd")}
}}
userdb passwd-file {{
  passwd_file_path = {site.path("passwd")}
}}

mail_driver = maildir
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
mail_home = {site.path("mail")}/%{{user}}
mail_path = ~/Maildir
mail_max_userip_connections = 100
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Junk {{
    auto = subscribe
    special_use = \\Junk
  }}
  mailbox Trash {{
    auto = subscribe
    special_use = \\Trash
  }}
  mailbox Archive {{
    auto = subscribe
    special_use = \\Archive
  }}
}}

mail_plugins {{
  quota = yes
}}
protocol imap {{
  mail_plugins {{
    imap_quota = yes
  }}
  imap_capability {{
{missing}  }}
}}
quota "User quota" {{
}}
quota_storage_grace = 0
lmtp_rcpt_check_quota = yes

# A folder of a million messages is searched for the first time.
default_vsz_limit = 1G
service imap-login {{
  restart_request_count = unlimited
  process_min_avail = 1
  inet_listener imap {{
    port = {site.ports["imap"]}
  }}
  inet_listener imaps {{
    port = {site.ports["imaps"]}
    ssl = yes
  }}
}}
service pop3-login {{
  restart_request_count = unlimited
  inet_listener pop3 {{
    port = {site.ports["pop3"]}
  }}
  inet_listener pop3s {{
    port = {site.ports["pop3s"]}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {site.ports["lmtp"]}
  }}
}}
service auth {{{postfix_socket}
}}
# No penalty for many wrong passwords from one address: all tests come from one.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{chroots}""")
    os.makedirs(site.path("run"), exist_ok=True)
    os.makedirs(site.path("log"), exist_ok=True)
    for address in PEOPLE:
        for folder in ("cur", "new", "tmp"):
            os.makedirs(site.path("mail", address, "Maildir", folder), exist_ok=True)
    with open(site.path("mail", FULL, "Maildir/cur/1700000000.M1P1.full:2,S"), "w", encoding="ascii") as file:
        file.write(f"From: {FULL}\nTo: {FULL}\nSubject: the last one that found room\n\n" + "Full. \n" * 300)
    if root:
        # The messages themselves may belong to anybody, and there may be a million of them.
        for folder, _, files in os.walk(site.path("mail")):
            for name in [folder, *(os.path.join(folder, f) for f in files if f.startswith("dovecot"))]:
                shutil.chown(name, owner, group)


def command(site):
    return [shutil.which("dovecot"), "-F", "-c", site.path("dovecot.conf")]
