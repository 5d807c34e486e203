// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/otherclient.h"

#include <QString>

namespace postaci {

/// A day's work with a mailbox in twenty-five steps, each checked on the server with another client, and in the end the
/// whole store beside the whole server: what every server has to allow, whatever else it can do.
class BasicScenario {
public:
    /// Both stay until play() has ended. `profile` is started; `phone` is logged in to the same mailbox.
    BasicScenario(EngineFixture &profile, OtherClient &phone);

    /// Where the server wants folders of its users: "INBOX." on some.
    void setPrefix(const QString &prefix, QChar separator);
    /// Fails the test at the step that fails.
    void play(const Account &account, const QString &password);

private:
    void receive(const Account &account, const QString &password);
    void mark();
    void file();
    void remove();
    void comeBack(const QString &password);

    bool synchronize();
    FolderId folder(const QString &path);
    std::optional<MessageHeader> find(const QString &path, const QString &subject);
    QList<OtherClient::Message> there(const QString &path);
    bool isThere(const QString &path, const QByteArray &subject);
    /// Or marked, where single messages cannot be deleted (no UIDPLUS).
    bool isGone(const QString &path, const QByteArray &subject);
    bool isGoneHere(const QString &path, const QString &subject);
    QByteArrayList flagsThere(const QString &path, const QByteArray &subject);
    QString at(const QString &name) const { return m_prefix + name; }
    bool isLikeTheServer(const QString &path);
    QByteArray where() const { return "step " + QByteArray::number(m_step); }

    EngineFixture &m_profile;
    OtherClient &m_phone;
    AccountId m_account;
    QString m_prefix;
    QChar m_separator = u'/';
    int m_step = 0;
};

} // namespace postaci
