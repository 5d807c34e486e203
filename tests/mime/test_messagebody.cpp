// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/messagebody.h"
#include "tests/support/processortime.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

QByteArray withType(const QByteArray &type, const QByteArray &body)
{
    return "MIME-Version: 1.0\r\nContent-Type: " + type + "\r\n\r\n" + body;
}

QByteArray part(const QByteArray &header, const QByteArray &content)
{
    return header + "\r\n\r\n" + content + "\r\n";
}

QByteArray multipart(const QByteArray &subtype, const QList<QByteArray> &parts, const QByteArray &boundary = "b1")
{
    QByteArray body;
    for (const QByteArray &one : parts)
        body += "--" + boundary + "\r\n" + one;
    return withType("multipart/" + subtype + "; boundary=\"" + boundary + '"', body + "--" + boundary + "--\r\n");
}

const QByteArray plain = part("Content-Type: text/plain; charset=utf-8", "düz");
const QByteArray html = part("Content-Type: text/html; charset=utf-8", "<p>zengin</p>");
const QByteArray picture
    = part("Content-Type: image/png\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64", "AAEC");
const QByteArray pdf = part("Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; "
                            "filename=a.pdf\r\nContent-Transfer-Encoding: base64",
    "JVBERg==");

QStringList names(const MessageBody &body)
{
    QStringList list;
    for (const Attachment &attachment : body.attachments)
        list.append(attachment.fileName);
    return list;
}

QByteArray fileContent(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class MessageBodyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oddMails_data();
    void oddMails();
    void alternativeGivesBothForms();
    void textPartsOfMixedAreJoined();
    void htmlPartsStayApart();
    void relatedPicturesAreInline();
    void attachedTextIsNotTheMessage();
    void appleMailPutsFilesInsideTheAlternative();
    void charsets_data();
    void charsets();
    void flowedTextIsUnwrapped();
    void attachedMessageIsALeaf();
    void contentIsDecodedByteForByte();
    void missingPartIsNotFound();
    void brokenStructureStillShows_data();
    void brokenStructureStillShows();
    void fileNamesAreSafe_data();
    void fileNamesAreSafe();
    void nestingBombs_data();
    void nestingBombs();
    void wideBombs_data();
    void wideBombs();
    void threadsDoNotDisturbOneAnother();
};

// Mails as programs really write them, each with what must be read from it; also with CR LF and cut short.
void MessageBodyTest::oddMails_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(POSTACI_TEST_DATA "/mail"));
    const QStringList mails = folder.entryList({u"*.eml"_s});
    QVERIFY(mails.size() >= 15);
    for (const QString &mail : mails)
        QTest::newRow(qPrintable(mail)) << folder.filePath(mail);
}

void MessageBodyTest::oddMails()
{
    QFETCH(QString, path);
    const QByteArray lf = fileContent(path);
    const QJsonObject expected
        = QJsonDocument::fromJson(fileContent(QString(path).replace(".eml"_L1, ".json"_L1))).object();
    QVERIFY(!lf.isEmpty());
    QVERIFY(!expected.isEmpty());
    QVERIFY(!lf.contains('\r'));

    for (const QByteArray &raw : {lf, QByteArray(lf).replace("\n", "\r\n")}) {
        const MessageBody body = parseMessage(raw);
        QStringList from;
        for (const Address &address : body.envelope.from)
            from.append(address.name + " <"_L1 + address.address + u'>');
        QJsonArray attachments;
        for (const Attachment &attachment : body.attachments) {
            const Result<QByteArray> content = attachmentContent(raw, attachment.part);
            QVERIFY(content);
            QCOMPARE(content->size(), attachment.size);
            attachments.append(QJsonObject{{u"name"_s, attachment.fileName},
                {u"type"_s, QString::fromLatin1(attachment.mediaType)}, {u"inline"_s, attachment.isInline}});
        }
        QCOMPARE(body.envelope.subject, expected[u"subject"_s].toString());
        QCOMPARE(from.join(", "_L1), expected[u"from"_s].toString());
        QCOMPARE(body.envelope.date.toString(Qt::ISODate), expected[u"date"_s].toString());
        QCOMPARE(body.text, expected[u"text"_s].toString());
        QCOMPARE(body.html.size(), expected[u"htmlParts"_s].toInt());
        QCOMPARE(body.hasPlainPart, expected[u"hasPlainPart"_s].toBool());
        QCOMPARE(QJsonDocument(attachments).toJson(), QJsonDocument(expected[u"attachments"_s].toArray()).toJson());
        QCOMPARE(body.incomplete, false);
    }
    // A mail that was cut anywhere is still a mail.
    for (qsizetype size = 0; size < lf.size(); size += 7)
        QVERIFY(parseMessage(lf.left(size)).text.size() <= lf.size());
}

void MessageBodyTest::alternativeGivesBothForms()
{
    const MessageBody body = parseMessage(multipart("alternative", {plain, html}));
    QCOMPARE(body.text, u"düz"_s);
    QCOMPARE(body.html, QStringList{u"<p>zengin</p>"_s});
    QVERIFY(body.hasPlainPart);
    QVERIFY(body.attachments.isEmpty());

    const MessageBody onlyHtml = parseMessage(multipart("alternative", {html}));
    QCOMPARE(onlyHtml.text, u"zengin"_s);
    QVERIFY(!onlyHtml.hasPlainPart);
    const MessageBody onlyPlain = parseMessage(multipart("alternative", {plain}));
    QCOMPARE(onlyPlain.text, u"düz"_s);
    QVERIFY(onlyPlain.html.isEmpty());
}

void MessageBodyTest::textPartsOfMixedAreJoined()
{
    const QByteArray footer = part("Content-Type: text/plain", "-- list footer");
    const MessageBody body = parseMessage(multipart("mixed", {plain, pdf, footer}));
    QCOMPARE(body.text, u"düz\n-- list footer"_s);
    QCOMPARE(names(body), QStringList{u"a.pdf"_s});
    QVERIFY(body.envelope.hasAttachments);
}

// R06: an unclosed attribute in one part must not reach into the next.
void MessageBodyTest::htmlPartsStayApart()
{
    const QByteArray open = part("Content-Type: text/html", "<img src='http://evil/");
    const MessageBody body = parseMessage(multipart("mixed", {open, plain, html}));
    QCOMPARE(body.html.size(), 3);
    QVERIFY(body.html[1].contains(u"düz"_s));
    QVERIFY(!body.html[0].contains("zengin"_L1));
}

void MessageBodyTest::relatedPicturesAreInline()
{
    const QByteArray referring = part("Content-Type: text/html", "<p>a<img src=\"cid:pic@x\">");
    const MessageBody body = parseMessage(multipart("related", {referring, picture}));
    QCOMPARE(body.attachments.size(), 1);
    QVERIFY(body.attachments[0].isInline);
    QCOMPARE(body.attachments[0].contentId, "pic@x");
    QCOMPARE(body.attachments[0].size, 3);
    QVERIFY(!body.envelope.hasAttachments);
    // Some programs put the picture first.
    QCOMPARE(parseMessage(multipart("related", {picture, referring})).html.size(), 1);
    QVERIFY(!parseMessage(multipart("related", {html, picture})).attachments[0].isInline);
}

void MessageBodyTest::attachedTextIsNotTheMessage()
{
    const QByteArray named = part("Content-Type: text/plain; name=notlar.txt", "not");
    const QByteArray attached
        = part("Content-Type: text/html\r\nContent-Disposition: attachment; filename=sayfa.html", "<b>x</b>");
    const MessageBody body = parseMessage(multipart("mixed", {plain, named, attached}));
    QCOMPARE(body.text, u"düz"_s);
    QVERIFY(body.html.isEmpty());
    QCOMPARE(names(body), (QStringList{u"notlar.txt"_s, u"sayfa.html"_s}));
    QVERIFY(parseMessage("Content-Disposition: attachment; filename=x.txt\r\n\r\nx\r\n").text.isEmpty());
}

void MessageBodyTest::appleMailPutsFilesInsideTheAlternative()
{
    const QByteArray inner = multipart("mixed", {html, pdf, html}, "in");
    const MessageBody body = parseMessage(multipart("alternative", {plain, inner}));
    QCOMPARE(body.text, u"düz"_s);
    QCOMPARE(body.html.size(), 2);
    QCOMPARE(names(body), QStringList{u"a.pdf"_s});
}

// M08, bodies
void MessageBodyTest::charsets_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, const QByteArray &type, const QByteArray &content, const QString &expected) {
        QTest::newRow(tag) << type << content << expected;
    };
    row("UTF-8", "text/plain; charset=utf-8", "ığüşöç", u"ığüşöç"_s);
    row("UTF-8 with a mark", "text/plain; charset=utf-8", "\xef\xbb\xbfığ", u"ığ"_s);
    row("UTF-8 unlabelled", "text/plain", "ığüşöç", u"ığüşöç"_s);
    row("Turkish unlabelled", "text/plain", "\xfd\xf0\xfc\xfe\xf6\xe7", u"ığüşöç"_s);
    row("ISO-8859-9", "text/plain; charset=iso-8859-9", "\xdd\xfe", u"İş"_s);
    row("UTF-8 called ISO-8859-1", "text/plain; charset=iso-8859-1", "ığ", u"ığ"_s);
    row("UTF-8 called US-ASCII", "text/plain; charset=us-ascii", "ığ", u"ığ"_s);
    row("Windows-1252 called ISO-8859-1", "text/plain; charset=iso-8859-1", "\x93x\x94", u"“x”"_s);
    row("unknown charset", "text/plain; charset=x-nonsense", "\xfe", u"ş"_s);
    row("broken UTF-8", "text/plain; charset=utf-8", "a\xc5 b", u"aÅ b"_s);
    row("UTF-16", "text/plain; charset=utf-16", QByteArray("\xff\xfe\x31\x01\x1f\x01", 6), u"ığ"_s);
    row("ISO-2022-JP", "text/plain; charset=iso-2022-jp", "\x1b$BF|K\\\x1b(B", u"日本"_s);
    row("ISO-2022-JP broken", "text/plain; charset=iso-2022-jp", "\x1b$BF|K", u"日\uFFFD"_s);
    row("GB2312", "text/plain; charset=gb2312", "\xd6\xd0", u"中"_s);
    row("format without charset", "text/plain; format=fixed", "ı", u"ı"_s);
    row("NUL and controls", "text/plain",
        QByteArray("a\0b\x01"
                   "c\td\x1b",
            9),
        u"abc\td"_s);
    row("HTML says its charset", "text/html", "<meta charset=\"iso-8859-9\">\xfe", u"ş"_s);
    row("HTML says it the old way", "text/html",
        "<META http-equiv=Content-Type content='text/html; charset=koi8-r'>\xd0", u"п"_s);
    row("field wins over HTML", "text/html; charset=iso-8859-9", "<meta charset=koi8-r>\xfe", u"ş"_s);
}

void MessageBodyTest::charsets()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    QCOMPARE(parseMessage(withType(type, content)).text, expected);
}

// RFC 3676
void MessageBodyTest::flowedTextIsUnwrapped()
{
    const QByteArray body
        = "A long \r\nparagraph.\r\n\r\n  stuffed\r\n>> quoted \r\n>> goes on\r\n> other\r\n-- \r\nAli\r\n";
    QCOMPARE(parseMessage(withType("text/plain; format=flowed", body)).text,
        u"A long paragraph.\n\n stuffed\n>> quoted goes on\n> other\n-- \nAli\n"_s);
    QCOMPARE(parseMessage(withType("text/plain; format=Flowed; DelSp=Yes", "日本 \r\n語\r\n")).text, u"日本語\n"_s);
    QCOMPARE(parseMessage(withType("text/plain", "a \r\nb\r\n")).text, u"a \nb\n"_s);
}

void MessageBodyTest::attachedMessageIsALeaf()
{
    const QByteArray inner = "Subject: =?utf-8?Q?i=C3=A7?=\r\nContent-Type: multipart/mixed; "
                             "boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in--\r\n";
    const MessageBody body = parseMessage(multipart("mixed", {plain, part("Content-Type: message/rfc822", inner)}));
    QCOMPARE(body.text, u"düz"_s);
    QCOMPARE(names(body), QStringList{u"iç.eml"_s});
    const Result<QByteArray> content = attachmentContent(
        multipart("mixed", {plain, part("Content-Type: message/rfc822", inner)}), body.attachments[0].part);
    QVERIFY(content);
    QCOMPARE(*content, inner);
    QCOMPARE(parseMessage(*content).text, u"x"_s);

    const MessageBody digest
        = parseMessage(multipart("digest", {"\r\nSubject: bir\r\n\r\na\r\n", "\r\nSubject: iki\r\n\r\nb\r\n"}));
    QCOMPARE(names(digest), (QStringList{u"bir.eml"_s, u"iki.eml"_s}));
}

void MessageBodyTest::contentIsDecodedByteForByte()
{
    QByteArray all;
    for (int i = 0; i < 70'000; ++i)
        all += char(i * 31 + i / 256);
    const auto attached = [](const QByteArray &encoding, const QByteArray &content) {
        return multipart("mixed",
            {plain,
                part("Content-Type: a/b\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: " + encoding,
                    content)});
    };
    const QByteArray base64 = all.toBase64();
    QByteArray lines;
    for (qsizetype i = 0; i < base64.size(); i += 76)
        lines += base64.mid(i, 76) + "\r\n";
    QCOMPARE(attachmentContent(attached("base64", lines), 2).value_or("failed"), all);
    QCOMPARE(attachmentContent(attached("BASE64 ", base64), 2).value_or("failed"), all);
    QCOMPARE(attachmentContent(attached("quoted-printable", "a=3Db =\r\nc=\r\n=C5=9F=ZZ"), 2).value_or("failed"),
        "a=b cş=ZZ");
    QCOMPARE(attachmentContent(attached("8bit", "ş\r\n\r\nx"), 2).value_or("failed"), "ş\r\n\r\nx");
    QCOMPARE(
        attachmentContent(attached("x-uuencode", "begin 644 a\r\n#0V%T\r\n`\r\nend"), 2).value_or("failed"), "Cat");
    QCOMPARE(attachmentContent(attached("nonsense", "abc"), 2).value_or("failed"), "abc");
}

void MessageBodyTest::missingPartIsNotFound()
{
    const QByteArray raw = multipart("mixed", {plain, pdf});
    for (const int index : {-1, 0, 3, 1000}) {
        const Result<QByteArray> content = attachmentContent(raw, index);
        QVERIFY(!content);
        QCOMPARE(content.error().kind, ErrorKind::NotFound);
    }
    QCOMPARE(attachmentContent(raw, 2).value_or("failed"), "%PDF");
}

void MessageBodyTest::brokenStructureStillShows_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QByteArray() << u""_s;
    QTest::newRow("no header") << QByteArray("just text\r\nmore: text\r\n") << u"just text\nmore: text\n"_s;
    QTest::newRow("header only") << QByteArray("Subject: x") << u""_s;
    QTest::newRow("empty line first") << QByteArray("\r\nbody") << u"body"_s;
    QTest::newRow("no boundary") << withType("multipart/mixed", "--b\r\n\r\nx\r\n--b--\r\n") << u"--b\n\nx\n--b--\n"_s;
    QTest::newRow("boundary never appears") << withType("multipart/mixed; boundary=b", "hello\r\n") << u"hello\n"_s;
    QTest::newRow("no closing delimiter") << withType("multipart/mixed; boundary=b", "--b\r\n\r\nx\r\n") << u"x\n"_s;
    QTest::newRow("preamble and epilogue")
        << withType("multipart/mixed; boundary=b", "pre\r\n--b\r\n\r\nx\r\n--b--\r\npost\r\n") << u"x"_s;
    QTest::newRow("space behind the delimiter")
        << withType("multipart/mixed; boundary=b", "--b  \r\n\r\nx\r\n--b-- \t\r\n") << u"x"_s;
    QTest::newRow("delimiter of the outer inside the inner") << withType("multipart/mixed; boundary=o",
        "--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nx\r\n--o\r\n\r\ny\r\n--o--\r\n")
                                                             << u"x\ny"_s;
    QTest::newRow("one boundary begins like another") << withType("multipart/mixed; boundary=b",
        "--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\nx\r\n--bb--\r\n--b\r\n\r\ny\r\n--b--\r\n")
                                                      << u"x\ny"_s;
    QTest::newRow("the same boundary twice") << withType("multipart/mixed; boundary=b",
        "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny\r\n--b--\r\n")
                                             << u"x\ny"_s;
    QTest::newRow("part without an empty line")
        << withType("multipart/mixed; boundary=b", "--b\r\nContent-Type: text/plain\r\n--b\r\n\r\nx\r\n--b--\r\n")
        << u"x"_s;
    QTest::newRow("part without a header")
        << withType("multipart/mixed; boundary=b", "--b\r\nno header here\r\n--b--\r\n") << u"no header here"_s;
    QTest::newRow("empty parts") << withType("multipart/mixed; boundary=b", "--b\r\n--b\r\n--b\r\n\r\nx\r\n--b--\r\n")
                                 << u"x"_s;
    QTest::newRow("type without a subtype") << withType("text", "x") << u"x"_s;
    QTest::newRow("nonsense type") << withType("???", "x") << u"x"_s;
    QTest::newRow("quoted boundary with spaces")
        << withType("multipart/mixed; boundary=\"a b \"", "--a b\r\n\r\nx\r\n--a b--\r\n") << u"x"_s;
    QTest::newRow("text that looks like a delimiter")
        << withType("multipart/mixed; boundary=b", "--b\r\n\r\n--bx\r\n-- \r\n--\r\n--b--\r\n") << u"--bx\n-- \n--"_s;
    QTest::newRow("bare CR in text") << withType("text/plain", "a\rb\r\nc") << u"a\nb\nc"_s;
}

void MessageBodyTest::brokenStructureStillShows()
{
    QFETCH(QByteArray, raw);
    QFETCH(QString, text);
    const MessageBody body = parseMessage(raw);
    QCOMPARE(body.text, text);
    QVERIFY(!body.incomplete);
}

// R16
void MessageBodyTest::fileNamesAreSafe_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("expected");
    const auto disposition = [](const char *tag, const QByteArray &parameters, const QString &expected) {
        QTest::newRow(tag) << QByteArray("Content-Type: application/pdf\r\nContent-Disposition: attachment; "
            + parameters) << expected;
    };
    disposition("plain", "filename=a.pdf", u"a.pdf"_s);
    disposition("quoted", "filename=\"a b.pdf\"", u"a b.pdf"_s);
    disposition("raw UTF-8", "filename=\"Özgeçmiş ığüşöç.pdf\"", u"Özgeçmiş ığüşöç.pdf"_s);
    disposition("raw Turkish bytes", "filename=\"\xd6zge\xe7mi\xfe.pdf\"", u"Özgeçmiş.pdf"_s);
    disposition("RFC 2231", "filename*=UTF-8''%C3%96zge%C3%A7mi%C5%9F.pdf", u"Özgeçmiş.pdf"_s);
    disposition("RFC 2231 with a language", "filename*=utf-8'tr'%C4%B1.pdf", u"ı.pdf"_s);
    disposition("RFC 2231 in ISO-8859-9", "filename*=iso-8859-9''%FD.pdf", u"ı.pdf"_s);
    disposition("RFC 2231 continued", "filename*0*=UTF-8''%C3%96z; filename*1*=ge%C3%A7; filename*2=mis.pdf",
        u"Özgeçmis.pdf"_s);
    disposition("RFC 2231 continued, out of order", "filename*1=\"b.pdf\"; filename*0=\"a\"", u"ab.pdf"_s);
    disposition("RFC 2231 split in a character", "filename*0*=UTF-8''%C3; filename*1*=%96z.pdf", u"Öz.pdf"_s);
    disposition("RFC 2047 in quotes", "filename=\"=?utf-8?Q?=C3=96z.pdf?=\"", u"Öz.pdf"_s);
    disposition("RFC 2047 in two words", "filename=\"=?utf-8?B?w5Y=?=\r\n =?utf-8?B?ei5wZGY=?=\"", u"Öz.pdf"_s);
    disposition("both forms", "filename=\"eski.pdf\"; filename*=UTF-8''%C4%B1.pdf", u"ı.pdf"_s);
    disposition("path", "filename=\"/etc/passwd\"", u"passwd"_s);
    disposition("Windows path", "filename=\"C:\\\\Users\\\\x\\\\a.pdf\"", u"a.pdf"_s);
    disposition("parent folders", "filename=\"..\\\\..\\\\a.pdf\"", u"a.pdf"_s);
    disposition("encoded slashes", "filename*=UTF-8''..%2F..%2Fa.pdf", u"a.pdf"_s);
    disposition("only dots", "filename=\"..\"", u"part-2.pdf"_s);
    disposition("hidden", "filename=\".bashrc\"", u"bashrc"_s);
    disposition("trailing dots and spaces", "filename=\"a.exe. . \"", u"a.exe"_s);
    disposition("device", "filename=con.txt", u"_con.txt"_s);
    disposition("device without extension", "filename=LPT1", u"_LPT1"_s);
    disposition("like a device", "filename=console.txt", u"console.txt"_s);
    disposition("forbidden characters", "filename=\"a<b>:\\\"c|d?*.pdf\"", u"a_b___c_d__.pdf"_s);
    disposition("direction override", "filename*=UTF-8''fatura%E2%80%AEfdp.exe", u"faturafdp.exe"_s);
    disposition("zero-width space", "filename*=UTF-8''a%E2%80%8B.exe", u"a.exe"_s);
    disposition("far away extension", "filename=\"a.pdf                                      .exe\"", u"a.pdf .exe"_s);
    disposition("NUL", "filename*=UTF-8''a%00b.pdf", u"a"_s);
    disposition("line break", "filename*=UTF-8''a%0D%0ABcc%3A%20x.pdf", u"aBcc_ x.pdf"_s);
    disposition("line separator", "filename*=UTF-8''a%E2%80%A8b.pdf", u"a b.pdf"_s);
    disposition("decomposed", "filename*=UTF-8''o%CC%88z.pdf", u"öz.pdf"_s);
    disposition("300 characters", "filename=\"" + QByteArray(300, 'x') + ".pdf\"", QString(196, u'x') + u".pdf"_s);
    disposition("300 letters of two bytes", "filename=\"" + QByteArray("ş").repeated(300) + ".pdf\"",
        QString(98, u'ş') + u".pdf"_s);
    disposition(
        "long device", "filename=\"con." + QByteArray("x").repeated(300) + '"', u"_con."_s + QString(195, u'x'));
    disposition("none", "x=y", u"part-2.pdf"_s);
    QTest::newRow("only a name on the type")
        << QByteArray("Content-Type: application/pdf; name=\"=?iso-8859-9?Q?=FD?=.pdf\"") << u"ı.pdf"_s;
    QTest::newRow("disposition wins") << QByteArray(
        "Content-Type: application/pdf; name=a.exe\r\nContent-Disposition: attachment; filename=b.pdf")
                                      << u"b.pdf"_s;
    QTest::newRow("nothing at all") << QByteArray("Content-Type: application/octet-stream") << u"part-2"_s;
    QTest::newRow("long subject") << QByteArray("Content-Type: message/rfc822\r\n\r\nSubject: " + QByteArray(300, 'x'))
                                  << QString(196, u'x') + u".eml"_s;
    QTest::newRow("unknown type") << QByteArray("Content-Type: x-foo/x-bar") << u"part-2"_s;
}

void MessageBodyTest::fileNamesAreSafe()
{
    QFETCH(QByteArray, fields);
    QFETCH(QString, expected);
    const MessageBody body = parseMessage(multipart("mixed", {plain, part(fields, "x")}));
    QCOMPARE(names(body), QStringList{expected});
    QVERIFY(body.attachments[0].fileName.toUtf8().size() <= 200);
}

// M04
void MessageBodyTest::nestingBombs_data()
{
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("readable");
    for (const int depth : {1, 50, 100, 101, 1000, 5000, 50'000})
        QTest::addRow("%d", depth) << depth << (depth <= 100);
}

void MessageBodyTest::nestingBombs()
{
    QFETCH(int, depth);
    QFETCH(bool, readable);
    QByteArray multiparts;
    QByteArray messages;
    for (int i = 0; i < depth; ++i) {
        multiparts += "Content-Type: multipart/mixed; boundary=b" + QByteArray::number(i) + "\r\n\r\n--b"
            + QByteArray::number(i) + "\r\n";
        messages += "Content-Type: message/rfc822\r\n\r\n";
    }
    ProcessorTime timer;
    timer.start();
    const MessageBody body = parseMessage(multiparts + "\r\ndeep");
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(body.incomplete, !readable);
    QCOMPARE(body.text.contains("deep"_L1), readable);

    timer.start();
    const QByteArray raw = messages + "Subject: deep\r\n\r\nx";
    const MessageBody outer = parseMessage(raw);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(outer.attachments.size(), 1);
    QCOMPARE(outer.attachments[0].mediaType, "message/rfc822");
    QCOMPARE(outer.attachments[0].size, raw.size() - qsizetype(qstrlen("Content-Type: message/rfc822\r\n\r\n")));
}

// M05
void MessageBodyTest::wideBombs_data()
{
    QTest::addColumn<QByteArray>("raw");
    const QByteArray type = "multipart/mixed; boundary=b";
    QTest::newRow("100,000 empty parts") << withType(type, QByteArray("--b\r\n\r\n").repeated(100'000));
    QTest::newRow("a million delimiters") << withType(type, QByteArray("--b\n").repeated(1'000'000));
    QTest::newRow("a million lines that are none") << withType(type, QByteArray("--x\n").repeated(1'000'000));
    QTest::newRow("a million fields") << QByteArray("X: y\r\n").repeated(1'000'000) + "\r\nbody";
    QTest::newRow("one field of 50 MB") << QByteArray("Subject: " + QByteArray(50'000'000, 'x') + "\r\n\r\nbody");
    QTest::newRow("100,000 pieces of a name") << [] {
        QByteArray name = "Content-Disposition: attachment";
        for (int i = 0; i < 100'000; ++i)
            name += ";\r\n filename*" + QByteArray::number(i) + "=x";
        return QByteArray(name + "\r\n\r\nbody");
    }();
    QTest::newRow("10 MB of encoded words")
        << QByteArray("Subject: " + QByteArray("=?utf-8?Q?=C4=B1?= ").repeated(500'000) + "\r\n\r\nbody");
    QTest::newRow("100 open multiparts and a million lines") << [] {
        QByteArray raw;
        for (int i = 0; i < 100; ++i)
            raw += "Content-Type: multipart/mixed; boundary=b" + QByteArray::number(i) + "\r\n\r\n--b"
                + QByteArray::number(i) + "\r\n";
        return QByteArray(raw + "\r\n" + QByteArray("--c\n").repeated(1'000'000));
    }();
    QTest::newRow("10,000 parts with a file") << withType(type,
        QByteArray("--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n")
            .repeated(10'000));
    QTest::newRow("20 MB of text") << withType("text/plain", QByteArray("some words of text\r\n").repeated(1'000'000));
    QTest::newRow("20 MB of tags") << withType("text/html", QByteArray("<div>").repeated(4'000'000));
}

void MessageBodyTest::wideBombs()
{
    QFETCH(QByteArray, raw);
    ProcessorTime timer;
    timer.start();
    const MessageBody body = parseMessage(raw);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(body.attachments.size() <= 10'000);
    QVERIFY(body.text.size() <= maxBodyText);
    QVERIFY(body.envelope.subject.size() <= 64 * 1024);
}

// Mails are read on worker threads, several at a time.
void MessageBodyTest::threadsDoNotDisturbOneAnother()
{
    const QDir folder(QStringLiteral(POSTACI_TEST_DATA "/mail"));
    QList<QByteArray> mails;
    for (const QString &name : folder.entryList({u"*.eml"_s}))
        mails.append(fileContent(folder.filePath(name)));
    const auto readAll = [&mails] {
        QStringList seen;
        for (const QByteArray &mail : std::as_const(mails)) {
            const MessageBody body = parseMessage(mail);
            seen.append(body.envelope.subject + body.text + names(body).join(u' '));
        }
        return seen;
    };
    const QStringList expected = readAll();
    QVERIFY(!expected.isEmpty());
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round)
                wrong += readAll() != expected;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(MessageBodyTest)
#include "test_messagebody.moc"
