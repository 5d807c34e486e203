// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/wizardpage.h"

#include <QEvent>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

namespace postaci {

WizardPage::WizardPage(QWidget *parent)
    : QScrollArea(parent)
    , m_title(new QLabel)
    , m_intro(new QLabel)
    , m_body(new QVBoxLayout)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    for (QLabel *label : {m_title, m_intro}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(gap() / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_intro);
    layout->addSpacing(gap() / 2);
    m_body->setSpacing(gap() / 2);
    layout->addLayout(m_body, 1);
    setWidget(content);
    // The page lies on the window, not on a sheet of its own.
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    updateFonts();
}

QSize WizardPage::sizeHint() const
{
    // A scroll area wants no more than a few lines by itself; this one wants its content.
    return widget()->sizeHint();
}

QString WizardPage::title() const
{
    return m_title->text();
}

int WizardPage::gap() const
{
    return fontMetrics().height();
}

void WizardPage::setHead(const QString &title, const QString &intro)
{
    m_title->setText(title);
    m_intro->setText(intro);
    m_intro->setVisible(!intro.isEmpty());
    setAccessibleName(title);
}

QLabel *WizardPage::plainLabel(bool quiet)
{
    auto *label = new QLabel(widget());
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (quiet)
        label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QBoxLayout *WizardPage::makeHalves()
{
    m_halves = new QBoxLayout(QBoxLayout::LeftToRight);
    m_halves->setSpacing(gap() * 2);
    return m_halves;
}

void WizardPage::arrangeHalves()
{
    if (!m_halves)
        return;
    constexpr int enough = 60; // Characters.
    const bool narrow = viewport()->width() < enough * fontMetrics().averageCharWidth();
    m_halves->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void WizardPage::updateFonts()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
}

void WizardPage::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::FontChange)
        updateFonts();
}

void WizardPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrangeHalves();
    // What does not fit can be read with the arrow keys too.
    setFocusPolicy(verticalScrollBar()->maximum() > 0 ? Qt::TabFocus : Qt::NoFocus);
}

} // namespace postaci
