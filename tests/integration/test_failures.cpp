// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/imap/imapscripts.h"
#include "tests/integration/enginefixture.h"
#include "tests/smtp/smtpscripts.h"
#include "tests/ui/bothlanguages.h"
#include "ui/common/errortext.h"
#include "ui/composer/attachfile.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

/// All that a profile knows.
struct Everything {
    QList<Account> accounts;
    QList<Folder> folders;
    QList<FolderSyncState> states;
    QList<MessageHeader> messages;
    QList<QByteArray> bodies;
    QList<Draft> drafts;
    QList<OutboxItem> outbox;
    qsizetype pendingOps = 0;

    friend bool operator==(const Everything &, const Everything &) = default;
};

} // namespace

class TestFailures;
/// Makes something fail and says with what.
using Cause = std::function<MailError(TestFailures &)>;
Q_DECLARE_METATYPE(Cause)

/// What goes wrong on every day: each failure has its kind, a sentence in both languages, and leaves everything as it
/// was.
class TestFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_profile.reset(); }

    void failureIsTypedToldAndHarmless_data();
    void failureIsTypedToldAndHarmless();
    void refusedMailStaysWhole();
    void whatIsSaidBeforeTlsChangesNothing();

private:
    void useServers(quint16 imapPort, Encryption encryption, quint16 smtpPort = ScriptedServer::closedPort());
    Everything everything();
    MailError synchronizeAgainst(const Script &script, Encryption encryption = Encryption::ImplicitTls);
    MailError nobodyListens();
    MailError moveIntoAFullMailbox();
    MailError attachWhatCannotBeRead();

    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
    FolderId m_inbox;
    FolderId m_archive;
    MessageId m_message;
    Everything m_before; ///< Once the servers are known.
};

namespace {

const QByteArray header = "Message-ID: <mektup@example.test>\r\nSubject: mektup\r\n\r\n";
const QByteArray body = header + "metin\r\n";
const QByteArray sentMail
    = "Message-ID: <giden@example.test>\r\nDate: Mon, 02 Mar 2026 09:30:00 +0000\r\nSubject: giden\r\n\r\nmetin\r\n";

Script selectsInbox()
{
    return Script()
        .expect("{tag} SELECT \"INBOX\"{*}")
        .send("* 1 EXISTS\r\n* OK [UIDVALIDITY 77] .\r\n* OK [UIDNEXT 6] .\r\n{tag} OK [READ-WRITE] done\r\n");
}

} // namespace

void TestFailures::init()
{
    m_profile = std::make_unique<EngineFixture>(testTlsPolicy(), false);
    QVERIFY(m_profile->start());
}

/// An account with a mail that is here already and a draft.
void TestFailures::useServers(quint16 imapPort, Encryption encryption, quint16 smtpPort)
{
    const Account account{.identity = {.address = u"user@example.test"_s},
        .incoming = {.host = u"localhost"_s, .port = imapPort, .encryption = encryption, .userName = u"user"_s},
        .outgoing = {.protocol = Protocol::Smtp,
            .host = u"localhost"_s,
            .port = smtpPort,
            .encryption = Encryption::None,
            .userName = u"user"_s}};
    const Result<AccountId> added = m_profile->add(account, u"secret"_s);
    QVERIFY2(added, describe(added));
    m_account = *added;
    const auto filled = await(m_profile->store().write([this](Tables &tables) -> Result<void> {
        const auto add = [&](const QString &path, FolderRole role) {
            const FolderId folder
                = tables.folders.insert({.account = m_account, .path = path, .separator = u'/', .role = role});
            tables.folders.setSyncState(folder, {.uidValidity = 77, .uidNext = 6, .headersComplete = true});
            return folder;
        };
        m_inbox = add(u"INBOX"_s, FolderRole::Inbox);
        m_archive = add(u"Archive"_s, FolderRole::Archive);
        add(u"Sent"_s, FolderRole::Sent);
        MessageHeader message;
        message.uid = 5;
        message.flags = Flag::Flagged;
        message.size = body.size();
        message.envelope.subject = u"mektup"_s;
        message.envelope.messageIdHeader = "mektup@example.test";
        m_message = tables.messages.upsert(m_inbox, {message}).first();
        tables.bodies.put(m_message, body);
        tables.drafts.save({.account = m_account, .subject = u"taslak"_s}, QDateTime::currentDateTimeUtc());
        return {};
    }));
    QVERIFY2(filled, describe(filled));
    m_before = everything();
    QCOMPARE(m_before.messages.size(), 1);
    QCOMPARE(m_before.drafts.size(), 1);
}

Everything TestFailures::everything()
{
    return m_profile->read([](const Tables &tables) {
        Everything all{.accounts = tables.accounts.all(), .outbox = tables.outbox.all()};
        for (const Account &account : std::as_const(all.accounts)) {
            all.folders += tables.folders.all(account.id);
            all.pendingOps += tables.pendingOps.all(account.id).size();
        }
        for (const Folder &folder : std::as_const(all.folders)) {
            all.states.append(tables.folders.syncState(folder.id));
            const QList<MessageKey> keys = tables.messages.keys(folder.id, 1000);
            for (const MessageKey &key : keys) {
                all.messages.append(tables.messages.header(MessageId{key.id}).value());
                all.bodies.append(tables.bodies.raw(MessageId{key.id}).value_or(QByteArray()));
            }
        }
        const auto drafts = tables.drafts.all();
        for (const auto &summary : drafts)
            all.drafts.append(tables.drafts.find(summary.id).value());
        return all;
    });
}

MailError TestFailures::synchronizeAgainst(const Script &script, Encryption encryption)
{
    ScriptedServer server({script});
    useServers(server.port(), encryption);
    const Result<void> synced = await(m_profile->engine().synchronize(m_account));
    if (!server.finished())
        qFatal("%s", server.failure().constData());
    if (encryption == Encryption::StartTls && server.receivedInClear().contains("AUTH"))
        qFatal("a login was tried in clear");
    return synced ? MailError{.serverText = u"no failure at all"_s} : synced.error();
}

MailError TestFailures::nobodyListens()
{
    useServers(ScriptedServer::closedPort(), Encryption::ImplicitTls);
    const Result<void> synced = await(m_profile->engine().synchronize(m_account));
    return synced ? MailError{.serverText = u"no failure at all"_s} : synced.error();
}

MailError TestFailures::moveIntoAFullMailbox()
{
    ScriptedServer server({loggedIn()
            .then(selectsInbox())
            .expect("{tag} UID FETCH 5 {*}")
            .send("* 1 FETCH (UID 5 FLAGS (\\Flagged) RFC822.SIZE " + QByteArray::number(body.size())
                + " BODY[HEADER.FIELDS (MESSAGE-ID)] {" + QByteArray::number(header.size()) + "}\r\n" + header
                + ")\r\n{tag} OK done\r\n")
            .expect("{tag} UID MOVE 5 \"Archive\"")
            .send("{tag} NO [OVERQUOTA] no room\r\n")
            .expect("{tag} LIST {*}")
            .send("{tag} NO later\r\n")
            .expect("{tag} SELECT {*}")
            .send("{tag} NO later\r\n")
            .expect("{tag} SELECT {*}")
            .send("{tag} NO later\r\n")});
    useServers(server.port(), Encryption::ImplicitTls);
    const auto moved = await(m_profile->engine().moveMessages({m_message}, m_archive));
    if (!moved || m_profile->find(m_archive, u"mektup"_s) == std::nullopt)
        qFatal("the move is to be shown at once");
    (void)await(m_profile->engine().synchronize(m_account));
    if (!server.finished() || m_profile->refusals().isEmpty())
        qFatal("%s", server.failure().constData());
    return m_profile->refusals().first();
}

/// What the composer's window does about it is TestComposer's.
MailError TestFailures::attachWhatCannotBeRead()
{
    useServers(ScriptedServer::closedPort(), Encryption::ImplicitTls);
    const auto read = await(readAttachment(m_profile->directory() + u"/yok.pdf"_s));
    return read ? MailError{.serverText = u"no failure at all"_s} : read.error();
}

void TestFailures::failureIsTypedToldAndHarmless_data()
{
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Step>("step");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("turkish");
    const auto row
        = [](const char *name, Cause cause, ErrorKind kind, Step step, const QString &english, const QString &turkish) {
              QTest::newRow(name) << std::move(cause) << kind << step << english << turkish;
          };
    row(
        "wrong password",
        [](TestFailures &test) {
            return test.synchronizeAgainst(Script()
                    .startTls(TestCertificate::Good)
                    .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                    .expect("{tag} AUTHENTICATE PLAIN {*}")
                    .send("{tag} NO [AUTHENTICATIONFAILED] Authentication failed.\r\n")
                    .expectClose());
        },
        ErrorKind::AuthenticationFailed, Step::Login, u"localhost does not accept this user name and password."_s,
        u"localhost bu kullanıcı adını ve şifreyi kabul etmiyor."_s);
    row(
        "refused connection", [](TestFailures &test) { return test.nobodyListens(); }, ErrorKind::ConnectionRefused,
        Step::Connect, u"does not accept connections on this port."_s, u"bu porttan bağlantı kabul etmiyor."_s);
    row(
        "expired certificate",
        [](TestFailures &test) { return test.synchronizeAgainst(Script().expectTlsRefusal(TestCertificate::Expired)); },
        ErrorKind::CertificateExpired, Step::Tls, u"The certificate of localhost is out of date."_s,
        u"localhost sertifikasının süresi geçmiş."_s);
    row(
        "certificate of another server",
        [](TestFailures &test) {
            return test.synchronizeAgainst(Script().expectTlsRefusal(TestCertificate::WrongName));
        },
        ErrorKind::CertificateName, Step::Tls, u"The certificate of localhost belongs to another server"_s,
        u"localhost sertifikası başka bir sunucuya ait"_s);
    row(
        "missing STARTTLS",
        [](TestFailures &test) {
            return test.synchronizeAgainst(Script()
                                               .send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
                                               .expect("{tag} STARTTLS")
                                               .send("{tag} BAD unknown\r\n")
                                               .expectClose(),
                Encryption::StartTls);
        },
        ErrorKind::EncryptionMissing, Step::StartTls, u"localhost offers no encryption on this port."_s,
        u"localhost bu portta şifreleme sunmuyor."_s);
    row(
        "full mailbox", [](TestFailures &test) { return test.moveIntoAFullMailbox(); }, ErrorKind::MailboxFull,
        Step::MoveMessages, u"The mailbox is full."_s, u"Posta kutusu dolu."_s);
    row(
        "unreadable attachment", [](TestFailures &test) { return test.attachWhatCannotBeRead(); },
        ErrorKind::FileUnreadable, Step::ReadFile, u"The file “yok.pdf” cannot be read."_s,
        u"“yok.pdf” dosyası okunamıyor."_s);
}

void TestFailures::failureIsTypedToldAndHarmless()
{
    QFETCH(Cause, cause);
    QFETCH(QString, english);
    QFETCH(QString, turkish);

    const MailError error = cause(*this);

    QTEST(error.kind, "kind");
    QTEST(error.step, "step");
    const auto [inEnglish, inTurkish] = inBothLanguages([&error] { return errorText(error); });
    QVERIFY2(inEnglish.sentence.contains(english), qPrintable(inEnglish.sentence));
    QVERIFY2(inTurkish.sentence.contains(turkish), qPrintable(inTurkish.sentence));
    QVERIFY(!inEnglish.hint.isEmpty() && !inTurkish.hint.isEmpty() && inEnglish.hint != inTurkish.hint);
    QVERIFY(everything() == m_before);
}

/// The refused recipient: nobody got anything, and the mail waits in the outbox, whole, for what the user decides.
void TestFailures::refusedMailStaysWhole()
{
    ScriptedServer smtp({smtpLogin({})
            .expect("MAIL FROM:<user@example.test>")
            .send("250 ok\r\n")
            .expect("RCPT TO:<yok@example.test>")
            .send("550 5.1.1 No such user\r\n")
            .expect("RSET")
            .send("250 ok\r\n")});
    useServers(ScriptedServer::closedPort(), Encryption::ImplicitTls, smtp.port());
    const Result<OutboxId> queued
        = await(m_profile->engine().sendRaw(m_account, sentMail, u"user@example.test"_s, {u"yok@example.test"_s}));
    QVERIFY2(queued, describe(queued));
    QVERIFY(waitUntil([&] { return m_profile->told(*queued).value_or(OutboxItem()).state == OutboxState::Failed; }));
    QVERIFY2(smtp.finished(), smtp.failure());
    QVERIFY(!smtp.receivedInClear().contains("DATA"));

    const MailError error = m_profile->told(*queued)->recipients.first().error;
    QCOMPARE(error.kind, ErrorKind::RecipientRefused);
    QCOMPARE(error.step, Step::Recipient);
    const auto [english, turkish] = inBothLanguages([&error] { return errorText(error).sentence; });
    QCOMPARE(english, u"localhost refused the recipient yok@example.test."_s);
    QCOMPARE(turkish, u"localhost şu alıcıyı reddetti: yok@example.test."_s);

    Everything after = everything();
    QCOMPARE(after.outbox.size(), 1);
    QCOMPARE(after.outbox.first().state, OutboxState::Failed);
    const auto kept = m_profile->read([&](const Tables &tables) { return tables.outbox.wireMessage(*queued); });
    QCOMPARE(kept, sentMail);
    after.outbox.clear();
    QVERIFY(after == m_before);
}

// T07: an attacker between us and the server may say anything until there is TLS.
void TestFailures::whatIsSaidBeforeTlsChangesNothing()
{
    const QByteArray lies
        = "* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=EVIL\r\n* LIST (\\Sent) \"/\" evil\r\n* LSUB () \"/\" evil\r\n"
          "* STATUS INBOX (MESSAGES 5)\r\n* SEARCH 1 2 3\r\n* ESEARCH UID ALL 1:3\r\n* FLAGS (\\Evil)\r\n* 5 EXISTS\r\n"
          "* 5 RECENT\r\n* 1 EXPUNGE\r\n* 1 FETCH (UID 5 FLAGS (\\Deleted))\r\n* VANISHED 1:100\r\n"
          "* OK [UIDVALIDITY 1] .\r\n* OK [ALERT] call 0900-EVIL\r\n* NO [BADCHARSET (x)] hm\r\n";
    const MailError error
        = synchronizeAgainst(Script()
                                 .send("* OK [CAPABILITY IMAP4rev1 AUTH=EVIL] hello\r\n" + lies)
                                 .expect("{tag} STARTTLS")
                                 .send(lies + "{tag} OK go\r\n")
                                 .startTls(TestCertificate::Good)
                                 .expect("{tag} CAPABILITY")
                                 .send("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK done\r\n")
                                 .expect("{tag} AUTHENTICATE PLAIN {*}")
                                 .send("{tag} OK [CAPABILITY IMAP4rev1] welcome\r\n")
                                 .expect("{tag} LIST \"\" *")
                                 .send("{tag} NO [UNAVAILABLE] later\r\n"),
            Encryption::StartTls);
    QCOMPARE(error.kind, ErrorKind::TryLater);
    QVERIFY(everything() == m_before);
    QVERIFY(m_profile->refusals().isEmpty());
}

QTEST_MAIN(TestFailures)
#include "test_failures.moc"
