// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// From a draft to the other side's mailbox and the copy in Sent, by the real Postfix and Dovecot.
class TestSending : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.failure()); }
    void init();
    void cleanup();

    void arrivesAndIsFiledOnce();
    void bccIsOnNobodysCopyButTheSenders();
    void answeringMarksTheOriginal();
    void refusedRecipientDoesNotAbortTheOthers();
    void retryGoesToTheRefusedOnly();
    void recipientWhoIsToComeLaterWaits();
    void sentFolderIsMadeWhereThereIsNone();
    void providerThatFilesSentByItself();
    void fullMailboxKeepsTheCopyForLater();
    void wrongOutgoingPasswordKeepsTheMail();
    void rawMessageGetsWhatItLacks();
    void draftWithoutRecipientChangesNothing();
    void mailWrittenOfflineLeavesLater();

private:
    void startAs(int user, const std::function<void(Account &)> &change = {});
    Draft draftTo(const QStringList &recipients) const;
    OutboxId send(const Draft &draft);
    OutboxState stateOf(OutboxId item) const
    {
        const auto told = m_profile->told(item);
        return told ? told->state : OutboxState::Queued;
    }
    bool isSynced() { return await(m_profile->engine().synchronize(m_account)).has_value(); }

    MailServer m_server;
    std::unique_ptr<EngineFixture> m_profile;
    Account m_settings;
    AccountId m_account;
};

void TestSending::init()
{
    REQUIRE_POSTFIX(m_server);
    for (const int user : {MailServer::ayse, MailServer::mehmet, MailServer::deniz}) {
        OtherClient client(m_server, user);
        for (const char *folder : {"INBOX", "Sent"}) {
            if (!client.messages(folder).isEmpty())
                client.expunge(folder, "1:*");
        }
    }
}

void TestSending::cleanup()
{
    m_profile.reset();
}

void TestSending::startAs(int user, const std::function<void(Account &)> &change)
{
    m_profile = std::make_unique<EngineFixture>(m_server.tlsPolicy());
    QVERIFY(m_profile->start());
    m_settings = m_server.account(user);
    if (change)
        change(m_settings);
    const Result<AccountId> added = m_profile->add(m_settings, m_server.password(user));
    QVERIFY2(added, describe(added));
    m_account = *added;
    const Result<void> synced = await(m_profile->engine().synchronize(m_account));
    QVERIFY2(synced, describe(synced));
}

Draft TestSending::draftTo(const QStringList &recipients) const
{
    Draft draft{.account = m_account,
        .from = m_settings.identity,
        .subject = u"Özgeçmiş: ığüşöç"_s,
        .text = u"Merhaba\n.nokta\n"_s};
    for (const QString &address : recipients)
        draft.to.append({.address = address});
    return draft;
}

OutboxId TestSending::send(const Draft &draft)
{
    const Result<OutboxId> queued = await(m_profile->engine().send(draft));
    if (!queued)
        QTest::qFail(describe(queued), __FILE__, __LINE__);
    return queued.value_or(OutboxId());
}

void TestSending::arrivesAndIsFiledOnce()
{
    startAs(MailServer::ayse);
    Draft draft = draftTo({m_server.address(MailServer::mehmet)});
    draft.attachments.append(
        {.fileName = u"Özgeçmiş ığüşöç.pdf"_s, .mediaType = "application/pdf", .content = QByteArray(100'000, '\x80')});
    const Result<DraftId> saved = await(m_profile->engine().saveDraft(draft));
    QVERIFY(saved);
    draft.id = *saved;

    const OutboxId item = send(draft);

    QVERIFY(m_profile->read([](const Tables &t) { return t.drafts.all(); }).isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Sent, testPatience);
    OtherClient mehmet(m_server, MailServer::mehmet);
    QTRY_COMPARE_WITH_TIMEOUT(mehmet.messages("INBOX").size(), 1, testPatience);
    OtherClient phone(m_server);
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->outbox().size(), 0, testPatience); // filed
    const QList<OtherClient::Message> copies = phone.messages("Sent");
    QCOMPARE(copies.size(), 1);
    QVERIFY(copies.first().flags.contains("\\Seen"));
    const QByteArray messageId = m_profile->told(item)->messageIdHeader;
    QVERIFY(copies.first().raw.contains(messageId));
    const QByteArray arrived = mehmet.messages("INBOX").first().raw;
    QVERIFY(arrived.endsWith(copies.first().raw.sliced(copies.first().raw.indexOf("\r\n\r\n"))));
    QVERIFY(isSynced());
    QCOMPARE(phone.messages("Sent").size(), 1);
    QCOMPARE(m_profile->total(m_profile->folderId(m_account, FolderRole::Sent)), 1);
}

// O08
void TestSending::bccIsOnNobodysCopyButTheSenders()
{
    startAs(MailServer::ayse);
    Draft draft = draftTo({m_server.address(MailServer::mehmet)});
    draft.bcc.append({.name = u"Deniz"_s, .address = m_server.address(MailServer::deniz)});
    const OutboxId item = send(draft);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Sent, testPatience);

    for (const int user : {MailServer::mehmet, MailServer::deniz}) {
        OtherClient client(m_server, user);
        QTRY_COMPARE_WITH_TIMEOUT(client.messages("INBOX").size(), 1, testPatience);
        const QByteArray raw = client.messages("INBOX").first().raw.toLower();
        QVERIFY(!raw.contains("bcc:"));
    }
    OtherClient phone(m_server);
    QTRY_COMPARE(phone.messages("Sent").size(), 1);
    QVERIFY(phone.messages("Sent").first().raw.contains("\r\nBcc: "));
}

void TestSending::answeringMarksTheOriginal()
{
    startAs(MailServer::ayse);
    OtherClient phone(m_server);
    phone.append("INBOX", sampleMail("soru", "soru@example.net"));
    QVERIFY(isSynced());
    const auto original = m_profile->find(m_profile->folderId(m_account, FolderRole::Inbox), u"soru"_s);
    QVERIFY(original);

    Draft draft = draftTo({m_server.address(MailServer::mehmet)});
    draft.kind = DraftKind::Reply;
    draft.original = original->id;
    draft.inReplyTo = "soru@example.net";
    send(draft);

    QTRY_VERIFY_WITH_TIMEOUT(phone.messages("INBOX").first().flags.contains("\\Answered"), testPatience);
    OtherClient mehmet(m_server, MailServer::mehmet);
    QTRY_COMPARE(mehmet.messages("INBOX").size(), 1);
    QVERIFY(mehmet.messages("INBOX").first().raw.contains("\r\nIn-Reply-To: <soru@example.net>\r\n"));
}

// O04
void TestSending::refusedRecipientDoesNotAbortTheOthers()
{
    startAs(MailServer::ayse);
    const OutboxId item = send(draftTo(
        {m_server.address(MailServer::mehmet), m_server.unknownRecipient(), m_server.address(MailServer::deniz)}));

    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Failed, testPatience);
    const OutboxItem told = *m_profile->told(item);
    QCOMPARE(told.recipients.at(0).state, RecipientState::Accepted);
    QCOMPARE(told.recipients.at(1).state, RecipientState::Refused);
    QCOMPARE(told.recipients.at(1).error.kind, ErrorKind::RecipientRefused);
    QCOMPARE(told.recipients.at(1).error.replyCode, 550);
    QCOMPARE(told.recipients.at(2).state, RecipientState::Accepted);
    for (const int user : {MailServer::mehmet, MailServer::deniz}) {
        OtherClient client(m_server, user);
        QTRY_COMPARE_WITH_TIMEOUT(client.messages("INBOX").size(), 1, testPatience);
    }
    OtherClient phone(m_server);
    QTRY_COMPARE(phone.messages("Sent").size(), 1);
    QCOMPARE(m_profile->outbox().size(), 1); // until the user decides
}

void TestSending::retryGoesToTheRefusedOnly()
{
    startAs(MailServer::ayse);
    const OutboxId item = send(draftTo({m_server.address(MailServer::mehmet), m_server.unknownRecipient()}));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Failed, testPatience);
    OtherClient mehmet(m_server, MailServer::mehmet);
    QTRY_COMPARE(mehmet.messages("INBOX").size(), 1);
    const int attempts = m_profile->told(item)->attempts;

    QVERIFY(await(m_profile->engine().retryOutbox(item)));

    QTRY_COMPARE_WITH_TIMEOUT(m_profile->told(item)->attempts, attempts + 1, testPatience);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Failed, testPatience);
    QCOMPARE(m_profile->told(item)->recipients.at(0).state, RecipientState::Accepted);
    QCOMPARE(mehmet.messages("INBOX").size(), 1);
    OtherClient phone(m_server);
    QTRY_COMPARE(m_profile->pendingCount(m_account), 0);
    QCOMPARE(phone.messages("Sent").size(), 1);

    QVERIFY(await(m_profile->engine().removeOutbox(item)));
    QTRY_VERIFY(m_profile->outbox().isEmpty());
}

void TestSending::recipientWhoIsToComeLaterWaits()
{
    startAs(MailServer::ayse);
    const OutboxId item = send(draftTo({m_server.address(MailServer::mehmet), m_server.laterRecipient()}));
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->told(item).value_or(OutboxItem()).attempts, 1, testPatience);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Queued, testPatience);
    const OutboxItem told = *m_profile->told(item);
    QCOMPARE(told.recipients.at(0).state, RecipientState::Accepted);
    QCOMPARE(told.recipients.at(1).state, RecipientState::Pending);
    QCOMPARE(told.recipients.at(1).error.replyCode, 450);
    QVERIFY(told.nextTry > QDateTime::currentDateTimeUtc().addSecs(30));
}

void TestSending::sentFolderIsMadeWhereThereIsNone()
{
    startAs(MailServer::ayse);
    OtherClient phone(m_server);
    phone.command("DELETE Sent");
    QVERIFY(isSynced());

    const OutboxId item = send(draftTo({m_server.address(MailServer::mehmet)}));

    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Sent, testPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->outbox().size(), 0, testPatience);
    QCOMPARE(phone.messages("Sent").size(), 1);
}

// O05
void TestSending::providerThatFilesSentByItself()
{
    startAs(MailServer::ayse, [](Account &account) { account.serverFilesSent = true; });
    const OutboxId item = send(draftTo({m_server.address(MailServer::mehmet)}));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Sent, testPatience);
    QVERIFY(m_profile->outbox().isEmpty());
    QVERIFY(isSynced());
    OtherClient phone(m_server);
    QCOMPARE(phone.messages("Sent").size(), 0);
}

// O05, S13
void TestSending::fullMailboxKeepsTheCopyForLater()
{
    startAs(MailServer::full);
    const OutboxId item = send(draftTo({m_server.address(MailServer::mehmet)}));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Sent, testPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->refusals().size(), 1, testPatience);
    QCOMPARE(m_profile->refusals().first().kind, ErrorKind::MailboxFull);
    QCOMPARE(m_profile->refusals().first().step, Step::Append);

    QVERIFY(isSynced());
    QVERIFY(isSynced());
    QCOMPARE(m_profile->refusals().size(), 1); // told once, tried again
    QCOMPARE(m_profile->pendingCount(m_account), 1);
    QCOMPARE(m_profile->outbox().size(), 1);
    OtherClient mehmet(m_server, MailServer::mehmet);
    QTRY_COMPARE(mehmet.messages("INBOX").size(), 1);
}

// T22
void TestSending::wrongOutgoingPasswordKeepsTheMail()
{
    m_profile = std::make_unique<EngineFixture>(m_server.tlsPolicy());
    QVERIFY(m_profile->start());
    m_settings = m_server.account();
    const Result<AccountId> added
        = await(m_profile->engine().addAccount(m_settings, {.incoming = m_server.password(), .outgoing = u"yanlış"_s}));
    QVERIFY(added);
    m_account = *added;
    const OutboxId item = send(draftTo({m_server.address(MailServer::mehmet)}));
    QTRY_VERIFY_WITH_TIMEOUT(m_profile->state(m_account).passwordNeeded, testPatience);
    QTRY_VERIFY(m_profile->told(item));
    QCOMPARE(m_profile->told(item)->state, OutboxState::Queued);
    QCOMPARE(m_profile->told(item)->lastError.kind, ErrorKind::AuthenticationFailed);

    m_profile->setPassword(m_account, m_server.password());

    QTRY_COMPARE_WITH_TIMEOUT(stateOf(item), OutboxState::Sent, testPatience);
    QTRY_VERIFY(!m_profile->state(m_account).passwordNeeded);
}

void TestSending::rawMessageGetsWhatItLacks()
{
    startAs(MailServer::ayse);
    const Result<OutboxId> item = await(m_profile->engine().sendRaw(m_account,
        "From: ayse@example.test\nTo: mehmet@example.test\nBcc: deniz@example.test,\n mehmet@example.test\nSubject: "
        "ham\n\nsat\xc4\xb1r\n.\n",
        {}, {}));
    QVERIFY2(item, describe(item));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*item), OutboxState::Sent, testPatience);
    QCOMPARE(m_profile->told(*item)->recipients.size(), 2);
    OtherClient mehmet(m_server, MailServer::mehmet);
    QTRY_COMPARE_WITH_TIMEOUT(mehmet.messages("INBOX").size(), 1, testPatience);
    const QByteArray raw = mehmet.messages("INBOX").first().raw;
    QVERIFY(raw.endsWith("\r\n\r\nsat\xc4\xb1r\r\n.\r\n"));
    QVERIFY(
        raw.contains("\r\nDate: ") && raw.contains(m_profile->told(*item)->messageIdHeader) && !raw.contains("Bcc"));
}

void TestSending::draftWithoutRecipientChangesNothing()
{
    startAs(MailServer::ayse);
    Draft draft = draftTo({});
    draft.id = *await(m_profile->engine().saveDraft(draft));
    const Result<OutboxId> queued = await(m_profile->engine().send(draft));
    QVERIFY(!queued);
    QCOMPARE(queued.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(m_profile->read([](const Tables &t) { return t.drafts.all(); }).size(), 1);
    QVERIFY(m_profile->outbox().isEmpty());
}

void TestSending::mailWrittenOfflineLeavesLater()
{
    startAs(MailServer::ayse);
    m_profile->engine().setOnline(false);
    const OutboxId item = send(draftTo({m_server.address(MailServer::mehmet)}));
    QVERIFY(isSynced() == false);
    QCOMPARE(m_profile->outbox().size(), 1);
    m_profile->stop();

    QVERIFY(m_profile->start());
    m_profile->setPassword(m_account, m_server.password());
    OtherClient mehmet(m_server, MailServer::mehmet);
    QTRY_COMPARE_WITH_TIMEOUT(mehmet.messages("INBOX").size(), 1, testPatience);
    QTRY_COMPARE(stateOf(item), OutboxState::Sent);
}

QTEST_GUILESS_MAIN(TestSending)
#include "test_sending.moc"
