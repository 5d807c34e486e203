// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/sync/mailexport.h"
#include "core/sync/mailfiles.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QSet>
#include <QStringList>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace postaci {

/// Imports and exports, off the engine thread where they take long, and one way to stop those under way.
///
/// Lives on the engine thread; deleted after its procedures have ended.
class MailFileWork : public QObject {
    Q_OBJECT

public:
    MailFileWork(const Services &services, MailExport::Fetch fetch, QObject *parent);

    /// See MailImport.
    QCoro::Task<Result<ImportOutcome>> importMail(QStringList paths, FolderId folder);
    MailExport &exports() { return m_export; }
    void cancel();

Q_SIGNALS:
    void progress(const postaci::FileProgress &progress);
    /// There is something to tell these accounts' servers.
    void queued(const QSet<postaci::AccountId> &accounts);

private:
    const Services &m_services;
    MailExport m_export;
    QThreadPool m_pool; ///< Imports: they take long, and wait for the store.
    std::shared_ptr<std::atomic_bool> m_stopImport; ///< Of those under way.
};

} // namespace postaci
