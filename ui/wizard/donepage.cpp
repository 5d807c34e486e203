// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/donepage.h"

#include "ui/common/errortext.h"
#include "ui/common/infobar.h"
#include "ui/common/linkbutton.h"
#include "ui/wizard/setuptext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace postaci {

DonePage::DonePage(QWidget *parent)
    : WizardPage(parent)
    , m_note(new InfoBar(this))
    , m_offer(plainLabel())
    , m_test(new QPushButton(this))
    , m_busy(new QProgressBar(this))
    , m_progress(plainLabel(true))
    , m_outcome(new InfoBar(this))
    , m_another(new LinkButton(this))
{
    m_test->setAutoDefault(false);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    body()->addWidget(m_note);
    body()->addWidget(m_offer);
    body()->addWidget(m_test, 0, Qt::AlignLeft);
    body()->addWidget(m_busy);
    body()->addWidget(m_progress);
    body()->addWidget(m_outcome);
    body()->addStretch();
    body()->addWidget(m_another, 0, Qt::AlignLeft);
    connect(m_test, &QPushButton::clicked, this, [this] {
        m_trip = Trip::Running;
        m_stage = RoundTripStage::Connecting;
        retranslate();
        Q_EMIT testMailWanted();
    });
    connect(m_another, &QPushButton::clicked, this, &DonePage::anotherWanted);
    retranslate();
}

void DonePage::show(const Account &account, Proven proven, const QList<Diagnosis> &notes, Saved saved)
{
    m_account = account;
    m_proven = proven;
    m_notes = notes;
    m_saved = saved;
    m_trip = Trip::Offered;
    retranslate();
}

void DonePage::setStage(RoundTripStage stage)
{
    m_stage = stage;
    retranslate();
}

void DonePage::setRoundTrip(const RoundTrip &trip)
{
    m_trip = Trip::Arrived;
    m_result = trip;
    retranslate();
}

void DonePage::failRoundTrip(const MailError &error)
{
    m_trip = Trip::Failed;
    m_error = error;
    retranslate();
}

QString DonePage::action() const
{
    return m_saved == Saved::NewAccount ? tr("&Open mailbox") : tr("&Close");
}

void DonePage::showTrip()
{
    m_offer->setVisible(m_proven == Proven::Both && m_trip == Trip::Offered);
    m_test->setVisible(m_proven == Proven::Both && (m_trip == Trip::Offered || m_trip == Trip::Failed));
    m_busy->setVisible(m_trip == Trip::Running);
    m_progress->setVisible(m_trip == Trip::Running);
    switch (m_stage) {
    case RoundTripStage::Connecting:
        m_progress->setText(tr("Connecting…"));
        break;
    case RoundTripStage::Sending:
        m_progress->setText(tr("Sending the test mail…"));
        break;
    case RoundTripStage::Waiting:
        m_progress->setText(tr("Sent. Waiting for it to arrive…"));
        break;
    case RoundTripStage::Removing:
        m_progress->setText(tr("It is here. Removing it again…"));
        break;
    }
    if (m_trip == Trip::Arrived) {
        const QString seconds = QLocale().toString(double(m_result.milliseconds) / 1'000, 'f', 1);
        const bool junk = m_result.role == FolderRole::Junk;
        m_outcome->show(junk ? InfoBar::Kind::Warning : InfoBar::Kind::Information,
            junk ? tr("The test mail arrived after %1 s, but in the junk folder.").arg(seconds)
                 : tr("The test mail was sent and arrived after %1 s.").arg(seconds),
            m_result.removed ? tr("It has been removed again.") : tr("You can delete it."));
    } else if (m_trip == Trip::Failed) {
        const bool missing = m_error.kind == ErrorKind::Timeout && m_error.step == Step::FetchHeaders;
        const ErrorText text = errorText(m_error);
        m_outcome->show(InfoBar::Kind::Warning,
            missing ? tr("The test mail was sent but has not arrived yet.") : text.sentence,
            missing ? tr("Some providers take minutes. Look into your inbox later.") : text.hint);
    } else {
        m_outcome->hide();
    }
}

void DonePage::retranslate()
{
    const QString address = m_account.identity.address;
    setHead(m_saved == Saved::NewAccount ? tr("Your mailbox is ready")
            : m_saved == Saved::Changes  ? tr("The account has been changed")
                                         : tr("The account works"),
        address);
    QStringList notes;
    if (m_proven == Proven::ReceivingOnly)
        notes.append(tr("You can receive mail but not send any yet. The preferences are where you put that right."));
    else if (m_proven == Proven::Nothing)
        notes.append(tr("The account was saved without a test. Postacı tells you if it does not work."));
    for (const Diagnosis &note : std::as_const(m_notes)) {
        if (const QString text = noteText(note); !text.isEmpty())
            notes.append(text);
    }
    if (m_account.isLocal() && m_saved == Saved::NewAccount)
        notes.append(
            tr("Your mail comes to this computer, and the server keeps its copies. The preferences are where you "
               "change that."));
    m_note->setVisible(!notes.isEmpty());
    if (!notes.isEmpty()) {
        const QString first = notes.takeFirst();
        m_note->show(
            m_proven == Proven::Both ? InfoBar::Kind::Information : InfoBar::Kind::Warning, first, notes.join(u'\n'));
    }
    m_offer->setText(tr("Both servers took your sign-in. A test mail to yourself shows the rest: it is sent, seen "
                        "arriving and removed again."));
    m_test->setText(m_trip == Trip::Failed ? tr("Send the test mail again") : tr("Send a test mail"));
    m_busy->setAccessibleName(tr("Test mail under way"));
    m_another->setText(tr("Add another account"));
    m_another->setVisible(m_saved == Saved::NewAccount);
    showTrip();
    Q_EMIT actionChanged();
}

} // namespace postaci
