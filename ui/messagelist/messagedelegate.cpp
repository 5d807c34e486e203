// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messagelist/messagedelegate.h"

#include "ui/common/avatar.h"
#include "ui/common/icons.h"
#include "ui/common/messagetext.h"
#include "ui/messagelist/messagelistmodel.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Distances follow the font, so that they hold at every scale.
struct Metrics {
    explicit Metrics(const QFontMetrics &font)
        : line(font.height())
        , gap(qMax(4, line / 3))
        , dot(qMax(6, line / 2))
        , avatar(line * 2)
    {
    }

    int line;
    int gap;
    int dot;
    int avatar;

    int height() const { return 2 * line + gap / 2 + 2 * gap + gap / 2; }
};

QString elided(const QFontMetrics &metrics, const QString &text, int width)
{
    // Subjects may be very long; only what can be seen is worth measuring.
    return metrics.elidedText(text.left(500), Qt::ElideRight, width);
}

} // namespace

int MessageDelegate::rowHeight(const QWidget *view)
{
    return Metrics(view->fontMetrics()).height();
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 30, Metrics(option.fontMetrics).height()};
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &item, const QModelIndex &index) const
{
    QStyleOptionViewItem option = item;
    const auto *model = qobject_cast<const MessageListModel *>(index.model());
    const MessageHeader *header = model ? model->headerAt(index.row()) : nullptr;
    QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    if (!header)
        return;

    const Metrics size(option.fontMetrics);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool unread = !header->flags.testFlag(Flag::Seen);
    const auto group = !option.state.testFlag(QStyle::State_Enabled) ? QPalette::Disabled
        : option.state.testFlag(QStyle::State_Active)                ? QPalette::Active
                                                                     : QPalette::Inactive;
    const QColor strong = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    QColor soft = strong;
    soft.setAlphaF(selected ? 0.85F : 0.65F);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect area = option.rect.adjusted(size.gap / 2, size.gap, -size.gap, -size.gap);

    // Unread: a dot at the edge besides the bold type, so that it does not hang on weight alone.
    if (unread) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? strong : option.palette.color(group, QPalette::Highlight));
        painter->drawEllipse(QRectF(area.left(), area.center().y() - size.dot / 2.0, size.dot, size.dot));
    }
    area.setLeft(area.left() + size.dot + size.gap);

    const AddressList &people = model->query().showRecipients ? header->envelope.to : header->envelope.from;
    const QRect round(area.left(), area.top() + (area.height() - size.avatar) / 2, size.avatar, size.avatar);
    paintAvatar(painter, round, people.isEmpty() ? Address{} : people.first(), option.font);
    area.setLeft(round.right() + size.gap + size.gap / 2);

    const QRect top(area.left(), area.top(), area.width(), size.line);
    const QRect bottom(area.left(), area.bottom() - size.line + 1, area.width(), size.line);

    QFont bold = option.font;
    bold.setBold(unread);
    const QFontMetrics boldMetrics(bold);

    const QString date = shortDate(header->envelope.date.isValid() ? header->envelope.date : header->received);
    const int dateWidth = option.fontMetrics.horizontalAdvance(date);
    painter->setFont(option.font);
    painter->setPen(unread ? strong : soft);
    painter->drawText(top, Qt::AlignRight | Qt::AlignVCenter, date);

    painter->setFont(bold);
    painter->setPen(strong);
    const QString names
        = model->query().showRecipients ? shownRecipients(header->envelope) : shownSenders(header->envelope);
    painter->drawText(
        top, Qt::AlignLeft | Qt::AlignVCenter, elided(boldMetrics, names, top.width() - dateWidth - 2 * size.gap));

    // State icons, from the right.
    int right = bottom.right() + 1;
    const auto mark = [&](const QString &name, const QColor &colour) {
        right -= size.line;
        const QPixmap icon
            = tintedIcon(name, size.line, selected ? strong : colour, painter->device()->devicePixelRatioF());
        painter->drawPixmap(QRect(right, bottom.top(), size.line, size.line), icon);
        right -= size.gap / 2;
    };
    if (header->flags.testFlag(Flag::Flagged))
        mark(u"flag-symbolic"_s, QColor(0xe8700c));
    if (header->envelope.hasAttachments)
        mark(u"mail-attachment-symbolic"_s, soft);
    if (header->flags.testFlag(Flag::Answered))
        mark(u"mail-replied-symbolic"_s, soft);
    else if (header->flags.testFlag(Flag::Forwarded))
        mark(u"mail-forwarded-symbolic"_s, soft);

    if (const QString toFetch = sizeToFetch(*header); !toFetch.isEmpty()) {
        const int width = option.fontMetrics.horizontalAdvance(toFetch);
        right -= width;
        painter->setFont(option.font);
        painter->setPen(selected ? strong : soft);
        painter->drawText(
            QRect(right, bottom.top(), width, bottom.height()), Qt::AlignRight | Qt::AlignVCenter, toFetch);
        painter->setFont(bold);
        right -= size.gap / 2;
    }

    painter->setPen(unread ? strong : soft);
    painter->drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter,
        elided(boldMetrics, shownSubject(header->envelope), right - bottom.left() - size.gap));
    painter->restore();

    if (option.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        focus.rect = option.rect.adjusted(1, 1, -1, -1);
        focus.state |= QStyle::State_KeyboardFocusChange;
        focus.backgroundColor = option.palette.color(group, selected ? QPalette::Highlight : QPalette::Base);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

} // namespace postaci
