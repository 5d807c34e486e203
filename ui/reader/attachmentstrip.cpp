// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/attachmentstrip.h"

#include "core/settings/settings.h"
#include "ui/common/flowlayout.h"
#include "ui/common/icons.h"
#include "ui/common/messagetext.h"
#include "ui/reader/attachmentsafety.h"

#include <QDesktopServices>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeDatabase>
#include <QPushButton>
#include <QSaveFile>
#include <QStandardPaths>
#include <QtConcurrentRun>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// More would only be a wall of buttons; "Save all" has them all.
constexpr qsizetype shownLimit = 30;

Result<void> writeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return failure({.kind = ErrorKind::Storage, .step = Step::WriteStore, .subject = QFileInfo(path).fileName()});
}

} // namespace

AttachmentStrip::AttachmentStrip(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_buttons(new FlowLayout)
    , m_more(new QLabel(this))
    , m_saveAll(new QPushButton(this))
{
    const int margin = fontMetrics().height();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(margin, margin / 3, margin, margin / 2);
    auto *column = new QVBoxLayout;
    m_buttons->setSpacing(margin / 3);
    column->addLayout(m_buttons);
    column->addWidget(m_more);
    layout->addLayout(column, 1);
    layout->addWidget(m_saveAll, 0, Qt::AlignTop);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_saveAll, &QPushButton::clicked, this, &AttachmentStrip::saveAll);
    retranslate();
    hide();
}

void AttachmentStrip::setAttachments(const QByteArray &raw, const QList<Attachment> &attachments)
{
    m_raw = raw;
    m_attachments = attachments;
    // What the mail shows in its text is no file beside it.
    m_attachments.removeIf([](const Attachment &attachment) { return attachment.isInline; });
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const Attachment &attachment : m_attachments.first(qMin(shownLimit, m_attachments.size())))
        addButton(attachment);
    setVisible(!m_attachments.isEmpty());
    retranslate();
}

void AttachmentStrip::addButton(const Attachment &attachment)
{
    const bool dangerous = isDangerous(attachment.fileName, attachment.mediaType);
    auto *button = new QToolButton(this);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const QMimeType type = QMimeDatabase().mimeTypeForName(QString::fromLatin1(attachment.mediaType));
    button->setIcon(dangerous ? themeIcon(u"dialog-warning"_s)
                              : QIcon::fromTheme(type.iconName(), themeIcon(u"mail-attachment"_s)));
    const QString name = harmless(attachment.fileName);
    // Cut in the middle: the suffix tells what the file is.
    button->setText(fontMetrics().elidedText(name, Qt::ElideMiddle, fontMetrics().averageCharWidth() * 36) + u"  "_s
        + shownSize(attachment.size));
    button->setToolTip(name);
    button->setAccessibleName(tr("Attachment %1, %2").arg(name, shownSize(attachment.size)));
    button->setFocusPolicy(Qt::StrongFocus);

    auto *menu = new QMenu(button);
    if (!dangerous)
        menu->addAction(themeIcon(u"document-open"_s), tr("Open"), this, [this, attachment] { open(attachment); });
    menu->addAction(themeIcon(u"document-save-as"_s), tr("Save as…"), this, [this, attachment] { saveAs(attachment); });
    button->setMenu(menu);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    connect(button, &QToolButton::clicked, this, [this, attachment, dangerous] {
        if (dangerous)
            saveAs(attachment);
        else
            open(attachment);
    });
    m_buttons->addWidget(button);
}

void AttachmentStrip::open(const Attachment &attachment)
{
    if (!m_opened.isValid()) {
        Q_EMIT failed({.kind = ErrorKind::Storage, .step = Step::WriteStore, .subject = attachment.fileName});
        return;
    }
    write({attachment}, {freePath(m_opened.path(), attachment.fileName)}, true);
}

void AttachmentStrip::saveAs(const Attachment &attachment)
{
    auto *dialog = new QFileDialog(this, tr("Save attachment"), startDirectory());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(attachment.fileName);
    connect(dialog, &QFileDialog::fileSelected, this, [this, attachment](const QString &path) {
        m_settings.setValue(Setting::SaveAttachmentDirectory, QFileInfo(path).absolutePath());
        write({attachment}, {path}, false);
    });
    dialog->open();
}

void AttachmentStrip::saveAll()
{
    auto *dialog = new QFileDialog(this, tr("Save all attachments in"), startDirectory());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &directory) {
        m_settings.setValue(Setting::SaveAttachmentDirectory, directory);
        QStringList paths;
        for (const Attachment &attachment : std::as_const(m_attachments))
            paths.append(directory + u'/' + attachment.fileName);
        write(m_attachments, paths, false);
    });
    dialog->open();
}

void AttachmentStrip::write(const QList<Attachment> &attachments, const QStringList &paths, bool thenOpen)
{
    // Save all must not write one file over another, nor over one that was there; a chosen name was confirmed.
    const bool several = attachments.size() > 1;
    QtConcurrent::run([raw = m_raw, attachments, paths, several]() -> Result<QString> {
        QString path;
        for (qsizetype i = 0; i < attachments.size(); ++i) {
            const QFileInfo info(paths[i]);
            path = several ? freePath(info.path(), info.fileName()) : paths[i];
            const Result<QByteArray> content = attachmentContent(raw, attachments[i].part);
            if (!content)
                return failure(content.error());
            if (const Result<void> written = writeFile(path, *content); !written)
                return failure(written.error());
        }
        return path;
    }).then(this, [this, thenOpen, several](const Result<QString> &path) {
        if (!path)
            Q_EMIT failed(path.error());
        else if (!thenOpen)
            Q_EMIT saved(several ? QFileInfo(*path).path() : *path);
        else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(*path)))
            Q_EMIT failed(
                {.kind = ErrorKind::FileUnreadable, .step = Step::ReadFile, .subject = QFileInfo(*path).fileName()});
    });
}

QString AttachmentStrip::startDirectory() const
{
    const QString last = m_settings.value(Setting::SaveAttachmentDirectory).toString();
    return QFileInfo(last).isDir() ? last : QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
}

void AttachmentStrip::retranslate()
{
    m_saveAll->setText(tr("Save all…"));
    m_saveAll->setVisible(m_attachments.size() > 1);
    const qsizetype hidden = m_attachments.size() - shownLimit;
    m_more->setText(tr("and %n more", nullptr, int(qMax(qsizetype(0), hidden))));
    m_more->setVisible(hidden > 0);
}

void AttachmentStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        setAttachments(m_raw, m_attachments);
}

} // namespace postaci
