// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/identitypage.h"

#include "core/discovery/addressinput.h"
#include "core/settings/settings.h"
#include "ui/common/icons.h"
#include "ui/common/infobar.h"
#include "ui/common/languagecombo.h"
#include "ui/common/problemlabel.h"
#include "ui/wizard/setuptext.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

IdentityPage::IdentityPage(Settings &settings, bool first, QWidget *parent)
    : WizardPage(parent)
    , m_settings(settings)
    , m_first(first)
    , m_problem(new InfoBar(this))
    , m_nameLabel(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_nameProblem(new ProblemLabel(*m_name, this))
    , m_addressLabel(new QLabel(this))
    , m_address(new QLineEdit(this))
    , m_addressProblem(new ProblemLabel(*m_address, this))
    , m_suggest(new QPushButton(this))
    , m_privacy(new QToolButton(this))
    , m_privacyBox(new QWidget(this))
    , m_privacyText(plainLabel(true))
    , m_askNobody(new QCheckBox(m_privacyBox))
    , m_languageLabel(new QLabel(this))
    , m_language(new LanguageCombo(settings, this))
{
    m_address->setInputMethodHints(Qt::ImhEmailCharactersOnly);
    m_nameLabel->setBuddy(m_name);
    m_addressLabel->setBuddy(m_address);
    m_languageLabel->setBuddy(m_language);
    m_suggest->setAutoDefault(false);
    m_suggest->hide();
    m_privacy->setCheckable(true);
    m_privacy->setAutoRaise(true);
    m_privacy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_privacy->setArrowType(Qt::RightArrow);
    m_privacyBox->hide();
    m_askNobody->setChecked(settings.value(Setting::AskNobodyOutside).toBool());

    body()->setSpacing(gap() / 4);
    body()->addWidget(m_problem);
    body()->addSpacing(gap() / 4);
    const auto field = [this](QLabel *label, QWidget *edit, ProblemLabel *problem) {
        body()->addWidget(label);
        body()->addWidget(edit);
        body()->addWidget(problem);
    };
    field(m_nameLabel, m_name, m_nameProblem);
    body()->addSpacing(gap() / 2);
    field(m_addressLabel, m_address, m_addressProblem);
    body()->addWidget(m_suggest, 0, Qt::AlignLeft);
    body()->addStretch();

    auto *privacy = new QVBoxLayout(m_privacyBox);
    privacy->setContentsMargins(gap(), 0, 0, 0);
    privacy->addWidget(m_privacyText);
    privacy->addWidget(m_askNobody);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_privacy);
    bottom->addStretch();
    bottom->addWidget(m_languageLabel);
    bottom->addWidget(m_language);
    body()->addLayout(bottom);
    body()->addWidget(m_privacyBox);

    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameProblem->setProblem({}); });
    connect(m_address, &QLineEdit::textEdited, this, [this] {
        m_addressProblem->setProblem({});
        m_suggest->hide();
        m_obstacle = DiscoveryResult::Obstacle::None;
        updateObstacle();
    });
    connect(m_address, &QLineEdit::editingFinished, this, &IdentityPage::suggest);
    connect(m_suggest, &QPushButton::clicked, this, &IdentityPage::takeSuggestion);
    connect(m_privacy, &QToolButton::toggled, this, [this](bool open) {
        m_privacy->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_privacyBox->setVisible(open);
    });
    connect(m_askNobody, &QCheckBox::toggled, this,
        [this](bool nobody) { m_settings.setValue(Setting::AskNobodyOutside, nobody); });
    setTabOrder({m_name, m_address, m_suggest, m_privacy, m_askNobody, m_language});
    retranslate();
}

void IdentityPage::setIdentity(const Address &identity)
{
    m_name->setText(identity.name);
    m_address->setText(identity.address);
}

Address IdentityPage::identity() const
{
    const AddressInput input = parseAddress(m_address->text());
    return {.name = m_name->text().simplified(),
        .address = input.address.isEmpty() ? m_address->text().trimmed() : input.address};
}

bool IdentityPage::validate()
{
    const AddressInput input = parseAddress(m_address->text());
    const bool named = !identity().name.isEmpty();
    // A name without a dot has servers that somebody in the house knows: they are typed by hand.
    const bool addressed = input.isUsable() || input.problem == AddressInput::Problem::SingleLabel;
    m_nameProblem->setProblem(named ? QString() : tr("Your name is what others see beside your address."));
    QString problem;
    if (input.problem == AddressInput::Problem::SeveralAts)
        problem = tr("An address has only one @.");
    else if (!addressed)
        problem = tr("Enter the whole address, for instance name@example.org.");
    m_addressProblem->setProblem(problem);
    suggest();
    if (!named)
        m_name->setFocus();
    else if (!addressed)
        m_address->setFocus();
    return named && addressed;
}

void IdentityPage::showObstacle(DiscoveryResult::Obstacle obstacle, const QString &domain)
{
    m_obstacle = obstacle;
    m_domain = domain;
    updateObstacle();
    m_address->setFocus();
    m_address->selectAll();
}

void IdentityPage::updateObstacle()
{
    if (m_obstacle == DiscoveryResult::Obstacle::None) {
        m_problem->hide();
        return;
    }
    const ProblemText text = obstacleText(m_obstacle, m_domain);
    m_problem->show(InfoBar::Kind::Warning, text.sentence, text.hint);
}

void IdentityPage::suggest()
{
    m_suggestion = parseAddress(m_address->text()).suggestion;
    m_suggest->setText(tr("Did you mean %1?").arg(hostText(m_suggestion.section(u'@', -1))));
    m_suggest->setVisible(!m_suggestion.isEmpty());
}

void IdentityPage::takeSuggestion()
{
    m_address->setText(m_suggestion);
    m_addressProblem->setProblem({});
    m_obstacle = DiscoveryResult::Obstacle::None;
    updateObstacle();
    m_suggest->hide();
    m_address->setFocus();
}

QString IdentityPage::action() const
{
    return tr("&Continue");
}

bool IdentityPage::focusFirst()
{
    (m_name->text().isEmpty() ? m_name : m_address)->setFocus();
    return true;
}

void IdentityPage::retranslate()
{
    setHead(m_first ? tr("Welcome to Postacı") : tr("Add an account"),
        tr("Your name and your address are enough; Postacı finds the rest. Nothing is saved before it has worked."));
    m_nameLabel->setText(tr("Your &name"));
    m_addressLabel->setText(tr("&Email address"));
    m_name->setAccessibleName(tr("Your name"));
    m_address->setAccessibleName(tr("Email address"));
    // To be found by those who do not read the language that it is in.
    m_languageLabel->setText(tr("&Language · Dil"));
    m_language->setAccessibleName(tr("Language"));
    m_privacy->setText(tr("Privacy"));
    m_privacyText->setText(tr("To find your servers, Postacı asks your provider and Mozilla's public list. They learn "
                              "the part of your address after the @, nothing else."));
    m_askNobody->setText(tr("Ask nobody but my provider"));
    for (ProblemLabel *problem : {m_nameProblem, m_addressProblem})
        problem->setProblem({});
    if (m_suggest->isVisibleTo(this))
        suggest();
    updateObstacle();
    Q_EMIT actionChanged();
}

} // namespace postaci
