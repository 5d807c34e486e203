// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/application.h"

#include "core/settings/oauthclientids.h"
#include "ui/common/errortext.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QMessageBox>
#include <QNetworkInformation>
#include <QTimer>

#include <utility>

namespace postaci {

namespace {

MailEngine::Options engineOptions(const Application::Options &options, const Settings &settings)
{
    MailEngine::Options result;
    result.profile = options.profile;
    result.tls.extraRoots = options.roots;
    result.oauthClientIds = oauthClientIds(settings);
    return result;
}

} // namespace

Application::Application(const Options &options)
    : m_suggestion(options.suggestion)
    , m_link(options.link)
    , m_settings(options.profile)
    , m_language(m_settings)
    , m_store(options.profile)
    , m_engine(m_store, engineOptions(options, m_settings))
{
    if (!options.language.isEmpty())
        m_language.apply(options.language);
}

Application::~Application() = default;

void Application::start()
{
    m_store.open().then(this, [this](const Result<void> &opened) {
        if (opened)
            showWindow();
        else
            refuseToStart(opened.error());
    });
}

void Application::showWindow()
{
    m_window = std::make_unique<MainWindow>(m_store, m_engine, m_settings);
    if (const std::optional<Recovery> recovery = m_store.recovery())
        m_window->tellRecovery(*recovery);
    if (m_suggestion)
        m_window->suggestAccount(*m_suggestion);
    // Qt alone would not end the program: every running KJob, such as the one that idles, holds a QEventLoopLocker, and
    // while there is one the last window does not count, whatever QCoreApplication::setQuitLockEnabled() says.
    connect(qApp, &QGuiApplication::lastWindowClosed, qApp, [] { QApplication::exit(0); });
    m_window->show();
    // After the first paint, which is already in the event queue: the network never delays the window.
    QTimer::singleShot(0, this, [this] {
        m_engine.start();
        watchNetwork();
        openLink();
    });
}

/// What the desktop knows of the network is a hint that trying again may help now, and never a reason not to try: it
/// knows nothing of a server on this computer or behind a VPN.
void Application::watchNetwork()
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const QNetworkInformation *network = QNetworkInformation::instance();
    connect(network, &QNetworkInformation::reachabilityChanged, this,
        [this](QNetworkInformation::Reachability reachability) {
            if (reachability != QNetworkInformation::Reachability::Disconnected)
                m_engine.networkChanged();
        });
    connect(network, &QNetworkInformation::transportMediumChanged, this, [this] { m_engine.networkChanged(); });
}

void Application::takeOver(const QByteArray &link)
{
    if (!link.isEmpty())
        m_link = QUrl::fromEncoded(link);
    if (!m_window)
        return; // Still opening the store: showWindow() will look at the link.
    m_window->bringToFront();
    openLink();
}

void Application::openLink()
{
    if (!m_link.isEmpty())
        m_window->openMailto(std::exchange(m_link, {}));
}

void Application::refuseToStart(const MailError &error)
{
    QApplication::setQuitOnLastWindowClosed(false); // It would end the program with 0.
    const ErrorText text = errorText(error);
    auto *dialog = new QMessageBox(
        QMessageBox::Critical, QApplication::applicationDisplayName(), text.sentence, QMessageBox::Close);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setTextFormat(Qt::PlainText);
    dialog->setInformativeText(text.hint);
    dialog->setDetailedText(errorDetails(error));
    connect(dialog, &QDialog::finished, qApp, [] { QApplication::exit(1); });
    dialog->show();
}

} // namespace postaci
