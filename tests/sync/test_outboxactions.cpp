// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/outboxactions.h"

#include "tests/sync/synctest.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// O01, O04, O05: what an attempt makes of a mail.
class TestOutboxActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { f = std::make_unique<SyncFixture>(); }
    void cleanup() { f.reset(); }

    void everybodyAcceptedIsSent();
    void refusedOnesStayWithTheirReason();
    void laterForSomeIsQueuedForThemOnly();
    void lostAfterTheFinalDotIsUnknown();
    void lostBeforeIsQueued();
    void lastingRefusalIsKept();
    void deliveryFilesACopyAndMarksTheOriginal();
    void localAccountKeepsTheCopyItself();
    void secondDeliveryFilesNoSecondCopy();
    void providerThatFilesSentGetsNoCopy();
    void retryGoesOnlyToWhoHasNotGotIt();
    void sendingFoundAtStartIsUnknown();
    void takenOnlyOnce();
    void removalWaitsForTheCopy();
    void foundInSentWasSent();
    void delaysGrowToALimit();

private:
    OutboxItem queued() const
    {
        return {.account = f->account,
            .sender = u"ayse@example.org"_s,
            .recipients
            = {{.address = u"a@example.org"_s}, {.address = u"b@example.org"_s}, {.address = u"c@example.org"_s}},
            .messageIdHeader = "mail@example.org",
            .attempts = 1};
    }
    OutboxItem insert(OutboxItem item)
    {
        item.id = inStore(f->store(), [item](Tables &tables) { return tables.outbox.insert(item, "wire", "copy"); });
        return item;
    }
    std::optional<OutboxItem> find(OutboxId id)
    {
        return fromStore(f->store(), [id](const Tables &tables) { return tables.outbox.find(id); });
    }
    Account account(bool filesSent = false)
    {
        Account result
            = fromStore(f->store(), [this](const Tables &tables) { return *tables.accounts.find(f->account); });
        result.serverFilesSent = filesSent;
        return result;
    }
    Result<bool> record(const OutboxItem &item, bool filesSent = false)
    {
        return wait(f->store().write([item, account = account(filesSent), now = f->now](Tables &tables) {
            return actions::recordAttempt(tables, account, item, now);
        }));
    }
    static SubmissionResult verdicts(const QList<int> &codes)
    {
        SubmissionResult result{.delivered = codes.contains(250)};
        const QStringList addresses{u"a@example.org"_s, u"b@example.org"_s, u"c@example.org"_s};
        for (qsizetype i = 0; i < codes.size(); ++i) {
            result.recipients.append({.address = addresses.at(i), .accepted = codes.at(i) == 250});
            if (codes.at(i) != 250)
                result.recipients.last().error
                    = {.kind = ErrorKind::RecipientRefused, .step = Step::Recipient, .replyCode = codes.at(i)};
        }
        return result;
    }

    std::unique_ptr<SyncFixture> f;
};

void TestOutboxActions::everybodyAcceptedIsSent()
{
    const OutboxItem after = actions::afterAttempt(queued(), verdicts({250, 250, 250}), f->now);
    QCOMPARE(after.state, OutboxState::Sent);
    QVERIFY(actions::pendingRecipients(after).isEmpty());
}

void TestOutboxActions::refusedOnesStayWithTheirReason()
{
    const OutboxItem after = actions::afterAttempt(queued(), verdicts({250, 550, 250}), f->now);
    QCOMPARE(after.state, OutboxState::Failed);
    QCOMPARE(after.recipients.at(0).state, RecipientState::Accepted);
    QCOMPARE(after.recipients.at(1).state, RecipientState::Refused);
    QCOMPARE(after.recipients.at(1).error.replyCode, 550);
    QCOMPARE(after.lastError.replyCode, 550);
}

void TestOutboxActions::laterForSomeIsQueuedForThemOnly()
{
    const OutboxItem after = actions::afterAttempt(queued(), verdicts({250, 550, 451}), f->now);
    QCOMPARE(after.state, OutboxState::Queued);
    QCOMPARE(actions::pendingRecipients(after), QStringList{u"c@example.org"_s});
    QCOMPARE(after.nextTry, f->now.addDuration(1min));

    SubmissionResult second{.recipients = {{.address = u"c@example.org"_s, .accepted = true}}, .delivered = true};
    const OutboxItem last = actions::afterAttempt(after, second, f->now);
    QCOMPARE(last.state, OutboxState::Failed);
    QCOMPARE(last.recipients.at(1).state, RecipientState::Refused);
    QCOMPARE(last.recipients.at(2).state, RecipientState::Accepted);
    QCOMPARE(last.lastError.replyCode, 550);
}

void TestOutboxActions::lostAfterTheFinalDotIsUnknown()
{
    for (const ErrorKind kind :
        {ErrorKind::ConnectionLost, ErrorKind::Timeout, ErrorKind::Cancelled, ErrorKind::Protocol}) {
        const OutboxItem after
            = actions::afterAttempt(queued(), failure({.kind = kind, .step = Step::EndOfContent}), f->now);
        QCOMPARE(after.state, OutboxState::Unknown);
    }
}

void TestOutboxActions::lostBeforeIsQueued()
{
    const OutboxItem after
        = actions::afterAttempt(queued(), failure({.kind = ErrorKind::ConnectionLost, .step = Step::Content}), f->now);
    QCOMPARE(after.state, OutboxState::Queued);
    QCOMPARE(after.nextTry, f->now.addDuration(2s));
    QCOMPARE(actions::pendingRecipients(after).size(), 3);

    const OutboxItem later = actions::afterAttempt(
        queued(), failure({.kind = ErrorKind::TryLater, .step = Step::Sender, .replyCode = 451}), f->now);
    QCOMPARE(later.state, OutboxState::Queued);
    QCOMPARE(later.nextTry, f->now.addDuration(1min));
}

void TestOutboxActions::lastingRefusalIsKept()
{
    const OutboxItem tooLarge = actions::afterAttempt(
        queued(), failure({.kind = ErrorKind::MessageTooLarge, .step = Step::Content, .replyCode = 552}), f->now);
    QCOMPARE(tooLarge.state, OutboxState::Failed);
    QCOMPARE(tooLarge.lastError.kind, ErrorKind::MessageTooLarge);
    const OutboxItem illFormed
        = actions::afterAttempt(queued(), failure({.kind = ErrorKind::InvalidInput, .step = Step::Content}), f->now);
    QCOMPARE(illFormed.state, OutboxState::Failed);
}

void TestOutboxActions::deliveryFilesACopyAndMarksTheOriginal()
{
    OutboxItem item = queued();
    item.original = f->addMessage(f->inbox, 5);
    item = insert(item);

    const auto first = record(actions::afterAttempt(item, verdicts({250, 250, 250}), f->now));

    QVERIFY(first);
    QVERIFY(*first);
    QCOMPARE(f->header(item.original).flags, Flags(Flag::Answered));
    const QList<PendingOp> ops = f->ops();
    QCOMPARE(ops.size(), 2);
    QCOMPARE(ops.at(0).kind, PendingOp::Kind::Append);
    QCOMPARE(ops.at(0).outbox, item.id);
    QCOMPARE(ops.at(0).messageIdHeader, "mail@example.org"_ba);
    QCOMPARE(ops.at(1).kind, PendingOp::Kind::ChangeFlags);
    QCOMPARE(find(item.id)->state, OutboxState::Sent); // until its copy is filed
}

void TestOutboxActions::localAccountKeepsTheCopyItself()
{
    f->makeLocal();
    const QByteArray raw = "From: ayse@example.org\r\nSubject: bir\r\n\r\nmetin\r\n";
    OutboxItem item = queued();
    item.original = f->addMessage(f->inbox, 0);
    item = insert(item);
    const auto recordWithCopy = [&](const OutboxItem &after) {
        return wait(f->store().write([&](Tables &tables) {
            return actions::recordAttempt(tables, account(), after, f->now, local::read(raw, Flag::Seen, f->now));
        }));
    };
    const auto sentRows = [&] {
        return fromStore(f->store(), [&](const Tables &tables) {
            const auto sent = tables.folders.findByRole(f->account, FolderRole::Sent);
            return sent ? tables.messages.keys(sent->id, 10) : QList<MessageKey>();
        });
    };

    const OutboxItem partly = actions::afterAttempt(item, verdicts({250, 450, 250}), f->now);
    QVERIFY(recordWithCopy(partly));
    QCOMPARE(sentRows().size(), 1);
    QCOMPARE(f->header(MessageId{sentRows().constFirst().id}).flags, Flags(Flag::Seen));
    QCOMPARE(f->header(item.original).flags, Flags(Flag::Answered));
    QVERIFY(recordWithCopy(actions::afterAttempt(partly, verdicts({250, 250, 250}), f->now)));
    QCOMPARE(sentRows().size(), 1); // whoever gets it later
    QVERIFY(f->ops().isEmpty());
    QVERIFY(!find(item.id));
}

void TestOutboxActions::secondDeliveryFilesNoSecondCopy()
{
    const OutboxItem item = insert(queued());
    const OutboxItem partly = actions::afterAttempt(item, verdicts({250, 451, 250}), f->now);
    QVERIFY(*record(partly));
    SubmissionResult rest{.recipients = {{.address = u"b@example.org"_s, .accepted = true}}, .delivered = true};
    QVERIFY(!*record(actions::afterAttempt(partly, rest, f->now)));
    QCOMPARE(f->ops().size(), 1);
}

void TestOutboxActions::providerThatFilesSentGetsNoCopy()
{
    const OutboxItem item = insert(queued());
    QVERIFY(*record(actions::afterAttempt(item, verdicts({250, 250, 250}), f->now), true));
    QVERIFY(f->ops().isEmpty());
    QVERIFY(!find(item.id));
}

void TestOutboxActions::retryGoesOnlyToWhoHasNotGotIt()
{
    const OutboxItem item = insert(queued());
    const OutboxItem partly = actions::afterAttempt(item, verdicts({250, 550, 250}), f->now);
    QVERIFY(record(partly));

    const auto again
        = wait(f->store().write([id = item.id, now = f->now](Tables &t) { return actions::retryOutbox(t, id, now); }));

    QVERIFY(again);
    QCOMPARE(again->state, OutboxState::Queued);
    QCOMPARE(actions::pendingRecipients(*again), QStringList{u"b@example.org"_s});
}

void TestOutboxActions::sendingFoundAtStartIsUnknown()
{
    OutboxItem item = queued();
    item.state = OutboxState::Sending;
    item = insert(item);
    const auto changed
        = inStore(f->store(), [this](Tables &tables) { return actions::sendingIsUnknown(tables, f->account); });
    QCOMPARE(changed.size(), 1);
    QCOMPARE(find(item.id)->state, OutboxState::Unknown);
}

void TestOutboxActions::takenOnlyOnce()
{
    const OutboxItem item = insert(queued());
    const auto take
        = [&] { return wait(f->store().write([id = item.id](Tables &t) { return actions::beginSending(t, id); })); };
    QVERIFY(take());
    const auto second = take();
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::NotFound);
}

void TestOutboxActions::removalWaitsForTheCopy()
{
    const OutboxItem item = insert(queued());
    QVERIFY(record(actions::afterAttempt(item, verdicts({250, 550, 250}), f->now)));
    const auto remove
        = [&](OutboxId id) { return wait(f->store().write([id](Tables &t) { return actions::removeOutbox(t, id); })); };

    QVERIFY(remove(item.id));
    QCOMPARE(find(item.id)->state, OutboxState::Sent);
    QCOMPARE(find(item.id)->recipients.size(), 2);

    const OutboxItem unsent = insert(queued());
    QVERIFY(remove(unsent.id));
    QVERIFY(!find(unsent.id));

    OutboxItem busy = queued();
    busy.state = OutboxState::Sending;
    busy = insert(busy);
    QCOMPARE(remove(busy.id).error().kind, ErrorKind::InUse);
}

void TestOutboxActions::foundInSentWasSent()
{
    OutboxItem item = queued();
    item.state = OutboxState::Unknown;
    item.original = f->addMessage(f->inbox, 5);
    item.originalForwarded = true;
    item = insert(item);
    const auto found = wait(f->store().write([id = item.id, account = account(), now = f->now](Tables &t) {
        return actions::recordFoundInSent(t, account, id, now);
    }));
    QVERIFY(found);
    QCOMPARE(found->state, OutboxState::Sent);
    QVERIFY(!find(item.id));
    QCOMPARE(f->header(item.original).flags, Flags(Flag::Forwarded));
}

void TestOutboxActions::delaysGrowToALimit()
{
    QCOMPARE(actions::outboxDelay(1, true), 2s);
    QCOMPARE(actions::outboxDelay(2, true), 4s);
    QCOMPARE(actions::outboxDelay(1000, true), 5min);
    QCOMPARE(actions::outboxDelay(1, false), 1min);
    QCOMPARE(actions::outboxDelay(1000, false), 1h);
}

QTEST_GUILESS_MAIN(TestOutboxActions)
#include "test_outboxactions.moc"
