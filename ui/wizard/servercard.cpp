// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/servercard.h"

#include "core/discovery/domainname.h"
#include "ui/wizard/setuptext.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace postaci {

ServerCard::ServerCard(QWidget *parent)
    : QFrame(parent)
{
    const int gap = fontMetrics().height();
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(gap, gap * 3 / 4, gap, gap * 3 / 4);
    layout->setHorizontalSpacing(gap);
    layout->setVerticalSpacing(gap / 3);
    layout->setColumnStretch(1, 1);
    for (int row = 0; row < RowCount; ++row) {
        m_labels[row] = new QLabel(this);
        m_labels[row]->setForegroundRole(QPalette::PlaceholderText);
        m_values[row] = new QLabel(this);
        m_values[row]->setWordWrap(true);
        m_values[row]->setTextFormat(row <= Outgoing ? Qt::RichText : Qt::PlainText);
        m_values[row]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(m_labels[row], row, 0, Qt::AlignTop);
        layout->addWidget(m_values[row], row, 1);
    }
}

void ServerCard::show(const ServerSettings &incoming, const ServerSettings &outgoing, SettingsSource source)
{
    m_incoming = incoming;
    m_outgoing = outgoing;
    m_source = source;
    retranslate();
}

void ServerCard::retranslate()
{
    const auto server = [](const ServerSettings &s) {
        const QString encryption = s.encryption == Encryption::ImplicitTls ? u"TLS"_s
            : s.encryption == Encryption::StartTls                         ? u"STARTTLS"_s
                                                                           : tr("not encrypted");
        return hostHtml(s.host, registrableDomain(s.host))
            + u" · %1 · %2"_s.arg(QString::number(s.port), encryption.toHtmlEscaped());
    };
    m_labels[Incoming]->setText(
        m_incoming.protocol == Protocol::Pop3 ? tr("Receiving (POP3)") : tr("Receiving (IMAP)"));
    m_labels[Outgoing]->setText(tr("Sending (SMTP)"));
    m_labels[User]->setText(tr("User name"));
    m_labels[Source]->setText(tr("Found"));
    m_values[Incoming]->setText(server(m_incoming));
    m_values[Outgoing]->setText(server(m_outgoing));
    const bool same = m_incoming.userName == m_outgoing.userName;
    m_values[User]->setText(
        same ? m_incoming.userName : tr("%1; for sending %2").arg(m_incoming.userName, m_outgoing.userName));
    m_values[Source]->setText(sourceText(m_source));
    for (QLabel *label : {m_labels[User], m_values[User]})
        label->setVisible(!m_incoming.userName.isEmpty());
    for (int row = 0; row < RowCount; ++row)
        m_values[row]->setAccessibleDescription(m_labels[row]->text());
}

void ServerCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ServerCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor line = palette().color(QPalette::WindowText);
    line.setAlphaF(0.15F);
    painter.setPen(line);
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace postaci
