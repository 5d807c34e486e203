// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPlainTextEdit>

namespace postaci {

/// The text of a mail. Files and pictures that are dropped or pasted on it are attached, not inserted.
class MessageEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit MessageEdit(QWidget *parent = nullptr);

Q_SIGNALS:
    void filesGiven(const QStringList &paths);
    void pictureGiven(const QImage &picture);

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
};

/// The local files that a drop or the clipboard carries.
QStringList localFiles(const QMimeData &data);

} // namespace postaci
