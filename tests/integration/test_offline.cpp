// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/mailboxname.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>

#include <algorithm>

using namespace postaci;
using namespace Qt::StringLiterals;

/// What is done without a connection, against the real Dovecot, while another program changes the same mailbox: each
/// action is carried out, or stands in the work queue with its reason (docs/synchronisation.md). Undo, also after the
/// program has been started again.
class TestOffline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void twoHundredActionsAreDoneOrReported();
    void flagOnAMessageThatChanged();
    void messageThatIsGone_data();
    void messageThatIsGone();
    void folderThatIsGone_data();
    void folderThatIsGone();
    void foldersMeetOthers();
    void otherNumbering_data();
    void otherNumbering();
    void refusedIsTriedAgainOrForgotten();
    void waitingIsTakenBack();
    void undoAfterARestart_data();
    void undoAfterARestart();
    void undoAfterTheServerHasHeard();
    void foldersAreTakenBack();

private:
    FolderId folder(FolderRole role) { return m_profile->folderId(m_account, role); }
    FolderId folder(const QString &path)
    {
        const auto found = m_profile->folder(m_account, path);
        return found ? found->id : FolderId();
    }
    MessageId message(const QString &subject, FolderId in)
    {
        const auto found = m_profile->find(in, subject);
        return found ? found->id : MessageId();
    }
    QList<QueuedAction> queue()
    {
        return m_profile->read([](const Tables &tables) { return workqueue::list(tables, 1'000); });
    }
    void goOffline() { m_profile->engine().setOnline(false); }
    [[nodiscard]] bool goOnline()
    {
        m_profile->engine().setOnline(true);
        return settle();
    }
    [[nodiscard]] bool settle()
    {
        return QTest::qWaitFor(
            [this] {
                return await(m_profile->engine().synchronize(m_account)).has_value()
                    && m_profile->pendingCount(m_account) == 0;
            },
            QDeadlineTimer(testPatience));
    }
    void startAgain()
    {
        m_profile->stop();
        QVERIFY(m_profile->start());
        m_profile->setPassword(m_account, m_server->password());
    }
    /// Subjects, without what is marked as deleted.
    QStringList there(const QByteArray &folder)
    {
        QStringList subjects;
        for (const OtherClient::Message &mail : OtherClient(*m_server).messages(folder)) {
            const qsizetype at = mail.raw.indexOf("Subject: ") + 9;
            subjects.append(QString::fromUtf8(mail.raw.sliced(at, mail.raw.indexOf('\r', at) - at)));
        }
        subjects.sort();
        return subjects;
    }

    std::unique_ptr<MailServer> m_server;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
};

void TestOffline::init()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->start(), m_server->failure());
    OtherClient phone(*m_server);
    phone.command("CREATE Faturalar");
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy(), false);
    QVERIFY(m_profile->start());
    const Result<AccountId> added = m_profile->add(m_server->account(), m_server->password());
    QVERIFY2(added, describe(added));
    m_account = *added;
    QVERIFY(settle());
}

void TestOffline::cleanup()
{
    m_profile.reset();
    m_server.reset();
}

// S11
void TestOffline::twoHundredActionsAreDoneOrReported()
{
    OtherClient phone(*m_server);
    QList<OtherClient::New> mails;
    const auto name = [](int i) { return "m" + QByteArray::number(1000 + i); };
    for (int i = 0; i < 200; ++i)
        mails.append({.raw = sampleMail(name(i), name(i) + "@example.net"), .flags = {}});
    phone.appendAll("INBOX", mails);
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    QHash<QString, MessageId> ids;
    for (const EngineFixture::Row &row : m_profile->rows(inbox))
        ids.insert(row.header.envelope.subject, row.header.id);
    QCOMPARE(ids.size(), 200);
    const auto id = [&](int i) { return ids.value(QString::fromLatin1(name(i))); };

    goOffline();
    const auto made = await(m_profile->engine().createFolder(m_account, {}, u"Yeni"_s));
    QVERIFY2(made, describe(made));
    const FolderId bills = folder(u"Faturalar"_s);
    // 60 marked, 60 moved to a folder that is there and to one that is not, 40 deleted, 39 marked and moved.
    for (int i = 0; i < 60; ++i)
        QVERIFY(await(m_profile->engine().changeFlags({id(i)}, Flag::Flagged, {})));
    for (int i = 60; i < 120; ++i)
        QVERIFY(await(m_profile->engine().moveMessages({id(i)}, i % 2 ? bills : *made)));
    for (int i = 120; i < 160; ++i)
        QVERIFY(await(m_profile->engine().deleteMessages({id(i)})));
    for (int i = 160; i < 180; ++i) {
        QVERIFY(await(m_profile->engine().changeFlags({id(i)}, Flag::Seen | Flag::Answered, {})));
        QVERIFY(await(m_profile->engine().moveMessages({id(i)}, bills)));
    }
    QVERIFY(m_profile->pendingCount(m_account) >= 200);

    // Meanwhile the phone deletes ten of each and moves ten of the marked ones away.
    const auto uids = [&](int first) {
        QByteArrayList list;
        for (const OtherClient::Message &mail : phone.messageIds("INBOX")) {
            for (int i = first; i < first + 10; ++i) {
                if (mail.raw.contains('<' + name(i) + '@'))
                    list.append(QByteArray::number(mail.uid));
            }
        }
        return list.join(',');
    };
    phone.expunge("INBOX", uids(0));
    phone.move("INBOX", uids(10), "Archive");
    phone.expunge("INBOX", uids(60));
    phone.expunge("INBOX", uids(120));
    phone.store("INBOX", uids(20), "+FLAGS", "\\Seen");
    QVERIFY(goOnline());
    QVERIFY(settle());

    // Everything that could be done has been.
    const auto flagsOf = [](const QList<OtherClient::Message> &messages, const QByteArray &wanted) {
        for (const OtherClient::Message &one : messages) {
            if (one.raw.contains('<' + wanted + '@'))
                return one.flags;
        }
        return QByteArrayList{"none"};
    };
    const auto onInbox = phone.messageIds("INBOX");
    const auto onBills = phone.messageIds("Faturalar");
    const auto onNew = phone.messageIds("Yeni");
    const auto onTrash = phone.messageIds("Trash");
    for (int i = 20; i < 60; ++i) {
        const QByteArrayList wanted = i < 30 ? QByteArrayList{"\\Flagged", "\\Seen"} : QByteArrayList{"\\Flagged"};
        QCOMPARE(flagsOf(onInbox, name(i)), wanted);
    }
    for (int i = 70; i < 120; ++i)
        QVERIFY2(flagsOf(i % 2 ? onBills : onNew, name(i)) != QByteArrayList{"none"}, name(i));
    for (int i = 130; i < 160; ++i)
        QVERIFY2(flagsOf(onTrash, name(i)) != QByteArrayList{"none"}, name(i));
    for (int i = 160; i < 180; ++i)
        QCOMPARE(flagsOf(onBills, name(i)), (QByteArrayList{"\\Answered", "\\Seen"}));
    for (int i = 180; i < 200; ++i) // Untouched.
        QCOMPARE(flagsOf(onInbox, name(i)), QByteArrayList());
    QCOMPARE(phone.messageIds("Archive").size(), 10);

    // And the forty that could not be are in the queue, each with its reason.
    qint64 refused = 0;
    const QList<QueuedAction> left = queue();
    for (const QueuedAction &action : left) {
        QVERIFY(action.id.refused);
        QCOMPARE(action.op.lastError.kind, ErrorKind::NotFound);
        refused += action.messages;
    }
    QCOMPARE(refused, 40);

    // What is here is what is there.
    for (const auto &[path, list] :
        {std::pair(u"INBOX"_s, onInbox), {u"Faturalar"_s, onBills}, {u"Yeni"_s, onNew}, {u"Trash"_s, onTrash}})
        QCOMPARE(m_profile->total(folder(path)), qint64(list.size()));
}

void TestOffline::flagOnAMessageThatChanged()
{
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("mektup", "mektup@example.net"), "\\Seen");
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    goOffline();
    QVERIFY(await(m_profile->engine().changeFlags({message(u"mektup"_s, inbox)}, Flag::Flagged, Flag::Seen)));
    phone.store("INBOX", "1", "+FLAGS", "\\Answered");
    QVERIFY(goOnline());
    QCOMPARE(phone.messages("INBOX").first().flags, (QByteArrayList{"\\Answered", "\\Flagged"}));
    QCOMPARE(m_profile->find(inbox, u"mektup"_s)->flags, Flags(Flag::Answered | Flag::Flagged));
    QVERIFY(queue().isEmpty());
}

void TestOffline::messageThatIsGone_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<bool>("moved");
    QTest::addColumn<bool>("told");
    for (const bool moved : {false, true}) {
        const QByteArray what = moved ? ", moved by the phone" : ", deleted by the phone";
        QTest::newRow("flag" + what) << u"flag"_s << moved << true;
        QTest::newRow("read" + what) << u"read"_s << moved << false;
        QTest::newRow("move" + what) << u"move"_s << moved << true;
        QTest::newRow("delete" + what) << u"delete"_s << moved << true;
    }
}

void TestOffline::messageThatIsGone()
{
    QFETCH(const QString, action);
    QFETCH(const bool, moved);
    QFETCH(const bool, told);
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("mektup", "mektup@example.net"));
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    const MessageId id = message(u"mektup"_s, inbox);
    goOffline();
    if (action == "move"_L1)
        QVERIFY(await(m_profile->engine().moveMessages({id}, folder(u"Faturalar"_s))));
    else if (action == "delete"_L1)
        QVERIFY(await(m_profile->engine().deleteMessages({id})));
    else
        QVERIFY(await(m_profile->engine().changeFlags({id}, action == "read"_L1 ? Flag::Seen : Flag::Flagged, {})));
    if (moved)
        phone.move("INBOX", "1", "Archive");
    else
        phone.expunge("INBOX", "1");
    QVERIFY(goOnline());
    QVERIFY(settle());
    // Where the phone put it, it stays; nowhere is it brought back or lost.
    QCOMPARE(there("Archive"), moved ? QStringList{u"mektup"_s} : QStringList());
    for (const auto *other : {"INBOX", "Faturalar", "Trash"})
        QCOMPARE(there(other), QStringList());
    QCOMPARE(m_profile->total(folder(FolderRole::Archive)), moved ? 1 : 0);
    for (const FolderId other : {inbox, folder(u"Faturalar"_s), folder(FolderRole::Trash)})
        QCOMPARE(m_profile->total(other), 0);
    const QList<QueuedAction> left = queue();
    QCOMPARE(left.size(), told ? 1 : 0);
    if (told) {
        QCOMPARE(left.first().op.lastError.kind, ErrorKind::NotFound);
        const auto retried = await(m_profile->engine().retryActions({left.first().id}));
        QVERIFY(!retried);
        QCOMPARE(retried.error().kind, ErrorKind::NotFound);
        QCOMPARE(queue().size(), 1); // Until the user has seen it.
        QVERIFY(await(m_profile->engine().cancelActions({left.first().id})));
        QVERIFY(queue().isEmpty());
    }
}

void TestOffline::folderThatIsGone_data()
{
    QTest::addColumn<bool>("renamed");
    QTest::newRow("deleted by the phone") << false;
    QTest::newRow("renamed by the phone") << true;
}

/// The target is not there any more: the mail stays where it was.
void TestOffline::folderThatIsGone()
{
    QFETCH(const bool, renamed);
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("mektup", "mektup@example.net"));
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    goOffline();
    QVERIFY(await(m_profile->engine().moveMessages({message(u"mektup"_s, inbox)}, folder(u"Faturalar"_s))));
    phone.command(renamed ? "RENAME Faturalar Eski" : "DELETE Faturalar");
    QVERIFY(goOnline());
    QVERIFY(settle());
    QCOMPARE(there("INBOX"), QStringList{u"mektup"_s});
    QVERIFY(message(u"mektup"_s, inbox));
    const QList<QueuedAction> left = queue();
    QCOMPARE(left.size(), 1);
    QVERIFY(left.first().isRefused());
    QCOMPARE(left.first().op.kind, PendingOp::Kind::Move);
}

void TestOffline::foldersMeetOthers()
{
    OtherClient phone(*m_server);
    for (const auto *path : {"Silinen", "Degisen", "Dolan", "Iki"})
        phone.command(QByteArray("CREATE ") + path);
    QVERIFY(settle());
    goOffline();
    QVERIFY(await(m_profile->engine().createFolder(m_account, {}, u"Yeni"_s)));
    QVERIFY(await(m_profile->engine().renameFolder(folder(u"Silinen"_s), u"Silinen2"_s)));
    QVERIFY(await(m_profile->engine().renameFolder(folder(u"Degisen"_s), u"Bizimki"_s)));
    QVERIFY(await(m_profile->engine().deleteFolder(folder(u"Dolan"_s))));
    QVERIFY(await(m_profile->engine().deleteFolder(folder(u"Iki"_s), true)));
    phone.command("CREATE Yeni");
    phone.append("Yeni", sampleMail("onlardan", "onlardan@example.net"));
    phone.command("DELETE Silinen");
    phone.command("RENAME Degisen Onlarinki");
    phone.append("Dolan", sampleMail("gelen", "gelen@example.net"));
    phone.command("DELETE Iki");
    QVERIFY(goOnline());
    QVERIFY(settle());
    const QByteArrayList paths = OtherClient(*m_server).folders();
    for (const auto *path : {"Yeni", "Onlarinki", "Trash/Dolan"})
        QVERIFY2(paths.contains(path), path);
    for (const auto *path : {"Silinen", "Silinen2", "Degisen", "Bizimki", "Dolan", "Iki"}) {
        QVERIFY2(!paths.contains(path), path);
        QVERIFY2(!folder(QString::fromLatin1(path)), path);
    }
    QVERIFY(message(u"onlardan"_s, folder(u"Yeni"_s)));
    QVERIFY(message(u"gelen"_s, folder(u"Trash/Dolan"_s)));
    QVERIFY(folder(u"Onlarinki"_s));
    const QList<QueuedAction> left = queue();
    QCOMPARE(left.size(), 2);
    for (const QueuedAction &action : left)
        QCOMPARE(action.op.kind, PendingOp::Kind::RenameFolder);
}

void TestOffline::otherNumbering_data()
{
    QTest::addColumn<QString>("action");
    for (const auto *action : {"flag", "move", "delete"})
        QTest::newRow(action) << QString::fromLatin1(action);
}

/// UIDVALIDITY is another one: messages are known by their Message-ID.
void TestOffline::otherNumbering()
{
    QFETCH(const QString, action);
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("bir", "bir@example.net"));
    phone.append("INBOX", sampleMail("iki", "iki@example.net"));
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    const MessageId id = message(u"iki"_s, inbox);
    goOffline();
    if (action == "move"_L1)
        QVERIFY(await(m_profile->engine().moveMessages({id}, folder(u"Faturalar"_s))));
    else if (action == "delete"_L1)
        QVERIFY(await(m_profile->engine().deleteMessages({id})));
    else
        QVERIFY(await(m_profile->engine().changeFlags({id}, Flag::Flagged, {})));
    QVERIFY(m_server->doveadm(
        {u"mailbox"_s, u"update"_s, u"-u"_s, m_server->address(), u"--uid-validity"_s, u"123456789"_s, u"INBOX"_s}));
    QVERIFY(goOnline());
    QVERIFY(settle());
    QVERIFY(queue().isEmpty());
    const auto left = OtherClient(*m_server).messages("INBOX");
    QCOMPARE(left.size(), action == "flag"_L1 ? 2 : 1);
    QVERIFY(left.first().raw.contains("bir@example.net"));
    if (action == "flag"_L1)
        QVERIFY(left.last().flags.contains("\\Flagged"));
    QCOMPARE(there("Faturalar").size(), action == "move"_L1 ? 1 : 0);
    QCOMPARE(there("Trash").size(), action == "delete"_L1 ? 1 : 0);
    QCOMPARE(m_profile->total(inbox), qint64(left.size()));
}

void TestOffline::refusedIsTriedAgainOrForgotten()
{
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("mektup", "mektup@example.net"));
    QVERIFY(settle());
    goOffline();
    const FolderId inbox = folder(FolderRole::Inbox);
    const MessageId id = message(u"mektup"_s, inbox);
    QVERIFY(await(m_profile->engine().moveMessages({id}, folder(u"Faturalar"_s))));
    QVERIFY(await(m_profile->engine().changeFlags({id}, Flag::Flagged, {}))); // Built on it.
    phone.command("DELETE Faturalar");
    QVERIFY(goOnline());
    QCOMPARE(m_profile->refusals().size(), 1);
    startAgain();
    QList<QueuedAction> left = queue();
    QCOMPARE(left.size(), 2);
    QCOMPARE(left.first().op.kind, PendingOp::Kind::Move);
    QCOMPARE(left.first().subject, u"mektup"_s);
    QVERIFY(left.last().op.kind == PendingOp::Kind::ChangeFlags);
    QVERIFY(await(m_profile->engine().retryActions({left.last().id})));
    QVERIFY(settle());
    QCOMPARE(phone.messages("INBOX").first().flags, QByteArrayList{"\\Flagged"});
    QCOMPARE(queue().size(), 1);
    QVERIFY(await(m_profile->engine().cancelActions({left.first().id})));
    QVERIFY(queue().isEmpty());
    QCOMPARE(there("INBOX"), QStringList{u"mektup"_s});
}

void TestOffline::waitingIsTakenBack()
{
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("bir", "bir@example.net"));
    phone.append("INBOX", sampleMail("iki", "iki@example.net"));
    phone.append("Trash", sampleMail("eski", "eski@example.net"));
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    goOffline();
    QVERIFY(await(m_profile->engine().moveMessages(
        {message(u"bir"_s, inbox), message(u"iki"_s, inbox)}, folder(u"Faturalar"_s))));
    QVERIFY(await(m_profile->engine().deleteMessages({message(u"eski"_s, folder(FolderRole::Trash))})));
    QVERIFY(await(m_profile->engine().createFolder(m_account, {}, u"Yeni"_s)));
    const QList<QueuedAction> waiting = queue();
    QCOMPARE(waiting.size(), 3);
    QCOMPARE(waiting.first().messages, 2);
    QList<QueuedAction::Id> ids;
    for (const QueuedAction &action : waiting)
        ids.append(action.id);
    QVERIFY(await(m_profile->engine().cancelActions(ids)));
    QVERIFY(queue().isEmpty());
    QCOMPARE(m_profile->total(inbox), 2);
    QVERIFY(!folder(u"Yeni"_s));
    QVERIFY(goOnline());
    QCOMPARE(there("INBOX"), (QStringList{u"bir"_s, u"iki"_s}));
    QCOMPARE(there("Trash"), QStringList{u"eski"_s});
    QCOMPARE(m_profile->total(folder(FolderRole::Trash)), 1);
    QVERIFY(!folder(u"Yeni"_s));
}

void TestOffline::undoAfterARestart_data()
{
    QTest::addColumn<bool>("told");
    QTest::newRow("the server has not heard of it") << false;
    QTest::newRow("the server has heard of it") << true;
}

void TestOffline::undoAfterARestart()
{
    QFETCH(const bool, told);
    OtherClient phone(*m_server);
    QList<OtherClient::New> mails;
    for (int i = 0; i < 500; ++i) {
        const QByteArray name = "m" + QByteArray::number(1000 + i);
        mails.append({.raw = sampleMail(name, name + "@example.net"), .flags = i % 2 ? "\\Seen" : QByteArray()});
    }
    phone.appendAll("INBOX", mails);
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    QList<MessageId> all;
    for (const EngineFixture::Row &row : m_profile->rows(inbox))
        all.append(row.header.id);
    const QStringList before = there("INBOX");
    if (!told)
        goOffline();
    QVERIFY(await(m_profile->engine().changeFlags(all, Flag::Seen, {})));
    QVERIFY(await(m_profile->engine().deleteMessages(all)));
    QVERIFY(!told || settle());
    QCOMPARE(m_profile->total(inbox), 0);
    startAgain();

    const auto deletion = await(m_profile->engine().undo());
    QVERIFY2(deletion, describe(deletion));
    QVERIFY(*deletion);
    QCOMPARE((*deletion)->kind, UndoStep::Kind::Delete);
    QCOMPARE((*deletion)->messages, 500);
    const auto flags = await(m_profile->engine().undo());
    QVERIFY2(flags, describe(flags));
    QVERIFY(*flags);
    QCOMPARE((*flags)->kind, UndoStep::Kind::ChangeFlags);
    QCOMPARE((*flags)->messages, 250);
    const auto nothing = await(m_profile->engine().undo());
    QVERIFY2(nothing, describe(nothing));
    QVERIFY(!*nothing);
    QVERIFY(settle());
    QVERIFY(settle());
    QCOMPARE(there("INBOX"), before);
    QCOMPARE(there("Trash"), QStringList());
    const auto after = phone.messageIds("INBOX");
    QCOMPARE(
        std::ranges::count_if(after, [](const auto &mail) { return mail.flags == QByteArrayList{"\\Seen"}; }), 250);
    QCOMPARE(m_profile->total(inbox), 500);
    QVERIFY(queue().isEmpty());
}

/// To Junk and back, with the mark that goes with it.
void TestOffline::undoAfterTheServerHasHeard()
{
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("mektup", "mektup@example.net"), "\\Flagged");
    QVERIFY(settle());
    const FolderId inbox = folder(FolderRole::Inbox);
    QVERIFY(await(m_profile->engine().moveMessages(
        {message(u"mektup"_s, inbox)}, folder(FolderRole::Junk), Flag::Junk, Flag::NotJunk)));
    QVERIFY(settle());
    QCOMPARE(phone.messages("Junk").first().flags, (QByteArrayList{"$Junk", "\\Flagged"}));
    const auto undone = await(m_profile->engine().undo());
    QVERIFY2(undone, describe(undone));
    QVERIFY(settle());
    QCOMPARE(phone.messages("INBOX").first().flags, QByteArrayList{"\\Flagged"});
    QCOMPARE(there("Junk"), QStringList());
}

void TestOffline::foldersAreTakenBack()
{
    OtherClient phone(*m_server);
    phone.command("CREATE Faturalar/2024");
    phone.append("Faturalar/2024", sampleMail("mektup", "mektup@example.net"));
    QVERIFY(settle());
    const auto paths = [&] {
        QByteArrayList list = OtherClient(*m_server).folders();
        std::ranges::sort(list);
        return list;
    };
    const QByteArrayList before = paths();
    const auto undo = [&] {
        const auto undone = await(m_profile->engine().undo());
        return undone && *undone && settle();
    };
    QVERIFY(await(m_profile->engine().createFolder(m_account, {}, u"Yeni"_s)));
    QVERIFY(settle());
    QVERIFY(paths() != before);
    QVERIFY(undo());
    QCOMPARE(paths(), before);

    QVERIFY(await(m_profile->engine().renameFolder(folder(u"Faturalar"_s), u"Eski"_s)));
    QVERIFY(settle());
    startAgain();
    QVERIFY(undo());
    QCOMPARE(paths(), before);

    QVERIFY(await(m_profile->engine().deleteFolder(folder(u"Faturalar"_s))));
    QVERIFY(settle());
    QVERIFY(paths().contains("Trash/Faturalar/2024"));
    startAgain();
    QVERIFY(undo());
    QCOMPARE(paths(), before);
    QCOMPARE(there("Faturalar/2024"), QStringList{u"mektup"_s});
    QVERIFY(message(u"mektup"_s, folder(u"Faturalar/2024"_s)));

    // What the server has not heard of does not happen.
    goOffline();
    QVERIFY(await(m_profile->engine().deleteFolder(folder(u"Faturalar"_s))));
    QVERIFY(await(m_profile->engine().undo()));
    QCOMPARE(m_profile->pendingCount(m_account), 0);
    QVERIFY(folder(u"Faturalar/2024"_s));
}

QTEST_GUILESS_MAIN(TestOffline)
#include "test_offline.moc"
