// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpreply.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

Result<std::optional<SmtpReply>> parse(SmtpReplyParser &parser, std::initializer_list<const char *> lines)
{
    Result<std::optional<SmtpReply>> last;
    for (const char *line : lines)
        last = parser.addLine(line);
    return last;
}

SmtpReply replyOf(const char *line)
{
    SmtpReplyParser parser;
    return parser.addLine(line).value().value();
}

} // namespace

class TestSmtpReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repliesAreRead_data();
    void repliesAreRead();
    void linesAreJoinedUntilTheLast();
    void malformedLinesAreRefused_data();
    void malformedLinesAreRefused();
    void parserIsAsNewAfterAnError();
    void linesAndTheirNumberAreLimited();
    void refusalsAreTyped_data();
    void refusalsAreTyped();
    void serverTextIsCleaned();
};

void TestSmtpReply::repliesAreRead_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("enhanced");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("plain") << "250 OK"_ba << 250 << ""_ba << "OK"_ba;
    QTest::newRow("no text") << "250"_ba << 250 << ""_ba << ""_ba;
    QTest::newRow("only a space") << "250 "_ba << 250 << ""_ba << ""_ba;
    QTest::newRow("enhanced") << "550 5.1.1 No such user"_ba << 550 << "5.1.1"_ba << "No such user"_ba;
    QTest::newRow("enhanced, no text") << "250 2.1.0"_ba << 250 << "2.1.0"_ba << ""_ba;
    QTest::newRow("three digits") << "535 5.7.139 Unsuccessful"_ba << 535 << "5.7.139"_ba << "Unsuccessful"_ba;
    QTest::newRow("wrong class") << "550 4.1.1 text"_ba << 550 << ""_ba << "4.1.1 text"_ba;
    QTest::newRow("four digits") << "550 5.1234.1 text"_ba << 550 << ""_ba << "5.1234.1 text"_ba;
    QTest::newRow("an address") << "550 5.1.1.1 text"_ba << 550 << ""_ba << "5.1.1.1 text"_ba;
    QTest::newRow("half of one") << "550 5.1"_ba << 550 << ""_ba << "5.1"_ba;
    QTest::newRow("cut off") << "550 5.1."_ba << 550 << ""_ba << "5.1."_ba;
    QTest::newRow("challenge") << "334 3.1.1 QQ=="_ba << 334 << ""_ba << "3.1.1 QQ=="_ba;
    QTest::newRow("greeting") << "220 mx.example.test ESMTP"_ba << 220 << ""_ba << "mx.example.test ESMTP"_ba;
    QTest::newRow("unusual code") << "299 x"_ba << 299 << ""_ba << "x"_ba;
}

void TestSmtpReply::repliesAreRead()
{
    QFETCH(QByteArray, line);
    QFETCH(int, code);
    QFETCH(QByteArray, enhanced);
    QFETCH(QByteArray, text);
    SmtpReplyParser parser;
    const auto reply = parser.addLine(line);
    QVERIFY(reply);
    QVERIFY(*reply);
    QCOMPARE((*reply)->code, code);
    QCOMPARE((*reply)->enhancedCode, enhanced);
    QCOMPARE((*reply)->text(), text);
}

void TestSmtpReply::linesAreJoinedUntilTheLast()
{
    SmtpReplyParser parser;
    QCOMPARE(parse(parser, {"250-mx", "250-SIZE 5", "250-"}).value(), std::nullopt);
    const auto reply = parse(parser, {"250 HELP"});
    QVERIFY(reply && *reply);
    QCOMPARE((*reply)->lines, QList<QByteArray>({"mx", "SIZE 5", "", "HELP"}));

    // Each line of a refusal repeats the enhanced code (RFC 2034 4).
    const auto refusal = parse(parser, {"550-5.7.1 Your mail", "550-5.7.1 is not wanted", "550 5.7.1 here"});
    QVERIFY(refusal && *refusal);
    QCOMPARE((*refusal)->enhancedCode, "5.7.1");
    QCOMPARE((*refusal)->text(), "Your mail is not wanted here");
}

void TestSmtpReply::malformedLinesAreRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("two digits") << "25"_ba;
    QTest::newRow("no digits") << "abc text"_ba;
    QTest::newRow("digit missing") << "2x0 text"_ba;
    QTest::newRow("no separator") << "250OK"_ba;
    QTest::newRow("four digits") << "2500 OK"_ba;
    QTest::newRow("tab") << "250\tOK"_ba;
    QTest::newRow("below 200") << "150 wait"_ba;
    QTest::newRow("above 599") << "600 what"_ba;
    QTest::newRow("space first") << " 250 OK"_ba;
    QTest::newRow("IMAP") << "* OK ready"_ba;
    QTest::newRow("POP3") << "+OK ready"_ba;
    QTest::newRow("HTTP") << "HTTP/1.1 400 Bad Request"_ba;
    QTest::newRow("NUL") << QByteArray(4, '\0');
    QTest::newRow("digits of another script") << u"٢٥٠ OK"_s.toUtf8();
}

void TestSmtpReply::malformedLinesAreRefused()
{
    QFETCH(QByteArray, line);
    SmtpReplyParser parser;
    const auto first = parser.addLine(line);
    QVERIFY(!first);
    QCOMPARE(first.error().kind, ErrorKind::Protocol);
    QCOMPARE(parser.addLine("250-good").value(), std::nullopt);
    QVERIFY(!parser.addLine(line));
}

void TestSmtpReply::parserIsAsNewAfterAnError()
{
    SmtpReplyParser parser;
    QVERIFY2(!parse(parser, {"250-mx", "354 another code"}), "all lines of a reply have one code");
    const auto reply = parse(parser, {"220 hello"});
    QVERIFY(reply && *reply);
    QCOMPARE((*reply)->lines, QList<QByteArray>{"hello"});
}

void TestSmtpReply::linesAndTheirNumberAreLimited()
{
    SmtpReplyParser parser;
    QVERIFY(parser.addLine("250 " + QByteArray(SmtpReplyParser::lineLimit - 4, 'x')));
    QVERIFY(!parser.addLine("250 " + QByteArray(SmtpReplyParser::lineLimit - 3, 'x')));

    for (qsizetype i = 1; i < SmtpReplyParser::linesLimit; ++i)
        QCOMPARE(parser.addLine("250-x").value(), std::nullopt);
    QVERIFY(parser.addLine("250 last").value());
    for (qsizetype i = 0; i < SmtpReplyParser::linesLimit; ++i)
        QCOMPARE(parser.addLine("250-x").value(), std::nullopt);
    QVERIFY(!parser.addLine("250 one too many"));
}

void TestSmtpReply::refusalsAreTyped_data()
{
    using enum ErrorKind;
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Step>("step");
    QTest::addColumn<ErrorKind>("kind");
    const auto add
        = [](const char *line, Step step, ErrorKind kind) { QTest::newRow(line) << QByteArray(line) << step << kind; };

    add("550 5.1.1 no such user", Step::Recipient, RecipientRefused);
    add("550 5.1.1 said late", Step::Content, RecipientRefused);
    add("550 no such user here", Step::Recipient, RecipientRefused);
    add("554 5.7.1 Relay access denied", Step::Recipient, RecipientRefused);
    add("450 4.7.1 greylisted", Step::Recipient, TryLater);
    add("452 4.5.3 too many recipients", Step::Recipient, TryLater);
    add("452 4.2.2 over quota", Step::Recipient, MailboxFull);
    add("552 5.2.2 mailbox full", Step::Recipient, MailboxFull);
    add("552 mailbox full", Step::Recipient, MailboxFull);
    add("552 5.3.4 too big", Step::Sender, MessageTooLarge);
    add("552 too big", Step::Sender, MessageTooLarge);
    add("552 5.3.4 too big after all", Step::Content, MessageTooLarge);
    add("552 too big after all", Step::Content, MessageTooLarge);
    add("550 5.2.3 length", Step::Content, MessageTooLarge);
    add("553 5.1.8 unknown domain", Step::Sender, SenderRefused);
    add("550 5.7.1 not your address", Step::Sender, SenderRefused);
    add("553 5.7.1 not owned by user", Step::Recipient, RecipientRefused);
    add("530 5.7.0 Authentication required", Step::Sender, AuthenticationFailed);
    add("503 bad sequence", Step::Sender, Refused);
    add("554 5.7.1 spam", Step::Content, Refused);
    add("451 4.3.0 try again", Step::Content, TryLater);
    add("421 4.3.2 shutting down", Step::Content, TryLater);
    add("535 5.7.8 wrong", Step::Login, AuthenticationFailed);
    add("535 wrong", Step::Login, AuthenticationFailed);
    add("534 5.7.9 Application-specific password required", Step::Login, AppPasswordNeeded);
    add("534 5.7.14 Please log in via your web browser", Step::Login, AppPasswordNeeded);
    add("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", Step::Login, OAuthNeeded);
    add("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", Step::Login,
        AuthenticationFailed);
    add("538 5.7.11 Encryption required", Step::Login, EncryptionMissing);
    add("504 5.5.4 Unrecognized authentication type", Step::Login, NoCommonMechanism);
    add("454 4.7.0 Temporary authentication failure", Step::Login, TryLater);
    add("502 5.5.1 not implemented", Step::Login, Refused);
    add("454 4.7.0 TLS not available", Step::StartTls, TryLater);
    add("502 what?", Step::StartTls, EncryptionMissing);
    add("554 go away", Step::Greeting, Refused);
    add("421 busy", Step::Greeting, TryLater);
    // What would be good news elsewhere.
    add("250 2.0.0 OK", Step::Content, Protocol);
    add("235 2.7.0 OK", Step::Recipient, Protocol);
    add("354 go on", Step::Sender, Protocol);
    add("334 ", Step::Login, Protocol);
}

void TestSmtpReply::refusalsAreTyped()
{
    QFETCH(QByteArray, line);
    QFETCH(Step, step);
    QFETCH(ErrorKind, kind);
    const MailError error = replyOf(line.constData()).error(step);
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.step, step);
    QCOMPARE(error.replyCode, line.first(3).toInt());
}

// T10
void TestSmtpReply::serverTextIsCleaned()
{
    const MailError error
        = replyOf("550 5.7.1 Click \x1b[31mhttps://evil.test\xE2\x80\xAE\x07 now").error(Step::Recipient);
    QCOMPARE(error.enhancedCode, "5.7.1");
    QVERIFY2(!error.serverText.contains(QChar(0x1b)) && !error.serverText.contains(QChar(0x202e)),
        qPrintable(error.serverText));
    const MailError longText = replyOf(("550 " + QByteArray(10'000, 'x')).constData()).error(Step::Content);
    QCOMPARE(longText.serverText.size(), 300);
}

QTEST_APPLESS_MAIN(TestSmtpReply)
#include "test_smtpreply.moc"
