// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/messageheaderview.h"

#include "ui/common/avatar.h"
#include "ui/common/messagetext.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype recipientsShown = 3;
constexpr qsizetype recipientsLimit = 500;

QString listed(const AddressList &addresses, qsizetype limit)
{
    QStringList list;
    for (const Address &address : addresses.first(qMin(limit, addresses.size())))
        list.append(shownAddress(address));
    return list.join(u", "_s);
}

} // namespace

class MessageHeaderView::Avatar : public QWidget {
public:
    using QWidget::QWidget;

    Address address;

    QSize sizeHint() const override
    {
        const int side = fontMetrics().height() * 5 / 2;
        return {side, side};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintAvatar(&painter, rect(), address, font());
    }
};

MessageHeaderView::MessageHeaderView(QWidget *parent)
    : QWidget(parent)
    , m_avatar(new Avatar(this))
    , m_subject(new QLabel(this))
    , m_from(new QLabel(this))
    , m_date(new QLabel(this))
    , m_recipients(new QLabel(this))
    , m_warning(new QLabel(this))
    , m_more(new QToolButton(this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_subject->setFont(large);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_from->setFont(bold);
    for (QLabel *label : {m_subject, m_from, m_date, m_recipients, m_warning}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setWordWrap(label != m_date);
        label->setSizePolicy(label == m_date ? QSizePolicy::Fixed : QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_date->setForegroundRole(QPalette::PlaceholderText);
    m_recipients->setForegroundRole(QPalette::PlaceholderText);
    m_more->setAutoRaise(true);
    m_more->setCheckable(true);
    m_avatar->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);

    auto *layout = new QGridLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin * 3 / 4, margin, margin / 2);
    layout->setHorizontalSpacing(margin * 3 / 4);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_subject, 0, 0, 1, 4);
    layout->setRowMinimumHeight(1, margin / 2);
    layout->addWidget(m_avatar, 2, 0, 2, 1, Qt::AlignTop);
    layout->addWidget(m_from, 2, 1, 1, 2);
    layout->addWidget(m_more, 2, 3, Qt::AlignTop | Qt::AlignRight);
    layout->addWidget(m_recipients, 3, 1);
    layout->addWidget(m_date, 3, 2, 1, 2, Qt::AlignTop | Qt::AlignRight);
    layout->addWidget(m_warning, 4, 1, 1, 3);
    layout->setColumnStretch(1, 1);
    connect(m_more, &QToolButton::toggled, this, &MessageHeaderView::update);
}

void MessageHeaderView::setEnvelope(const Envelope &envelope, const QDateTime &received)
{
    m_envelope = envelope;
    m_received = received;
    m_more->setChecked(false);
    update();
}

void MessageHeaderView::update()
{
    m_avatar->address = m_envelope.from.isEmpty() ? Address{} : m_envelope.from.first();
    m_avatar->update();
    m_subject->setText(shownSubject(m_envelope));
    m_from->setText(m_envelope.from.isEmpty() ? tr("(no sender)") : listed(m_envelope.from, recipientsLimit));
    m_date->setText(longDate(m_envelope.date.isValid() ? m_envelope.date : m_received));
    m_warning->setText(m_envelope.from.size() > 1 ? tr("⚠ This mail names several senders. Be careful.") : QString());
    m_warning->setVisible(!m_warning->text().isEmpty());

    const bool all = m_more->isChecked();
    const AddressList others = m_envelope.to + m_envelope.cc + m_envelope.bcc;
    QStringList lines;
    if (all) {
        const auto add = [&lines](const QString &line, const AddressList &addresses) {
            if (!addresses.isEmpty())
                lines.append(line.arg(listed(addresses, recipientsLimit)));
        };
        add(tr("To: %1"), m_envelope.to);
        add(tr("Cc: %1"), m_envelope.cc);
        add(tr("Bcc: %1"), m_envelope.bcc);
        if (m_envelope.replyTo != m_envelope.from)
            add(tr("Replies go to: %1"), m_envelope.replyTo);
    } else {
        QStringList names;
        for (const Address &address : others.first(qMin(recipientsShown, others.size())))
            names.append(shownName(address));
        if (others.isEmpty())
            lines.append(tr("(no recipient)"));
        else if (others.size() > recipientsShown)
            lines.append(
                tr("To %1 and %n more", nullptr, int(others.size() - recipientsShown)).arg(names.join(u", "_s)));
        else
            lines.append(tr("To %1", "recipients").arg(names.join(u", "_s)));
    }
    m_recipients->setText(lines.join(u'\n'));
    m_more->setText(all ? tr("Less") : tr("Details"));
    m_more->setAccessibleName(all ? tr("Hide recipients") : tr("Show all recipients"));
}

void MessageHeaderView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        update();
}

} // namespace postaci
