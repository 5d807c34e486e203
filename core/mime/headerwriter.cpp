// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/headerwriter.h"

#include "core/mime/headertext.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxColumn = 78; // RFC 5322 2.1.1
constexpr qsizetype maxEncodedWord = 75; // RFC 2047 2
constexpr qsizetype maxAddress = 320; // RFC 5321 4.5.3.1

bool isPlain(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
}

/// Whether text can be written as it is: words short enough to fold between, nothing that looks encoded.
bool isFoldable(const QString &text, qsizetype maxWord)
{
    if (!isPlain(text) || text.contains("=?"_L1) || text.contains("?="_L1))
        return false;
    const QStringList words = text.split(u' ');
    return std::all_of(words.begin(), words.end(), [maxWord](const QString &word) { return word.size() <= maxWord; });
}

bool isAtomText(QChar c)
{
    return c.unicode() < 0x7f && (c.isLetterOrNumber() || "!#$%&'*+-/=?^_`{|}~"_L1.contains(c));
}

/// One character as it stands in a Q word. Phrases allow the fewest characters (RFC 2047 5 (3)); used everywhere.
QByteArray qEncoded(const QByteArray &utf8)
{
    if (utf8 == " ")
        return "_";
    const char c = utf8[0];
    const bool safe = utf8.size() == 1
        && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || QByteArrayView("!*+-/").contains(c));
    if (safe)
        return utf8;
    QByteArray encoded;
    for (const char byte : utf8)
        encoded += '=' + QByteArray(1, byte).toHex().toUpper();
    return encoded;
}

/// The characters of a text, each as UTF-8.
QList<QByteArray> characters(const QString &text)
{
    QList<QByteArray> list;
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        list.append(QStringView(text).sliced(i, pair ? 2 : 1).toUtf8());
        i += pair ? 2 : 1;
    }
    return list;
}

QByteArray percentEncoded(const QByteArray &utf8)
{
    return utf8.toPercentEncoding("!#$&+^`{|}", "*'%");
}

} // namespace

Result<QByteArray> writtenAddress(const QString &address)
{
    static const QRegularExpression dotAtom(
        uR"(^[^\x00-\x20\x7f-\x9f()<>\[\]:;@\\,."]+(\.[^\x00-\x20\x7f-\x9f()<>\[\]:;@\\,."]+)*$)"_s);
    static const QRegularExpression dotted(uR"(^[^\x00-\x20\x7f-\x9f()<>\[\]:;@\\,"]+$)"_s);
    static const QRegularExpression quoted(uR"re(^"([^\x00-\x1f\x7f-\x9f\\"]|\\[\x20-\x7e])*"$)re"_s);
    static const QRegularExpression host(
        uR"(^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$)"_s);
    static const QRegularExpression literal(uR"(^\[[0-9A-Za-z.:]{2,60}\]$)"_s);

    const MailError error{.kind = ErrorKind::InvalidInput, .subject = cleanName(address)};
    const qsizetype at = address.lastIndexOf(u'@');
    if (at <= 0 || address.size() > maxAddress || cleanName(address) != address)
        return failure(error);
    QString local = address.first(at);
    QString domain = address.sliced(at + 1);
    if (!isPlain(domain))
        domain = QString::fromLatin1(QUrl::toAce(domain));
    if (!host.match(domain).hasMatch() && !literal.match(domain).hasMatch())
        return failure(error);
    if (!dotAtom.match(local).hasMatch() && !quoted.match(local).hasMatch()) {
        if (!dotted.match(local).hasMatch())
            return failure(error);
        local = u'"' + local + u'"'; // Dots where RFC 5321 has none; some providers give out such addresses.
    }
    return local.toUtf8() + '@' + domain.toLatin1();
}

void HeaderWriter::begin(const QByteArray &name)
{
    m_bytes += name + ':';
    m_column = name.size() + 1;
}

void HeaderWriter::append(const QByteArray &token)
{
    // An empty token is one of several spaces in a row: a line of nothing but spaces would end the field for some.
    if (m_column + 1 + token.size() > maxColumn && !token.isEmpty()) {
        m_bytes += "\r\n";
        m_column = 0;
    }
    m_bytes += ' ' + token;
    m_column += 1 + token.size();
}

void HeaderWriter::end()
{
    m_bytes += "\r\n";
}

QList<QByteArray> HeaderWriter::encodedWords(const QString &text, bool phrase) const
{
    const QList<QByteArray> all = characters(text);
    qsizetype qSize = 0;
    for (const QByteArray &character : all)
        qSize += qEncoded(character).size();
    const bool base64 = qSize > text.toUtf8().size() * 4 / 3 + 4;
    const QByteArray start = base64 ? "=?UTF-8?B?" : "=?UTF-8?Q?";

    QList<QByteArray> words;
    QByteArray content;
    // The first word shares its line with the field's name, a phrase's last one its line with a comma.
    qsizetype room = std::min(maxEncodedWord, maxColumn - m_column - 1) - (phrase ? 1 : 0);
    const auto size = [&](const QByteArray &more) {
        return start.size() + 2 + (base64 ? (content.size() + more.size() + 2) / 3 * 4 : content.size() + more.size());
    };
    const auto finishWord = [&] {
        words.append(start + (base64 ? content.toBase64() : content) + "?=");
        content.clear();
        room = maxEncodedWord - (phrase ? 1 : 0);
    };
    for (const QByteArray &character : all) {
        const QByteArray piece = base64 ? character : qEncoded(character);
        if (!content.isEmpty() && size(piece) > room)
            finishWord();
        content += piece;
    }
    finishWord();
    return words;
}

void HeaderWriter::addText(const QByteArray &name, const QString &text)
{
    const QString clean = cleanText(text);
    begin(name);
    if (isFoldable(clean, maxColumn - name.size() - 2)) {
        for (const QString &word : clean.split(u' '))
            append(word.toLatin1());
    } else {
        for (const QByteArray &word : encodedWords(clean, false))
            append(word);
    }
    end();
}

/// A display name as tokens (RFC 5322 phrase).
QList<QByteArray> HeaderWriter::phrase(const QString &name) const
{
    if (!isFoldable(name, 60))
        return encodedWords(name, true);
    QString text = name;
    if (!std::all_of(text.cbegin(), text.cend(), [](QChar c) { return isAtomText(c) || c == u' '; })
        || text.contains("  "_L1)) {
        text.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
        text = u'"' + text + u'"';
    }
    return text.toLatin1().split(' ');
}

void HeaderWriter::addAddresses(const QByteArray &name, const AddressList &addresses)
{
    if (addresses.isEmpty())
        return;
    begin(name);
    for (const Address &address : addresses) {
        const QByteArray comma = &address == &addresses.last() ? "" : ",";
        const QByteArray written = writtenAddress(address.address).value_or(QByteArray());
        const QString display = cleanName(address.name);
        if (display.isEmpty()) {
            append(written + comma);
            continue;
        }
        for (const QByteArray &token : phrase(display))
            append(token);
        append('<' + written + '>' + comma);
    }
    end();
}

void HeaderWriter::addMessageIds(const QByteArray &name, const QList<QByteArray> &ids)
{
    QList<QByteArray> clean;
    for (QByteArray id : ids) {
        id.removeIf([](char c) { return uchar(c) <= ' ' || uchar(c) >= 0x7f || c == '<' || c == '>'; });
        if (!id.isEmpty() && id.size() <= maxMessageIdSize)
            clean.append(id);
    }
    if (clean.isEmpty())
        return;
    begin(name);
    for (const QByteArray &id : std::as_const(clean))
        append('<' + id + '>');
    end();
}

void HeaderWriter::addStructured(const QByteArray &name, const QByteArray &value, const Parameters &parameters)
{
    begin(name);
    QByteArray token = value;
    for (const auto &[key, text] : parameters) {
        append(token + ';');
        const QString clean = cleanName(text);
        const qsizetype room = maxColumn - key.size() - 6;
        if (isPlain(clean) && clean.size() < room && !clean.contains("=?"_L1)) {
            QString quoted = clean;
            const bool atom = !clean.isEmpty() && std::all_of(clean.cbegin(), clean.cend(), [](QChar c) {
                return (isAtomText(c) && !"*'%/=?"_L1.contains(c)) || c == u'.';
            });
            if (!atom)
                quoted = u'"' + quoted.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1) + u'"';
            token = key + '=' + quoted.toLatin1();
            continue;
        }
        // RFC 2231: in pieces when one line is too short.
        QList<QByteArray> pieces{"UTF-8''"};
        for (const QByteArray &character : characters(clean)) {
            const QByteArray piece = percentEncoded(character);
            if (pieces.last().size() + piece.size() + key.size() + 8 > maxColumn)
                pieces.append(QByteArray());
            pieces.last() += piece;
        }
        if (pieces.size() == 1) {
            token = key + "*=" + pieces.first();
            continue;
        }
        for (qsizetype i = 0; i < pieces.size(); ++i) {
            token = key + '*' + QByteArray::number(i) + "*=" + pieces[i];
            if (i + 1 < pieces.size())
                append(token + ';');
        }
    }
    append(token);
    end();
}

} // namespace postaci
