// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/draftspane.h"

#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/messagetext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

DraftsPane::DraftsPane(Store &store, MailEngine &engine, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_engine(engine)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState)
    , m_list(new QTreeWidget)
    , m_open(new QPushButton(this))
    , m_delete(new QPushButton(this))
{
    const int gap = fontMetrics().height();
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setColumnCount(3);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_list);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(gap, gap / 2, gap, gap / 2);
    buttons->addWidget(m_open);
    buttons->addWidget(m_delete);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addLayout(buttons);

    const auto open = [this] {
        if (const DraftId draft = current())
            Q_EMIT opened(draft);
    };
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_list, &QTreeWidget::itemActivated, this, open);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        const DraftId draft = current();
        auto *question = new QMessageBox(QMessageBox::Question, tr("Delete this draft?"),
            tr("It cannot be brought back."), QMessageBox::NoButton, this);
        question->setAttribute(Qt::WA_DeleteOnClose);
        const auto *yes = question->addButton(tr("Delete draft"), QMessageBox::DestructiveRole);
        question->setDefaultButton(question->addButton(tr("Keep draft"), QMessageBox::RejectRole));
        connect(question, &QMessageBox::buttonClicked, this, [this, yes, draft](const QAbstractButton *button) {
            if (button != yes)
                return;
            m_engine.discardDraft(draft).then(this, [this](const Result<void> &result) {
                if (!result)
                    Q_EMIT failed(result.error());
            });
        });
        question->open();
    });
    connect(&store, &Store::changed, this, [this](const StoreChange &change) {
        if (change.drafts)
            reload();
    });
    retranslate();
    reload();
}

void DraftsPane::reload()
{
    m_store.read([](const Tables &tables) -> Result<QList<DraftTable::Summary>> { return tables.drafts.all(); })
        .then(this, [this](const Result<QList<DraftTable::Summary>> &drafts) {
            if (drafts)
                show(*drafts);
            else
                Q_EMIT failed(drafts.error());
        });
}

void DraftsPane::show(const QList<DraftTable::Summary> &drafts)
{
    const DraftId before = current();
    m_drafts = drafts;
    m_list->clear();
    for (const DraftTable::Summary &draft : drafts) {
        const QString subject = harmless(draft.subject);
        auto *row = new QTreeWidgetItem(m_list,
            {subject.isEmpty() ? tr("(no subject)") : subject, harmless(draft.recipients), shortDate(draft.changedAt)});
        row->setIcon(0, themeIcon(u"document-edit"_s));
        row->setData(0, Qt::UserRole, QVariant::fromValue(draft.id));
        if (draft.id == before)
            m_list->setCurrentItem(row);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    m_list->resizeColumnToContents(2);
    m_pages->setCurrentWidget(drafts.isEmpty() ? static_cast<QWidget *>(m_empty) : m_list);
    m_open->setVisible(!drafts.isEmpty());
    m_delete->setVisible(!drafts.isEmpty());
}

DraftId DraftsPane::current() const
{
    const QTreeWidgetItem *row = m_list->currentItem();
    return row ? row->data(0, Qt::UserRole).value<DraftId>() : DraftId{};
}

void DraftsPane::retranslate()
{
    m_empty->setContent(
        u"document-edit"_s, tr("No drafts"), tr("What you begin to write and do not send is kept here."));
    m_list->setHeaderLabels({tr("Subject"), tr("To"), tr("Changed")});
    m_list->setAccessibleName(tr("Drafts"));
    m_open->setText(tr("Continue writing"));
    m_delete->setText(tr("Delete"));
    show(m_drafts);
}

void DraftsPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
