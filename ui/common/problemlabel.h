// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLabel>

namespace postaci {

/// Says beneath a field what is wrong with it; hidden while nothing is. The field gets the text as its accessible
/// description, so that a screen reader says it together with the field.
class ProblemLabel : public QLabel {
    Q_OBJECT

public:
    explicit ProblemLabel(QWidget &field, QWidget *parent = nullptr);

    void setProblem(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateColour();

    QWidget &m_field;
};

} // namespace postaci
