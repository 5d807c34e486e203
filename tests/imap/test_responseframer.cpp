// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/responseframer.h"
#include "tests/support/processortime.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

using Kind = ImapToken::Kind;

ImapToken atom(const QByteArray &bytes)
{
    return {.kind = Kind::Atom, .bytes = bytes};
}

ImapToken quoted(const QByteArray &bytes)
{
    return {.kind = Kind::Quoted, .bytes = bytes};
}

ImapToken literal(const QByteArray &bytes)
{
    return {.kind = Kind::Literal, .bytes = bytes};
}

const ImapToken open{.kind = Kind::Open};
const ImapToken close{.kind = Kind::Close};

struct Outcome {
    QList<ImapResponse> responses;
    std::optional<ErrorKind> error;
    bool leftOver = false;
};

/// Feeds the bytes in pieces of `step` bytes.
Outcome frame(const QByteArray &bytes, qsizetype step = 1 << 30, ResponseFramer::Limits limits = {})
{
    ResponseFramer framer(limits);
    Outcome outcome;
    for (qsizetype i = 0; i < bytes.size() && !outcome.error; i += step) {
        framer.feed(QByteArrayView(bytes).sliced(i, qMin(step, bytes.size() - i)));
        while (true) {
            auto response = framer.next();
            if (!response)
                outcome.error = response.error().kind;
            if (!response || !*response)
                break;
            outcome.responses.append(**response);
        }
    }
    outcome.leftOver = framer.hasLeftOver();
    return outcome;
}

ImapResponse one(const QByteArray &bytes)
{
    const Outcome outcome = frame(bytes);
    return outcome.responses.size() == 1 && !outcome.error && !outcome.leftOver ? outcome.responses.front()
                                                                                : ImapResponse{.name = "not one"};
}

/// Something of everything.
const QByteArray conversation
    = "* OK [CAPABILITY IMAP4rev1 SASL-IR] Dovecot ready.\r\n"
      "* LIST (\\HasNoChildren \\Sent) \"/\" {4}\r\nSent\r\n"
      "* 3 EXISTS\r\n"
      "* OK [UIDVALIDITY 3857529045] UIDs valid\r\n"
      "* 1 FETCH (UID 7 FLAGS (\\Seen) BODY[HEADER.FIELDS (DATE FROM)] {12}\r\nFrom: a\r\n\r\n"
      "\n INTERNALDATE \" 1-Jan-2024 10:00:00 +0000\")\r\n"
      "* 2 FETCH (UID 8 BODY[] {0}\r\n)\r\n"
      "+ idling\r\n"
      "A000004 OK [READ-WRITE] done\r\n";

} // namespace

class TestResponseFramer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTaggedVerdicts()
    {
        const ImapResponse no = one("A000007 NO [AUTHENTICATIONFAILED] Wrong password.\r\n");
        QCOMPARE(no.kind, ImapResponse::Kind::Tagged);
        QCOMPARE(no.tag, "A000007");
        QCOMPARE(no.name, "NO");
        QCOMPARE(no.code, "AUTHENTICATIONFAILED");
        QCOMPARE(no.text, "Wrong password.");
        QVERIFY(!no.isOk());
        QVERIFY(one("A1 ok\r\n").isOk());
    }

    void readsDataAsFlatTokens()
    {
        const ImapResponse list = one("* LIST (\\Noselect) \"/\" \"a\\\\b \\\"c\\\"\"\r\n");
        QCOMPARE(list.name, "LIST");
        QCOMPARE(list.tokens, (QList{open, atom("\\Noselect"), close, quoted("/"), quoted("a\\b \"c\"")}));
    }

    void keepsASectionInOneAtom()
    {
        const ImapResponse fetch = one("* 5 FETCH (BODY[HEADER.FIELDS (\"DATE\" From)]<0> NIL UID 9)\r\n");
        QCOMPARE(fetch.number, 5u);
        QCOMPARE(fetch.tokens,
            (QList{open, atom("BODY[HEADER.FIELDS (\"DATE\" From)]<0>"), atom("NIL"), atom("UID"), atom("9"), close}));
        QVERIFY(fetch.tokens.at(2).isNil());
    }

    /// A flag or a mailbox may have brackets; only body items have sections.
    void takesBracketsAsTheyAreElsewhere()
    {
        QCOMPARE(one("* LIST () NIL a[b\r\n").tokens, (QList{open, close, atom("NIL"), atom("a[b")}));
        QCOMPARE(
            one("* 1 FETCH (FLAGS ([x))\r\n").tokens, (QList{open, atom("FLAGS"), open, atom("[x"), close, close}));
    }

    void takesLiteralsWhole()
    {
        // What looks like responses inside a mail is the mail's.
        const QByteArray mail = "* VANISHED (EARLIER) 1:100\r\nA000001 OK\r\n";
        const QByteArray fetch
            = "* 1 FETCH (BODY[] {" + QByteArray::number(mail.size()) + "}\r\n" + mail + " UID 3)\r\n";
        QCOMPARE(one(fetch).tokens, (QList{open, atom("BODY[]"), literal(mail), atom("UID"), atom("3"), close}));
    }

    void takesLiteral8WithNul()
    {
        const QByteArray body("a\0b", 3);
        QCOMPARE(one("* 1 FETCH (BINARY[] ~{3}\r\n" + body + ")\r\n").tokens.at(2), literal(body));
    }

    // M13: all of these are legal, or common.
    void acceptsAnythingInTextForPeople_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"Welcome :)", "say \"hi", "open ( and [ and {5}", "{5}", "100% \\ *", "a\tb\t",
                 "trailing   ", "", "İğüşöç", "\xff\xfe", ")]}\""})
            QTest::newRow(text) << QByteArray(text);
    }
    void acceptsAnythingInTextForPeople()
    {
        QFETCH(const QByteArray, text);
        for (const QByteArray &start : {"* OK "_ba, "* BYE "_ba, "A1 NO "_ba, "A1 BAD "_ba, "+ "_ba}) {
            const Outcome outcome = frame(start + text + "\r\n* 4 EXISTS\r\n");
            QVERIFY(!outcome.error);
            QCOMPARE(outcome.responses.size(), 2);
            QVERIFY(outcome.responses.front().text == text);
            QCOMPARE(outcome.responses.back().number, 4u);
        }
    }

    void readsResponseCodes_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](QByteArray line, QByteArray code, QByteArray arguments, QByteArray text) {
            QTest::newRow(line) << line << code << arguments << text;
        };
        row("[UIDNEXT 5] next", "UIDNEXT", "5", "next");
        row("[readonly]", "READONLY", "", "");
        row("[PERMANENTFLAGS (\\Seen \\*)] ok", "PERMANENTFLAGS", "(\\Seen \\*)", "ok");
        row("[X-ODD \"with ] inside\"] text", "X-ODD", "\"with ] inside\"", "text");
        row("[COPYUID 1 2:4 5:7] Done", "COPYUID", "1 2:4 5:7", "Done");
        row("[an \"unclosed quote] text", "AN", "\"unclosed quote", "text");
        row("[no end", "", "", "[no end");
        row("[] empty", "", "", "[] empty");
    }
    void readsResponseCodes()
    {
        QFETCH(const QByteArray, line);
        const ImapResponse response = one("* OK " + line + "\r\n");
        QTEST(response.code, "code");
        QTEST(response.codeArguments, "arguments");
        QTEST(response.text, "text");
    }

    // M13
    void acceptsGenerousForms_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"* ok lower case", "*  4   EXISTS  ", "* 4 exists", "* SEARCH", "* SEARCH ", "+", "+ ",
                 "* FLAGS", "* XUNKNOWN", "* XUNKNOWN (unbalanced \"", "* 12 XUNKNOWN [", "* XUNKNOWN )))", "* X {5} y",
                 "* 1\tFETCH\t(UID\t1)", "* LIST NIL NIL NIL", "* 0 EXISTS", "* 4294967295 EXISTS", "* 1 FETCH(UID 1)",
                 "* 1 FETCH (FLAGS NIL UID 1 ENVELOPE (NIL NIL NIL))", "* STATUS INBOX (MESSAGES 3)"})
            QTest::newRow(line) << QByteArray(line);
    }
    void acceptsGenerousForms()
    {
        QFETCH(const QByteArray, line);
        const Outcome outcome = frame(line + "\r\nA1 OK\r\n");
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.responses.size(), 2);
        QVERIFY(outcome.responses.back().isOk());
    }

    void acceptsBareLineFeeds() { QCOMPARE(frame("* 1 FETCH (BODY[] {1}\nx)\nA1 OK\n").responses.size(), 2); }

    // K1, K7, K8, K9, K10, M16
    void refusesTheIllegal_data()
    {
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char *name, QByteArray line) { QTest::newRow(name) << line; };
        row("empty line", "");
        row("bare star", "*");
        row("bare star and space", "* ");
        row("tag alone", "A000001");
        row("tag and space", "A000001 ");
        row("neither OK nor NO nor BAD", "A000001 MAYBE yes");
        row("tagged PREAUTH", "A000001 PREAUTH");
        row("empty tag", " OK");
        row("quoted empty tag", "\"\" OK");
        row("plus in a word", "+x");
        row("negative literal", "* OK\r\n* LIST () \"/\" {-6}");
        row("literal that wraps around", "* 1 FETCH (BODY[] {4294967301}");
        row("literal of 30 digits", "* 1 FETCH (BODY[] {100000000000000000000000000001}");
        row("literal without a number", "* 1 FETCH (BODY[] {}");
        row("literal with a sign", "* 1 FETCH (BODY[] {+5}");
        row("non-synchronizing literal", "* 1 FETCH (BODY[] {5+}");
        row("literal not at the end", "* 1 FETCH (BODY[] {5} UID 1)");
        row("negative number", "* -1 EXISTS");
        row("number that wraps around", "* 4294967296 EXISTS");
        row("number alone", "* 5");
        row("section without end", "* 1 FETCH (BODY[HEADER.FIELDS (X) {3}");
        row("section until the end of the line", "* 1 FETCH (BODY[HEADER UID 1)");
        row("list not closed", "* 1 FETCH (UID 1");
        row("closed too often", "* 1 FETCH (UID 1))");
        row("quote not closed", "* LIST () \"/\" \"abc");
        row("quote ending in a backslash", "* LIST () \"/\" \"abc\\");
        row("NUL in a quote", "* LIST () \"/\" \"a" + QByteArray(1, '\0') + "b\"");
        row("NUL in an atom", "* LIST () NIL a" + QByteArray(1, '\0') + "b");
        row("control character in an atom", "* 1 FETCH (UID \x01)");
    }
    void refusesTheIllegal()
    {
        QFETCH(const QByteArray, line);
        const Outcome outcome = frame(line + "\r\nA000001 OK done\r\n");
        QVERIFY(outcome.error);
        for (const ImapResponse &response : outcome.responses)
            QVERIFY2(!response.isOk() || response.tag != "A000001", "read on after an illegal response");
    }

    void staysIllegalForEver()
    {
        ResponseFramer framer;
        framer.feed("*\r\n");
        QVERIFY(!framer.next());
        framer.feed("A1 OK\r\n");
        QVERIFY(!framer.next());
    }

    // K8
    void limitsNesting()
    {
        const auto nested = [](int depth) {
            return "* 1 FETCH (X " + QByteArray(depth - 1, '(') + QByteArray(depth - 1, ')') + ")\r\n";
        };
        QCOMPARE(frame(nested(100)).responses.size(), 1);
        QCOMPARE(frame(nested(101)).error, ErrorKind::Protocol);
        QCOMPARE(frame(nested(100'000)).error, ErrorKind::Protocol);
    }

    void limitsLines()
    {
        const ResponseFramer::Limits limits{.line = 1000};
        QCOMPARE(frame("* OK " + QByteArray(990, 'x') + "\r\n", 1 << 30, limits).responses.size(), 1);
        QCOMPARE(frame("* OK " + QByteArray(1000, 'x') + "\r\n", 1 << 30, limits).error, ErrorKind::Protocol);
        // The rest of the line need not come, and pieces around literals count together.
        QCOMPARE(frame("* OK " + QByteArray(1000, 'x'), 7, limits).error, ErrorKind::Protocol);
        const QByteArray piece = "{1}\r\nx";
        QCOMPARE(frame("* LIST " + piece.repeated(400) + "\r\n", 1 << 30, limits).error, ErrorKind::Protocol);
    }

    void limitsLiteralsBeforeTheyArrive()
    {
        const ResponseFramer::Limits limits{.literal = 100, .body = 1000};
        QCOMPARE(frame("* LIST () \"/\" {101}\r\n", 1 << 30, limits).error, ErrorKind::Protocol);
        QVERIFY(!frame("* LIST () \"/\" {100}\r\n", 1 << 30, limits).error);
        QVERIFY(!frame("* 1 FETCH (body[] {1000}\r\n", 1 << 30, limits).error);
        QCOMPARE(frame("* 1 FETCH (BODY[] {1001}\r\n", 1 << 30, limits).error, ErrorKind::MessageTooLarge);
        QCOMPARE(frame("* 1 FETCH (ENVELOPE {101}\r\n", 1 << 30, limits).error, ErrorKind::Protocol);
        const QByteArray piece = "{60}\r\n" + QByteArray(60, 'x');
        QCOMPARE(frame("* LIST " + piece + piece + "\r\n", 1 << 30, limits).error, ErrorKind::Protocol);
    }

    // M15
    void givesTheSameHoweverTheBytesAreSplit()
    {
        const Outcome whole = frame(conversation);
        QVERIFY(!whole.error);
        QCOMPARE(whole.responses.size(), 8);
        for (qsizetype step = 1; step < 40; ++step) {
            const Outcome pieces = frame(conversation, step);
            QVERIFY(!pieces.error);
            QVERIFY(pieces.responses == whole.responses);
            QVERIFY(!pieces.leftOver);
        }
    }

    // M15: the catalogue's ten thousand replies, whole, each by itself, and byte by byte.
    void givesTheSameForTenThousandReplies()
    {
        QByteArray all;
        QList<QByteArray> replies;
        for (int i = 0; replies.size() < 10'000; ++i) {
            const QByteArray number = QByteArray::number(i + 1);
            const QByteArray text(i % 90, i % 3 ? '\r' : '\n');
            replies += {"* " + number + " FETCH (UID " + number + " BODY[] {" + QByteArray::number(text.size())
                    + "}\r\n" + text + ")\r\n",
                "* OK [UIDNEXT " + number + "] (\" {5}\r\n", "* LIST (\\Sent) \"/\" \"a\\\\" + number + "\"\r\n",
                "A" + number + " NO [OVERQUOTA] full :)\r\n"};
        }
        for (const QByteArray &reply : std::as_const(replies))
            all += reply;

        const Outcome whole = frame(all);
        QVERIFY(!whole.error && !whole.leftOver);
        QCOMPARE(whole.responses.size(), replies.size());
        ResponseFramer each;
        for (qsizetype i = 0; i < replies.size(); ++i) {
            each.feed(replies.at(i));
            const auto response = each.next();
            QVERIFY(response && *response && **response == whole.responses.at(i));
            QVERIFY(!each.hasLeftOver());
        }
        const Outcome byteWise = frame(all, 1);
        QVERIFY(!byteWise.error && !byteWise.leftOver);
        QVERIFY(byteWise.responses == whole.responses);
    }

    // K6, K10: whatever is cut off anywhere is no response.
    void givesNothingForAPartOfAResponse()
    {
        const QList<ImapResponse> whole = frame(conversation).responses;
        for (qsizetype length = 0; length < conversation.size(); ++length) {
            const Outcome part = frame(conversation.first(length));
            QVERIFY(!part.error);
            QVERIFY(part.responses == whole.first(part.responses.size()));
            if (length > 0 && !conversation.first(length).endsWith('\n'))
                QVERIFY(part.leftOver);
        }
        QVERIFY(frame("A000004 OK done\r").responses.isEmpty());
    }

    void framesHundredThousandHeadersQuickly()
    {
        QByteArray stream;
        constexpr int count = 100'000;
        const QByteArray header(600, 'h');
        for (int i = 1; i <= count; ++i)
            stream += "* " + QByteArray::number(i) + " FETCH (UID " + QByteArray::number(i)
                + " RFC822.SIZE 4711 INTERNALDATE \"01-Jan-2024 10:00:00 +0000\" FLAGS (\\Seen $Forwarded)"
                  " BODY[HEADER.FIELDS (DATE FROM TO CC SUBJECT MESSAGE-ID)] {600}\r\n"
                + header + ")\r\n";

        ProcessorTime timer;
        timer.start();
        ResponseFramer framer;
        int seen = 0;
        for (qsizetype i = 0; i < stream.size(); i += 16384) {
            framer.feed(QByteArrayView(stream).sliced(i, qMin(qsizetype(16384), stream.size() - i)));
            for (auto response = framer.next(); response && *response; response = framer.next())
                ++seen;
        }
        const qint64 elapsed = timer.elapsed();
        QCOMPARE(seen, count);
        qInfo("%d header responses in %lld ms", count, elapsed);
        // About 150 ms on a slow machine; this much only under a sanitizer or when it became quadratic.
        QVERIFY2(elapsed < 5000, qPrintable(QString::number(elapsed)));
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestResponseFramer)
#include "test_responseframer.moc"
