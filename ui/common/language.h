// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTranslator>

namespace postaci {

class Settings;

/// The language of everything the user sees. Installs the translations (the program's and Qt's own) that
/// Setting::Language asks for, and swaps them while the program runs: every widget then gets
/// QEvent::LanguageChange. Made right after the QApplication, before the first window; ui thread.
class Language : public QObject {
    Q_OBJECT

public:
    explicit Language(Settings &settings, QObject *parent = nullptr);
    ~Language() override;

    /// Switches now; "en", "tr", or empty for the system's. Called by itself when the setting changes.
    void apply(const QString &language);

private:
    QTranslator m_program;
    QTranslator m_qt;
};

} // namespace postaci
