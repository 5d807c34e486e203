// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/connectionrace.h"
#include "core/net/linechannel.h"
#include "tests/support/await.h"
#include "tests/support/scriptedserver.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>
#include <QTimer>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// An address of this machine where a connection gets no answer at all, as behind a firewall that drops: a listener
/// with a full backlog, for which Linux drops every further SYN.
class DeadEnd {
public:
    DeadEnd(const QHostAddress &address, quint16 port)
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(address.toIPv4Address());
        socklen_t size = sizeof where;
        m_works = ::bind(m_listener, reinterpret_cast<sockaddr *>(&where), size) == 0 && ::listen(m_listener, 0) == 0
            && ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&where), &size) == 0;
        m_port = ntohs(where.sin_port);
        for (int &client : m_clients) {
            client = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(client, reinterpret_cast<sockaddr *>(&where), size);
        }
    }
    ~DeadEnd()
    {
        for (const int client : m_clients)
            ::close(client);
        ::close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(DeadEnd)

    bool works() const { return m_works; }
    quint16 port() const { return m_port; }

private:
    int m_listener = -1;
    int m_clients[4] = {-1, -1, -1, -1};
    quint16 m_port = 0;
    bool m_works = false;
};

const QHostAddress live(u"127.0.0.1"_s);
const QHostAddress dead(u"127.0.0.2"_s);

} // namespace

class TestConnectionRace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void familiesTakeTurns();
    void aDeadAddressCostsAMoment();
    void aRefusedAddressCostsNothing();
    void allRefusedIsRefused();
    void nobodyAnswersUntilTheDeadline();
    void cancelEndsIt_data();
    void cancelEndsIt();
    void losersAreGone();
    void theChannelTellsItsSteps();
    void theChannelGivesUpConnecting();

private:
    static Result<ConnectionRace::Socket> race(
        const QList<QHostAddress> &addresses, quint16 port, std::chrono::milliseconds limit = 10s)
    {
        ConnectionRace race([] { return std::make_unique<QSslSocket>(); }, nullptr);
        return await(race.run(addresses, port, QDeadlineTimer(limit)));
    }
};

void TestConnectionRace::familiesTakeTurns()
{
    const auto list = [](const QStringList &texts) {
        QList<QHostAddress> addresses;
        for (const QString &text : texts)
            addresses.append(QHostAddress(text));
        return addresses;
    };
    QCOMPARE(raceOrder({}), QList<QHostAddress>());
    QCOMPARE(raceOrder(list({u"2001:db8::1"_s, u"2001:db8::2"_s, u"2001:db8::3"_s, u"192.0.2.1"_s, u"192.0.2.2"_s})),
        list({u"2001:db8::1"_s, u"192.0.2.1"_s, u"2001:db8::2"_s, u"192.0.2.2"_s, u"2001:db8::3"_s}));
    // The system ranks IPv4 first where IPv6 leads nowhere (RFC 6724).
    QCOMPARE(raceOrder(list({u"192.0.2.1"_s, u"192.0.2.2"_s, u"2001:db8::1"_s})),
        list({u"192.0.2.1"_s, u"2001:db8::1"_s, u"192.0.2.2"_s}));
}

// Case 30 (d) of the set-up: dead IPv6 and live IPv4 behave like two addresses of one family.
void TestConnectionRace::aDeadAddressCostsAMoment()
{
    QTcpServer server;
    QVERIFY(server.listen(live));
    const DeadEnd deadEnd(dead, server.serverPort());
    QVERIFY(deadEnd.works());
    QElapsedTimer timer;
    timer.start();
    const auto socket = race({dead, live}, server.serverPort());
    QVERIFY2(socket, describe(socket));
    QCOMPARE((*socket)->peerAddress(), live);
    QCOMPARE_GE(timer.elapsed(), 240);
    QCOMPARE_LT(timer.elapsed(), 1000);
}

void TestConnectionRace::aRefusedAddressCostsNothing()
{
    QTcpServer server;
    QVERIFY(server.listen(live));
    QElapsedTimer timer;
    timer.start();
    const auto socket = race({dead, live}, server.serverPort()); // nobody listens at the first one
    QVERIFY2(socket, describe(socket));
    QCOMPARE((*socket)->peerAddress(), live);
    QCOMPARE_LT(timer.elapsed(), 240);
}

void TestConnectionRace::allRefusedIsRefused()
{
    const auto socket = race({dead, live}, ScriptedServer::closedPort());
    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::ConnectionRefused);
    QCOMPARE(socket.error().step, Step::Connect);
}

void TestConnectionRace::nobodyAnswersUntilTheDeadline()
{
    const DeadEnd deadEnd(dead, 0);
    QVERIFY(deadEnd.works());
    QElapsedTimer timer;
    timer.start();
    const auto socket = race({dead}, deadEnd.port(), 700ms);
    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::Timeout);
    QCOMPARE_GE(timer.elapsed(), 690);
    QCOMPARE_LT(timer.elapsed(), 3000);
}

void TestConnectionRace::cancelEndsIt_data()
{
    QTest::addColumn<int>("after");
    QTest::newRow("before it begins") << -1;
    QTest::newRow("under way") << 100;
}

void TestConnectionRace::cancelEndsIt()
{
    QFETCH(int, after);
    const DeadEnd deadEnd(dead, 0);
    QVERIFY(deadEnd.works());
    ConnectionRace race([] { return std::make_unique<QSslSocket>(); }, nullptr);
    if (after < 0)
        race.cancel();
    else
        QTimer::singleShot(std::chrono::milliseconds(after), &race, &ConnectionRace::cancel);
    const auto socket = await(race.run({dead}, deadEnd.port(), QDeadlineTimer(10s)));
    QVERIFY(!socket);
    QCOMPARE(socket.error().kind, ErrorKind::Cancelled);
}

void TestConnectionRace::losersAreGone()
{
    int made = 0;
    int gone = 0;
    ConnectionRace race(
        [&] {
            auto socket = std::make_unique<QSslSocket>();
            ++made;
            connect(socket.get(), &QObject::destroyed, this, [&gone] { ++gone; });
            return socket;
        },
        nullptr);
    QTcpServer server;
    QVERIFY(server.listen(live));
    const DeadEnd deadEnd(dead, server.serverPort());
    QVERIFY(deadEnd.works());
    const auto socket = await(race.run({dead, live}, server.serverPort(), QDeadlineTimer(10s)));
    QVERIFY2(socket, describe(socket));
    QCOMPARE(made, 2);
    QCOMPARE(gone, 1);
}

void TestConnectionRace::theChannelTellsItsSteps()
{
    ScriptedServer server({Script().startTls().send("hello\r\n")});
    LineChannel channel(testTlsPolicy());
    QList<std::pair<Step, QString>> steps;
    connect(&channel, &LineChannel::stepPassed, this,
        [&](Step step, const QString &detail) { steps.append({step, detail}); });
    const auto opened = await(channel.open({.host = server.host(), .port = server.port()}));
    QVERIFY2(opened, describe(opened));
    QCOMPARE(steps.size(), 3);
    QCOMPARE(steps.at(0).first, Step::Resolve);
    QVERIFY(steps.at(0).second.contains("127.0.0.1"_L1));
    QCOMPARE(steps.at(1), std::pair(Step::Connect, u"127.0.0.1"_s));
    QCOMPARE(steps.at(2).first, Step::Tls);
    QVERIFY2(steps.at(2).second.startsWith("TLS 1."_L1), qPrintable(steps.at(2).second));
    QVERIFY(steps.at(2).second.contains("TLS_"_L1));
    QCOMPARE(await(channel.readLine()), "hello");
    QVERIFY2(server.finished(), server.failure());
}

void TestConnectionRace::theChannelGivesUpConnecting()
{
    const DeadEnd deadEnd(dead, 0);
    QVERIFY(deadEnd.works());
    LineChannel channel(testTlsPolicy());
    channel.setConnectLimit(500ms);
    QElapsedTimer timer;
    timer.start();
    const auto opened = await(channel.open({.host = dead.toString(), .port = deadEnd.port()}));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Timeout);
    QCOMPARE(opened.error().step, Step::Connect);
    QCOMPARE(opened.error().endpoint, u"127.0.0.2:%1"_s.arg(deadEnd.port()));
    QCOMPARE_LT(timer.elapsed(), 3000);
}

QTEST_GUILESS_MAIN(TestConnectionRace)
#include "test_connectionrace.moc"
