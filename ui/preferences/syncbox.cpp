// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferences/syncbox.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <array>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr int usualMinutes = 15;
constexpr int mostMinutes = 24 * 60;
constexpr int mostDays = 9'999;

enum Poll { Automatically, EveryMinutes, ByHand, PollCount };
constexpr std::array wholeOrder{
    WholeMessages::Recent, WholeMessages::LastDays, WholeMessages::All, WholeMessages::WhenOpened};

/// The number stands where the language wants it.
void setUnit(QSpinBox &box, const QString &text)
{
    const QString number = QString::number(box.value());
    const qsizetype at = text.indexOf(number);
    box.setPrefix(text.first(qMax(qsizetype(0), at)));
    box.setSuffix(at < 0 ? QString() : text.sliced(at + number.size()));
}

} // namespace

SyncBox::SyncBox(QWidget *parent)
    : QWidget(parent)
    , m_pollLabel(new QLabel(this))
    , m_poll(new QComboBox(this))
    , m_minutes(new QSpinBox(this))
    , m_wholeLabel(new QLabel(this))
    , m_whole(new QComboBox(this))
    , m_days(new QSpinBox(this))
{
    for (int i = 0; i < PollCount; ++i)
        m_poll->addItem(QString());
    for (std::size_t i = 0; i < wholeOrder.size(); ++i)
        m_whole->addItem(QString());
    m_minutes->setRange(1, mostMinutes);
    m_minutes->setKeyboardTracking(false);
    m_minutes->setValue(usualMinutes);
    m_days->setRange(1, mostDays);
    m_days->setKeyboardTracking(false);
    m_pollLabel->setBuddy(m_poll);
    m_wholeLabel->setBuddy(m_whole);
    for (QComboBox *box : {m_poll, m_whole})
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    const auto addRow = [grid](int row, QLabel *label, QComboBox *choice, QSpinBox *number) {
        auto *fields = new QHBoxLayout;
        fields->addWidget(choice);
        fields->addWidget(number);
        fields->addStretch();
        grid->addWidget(label, row, 0);
        grid->addLayout(fields, row, 1);
    };
    addRow(0, m_pollLabel, m_poll, m_minutes);
    addRow(1, m_wholeLabel, m_whole, m_days);
    grid->setColumnStretch(1, 1);

    for (QComboBox *box : {m_poll, m_whole}) {
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            showFields();
            Q_EMIT edited();
        });
    }
    for (QSpinBox *box : {m_minutes, m_days}) {
        connect(box, &QSpinBox::valueChanged, this, [this] {
            showFields();
            Q_EMIT edited();
        });
    }
    setOptions({}, true);
    retranslate();
}

void SyncBox::setOptions(const Options &options, bool hasFolders)
{
    const QSignalBlocker quiet(this);
    m_hasFolders = hasFolders;
    m_poll->setCurrentIndex(options.pollMinutes == Account::pollByHand ? ByHand
            : options.pollMinutes > 0                                  ? EveryMinutes
                                                                       : Automatically);
    if (options.pollMinutes > 0)
        m_minutes->setValue(options.pollMinutes);
    for (std::size_t i = 0; i < wholeOrder.size(); ++i) {
        if (wholeOrder.at(i) == options.whole)
            m_whole->setCurrentIndex(int(i));
    }
    m_days->setValue(options.wholeDays);
    showFields();
}

SyncBox::Options SyncBox::options() const
{
    Options options;
    options.pollMinutes = m_poll->currentIndex() == ByHand ? Account::pollByHand
        : m_poll->currentIndex() == EveryMinutes           ? m_minutes->value()
                                                           : Account::pollAutomatically;
    options.whole = wholeOrder.at(std::size_t(qMax(0, m_whole->currentIndex())));
    options.wholeDays = m_days->value();
    return options;
}

void SyncBox::showFields()
{
    m_minutes->setVisible(m_poll->currentIndex() == EveryMinutes);
    m_days->setVisible(m_hasFolders && options().whole == WholeMessages::LastDays);
    m_wholeLabel->setVisible(m_hasFolders);
    m_whole->setVisible(m_hasFolders);
    setUnit(*m_minutes, tr("every %n minute(s)", nullptr, m_minutes->value()));
    setUnit(*m_days, tr("the last %n day(s)", nullptr, m_days->value()));
}

void SyncBox::retranslate()
{
    const QSignalBlocker quiet(this);
    m_pollLabel->setText(tr("&New mail"));
    m_poll->setAccessibleName(tr("When new mail is looked for"));
    m_poll->setItemText(Automatically, tr("At once, where the server announces it"));
    m_poll->setItemText(EveryMinutes, tr("At intervals", "new mail is looked for"));
    m_poll->setItemText(ByHand, tr("Only when I check for it"));
    m_poll->setItemData(Automatically,
        tr("Postacı stays connected. Other folders, and servers that announce nothing, are looked at every few "
           "minutes."),
        Qt::ToolTipRole);
    m_poll->setItemData(EveryMinutes, tr("In between, Postacı is not connected."), Qt::ToolTipRole);
    m_poll->setItemData(ByHand,
        tr("Postacı connects when you check for mail, open a message that is not here, or change something."),
        Qt::ToolTipRole);
    m_minutes->setAccessibleName(tr("Interval between two looks for new mail"));
    m_wholeLabel->setText(tr("Keep for &offline"));
    m_whole->setAccessibleName(tr("Which messages are kept for reading offline"));
    const std::array texts{tr("Recent messages"), tr("Messages of the last days"), tr("All messages"),
        tr("Only messages that I have opened")};
    for (std::size_t i = 0; i < texts.size(); ++i)
        m_whole->setItemText(int(i), texts.at(i));
    m_days->setAccessibleName(tr("Days of which messages are kept for reading offline"));
    for (QComboBox *box : {m_poll, m_whole}) // also of the longest choice all of the text
        box->setMinimumWidth(box->sizeHint().width() + box->fontMetrics().averageCharWidth());
    showFields();
}

void SyncBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
