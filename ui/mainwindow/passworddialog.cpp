// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/passworddialog.h"

#include "ui/common/errortext.h"
#include "ui/common/passwordedit.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

PasswordDialog::PasswordDialog(const Account &account, const std::optional<MailError> &reason, QWidget *parent)
    : QDialog(parent)
    , m_password(new PasswordEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Password needed"));
    const int gap = fontMetrics().height();
    auto *headline = new QLabel(tr("Enter the password of %1.").arg(account.identity.address), this);
    auto *why = new QLabel(this);
    why->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {headline, why}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    if (reason) {
        const ErrorText text = errorText(*reason);
        why->setText((QStringList{text.sentence, serverWords(*reason)} + QStringList{text.hint}).join(u'\n').trimmed());
    }
    why->setVisible(!why->text().isEmpty());
    auto *label = new QLabel(tr("&Password"), this);
    label->setBuddy(m_password);
    m_password->setAccessibleName(tr("Password"));
    auto *cancel = new QPushButton(tr("Not now"), this);
    auto *fine = new QPushButton(tr("Sign in"), this);
    fine->setDefault(true);
    fine->setEnabled(false);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(fine);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(headline);
    layout->addWidget(why);
    layout->addWidget(label);
    layout->addWidget(m_password);
    layout->addSpacing(gap / 2);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 60);

    connect(
        m_password, &QLineEdit::textChanged, this, [fine](const QString &text) { fine->setEnabled(!text.isEmpty()); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(fine, &QPushButton::clicked, this, [this, id = account.id] {
        Q_EMIT passwordGiven(id, {m_password->text(), m_password->text()});
        accept();
    });
}

} // namespace postaci
