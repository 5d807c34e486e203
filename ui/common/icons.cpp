// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/icons.h"

#include <BreezeIcons>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Icons of the themes are drawn in near-black (Breeze: #232629) and know nothing of a dark palette.
bool isInk(QRgb pixel)
{
    const int most = qMax(qRed(pixel), qMax(qGreen(pixel), qBlue(pixel)));
    const int least = qMin(qRed(pixel), qMin(qGreen(pixel), qBlue(pixel)));
    return most < 0x60 && most - least < 0x20;
}

/// Looks the icon up when it is painted and gives its ink the palette's colour of that moment.
class ThemeIconEngine : public QIconEngine {
public:
    explicit ThemeIconEngine(QString name)
        : m_name(std::move(name))
    {
    }

    QIconEngine *clone() const override { return new ThemeIconEngine(m_name); }
    QString iconName() override { return m_name; }
    bool isNull() override { return QIcon::fromTheme(m_name).isNull(); }

    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        return QIcon::fromTheme(m_name).actualSize(size);
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal scale = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap((QSizeF(rect.size()) * scale).toSize(), mode, state, scale));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QRgb ink
            = palette.color(mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::WindowText).rgb();
        const QString key = u"themeicon/%1/%2x%3/%4/%5/%6"_s.arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(scale)
                                .arg(int(mode))
                                .arg(ink);
        QPixmap result;
        if (QPixmapCache::find(key, &result))
            return result;

        QImage image = QIcon::fromTheme(m_name).pixmap((QSizeF(size) / scale).toSize(), scale).toImage();
        if (image.isNull())
            return {};
        image.convertTo(QImage::Format_ARGB32);
        const double opacity = mode == QIcon::Disabled ? 0.4 : 1;
        for (int y = 0; y < image.height(); ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            for (int x = 0; x < image.width(); ++x) {
                const QRgb colour = isInk(line[x]) ? ink : line[x];
                line[x] = qRgba(qRed(colour), qGreen(colour), qBlue(colour), int(qAlpha(line[x]) * opacity));
            }
        }
        result = QPixmap::fromImage(image);
        QPixmapCache::insert(key, result);
        return result;
    }

private:
    QString m_name;
};

} // namespace

void setUpIcons()
{
    BreezeIcons::initIcons();
    // It leaves a desktop's own fall-back alone (GNOME's is "gnome"), and there the toolbar would stay empty.
    QIcon::setFallbackThemeName(u"breeze"_s);
}

QIcon themeIcon(const QString &name)
{
    return QIcon(new ThemeIconEngine(name));
}

int textIconSide(const QWidget &widget)
{
    return std::max(
        widget.style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, &widget), widget.fontMetrics().height());
}

QPixmap tintedIcon(const QString &name, int side, const QColor &colour, qreal devicePixelRatio)
{
    const QString key = u"%1/%2/%3/%4"_s.arg(name).arg(side).arg(colour.rgba()).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = themeIcon(name).pixmap(QSize(side, side), devicePixelRatio);
    if (pixmap.isNull())
        return pixmap;
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon applicationIcon()
{
    return QIcon(u":/icons/postaci.svg"_s);
}

} // namespace postaci
