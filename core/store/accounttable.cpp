// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/accounttable.h"

#include "core/store/foldertable.h"
#include "core/store/query.h"

namespace postaci {

namespace {

const std::string selectAccounts = R"sql(
    SELECT id, name, identity_name, identity_address, server_files_sent,
        in_protocol, in_host, in_port, in_encryption, in_auth, in_user,
        out_protocol, out_host, out_port, out_encryption, out_auth, out_user, oauth_issuer,
        server_copies_days, server_copies_deleted_with_ours, whole_up_to, whole_messages, whole_messages_days,
        poll_minutes
    FROM accounts)sql";

ServerSettings serverFrom(const Query &query, int column)
{
    return {
        .protocol = query.enumeration<Protocol>(column),
        .host = query.text(column + 1),
        .port = quint16(query.integer(column + 2)),
        .encryption = query.enumeration<Encryption>(column + 3),
        .auth = query.enumeration<AuthMethod>(column + 4),
        .userName = query.text(column + 5),
    };
}

Account accountFrom(const Query &query)
{
    return {
        .id = query.id<AccountId>(0),
        .name = query.text(1),
        .identity = {.name = query.text(2), .address = query.text(3)},
        .incoming = serverFrom(query, 5),
        .outgoing = serverFrom(query, 11),
        .oauthIssuer = query.text(17),
        .serverFilesSent = query.boolean(4),
        .serverCopies = {.days = int(query.integer(18)), .deletedWithOurs = query.boolean(19)},
        .wholeUpTo = query.integer(20),
        .wholeMessages = query.enumeration<WholeMessages>(21),
        .wholeMessagesDays = int(query.integer(22)),
        .pollMinutes = int(query.integer(23)),
    };
}

} // namespace

AccountTable::AccountTable(Connection &connection)
    : m_connection(connection)
{
}

QList<Account> AccountTable::all() const
{
    QList<Account> accounts;
    Query query(m_connection, selectAccounts + " WHERE in_protocol <> ? ORDER BY id");
    query.bind(Protocol::Local);
    while (query.next())
        accounts.append(accountFrom(query));
    return withExceptions(std::move(accounts));
}

std::optional<Account> AccountTable::onThisComputer() const
{
    Query query(m_connection, selectAccounts + " WHERE in_protocol = ? ORDER BY id LIMIT 1");
    query.bind(Protocol::Local);
    return query.next() ? std::optional(accountFrom(query)) : std::nullopt;
}

std::optional<Account> AccountTable::find(AccountId id) const
{
    Query query(m_connection, selectAccounts + " WHERE id = ?");
    query.bind(id);
    return query.next() ? std::optional(withExceptions({accountFrom(query)}).constFirst()) : std::nullopt;
}

QList<Account> AccountTable::withExceptions(QList<Account> accounts) const
{
    for (Account &account : accounts) {
        Query query(m_connection,
            "SELECT host, port, certificate FROM certificate_exceptions WHERE account = ? ORDER BY host, port");
        query.bind(account.id);
        while (query.next())
            account.exceptions.append(
                {.host = query.text(0), .port = quint16(query.integer(1)), .certificate = query.blob(2)});
    }
    return accounts;
}

void AccountTable::saveExceptions(AccountId account, const QList<CertificateException> &exceptions)
{
    Query(m_connection, "DELETE FROM certificate_exceptions WHERE account = ?").run(account);
    for (const CertificateException &exception : exceptions)
        Query(m_connection,
            "INSERT OR IGNORE INTO certificate_exceptions (account, host, port, certificate) VALUES (?, ?, ?, ?)")
            .run(account, exception.host, exception.port, exception.certificate);
}

AccountId AccountTable::insert(const Account &account)
{
    const ServerSettings &in = account.incoming;
    const ServerSettings &out = account.outgoing;
    Query(m_connection, R"sql(
        INSERT INTO accounts (name, identity_name, identity_address, server_files_sent,
            in_protocol, in_host, in_port, in_encryption, in_auth, in_user,
            out_protocol, out_host, out_port, out_encryption, out_auth, out_user, oauth_issuer,
            server_copies_days, server_copies_deleted_with_ours, whole_up_to, whole_messages, whole_messages_days,
            poll_minutes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql")
        .run(account.name, account.identity.name, account.identity.address, account.serverFilesSent, in.protocol,
            in.host, in.port, in.encryption, in.auth, in.userName, out.protocol, out.host, out.port, out.encryption,
            out.auth, out.userName, account.oauthIssuer, account.serverCopies.days,
            account.serverCopies.deletedWithOurs, account.wholeUpTo, account.wholeMessages, account.wholeMessagesDays,
            account.pollMinutes);
    const AccountId id{m_connection.lastInsertId()};
    saveExceptions(id, account.exceptions);
    m_connection.change().accounts = true;
    return id;
}

void AccountTable::update(const Account &account)
{
    const ServerSettings &in = account.incoming;
    const ServerSettings &out = account.outgoing;
    Query(m_connection, R"sql(
        UPDATE accounts SET name = ?, identity_name = ?, identity_address = ?, server_files_sent = ?,
            in_protocol = ?, in_host = ?, in_port = ?, in_encryption = ?, in_auth = ?, in_user = ?,
            out_protocol = ?, out_host = ?, out_port = ?, out_encryption = ?, out_auth = ?, out_user = ?,
            oauth_issuer = ?, server_copies_days = ?, server_copies_deleted_with_ours = ?,
            whole_up_to = ?, whole_messages = ?, whole_messages_days = ?, poll_minutes = ?
        WHERE id = ?)sql")
        .run(account.name, account.identity.name, account.identity.address, account.serverFilesSent, in.protocol,
            in.host, in.port, in.encryption, in.auth, in.userName, out.protocol, out.host, out.port, out.encryption,
            out.auth, out.userName, account.oauthIssuer, account.serverCopies.days,
            account.serverCopies.deletedWithOurs, account.wholeUpTo, account.wholeMessages, account.wholeMessagesDays,
            account.pollMinutes, account.id);
    saveExceptions(account.id, account.exceptions);
    m_connection.change().accounts = true;
}

void AccountTable::remove(AccountId id)
{
    FolderTable(m_connection).removeAll(id);
    // Their attachments, recipients and bytes go with them (ON DELETE CASCADE).
    Query(m_connection, "DELETE FROM drafts WHERE account = ?").run(id);
    Query(m_connection, "DELETE FROM outbox WHERE account = ?").run(id);
    Query(m_connection, "DELETE FROM pending_ops WHERE account = ?").run(id);
    Query(m_connection, "DELETE FROM refused_ops WHERE account = ?").run(id);
    Query(m_connection, "DELETE FROM accounts WHERE id = ?").run(id);

    StoreChange &change = m_connection.change();
    change.accounts = change.drafts = change.outbox = change.pendingOps = true;
}

} // namespace postaci
