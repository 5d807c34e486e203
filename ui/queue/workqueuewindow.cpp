// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/queue/workqueuewindow.h"

#include "core/settings/settings.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/common/errortext.h"
#include "ui/common/icons.h"
#include "ui/common/messagetext.h"
#include "ui/folders/foldermodel.h"
#include "ui/queue/actiontext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

/// Actions of each kind that are shown; nobody looks at more, and the others move up.
constexpr qsizetype longestList = 500;

enum Column { What, Whose, When, State };

} // namespace

WorkQueueWindow::WorkQueueWindow(Store &store, MailEngine &engine, Settings &settings, const FolderModel &folders,
    const QHash<AccountId, AccountState> &states, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_engine(engine)
    , m_settings(settings)
    , m_folders(folders)
    , m_states(states)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState)
    , m_list(new QTreeWidget)
    , m_details(new QLabel(this))
    , m_retry(new QPushButton(this))
    , m_cancel(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const int gap = fontMetrics().height();
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setIconSize(QSize(textIconSide(*m_list), textIconSide(*m_list)));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setColumnCount(4);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->header()->setStretchLastSection(true);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_list);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    for (QPushButton *button : {m_retry, m_cancel, m_close})
        button->setAutoDefault(false);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_retry);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_details);
    layout->addLayout(buttons);

    const auto cancel = [this] { act(&MailEngine::cancelActions); };
    connect(m_retry, &QPushButton::clicked, this, [this] { act(&MailEngine::retryActions); });
    connect(m_cancel, &QPushButton::clicked, this, cancel);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, [this] {
        m_problem.reset();
        updateDetails();
    });
    auto *remove = new QShortcut(QKeySequence::Delete, m_list);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, cancel);
    connect(&engine, &MailEngine::accountStateChanged, this, &WorkQueueWindow::setState);
    connect(&folders, &FolderModel::accountsChanged, this, &WorkQueueWindow::reload);
    connect(&store, &Store::changed, this, [this](const StoreChange &change) {
        if (change.pendingOps)
            reload();
    });
    retranslate();
    if (!restoreGeometry(settings.value(Setting::WorkQueueGeometry).toByteArray()))
        resize(fontMetrics().averageCharWidth() * 130, gap * 24);
    m_list->setColumnWidth(What, fontMetrics().averageCharWidth() * 55);
    m_list->setColumnWidth(Whose, fontMetrics().averageCharWidth() * 22);
    m_list->setColumnWidth(When, fontMetrics().averageCharWidth() * 14);
    reload();
}

void WorkQueueWindow::setState(const AccountState &state)
{
    m_states.insert(state.account, state);
    updateStates();
}

void WorkQueueWindow::setOnline(bool online)
{
    m_online = online;
    updateStates();
}

/// However often the queue changes, it is read once at a time.
void WorkQueueWindow::reload()
{
    if (m_reading) {
        m_readAgain = true;
        return;
    }
    m_reading = true;
    m_store
        .read([](const Tables &tables) -> Result<QList<QueuedAction>> { return workqueue::list(tables, longestList); })
        .then(this, [this](const Result<QList<QueuedAction>> &actions) {
            m_reading = false;
            if (actions)
                showActions(*actions);
            else
                m_problem = actions.error();
            if (std::exchange(m_readAgain, false))
                reload();
        });
}

void WorkQueueWindow::showActions(const QList<QueuedAction> &actions)
{
    QSet<QueuedAction::Id> chosen;
    const QList<QueuedAction> before = selected();
    for (const QueuedAction &action : before)
        chosen.insert(action.id);
    const int place = m_list->currentIndex().row();

    m_actions = actions;
    {
        const QSignalBlocker quiet(m_list);
        while (m_list->topLevelItemCount() > actions.size())
            delete m_list->takeTopLevelItem(m_list->topLevelItemCount() - 1);
        while (m_list->topLevelItemCount() < actions.size())
            new QTreeWidgetItem(m_list);
        m_list->clearSelection();
        for (int i = 0; i < int(actions.size()); ++i) {
            fill(*m_list->topLevelItem(i), actions[i]);
            m_list->topLevelItem(i)->setSelected(chosen.contains(actions[i].id));
        }
        if (m_list->selectedItems().isEmpty() && !actions.isEmpty())
            m_list->setCurrentItem(m_list->topLevelItem(qBound(0, place, int(actions.size()) - 1)));
    }
    m_pages->setCurrentWidget(actions.isEmpty() ? static_cast<QWidget *>(m_empty) : m_list);
    updateDetails();
}

void WorkQueueWindow::fill(QTreeWidgetItem &row, const QueuedAction &action) const
{
    const auto state = m_states.constFind(action.op.account);
    const QString text
        = queueStateText(action, state == m_states.cend() ? std::nullopt : std::optional(*state), m_online);
    row.setText(What, actionText(action));
    row.setText(Whose, accountName(action.op.account));
    row.setText(When, shortDate(action.op.createdAt));
    row.setText(State, text);
    for (const int column : {int(What), int(State)})
        row.setToolTip(column, row.text(column));
    row.setIcon(What, themeIcon(action.isRefused() ? u"dialog-error"_s : u"chronometer"_s));
}

void WorkQueueWindow::updateStates()
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        fill(*m_list->topLevelItem(i), m_actions[i]);
    updateDetails();
}

QString WorkQueueWindow::accountName(AccountId id) const
{
    const auto account = m_folders.account(id);
    return account ? account->name : QString();
}

QList<QueuedAction> WorkQueueWindow::selected() const
{
    QList<QueuedAction> actions;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        if (m_list->topLevelItem(i)->isSelected())
            actions.append(m_actions[i]);
    }
    return actions;
}

void WorkQueueWindow::updateDetails()
{
    const QList<QueuedAction> actions = selected();
    const bool allRefused = !actions.isEmpty()
        && std::all_of(actions.cbegin(), actions.cend(), [](const QueuedAction &one) { return one.id.refused; });
    m_retry->setEnabled(!actions.isEmpty());
    m_cancel->setEnabled(!actions.isEmpty());
    m_cancel->setText(allRefused ? tr("&Dismiss") : tr("Take &back"));
    m_cancel->setToolTip(allRefused ? tr("Takes it off this list") : tr("It does not happen, and you see it undone"));
    QStringList lines;
    if (m_problem) {
        const ErrorText text = errorText(*m_problem);
        lines.append(tr("That did not work. %1").arg(text.sentence + u' ' + text.hint));
    }
    if (actions.size() == 1) {
        const QueuedAction &action = actions.first();
        lines.append(actionText(action));
        if (action.op.lastError != MailError()) {
            const ErrorText text = errorText(action.op.lastError);
            lines.append(text.sentence + u' ' + text.hint);
            lines.append(serverWords(action.op.lastError));
        }
        if (action.id.refused)
            lines.append(tr("Nothing has changed on the server; what you see is as it is there."));
    } else if (!actions.isEmpty()) {
        lines.append(tr("%Ln action(s) selected", nullptr, int(actions.size())));
    }
    lines.removeAll(QString());
    m_details->setText(lines.join(u'\n'));
    m_details->setVisible(!lines.isEmpty());
}

void WorkQueueWindow::act(QFuture<Result<void>> (MailEngine::*what)(QList<QueuedAction::Id>))
{
    QList<QueuedAction::Id> ids;
    const QList<QueuedAction> actions = selected();
    for (const QueuedAction &action : actions)
        ids.append(action.id);
    if (ids.isEmpty())
        return;
    m_problem.reset();
    (m_engine.*what)(ids).then(this, [this](const Result<void> &result) {
        if (!result)
            m_problem = result.error();
        updateDetails();
    });
}

void WorkQueueWindow::retranslate()
{
    setWindowTitle(tr("Waiting changes"));
    m_empty->setContent(u"dialog-ok-apply"_s, tr("Nothing is waiting"),
        tr("What you do is shown at once, and stays here until the server knows of it."));
    m_list->setHeaderLabels({tr("Change"), tr("Account"), tr("Time"), tr("State")});
    m_list->setAccessibleName(tr("Waiting changes"));
    m_retry->setText(tr("&Try again now"));
    m_close->setText(tr("&Close"));
    updateStates();
}

void WorkQueueWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void WorkQueueWindow::hideEvent(QHideEvent *event)
{
    m_settings.setValue(Setting::WorkQueueGeometry, saveGeometry());
    QDialog::hideEvent(event);
}

} // namespace postaci
