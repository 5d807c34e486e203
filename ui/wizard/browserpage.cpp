// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/browserpage.h"

#include "ui/common/errortext.h"
#include "ui/common/infobar.h"
#include "ui/common/linkbutton.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>

namespace postaci {

BrowserPage::BrowserPage(QWidget *parent)
    : WizardPage(parent)
    , m_busy(new QProgressBar(this))
    , m_failure(new InfoBar(this))
    , m_words(plainLabel(true))
    , m_again(new LinkButton(this))
    , m_copy(new LinkButton(this))
{
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *links = new QHBoxLayout;
    links->addWidget(m_again);
    links->addWidget(m_copy);
    links->addStretch();
    body()->addWidget(m_busy);
    body()->addWidget(m_failure);
    body()->addWidget(m_words);
    body()->addLayout(links);
    body()->addStretch();
    connect(m_again, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(m_url); });
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_url.toString(QUrl::FullyEncoded)); });
    retranslate();
}

void BrowserPage::start(const QString &issuer)
{
    m_issuer = issuer;
    m_url.clear();
    m_error.reset();
    retranslate();
}

void BrowserPage::setUrl(const QUrl &url)
{
    m_url = url;
    retranslate();
}

void BrowserPage::fail(const MailError &error)
{
    m_error = error;
    m_url.clear();
    retranslate();
}

QString BrowserPage::action() const
{
    return m_error ? tr("&Try again") : QString();
}

void BrowserPage::retranslate()
{
    setHead(m_error ? tr("That did not work yet") : tr("Sign in with your browser"),
        m_error
            ? QString()
            : tr("A page of %1 is open in your browser. Sign in there and allow access to your mail; then come back "
                 "here.")
                  .arg(m_issuer));
    m_busy->setAccessibleName(tr("Waiting for the browser"));
    m_busy->setVisible(!m_error);
    m_again->setText(tr("Open the page again"));
    m_copy->setText(tr("Copy its address"));
    m_again->setVisible(!m_url.isEmpty());
    m_copy->setVisible(!m_url.isEmpty());
    if (m_error) {
        const ErrorText text = errorText(*m_error);
        m_failure->show(InfoBar::Kind::Error, text.sentence, text.hint);
        m_words->setText(serverWords(*m_error));
    } else {
        m_failure->hide();
        m_words->clear();
    }
    m_words->setVisible(!m_words->text().isEmpty());
    Q_EMIT actionChanged();
}

} // namespace postaci
