// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/setupreport.h"
#include "core/sync/roundtrip.h"
#include "ui/wizard/wizardpage.h"

#include <optional>

class QProgressBar;
class QPushButton;

namespace postaci {

class InfoBar;
class LinkButton;

/// What was set up, and the offer to send a test mail to oneself.
class DonePage : public WizardPage {
    Q_OBJECT

public:
    /// How far the account was proven to work.
    enum class Proven { Both, ReceivingOnly, Nothing };
    enum class Saved { NewAccount, Changes, Nothing };

    explicit DonePage(QWidget *parent = nullptr);

    /// `notes`: what had to be gone round.
    void show(const Account &account, Proven proven, const QList<Diagnosis> &notes, Saved saved);
    void setStage(RoundTripStage stage);
    void setRoundTrip(const RoundTrip &trip);
    void failRoundTrip(const MailError &error);

    QString action() const override;

Q_SIGNALS:
    void testMailWanted();
    void anotherWanted();

protected:
    void retranslate() override;

private:
    enum class Trip { Offered, Running, Arrived, Failed };

    void showTrip();

    Account m_account;
    Proven m_proven = Proven::Both;
    QList<Diagnosis> m_notes;
    Saved m_saved = Saved::NewAccount;
    Trip m_trip = Trip::Offered;
    RoundTripStage m_stage = RoundTripStage::Connecting;
    RoundTrip m_result;
    MailError m_error;
    InfoBar *m_note;
    QLabel *m_offer;
    QPushButton *m_test;
    QProgressBar *m_busy;
    QLabel *m_progress;
    InfoBar *m_outcome;
    LinkButton *m_another;
};

} // namespace postaci
