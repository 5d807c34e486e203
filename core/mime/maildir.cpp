// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/maildir.h"

#include <QDir>
#include <QFileInfo>

namespace postaci::maildir {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepest = 32;

void collect(const QString &directory, const QStringList &names, int depth, QList<Folder> &found)
{
    if (isMaildir(directory))
        found.append({directory, names});
    if (depth >= deepest)
        return;
    const QStringList entries
        = QDir(directory).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks | QDir::Hidden, QDir::Name);
    for (const QString &entry : entries) {
        if (entry == "cur"_L1 || entry == "new"_L1 || entry == "tmp"_L1)
            continue;
        const QString below = directory + u'/' + entry;
        if (entry.startsWith(u'.') && entry.endsWith(".directory"_L1))
            collect(below, names + QStringList{entry.sliced(1).chopped(10)}, depth + 1, found);
        else if (entry.startsWith(u'.'))
            collect(below, names + entry.split(u'.', Qt::SkipEmptyParts), depth + 1, found);
        else
            collect(below, names + QStringList{entry}, depth + 1, found);
    }
}

} // namespace

bool isMaildir(const QString &directory)
{
    return QFileInfo(directory + "/cur"_L1).isDir() && QFileInfo(directory + "/new"_L1).isDir();
}

QList<Folder> folders(const QString &root)
{
    QList<Folder> found;
    collect(QDir::cleanPath(root), {}, 0, found);
    return found;
}

QList<Message> messages(const QString &directory)
{
    QList<Message> found;
    for (const QString &part : {u"/cur"_s, u"/new"_s}) {
        const QDir dir(directory + part);
        const QStringList names = dir.entryList(QDir::Files, QDir::Name); // Hidden ones are the server's own.
        for (const QString &name : names)
            found.append({dir.filePath(name), flags(name)});
    }
    return found;
}

Flags flags(const QString &fileName)
{
    qsizetype info = -1;
    for (const char16_t colon : {u':', u';', u'!'})
        info = qMax(info, fileName.lastIndexOf(QChar(colon) + u"2,"_s));
    Flags flags;
    if (info < 0)
        return flags;
    const QStringView letters = QStringView(fileName).sliced(info + 3);
    for (const auto &[letter, flag] :
        {std::pair(u'S', Flag::Seen), std::pair(u'R', Flag::Answered), std::pair(u'F', Flag::Flagged),
            std::pair(u'D', Flag::Draft), std::pair(u'P', Flag::Forwarded), std::pair(u'T', Flag::Deleted)})
        flags.setFlag(flag, letters.contains(letter));
    return flags;
}

} // namespace postaci::maildir
