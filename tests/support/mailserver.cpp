// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/mailserver.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSslCertificate>
#include <QTcpSocket>
#include <QTest>

#include <memory>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 120'000; // ms; making a large mailbox takes its time

} // namespace

MailServer::MailServer() = default;

MailServer::~MailServer()
{
    stop();
}

bool MailServer::start(int messagesOfAyse)
{
    return start(messagesOfAyse > 0 ? QStringList{u"--messages"_s, QString::number(messagesOfAyse)} : QStringList());
}

bool MailServer::startWithout(const QStringList &capabilities)
{
    QStringList options;
    for (const QString &capability : capabilities)
        options << u"--without"_s << capability;
    return start(options);
}

bool MailServer::startWithCourier()
{
    return start(QStringList{u"--courier"_s});
}

bool MailServer::startWithRights()
{
    return start(QStringList{u"--acl"_s});
}

bool MailServer::startWithOAuth(const QString &mechanisms)
{
    return start(QStringList{u"--oauth"_s, mechanisms});
}

bool MailServer::start(const QStringList &options)
{
    const QStringList arguments{
        u"start"_s, m_directory.path(), u"--parent"_s, QString::number(QCoreApplication::applicationPid())};
    QByteArray output;
    if (!run(QStringLiteral(POSTACI_SCRIPTS "/mailserver"), arguments + options, &output))
        return false;
    const QJsonObject description = QJsonDocument::fromJson(output).object();
    m_ports.clear();
    const QJsonObject ports = description["ports"_L1].toObject();
    for (auto it = ports.begin(); it != ports.end(); ++it)
        m_ports.insert(it.key().toLatin1(), quint16(it.value().toInt()));
    m_users.clear();
    for (const QJsonValue user : description["users"_L1].toArray())
        m_users.append({.userName = user["address"_L1].toString(), .secret = user["password"_L1].toString()});
    const QJsonObject oauth = description["oauth"_L1].toObject();
    m_issuerControl = QUrl(oauth["control"_L1].toString());
    m_oauthClient = {.authorizationUrl = QUrl(oauth["authorize"_L1].toString()),
        .tokenUrl = QUrl(oauth["token"_L1].toString()),
        .scopes = oauth["scopes"_L1].toVariant().toStringList(),
        .authorizationParameters = {},
        .clientId = oauth["client"_L1].toString(),
        .clientSecret = oauth["secret"_L1].toString()};
    if (m_users.size() <= full || !m_ports.contains("imaps")) {
        m_failure = "scripts/mailserver said " + output;
        return false;
    }
    return true;
}

void MailServer::stop()
{
    if (m_ports.isEmpty())
        return;
    m_ports.clear();
    if (!run(QStringLiteral(POSTACI_SCRIPTS "/mailserver"), {u"stop"_s, m_directory.path()}, nullptr))
        qWarning("%s", m_failure.constData());
}

bool MailServer::run(const QString &program, const QStringList &arguments, QByteArray *output)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        m_failure = program.toLocal8Bit() + ": " + process.errorString().toLocal8Bit() + "\n"
            + process.readAllStandardError();
        return false;
    }
    if (output)
        *output = process.readAllStandardOutput();
    return true;
}

ServerSettings MailServer::settings(
    Protocol protocol, Encryption encryption, int user, const QByteArray &clearPort, const QByteArray &tlsPort) const
{
    return {.protocol = protocol,
        .host = host(),
        .port = port(encryption == Encryption::ImplicitTls ? tlsPort : clearPort),
        .encryption = encryption,
        .auth = AuthMethod::Password,
        .userName = address(user)};
}

ServerSettings MailServer::imap(Encryption encryption, int user) const
{
    return settings(Protocol::Imap, encryption, user, "imap", "imaps");
}

ServerSettings MailServer::pop3(Encryption encryption, int user) const
{
    return settings(Protocol::Pop3, encryption, user, "pop3", "pop3s");
}

ServerSettings MailServer::smtp(Encryption encryption, int user) const
{
    return settings(Protocol::Smtp, encryption, user, "submission", "submissions");
}

Account MailServer::account(int user) const
{
    Account account;
    account.name = address(user);
    account.identity.address = address(user);
    account.incoming = imap(Encryption::ImplicitTls, user);
    account.outgoing = smtp(Encryption::ImplicitTls, user);
    return account;
}

OAuthClient MailServer::oauthClient() const
{
    return m_oauthClient;
}

Account MailServer::oauthAccount(int user) const
{
    Account result = account(user);
    result.incoming.auth = result.outgoing.auth = AuthMethod::OAuth2;
    result.oauthIssuer = oauthIssuer();
    return result;
}

QJsonObject MailServer::controlIssuer(const QJsonObject &change) const
{
    QNetworkAccessManager network;
    QNetworkRequest request(m_issuerControl);
    request.setSslConfiguration(tlsPolicy().configuration());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const std::unique_ptr<QNetworkReply> reply(
        network.post(request, QJsonDocument(change).toJson(QJsonDocument::Compact)));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, patience) || reply->error() != QNetworkReply::NoError)
        qFatal("the issuer does not answer: %s", qPrintable(reply->errorString()));
    return QJsonDocument::fromJson(reply->readAll()).object();
}

Credentials MailServer::credentials(int user) const
{
    return m_users[user];
}

QString MailServer::caFile() const
{
    return m_directory.filePath(u"tls/root.pem"_s);
}

TlsPolicy MailServer::tlsPolicy() const
{
    TlsPolicy policy;
    policy.extraRoots = QSslCertificate::fromPath(caFile());
    return policy;
}

bool MailServer::deliver(const QByteArray &message, int user)
{
    QTcpSocket socket;
    socket.connectToHost(host(), port("lmtp"), QIODevice::ReadWrite, QAbstractSocket::IPv4Protocol);
    // Sends one command and reads its whole reply; says whether it begins with the expected digit.
    const auto reply = [&](const QByteArray &command, char expected) {
        socket.write(command);
        QByteArray line;
        do {
            while (!socket.canReadLine())
                if (!socket.waitForReadyRead(patience)) {
                    m_failure = "LMTP: " + socket.errorString().toLocal8Bit();
                    return false;
                }
            line = socket.readLine();
        } while (line.mid(3, 1) == "-");
        m_failure = "LMTP: " + line;
        return line.startsWith(expected);
    };
    QByteArray content = message.startsWith('.') ? '.' + message : message;
    content.replace("\r\n.", "\r\n..");
    return reply("", '2') && reply("LHLO test\r\n", '2') && reply("MAIL FROM:<disarida@example.net>\r\n", '2')
        && reply("RCPT TO:<" + address(user).toUtf8() + ">\r\n", '2') && reply("DATA\r\n", '3')
        && reply(content + (content.endsWith("\r\n") ? ".\r\n" : "\r\n.\r\n"), '2');
}

bool MailServer::doveadm(const QStringList &arguments, QByteArray *output)
{
    return run(u"doveadm"_s, QStringList{u"-c"_s, m_directory.filePath(u"dovecot.conf"_s)} + arguments, output);
}

} // namespace postaci
