// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/language.h"

#include "core/settings/settings.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Keys are called what is printed on them. Qt writes them out in Turkish: "Kontrol+Üst Karakter+N".
[[maybe_unused]] constexpr const char *keys[] = {
    QT_TRANSLATE_NOOP("QShortcut", "Ctrl"),
    QT_TRANSLATE_NOOP("QShortcut", "Shift"),
    QT_TRANSLATE_NOOP("QShortcut", "Alt"),
    QT_TRANSLATE_NOOP("QShortcut", "Del"),
};

} // namespace

Language::Language(Settings &settings, QObject *parent)
    : QObject(parent)
{
    apply(settings.value(Setting::Language).toString());
    connect(&settings, &Settings::changed, this, [this, &settings](Setting setting) {
        if (setting == Setting::Language)
            apply(settings.value(setting).toString());
    });
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_qt);
    QCoreApplication::removeTranslator(&m_program);
}

void Language::apply(const QString &language)
{
    const QLocale system = QLocale::system();
    const bool turkish = language.isEmpty() ? system.language() == QLocale::Turkish : language == "tr"_L1;
    const QLocale::Language wanted = turkish ? QLocale::Turkish : QLocale::English;
    // Dates and numbers in the chosen language, by the habits of the user's country where they are known.
    QLocale::setDefault(wanted == system.language() ? system : QLocale(wanted));

    QCoreApplication::removeTranslator(&m_qt);
    QCoreApplication::removeTranslator(&m_program);
    const QString code = turkish ? u"tr"_s : u"en"_s;
    // The one that is installed last is asked first.
    if (m_qt.load(u"qtbase_"_s + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    // English has a file too: it holds the plural forms.
    if (m_program.load(u":/i18n/postaci_"_s + code))
        QCoreApplication::installTranslator(&m_program);
}

} // namespace postaci
