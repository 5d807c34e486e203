// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/folders/folderpane.h"

#include "ui/messagelist/messagelistview.h"

#include <QDragMoveEvent>
#include <QLocale>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Rows with air, account names as headings, and the number of unread messages at the edge.
class FolderDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(option.fontMetrics.height() * 7 / 4);
        return size;
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &item, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = item;
        initStyleOption(&option, index);
        const qint64 badge = index.data(FolderModel::BadgeRole).toLongLong();
        const bool strong = index.data(FolderModel::StrongRole).toBool();
        option.font.setBold(!index.parent().isValid() || (badge > 0 && strong));
        option.fontMetrics = QFontMetrics(option.font);
        const QString text = badge > 0 ? QLocale().toString(badge) : QString();
        const int height = option.fontMetrics.height();
        QRect pill;
        if (badge > 0) {
            const int width = qMax(height, option.fontMetrics.horizontalAdvance(text) + height * 2 / 3);
            pill
                = QRect(option.rect.right() - width - height / 3, option.rect.center().y() - height / 2, width, height);
            // The name is cut before the pill, not under it.
            const int room = pill.left() - option.rect.left() - option.decorationSize.width() - height;
            option.text = option.fontMetrics.elidedText(option.text, Qt::ElideRight, room);
        }
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
        if (badge <= 0)
            return;

        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        QColor back = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        painter->setPen(Qt::NoPen);
        painter->setBrush(QColor(back.red(), back.green(), back.blue(), 32));
        painter->drawRoundedRect(pill, height / 2.0, height / 2.0);
        painter->setPen(back);
        painter->setFont(option.font);
        painter->drawText(pill, Qt::AlignCenter, text);
        painter->restore();
    }
};

} // namespace

FolderPane::FolderPane(FolderModel &model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setItemDelegate(new FolderDelegate(this));
    setModel(&model);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(fontMetrics().height());
    setIconSize(QSize(fontMetrics().height(), fontMetrics().height()));
    setAcceptDrops(true);
    setDragDropMode(DropOnly);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    setContextMenuPolicy(Qt::CustomContextMenu);
    viewport()->setBackgroundRole(QPalette::Window);

    connect(&model, &FolderModel::renewed, this, &FolderPane::restoreView);
    connect(this, &QTreeView::collapsed, this,
        [this](const QModelIndex &index) { m_collapsed.insert(m_model.placeAt(index).folder); });
    connect(this, &QTreeView::expanded, this,
        [this](const QModelIndex &index) { m_collapsed.remove(m_model.placeAt(index).folder); });
}

void FolderPane::setCurrentPlace(const Place &place)
{
    const QModelIndex index = m_model.indexOf(place);
    if (index.isValid())
        setCurrentIndex(index);
}

void FolderPane::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    const Place place = m_model.placeAt(current);
    if (!current.isValid() || !m_model.itemFromIndex(current)->isSelectable() || place == m_place)
        return;
    m_place = place;
    Q_EMIT placeChosen(place);
}

void FolderPane::restoreView()
{
    const QSet<FolderId> collapsed = m_collapsed;
    expandAll();
    for (const FolderId folder : collapsed)
        collapse(m_model.indexOf({.kind = Place::Kind::Folder, .folder = folder}));
    const QModelIndex index = m_model.indexOf(m_place);
    if (m_place.kind != Place::Kind::None && !index.isValid()) {
        // The folder or its account is gone.
        m_place = {};
        Q_EMIT placeChosen(m_place);
    }
    setCurrentIndex(index);
}

void FolderPane::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        m_model.retranslate();
}

FolderId FolderPane::dropTarget(const QPoint &position) const
{
    const Place place = m_model.placeAt(indexAt(position));
    const auto folder = m_model.folder(place.folder);
    const bool fits = folder && folder->selectable && place.folder != m_place.folder
        && (!m_place.account || place.account == m_place.account);
    return fits ? place.folder : FolderId{};
}

void FolderPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(MessageListView::dragType()))
        event->acceptProposedAction();
}

void FolderPane::dragMoveEvent(QDragMoveEvent *event)
{
    QTreeView::dragMoveEvent(event); // Scrolls, and opens folders that are hovered over.
    event->setAccepted(bool(dropTarget(event->position().toPoint())));
}

void FolderPane::dropEvent(QDropEvent *event)
{
    const FolderId target = dropTarget(event->position().toPoint());
    if (!target)
        return;
    event->acceptProposedAction();
    Q_EMIT messagesDropped(MessageListView::draggedMessages(*event->mimeData()), target);
}

} // namespace postaci
