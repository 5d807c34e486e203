// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/noticebar.h"

#include "core/store/store.h"
#include "ui/common/errortext.h"
#include "ui/common/messagetext.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace postaci {

NoticeBar::NoticeBar(QWidget *parent)
    : InfoBar(parent)
    , m_queue(new QPushButton)
    , m_close(new QPushButton)
{
    m_queue->hide();
    addButton(m_queue);
    addButton(m_close);
    connect(m_queue, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT queueWanted();
    });
    connect(m_close, &QPushButton::clicked, this, &QWidget::hide);
    retranslate();
}

void NoticeBar::say(std::function<void()> fill)
{
    m_fill = std::move(fill);
    m_queue->hide();
    m_fill();
}

void NoticeBar::retranslate()
{
    m_close->setText(tr("Close"));
    m_queue->setText(tr("Show"));
    if (!isHidden() && m_fill)
        m_fill();
}

void NoticeBar::showFailure(const MailError &error)
{
    say([this, error] {
        const ErrorText text = errorText(error);
        const QString words = serverWords(error);
        show(Kind::Error, text.sentence, words.isEmpty() ? text.hint : text.hint + u'\n' + words);
    });
}

void NoticeBar::showUndone(const MailError &error)
{
    say([this, error] {
        show(Kind::Warning, tr("The server refused a change; it was undone. %1").arg(errorText(error).sentence),
            serverWords(error));
    });
    m_queue->show();
}

void NoticeBar::showUnsent(const OutboxItem &item)
{
    const QString subject = harmless(item.subject);
    if (item.state == OutboxState::Failed) {
        say([this, subject, error = item.lastError] {
            const ErrorText text = errorText(error);
            show(Kind::Error, tr("“%1” was not sent. %2").arg(subject, text.sentence),
                tr("It is in the outbox. %1").arg(text.hint));
        });
    } else if (item.state == OutboxState::Unknown) {
        say([this, subject] {
            show(Kind::Warning, tr("It is unclear whether “%1” was sent.").arg(subject),
                tr("The outbox tells what you can do."));
        });
    }
}

void NoticeBar::showRecovery(const Recovery &recovery)
{
    say([this, kept = recovery.keptFiles.join(u'\n')] {
        show(Kind::Warning,
            tr("The mail database was damaged: what could be read of it was saved, and mail on IMAP servers is being "
               "fetched again."),
            kept.isEmpty() ? QString() : tr("The damaged file is kept here: %1").arg(kept));
    });
}

} // namespace postaci
