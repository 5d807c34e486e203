// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <QDir>
#include <QFile>
#include <QString>

namespace postaci {

/// Numbers of files under migrations/.
inline constexpr int newestMail = 8;

/// The two files as the program before the newest migration left them, with one account and so many messages.
inline void makeEarlierProfile(const QString &directory, int messages)
{
    const QDir dir(directory);
    SQLite::Database database(
        dir.filePath(QStringLiteral("bodies.sqlite")).toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Statement attach(database, "ATTACH ? AS mail");
    attach.bind(1, dir.filePath(QStringLiteral("mail.sqlite")).toStdString());
    attach.exec();
    database.exec("PRAGMA main.journal_mode = WAL; PRAGMA mail.journal_mode = WAL");
    const auto migrate = [&database](const char *schema, const char *name, int to) {
        for (int number = 1; number <= to; ++number) {
            QFile file(QStringLiteral(":/postaci/migrations/%1/%2.sql")
                    .arg(QLatin1StringView(name))
                    .arg(number, 4, 10, QLatin1Char('0')));
            if (!file.open(QIODevice::ReadOnly))
                qFatal("no such migration");
            database.exec(file.readAll().toStdString());
        }
        database.exec(std::string("PRAGMA ") + schema + ".application_id = 1349481332; PRAGMA " + schema
            + ".user_version = " + std::to_string(to));
    };
    migrate("mail", "mail", newestMail - 1);
    migrate("main", "bodies", 1);
    SQLite::Transaction transaction(database);
    database.exec("INSERT INTO mail.accounts (identity_address) VALUES ('ayse@example.org');"
                  "INSERT INTO mail.folders (account, path, role) VALUES (1, 'INBOX', 1);");
    SQLite::Statement insert(database,
        "INSERT INTO mail.messages (folder, uid, received, subject) VALUES (1, ?1, ?1 * 60000, 'Konu ' || ?1)");
    for (int uid = 1; uid <= messages; ++uid) {
        insert.bind(1, uid);
        insert.exec();
        insert.reset();
    }
    database.exec("UPDATE mail.folders SET total = " + std::to_string(messages) + ", unread = total");
    transaction.commit();
}

} // namespace postaci
