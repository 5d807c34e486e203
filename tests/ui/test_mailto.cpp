// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/mailto.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestMailto : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheExamplesOfRfc6068_data();
    void readsTheExamplesOfRfc6068();
    void takesEveryAllowedField();
    void neverAttaches();
    void lineBreaksNeverReachAHeader();
    void plusIsNoSpace();
    void messageIdIsTakenOnlyWhenItIsOne();
    void isBounded();
    void refusesOtherLinks();
};

void TestMailto::readsTheExamplesOfRfc6068_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QStringList>("to");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("body");
    QTest::newRow("one") << QByteArray("mailto:chris@example.com") << QStringList{u"chris@example.com"_s} << QString()
                         << QString();
    QTest::newRow("subject") << QByteArray("mailto:infobot@example.com?subject=current-issue")
                             << QStringList{u"infobot@example.com"_s} << u"current-issue"_s << QString();
    QTest::newRow("body") << QByteArray("mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index")
                          << QStringList{u"infobot@example.com"_s} << QString() << u"send current-issue\nsend index"_s;
    QTest::newRow("two") << QByteArray("mailto:addr1@an.example,addr2@an.example")
                         << QStringList{u"addr1@an.example"_s, u"addr2@an.example"_s} << QString() << QString();
    QTest::newRow("to as field") << QByteArray("mailto:?to=addr1@an.example,addr2@an.example")
                                 << QStringList{u"addr1@an.example"_s, u"addr2@an.example"_s} << QString() << QString();
    QTest::newRow("both") << QByteArray("mailto:addr1@an.example?to=addr2@an.example")
                          << QStringList{u"addr1@an.example"_s, u"addr2@an.example"_s} << QString() << QString();
    QTest::newRow("percent") << QByteArray("mailto:gorby%25kremvax@example.com")
                             << QStringList{u"gorby%kremvax@example.com"_s} << QString() << QString();
    QTest::newRow("UTF-8") << QByteArray("mailto:user@example.org?subject=caf%C3%A9&body=%C4%B0%C4%9F%C4%B1")
                           << QStringList{u"user@example.org"_s} << u"café"_s << u"İğı"_s;
    QTest::newRow("case") << QByteArray("MAILTO:a@example.org?SUBJECT=x") << QStringList{u"a@example.org"_s} << u"x"_s
                          << QString();
}

void TestMailto::readsTheExamplesOfRfc6068()
{
    QFETCH(QByteArray, link);
    const auto mail = parseMailto(link);
    QVERIFY(mail);
    QStringList to;
    for (const Address &address : mail->to)
        to.append(address.address);
    QTEST(to, "to");
    QTEST(mail->subject, "subject");
    QTEST(mail->body, "body");
    QVERIFY(mail->ignored.isEmpty());
}

void TestMailto::takesEveryAllowedField()
{
    const auto mail = parseMailto("mailto:a@x.tr?cc=b@x.tr&bcc=c@x.tr,d@x.tr&in-reply-to=%3C1@x.tr%3E");
    QVERIFY(mail);
    QCOMPARE(mail->cc.size(), 1);
    QCOMPARE(mail->bcc.size(), 2);
    QCOMPARE(mail->inReplyTo, "1@x.tr"_ba);
    const Draft draft = draftFor(*mail);
    QCOMPARE(draft.bcc, mail->bcc);
    QCOMPARE(draft.references, QList<QByteArray>{"1@x.tr"});
}

// R11: "Mailto: Me Your Secrets".
void TestMailto::neverAttaches()
{
    const auto mail
        = parseMailto("mailto:a@x.tr?attach=/etc/passwd&attachment=~/.ssh/id_rsa&insert=/etc/hosts&from=boss@x.tr"
                      "&x-header=1");
    QVERIFY(mail);
    QCOMPARE(mail->ignored, (QStringList{u"attach"_s, u"attachment"_s, u"insert"_s, u"from"_s, u"x-header"_s}));
    const Draft draft = draftFor(*mail);
    QVERIFY(draft.attachments.isEmpty());
    QVERIFY(draft.from.address.isEmpty());
}

void TestMailto::lineBreaksNeverReachAHeader()
{
    const auto mail = parseMailto("mailto:a%0D%0ABcc:evil@x.tr?subject=a%0D%0ABcc:%20evil@x.tr%00%E2%80%A8b"
                                  "&cc=%22a%0Ab%22%20%3Cc@x.tr%3E&in-reply-to=%3Ca%0D%0Ab@x%3E&body=a%00b%1Bc%0Ad");
    QVERIFY(mail);
    const auto harmless = [](const QString &text) {
        for (const QChar c : text) {
            if (c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
                return false;
        }
        return true;
    };
    QVERIFY(harmless(mail->subject));
    for (const Address &address : mail->to + mail->cc)
        QVERIFY(harmless(address.name) && harmless(address.address));
    QVERIFY(mail->inReplyTo.isEmpty());
    QCOMPARE(mail->body, u"abc\nd"_s);
}

void TestMailto::plusIsNoSpace()
{
    const auto mail = parseMailto("mailto:bill+ietf@example.org?subject=1+1");
    QVERIFY(mail);
    QCOMPARE(mail->to.first().address, u"bill+ietf@example.org"_s);
    QCOMPARE(mail->subject, u"1+1"_s);
}

void TestMailto::messageIdIsTakenOnlyWhenItIsOne()
{
    QCOMPARE(parseMailto("mailto:a@x.tr?in-reply-to=1@x.tr")->inReplyTo, "1@x.tr"_ba);
    QVERIFY(parseMailto("mailto:a@x.tr?in-reply-to=hello")->inReplyTo.isEmpty());
    QVERIFY(parseMailto("mailto:a@x.tr?in-reply-to=%3Ca@b%3E%20%3Cc@d%3E")->inReplyTo.isEmpty());
}

void TestMailto::isBounded()
{
    QVERIFY(!parseMailto("mailto:" + QByteArray(100'001, 'a')));
    QByteArray many = "mailto:a@x.tr";
    for (int i = 0; i < 5'000; ++i)
        many += ",b" + QByteArray::number(i) + "@x.tr";
    QVERIFY(parseMailto(many)->to.size() <= 100);
    QVERIFY(parseMailto("mailto:a@x.tr?subject=" + QByteArray(50'000, 's'))->subject.size() <= 1'000);
}

void TestMailto::refusesOtherLinks()
{
    for (const char *link : {"", "mailto", "http://x.tr/mailto:a@x.tr", "javascript:mailto:a", "mail:to"})
        QVERIFY(!parseMailto(link));
}

QTEST_GUILESS_MAIN(TestMailto)
#include "test_mailto.moc"
