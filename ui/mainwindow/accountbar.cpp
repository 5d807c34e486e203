// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/accountbar.h"

#include "core/sync/mailengine.h"
#include "ui/common/errortext.h"
#include "ui/common/signinpages.h"
#include "ui/folders/foldermodel.h"
#include "ui/mainwindow/passworddialog.h"

#include <QDesktopServices>
#include <QEvent>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

AccountBar::AccountBar(MailEngine &engine, const FolderModel &folders, QWidget *parent)
    : InfoBar(parent)
    , m_engine(engine)
    , m_folders(folders)
    , m_password(new QPushButton(this))
    , m_signIn(new QPushButton(this))
    , m_again(new QPushButton(this))
{
    addButton(m_password);
    addButton(m_signIn);
    addButton(m_again);
    connect(m_password, &QPushButton::clicked, this, &AccountBar::askPassword);
    connect(m_signIn, &QPushButton::clicked, this, &AccountBar::signIn);
    connect(m_again, &QPushButton::clicked, this, [this] { m_engine.synchronize(m_shown); });
}

void AccountBar::setState(const AccountState &state)
{
    const bool trouble = state.waitsForUser()
        || (state.error && state.error->kind != ErrorKind::Offline && state.error->kind != ErrorKind::Cancelled);
    if (trouble)
        m_troubled.insert(state.account, state);
    // A new attempt is not yet a cure: the reason stays until one has succeeded.
    else if (state.activity != AccountState::Activity::Connecting)
        m_troubled.remove(state.account);
    refresh();
    if (state.passwordNeeded && !m_asked.contains(state.account) && m_shown == state.account) {
        m_asked.insert(state.account);
        askPassword();
    }
    if (!trouble && state.activity == AccountState::Activity::Idle)
        m_asked.remove(state.account);
}

void AccountBar::forget(AccountId account)
{
    m_troubled.remove(account);
    refresh();
}

void AccountBar::refresh()
{
    if (m_troubled.isEmpty()) {
        m_shown = {};
        hide();
        return;
    }
    if (!m_troubled.contains(m_shown))
        m_shown = *std::min_element(m_troubled.keyBegin(), m_troubled.keyEnd());
    const AccountState &state = m_troubled[m_shown];
    const auto account = m_folders.account(m_shown);
    const QString name = account ? account->name : QString();

    m_password->setText(tr("Enter password…"));
    m_signIn->setText(tr("Sign in again"));
    m_again->setText(tr("Try again"));
    const bool login = state.passwordNeeded
        || (!state.signInNeeded && state.error && state.error->kind == ErrorKind::AuthenticationFailed);
    m_password->setVisible(login);
    m_signIn->setVisible(state.signInNeeded);
    m_again->setVisible(!login && !state.signInNeeded);
    const MailError error = state.error.value_or(MailError{.kind = ErrorKind::CredentialsMissing});
    const ErrorText text = errorText(error);
    const QString words = serverWords(error);
    show(error.isTransient() ? Kind::Warning : Kind::Error,
        name.isEmpty() ? text.sentence : name + u": "_s + text.sentence,
        words.isEmpty() ? text.hint : text.hint + u'\n' + words);
}

void AccountBar::askPassword()
{
    const auto account = m_folders.account(m_shown);
    if (!account)
        return;
    auto *dialog = new PasswordDialog(*account, m_troubled.value(m_shown).error, window());
    connect(dialog, &PasswordDialog::passwordGiven, this,
        [this](AccountId id, const MailEngine::AccountSecrets &secrets) { m_engine.providePassword(id, secrets); });
    dialog->open();
}

void AccountBar::signIn()
{
    const auto account = m_folders.account(m_shown);
    if (!account)
        return;
    disconnect(m_browser);
    m_browser
        = connect(&m_engine, &MailEngine::browserWanted, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    m_engine.signInWithBrowser(account->oauthIssuer, account->identity.address, signInPages())
        .then(this, [this, account = *account, connection = m_browser](const Result<OAuthTokens> &tokens) {
            disconnect(connection);
            if (tokens) {
                m_engine.providePassword(account.id, {.incoming = {}, .outgoing = {}, .tokens = *tokens});
            } else if (tokens.error().kind != ErrorKind::Cancelled && m_troubled.contains(account.id)) {
                m_troubled[account.id].error = tokens.error();
                refresh();
            }
        });
}

void AccountBar::changeEvent(QEvent *event)
{
    InfoBar::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        refresh();
}

} // namespace postaci
