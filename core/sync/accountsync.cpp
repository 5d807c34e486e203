// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountsync.h"

namespace postaci {

AccountSync::AccountSync(const Services &services, Account account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(std::move(account))
{
    m_state.account = m_account.id;
}

void AccountSync::start()
{
    Q_EMIT stateChanged(m_state);
}

QCoro::Task<void> AccountSync::stop()
{
    co_return;
}

QFuture<Result<void>> AccountSync::synchronize()
{
    return QtFuture::makeReadyValueFuture(Result<void>(failure({.kind = ErrorKind::Offline})));
}

QFuture<Result<void>> AccountSync::synchronizeFolder(FolderId)
{
    return QtFuture::makeReadyValueFuture(Result<void>(failure({.kind = ErrorKind::Offline})));
}

QFuture<Result<QByteArray>> AccountSync::fetchBody(MessageId)
{
    return QtFuture::makeReadyValueFuture(Result<QByteArray>(failure({.kind = ErrorKind::Offline})));
}

void AccountSync::cancelWork() { }

void AccountSync::setOnline(bool) { }

void AccountSync::actionsQueued() { }

void AccountSync::outboxQueued() { }

void AccountSync::passwordProvided() { }

} // namespace postaci
