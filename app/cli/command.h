// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QCommandLineOption>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <QCoroTask>

#include <limits>

namespace postaci::cli {

class Session;

/// What the user typed after a command's name.
struct Arguments {
    QStringList positional;
    QHash<QString, QStringList> options; ///< By the option's long name; an option without value has an empty list.

    bool has(const QString &option) const { return options.contains(option); }
    QString value(const QString &option) const { return options.value(option).value(0); }
};

/// One row of the program's command table. `run` prints its results and returns what went wrong, if anything. It is a
/// coroutine on the main thread; the session outlives it.
struct Command {
    QString name; ///< "account add"
    QString synopsis; ///< Its positional arguments, "ID… FOLDER".
    QString description;
    QList<QCommandLineOption> options;
    qsizetype minimum = 0; ///< Number of positional arguments.
    qsizetype maximum = std::numeric_limits<qsizetype>::max();
    QCoro::Task<Result<void>> (*run)(Session *session, Arguments arguments) = nullptr;
};

QList<Command> accountCommands();
QList<Command> connectionCommands();
QList<Command> fileCommands();
QList<Command> folderCommands();
QList<Command> messageCommands();
QList<Command> queueCommands();
QList<Command> sendingCommands();
QList<Command> setupCommands();

/// One line of JSON on standard output.
void printLine(const QJsonObject &object);
/// Bytes on standard output as they are.
void printRaw(const QByteArray &bytes);
/// A remark on standard error.
void remark(const QString &text);

} // namespace postaci::cli
