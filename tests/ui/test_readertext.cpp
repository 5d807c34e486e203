// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/processortime.h"
#include "ui/common/avatar.h"
#include "ui/common/messagetext.h"
#include "ui/reader/attachmentsafety.h"
#include "ui/reader/bodyview.h"
#include "ui/reader/plaintext.h"

#include <QFile>
#include <QLocale>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestReaderText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesHaveADepth_data();
    void quotesHaveADepth();
    void plainTextIsEscapedAndLinked();
    void plainTextOfAnyLengthIsQuick();
    void nameThatPretendsToBeAnAddressIsNotShownAlone();
    void directionCharactersAreTakenOut();
    void initialsFollowTheLanguage();
    void datesAreShortWhereTheyCanBe();
    void dangerousFilesAreOnlySaved_data();
    void dangerousFilesAreOnlySaved();
    void savedFilesGetFreeNames();
    void bodyViewLoadsNothingButItsOwnPictures();
    void linksAreShownInFull();
};

void TestReaderText::quotesHaveADepth_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("depth");
    QTest::newRow("none") << u"a > b"_s << 0;
    QTest::newRow("one") << u"> a"_s << 1;
    QTest::newRow("three") << u">> > a"_s << 3;
    QTest::newRow("bare") << u">"_s << 1;
    QTest::newRow("indented") << u" > a"_s << 0;
    QTest::newRow("mbox") << u">From here on"_s << 0;
}

void TestReaderText::quotesHaveADepth()
{
    QFETCH(QString, line);
    QTEST(quoteDepth(line), "depth");
}

void TestReaderText::plainTextIsEscapedAndLinked()
{
    const QString html
        = plainTextToHtml(u"<script>alert(1)</script> & https://example.org/a?b=1&c=2.\n> <b>x</b> mail@example.org"_s,
            {QColor(Qt::blue)});
    QVERIFY(!html.contains(u"<script"_s));
    QVERIFY(!html.contains(u"<b>"_s));
    QVERIFY(html.contains(u"&lt;script&gt;"_s));
    QVERIFY(html.contains(u"href=\"https://example.org/a?b=1&amp;c=2\""_s)
        || html.contains(u"href=\"https://example.org/a?b=1&c=2\""_s));
    QVERIFY(html.contains(u"color:#0000ff"_s));
    QVERIFY(html.contains(u"mailto:mail@example.org"_s));
}

void TestReaderText::plainTextOfAnyLengthIsQuick()
{
    QString text;
    for (int i = 0; i < 6'000; ++i)
        text += QString(i % 4, u'>') + u" satır %1 https://example.org/%1 a@example.org <>\n"_s.arg(i);
    ProcessorTime timer;
    timer.start();
    const QString html = plainTextToHtml(text, {QColor(Qt::blue)});
    QVERIFY(html.contains(u"https://example.org/5999"_s));
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    timer.start();
    QVERIFY(plainTextToHtml(QString(300'000, u'>'), {QColor(Qt::blue)}).size() > 300'000);
    QVERIFY(plainTextToHtml(QString(300'000, u'<'), {}).size() > 300'000);
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

// R13: the real address is always there.
void TestReaderText::nameThatPretendsToBeAnAddressIsNotShownAlone()
{
    const Address thief{u"destek@banka.example"_s, u"hirsiz@kotu.example"_s};
    QCOMPARE(shownName(thief), u"hirsiz@kotu.example"_s);
    QVERIFY(shownAddress(thief).contains(u"<hirsiz@kotu.example>"_s));
    QCOMPARE(shownName({u"Ayşe"_s, u"a@x.tr"_s}), u"Ayşe"_s);
    QCOMPARE(shownAddress({{}, u"a@x.tr"_s}), u"a@x.tr"_s);
}

void TestReaderText::directionCharactersAreTakenOut()
{
    QCOMPARE(harmless(u"fatura\u202Efdp.exe\u2066\u200F\r\n a\u0000b"_s), u"faturafdp.exe a"_s + u"b"_s);
    QCOMPARE(shownSubject({.subject = u" \u202E "_s}), u"(no subject)"_s);
}

void TestReaderText::initialsFollowTheLanguage()
{
    QLocale::setDefault(QLocale(QLocale::Turkish));
    QCOMPARE(initials({u"ibrahim çelik"_s, u"i@x.tr"_s}), u"İÇ"_s);
    QLocale::setDefault(QLocale(QLocale::English));
    QCOMPARE(initials({u"ian \"q\" oak"_s, u"i@x.tr"_s}), u"IO"_s);
    QCOMPARE(initials({{}, u"zed@x.tr"_s}), u"Z"_s);
    QCOMPARE(initials({}), QString());
    QLocale::setDefault(QLocale::c());
}

void TestReaderText::datesAreShortWhereTheyCanBe()
{
    QLocale::setDefault(QLocale(QLocale::Turkish, QLocale::Turkey));
    const QDateTime now(QDate(2025, 5, 20), QTime(12, 0), QTimeZone::UTC);
    QCOMPARE(shortDate(now.addSecs(-3600), now), u"11:00"_s);
    QVERIFY(shortDate(now.addDays(-2), now).endsWith(u"12:00"_s));
    QCOMPARE(shortDate(now.addDays(-40), now), u"10 Nis"_s);
    QVERIFY(shortDate(now.addYears(-2), now).contains(u"2023"_s));
    QCOMPARE(shortDate({}, now), QString());
    QLocale::setDefault(QLocale::c());
}

// R17
void TestReaderText::dangerousFilesAreOnlySaved_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("dangerous");
    QTest::newRow("pdf") << u"Özgeçmiş.pdf"_s << QByteArray("application/pdf") << false;
    QTest::newRow("jpeg") << u"a.jpg"_s << QByteArray("image/jpeg") << false;
    QTest::newRow("no suffix") << u"notlar"_s << QByteArray("text/plain") << false;
    QTest::newRow("exe") << u"a.EXE"_s << QByteArray("application/pdf") << true;
    QTest::newRow("capital I") << u"a.LİB.MSI"_s << QByteArray("image/png") << true;
    QTest::newRow("trailing dot and space") << u"a.exe. "_s << QByteArray("image/png") << true;
    QTest::newRow("double suffix") << u"fatura.pdf.js"_s << QByteArray("application/pdf") << true;
    QTest::newRow("desktop") << u"a.desktop"_s << QByteArray("text/plain") << true;
    QTest::newRow("html loads from the network") << u"a.html"_s << QByteArray("text/html") << true;
    QTest::newRow("by type") << u"a"_s << QByteArray("Application/X-Sh") << true;
    QTest::newRow("macro") << u"a.docm"_s << QByteArray("application/octet-stream") << true;
}

void TestReaderText::dangerousFilesAreOnlySaved()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, type);
    QTEST(isDangerous(name, type), "dangerous");
}

void TestReaderText::savedFilesGetFreeNames()
{
    const QTemporaryDir folder;
    const QString first = freePath(folder.path(), u"rapor.tar.gz"_s);
    QCOMPARE(first, folder.filePath(u"rapor.tar.gz"_s));
    QFile file(first);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(freePath(folder.path(), u"rapor.tar.gz"_s), folder.filePath(u"rapor.tar (2).gz"_s));
}

void TestReaderText::bodyViewLoadsNothingButItsOwnPictures()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"gizli.png"_s);
    QImage secret(4, 4, QImage::Format_RGB32);
    secret.fill(Qt::red);
    QVERIFY(secret.save(path));
    BodyView view;
    view.setMessage(u"<img src=\"cid:a@b\">"_s, {{u"a@b"_s, secret}});
    QCOMPARE(view.loadResource(QTextDocument::ImageResource, QUrl(u"cid:a@b"_s)).value<QImage>().size(), QSize(4, 4));
    QVERIFY(view.loadResource(QTextDocument::ImageResource, QUrl(u"cid:other"_s)).value<QImage>().isNull());
    for (const QUrl &url : {QUrl::fromLocalFile(path), QUrl(path), QUrl(u"qrc:/icons/postaci.svg"_s),
             QUrl(u":/icons/postaci.svg"_s), QUrl(u"http://127.0.0.1/a.png"_s)})
        QVERIFY2(!view.loadResource(QTextDocument::ImageResource, url).isValid(), qPrintable(url.toString()));
}

// R15
void TestReaderText::linksAreShownInFull()
{
    QCOMPARE(shownLink(QUrl(u"https://user@bank.example@evil.example/\u202Eabc"_s)).contains(u'\u202E'), false);
    QCOMPARE(shownLink(QUrl(u"https://аpple.com/"_s)).contains(u"xn--"_s), true);
    QVERIFY(shownLink(QUrl(u"https://example.org/"_s + QString(5'000, u'a'))).size() <= 2'000);
}

QTEST_MAIN(TestReaderText)
#include "test_readertext.moc"
