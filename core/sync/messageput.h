// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/imaptypes.h"
#include "core/mail/messageheader.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>

namespace postaci {

class ImapSession;
struct PendingOp;

/// Gives a server a message that is in the store (APPEND), and looks whether it arrived: only then may it go where it
/// was.
///
/// Lives on the engine thread; one procedure at a time.
class MessagePut : public QObject {
    Q_OBJECT

public:
    struct Placed {
        quint32 uidValidity = 0;
        quint32 uid = 0; ///< 0: nothing was put, since it is not here any more.
    };

    explicit MessagePut(const Services &services, QObject *parent);

    /// @param again it was broken off earlier, and may be there
    QCoro::Task<Result<Placed>> run(ImapSession *session, PendingOp op, QString path, bool again);

private:
    struct Content {
        MessageHeader header;
        QByteArray raw;
        quint32 uidNext = 0; ///< When the folder was last synchronised.
    };

    QCoro::Task<Result<quint32>> find(ImapSession *session, Content content, quint32 from);
    QCoro::Task<Result<bool>> isSame(ImapSession *session, Content content, FetchedHeader there);

    const Services &m_services;
};

} // namespace postaci
