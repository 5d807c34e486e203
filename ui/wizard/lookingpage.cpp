// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/lookingpage.h"

#include "ui/common/icons.h"
#include "ui/wizard/setuptext.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr std::chrono::milliseconds patience{1'500};

QString iconOf(DiscoveryStep::State state)
{
    switch (state) {
    case DiscoveryStep::State::Running:
        return u"view-refresh"_s;
    case DiscoveryStep::State::Found:
        return u"dialog-ok-apply"_s;
    case DiscoveryStep::State::Nothing:
    case DiscoveryStep::State::Failed:
        return u"dialog-cancel"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

LookingPage::LookingPage(QWidget *parent)
    : WizardPage(parent)
    , m_busy(new QProgressBar(this))
    , m_details(new QWidget(this))
    , m_grid(new QGridLayout(m_details))
{
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(gap() / 2);
    m_grid->setColumnStretch(1, 1);
    body()->addWidget(m_busy);
    body()->addSpacing(gap() / 2);
    body()->addWidget(m_details);
    body()->addStretch();
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, m_details, &QWidget::show);
    retranslate();
}

void LookingPage::start(const QString &domain)
{
    m_domain = domain;
    for (const Row &row : std::as_const(m_rows)) {
        delete row.icon;
        delete row.text;
    }
    m_rows.clear();
    m_details->hide();
    m_patience.start(patience);
    retranslate();
}

void LookingPage::advance(const DiscoveryStep &step)
{
    auto row = std::find_if(m_rows.begin(), m_rows.end(),
        [&](const Row &r) { return r.step.source == step.source && r.step.asked == step.asked; });
    if (row == m_rows.end()) {
        const int line = int(m_rows.size());
        auto *icon = new QLabel(m_details);
        auto *text = new QLabel(m_details);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        m_grid->addWidget(icon, line, 0, Qt::AlignTop);
        m_grid->addWidget(text, line, 1);
        m_rows.append({step, icon, text});
        row = std::prev(m_rows.end());
    }
    row->step = step;
    show(*row);
}

void LookingPage::show(Row &row)
{
    const int side = textIconSide(*row.text);
    const bool running = row.step.state == DiscoveryStep::State::Running;
    row.icon->setPixmap(themeIcon(iconOf(row.step.state)).pixmap(QSize(side, side), devicePixelRatioF()));
    QString outcome = outcomeText(row.step.state);
    if (!running)
        outcome = tr("%1 (%2 s)").arg(outcome, QLocale().toString(double(row.step.milliseconds) / 1'000, 'f', 1));
    row.text->setText(running ? askingText(row.step) + u'…' : askingText(row.step) + u": "_s + outcome);
    row.text->setForegroundRole(running ? QPalette::WindowText : QPalette::PlaceholderText);
    row.text->setAccessibleName(askingText(row.step) + u": "_s + outcome);
}

void LookingPage::retranslate()
{
    setHead(tr("Looking for your servers…"), m_domain.isEmpty() ? QString() : hostText(m_domain));
    m_busy->setAccessibleName(tr("Looking for the servers"));
    for (Row &row : m_rows)
        show(row);
    Q_EMIT actionChanged();
}

} // namespace postaci
