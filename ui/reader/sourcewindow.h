// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace postaci {

/// The source of a message, as it came over the wire. A window of its own that deletes itself.
class SourceWindow : public QWidget {
    Q_OBJECT

public:
    explicit SourceWindow(const QByteArray &raw, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void save();
    void retranslate();

    QByteArray m_raw;
    QPlainTextEdit *m_text;
    QPushButton *m_save;
    QPushButton *m_close;
};

} // namespace postaci
