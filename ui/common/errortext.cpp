// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/errortext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::ErrorText)
};

/// The host without its port, for sentences.
QString hostOf(const MailError &error)
{
    const QString host = error.endpoint.section(u':', 0, -2);
    return host.isEmpty() ? Text::tr("the server") : host;
}

QString orDefault(const QString &text, const QString &fallback)
{
    return text.isEmpty() ? fallback : text;
}

QString connectHint()
{
    return Text::tr("Check the server name and the port, and that the network lets you through.");
}

QString tryAgainHint()
{
    return Text::tr("This usually passes. Postacı tries again by itself.");
}

ErrorText plainText(const MailError &error)
{
    const QString host = hostOf(error);
    switch (error.kind) {
    case ErrorKind::Protocol:
        return {Text::tr("The answer of %1 makes no sense.").arg(host),
            Text::tr("Check that this is a mail server and that port and encryption fit together.")};
    case ErrorKind::Offline:
        return {Text::tr("This computer is not connected to the internet."),
            Text::tr("Your mail stays here. Postacı goes on as soon as there is a connection.")};
    case ErrorKind::HostNotFound:
        return {
            Text::tr("There is no server called %1.").arg(host), Text::tr("Check the server name for typing errors.")};
    case ErrorKind::ConnectionRefused:
        return {Text::tr("%1 does not accept connections on this port.")
                    .arg(error.endpoint.isEmpty() ? host : error.endpoint),
            connectHint()};
    case ErrorKind::ConnectionLost:
        return {Text::tr("The connection to %1 broke off.").arg(host), tryAgainHint()};
    case ErrorKind::Timeout:
        return {Text::tr("%1 did not answer in time.").arg(host), connectHint()};
    case ErrorKind::TlsHandshake:
        return {Text::tr("No secure connection to %1 could be made.").arg(host),
            Text::tr("The port may need the other kind of encryption (TLS or STARTTLS).")};
    case ErrorKind::CertificateUntrusted:
        return {Text::tr("The certificate of %1 was issued by somebody whom this computer does not know.").arg(host),
            Text::tr("Somebody could be listening in. Ask your provider before you go on.")};
    case ErrorKind::CertificateExpired:
        return {Text::tr("The certificate of %1 is out of date.").arg(host),
            Text::tr("Check the date and time of this computer. If they are right, the provider has to renew it.")};
    case ErrorKind::CertificateName:
        return {error.subject.isEmpty()
                ? Text::tr("The certificate of %1 is not for this server.").arg(host)
                : Text::tr("The certificate of %1 belongs to another server: %2.").arg(host, error.subject),
            Text::tr("If your provider uses that name, enter it as the server name.")};
    case ErrorKind::EncryptionMissing:
        return {Text::tr("%1 offers no encryption on this port.").arg(host),
            Text::tr("Your password was not sent. Choose TLS, or ask your provider for the right port.")};
    case ErrorKind::AuthenticationFailed:
        return {Text::tr("%1 does not accept this user name and password.").arg(host),
            Text::tr("Type the password again. Some providers want an app password or only the part before the @.")};
    case ErrorKind::AppPasswordNeeded:
        return {Text::tr("%1 wants an app password instead of your usual one.").arg(host),
            Text::tr("Make one on the provider's web site and enter it here.")};
    case ErrorKind::OAuthNeeded:
        if (error.step == Step::RefreshToken)
            return {Text::tr("Your sign-in has ended."), Text::tr("Sign in again in the browser.")};
        return {Text::tr("%1 only lets you sign in through the web browser.").arg(host),
            Text::tr("Sign in again in the browser.")};
    case ErrorKind::NoCommonMechanism:
        return {Text::tr("%1 offers no way of signing in that Postacı knows.").arg(host),
            Text::tr("Try the other kind of encryption; many servers allow passwords only over TLS.")};
    case ErrorKind::CredentialsMissing:
        return {Text::tr("The password for %1 is not known.").arg(host), Text::tr("Enter it to go on.")};
    case ErrorKind::Refused:
        return {Text::tr("%1 refused this.").arg(host), Text::tr("What the server said may tell the reason.")};
    case ErrorKind::TryLater:
        return {Text::tr("%1 cannot do this right now.").arg(host), tryAgainHint()};
    case ErrorKind::MailboxFull:
        return {error.subject.isEmpty() ? Text::tr("The mailbox is full.")
                                        : Text::tr("The mailbox of %1 is full.").arg(error.subject),
            Text::tr("Delete mail and empty the trash, or ask for more space.")};
    case ErrorKind::MessageTooLarge:
        if (error.step == Step::FetchBody)
            return {Text::tr("This message is too large to be fetched."),
                Text::tr("It stays on the server. You can read it in your provider's web mail.")};
        return {
            Text::tr("The mail is larger than %1 allows.").arg(host), Text::tr("Send fewer or smaller attachments.")};
    case ErrorKind::SenderRefused:
        return {Text::tr("%1 does not let you send from this address.").arg(host),
            Text::tr("Check the sender's address, and the user name of the outgoing server.")};
    case ErrorKind::RecipientRefused:
        return {Text::tr("%1 refused the recipient %2.").arg(host, orDefault(error.subject, u"?"_s)),
            Text::tr("Check the address for typing errors.")};
    case ErrorKind::NotFound:
        if (error.step == Step::FetchBody) {
            return {Text::tr("The server does not have this message any more."),
                Text::tr("It was probably deleted there, by another program or because of its age.")};
        }
        return {
            Text::tr("This is not there any more."), Text::tr("It was probably removed or moved by another program.")};
    case ErrorKind::OnlyHeader:
        return {Text::tr("Only the header of this message is here."),
            Text::tr("The rest is still on the server and comes when you ask for it.")};
    case ErrorKind::AlreadyExists:
        return {Text::tr("Something with this name is already there."), Text::tr("Choose another name.")};
    case ErrorKind::ReadOnly:
        if (error.step == Step::ChangeFolders && error.serverText.isEmpty())
            return {Text::tr("This folder cannot be changed like this."),
                Text::tr(
                    "Special folders keep their name and place, and a folder of a server stays with its account.")};
        return {Text::tr("This folder can only be read."), Text::tr("Ask its owner for the right to change it.")};
    case ErrorKind::InvalidInput:
        if (error.step == Step::ChangeFolders && !error.subject.isEmpty())
            return {Text::tr("A folder cannot be called “%1”.").arg(error.subject),
                Text::tr("Leave out signs such as “/”, “.”, “*” and “%”: mail servers use them for other things.")};
        return {error.subject.isEmpty() ? Text::tr("This cannot be used as it is.")
                                        : Text::tr("“%1” cannot be used as it is.").arg(error.subject),
            Text::tr("Check it for typing errors.")};
    case ErrorKind::FileUnreadable:
        return {error.subject.isEmpty() ? Text::tr("The file cannot be read.")
                                        : Text::tr("The file “%1” cannot be read.").arg(error.subject),
            Text::tr("Check that it is still there and that you may open it.")};
    case ErrorKind::Cancelled:
        return {Text::tr("You stopped this."), Text::tr("Nothing was changed.")};
    case ErrorKind::Storage:
        if (error.step == Step::WriteStore && !error.subject.isEmpty())
            return {Text::tr("The file “%1” could not be written.").arg(error.subject),
                Text::tr("Check that the disk is not full and that you may write to it.")};
        return {Text::tr("Postacı could not read or write its data on this computer."),
            Text::tr("Check that the disk is not full and that you may write to it.")};
    case ErrorKind::StorageNewer:
        return {Text::tr("The data was written by a newer version of Postacı."),
            Text::tr("Install the newer version, or start with another profile.")};
    case ErrorKind::InUse:
        return {
            Text::tr("Postacı is already running with this data."), Text::tr("Use the window that is already open.")};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

ErrorText errorText(const MailError &error)
{
    ErrorText text = plainText(error);
    if (error.endpoint.isEmpty()) // "the server …"; a host name stays in lower case.
        text.sentence = QLocale().toUpper(text.sentence.first(1)) + text.sentence.sliced(1);
    return text;
}

QString serverWords(const MailError &error)
{
    return error.serverText.isEmpty() ? QString() : Text::tr("The server said: %1").arg(error.serverText);
}

QString errorDetails(const MailError &error)
{
    QStringList lines;
    const QString step = stepText(error.step);
    if (!step.isEmpty() && !error.endpoint.isEmpty())
        lines.append(Text::tr("%1 (%2)", "step and server").arg(step, error.endpoint));
    else if (!step.isEmpty() || !error.endpoint.isEmpty())
        lines.append(step + error.endpoint);
    if (error.replyCode || !error.enhancedCode.isEmpty()) {
        QStringList codes;
        if (error.replyCode)
            codes.append(QString::number(error.replyCode));
        if (!error.enhancedCode.isEmpty())
            codes.append(QString::fromLatin1(error.enhancedCode));
        lines.append(Text::tr("Code: %1").arg(codes.join(u' ')));
    }
    if (const QString words = serverWords(error); !words.isEmpty())
        lines.append(words);
    return lines.join(u'\n');
}

QString stepText(Step step)
{
    switch (step) {
    case Step::None:
        return {};
    case Step::Resolve:
        return Text::tr("Looking up the server");
    case Step::Connect:
        return Text::tr("Connecting");
    case Step::Tls:
    case Step::StartTls:
        return Text::tr("Making the connection secure");
    case Step::Greeting:
    case Step::Capabilities:
        return Text::tr("Greeting the server");
    case Step::Login:
        return Text::tr("Signing in");
    case Step::ListFolders:
        return Text::tr("Reading the list of folders");
    case Step::SelectFolder:
        return Text::tr("Opening a folder");
    case Step::FetchHeaders:
        return Text::tr("Fetching the list of messages");
    case Step::FetchBody:
        return Text::tr("Fetching a message");
    case Step::ChangeFlags:
        return Text::tr("Marking messages");
    case Step::MoveMessages:
        return Text::tr("Moving messages");
    case Step::DeleteMessages:
        return Text::tr("Deleting messages");
    case Step::ChangeFolders:
        return Text::tr("Changing folders");
    case Step::Append:
        return Text::tr("Filing a message");
    case Step::Idle:
        return Text::tr("Waiting for new mail");
    case Step::Sender:
        return Text::tr("Naming the sender");
    case Step::Recipient:
        return Text::tr("Naming the recipients");
    case Step::Content:
    case Step::EndOfContent:
        return Text::tr("Sending the message");
    case Step::OpenStore:
        return Text::tr("Opening the data");
    case Step::ReadStore:
        return Text::tr("Reading the data");
    case Step::WriteStore:
        return Text::tr("Writing the data");
    case Step::ReadFile:
        return Text::tr("Reading a file");
    case Step::ReadSecret:
        return Text::tr("Reading the password from the keychain");
    case Step::WriteSecret:
        return Text::tr("Saving the password in the keychain");
    case Step::SignIn:
        return Text::tr("Signing in with the browser");
    case Step::RefreshToken:
        return Text::tr("Renewing the sign-in");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace postaci
