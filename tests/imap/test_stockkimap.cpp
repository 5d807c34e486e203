// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scriptedserver.h"

#include <KIMAP/LoginJob>
#include <KIMAP/Session>

#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;

namespace postaci {

/// What KIMAP does wrong without the gate (docs/decisions/0002-imap-gate.md). These tests assert the wrong behaviour:
/// when one fails after an update of KIMAP, that fault has been mended, and the gate may have become simpler to do
/// without.
class TestStockKimap : public QObject {
    Q_OBJECT

private:
    /// Runs LoginJob against the script: whether it calls that a success, or nothing when it never comes to an end.
    static std::optional<bool> tryToLogIn(const Script &script, KIMAP::LoginJob::EncryptionMode encryption)
    {
        ScriptedServer server({script}, std::chrono::seconds(5));
        KIMAP::Session session(u"127.0.0.1"_s, server.port());
        session.setTimeout(10);
        KIMAP::LoginJob login(&session);
        login.setAutoDelete(false);
        login.setUserName(u"ayse"_s);
        login.setPassword(u"gizli"_s);
        login.setEncryptionMode(encryption);
        QSignalSpy finished(&login, &KJob::finished);
        login.start();
        const bool ended = QTest::qWaitFor([&] { return !finished.isEmpty(); }, 5'000);
        session.close();
        server.finished(); // KIMAP may leave before the script's end; that is not what is shown here
        return ended ? std::optional(login.error() == KJob::NoError) : std::nullopt;
    }

    /// The same, again when KIMAP has missed its own connection (see KimapDriver::logIn).
    static std::optional<bool> loginSucceeds(const Script &script, KIMAP::LoginJob::EncryptionMode encryption)
    {
        std::optional<bool> succeeded;
        for (int attempt = 0; attempt < 3 && !succeeded; ++attempt)
            succeeded = tryToLogIn(script, encryption);
        return succeeded;
    }

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setQuitLockEnabled(false); }

    /// K1: STARTTLS was wanted, and the login "succeeds" without it.
    void k1_aMalformedReplyBeforeTlsPassesForALogin_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("continuation") << "+ x\r\n"_ba;
        QTest::newRow("bare star") << "*\r\n"_ba;
        QTest::newRow("tag alone") << "{tag}\r\n"_ba;
    }
    void k1_aMalformedReplyBeforeTlsPassesForALogin()
    {
        QFETCH(const QByteArray, answer);
        QCOMPARE(loginSucceeds(Script()
                                   .send("* OK hello\r\n")
                                   .expect("{tag} CAPABILITY")
                                   .send("* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK done\r\n")
                                   .expect("{tag} STARTTLS")
                                   .send(answer),
                     KIMAP::LoginJob::STARTTLS),
            true);
    }

    /// K2: somebody else's refusal is our success.
    void k2_anUnknownTagPassesForAnOk()
    {
        QCOMPARE(
            loginSucceeds(Script().send("* OK hello\r\n").expect("{tag} LOGIN {*}").send("ZZZ NO wrong password\r\n"),
                KIMAP::LoginJob::Unencrypted),
            true);
    }

    /// K9: a greeting that RFC 9051 allows.
    void k9_aFriendlyGreetingDisconnects()
    {
        QCOMPARE(
            loginSucceeds(Script().send("* OK Welcome :)\r\n").expectClose(), KIMAP::LoginJob::Unencrypted), false);
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestStockKimap)
#include "test_stockkimap.moc"
