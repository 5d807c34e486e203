// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/preferencesdialog.h"

#include "core/sync/mailengine.h"
#include "ui/common/errortext.h"
#include "ui/common/icons.h"
#include "ui/common/infobar.h"
#include "ui/common/languagecombo.h"
#include "ui/folders/foldermodel.h"

#include <QEvent>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

PreferencesDialog::PreferencesDialog(
    MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_folders(folders)
    , m_problem(new InfoBar(this))
    , m_general(new QGroupBox(this))
    , m_languageLabel(new QLabel(this))
    , m_language(new LanguageCombo(settings, this))
    , m_accountsGroup(new QGroupBox(this))
    , m_accounts(new QListWidget(this))
    , m_add(new QPushButton(this))
    , m_remove(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_languageLabel->setBuddy(m_language);
    auto *general = new QFormLayout(m_general);
    general->addRow(m_languageLabel, m_language);
    general->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);

    auto *buttons = new QVBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto *accounts = new QHBoxLayout(m_accountsGroup);
    accounts->addWidget(m_accounts, 1);
    accounts->addLayout(buttons);
    m_accounts->setMinimumHeight(fontMetrics().height() * 7);

    auto *bottom = new QHBoxLayout;
    bottom->addStretch();
    bottom->addWidget(m_close);
    m_close->setDefault(true);
    const int gap = fontMetrics().height();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_problem);
    layout->addWidget(m_general);
    layout->addWidget(m_accountsGroup, 1);
    layout->addLayout(bottom);
    setMinimumWidth(fontMetrics().averageCharWidth() * 70);

    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_add, &QPushButton::clicked, this, &PreferencesDialog::addAccountWanted);
    connect(m_remove, &QPushButton::clicked, this, &PreferencesDialog::removeAccount);
    connect(m_accounts, &QListWidget::currentRowChanged, this, [this](int row) { m_remove->setEnabled(row >= 0); });
    connect(&folders, &FolderModel::accountsChanged, this, &PreferencesDialog::fillAccounts);
    retranslate();
    fillAccounts();
}

void PreferencesDialog::fillAccounts()
{
    m_accounts->clear();
    for (const Account &account : m_folders.accounts()) {
        auto *item = new QListWidgetItem(themeIcon(u"im-user"_s),
            account.identity.name.isEmpty() ? account.identity.address
                                            : account.identity.name + u" – "_s + account.identity.address,
            m_accounts);
        item->setData(Qt::UserRole, QVariant::fromValue(account.id));
        item->setToolTip(account.incoming.endpoint() + u'\n' + account.outgoing.endpoint());
    }
    m_remove->setEnabled(m_accounts->currentRow() >= 0);
}

void PreferencesDialog::removeAccount()
{
    const QListWidgetItem *item = m_accounts->currentItem();
    if (!item)
        return;
    const AccountId id = item->data(Qt::UserRole).value<AccountId>();
    auto *question = new QMessageBox(QMessageBox::Question, tr("Remove account?"),
        tr("%1 is removed from this computer, with its mail, drafts and unsent messages here.\n"
           "Nothing changes on the server.")
            .arg(item->text()),
        QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    const auto *yes = question->addButton(tr("Remove account"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("Keep account"), QMessageBox::RejectRole));
    connect(question, &QMessageBox::buttonClicked, this, [this, yes, id](QAbstractButton *button) {
        if (button != yes)
            return;
        m_engine.removeAccount(id).then(this, [this](const Result<void> &result) {
            if (!result)
                m_problem->show(
                    InfoBar::Kind::Error, errorText(result.error()).sentence, errorText(result.error()).hint);
        });
    });
    question->open();
}

void PreferencesDialog::retranslate()
{
    setWindowTitle(tr("Preferences"));
    m_general->setTitle(tr("General"));
    m_languageLabel->setText(tr("&Language"));
    m_language->setAccessibleName(tr("Language"));
    m_accountsGroup->setTitle(tr("Accounts"));
    m_accounts->setAccessibleName(tr("Accounts"));
    m_add->setText(tr("&Add account…"));
    m_remove->setText(tr("&Remove account…"));
    m_close->setText(tr("Close"));
}

void PreferencesDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
