// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/messageheader.h"
#include "ui/reader/loadedmessage.h"

#include <QSet>
#include <QTimer>
#include <QUrl>
#include <QWidget>

#include <memory>

class QStackedWidget;

namespace postaci {

class AttachmentStrip;
class BodyView;
class EmptyState;
class InfoBar;
class MailEngine;
class MessageHeaderView;
class Settings;

/// Shows one message. The header comes from the list at once; the body is fetched by the engine and taken apart on a
/// worker thread, and an answer that comes after another message was chosen is dropped.
class Reader : public QWidget {
    Q_OBJECT

public:
    Reader(MailEngine &engine, Settings &settings, QWidget *parent = nullptr);
    ~Reader() override;

    void showMessage(const MessageHeader &header);
    /// Several are selected, or none.
    void showCount(int selected);
    /// The list has news about the message that is shown.
    void updateHeader(const MessageHeader &header);

    const MessageHeader &header() const { return m_header; }
    /// Null while the body is not here.
    const LoadedMessage *loaded() const { return m_loaded.get(); }
    void showSource();

Q_SIGNALS:
    void mailtoClicked(const QUrl &link);
    void linkHovered(const QString &target);
    void attachmentSaved(const QString &path);
    /// The body of the shown message has arrived: it can be answered and forwarded.
    void loadedChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void load();
    /// What the button in place of the message does.
    void act();
    void getRest();
    bool isGettingRest() const { return m_gettingRest.contains(m_header.id); }
    void prepare(const QByteArray &raw);
    void display(const LoadedMessage &message);
    void fail(const MailError &error);
    void followLink(const QUrl &link);
    void markRead();
    ReaderLook look() const;
    void retranslate();

    MailEngine &m_engine;
    MessageHeader m_header; ///< Without an id: nothing is shown.
    int m_selected = 0;
    std::unique_ptr<LoadedMessage> m_loaded;
    std::unique_ptr<MailError> m_error;
    QSet<MessageId> m_gettingRest; ///< Of these, only the header was here.
    qint64 m_restBytes = 0; ///< Of the one that is shown.
    int m_generation = 0;
    QTimer m_slow; ///< Runs out when loading takes long enough to say so.
    QTimer m_read;

    QStackedWidget *m_pages;
    EmptyState *m_nothing;
    QWidget *m_page;
    MessageHeaderView *m_headerView;
    InfoBar *m_remote;
    InfoBar *m_notice;
    QStackedWidget *m_content;
    EmptyState *m_waiting;
    BodyView *m_body;
    AttachmentStrip *m_attachments;
};

} // namespace postaci
