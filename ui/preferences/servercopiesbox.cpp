// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/servercopiesbox.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace postaci {

namespace {
constexpr int usualDays = 14;
constexpr int mostDays = 999;
} // namespace

ServerCopiesBox::ServerCopiesBox(QWidget *parent)
    : QWidget(parent)
    , m_delete(new QCheckBox(this))
    , m_days(new QSpinBox(this))
    , m_withOurs(new QCheckBox(this))
{
    m_days->setRange(0, mostDays);
    m_days->setKeyboardTracking(false); // 1 on the way to 14 would delete at once what is a day old.
    m_days->setValue(usualDays);
    m_days->setEnabled(false);
    auto *age = new QHBoxLayout;
    age->addWidget(m_delete);
    age->addWidget(m_days);
    age->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(age);
    layout->addWidget(m_withOurs);

    connect(m_delete, &QCheckBox::toggled, m_days, &QWidget::setEnabled);
    connect(m_delete, &QCheckBox::toggled, this, &ServerCopiesBox::edited);
    connect(m_withOurs, &QCheckBox::toggled, this, &ServerCopiesBox::edited);
    connect(m_days, &QSpinBox::valueChanged, this, [this] {
        showDays();
        Q_EMIT edited();
    });
    retranslate();
}

void ServerCopiesBox::setCopies(const ServerCopies &copies)
{
    const QSignalBlocker quiet(this);
    m_delete->setChecked(copies.days >= 0);
    m_days->setValue(copies.days >= 0 ? copies.days : usualDays);
    m_withOurs->setChecked(copies.deletedWithOurs);
}

ServerCopies ServerCopiesBox::copies() const
{
    return {.days = m_delete->isChecked() ? m_days->value() : -1, .deletedWithOurs = m_withOurs->isChecked()};
}

/// The number stands where the language wants it.
void ServerCopiesBox::showDays()
{
    const QString number = QString::number(m_days->value());
    const QString text = tr("after %n day(s)", nullptr, m_days->value());
    const qsizetype at = text.indexOf(number);
    m_days->setPrefix(text.first(qMax(qsizetype(0), at)));
    m_days->setSuffix(at < 0 ? QString() : text.sliced(at + number.size()));
    m_days->setSpecialValueText(tr("at once", "when mail is deleted on the server"));
}

void ServerCopiesBox::retranslate()
{
    m_delete->setText(tr("&Delete mail from the server"));
    m_delete->setAccessibleDescription(tr("Otherwise the server keeps it, and other devices can still fetch it."));
    m_delete->setToolTip(m_delete->accessibleDescription());
    m_days->setAccessibleName(tr("When mail is deleted from the server"));
    m_withOurs->setText(tr("&Mail deleted for good here is deleted on the server, too"));
    showDays();
}

void ServerCopiesBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
