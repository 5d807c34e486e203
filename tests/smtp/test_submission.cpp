// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/submission.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

const QByteArray simple = "Subject: x\r\n\r\ntext\r\n";

Submission submission(const QByteArray &message)
{
    return {.sender = u"ayse@example.test"_s, .recipients = {u"mehmet@example.test"_s}, .message = message};
}

} // namespace

class TestSubmission : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodAddressesBecomeBytes_data();
    void goodAddressesBecomeBytes();
    void hostileAddressesAreRefused_data();
    void hostileAddressesAreRefused();
    void onlyNonAsciiLocalPartsNeedSmtpUtf8();
    void nullSenderIsAllowed();
    void recipientsAreNeeded();
    void smugglingSequencesAreRefused_data();
    void smugglingSequencesAreRefused();
    void lineLimitIsKept();
    void eightBitBytesAreSeen();
    void leadingDotsAreDoubled_data();
    void leadingDotsAreDoubled();
};

void TestSubmission::goodAddressesBecomeBytes_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("wire");

    QTest::newRow("simple") << u"a@example.test"_s << "a@example.test"_ba;
    QTest::newRow("case is kept") << u"Ayse@Example.TEST"_s << "Ayse@Example.TEST"_ba;
    QTest::newRow("all atoms") << u"a!#$%&'*+-/=?^_`{|}~.b@x.test"_s << "a!#$%&'*+-/=?^_`{|}~.b@x.test"_ba;
    QTest::newRow("loose dots") << u".a..b.@docomo.test"_s << ".a..b.@docomo.test"_ba;
    QTest::newRow("quoted") << u"\"a@b,c\"@x.test"_s << "\"a@b,c\"@x.test"_ba;
    QTest::newRow("quoted pair") << u"\"a\\\"b\\\\\"@x.test"_s << "\"a\\\"b\\\\\"@x.test"_ba;
    QTest::newRow("IPv4 literal") << u"a@[192.0.2.1]"_s << "a@[192.0.2.1]"_ba;
    QTest::newRow("IPv6 literal") << u"a@[IPv6:2001:db8::1]"_s << "a@[IPv6:2001:db8::1]"_ba;
    QTest::newRow("local host") << u"root@localhost"_s << "root@localhost"_ba;
    QTest::newRow("underscore") << u"a@my_host.test"_s << "a@my_host.test"_ba;
    // C04
    QTest::newRow("IDN") << u"ayse@çağrı.example.test"_s << "ayse@xn--ar-3ia9t9c.example.test"_ba;
    QTest::newRow("IDN, decomposed") << u"ayse@c\u0327ag\u0306rı.example.test"_s
                                     << "ayse@xn--ar-3ia9t9c.example.test"_ba;
    QTest::newRow("EAI") << u"ayşe@example.test"_s
                         << "ay\xC5\x9F"
                            "e@example.test"_ba;
    QTest::newRow("EAI, decomposed") << u"ays\u0327e@example.test"_s
                                     << "ay\xC5\x9F"
                                        "e@example.test"_ba;
}

void TestSubmission::goodAddressesBecomeBytes()
{
    QFETCH(QString, address);
    QFETCH(QByteArray, wire);
    const Result<QByteArray> bytes = envelopeAddress(address);
    QVERIFY(bytes);
    QCOMPARE(*bytes, wire);
}

// M12
void TestSubmission::hostileAddressesAreRefused_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("CR LF") << u"a@x.test>\r\nRCPT TO:<b@x.test"_s;
    QTest::newRow("LF") << u"a\n@x.test"_s;
    QTest::newRow("CR") << u"a@x.test\r"_s;
    QTest::newRow("NUL") << u"a@x.test"_s + QChar::Null;
    QTest::newRow("closing bracket") << u"a@x.test>"_s;
    QTest::newRow("opening bracket") << u"<a@x.test"_s;
    QTest::newRow("parameters") << u"a@x.test> SIZE=1"_s;
    QTest::newRow("space") << u"a b@x.test"_s;
    QTest::newRow("space in quotes") << u"\"a b\"@x.test"_s;
    QTest::newRow("space at the end") << u"a@x.test "_s;
    QTest::newRow("tab") << u"a@x\t.test"_s;
    QTest::newRow("no-break space") << u"a\u00A0b@x.test"_s;
    QTest::newRow("line separator") << u"a\u2028b@x.test"_s;
    QTest::newRow("next line") << u"a\u0085b@x.test"_s;
    QTest::newRow("delete") << u"a\u007Fb@x.test"_s;
    QTest::newRow("direction override") << u"a\u202Eb@x.test"_s;
    QTest::newRow("zero width") << u"a\u200Bb@x.test"_s;
    QTest::newRow("half a surrogate pair") << u"a"_s + QChar(0xD83D) + u"@x.test"_s;
    QTest::newRow("source route") << u"@relay.test:a@x.test"_s;
    QTest::newRow("two source routes") << u"@a.test,@b.test:c@x.test"_s;
    QTest::newRow("two addresses") << u"a@x.test,b@x.test"_s;
    QTest::newRow("two ats") << u"a@b@x.test"_s;
    QTest::newRow("open quote") << u"\"a@x.test"_s;
    QTest::newRow("early quote") << u"\"a\"b\"@x.test"_s;
    QTest::newRow("dangling backslash") << u"\"a\\\"@x.test"_s;
    QTest::newRow("no domain") << u"a@"_s;
    QTest::newRow("no local part") << u"@x.test"_s;
    QTest::newRow("no at") << u"postmaster"_s;
    QTest::newRow("display name") << u"Ayşe<a@x.test>"_s;
    QTest::newRow("empty label") << u"a@x..test"_s;
    QTest::newRow("empty label, IDN") << u"a@ç..test"_s;
    QTest::newRow("broken literal") << u"a@[192.0.2.1"_s;
    QTest::newRow("literal with a command") << u"a@[192.0.2.1]RSET]"_s;
    QTest::newRow("literal with a scope") << u"a@[IPv6:fe80::1%eth0]"_s;
    QTest::newRow("slash in the domain") << u"a@x/y.test"_s;
    QTest::newRow("too long") << QString(250, u'a') + u"@x.test"_s;
}

void TestSubmission::hostileAddressesAreRefused()
{
    QFETCH(QString, address);
    const Result<QByteArray> bytes = envelopeAddress(address);
    QVERIFY2(!bytes, bytes ? bytes->constData() : "");
    QCOMPARE(bytes.error().kind, ErrorKind::InvalidInput);

    Submission toThem = submission(simple);
    toThem.recipients.append(address);
    const Result<SmtpEnvelope> recipient = SmtpEnvelope::make(toThem);
    QVERIFY(!recipient);
    QCOMPARE(recipient.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(recipient.error().step, Step::Recipient);

    if (address.isEmpty())
        return;
    Submission fromThem = submission(simple);
    fromThem.sender = address;
    const Result<SmtpEnvelope> sender = SmtpEnvelope::make(fromThem);
    QVERIFY(!sender);
    QCOMPARE(sender.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(sender.error().step, Step::Sender);
}

void TestSubmission::onlyNonAsciiLocalPartsNeedSmtpUtf8()
{
    QVERIFY(needsSmtpUtf8(*envelopeAddress(u"ayşe@example.test"_s)));
    QVERIFY(!needsSmtpUtf8(*envelopeAddress(u"ayse@çağrı.example.test"_s)));
    QVERIFY(!needsSmtpUtf8(*envelopeAddress(u"ayse@example.test"_s)));
}

void TestSubmission::nullSenderIsAllowed()
{
    Submission notification = submission(simple);
    notification.sender.clear();
    const Result<SmtpEnvelope> envelope = SmtpEnvelope::make(notification);
    QVERIFY(envelope);
    QCOMPARE(envelope->sender, "");
}

void TestSubmission::recipientsAreNeeded()
{
    Submission toNobody = submission(simple);
    toNobody.recipients.clear();
    const Result<SmtpEnvelope> envelope = SmtpEnvelope::make(toNobody);
    QVERIFY(!envelope);
    QCOMPARE(envelope.error().kind, ErrorKind::InvalidInput);
}

// M11: the end-of-data sequences of SMTP smuggling (CVE-2023-51764 to 51766), and what they are made of.
void TestSubmission::smugglingSequencesAreRefused_data()
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
    QTest::newRow("CR LF . NUL CR LF") << QByteArray("\r\n.\0\r\n", 6);
    QTest::newRow("LF") << "\n"_ba;
    QTest::newRow("CR") << "\r"_ba;
    QTest::newRow("NUL") << QByteArray(1, '\0');
    QTest::newRow("LF CR") << "\n\r"_ba;
}

void TestSubmission::smugglingSequencesAreRefused()
{
    QFETCH(QByteArray, sequence);
    const QByteArray second = "MAIL FROM:<evil@x.test>\r\nDATA\r\nFrom: admin\r\n";
    for (const QByteArray &message :
        {"Subject: x\r\n\r\ntext" + sequence + second, sequence + simple, "Subject: x\r\n\r\ntext" + sequence}) {
        const Result<SmtpEnvelope> envelope = SmtpEnvelope::make(submission(message));
        QVERIFY(!envelope);
        QCOMPARE(envelope.error().kind, ErrorKind::InvalidInput);
        QCOMPARE(envelope.error().step, Step::Content);
    }
    QVERIFY2(!SmtpEnvelope::make(submission({})), "nothing is no message");
    QVERIFY2(
        SmtpEnvelope::make(submission("Subject: x\r\n\r\n.\r\n..\r\n" + second)), "lone dots are an ordinary text");
}

void TestSubmission::lineLimitIsKept()
{
    const QByteArray head = "Subject: x\r\n\r\n";
    QVERIFY(SmtpEnvelope::make(submission(head + QByteArray(998, 'x') + "\r\n")));
    QVERIFY(SmtpEnvelope::make(submission(head + QByteArray(998, 'x'))));
    QVERIFY(!SmtpEnvelope::make(submission(head + QByteArray(999, 'x') + "\r\n")));
    QVERIFY(!SmtpEnvelope::make(submission(head + QByteArray(999, 'x'))));
}

void TestSubmission::eightBitBytesAreSeen()
{
    QVERIFY(!SmtpEnvelope::make(submission(simple))->hasEightBitBytes);
    QVERIFY(SmtpEnvelope::make(submission(simple + "\x80\r\n"))->hasEightBitBytes);
    QVERIFY(SmtpEnvelope::make(submission(simple + "\xC5\x9F\r\n"))->hasEightBitBytes);
}

void TestSubmission::leadingDotsAreDoubled_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("none") << "a\r\nb.\r\n"_ba << "a\r\nb.\r\n"_ba;
    QTest::newRow("lone") << ".\r\n"_ba << "..\r\n"_ba;
    QTest::newRow("first and last") << ".a\r\nb\r\n.c"_ba << "..a\r\nb\r\n..c"_ba;
    QTest::newRow("in a row") << ".\r\n.\r\n..\r\n"_ba << "..\r\n..\r\n...\r\n"_ba;
    QTest::newRow("already two") << "..\r\n"_ba << "...\r\n"_ba;
    QTest::newRow("empty") << ""_ba << ""_ba;
    QTest::newRow("after an empty line") << "\r\n.\r\n"_ba << "\r\n..\r\n"_ba;
}

void TestSubmission::leadingDotsAreDoubled()
{
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, wire);
    QCOMPARE(dotStuffed(lines), wire);
}

QTEST_APPLESS_MAIN(TestSubmission)
#include "test_submission.moc"
