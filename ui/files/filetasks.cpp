// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/files/filetasks.h"

#include "core/mime/filename.h"
#include "core/settings/settings.h"
#include "core/sync/mailengine.h"
#include "ui/common/errortext.h"
#include "ui/common/infobar.h"
#include "ui/files/exportdialog.h"
#include "ui/files/importdialog.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/foldertext.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>

namespace postaci {

using namespace Qt::StringLiterals;

FileTasks::FileTasks(MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget &window)
    : QObject(&window)
    , m_engine(engine)
    , m_settings(settings)
    , m_folders(folders)
    , m_window(window)
    , m_bar(new InfoBar(&window))
    , m_progress(new QProgressBar)
    , m_stop(new QPushButton)
    , m_close(new QPushButton)
{
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(window.fontMetrics().averageCharWidth() * 25);
    m_progress->setMaximumHeight(window.fontMetrics().height());
    m_bar->addButton(m_progress);
    m_bar->addButton(m_stop);
    m_bar->addButton(m_close);
    connect(m_stop, &QPushButton::clicked, this, [this] { m_engine.cancelFiles(); });
    connect(m_close, &QPushButton::clicked, m_bar, &QWidget::hide);
    connect(&engine, &MailEngine::fileProgress, this, &FileTasks::onProgress);
    retranslate();
}

void FileTasks::retranslate()
{
    m_progress->setAccessibleName(tr("Progress"));
    m_stop->setText(tr("Stop"));
    m_close->setText(tr("Close"));
    if (isBusy())
        showProgress();
    else if (m_bar->isVisibleTo(&m_window) && m_tell)
        m_tell();
}

void FileTasks::askImport(FolderId current)
{
    auto *dialog = new ImportDialog(m_folders, current, startDirectory(), &m_window);
    connect(dialog, &ImportDialog::chosen, this, &FileTasks::importInto);
    dialog->open();
}

void FileTasks::importFiles(const QStringList &paths, FolderId folder)
{
    if (!isBusy() && !paths.isEmpty())
        importInto(paths, folder, {});
}

void FileTasks::importInto(const QStringList &paths, FolderId folder, const QString &newFolder)
{
    rememberDirectory(paths.first());
    begin(Kind::Import, paths.size() == 1 ? QFileInfo(paths.first()).fileName() : QString());
    if (!folder) {
        m_engine.createFolder({}, {}, newFolder).then(this, [this, paths](const Result<FolderId> &made) {
            if (made)
                importInto(paths, *made, {});
            else
                end([this, error = made.error()] { showFailure(error); });
        });
        return;
    }
    m_engine.importMail(paths, folder).then(this, [this](const Result<ImportOutcome> &outcome) {
        if (outcome)
            end([this, outcome = *outcome] {
                QStringList parts;
                if (outcome.imported > 0 || (outcome.known == 0 && !outcome.cancelled))
                    parts.append(tr("%Ln message(s) imported", nullptr, int(outcome.imported)));
                if (outcome.known > 0)
                    parts.append(tr("%Ln was/were already there", nullptr, int(outcome.known)));
                if (outcome.leftOut > 0)
                    parts.append(tr("%Ln left out (deleted, or too large)", nullptr, int(outcome.leftOut)));
                if (outcome.unreadable > 0)
                    parts.append(tr("%Ln file(s) could not be read", nullptr, int(outcome.unreadable)));
                QString text = parts.isEmpty() ? QString() : parts.join(u", "_s) + u'.';
                QString details = outcome.unreadable == 0 ? QString()
                    : outcome.unreadable == 1             ? outcome.unreadableFile
                                                          : tr("The first of them: %1").arg(outcome.unreadableFile);
                if (outcome.cancelled) {
                    text = tr("The import was stopped. %1").arg(text).trimmed();
                    details = tr("Import the same again to get the rest; nothing comes twice.");
                }
                m_bar->show(
                    outcome.unreadable > 0 ? InfoBar::Kind::Warning : InfoBar::Kind::Information, text, details);
            });
        else
            end([this, error = outcome.error()] { showFailure(error); });
    });
}

void FileTasks::askExport(const Folder &folder)
{
    const QString title = folderTitle(folder);
    auto *dialog = new ExportDialog(tr("The folder “%1”, %Ln message(s)", nullptr, int(folder.total)).arg(title),
        QDir(startDirectory()).filePath(safeFileName(title)), &m_window);
    connect(dialog, &ExportDialog::chosen, this, [this, id = folder.id](const QString &path, MailFormat format) {
        begin(format == MailFormat::Mbox ? Kind::Mbox : Kind::Eml, QFileInfo(path).fileName());
        showExported(m_engine.exportFolder(id, path, format), path, format);
    });
    dialog->open();
}

void FileTasks::askSave(const QList<MessageId> &messages, const MessageHeader &first)
{
    const QString subject = safeFileName(first.envelope.subject.left(80));
    const QString name = subject.isEmpty() ? tr("Message") : subject;
    if (messages.size() > 1) {
        auto *dialog = new ExportDialog(tr("%Ln selected message(s)", nullptr, int(messages.size())),
            QDir(startDirectory()).filePath(name), &m_window);
        connect(dialog, &ExportDialog::chosen, this, [this, messages](const QString &path, MailFormat format) {
            begin(format == MailFormat::Mbox ? Kind::Mbox : Kind::Eml, QFileInfo(path).fileName());
            showExported(m_engine.exportMessages(messages, path, format), path, format);
        });
        dialog->open();
        return;
    }
    auto *dialog = new QFileDialog(&m_window, tr("Save message"), startDirectory(), tr("Mail (*.eml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"eml"_s);
    dialog->selectFile(name + u".eml"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, messages](const QString &path) {
        begin(Kind::Eml, QFileInfo(path).fileName());
        showExported(m_engine.exportMessages(messages, path, MailFormat::OneEml), path, MailFormat::OneEml);
    });
    dialog->open();
}

void FileTasks::showExported(QFuture<Result<qint64>> done, const QString &path, MailFormat format)
{
    rememberDirectory(path);
    done.then(this, [this, path, format](const Result<qint64> &written) {
        const bool stopped = !written && written.error().kind == ErrorKind::Cancelled;
        if (written && format == MailFormat::OneEml) {
            end({});
            Q_EMIT saved(path);
        } else if (written) {
            end([this, path, count = *written] {
                m_bar->show(InfoBar::Kind::Information, tr("%Ln message(s) exported.", nullptr, int(count)),
                    QDir::toNativeSeparators(path));
            });
        } else if (stopped) {
            end([this, format] {
                m_bar->show(InfoBar::Kind::Information, tr("The export was stopped."),
                    format == MailFormat::Eml ? tr("The files that were written are there.")
                                              : tr("No file was written."));
            });
        } else {
            end([this, error = written.error()] { showFailure(error); });
        }
    });
}

void FileTasks::askToStop(const std::function<void()> &then)
{
    auto *question = new QMessageBox(QMessageBox::Question,
        m_kind == Kind::Import ? tr("Stop the import?") : tr("Stop the export?"),
        m_kind == Kind::Import
            ? tr("Mail is still being imported. What has come so far stays; import it again to get the rest.")
            : tr("Mail is still being exported. The export would not be complete."),
        QMessageBox::NoButton, &m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto *yes = question->addButton(tr("Stop and quit"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("Go on"), QMessageBox::RejectRole));
    connect(question, &QMessageBox::buttonClicked, this, [this, yes, then](const QAbstractButton *button) {
        if (button != yes)
            return;
        m_engine.cancelFiles();
        then();
    });
    // It may be done before the user has decided.
    connect(this, &FileTasks::busyChanged, question, &QWidget::close);
    question->open();
}

void FileTasks::begin(Kind kind, const QString &name)
{
    m_kind = kind;
    m_name = name;
    m_told = {};
    m_tell = {};
    showProgress();
    Q_EMIT busyChanged();
}

void FileTasks::end(std::function<void()> tell)
{
    m_kind = Kind::None;
    m_tell = std::move(tell);
    m_progress->hide();
    m_stop->hide();
    m_close->show();
    m_bar->hide();
    if (m_tell)
        m_tell();
    Q_EMIT busyChanged();
}

void FileTasks::onProgress(const FileProgress &progress)
{
    if (!isBusy())
        return;
    m_told = progress;
    showProgress();
}

void FileTasks::showProgress()
{
    const QString text = m_kind == Kind::Import
        ? (m_name.isEmpty() ? tr("Importing mail…") : tr("Importing mail from “%1”…").arg(m_name))
        : tr("Exporting mail to “%1”…").arg(m_name);
    const QString count = m_kind == Kind::Import
        ? tr("%Ln message(s) so far", nullptr, int(m_told.messages))
        : tr("%1 of %2 messages", "export").arg(QLocale().toString(m_told.done), QLocale().toString(m_told.total));
    m_close->hide();
    m_progress->setRange(0, m_told.total > 0 ? 1'000 : 0); // In thousandths: bytes may be more than an int holds.
    m_progress->setValue(m_told.total > 0 ? int(qMin(m_told.done, m_told.total) * 1'000 / m_told.total) : 0);
    m_progress->show();
    m_stop->show();
    m_bar->show(InfoBar::Kind::Information, text, m_told == FileProgress() ? QString() : count);
}

void FileTasks::showFailure(const MailError &error)
{
    const ErrorText text = errorText(error);
    m_bar->show(InfoBar::Kind::Error, text.sentence, text.hint);
}

QString FileTasks::startDirectory() const
{
    const QString last = m_settings.value(Setting::MailFileDirectory).toString();
    return QFileInfo(last).isDir() ? last : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void FileTasks::rememberDirectory(const QString &path)
{
    m_settings.setValue(Setting::MailFileDirectory, QFileInfo(path).absolutePath());
}

} // namespace postaci
