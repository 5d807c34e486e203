// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/folders/folderpane.h"

#include "ui/files/mailfiledrop.h"
#include "ui/messagelist/messagelistview.h"

#include <QDrag>
#include <QDragMoveEvent>
#include <QLocale>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// The type of a dragged folder: its id as a decimal number.
const QString folderType = u"application/x-postaci-folder"_s;

FolderId draggedFolder(const QMimeData &data)
{
    return FolderId{data.data(folderType).toLongLong()};
}

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
    setDragEnabled(true);
    setDragDropMode(DragDrop);
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

/// Where messages or files may go: messages only to a folder that they are not in.
FolderId FolderPane::dropTarget(const QPoint &position, const QMimeData &mime) const
{
    const Place place = m_model.placeAt(indexAt(position));
    const auto folder = m_model.folder(place.folder);
    const bool fits = folder && folder->selectable
        && (place.folder != m_place.folder || !mime.hasFormat(MessageListView::dragType()));
    return fits ? place.folder : FolderId{};
}

/// Where a dragged folder may go: within its account, or between those that are on this computer. A heading stands for
/// the top.
std::optional<Place> FolderPane::folderTarget(FolderId dragged, const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    Place place = m_model.placeAt(index);
    const auto moving = m_model.folder(dragged);
    if (!index.isValid() || !moving)
        return {};
    if (place.kind == Place::Kind::None)
        place.account = m_model.computer();
    const auto target = m_model.folder(place.folder);
    const bool isHeading = place.kind == Place::Kind::None || place.kind == Place::Kind::Account;
    const bool accountsFit = place.account
        && (place.account == moving->account || (m_model.isLocal(place.account) && m_model.isLocal(moving->account)));
    const bool isWithinItself = target && target->account == moving->account
        && (target->id == dragged
            || (!moving->separator.isNull() && target->path.startsWith(moving->path + moving->separator)));
    return accountsFit && (isHeading || target) && !isWithinItself ? std::optional(place) : std::nullopt;
}

void FolderPane::startDrag(Qt::DropActions)
{
    const auto folder = m_model.folder(m_place.folder);
    if (!folder || folder->role != FolderRole::None)
        return;
    auto *mime = new QMimeData;
    mime->setData(folderType, QByteArray::number(folder->id.value));
    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->exec(Qt::MoveAction, Qt::MoveAction);
}

void FolderPane::dragEnterEvent(QDragEnterEvent *event)
{
    const QMimeData &mime = *event->mimeData();
    if (mime.hasFormat(MessageListView::dragType()) || mime.hasFormat(folderType) || !draggedMailFiles(mime).isEmpty())
        event->acceptProposedAction();
}

void FolderPane::dragMoveEvent(QDragMoveEvent *event)
{
    QTreeView::dragMoveEvent(event); // Scrolls, and opens folders that are hovered over.
    const QPoint position = event->position().toPoint();
    event->setAccepted(event->mimeData()->hasFormat(folderType)
            ? folderTarget(draggedFolder(*event->mimeData()), position).has_value()
            : bool(dropTarget(position, *event->mimeData())));
}

void FolderPane::dropEvent(QDropEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (event->mimeData()->hasFormat(folderType)) {
        const FolderId dragged = draggedFolder(*event->mimeData());
        if (const auto place = folderTarget(dragged, position)) {
            event->acceptProposedAction();
            Q_EMIT folderDropped(dragged, place->account, place->folder);
        }
        return;
    }
    const FolderId target = dropTarget(position, *event->mimeData());
    if (!target)
        return;
    event->acceptProposedAction();
    if (const QStringList files = draggedMailFiles(*event->mimeData()); !files.isEmpty()) {
        Q_EMIT filesDropped(files, target);
        return;
    }
    Q_EMIT messagesDropped(
        MessageListView::draggedMessages(*event->mimeData()), target, event->dropAction() == Qt::CopyAction);
}

} // namespace postaci
