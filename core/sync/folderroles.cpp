// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderroles.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

FolderRole roleByAttributes(const QList<QByteArray> &attributes)
{
    static const QHash<QByteArray, FolderRole> roles{
        {"\\drafts", FolderRole::Drafts},
        {"\\sent", FolderRole::Sent},
        {"\\archive", FolderRole::Archive},
        {"\\junk", FolderRole::Junk},
        {"\\trash", FolderRole::Trash},
        {"\\all", FolderRole::All},
        {"\\flagged", FolderRole::Flagged},
    };
    for (const QByteArray &attribute : attributes) {
        if (const auto role = roles.constFind(attribute); role != roles.cend())
            return *role;
    }
    return FolderRole::None;
}

/// Lower case for comparing, with the four letters I, ı, İ, i as one: names come from English and Turkish systems.
QString folded(const QString &name)
{
    QString result = name.normalized(QString::NormalizationForm_C);
    result.replace(u'İ', u'i').replace(u'I', u'i').replace(u'ı', u'i');
    return result.toCaseFolded();
}

struct KnownName {
    FolderRole role;
    const char16_t *name;
};

/// For each role the likelier names first: where two folders match, the earlier name wins.
constexpr KnownName knownNames[] = {
    {FolderRole::Drafts, u"Drafts"},
    {FolderRole::Drafts, u"Draft"},
    {FolderRole::Drafts, u"Taslaklar"},
    {FolderRole::Drafts, u"Taslak"},
    {FolderRole::Sent, u"Sent"},
    {FolderRole::Sent, u"Sent Items"},
    {FolderRole::Sent, u"Sent Mail"},
    {FolderRole::Sent, u"Sent Messages"},
    {FolderRole::Sent, u"Gönderilmiş Öğeler"},
    {FolderRole::Sent, u"Gönderilenler"},
    {FolderRole::Sent, u"Gönderilmiş Postalar"},
    {FolderRole::Sent, u"Gönderilmiş İletiler"},
    {FolderRole::Sent, u"Gönderilen"},
    {FolderRole::Trash, u"Trash"},
    {FolderRole::Trash, u"Deleted Items"},
    {FolderRole::Trash, u"Deleted Messages"},
    {FolderRole::Trash, u"Deleted"},
    {FolderRole::Trash, u"Bin"},
    {FolderRole::Trash, u"Çöp Kutusu"},
    {FolderRole::Trash, u"Çöp"},
    {FolderRole::Trash, u"Silinmiş Öğeler"},
    {FolderRole::Trash, u"Silinmiş İletiler"},
    {FolderRole::Trash, u"Silinenler"},
    {FolderRole::Junk, u"Junk"},
    {FolderRole::Junk, u"Spam"},
    {FolderRole::Junk, u"Junk Email"},
    {FolderRole::Junk, u"Junk E-mail"},
    {FolderRole::Junk, u"Junk Mail"},
    {FolderRole::Junk, u"Bulk Mail"},
    {FolderRole::Junk, u"Gereksiz"},
    {FolderRole::Junk, u"Gereksiz E-posta"},
    {FolderRole::Junk, u"Önemsiz E-posta"},
    {FolderRole::Junk, u"Önemsiz"},
    {FolderRole::Junk, u"İstenmeyen"},
    {FolderRole::Junk, u"İstenmeyen Posta"},
    {FolderRole::Archive, u"Archive"},
    {FolderRole::Archive, u"Archives"},
    {FolderRole::Archive, u"Arşiv"},
};

/// A name counts only at the top of the hierarchy, inside INBOX, or inside a bracketed root such as [Gmail].
bool isTopLevel(const Folder &folder)
{
    if (folder.separator.isNull())
        return true;
    const QString parent = folder.path.section(folder.separator, 0, -2);
    return parent.isEmpty() || parent == "INBOX"_L1 || (parent.startsWith(u'[') && parent.endsWith(u']'));
}

} // namespace

QList<Folder> mapFolders(const QList<RemoteFolder> &remote)
{
    QList<Folder> folders;
    QSet<QString> paths;
    QSet<FolderRole> taken;
    for (const RemoteFolder &line : remote) {
        if (line.path.isEmpty() || paths.contains(line.path) || line.attributes.contains("\\nonexistent"))
            continue;
        paths.insert(line.path);
        Folder folder{
            .path = line.path, .separator = line.separator, .selectable = !line.attributes.contains("\\noselect")};
        const FolderRole said = line.path == "INBOX"_L1 ? FolderRole::Inbox : roleByAttributes(line.attributes);
        if (folder.selectable && said != FolderRole::None && !taken.contains(said)) {
            folder.role = said;
            taken.insert(said);
        }
        folders.append(folder);
    }
    for (const KnownName &known : knownNames) {
        if (taken.contains(known.role))
            continue;
        const QString name = folded(QString::fromUtf16(known.name));
        const auto match = std::find_if(folders.begin(), folders.end(), [&name](const Folder &folder) {
            return folder.role == FolderRole::None && folder.selectable && isTopLevel(folder)
                && folded(folder.name()) == name;
        });
        if (match != folders.end()) {
            match->role = known.role;
            taken.insert(known.role);
        }
    }
    return folders;
}

QString pathForNewFolder(const QList<Folder> &folders, const QString &name)
{
    QChar separator;
    bool insideInbox = false;
    for (const Folder &folder : folders) {
        if (folder.role == FolderRole::Inbox) {
            separator = folder.separator;
            continue;
        }
        if (folder.separator.isNull() || !folder.path.startsWith("INBOX"_L1 + folder.separator))
            return name;
        insideInbox = true;
    }
    return insideInbox && !separator.isNull() ? "INBOX"_L1 + separator + name : name;
}

} // namespace postaci
