// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"
#include "app/profile.h"
#ifdef Q_OS_UNIX
#include "app/unixsignals.h"
#endif

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

#include <QCoroFuture>

#include <cstdio>
#include <cstdlib>

namespace postaci::cli {

using namespace Qt::StringLiterals;

void printRaw(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

void printLine(const QJsonObject &object)
{
    printRaw(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void remark(const QString &text)
{
    std::fprintf(stderr, "postaci-cli: %s\n", qUtf8Printable(text));
}

namespace {

enum ExitCode { Success = 0, Failed = 1, Misused = 2 };

const QList<QCommandLineOption> &globalOptions()
{
    static const QList<QCommandLineOption> options{
        {u"profile"_s, u"Directory of the profile (default: that of the mail program)."_s, u"directory"_s},
        {u"account"_s, u"The account to work on: its number or address (default: the only one)."_s, u"account"_s},
        {u"ca"_s, u"Additional trusted root certificates, PEM."_s, u"file"_s},
        {{u"h"_s, u"help"_s}, u"This text."_s},
        {u"version"_s, u"The program's version."_s},
    };
    return options;
}

void printOption(const QCommandLineOption &option, const char *indent)
{
    QString text = u"--"_s + option.names().last();
    if (!option.valueName().isEmpty())
        text += ' '_L1 + option.valueName().toUpper();
    std::printf("%s%-28s %s\n", indent, qUtf8Printable(text), qUtf8Printable(option.description()));
}

void printHelp(const QList<Command> &commands)
{
    std::puts(
        "Usage: postaci-cli [OPTION…] COMMAND [ARGUMENT…]\n\n"
        "The mail program without its windows, on the same profile (one of the two at a time).\n\n"
        "Results are lines of JSON on standard output, remarks go to standard error. A failure prints one line\n"
        "{\"error\": {\"kind\", \"step\", \"sentence\", …}} and ends with 1; a wrong command line ends with 2.\n\n"
        "'flag', 'move', 'delete' and 'send' wait until the server has done its part. Without a connection they\n"
        "print \"queued\": true and end with 0: the work is saved and done by the next 'sync'.\n\n"
        "Passwords come from the keychain, or else from POSTACI_PASSWORD (and POSTACI_SMTP_PASSWORD where the\n"
        "outgoing server has its own), which is then needed at each call and never kept.\n\nOptions:");
    for (const QCommandLineOption &option : globalOptions())
        printOption(option, "  ");
    std::puts("\nCommands:");
    for (const Command &command : commands) {
        std::printf("  %s\n      %s\n", qUtf8Printable((command.name + ' '_L1 + command.synopsis).trimmed()),
            qUtf8Printable(command.description));
        for (const QCommandLineOption &option : command.options)
            printOption(option, "      ");
    }
}

ExitCode failed(const MailError &error)
{
    printLine({{u"error"_s, toJson(error)}});
    return Failed;
}

ExitCode misuse(const QString &text)
{
    remark(text + u" See --help."_s);
    printLine({{u"error"_s, toJson(MailError{.kind = ErrorKind::InvalidInput, .subject = text})}});
    return Misused;
}

std::optional<MailEngine::AccountSecrets> secretsFromEnvironment()
{
    const QString incoming = qEnvironmentVariable("POSTACI_PASSWORD");
    if (incoming.isEmpty())
        return {};
    return MailEngine::AccountSecrets{
        .incoming = incoming, .outgoing = qEnvironmentVariable("POSTACI_SMTP_PASSWORD", incoming)};
}

/// The command whose name the words begin with; the longest name wins ("outbox retry" before "outbox").
const Command *findCommand(const QList<Command> &commands, const QStringList &words)
{
    const Command *found = nullptr;
    for (const Command &command : commands) {
        const QStringList name = command.name.split(' '_L1);
        if (words.first(qMin(name.size(), words.size())) == name
            && (!found || command.name.size() > found->name.size()))
            found = &command;
    }
    return found;
}

/// An option of the command line that neither the command nor the program has, if any.
QString strangeOption(const QCommandLineParser &parser, const Command &command)
{
    QStringList known;
    for (const QCommandLineOption &option : globalOptions() + command.options)
        known += option.names();
    for (const QString &name : parser.optionNames()) {
        if (!known.contains(name))
            return name;
    }
    return {};
}

Arguments argumentsFor(const Command &command, const QCommandLineParser &parser)
{
    Arguments arguments;
    arguments.positional = parser.positionalArguments().sliced(command.name.count(' '_L1) + 1);
    for (const QCommandLineOption &option : command.options) {
        if (parser.isSet(option))
            arguments.options.insert(
                option.names().last(), option.valueName().isEmpty() ? QStringList() : parser.values(option));
    }
    return arguments;
}

QCoro::Task<Result<void>> openAndRun(Session *session, const Command *command, Arguments arguments)
{
    const Result<void> opened = co_await session->open();
    if (!opened)
        co_return failure(opened.error());
    co_return co_await command->run(session, arguments);
}

QCoro::Task<int> run(Session *session, const Command *command, Arguments arguments)
{
    const Result<void> outcome = co_await openAndRun(session, command, arguments);
    co_await session->settleOutbox();
    co_await session->stop();
    if (outcome)
        co_return Success;
    co_return session->hasToldFailure() ? Failed : failed(outcome.error());
}

int main(const QCoreApplication &application)
{
    const QList<Command> commands = accountCommands() + connectionCommands() + setupCommands() + folderCommands()
        + fileCommands() + messageCommands() + queueCommands() + sendingCommands();

    QCommandLineParser parser;
    parser.addOptions(globalOptions());
    QStringList added;
    for (const Command &command : commands) {
        for (const QCommandLineOption &option : command.options) {
            if (!added.contains(option.names().last())) // Commands share some.
                parser.addOption(option);
            added += option.names();
        }
    }
    if (!parser.parse(application.arguments()))
        return misuse(parser.errorText());
    if (parser.isSet(u"help"_s)) {
        printHelp(commands);
        return Success;
    }
    if (parser.isSet(u"version"_s)) {
        std::printf("postaci-cli %s\n", qUtf8Printable(application.applicationVersion()));
        return Success;
    }

    const Command *command = findCommand(commands, parser.positionalArguments());
    if (!command)
        return misuse(u"There is no such command."_s);
    if (const QString name = strangeOption(parser, *command); !name.isEmpty())
        return misuse(u"'%1' has no option --%2."_s.arg(command->name, name));
    const Arguments arguments = argumentsFor(*command, parser);
    if (arguments.positional.size() < command->minimum || arguments.positional.size() > command->maximum)
        return misuse(u"'%1' takes: %2."_s.arg(
            command->name, command->synopsis.isEmpty() ? u"no argument"_s : command->synopsis));

    const Result<QString> profile = prepareProfile(parser.value(u"profile"_s));
    if (!profile)
        return failed(profile.error());
    const Result<QList<QSslCertificate>> roots = readTrustedRoots(parser.value(u"ca"_s));
    if (!roots)
        return failed(roots.error());

    Session session({.profile = *profile,
        .roots = *roots,
        .account = parser.value(u"account"_s),
        .secrets = secretsFromEnvironment()});
#ifdef Q_OS_UNIX
    UnixSignals signalWatch;
    QObject::connect(&signalWatch, &UnixSignals::terminationRequested, &session, [&session] { session.stop(); });
#endif
    return QCoro::waitFor(run(&session, command, arguments));
}

} // namespace

} // namespace postaci::cli

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("postaci"));
    QCoreApplication::setApplicationVersion(QStringLiteral(POSTACI_VERSION));
    const int code = postaci::cli::main(application);
    // Everything is closed and saved. What may still be there are questions to a name server that never answers: they
    // cannot be ended, and the end of the application would wait for them.
    std::fflush(stdout);
    std::_Exit(code);
}
