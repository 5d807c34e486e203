// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mime/messagebody.h"

#include <QByteArray>
#include <QList>
#include <QTemporaryDir>
#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace postaci {

class FlowLayout;
class Settings;

/// The attachments below a mail: open, save, save all. Files are decoded and written on a worker thread, are never made
/// executable, and what could run something can only be saved.
class AttachmentStrip : public QWidget {
    Q_OBJECT

public:
    explicit AttachmentStrip(Settings &settings, QWidget *parent = nullptr);

    /// `raw` is the message that the attachments came from.
    void setAttachments(const QByteArray &raw, const QList<Attachment> &attachments);

Q_SIGNALS:
    void saved(const QString &path);
    void failed(const postaci::MailError &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addButton(const Attachment &attachment);
    void open(const Attachment &attachment);
    void saveAs(const Attachment &attachment);
    void saveAll();
    void write(const QList<Attachment> &attachments, const QStringList &paths, bool thenOpen);
    QString startDirectory() const;
    void retranslate();

    Settings &m_settings;
    QByteArray m_raw;
    QList<Attachment> m_attachments;
    QTemporaryDir m_opened; ///< Files that were opened; only for this user, removed with the strip.
    FlowLayout *m_buttons;
    QLabel *m_more;
    QPushButton *m_saveAll;
};

} // namespace postaci
