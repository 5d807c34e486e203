// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/folder.h"
#include "core/mail/messageheader.h"
#include "ui/messagelist/messagelistmodel.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace postaci {

class EmptyState;
class MailEngine;
class MessageListView;
class Reader;
class Settings;
class Store;

/// The message list beside the reader, for a folder or a search.
class MailView : public QWidget {
    Q_OBJECT

public:
    MailView(Store &store, MailEngine &engine, Settings &settings, QWidget *parent = nullptr);

    void showFolder(const Folder &folder);
    void showNothing(); ///< No folder is chosen.
    /// Empty words: back to the folder.
    void search(const QString &words);
    bool isSearching() const;

    QList<MessageId> selection() const;
    /// The message that the next command is about; null when its row is not here yet.
    const MessageHeader *currentHeader() const;
    void selectNextUnread();
    MessageListView &list() const { return *m_list; }
    Reader &reader() const { return *m_reader; }
    void saveState();

Q_SIGNALS:
    void selectionChanged();
    void listShown(); ///< There are rows to see.
    void failed(const postaci::MailError &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void onSelection();
    void showCurrent();
    void updateEmptyState();
    void retranslate();

    Store &m_store;
    Settings &m_settings;
    std::optional<Folder> m_folder;
    QTimer m_settle; ///< A selection that lasts is shown; one that the arrow keys pass over is not.
    MessageListModel *m_model;
    QSplitter *m_splitter;
    QLabel *m_title;
    QLabel *m_count;
    QStackedWidget *m_pages;
    MessageListView *m_list;
    EmptyState *m_empty;
    Reader *m_reader;
};

} // namespace postaci
