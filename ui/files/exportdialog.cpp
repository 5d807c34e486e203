// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/files/exportdialog.h"

#include "ui/common/growtofit.h"
#include "ui/common/problemlabel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {
const QString mboxSuffix = u".mbox"_s;
}

ExportDialog::ExportDialog(const QString &what, const QString &path, QWidget *parent)
    : QDialog(parent)
    , m_mbox(new QRadioButton(tr("One &mbox file, for other mail programs"), this))
    , m_eml(new QRadioButton(tr("A folder with an .&eml file for each message"), this))
    , m_pathLabel(new QLabel(this))
    , m_path(new QLineEdit(this))
    , m_problem(new ProblemLabel(*m_path, this))
    , m_note(new QLabel(this))
    , m_fine(new QPushButton(tr("E&xport"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export mail"));
    auto *headline = new QLabel(what, this);
    headline->setTextFormat(Qt::PlainText);
    headline->setWordWrap(true);
    m_pathLabel->setBuddy(m_path);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setWordWrap(true);
    auto *browse = new QPushButton(tr("&Browse…"), this);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    for (QPushButton *button : {browse, cancel})
        button->setAutoDefault(false);
    m_fine->setDefault(true);

    const int gap = fontMetrics().height();
    auto *where = new QHBoxLayout;
    where->addWidget(m_path, 1);
    where->addWidget(browse);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_fine);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(headline);
    layout->addSpacing(gap / 2);
    layout->addWidget(m_mbox);
    layout->addWidget(m_eml);
    layout->addSpacing(gap / 2);
    layout->addWidget(m_pathLabel);
    layout->addLayout(where);
    layout->addWidget(m_problem);
    layout->addWidget(m_note);
    layout->addSpacing(gap / 2);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);

    m_path->setText(path);
    connect(m_mbox, &QRadioButton::toggled, this, &ExportDialog::onFormat);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::onPath);
    connect(browse, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_fine, &QPushButton::clicked, this, [this] {
        if (m_path->text().isEmpty()) {
            m_problem->setProblem(tr("Choose where to."));
            m_path->setFocus();
            growToFit(*this);
            return;
        }
        Q_EMIT chosen(
            QFileInfo(m_path->text()).absoluteFilePath(), m_mbox->isChecked() ? MailFormat::Mbox : MailFormat::Eml);
        accept();
    });
    m_mbox->setChecked(true);
    m_mbox->setFocus();
}

void ExportDialog::onFormat()
{
    const bool mbox = m_mbox->isChecked();
    m_pathLabel->setText(mbox ? tr("&File") : tr("&Folder"));
    m_path->setAccessibleName(mbox ? tr("File") : tr("Folder"));
    QString path = m_path->text();
    if (mbox && !path.isEmpty() && !path.endsWith(mboxSuffix))
        path += mboxSuffix;
    else if (!mbox && path.endsWith(mboxSuffix))
        path.chop(mboxSuffix.size());
    m_path->setText(path);
    onPath();
}

void ExportDialog::onPath()
{
    const QFileInfo info(m_path->text());
    const bool mbox = m_mbox->isChecked();
    const bool wrongKind = info.exists() && !m_path->text().isEmpty() && info.isDir() == mbox;
    m_problem->setProblem(!wrongKind ? QString()
            : mbox                   ? tr("This is a folder, not a file.")
                                     : tr("This is a file, not a folder."));
    const bool replaces = mbox && info.isFile();
    m_note->setText(replaces ? tr("This file exists. It is replaced once the export is complete.")
            : mbox           ? tr("The file appears once the export is complete.")
            : info.isDir()   ? tr("This folder exists. Its files stay; the new ones get names of their own.")
                             : tr("The folder is made."));
    m_fine->setText(replaces ? tr("&Replace") : tr("E&xport"));
    m_fine->setEnabled(!wrongKind);
    growToFit(*this);
}

void ExportDialog::browse()
{
    const bool mbox = m_mbox->isChecked();
    const QFileInfo info(m_path->text());
    auto *dialog = new QFileDialog(this, mbox ? tr("Export to") : tr("Export into"), info.absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (mbox) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite); // Said here, in the dialogue.
        dialog->selectFile(info.fileName());
    } else {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    }
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

} // namespace postaci
