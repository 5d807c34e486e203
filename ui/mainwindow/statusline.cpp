// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/statusline.h"

#include "ui/common/errortext.h"
#include "ui/common/icons.h"
#include "ui/common/messagetext.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr std::chrono::milliseconds noticeTime{6'000};

/// Higher is shown when accounts do different things.
int importance(const AccountState &state)
{
    switch (state.activity) {
    case AccountState::Activity::Sending:
        return 7;
    case AccountState::Activity::FetchingHeaders:
        return 6;
    case AccountState::Activity::ReplayingActions:
        return 5;
    case AccountState::Activity::ListingFolders:
        return 4;
    case AccountState::Activity::Connecting:
        return 3;
    case AccountState::Activity::FetchingBodies:
        return 2;
    case AccountState::Activity::Offline:
        return 1;
    case AccountState::Activity::Idle:
        return 0;
    }
    Q_UNREACHABLE_RETURN(0);
}

bool isWork(AccountState::Activity activity)
{
    return activity != AccountState::Activity::Offline && activity != AccountState::Activity::Idle;
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_queueButton(new QToolButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_progress->setTextVisible(false);
    m_progress->setMaximumWidth(fontMetrics().averageCharWidth() * 25);
    m_progress->setMaximumHeight(fontMetrics().height());
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(themeIcon(u"dialog-cancel"_s));
    m_cancel->setFocusPolicy(Qt::TabFocus);
    addWidget(m_icon);
    addWidget(m_text, 1);
    m_queueButton->setAutoRaise(true);
    m_queueButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_queueButton->setFocusPolicy(Qt::TabFocus);
    connect(m_queueButton, &QToolButton::clicked, this, &StatusLine::queueWanted);
    addPermanentWidget(m_queueButton);
    addPermanentWidget(m_progress);
    addPermanentWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (const Entry *entry = mostImportant())
            Q_EMIT cancelled(entry->state.account);
    });
    connect(this, &QStatusBar::messageChanged, this, [this](const QString &text) {
        // Gone, or a link's target is over it.
        if (m_notice && text != m_notice())
            m_notice = {};
    });
    retranslate();
}

void StatusLine::showNotice(std::function<QString()> text)
{
    m_notice = std::move(text);
    m_noticeEnd.setRemainingTime(noticeTime);
    showMessage(m_notice(), int(noticeTime.count()));
}

void StatusLine::setState(const AccountState &state, const QString &accountName)
{
    m_entries.insert(state.account, {state, accountName});
    retranslate();
}

void StatusLine::forget(AccountId account)
{
    m_entries.remove(account);
    retranslate();
}

void StatusLine::setOnline(bool online)
{
    m_online = online;
    retranslate();
}

void StatusLine::setQueue(const QueueSummary &queue)
{
    m_queue = queue;
    retranslate();
}

/// What is refused needs the user; what waits only tells that it is not forgotten, and with a connection is gone in a
/// moment.
void StatusLine::updateQueue(bool offline)
{
    const bool refused = m_queue.refused > 0;
    m_queueButton->setVisible(refused || (offline && m_queue.waiting > 0));
    m_queueButton->setIcon(themeIcon(refused ? u"dialog-warning"_s : u"chronometer"_s));
    m_queueButton->setText(refused ? tr("%Ln change(s) refused", nullptr, int(m_queue.refused))
                                   : tr("%Ln change(s) waiting", nullptr, int(m_queue.waiting)));
    m_queueButton->setToolTip(tr("Shows the changes that wait or were refused"));
}

const StatusLine::Entry *StatusLine::mostImportant() const
{
    const Entry *best = nullptr;
    for (const Entry &entry : m_entries) {
        if (!best || importance(entry.state) > importance(best->state))
            best = &entry;
    }
    return best;
}

QString StatusLine::activityText() const
{
    if (!m_online)
        return tr("Working offline");
    const Entry *entry = mostImportant();
    if (!entry)
        return {};
    const AccountState &state = entry->state;
    const QLocale locale;
    QString text;
    switch (state.activity) {
    case AccountState::Activity::Offline:
        // Anything else that went wrong is said above, until it is resolved.
        text = state.isPaused                                        ? tr("Paused")
            : state.passwordNeeded                                   ? tr("Waiting for the password")
            : state.signInNeeded                                     ? tr("Waiting for your sign-in")
            : state.error && state.error->kind == ErrorKind::Offline ? errorText(*state.error).sentence
                                                                     : tr("Not connected");
        break;
    case AccountState::Activity::Connecting:
        text = tr("Connecting…");
        break;
    case AccountState::Activity::ListingFolders:
        text = tr("Reading the list of folders…");
        break;
    case AccountState::Activity::FetchingHeaders:
        text = state.total > 0
            ? tr("Getting messages: %1 of %2").arg(locale.toString(state.done), locale.toString(state.total))
            : tr("Getting messages…");
        break;
    case AccountState::Activity::FetchingBodies:
        text = state.total > 0 ? tr("Getting texts for offline reading: %1 of %2")
                                     .arg(locale.toString(state.done), locale.toString(state.total))
                               : tr("Getting texts for offline reading…");
        break;
    case AccountState::Activity::ReplayingActions:
        text = tr("Telling the server about your changes…");
        break;
    case AccountState::Activity::Sending:
        text = state.total > 0 ? tr("Sending: %1 of %2").arg(shownSize(state.done), shownSize(state.total))
                               : tr("Sending…");
        break;
    case AccountState::Activity::Idle:
        text = tr("Up to date");
        break;
    }
    // With one account there is nothing to tell apart.
    return m_entries.size() > 1 && (isWork(state.activity) || state.isPaused) ? entry->name + u": "_s + text : text;
}

void StatusLine::retranslate()
{
    const Entry *entry = mostImportant();
    const bool work = m_online && entry && isWork(entry->state.activity);
    const bool offline = !m_online || (entry && entry->state.activity == AccountState::Activity::Offline);
    const int side = textIconSide(*m_text);
    m_icon->setPixmap(
        offline ? themeIcon(u"network-disconnect"_s).pixmap(QSize(side, side), devicePixelRatioF()) : QPixmap());
    m_icon->setVisible(offline);
    updateQueue(offline);
    m_text->setText(activityText());
    m_text->setAccessibleName(tr("Status: %1").arg(m_text->text()));
    m_progress->setVisible(work);
    m_cancel->setVisible(work);
    if (work) {
        // In thousandths: counts may be larger than an int.
        const AccountState &state = entry->state;
        m_progress->setRange(0, state.total > 0 ? 1'000 : 0);
        m_progress->setValue(state.total > 0 ? int(qMin(state.done, state.total) * 1'000 / state.total) : 0);
    }
    m_progress->setAccessibleName(tr("Progress"));
    m_cancel->setToolTip(tr("Stop"));
    m_cancel->setAccessibleName(tr("Stop"));
}

void StatusLine::changeEvent(QEvent *event)
{
    QStatusBar::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        retranslate();
    if (event->type() == QEvent::LanguageChange && m_notice && !m_noticeEnd.hasExpired())
        showMessage(m_notice(), int(m_noticeEnd.remainingTime()));
}

} // namespace postaci
