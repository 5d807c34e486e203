// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLineEdit>
#include <QTimer>

namespace postaci {

/// The search field. Searches while one types, once the typing pauses; Escape ends the search.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

Q_SIGNALS:
    void searched(const QString &words); ///< Empty: the search has ended.
    void leftByKey(); ///< Return or Down: on to what was found.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void announce();
    void retranslate();

    QAction *m_icon;
    QTimer m_pause;
    QString m_announced;
};

} // namespace postaci
