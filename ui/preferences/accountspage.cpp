// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/accountspage.h"

#include "core/sync/mailengine.h"
#include "ui/common/errortext.h"
#include "ui/common/icons.h"
#include "ui/common/infobar.h"
#include "ui/connection/connectiondialog.h"
#include "ui/folders/foldermodel.h"
#include "ui/wizard/setuptext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

QString describe(const Account &account)
{
    return account.identity.name.isEmpty() ? account.identity.address
                                           : account.identity.name + u" – "_s + account.identity.address;
}

} // namespace

AccountsPage::AccountsPage(MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget *parent)
    : QGroupBox(parent)
    , m_engine(engine)
    , m_settings(settings)
    , m_folders(folders)
    , m_problem(new InfoBar(this))
    , m_list(new QListWidget(this))
    , m_servers(new QLabel(this))
    , m_sync(new SyncBox(this))
    , m_maildrop(new MaildropBox(this))
    , m_add(new QPushButton(this))
    , m_change(new QPushButton(this))
    , m_test(new QPushButton(this))
    , m_signIn(new QPushButton(this))
    , m_connection(new QPushButton(this))
    , m_remove(new QPushButton(this))
{
    const int gap = fontMetrics().height();
    m_servers->setTextFormat(Qt::PlainText);
    m_servers->setWordWrap(true);
    m_servers->setForegroundRole(QPalette::PlaceholderText);
    m_list->setMinimumHeight(gap * 8);
    m_list->setUniformItemSizes(true);

    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {m_add, m_change, m_test, m_signIn, m_connection}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    m_remove->setAutoDefault(false);
    buttons->addStretch();
    buttons->addWidget(m_remove);
    auto *column = new QVBoxLayout;
    column->addWidget(m_list, 1);
    column->addWidget(m_servers);
    column->addWidget(m_sync);
    column->addWidget(m_maildrop);
    auto *rows = new QHBoxLayout;
    rows->setSpacing(gap);
    rows->addLayout(column, 1);
    rows->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_problem);
    layout->addLayout(rows, 1);

    connect(m_add, &QPushButton::clicked, this, &AccountsPage::addAccountWanted);
    connect(m_change, &QPushButton::clicked, this, [this] { open(SetupWizard::Task::Change); });
    connect(m_test, &QPushButton::clicked, this, [this] { open(SetupWizard::Task::Test); });
    connect(m_signIn, &QPushButton::clicked, this, [this] { open(SetupWizard::Task::SignIn); });
    connect(m_remove, &QPushButton::clicked, this, &AccountsPage::askAndRemove);
    connect(m_connection, &QPushButton::clicked, this, &AccountsPage::openConnection);
    connect(m_sync, &SyncBox::edited, this, &AccountsPage::saveChoices);
    connect(m_maildrop, &MaildropBox::edited, this, &AccountsPage::saveChoices);
    connect(m_list, &QListWidget::currentRowChanged, this, &AccountsPage::updateButtons);
    connect(m_list, &QListWidget::itemActivated, this, [this] { open(SetupWizard::Task::Change); });
    connect(&folders, &FolderModel::accountsChanged, this, &AccountsPage::fill);
    retranslate();
    fill();
}

std::optional<Account> AccountsPage::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? m_folders.account(item->data(Qt::UserRole).value<AccountId>()) : std::nullopt;
}

void AccountsPage::fill()
{
    const auto before = current();
    m_list->clear();
    for (const Account &account : m_folders.accounts()) {
        auto *item = new QListWidgetItem(themeIcon(u"im-user"_s), describe(account), m_list);
        item->setData(Qt::UserRole, QVariant::fromValue(account.id));
        if (!before || account.id == before->id)
            m_list->setCurrentItem(item);
    }
    updateButtons();
}

void AccountsPage::updateButtons()
{
    const auto account = current();
    for (QPushButton *button : {m_change, m_test, m_signIn, m_connection, m_remove})
        button->setEnabled(account.has_value());
    m_servers->setText(account
            ? tr("Receiving: %1\nSending: %2")
                  .arg(hostText(account->incoming.endpoint()), hostText(account->outgoing.endpoint()))
            : tr("There is no account yet."));
    m_sync->setVisible(account.has_value());
    m_maildrop->setVisible(account && account->isLocal());
    if (!account)
        return;
    const Choices choices = m_unsaved.value(account->id,
        {.sync = {.pollMinutes = account->pollMinutes,
             .whole = account->wholeMessages,
             .wholeDays = account->wholeMessagesDays},
            .maildrop = {.copies = account->serverCopies, .wholeUpTo = account->wholeUpTo}});
    m_sync->setOptions(choices.sync, !account->isLocal());
    m_maildrop->setOptions(choices.maildrop);
}

void AccountsPage::open(SetupWizard::Task task)
{
    const auto account = current();
    if (!account)
        return;
    auto *wizard = new SetupWizard(m_engine, m_settings, {.task = task, .account = account}, window());
    wizard->open();
}

void AccountsPage::askAndRemove()
{
    const auto account = current();
    if (!account)
        return;
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Remove account?"), describe(*account), QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Removed from this computer: the account, its password, its mail, drafts and unsent messages.\n"
           "Kept: everything on the server. Only drafts and unsent messages exist nowhere else."));
    const auto *yes = question->addButton(tr("Remove account"), QMessageBox::DestructiveRole);
    QPushButton *keep = question->addButton(tr("Keep account"), QMessageBox::RejectRole);
    question->setDefaultButton(keep);
    question->setEscapeButton(keep);
    connect(question, &QMessageBox::buttonClicked, this, [this, yes, id = account->id](const QAbstractButton *button) {
        if (button != yes)
            return;
        m_engine.removeAccount(id).then(this, [this](const Result<void> &result) { showOutcome(result); });
    });
    question->open();
}

void AccountsPage::openConnection()
{
    if (const auto account = current())
        (new ConnectionDialog(m_engine, account->id, account->name, window()))->open();
}

void AccountsPage::saveChoices()
{
    if (const auto account = current())
        m_unsaved.insert(account->id, {.sync = m_sync->options(), .maildrop = m_maildrop->options()});
    saveNext();
}

void AccountsPage::saveNext()
{
    if (m_saving || m_unsaved.isEmpty())
        return;
    const AccountId id = m_unsaved.constBegin().key();
    const Choices choices = m_unsaved.constBegin().value();
    auto account = m_folders.account(id);
    if (!account) { // removed meanwhile
        m_unsaved.remove(id);
        saveNext();
        return;
    }
    account->pollMinutes = choices.sync.pollMinutes;
    account->wholeMessages = choices.sync.whole;
    account->wholeMessagesDays = choices.sync.wholeDays;
    account->serverCopies = choices.maildrop.copies;
    account->wholeUpTo = choices.maildrop.wholeUpTo;
    m_saving = true;
    m_engine.updateAccount(*account, {}).then(this, [this, id, choices](const Result<void> &result) {
        m_saving = false;
        if (!result || m_unsaved.value(id) == choices)
            m_unsaved.remove(id);
        showOutcome(result);
        if (!result)
            updateButtons();
        saveNext();
    });
}

void AccountsPage::showOutcome(const Result<void> &result)
{
    if (result) {
        m_problem->hide();
        return;
    }
    const ErrorText text = errorText(result.error());
    m_problem->show(InfoBar::Kind::Error, text.sentence, text.hint);
}

void AccountsPage::retranslate()
{
    setTitle(tr("Accounts"));
    m_list->setAccessibleName(tr("Accounts"));
    m_add->setText(tr("&Add account…"));
    m_change->setText(tr("&Change…"));
    m_test->setText(tr("&Test"));
    m_signIn->setText(tr("&Sign in again…"));
    m_connection->setText(tr("C&onnection…"));
    m_remove->setText(tr("&Remove account…"));
    updateButtons();
}

void AccountsPage::changeEvent(QEvent *event)
{
    QGroupBox::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
