// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/sasl.h"
#include "core/net/saslprep.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>
#include <QTest>

#include <thread>
#include <vector>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

Credentials password(const QString &user, const QString &secret)
{
    return {.userName = user, .secret = secret, .method = AuthMethod::Password};
}

Credentials token(const QString &user, const QString &secret)
{
    return {.userName = user, .secret = secret, .method = AuthMethod::OAuth2};
}

Sasl login(const Credentials &credentials, bool secure = true)
{
    return Sasl("smtp", u"mail.example.test"_s, credentials, secure);
}

/// The server's side of SCRAM (RFC 5802 section 3), written from the RFC.
class ScramServer {
public:
    ScramServer(QCryptographicHash::Algorithm hash, QByteArray secret)
        : m_hash(hash)
        , m_secret(std::move(secret))
    {
    }

    QByteArray challenge(const QByteArray &clientFirst)
    {
        m_clientFirstBare = clientFirst.sliced(3); // "n,,"
        const qsizetype nonce = m_clientFirstBare.indexOf(",r=") + 3;
        m_nonce = m_clientFirstBare.sliced(nonce) + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        m_serverFirst = "r=" + m_nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
        return m_serverFirst;
    }

    /// The server's final message; empty when the client does not know the secret.
    QByteArray verify(const QByteArray &clientFinal) const
    {
        const qsizetype proofAt = clientFinal.lastIndexOf(",p=");
        if (clientFinal.first(proofAt) != "c=biws,r=" + m_nonce)
            return {};
        const QByteArray authMessage = m_clientFirstBare + ',' + m_serverFirst + ',' + clientFinal.first(proofAt);
        const QByteArray salted = QPasswordDigestor::deriveKeyPbkdf2(m_hash, m_secret,
            QByteArray::fromBase64("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096, quint64(QCryptographicHash::hashLength(m_hash)));
        const QByteArray clientKey = hmac("Client Key", salted);
        QByteArray proof = hmac(authMessage, QCryptographicHash::hash(clientKey, m_hash));
        for (qsizetype i = 0; i < proof.size(); ++i)
            proof[i] = char(proof.at(i) ^ clientKey.at(i));
        if (clientFinal.sliced(proofAt + 3) != proof.toBase64())
            return {};
        return "v=" + hmac(authMessage, hmac("Server Key", salted)).toBase64();
    }

private:
    QByteArray hmac(const QByteArray &message, const QByteArray &key) const
    {
        return QMessageAuthenticationCode::hash(message, key, m_hash);
    }

    QCryptographicHash::Algorithm m_hash;
    QByteArray m_secret;
    QByteArray m_clientFirstBare;
    QByteArray m_serverFirst;
    QByteArray m_nonce;
};

} // namespace

class TestSasl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainIsExact_data();
    void plainIsExact();
    void loginAnswersTwoQuestions();
    void cramMd5MatchesRfc2195();
    void oauthBearerIsExact();
    void xoauth2IsExact();
    void scramProvesBothSides_data();
    void scramProvesBothSides();
    void scramPreparesThePassword();
    void saslPrepVectors_data();
    void saslPrepVectors();
    void scramRefusesAServerThatDoesNotKnowTheSecret();
    void scramRefusesAShortenedNonce();
    void bestMechanismIsChosen_data();
    void bestMechanismIsChosen();
    void uselessOffersAreRefused_data();
    void uselessOffersAreRefused();
    void unsendableCredentialsAreRefused_data();
    void unsendableCredentialsAreRefused();
    void longUserNameIsRefusedAndNotCut();
    void severalThreadsAtOnce();
};

// T21
void TestSasl::plainIsExact_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("secret");

    QTest::newRow("RFC 4616") << u"tim"_s << u"tanstaaftanstaaf"_s;
    QTest::newRow("quote") << u"a\"b@example.test"_s << u"p\"w"_s;
    QTest::newRow("backslash") << u"dom\\user"_s << u"p\\w\\"_s;
    QTest::newRow("space") << u"a b"_s << u" leading and trailing "_s;
    QTest::newRow("Turkish") << u"ayşe@örnek.test"_s << u"ığüşöçİ"_s;
    QTest::newRow("beyond the BMP") << u"a"_s << u"\U0001F511"_s;
    QTest::newRow("long") << QString(1000, u'u') << QString(1000, u'ü');
    QTest::newRow("percent and tab") << u"100%s"_s << u"%n\t%s"_s;
}

void TestSasl::plainIsExact()
{
    QFETCH(QString, user);
    QFETCH(QString, secret);

    Sasl sasl = login(password(user, secret));
    const Result<Sasl::Start> start = sasl.start({"PLAIN"});
    QVERIFY(start);
    QCOMPARE(start->mechanism, "PLAIN");
    QVERIFY(start->hasInitialResponse);
    QCOMPARE(start->initialResponse, QByteArray(1, '\0') + user.toUtf8() + '\0' + secret.toUtf8());
    QVERIFY(sasl.isComplete());
}

void TestSasl::loginAnswersTwoQuestions()
{
    Sasl sasl = login(password(u"ayşe"_s, u"p w"_s));
    const Result<Sasl::Start> start = sasl.start({"LOGIN"});
    QVERIFY(start);
    QVERIFY(!start->hasInitialResponse);
    QVERIFY(!sasl.isComplete());
    QCOMPARE(sasl.step("Username:"), u"ayşe"_s.toUtf8());
    QVERIFY(!sasl.isComplete());
    QCOMPARE(sasl.step("Password:"), "p w");
    QVERIFY(sasl.isComplete());
}

void TestSasl::cramMd5MatchesRfc2195()
{
    Sasl sasl = login(password(u"tim"_s, u"tanstaaftanstaaf"_s));
    QVERIFY(sasl.start({"CRAM-MD5"}));
    QCOMPARE(sasl.step("<1896.697170952@postoffice.reston.mci.net>"), "tim b913a602c7eda7a495b4e6e7334d3890");
    QVERIFY(sasl.isComplete());
}

// RFC 7628 section 4.1 and 4.3, without the optional host and port
void TestSasl::oauthBearerIsExact()
{
    Sasl sasl = login(token(u"us=er,x@example.com"_s, u"vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="_s));
    const Result<Sasl::Start> start = sasl.start({"PLAIN", "XOAUTH2", "OAUTHBEARER"});
    QVERIFY(start);
    QCOMPARE(start->mechanism, "OAUTHBEARER");
    QCOMPARE(start->initialResponse,
        "n,a=us=3Der=2Cx@example.com,\x01"
        "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01");
    QVERIFY(sasl.isComplete());

    QCOMPARE(sasl.step(R"({"status":"invalid_token"})"), "\x01");
    QVERIFY2(!sasl.isComplete(), "an OK after an error challenge is no success");
}

void TestSasl::xoauth2IsExact()
{
    Sasl sasl = login(token(u"someuser@example.com"_s, u"ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"_s));
    const Result<Sasl::Start> start = sasl.start({"xoauth2"});
    QVERIFY(start);
    QCOMPARE(start->initialResponse.toBase64(),
        "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0"
        "Q2cBAQ==");
    QVERIFY(sasl.isComplete());

    const Result<QByteArray> acknowledgement = sasl.step(R"({"status":"401"})");
    QVERIFY(acknowledgement);
    QCOMPARE(*acknowledgement, "");
    QVERIFY(!sasl.isComplete());
}

void TestSasl::scramProvesBothSides_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<int>("hash");
    QTest::newRow("SHA-1") << QByteArray("SCRAM-SHA-1") << int(QCryptographicHash::Sha1);
    QTest::newRow("SHA-256") << QByteArray("SCRAM-SHA-256") << int(QCryptographicHash::Sha256);
}

// RFC 5802, RFC 7677
void TestSasl::scramProvesBothSides()
{
    QFETCH(QByteArray, mechanism);
    QFETCH(int, hash);

    const QString secret = u"pencil ü \" \\ 1000"_s + QString(1000, u'x');
    ScramServer server(QCryptographicHash::Algorithm(hash), secret.toUtf8());
    Sasl sasl = login(password(u"us,er=1 ş"_s, secret), false);
    const Result<Sasl::Start> start = sasl.start({mechanism});
    QVERIFY(start);
    QCOMPARE(start->mechanism, mechanism);
    QVERIFY2(start->initialResponse.startsWith("n,,n=us=2Cer=3D1 \xC5\x9F,r="), start->initialResponse);
    const Result<QByteArray> proof = sasl.step(server.challenge(start->initialResponse));
    QVERIFY(proof);
    QVERIFY(!sasl.isComplete());
    const QByteArray serverFinal = server.verify(*proof);
    QVERIFY(!serverFinal.isEmpty());
    const Result<QByteArray> last = sasl.step(serverFinal);
    QVERIFY(last);
    QCOMPARE(*last, "");
    QVERIFY(sasl.isComplete());
}

// C11, RFC 5802 2.2: the same password, typed as letters and accents, with a ligature and a wide space.
void TestSasl::scramPreparesThePassword()
{
    ScramServer server(QCryptographicHash::Sha256, "kalem \xC3\xBC fi");
    Sasl sasl = login(password(u"user"_s, u"kalem\u3000u\u0308\u00A0\uFB01"_s), false);
    const Result<Sasl::Start> start = sasl.start({"SCRAM-SHA-256"});
    QVERIFY(start);
    const Result<QByteArray> proof = sasl.step(server.challenge(start->initialResponse));
    QVERIFY(proof);
    QVERIFY(!server.verify(*proof).isEmpty());

    // What SASLprep forbids goes as it is, or not at all.
    const Result<Sasl::Start> plain = login(password(u"user"_s, u"a\tb"_s)).start({"SCRAM-SHA-256", "PLAIN"});
    QVERIFY(plain);
    QCOMPARE(plain->mechanism, "PLAIN");
    QVERIFY(plain->initialResponse.endsWith("a\tb"));
    QVERIFY(!login(password(u"user"_s, u"a\tb"_s)).start({"SCRAM-SHA-256"}));
}

// C11
void TestSasl::saslPrepVectors_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<std::optional<QString>>("prepared");
    const auto row = [](const char *name, const QString &typed, const std::optional<QString> &prepared) {
        QTest::newRow(name) << typed << prepared;
    };
    row("RFC 4013: soft hyphen", u"I\u00ADX"_s, u"IX"_s);
    row("RFC 4013: nothing to do", u"user"_s, u"user"_s);
    row("RFC 4013: case stays", u"USER"_s, u"USER"_s);
    row("RFC 4013: feminine ordinal", u"\u00AA"_s, u"a"_s);
    row("RFC 4013: Roman nine", u"\u2168"_s, u"IX"_s);
    row("RFC 4013: control", u"\u0007"_s, std::nullopt);
    row("RFC 4013: directions mixed", u"\u0627\u0031"_s, std::nullopt);
    row("right to left throughout", u"\u0627\u0628"_s, u"\u0627\u0628"_s);
    row("right to left around a digit", u"\u0627\u0031\u0628"_s, u"\u0627\u0031\u0628"_s);
    row("Turkish", u"ığüşöçİ"_s, u"ığüşöçİ"_s);
    row("Turkish, taken apart", u"g\u0306I\u0307"_s, u"ğİ"_s);
    row("beyond the BMP", u"\U0001F511"_s, u"\U0001F511"_s);
    row("private use", u"\uE000"_s, std::nullopt);
    row("half a pair", QString(QChar(0xD800)), std::nullopt);
    row("tag", u"\U000E0041"_s, std::nullopt);
    row("line separator", u"\u2028"_s, std::nullopt);
    row("empty", QString(), QString());
}

void TestSasl::saslPrepVectors()
{
    QFETCH(QString, typed);
    QTEST(saslPrep(typed), "prepared");
}

void TestSasl::scramRefusesAServerThatDoesNotKnowTheSecret()
{
    ScramServer server(QCryptographicHash::Sha256, "pencil");
    Sasl sasl = login(password(u"user"_s, u"pencil"_s));
    const Result<Sasl::Start> start = sasl.start({"SCRAM-SHA-256"});
    QVERIFY(start);
    QVERIFY(sasl.step(server.challenge(start->initialResponse)));
    const Result<QByteArray> last = sasl.step("v=" + QByteArray(32, 'x').toBase64());
    QVERIFY(!last);
    QCOMPARE(last.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY(!sasl.isComplete());
}

void TestSasl::scramRefusesAShortenedNonce()
{
    Sasl sasl = login(password(u"user"_s, u"pencil"_s));
    QVERIFY(sasl.start({"SCRAM-SHA-256"}));
    const Result<QByteArray> proof = sasl.step("r=abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    QVERIFY(!proof);
    QCOMPARE(proof.error().kind, ErrorKind::Protocol);
}

// T18
void TestSasl::bestMechanismIsChosen_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QByteArray>("chosen");

    const QList<QByteArray> all{"LOGIN", "PLAIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2", "ANONYMOUS",
        "DIGEST-MD5", "NTLM", "GSSAPI", "EXTERNAL"};
    QTest::newRow("all") << all << true << QByteArray("SCRAM-SHA-256");
    QTest::newRow("all in clear") << all << false << QByteArray("SCRAM-SHA-256");
    QTest::newRow("SHA-1") << QList<QByteArray>{"PLAIN", "SCRAM-SHA-1", "CRAM-MD5"} << true
                           << QByteArray("SCRAM-SHA-1");
    QTest::newRow("CRAM") << QList<QByteArray>{"PLAIN", "LOGIN", "CRAM-MD5"} << true << QByteArray("CRAM-MD5");
    QTest::newRow("PLAIN") << QList<QByteArray>{"LOGIN", "PLAIN"} << true << QByteArray("PLAIN");
    QTest::newRow("LOGIN") << QList<QByteArray>{"LOGIN"} << true << QByteArray("LOGIN");
    QTest::newRow("lower case") << QList<QByteArray>{"plain"} << true << QByteArray("PLAIN");
    QTest::newRow("not PLUS") << QList<QByteArray>{"SCRAM-SHA-256-PLUS", "PLAIN"} << true << QByteArray("PLAIN");
    QTest::newRow("CRAM in clear") << QList<QByteArray>{"PLAIN", "LOGIN", "CRAM-MD5"} << false
                                   << QByteArray("CRAM-MD5");
    QList<QByteArray> madeUp;
    for (int i = 0; i < 55; ++i)
        madeUp.append("X-MADE-UP-" + QByteArray::number(i));
    QTest::newRow("55 made-up ones") << madeUp + QList<QByteArray>{"PLAIN"} << true << QByteArray("PLAIN");
}

void TestSasl::bestMechanismIsChosen()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(bool, secure);
    QFETCH(QByteArray, chosen);

    Sasl sasl = login(password(u"user"_s, u"secret"_s), secure);
    const Result<Sasl::Start> start = sasl.start(offered);
    QVERIFY(start);
    QCOMPARE(start->mechanism, chosen);
}

void TestSasl::uselessOffersAreRefused_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    QTest::addColumn<AuthMethod>("method");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("nothing") << QList<QByteArray>() << AuthMethod::Password << true << ErrorKind::NoCommonMechanism;
    QTest::newRow("made up") << QList<QByteArray>{"X-OWN", "GSSAPI", "EXTERNAL", "ANONYMOUS"} << AuthMethod::Password
                             << true << ErrorKind::NoCommonMechanism;
    QTest::newRow("PLAIN in clear") << QList<QByteArray>{"PLAIN", "LOGIN"} << AuthMethod::Password << false
                                    << ErrorKind::NoCommonMechanism;
    QTest::newRow("token in clear") << QList<QByteArray>{"XOAUTH2", "OAUTHBEARER"} << AuthMethod::OAuth2 << false
                                    << ErrorKind::NoCommonMechanism;
    QTest::newRow("token as password") << QList<QByteArray>{"PLAIN", "LOGIN", "SCRAM-SHA-256"} << AuthMethod::OAuth2
                                       << true << ErrorKind::NoCommonMechanism;
    QTest::newRow("only tokens") << QList<QByteArray>{"XOAUTH2"} << AuthMethod::Password << true
                                 << ErrorKind::OAuthNeeded;
}

void TestSasl::uselessOffersAreRefused()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(AuthMethod, method);
    QFETCH(bool, secure);
    QFETCH(ErrorKind, kind);

    Sasl sasl = login({.userName = u"user"_s, .secret = u"secret"_s, .method = method}, secure);
    const Result<Sasl::Start> start = sasl.start(offered);
    QVERIFY(!start);
    QCOMPARE(start.error().kind, kind);
    QCOMPARE(start.error().step, Step::Login);
}

// T21
void TestSasl::unsendableCredentialsAreRefused_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<ErrorKind>("kind");

    QTest::newRow("CR LF in the name") << u"a\r\nRSET"_s << u"b"_s << ErrorKind::InvalidInput;
    QTest::newRow("LF in the secret") << u"a"_s << u"b\nc"_s << ErrorKind::InvalidInput;
    QTest::newRow("CR in the secret") << u"a"_s << u"b\r"_s << ErrorKind::InvalidInput;
    QTest::newRow("NUL in the name") << u"a"_s + QChar::Null << u"b"_s << ErrorKind::InvalidInput;
    QTest::newRow("NUL in the secret") << u"a"_s << u"b"_s + QChar::Null + u"c"_s << ErrorKind::InvalidInput;
    QTest::newRow("no name") << QString() << u"b"_s << ErrorKind::CredentialsMissing;
    QTest::newRow("no secret") << u"a"_s << QString() << ErrorKind::CredentialsMissing;
}

void TestSasl::unsendableCredentialsAreRefused()
{
    QFETCH(QString, user);
    QFETCH(QString, secret);
    QFETCH(ErrorKind, kind);

    for (const AuthMethod method : {AuthMethod::Password, AuthMethod::OAuth2}) {
        const Credentials credentials{.userName = user, .secret = secret, .method = method};
        const Result<void> checked = Sasl::check(credentials);
        QVERIFY(!checked);
        if (method == AuthMethod::OAuth2 && secret.isEmpty())
            kind = ErrorKind::OAuthNeeded;
        QCOMPARE(checked.error().kind, kind);
        const Result<Sasl::Start> start
            = login(credentials).start({"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2"});
        QVERIFY(!start);
        QCOMPARE(start.error().kind, kind);
    }
    // The separator of the token mechanisms.
    QCOMPARE(Sasl::check(token(u"a"_s, u"t\x01user=b"_s)).error().kind, ErrorKind::InvalidInput);
    QVERIFY(Sasl::check(password(u"a"_s, u"t\x01"_s)));
}

void TestSasl::longUserNameIsRefusedAndNotCut()
{
    for (const QByteArray &mechanism : {QByteArray("PLAIN"), QByteArray("SCRAM-SHA-256")}) {
        const Result<Sasl::Start> longest = login(password(QString(1024, u'u'), u"b"_s)).start({mechanism});
        QVERIFY(longest);
        QVERIFY(longest->initialResponse.contains(QByteArray(1024, 'u')));
        for (const QString &tooLong : {QString(1025, u'u'), QString(600, u'ü'), QString(100'000, u'u')}) {
            const Result<Sasl::Start> start = login(password(tooLong, u"b"_s)).start({mechanism});
            QVERIFY(!start);
            QCOMPARE(start.error().kind, ErrorKind::InvalidInput);
        }
    }
}

void TestSasl::severalThreadsAtOnce()
{
    std::atomic_int good = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&good, i] {
            for (int round = 0; round < 50; ++round) {
                const QString user = u"user%1"_s.arg(i);
                Sasl sasl = login(password(user, u"secret"_s));
                const Result<Sasl::Start> start
                    = sasl.start({round % 2 ? QByteArray("PLAIN") : QByteArray("SCRAM-SHA-256")});
                if (start && start->initialResponse.contains(user.toLatin1()))
                    ++good;
            }
        });
    }
    threads.clear();
    QCOMPARE(good.load(), 400);
}

QTEST_GUILESS_MAIN(TestSasl)
#include "test_sasl.moc"
