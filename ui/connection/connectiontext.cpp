// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connection/connectiontext.h"

#include "ui/common/errortext.h"
#include "ui/common/messagetext.h"

#include <QCoreApplication>
#include <QLocale>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(postaci::Connection)
};

QString timeText(const QDateTime &when)
{
    const QDateTime local = when.toLocalTime();
    const QLocale locale;
    const QString time = locale.toString(local.time(), QLocale::ShortFormat);
    return local.date() == QDate::currentDate()
        ? time
        : Words::tr("%1, %2", "date, time").arg(locale.toString(local.date(), QLocale::ShortFormat), time);
}

QString durationText(qint64 milliseconds)
{
    const QLocale locale;
    constexpr qint64 second = 1000;
    return milliseconds < second ? Words::tr("%1 ms").arg(locale.toString(milliseconds))
                                 : Words::tr("%1 s").arg(locale.toString(double(milliseconds) / second, 'f', 1));
}

QString standText(const ConnectionReport &report)
{
    QString text = report.connections > 0 ? Words::tr("%n connection(s)", nullptr, report.connections)
                                          : Words::tr("Not connected right now");
    if (report.isLimitedToOne)
        text += u" · "_s + Words::tr("the server allows no more at the moment");
    return text;
}

QString syncText(const ConnectionReport::Sync &sync)
{
    return Words::tr("%1: %Ln question(s) in %2", nullptr, int(qMin<quint64>(sync.roundTrips, 1'000'000'000)))
               .arg(timeText(sync.endedAt), durationText(sync.milliseconds))
        + u" · "_s
        + Words::tr("%1 received, %2 sent")
              .arg(shownSize(qint64(sync.bytesReceived)), shownSize(qint64(sync.bytesSent)));
}

QString prefixText(const QStringList &prefixes)
{
    QStringList texts;
    for (const QString &prefix : prefixes)
        texts.append(prefix.isEmpty() ? Words::tr("at the top") : prefix);
    return texts.join(u", "_s);
}

} // namespace

QString abilityText(ServerAbility ability, bool has)
{
    switch (ability) {
    case ServerAbility::Push:
        return has ? Words::tr("Announces new mail at once")
                   : Words::tr("Does not announce new mail; Postacı asks every minute");
    case ServerAbility::FastResync:
        return has ? Words::tr("Tells all that has changed with one answer, however large a folder is")
                   : Words::tr("Does not tell what was deleted; Postacı compares the lists of messages");
    case ServerAbility::ChangeCounts:
        return has ? Words::tr("Knows which messages have changed")
                   : Words::tr("Does not know which messages have changed; Postacı reads all marks again");
    case ServerAbility::FoldersAtOnce:
        return has ? Words::tr("Tells the state of all folders with one answer")
                   : Words::tr("Has to be asked about each folder by itself");
    case ServerAbility::Move:
        return has ? Words::tr("Moves messages in one step")
                   : Words::tr("Cannot move; Postacı copies messages and then deletes them");
    case ServerAbility::SafeDelete:
        return has ? Words::tr("Deletes exactly the messages that it is told to")
                   : Words::tr("Cannot delete single messages; they stay there, marked as deleted");
    case ServerAbility::SpecialFolders:
        return has ? Words::tr("Says which folders are for sent mail, drafts, junk and trash")
                   : Words::tr("Does not say what folders are for; Postacı goes by their names");
    case ServerAbility::Namespaces:
        return has ? Words::tr("Says where your folders and those of others are")
                   : Words::tr("Does not say where folders of others are");
    case ServerAbility::Quota:
        return has ? Words::tr("Says how full your mailbox is") : Words::tr("Does not say how full your mailbox is");
    case ServerAbility::Compression:
        return has ? Words::tr("Can compress what it sends") : Words::tr("Does not compress what it sends");
    case ServerAbility::Utf8:
        return has ? Words::tr("Takes addresses and folder names in any script as they are")
                   : Words::tr("Takes folder names in any script only in an encoded form");
    case ServerAbility::UniqueIds:
        return has ? Words::tr("Gives every message a number that lasts")
                   : Words::tr("Gives messages no lasting numbers; Postacı tells them apart by their headers");
    case ServerAbility::HeadersAlone:
        return has ? Words::tr("Gives the header of a message without the rest")
                   : Words::tr("Gives messages only as a whole");
    case ServerAbility::Pipelining:
        return has ? Words::tr("Takes several questions at once") : Words::tr("Takes one question at a time");
    }
    Q_UNREACHABLE_RETURN({});
}

QString quotaText(const ConnectionReport::Quota &quota)
{
    const QLocale locale;
    QStringList parts;
    if (quota.limitBytes > 0) {
        const double share = 100.0 * double(quota.usedBytes) / double(quota.limitBytes);
        parts.append(Words::tr("%1 of %2 used (%3)")
                .arg(shownSize(quota.usedBytes), shownSize(quota.limitBytes),
                    Words::tr("%1%", "per cent").arg(locale.toString(share, 'f', 0))));
    }
    if (quota.limitMessages > 0)
        parts.append(Words::tr("%1 of %2 messages")
                .arg(locale.toString(quota.usedMessages), locale.toString(quota.limitMessages)));
    return parts.join(u" · "_s);
}

QList<std::pair<QString, QString>> connectionRows(const ConnectionReport &report)
{
    QList<std::pair<QString, QString>> rows;
    const auto add = [&rows](const QString &what, const QString &text) {
        if (!text.isEmpty())
            rows.append({what, text});
    };
    add(Words::tr("Server"), report.endpoint);
    add(Words::tr("Connections"), standText(report));
    if (report.wasEverConnected()) {
        add(Words::tr("Last login"), timeText(report.loggedInAt));
        add(Words::tr("Encryption"),
            report.tls.isEmpty() ? Words::tr("None: it never leaves this computer") : report.tls);
    }
    if (report.certificate) {
        const CertificateFacts &facts = *report.certificate;
        add(Words::tr("Certificate"),
            Words::tr("for %1, until %2")
                .arg(facts.names.isEmpty() ? facts.subject : facts.names.join(u", "_s),
                    QLocale().toString(facts.validUntil.toLocalTime().date(), QLocale::ShortFormat)));
    }
    if (report.protocol == Protocol::Imap && report.wasEverConnected())
        add(Words::tr("Compression"), report.isCompressed ? Words::tr("on") : Words::tr("off"));
    if (report.latency >= 0)
        add(Words::tr("Quickest answer"), durationText(report.latency));
    if (report.lastSync)
        add(Words::tr("Last synchronisation"), syncText(*report.lastSync));
    if (report.namespaces) {
        add(Words::tr("Your folders"), prefixText(report.namespaces->personal));
        add(Words::tr("Folders of others"), prefixText(report.namespaces->others));
        add(Words::tr("Shared folders"), prefixText(report.namespaces->shared));
    }
    if (report.lastError) {
        const QString words = serverWords(*report.lastError);
        add(Words::tr("Last problem"),
            timeText(report.lastErrorAt) + u": "_s + errorText(*report.lastError).sentence
                + (words.isEmpty() ? QString() : u'\n' + words));
    }
    return rows;
}

QString logLine(const ConversationLog::Entry &entry)
{
    return entry.time.toLocalTime().toString(u"HH:mm:ss.zzz"_s) + u"  "_s + entry.text;
}

QString connectionAsText(const ConnectionReport &report)
{
    QStringList lines;
    for (const auto &[what, text] : connectionRows(report))
        lines.append(what + u": "_s + text);
    if (report.quota)
        lines.append(Words::tr("Space") + u": "_s + quotaText(*report.quota));
    lines.append(QString());
    for (const ConnectionReport::Ability &one : report.abilities)
        lines.append((one.has ? u"✓ "_s : u"– "_s) + abilityText(one.ability, one.has));
    if (!report.capabilities.isEmpty())
        lines.append({QString(), QString::fromLatin1(report.capabilities.join(' '))});
    lines.append(QString());
    for (const ConversationLog::Entry &entry : report.log)
        lines.append(logLine(entry));
    return lines.join(u'\n') + u'\n';
}

} // namespace postaci
