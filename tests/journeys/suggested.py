# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings that somebody has prepared: the set-up begins with them, and only the password is typed. In Turkish."""

import json

from tests.journeys import demo, journey
from tests.journeys.session import wait_for
from tests.support.realserver import RealServer, skip_without_postfix

MESSAGES = 20


def walk(this):
    with RealServer(MESSAGES) as server:
        suggestion = this.directory / "suggestion.json"
        suggestion.write_text(json.dumps(demo.suggested(server)), encoding="utf-8")
        address, password = server.users[0]

        with this.step("The program starts, and the set-up knows who is asking"):
            program = this.start_program("--profile", this.directory / "profile", "--ca", server.ca,
                                         "--language", "tr", "--suggest", suggestion)
            assert program.find("text", "E-posta adresi").text == address
            assert program.find("text", "Adınız").text == "Ayşe Yılmaz"

        with this.step("The servers are entered, the password is not"):
            program.find("button", "Devam").click()
            assert program.find("text", "Gelen sunucusu").text == server.host
            assert program.find("spin button", "Giden portu").text == str(server.ports["submissions"])
            field = program.find("password text", "Şifre")
            assert not field.text
            field.enter(password)

        with this.step("Both servers take the sign-in, and the mail is there"):
            program.find("button", "Devam").click()
            program.find("button", "Posta kutusunu aç").click()
            wait_for(lambda: (program.look_for("table") or [None])[0] and program.look_for("table")[0].rows == MESSAGES,
                     f"{MESSAGES} rows", timeout=60)


if __name__ == "__main__":
    skip_without_postfix()
    journey.run("suggested", walk)
