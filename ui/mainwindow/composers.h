// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/mail/draft.h"
#include "core/mime/replydraft.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QUrl>

namespace postaci {

class Composer;
class FolderModel;
class MailEngine;
class Settings;
class Store;
struct LoadedMessage;
struct MessageHeader;

/// Opens composers, for new mails, answers, drafts and links, and keeps hold of them until they are closed.
class Composers : public QObject {
    Q_OBJECT

public:
    Composers(
        Store &store, MailEngine &engine, Settings &settings, const FolderModel &folders, QObject *parent = nullptr);
    ~Composers() override;

    /// `account` none: the first one.
    void writeNew(AccountId account);
    void reply(const MessageHeader &header, const LoadedMessage &message, ReplyTo to);
    void forward(const MessageHeader &header, const LoadedMessage &message);
    void openDraft(DraftId draft);
    /// Does nothing for what is no mailto link.
    void openMailto(const QUrl &link, AccountId account);
    /// The program ends: every draft is kept.
    void closeAll();

Q_SIGNALS:
    void sent();
    void draftKept();
    void failed(const postaci::MailError &error);

private:
    Composer *open(Draft draft);
    Account accountFor(AccountId id) const;
    Account accountOf(const MessageHeader &header) const;

    Store &m_store;
    MailEngine &m_engine;
    Settings &m_settings;
    const FolderModel &m_folders;
    QList<QPointer<Composer>> m_open;
};

} // namespace postaci
