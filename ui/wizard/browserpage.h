// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "ui/wizard/wizardpage.h"

#include <QUrl>

#include <optional>

class QProgressBar;

namespace postaci {

class InfoBar;
class LinkButton;

/// While the user signs in in the browser.
class BrowserPage : public WizardPage {
    Q_OBJECT

public:
    explicit BrowserPage(QWidget *parent = nullptr);

    void start(const QString &issuer);
    /// The page has been opened; it can be opened again.
    void setUrl(const QUrl &url);
    void fail(const MailError &error);

    QString action() const override;

protected:
    void retranslate() override;

private:
    QString m_issuer;
    QUrl m_url;
    std::optional<MailError> m_error;
    QProgressBar *m_busy;
    InfoBar *m_failure;
    QLabel *m_words;
    LinkButton *m_again;
    LinkButton *m_copy;
};

} // namespace postaci
