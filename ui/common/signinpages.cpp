// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/signinpages.h"

#include <QCoreApplication>
#include <QLocale>

namespace postaci {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::SignInPages)
};

} // namespace

SignInPages signInPages()
{
    return {.language = QLocale::languageToCode(QLocale().language()),
        .done = {.heading = Text::tr("You are signed in"),
            .text = Text::tr("You can close this page and go back to Postacı.")},
        .failed = {.heading = Text::tr("Signing in did not work"),
            .text = Text::tr("Go back to Postacı; it says why, and you can try again there.")}};
}

} // namespace postaci
