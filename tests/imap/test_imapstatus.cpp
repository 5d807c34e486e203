// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/responseframer.h"
#include "core/imap/imapstatus.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

ImapResponse status(const QByteArray &line)
{
    ResponseFramer framer;
    framer.feed(line + "\r\n");
    return framer.next()->value();
}

} // namespace

class TestImapStatus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsErrorsApart_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<Step>("step");
        QTest::addColumn<ErrorKind>("kind");
        const auto row
            = [](QByteArray line, Step step, ErrorKind kind) { QTest::newRow(line) << line << step << kind; };
        row("A1 NO [AUTHENTICATIONFAILED] Invalid credentials", Step::Login, ErrorKind::AuthenticationFailed);
        row("A1 NO LOGIN failed", Step::Login, ErrorKind::AuthenticationFailed);
        row("A1 BAD what?", Step::Login, ErrorKind::Refused);
        row("A1 NO [ALERT] Application-specific password required: https://support.google.com/", Step::Login,
            ErrorKind::AppPasswordNeeded);
        row("A1 NO [AUTHENTICATIONFAILED] Use an App Password", Step::Login, ErrorKind::AppPasswordNeeded);
        row("A1 NO [WEBALERT https://accounts.example/] Web login required", Step::Login,
            ErrorKind::AuthenticationFailed);
        row("A1 NO [UNAVAILABLE] later", Step::Login, ErrorKind::TryLater);
        row("A1 NO [LIMIT] too many connections", Step::Login, ErrorKind::TryLater);
        row("A1 NO [INUSE] locked", Step::SelectFolder, ErrorKind::TryLater);
        row("A1 NO [OVERQUOTA] full", Step::Append, ErrorKind::MailboxFull);
        row("A1 NO [TRYCREATE] no such", Step::Append, ErrorKind::NotFound);
        row("A1 NO [nonexistent] no such", Step::SelectFolder, ErrorKind::NotFound);
        row("A1 NO [ALREADYEXISTS] is there", Step::ChangeFolders, ErrorKind::AlreadyExists);
        row("A1 NO [TOOBIG] too big", Step::Append, ErrorKind::MessageTooLarge);
        row("A1 NO [CONTACTADMIN] call us", Step::SelectFolder, ErrorKind::Refused);
        row("A1 NO just no", Step::MoveMessages, ErrorKind::Refused);
        row("* BYE [UNAVAILABLE] going down", Step::None, ErrorKind::ConnectionLost);
    }
    void tellsErrorsApart()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const Step, step);
        const MailError error = errorOf(status(line), step);
        QTEST(error.kind, "kind");
        QCOMPARE(error.step, step);
    }

    void keepsTheServersWordsHarmless()
    {
        const MailError error = errorOf(
            status("A1 NO [OVERQUOTA] <b>full</b>\x1b[0m \xe2\x80\xae" + QByteArray(9000, 'x')), Step::Append);
        QVERIFY(error.serverText.startsWith(u"<b>full</b>"_s));
        QVERIFY(error.serverText.size() <= 300);
        QVERIFY(!error.serverText.contains(QChar(0x202e)) && !error.serverText.contains(u'\x1b'));
        QCOMPARE(error.enhancedCode, "OVERQUOTA");
    }

    void readsWhereMessagesWent()
    {
        const auto copied = copiedUids(status("A1 OK [COPYUID 38505 304,319:320 3956:3958] Done"));
        QVERIFY(copied);
        QCOMPARE(copied->uidValidity, 38505u);
        QCOMPARE(copied->source, QList<quint32>({304, 319, 320}));
        QCOMPARE(copied->destination, QList<quint32>({3956, 3957, 3958}));
        QCOMPARE(appendedUid(status("A1 OK [APPENDUID 38505 3955] Done")), 3955u);
    }

    void readsNothingFromCodesThatMakeNoSense()
    {
        for (const char *line : {"A1 OK Done", "A1 OK [COPYUID 1 1:3 4:5] x", "A1 OK [COPYUID 0 1 2] x",
                 "A1 OK [COPYUID 1 1:* 2:*] x", "A1 OK [COPYUID 1 2] x", "A1 OK [APPENDUID 1 2:3] x",
                 "A1 OK [APPENDUID 1 0] x", "A1 OK [APPENDUID 5] x"}) {
            QVERIFY2(!copiedUids(status(line)), line);
            QVERIFY2(!appendedUid(status(line)), line);
        }
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestImapStatus)
#include "test_imapstatus.moc"
