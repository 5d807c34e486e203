// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/serverladder.h"

#include "ui/common/icons.h"
#include "ui/wizard/setuptext.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

ServerLadder::ServerLadder(bool outgoing, QWidget *parent)
    : QWidget(parent)
    , m_outgoing(outgoing)
    , m_title(new QLabel(this))
    , m_server(new QLabel(this))
    , m_grid(new QGridLayout)
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_server->setTextFormat(Qt::PlainText);
    m_server->setWordWrap(true);
    m_server->setForegroundRole(QPalette::PlaceholderText);
    const int gap = fontMetrics().height();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(gap / 4);
    layout->addWidget(m_title);
    layout->addWidget(m_server);
    layout->addSpacing(gap / 4);
    m_grid->setHorizontalSpacing(gap / 2);
    m_grid->setVerticalSpacing(gap / 4);
    m_grid->setColumnStretch(1, 1);
    layout->addLayout(m_grid);
    layout->addStretch();
    retranslate();
}

void ServerLadder::build(const QList<Step> &steps)
{
    for (const Rung &rung : std::as_const(m_rungs)) {
        for (QLabel *label : {rung.icon, rung.name, rung.time, rung.what})
            delete label;
    }
    m_rungs.clear();
    const int side = textIconSide(*this);
    for (const Step step : steps) {
        Rung rung{.step = step};
        rung.icon = new QLabel(this);
        rung.icon->setFixedSize(side, side);
        rung.name = new QLabel(this);
        rung.time = new QLabel(this);
        rung.what = new QLabel(this);
        rung.time->setForegroundRole(QPalette::PlaceholderText);
        rung.what->setForegroundRole(QPalette::PlaceholderText);
        for (QLabel *label : {rung.name, rung.what}) {
            label->setTextFormat(Qt::PlainText);
            label->setWordWrap(true);
        }
        const int row = int(m_rungs.size()) * 2;
        m_grid->addWidget(rung.icon, row, 0, Qt::AlignTop);
        m_grid->addWidget(rung.name, row, 1);
        m_grid->addWidget(rung.time, row, 2, Qt::AlignTop | Qt::AlignRight);
        m_grid->addWidget(rung.what, row + 1, 1, 1, 2);
        m_rungs.append(rung);
    }
}

void ServerLadder::start(const ServerSettings &server)
{
    m_leftOut = false;
    m_protocol = server.protocol;
    m_endpoint = server.endpoint();
    build(ladderOf(server));
    retranslate();
}

void ServerLadder::leaveOut()
{
    m_leftOut = true;
    m_endpoint.clear();
    build({});
    retranslate();
}

void ServerLadder::advance(const CheckStep &step)
{
    auto rung = std::find_if(m_rungs.begin(), m_rungs.end(), [&](const Rung &r) { return r.step == step.step; });
    if (rung == m_rungs.end())
        return;
    if (!step.endpoint.isEmpty() && step.endpoint != m_endpoint) {
        m_endpoint = step.endpoint;
        retranslate();
    }
    if (step.state == CheckStep::State::Running && rung->state != State::Waiting) {
        // Another port or another user name: what comes after this rung begins anew.
        for (auto later = rung; later != m_rungs.end(); ++later) {
            later->state = State::Waiting;
            later->detail.clear();
            later->milliseconds = 0;
            show(*later);
        }
    }
    switch (step.state) {
    case CheckStep::State::Running:
        rung->state = State::Running;
        break;
    case CheckStep::State::Passed:
        rung->state = State::Passed;
        break;
    case CheckStep::State::Failed:
        rung->state = State::Failed;
        break;
    }
    rung->milliseconds = step.milliseconds;
    if (!step.detail.isEmpty())
        rung->detail = step.detail;
    show(*rung);
}

void ServerLadder::stop()
{
    for (Rung &rung : m_rungs) {
        if (rung.state == State::Running)
            rung.state = State::Waiting;
        show(rung);
    }
}

void ServerLadder::show(Rung &rung)
{
    QString icon;
    QString state;
    switch (rung.state) {
    case State::Waiting:
        state = tr("waiting");
        break;
    case State::Running:
        icon = u"view-refresh"_s;
        state = tr("under way");
        break;
    case State::Passed:
        icon = u"dialog-ok-apply"_s;
        state = tr("done");
        break;
    case State::Failed:
        icon = u"dialog-error"_s;
        state = tr("failed");
        break;
    }
    const bool ended = rung.state == State::Passed || rung.state == State::Failed;
    const int side = rung.icon->width();
    rung.icon->setPixmap(icon.isEmpty() ? QPixmap() : themeIcon(icon).pixmap(QSize(side, side), devicePixelRatioF()));
    rung.name->setText(rungText(rung.step, m_protocol));
    rung.name->setForegroundRole(rung.state == State::Waiting ? QPalette::PlaceholderText : QPalette::WindowText);
    rung.time->setText(!ended ? QString()
            : rung.milliseconds < 1'000
            ? tr("%1 ms").arg(rung.milliseconds)
            : tr("%1 s").arg(QLocale().toString(double(rung.milliseconds) / 1'000, 'f', 1)));
    rung.what->setText(rung.detail);
    rung.what->setVisible(!rung.detail.isEmpty());
    rung.name->setAccessibleName(rungText(rung.step, m_protocol) + u": "_s + state);
}

void ServerLadder::retranslate()
{
    m_title->setText(m_outgoing ? tr("Outgoing mail") : tr("Incoming mail"));
    m_server->setText(m_leftOut ? tr("not tested") : hostText(m_endpoint));
    for (Rung &rung : m_rungs)
        show(rung);
}

void ServerLadder::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        retranslate();
}

} // namespace postaci
