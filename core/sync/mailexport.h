// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/mail/messageheader.h"
#include "core/sync/mailfiles.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace postaci {

/// Writes messages into files that other programs read. What is not here yet is fetched from its server. The mbox file
/// appears, or replaces an older one, only once it is complete; of .eml files each is whole. Nobody else can read them.
///
/// Lives on the engine thread.
class MailExport : public QObject {
    Q_OBJECT

public:
    using Fetch = std::function<QCoro::Task<Result<QByteArray>>(MessageId)>;

    MailExport(const Services &services, Fetch fetch, QObject *parent);

    /// Storage tells in its subject which file could not be written.
    /// @param path the mbox file, the file of the only message, or the directory for .eml files, which is made
    /// @return how many messages were written
    QCoro::Task<Result<qint64>> run(QList<MessageId> messages, QString path, MailFormat format);
    /// The newest first, as the list shows them.
    QCoro::Task<Result<qint64>> runFolder(FolderId folder, QString path, MailFormat format);
    /// Ends those under way with Cancelled.
    void cancel() { ++m_cancelled; }

Q_SIGNALS:
    void progress(const postaci::FileProgress &progress);

private:
    QCoro::Task<Result<MessageHeader>> headerOf(MessageId message);

    const Services &m_services;
    const Fetch m_fetch;
    int m_cancelled = 0; ///< How many times.
};

} // namespace postaci
