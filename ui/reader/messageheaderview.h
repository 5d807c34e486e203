// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/messageheader.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QToolButton;

namespace postaci {

/// The top of the reader: subject, sender with the real address, date, recipients. Made of labels, outside the body
/// view, so that no mail can paint over it.
class MessageHeaderView : public QWidget {
    Q_OBJECT

public:
    explicit MessageHeaderView(QWidget *parent = nullptr);

    void setEnvelope(const Envelope &envelope, const QDateTime &received);

protected:
    void changeEvent(QEvent *event) override;

private:
    class Avatar;

    void update();

    Envelope m_envelope;
    QDateTime m_received;
    Avatar *m_avatar;
    QLabel *m_subject;
    QLabel *m_from;
    QLabel *m_date;
    QLabel *m_recipients;
    QLabel *m_warning;
    QToolButton *m_more;
};

} // namespace postaci
