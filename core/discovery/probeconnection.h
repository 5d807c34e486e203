// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/net/linechannel.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <chrono>

namespace postaci {

/// Finds out whether one server is what its settings say: encrypted with a certificate that verifies, speaking the
/// protocol, and open to users (ProbeConversation). One connection, no credentials. Lives on the engine thread, for one
/// run(); await it before deleting this.
class ProbeConnection : public QObject {
    Q_OBJECT

public:
    explicit ProbeConnection(const TlsPolicy &policy, QObject *parent = nullptr);
    ~ProbeConnection() override;

    /// Errors as LineChannel's and ProbeConversation's, with the endpoint; Timeout when `limit` for everything together
    /// is over, Cancelled after cancel().
    [[nodiscard]] QCoro::Task<Result<void>> run(ServerSettings server, std::chrono::milliseconds limit);
    void cancel();

private:
    QCoro::Task<Result<void>> talk(ServerSettings server);

    LineChannel m_channel;
    bool m_cancelled = false;
};

} // namespace postaci
