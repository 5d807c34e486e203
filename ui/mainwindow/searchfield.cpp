// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/searchfield.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
constexpr int pauseMilliseconds = 300;
}

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
{
    setClearButtonEnabled(true);
    m_icon = addAction(themeIcon(u"search"_s), LeadingPosition);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, &SearchField::announce);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            announce();
        else
            m_pause.start();
    });
    retranslate();
}

void SearchField::announce()
{
    m_pause.stop();
    const QString words = text().simplified();
    if (words == m_announced)
        return;
    m_announced = words;
    Q_EMIT searched(words);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        clear();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        announce();
        break;
    case Qt::Key_Down:
        break;
    default:
        QLineEdit::keyPressEvent(event);
        return;
    }
    Q_EMIT leftByKey();
}

void SearchField::retranslate()
{
    setPlaceholderText(tr("Search all mail"));
    setAccessibleName(tr("Search"));
    m_icon->setText(tr("Search"));
    // Qt gives its clear button no name.
    if (auto *clearAction = findChild<QAction *>(u"_q_qlineeditclearaction"_s))
        clearAction->setText(tr("End the search"));
}

void SearchField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
