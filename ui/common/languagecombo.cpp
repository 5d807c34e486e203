// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/languagecombo.h"

#include "core/settings/settings.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace postaci {

LanguageCombo::LanguageCombo(Settings &settings, QWidget *parent)
    : QComboBox(parent)
{
    // Each language in its own words: it must be found by whoever reads no other.
    addItem(tr("System language"), QString());
    addItem(u"English"_s, u"en"_s);
    addItem(u"Türkçe"_s, u"tr"_s);
    setCurrentIndex(qMax(0, findData(settings.value(Setting::Language).toString())));
    connect(this, &QComboBox::activated, this,
        [this, &settings] { settings.setValue(Setting::Language, currentData().toString()); });
    connect(&settings, &Settings::changed, this, [this, &settings](Setting setting) {
        if (setting == Setting::Language)
            setCurrentIndex(qMax(0, findData(settings.value(setting).toString())));
    });
}

void LanguageCombo::changeEvent(QEvent *event)
{
    QComboBox::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        setItemText(0, tr("System language"));
}

} // namespace postaci
