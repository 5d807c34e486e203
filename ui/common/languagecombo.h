// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QComboBox>

namespace postaci {

class Settings;

/// English, Türkçe, or the system's language. Choosing one switches the program at once and is remembered.
class LanguageCombo : public QComboBox {
    Q_OBJECT

public:
    explicit LanguageCombo(Settings &settings, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
};

} // namespace postaci
