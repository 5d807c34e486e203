// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/folder.h"
#include "core/sync/folderagreement.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QHash>
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

    struct Listed {
        QList<Folder>
            folders; ///< Those that can be selected, in the order in which they are worth bringing up to date.
        QHash<FolderId, FolderAgreement> agreements; ///< Where the server told along with the list.
    };
    QCoro::Task<Result<Listed>> run(ImapSession *session);

private:
    const Services &m_services;
    AccountId m_account;
};

} // namespace postaci
