// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/fetchdata.h"

#include "core/imap/imapflags.h"

#include <QTimeZone>

#include <algorithm>

namespace postaci {

namespace {

using Kind = ImapToken::Kind;

/// Digits only, and not more than a signed 64-bit number holds.
bool readNumber(const ImapToken &token, qint64 &number)
{
    const QByteArray &digits = token.bytes;
    bool inRange = false;
    number = digits.toLongLong(&inRange);
    return token.kind == Kind::Atom && inRange
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Where the value that begins at `start` ends: one token, or a whole list.
qsizetype valueEnd(const QList<ImapToken> &tokens, qsizetype start)
{
    int depth = 0;
    for (qsizetype i = start; i < tokens.size(); ++i) {
        if (tokens.at(i).kind == Kind::Open)
            ++depth;
        else if (tokens.at(i).kind == Kind::Close)
            --depth;
        if (depth < 0)
            return start; // there is no value
        if (depth == 0)
            return i + 1;
    }
    return start;
}

int twoDigits(QByteArrayView text, qsizetype at)
{
    const char tens = text[at] == ' ' ? '0' : text[at];
    const char ones = text[at + 1];
    return tens >= '0' && tens <= '9' && ones >= '0' && ones <= '9' ? (tens - '0') * 10 + (ones - '0') : -1;
}

} // namespace

Result<FetchData> FetchData::read(ImapResponse response)
{
    FetchData data;
    QList<ImapToken> &tokens = response.tokens;
    const tl::unexpected<MailError> illegal = failure({.kind = ErrorKind::Protocol});
    if (tokens.size() < 2 || tokens.front().kind != Kind::Open || valueEnd(tokens, 0) != tokens.size())
        return illegal;

    const qsizetype close = tokens.size() - 1;
    for (qsizetype i = 1; i < close;) {
        if (tokens.at(i).kind != Kind::Atom)
            return illegal;
        const QByteArray name = tokens.at(i).bytes.toUpper();
        const qsizetype begin = i + 1;
        const qsizetype end = valueEnd(tokens, begin);
        if (end == begin)
            return illegal;
        ImapToken &value = tokens[begin];
        i = end;

        if (value.isNil() && !name.startsWith("BODY["))
            continue;
        if (name == "UID") {
            qint64 uid = 0;
            if (!readNumber(value, uid) || uid < 1 || uid > 0xffffffff)
                return illegal;
            data.uid = quint32(uid);
        } else if (name == "RFC822.SIZE") {
            if (!readNumber(value, data.size))
                return illegal;
        } else if (name == "INTERNALDATE") {
            data.internalDate = parseInternalDate(value.bytes);
        } else if (name == "FLAGS") {
            Flags flags;
            for (qsizetype flag = begin; flag < end; ++flag)
                flags |= flagsFromName(tokens.at(flag).bytes);
            data.flags = flags;
        } else if (name.startsWith("BODY[")) {
            if (!value.isString())
                return illegal;
            // A part of a message must not pass for the whole.
            const QByteArray origin = name.sliced(name.lastIndexOf(']') + 1);
            if (!origin.isEmpty() && origin != "<0>")
                return illegal;
            if (name.startsWith("BODY[HEADER"))
                data.header = value.isNil() ? QByteArray("") : std::move(value.bytes);
            else if (name.startsWith("BODY[]") && !value.isNil())
                data.body = std::move(value.bytes);
        }
    }
    return data;
}

QDateTime parseInternalDate(QByteArrayView text)
{
    static constexpr char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 26 || text[2] != '-' || text[6] != '-' || text[11] != ' ' || text[20] != ' ')
        return {};
    const qsizetype month = QByteArrayView(months, 36).indexOf(text.sliced(3, 3));
    const int year = twoDigits(text, 7) * 100 + twoDigits(text, 9);
    const QDate date(year, int(month / 3) + 1, twoDigits(text, 0));
    const QTime time(twoDigits(text, 12), twoDigits(text, 15), qMin(59, twoDigits(text, 18))); // a leap second
    const int offset = (twoDigits(text, 22) * 60 + twoDigits(text, 24)) * 60;
    if (month < 0 || month % 3 != 0 || !date.isValid() || !time.isValid() || (text[21] != '+' && text[21] != '-'))
        return {};
    return QDateTime(date, time, QTimeZone::UTC).addSecs(text[21] == '+' ? -offset : offset);
}

} // namespace postaci
