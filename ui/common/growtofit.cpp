// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/growtofit.h"

#include <QLayout>
#include <QWidget>

namespace postaci {

void growToFit(QWidget &window)
{
    QLayout *layout = window.layout();
    layout->activate();
    const int needed = layout->totalHeightForWidth(window.width());
    if (needed > window.height())
        window.resize(window.width(), needed);
}

} // namespace postaci
