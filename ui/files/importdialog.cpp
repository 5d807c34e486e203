// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/files/importdialog.h"

#include "ui/common/growtofit.h"
#include "ui/common/problemlabel.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/foldertext.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

ImportDialog::ImportDialog(const FolderModel &folders, FolderId suggested, const QString &directory, QWidget *parent)
    : QDialog(parent)
    , m_folders(folders)
    , m_directory(directory)
    , m_path(new QLineEdit(this))
    , m_pathProblem(new ProblemLabel(*m_path, this))
    , m_target(new QComboBox(this))
    , m_nameLabel(new QLabel(tr("&Name of the new folder"), this))
    , m_name(new QLineEdit(this))
    , m_nameProblem(new ProblemLabel(*m_name, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import mail"));
    auto *pathLabel = new QLabel(tr("&Mail files"), this);
    pathLabel->setBuddy(m_path);
    m_path->setAccessibleName(tr("Mail files"));
    auto *files = new QPushButton(tr("Choose &files…"), this);
    auto *folder = new QPushButton(tr("Choose f&older…"), this);
    auto *kinds = new QLabel(
        tr("An mbox file, .eml files, a Maildir, or a folder with .eml files. The files stay as they are; mail that is "
           "in the target already is not imported twice."),
        this);
    kinds->setForegroundRole(QPalette::PlaceholderText);
    kinds->setWordWrap(true);
    auto *targetLabel = new QLabel(tr("Import in&to"), this);
    targetLabel->setBuddy(m_target);
    m_target->setAccessibleName(tr("Import into"));
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_nameLabel->setBuddy(m_name);
    m_name->setAccessibleName(tr("Name of the new folder"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *fine = new QPushButton(tr("&Import"), this);
    fine->setDefault(true);
    for (QPushButton *button : {files, folder, cancel})
        button->setAutoDefault(false);

    const int gap = fontMetrics().height();
    auto *browsing = new QHBoxLayout;
    browsing->addWidget(m_path, 1);
    browsing->addWidget(files);
    browsing->addWidget(folder);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(fine);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(pathLabel);
    layout->addLayout(browsing);
    layout->addWidget(m_pathProblem);
    layout->addWidget(kinds);
    layout->addSpacing(gap / 2);
    layout->addWidget(targetLabel);
    layout->addWidget(m_target);
    layout->addWidget(m_nameLabel);
    layout->addWidget(m_name);
    layout->addWidget(m_nameProblem);
    layout->addSpacing(gap / 2);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);

    fillTargets(suggested);
    connect(files, &QPushButton::clicked, this, [this] { browse(false); });
    connect(folder, &QPushButton::clicked, this, [this] { browse(true); });
    connect(m_path, &QLineEdit::textChanged, this, &ImportDialog::onPath);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameTyped = true; });
    connect(m_target, &QComboBox::activated, this, [this] { m_targetChosen = true; });
    connect(m_target, &QComboBox::currentIndexChanged, this, &ImportDialog::onTarget);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(fine, &QPushButton::clicked, this, [this] {
        if (!validate())
            return;
        Q_EMIT chosen(paths(), target(), m_name->text());
        accept();
    });
    m_name->setText(tr("Imported mail"));
    onTarget();
}

/// The new folder first, then those of this computer, then those of the accounts.
void ImportDialog::fillTargets(FolderId suggested)
{
    m_target->addItem(tr("New folder on this computer"), qint64(0));
    if (m_folders.computer())
        addTargets(m_folders.computer(), tr("On this computer"));
    for (const Account &account : m_folders.accounts())
        addTargets(account.id, account.name);
    const auto current = m_folders.folder(suggested);
    if (current && current->account == m_folders.computer()) {
        m_target->setCurrentIndex(m_target->findData(suggested.value));
        m_targetChosen = true;
    }
}

void ImportDialog::addTargets(AccountId account, const QString &where)
{
    for (const Folder &folder : m_folders.folders(account)) {
        if (folder.selectable)
            m_target->addItem(folderIcon(folder.role),
                tr("%1: %2", "place: folder").arg(where, fullFolderTitle(folder)), folder.id.value);
    }
}

void ImportDialog::browse(bool directories)
{
    auto *dialog = new QFileDialog(this, directories ? tr("Choose a folder") : tr("Choose mail files"), m_directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(directories ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    dialog->setOption(QFileDialog::ShowDirsOnly, directories);
    connect(dialog, &QFileDialog::filesSelected, this, &ImportDialog::setPaths);
    dialog->open();
}

void ImportDialog::setPaths(const QStringList &paths)
{
    QStringList names;
    for (const QString &path : paths)
        names.append(QFileInfo(path).fileName());
    m_several.clear();
    m_path->setText(paths.size() == 1 ? paths.first() : names.join(u", "_s));
    if (paths.size() > 1)
        m_several = paths;
    m_path->setCursorPosition(0);
}

QStringList ImportDialog::paths() const
{
    return m_several.isEmpty() ? QStringList{QFileInfo(m_path->text()).absoluteFilePath()} : m_several;
}

FolderId ImportDialog::target() const
{
    return FolderId{m_target->currentData().toLongLong()};
}

/// A new folder is called like the file, and where there is one of that name, mail goes there: it may be the second
/// time.
void ImportDialog::onPath()
{
    m_several.clear();
    m_pathProblem->setProblem({});
    const QFileInfo info(m_path->text());
    const bool single = info.suffix().compare("eml"_L1, Qt::CaseInsensitive) == 0;
    const QString base = info.isDir() ? info.fileName() : info.completeBaseName();
    const QString name = single || base.isEmpty() ? tr("Imported mail") : base;
    if (!m_nameTyped)
        m_name->setText(name);
    if (m_targetChosen || m_nameTyped)
        return;
    int index = 0;
    for (const Folder &folder : m_folders.folders(m_folders.computer())) {
        if (folder.selectable && folder.path.compare(name, Qt::CaseInsensitive) == 0)
            index = m_target->findData(folder.id.value);
    }
    m_target->setCurrentIndex(index);
}

void ImportDialog::onTarget()
{
    const bool isNew = !target();
    m_nameLabel->setEnabled(isNew);
    m_name->setEnabled(isNew);
    m_nameProblem->setProblem({});
}

bool ImportDialog::validate()
{
    const QStringList chosenPaths = paths();
    const bool exists = std::all_of(
        chosenPaths.cbegin(), chosenPaths.cend(), [](const QString &path) { return QFileInfo::exists(path); });
    m_pathProblem->setProblem(m_path->text().isEmpty() ? tr("Choose what is to be imported.")
            : exists                                   ? QString()
                                                       : tr("There is no such file or folder."));
    const QString name = m_name->text().simplified();
    const QList<Folder> known = m_folders.folders(m_folders.computer());
    const bool taken = std::any_of(known.cbegin(), known.cend(),
        [&name](const Folder &folder) { return folder.path.compare(name, Qt::CaseInsensitive) == 0; });
    const QString nameProblem = target() ? QString()
        : name.isEmpty()                 ? tr("Give the new folder a name.")
        : name.contains(u'/')            ? tr("A folder's name cannot have a “/” in it.")
        : taken                          ? tr("There is a folder with this name already: choose it above.")
                                         : QString();
    m_nameProblem->setProblem(nameProblem);
    growToFit(*this);
    const bool pathFits = exists && !m_path->text().isEmpty();
    if (!pathFits)
        m_path->setFocus();
    else if (!nameProblem.isEmpty())
        m_name->setFocus();
    return pathFits && nameProblem.isEmpty();
}

} // namespace postaci
