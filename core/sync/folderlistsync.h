// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/folder.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QList>
#include <QObject>

namespace postaci {

class ImapSession;

/// Makes an account's folder list like the server's. A folder goes only when two answers agree that it is gone.
///
/// Lives on the engine thread; one run at a time.
class FolderListSync : public QObject {
    Q_OBJECT

public:
    FolderListSync(const Services &services, AccountId account, QObject *parent);

    /// Returns the folders that can be selected, in the order in which they are worth bringing up to date.
    QCoro::Task<Result<QList<Folder>>> run(ImapSession *session);

private:
    const Services &m_services;
    AccountId m_account;
};

} // namespace postaci
