// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/infobar.h"

#include "ui/common/icons.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

QColor colourOf(InfoBar::Kind kind, const QPalette &palette)
{
    switch (kind) {
    case InfoBar::Kind::Information:
        return palette.color(QPalette::Highlight);
    case InfoBar::Kind::Warning:
        return QColor(0xf0a020);
    case InfoBar::Kind::Error:
        return QColor(0xda4453);
    }
    Q_UNREACHABLE_RETURN({});
}

QString iconOf(InfoBar::Kind kind)
{
    switch (kind) {
    case InfoBar::Kind::Information:
        return u"dialog-information"_s;
    case InfoBar::Kind::Warning:
        return u"dialog-warning"_s;
    case InfoBar::Kind::Error:
        return u"dialog-error"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

InfoBar::InfoBar(QWidget *parent)
    : QFrame(parent)
    , m_layout(new QHBoxLayout(this))
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_details(new QLabel(this))
{
    for (QLabel *label : {m_text, m_details}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_details->setForegroundRole(QPalette::PlaceholderText);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addWidget(m_text);
    lines->addWidget(m_details);
    m_layout->addWidget(m_icon, 0, Qt::AlignVCenter);
    m_layout->addLayout(lines, 1);
    // As high as its lines need at its width: a fixed height would cut what wraps.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void InfoBar::show(Kind kind, const QString &text, const QString &details)
{
    const bool news = !isVisible() || m_text->text() != text;
    m_kind = kind;
    m_text->setText(text);
    m_details->setText(details);
    m_details->setVisible(!details.isEmpty());
    setAccessibleName(details.isEmpty() ? text : text + u' ' + details);
    updateLook();
    QFrame::show();
    if (news) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void InfoBar::addButton(QWidget *button)
{
    m_layout->addWidget(button, 0, Qt::AlignVCenter);
}

QString InfoBar::text() const
{
    return m_text->text();
}

void InfoBar::updateLook()
{
    const int size = textIconSide(*m_text) * 3 / 2;
    m_icon->setPixmap(themeIcon(iconOf(m_kind)).pixmap(QSize(size, size), devicePixelRatioF()));
    update();
}

void InfoBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::FontChange)
        updateLook();
}

void InfoBar::paintEvent(QPaintEvent *)
{
    QColor colour = colourOf(m_kind, palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colour);
    colour.setAlphaF(0.15F);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(contentsRect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

} // namespace postaci
