// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/application.h"
#include "app/commandline.h"
#include "app/endwithin.h"
#include "app/profile.h"
#include "app/suggestion.h"
#include "ui/common/icons.h"
#include "ui/common/readablecolours.h"
#ifdef Q_OS_UNIX
#include "app/unixsignals.h"
#endif

#include <QApplication>
#include <QCryptographicHash>

#include <kdsingleapplication.h>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

int print(const CommandLine::Answer &answer)
{
    std::fputs(qUtf8Printable(answer.text), answer.exitCode == 0 ? stdout : stderr);
    return answer.exitCode;
}

/// Two starts on the same profile are one program; on different profiles they know nothing of each other.
QString instanceName(const QString &profile)
{
    const QByteArray digest = QCryptographicHash::hash(profile.toUtf8(), QCryptographicHash::Sha256);
    return u"postaci-"_s + QString::fromLatin1(digest.toHex().first(16));
}

int refuse(const MailError &error)
{
    Application::refuseToStart(error);
    return QApplication::exec();
}

int run(QApplication &application)
{
    QApplication::setApplicationName(u"postaci"_s);
    QApplication::setApplicationDisplayName(u"Postacı"_s);
    QApplication::setApplicationVersion(u"" POSTACI_VERSION ""_s);
    QApplication::setDesktopFileName(u"org.postaci.Postaci"_s);
    const CommandLine commandLine = parseCommandLine(QApplication::arguments());
    if (commandLine.answer)
        return print(*commandLine.answer);

    const Result<QString> profile = prepareProfile(commandLine.profile);
    if (!profile)
        return refuse(profile.error());

    KDSingleApplication instance(instanceName(*profile), KDSingleApplication::Option::IncludeUsernameInSocketName);
    if (!instance.isPrimaryInstance()) {
        constexpr int patience = 5000; // ms
        return instance.sendMessageWithTimeout(commandLine.link.toEncoded(), patience) ? 0 : 1;
    }

    const Result<QList<QSslCertificate>> roots = readTrustedRoots(commandLine.rootsFile);
    if (!roots)
        return refuse(roots.error());

    std::optional<Account> suggestion;
    if (!commandLine.suggestionFile.isEmpty()) {
        const Result<Account> read = readSuggestion(commandLine.suggestionFile);
        if (!read)
            return refuse(read.error());
        suggestion = *read;
    }

    setUpIcons();
    keepColoursReadable();
    QApplication::setWindowIcon(applicationIcon());
    Application program({.profile = *profile,
        .language = commandLine.language,
        .roots = *roots,
        .suggestion = suggestion,
        .link = commandLine.link});
    QObject::connect(&instance, &KDSingleApplication::messageReceived, &program, &Application::takeOver);
#ifdef Q_OS_UNIX
    UnixSignals signalWatch;
    QObject::connect(&signalWatch, &UnixSignals::terminationRequested, &application, [] {
        QApplication::closeAllWindows();
        QApplication::exit(0);
    });
#endif
    program.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    // Before there is an application object: these work without a display.
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (arguments.contains("--help"_L1) || arguments.contains("-h"_L1) || arguments.contains("--version"_L1)) {
        if (const auto answer = parseCommandLine(arguments).answer)
            return print(*answer);
    }

    QApplication application(argc, argv);
    const int code = run(application);
    endWithin(std::chrono::milliseconds(500), code);
    return code;
}
