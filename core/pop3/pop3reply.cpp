// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3reply.h"

#include <algorithm>

namespace postaci {

namespace {

/// Whether the line begins with the word, in any case, and the word ends there.
bool beginsWith(QByteArrayView line, QByteArrayView word)
{
    return line.size() >= word.size() && line.first(word.size()).compare(word, Qt::CaseInsensitive) == 0
        && (line.size() == word.size() || line[word.size()] == ' ');
}

/// resp-code = "[" resp-level *("/" resp-level) "]": no spaces, no brackets.
QByteArrayView responseCodeOf(QByteArrayView text)
{
    if (!text.startsWith('['))
        return {};
    const qsizetype end = text.indexOf(']');
    const QByteArrayView code = end < 0 ? QByteArrayView() : text.sliced(1, end - 1);
    const bool valid = std::all_of(code.begin(), code.end(), [](char c) { return c > ' ' && c < 0x7f && c != '['; });
    return valid ? code : QByteArrayView();
}

ErrorKind kindOf(const Pop3Reply &reply, Step step)
{
    if (reply.status != Pop3Reply::Status::Error)
        return ErrorKind::Protocol;
    const QByteArray &code = reply.responseCode;
    if (code == "IN-USE" || code == "LOGIN-DELAY" || code == "SYS/TEMP")
        return ErrorKind::TryLater;
    if (code == "SYS/PERM" || code == "SYS")
        return ErrorKind::Refused;
    if (code == "AUTH")
        return ErrorKind::AuthenticationFailed;
    switch (step) {
    case Step::Login:
        return ErrorKind::AuthenticationFailed;
    case Step::StartTls:
        return ErrorKind::EncryptionMissing;
    case Step::FetchBody:
        return ErrorKind::NotFound;
    default:
        return ErrorKind::Refused;
    }
}

} // namespace

Result<Pop3Reply> Pop3Reply::parse(QByteArrayView line)
{
    Pop3Reply reply;
    if (line.size() > lineLimit)
        return failure({.kind = ErrorKind::Protocol});
    qsizetype word = 0;
    if (beginsWith(line, "+OK")) {
        reply.status = Status::Ok;
        word = 3;
    } else if (beginsWith(line, "-ERR")) {
        reply.status = Status::Error;
        word = 4;
    } else if (beginsWith(line, "+")) {
        reply.status = Status::Challenge;
        word = 1;
    } else {
        return failure({.kind = ErrorKind::Protocol});
    }
    QByteArrayView text = line.sliced(std::min(line.size(), word + 1));
    if (reply.status != Status::Challenge) {
        if (const QByteArrayView code = responseCodeOf(text); !code.isEmpty()) {
            reply.responseCode = code.toByteArray().toUpper();
            text = text.sliced(code.size() + 2).trimmed();
        }
    }
    reply.text = text.toByteArray();
    return reply;
}

MailError Pop3Reply::error(Step step) const
{
    return {
        .kind = kindOf(*this, step),
        .step = step,
        .serverText = cleanServerText(text),
        .enhancedCode = responseCode,
    };
}

} // namespace postaci
