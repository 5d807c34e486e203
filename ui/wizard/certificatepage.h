// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/setupreport.h"
#include "ui/wizard/wizardpage.h"

#include <array>

class QPushButton;

namespace postaci {

/// A server's certificate that could not be verified, to be looked at. An exception can be made only where nothing but
/// the issuer is in doubt, for this one certificate on this host and port. The safe way out is the default.
class CertificatePage : public WizardPage {
    Q_OBJECT

public:
    explicit CertificatePage(QWidget *parent = nullptr);

    /// A failure of a kind Certificate…, with its certificate.
    void setDiagnosis(const Diagnosis &diagnosis);
    const MailError &error() const { return m_diagnosis.error; }

Q_SIGNALS:
    /// The user looked and trusts it.
    void trusted();

protected:
    void retranslate() override;

private:
    enum Row { Server, Names, Subject, Issuer, From, Until, Fingerprint, RowCount };

    Diagnosis m_diagnosis;
    QLabel *m_explanation;
    std::array<QLabel *, RowCount> m_labels{};
    std::array<QLabel *, RowCount> m_values{};
    QLabel *m_advice;
    QPushButton *m_trust;
};

} // namespace postaci
