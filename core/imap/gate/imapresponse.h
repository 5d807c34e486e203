// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace postaci {

/// One piece of an untagged data response, in the order in which it came. Lists are flat, between Open and Close: what
/// a server nests a thousand deep costs no recursion.
struct ImapToken {
    enum class Kind : quint8 {
        Atom, ///< Also a number, a flag, NIL, and a whole `BODY[HEADER.FIELDS (DATE FROM)]<0>`.
        Quoted, ///< Without its quotes and backslashes.
        Literal,
        Open,
        Close,
    };

    Kind kind = Kind::Atom;
    QByteArray bytes;

    bool isString() const { return kind == Kind::Atom || kind == Kind::Quoted || kind == Kind::Literal; }
    bool isNil() const { return kind == Kind::Atom && bytes.compare("NIL", Qt::CaseInsensitive) == 0; }

    friend bool operator==(const ImapToken &, const ImapToken &) = default;
};

/// One complete, well-formed response of an IMAP server (RFC 9051 7).
struct ImapResponse {
    enum class Kind { Continuation, Untagged, Tagged };

    Kind kind = Kind::Untagged;
    QByteArray tag; ///< Of a tagged response.
    QByteArray name; ///< Upper case: OK, NO, BAD, BYE, PREAUTH, or what kind of data: FETCH, LIST, EXISTS …
    std::optional<quint32> number; ///< The 5 of `* 5 FETCH`.

    QByteArray code; ///< Response code of OK, NO, BAD, BYE, PREAUTH, upper case: `UIDVALIDITY`.
    QByteArray codeArguments; ///< What follows it, as it came: `3857529045`.
    QByteArray text; ///< For people, or a continuation's challenge. Anything may be in it.

    QList<ImapToken> tokens; ///< Of a data response. Empty for one of an unknown kind that could not be read.

    bool isStatus() const { return !number && isStatusName(name); }
    bool isOk() const { return kind == Kind::Tagged && name == "OK"; }

    static bool isStatusName(QByteArrayView name)
    {
        return name == "OK" || name == "NO" || name == "BAD" || name == "BYE" || name == "PREAUTH";
    }

    friend bool operator==(const ImapResponse &, const ImapResponse &) = default;
};

} // namespace postaci
