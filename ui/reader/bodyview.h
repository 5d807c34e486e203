// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QImage>
#include <QTextBrowser>

namespace postaci {

/// Shows the text of a message. Given only HTML that our own code wrote; loads nothing from anywhere but the pictures
/// that came with the message, and leaves every link to the reader.
class BodyView : public QTextBrowser {
    Q_OBJECT

public:
    explicit BodyView(QWidget *parent = nullptr);

    void setMessage(const QString &html, const QHash<QString, QImage> &pictures);

    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    void linkActivated(const QUrl &link);
    void linkHovered(const QString &target); ///< Empty: none any more.

protected:
    bool viewportEvent(QEvent *event) override;

private:
    QHash<QString, QImage> m_pictures;
};

/// A link's target for the eye: in full, host in ACE form if it could be mistaken for another, at most 2,000
/// characters.
QString shownLink(const QUrl &link);

} // namespace postaci
