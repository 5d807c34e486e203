// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/sourcewindow.h"

#include <QEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
constexpr qsizetype shownLimit = 1'000'000;
}

SourceWindow::SourceWindow(const QByteArray &raw, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_raw(raw)
    , m_text(new QPlainTextEdit(this))
    , m_save(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setPlainText(QString::fromUtf8(raw.left(shownLimit)));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_save);
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &SourceWindow::save);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(new QShortcut(QKeySequence::Cancel, this), &QShortcut::activated, this, &QWidget::close);
    const QFontMetrics metrics = m_text->fontMetrics();
    resize(metrics.averageCharWidth() * 100, metrics.height() * 36);
    retranslate();
}

void SourceWindow::save()
{
    auto *dialog = new QFileDialog(this, tr("Save message"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"eml"_s);
    dialog->selectFile(tr("message") + u".eml"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && file.write(m_raw) == m_raw.size() && file.commit())
            return;
        auto *box = new QMessageBox(
            QMessageBox::Warning, windowTitle(), tr("The file could not be written."), QMessageBox::Ok, this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

void SourceWindow::retranslate()
{
    setWindowTitle(tr("Message source"));
    m_text->setAccessibleName(tr("Message source"));
    m_save->setText(tr("Save as…"));
    m_close->setText(tr("Close"));
}

void SourceWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
