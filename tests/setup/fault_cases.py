# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers with every fault that a set-up meets, and what the check of an account is to say about it. One row for each;
test_faults.py runs them and prints the table of results."""

import dataclasses

from tests.setup.pages import HTML
from tests.support.internet.world import (
    Certificate, Door, Host, Imap, Ipv6, Kind, Pop3, Smtp, Web, World, Zone)

ADDRESS = "a@d.example"
PASSWORD = "Gizli-Şifre 42!"
USERS = {ADDRESS: PASSWORD}
WRONG = {ADDRESS: "another"}
LIMIT = 15.0  # seconds for any answer

# Where a rung of the ladder broke.
RESOLVE, CONNECT, SECURE, GREETING, LOGIN = "resolve", "connect", "tls", "greeting", "login"


@dataclasses.dataclass(frozen=True)
class Verdict:
    step: str
    problem: str
    fix: str
    proposal: str = ""  # "host:port", where the fix is another server
    page: str = ""  # what the address of the page begins with
    text: str = ""  # of the server, shown to the user


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    about: str
    world: World
    incoming: Verdict | None = None  # none: works
    outgoing: Verdict | None = None
    address: str = ADDRESS
    options: tuple[str, ...] = ("--imap-host", "imap.d.example", "--smtp-host", "smtp.d.example")
    hosts: tuple[str, ...] = ("imap.d.example", "smtp.d.example")  # those that may hear the password
    logins: int = 1  # at most so many for each server
    within: float = LIMIT
    works_with: str = ""  # "host:port" that was taken instead, without asking


def world(imap=None, smtp=None, *more, ipv6=Ipv6.NONE, zones=None, **rest):
    """imap.d.example and smtp.d.example, good unless given otherwise; each beside nothing at all if given as ()."""
    imap = Imap(users=USERS) if imap is None else imap
    smtp = Smtp(users=USERS) if smtp is None else smtp
    return World(zones={"d.example": Zone(mx="10 mx.d.example"), **(zones or {})}, hosts=(
        Host("imap.d.example", (imap,) if imap else (), ipv6), Host("smtp.d.example", (smtp,) if smtp else (), ipv6), *more),
        **rest)


def imap(**changes):
    return Imap(**{"users": USERS, **changes})


def smtp(**changes):
    return Smtp(**{"users": USERS, **changes})


def refusing_imap(name, about, answer, problem, fix, **verdict):
    return Fault(name, about, world(imap(refusal=answer)), Verdict(LOGIN, problem, fix, **verdict))


def refusing_smtp(name, about, answer, problem, fix, **verdict):
    return Fault(name, about, world(None, smtp(refusal=answer)), None, Verdict(LOGIN, problem, fix, **verdict))


def certificate(name, about, kind, problem, fix, names=()):
    bad = Certificate(kind, names)
    return Fault(name, about, world(imap(certificate=bad), smtp(certificate=bad)), Verdict(SECURE, problem, fix),
                 Verdict(SECURE, problem, fix), hosts=())


POP3 = ("--pop3-host", "pop.d.example", "--smtp-host", "smtp.d.example")
POP3_STARTTLS = (*POP3, "--pop3-encryption", "starttls")


def pop3_world(*servers, smtp=None, ipv6=Ipv6.NONE):
    """pop.d.example with these servers, and a smtp.d.example that is good unless given otherwise."""
    return World(zones={"d.example": Zone(mx="10 mx.d.example")}, hosts=(
        Host("pop.d.example", servers, ipv6), Host("smtp.d.example", (Smtp(users=USERS) if smtp is None else smtp,))))


def pop3(name, about, incoming, *, outgoing=None, smtp=None, ipv6=Ipv6.NONE, options=POP3, hears=True, logins=1,
         within=LIMIT, works_with="", **changes):
    """A fault of a POP3 server; `hears`: the password may reach it."""
    hosts = ("pop.d.example", "smtp.d.example") if hears else ("smtp.d.example",)
    return Fault("pop3-" + name, about, pop3_world(Pop3(**{"users": USERS, **changes}), smtp=smtp, ipv6=ipv6), incoming,
                 outgoing, options=options, hosts=hosts, logins=logins, within=within, works_with=works_with)


def provider(address, imap_host, imap_server, smtp_host, smtp_server):
    """An account at a known provider, found by the address alone."""
    user = {"address": address, "options": (), "hosts": (imap_host, smtp_host)}
    return World(hosts=(Host(imap_host, (imap_server,)), Host(smtp_host, (smtp_server,)))), user


def at_provider(name, about, setting, incoming, outgoing=None, **rest):
    world_, user = setting
    return Fault(name, about, world_, incoming, outgoing, **{**user, **rest})


GMAIL = "imap.gmail.com", "smtp.gmail.com"
APP_PASSWORD = "NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)"
APP_PASSWORD_SMTP = ("534 5.7.9 Application-specific password required. For more information, go to "
                     "https://support.google.com/mail/?p=InvalidSecondFactor")
RETYPE = Verdict(LOGIN, "authWrong", "retypePassword")
DROPPED_IMAP = Imap(doors={993: Door.DROPPED, 143: Door.DROPPED})
DROPPED_SMTP = Smtp(doors={465: Door.DROPPED, 587: Door.DROPPED})
PORTAL = Host("portal.hotspot.example", (
    Web(anything=HTML, doors={443: Door.TLS, 80: Door.CLEAR}),
    Imap(doors={993: Door.TLS}, certificate=Certificate(names=("portal.hotspot.example",)), speaks=b"HTTP/1.1 400 no\r\n\r\n"),
    Smtp(doors={465: Door.TLS}, certificate=Certificate(names=("portal.hotspot.example",)), speaks=b"HTTP/1.1 400 no\r\n\r\n")))
OPEN_RELAY = "554 5.7.1 no, whoever you are"

FAULTS = [
    Fault("works", "nothing is wrong", world()),

    # Passwords and permissions
    Fault("wrong-password", "neither server takes the password", world(imap(users=WRONG), smtp(users=WRONG)), RETYPE, RETYPE),
    at_provider("app-password", "Gmail's words for an app password",
                provider("ali@gmail.com", GMAIL[0], Imap(refusal=APP_PASSWORD), GMAIL[1], Smtp(refusal=APP_PASSWORD_SMTP)),
                Verdict(LOGIN, "authAppPassword", "openPage", page="https://", text="Application-specific password"),
                Verdict(LOGIN, "authAppPassword", "openPage", page="https://")),
    refusing_imap("app-password-unknown", "the same words from a server that we don't know", APP_PASSWORD, "authAppPassword",
                  "retypePassword"),
    at_provider("app-password-table", "iCloud says only no, but takes nothing else than app passwords",
                provider("veli@icloud.com", "imap.mail.me.com", Imap(users={"veli": "another"}), "smtp.mail.me.com",
                         Smtp(doors={587: Door.STARTTLS}, users={"veli@icloud.com": "another"})),
                Verdict(LOGIN, "authAppPassword", "openPage", page="https://support.apple.com/"),
                Verdict(LOGIN, "authAppPassword", "openPage", page="https://support.apple.com/")),
    at_provider("imap-off", "WEB.DE, where mail programs have to be let in first",
                provider("h@web.de", "imap.web.de", Imap(users={"h": "another"}), "smtp.web.de", Smtp(users={"h": PASSWORD})),
                Verdict(LOGIN, "authImapOff", "openPage", page="https://hilfe.web.de/")),
    at_provider("imap-off-gmail", "Gmail with IMAP switched off",
                provider("ali@gmail.com", GMAIL[0], Imap(
                    refusal="NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and "
                            "enable your account for IMAP access. (Failure)"), GMAIL[1], Smtp(users={"ali@gmail.com": PASSWORD})),
                Verdict(LOGIN, "authImapOff", "openPage", page="https://")),
    at_provider("auth-code", "163.com wants its authorisation code",
                provider("k@163.com", "imap.163.com", Imap(users={"k@163.com": "another"}, wrong="NO LOGIN Login error password error"),
                         "smtp.163.com", Smtp(users={"k@163.com": "another"}, wrong="535 Error: authentication failed")),
                Verdict(LOGIN, "authCode", "openPage", page="https://help.mail.163.com/"),
                Verdict(LOGIN, "authCode", "openPage", page="https://help.mail.163.com/")),
    Fault("oauth-only", "no password mechanism is offered",
          world(imap(mechanisms="XOAUTH2 OAUTHBEARER", login_disabled=True), smtp(mechanisms="XOAUTH2 OAUTHBEARER")),
          Verdict(LOGIN, "authOAuthOnly", "signInWithBrowser"), Verdict(LOGIN, "authOAuthOnly", "signInWithBrowser"),
          logins=0),
    at_provider("oauth-only-outlook", "Outlook.com, where the table knows how to sign in",
                provider("ayse@outlook.com.tr", "outlook.office365.com", Imap(mechanisms="XOAUTH2", login_disabled=True),
                         "smtp-mail.outlook.com", Smtp(doors={587: Door.STARTTLS}, mechanisms="LOGIN XOAUTH2", refusal=(
                             "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."))),
                Verdict(LOGIN, "authOAuthOnly", "signInWithBrowser"), Verdict(LOGIN, "authOAuthOnly", "signInWithBrowser")),
    refusing_smtp("basic-disabled", "Microsoft: passwords are switched off",
                  "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [X.prod.outlook.com]",
                  "authOAuthOnly", "signInWithBrowser", text="basic authentication is disabled"),
    refusing_smtp("admin-off", "Microsoft: the organisation has switched sending off",
                  "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit "
                  "https://aka.ms/smtp_auth_disabled for more information.", "adminOff", "receiveOnly"),
    refusing_imap("locked-imap", "too many tries (RFC 5530's relatives)", "NO [LIMIT] Too many failed logins, wait 15 minutes",
                  "authBlocked", "retry", text="wait 15 minutes"),
    refusing_smtp("locked-smtp", "too many tries", "454 4.7.0 Too many login attempts, please try again later.", "authBlocked",
                  "retry"),
    refusing_imap("contact-admin", "the account is blocked", "NO [CONTACTADMIN] This account is suspended", "authBlocked", "retry"),
    refusing_imap("expired-password", "the password has run out (RFC 5530)", "NO [EXPIRED] That password is not valid any more",
                  "authExpired", "retypePassword"),
    refusing_imap("web-login", "Gmail wants to be confirmed in a browser",
                  "NO [WEBALERT https://accounts.google.com/signin/continue?sarp=1] Web login required.", "authWebLogin", "retry"),
    Fault("smtp-differs", "the same password works for receiving and not for sending", world(None, smtp(users=WRONG)), None,
          Verdict(LOGIN, "smtpDiffers", "editSettings")),
    Fault("imap-differs", "and the reverse", world(imap(users=WRONG)), RETYPE),
    Fault("no-login", "the outgoing server takes no login", world(None, smtp(mechanisms="")), None,
          Verdict(LOGIN, "noLoginOffered", "editSettings")),

    # Certificates and encryption
    certificate("expired", "expired", Kind.EXPIRED, "tlsDate", "retry"),
    Fault("not-yet-valid", "valid from tomorrow on; the other server's is good",
          world(imap(certificate=Certificate(Kind.NOT_YET))), Verdict(SECURE, "tlsDate", "retry")),
    certificate("clock", "valid in two years: this computer's clock is behind", Kind.FUTURE, "tlsClock", "retry"),
    certificate("self-signed", "self-signed", Kind.SELF_SIGNED, "tlsUntrusted", "showCertificate"),
    certificate("untrusted", "an unknown issuer", Kind.UNTRUSTED, "tlsUntrusted", "showCertificate"),
    certificate("incomplete", "the intermediate is missing", Kind.INCOMPLETE, "tlsUntrusted", "showCertificate"),
    certificate("wrong-name", "another name, that leads nowhere", Kind.GOOD, "tlsName", "editSettings",
                ("elsewhere.invalid",)),
    Fault("name-doctor", "shared hosting: the certificate's name is the same machine", World(
        hosts=(Host("mail.firma2.com.tr srv12.trwww.com", (
            imap(certificate=Certificate(names=("srv12.trwww.com",)), users={"a@firma2.com.tr": PASSWORD}),
            smtp(certificate=Certificate(names=("srv12.trwww.com",)), users={"a@firma2.com.tr": PASSWORD}))),)),
          Verdict(SECURE, "tlsName", "useCertificateName", "srv12.trwww.com:993"),
          Verdict(SECURE, "tlsName", "useCertificateName", "srv12.trwww.com:465"), address="a@firma2.com.tr",
          options=("--imap-host", "mail.firma2.com.tr", "--smtp-host", "mail.firma2.com.tr"), hosts=()),
    Fault("name-doctor-wildcard", "the certificate is for everything under the hoster's domain", World(
        hosts=(Host("mail.firma2.com.tr", (
            imap(certificate=Certificate(names=("*.trwww.com", "trwww.com"))),
            smtp(certificate=Certificate(names=("*.trwww.com", "trwww.com"))))),)),
          Verdict(SECURE, "tlsName", "editSettings"), Verdict(SECURE, "tlsName", "editSettings"),
          address="a@firma2.com.tr",
          options=("--imap-host", "mail.firma2.com.tr", "--smtp-host", "mail.firma2.com.tr"), hosts=()),
    Fault("tls-version", "nothing newer than TLS 1.1", world(imap(old_tls=True), smtp(old_tls=True)),
          Verdict(SECURE, "tlsVersion", "editSettings"), Verdict(SECURE, "tlsVersion", "editSettings"), hosts=()),
    Fault("starttls-stripped", "somebody on the way removes STARTTLS",
          world(imap(doors={143: Door.STARTTLS}, offers_starttls=False, clear_mechanisms="PLAIN"),
                smtp(doors={587: Door.STARTTLS}, offers_starttls=False, clear_mechanisms="PLAIN")),
          Verdict("startTls", "encryptionMissing", "editSettings"), Verdict("startTls", "encryptionMissing", "editSettings"),
          options=("--imap-host", "imap.d.example", "--imap-encryption", "starttls",
                   "--smtp-host", "smtp.d.example", "--smtp-encryption", "starttls"), hosts=()),
    Fault("starttls-missing", "no STARTTLS, but TLS on the usual port",
          world(imap(offers_starttls=False, clear_mechanisms="PLAIN"), smtp(offers_starttls=False, clear_mechanisms="PLAIN")),
          Verdict("startTls", "encryptionMissing", "useOtherServer", "imap.d.example:993"),
          Verdict("startTls", "encryptionMissing", "useOtherServer", "smtp.d.example:465"),
          options=("--imap-host", "imap.d.example", "--imap-encryption", "starttls",
                   "--smtp-host", "smtp.d.example", "--smtp-encryption", "starttls"), hosts=()),
    Fault("starttls-injected", "text in clear behind the go-ahead for TLS",
          world(imap(injected=b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"), smtp(injected=b"250 AUTH PLAIN\r\n")),
          Verdict("startTls", "wrongProtocol", "useOtherServer", "imap.d.example:993"),
          Verdict("startTls", "wrongProtocol", "useOtherServer", "smtp.d.example:465"),
          options=("--imap-host", "imap.d.example", "--imap-encryption", "starttls",
                   "--smtp-host", "smtp.d.example", "--smtp-encryption", "starttls"), hosts=()),
    Fault("preauth", "logged in before TLS, so that STARTTLS is impossible", world(imap(doors={143: Door.STARTTLS}, preauth=True)),
          Verdict(GREETING, "encryptionMissing", "editSettings"),
          options=("--imap-host", "imap.d.example", "--imap-encryption", "starttls", "--smtp-host", "smtp.d.example"),
          hosts=("smtp.d.example",)),

    # The way there
    Fault("no-such-host", "a slip in the servers' names", world(),
          Verdict(RESOLVE, "noSuchHost", "editSettings"), Verdict(RESOLVE, "noSuchHost", "editSettings"),
          options=("--imap-host", "imao.d.example", "--smtp-host", "smpt.d.example"), hosts=()),
    Fault("offline", "no network", world(online=False), Verdict(RESOLVE, "offline", "retry"), Verdict(RESOLVE, "offline", "retry"),
          hosts=()),
    Fault("refused", "no mail server on these machines", world((), ()), Verdict(CONNECT, "unreachable", "editSettings"),
          Verdict(CONNECT, "unreachable", "editSettings"), hosts=()),
    Fault("dropped", "packets are lost", world(DROPPED_IMAP, DROPPED_SMTP), Verdict(CONNECT, "unreachable", "editSettings"),
          Verdict(CONNECT, "unreachable", "editSettings"), hosts=()),
    Fault("465-blocked", "the network blocks port 465", world(None, smtp(doors={465: Door.DROPPED, 587: Door.STARTTLS})), None, None,
          works_with="smtp.d.example:587"),
    Fault("993-blocked", "the network blocks port 993", world(imap(doors={993: Door.DROPPED, 143: Door.STARTTLS})), None, None,
          works_with="imap.d.example:143"),
    Fault("silent", "connections are taken and nothing is said", world(
        imap(doors={993: Door.SILENT}), smtp(doors={465: Door.SILENT})), Verdict(SECURE, "timeout", "retry"),
          Verdict(SECURE, "timeout", "retry"), hosts=()),
    Fault("stalls-at-login", "the login gets no answer", world(imap(silent_at="AUTHENTICATE"), smtp(silent_at="AUTH")),
          Verdict(LOGIN, "timeout", "retry"), Verdict(LOGIN, "timeout", "retry")),
    Fault("slow", "three seconds for the greeting and half a one for each answer", world(
        imap(delay=0.5), smtp(delay=0.5))),
    Fault("wrong-protocol", "SMTP on the port of IMAP and the reverse", world(
        imap(speaks=b"220 mail.d.example ESMTP\r\n"), smtp(speaks=b"* OK IMAP4rev1\r\n")),
          Verdict(GREETING, "wrongProtocol", "editSettings"), Verdict(GREETING, "wrongProtocol", "editSettings"), hosts=()),
    Fault("clear-on-tls-ports", "no TLS on the ports of TLS, and nowhere else", world(
        imap(doors={993: Door.CLEAR}), smtp(doors={465: Door.CLEAR})),
          Verdict(SECURE, "wrongProtocol", "editSettings"), Verdict(SECURE, "wrongProtocol", "editSettings"), hosts=()),
    Fault("starttls-on-tls-ports", "STARTTLS on the ports of TLS", world(
        imap(doors={993: Door.STARTTLS}), smtp(doors={465: Door.STARTTLS})),
          Verdict(SECURE, "wrongProtocol", "useOtherServer", "imap.d.example:993"),
          Verdict(SECURE, "wrongProtocol", "useOtherServer", "smtp.d.example:465"), hosts=()),
    Fault("starttls-beside-clear", "no TLS on the ports of TLS, but STARTTLS on its own", world(
        imap(doors={993: Door.CLEAR, 143: Door.STARTTLS}), smtp(doors={465: Door.CLEAR, 587: Door.STARTTLS})),
          Verdict(SECURE, "wrongProtocol", "useOtherServer", "imap.d.example:143"),
          Verdict(SECURE, "wrongProtocol", "useOtherServer", "smtp.d.example:587"), hosts=()),
    Fault("captive-portal", "the network answers for everybody", World(hosts=(PORTAL,), catch_all="portal.hotspot.example"),
          Verdict(SECURE, "captivePortal", "retry"), Verdict(SECURE, "captivePortal", "retry"), address="ali@gmail.com",
          options=(), hosts=()),
    Fault("ipv6-dead", "an IPv6 address where packets are lost", world(ipv6=Ipv6.DEAD), within=3.0),
    Fault("no-ipv6", "an IPv6 address, and no IPv6 here", dataclasses.replace(world(ipv6=Ipv6.WORKS), ipv6=False), within=3.0),
    at_provider("bridge", "Proton's own program is not running", (World(), {"address": "k@proton.me", "options": (), "hosts": ()}),
                Verdict(CONNECT, "bridge", "retry"), Verdict(CONNECT, "bridge", "retry")),

    # The mailbox
    Fault("greylisting", "come back later, says the server to everybody new",
          world(None, smtp(recipient_refusal="451 4.7.1 Greylisted, try again in 5 minutes")), None,
          Verdict("sender", "tryLater", "retry", text="Greylisted")),
    Fault("sender-refused", "the address is not the user's own",
          world(None, smtp(sender_refusal=f"553 5.7.1 <{ADDRESS}>: Sender address rejected: not owned by user")), None,
          Verdict("sender", "senderRefused", "editSettings")),
    Fault("quota-smtp", "the own mailbox takes no more", world(None, smtp(recipient_refusal="552 5.2.2 Mailbox is full")), None,
          Verdict("sender", "mailboxFull", "retry")),
    refusing_imap("quota-imap", "the mailbox is full (RFC 5530)", "NO [OVERQUOTA] Mailbox is full", "mailboxFull", "retry"),
    refusing_imap("too-many-imap", "too many connections", "NO [ALERT] Too many simultaneous connections. (Failure)",
                  "tooManyConnections", "retry"),
    Fault("too-many-smtp", "too many connections", world(None, smtp(greeting="421 4.7.0 Too many connections from your host")), None,
          Verdict(GREETING, "tooManyConnections", "retry")),
    Fault("unwelcome", "the outgoing server wants nothing to do with us", world(None, smtp(greeting=OPEN_RELAY)), None,
          Verdict(GREETING, "refused", "editSettings", text="whoever you are")),
    Fault("unavailable", "the server is being repaired (RFC 5530)",
          world(imap(refusal="NO [UNAVAILABLE] Back in ten minutes")), Verdict(LOGIN, "tryLater", "retry")),
    Fault("no-folders", "the login works and the list of folders doesn't",
          world(imap(list_refusal="NO [SERVERBUG] Internal error")), Verdict("listFolders", "tryLater", "retry")),

    # The same ladder, with POP3 for the incoming mail
    pop3("works", "nothing is wrong", None),
    pop3("works-starttls", "over STLS (RFC 2595)", None, options=POP3_STARTTLS),
    pop3("user-pass", "only USER and PASS, as in RFC 1939", None, mechanisms=""),
    pop3("without-capa", "a server from before RFC 2449", None, has_capa=False),
    pop3("wrong-password", "neither server takes the password", RETYPE, outgoing=RETYPE, users=WRONG, smtp=smtp(users=WRONG)),
    pop3("differs", "only sending takes it", RETYPE, users=WRONG),
    pop3("smtp-differs", "only receiving takes it", None, outgoing=Verdict(LOGIN, "smtpDiffers", "editSettings"),
         smtp=smtp(users=WRONG)),
    at_provider("pop3-app-password", "Gmail's words for an app password", (World(hosts=(
        Host("pop.gmail.com", (Pop3(refusal="-ERR [AUTH] Application-specific password required: "
                                            "https://support.google.com/accounts/answer/185833"),)),
        Host(GMAIL[1], (Smtp(refusal=APP_PASSWORD_SMTP),)))),
        {"address": "ali@gmail.com", "options": ("--pop3-host", "pop.gmail.com"), "hosts": ("pop.gmail.com", GMAIL[1])}),
                Verdict(LOGIN, "authAppPassword", "openPage", page="https://", text="Application-specific password"),
                Verdict(LOGIN, "authAppPassword", "openPage", page="https://")),
    at_provider("pop3-off-gmail", "Gmail with POP switched off", (World(hosts=(
        Host("pop.gmail.com", (Pop3(refusal="-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your "
                                            "Gmail settings page and enable your account for POP access."),)),
        Host(GMAIL[1], (Smtp(users={"ali@gmail.com": PASSWORD}),)))),
        {"address": "ali@gmail.com", "options": ("--pop3-host", "pop.gmail.com"), "hosts": ("pop.gmail.com", GMAIL[1])}),
                Verdict(LOGIN, "authImapOff", "openPage", page="https://", text="not enabled for POP")),
    pop3("in-use", "another program is looking into the maildrop (RFC 2449)", Verdict(LOGIN, "tooManyConnections", "retry"),
         refusal="-ERR [IN-USE] Do you have another POP session running?"),
    pop3("login-delay", "asked too often (RFC 2449)", Verdict(LOGIN, "tryLater", "retry"),
         refusal="-ERR [LOGIN-DELAY] minimum time between mail checks violation"),
    pop3("sys-temp", "the server is being repaired (RFC 3206)", Verdict(LOGIN, "tryLater", "retry", text="Back in ten"),
         refusal="-ERR [SYS/TEMP] Back in ten minutes"),
    pop3("locked", "too many tries", Verdict(LOGIN, "authBlocked", "retry"),
         refusal="-ERR [AUTH] Too many failed logins, wait 15 minutes"),
    pop3("no-list", "the login works and the maildrop is locked", Verdict("listFolders", "tryLater", "retry"),
         list_refusal="-ERR [SYS/TEMP] maildrop is locked"),
    pop3("expired", "a certificate that has run out", Verdict(SECURE, "tlsDate", "retry"), hears=False,
         certificate=Certificate(Kind.EXPIRED)),
    pop3("self-signed", "a self-signed certificate", Verdict(SECURE, "tlsUntrusted", "showCertificate"), hears=False,
         certificate=Certificate(Kind.SELF_SIGNED)),
    pop3("wrong-name", "another server's certificate", Verdict(SECURE, "tlsName", "editSettings"), hears=False,
         certificate=Certificate(names=("elsewhere.invalid",))),
    pop3("tls-version", "nothing newer than TLS 1.1", Verdict(SECURE, "tlsVersion", "editSettings"), hears=False, old_tls=True),
    pop3("stls-stripped", "somebody on the way removes STLS", Verdict("startTls", "encryptionMissing", "editSettings"),
         options=POP3_STARTTLS, hears=False, doors={110: Door.STARTTLS}, offers_starttls=False, clear_mechanisms="PLAIN"),
    pop3("stls-missing", "no STLS, but TLS on the usual port",
         Verdict("startTls", "encryptionMissing", "useOtherServer", "pop.d.example:995"), options=POP3_STARTTLS, hears=False,
         offers_starttls=False, clear_mechanisms="PLAIN"),
    pop3("stls-refused", "STLS is promised and then refused",
         Verdict("startTls", "encryptionMissing", "useOtherServer", "pop.d.example:995"),
         options=POP3_STARTTLS, hears=False, starttls_refusal="-ERR not now", clear_mechanisms="PLAIN"),
    pop3("stls-injected", "text in clear behind the go-ahead for TLS",
         Verdict("startTls", "wrongProtocol", "useOtherServer", "pop.d.example:995"), options=POP3_STARTTLS, hears=False,
         injected=b"+OK\r\nSASL PLAIN\r\n.\r\n"),
    pop3("995-blocked", "the network blocks port 995", None, works_with="pop.d.example:110",
         doors={995: Door.DROPPED, 110: Door.STARTTLS}),
    pop3("995-closed", "nothing answers on port 995, STLS on 110", None, works_with="pop.d.example:110",
         doors={110: Door.STARTTLS}),
    pop3("refused", "no POP3 server on this machine", Verdict(CONNECT, "unreachable", "editSettings"), hears=False, doors={}),
    pop3("dropped", "packets are lost", Verdict(CONNECT, "unreachable", "editSettings"), hears=False,
         doors={995: Door.DROPPED, 110: Door.DROPPED}),
    pop3("no-such-host", "a slip in the server's name", Verdict(RESOLVE, "noSuchHost", "editSettings"), hears=False,
         options=("--pop3-host", "popp.d.example", "--smtp-host", "smtp.d.example")),
    pop3("wrong-protocol", "IMAP on the port of POP3", Verdict(GREETING, "wrongProtocol", "editSettings"), hears=False,
         speaks=b"* OK IMAP4rev1\r\n"),
    pop3("clear-on-tls-port", "no TLS on the port of TLS, and nowhere else", Verdict(SECURE, "wrongProtocol", "editSettings"),
         hears=False, doors={995: Door.CLEAR}),
    pop3("starttls-on-tls-port", "STLS on the port of TLS", Verdict(SECURE, "wrongProtocol", "useOtherServer", "pop.d.example:995"),
         hears=False, doors={995: Door.STARTTLS}),
    pop3("silent", "connections are taken and nothing is said", Verdict(SECURE, "timeout", "retry"), hears=False,
         doors={995: Door.SILENT}),
    pop3("stalls-at-login", "the login gets no answer", Verdict(LOGIN, "timeout", "retry"), silent_at="AUTH"),
    pop3("slow", "half a second for each answer", None, delay=0.5),
    pop3("ipv6-dead", "an IPv6 address where packets are lost", None, ipv6=Ipv6.DEAD, within=3.0),
]
