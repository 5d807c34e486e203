// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/draft.h"

#include <QList>
#include <QWidget>

namespace postaci {

class FlowLayout;

/// The files of a draft, each with a button that removes it. Hidden while there is none.
class AttachmentBox : public QWidget {
    Q_OBJECT

public:
    explicit AttachmentBox(QWidget *parent = nullptr);

    const QList<DraftAttachment> &attachments() const { return m_attachments; }
    void setAttachments(const QList<DraftAttachment> &attachments);
    void add(const DraftAttachment &attachment);
    qint64 totalSize() const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();

    QList<DraftAttachment> m_attachments;
    FlowLayout *m_layout;
};

} // namespace postaci
