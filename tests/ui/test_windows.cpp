// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/uitest.h"
#include "ui/common/icons.h"
#include "ui/common/language.h"
#include "ui/composer/composer.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/folderpane.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/messagelist/messagelistview.h"
#include "ui/preferences/preferencesdialog.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleHints>
#include <QTest>
#include <QTextBrowser>
#include <QTextEdit>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

QByteArray mail(const QByteArray &from, const QByteArray &subject, const QByteArray &date, const QByteArray &rest)
{
    return "From: " + from + "\r\nTo: =?utf-8?q?Ay=C5=9Fe_I=C5=9F=C4=B1k?= <ayse@example.org>\r\nSubject: " + subject
        + "\r\nDate: " + date + "\r\nMessage-ID: <" + QByteArray::number(qHash(subject))
        + "@example.org>\r\nMIME-Version: 1.0\r\n" + rest;
}

const QByteArray plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";

void fillMailbox(StoreFixture &f)
{
    f.addFolder(u"Sent"_s, FolderRole::Sent);
    f.addFolder(u"Trash"_s, FolderRole::Trash);
    f.addFolder(u"Junk"_s, FolderRole::Junk);
    f.addFolder(u"Projeler"_s);
    f.addFolder(u"Projeler/Sözleşmeler"_s);
    const QDateTime now = QDateTime::currentDateTime();
    const auto date = [&now](int hours) { return now.addSecs(-3600 * hours).toString(Qt::RFC2822Date).toUtf8(); };
    addMessage(f, f.inbox, 1,
        mail("Mehmet Demir <mehmet@example.com>", "Toplant\xc4\xb1 notlar\xc4\xb1", date(400), plain + "Merhaba,\r\n"),
        Flag::Seen | Flag::Answered);
    addMessage(f, f.inbox, 2,
        mail("GitHub <noreply@example.com>", "[postaci] Build passed on main", date(120), plain + "ok\r\n"),
        Flag::Seen);
    addMessage(f, f.inbox, 3,
        mail("Elif Kaya <elif@example.net>", "Hafta sonu plan\xc4\xb1", date(72), plain + "Selam,\r\n"),
        Flag::Seen | Flag::Flagged);
    addMessage(f, f.inbox, 4,
        mail("\"\xc4\xb0"
             "brahim \xc3\x87"
             "elik\" <ibrahim@example.org>",
            "Fatura 2025/114 hakk\xc4\xb1nda uzun bir konu sat\xc4\xb1r\xc4\xb1 ki s\xc4\xb1\xc4\x9fmas\xc4\xb1n",
            date(30),
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            "<p>Merhaba Ay\xc5\x9f"
            "e Han\xc4\xb1m,</p><p>Ekte faturay\xc4\xb1 bulabilirsiniz. <b>Son \xc3\xb6"
            "deme tarihi</b> "
            "<a href=\"https://example.org/odeme\">burada</a>.</p><img "
            "src=\"https://tracker.example/p.gif\"><blockquote type=cite><p>\xc3\x96nceki mesaj "
            "burada.</p></blockquote>"
            "<table border=1><tr><th>Kalem</th><th>Tutar</th></tr><tr><td>Bak\xc4\xb1m</td><td>1.250,00 "
            "TL</td></tr></table>\r\n"
            "--b\r\nContent-Type: application/pdf; name=\"fatura.pdf\"\r\nContent-Disposition: attachment; "
            "filename=\"fatura.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n"
            "--b\r\nContent-Type: application/octet-stream; name=\"kur.exe\"\r\nContent-Disposition: attachment; "
            "filename=\"kur.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAAEAAAA\r\n--b--\r\n"));
    addMessage(f, f.inbox, 5,
        mail("Zeynep Arslan <zeynep@example.com>", "Re: Tasar\xc4\xb1m \xc3\xb6nerisi", date(2),
            plain
                + "Merhaba Ay\xc5\x9f"
                  "e,\r\n\r\nYeni tasla\xc4\x9f\xc4\xb1 https://example.org/taslak adresine koydum; bakabilir "
                  "misin?\r\n\r\n"
                  "Sevgiler\r\nZeynep\r\n\r\n> Ayşe Işık yazdı:\r\n> Merhaba Zeynep,\r\n>\r\n>> Daha eski bir "
                  "satır\r\n> nas\xc4\xb1l gidiyor?\r\n"));
    addMessage(f, f.inbox, 6,
        mail("Ahmet Y\xc4\xb1lmaz <ahmet@example.org>",
            "Ak\xc5\x9f"
            "am yeme\xc4\x9fi",
            date(1),
            plain
                + "Bu ak\xc5\x9f"
                  "am m\xc3\xbcsait misin?\r\n"));
}

/// Palettes by hand: the offscreen platform has one only.
void setDark(bool dark)
{
    QPalette palette = QApplication::style()->standardPalette();
    if (dark) {
        palette = QPalette(QColor(0x31363b));
        palette.setColor(QPalette::Base, QColor(0x232629));
        palette.setColor(QPalette::AlternateBase, QColor(0x2a2e32));
        palette.setColor(QPalette::Highlight, QColor(0x3daee9));
        palette.setColor(QPalette::Link, QColor(0x1d99f3));
        palette.setColor(QPalette::PlaceholderText, QColor(0xa1a9b1));
        for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
            palette.setColor(QPalette::Disabled, role, QColor(0x6e7275));
    }
    QApplication::setPalette(palette);
}

/// Kept as pictures for the eye when POSTACI_SCREENSHOTS names a folder.
void keep(QWidget *window, const QString &name)
{
    const QString folder = qEnvironmentVariable("POSTACI_SCREENSHOTS");
    if (!folder.isEmpty())
        QVERIFY(window->grab().save(QDir(folder).filePath(name + u".png"_s)));
}

QString spokenName(QWidget *widget)
{
    const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

} // namespace

class TestWindows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void iconsAreThereWithoutTheDesktopsOwn();
    void everyWindowIsReadable_data();
    void everyWindowIsReadable();

private:
    void check(QWidget *window, const QString &name);
};

void TestWindows::initTestCase()
{
    QCoreApplication::setApplicationName(u"Postaci"_s);
    QFont font(u"Inter"_s);
    font.setPointSizeF(10);
    QApplication::setFont(font);
    setUpIcons();
}

/// GNOME names a theme that has few of them, and a fall-back that nobody has any more.
void TestWindows::iconsAreThereWithoutTheDesktopsOwn()
{
    const QString theme = QIcon::themeName();
    QIcon::setThemeName(u"of-a-desktop-that-is-not-here"_s);
    QIcon::setFallbackThemeName(u"gnome"_s);
    QVERIFY(themeIcon(u"mail-message-new"_s).isNull());
    setUpIcons();
    QVERIFY(!themeIcon(u"mail-message-new"_s).isNull());
    QIcon::setThemeName(theme);
}

void TestWindows::everyWindowIsReadable_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("scale");
    QTest::newRow("English") << u"en"_s << false << 100;
    QTest::newRow("Turkish") << u"tr"_s << false << 100;
    QTest::newRow("Turkish, dark") << u"tr"_s << true << 100;
    QTest::newRow("Turkish, type twice as large") << u"tr"_s << false << 200;
}

/// What a screen reader needs is there, and no text is cut.
void TestWindows::check(QWidget *window, const QString &name)
{
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window));
    keep(window, QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'_').remove(u',') + u'-' + name);
    for (QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != window)
            continue;
        const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
            || qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractItemView *>(widget)
            || qobject_cast<QTextEdit *>(widget);
        const bool inner
            = widget->objectName().startsWith("qt_"_L1) || qobject_cast<QSpinBox *>(widget->parentWidget());
        if (control && !inner)
            QVERIFY2(!spokenName(widget).isEmpty(), qPrintable(name + u": no name: "_s + describe(*widget)));
        const auto *label = qobject_cast<QLabel *>(widget);
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const auto *tool = qobject_cast<QToolButton *>(widget);
        const bool text = (label && !label->text().isEmpty() && !label->wordWrap())
            || (button && !button->text().isEmpty() && !(tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly));
        if (text)
            QVERIFY2(widget->width() >= widget->minimumSizeHint().width(),
                qPrintable(name + u": cut: "_s + (label ? label->text() : button->text())));
    }
}

void TestWindows::everyWindowIsReadable()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QFETCH(int, scale);
    const QFont font = QApplication::font();
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * scale / 100);
    QApplication::setFont(scaled);
    setDark(dark);

    UiFixture f;
    fillMailbox(f);
    f.settings.setValue(Setting::Language, language);
    const Language translations(f.settings);

    MainWindow window(f.store, f.engine, f.settings);
    window.resize(QSize(1280, 760) * scale / 100);
    window.show();
    auto *list = window.findChild<MessageListView *>();
    QTRY_COMPARE(list->model()->rowCount(), 6);
    list->setCurrentIndex(list->model()->index(1, 0));
    auto *body = window.findChild<QTextBrowser *>();
    QTRY_VERIFY(body->toPlainText().contains(u"Zeynep"_s));
    check(&window, u"main"_s);
    list->setCurrentIndex(list->model()->index(2, 0));
    QTRY_VERIFY(body->toPlainText().contains(u"faturay"_s));
    check(&window, u"main-html"_s);
    auto *pane = window.findChild<FolderPane *>();
    pane->setCurrentPlace({.kind = Place::Kind::Outbox});
    check(&window, u"outbox"_s);

    {
        const auto accounts = fromStore(f.store, [](const Tables &tables) { return tables.accounts.all(); });
        auto *composer = new Composer(f.engine, f.settings, accounts,
            {.account = f.account,
                .to = {{u"Zeynep Arslan"_s, u"zeynep@example.com"_s}},
                .cc = {{u""_s, u"a@b.tr"_s}},
                .subject = u"Re: Tasarım önerisi"_s,
                .text = u"Merhaba,\n\nSevgiler"_s,
                .attachments = {{u"Özgeçmiş ığüşöç.pdf"_s, "application/pdf", QByteArray(120000, 'x')}}});
        composer->resize(QSize(760, 560) * scale / 100);
        check(composer, u"composer"_s);
        delete composer;
    }
    {
        FolderModel folders(f.store);
        folders.load();
        QTRY_COMPARE(folders.accounts().size(), 1);
        PreferencesDialog preferences(f.engine, f.settings, folders);
        preferences.setAttribute(Qt::WA_DeleteOnClose, false);
        check(&preferences, u"preferences"_s);
    }
    window.close();
    QApplication::setFont(font);
}

QTEST_MAIN(TestWindows)
#include "test_windows.moc"
