// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// secretclient LIMIT-MS: a program with a SecretStore, for tests of what different systems do to it. Takes steps on
// standard input and answers each with a line: write=KEY=SECRET, read=KEY, remove=KEY.

#include "core/settings/secretstore.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <QStringList>

#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

QString nameOf(const MailError &error)
{
    return QString::fromLatin1(QMetaEnum::fromType<ErrorKind>().valueToKey(int(error.kind)));
}

class Client : public QObject {
public:
    explicit Client(std::chrono::milliseconds limit)
        : m_secrets(SecretStore::Backing::Keychain)
    {
        m_secrets.setTimeLimit(limit);
    }

    void perform(const QString &step)
    {
        const QStringList words = step.split(u'=');
        const QString &key = words.at(1);
        if (words.first() == "write"_L1) {
            m_secrets.write(key, words.at(2)).then(this, [](const Result<bool> &kept) {
                say(kept ? (*kept ? u"kept"_s : u"session"_s) : nameOf(kept.error()));
            });
        } else if (words.first() == "read"_L1) {
            m_secrets.read(key).then(
                this, [](const Result<QString> &secret) { say(secret ? *secret : nameOf(secret.error())); });
        } else {
            m_secrets.remove(key).then(
                this, [](const Result<void> &gone) { say(gone ? u"gone"_s : nameOf(gone.error())); });
        }
    }

private:
    SecretStore m_secrets;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Client client(std::chrono::milliseconds(app.arguments().at(1).toInt()));
    std::thread input([&client] {
        for (std::string line; std::getline(std::cin, line);) {
            QMetaObject::invokeMethod(
                &client, [&client, step = QString::fromStdString(line)] { client.perform(step); },
                Qt::QueuedConnection);
        }
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    const int code = app.exec();
    input.join();
    return code;
}
