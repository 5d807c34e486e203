// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/checkpage.h"

#include "ui/common/errortext.h"
#include "ui/common/infobar.h"
#include "ui/wizard/serverprogress.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Whether another password is the likely cure; everything else is a matter of the settings.
bool concernsPassword(ErrorKind kind)
{
    return kind == ErrorKind::AuthenticationFailed || kind == ErrorKind::AppPasswordNeeded
        || kind == ErrorKind::CredentialsMissing;
}

} // namespace

CheckPage::CheckPage(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_incoming(new ServerProgress(false, this))
    , m_outgoing(new ServerProgress(true, this))
    , m_busy(new QProgressBar(this))
    , m_failure(new InfoBar(this))
    , m_words(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_again(new QPushButton(this))
{
    const int gap = fontMetrics().height();
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    for (QLabel *label : {m_words, m_hint}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_words->setForegroundRole(QPalette::PlaceholderText);

    auto *servers = new QHBoxLayout;
    servers->setSpacing(gap * 2);
    servers->addWidget(m_incoming, 1);
    servers->addWidget(m_outgoing, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_action);
    buttons->addWidget(m_again);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(gap / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_busy);
    layout->addSpacing(gap / 2);
    layout->addLayout(servers);
    layout->addSpacing(gap / 2);
    layout->addWidget(m_failure);
    layout->addWidget(m_words);
    layout->addWidget(m_hint);
    layout->addLayout(buttons);
    layout->addStretch();

    connect(m_action, &QPushButton::clicked, this, [this] {
        if (concernsPassword(m_error.kind))
            Q_EMIT retypePassword();
        else
            Q_EMIT editSettings();
    });
    connect(m_again, &QPushButton::clicked, this, &CheckPage::tryAgain);
    retranslate();
}

void CheckPage::start(const Account &account)
{
    m_state = State::Checking;
    m_incoming->start(account.incoming);
    m_outgoing->start(account.outgoing);
    retranslate();
}

void CheckPage::advance(const CheckStep &step)
{
    (step.outgoing ? m_outgoing : m_incoming)->advance(step);
}

void CheckPage::succeed()
{
    m_state = State::Succeeded;
    m_incoming->finish();
    m_outgoing->finish();
    retranslate();
}

void CheckPage::fail(const MailError &error)
{
    m_state = State::Failed;
    m_error = error;
    m_incoming->stop();
    m_outgoing->stop();
    retranslate();
    m_action->setFocus();
}

void CheckPage::retranslate()
{
    const bool failed = m_state == State::Failed;
    m_title->setText(failed               ? tr("That did not work yet")
            : m_state == State::Succeeded ? tr("Everything works")
                                          : tr("Trying both servers…"));
    m_busy->setAccessibleName(tr("Checking the account"));
    m_busy->setVisible(m_state == State::Checking);
    m_action->setVisible(failed);
    m_again->setVisible(failed);
    m_words->setVisible(failed);
    m_hint->setVisible(failed);
    m_again->setText(tr("Try again"));
    if (!failed) {
        m_failure->hide();
        return;
    }
    const ErrorText text = errorText(m_error);
    // Both servers are tested: the one that failed is named by its side as well as by its host.
    const bool outgoing = m_outgoing->error() && !m_incoming->error();
    const QString step = stepText(m_error.step);
    const QString where = outgoing ? tr("Outgoing mail") : tr("Incoming mail");
    m_failure->show(InfoBar::Kind::Error, text.sentence, step.isEmpty() ? where : where + u" · "_s + step);
    m_words->setText(serverWords(m_error));
    m_words->setVisible(!m_words->text().isEmpty());
    m_hint->setText(text.hint);
    m_action->setText(concernsPassword(m_error.kind) ? tr("Type the password again") : tr("Change the settings"));
}

void CheckPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
