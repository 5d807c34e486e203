// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace postaci {

/// A strip with a sentence and what to do about it, above the thing that it is about. Says itself to screen readers
/// when it appears. All text is plain text.
class InfoBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Information, Warning, Error };

    explicit InfoBar(QWidget *parent = nullptr);

    /// Shows the strip. `details` is a second, softer line.
    void show(Kind kind, const QString &text, const QString &details = {});
    /// Buttons stand at the end, in the order in which they are added.
    void addButton(QWidget *button);
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateLook();

    Kind m_kind = Kind::Information;
    QHBoxLayout *m_layout;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_details;
};

} // namespace postaci
