// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/mailfiles.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace postaci {

class ProblemLabel;

/// Asks in which form, and where to, messages are written. Open it with open(); it deletes itself.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// @param what what is exported, for the headline
    /// @param path where to, without an extension
    ExportDialog(const QString &what, const QString &path, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &path, postaci::MailFormat format);

private:
    void onFormat();
    void onPath();
    void browse();

    QRadioButton *m_mbox;
    QRadioButton *m_eml;
    QLabel *m_pathLabel;
    QLineEdit *m_path;
    ProblemLabel *m_problem;
    QLabel *m_note; ///< What becomes of what is there already.
    QPushButton *m_fine;
};

} // namespace postaci
