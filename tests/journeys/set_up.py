# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of many kinds are set up, in either language, inside a little internet where the providers have their real names.
What the user sees is checked by what a screen reader reads, whom the password reached by what the servers heard."""

import contextlib
import os
import pathlib
import re

from tests.journeys.session import wait_for
from tests.support import browser
from tests.support.internet import namespace
from tests.support.internet.record import forms_of
from tests.support.realserver import RealServer, search

# Plasma's, as Qt reads them.
DARK_COLORS = """[Colors:Window]
BackgroundNormal=32,35,38
ForegroundNormal=252,252,252
[Colors:View]
BackgroundNormal=20,22,24
ForegroundNormal=252,252,252
ForegroundInactive=161,169,177
[Colors:Button]
BackgroundNormal=41,44,48
ForegroundNormal=252,252,252
[Colors:Selection]
BackgroundNormal=61,174,233
ForegroundNormal=252,252,252
"""
LEAVES = {"label", "button", "push button", "text", "password text", "check box", "radio button", "combo box", "link"}


def configure(parser):
    parser.add_argument("--language", choices=("en", "tr"), default="en")
    parser.add_argument("--look", choices=("light", "dark"), default="light")
    parser.add_argument("--scale", type=int, choices=(1, 2), default=1)
    parser.add_argument("--only", help="one of the accounts")


def prepare(options):
    """The desktop's colours and scale."""
    if options.look == "dark":
        config = pathlib.Path(os.environ["HOME"], ".config")
        config.mkdir()
        (config / "kdeglobals").write_text(DARK_COLORS, encoding="ascii")
        os.environ |= {"QT_QPA_PLATFORMTHEME": "kde", "KDE_SESSION_VERSION": "6"}
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)


class SetUp:
    """One account, from the empty program to its mailbox."""

    def __init__(self, walk, internet, say, name):
        self.walk = walk
        self.internet = internet
        self.say = say
        self.name = name
        self.profile = walk.directory / f"profile-{name}"
        self.start_again()

    def step(self, what):
        return self.walk.step(f"{self.name}: {what}")

    def find(self, role, source, *arguments, **options):
        return self.program.find(role, self.say(source, *arguments), **options)

    def click(self, source, *arguments):
        self.find("button", source, *arguments).click()

    def shows(self, *texts):
        """Waits until labels with these texts in them are there, and looks whether anything is cut off."""
        for text in texts:
            self.program.find("label", lambda name, text=text: text in _plain(name))
        self.check_layout()

    def page(self, source, *arguments):
        """Waits for the page with this title."""
        self.find("label", source, *arguments)
        self.check_layout()

    def choose_language(self):
        if self.say.language != "en":
            combo = self.program.find("combo box", "Language · Dil")
            combo.click()
            self.program.find("list item", self.say.name).click()
            self.page("Welcome to Postacı")

    def identify(self, address):
        with self.step("the program starts and asks who the user is"):
            self.program.find("label", "Welcome to Postacı")
            self.choose_language()
            self.page("Welcome to Postacı")
        with self.step(f"{address} is typed"):
            self.find("text", "Your name").enter("Ayşe Yılmaz")
            self.find("text", "Email address").enter(address)
            self.click("Continue")

    def sign_in(self, password):
        self.find("password text", "Password").enter(password)
        self.check_layout()
        self.click("Sign in")

    def start_again(self):
        self.program = self.walk.start_program("--profile", self.profile)

    def finish(self):
        with self.step("both servers were tried, and the mailbox is ready"):
            self.page("Your mailbox is ready")
        with self.step("the mailbox opens"):
            self.click("Open mailbox")
            self.program.find("table cell", lambda name: self.say("Inbox", area="FolderText") in name, timeout=20)
            self.program.process.terminate()
            assert self.program.wait_ended() == 0

    def heard_only_by(self, secret, *hosts):
        """By these, and by each of them."""
        self.internet.settle()
        record = self.internet.record
        problems = record.problems_with(secret, set(hosts))
        assert not problems, problems
        heard = {entry.sni for entry in record.heard(secret)}
        assert heard == set(hosts), f"{heard} heard it, expected {hosts}"

    def written_nowhere(self, secret):
        """Neither in the profile nor in a log; the keyring's files are encrypted."""
        places = [self.profile, self.walk.output, pathlib.Path(os.environ["HOME"])]
        for path in (path for place in places for path in place.rglob("*") if path.is_file()):
            content = path.read_bytes()
            assert not any(form in content for form in forms_of(secret)), f"a secret is written in {path}"

    def check_layout(self):
        """Nothing sticks out of the window sideways, and nothing lies on top of something else."""
        window = self.program.active_window()
        frame = window.box
        shown = [(control, box) for control, box in _visible(window) if control.role in LEAVES]
        for control, box in shown:
            assert box.x >= frame.x and box.x + box.width <= frame.x + frame.width, f"{control} sticks out of the window"
        boxes = [(control, box) for control, box in shown if control.role != "label" or control.name]
        for index, (one, a) in enumerate(boxes):
            for other, b in boxes[index + 1:]:
                width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
                height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
                inside = _inside(a, b) or _inside(b, a)
                assert inside or width <= 1 or height <= 1, f"{one} and {other} overlap"


class Box:
    """What can be seen of a control."""

    def __init__(self, box, top, bottom):
        self.x, self.width = box.x, box.width
        self.y = max(box.y, top)
        self.height = min(box.y + box.height, bottom) - self.y


def _visible(control, top=float("-inf"), bottom=float("inf")):
    """Each control below this one and its box, without what is scrolled out of sight upwards or downwards."""
    children = [child for child in control.children() if child.is_("showing")]
    scrolls = any(bar.role == "scroll bar" for child in children for bar in child.children())
    for child in children:
        box = child.box
        if box.width > 0 and (cut := Box(box, top, bottom)).height > 0:
            yield child, cut
        clip = (max(top, box.y), min(bottom, box.y + box.height)) if scrolls else (top, bottom)
        yield from _visible(child, *clip)


def _inside(a, b):
    return a.x >= b.x and a.y >= b.y and a.x + a.width <= b.x + b.width and a.y + a.height <= b.y + b.height


def _plain(text):
    """Host names are marked up, with room to break at dots."""
    return re.sub("<[^>]*>", "", text).replace("\u200b", "")


def known_provider(user):
    from tests.setup.journey_worlds import PASSWORD
    user.identify("ayse@yandex.com.tr")
    with user.step("the provider is known at once, with what to prepare there"):
        user.shows("imap.yandex.com", "smtp.yandex.com")
        assert not user.internet.record.connections(), "somebody was asked"
    with user.step("the password is typed"):
        user.find("password text", "App password").enter(PASSWORD)
        user.check_layout()
        user.click("Sign in")
    user.finish()
    user.heard_only_by(PASSWORD, "imap.yandex.com", "smtp.yandex.com")


def autoconfig(user):
    address, password = user.real.users[0]
    user.identify(address)
    with user.step("the servers are found on the provider's web site"):
        user.shows("imap.example.test", "smtp.example.test")
    with user.step("the password is typed"):
        user.sign_in(password)
    with user.step("both servers were tried, and the mailbox is ready"):
        user.page("Your mailbox is ready")
    with user.step("a test mail is sent, arrives, and is removed again"):
        user.click("Send a test mail")
        user.shows(user.say("It has been removed again."))
        with user.real.mailbox(0) as client:
            assert search(client, "SUBJECT", '"Postac"') == [], "the test mail is still there"
    user.finish()
    user.heard_only_by(password)  # SCRAM: not even the server was told


def srv(user):
    from tests.setup.journey_worlds import PASSWORD
    user.identify("ayse@d4.example")
    with user.step("the servers are found in DNS"):
        user.shows("imap.d4.example", "smtp.d4.example")
    with user.step("a wrong password is typed, and told from a wrong server"):
        user.sign_in("something else")
        user.page("Receiving does not work yet")
        user.check_layout()
    with user.step("the right one is typed"):
        user.click("Type the password again")
        user.sign_in(PASSWORD)
    user.finish()
    user.heard_only_by(PASSWORD, "imap.d4.example", "smtp.d4.example")


def shared_hosting(user):
    from tests.setup.journey_worlds import PASSWORD
    user.identify("ayse@firma2.com.tr")
    with user.step("the certificate's own name is found, and is to be looked at"):
        user.page("Are these your servers?")
        user.shows("srv12.trwww.com")
        assert not user.program.look_for("password text"), "the password is asked for before the hosts were agreed on"
    with user.step("the user agrees"):
        user.click("Use these servers")
    with user.step("the password is typed"):
        user.sign_in(PASSWORD)
    user.finish()
    user.heard_only_by(PASSWORD, "srv12.trwww.com")


def oauth(user):
    from tests.setup.google import HOSTS
    address, client_id, client_secret = user.real.users[0][0], user.real.oauth["client"], user.real.oauth["secret"]
    user.identify(address)
    with user.step("Google is found to run the mail of this domain"):
        user.shows("imap.gmail.com", "smtp.gmail.com")
    with user.step("the user has a registration of their own there, and is asked for no password"):
        user.click("For experts: sign in with your browser")
        fields = {field.name for field in user.program.look_for("password text")}
        assert fields == {user.say("Client secret")}, f"asked for {fields}"
        user.find("text", "Client ID").enter(client_id)
        user.find("password text", "Client secret").enter(client_secret)
        user.check_layout()
    with user.step("the browser opens, and comes back"):
        user.program.find("button", user.say("&Sign in with your browser", area="FoundPage")).click()
        user.page("Your mailbox is ready")
    asked, visit = user.google.authorizations, user.browser.visits
    assert len(asked) == len(visit) == 1, f"asked {len(asked)} times, opened {len(visit)} pages"
    assert asked[0]["code_challenge_method"] == "S256" and len(asked[0]["code_challenge"]) == 43, "no PKCE"
    assert asked[0]["redirect_uri"].startswith("http://127.0.0.1:") and len(asked[0]["state"]) >= 43, asked[0].keys()
    assert asked[0]["login_hint"] == address
    assert visit[0]["status"] == 200 and f'<html lang="{user.say.language}">' in visit[0]["content"], visit[0]["content"]
    with user.step("a test mail is sent, arrives, and is removed again"):
        user.click("Send a test mail")
        user.shows(user.say("It has been removed again."))
    user.finish()
    with user.step("started again, the program asks nobody and shows the mailbox"):
        user.start_again()
        wait_for(lambda: user.real.control_issuer()["refresh"] == 1, "a new access token")
        user.real.append(0, b"From: mehmet@example.test\r\nSubject: Taze\r\n\r\nMerhaba\r\n")
        user.program.find("table cell", lambda name: "Taze" in name)
        assert len(user.browser.visits) == 1, "the browser was opened again"
        user.program.process.terminate()
        assert user.program.wait_ended() == 0
    secrets = {secret for secret in user.google.secrets if secret}
    assert len(secrets) == 5, "a code, and two pairs of tokens"
    for secret in (*secrets, client_secret):
        user.written_nowhere(secret)
    user.heard_only_by(user.real.users[0][1])  # the password: nobody knows it
    tokens = {secret for secret in secrets if secret.startswith("at+")}
    record = user.internet.record
    for token in tokens:
        assert not record.problems_with(token, HOSTS), record.problems_with(token, HOSTS)
    assert {entry.sni for token in tokens for entry in record.heard(token)} == HOSTS, "somebody did not hear the token"


def nothing_found(user):
    from tests.setup.journey_worlds import PASSWORD
    user.identify("ayse@d7.example")
    with user.step("nothing is found: the form comes, filled in with guesses"):
        user.page("Set up by hand")
        user.shows("d7.example")
    with user.step("the servers are typed"):
        for side in ("Incoming", "Outgoing"):
            user.find("text", f"{side} server").enter("posta.d7.example")
            user.find("text", f"{side} user name").enter("ayse@d7.example")
        user.find("password text", "Password").enter(PASSWORD)
        user.check_layout()
        user.click("Continue")
    user.finish()
    user.heard_only_by(PASSWORD, "posta.d7.example")


def strangers(user):
    from tests.setup.journey_worlds import PASSWORD
    user.identify("ayse@d6.example")
    with user.step("a forged exchanger leads to strangers: their names are to be looked at, and no password is asked for"):
        user.page("Are these your servers?")
        user.shows("imap.evil.example", "smtp.evil.example")
        assert not user.program.look_for("password text"), "the password is asked for before the hosts were agreed on"
    with user.step("the user refuses, and is asked for the servers"):
        user.click("Change the servers")
        user.page("Set up by hand")
    user.program.process.terminate()
    assert user.program.wait_ended() == 0
    user.heard_only_by(PASSWORD)


def accounts(stack):
    """name: (its world, what the user does, what else the user has)"""
    from tests.setup import journey_worlds as worlds
    from tests.setup.google import Google
    found = {
        "known provider": (worlds.KNOWN, known_provider, {}),
        "SRV": (worlds.SRV, srv, {}),
        "shared hosting": (worlds.SHARED_HOSTING, shared_hosting, {}),
        "nothing found": (worlds.NOTHING, nothing_found, {}),
        "strangers": (worlds.EVIL, strangers, {}),
    }
    if os.geteuid() == 0:
        real = stack.enter_context(RealServer(20))
        found["autoconfig"] = (worlds.with_mailbox(real), autoconfig, {"real": real})
        real = stack.enter_context(RealServer(20, oauth=True))
        front = Google(real)
        found["OAuth"] = (front.world, oauth, {"real": real, "google": front})
    else:
        print("without a real mailbox: Postfix needs root")
    return found


def walk(this):
    from tests.journeys.words import Words
    from tests.support.internet.internet import Internet
    prepare(this.options)
    opened = browser.install(this.directory / "browser")
    say = Words(this.options.language)
    with contextlib.ExitStack() as servers:
        for name, (world, go, extra) in accounts(servers).items():
            if this.options.only not in (None, name):
                continue
            with Internet(world) as internet, contextlib.ExitStack() as programs:
                user = SetUp(this, internet, say, name)
                vars(user).update(extra, browser=opened)
                programs.callback(lambda user=user: user.program.process.kill())
                go(user)


if __name__ == "__main__":
    namespace.enter()
    from tests.journeys import journey
    journey.run("set_up", walk, deadline=600, configure=configure)
