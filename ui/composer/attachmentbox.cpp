// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/attachmentbox.h"

#include "ui/common/flowlayout.h"
#include "ui/common/icons.h"
#include "ui/common/messagetext.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeDatabase>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace postaci {

AttachmentBox::AttachmentBox(QWidget *parent)
    : QWidget(parent)
    , m_layout(new FlowLayout(this))
{
    const int gap = fontMetrics().height() / 3;
    m_layout->setSpacing(gap);
    m_layout->setContentsMargins(2 * gap, gap, 2 * gap, gap);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void AttachmentBox::setAttachments(const QList<DraftAttachment> &attachments)
{
    m_attachments = attachments;
    rebuild();
}

void AttachmentBox::add(const DraftAttachment &attachment)
{
    m_attachments.append(attachment);
    rebuild();
    Q_EMIT changed();
}

qint64 AttachmentBox::totalSize() const
{
    qint64 size = 0;
    for (const DraftAttachment &attachment : m_attachments)
        size += attachment.content.size();
    return size;
}

void AttachmentBox::rebuild()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (qsizetype i = 0; i < m_attachments.size(); ++i) {
        const DraftAttachment &attachment = m_attachments.at(i);
        const QString name = harmless(attachment.fileName);
        auto *chip = new QFrame(this);
        chip->setFrameShape(QFrame::StyledPanel);
        auto *icon = new QLabel(chip);
        const QMimeType type = QMimeDatabase().mimeTypeForName(QString::fromLatin1(attachment.mediaType));
        const int side = textIconSide(*this);
        icon->setPixmap(QIcon::fromTheme(type.iconName(), themeIcon(u"mail-attachment"_s))
                .pixmap(QSize(side, side), devicePixelRatioF()));
        auto *text = new QLabel(fontMetrics().elidedText(name, Qt::ElideMiddle, fontMetrics().averageCharWidth() * 40)
                + u"  "_s + shownSize(attachment.content.size()),
            chip);
        text->setTextFormat(Qt::PlainText);
        text->setToolTip(name);
        text->setAccessibleName(tr("Attachment %1, %2").arg(name, shownSize(attachment.content.size())));
        auto *remove = new QToolButton(chip);
        remove->setIcon(themeIcon(u"edit-delete-remove"_s));
        remove->setAutoRaise(true);
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setToolTip(tr("Remove"));
        remove->setAccessibleName(tr("Remove %1").arg(name));
        connect(remove, &QToolButton::clicked, this, [this, i] {
            m_attachments.removeAt(i);
            rebuild();
            Q_EMIT changed();
        });
        auto *layout = new QHBoxLayout(chip);
        layout->setContentsMargins(6, 2, 2, 2);
        layout->addWidget(icon);
        layout->addWidget(text);
        layout->addWidget(remove);
        m_layout->addWidget(chip);
        chip->show();
    }
    setVisible(!m_attachments.isEmpty());
    updateGeometry();
}

void AttachmentBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}

} // namespace postaci
