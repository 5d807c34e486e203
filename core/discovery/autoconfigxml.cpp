// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/autoconfigxml.h"

#include "core/discovery/candidaterules.h"
#include "core/discovery/domainname.h"

#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype serversLimit = 50;
constexpr qsizetype userNameLimit = 320;

struct Parser {
    QXmlStreamReader xml;
    QString domain;
    bool placeholderSent;
    AutoconfigDocument document;
    bool sawUnencrypted = false;

    bool run();
    void readProvider();
    void readServer(Protocol protocol);
    QString text();
};

/// Text of an element whose children, if it has any, are of no interest.
QString Parser::text()
{
    return xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed();
}

bool Parser::run()
{
    bool rootSeen = false;
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
        case QXmlStreamReader::DTD:
        case QXmlStreamReader::EntityReference:
            return false;
        case QXmlStreamReader::StartElement:
            if (!rootSeen && xml.name() != "clientConfig"_L1)
                return false;
            if (rootSeen && xml.name() == "emailProvider"_L1)
                readProvider();
            else if (rootSeen)
                xml.skipCurrentElement();
            rootSeen = true;
            break;
        default:
            break;
        }
    }
    return rootSeen && !xml.hasError();
}

void Parser::readProvider()
{
    while (xml.readNextStartElement()) {
        const QString type = xml.attributes().value("type"_L1).toString();
        if (xml.name() == "incomingServer"_L1 && type == "imap"_L1)
            readServer(Protocol::Imap);
        else if (xml.name() == "incomingServer"_L1 && type == "pop3"_L1)
            readServer(Protocol::Pop3);
        else if (xml.name() == "outgoingServer"_L1 && type == "smtp"_L1)
            readServer(Protocol::Smtp);
        else if (xml.name() == "displayName"_L1 && document.providerName.isEmpty())
            document.providerName = cleanServerText(text().toUtf8());
        else
            xml.skipCurrentElement();
    }
}

void Parser::readServer(Protocol protocol)
{
    ServerSettings server{.protocol = protocol};
    QString socketType;
    QStringList authentication;
    while (xml.readNextStartElement()) {
        if (xml.name() == "hostname"_L1)
            server.host = hostName(text().replace("%EMAILDOMAIN%"_L1, domain));
        else if (xml.name() == "port"_L1)
            server.port = text().toUShort();
        else if (xml.name() == "socketType"_L1)
            socketType = text();
        else if (xml.name() == "username"_L1)
            server.userName = text();
        else if (xml.name() == "authentication"_L1)
            authentication.append(text());
        else
            xml.skipCurrentElement();
    }

    if (socketType == "SSL"_L1) {
        server.encryption = Encryption::ImplicitTls;
    } else if (socketType == "STARTTLS"_L1) {
        server.encryption = Encryption::StartTls;
    } else {
        sawUnencrypted = sawUnencrypted || socketType == "plain"_L1;
        return;
    }
    if (server.host.isEmpty() || !isSanePort(protocol, server.port, server.encryption))
        return;

    // Over TLS an encrypted password is a password. None named is the format's first version.
    const bool password = authentication.isEmpty() || authentication.contains("password-cleartext"_L1)
        || authentication.contains("password-encrypted"_L1) || authentication.contains("plain"_L1)
        || authentication.contains("secure"_L1);
    const bool relay = protocol == Protocol::Smtp
        && (authentication.contains("none"_L1) || authentication.contains("client-IP-address"_L1));
    if (password)
        server.auth = AuthMethod::Password;
    else if (authentication.contains("OAuth2"_L1))
        server.auth = AuthMethod::OAuth2;
    else if (relay)
        server.auth = AuthMethod::None;
    else
        return; // Kerberos, NTLM, a certificate: nothing that we have.

    if (placeholderSent)
        server.userName = templateOf(server.userName, domain);
    if (server.userName.isEmpty() || server.userName.contains("%REALNAME%"_L1))
        server.userName = userNameTemplate;
    if (server.userName.size() > userNameLimit || cleanServerText(server.userName.toUtf8()) != server.userName)
        return;

    QList<ServerSettings> &list = protocol == Protocol::Smtp ? document.outgoing : document.incoming;
    if (list.size() < serversLimit)
        list.append(server);
}

} // namespace

Result<AutoconfigDocument> parseAutoconfig(const QByteArray &xml, const QString &domain, bool placeholderSent)
{
    if (xml.size() > autoconfigLimit)
        return failure({.kind = ErrorKind::Protocol, .subject = u"too large"_s});
    Parser parser{.xml = QXmlStreamReader(xml),
        .domain = domain,
        .placeholderSent = placeholderSent,
        .document = {},
        .sawUnencrypted = false};
    parser.xml.setNamespaceProcessing(false);
    if (!parser.run())
        return failure({.kind = ErrorKind::Protocol, .subject = u"no clientConfig"_s});
    parser.document.onlyUnencrypted
        = parser.sawUnencrypted && parser.document.incoming.isEmpty() && parser.document.outgoing.isEmpty();
    return parser.document;
}

} // namespace postaci
