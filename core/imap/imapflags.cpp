// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapflags.h"

namespace postaci {

namespace {

struct Name {
    Flag flag;
    const char *name;
};

constexpr Name names[] = {
    {Flag::Seen, "\\Seen"},
    {Flag::Answered, "\\Answered"},
    {Flag::Flagged, "\\Flagged"},
    {Flag::Deleted, "\\Deleted"},
    {Flag::Draft, "\\Draft"},
    {Flag::Forwarded, "$Forwarded"},
    {Flag::Junk, "$Junk"},
    {Flag::NotJunk, "$NotJunk"},
    {Flag::MdnSent, "$MDNSent"},
};

/// What older programs wrote for the same; read, never written.
constexpr Name otherNames[] = {
    {Flag::Forwarded, "Forwarded"},
    {Flag::Junk, "Junk"},
    {Flag::NotJunk, "NonJunk"},
    {Flag::NotJunk, "NotJunk"},
};

} // namespace

QList<QByteArray> flagNames(Flags flags)
{
    QList<QByteArray> result;
    for (const Name &known : names) {
        if (flags.testFlag(known.flag))
            result.append(known.name);
    }
    return result;
}

Flags flagsFromName(QByteArrayView name)
{
    if (name == "\\*")
        return Flag::Forwarded | Flag::Junk | Flag::NotJunk | Flag::MdnSent;
    for (const Name &known : names) {
        if (name.compare(known.name, Qt::CaseInsensitive) == 0)
            return known.flag;
    }
    for (const Name &known : otherNames) {
        if (name.compare(known.name, Qt::CaseInsensitive) == 0)
            return known.flag;
    }
    return {};
}

} // namespace postaci
