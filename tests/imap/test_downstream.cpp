// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/downstream.h"
#include "tests/support/await.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

/// Another program on this machine.
class Stranger : public QTcpSocket {
public:
    explicit Stranger(quint16 port) { connectToHost(QHostAddress(QHostAddress::LocalHost), port); }
    QByteArray said() { return m_said += readAll(); }

private:
    QByteArray m_said;
};

} // namespace

/// The loopback door behind which KIMAP sits: who gets in.
class TestDownstream : public QObject {
    Q_OBJECT

private:
    QByteArray login(const Downstream &downstream) const
    {
        return "A1 LOGIN \"" + Downstream::userName().toLatin1() + "\" \"" + downstream.token().toLatin1() + "\"\r\n";
    }

private Q_SLOTS:
    void letsInWhoHasTheToken()
    {
        Downstream downstream;
        const auto port = downstream.listen();
        QVERIFY(port);
        QCOMPARE(downstream.token().size(), 64); // 256 bits
        Stranger kimap(*port);
        auto admitting = downstream.admit(10s);
        kimap.write(login(downstream));
        QVERIFY(await(std::move(admitting)));
        QVERIFY(downstream.token().isEmpty());
        QTRY_COMPARE(kimap.said(), "* OK ready\r\nA1 OK .\r\n");
        kimap.write("A2 NOOP\r\n");
        QCOMPARE(await(downstream.readLine()), "A2 NOOP"_ba);

        Stranger late(*port); // nobody listens there any more
        QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
    }

    void isSomebodyElseEachTime()
    {
        Downstream downstream;
        QVERIFY(downstream.listen());
        const QString first = downstream.token();
        QVERIFY(downstream.listen());
        QVERIFY(downstream.token() != first);
    }

    void cutsWhoeverHasNotTheToken_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"A1 LOGIN \"postaci\" \"\"",
                 "A1 LOGIN \"postaci\" \"0000000000000000000000000000000000000000000000000000000000000000\"",
                 "A1 LOGIN postaci", "A1 CAPABILITY", "A1 AUTHENTICATE PLAIN", "A1 SELECT INBOX", "", "GET / HTTP/1.1"})
            QTest::newRow(line) << QByteArray(line);
    }
    void cutsWhoeverHasNotTheToken()
    {
        QFETCH(const QByteArray, line);
        Downstream downstream;
        const auto port = downstream.listen();
        Stranger stranger(*port);
        auto admitting = downstream.admit(10s);
        stranger.write(line + "\r\n");
        const auto admitted = await(std::move(admitting));
        QVERIFY(!admitted);
        QCOMPARE(admitted.error().kind, ErrorKind::Protocol);
        QTRY_COMPARE(stranger.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(!stranger.said().contains("A1 OK"));
    }

    /// Whoever comes first could free our port, listen there himself, and be shown the token by the one who comes
    /// second.
    void twoKnockingAtOnceEndsItAll()
    {
        Downstream downstream;
        const auto port = downstream.listen();
        Stranger first(*port);
        auto admitting = downstream.admit(10s);
        QTRY_VERIFY(first.said().startsWith("* OK"));
        Stranger second(*port);
        const auto admitted = await(std::move(admitting));
        QVERIFY(!admitted);
        QTRY_COMPARE(first.state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(second.said().isEmpty());
    }

    void doesNotWaitForEver()
    {
        Downstream downstream;
        const auto port = downstream.listen();
        Stranger silent(*port);
        const auto admitted = await(downstream.admit(100ms));
        QVERIFY(!admitted);
        QCOMPARE(admitted.error().kind, ErrorKind::Timeout);
        QTRY_COMPARE(silent.state(), QAbstractSocket::UnconnectedState);
    }

    void isNotReachableFromOutside()
    {
        Downstream downstream;
        const auto port = downstream.listen();
        for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
            if (address.isLoopback() || address.isLinkLocal())
                continue;
            QTcpSocket socket;
            socket.connectToHost(address, *port);
            QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        }
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestDownstream)
#include "test_downstream.moc"
