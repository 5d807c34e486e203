# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the search for servers is to find in which world. One row for each situation; test_discover.py runs them."""

import dataclasses

from tests.setup.pages import (
    CONFIG, HTML, ISPDB_HOST, PACC, WELL_KNOWN, autoconfig, autoconfig_at, pacc, pacc_zone, server, usual)
from tests.support.internet.world import (
    Certificate, Door, Host, Imap, Ipv6, Kind, Page, Pop3, Smtp, Web, World, Zone, redirect)


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    about: str
    address: str
    world: World
    within: float  # seconds for the whole search
    source: str = ""  # of the best candidate
    incoming: str = ""  # "host:port encryption" of the best candidate's first incoming server
    outgoing: str = ""
    incoming_user: str = ""
    outgoing_user: str = ""
    approve: tuple[str, ...] = ()  # hosts that the user has to look at first, all of them
    obstacle: str = "none"
    provider: str = ""
    oauth_only: bool | None = None
    domain: str = ""
    suggestion: str = ""
    problem: str = ""  # of the address itself
    silent: bool = False  # not one packet
    asked: tuple[str, ...] = ()  # URLs that must have been asked for
    never: tuple[str, ...] = ()  # names that must not have been looked up or asked
    options: tuple[str, ...] = ()  # of the command line
    wants_address: tuple[str, ...] = ()  # hosts that would tell more if they were told the address
    told_address: tuple[str, ...] = ()  # those that are told it; nobody else


TLS, STARTTLS = "tls", "starttls"
LIMIT = 10.0  # seconds: nothing takes longer
SLOW = Imap(doors={993: Door.DROPPED, 143: Door.DROPPED}), Smtp(doors={465: Door.DROPPED, 587: Door.DROPPED})


def mail_at(domain):
    """Servers at the usual names."""
    return Host(f"imap.{domain}", (Imap(),)), Host(f"smtp.{domain}", (Smtp(),))


def published(domain, page, *hosts, **zones):
    """A domain whose web server publishes this configuration, with servers that answer."""
    return World(zones={domain: Zone(mx=f"10 mx.{domain}"), **zones},
                 hosts=(Host(f"autoconfig.{domain}", (autoconfig_at(domain, page),)), *(hosts or mail_at(domain))))


def by_mx(domain, mx):
    return World(zones={domain: Zone(mx=mx)})


def rejected(name, about, page, web=None):
    """A configuration that must not be taken: the search goes on and finds the servers by probing."""
    domain = f"x{name}.example"
    world = published(domain, page)
    if web:
        world = dataclasses.replace(world, hosts=(Host(f"autoconfig.{domain}", (web,)), *mail_at(domain)))
    return Case(name, about, f"a@{domain}", world, LIMIT, "probe", f"imap.{domain}:993 {TLS}", f"smtp.{domain}:465 {TLS}",
                never=("evil.example", "files.evil.example"))


ENTITY = ('<?xml version="1.0"?><!DOCTYPE clientConfig [<!ENTITY x SYSTEM "file:///etc/hostname">'
          '<!ENTITY y SYSTEM "https://files.evil.example/y">]>')
BOMB = ('<?xml version="1.0"?><!DOCTYPE clientConfig [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + "]>")
PACC_BODY = pacc("imap.d3.example", "smtp.d3.example")


def pacc_world(body):
    return World(
        zones={"d3.example": Zone(mx="10 mx.d3.example"), "_ua-auto-config.d3.example": pacc_zone(PACC_BODY)},
        hosts=(Host("ua-auto-config.d3.example", (Web({PACC: Page(body, type="application/json")}),)),
               Host("autoconfig.d3.example", (autoconfig_at("d3.example", usual("d3.example", "other.d3.example")),)),
               Host("imap.d3.example other.d3.example", (Imap(),)), Host("smtp.d3.example", (Smtp(),))))


def srv_world(domain, hosts=(), **records):
    """`records`: service name without underscore to its SRV records."""
    return World(zones={domain: Zone(mx=f"10 mx.{domain}"),
                        **{f"_{name}._tcp.{domain}": Zone(srv=text) for name, text in records.items()}}, hosts=hosts)


PUNYCODE = "çiçek.com.tr".encode("idna").decode()
PORTAL = Host("portal.hotspot.example", (
    Web(anything=HTML, doors={443: Door.TLS, 80: Door.CLEAR}, certificate=Certificate(names=("portal.hotspot.example",))),
))

BAD_REQUEST = Page(b"for whom?", 400, "text/plain")


def curious_world(page):
    """A web server that answers only who names a whole address, and servers that nobody would guess."""
    return World(zones={"d1.example": Zone(mx="10 mx.d1.example")},
                 hosts=(Host("autoconfig.d1.example", (
                     Web({f"{CONFIG}?emailaddress=a%2Bb%40d1.example": page}, anything=BAD_REQUEST),)),
                     Host("posta.d1.example", (Imap(), Smtp())),
                     Host("config.evil.example", (Web(anything=usual("d1.example", "posta.evil.example", "posta.evil.example")),))))


CURIOUS = usual("d1.example", "posta.d1.example", "posta.d1.example")

CASES = [
    Case("1", "a known provider: no question to anybody", "ali@gmail.com", World(), 0.05, "table",
         f"imap.gmail.com:993 {TLS}", f"smtp.gmail.com:465 {TLS}", "ali@gmail.com", silent=True, oauth_only=False),
    Case("3a", "Google runs the mail of a company's domain", "ali@firma.com.tr",
         by_mx("firma.com.tr", "1 smtp.google.com"), 0.5, "tableByMx", f"imap.gmail.com:993 {TLS}",
         f"smtp.gmail.com:465 {TLS}", "ali@firma.com.tr"),
    Case("3b", "the same by Google's older exchangers", "ali@firma.com.tr",
         by_mx("firma.com.tr", "10 alt1.aspmx.l.google.com, 1 aspmx.l.google.com"), 0.5, "tableByMx",
         f"imap.gmail.com:993 {TLS}", f"smtp.gmail.com:465 {TLS}"),
    Case("4", "Outlook.com takes no password", "ayse@outlook.com.tr", World(), 0.05, "table",
         f"outlook.office365.com:993 {TLS}", f"smtp-mail.outlook.com:587 {STARTTLS}", oauth_only=True, silent=True),
    Case("5", "Microsoft runs the mail of a company's domain", "ayse@sirket.com",
         by_mx("sirket.com", "0 sirket-com.mail.protection.outlook.com"), 0.5, "tableByMx",
         f"outlook.office365.com:993 {TLS}", f"smtp.office365.com:587 {STARTTLS}", oauth_only=True),
    Case("7", "iCloud: two servers, two forms of the user name", "veli@icloud.com", World(), 0.05, "table",
         f"imap.mail.me.com:993 {TLS}", f"smtp.mail.me.com:587 {STARTTLS}", "veli", "veli@icloud.com", silent=True),
    Case("9", "a provider that lets no mail program in", "k@tuta.com", World(), 0.05, obstacle="noImap", silent=True),
    Case("10", "a provider with a program of its own between", "k@proton.me", World(), 0.05, "table",
         f"127.0.0.1:1143 {STARTTLS}", f"127.0.0.1:1025 {STARTTLS}", silent=True),
    Case("11", "Yandex' Turkish domain", "a@yandex.com.tr", World(), 0.05, "table", f"imap.yandex.com:993 {TLS}",
         f"smtp.yandex.com:465 {TLS}", silent=True),
    Case("12", "Yaani, whose entry the provider itself may correct", "a@yaani.com",
         by_mx("yaani.com", "10 mx.yaanimail.com"), 1.0, "table", f"imap.yaanimail.com:993 {TLS}",
         f"smtp.yaanimail.com:587 {STARTTLS}"),
    Case("13", "a Turkish hosting company runs the mail", "info@firma.com.tr",
         by_mx("firma.com.tr", "10 mx.turkticaret.net"), 1.0, "tableByMx", f"imap.turkticaret.net:993 {TLS}",
         f"smtp.turkticaret.net:465 {TLS}", "info@firma.com.tr"),
    Case("14", "an unconfirmed entry only says where to knock", "a@ttmail.com", World(
        zones={"ttmail.com": Zone(mx="10 mx.ttmail.com")},
        hosts=(Host("autoconfig.ttmail.com", (Web(),)),
               Host("mail.ttmail.com", (Imap(doors={993: Door.TLS}), Smtp(doors={587: Door.STARTTLS}))))), 5.0, "probe",
         f"mail.ttmail.com:993 {TLS}", f"mail.ttmail.com:587 {STARTTLS}", approve=("mail.ttmail.com",),
         wants_address=("autoconfig.ttmail.com",)),
    Case("15", "https autoconfig", "a@d1.example", published("d1.example", usual("d1.example")), 2.0, "autoconfig",
         f"imap.d1.example:993 {TLS}", f"smtp.d1.example:465 {TLS}", "a@d1.example",
         asked=(f"https://autoconfig.d1.example{CONFIG}",)),
    Case("15w", "https .well-known", "a@d1.example", World(
        zones={"d1.example": Zone(mx="10 mx.d1.example")},
        hosts=(Host("d1.example", (Web({WELL_KNOWN: usual("d1.example")}),)), *mail_at("d1.example"))), 2.0, "wellKnown",
         f"imap.d1.example:993 {TLS}", f"smtp.d1.example:465 {TLS}", asked=(f"https://d1.example{WELL_KNOWN}",)),
    Case("15i", "Mozilla's table", "a@d1.example", World(
        zones={"d1.example": Zone(mx="10 mx.d1.example")},
        hosts=(Host(ISPDB_HOST, (Web({"/v1.1/d1.example": usual("d1.example")}),)), *mail_at("d1.example"))), 2.0, "ispdb",
         f"imap.d1.example:993 {TLS}", f"smtp.d1.example:465 {TLS}"),
    Case("15o", "nobody outside is to be asked", "a@d1.example", World(
        zones={"d1.example": Zone(mx="10 mx.d1.example")},
        hosts=(Host(ISPDB_HOST, (Web({"/v1.1/d1.example": usual("d1.example", "other.d1.example")}),)),
               *mail_at("d1.example"))), 5.0, "probe",
         f"imap.d1.example:993 {TLS}", f"smtp.d1.example:465 {TLS}", never=(ISPDB_HOST,), options=("--ask-nobody",)),
    Case("15a", "a web server that wants the whole address is not told it", "a+b@d1.example", curious_world(CURIOUS), LIMIT,
         "guess", wants_address=("autoconfig.d1.example",)),
    Case("15b", "the same with the user's consent", "a+b@d1.example", curious_world(CURIOUS), 2.0, "autoconfig",
         f"posta.d1.example:993 {TLS}", f"posta.d1.example:465 {TLS}", "a+b@d1.example", options=("--tell-address",),
         told_address=("autoconfig.d1.example",)),
    Case("15c", "who was told the address may not pass the question on", "a+b@d1.example",
         curious_world(redirect("https://config.evil.example/?emailaddress=a%2Bb%40d1.example")), LIMIT, "guess",
         options=("--tell-address",), told_address=("autoconfig.d1.example",), never=("config.evil.example",)),
    Case("15d", "who answers without is not told it, consent or not", "a@d1.example",
         published("d1.example", usual("d1.example")), 2.0, "autoconfig", f"imap.d1.example:993 {TLS}",
         f"smtp.d1.example:465 {TLS}", "a@d1.example", options=("--tell-address",)),
    Case("16", "only http answers: nobody even knocks there", "a@d2.example", World(
        zones={"d2.example": Zone(mx="10 mx.d2.example")},
        hosts=(Host("autoconfig.d2.example d2.example", (
            Web({CONFIG: usual("d2.example", "evil.example", "evil.example")}, doors={80: Door.CLEAR}),)),
            *mail_at("d2.example"))), 5.0, "probe", f"imap.d2.example:993 {TLS}", f"smtp.d2.example:465 {TLS}"),
    Case("17", "shared hosting: the certificate has the machine's own name", "a@firma2.com.tr", World(
        zones={"firma2.com.tr": Zone(mx="10 mail.firma2.com.tr")},
        hosts=(Host("mail.firma2.com.tr srv12.trwww.com", (
            Imap(certificate=Certificate(names=("srv12.trwww.com",))),
            Smtp(certificate=Certificate(names=("srv12.trwww.com",))))),)), LIMIT, "probe",
         f"srv12.trwww.com:993 {TLS}", f"srv12.trwww.com:465 {TLS}", approve=("srv12.trwww.com",)),
    Case("18a", "PACC, its digest in DNS", "a@d3.example", pacc_world(PACC_BODY), 2.0, "pacc", f"imap.d3.example:993 {TLS}",
         f"smtp.d3.example:465 {TLS}", "a@d3.example", asked=(f"https://ua-auto-config.d3.example{PACC}",)),
    Case("18b", "PACC with one byte changed", "a@d3.example", pacc_world(PACC_BODY.replace(b"PACC", b"PACK", 1)), 2.0,
         "autoconfig", f"other.d3.example:993 {TLS}", f"smtp.d3.example:465 {TLS}"),
    Case("19", "SRV: priority before weight, and a service that is not offered", "a@d4.example",
         srv_world("d4.example", (Host("hosta.d4.example", (Imap(),)), Host("hostb.d4.example", (Imap(),)),
                                  Host("smtp.d4.example", (Smtp(),))),
                   imaps="10 5 993 hostb.d4.example, 5 0 993 hosta.d4.example", imap="0 0 0 .",
                   submissions="0 1 465 smtp.d4.example"), 2.0, "srv", f"hosta.d4.example:993 {TLS}",
         f"smtp.d4.example:465 {TLS}", "a@d4.example"),
    Case("19b", "SRV: only STARTTLS is offered", "a@d4.example",
         srv_world("d4.example", mail_at("d4.example"), imaps="0 0 0 .", imap="0 1 143 imap.d4.example",
                   submission="0 1 587 smtp.d4.example"), 2.0, "srv", f"imap.d4.example:143 {STARTTLS}",
         f"smtp.d4.example:587 {STARTTLS}"),
    Case("19c", "SRV: TLS goes before STARTTLS (RFC 8314)", "a@d4.example",
         srv_world("d4.example", mail_at("d4.example"), imaps="10 1 993 imap.d4.example", imap="0 1 143 imap.d4.example",
                   submissions="10 1 465 smtp.d4.example", submission="0 1 587 smtp.d4.example"), 2.0, "srv",
         f"imap.d4.example:993 {TLS}", f"smtp.d4.example:465 {TLS}"),
    Case("19d", "SRV: only POP3", "a@d4.example",
         srv_world("d4.example", (Host("pop.d4.example", (Pop3(),)), Host("smtp.d4.example", (Smtp(),))),
                   imaps="0 0 0 .", imap="0 0 0 .", pop3s="0 1 995 pop.d4.example",
                   submissions="0 1 465 smtp.d4.example"), 2.0, "srv", f"pop.d4.example:995 {TLS}",
         f"smtp.d4.example:465 {TLS}"),
    Case("19e", "SRV that leads to somebody else's domain", "a@d4.example",
         srv_world("d4.example", (Host("imap.evil.example", (Imap(), Smtp())),), imaps="0 1 993 imap.evil.example",
                   submissions="0 1 465 imap.evil.example"), 2.0, "srv", f"imap.evil.example:993 {TLS}",
         f"imap.evil.example:465 {TLS}", approve=("imap.evil.example",)),
    Case("20", "the best exchanger by number, not by text", "a@d5.example", World(
        zones={"d5.example": Zone(mx="20 mx.a.example, 5 mx.b.example, 100 mx.c.example")},
        hosts=tuple(Host(f"autoconfig.{name}.example", (autoconfig_at(name, usual(f"{name}.example")),)) for name in "abc")
        + mail_at("b.example")), 4.0, "mxAutoconfig", f"imap.b.example:993 {TLS}", f"smtp.b.example:465 {TLS}",
         approve=("imap.b.example", "smtp.b.example"), asked=(f"https://autoconfig.b.example{CONFIG}",),
         never=("autoconfig.a.example", "autoconfig.c.example")),
    Case("21", "forged MX: the strangers' hosts are to be looked at", "a@d6.example", World(
        zones={"d6.example": Zone(mx="10 mx.evil.example")},
        hosts=(Host("autoconfig.evil.example", (autoconfig_at("evil.example", usual("evil.example")),)),
               *mail_at("evil.example"))), 4.0, "mxAutoconfig", f"imap.evil.example:993 {TLS}",
         f"smtp.evil.example:465 {TLS}", approve=("imap.evil.example", "smtp.evil.example")),
    Case("22", "a web server that never answers", "a@d7.example", World(
        zones={"d7.example": Zone(mx="10 mx.d7.example")},
        hosts=(Host("autoconfig.d7.example d7.example", (Web(doors={443: Door.SILENT}),)), *mail_at("d7.example"))), LIMIT,
         "probe", f"imap.d7.example:993 {TLS}", f"smtp.d7.example:465 {TLS}"),
    Case("22n", "nothing answers anywhere: packets are lost", "a@d7.example", World(
        zones={"d7.example": Zone(mx="10 mx.d7.example")},
        hosts=(Host("autoconfig.d7.example d7.example mail.d7.example imap.d7.example smtp.d7.example", (
            Web(doors={443: Door.DROPPED}), *SLOW)),)), LIMIT, "guess", f"imap.d7.example:993 {TLS}",
         f"smtp.d7.example:465 {TLS}"),
    Case("22r", "nothing there at all: the form comes at once", "a@d7.example", World(
        zones={"d7.example": Zone(mx="10 mx.d7.example")}), LIMIT, "guess", f"imap.d7.example:993 {TLS}",
         f"smtp.d7.example:465 {TLS}"),
    Case("22s", "a name server that is silent about everything but the domain", "a@d7.example", World(
        zones={"d7.example": Zone(mx="10 mx.d7.example"), **{f"{name}.d7.example": Zone(failure="silence") for name in (
            "autoconfig", "ua-auto-config", "imap", "mail", "smtp", "pop", "pop3", "_imaps._tcp", "_imap._tcp",
            "_submissions._tcp", "_submission._tcp", "_pop3s._tcp", "_pop3._tcp", "_ua-auto-config")}}), LIMIT, "guess"),
    Case("23a", "no network", "a@d8.example", World(online=False), LIMIT, obstacle="offline"),
    Case("23b", "a hotspot that answers everything itself", "a@d8.example", World(
        hosts=(PORTAL,), catch_all="portal.hotspot.example"), LIMIT, obstacle="captivePortal"),
    rejected("24a", "XML with external entities", autoconfig(
        "x24a.example", server("imap", "evil.example", 993), server("smtp", "&y;&x;", 465), head=ENTITY)),
    rejected("24b", "50 MiB", Page(b"<clientConfig>" + b" " * (1 << 20), repeats=50)),
    rejected("24c", "the document ends in the middle", Page(
        usual("x24c.example", "evil.example", "evil.example").body, cut_after=400)),
    rejected("24d", "an unknown socket type", autoconfig(
        "x24d.example", server("imap", "imap.x24d.example", 993, "QUIC"), server("smtp", "smtp.x24d.example", 465, "QUIC"))),
    rejected("24e", "IMAP on the port of submission", autoconfig(
        "x24e.example", server("imap", "imap.x24e.example", 587), server("smtp", "smtp.x24e.example", 993))),
    rejected("24f", "a redirect from https to http", redirect("http://autoconfig.x24f.example/plain"), Web(
        {CONFIG: redirect("http://evil.example/plain")})),
    rejected("24g", "an entity bomb", autoconfig("x24g.example", server("imap", "&j;.example", 993),
                                                 server("smtp", "smtp.x24g.example", 465), head=BOMB)),
    rejected("24h", "a page for people, with status 200", HTML),
    rejected("24i", "addresses in place of names", autoconfig(
        "x24i.example", server("imap", "11.0.0.66", 993), server("smtp", "localhost", 465))),
    rejected("24j", "30 seconds for the first byte", dataclasses.replace(
        usual("x24j.example", "evil.example", "evil.example"), delay=30)),
    rejected("24k", "a server with a certificate of another name", HTML, Web(
        {CONFIG: usual("x24k.example", "evil.example", "evil.example")},
        certificate=Certificate(names=("web.hoster.example",)))),
    rejected("24l", "a server with an expired certificate", HTML, Web(
        {CONFIG: usual("x24l.example", "evil.example", "evil.example")}, certificate=Certificate(Kind.EXPIRED))),
    Case("25a", "the document knows no encryption, the servers do", "a@d10.example", published("d10.example", autoconfig(
        "d10.example", server("imap", "imap.d10.example", 143, "plain"), server("smtp", "smtp.d10.example", 25, "plain"))),
         LIMIT, "probe", f"imap.d10.example:993 {TLS}", f"smtp.d10.example:465 {TLS}"),
    Case("25b", "clear first in the document, encrypted second (T16)", "a@d10.example", published(
        "d10.example", autoconfig(
            "d10.example", server("imap", "imap.d10.example", 143, "plain"), server("imap", "imap.d10.example", 143, "STARTTLS"),
            server("imap", "imap.d10.example", 993), server("smtp", "smtp.d10.example", 25, "plain"),
            server("smtp", "smtp.d10.example", 587, "STARTTLS"))), 2.0, "autoconfig",
         f"imap.d10.example:993 {TLS}", f"smtp.d10.example:587 {STARTTLS}"),
    Case("25c", "no encryption anywhere", "a@d10.example", published(
        "d10.example", autoconfig("d10.example", server("imap", "imap.d10.example", 143, "plain"),
                                  server("smtp", "smtp.d10.example", 25, "plain")),
        Host("imap.d10.example", (Imap(doors={143: Door.CLEAR}, clear_mechanisms="PLAIN"),)),
        Host("smtp.d10.example", (Smtp(doors={25: Door.CLEAR, 587: Door.CLEAR}, clear_mechanisms="PLAIN"),))), LIMIT, "guess"),
    Case("28a", "Turkish capitals, spaces, a tag", "  Ünal+liste@ÇİÇEK.com.tr ", published(
        PUNYCODE, usual(PUNYCODE)), 2.0, "autoconfig", incoming_user="Ünal+liste@çiçek.com.tr", domain=PUNYCODE),
    Case("28b", "a slip of the finger", "ali@gmial.com", World(), LIMIT, obstacle="noSuchDomain", suggestion="ali@gmail.com"),
    Case("28c", "a name that is no domain", "ali@localhost", World(), 1.0, problem="InvalidInput", silent=True),
    Case("28d", "two @", "a@b@c.com", World(), 1.0, problem="InvalidInput", silent=True),
    Case("28e", "capital I, which is no Turkish letter in a domain", "ali@GMAIL.COM", World(), 0.05, "table",
         f"imap.gmail.com:993 {TLS}", silent=True),
    Case("31", "a web server that wants to know an address", "a@d11.example", World(
        zones={"d11.example": Zone(mx="10 mx.d11.example")},
        hosts=(Host("autoconfig.d11.example", (Web({
            f"{CONFIG}?emailaddress=autoconfig%40d11.example": autoconfig(
                "d11.example", server("imap", "imap.d11.example", 993, user="autoconfig@d11.example"),
                server("smtp", "smtp.d11.example", 465, user="autoconfig"))}),)), *mail_at("d11.example"))), 3.0, "autoconfig",
         f"imap.d11.example:993 {TLS}", f"smtp.d11.example:465 {TLS}", "a@d11.example", "a"),
    Case("33", "a domain that does not exist", "a@nowhere.example", World(), LIMIT, obstacle="noSuchDomain"),
    Case("34", "a domain that takes no mail (RFC 7505)", "a@nomail.example",
         World(zones={"nomail.example": Zone(mx="0 .")}), LIMIT, obstacle="noMailDomain"),
    Case("35", "the servers' names lead into a private network", "a@d12.example", published(
        "d12.example", usual("d12.example"), Host("imap.d12.example", (Imap(),), address="192.168.1.7"),
        Host("smtp.d12.example", (Smtp(),), address="192.168.1.7")), LIMIT, approve=("imap.d12.example", "smtp.d12.example")),
    Case("36", "a redirect to somebody else's server: its hosts are to be looked at", "a@d13.example", World(
        zones={"d13.example": Zone(mx="10 mx.d13.example")},
        hosts=(Host("autoconfig.d13.example", (Web({CONFIG: redirect("https://conf.hoster.example/x.xml")}),)),
               Host("conf.hoster.example", (Web({"/x.xml": usual("d13.example")}),)), *mail_at("d13.example"))), 2.0,
         "autoconfig", f"imap.d13.example:993 {TLS}", f"smtp.d13.example:465 {TLS}",
         approve=("imap.d13.example", "smtp.d13.example")),
    Case("36l", "a redirect in a circle", "a@d13.example", World(
        zones={"d13.example": Zone(mx="10 mx.d13.example")},
        hosts=(Host("autoconfig.d13.example", (Web({CONFIG: redirect(f"https://autoconfig.d13.example{CONFIG}")}),)),
               *mail_at("d13.example"))), LIMIT, "probe", f"imap.d13.example:993 {TLS}", f"smtp.d13.example:465 {TLS}"),
    Case("37", "SRV knows receiving only: sending is probed", "a@d4.example",
         srv_world("d4.example", mail_at("d4.example"), imaps="0 1 993 imap.d4.example"), 3.0, "srv",
         f"imap.d4.example:993 {TLS}", f"smtp.d4.example:465 {TLS}"),
    Case("37n", "SRV knows receiving only, and sending is nowhere: for the form", "a@d4.example",
         srv_world("d4.example", (Host("imap.evil.example", (Imap(),)),), imaps="0 1 993 imap.evil.example"), LIMIT, "guess",
         f"imap.evil.example:993 {TLS}", f"smtp.d4.example:465 {TLS}", approve=("imap.evil.example",)),
    Case("38", "the provider's own word corrects an entry that is not certain", "a@yaani.com",
         published("yaani.com", usual("yaani.com")), 1.0, "autoconfig", f"imap.yaani.com:993 {TLS}", f"smtp.yaani.com:465 {TLS}"),
    Case("38s", "but it is not waited for", "a@yaani.com", World(
        zones={"yaani.com": Zone(mx="10 mx.yaani.com")},
        hosts=(Host("autoconfig.yaani.com yaani.com", (Web(doors={443: Door.SILENT}),)),)), 1.0, "table",
         f"imap.yaanimail.com:993 {TLS}", f"smtp.yaanimail.com:587 {STARTTLS}"),
    Case("39", "Microsoft is asked after consent, where DNS names an Exchange server", "a@sirket2.example", World(
        zones={"sirket2.example": Zone(mx="10 mx.sirket2.example"),
               "_autodiscover._tcp.sirket2.example": Zone(srv="0 0 443 autodiscover.sirket2.example")},
        hosts=(Host("outlook.office365.com", (Web({"/autodiscover/autodiscover.json": Page(
            b'{"Protocol":"AutodiscoverV1","Url":"https://outlook.office365.com/autodiscover/autodiscover.xml"}',
            type="application/json")}),)),)), 4.0, "autodiscover", f"outlook.office365.com:993 {TLS}",
         f"smtp.office365.com:587 {STARTTLS}", approve=("outlook.office365.com", "smtp.office365.com"),
         options=("--ask-microsoft",)),
    Case("39n", "without consent it is not", "a@sirket2.example", World(
        zones={"sirket2.example": Zone(mx="10 exchange.sirket2.example"),
               "_autodiscover._tcp.sirket2.example": Zone(srv="0 0 443 autodiscover.sirket2.example")}), LIMIT, "guess",
         never=("outlook.office365.com", "autodiscover.sirket2.example", "_autodiscover._tcp.sirket2.example")),
    Case("40", "a company's own domain at a provider that lets no mail program in", "a@firma3.com.tr",
         by_mx("firma3.com.tr", "10 mail.tutanota.de"), 1.0, obstacle="noImap"),
    Case("41", "every name is the same machine, and its certificate knows one of them", "a@d14.example", World(
        zones={"d14.example": Zone(mx="10 mx.d14.example")},
        hosts=(Host("d14.example autoconfig.d14.example imap.d14.example smtp.d14.example mail.d14.example", (
            Web(anything=HTML), Imap(certificate=Certificate(names=("mail.d14.example",))),
            Smtp(certificate=Certificate(names=("mail.d14.example",))))),)), 4.0, "probe", f"mail.d14.example:993 {TLS}",
         f"mail.d14.example:465 {TLS}"),
    Case("42", "IPv6 is there and dead", "a@d15.example", World(
        zones={"d15.example": Zone(mx="10 mx.d15.example")},
        hosts=(Host("imap.d15.example smtp.d15.example", (Imap(), Smtp()), ipv6=Ipv6.DEAD),)), 4.0, "probe",
         f"imap.d15.example:993 {TLS}", f"smtp.d15.example:465 {TLS}"),
    Case("43", "a domain that is itself inside a private network", "a@firma.lan", World(
        zones={"firma.lan": Zone(mx="10 mail.firma.lan")},
        hosts=(Host("mail.firma.lan", (Imap(), Smtp()), address="192.168.1.9"),)), 4.0, "probe", f"mail.firma.lan:993 {TLS}",
         f"mail.firma.lan:465 {TLS}", approve=("mail.firma.lan",)),
]
