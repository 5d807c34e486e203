// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/passwordedit.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace postaci {

PasswordEdit::PasswordEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_show(addAction(QIcon(), QLineEdit::TrailingPosition))
{
    setEchoMode(Password);
    m_show->setCheckable(true);
    connect(m_show, &QAction::toggled, this, &PasswordEdit::update);
    // Reached by Tab like any button; the line's own action buttons are not.
    showButton()->setFocusPolicy(Qt::TabFocus);
    update();
}

QWidget *PasswordEdit::showButton() const
{
    return findChild<QToolButton *>();
}

void PasswordEdit::update()
{
    const bool shown = m_show->isChecked();
    setEchoMode(shown ? Normal : Password);
    m_show->setIcon(themeIcon(shown ? u"password-show-off"_s : u"password-show-on"_s));
    m_show->setText(shown ? tr("Hide password") : tr("Show password"));
}

void PasswordEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        update();
}

} // namespace postaci
