// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/pop3scripts.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// M19: servers that keep none of the promises of RFC 1939, and connections that end at the worst moment. Nothing is
/// lost and nothing comes twice.
class TestPop3Oddities : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_profile.reset(); }

    void sharedMissingAndEndlessIds();
    void idsThatChange();
    void withoutUidlAndTop();
    void identicalCopiesUnderOneId();
    void cutBetweenRetrAndDeleDeletesLater();
    void cutInsideAMessageFetchesItLater();
    void refusedMessageIsNotTheEnd();
    void refusedQuitDeletesLater();
    void maildropInUseIsNotAWrongPassword();
    void sizesThatLie();
    void emptyAnswerForgetsNothing();

private:
    void startAt(const ScriptedServer &server, ServerCopies policy = {});
    Result<void> look() { return await(m_profile->engine().synchronize(m_account)); }
    QStringList subjects()
    {
        QStringList subjects;
        const auto rows = m_profile->rows(m_profile->folderId(m_account, FolderRole::Inbox));
        for (const EngineFixture::Row &row : rows) {
            if (row.raw != mail(row.header.envelope.subject.toUtf8()))
                QTest::qFail("not byte for byte", __FILE__, __LINE__);
            subjects.append(row.header.envelope.subject);
        }
        subjects.sort();
        return subjects;
    }

    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
};

void TestPop3Oddities::startAt(const ScriptedServer &server, ServerCopies policy)
{
    m_profile = std::make_unique<EngineFixture>(testTlsPolicy(), false);
    QVERIFY(m_profile->start());
    Account account = pop3AccountAt(server);
    account.serverCopies = policy;
    const auto added = m_profile->add(account, u"secret"_s);
    QVERIFY2(added, describe(added));
    m_account = *added;
}

#define LOOKS()                                                                                                        \
    do {                                                                                                               \
        const Result<void> looked = look();                                                                            \
        QVERIFY2(looked, describe(looked));                                                                            \
    } while (false)

void TestPop3Oddities::sharedMissingAndEndlessIds()
{
    const Script listing
        = maildrop({"1 300", "2 300", "3 300", "4 300"}, {"1 a", "2 a", "3", "4 " + QByteArray(1001, 'u')})
              .then(topped(4, "dort"))
              .then(topped(3, "uc"))
              .then(topped(2, "iki"))
              .then(topped(1, "bir"));
    ScriptedServer server({Script(listing)
                               .then(retrieved(4, "dort"))
                               .then(retrieved(3, "uc"))
                               .then(retrieved(2, "iki"))
                               .then(retrieved(1, "bir"))
                               .then(quits()),
        Script(listing).then(quits())});
    startAt(server);
    LOOKS();
    QCOMPARE(subjects(), (QStringList{u"bir"_s, u"dort"_s, u"iki"_s, u"uc"_s}));
    LOOKS();
    QCOMPARE(subjects().size(), 4);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::idsThatChange()
{
    QList<Script> scripts;
    for (const QByteArray &prefix : {QByteArray("a"), QByteArray("b"), QByteArray("c")})
        scripts.append(maildrop({"1 300", "2 300"}, {"1 " + prefix + "1", "2 " + prefix + "2"})
                .then(retrieved(2, "iki"))
                .then(retrieved(1, "bir"))
                .then(quits()));
    scripts.append(maildrop({"1 300", "2 300"}, {"1 c1", "2 c2"}).then(quits()));
    ScriptedServer server(scripts);
    startAt(server);
    for (int i = 0; i < 4; ++i) {
        LOOKS();
        QCOMPARE(subjects(), (QStringList{u"bir"_s, u"iki"_s}));
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::withoutUidlAndTop()
{
    const Script conversation = login("")
                                    .expect("LIST")
                                    .send("+OK\r\n1 300\r\n2 300\r\n.\r\n")
                                    .then(answers("UIDL", "-ERR what\r\n"))
                                    .then(answers("TOP 2 0", "-ERR what\r\n"))
                                    .then(retrieved(2, "iki"))
                                    .then(retrieved(1, "bir"))
                                    .then(quits());
    ScriptedServer server({conversation, conversation, conversation});
    startAt(server);
    for (int i = 0; i < 3; ++i) {
        LOOKS();
        QCOMPARE(subjects(), (QStringList{u"bir"_s, u"iki"_s}));
    }
    QVERIFY2(server.finished(), server.failure());
}

// RFC 1939 7: "two identical copies of a message in a maildrop" may have the same unique-id.
void TestPop3Oddities::identicalCopiesUnderOneId()
{
    const Script listing = maildrop({"1 300", "2 300"}, {"1 a", "2 a"}).then(topped(2, "bir")).then(topped(1, "bir"));
    ScriptedServer server({Script(listing).then(retrieved(2, "bir")).then(quits()), Script(listing).then(quits()),
        maildrop({"1 300"}, {"1 a"}).then(retrieved(1, "bir")).then(quits()),
        maildrop({"1 300"}, {"1 a"}).then(quits())});
    startAt(server);
    for (int i = 0; i < 4; ++i) {
        LOOKS();
        QCOMPARE(subjects(), (QStringList{u"bir"_s}));
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::cutBetweenRetrAndDeleDeletesLater()
{
    const Script listing = maildrop({"1 300", "2 300"}, {"1 a", "2 b"});
    ScriptedServer server({Script(listing).then(retrieved(2, "iki")).then(retrieved(1, "bir")).expect("DELE 1").cut(),
        Script(listing)
            .then(answers("DELE 1", "+OK\r\n"))
            .then(answers("DELE 2", "+OK\r\n"))
            .expect("QUIT")
            .cut(), // did it, or did it not?
        Script(listing).then(answers("DELE 1", "+OK\r\n")).then(answers("DELE 2", "+OK\r\n")).then(quits()),
        maildrop({}, {}).then(quits())});
    startAt(server, {.days = 0});
    const auto first = look();
    QVERIFY(!first);
    QVERIFY(first.error().isConnectionFailure());
    QCOMPARE(subjects(), (QStringList{u"bir"_s, u"iki"_s}));
    QVERIFY(!look());
    LOOKS();
    LOOKS();
    QCOMPARE(subjects(), (QStringList{u"bir"_s, u"iki"_s}));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::cutInsideAMessageFetchesItLater()
{
    const Script listing = maildrop({"1 300", "2 300", "3 300"}, {"1 a", "2 b", "3 c"});
    ScriptedServer server(
        {Script(listing).then(retrieved(3, "uc")).expect("RETR 2").sendRaw("+OK\r\n" + mail("iki").chopped(8)).cut(),
            Script(listing)
                .then(retrieved(2, "iki"))
                .then(retrieved(1, "bir"))
                .then(answers("DELE 1", "+OK\r\n"))
                .then(answers("DELE 2", "+OK\r\n"))
                .then(answers("DELE 3", "+OK\r\n"))
                .then(quits())});
    startAt(server, {.days = 0});
    QVERIFY(!look());
    QCOMPARE(subjects(), (QStringList{u"uc"_s}));
    LOOKS();
    QCOMPARE(subjects(), (QStringList{u"bir"_s, u"iki"_s, u"uc"_s}));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::refusedMessageIsNotTheEnd()
{
    const Script listing = maildrop({"1 300", "2 300", "3 300"}, {"1 a", "2 b", "3 c"});
    ScriptedServer server({Script(listing)
                               .then(retrieved(3, "uc"))
                               .then(answers("RETR 2", "-ERR disk trouble\r\n"))
                               .then(retrieved(1, "bir"))
                               .then(answers("DELE 1", "+OK\r\n")) // and not the one that is not here
                               .then(answers("DELE 3", "+OK\r\n"))
                               .then(quits()),
        maildrop({"1 300"}, {"1 b"}).then(retrieved(1, "iki")).then(answers("DELE 1", "+OK\r\n")).then(quits())});
    startAt(server, {.days = 0});
    const auto first = look();
    QVERIFY(!first);
    QCOMPARE(first.error().step, Step::FetchBody);
    QCOMPARE(subjects(), (QStringList{u"bir"_s, u"uc"_s}));
    LOOKS();
    QCOMPARE(subjects(), (QStringList{u"bir"_s, u"iki"_s, u"uc"_s}));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::refusedQuitDeletesLater()
{
    const Script listing = maildrop({"1 300"}, {"1 a"});
    ScriptedServer server({Script(listing)
                               .then(retrieved(1, "bir"))
                               .then(answers("DELE 1", "+OK\r\n"))
                               .then(answers("QUIT", "-ERR some deleted messages not removed\r\n")),
        Script(listing).then(answers("DELE 1", "+OK\r\n")).then(quits())});
    startAt(server, {.days = 0});
    const auto first = look();
    QVERIFY(!first);
    QCOMPARE(first.error().step, Step::DeleteMessages);
    LOOKS();
    QCOMPARE(subjects(), (QStringList{u"bir"_s}));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::maildropInUseIsNotAWrongPassword()
{
    ScriptedServer server({Script()
                               .send("+OK ready\r\n")
                               .expect("CAPA")
                               .send("+OK\r\nUSER\r\nRESP-CODES\r\n.\r\n")
                               .expect("USER user")
                               .send("+OK\r\n")
                               .expect("PASS secret")
                               .send("-ERR [IN-USE] another session has it\r\n"),
        maildrop({"1 300"}, {"1 a"}).then(retrieved(1, "bir")).then(quits())});
    startAt(server);
    const auto first = look();
    QVERIFY(!first);
    QCOMPARE(first.error().kind, ErrorKind::TryLater);
    QVERIFY(!m_profile->state(m_account).passwordNeeded);
    LOOKS();
    QCOMPARE(subjects(), (QStringList{u"bir"_s}));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Oddities::sizesThatLie()
{
    const Script listing = maildrop({"1 1", "2 99999999"}, {"1 a", "2 b"});
    ScriptedServer server({Script(listing).then(retrieved(2, "iki")).then(retrieved(1, "bir")).then(quits()),
        maildrop({"1 70000", "2 0"}, {"1 a", "2 b"}).then(quits())});
    startAt(server);
    LOOKS();
    LOOKS();
    QCOMPARE(subjects(), (QStringList{u"bir"_s, u"iki"_s}));
    QVERIFY2(server.finished(), server.failure());
}

/// A server that once shows nothing must not make everything new afterwards.
void TestPop3Oddities::emptyAnswerForgetsNothing()
{
    const Script listing = maildrop({"1 300"}, {"1 a"});
    ScriptedServer server({Script(listing).then(retrieved(1, "bir")).then(quits()), maildrop({}, {}).then(quits()),
        Script(listing).then(quits())});
    startAt(server);
    for (int i = 0; i < 3; ++i) {
        LOOKS();
        QCOMPARE(subjects(), (QStringList{u"bir"_s}));
    }
    QVERIFY2(server.finished(), server.failure());
}

QTEST_GUILESS_MAIN(TestPop3Oddities)
#include "test_pop3oddities.moc"
