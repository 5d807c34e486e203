// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/uitest.h"
#include "ui/common/icons.h"
#include "ui/common/readablecolours.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QHash>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTest>
#include <QTextDocument>

#include <algorithm>

namespace postaci {

/// Palettes by hand: the offscreen platform has one only.
inline void setDark(bool dark)
{
    QPalette palette = QApplication::style()->standardPalette();
    if (dark) {
        palette = QPalette(QColor(0x31363b));
        palette.setColor(QPalette::Base, QColor(0x232629));
        palette.setColor(QPalette::AlternateBase, QColor(0x2a2e32));
        palette.setColor(QPalette::Highlight, QColor(0x3daee9));
        // What Qt makes of a dark theme that does not mention them.
        palette.setColor(QPalette::Link, QColor(0x0000ff));
        palette.setColor(QPalette::PlaceholderText, QColor(0, 0, 0, 128));
        for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
            palette.setColor(QPalette::Disabled, role, QColor(0x6e7275));
    }
    QApplication::setPalette(palette);
}

/// A widget's text as it is painted: without markup and mnemonics.
inline QString paintedText(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (label->textFormat() != Qt::RichText)
            return label->text();
        QTextDocument document;
        document.setHtml(label->text());
        return document.toPlainText();
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return button->text().remove(u'&');
    if (const auto *box = qobject_cast<const QComboBox *>(&widget))
        return box->currentText();
    return {};
}

/// The colour that the widget's text stands on: most of what was painted there. Similar ones count as one, since
/// buttons are painted in shades.
inline QColor backOf(const QWidget &widget, const QImage &window)
{
    struct Shade {
        int count = 0;
        QColor first;
    };
    const QRect place = widget.visibleRegion().boundingRect().translated(widget.mapTo(widget.window(), QPoint()));
    QHash<int, Shade> shades;
    const QRect seen = place & window.rect();
    for (int y = seen.top(); y <= seen.bottom(); ++y) {
        for (int x = seen.left(); x <= seen.right(); ++x) {
            const QColor colour = window.pixelColor(x, y);
            Shade &shade = shades[(colour.red() / 32 * 8 + colour.green() / 32) * 8 + colour.blue() / 32];
            ++shade.count;
            if (!shade.first.isValid())
                shade.first = colour;
        }
    }
    const auto most = std::max_element(
        shades.cbegin(), shades.cend(), [](const Shade &a, const Shade &b) { return a.count < b.count; });
    return most == shades.cend() ? widget.palette().color(QPalette::Window) : most->first;
}

/// Why some of the widget's text cannot be seen; empty: all of it can. In a very `narrow` window a host name may be
/// wider than its column: then the page scrolls sideways.
inline QString cutText(const QWidget &widget, bool narrow)
{
    using namespace Qt::StringLiterals;
    const QString text = paintedText(widget);
    if (text.isEmpty())
        return {};
    const auto *label = qobject_cast<const QLabel *>(&widget);
    if (label && label->wordWrap()) {
        if (widget.height() < label->heightForWidth(widget.width()))
            return u"too low"_s;
        static const QRegularExpression gaps(u"\\s+"_s);
        for (const QString &word : text.split(gaps)) {
            if (!narrow && widget.fontMetrics().horizontalAdvance(word) > label->contentsRect().width())
                return u"word too long: "_s + word;
        }
        return {};
    }
    if (const auto *box = qobject_cast<const QComboBox *>(&widget)) {
        QStyleOptionComboBox option;
        option.initFrom(box);
        const int room
            = box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box).width();
        const int wanted = box->fontMetrics().horizontalAdvance(text);
        return room < wanted && !narrow ? u"%1 of %2"_s.arg(room).arg(wanted) : QString();
    }
    const QSize needed = label ? label->sizeHint() : widget.minimumSizeHint();
    if (widget.width() < needed.width() || widget.height() < needed.height())
        return u"%1x%2 of %3x%4"_s.arg(widget.width()).arg(widget.height()).arg(needed.width()).arg(needed.height());
    return {};
}

/// Whether the widget lies wholly within what can be seen or scrolled to.
inline bool reaches(const QWidget &widget, bool narrow)
{
    bool scrolls = false;
    for (const QWidget *parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
        const QRect in(widget.mapTo(parent, QPoint()), widget.size());
        const auto *area = qobject_cast<const QScrollArea *>(parent->parentWidget());
        // What can be scrolled to is not cut.
        scrolls = scrolls || (area && area->viewport() == parent);
        const bool aside = in.left() < 0 || in.right() > parent->rect().right();
        if ((aside && !(scrolls && narrow)) || (!scrolls && (in.top() < 0 || in.bottom() > parent->rect().bottom())))
            return false;
        if (parent->isWindow())
            break;
    }
    return true;
}

/// A test that takes pictures of windows, for the eye, and checks on each that no text is cut, out of sight or pale and
/// that every control has a name. The pictures are kept in build/PRESET/tests/ui/screens.
class ScreenTest : public QObject {
protected:
    bool prepare()
    {
        QFont font(QStringLiteral("Inter"));
        font.setPointSizeF(10);
        QApplication::setFont(font);
        setUpIcons();
        keepColoursReadable();
        m_folder = qEnvironmentVariable("POSTACI_SCREENSHOTS", QDir::current().filePath(QStringLiteral("screens")));
        return QDir().mkpath(m_folder);
    }

    bool keepPicture(QWidget &window, const QString &name)
    {
        using namespace Qt::StringLiterals;
        QString tag = QString::fromLatin1(QTest::currentDataTag());
        const QString file = tag.replace(u", "_s, u"-"_s).replace(u' ', u'_') + u'-' + name + u".png"_s;
        ++m_pictures;
        return window.grab().save(QDir(m_folder).filePath(file));
    }

    /// A window, or what of it there is to look at.
    void check(QWidget &part, const QString &name)
    {
        using namespace Qt::StringLiterals;
        QWidget &window = *part.window();
        if (!window.isVisible()) {
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
        }
        // Labels that wrap are laid out twice: their width first, the height that follows from it then.
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QVERIFY(keepPicture(window, name));
        const QImage painted = window.grab().toImage();
        int texts = 0;
        for (QWidget *widget : part.findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->window() != &window)
                continue;
            const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
                || qobject_cast<QComboBox *>(widget);
            const bool inner = widget->objectName().startsWith("qt_"_L1) || widget->parentWidget()->inherits("QSpinBox")
                || widget->parentWidget()->inherits("QLineEdit");
            if (control && !inner) {
                const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(),
                    qPrintable(name + u": no name: "_s + describe(*widget)));
            }
            if (inner || paintedText(*widget).isEmpty())
                continue;
            ++texts;
            if (widget->isEnabled()) {
                const double contrast
                    = contrastOn(backOf(*widget, painted), widget->palette().color(widget->foregroundRole()));
                QVERIFY2(contrast >= 4.5,
                    qPrintable(u"%1: contrast %2: %3"_s.arg(name).arg(contrast).arg(paintedText(*widget))));
            }
            const QString cut = cutText(*widget, m_narrow);
            QVERIFY2(cut.isEmpty(), qPrintable(u"%1: cut (%2): %3"_s.arg(name, cut, paintedText(*widget))));
            QVERIFY2(reaches(*widget, m_narrow), qPrintable(u"%1: out of sight: %2"_s.arg(name, paintedText(*widget))));
        }
        QVERIFY2(texts >= 2, qPrintable(name));
    }

    QString m_folder;
    int m_pictures = 0;
    bool m_narrow = false; ///< The window is: see cutText().
};

} // namespace postaci
