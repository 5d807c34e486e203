// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/preferencesdialog.h"

#include "core/settings/settings.h"
#include "ui/common/languagecombo.h"
#include "ui/preferences/accountspage.h"

#include <QCheckBox>
#include <QEvent>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace postaci {

PreferencesDialog::PreferencesDialog(
    MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget *parent)
    : QDialog(parent)
    , m_general(new QGroupBox(this))
    , m_languageLabel(new QLabel(this))
    , m_language(new LanguageCombo(settings, this))
    , m_privacy(new QGroupBox(this))
    , m_askNobody(new QCheckBox(this))
    , m_accounts(new AccountsPage(engine, settings, folders, this))
    , m_close(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_languageLabel->setBuddy(m_language);
    auto *general = new QFormLayout(m_general);
    general->addRow(m_languageLabel, m_language);
    general->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    auto *privacy = new QVBoxLayout(m_privacy);
    privacy->addWidget(m_askNobody);
    m_askNobody->setChecked(settings.value(Setting::AskNobodyOutside).toBool());

    auto *bottom = new QHBoxLayout;
    bottom->addStretch();
    bottom->addWidget(m_close);
    m_close->setDefault(true);
    const int gap = fontMetrics().height();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_general);
    layout->addWidget(m_accounts, 1);
    layout->addWidget(m_privacy);
    layout->addLayout(bottom);
    setMinimumWidth(fontMetrics().averageCharWidth() * 88);

    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_accounts, &AccountsPage::addAccountWanted, this, &PreferencesDialog::addAccountWanted);
    connect(m_askNobody, &QCheckBox::toggled, this,
        [&settings](bool nobody) { settings.setValue(Setting::AskNobodyOutside, nobody); });
    retranslate();
}

void PreferencesDialog::retranslate()
{
    setWindowTitle(tr("Preferences"));
    m_general->setTitle(tr("General"));
    m_languageLabel->setText(tr("&Language"));
    m_language->setAccessibleName(tr("Language"));
    m_privacy->setTitle(tr("Privacy"));
    m_askNobody->setText(tr("When looking for servers, ask nobody but the address' own provider"));
    m_close->setText(tr("Close"));
}

void PreferencesDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
