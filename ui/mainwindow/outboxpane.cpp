// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/outboxpane.h"

#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/common/errortext.h"
#include "ui/common/icons.h"
#include "ui/common/messagetext.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::OutboxText)
};

QString iconName(OutboxState state)
{
    switch (state) {
    case OutboxState::Queued:
        return u"chronometer"_s;
    case OutboxState::Sending:
        return u"document-send"_s;
    case OutboxState::Unknown:
        return u"dialog-warning"_s;
    case OutboxState::Sent:
        return u"dialog-ok-apply"_s;
    case OutboxState::Failed:
        return u"dialog-error"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString outboxStateText(const OutboxItem &item)
{
    switch (item.state) {
    case OutboxState::Queued:
        return item.attempts == 0 ? Text::tr("Waiting to be sent")
                                  : Text::tr("Will be tried again at %1").arg(shortDate(item.nextTry));
    case OutboxState::Sending:
        return Text::tr("Being sent");
    case OutboxState::Unknown:
        return Text::tr("Unclear whether it was sent");
    case OutboxState::Sent:
        return Text::tr("Sent");
    case OutboxState::Failed:
        return Text::tr("Not sent");
    }
    Q_UNREACHABLE_RETURN({});
}

OutboxPane::OutboxPane(Store &store, MailEngine &engine, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_engine(engine)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState)
    , m_list(new QTreeWidget)
    , m_details(new QLabel(this))
    , m_retry(new QPushButton(this))
    , m_remove(new QPushButton(this))
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
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setContentsMargins(gap, gap / 2, gap, 0);

    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(gap, gap / 2, gap, gap / 2);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_details);
    layout->addLayout(buttons);

    const auto report = [this](const Result<void> &result) {
        if (!result)
            Q_EMIT failed(result.error());
    };
    connect(m_retry, &QPushButton::clicked, this, [this, report] {
        if (const OutboxItem *item = current())
            m_engine.retryOutbox(item->id).then(this, report);
    });
    connect(m_remove, &QPushButton::clicked, this, [this, report] {
        if (const OutboxItem *item = current())
            m_engine.removeOutbox(item->id).then(this, report);
    });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &OutboxPane::updateDetails);
    connect(&store, &Store::changed, this, [this](const StoreChange &change) {
        if (change.outbox)
            reload();
    });
    retranslate();
    reload();
}

void OutboxPane::reload()
{
    m_store.read([](const Tables &tables) -> Result<QList<OutboxItem>> { return tables.outbox.all(); })
        .then(this, [this](const Result<QList<OutboxItem>> &items) {
            if (items)
                show(*items);
            else
                Q_EMIT failed(items.error());
        });
}

void OutboxPane::show(const QList<OutboxItem> &items)
{
    const OutboxItem *selected = current();
    const OutboxId before = selected ? selected->id : OutboxId{};
    m_items = items;
    m_list->clear();
    for (const OutboxItem &item : items) {
        QStringList recipients;
        for (const Recipient &recipient : item.recipients)
            recipients.append(recipient.address);
        const QString subject = harmless(item.subject);
        auto *row = new QTreeWidgetItem(m_list,
            {subject.isEmpty() ? tr("(no subject)") : subject, recipients.join(u", "_s), outboxStateText(item)});
        row->setIcon(0, themeIcon(iconName(item.state)));
        row->setData(0, Qt::UserRole, QVariant::fromValue(item.id));
        if (item.id == before)
            m_list->setCurrentItem(row);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    m_list->resizeColumnToContents(2);
    m_pages->setCurrentWidget(items.isEmpty() ? static_cast<QWidget *>(m_empty) : m_list);
    updateDetails();
}

const OutboxItem *OutboxPane::current() const
{
    const QTreeWidgetItem *row = m_list->currentItem();
    if (!row)
        return nullptr;
    const OutboxId id = row->data(0, Qt::UserRole).value<OutboxId>();
    const auto found
        = std::find_if(m_items.cbegin(), m_items.cend(), [id](const OutboxItem &item) { return item.id == id; });
    return found == m_items.cend() ? nullptr : &*found;
}

void OutboxPane::updateDetails()
{
    const OutboxItem *item = current();
    m_retry->setVisible(item);
    m_remove->setVisible(item);
    m_details->setVisible(item);
    if (!item)
        return;
    const bool unknown = item->state == OutboxState::Unknown;
    m_retry->setText(unknown ? tr("It did not arrive: send again") : tr("Send now"));
    m_retry->setEnabled(unknown || item->state == OutboxState::Queued || item->state == OutboxState::Failed);
    m_remove->setText(unknown ? tr("It arrived: remove") : tr("Remove"));
    m_remove->setEnabled(item->state != OutboxState::Sending);

    QStringList lines;
    if (unknown)
        lines.append(
            tr("The connection broke after the mail had been handed over. Ask the recipient, or look whether it "
               "is among the sent mails, before you send it again."));
    const bool reason
        = item->state == OutboxState::Failed || (item->state == OutboxState::Queued && item->attempts > 0);
    if (reason) {
        const ErrorText text = errorText(item->lastError);
        lines.append(text.sentence + u' ' + text.hint);
        lines.append(serverWords(item->lastError));
    }
    for (const Recipient &recipient : item->recipients) {
        if (recipient.state == RecipientState::Refused)
            lines.append(tr("%1: refused. %2").arg(recipient.address, serverWords(recipient.error)));
        else if (recipient.state == RecipientState::Accepted)
            lines.append(tr("%1: accepted.").arg(recipient.address));
    }
    lines.removeAll(QString());
    m_details->setText(lines.join(u'\n'));
    m_details->setVisible(!lines.isEmpty());
}

void OutboxPane::retranslate()
{
    m_empty->setContent(u"mail-folder-outbox"_s, tr("Nothing is waiting to be sent"),
        tr("Mails stay here until a server has taken them."));
    m_list->setHeaderLabels({tr("Subject"), tr("To"), tr("State")});
    m_list->setAccessibleName(tr("Outbox"));
    show(m_items);
}

void OutboxPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
