// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/basicscenario.h"

#include "core/imap/mailboxname.h"
#include "core/mime/mboxwriter.h"

#include <QFile>
#include <QMap>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

QByteArray mail(const QByteArray &subject)
{
    return sampleMail(subject, subject + "@example.net", "Merhaba " + subject + ",\r\n.\r\n..nokta\r\n");
}

QByteArray subjectOf(const QByteArray &raw)
{
    const qsizetype begin = raw.indexOf("Subject: ") + 9;
    return raw.sliced(begin, raw.indexOf("\r\n", begin) - begin);
}

const QString inbox = u"INBOX"_s;

} // namespace

/// One step: its number stands in every failure.
#define STEP(condition)                                                                                                \
    do {                                                                                                               \
        ++m_step;                                                                                                      \
        QVERIFY2(condition, where());                                                                                  \
    } while (false)

BasicScenario::BasicScenario(EngineFixture &profile, OtherClient &phone)
    : m_profile(profile)
    , m_phone(phone)
{
}

void BasicScenario::setPrefix(const QString &prefix, QChar separator)
{
    m_prefix = prefix;
    m_separator = separator;
}

bool BasicScenario::synchronize()
{
    const Result<void> done = await(m_profile.engine().synchronize(m_account));
    if (!done)
        qWarning("%s", describe(done).constData());
    return done && m_profile.pendingCount(m_account) == 0;
}

FolderId BasicScenario::folder(const QString &path)
{
    const auto found = m_profile.folder(m_account, path);
    return found ? found->id : FolderId();
}

std::optional<MessageHeader> BasicScenario::find(const QString &path, const QString &subject)
{
    const FolderId id = folder(path);
    return id ? m_profile.find(id, subject) : std::nullopt;
}

QList<OtherClient::Message> BasicScenario::there(const QString &path)
{
    return m_phone.messages(encodeMailboxName(path));
}

bool BasicScenario::isThere(const QString &path, const QByteArray &subject)
{
    const auto all = there(path);
    return std::ranges::any_of(
        all, [&](const OtherClient::Message &message) { return subjectOf(message.raw) == subject; });
}

QByteArrayList BasicScenario::flagsThere(const QString &path, const QByteArray &subject)
{
    for (const OtherClient::Message &message : there(path)) {
        if (subjectOf(message.raw) == subject)
            return message.flags;
    }
    return {"none"};
}

bool BasicScenario::isGone(const QString &path, const QByteArray &subject)
{
    const QByteArrayList flags = flagsThere(path, subject);
    return flags == QByteArrayList{"none"} || flags.contains("\\Deleted");
}

bool BasicScenario::isGoneHere(const QString &path, const QString &subject)
{
    const auto header = find(path, subject);
    return !header || header->flags.testFlag(Flag::Deleted);
}

bool BasicScenario::isLikeTheServer(const QString &path)
{
    QMap<quint32, std::pair<QByteArray, bool>> server;
    for (const OtherClient::Message &message : there(path)) {
        if (!message.flags.contains("\\Deleted"))
            server.insert(message.uid, {subjectOf(message.raw), message.flags.contains("\\Seen")});
    }
    QMap<quint32, std::pair<QByteArray, bool>> store;
    for (const EngineFixture::Row &row : m_profile.rows(folder(path))) {
        if (!row.header.flags.testFlag(Flag::Deleted))
            store.insert(row.header.uid, {row.header.envelope.subject.toUtf8(), row.header.flags.testFlag(Flag::Seen)});
    }
    if (server != store)
        qWarning() << path << "server" << server << "store" << store;
    return server == store;
}

void BasicScenario::play(const Account &account, const QString &password)
{
    receive(account, password);
    if (!QTest::currentTestFailed())
        mark();
    if (!QTest::currentTestFailed())
        file();
    if (!QTest::currentTestFailed())
        remove();
    if (!QTest::currentTestFailed())
        comeBack(password);
    if (!QTest::currentTestFailed())
        QCOMPARE(m_step, 25);
}

void BasicScenario::receive(const Account &account, const QString &password)
{
    m_phone.append("INBOX", mail("bir"), "\\Seen");
    m_phone.append("INBOX", mail("iki"));
    const auto added = m_profile.add(account, password);
    STEP(added);
    m_account = *added;
    STEP(synchronize() && folder(inbox));
    STEP(m_profile.total(folder(inbox)) == 2 && find(inbox, u"bir"_s)->flags.testFlag(Flag::Seen)
        && !find(inbox, u"iki"_s)->flags.testFlag(Flag::Seen));
    const auto raw = await(m_profile.engine().message(find(inbox, u"iki"_s)->id));
    STEP(raw && *raw == mail("iki"));
    QVERIFY2(flagsThere(inbox, "iki").isEmpty(), where()); // To read it here is not to mark it there.
    m_phone.append("INBOX", mail("uc"));
    STEP(synchronize() && find(inbox, u"uc"_s));
}

void BasicScenario::mark()
{
    MailEngine &engine = m_profile.engine();
    const MessageId two = find(inbox, u"iki"_s)->id;
    STEP(await(engine.changeFlags({two}, Flag::Seen, {})) && synchronize()
        && flagsThere(inbox, "iki") == QByteArrayList{"\\Seen"});
    STEP(await(engine.changeFlags({two}, Flag::Flagged, {})) && synchronize()
        && flagsThere(inbox, "iki") == (QByteArrayList{"\\Flagged", "\\Seen"}));
    STEP(await(engine.changeFlags({two}, {}, Flag::Flagged | Flag::Seen)) && synchronize()
        && flagsThere(inbox, "iki").isEmpty());
    m_phone.store("INBOX", "1:*", "+FLAGS", "\\Answered");
    STEP(synchronize() && find(inbox, u"bir"_s)->flags.testFlag(Flag::Answered));
}

void BasicScenario::file()
{
    MailEngine &engine = m_profile.engine();
    const auto made = await(engine.createFolder(m_account, {}, u"Proje & Çizim"_s));
    const QString project = at(u"Proje & Çizim"_s);
    STEP(made && synchronize() && folder(project) && there(project).isEmpty());
    STEP(await(engine.moveMessages({find(inbox, u"iki"_s)->id}, *made)) && synchronize() && isThere(project, "iki")
        && isGone(inbox, "iki"));
    STEP(await(engine.copyMessages({find(inbox, u"bir"_s)->id}, *made)) && synchronize() && isThere(project, "bir")
        && isThere(inbox, "bir"));
    STEP(await(engine.renameFolder(*made, u"Proje 2026"_s)) && synchronize());
    const QString renamed = at(u"Proje 2026"_s);
    QVERIFY2(folder(renamed) == *made && isThere(renamed, "iki"), where());
    const auto below = await(engine.createFolder(m_account, *made, u"Ekler"_s));
    const QString inside = renamed + m_separator + u"Ekler"_s;
    STEP(below && synchronize() && there(inside).isEmpty());
    STEP(await(engine.moveMessages({find(renamed, u"iki"_s)->id}, *below)) && synchronize() && isThere(inside, "iki")
        && isGone(renamed, "iki"));
    const QString file = m_profile.directory() + u"/mektup.eml"_s;
    QFile eml(file);
    QVERIFY(eml.open(QIODevice::WriteOnly) && eml.write(mail("dort")) > 0);
    eml.close();
    const auto imported = await(engine.importMail({file}, *made));
    STEP(imported && imported->imported == 1 && synchronize() && isThere(renamed, "dort"));
    const auto copies = there(renamed);
    STEP(std::ranges::any_of(copies, [](const OtherClient::Message &one) { return one.raw == mail("dort"); }));
}

void BasicScenario::remove()
{
    MailEngine &engine = m_profile.engine();
    const auto trash = m_profile.folder(m_account, FolderRole::Trash);
    STEP(await(engine.deleteMessages({find(inbox, u"uc"_s)->id})) && synchronize() && isGoneHere(inbox, u"uc"_s));
    QVERIFY2(isGone(inbox, "uc"), where());
    // For good.
    if (trash) {
        QVERIFY2(isThere(trash->path, "uc"), where());
        STEP(await(engine.deleteMessages({find(trash->path, u"uc"_s)->id})) && synchronize());
        QVERIFY2(isGone(trash->path, "uc"), where());
    } else {
        STEP(isGoneHere(inbox, u"uc"_s));
    }
    m_phone.append("INBOX", mail("bes"));
    QVERIFY(synchronize() && find(inbox, u"bes"_s));
    const auto all = there(inbox);
    const auto gone
        = std::ranges::find_if(all, [](const OtherClient::Message &one) { return subjectOf(one.raw) == "bes"; });
    QVERIFY(gone != all.end());
    m_phone.store("INBOX", QByteArray::number(gone->uid), "+FLAGS", "\\Deleted");
    m_phone.command("EXPUNGE"); // by another client, which may do as it likes
    STEP(synchronize() && !find(inbox, u"bes"_s) && find(inbox, u"bir"_s));
    const QString project = at(u"Proje 2026"_s);
    const QString inside = project + m_separator + u"Ekler"_s;
    STEP(await(engine.deleteFolder(folder(inside), true)) && synchronize() && !folder(inside)
        && !m_phone.command("LIST \"\" *").contains("Ekler"));
}

void BasicScenario::comeBack(const QString &password)
{
    MailEngine &engine = m_profile.engine();
    const QString project = at(u"Proje 2026"_s);
    engine.setOnline(false);
    const MessageId one = find(inbox, u"bir"_s)->id;
    m_phone.append("INBOX", mail("alti"));
    STEP(await(engine.changeFlags({one}, Flag::Flagged, {})) && await(engine.moveMessages({one}, folder(project)))
        && m_profile.pendingCount(m_account) >= 2);
    engine.setOnline(true);
    STEP(synchronize() && find(inbox, u"alti"_s) && isGone(inbox, "bir")
        && flagsThere(project, "bir").contains("\\Seen"));
    m_profile.stop();
    QVERIFY(m_profile.start());
    m_profile.setPassword(m_account, password);
    STEP(synchronize() && find(inbox, u"alti"_s));
    m_phone.command("NOOP");
    STEP(isLikeTheServer(inbox) && isLikeTheServer(project));
}

} // namespace postaci
