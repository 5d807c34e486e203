// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/responseframer.h"
#include "core/imap/gate/rewrite.h"

#include <QTest>

namespace postaci {

namespace {

QByteArray seenByKimap(const QByteArray &line)
{
    ResponseFramer framer;
    framer.feed(line + "\r\n");
    const auto response = framer.next();
    return response && *response ? responseForKimap(**response) : QByteArray("not framed");
}

} // namespace

class TestRewrite : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // K15
    void givesEveryMailboxATokenOfItsOwn()
    {
        for (const QByteArray &name : {QByteArray("INBOX"), QByteArray("a\\b"), QByteArray("a\\\\b"),
                 QByteArray("a[b]c"), QByteArray("\""), QByteArray(), QByteArray("a\0\r\n\xff", 5)}) {
            QCOMPARE(mailboxOfToken(mailboxToken(name)), name);
            QVERIFY(!mailboxToken(name).contains('"'));
        }
        for (const char *none : {"", "INBOX", "=4", "=4G", "=AA", "= 41"})
            QVERIFY2(!mailboxOfToken(none), none);
    }

    void putsTheMailboxBackIntoTheCommand()
    {
        const auto forServer = [](const QByteArray &line) { return CommandLine::read(line)->forServer(); };
        QCOMPARE(forServer("A1 SELECT \"" + mailboxToken("a\\b \"c\"") + "\" (CONDSTORE)"),
            "A1 SELECT \"a\\\\b \\\"c\\\"\" (CONDSTORE)");
        QCOMPARE(
            forServer("A1 RENAME \"" + mailboxToken("a") + "\" \"" + mailboxToken("b") + '"'), "A1 RENAME \"a\" \"b\"");
        QCOMPARE(forServer("A1 uid copy 3 \"" + mailboxToken("") + '"'), "A1 UID COPY 3 \"\"");
        QCOMPARE(forServer("A1 NOOP"), "A1 NOOP");
        // A mail chooses its Message-ID.
        const QByteArray search = "A1 UID SEARCH HEADER Message-ID \"" + mailboxToken("x") + '"';
        QCOMPARE(forServer(search), search);
    }

    void readsOnlyCommands()
    {
        QCOMPARE(CommandLine::read("A1 UID FETCH 1:* (UID)")->verb, "UID FETCH");
        QCOMPARE(CommandLine::read("A1 UID FETCH 1:* (UID)")->arguments, "1:* (UID)");
        for (const char *line : {"", " ", "A1", "A1 ", "* OK", " NOOP", "A-1 NOOP"})
            QVERIFY2(!CommandLine::read(line), line);
    }

    // K9: no text of a server's reaches KIMAP.
    void replacesTextForPeople()
    {
        QCOMPARE(seenByKimap("A1 NO [ALERT] say \"hi ( :)"), "A1 NO .\r\n");
        QCOMPARE(seenByKimap("A1 ok [READ-WRITE] {5}"), "A1 OK .\r\n");
        QCOMPARE(seenByKimap("* OK Welcome :)"), "");
        QCOMPARE(seenByKimap("* OK [UIDVALIDITY 17] (\""), "* OK [UIDVALIDITY 17] .\r\n");
    }

    void passesValuesOnly_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("seen");
        const auto row = [](QByteArray line, QByteArray seen) { QTest::newRow(line) << line << seen; };
        row("* 5 exists", "* 5 EXISTS\r\n");
        row("* OK [UIDNEXT x5] a", "");
        row("* OK [UIDNEXT -5] a", "");
        row("* OK [PERMANENTFLAGS (\\Seen $a {5} \"b \\*)] a", "* OK [PERMANENTFLAGS (\\Seen $a \\*)] .\r\n");
        row("* OK [PERMANENTFLAGS \\Seen] a", "");
        row("* LIST (\\Sent) \"/\" a[b]c", "* LIST (\\Sent) \"/\" \"" + mailboxToken("a[b]c") + "\"\r\n");
        row("* LIST (\\Sent \"x(y\") NIL \"\"", QByteArray("* LIST (\\Sent) \"") + noSeparator + "\" \"=\"\r\n");
        row("* LIST () \"\\\\\" a", "* LIST () \"\\\\\" \"=61\"\r\n");
        row("* LIST () \"\" a", "");
        row("* LIST () \"//\" a", "");
        row("* LIST () \"/\"", "");
        row("* LIST \"/\" a", "");
        row("* LIST (() \"/\" a)", "");
        row("* 1 FETCH (UID 1 FLAGS (\\Seen))", "");
        row("* VANISHED 1:100", "");
        row("* 3 EXPUNGE", "");
        row("* FLAGS", "");
        row("* XUNKNOWN (", "");
        row("+ go on", "");
    }
    void passesValuesOnly()
    {
        QFETCH(const QByteArray, line);
        QTEST(seenByKimap(line), "seen");
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestRewrite)
#include "test_rewrite.moc"
