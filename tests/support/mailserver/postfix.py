# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Postfix 3: submission in three encryptions and a plain port 25, delivering to Dovecot by LMTP. Needs root.

No mail ever leaves the machine: other domains' mail is thrown away."""

import os
import pwd
import shutil

from people import DOMAIN, FULL, LATER, PEOPLE

PORTS = ("smtp", "submission", "submissions")
MESSAGE_SIZE_LIMIT = 10 * 1024 * 1024


def configure(site):
    ports, queue = site.ports, site.path("postfix/queue")
    postfix = pwd.getpwnam("postfix").pw_uid
    site.write("postfix/main.cf", f"""
compatibility_level = 3.10
queue_directory = {queue}
data_directory = {site.path("postfix/data")}
maillog_file = {site.path("log/postfix.log")}
maillog_file_prefixes = {site.path("log")}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.{DOMAIN}
mydestination =
mynetworks =
alias_maps =
alias_database =
smtputf8_enable = yes
message_size_limit = {MESSAGE_SIZE_LIMIT}

virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = texthash:{site.path("postfix/mailboxes")}
virtual_transport = lmtp:inet:127.0.0.1:{ports["lmtp"]}
lmtp_destination_recipient_limit = 1
default_transport = discard
relay_transport = discard

smtpd_tls_cert_file = {site.path("tls/good.pem")}
smtpd_tls_key_file = {site.path("tls/good.pem")}
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/dovecot-auth
smtpd_sasl_security_options = noanonymous
smtpd_sender_login_maps = regexp:{site.path("postfix/senders")}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_recipient_restrictions = check_recipient_access texthash:{site.path("postfix/recipients")}
smtpd_forbid_bare_newline = yes
smtpd_delay_reject = no

# All tests come from one address, and some make mistakes on purpose.
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
""")
    site.write("postfix/mailboxes", "".join(f"{address} yes\n" for address in [*PEOPLE, LATER]))
    site.write("postfix/recipients", f"{FULL} 552 5.2.2 Mailbox is full\n{LATER} 450 4.2.1 Try again later\n")
    # An address may be used by its owner, also with +detail.
    site.write("postfix/senders", r"/^([^+@]+)(\+[^@]*)?(@.*)$/ ${1}${3}" + "\n")
    site.write("postfix/master.cf", f"""
127.0.0.1:{ports["smtp"]} inet n - n - - smtpd
127.0.0.1:{ports["submission"]} inet n - n - - smtpd
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{ports["submissions"]} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
discard unix - - n - - discard
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
""")
    for folder in ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private",
                   "saved", "trace", "public", "maildrop"):
        os.makedirs(os.path.join(queue, folder), mode=0o700, exist_ok=True)
        os.chown(os.path.join(queue, folder), postfix, -1)
    os.makedirs(os.path.join(queue, "pid"), exist_ok=True)
    os.makedirs(site.path("postfix/data"), exist_ok=True)
    os.chown(site.path("postfix/data"), postfix, -1)
    os.chmod(os.path.join(queue, "public"), 0o710)
    shutil.chown(os.path.join(queue, "public"), group="postdrop")


def command(site):
    # master itself, without the checks of `postfix start`, which take most of a second.
    return ["/usr/lib/postfix/sbin/master", "-d", "-c", site.path("postfix")]
