// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The small tables: accounts, folders, bodies, drafts, outbox and pending actions.

#include "tests/store/storetest.h"

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, QTimeZone::UTC);

MailError sampleError()
{
    return {.kind = ErrorKind::RecipientRefused,
        .step = Step::Recipient,
        .endpoint = u"smtp.example.org:587"_s,
        .serverText = u"Böyle biri yok"_s,
        .replyCode = 550,
        .enhancedCode = "5.1.1",
        .subject = u"yok@example.org"_s};
}

} // namespace

class TestTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accountsCanBeChangedAndFound()
    {
        StoreFixture f;
        Account account = sampleAccount(u"ikinci@example.org"_s);
        account.serverFilesSent = true;
        account.oauthIssuer = u"issuer.example"_s;
        account.serverCopies = {.days = 14, .deletedWithOurs = true};
        account.wholeUpTo = 5'000'000;
        account.wholeMessages = WholeMessages::LastDays;
        account.wholeMessagesDays = 7;
        account.pollMinutes = Account::pollByHand;
        account.incoming.auth = AuthMethod::OAuth2;
        account.exceptions = {{.host = u"a.example"_s, .port = 993, .certificate = "\x30\x00DER"_ba},
            {.host = u"a.example"_s, .port = 994, .certificate = "other"_ba}};
        account.outgoing = {.protocol = Protocol::Smtp,
            .host = u"posta.örnek.example"_s,
            .port = 65535,
            .encryption = Encryption::None,
            .auth = AuthMethod::None,
            .userName = u"kullanıcı"_s};
        account.id = inStore(f.store, [&](Tables &tables) { return tables.accounts.insert(account); });
        const auto find = [&] {
            return fromStore(f.store, [&](const Tables &tables) { return tables.accounts.find(account.id); });
        };
        QCOMPARE(find(), std::optional(account));
        account.name = u"İş"_s;
        account.incoming.host = u"imap2.example.org"_s;
        account.exceptions.removeFirst();
        account.serverCopies = {};
        account.wholeUpTo = 0;
        account.wholeMessages = WholeMessages::WhenOpened;
        account.wholeMessagesDays = 30;
        account.pollMinutes = 15;
        inStore(f.store, [&](Tables &tables) { tables.accounts.update(account); });
        QCOMPARE(find(), std::optional(account));
        QCOMPARE(fromStore(f.store, [](const Tables &tables) { return tables.accounts.all(); }).size(), 2);
        inStore(f.store, [&](Tables &tables) { tables.accounts.remove(account.id); });
        QVERIFY(!find());
        QCOMPARE(fromStore(f.store, [](const Tables &tables) { return tables.accounts.all(); }).size(), 1);
    }

    void foldersCanBeChangedAndFound()
    {
        StoreFixture f;
        Folder folder{.account = f.account,
            .path = u"Proje.2025.Ödeme"_s,
            .separator = u'.',
            .role = FolderRole::Sent,
            .selectable = false,
            .subscribed = false};
        folder.id = inStore(f.store, [&](Tables &tables) { return tables.folders.insert(folder); });
        QCOMPARE(f.folder(folder.id), folder);
        QCOMPARE(f.folder(folder.id).name(), u"Ödeme"_s);
        folder.path = u"Başka"_s;
        folder.separator = QChar();
        folder.role = FolderRole::Trash;
        folder.selectable = folder.subscribed = true;
        inStore(f.store, [&](Tables &tables) { tables.folders.update(folder); });
        QCOMPARE(f.folder(folder.id), folder);
        QCOMPARE(fromStore(f.store,
                     [&](const Tables &tables) { return tables.folders.findByRole(f.account, FolderRole::Trash); }),
            std::optional(folder));
        QCOMPARE(
            fromStore(f.store, [&](const Tables &tables) { return tables.folders.findByPath(f.account, u"Başka"_s); }),
            std::optional(folder));
        QVERIFY(!fromStore(
            f.store, [&](const Tables &tables) { return tables.folders.findByRole(f.account, FolderRole::Junk); }));
    }

    void changingAFolderKeepsItsCountersAndNumbering()
    {
        StoreFixture f;
        f.add(f.inbox, {sampleHeader(1), sampleHeader(2, Flag::Seen)});
        const FolderSyncState state{.uidValidity = 4'294'967'295,
            .uidNext = 3,
            .highestModSeq = 0x7fff'ffff'ffff'ffff,
            .headersComplete = true};
        Folder folder = f.folder(f.inbox);
        folder.path = u"Gelen"_s;
        folder.total = folder.unread = 77;
        inStore(f.store, [&](Tables &tables) {
            tables.folders.setSyncState(f.inbox, state);
            tables.folders.update(folder);
        });
        QCOMPARE(f.folder(f.inbox).total, 2);
        QCOMPARE(f.folder(f.inbox).unread, 1);
        QCOMPARE(fromStore(f.store, [&](const Tables &tables) { return tables.folders.syncState(f.inbox); }), state);
        QCOMPARE(fromStore(f.store, [&](const Tables &tables) { return tables.folders.syncState(f.archive); }),
            FolderSyncState());
    }

    void aRemovedFolderIsOutOfSightAndItsNameIsFree()
    {
        StoreFixture f;
        const MessageId id = f.add(f.archive, {sampleHeader(1)}).first();
        inStore(f.store, [&](Tables &tables) { tables.folders.remove(f.archive); });
        QVERIFY(!fromStore(f.store, [&](const Tables &tables) { return tables.folders.find(f.archive); }));
        QCOMPARE(fromStore(f.store, [&](const Tables &tables) { return tables.folders.all(f.account); }).size(), 1);
        const FolderId again = f.addFolder(u"Arşiv"_s);
        QVERIFY(again != f.archive);
        QCOMPARE(f.folder(again).total, 0);
        QTRY_VERIFY(!fromStore(f.store, [&](const Tables &tables) { return tables.messages.header(id); }));
    }

    void bodiesComeBackByteForByte()
    {
        StoreFixture f;
        const MessageId id = f.add(f.inbox, {sampleHeader(1)}).first();
        const auto raw = [&](MessageId message) {
            return fromStore(f.store, [&](const Tables &tables) { return tables.bodies.raw(message); });
        };
        QVERIFY(!raw(id));
        QByteArray bytes;
        for (int i = 0; i < 300'000; ++i)
            bytes += char(i * 7 % 256);
        for (const QByteArray &body : {bytes, QByteArray("kısa\0\r\n"), QByteArray()}) {
            inStore(f.store, [&](Tables &tables) { tables.bodies.put(id, body); });
            QCOMPARE(raw(id), std::optional(body));
            QVERIFY(fromStore(f.store, [&](const Tables &tables) { return tables.messages.header(id)->hasBody; }));
        }
        inStore(f.store, [&](Tables &tables) { tables.bodies.remove(id); });
        QVERIFY(!raw(id));
        QVERIFY(!fromStore(f.store, [&](const Tables &tables) { return tables.messages.header(id)->hasBody; }));
    }

    void aBodyThatComesTooLateIsNotKept()
    {
        StoreFixture f;
        const MessageId id = f.add(f.inbox, {sampleHeader(1)}).first();
        inStore(f.store, [&](Tables &tables) {
            tables.messages.remove({id});
            tables.bodies.put(id, "raw");
        });
        QVERIFY(!fromStore(f.store, [&](const Tables &tables) { return tables.bodies.raw(id); }));
    }

    void draftsComeBackAsTheyWent()
    {
        StoreFixture f;
        Draft draft;
        draft.account = f.account;
        draft.kind = DraftKind::Reply;
        draft.original = MessageId{42};
        draft.from = {u"Ayşe Işık"_s, u"ayse@example.org"_s};
        for (int i = 0; i < 300; ++i) // S21: a rival cut them at 200.
            draft.to.append({u"Kişi %1"_s.arg(i), u"kisi%1@example.org"_s.arg(i)});
        draft.cc = {{QString(), u"cc@example.org"_s}};
        draft.bcc = {{u"Gizli"_s, u"bcc@example.org"_s}};
        draft.subject = u"Ynt: Özgeçmiş"_s;
        draft.text = u"Merhaba,\n\n> alıntı\n"_s;
        draft.inReplyTo = "a@example.org";
        draft.references = {"r@example.org", "a@example.org"};
        draft.attachments
            = {{u"Özgeçmiş ığüşöç.pdf"_s, "application/pdf", QByteArray(100'000, '\x7f')}, {u"boş"_s, "", ""}};
        draft.id = inStore(f.store, [&](Tables &tables) { return tables.drafts.save(draft, now); });
        const auto find
            = [&] { return fromStore(f.store, [&](const Tables &tables) { return tables.drafts.find(draft.id); }); };
        QCOMPARE(find(), std::optional(draft));

        draft.to = {{u"Tek"_s, u"tek@example.org"_s}, {QString(), u"iki@example.org"_s}};
        draft.from = {};
        draft.attachments.removeFirst();
        QCOMPARE(
            inStore(f.store, [&](Tables &tables) { return tables.drafts.save(draft, now.addSecs(60)); }), draft.id);
        QCOMPARE(find(), std::optional(draft));

        const DraftId second = inStore(f.store,
            [&](Tables &tables) { return tables.drafts.save({.account = f.account, .subject = u"eski"_s}, now); });
        const auto all = fromStore(f.store, [](const Tables &tables) { return tables.drafts.all(); });
        QCOMPARE(all.size(), 2);
        QCOMPARE(all.at(0).id, draft.id);
        QCOMPARE(all.at(0).recipients, u"Tek, iki@example.org"_s);
        QCOMPARE(all.at(0).changedAt, now.addSecs(60));
        QCOMPARE(all.at(1).id, second);
    }

    void aDraftSavedAfterItsRemovalIsNotLost()
    {
        StoreFixture f;
        Draft draft{.account = f.account, .subject = u"Konu"_s};
        draft.id = inStore(f.store, [&](Tables &tables) { return tables.drafts.save(draft, now); });
        const DraftId again = inStore(f.store, [&](Tables &tables) {
            tables.drafts.remove(draft.id);
            return tables.drafts.save(draft, now);
        });
        QVERIFY(again && again != draft.id);
        QCOMPARE(fromStore(f.store, [&](const Tables &tables) { return tables.drafts.find(again)->subject; }),
            draft.subject);
    }

    void outboxItemsGoThroughTheirStates()
    {
        StoreFixture f;
        OutboxItem item{.account = f.account,
            .sender = u"ayse@example.org"_s,
            .recipients
            = {{.address = u"bir@example.org"_s}, {.address = u"yok@example.org"_s}, {.address = u"üç@example.org"_s}},
            .messageIdHeader = "x@example.org",
            .subject = u"Konu"_s,
            .size = 12'345,
            .queuedAt = now,
            .original = MessageId{9},
            .originalForwarded = true};
        item.id = inStore(
            f.store, [&](Tables &tables) { return tables.outbox.insert(item, "wire\r\n", "copy\r\n"); },
            Store::Durability::Durable);
        const auto find
            = [&] { return fromStore(f.store, [&](const Tables &tables) { return tables.outbox.find(item.id); }); };
        QCOMPARE(find(), std::optional(item));
        for (const OutboxState state :
            {OutboxState::Sending, OutboxState::Unknown, OutboxState::Queued, OutboxState::Failed, OutboxState::Sent}) {
            item.state = state;
            ++item.attempts;
            item.nextTry = now.addSecs(60 * item.attempts);
            item.recipients[0].state = RecipientState::Accepted;
            item.recipients[1]
                = {.address = u"yok@example.org"_s, .state = RecipientState::Refused, .error = sampleError()};
            item.lastError = {.kind = ErrorKind::TryLater, .step = Step::EndOfContent, .replyCode = 451};
            inStore(f.store, [&](Tables &tables) { tables.outbox.update(item); }, Store::Durability::Durable);
            QCOMPARE(find(), std::optional(item));
        }
        QCOMPARE(
            fromStore(f.store, [&](const Tables &tables) { return tables.outbox.wireMessage(item.id); }), "wire\r\n");
        QCOMPARE(fromStore(f.store, [&](const Tables &tables) { return tables.outbox.sentCopy(item.id); }), "copy\r\n");
        QCOMPARE(fromStore(f.store, [](const Tables &tables) { return tables.outbox.all(); }), QList{item});

        inStore(f.store, [&](Tables &tables) { tables.outbox.remove(item.id); });
        QVERIFY(!find());
        inStore(f.store, [&](Tables &tables) { tables.outbox.update(item); }); // Too late, and harmless.
        QVERIFY(!find());
        QVERIFY(fromStore(f.store, [&](const Tables &tables) { return tables.outbox.wireMessage(item.id); }).isEmpty());
    }

    void pendingActionsKeepTheirOrderAndForm()
    {
        StoreFixture f;
        PendingOp op{.account = f.account,
            .kind = PendingOp::Kind::Move,
            .folder = f.inbox,
            .toFolder = f.archive,
            .message = MessageId{3},
            .outbox = OutboxId{4},
            .uidValidity = 4'000'000'000,
            .uid = 4'294'967'295,
            .messageIdHeader = "m@example.org",
            .add = Flag::Seen,
            .remove = Flag::Flagged | Flag::MdnSent,
            .path = u"Eski/Ad"_s,
            .newPath = u"Yeni/Ad"_s,
            .attempts = 2,
            .lastError = sampleError(),
            .createdAt = now};
        op.id = inStore(f.store, [&](Tables &tables) { return tables.pendingOps.insert(op); });
        const PendingOp second{.account = f.account, .kind = PendingOp::Kind::CreateFolder, .path = u"Yeni"_s};
        inStore(f.store, [&](Tables &tables) { tables.pendingOps.insert(second); });
        const auto all = [&] {
            return fromStore(f.store, [&](const Tables &tables) { return tables.pendingOps.all(f.account); });
        };
        QCOMPARE(all().size(), 2);
        QCOMPARE(all().at(0), op);
        QCOMPARE(all().at(1).kind, PendingOp::Kind::CreateFolder);
        QVERIFY(!all().at(1).createdAt.isValid());
        QCOMPARE(
            fromStore(f.store, [&](const Tables &tables) { return tables.pendingOps.forFolder(f.inbox); }), QList{op});

        op.state = PendingOp::State::Failed;
        op.folder = f.archive;
        op.uid = 7;
        op.lastError = {};
        inStore(f.store, [&](Tables &tables) { tables.pendingOps.update(op); });
        QCOMPARE(all().at(0), op);
        inStore(f.store, [&](Tables &tables) { tables.pendingOps.remove(op.id); });
        QCOMPARE(all().size(), 1);
    }

    /// What the user did has to reach the server even after the mail is gone here.
    void aPendingActionOutlivesItsMessageAndFolder()
    {
        StoreFixture f;
        const MessageId id = f.add(f.archive, {sampleHeader(1)}).first();
        inStore(f.store, [&](Tables &tables) {
            tables.pendingOps.insert(
                {.account = f.account, .kind = PendingOp::Kind::Delete, .folder = f.archive, .message = id, .uid = 1});
            tables.messages.remove({id});
            tables.folders.remove(f.archive);
        });
        const auto ops = fromStore(f.store, [&](const Tables &tables) { return tables.pendingOps.all(f.account); });
        QCOMPARE(ops.size(), 1);
        QCOMPARE(ops.first().uid, 1u);
    }
};

QTEST_GUILESS_MAIN(TestTables)
#include "test_tables.moc"
