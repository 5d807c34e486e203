// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/pop3scripts.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// Messages of which only the header comes at first: the rest comes when it is asked for, once, and the server's copy
/// stays until then.
class TestPop3LargeMail : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_profile.reset(); }

    void headerFirstAndTheRestWhenAskedFor();
    void withoutTopAllComeWhole();
    void goneFromTheServer();
    void lostConnectionGetsItLater();
    void cancelledStaysOnTheServer();
    void anotherMessageUnderItsId();
    void withoutUniqueIds();
    void movedOnThisComputer();
    void itsAccountIsRemoved();

private:
    void startAt(const ScriptedServer &server, ServerCopies policy = {});
    Result<void> look() { return await(m_profile->engine().synchronize(m_account)); }
    std::optional<MessageHeader> find(const QString &subject)
    {
        return m_profile->find(m_profile->folderId(m_account, FolderRole::Inbox), subject);
    }
    MessageId large() { return find(u"buyuk"_s).value_or(MessageHeader()).id; }
    qint64 total() { return m_profile->total(m_profile->folderId(m_account, FolderRole::Inbox)); }
    Result<QByteArray> whole(MessageId id) { return await(m_profile->engine().wholeMessage(id)); }

    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
};

#define LOOKS()                                                                                                        \
    do {                                                                                                               \
        const Result<void> looked = look();                                                                            \
        QVERIFY2(looked, describe(looked));                                                                            \
    } while (false)

void TestPop3LargeMail::startAt(const ScriptedServer &server, ServerCopies policy)
{
    m_profile = std::make_unique<EngineFixture>(testTlsPolicy(), false);
    QVERIFY(m_profile->start());
    Account account = pop3AccountAt(server);
    account.serverCopies = policy;
    account.wholeUpTo = 1'000'000;
    const auto added = m_profile->add(account, u"secret"_s);
    QVERIFY2(added, describe(added));
    m_account = *added;
}

namespace {

const QByteArrayList sizes{"1 300", "2 9000000"};
const QByteArrayList ids{"1 a", "2 b"};

/// The look that brings one message and the header of the other.
Script firstLook()
{
    return maildrop(sizes, ids).then(topped(2, "buyuk")).then(retrieved(1, "kucuk"));
}

} // namespace

void TestPop3LargeMail::headerFirstAndTheRestWhenAskedFor()
{
    ScriptedServer server({firstLook().then(answers("DELE 1", "+OK\r\n")).then(quits()),
        maildrop({"1 9000000"}, {"1 b"}).then(quits()),
        maildrop({"1 9000000"}, {"1 b"}).then(retrieved(1, "buyuk")).then(answers("DELE 1", "+OK\r\n")).then(quits())});
    startAt(server, {.days = 0});
    LOOKS();
    QCOMPARE(total(), 2);
    QVERIFY(find(u"kucuk"_s)->hasBody);
    const MessageHeader header = *find(u"buyuk"_s);
    QVERIFY(!header.hasBody);
    QCOMPARE(header.size, 9'000'000);
    QVERIFY(!header.envelope.from.isEmpty());
    LOOKS(); // and the server keeps it

    const auto opened = await(m_profile->engine().message(header.id));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::OnlyHeader);

    qint64 told = 0;
    QObject::connect(&m_profile->engine(), &MailEngine::messageProgress, this, [&](MessageId message, qint64 bytes) {
        if (message == header.id)
            told = bytes;
    });
    const auto raw = whole(header.id);
    QVERIFY2(raw, describe(raw));
    QCOMPARE(*raw, mail("buyuk"));
    QVERIFY(waitUntil([&] { return told == raw->size(); }));
    QVERIFY(find(u"buyuk"_s)->hasBody);
    QCOMPARE(total(), 2);
    QCOMPARE(*await(m_profile->engine().message(header.id)), mail("buyuk"));
    QVERIFY(waitUntil([&] { return server.finished(); }));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::withoutTopAllComeWhole()
{
    ScriptedServer server({login("UIDL\r\n")
            .expect("LIST")
            .send("+OK\r\n1 300\r\n2 9000000\r\n3 9000000\r\n.\r\n")
            .then(answers("UIDL", "+OK\r\n1 a\r\n2 b\r\n3 c\r\n.\r\n"))
            .then(answers("TOP 3 0", "-ERR what\r\n"))
            .then(retrieved(1, "kucuk"))
            .then(retrieved(3, "dev"))
            .then(retrieved(2, "buyuk"))
            .then(quits())});
    startAt(server);
    LOOKS();
    for (const QString &subject : {u"kucuk"_s, u"buyuk"_s, u"dev"_s})
        QVERIFY(find(subject)->hasBody);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::goneFromTheServer()
{
    ScriptedServer server({firstLook().then(quits()), maildrop({"1 300"}, {"1 a"}).then(quits()),
        maildrop(sizes, ids).then(quits()), maildrop(sizes, ids).then(retrieved(2, "buyuk")).then(quits())});
    startAt(server);
    LOOKS();
    const auto gone = whole(large());
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    QCOMPARE(gone.error().step, Step::FetchBody);
    QCOMPARE(total(), 2); // its header stays
    LOOKS(); // nobody waits for it any more
    QVERIFY(!find(u"buyuk"_s)->hasBody);
    QVERIFY(whole(large()));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::lostConnectionGetsItLater()
{
    ScriptedServer server(
        {firstLook().then(quits()), maildrop(sizes, ids).expect("RETR 2").sendRaw("+OK\r\nSubject: bu").cut(),
            maildrop(sizes, ids).then(retrieved(2, "buyuk")).then(quits()), maildrop(sizes, ids).then(quits())});
    startAt(server);
    LOOKS();
    const auto lost = whole(large());
    QVERIFY(!lost);
    QVERIFY(lost.error().isConnectionFailure());
    m_profile->stop(); // it is wanted even by the next run of the program
    QVERIFY(m_profile->start());
    m_profile->setPassword(m_account, u"secret"_s);
    LOOKS();
    QVERIFY(find(u"buyuk"_s)->hasBody);
    LOOKS();
    QCOMPARE(total(), 2);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::cancelledStaysOnTheServer()
{
    ScriptedServer server(
        {firstLook().then(quits()), maildrop(sizes, ids).expect("RETR 2").sendRaw("+OK\r\nSubject: buyuk\r\n").stall(),
            maildrop(sizes, ids).then(quits())});
    startAt(server);
    LOOKS();
    bool hasBegun = false;
    QObject::connect(
        &m_profile->engine(), &MailEngine::messageProgress, this, [&](MessageId, qint64) { hasBegun = true; });
    const QFuture<Result<QByteArray>> wanted = m_profile->engine().wholeMessage(large());
    QVERIFY(waitUntil([&] { return hasBegun; }));
    m_profile->engine().cancelMessage(large());
    const auto cancelled = await(wanted);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, ErrorKind::Cancelled);
    LOOKS();
    QVERIFY(!find(u"buyuk"_s)->hasBody);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::anotherMessageUnderItsId()
{
    ScriptedServer server(
        {firstLook().then(quits()), maildrop(sizes, ids).then(retrieved(2, "baskasi")).then(quits())});
    startAt(server);
    LOOKS();
    const auto other = whole(large());
    QVERIFY(!other);
    QCOMPARE(other.error().kind, ErrorKind::NotFound);
    QVERIFY(!find(u"buyuk"_s)->hasBody);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::withoutUniqueIds()
{
    const Script listing
        = login("TOP\r\n").expect("LIST").send("+OK\r\n1 300\r\n2 9000000\r\n.\r\n").then(answers("UIDL", "-ERR\r\n"));
    const Script identified = Script(listing).then(topped(2, "buyuk")).then(topped(1, "kucuk"));
    ScriptedServer server({Script(identified).then(topped(2, "buyuk")).then(retrieved(1, "kucuk")).then(quits()),
        Script(identified).then(retrieved(2, "buyuk")).then(quits()), Script(identified).then(quits())});
    startAt(server);
    LOOKS();
    QVERIFY(!find(u"buyuk"_s)->hasBody);
    const auto raw = whole(large());
    QVERIFY2(raw, describe(raw));
    LOOKS();
    QCOMPARE(total(), 2);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::movedOnThisComputer()
{
    ScriptedServer server({firstLook().then(quits()), maildrop(sizes, ids).then(retrieved(2, "buyuk")).then(quits())});
    startAt(server);
    LOOKS();
    const MessageId message = large();
    const auto folder = await(m_profile->engine().createFolder({}, {}, u"Dosya"_s));
    QVERIFY2(folder, describe(folder));
    QVERIFY(await(m_profile->engine().moveMessages({message}, *folder)));
    QCOMPARE(await(m_profile->engine().message(message)).error().kind, ErrorKind::OnlyHeader);
    const auto raw = whole(message);
    QVERIFY2(raw, describe(raw));
    QVERIFY(m_profile->find(*folder, u"buyuk"_s)->hasBody);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3LargeMail::itsAccountIsRemoved()
{
    ScriptedServer server({firstLook().then(quits())});
    startAt(server);
    LOOKS();
    const MessageId message = large();
    const auto folder = await(m_profile->engine().createFolder({}, {}, u"Dosya"_s));
    QVERIFY2(folder, describe(folder));
    QVERIFY(await(m_profile->engine().moveMessages({message}, *folder)));
    QVERIFY(await(m_profile->engine().removeAccount(m_account)));
    const auto gone = whole(message);
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
    QCOMPARE(gone.error().step, Step::FetchBody);
    QVERIFY(m_profile->find(*folder, u"buyuk"_s)); // what is here stays
}

QTEST_GUILESS_MAIN(TestPop3LargeMail)
#include "test_pop3largemail.moc"
