// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/sasl.h"
#include "core/smtp/smtpsession.h"
#include "tests/support/await.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>
#include <QUuid>

#include <memory>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

/// A message that no other test has; the subject finds it again.
struct TestMail {
    QByteArray subject = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    QByteArray bytes;

    explicit TestMail(const QByteArray &body = "merhaba\r\n")
        : bytes("From: <ayse@example.test>\r\nTo: <mehmet@example.test>\r\nSubject: " + subject + "\r\nMessage-ID: <"
              + subject + "@example.test>\r\nDate: Mon, 2 Mar 2026 09:30:00 +0000\r\n\r\n" + body)
    {
    }
};

} // namespace

/// The same procedures against the real Postfix, with Dovecot's SASL behind it.
class TestSmtpSessionServer : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SmtpSession> connected(
        Encryption encryption = Encryption::ImplicitTls, int user = MailServer::ayse);
    /// How many mails with this subject the user has, and whether each ends in these bytes.
    QByteArrayList received(const TestMail &mail, int user = MailServer::mehmet);

    MailServer m_server;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.failure()); }
    void init() { REQUIRE_POSTFIX(m_server); }

    void mailArrivesByteForByte_data();
    void mailArrivesByteForByte();
    void loginIsByScram();
    void passwordsNeedNoQuoting();
    void wrongPasswordIsTyped_data();
    void wrongPasswordIsTyped();
    void unknownRootIsTyped();
    void implicitTlsOnTheWrongPortIsTyped();
    void onlyTheRefusedRecipientsGetNothing();
    void allOrNoneMeansNobody();
    void foreignSenderIsRefused();
    void tooLargeAMailIsRefusedBeforeItIsSent();
    void smugglingLeavesOneMail_data();
    void smugglingLeavesOneMail();
    void probeLeavesNothingBehind();
    void aMailOfEightMegabytesArrives(); // last: received() fetches the whole folder
};

std::unique_ptr<SmtpSession> TestSmtpSessionServer::connected(Encryption encryption, int user)
{
    auto session = std::make_unique<SmtpSession>(m_server.tlsPolicy());
    const auto opened = await(session->open(m_server.smtp(encryption, user), m_server.credentials(user)));
    if (!opened)
        QTest::qFail(describe(opened), __FILE__, __LINE__);
    return session;
}

QByteArrayList TestSmtpSessionServer::received(const TestMail &mail, int user)
{
    OtherClient reader(m_server, user);
    QByteArrayList found;
    for (const OtherClient::Message &message : reader.messages("INBOX")) {
        if (message.raw.contains("Subject: " + mail.subject + "\r\n"))
            found.append(message.raw);
    }
    return found;
}

void TestSmtpSessionServer::mailArrivesByteForByte_data()
{
    QTest::addColumn<Encryption>("encryption");
    QTest::newRow("implicit TLS") << Encryption::ImplicitTls;
    QTest::newRow("STARTTLS") << Encryption::StartTls;
    QTest::newRow("loopback") << Encryption::None;
}

void TestSmtpSessionServer::mailArrivesByteForByte()
{
    QFETCH(Encryption, encryption);
    const TestMail mail(".\r\n..\r\n.nokta\r\nığüşöçİ\r\n \t\r\nson.\r\n\r\n.\r\n");
    const auto session = connected(encryption);
    const auto sent = await(session->submit(
        {.sender = m_server.address(), .recipients = {m_server.address(MailServer::mehmet)}, .message = mail.bytes}));
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    QVERIFY2(sent->serverText.contains("queued as"_L1), qPrintable(sent->serverText));
    await(session->quit());
    QTRY_COMPARE(received(mail).size(), 1);
    QVERIFY(received(mail).first().endsWith(mail.bytes));
}

// Both sides prove what they know, Dovecot and ours.
void TestSmtpSessionServer::loginIsByScram()
{
    SmtpSession session(m_server.tlsPolicy());
    const auto opened = await(
        session.open(m_server.smtp(Encryption::StartTls, MailServer::deniz), m_server.credentials(MailServer::deniz)));
    QVERIFY2(opened, describe(opened));
    QVERIFY(opened->mechanisms.contains("SCRAM-SHA-256"));
    QCOMPARE(Sasl("smtp", u"localhost"_s, m_server.credentials(), true).start(opened->mechanisms)->mechanism,
        "SCRAM-SHA-256");
    await(session.quit());
}

// T21
void TestSmtpSessionServer::passwordsNeedNoQuoting()
{
    QVERIFY(m_server.password(MailServer::deniz).contains(u'"'));
    const auto session = connected(Encryption::ImplicitTls, MailServer::deniz);
    QVERIFY(session->isOpen());
    await(session->quit());
}

void TestSmtpSessionServer::wrongPasswordIsTyped_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("secret");
    QTest::newRow("password") << m_server.address() << u"yanlış"_s;
    QTest::newRow("user") << m_server.unknownRecipient() << u"gizli"_s;
}

void TestSmtpSessionServer::wrongPasswordIsTyped()
{
    QFETCH(QString, user);
    QFETCH(QString, secret);
    SmtpSession session(m_server.tlsPolicy());
    const auto opened = await(session.open(m_server.smtp(), {.userName = user, .secret = secret}));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(opened.error().step, Step::Login);
    QCOMPARE(opened.error().replyCode, 535);
    QVERIFY(!session.isOpen());
}

void TestSmtpSessionServer::unknownRootIsTyped()
{
    for (const Encryption encryption : {Encryption::ImplicitTls, Encryption::StartTls}) {
        SmtpSession session{TlsPolicy()};
        const auto opened = await(session.open(m_server.smtp(encryption), m_server.credentials()));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::CertificateUntrusted);
    }
}

void TestSmtpSessionServer::implicitTlsOnTheWrongPortIsTyped()
{
    ServerSettings settings = m_server.smtp(Encryption::StartTls);
    settings.encryption = Encryption::ImplicitTls;
    SmtpSession session(m_server.tlsPolicy());
    const auto opened = await(session.open(settings, m_server.credentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::TlsHandshake);
}

// O04
void TestSmtpSessionServer::onlyTheRefusedRecipientsGetNothing()
{
    const TestMail mail;
    const auto session = connected();
    const auto sent = await(session->submit({.sender = m_server.address(),
        .recipients = {m_server.unknownRecipient(), m_server.address(MailServer::mehmet), m_server.laterRecipient(),
            m_server.address(MailServer::full)},
        .message = mail.bytes}));
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    QCOMPARE(sent->recipients[0].error.kind, ErrorKind::RecipientRefused);
    QCOMPARE(sent->recipients[0].error.subject, m_server.unknownRecipient());
    QVERIFY(sent->recipients[1].accepted);
    QCOMPARE(sent->recipients[2].error.kind, ErrorKind::TryLater);
    QCOMPARE(sent->recipients[3].error.kind, ErrorKind::MailboxFull);
    QTRY_COMPARE(received(mail).size(), 1);

    const auto toNobody = await(session->submit(
        {.sender = m_server.address(), .recipients = {m_server.unknownRecipient()}, .message = TestMail().bytes}));
    QVERIFY2(toNobody, describe(toNobody));
    QVERIFY(!toNobody->delivered);
    QVERIFY(session->isOpen());
    await(session->quit());
}

void TestSmtpSessionServer::allOrNoneMeansNobody()
{
    const TestMail mail;
    const TestMail next;
    const auto session = connected();
    const auto sent = await(session->submit({.sender = m_server.address(),
        .recipients = {m_server.address(MailServer::mehmet), m_server.unknownRecipient()},
        .message = mail.bytes,
        .toAllOrNone = true}));
    QVERIFY2(sent, describe(sent));
    QVERIFY(!sent->delivered);
    const auto after = await(session->submit({.sender = m_server.address(),
        .recipients = {m_server.address(MailServer::mehmet)},
        .message = next.bytes,
        .toAllOrNone = true}));
    QVERIFY2(after, describe(after));
    QVERIFY(after->delivered);
    await(session->quit());
    QTRY_COMPARE(received(next).size(), 1);
    QCOMPARE(received(mail).size(), 0);
}

void TestSmtpSessionServer::foreignSenderIsRefused()
{
    const auto session = connected();
    const auto sent = await(session->submit({.sender = m_server.address(MailServer::mehmet),
        .recipients = {m_server.address(MailServer::mehmet)},
        .message = TestMail().bytes}));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::SenderRefused);
    QVERIFY(session->isOpen());
    await(session->quit());
}

void TestSmtpSessionServer::tooLargeAMailIsRefusedBeforeItIsSent()
{
    auto session = std::make_unique<SmtpSession>(m_server.tlsPolicy());
    const auto opened = await(session->open(m_server.smtp(), m_server.credentials()));
    QVERIFY2(opened, describe(opened));
    QVERIFY(opened->sizeLimit.value_or(0) > 0);
    QByteArray body;
    while (body.size() <= *opened->sizeLimit)
        body += QByteArray(900, 'x') + "\r\n";
    const auto sent = await(session->submit({.sender = m_server.address(),
        .recipients = {m_server.address(MailServer::mehmet)},
        .message = TestMail(body).bytes}));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::MessageTooLarge);
    QVERIFY(session->isOpen());
    await(session->quit());
}

void TestSmtpSessionServer::aMailOfEightMegabytesArrives()
{
    QByteArray body;
    for (int i = 0; body.size() < 8 * 1024 * 1024; ++i)
        body += QByteArray(i % 3, '.') + QByteArray::number(i) + QByteArray(i % 900, 'x') + "\r\n";
    const TestMail mail(body);
    const auto session = connected();
    const auto sent = await(session->submit(
        {.sender = m_server.address(), .recipients = {m_server.address(MailServer::mehmet)}, .message = mail.bytes}));
    QVERIFY2(sent, describe(sent));
    await(session->quit());
    QTRY_COMPARE(received(mail).size(), 1);
    QVERIFY(received(mail).first().endsWith(mail.bytes));
}

void TestSmtpSessionServer::smugglingLeavesOneMail_data()
{
    QTest::addColumn<QByteArray>("sequence");
    QTest::newRow("LF . LF") << "\n.\n"_ba;
    QTest::newRow("LF . CR LF") << "\n.\r\n"_ba;
    QTest::newRow("CR . CR") << "\r.\r"_ba;
    QTest::newRow("CR . CR LF") << "\r.\r\n"_ba;
    QTest::newRow("CR LF . CR") << "\r\n.\r"_ba;
    QTest::newRow("CR LF . LF") << "\r\n.\n"_ba;
    QTest::newRow("CR CR LF . CR CR LF") << "\r\r\n.\r\r\n"_ba;
    QTest::newRow("CR LF NUL . CR LF") << QByteArray("\r\n\0.\r\n", 6);
    QTest::newRow("CR LF . CR LF") << "\r\n.\r\n"_ba;
}

// M11: raw it is refused before the server hears of it; with its line ends made CR LF it is an ordinary text.
void TestSmtpSessionServer::smugglingLeavesOneMail()
{
    QFETCH(QByteArray, sequence);
    const QByteArray second = "MAIL FROM:<" + m_server.address().toUtf8()
        + ">\r\nRCPT TO:<mehmet@example.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nevil\r\n.\r\n";
    const TestMail raw("text" + sequence + second);
    QByteArray cleaned = sequence;
    cleaned.replace("\r\n", "\n").replace('\r', '\n').replace('\0', "").replace('\n', "\r\n");
    const TestMail mail("text" + cleaned + second);

    const auto session = connected();
    const auto submit = [&](const TestMail &what) {
        return await(session->submit({.sender = m_server.address(),
            .recipients = {m_server.address(MailServer::mehmet)},
            .message = what.bytes}));
    };
    if (sequence != cleaned) {
        const auto refused = submit(raw);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::InvalidInput);
    }
    const auto sent = submit(mail);
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    await(session->quit());
    QTRY_COMPARE(received(mail).size(), 1);
    QVERIFY(received(mail).first().endsWith(mail.bytes));
    QCOMPARE(received(raw).size(), 0);
    OtherClient reader(m_server, MailServer::mehmet);
    for (const OtherClient::Message &message : reader.messages("INBOX"))
        QVERIFY2(!message.raw.first(message.raw.indexOf("\r\n\r\n")).contains("Subject: smuggled"),
            "a second mail was born");
}

void TestSmtpSessionServer::probeLeavesNothingBehind()
{
    const auto before = OtherClient(m_server).messages("INBOX").size();
    const auto session = connected();
    const auto probed = await(session->probe(m_server.address()));
    QVERIFY2(probed, describe(probed));
    const TestMail mail;
    QVERIFY(await(
        session->submit({.sender = m_server.address(), .recipients = {m_server.address()}, .message = mail.bytes})));
    await(session->quit());
    QTRY_COMPARE(received(mail, MailServer::ayse).size(), 1);
    QCOMPARE(OtherClient(m_server).messages("INBOX").size(), before + 1);
}

QTEST_GUILESS_MAIN(TestSmtpSessionServer)
#include "test_smtpsession_server.moc"
