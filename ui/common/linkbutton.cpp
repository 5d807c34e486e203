// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/linkbutton.h"

#include <QEvent>

namespace postaci {

LinkButton::LinkButton(QWidget *parent)
    : QPushButton(parent)
{
    setFlat(true);
    setAutoDefault(false);
    setCursor(Qt::PointingHandCursor);
    updateColour();
}

void LinkButton::updateColour()
{
    const QColor link = palette().color(QPalette::Active, QPalette::Link);
    QPalette changed = palette();
    if (changed.color(QPalette::Active, QPalette::ButtonText) == link)
        return;
    changed.setColor(QPalette::Active, QPalette::ButtonText, link);
    changed.setColor(QPalette::Inactive, QPalette::ButtonText, link);
    setPalette(changed);
}

void LinkButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateColour();
}

} // namespace postaci
