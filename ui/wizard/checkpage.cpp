// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/checkpage.h"

#include "ui/common/errortext.h"
#include "ui/common/flowlayout.h"
#include "ui/common/infobar.h"
#include "ui/common/linkbutton.h"
#include "ui/wizard/reporttext.h"
#include "ui/wizard/serverladder.h"
#include "ui/wizard/setuptext.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QProgressBar>

namespace postaci {

CheckPage::CheckPage(QWidget *parent)
    : WizardPage(parent)
    , m_busy(new QProgressBar(this))
    , m_incoming(new ServerLadder(false, this))
    , m_outgoing(new ServerLadder(true, this))
    , m_failure(new InfoBar(this))
    , m_words(plainLabel(true))
    , m_again(new LinkButton(this))
    , m_edit(new LinkButton(this))
    , m_receiveOnly(new LinkButton(this))
    , m_untested(new LinkButton(this))
    , m_copy(new LinkButton(this))
{
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    QBoxLayout *servers = makeHalves();
    servers->addWidget(m_incoming, 1, Qt::AlignTop);
    servers->addWidget(m_outgoing, 1, Qt::AlignTop);
    auto *links = new FlowLayout;
    for (LinkButton *link : {m_again, m_edit, m_receiveOnly, m_untested, m_copy})
        links->addWidget(link);
    body()->addWidget(m_busy);
    body()->addWidget(m_failure);
    body()->addWidget(m_words);
    body()->addLayout(links);
    body()->addSpacing(gap() / 2);
    body()->addLayout(servers);
    body()->addStretch();

    connect(m_again, &QPushButton::clicked, this, &CheckPage::tryAgain);
    connect(m_edit, &QPushButton::clicked, this, &CheckPage::editSettings);
    connect(m_receiveOnly, &QPushButton::clicked, this, &CheckPage::receiveOnly);
    connect(m_untested, &QPushButton::clicked, this, &CheckPage::saveUntested);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(reportText(m_report, m_secrets));
        m_copy->setText(tr("Report copied"));
    });
    retranslate();
}

void CheckPage::start(const Account &account, const CheckOptions &options)
{
    m_state = State::Checking;
    m_diagnosis.reset();
    m_report = {.account = account};
    m_incoming->start(account.incoming);
    if (options.receiveOnly)
        m_outgoing->leaveOut();
    else
        m_outgoing->start(account.outgoing);
    retranslate();
}

void CheckPage::advance(const CheckStep &step)
{
    if (m_state == State::Checking)
        (step.outgoing ? m_outgoing : m_incoming)->advance(step);
}

void CheckPage::finish(const SetupReport &report, const QString &provider, const QStringList &secrets)
{
    m_report = report;
    m_provider = provider;
    m_secrets = secrets;
    m_state = report.works() ? State::Succeeded : State::Failed;
    m_diagnosis = report.incoming ? report.incoming : report.outgoing;
    m_incoming->stop();
    m_outgoing->stop();
    retranslate();
}

void CheckPage::fail(const MailError &error)
{
    m_state = State::Failed;
    m_diagnosis = Diagnosis{.problem = SetupProblem::Local, .fix = SetupFix::Retry, .error = error};
    retranslate();
}

void CheckPage::pageOpened()
{
    if (!m_diagnosis)
        return;
    const bool another = m_diagnosis->problem == SetupProblem::AuthAppPassword
        || m_diagnosis->problem == SetupProblem::AuthCode || m_diagnosis->problem == SetupProblem::AuthExpired;
    m_diagnosis->fix = another ? SetupFix::RetypePassword : SetupFix::Retry;
    retranslate();
}

QString CheckPage::action() const
{
    return m_diagnosis ? fixText(*m_diagnosis) : QString();
}

void CheckPage::showFailure()
{
    const bool failed = m_state == State::Failed && m_diagnosis;
    m_failure->setVisible(failed);
    const SetupFix fix = m_diagnosis ? m_diagnosis->fix : SetupFix::Retry;
    const bool received = m_report.canReceive() && m_report.outgoing;
    m_again->setVisible(failed && fix != SetupFix::Retry);
    m_edit->setVisible(failed && fix != SetupFix::EditSettings);
    m_receiveOnly->setVisible(failed && received && fix != SetupFix::ReceiveOnly);
    m_untested->setVisible(failed && !received);
    m_copy->setVisible(failed);
    if (!failed) {
        m_words->hide();
        return;
    }
    const ProblemText text = problemText(*m_diagnosis, m_provider);
    m_failure->show(InfoBar::Kind::Error, text.sentence, text.hint);
    m_words->setText(serverWords(m_diagnosis->error));
    m_words->setVisible(!m_words->text().isEmpty());
}

void CheckPage::retranslate()
{
    switch (m_state) {
    case State::Checking:
        setHead(tr("Trying both servers…"), m_report.account.identity.address);
        break;
    case State::Succeeded:
        setHead(tr("Everything works"), m_report.account.identity.address);
        break;
    case State::Failed:
        setHead(!m_diagnosis || m_diagnosis->problem == SetupProblem::Local ? tr("That did not work yet")
                : m_diagnosis->outgoing                                     ? tr("Sending does not work yet")
                                                                            : tr("Receiving does not work yet"),
            m_report.account.identity.address);
        break;
    }
    m_busy->setAccessibleName(tr("Checking the account"));
    m_busy->setVisible(m_state == State::Checking);
    m_again->setText(tr("Try again"));
    m_edit->setText(tr("Change the settings"));
    m_receiveOnly->setText(tr("Use it for receiving only"));
    m_untested->setText(tr("Save without testing"));
    m_copy->setText(tr("Copy report"));
    showFailure();
    Q_EMIT actionChanged();
}

} // namespace postaci
