// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/certificatepage.h"

#include "ui/wizard/setuptext.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// "AB:CD EF:01 …": groups of two bytes, eight in a line, that can be read out and compared.
QString fingerprintText(const QByteArray &sha256)
{
    constexpr int group = 2;
    constexpr int groupsInLine = 8;
    QString text;
    for (qsizetype i = 0; i < sha256.size(); i += group) {
        if (i > 0)
            text += i % (group * groupsInLine) == 0 ? u'\n' : u' ';
        text += QString::fromLatin1(sha256.mid(i, group).toHex(':').toUpper());
    }
    return text;
}

} // namespace

CertificatePage::CertificatePage(QWidget *parent)
    : WizardPage(parent)
    , m_explanation(plainLabel())
    , m_advice(plainLabel())
    , m_trust(new QPushButton(this))
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(gap());
    grid->setVerticalSpacing(gap() / 3);
    grid->setColumnStretch(1, 1);
    for (int row = 0; row < RowCount; ++row) {
        m_labels[row] = new QLabel(this);
        m_labels[row]->setForegroundRole(QPalette::PlaceholderText);
        m_values[row] = plainLabel();
        m_values[row]->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        grid->addWidget(m_labels[row], row, 0, Qt::AlignTop);
        grid->addWidget(m_values[row], row, 1);
    }
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    m_values[Fingerprint]->setFont(fixed);
    m_trust->setAutoDefault(false);
    body()->addWidget(m_explanation);
    body()->addSpacing(gap() / 2);
    body()->addLayout(grid);
    body()->addSpacing(gap() / 2);
    body()->addWidget(m_advice);
    body()->addWidget(m_trust, 0, Qt::AlignLeft);
    body()->addStretch();
    connect(m_trust, &QPushButton::clicked, this, &CertificatePage::trusted);
    retranslate();
}

void CertificatePage::setDiagnosis(const Diagnosis &diagnosis)
{
    m_diagnosis = diagnosis;
    retranslate();
}

void CertificatePage::retranslate()
{
    const QString server = hostText(error().endpoint);
    const ProblemText problem
        = problemText({.problem = error().kind == ErrorKind::CertificateName ? SetupProblem::TlsName
                : error().kind == ErrorKind::CertificateExpired              ? SetupProblem::TlsDate
                                                                             : SetupProblem::TlsUntrusted,
            .error = error()});
    setHead(tr("The server's certificate"), problem.sentence);
    m_explanation->setText(tr("The certificate is how a server proves who it is. Whoever can show a false one can read "
                              "your password and your mail."));
    const CertificateFacts details = m_diagnosis.certificate.value_or(CertificateFacts{});
    const auto date = [](const QDateTime &when) {
        return when.isValid() ? QLocale().toString(when.toLocalTime().date(), QLocale::LongFormat) : QString();
    };
    const std::array<QString, RowCount> labels{tr("Server"), tr("Valid for"), tr("Owner"), tr("Issued by"),
        tr("Valid from"), tr("Valid until"), tr("SHA-256 fingerprint")};
    const std::array<QString, RowCount> values{server, details.names.join(u", "_s), details.subject,
        details.selfSigned ? tr("itself (self-signed)") : details.issuer, date(details.validFrom),
        date(details.validUntil), fingerprintText(details.sha256)};
    for (int row = 0; row < RowCount; ++row) {
        m_labels[row]->setText(labels[row]);
        m_values[row]->setText(values[row]);
        m_values[row]->setAccessibleName(labels[row] + u": "_s + values[row]);
        m_labels[row]->setVisible(!values[row].isEmpty());
        m_values[row]->setVisible(!values[row].isEmpty());
    }
    // With a wrong name or date there is nothing to trust: the provider mends that.
    const bool mayTrust = error().kind == ErrorKind::CertificateUntrusted && !error().certificate.isEmpty();
    m_advice->setText(mayTrust
            ? tr("Go on only if somebody who runs this server has confirmed the fingerprint to you. The exception then "
                 "holds for this certificate on this server alone.")
            : tr("No exception can be made for this. Your provider has to mend it."));
    m_trust->setText(tr("Trust this certificate"));
    m_trust->setVisible(mayTrust);
    Q_EMIT actionChanged();
}

} // namespace postaci
