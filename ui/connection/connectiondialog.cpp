// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connection/connectiondialog.h"

#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/connection/connectiontext.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLayoutItem>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr std::chrono::milliseconds askInterval = std::chrono::seconds(2);

QLabel *makeHead(QWidget *parent)
{
    auto *label = new QLabel(parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

QLabel *makeText(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ConnectionDialog::ConnectionDialog(MailEngine &engine, AccountId account, const QString &accountName, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_account(account)
    , m_name(accountName)
    , m_pages(new QStackedWidget(this))
    , m_nothing(new EmptyState)
    , m_facts(new QWidget)
    , m_rows(new QGridLayout)
    , m_spaceLabel(new QLabel(m_facts))
    , m_spaceBar(new QProgressBar(m_facts))
    , m_space(makeText(m_facts))
    , m_abilitiesHead(makeHead(m_facts))
    , m_abilities(makeText(m_facts))
    , m_logHead(makeHead(m_facts))
    , m_log(new QPlainTextEdit(m_facts))
    , m_copy(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const int gap = fontMetrics().height();
    m_rows->setHorizontalSpacing(gap);
    m_rows->setVerticalSpacing(gap / 3);
    m_rows->setColumnStretch(1, 1);
    m_spaceLabel->setForegroundRole(QPalette::PlaceholderText);
    m_spaceBar->setTextVisible(false);
    m_spaceBar->setMaximumHeight(gap);
    m_log->setReadOnly(true);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setTabChangesFocus(true);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    m_log->setFont(fixed);
    m_log->setMinimumHeight(gap * 10);

    auto *space = new QGridLayout;
    space->setHorizontalSpacing(gap);
    space->setColumnStretch(1, 1);
    space->addWidget(m_spaceLabel, 0, 0, Qt::AlignTop);
    space->addWidget(m_space, 0, 1);
    space->addWidget(m_spaceBar, 1, 1);
    auto *facts = new QVBoxLayout(m_facts);
    facts->addLayout(m_rows);
    facts->addLayout(space);
    facts->addSpacing(gap / 2);
    facts->addWidget(m_abilitiesHead);
    facts->addWidget(m_abilities);
    facts->addSpacing(gap / 2);
    facts->addWidget(m_logHead);
    facts->addWidget(m_log, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_facts);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(scroll);

    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_copy);
    bottom->addStretch();
    bottom->addWidget(m_close);
    m_copy->setAutoDefault(false);
    m_close->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(m_pages, 1);
    layout->addLayout(bottom);
    resize(fontMetrics().averageCharWidth() * 100, gap * 42);

    connect(m_copy, &QPushButton::clicked, this, &ConnectionDialog::copy);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&m_asking, &QTimer::timeout, this, &ConnectionDialog::ask);
    m_asking.start(askInterval);
    retranslate();
    ask();
}

void ConnectionDialog::ask()
{
    if (std::exchange(m_isAsked, true))
        return;
    m_engine.connection(m_account).then(this, [this](const Result<ConnectionReport> &report) {
        m_isAsked = false;
        if (report)
            setReport(*report);
    });
}

void ConnectionDialog::setReport(const ConnectionReport &report)
{
    m_report = report;
    showReport();
}

void ConnectionDialog::copy()
{
    if (m_report)
        QGuiApplication::clipboard()->setText(connectionAsText(*m_report));
}

void ConnectionDialog::showReport()
{
    const bool isEmpty
        = !m_report || (!m_report->wasEverConnected() && !m_report->lastError && m_report->log.isEmpty());
    m_pages->setCurrentIndex(isEmpty ? 0 : 1);
    m_copy->setEnabled(!isEmpty);
    if (isEmpty)
        return;

    const auto rows = connectionRows(*m_report);
    while (m_rows->count() > 2 * rows.size()) {
        const std::unique_ptr<QLayoutItem> item(m_rows->takeAt(m_rows->count() - 1));
        delete item->widget();
    }
    for (int row = 0; row < int(rows.size()); ++row) {
        if (!m_rows->itemAtPosition(row, 0)) {
            auto *label = new QLabel(m_facts);
            label->setForegroundRole(QPalette::PlaceholderText);
            m_rows->addWidget(label, row, 0, Qt::AlignTop);
            m_rows->addWidget(makeText(m_facts), row, 1);
        }
        const auto &[what, text] = rows.at(row);
        qobject_cast<QLabel *>(m_rows->itemAtPosition(row, 0)->widget())->setText(what);
        auto *value = qobject_cast<QLabel *>(m_rows->itemAtPosition(row, 1)->widget());
        if (value->text() != text) // else what the user has selected in it would be lost
            value->setText(text);
        value->setAccessibleName(what + u": "_s + text);
    }

    const auto quota = m_report->quota;
    const bool isLimited = quota && (quota->limitBytes > 0 || quota->limitMessages > 0);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_spaceLabel, m_spaceBar, m_space})
        widget->setVisible(isLimited);
    if (isLimited) {
        const bool inBytes = quota->limitBytes > 0;
        const double used = double(inBytes ? quota->usedBytes : quota->usedMessages);
        const double limit = double(inBytes ? quota->limitBytes : quota->limitMessages);
        constexpr int thousandths = 1'000;
        m_spaceBar->setRange(0, thousandths);
        m_spaceBar->setValue(int(std::clamp(used / limit, 0.0, 1.0) * thousandths));
        m_space->setText(quotaText(*quota));
        int widest = 0; // in line with the rows above
        for (int row = 0; row < int(rows.size()); ++row)
            widest = qMax(widest, m_rows->itemAtPosition(row, 0)->sizeHint().width());
        m_spaceLabel->setMinimumWidth(widest);
        m_spaceBar->setAccessibleName(m_spaceLabel->text() + u": "_s + m_space->text());
    }

    QStringList abilities;
    for (const ConnectionReport::Ability &one : std::as_const(m_report->abilities))
        abilities.append((one.has ? u"✓  "_s : u"–  "_s) + abilityText(one.ability, one.has));
    m_abilitiesHead->setVisible(!abilities.isEmpty());
    m_abilities->setVisible(!abilities.isEmpty());
    if (const QString text = abilities.join(u'\n'); m_abilities->text() != text)
        m_abilities->setText(text);

    QStringList lines;
    for (const ConversationLog::Entry &entry : std::as_const(m_report->log))
        lines.append(logLine(entry));
    if (const QString text = lines.join(u'\n'); m_log->toPlainText() != text) {
        QScrollBar *bar = m_log->verticalScrollBar();
        const bool atEnd = bar->value() == bar->maximum();
        const int before = bar->value();
        m_log->setPlainText(text);
        bar->setValue(atEnd ? bar->maximum() : before);
    }
}

void ConnectionDialog::retranslate()
{
    setWindowTitle(tr("Connection of %1").arg(m_name));
    m_nothing->setContent(u"network-disconnect"_s, tr("Not connected yet"),
        tr("Since Postacı was started, this account's server has not been asked for anything."));
    m_spaceLabel->setText(tr("Space"));
    m_abilitiesHead->setText(tr("What the server can do"));
    m_logHead->setText(tr("What was said"));
    m_log->setAccessibleName(tr("What was said"));
    m_log->setAccessibleDescription(tr("Passwords, addresses and mail are left out."));
    m_log->setToolTip(m_log->accessibleDescription());
    m_copy->setText(tr("&Copy"));
    m_copy->setToolTip(tr("Copies all of this as text. Passwords and mail are not in it."));
    m_close->setText(tr("Close"));
    showReport();
}

void ConnectionDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
