// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/headerparser.h"
#include "core/mime/messagebody.h"
#include "core/mime/messagebuilder.h"
#include "core/mime/replydraft.h"
#include "tests/mime/messagelint.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

const QDateTime someDate(QDate(2024, 3, 1), QTime(10, 30), QTimeZone::UTC);

Draft simpleDraft()
{
    Draft draft;
    draft.from = {u"Ayşe Öz"_s, u"ayse@example.com"_s};
    draft.to = {{u"Veli"_s, u"veli@example.org"_s}};
    draft.subject = u"Toplantı"_s;
    draft.text = u"Merhaba"_s;
    return draft;
}

QByteArray built(const Draft &draft, BccField bcc = BccField::Omit)
{
    const Result<BuiltMessage> message = buildMessage(draft, bcc, someDate);
    return message ? message->bytes : QByteArray();
}

QByteArray headerOf(const QByteArray &message)
{
    return message.first(message.indexOf("\r\n\r\n") + 2);
}

/// The value of a field as it stands in the bytes, unfolded.
QByteArray rawField(const QByteArray &message, const QByteArray &name)
{
    const QByteArray header = "\r\n" + headerOf(message).replace("\r\n ", " ");
    const qsizetype begin = header.indexOf("\r\n" + name + ": ");
    if (begin < 0)
        return {};
    const qsizetype value = begin + name.size() + 4;
    return header.sliced(value, header.indexOf("\r\n", value) - value);
}

/// What only this profile knows does not travel.
Draft portable(Draft draft)
{
    draft.id = {};
    draft.account = {};
    draft.original = {};
    draft.kind = draft.inReplyTo.isEmpty() ? DraftKind::New : DraftKind::Reply;
    return draft;
}

class DraftMaker {
public:
    explicit DraftMaker(quint32 seed)
        : m_random(seed)
    {
    }

    Draft make()
    {
        Draft draft;
        draft.from = address();
        draft.to = addresses(1 + below(4));
        draft.cc = addresses(below(3));
        draft.bcc = addresses(below(3));
        draft.subject = words(below(25));
        draft.text = text();
        if (below(3) == 0) {
            draft.html = "<p>"_L1 + words(5 + below(40)).toHtmlEscaped() + "</p>"_L1;
            if (below(2) == 0) {
                draft.attachments.append(file());
                draft.attachments.last().contentId = "pic" + QByteArray::number(below(1000)) + "@example.com";
                draft.html += "<img src=\"cid:"_L1 + QString::fromLatin1(draft.attachments.last().contentId) + "\">"_L1;
            }
        }
        for (int i = below(4) - 1; i > 0; --i)
            draft.attachments.append(file());
        for (int i = below(4) - 1; i > 0; --i)
            draft.references.append(
                "ref" + QByteArray::number(below(1'000'000)) + "@" + QByteArray(1 + below(60), 'd') + ".example");
        if (!draft.references.isEmpty())
            draft.inReplyTo = draft.references.last();
        return draft;
    }

private:
    int below(int limit) { return int(m_random.bounded(limit)); }

    template <class List> auto oneOf(const List &list) { return list[below(int(list.size()))]; }

    QString word()
    {
        static const QStringList pool{u"toplantı"_s, u"İstanbul"_s, u"ığüşöç"_s, u"report"_s, u"a"_s, u"Re:"_s,
            u"=?utf-8?Q?x?="_s, u"50%"_s, u"日本語"_s, u"שלום"_s, u"🎉"_s, u"👩‍👩‍👧"_s, u"\"quoted\""_s,
            u"back\\slash"_s, u"(paren)"_s, u"a,b;c:d"_s, u"<tag>"_s, u"e\u0301"_s, u"_under_"_s, u"=3D"_s, u"?="_s,
            QString(90, u'w'), QString(40, u'ş'), QString(30, u'語'), u"'"_s, u"@"_s, u"."_s, u"\U0010ffff"_s};
        return oneOf(pool);
    }

    QString words(int count)
    {
        QStringList list;
        for (int i = 0; i < count; ++i)
            list.append(word());
        return list.join(u' ');
    }

    Address address()
    {
        static const QStringList locals{
            u"ali"_s, u"o'brien"_s, u"a+b.c"_s, u"\"john doe\""_s, u"çağrı"_s, u"x_y-z"_s, QString(64, u'l')};
        static const QStringList domains{
            u"example.com"_s, u"çiçek.com.tr"_s, u"[127.0.0.1]"_s, u"mail.example.co.uk"_s, u"localhost"_s};
        return {below(4) == 0 ? QString() : words(1 + below(6)), oneOf(locals) + u'@' + oneOf(domains)};
    }

    AddressList addresses(int count)
    {
        AddressList list;
        for (int i = 0; i < count; ++i)
            list.append(address());
        return list;
    }

    QString text()
    {
        static const QStringList lines{u""_s, u"-- "_s, u"From the start"_s, u" indented"_s, u"> quoted once"_s,
            u">> quoted twice"_s, u">"_s, u"."_s, u".."_s, u"\ttab"_s, u"> > spaced quote"_s, u"--b"_s,
            QString(1200, u'x'), QString(500, u'ı'), u"> long quote "_s.repeated(20).trimmed()};
        QStringList list;
        for (int i = below(20); i > 0; --i)
            list.append(below(2) == 0 ? oneOf(lines) : words(below(60)));
        return list.join(u'\n');
    }

    DraftAttachment file()
    {
        static const QStringList names{u"Özgeçmiş ığüşöç.pdf"_s, u"a.txt"_s, u"rapor final (2).docx"_s,
            u"semi;colon='.bin"_s, u"100%.xls"_s, QString(90, u'ş') + u".pdf"_s, QString(150, u'n') + u".tar.gz"_s,
            u"=_utf-8_Q_x_=.txt"_s, u"日本語.zip"_s, u"no extension"_s};
        static const QList<QByteArray> types{"application/pdf", "text/plain", "text/html", "image/png",
            "application/vnd.ms-excel", "message/delivery-status"};
        DraftAttachment file{oneOf(names), oneOf(types), {}};
        if (file.mediaType.startsWith("message/"))
            file.mediaType = "application/octet-stream";
        for (int i = below(5000); i > 0; --i)
            file.content += char(below(256));
        return file;
    }

    QRandomGenerator m_random;
};

} // namespace

class MessageBuilderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomDraftsReadBack_data();
    void randomDraftsReadBack();
    void simpleMailIsPlainText();
    void structureFollowsWhatIsThere();
    void bccStaysAtHome();
    void messageIdsAreUniqueAndSayNothing();
    void dateHasTheLocalOffset();
    void fileNameIsRfc2231();
    void contentSurvivesByteForByte();
    void attachedMessageIsNotEncoded();
    void headerInjection_data();
    void headerInjection();
    void byteOrderMarksVanish();
    void hostileMailAnswered();
    void addressesThatCannotBeWritten_data();
    void addressesThatCannotBeWritten();
    void addressesThatCanBeWritten_data();
    void addressesThatCanBeWritten();
    void longTextIsFlowed();
    void everyEncodingOfText_data();
    void everyEncodingOfText();
    void spacesAtLineEndsAreLost();
    void smugglingSequencesBecomeLines();
};

// C02, C03
void MessageBuilderTest::randomDraftsReadBack_data()
{
    QTest::addColumn<Draft>("draft");
    DraftMaker maker(20241122);
    for (int i = 0; i < 300; ++i)
        QTest::addRow("%d", i) << maker.make();
}

void MessageBuilderTest::randomDraftsReadBack()
{
    QFETCH(Draft, draft);
    for (const BccField bcc : {BccField::Omit, BccField::Keep}) {
        const Result<BuiltMessage> message = buildMessage(draft, bcc, someDate);
        QVERIFY(message);
        QCOMPARE(lintMessage(message->bytes, message->needsSmtpUtf8), QString());
        Draft expected = portable(draft);
        if (bcc == BccField::Omit)
            expected.bcc.clear();
        const Draft read = parseDraft(message->bytes);
        QCOMPARE(read.from, expected.from);
        QCOMPARE(formatAddresses(read.to), formatAddresses(expected.to));
        QCOMPARE(read.to, expected.to);
        QCOMPARE(read.cc, expected.cc);
        QCOMPARE(formatAddresses(read.bcc), formatAddresses(expected.bcc));
        QCOMPARE(read.bcc, expected.bcc);
        QCOMPARE(read.subject, expected.subject);
        QCOMPARE(read.text, expected.text);
        QCOMPARE(read.html, expected.html);
        QCOMPARE(read.references, expected.references);
        QCOMPARE(read.attachments, expected.attachments);
        QCOMPARE(read, expected);
    }
}

void MessageBuilderTest::simpleMailIsPlainText()
{
    const Result<BuiltMessage> message = buildMessage(simpleDraft(), BccField::Omit, someDate, "fixed@example.com");
    QVERIFY(message);
    QCOMPARE(message->bytes,
        "From: =?UTF-8?B?QXnFn2Ugw5Z6?= <ayse@example.com>\r\n"
        "To: Veli <veli@example.org>\r\n"
        "Subject: =?UTF-8?Q?Toplant=C4=B1?=\r\n"
        "Date: Fri, 1 Mar 2024 10:30:00 +0000\r\n"
        "Message-ID: <fixed@example.com>\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8; format=flowed\r\n"
        "Content-Transfer-Encoding: 7bit\r\n"
        "\r\n"
        "Merhaba\r\n");
    QCOMPARE(message->messageIdHeader, "fixed@example.com");
    QVERIFY(!message->needsSmtpUtf8);
}

void MessageBuilderTest::structureFollowsWhatIsThere()
{
    const DraftAttachment picture{u"p.png"_s, "image/png", "\x01\x02", "p@x"};
    const DraftAttachment file{u"f.pdf"_s, "application/pdf", "%PDF"};
    Draft draft = simpleDraft();
    QVERIFY(rawField(built(draft), "Content-Type").startsWith("text/plain;"));
    draft.attachments = {file};
    QVERIFY(rawField(built(draft), "Content-Type").startsWith("multipart/mixed;"));
    draft.html = u"<p>x<img src=\"cid:p@x\">"_s;
    draft.attachments.clear();
    QVERIFY(rawField(built(draft), "Content-Type").startsWith("multipart/alternative;"));
    draft.attachments = {picture};
    QVERIFY(rawField(built(draft), "Content-Type").startsWith("multipart/alternative;"));
    QVERIFY(built(draft).contains("\r\nContent-Type: multipart/related;"));
    QVERIFY(built(draft).contains("\r\nContent-ID: <p@x>\r\n"));
    draft.attachments = {picture, file};
    QVERIFY(rawField(built(draft), "Content-Type").startsWith("multipart/mixed;"));
    const MessageBody body = parseMessage(built(draft));
    QCOMPARE(body.text, u"Merhaba\n"_s);
    QCOMPARE(body.html.size(), 1);
    QCOMPARE(body.attachments.size(), 2);
    QVERIFY(body.attachments[0].isInline);
    QVERIFY(!body.attachments[1].isInline);
    // Without HTML there is nothing for a picture to be in.
    draft.html.clear();
    QVERIFY(!parseMessage(built(draft)).attachments[0].isInline);
}

// O08
void MessageBuilderTest::bccStaysAtHome()
{
    Draft draft = simpleDraft();
    draft.bcc = {{u"Gizli Kişi"_s, u"gizli@example.net"_s}};
    QVERIFY(!built(draft).toLower().contains("bcc"));
    QVERIFY(!built(draft).contains("gizli"));
    QCOMPARE(parseEnvelope(built(draft, BccField::Keep)).bcc, draft.bcc);
    draft.to.clear();
    QCOMPARE(rawField(built(draft), "To"), "undisclosed-recipients:;");
    QVERIFY(!built(draft).contains("gizli"));
    QCOMPARE(rawField(built(draft, BccField::Keep), "To"), "");
}

void MessageBuilderTest::messageIdsAreUniqueAndSayNothing()
{
    QSet<QByteArray> ids;
    for (int i = 0; i < 1000; ++i)
        ids.insert(makeMessageId(u"ayse@example.com"_s));
    QCOMPARE(ids.size(), 1000);
    for (const QByteArray &id : std::as_const(ids)) {
        QVERIFY(id.endsWith("@example.com"));
        QVERIFY(!id.contains("ayse"));
        QVERIFY(id.size() > 30 && id.size() < 70);
    }
    QVERIFY(makeMessageId(u"x@çiçek.com.tr"_s).endsWith("@xn--iek-1lab.com.tr"));
    QVERIFY(makeMessageId(u"nonsense"_s).endsWith("@postaci.invalid"));
}

void MessageBuilderTest::dateHasTheLocalOffset()
{
    const QByteArray zone = qgetenv("TZ");
    const auto restore = qScopeGuard([&zone] {
        qputenv("TZ", zone);
        tzset();
    });
    for (const auto &[name, expected] : {std::pair("Europe/Istanbul", "Fri, 1 Mar 2024 13:30:00 +0300"),
             std::pair("America/St_Johns", "Fri, 1 Mar 2024 07:00:00 -0330"),
             std::pair("UTC", "Fri, 1 Mar 2024 10:30:00 +0000")}) {
        qputenv("TZ", name);
        tzset();
        const QByteArray message = built(simpleDraft());
        QCOMPARE(rawField(message, "Date"), expected);
        QCOMPARE(parseEnvelope(message).date, someDate);
    }
}

void MessageBuilderTest::fileNameIsRfc2231()
{
    Draft draft = simpleDraft();
    draft.attachments = {{u"Özgeçmiş ığüşöç.pdf"_s, "application/pdf", "%PDF"}};
    const QByteArray message = QByteArray(built(draft)).replace("\r\n ", " ");
    QVERIFY(
        message.contains(
            "Content-Disposition: attachment; "
            "filename*0*=UTF-8''%C3%96zge%C3%A7mi%C5%9F%20%C4%B1%C4%9F%C3%BC%C5%9F; filename*1*=%C3%B6%C3%A7.pdf\r\n")
        || message.contains("Content-Disposition: attachment; "
                            "filename*=UTF-8''%C3%96zge%C3%A7mi%C5%9F%20%C4%B1%C4%9F%C3%BC%C5%9F%C3%B6%C3%A7.pdf\r\n"));
    QCOMPARE(parseMessage(built(draft)).attachments[0].fileName, u"Özgeçmiş ığüşöç.pdf"_s);
    draft.attachments[0].fileName = u"../../a\r\nBcc: x.pdf"_s;
    QCOMPARE(parseMessage(built(draft)).attachments[0].fileName, u"aBcc_ x.pdf"_s);
    draft.attachments[0].fileName.clear();
    QCOMPARE(parseMessage(built(draft)).attachments[0].fileName, u"file"_s);
}

void MessageBuilderTest::contentSurvivesByteForByte()
{
    QByteArray all;
    for (int i = 0; i < 256 * 40; ++i)
        all += char(i % 256);
    for (const QByteArray &content : {QByteArray(), QByteArray("x"), QByteArray("\r\n"),
             QByteArray("a\nb\rc\r\n\r\n.\r\n--\r\n"), all, all.left(56), all.left(57), all.left(58)}) {
        Draft draft = simpleDraft();
        draft.attachments = {{u"a.txt"_s, "text/plain", content}, {u"b"_s, "no type", content}};
        const QByteArray message = built(draft);
        QCOMPARE(lintMessage(message, false), QString());
        const MessageBody body = parseMessage(message);
        QCOMPARE(body.attachments.size(), 2);
        QCOMPARE(attachmentContent(message, body.attachments[0].part).value_or("failed"), content);
        QCOMPARE(attachmentContent(message, body.attachments[1].part).value_or("failed"), content);
        QCOMPARE(body.attachments[1].mediaType, "application/octet-stream");
    }
}

// RFC 2046 5.2.1
void MessageBuilderTest::attachedMessageIsNotEncoded()
{
    Draft draft = simpleDraft();
    const QByteArray plain = "Subject: x\r\n\r\nbody\r\n";
    draft.attachments = {{u"m.eml"_s, "message/rfc822", plain}};
    QVERIFY(built(draft).contains("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n"));
    QCOMPARE(parseDraft(built(draft)).attachments, draft.attachments);
    for (const QByteArray &odd : {QByteArray("Subject: x\n\nbody\n"), QByteArray("Subject: ş\r\n\r\n"),
             QByteArray("S: ") + QByteArray(2000, 'x'), QByteArray("a\rb\r\n")}) {
        draft.attachments[0].content = odd;
        const Draft read = parseDraft(built(draft));
        QCOMPARE(read.attachments.size(), 1);
        QCOMPARE(read.attachments[0].content, odd);
        QCOMPARE(read.attachments[0].mediaType, "application/octet-stream");
        QCOMPARE(lintMessage(built(draft), false), QString());
    }
}

// No value ends its field, whatever is in it.
void MessageBuilderTest::headerInjection_data()
{
    QTest::addColumn<QString>("attack");
    int row = 0;
    for (const char16_t *attack : {u"x\r\nBcc: evil@example.net", u"x\nBcc: evil@example.net",
             u"x\rBcc: evil@example.net", u"x\r\n\r\nBcc: evil@example.net", u"x\u2028Bcc: evil@example.net",
             u"x\u2029Bcc: evil@example.net", u"x\u0085Bcc: evil@example.net", u"x\u000bBcc: evil@example.net",
             u"x\u000cBcc: evil@example.net", u"x\"\r\nBcc: evil@example.net", u"x>\r\nBcc: evil@example.net",
             u"=?utf-8?Q?x=0D=0ABcc:_evil@example.net?=", u"x\r\n Bcc: evil@example.net",
             u"x\r\n\tBcc: evil@example.net"})
        QTest::addRow("%d", row++) << QString::fromUtf16(attack);
    QTest::newRow("NUL") << QString(u"x\0Bcc: evil@example.net"_s);
}

void MessageBuilderTest::headerInjection()
{
    QFETCH(QString, attack);
    const QByteArray bytes = attack.toUtf8();
    Draft draft = simpleDraft();
    draft.from.name = draft.to[0].name = draft.subject = attack;
    draft.cc = {{attack, u"cc@example.com"_s}};
    draft.inReplyTo = bytes;
    draft.references = {bytes, "ok@example.com", bytes};
    draft.html = u"<p>x"_s;
    draft.attachments = {{attack, bytes, bytes, bytes}, {attack, "text/" + bytes, {}}};
    const Result<BuiltMessage> message = buildMessage(draft, BccField::Omit, someDate);
    QVERIFY(message);
    QCOMPARE(lintMessage(message->bytes, false), QString());
    const QByteArray header = headerOf(message->bytes).toLower();
    QVERIFY(!header.contains("\nbcc"));
    QVERIFY(!header.contains("\n\r\n"));
    QVERIFY(parseEnvelope(message->bytes).bcc.isEmpty());
    QCOMPARE(parseMessage(message->bytes).text, u"Merhaba\n"_s);
    for (const QByteArray &line : message->bytes.toLower().split('\n'))
        QVERIFY(!line.startsWith("bcc:"));

    // Where an address would have to be changed, nothing is written at all.
    Draft broken = simpleDraft();
    broken.to[0].address = attack + "@example.com"_L1;
    const Result<BuiltMessage> refused = buildMessage(broken, BccField::Omit, someDate);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::InvalidInput);
}

// Qt drops a byte order mark wherever it converts.
void MessageBuilderTest::byteOrderMarksVanish()
{
    Draft draft = simpleDraft();
    draft.subject = u"\ufeffa\ufeffş\ufeff"_s;
    draft.from.name = u"\ufeff"_s;
    const Draft read = parseDraft(built(draft));
    QCOMPARE(read.subject, u"aş"_s);
    QCOMPARE(read.from.name, QString());
}

// A received header that decodes to line breaks, answered and forwarded.
void MessageBuilderTest::hostileMailAnswered()
{
    const QByteArray raw
        = "From: =?utf-8?B?eA0KQmNjOiBldmlsQGV4YW1wbGUubmV0?= <a@example.com>\r\n"
          "Reply-To: \"=?utf-8?Q?x=0D=0ABcc:_evil=40example.net?=\" <b@example.com>\r\n"
          "To: =?utf-8?Q?y=0ABcc:_evil?= <c@example.com>, me@example.com\r\n"
          "Subject: =?utf-8?B?SGkNCkJjYzogZXZpbEBleGFtcGxlLm5ldA0KDQpzcG9vZmVk?=\r\n"
          "Message-ID: <x\x01\ry@example.com>\r\n"
          "References: <=?utf-8?Q?=0D=0A?=@x>\r\n"
          "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
          "--b\r\n\r\ntext\r\n"
          "--b\r\nContent-Type: application/x; name=\"=?utf-8?Q?a=0D=0ABcc:_evil?=\"\r\n\r\nfile\r\n--b--\r\n";
    const MessageBody body = parseMessage(raw);
    const MessageHeader header{.envelope = body.envelope};
    const Address me{u"Ben"_s, u"me@example.com"_s};
    for (const Draft &draft : {makeReply(header, body, me, {me.address}, ReplyTo::All, u"x wrote:"_s),
             makeReply(header, body, me, {}, ReplyTo::Sender, u"x"_s),
             makeForward(header, body, raw, me, u"headline"_s)}) {
        Draft complete = draft;
        if (complete.to.isEmpty())
            complete.to = {me};
        const Result<BuiltMessage> message = buildMessage(complete, BccField::Omit, someDate);
        QVERIFY(message);
        QCOMPARE(lintMessage(message->bytes, false), QString());
        QVERIFY(parseEnvelope(message->bytes).bcc.isEmpty());
        for (const QByteArray &line : message->bytes.toLower().split('\n'))
            QVERIFY(!line.startsWith("bcc:"));
    }
}

// M12
void MessageBuilderTest::addressesThatCannotBeWritten_data()
{
    QTest::addColumn<QString>("address");
    int row = 0;
    for (const char16_t *address : {u"", u"ali", u"@", u"ali@", u"@example.com", u"ali veli@example.com",
             u"ali@exa mple.com", u"ali@example..com", u"ali@-example.com", u"<ali@example.com>", u"ali@example.com>",
             u"ali,veli@example.com", u"ali@example.com\r\nRCPT TO:<x@y>", u"ali\n@example.com", u"\"ali@example.com",
             u"\"a\"b\"@example.com", u"ali@[1.2.3.4", u"ali@example.com SIZE=1", u"ali\u2028@example.com",
             u"ali\u202e@example.com", u"a:b@example.com", u"ali@exam_ple!.com"})
        QTest::addRow("%d", row++) << QString::fromUtf16(address);
    QTest::newRow("too long") << QString(400, u'x') + u"@example.com"_s;
    QTest::newRow("NUL") << u"a\0b@example.com"_s;
}

void MessageBuilderTest::addressesThatCannotBeWritten()
{
    QFETCH(QString, address);
    for (AddressList Draft::*list : {&Draft::to, &Draft::cc, &Draft::bcc}) {
        Draft draft = simpleDraft();
        draft.*list = {{u"x"_s, u"ok@example.com"_s}, {u"x"_s, address}};
        const Result<BuiltMessage> message = buildMessage(draft, BccField::Omit, someDate);
        QVERIFY(!message);
        QCOMPARE(message.error().kind, ErrorKind::InvalidInput);
    }
    Draft draft = simpleDraft();
    draft.from.address = address;
    QVERIFY(!buildMessage(draft, BccField::Omit, someDate));
}

// C04
void MessageBuilderTest::addressesThatCanBeWritten_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<bool>("needsUtf8");
    const auto row = [](const QString &address, const QByteArray &written, bool needsUtf8) {
        QTest::newRow(qPrintable(address)) << address << written << needsUtf8;
    };
    row(u"ali@example.com"_s, "ali@example.com", false);
    row(u"Ali.Veli+x@Example.COM"_s, "Ali.Veli+x@Example.COM", false);
    row(u"ali@çiçek.com.tr"_s, "ali@xn--iek-1lab.com.tr", false);
    row(u"çağrı@example.com"_s, "çağrı@example.com", true);
    row(u"çağrı@çiçek.com.tr"_s, "çağrı@xn--iek-1lab.com.tr", true);
    row(u"\"ali veli\"@example.com"_s, "\"ali veli\"@example.com", false);
    row(u"a..b@example.com"_s, "\"a..b\"@example.com", false);
    row(u"root@localhost"_s, "root@localhost", false);
    row(u"a@[127.0.0.1]"_s, "a@[127.0.0.1]", false);
}

void MessageBuilderTest::addressesThatCanBeWritten()
{
    QFETCH(QString, address);
    QFETCH(QByteArray, written);
    QFETCH(bool, needsUtf8);
    Draft draft = simpleDraft();
    draft.to = {{{}, address}};
    const Result<BuiltMessage> message = buildMessage(draft, BccField::Omit, someDate);
    QVERIFY(message);
    QCOMPARE(rawField(message->bytes, "To"), written);
    QCOMPARE(message->needsSmtpUtf8, needsUtf8);
}

void MessageBuilderTest::longTextIsFlowed()
{
    Draft draft = simpleDraft();
    draft.text = u"Bir cok kelime "_s.repeated(20).trimmed() + "\n\nFrom here\n indented\n> quote\n-- \nAli"_L1;
    const QByteArray message = built(draft);
    for (const QByteArray &line : message.split('\n'))
        QVERIFY(line.size() <= 79);
    QVERIFY(message.contains("\r\n From here\r\n  indented\r\n> quote\r\n-- \r\nAli\r\n"));
    QCOMPARE(parseDraft(message).text, draft.text);
}

void MessageBuilderTest::everyEncodingOfText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("ASCII") << u"plain"_s << QByteArray("7bit");
    QTest::newRow("empty") << u""_s << QByteArray("7bit");
    QTest::newRow("Turkish") << u"Özgeçmişim ektedir, iyi çalışmalar dilerim."_s << QByteArray("quoted-printable");
    QTest::newRow("Japanese") << u"日本語の文章です。"_s << QByteArray("base64");
    QTest::newRow("one word of 2,000 letters") << QString(2000, u'x') << QByteArray("quoted-printable");
    QTest::newRow("equals signs and dots") << u".\n..\n=\n=3D ş"_s << QByteArray("quoted-printable");
    QTest::newRow("blank lines around") << u"\n\nş\n\n"_s << QByteArray("quoted-printable");
}

void MessageBuilderTest::everyEncodingOfText()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, encoding);
    Draft draft = simpleDraft();
    draft.text = text;
    const QByteArray message = built(draft);
    QCOMPARE(rawField(message, "Content-Transfer-Encoding"), encoding);
    QCOMPARE(lintMessage(message, false), QString());
    QCOMPARE(parseDraft(message).text, text);
}

void MessageBuilderTest::spacesAtLineEndsAreLost()
{
    Draft draft = simpleDraft();
    draft.text = u"a  \n> b \n   \n-- \nc "_s;
    QCOMPARE(parseDraft(built(draft)).text, u"a\n> b\n\n-- \nc"_s);
}

// M11
void MessageBuilderTest::smugglingSequencesBecomeLines()
{
    for (const QString &sequence : {u"\n.\n"_s, u"\n.\r"_s, u"\r.\n"_s, u"\r.\r"_s, u"\n.\r\n"_s, u"\r.\r\n"_s,
             u"\r\n\0.\r\n"_s, u"\r\n.\n"_s, u"\r\n.\r"_s}) {
        Draft draft = simpleDraft();
        draft.text = u"before"_s + sequence + u"MAIL FROM:<evil@example.net>"_s;
        draft.html = draft.text;
        draft.subject = draft.text;
        draft.attachments = {{draft.text, "text/plain", draft.text.toUtf8()}};
        const QByteArray message = built(draft);
        QCOMPARE(lintMessage(message, false), QString());
    }
}

QTEST_GUILESS_MAIN(MessageBuilderTest)
#include "test_messagebuilder.moc"
