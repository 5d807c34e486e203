// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messagelist/messagelistview.h"

#include "ui/files/mailfiledrop.h"
#include "ui/messagelist/messagedelegate.h"
#include "ui/messagelist/messagelistmodel.h"

#include <QDrag>
#include <QDragMoveEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
constexpr qsizetype rememberedLimit = 1'000;
}

MessageListView::MessageListView(MessageListModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setItemDelegate(new MessageDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setAcceptDrops(true); // Files, below.
    setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    applyRowHeight();
    setModel(&model);

    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &MessageListView::rememberSelection);
    connect(&model, &QAbstractItemModel::modelReset, this, &MessageListView::restoreSelection);
    connect(&model, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) { onRowsRemoved(first, last); });
    connect(this, &QAbstractItemView::activated, this,
        [this](const QModelIndex &index) { Q_EMIT opened(m_model.idAt(index.row())); });
}

void MessageListView::applyRowHeight()
{
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(MessageDelegate::rowHeight(this));
    verticalScrollBar()->setSingleStep(MessageDelegate::rowHeight(this));
}

QList<MessageId> MessageListView::selectedMessages() const
{
    QItemSelection ranges = selectionModel()->selection();
    std::sort(ranges.begin(), ranges.end(),
        [](const QItemSelectionRange &a, const QItemSelectionRange &b) { return a.top() < b.top(); });
    QList<MessageId> ids;
    for (const QItemSelectionRange &range : std::as_const(ranges)) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            ids.append(m_model.idAt(row));
    }
    return ids;
}

qsizetype MessageListView::selectedCount() const
{
    qsizetype rows = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        rows += range.height();
    return rows;
}

MessageId MessageListView::currentMessage() const
{
    return m_model.idAt(currentIndex().row());
}

void MessageListView::select(MessageId id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return;
    setCurrentIndex(m_model.index(row));
    scrollTo(m_model.index(row));
}

void MessageListView::paintEvent(QPaintEvent *event)
{
    const int last = rowAt(viewport()->height() - 1);
    if (m_model.rowCount() > 0)
        m_model.setVisibleRows(qMax(0, rowAt(0)), last < 0 ? m_model.rowCount() - 1 : last);
    QTableView::paintEvent(event);
}

void MessageListView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applyRowHeight();
    if (event->type() == QEvent::LanguageChange)
        viewport()->update();
}

void MessageListView::keyPressEvent(QKeyEvent *event)
{
    // Qt activates on Return only where the platform does; here it always opens.
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier
        && currentIndex().isValid()) {
        Q_EMIT opened(currentMessage());
        return;
    }
    QTableView::keyPressEvent(event);
}

void MessageListView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionMoved();
}

void MessageListView::rowsInserted(const QModelIndex &parent, int first, int last)
{
    // At the top new mail is to be seen; further down, what is being read must not move.
    const int value = verticalScrollBar()->value();
    const bool above = value > 0 && first <= rowAt(0);
    QTableView::rowsInserted(parent, first, last);
    if (above) {
        updateGeometries();
        verticalScrollBar()->setValue(value + (last - first + 1) * verticalHeader()->defaultSectionSize());
    }
}

void MessageListView::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    // Called before the selection model hears of it.
    m_hadSelection = selectionModel()->hasSelection();
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void MessageListView::onRowsRemoved(int first, int last)
{
    const int value = verticalScrollBar()->value();
    const int height = verticalHeader()->defaultSectionSize();
    const int above = qMin(last + 1, value / height) - first;
    if (above > 0)
        verticalScrollBar()->setValue(value - above * height);
    // What was selected is gone: on to the message that has taken its place, as after Delete.
    if (m_hadSelection && !selectionModel()->hasSelection() && currentIndex().isValid())
        selectionModel()->select(currentIndex(), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void MessageListView::rememberSelection()
{
    m_rememberedCurrent = currentMessage();
    m_rememberedTop = verticalScrollBar()->value() > 0 ? m_model.idAt(rowAt(0)) : MessageId{};
    m_remembered.clear();
    if (selectedCount() <= rememberedLimit)
        m_remembered = selectedMessages();
}

void MessageListView::restoreSelection()
{
    // Ids are never used again, so those of another folder are simply not found.
    QItemSelection selection;
    for (const int row : m_model.rowsOf(m_remembered))
        selection.select(m_model.index(row), m_model.index(row));
    if (const int row = m_model.rowOf(m_rememberedCurrent); row >= 0)
        selectionModel()->setCurrentIndex(m_model.index(row), QItemSelectionModel::NoUpdate);
    if (!selection.isEmpty())
        selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    else if (!m_remembered.isEmpty())
        Q_EMIT selectionMoved();
    if (const int row = m_model.rowOf(m_rememberedTop); row >= 0)
        verticalScrollBar()->setValue(row * verticalHeader()->defaultSectionSize());
}

QString MessageListView::dragType()
{
    return u"application/x-postaci-messages"_s;
}

QList<MessageId> MessageListView::draggedMessages(const QMimeData &data)
{
    QList<MessageId> ids;
    for (const QByteArray &line : data.data(dragType()).split('\n')) {
        bool ok = false;
        if (const qint64 id = line.toLongLong(&ok); ok && id > 0)
            ids.append(MessageId{id});
    }
    return ids;
}

void MessageListView::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedMailFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MessageListView::dragMoveEvent(QDragMoveEvent *event)
{
    event->acceptProposedAction(); // Anywhere: it is the folder that they come into.
}

void MessageListView::dropEvent(QDropEvent *event)
{
    const QStringList files = draggedMailFiles(*event->mimeData());
    if (files.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT filesDropped(files);
}

void MessageListView::startDrag(Qt::DropActions)
{
    const QList<MessageId> ids = selectedMessages();
    if (ids.isEmpty())
        return;
    QByteArray lines;
    for (const MessageId id : ids)
        lines += QByteArray::number(id.value) + '\n';
    auto *mime = new QMimeData;
    mime->setData(dragType(), lines);

    // A label instead of a picture of the rows: that would be painted for every selected one.
    const QString text = tr("%n message(s)", nullptr, int(ids.size()));
    const QSize size = fontMetrics().size(0, text) + QSize(2 * fontMetrics().height(), fontMetrics().height());
    QPixmap label(size * devicePixelRatioF());
    label.setDevicePixelRatio(devicePixelRatioF());
    label.fill(Qt::transparent);
    QPainter painter(&label);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().highlight());
    painter.drawRoundedRect(QRect({}, size), size.height() / 4.0, size.height() / 4.0);
    painter.setPen(palette().color(QPalette::HighlightedText));
    painter.setFont(font());
    painter.drawText(QRect({}, size), Qt::AlignCenter, text);
    painter.end();

    auto *drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->setPixmap(label);
    drag->exec(Qt::MoveAction | Qt::CopyAction, Qt::MoveAction);
}

} // namespace postaci
