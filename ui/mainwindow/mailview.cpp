// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/mailview.h"

#include "core/settings/settings.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/folders/foldertext.h"
#include "ui/messagelist/messagelistview.h"
#include "ui/reader/reader.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
constexpr int settleMilliseconds = 60;
}

MailView::MailView(Store &store, MailEngine &engine, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_settings(settings)
    , m_model(new MessageListModel(store, this))
    , m_splitter(new QSplitter(this))
    , m_title(new QLabel)
    , m_count(new QLabel)
    , m_pages(new QStackedWidget)
    , m_list(new MessageListView(*m_model))
    , m_empty(new EmptyState)
    , m_reader(new Reader(engine, settings))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    const int gap = fontMetrics().height();
    auto *head = new QHBoxLayout;
    head->setContentsMargins(gap, gap / 2, gap, gap / 2);
    head->addWidget(m_title, 1);
    head->addWidget(m_count);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_list);
    auto *left = new QWidget;
    left->setAutoFillBackground(true);
    left->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_pages, 1);

    m_splitter->addWidget(left);
    m_splitter->addWidget(m_reader);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setHandleWidth(1);
    const int width = m_settings.value(Setting::ListPaneWidth).toInt();
    left->setMinimumWidth(fontMetrics().averageCharWidth() * 28);
    m_reader->setMinimumWidth(fontMetrics().averageCharWidth() * 32);
    m_splitter->setSizes(
        {width > 0 ? width : fontMetrics().averageCharWidth() * 58, fontMetrics().averageCharWidth() * 95});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);

    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMilliseconds);
    connect(&m_settle, &QTimer::timeout, this, &MailView::showCurrent);
    connect(m_list, &MessageListView::selectionMoved, this, &MailView::onSelection);
    connect(m_list, &MessageListView::opened, this, [this] { m_reader->setFocus(); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        // The row that is shown was read anew, or has arrived only now.
        if (const MessageHeader *header = currentHeader(); header && !m_settle.isActive()) {
            if (header->id == m_reader->header().id)
                m_reader->updateHeader(*header);
            else
                showCurrent();
            Q_EMIT selectionChanged();
        }
    });
    for (const auto signal : {&MessageListModel::opened, &MessageListModel::completed})
        connect(m_model, signal, this, &MailView::updateEmptyState);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &MailView::updateEmptyState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &MailView::updateEmptyState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &MailView::updateEmptyState);
    connect(m_model, &MessageListModel::failed, this, &MailView::failed);
    retranslate();
    showNothing();
}

void MailView::showFolder(const Folder &folder)
{
    m_folder = folder;
    if (isSearching())
        return; // The list stays on what was found until the search is ended.
    m_model->setQuery(
        {.folder = folder.id, .showRecipients = folder.role == FolderRole::Sent || folder.role == FolderRole::Drafts});
    retranslate();
}

void MailView::showNothing()
{
    m_folder.reset();
    m_model->setQuery({});
    retranslate();
}

void MailView::search(const QString &words)
{
    if (!words.isEmpty())
        m_model->setQuery({.words = words});
    else if (m_folder)
        m_model->setQuery({.folder = m_folder->id,
            .showRecipients = m_folder->role == FolderRole::Sent || m_folder->role == FolderRole::Drafts});
    else
        m_model->setQuery({});
    retranslate();
}

bool MailView::isSearching() const
{
    return !m_model->query().words.isEmpty();
}

QList<MessageId> MailView::selection() const
{
    return m_list->selectedMessages();
}

const MessageHeader *MailView::currentHeader() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() && m_list->selectionModel()->isSelected(index) ? m_model->headerAt(index.row()) : nullptr;
}

void MailView::onSelection()
{
    m_settle.start();
    Q_EMIT selectionChanged();
}

void MailView::showCurrent()
{
    const qsizetype selected = m_list->selectedCount();
    const MessageHeader *header = currentHeader();
    if (selected == 1 && header)
        m_reader->showMessage(*header);
    else if (selected != 1)
        m_reader->showCount(int(selected));
}

void MailView::selectNextUnread()
{
    // Among the rows that are here: walking a large folder to its end would take long.
    const int start = m_list->currentIndex().row() + 1;
    for (int row = start; row < m_model->rowCount(); ++row) {
        const MessageHeader *header = m_model->headerAt(row);
        if (!header)
            return;
        if (!header->flags.testFlag(Flag::Seen)) {
            m_list->setCurrentIndex(m_model->index(row));
            return;
        }
    }
}

void MailView::updateEmptyState()
{
    const int rows = m_model->rowCount();
    const bool known = m_model->query().isEmpty() || m_model->isComplete();
    if (rows > 0 && m_pages->currentWidget() != m_list) {
        m_pages->setCurrentWidget(m_list);
        Q_EMIT listShown();
    } else if (rows == 0 && known)
        m_pages->setCurrentWidget(m_empty);
    // Unknown and no rows: whatever is shown stays for the moment until the store has answered.
    m_count->setText(rows > 0 ? QLocale().toString(rows) : QString());
    m_count->setAccessibleName(tr("%n message(s)", nullptr, rows));
}

void MailView::retranslate()
{
    m_list->setAccessibleName(tr("Message list"));
    m_reader->setAccessibleName(tr("Reader"));
    if (isSearching()) {
        m_title->setText(tr("Search results"));
        m_empty->setContent(u"edit-find"_s, tr("Nothing found"), tr("Try fewer or shorter words."));
    } else if (m_folder) {
        m_title->setText(folderTitle(*m_folder));
        m_empty->setContent(u"mail-folder-inbox"_s, tr("This folder is empty"));
    } else {
        m_title->clear();
        m_empty->setContent(u"folder"_s, tr("No folder selected"), tr("Choose one on the left."));
    }
    updateEmptyState();
}

void MailView::saveState()
{
    m_settings.setValue(Setting::ListPaneWidth, m_splitter->sizes().first());
}

void MailView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
