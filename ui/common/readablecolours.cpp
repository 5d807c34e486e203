// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/readablecolours.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace postaci {

namespace {

/// WCAG's 4.5, and some more for the tinted bars.
constexpr double enough = 5.8;

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](float a, float b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(
        mix(one.redF(), other.redF()), mix(one.greenF(), other.greenF()), mix(one.blueF(), other.blueF()));
}

QColor painted(const QColor &colour, const QColor &back)
{
    return mixed(back, colour, colour.alphaF());
}

double luminance(const QColor &colour)
{
    const auto linear
        = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// The colour, moved towards the text's until it can be read.
QColor readable(const QColor &wanted, const QPalette &palette, QPalette::ColorGroup group)
{
    const QColor back = palette.color(group, QPalette::Window);
    const QColor base = palette.color(group, QPalette::Base);
    const QColor text = palette.color(group, QPalette::WindowText);
    const auto isReadable = [&](const QColor &colour) {
        return contrastOn(back, colour) >= enough && contrastOn(base, colour) >= enough;
    };
    if (isReadable(wanted))
        return wanted;
    for (int percent = 0; percent < 100; percent += 5) {
        const QColor moved = mixed(painted(wanted, back), text, percent / 100.0);
        if (isReadable(moved))
            return moved;
    }
    return text;
}

void mendPalette()
{
    const QPalette now = QApplication::palette();
    QPalette mended = now;
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        for (const auto role : {QPalette::PlaceholderText, QPalette::Link}) {
            const QColor colour = readable(now.color(group, role), now, group);
            if (colour != now.color(group, role))
                mended.setColor(group, role, colour);
        }
    }
    if (mended != now)
        QApplication::setPalette(mended); // the theme keeps the roles that were not set
}

class PaletteWatch : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange)
            mendPalette();
        return false;
    }
};

} // namespace

double contrastOn(const QColor &back, const QColor &colour)
{
    const double one = luminance(painted(colour, back));
    const double other = luminance(back);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

void keepColoursReadable()
{
    qApp->installEventFilter(new PaletteWatch(qApp));
    mendPalette();
}

} // namespace postaci
