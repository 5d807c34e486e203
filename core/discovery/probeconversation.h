// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/account.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace postaci {

/// Just enough talk to be certain that a mail server of this kind answers, over encryption, and lets users log in: its
/// greeting, its capabilities, STARTTLS where asked for. No credentials. Pure: lines in, what to do next out.
///
/// IMAP: RFC 9051 7.1, 6.1.1, 6.2.1. SMTP: RFC 5321 3.2, RFC 3207, and AUTH of RFC 4954, without which it is a server
/// for other servers. POP3: RFC 1939, 2449, 2595.
class ProbeConversation {
public:
    /// Bytes of a line, and lines of the whole talk.
    static constexpr qsizetype lineLimit = 8192;
    static constexpr int linesLimit = 200;

    struct Move {
        enum class Kind {
            Read, ///< Send `bytes` if there are any, then give the next line.
            StartTls, ///< Encrypt now, then call encrypted().
            Done, ///< It is one. `bytes` is the goodbye.
            Failed,
        };
        Kind kind = Kind::Failed;
        QByteArray bytes;
        ErrorKind error = ErrorKind::Protocol; ///< When Failed.
        Step step = Step::Greeting;
    };

    ProbeConversation(Protocol protocol, Encryption encryption, QByteArray ehloName);

    /// A line without its line end.
    Move addLine(QByteArrayView line);
    /// TLS stands: nothing that was said before counts (RFC 3207 4.2).
    Move encrypted();

private:
    enum class State { Greeting, Capabilities, StartTls, Over };

    Move imapLine(QByteArrayView line);
    Move smtpLine(QByteArrayView line);
    Move popLine(QByteArrayView line);
    Move read(QByteArray bytes = {});
    Move askCapabilities();
    Move capabilitiesRead(bool isServer, const QByteArray &goodbye, const QByteArray &startTls);
    Move fail(ErrorKind error = ErrorKind::Protocol);

    Protocol m_protocol;
    QByteArray m_ehloName;
    bool m_encrypted; ///< Or going to be from the first byte on.
    State m_state = State::Greeting;
    QList<QByteArray> m_capabilities; ///< Upper case.
    bool m_listing = false; ///< POP3: inside the list that "+OK" began.
    int m_lines = 0;
};

} // namespace postaci
