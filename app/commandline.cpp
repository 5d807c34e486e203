// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"

#include <QCommandLineParser>

namespace postaci {

using namespace Qt::StringLiterals;

CommandLine parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Reads and sends mail."_s);
    const QCommandLineOption profile(u"profile"_s, u"Keep mail and settings in this directory."_s, u"directory"_s);
    const QCommandLineOption language(
        u"language"_s, u"Speak this language, en or tr, until the program ends."_s, u"code"_s);
    const QCommandLineOption roots(u"ca"_s, u"Additional trusted root certificates, PEM."_s, u"file"_s);
    const QCommandLineOption suggest(u"suggest"_s,
        u"Begin the set-up of an account with the settings in this file, JSON without secrets."_s, u"file"_s);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Show this text."_s);
    const QCommandLineOption version({u"v"_s, u"version"_s}, u"Show the program's version."_s);
    parser.addOptions({profile, language, roots, suggest, help, version});
    parser.addPositionalArgument(u"link"_s, u"A mailto: link to write a mail to."_s, u"[mailto:…]"_s);

    CommandLine result;
    const auto mistake = [&result](const QString &text) {
        result.answer = {.text = u"postaci: "_s + text + u" See --help.\n"_s, .exitCode = 2};
        return result;
    };

    if (!parser.parse(arguments))
        return mistake(parser.errorText());
    if (parser.isSet(help)) {
        result.answer = {.text = parser.helpText()};
        return result;
    }
    if (parser.isSet(version)) {
        result.answer = {.text = u"postaci " POSTACI_VERSION "\n"_s};
        return result;
    }
    result.profile = parser.value(profile);
    result.language = parser.value(language);
    result.rootsFile = parser.value(roots);
    result.suggestionFile = parser.value(suggest);
    if (parser.isSet(language) && result.language != "en"_L1 && result.language != "tr"_L1)
        return mistake(u"--language is en or tr."_s);
    const QStringList links = parser.positionalArguments();
    if (links.size() > 1)
        return mistake(u"Only one mailto: link can be given."_s);
    if (!links.isEmpty()) {
        result.link = QUrl(links.first());
        if (result.link.scheme() != "mailto"_L1)
            return mistake(u"Only mailto: links can be opened."_s);
    }
    return result;
}

} // namespace postaci
