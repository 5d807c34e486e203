// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/serverprogress.h"

#include "ui/common/icons.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

ServerProgress::ServerProgress(bool outgoing, QWidget *parent)
    : QWidget(parent)
    , m_outgoing(outgoing)
    , m_title(new QLabel(this))
    , m_endpoint(new QLabel(this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_endpoint->setTextFormat(Qt::PlainText);
    m_endpoint->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setHorizontalSpacing(fontMetrics().height() / 2);
    layout->addWidget(m_title, 0, 0, 1, 2);
    layout->addWidget(m_endpoint, 1, 0, 1, 2);
    for (int i = 0; i < rungCount; ++i) {
        m_icons[i] = new QLabel(this);
        m_texts[i] = new QLabel(this);
        layout->addWidget(m_icons[i], i + 2, 0);
        layout->addWidget(m_texts[i], i + 2, 1);
    }
    layout->setColumnStretch(1, 1);
    layout->setRowStretch(rungCount + 2, 1);
    retranslate();
}

void ServerProgress::start(const ServerSettings &server)
{
    m_server = server;
    m_states.fill(State::Waiting);
    m_states[0] = State::Running;
    m_milliseconds.fill(0);
    m_error.reset();
    const bool encrypted = server.encryption != Encryption::None;
    m_icons[int(Rung::Secure)]->setVisible(encrypted);
    m_texts[int(Rung::Secure)]->setVisible(encrypted);
    retranslate();
}

std::optional<ServerProgress::Rung> ServerProgress::rungOf(Step step)
{
    switch (step) {
    case Step::Resolve:
        return Rung::Find;
    case Step::Connect:
        return Rung::Connect;
    case Step::Tls:
    case Step::StartTls:
        return Rung::Secure;
    case Step::Login:
        return Rung::SignIn;
    default:
        return {}; // Greeting and capabilities come before and after securing: no rung of their own.
    }
}

void ServerProgress::advance(const CheckStep &step)
{
    if (step.state == CheckStep::State::Running)
        return; // Follows from what has passed.
    const auto rung = rungOf(step.step);
    if (step.error) {
        m_error = step.error;
        const auto running = std::find(m_states.begin(), m_states.end(), State::Running);
        if (rung)
            m_states[int(*rung)] = State::Failed;
        else if (running != m_states.end())
            *running = State::Failed;
        std::replace(m_states.begin(), m_states.end(), State::Running, State::Waiting);
    } else if (rung) {
        // What leads here is done too, whether or not it was told.
        std::fill(m_states.begin(), m_states.begin() + int(*rung) + 1, State::Done);
        m_milliseconds[int(*rung)] = step.milliseconds;
        int next = int(*rung) + 1;
        if (next == int(Rung::Secure) && m_server.encryption == Encryption::None)
            ++next;
        if (next < rungCount)
            m_states[next] = State::Running;
    }
    retranslate();
}

void ServerProgress::finish()
{
    m_states.fill(State::Done);
    retranslate();
}

void ServerProgress::stop()
{
    std::replace(m_states.begin(), m_states.end(), State::Running, State::Waiting);
    retranslate();
}

void ServerProgress::retranslate()
{
    m_title->setText(m_outgoing ? tr("Outgoing mail") : tr("Incoming mail"));
    m_endpoint->setText(m_server.host.isEmpty() ? QString() : m_server.endpoint());
    const std::array<QString, rungCount> names{
        tr("Find the server"), tr("Connect"), tr("Secure the connection"), tr("Sign in")};
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    for (int i = 0; i < rungCount; ++i) {
        QString icon;
        QString state;
        switch (m_states[i]) {
        case State::Waiting:
            state = tr("waiting");
            break;
        case State::Running:
            icon = u"view-refresh"_s;
            state = tr("under way");
            break;
        case State::Done:
            icon = u"dialog-ok-apply"_s;
            state = tr("done");
            break;
        case State::Failed:
            icon = u"dialog-error"_s;
            state = tr("failed");
            break;
        }
        m_icons[i]->setPixmap(
            icon.isEmpty() ? QPixmap() : themeIcon(icon).pixmap(QSize(side, side), devicePixelRatioF()));
        m_icons[i]->setMinimumSize(side, side);
        m_texts[i]->setForegroundRole(m_states[i] == State::Waiting ? QPalette::PlaceholderText : QPalette::WindowText);
        m_texts[i]->setText(m_milliseconds[i] >= 1'000
                ? tr("%1 (%2 s)").arg(names[i], QLocale().toString(double(m_milliseconds[i]) / 1'000, 'f', 1))
                : names[i]);
        m_texts[i]->setAccessibleName(names[i] + u": "_s + state);
    }
}

void ServerProgress::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
