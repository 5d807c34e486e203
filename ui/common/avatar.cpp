// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/avatar.h"

#include "ui/common/messagetext.h"

#include <QFont>
#include <QLocale>
#include <QPainter>

#include <array>

namespace postaci {

QString initials(const Address &address)
{
    QString letters;
    const QStringList words = shownName(address).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto addFrom = [&letters](const QString &word) {
        for (const QChar c : word) {
            if (c.isLetterOrNumber()) {
                letters += c;
                return;
            }
        }
    };
    if (!words.isEmpty())
        addFrom(words.first());
    if (words.size() > 1)
        addFrom(words.last());
    return QLocale().toUpper(letters);
}

void paintAvatar(QPainter *painter, const QRect &rect, const Address &address, const QFont &font)
{
    // Mid tones: white letters are readable on them (4.5:1), and they stand on light and dark backgrounds.
    static constexpr std::array<QRgb, 10> tones{
        0x3b6ea8, 0x8a4fa3, 0xb0453f, 0x2f7d5b, 0x9a5b13, 0x5a62b5, 0x1f7a85, 0xa8437a, 0x667219, 0x6b5d57};
    const QString letters = initials(address);
    uint sum = 0;
    for (const QChar c : address.address)
        sum = sum * 31 + c.toLower().unicode();

    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor(tones[sum % tones.size()]));
    painter->drawEllipse(rect);
    QFont small = font;
    small.setBold(false);
    small.setPixelSize(qMax(6, rect.height() * 2 / 5));
    painter->setFont(small);
    painter->setPen(Qt::white);
    painter->drawText(rect, Qt::AlignCenter, letters);
}

} // namespace postaci
