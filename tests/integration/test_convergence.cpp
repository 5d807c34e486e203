// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QMap>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 200;
constexpr int operationsPerRound = 50; ///< 10,000 in all.
constexpr int firstMessages = 200;
const QStringList folders{u"INBOX"_s, u"Archive"_s, u"Bir"_s, u"Iki"_s};

/// What both sides say of a message.
struct Seen {
    QByteArray messageId;
    Flags flags;

    friend bool operator==(const Seen &, const Seen &) = default;
};
using Mailbox = QMap<quint32, Seen>; ///< By UID.

constexpr Flags compared = Flag::Seen | Flag::Flagged | Flag::Answered;

Flags flagsOf(const QByteArrayList &names)
{
    Flags flags;
    flags.setFlag(Flag::Seen, names.contains("\\Seen"));
    flags.setFlag(Flag::Flagged, names.contains("\\Flagged"));
    flags.setFlag(Flag::Answered, names.contains("\\Answered"));
    return flags;
}

QByteArray idOf(const QByteArray &header)
{
    return header.sliced(header.indexOf('<') + 1, header.indexOf('>') - header.indexOf('<') - 1);
}

} // namespace

/// S03: the program and another one work on the same mailbox at random, the program now and then offline. Whenever they
/// rest, the store is like the server, and no mail is lost, nor there twice unless both moved it at the same time.
class TestConvergence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storeEqualsServer_data();
    void storeEqualsServer();

private:
    void prepare();
    void phoneActs();
    void programActs();
    void settle(int round);
    void checkNothingIsLost();

    QByteArray newMail();
    template <class T> QList<T> pick(const QList<T> &from, int most)
    {
        QList<T> picked;
        for (int i = m_random.bounded(1, most + 1); i > 0 && !from.isEmpty(); --i) {
            const T &one = from[m_random.bounded(from.size())];
            if (!picked.contains(one))
                picked.append(one);
        }
        return picked;
    }
    QString otherFolder(const QString &than)
    {
        QStringList others = folders;
        others.removeAll(than);
        return others[m_random.bounded(others.size())];
    }
    Mailbox here(const QString &folder);
    Mailbox there(const QString &folder);

    QRandomGenerator m_random;
    std::unique_ptr<MailServer> m_server;
    std::unique_ptr<OtherClient> m_phone;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
    int m_created = 0;
    QSet<QByteArray> m_deleted; ///< By either side: these may be gone.
    // Moved since the last rest. What two programs move at the same moment Dovecot copies for both, to two places: of
    // 150 such moves 143 were told OK twice.
    QSet<QByteArray> m_movedByPhone;
    QSet<QByteArray> m_movedByProgram;
    QSet<QByteArray> m_contested;
};

void TestConvergence::storeEqualsServer_data()
{
    QTest::addColumn<QStringList>("without");
    QTest::newRow("QRESYNC") << QStringList();
    QTest::newRow("CONDSTORE") << QStringList{u"QRESYNC"_s};
    QTest::newRow("plain") << QStringList{u"QRESYNC"_s, u"CONDSTORE"_s};
}

void TestConvergence::storeEqualsServer()
{
    QFETCH(QStringList, without);
    m_random.seed(20261123);
    m_created = 0;
    m_deleted.clear();
    m_contested.clear();
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithout(without), m_server->failure());
    m_phone = std::make_unique<OtherClient>(*m_server);
    for (const QString &capability : {u"QRESYNC"_s, u"CONDSTORE"_s})
        QCOMPARE(m_phone->command("CAPABILITY").contains(capability.toLatin1()), !without.contains(capability));
    const auto cleanUp = qScopeGuard([this] {
        m_profile.reset();
        m_phone.reset();
        m_server.reset();
    });

    prepare();
    for (int round = 1; round <= rounds && !QTest::currentTestFailed(); ++round) {
        const bool offline = m_random.bounded(3) == 0;
        m_profile->engine().setOnline(!offline);
        const bool phoneFirst = m_random.bounded(2) == 0;
        if (phoneFirst)
            phoneActs();
        programActs();
        if (!phoneFirst)
            phoneActs();
        m_profile->engine().setOnline(true);
        if (round % 10 == 0)
            settle(round);
    }
    if (!QTest::currentTestFailed())
        checkNothingIsLost();
}

void TestConvergence::prepare()
{
    for (const QString &folder : folders.sliced(2))
        m_phone->command("CREATE " + folder.toLatin1());
    QList<OtherClient::New> mails;
    for (int i = 0; i < firstMessages; ++i)
        mails.append({newMail(), i % 3 ? "\\Seen" : ""});
    m_phone->appendAll("INBOX", mails);
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy());
    QVERIFY(m_profile->start());
    const Result<AccountId> added = m_profile->add(m_server->account(), m_server->password());
    QVERIFY2(added, describe(added));
    m_account = *added;
    settle(0);
}

QByteArray TestConvergence::newMail()
{
    const QByteArray number = QByteArray::number(++m_created);
    return sampleMail("mektup " + number, "mektup" + number + "@example.net");
}

void TestConvergence::phoneActs()
{
    static const QByteArrayList names{"\\Seen", "\\Flagged", "\\Answered"};
    QHash<QString, Mailbox> mailboxes;
    for (int i = 0; i < operationsPerRound / 2; ++i) {
        const QString folder = folders[m_random.bounded(folders.size())];
        if (!mailboxes.contains(folder))
            mailboxes.insert(folder, there(folder));
        Mailbox &mailbox = mailboxes[folder];
        const int what = m_random.bounded(100);
        if (what < 25) {
            m_phone->append(folder.toLatin1(), newMail(), names[m_random.bounded(names.size())]);
            continue;
        }
        const QList<quint32> uids = pick(mailbox.keys(), 4);
        if (uids.isEmpty())
            continue;
        QByteArrayList set;
        for (const quint32 uid : uids)
            set.append(QByteArray::number(uid));
        if (what < 60) {
            m_phone->store(folder.toLatin1(), set.join(','), m_random.bounded(2) ? "+FLAGS" : "-FLAGS",
                names[m_random.bounded(names.size())]);
            continue;
        }
        if (what < 80) {
            for (const quint32 uid : uids)
                m_deleted.insert(mailbox[uid].messageId);
            m_phone->expunge(folder.toLatin1(), set.join(','));
        } else {
            for (const quint32 uid : uids)
                m_movedByPhone.insert(mailbox[uid].messageId);
            if (!m_phone->tryMove(folder.toLatin1(), set.join(','), otherFolder(folder).toLatin1())) {
                mailbox = there(folder);
                continue;
            }
        }
        for (const quint32 uid : uids)
            mailbox.remove(uid);
    }
}

void TestConvergence::programActs()
{
    static const QList<Flag> flags{Flag::Seen, Flag::Flagged, Flag::Answered};
    MailEngine &engine = m_profile->engine();
    for (int i = 0; i < operationsPerRound / 2; ++i) {
        const auto folder = m_profile->folder(m_account, folders[m_random.bounded(folders.size())]);
        QVERIFY(folder);
        QList<MessageId> all;
        const auto keys
            = m_profile->read([id = folder->id](const Tables &tables) { return tables.messages.keys(id, 100'000); });
        for (const MessageKey &key : keys)
            all.append(MessageId{key.id});
        const QList<MessageId> messages = pick(all, 4);
        if (messages.isEmpty())
            continue;
        const int what = m_random.bounded(100);
        const auto headers
            = m_profile->read([messages](const Tables &tables) { return tables.messages.headers(messages); });
        for (const MessageHeader &header : headers) {
            if (what >= 50)
                m_movedByProgram.insert(header.envelope.messageIdHeader);
            if (what >= 85)
                m_deleted.insert(header.envelope.messageIdHeader);
        }
        if (what < 50) {
            const Flags flag = flags[m_random.bounded(flags.size())];
            const bool add = m_random.bounded(2);
            (void)await(engine.changeFlags(messages, add ? flag : Flags(), add ? Flags() : flag));
        } else if (what < 85) {
            const auto target = m_profile->folder(m_account, otherFolder(folder->path));
            QVERIFY(target);
            (void)await(engine.moveMessages(messages, target->id));
        } else {
            (void)await(engine.deleteMessages(messages));
        }
    }
}

/// Waits until nothing is pending, and compares. What the other side did last may take one more look.
void TestConvergence::settle(int round)
{
    QString difference;
    for (int look = 0; look < 10; ++look) {
        const auto synced = await(m_profile->engine().synchronize(m_account));
        QVERIFY2(synced, describe(synced));
        difference.clear();
        if (m_profile->pendingCount(m_account) > 0)
            difference = u"actions are pending"_s;
        for (const QString &folder : folders) {
            if (here(folder) != there(folder))
                difference += u' ' + folder;
        }
        if (difference.isEmpty()) {
            m_contested += m_movedByPhone.intersect(m_movedByProgram);
            m_movedByPhone.clear();
            m_movedByProgram.clear();
            return;
        }
    }
    for (const QString &folder : folders) {
        const Mailbox ours = here(folder);
        const Mailbox theirs = there(folder);
        for (const quint32 uid : ours.keys()) {
            if (!theirs.contains(uid))
                qWarning() << folder << uid << "only here";
            else if (theirs[uid] != ours[uid])
                qWarning() << folder << uid << "here" << ours[uid].messageId << ours[uid].flags << "there"
                           << theirs[uid].messageId << theirs[uid].flags;
        }
        for (const quint32 uid : theirs.keys()) {
            if (!ours.contains(uid))
                qWarning() << folder << uid << "only there";
        }
    }
    QFAIL(qPrintable(u"round %1: %2"_s.arg(round).arg(difference)));
}

void TestConvergence::checkNothingIsLost()
{
    QHash<QByteArray, QStringList> found;
    for (const QString &folder : folders + QStringList{u"Trash"_s}) {
        for (const Seen &message : there(folder))
            found[message.messageId].append(folder);
    }
    int deleted = 0;
    int doubled = 0;
    for (int i = 1; i <= m_created; ++i) {
        const QByteArray id = "mektup" + QByteArray::number(i) + "@example.net";
        const QStringList copies = found.value(id);
        deleted += copies.isEmpty();
        doubled += copies.size() > 1;
        const bool mayDiffer = copies.isEmpty() ? m_deleted.contains(id) : m_contested.contains(id);
        QVERIFY2(copies.size() == 1 || mayDiffer,
            qPrintable(u"%1: in '%2'"_s.arg(QString::fromLatin1(id), copies.join(u' '))));
    }
    qInfo() << m_created << "messages," << deleted << "deleted," << m_contested.size() << "moved by both," << doubled
            << "of these there twice," << m_profile->refusals().size() << "refusals told";
}

Mailbox TestConvergence::here(const QString &path)
{
    Mailbox mailbox;
    const auto folder = m_profile->folder(m_account, path);
    if (!folder)
        return mailbox;
    quint32 withoutUid = 0xffff0000;
    const auto headers = m_profile->read([id = folder->id](const Tables &tables) {
        QList<MessageId> ids;
        for (const MessageKey &key : tables.messages.keys(id, 100'000))
            ids.append(MessageId{key.id});
        return tables.messages.headers(ids);
    });
    for (const MessageHeader &header : headers)
        mailbox.insert(header.uid ? header.uid : withoutUid++,
            {.messageId = header.envelope.messageIdHeader, .flags = header.flags & compared});
    return mailbox;
}

Mailbox TestConvergence::there(const QString &folder)
{
    Mailbox mailbox;
    for (const OtherClient::Message &message : m_phone->messageIds(folder.toLatin1()))
        mailbox.insert(message.uid, {.messageId = idOf(message.raw), .flags = flagsOf(message.flags)});
    return mailbox;
}

QTEST_GUILESS_MAIN(TestConvergence)
#include "test_convergence.moc"
