// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/store/pendingoptable.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QStringList>

namespace postaci {

class ImapSession;

/// Makes, renames and deletes a folder on its server. Where that says no, the list of folders tells whether it has
/// happened all the same: an earlier try was broken off, or somebody else did it.
///
/// Lives on the engine thread; one procedure at a time.
class FolderReplay : public QObject {
    Q_OBJECT

public:
    FolderReplay(const Services &services, QObject *parent);

    QCoro::Task<Result<void>> run(ImapSession *session, PendingOp op);

private:
    QCoro::Task<Result<void>> command(ImapSession *session, PendingOp op);
    QCoro::Task<Result<bool>> hasHappened(ImapSession *session, PendingOp op);
    QCoro::Task<Result<QStringList>> namesBelow(PendingOp op);

    const Services &m_services;
};

} // namespace postaci
