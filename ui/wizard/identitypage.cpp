// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/identitypage.h"

#include "core/settings/settings.h"
#include "ui/common/addresscheck.h"
#include "ui/common/icons.h"
#include "ui/common/infobar.h"
#include "ui/common/languagecombo.h"
#include "ui/common/passwordedit.h"
#include "ui/common/problemlabel.h"
#include "ui/wizard/providertext.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

IdentityPage::IdentityPage(const ProviderDirectory &directory, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_directory(directory)
    , m_settings(settings)
    , m_title(new QLabel(this))
    , m_intro(new QLabel(this))
    , m_languageLabel(new QLabel(this))
    , m_language(new LanguageCombo(settings, this))
    , m_nameLabel(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_nameProblem(new ProblemLabel(*m_name, this))
    , m_addressLabel(new QLabel(this))
    , m_address(new QLineEdit(this))
    , m_addressProblem(new ProblemLabel(*m_address, this))
    , m_hint(new InfoBar(this))
    , m_link(new QPushButton(this))
    , m_passwordLabel(new QLabel(this))
    , m_password(new PasswordEdit(this))
    , m_passwordProblem(new ProblemLabel(*m_password, this))
{
    const int gap = fontMetrics().height();
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_intro->setWordWrap(true);
    m_address->setInputMethodHints(Qt::ImhEmailCharactersOnly);
    m_hint->addButton(m_link);
    m_nameLabel->setBuddy(m_name);
    m_addressLabel->setBuddy(m_address);
    m_passwordLabel->setBuddy(m_password);
    m_languageLabel->setBuddy(m_language);

    auto *mark = new QLabel(this);
    mark->setPixmap(applicationIcon().pixmap(QSize(gap * 4, gap * 4), devicePixelRatioF()));
    auto *head = new QHBoxLayout;
    head->setSpacing(gap);
    head->addWidget(mark, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->addWidget(m_title);
    words->addWidget(m_intro);
    head->addLayout(words, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(gap / 4);
    layout->addLayout(head);
    layout->addSpacing(gap);
    const auto field = [&](QLabel *label, QWidget *edit, ProblemLabel *problem) {
        layout->addWidget(label);
        layout->addWidget(edit);
        layout->addWidget(problem);
        layout->addSpacing(gap / 2);
    };
    field(m_nameLabel, m_name, m_nameProblem);
    field(m_addressLabel, m_address, m_addressProblem);
    layout->addWidget(m_hint);
    field(m_passwordLabel, m_password, m_passwordProblem);
    layout->addStretch();
    auto *bottom = new QHBoxLayout;
    bottom->addStretch();
    bottom->addWidget(m_languageLabel);
    bottom->addWidget(m_language);
    layout->addLayout(bottom);

    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameProblem->setProblem({}); });
    connect(m_address, &QLineEdit::textEdited, this, [this] {
        m_addressProblem->setProblem({});
        updateHint();
        Q_EMIT changed();
    });
    connect(m_password, &QLineEdit::textEdited, this, [this] { m_passwordProblem->setProblem({}); });
    connect(m_link, &QPushButton::clicked, this, [this] {
        if (const Provider *known = provider())
            QDesktopServices::openUrl(known->appPasswordUrl);
    });
    setTabOrder({m_name, m_address, m_link, m_password, m_password->showButton(), m_language});
    retranslate();
}

Address IdentityPage::identity() const
{
    return {.name = m_name->text().simplified(), .address = m_address->text().trimmed()};
}

QString IdentityPage::password() const
{
    return m_password->text();
}

const Provider *IdentityPage::provider() const
{
    return m_directory.findByAddress(m_address->text());
}

bool IdentityPage::canContinue() const
{
    const Provider *known = provider();
    return !known || (!known->oauthOnly && !known->has(Provider::Hint::NoImap));
}

bool IdentityPage::validate()
{
    QWidget *first = nullptr;
    const auto require = [&first](bool fine, ProblemLabel *label, QWidget *field, const QString &text) {
        label->setProblem(fine ? QString() : text);
        if (!fine && !first)
            first = field;
    };
    require(!identity().name.isEmpty(), m_nameProblem, m_name, tr("Your name is what others see beside your address."));
    require(isUsableAddress(identity().address), m_addressProblem, m_address,
        tr("Enter the whole address, for instance name@example.org."));
    require(!m_password->text().isEmpty(), m_passwordProblem, m_password, tr("Enter the password of your mailbox."));
    if (first)
        first->setFocus();
    return !first;
}

void IdentityPage::focusFirst()
{
    m_name->setFocus();
}

void IdentityPage::retypePassword()
{
    m_password->selectAll();
    m_password->setFocus();
}

void IdentityPage::updateHint()
{
    const Provider *known = provider();
    const ProviderNote note = known ? providerNote(*known) : ProviderNote{};
    if (note.text.isEmpty()) {
        m_hint->hide();
        return;
    }
    const bool link = !known->appPasswordUrl.isEmpty() && known->appPassword != Provider::AppPassword::No;
    m_link->setVisible(link);
    m_hint->show(note.blocks ? InfoBar::Kind::Warning : InfoBar::Kind::Information, note.text, note.details);
}

void IdentityPage::retranslate()
{
    m_title->setText(tr("Welcome to Postacı"));
    m_intro->setText(tr("Three answers, and your mail is here. Nothing is saved before it has worked."));
    // To be found by those who do not read the language that it is in.
    m_languageLabel->setText(tr("&Language · Dil"));
    m_nameLabel->setText(tr("Your &name"));
    m_addressLabel->setText(tr("&Email address"));
    m_passwordLabel->setText(tr("&Password"));
    m_name->setAccessibleName(tr("Your name"));
    m_address->setAccessibleName(tr("Email address"));
    m_password->setAccessibleName(tr("Password"));
    m_language->setAccessibleName(tr("Language"));
    m_link->setText(tr("Make an app password…"));
    for (ProblemLabel *problem : {m_nameProblem, m_addressProblem, m_passwordProblem})
        problem->setProblem({});
    updateHint();
}

void IdentityPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
