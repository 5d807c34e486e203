// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <functional>

namespace postaci {

/// After a salvage of the store: messages of which it found nothing but the bytes get a line in the list.
///
/// Lives on the engine thread.
class RecoveredMail {
public:
    using Fetch = std::function<QCoro::Task<Result<QByteArray>>(MessageId)>;

    RecoveredMail(const Services &services, Fetch fetch);

    QCoro::Task<void> name();
    /// Ends it after the message that it is at; the next start goes on.
    void cancel() { m_cancelled = true; }

private:
    const Services &m_services;
    const Fetch m_fetch;
    bool m_cancelled = false;
};

} // namespace postaci
