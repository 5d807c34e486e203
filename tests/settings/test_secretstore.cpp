// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// L08: what becomes of passwords with a real keychain (gnome-keyring), a locked one, one that does not answer, and
// none.

#include "core/settings/secretstore.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

/// Ends with the test even if that is killed.
void startBound(QProcess &process, const QString &program, const QStringList &arguments)
{
#ifdef Q_OS_LINUX
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
    process.start(program, arguments);
}

void end(QProcess &process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.kill();
    process.waitForFinished(patience);
}

QByteArray lineOf(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(patience))
            return "no answer: " + process.readAllStandardError();
    }
    return process.readLine().trimmed();
}

/// A session bus that starts no service by itself, and a home for the keyring's files.
class Session {
public:
    Session()
    {
        QFile configuration(m_home.filePath(u"bus.conf"_s));
        if (!configuration.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        configuration.write(uR"(<busconfig>
                <type>session</type>
                <listen>unix:tmpdir=%1</listen>
                <policy context="default">
                    <allow send_destination="*"/>
                    <allow receive_sender="*"/>
                    <allow own="*"/>
                </policy>
            </busconfig>)"_s.arg(m_home.path())
                .toUtf8());
        configuration.close();

        environment.remove(u"DISPLAY"_s);
        environment.remove(u"WAYLAND_DISPLAY"_s);
        for (const QString &name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_RUNTIME_DIR"_s, u"XDG_CONFIG_HOME"_s})
            environment.insert(name, m_home.path());
        m_bus.setProcessEnvironment(environment);
        startBound(m_bus, u"dbus-daemon"_s,
            {u"--nofork"_s, u"--print-address=1"_s, u"--config-file="_s + configuration.fileName()});
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, QString::fromUtf8(lineOf(m_bus)));
    }
    ~Session()
    {
        end(m_keyring);
        end(m_bus);
    }

    /// With the password it unlocks (and first makes) the login keyring; without it that stays locked.
    bool startKeyring(const QByteArray &password)
    {
        QStringList arguments{u"--foreground"_s, u"--components=secrets"_s};
        if (!password.isEmpty())
            arguments.append(u"--unlock"_s);
        m_keyring.setProcessEnvironment(environment);
        startBound(m_keyring, u"gnome-keyring-daemon"_s, arguments);
        m_keyring.write(password);
        m_keyring.closeWriteChannel();
        return QTest::qWaitFor([this] { return serviceIsThere(); }, patience);
    }

    void stopKeyring() { end(m_keyring); }
    qint64 keyringProcess() const { return m_keyring.processId(); }

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();

private:
    bool serviceIsThere()
    {
        QProcess ask;
        ask.setProcessEnvironment(environment);
        ask.start(u"dbus-send"_s,
            {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.DBus"_s, u"/"_s,
                u"org.freedesktop.DBus.NameHasOwner"_s, u"string:org.freedesktop.secrets"_s});
        return ask.waitForFinished(patience) && ask.readAllStandardOutput().contains("true");
    }

    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

/// The program of tests/settings/secretclient.cpp.
class Client {
public:
    explicit Client(const QProcessEnvironment &environment, std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        m_process.setProcessEnvironment(environment);
        startBound(m_process, QStringLiteral(POSTACI_SECRETCLIENT), {QString::number(limit.count())});
    }
    ~Client() { end(m_process); }

    QByteArray operator()(const QByteArray &step)
    {
        m_process.write(step + '\n');
        return lineOf(m_process);
    }

    /// What it wrote to standard error, once it has ended by itself.
    QByteArray finish()
    {
        m_process.closeWriteChannel();
        return m_process.waitForFinished(patience) && m_process.exitCode() == 0 ? m_process.readAllStandardError()
                                                                                : "did not end"_ba;
    }

private:
    QProcess m_process;
};

template <class T> Result<T> resultOf(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.result();
}

} // namespace

class TestSecretStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void memoryKeepsSecretsForTheSession()
    {
        SecretStore secrets(SecretStore::Backing::MemoryOnly);
        QCOMPARE(resultOf(secrets.read(u"k"_s)).error(),
            (MailError{.kind = ErrorKind::CredentialsMissing, .step = Step::ReadSecret}));
        QCOMPARE(resultOf(secrets.write(u"k"_s, u"gizli"_s)).value(), false);
        QCOMPARE(resultOf(secrets.read(u"k"_s)).value(), u"gizli"_s);
        QVERIFY(!resultOf(secrets.read(u"başka"_s)));
        QVERIFY(resultOf(secrets.remove(u"k"_s)));
        QVERIFY(!resultOf(secrets.read(u"k"_s)));
    }

    void everyLoginOfEveryProfileHasItsOwnKey()
    {
        const ServerSettings base{
            .protocol = Protocol::Imap, .host = u"imap.example.org"_s, .port = 993, .userName = u"ayse@example.org"_s};
        QSet<QString> keys{SecretStore::keyFor(u"bir"_s, base), SecretStore::keyFor(u"iki"_s, base)};
        for (int field = 0; field < 4; ++field) {
            ServerSettings other = base;
            if (field == 0)
                other.protocol = Protocol::Smtp;
            else if (field == 1)
                other.host = u"imap.example.net"_s;
            else if (field == 2)
                other.port = 143;
            else
                other.userName = u"ayse@example.org@imap.example.org:993"_s;
            keys.insert(SecretStore::keyFor(u"bir"_s, other));
        }
        QCOMPARE(keys.size(), 6);
        ServerSettings same = base;
        same.encryption = Encryption::StartTls;
        same.auth = AuthMethod::OAuth2;
        QVERIFY(keys.contains(SecretStore::keyFor(u"bir"_s, same)));
    }

    void aKeychainKeepsSecretsForTheNextStart()
    {
        Session session;
        QVERIFY(session.startKeyring("parola"));
        {
            Client client(session.environment);
            QCOMPARE(client("read=k"), "CredentialsMissing");
            QCOMPARE(client("write=k=çok gizli"), "kept");
            QCOMPARE(client("write=l=öteki"), "kept");
            QCOMPARE(client("read=k"), "çok gizli");
            QVERIFY(!client.finish().contains("gizli"));
        }
        {
            Client client(session.environment);
            QCOMPARE(client("read=k"), "çok gizli");
            QCOMPARE(client("remove=k"), "gone");
            QCOMPARE(client("read=k"), "CredentialsMissing");
            QCOMPARE(client("remove=k"), "gone");
        }
        Client client(session.environment);
        QCOMPARE(client("read=k"), "CredentialsMissing");
        QCOMPARE(client("read=l"), "öteki");
    }

    void aLockedKeychainThatCannotAskLeavesTheSession()
    {
        Session session;
        QVERIFY(session.startKeyring("parola"));
        QCOMPARE(Client(session.environment)("write=k=gizli"), "kept");
        session.stopKeyring();
        QVERIFY(session.startKeyring(""));

        Client client(session.environment, std::chrono::seconds(5));
        QCOMPARE(client("read=k"), "CredentialsMissing");
        QCOMPARE(client("write=k=yeni"), "session");
        QCOMPARE(client("read=k"), "yeni");
    }

    void withoutAnyKeychainSecretsLastForTheSession_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("no bus") << QString();
        QTest::newRow("bus is gone") << u"unix:path=/nonexistent/bus"_s;
        QTest::newRow("no service on the bus") << u"own"_s;
    }
    void withoutAnyKeychainSecretsLastForTheSession()
    {
        QFETCH(QString, address);
        Session session;
        if (address.isEmpty())
            session.environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
        else if (address != "own"_L1)
            session.environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, address);

        Client client(session.environment);
        QCOMPARE(client("read=k"), "CredentialsMissing");
        QCOMPARE(client("write=k=gizli"), "session");
        QCOMPARE(client("read=k"), "gizli");
        QCOMPARE(client("remove=k"), "gone");
        QCOMPARE(client("read=k"), "CredentialsMissing");
        QVERIFY(!client.finish().contains("gizli"));
    }

    void aKeychainThatDoesNotAnswerIsLeftAloneUntilItDoes()
    {
#ifdef Q_OS_UNIX
        Session session;
        QVERIFY(session.startKeyring("parola"));
        QCOMPARE(Client(session.environment)("write=k=gizli"), "kept");

        QCOMPARE(::kill(pid_t(session.keyringProcess()), SIGSTOP), 0);
        Client client(session.environment, std::chrono::milliseconds(300));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client("read=k"), "CredentialsMissing");
        QVERIFY(timer.elapsed() >= 300);
        timer.start();
        QCOMPARE(client("read=k"), "CredentialsMissing");
        QCOMPARE(client("write=l=yeni"), "session");
        QCOMPARE(client("read=l"), "yeni");
        QCOMPARE(client("remove=k"), "Refused");
        QVERIFY(timer.elapsed() < 10'000); // None of these waited for D-Bus, whose own limit is 25 s.

        QCOMPARE(::kill(pid_t(session.keyringProcess()), SIGCONT), 0);
        QTRY_COMPARE_WITH_TIMEOUT(client("remove=k"), "gone", patience);
        QCOMPARE(client("read=k"), "CredentialsMissing");
        QCOMPARE(client("write=l=sonra"), "kept");
#else
        QSKIP("signals of Unix");
#endif
    }

    void theEndCancelsWhatIsUnderWay()
    {
#ifdef Q_OS_UNIX
        Session session;
        QVERIFY(session.startKeyring("parola"));
        QCOMPARE(::kill(pid_t(session.keyringProcess()), SIGSTOP), 0);
        qputenv("DBUS_SESSION_BUS_ADDRESS", session.environment.value(u"DBUS_SESSION_BUS_ADDRESS"_s).toUtf8());
        auto secrets = std::make_unique<SecretStore>(SecretStore::Backing::Keychain);
        const auto read = secrets->read(u"k"_s);
        const auto write = secrets->write(u"l"_s, u"gizli"_s);
        const auto remove = secrets->remove(u"m"_s);
        QVERIFY(!read.isFinished());
        secrets.reset();
        QCOMPARE(resultOf(read).error(), (MailError{.kind = ErrorKind::Cancelled, .step = Step::ReadSecret}));
        QCOMPARE(resultOf(write).error(), (MailError{.kind = ErrorKind::Cancelled, .step = Step::WriteSecret}));
        QCOMPARE(resultOf(remove).error(), (MailError{.kind = ErrorKind::Cancelled, .step = Step::WriteSecret}));
#else
        QSKIP("signals of Unix");
#endif
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "test_secretstore.moc"
