// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/mailfilework.h"

#include "core/sync/mailimport.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

namespace postaci {

MailFileWork::MailFileWork(const Services &services, MailExport::Fetch fetch, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_export(services, std::move(fetch), this)
    , m_pool(this)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_export, &MailExport::progress, this, &MailFileWork::progress);
}

QCoro::Task<Result<ImportOutcome>> MailFileWork::importMail(QStringList paths, FolderId folder)
{
    if (!m_stopImport)
        m_stopImport = std::make_shared<std::atomic_bool>(false);
    struct Done {
        Result<ImportOutcome> outcome;
        QSet<AccountId> touched;
    };
    const Done done
        = co_await QtConcurrent::run(&m_pool, [this, paths, folder, stop = m_stopImport, now = m_services.clock()] {
              MailImport import(m_services.store, now, *stop, [this](const FileProgress &told) {
                  QMetaObject::invokeMethod(this, [this, told] { Q_EMIT progress(told); });
              });
              Result<ImportOutcome> outcome = import.run(paths, folder);
              return Done{std::move(outcome), import.touched()};
          });
    Q_EMIT queued(done.touched);
    co_return done.outcome;
}

void MailFileWork::cancel()
{
    m_export.cancel();
    if (m_stopImport)
        *m_stopImport = true;
    m_stopImport.reset(); // The next ones go on.
}

} // namespace postaci
