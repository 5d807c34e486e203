// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/attachmentsafety.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace postaci {

bool isDangerous(const QString &fileName, const QByteArray &mediaType)
{
    // Programs and scripts of the three systems, links to them, packages and disk images that carry them, documents
    // with macros, and pages that would load from the network once outside the reader.
    static const QSet<QString> suffixes{u"action"_s, u"ade"_s, u"adp"_s, u"app"_s, u"appimage"_s, u"application"_s,
        u"appref-ms"_s, u"appx"_s, u"bash"_s, u"bat"_s, u"bin"_s, u"chm"_s, u"class"_s, u"cmd"_s, u"com"_s,
        u"command"_s, u"cpl"_s, u"csh"_s, u"deb"_s, u"desktop"_s, u"diagcab"_s, u"dll"_s, u"dmg"_s, u"docm"_s,
        u"dotm"_s, u"elf"_s, u"exe"_s, u"fish"_s, u"flatpakref"_s, u"gadget"_s, u"hta"_s, u"htm"_s, u"html"_s, u"img"_s,
        u"inf"_s, u"ins"_s, u"inx"_s, u"iso"_s, u"isu"_s, u"jar"_s, u"jnlp"_s, u"job"_s, u"js"_s, u"jse"_s, u"ksh"_s,
        u"library-ms"_s, u"lnk"_s, u"mde"_s, u"mht"_s, u"mhtml"_s, u"msc"_s, u"msi"_s, u"msix"_s, u"msp"_s, u"mst"_s,
        u"out"_s, u"paf"_s, u"pif"_s, u"pkg"_s, u"pl"_s, u"potm"_s, u"ppam"_s, u"ppsm"_s, u"pptm"_s, u"prg"_s, u"ps1"_s,
        u"psm1"_s, u"py"_s, u"pyw"_s, u"pyz"_s, u"rb"_s, u"reg"_s, u"rgs"_s, u"rpm"_s, u"run"_s, u"scf"_s, u"scr"_s,
        u"sct"_s, u"search-ms"_s, u"service"_s, u"settingcontent-ms"_s, u"sh"_s, u"shb"_s, u"shtml"_s, u"slk"_s,
        u"snap"_s, u"so"_s, u"svg"_s, u"svgz"_s, u"swf"_s, u"terminal"_s, u"tcl"_s, u"url"_s, u"vb"_s, u"vbe"_s,
        u"vbs"_s, u"vhd"_s, u"vhdx"_s, u"webloc"_s, u"workflow"_s, u"ws"_s, u"wsc"_s, u"wsf"_s, u"wsh"_s, u"xhtml"_s,
        u"xht"_s, u"xlam"_s, u"xll"_s, u"xlsm"_s, u"xltm"_s, u"xsl"_s, u"zsh"_s};
    static const QSet<QByteArray> types{"application/hta", "application/java-archive", "application/javascript",
        "application/vnd.microsoft.portable-executable", "application/x-desktop", "application/x-elf",
        "application/x-executable", "application/x-iso9660-image", "application/x-java-jnlp-file",
        "application/x-msdos-program", "application/x-msdownload", "application/x-ms-shortcut", "application/x-perl",
        "application/x-python", "application/x-sh", "application/x-shellscript", "application/xhtml+xml",
        "image/svg+xml", "text/html", "text/javascript", "text/x-python", "text/x-shellscript"};

    // Windows drops trailing dots and spaces: "a.exe. " is a program.
    QString name = fileName.toLower();
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1);
    return suffixes.contains(name.section(u'.', -1)) || types.contains(mediaType.toLower());
}

QString freePath(const QString &directory, const QString &fileName)
{
    const QDir folder(directory);
    QString path = folder.filePath(fileName);
    const QFileInfo info(fileName);
    const QString suffix = info.suffix().isEmpty() ? QString() : u'.' + info.suffix();
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = folder.filePath(u"%1 (%2)%3"_s.arg(info.completeBaseName()).arg(number).arg(suffix));
    return path;
}

} // namespace postaci
