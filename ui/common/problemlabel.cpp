// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/problemlabel.h"

#include <QEvent>

namespace postaci {

ProblemLabel::ProblemLabel(QWidget &field, QWidget *parent)
    : QLabel(parent)
    , m_field(field)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    updateColour();
    hide();
}

void ProblemLabel::setProblem(const QString &text)
{
    setText(text);
    setVisible(!text.isEmpty());
    m_field.setAccessibleDescription(text);
}

void ProblemLabel::updateColour()
{
    const QColor wanted = palette().color(QPalette::Window).lightness() < 128 ? QColor(0xff8a80) : QColor(0xb3261e);
    QPalette changed = palette();
    if (changed.color(QPalette::WindowText) == wanted)
        return;
    changed.setColor(QPalette::WindowText, wanted);
    setPalette(changed);
}

void ProblemLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateColour();
}

} // namespace postaci
