// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/maildropbox.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
constexpr int usualDays = 14;
constexpr int mostDays = 999;
constexpr int usualMegabytes = 5;
constexpr int mostMegabytes = 999;
constexpr qint64 megabyte = 1'000'000;
} // namespace

MaildropBox::MaildropBox(QWidget *parent)
    : QWidget(parent)
    , m_delete(new QCheckBox(this))
    , m_days(new QSpinBox(this))
    , m_withOurs(new QCheckBox(this))
    , m_headersOnly(new QCheckBox(this))
    , m_megabytes(new QSpinBox(this))
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
    m_megabytes->setRange(1, mostMegabytes);
    m_megabytes->setKeyboardTracking(false);
    m_megabytes->setValue(usualMegabytes);
    m_megabytes->setEnabled(false);
    auto *size = new QHBoxLayout;
    size->addWidget(m_headersOnly);
    size->addWidget(m_megabytes);
    size->addStretch();
    layout->addLayout(size);

    connect(m_headersOnly, &QCheckBox::toggled, m_megabytes, &QWidget::setEnabled);
    connect(m_headersOnly, &QCheckBox::toggled, this, &MaildropBox::edited);
    connect(m_megabytes, &QSpinBox::valueChanged, this, &MaildropBox::edited);
    connect(m_delete, &QCheckBox::toggled, m_days, &QWidget::setEnabled);
    connect(m_delete, &QCheckBox::toggled, this, &MaildropBox::edited);
    connect(m_withOurs, &QCheckBox::toggled, this, &MaildropBox::edited);
    connect(m_days, &QSpinBox::valueChanged, this, [this] {
        showDays();
        Q_EMIT edited();
    });
    retranslate();
}

void MaildropBox::setOptions(const Options &options)
{
    const QSignalBlocker quiet(this);
    const ServerCopies &copies = options.copies;
    m_delete->setChecked(copies.days >= 0);
    m_days->setValue(copies.days >= 0 ? copies.days : usualDays);
    m_withOurs->setChecked(copies.deletedWithOurs);
    m_headersOnly->setChecked(options.wholeUpTo > 0);
    m_megabytes->setValue(
        options.wholeUpTo > 0 ? int(qMin<qint64>(options.wholeUpTo / megabyte, mostMegabytes)) : usualMegabytes);
}

MaildropBox::Options MaildropBox::options() const
{
    return {
        .copies = {.days = m_delete->isChecked() ? m_days->value() : -1, .deletedWithOurs = m_withOurs->isChecked()},
        .wholeUpTo = m_headersOnly->isChecked() ? m_megabytes->value() * megabyte : 0,
    };
}

/// The number stands where the language wants it.
void MaildropBox::showDays()
{
    const QString number = QString::number(m_days->value());
    const QString text = tr("after %n day(s)", nullptr, m_days->value());
    const qsizetype at = text.indexOf(number);
    m_days->setPrefix(text.first(qMax(qsizetype(0), at)));
    m_days->setSuffix(at < 0 ? QString() : text.sliced(at + number.size()));
    m_days->setSpecialValueText(tr("at once", "when mail is deleted on the server"));
}

void MaildropBox::retranslate()
{
    m_delete->setText(tr("&Delete mail from the server"));
    m_delete->setAccessibleDescription(tr("Otherwise the server keeps it, and other devices can still fetch it."));
    m_delete->setToolTip(m_delete->accessibleDescription());
    m_days->setAccessibleName(tr("When mail is deleted from the server"));
    m_withOurs->setText(tr("&Mail deleted for good here is deleted on the server, too"));
    m_headersOnly->setText(tr("Only the &header of large messages"));
    m_headersOnly->setAccessibleDescription(tr("The rest stays on the server until you ask for it."));
    m_headersOnly->setToolTip(m_headersOnly->accessibleDescription());
    m_megabytes->setAccessibleName(tr("Size above which only the header is fetched"));
    const QStringList around = tr("over %1 MB").split(u"%1"_s);
    m_megabytes->setPrefix(around.constFirst());
    m_megabytes->setSuffix(around.value(1));
    showDays();
}

void MaildropBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
