// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

class TestImapSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsFolders()
    {
        ScriptedServer server({loggedIn()
                .expect("{tag} LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)")
                .send("* LIST (\\HasChildren) \"/\" inbox\r\n"
                      "* LIST (\\HasNoChildren \\Sent) \"/\" \"G&APY-nderilenler\"\r\n"
                      "* LIST () NIL {3}\r\na\\b\r\n"
                      "{tag} OK done\r\n")
                .expect("{tag} LOGOUT")
                .send("* BYE till next time\r\n{tag} OK done\r\n")
                .expectClose()});
        ImapSession session(testTlsPolicy());
        const auto opened = await(session.open(settingsFor(server), credentials));
        QVERIFY2(opened, describe(opened));
        QVERIFY(opened->has("UIDPLUS"));
        const auto folders = await(session.listFolders());
        QVERIFY2(folders, describe(folders));
        QCOMPARE(folders->size(), 3);
        QCOMPARE(folders->at(0), (RemoteFolder{u"INBOX"_s, u'/', {"\\haschildren"}}));
        QCOMPARE(folders->at(1), (RemoteFolder{u"Gönderilenler"_s, u'/', {"\\hasnochildren", "\\sent"}}));
        QCOMPARE(folders->at(2), (RemoteFolder{u"a\\b"_s, QChar(), {}}));
        await(session.logout());
        QVERIFY(!session.isOpen());
        QVERIFY2(server.finished(), server.failure());
    }

    void selectsAndFetchesHeaders()
    {
        const QByteArray header = "From: a@b\r\nSubject: x\r\n\r\n";
        ScriptedServer server({selected(3)
                .expect("{tag} UID FETCH 1:50,60:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE "
                        "SUBJECT FROM REPLY-TO TO CC BCC MESSAGE-ID IN-REPLY-TO REFERENCES CONTENT-TYPE)])")
                .send("* 1 FETCH (UID 7 FLAGS (\\Seen $Forwarded \\Recent custom) INTERNALDATE \"17-Jul-1996 02:44:25 "
                      "-0700\" "
                      "RFC822.SIZE 4286 BODY[HEADER.FIELDS (DATE FROM)] {25}\r\n"
                    + header
                    + ")\r\n* 2 FETCH (BODY[HEADER.FIELDS (DATE FROM)] \"\" UID 60)\r\n"
                      "* 3 FETCH (BODY[HEADER.FIELDS (DATE FROM)] NIL UID 55)\r\n"
                      "{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const auto folder = await(session.select(u"INBOX"_s));
        QVERIFY2(folder, describe(folder));
        QCOMPARE(folder->uidValidity, 17u);
        QCOMPARE(folder->uidNext, 100u);
        QCOMPARE(folder->exists, 3u);
        QVERIFY(!folder->readOnly);
        QVERIFY(folder->permanentFlags.testFlags(Flag::Seen | Flag::Junk));
        QVERIFY(!folder->permanentFlags.testFlag(Flag::Deleted));
        QCOMPARE(session.selectedPath(), u"INBOX"_s);

        QList<FetchedHeader> headers;
        const auto fetched
            = await(session.fetchHeaders({{1, 50}, {60, 0}}, [&](QList<FetchedHeader> batch) { headers += batch; }));
        QVERIFY2(fetched, describe(fetched));
        QCOMPARE(headers.size(), 2);
        QCOMPARE(headers.at(0).uid, 7u);
        QCOMPARE(headers.at(0).flags, Flag::Seen | Flag::Forwarded);
        QCOMPARE(headers.at(0).received, QDateTime(QDate(1996, 7, 17), QTime(9, 44, 25), QTimeZone::UTC));
        QCOMPARE(headers.at(0).size, 4286);
        QCOMPARE(headers.at(0).header, header);
        QCOMPARE(headers.at(1).uid, 60u);
        QVERIFY(headers.at(1).header.endsWith("\r\n\r\n"));
        QVERIFY2(server.finished(), server.failure());
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestImapSession)
#include "test_imapsession.moc"
