// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/headerparser.h"
#include "core/mime/replydraft.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

const Address me{u"Ben"_s, u"ben@example.com"_s};
const QStringList mine{u"ben@example.com"_s, u"Ben@Baska.example"_s};

Draft reply(const QByteArray &raw, ReplyTo to)
{
    const MessageBody body = parseMessage(raw);
    return makeReply({.id = {7}, .envelope = body.envelope}, body, me, mine, to, u"Ayşe yazdı:"_s);
}

} // namespace

class ReplyDraftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recipients_data();
    void recipients();
    void subjects_data();
    void subjects();
    void threadGoesOn();
    void textIsQuoted();
    void forwardCarriesTextAndFiles();
};

// O09
void ReplyDraftTest::recipients_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("toSender");
    QTest::addColumn<QString>("toAll");
    QTest::addColumn<QString>("ccAll");
    const auto row = [](const char *tag, const QByteArray &header, const QString &toSender, const QString &toAll,
                         const QString &ccAll) { QTest::newRow(tag) << header << toSender << toAll << ccAll; };
    row("one to one", "From: a@x.tr\r\nTo: ben@example.com\r\n", u"a@x.tr"_s, u"a@x.tr"_s, u""_s);
    row("name kept", "From: =?utf-8?Q?Ay=C5=9Fe?= <a@x.tr>\r\nTo: ben@example.com\r\n", u"Ayşe <a@x.tr>"_s,
        u"Ayşe <a@x.tr>"_s, u""_s);
    row("several", "From: a@x.tr\r\nTo: ben@example.com, b@x.tr\r\nCc: c@x.tr, BEN@baska.example\r\n", u"a@x.tr"_s,
        u"a@x.tr, b@x.tr"_s, u"c@x.tr"_s);
    row("nobody twice", "From: a@x.tr\r\nTo: A@x.tr, b@x.tr, b@X.TR\r\nCc: b@x.tr, a@x.tr, c@x.tr\r\n", u"a@x.tr"_s,
        u"a@x.tr, b@x.tr"_s, u"c@x.tr"_s);
    row("Reply-To", "From: a@x.tr\r\nReply-To: r@x.tr, s@x.tr\r\nTo: b@x.tr\r\n", u"r@x.tr, s@x.tr"_s,
        u"r@x.tr, s@x.tr, b@x.tr"_s, u""_s);
    row("Mail-Followup-To is ignored", "From: a@x.tr\r\nMail-Followup-To: evil@x.tr\r\nTo: b@x.tr\r\n", u"a@x.tr"_s,
        u"a@x.tr, b@x.tr"_s, u""_s);
    row("two senders", "From: a@x.tr, b@x.tr\r\nTo: ben@example.com\r\n", u"a@x.tr, b@x.tr"_s, u"a@x.tr, b@x.tr"_s,
        u""_s);
    row("undisclosed recipients", "From: a@x.tr\r\nTo: undisclosed-recipients:;\r\n", u"a@x.tr"_s, u"a@x.tr"_s, u""_s);
    row("own mail goes on to its recipients", "From: ben@baska.example\r\nTo: b@x.tr\r\nCc: c@x.tr\r\n", u"b@x.tr"_s,
        u"b@x.tr"_s, u"c@x.tr"_s);
    row("mail to oneself", "From: ben@example.com\r\nTo: ben@example.com\r\n", u"ben@example.com"_s,
        u"ben@example.com"_s, u""_s);
    row("Bcc is not told", "From: a@x.tr\r\nTo: b@x.tr\r\nBcc: ben@example.com, secret@x.tr\r\n", u"a@x.tr"_s,
        u"a@x.tr, b@x.tr"_s, u""_s);
    row("no sender", "To: b@x.tr\r\n", u""_s, u"b@x.tr"_s, u""_s);
}

void ReplyDraftTest::recipients()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, toSender);
    QFETCH(QString, toAll);
    QFETCH(QString, ccAll);
    const Draft one = reply(header + "\r\n", ReplyTo::Sender);
    QCOMPARE(formatAddresses(one.to), toSender);
    QVERIFY(one.cc.isEmpty() && one.bcc.isEmpty());
    const Draft all = reply(header + "\r\n", ReplyTo::All);
    QCOMPARE(formatAddresses(all.to), toAll);
    QCOMPARE(formatAddresses(all.cc), ccAll);
    QVERIFY(all.bcc.isEmpty());
    QCOMPARE(all.from, me);
    QCOMPARE(all.kind, DraftKind::Reply);
    QCOMPARE(all.original, MessageId{7});
}

void ReplyDraftTest::subjects_data()
{
    QTest::addColumn<QByteArray>("subject");
    QTest::addColumn<QString>("reply");
    QTest::addColumn<QString>("forward");
    const auto row = [](const QByteArray &subject, const QString &answer, const QString &forward) {
        QTest::newRow(subject) << subject << answer << forward;
    };
    row("konu", u"Re: konu"_s, u"Fwd: konu"_s);
    row("", u"Re: "_s, u"Fwd: "_s);
    row("Re: konu", u"Re: konu"_s, u"Fwd: Re: konu"_s);
    row("RE: Re: re:konu", u"Re: konu"_s, u"Fwd: RE: Re: re:konu"_s);
    row("Ynt: konu", u"Re: konu"_s, u"Fwd: Ynt: konu"_s);
    row("YNT: Cvp: AW: SV: konu", u"Re: konu"_s, u"Fwd: YNT: Cvp: AW: SV: konu"_s);
    row("Re[2]: konu", u"Re: konu"_s, u"Fwd: Re[2]: konu"_s);
    row("Re : konu", u"Re: konu"_s, u"Fwd: Re : konu"_s);
    row("Fwd: konu", u"Re: Fwd: konu"_s, u"Fwd: konu"_s);
    row("FW: Fwd: konu", u"Re: FW: Fwd: konu"_s, u"Fwd: konu"_s);
    row("İLT: konu", u"Re: İLT: konu"_s, u"Fwd: konu"_s);
    row("ilt: konu", u"Re: ilt: konu"_s, u"Fwd: konu"_s);
    row("Rapor: konu", u"Re: Rapor: konu"_s, u"Fwd: Rapor: konu"_s);
    row("Re", u"Re: Re"_s, u"Fwd: Re"_s);
}

void ReplyDraftTest::subjects()
{
    QFETCH(QByteArray, subject);
    const QByteArray raw = "From: a@x.tr\r\nSubject: " + subject + "\r\n\r\n";
    QTEST(reply(raw, ReplyTo::Sender).subject, "reply");
    const MessageBody body = parseMessage(raw);
    QTEST(makeForward({}, body, raw, me, {}).subject, "forward");
}

// RFC 5322 3.6.4
void ReplyDraftTest::threadGoesOn()
{
    const Draft third = reply(
        "From: a@x\r\nMessage-ID: <3@x>\r\nIn-Reply-To: <2@x>\r\nReferences: <1@x> <2@x>\r\n\r\n", ReplyTo::Sender);
    QCOMPARE(third.inReplyTo, "3@x");
    QCOMPARE(third.references, (QList<QByteArray>{"1@x", "2@x", "3@x"}));
    QCOMPARE(reply("From: a@x\r\nMessage-ID: <3@x>\r\nIn-Reply-To: <2@x>\r\n\r\n", ReplyTo::Sender).references,
        (QList<QByteArray>{"2@x", "3@x"}));
    QVERIFY(reply("From: a@x\r\nReferences: <1@x>\r\n\r\n", ReplyTo::Sender).references.isEmpty());

    QByteArray many;
    for (int i = 0; i < 200; ++i)
        many += " <" + QByteArray::number(i) + "@x>";
    const QList<QByteArray> references
        = reply("From: a@x\r\nMessage-ID: <last@x>\r\nReferences:" + many + "\r\n\r\n", ReplyTo::Sender).references;
    QCOMPARE(references.size(), 50);
    QCOMPARE(references.first(), "0@x");
    QCOMPARE(references.last(), "last@x");
}

void ReplyDraftTest::textIsQuoted()
{
    const Draft draft = reply("From: a@x\r\n\r\nSatır\r\n\r\n  girinti\r\n> eski\r\n-- \r\nAyşe\r\n", ReplyTo::Sender);
    QCOMPARE(draft.text, u"\n\nAyşe yazdı:\n> Satır\n>\n>   girinti\n>> eski\n"_s);
    const Draft html
        = reply("From: a@x\r\nContent-Type: text/html\r\n\r\n<p>Bir</p><blockquote>iki</blockquote>", ReplyTo::Sender);
    QCOMPARE(html.text, u"\n\nAyşe yazdı:\n> Bir\n>\n>> iki\n"_s);
    QVERIFY(html.html.isEmpty());
    QCOMPARE(reply("From: a@x\r\n\r\n", ReplyTo::Sender).text, u"\n\nAyşe yazdı:\n"_s);
}

void ReplyDraftTest::forwardCarriesTextAndFiles()
{
    const QByteArray raw
        = "From: a@x\r\nSubject: s\r\nMessage-ID: <1@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
          "--b\r\n\r\nmetin\r\n"
          "--b\r\nContent-Type: application/pdf; name=\"=?utf-8?Q?=C3=96z.pdf?=\"\r\nContent-Transfer-Encoding: "
          "base64\r\n\r\nJVBERg==\r\n"
          "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: ekli\r\n\r\nx\r\n--b--\r\n";
    const MessageBody body = parseMessage(raw);
    const Draft draft = makeForward({.id = {9}}, body, raw, me, u"--- Yönlendirilen ---\nGönderen: a@x"_s);
    QCOMPARE(draft.text, u"\n\n--- Yönlendirilen ---\nGönderen: a@x\n\nmetin"_s);
    QCOMPARE(draft.kind, DraftKind::Forward);
    QCOMPARE(draft.original, MessageId{9});
    QVERIFY(draft.to.isEmpty());
    QVERIFY(draft.inReplyTo.isEmpty());
    QCOMPARE(draft.attachments,
        (QList<DraftAttachment>{
            {u"Öz.pdf"_s, "application/pdf", "%PDF"}, {u"ekli.eml"_s, "message/rfc822", "Subject: ekli\r\n\r\nx"}}));
}

QTEST_GUILESS_MAIN(ReplyDraftTest)
#include "test_replydraft.moc"
