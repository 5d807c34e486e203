// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/reporttext.h"

#include "core/discovery/addressinput.h"
#include "ui/common/errortext.h"
#include "ui/wizard/setuptext.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::ReportText)
};

QString userForm(const QString &userName, const QString &address)
{
    if (userName == address)
        return Text::tr("the whole address");
    if (userName == localPartOf(address))
        return Text::tr("the part before the @");
    return userName.isEmpty() ? Text::tr("none") : Text::tr("another one");
}

QString serverLine(const ServerSettings &server, const QString &address)
{
    const QString encryption = server.encryption == Encryption::ImplicitTls ? u"TLS"_s
        : server.encryption == Encryption::StartTls                         ? u"STARTTLS"_s
                                                                            : Text::tr("no encryption");
    const QString protocol = server.protocol == Protocol::Imap ? u"IMAP"_s
        : server.protocol == Protocol::Pop3                    ? u"POP3"_s
                                                               : u"SMTP"_s;
    return u"%1 %2, %3; %4"_s.arg(
        protocol, server.endpoint(), encryption, Text::tr("user name: %1").arg(userForm(server.userName, address)));
}

QString stepLine(const CheckStep &step)
{
    QString line = u"%1 %2: %3 (%4 ms)"_s.arg(step.state == CheckStep::State::Failed ? u"✗"_s : u"✓"_s,
        step.outgoing ? Text::tr("Outgoing mail") : Text::tr("Incoming mail"), rungText(step.step),
        QString::number(step.milliseconds));
    if (!step.detail.isEmpty())
        line += u" – "_s + step.detail;
    if (step.error)
        line += u"\n    "_s + QString::fromLatin1(QMetaEnum::fromType<ErrorKind>().valueToKey(int(step.error->kind)))
            + u"\n    "_s + errorDetails(*step.error).replace(u'\n', u"\n    "_s);
    return line;
}

/// As a word of its own: a user name may be part of an everyday word.
void maskWord(QString &text, const QString &word)
{
    if (word.isEmpty())
        return;
    const QRegularExpression whole(u"(?<![\\w.-])%1(?![\\w.-])"_s.arg(QRegularExpression::escape(word)),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    text.replace(whole, u"***"_s);
}

} // namespace

QString reportText(const SetupReport &report, const QStringList &secrets)
{
    const QString address = report.account.identity.address;
    QStringList lines{
        u"Postacı %1"_s.arg(QCoreApplication::applicationVersion()),
        serverLine(report.account.incoming, address),
        serverLine(report.account.outgoing, address),
        QString(),
    };
    for (const CheckStep &step : report.steps)
        lines.append(stepLine(step));
    for (const auto &diagnosis : {report.incoming, report.outgoing}) {
        if (!diagnosis)
            continue;
        const ProblemText text = problemText(*diagnosis);
        lines += {QString(),
            (diagnosis->outgoing ? Text::tr("Outgoing mail") : Text::tr("Incoming mail")) + u": "_s + text.sentence,
            text.hint};
        if (const QString words = serverWords(diagnosis->error); !words.isEmpty())
            lines.append(words);
    }
    QString text = lines.join(u'\n');
    for (const QString &secret : secrets) {
        if (!secret.isEmpty())
            text.replace(secret, u"***"_s);
    }
    if (!address.isEmpty())
        text.replace(address, u"***@"_s + domainOf(address), Qt::CaseInsensitive);
    for (const QString &name :
        {report.account.incoming.userName, report.account.outgoing.userName, localPartOf(address)})
        maskWord(text, name);
    return text + u'\n';
}

} // namespace postaci
