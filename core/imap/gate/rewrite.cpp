// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/rewrite.h"

#include <algorithm>

namespace postaci {

namespace {

using Kind = ImapToken::Kind;

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Flags and attributes: letters, digits and a few signs, with spaces between.
bool isWordList(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || QByteArrayView("\\$*-_. ").contains(c);
    });
}

/// `* LIST (attributes) separator mailbox`; empty when the server sent something else.
QByteArray listForKimap(const QList<ImapToken> &tokens)
{
    QList<QByteArray> attributes;
    qsizetype i = 1;
    for (; i < tokens.size() && tokens.at(i).kind != Kind::Close; ++i) {
        if (!tokens.at(i).isString())
            return {};
        if (isWordList(tokens.at(i).bytes))
            attributes.append(tokens.at(i).bytes);
    }
    if (tokens.size() < i + 3 || tokens.front().kind != Kind::Open || !tokens.at(i + 1).isString()
        || !tokens.at(i + 2).isString())
        return {};
    const ImapToken &separator = tokens.at(i + 1);
    if (!separator.isNil() && separator.bytes.size() != 1)
        return {};
    return "* LIST (" + attributes.join(' ') + ") "
        + quoted(separator.isNil() ? QByteArray(1, noSeparator) : separator.bytes) + ' '
        + quoted(mailboxToken(tokens.at(i + 2).bytes)) + "\r\n";
}

QByteArray codeForKimap(const ImapResponse &response)
{
    const QByteArray &code = response.code;
    const QByteArray &arguments = response.codeArguments;
    if ((code == "UIDVALIDITY" || code == "UIDNEXT" || code == "HIGHESTMODSEQ") && isNumber(arguments))
        return "* OK [" + code + ' ' + arguments + "] .\r\n";
    if (code == "PERMANENTFLAGS" && arguments.startsWith('(') && arguments.endsWith(')')) {
        QList<QByteArray> flags = arguments.sliced(1, arguments.size() - 2).split(' ');
        flags.removeIf([](const QByteArray &flag) { return flag.isEmpty() || !isWordList(flag); });
        return "* OK [PERMANENTFLAGS (" + flags.join(' ') + ")] .\r\n";
    }
    return {};
}

} // namespace

QByteArray mailboxToken(QByteArrayView name)
{
    return '=' + name.toByteArray().toHex();
}

std::optional<QByteArray> mailboxOfToken(QByteArrayView token)
{
    if (!token.startsWith('='))
        return std::nullopt;
    const QByteArray name = QByteArray::fromHex(token.sliced(1).toByteArray());
    return mailboxToken(name) == token ? std::optional(name) : std::nullopt;
}

QByteArray quoted(QByteArrayView text)
{
    QByteArray result("\"");
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

bool isQuotable(QByteArrayView text)
{
    return !text.contains('\0') && !text.contains('\r') && !text.contains('\n');
}

std::optional<CommandLine> CommandLine::read(QByteArrayView line)
{
    const auto takeWord = [&line] {
        const qsizetype space = line.indexOf(' ');
        const QByteArray word = (space < 0 ? line : line.first(space)).toByteArray();
        line = space < 0 ? QByteArrayView() : line.sliced(space + 1);
        return word;
    };
    CommandLine command;
    command.tag = takeWord();
    command.verb = takeWord().toUpper();
    if (command.verb == "UID")
        command.verb += ' ' + takeWord().toUpper();
    command.arguments = line.toByteArray();
    const bool plainTag
        = std::all_of(command.tag.begin(), command.tag.end(), [](char c) { return std::isalnum(uchar(c)); });
    if (command.tag.isEmpty() || !plainTag || command.verb.isEmpty())
        return std::nullopt;
    return command;
}

QByteArray CommandLine::forServer() const
{
    QByteArray line = tag + ' ' + verb + (arguments.isEmpty() ? "" : " ");
    // A search's strings are a mail's; everywhere else a quoted `=…` is a mailbox.
    if (verb == "UID SEARCH")
        return line + arguments;
    qsizetype done = 0;
    while (true) {
        const qsizetype begin = arguments.indexOf("\"=", done);
        const qsizetype end = begin < 0 ? -1 : arguments.indexOf('"', begin + 1);
        if (end < 0)
            return line + arguments.sliced(done);
        const auto name = mailboxOfToken(QByteArrayView(arguments).sliced(begin + 1, end - begin - 1));
        line += arguments.sliced(done, begin - done);
        line += name ? quoted(*name) : arguments.sliced(begin, end + 1 - begin);
        done = end + 1;
    }
}

QByteArray redacted(const CommandLine &command)
{
    constexpr qsizetype most = 160;
    QByteArray line = command.forServer().sliced(command.tag.size() + 1);
    if (command.verb == "UID SEARCH") { // a Message-ID names people and places
        const qsizetype quote = line.indexOf('"');
        if (quote >= 0)
            line = line.first(quote) + "…";
    }
    return line.size() > most ? line.first(most) + "…" : line;
}

QByteArray responseForKimap(const ImapResponse &response)
{
    if (response.kind == ImapResponse::Kind::Tagged)
        return response.tag + ' ' + response.name + " .\r\n";
    if (response.name == "LIST" && !response.tokens.isEmpty())
        return listForKimap(response.tokens);
    if (response.name == "EXISTS" && response.number)
        return "* " + QByteArray::number(*response.number) + " EXISTS\r\n";
    if (response.name == "OK")
        return codeForKimap(response);
    return {};
}

} // namespace postaci
