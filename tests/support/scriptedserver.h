// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/testcertificates.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace postaci {

class ScriptedConnection;

/// What a server does on one connection, step by step. A value: build it once, add to it, use it again.
///
/// In expected lines `{name}` stands for any run of characters without a space and is remembered, `{*}` stands for
/// anything, and everything else must match exactly. In what is sent `{name}` is replaced by what was remembered. A
/// name is made of letters, so that a literal's `{310}` or `{42+}` is left alone.
class Script {
public:
    /// Bytes to send, placeholders filled in. The caller writes every CR LF.
    Script &send(const QByteArray &text);
    /// Bytes to send as they are: mail content, garbage.
    Script &sendRaw(const QByteArray &bytes);

    /// The next line, without the CR LF it must end in: `.expect("{tag} LOGIN {*}")`.
    Script &expect(const QByteArray &pattern);
    /// Exactly these bytes next.
    Script &expectBytes(const QByteArray &bytes);
    /// Everything up to and including `end`, remembered under `name` without it: `.receiveUntil("\r\n.\r\n", "mail")`.
    Script &receiveUntil(const QByteArray &end, const QByteArray &name);
    /// The next `size` bytes, remembered under `name`.
    Script &receive(qsizetype size, const QByteArray &name);

    /// The server's side of a TLS handshake; as the first step, implicit TLS. Fails when the client has already sent
    /// something in clear that no step took.
    Script &startTls(TestCertificate certificate = TestCertificate::Good);
    /// The handshake begins, and the client must end the connection before or after its end, without a byte over it.
    Script &expectTlsRefusal(TestCertificate certificate);

    /// How the segments of chunked() follow each other.
    enum class Pace {
        OneByOne, ///< With pauses that let the client take each by itself. A quarter of a millisecond for each.
        Rushing, ///< As fast as the system takes them: the client gets them in small heaps of any size.
    };
    /// From here on each send goes out in segments of `size` bytes; 0 is back to whole ones.
    Script &chunked(qsizetype size, Pace pace = Pace::OneByOne);
    Script &byteWise() { return chunked(1); }

    /// Holds still until the test calls resume(name).
    Script &pause(const QByteArray &name);
    /// Says nothing more and takes whatever comes, until the client closes.
    Script &stall();
    /// The client must close now, without another byte.
    Script &expectClose();

    /// Says goodbye in order: TLS close_notify, FIN. The last step.
    Script &close();
    /// FIN without close_notify, as a dying server or network does. The last step.
    Script &cut();
    /// RST. The last step.
    Script &reset();
    /// Cuts as soon as `count` further bytes have been sent, wherever that is; the steps after that are not played.
    Script &cutAfter(qsizetype count);

    /// Everything of the other script after this one: for prologues that many scripts share.
    Script &then(const Script &other);

private:
    friend class ScriptedConnection;
    struct Step {
        QByteArray label; ///< As a failure names it.
        std::function<void(ScriptedConnection &)> play;
    };
    Script &add(QByteArray label, std::function<void(ScriptedConnection &)> play);

    std::vector<Step> m_steps;
};

/// A server for byte-exact conversations, on a free port of 127.0.0.1, in threads of its own: the test's event loop
/// stays free for the client.
///
///     ScriptedServer server({Script()
///             .send("220 mail.example.test ESMTP\r\n")
///             .expect("EHLO {*}")
///             .send("250-mail.example.test\r\n250 STARTTLS\r\n")
///             .expect("STARTTLS")
///             .send("220 go\r\n")
///             .startTls()
///             .expect("EHLO {*}")
///             .send("250 AUTH PLAIN\r\n")
///             .expect("AUTH PLAIN {initial}")
///             .send("535 5.7.8 no\r\n")
///             .expect("QUIT")});
///     …open a session on server.port() with testTlsPolicy(), await its failure…
///     QVERIFY2(server.finished(), server.failure());
///     QVERIFY(!server.receivedInClear().contains("AUTH"));
///
/// The first connection plays the first script, the second the second, also at the same time. A connection more than
/// there are scripts is a failure. After a script's end its connection stays open, takes whatever comes and judges
/// nothing: end with expectClose() or stall() where that matters.
///
/// Every wait is bounded. A test that never asks finished() is failed by the destructor when a script wasn't used up.
class ScriptedServer {
public:
    struct Received {
        int connection = 0; ///< Counted from 0.
        bool encrypted = false;
        QByteArray bytes;
    };

    explicit ScriptedServer(QList<Script> scripts, std::chrono::milliseconds patience = std::chrono::seconds(15));
    ~ScriptedServer();
    Q_DISABLE_COPY_MOVE(ScriptedServer)

    QString host() const { return QStringLiteral("localhost"); }
    quint16 port() const;

    /// Runs the event loop until every script is used up or one has failed.
    bool finished();
    /// Which step failed and what came instead; or what is still to come.
    QByteArray failure() const;

    void resume(const QByteArray &name);
    /// Whether a connection waits there.
    bool isPausedAt(const QByteArray &name) const;
    /// Runs the event loop until one does: QVERIFY2(server.reaches("idling"), server.failure()).
    [[nodiscard]] bool reaches(const QByteArray &name) const;

    int connectionCount() const;
    QList<Received> received() const;
    /// What the client said, of all connections one after the other.
    QByteArray receivedInClear() const;
    QByteArray receivedEncrypted() const;
    /// What a placeholder or receive…() last remembered on that connection.
    QByteArray captured(const QByteArray &name, int connection = 0) const;

    /// A port of 127.0.0.1 on which nobody listens.
    static quint16 closedPort();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
