// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settings.h"
#include "tests/integration/pop3scripts.h"
#include "ui/reader/reader.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// What the reader shows of a message of which only the header is here.
class TestRestInReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void restIsFetchedByAButton();
    void cancelledAndAskedForAgain();
    void goneFromTheServerIsSaid();
};

namespace {

const QByteArrayList sizes{"1 9000000"};
const QByteArrayList ids{"1 a"};

/// After the look that brought the header: the reader shows it.
struct Shown {
    explicit Shown(const ScriptedServer &server)
    {
        Account account = pop3AccountAt(server);
        account.wholeUpTo = 1'000'000;
        const AccountId id = *profile.add(account, u"secret"_s);
        if (!await(profile.engine().synchronize(id)))
            qFatal("no look");
        const auto header = profile.find(profile.folderId(id, FolderRole::Inbox), u"buyuk"_s);
        reader.resize(600, 400);
        reader.show();
        reader.showMessage(*header);
    }
    ~Shown() { profile.stop(); }

    bool says(const QString &sentence) const
    {
        const QList<QLabel *> labels = reader.findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
            [&](const QLabel *label) { return label->isVisible() && label->text().contains(sentence); });
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *button : reader.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text().remove(u'&') == text)
                return button;
        }
        return nullptr;
    }

    EngineFixture profile{testTlsPolicy(), false};
    Settings settings{profile.directory()};
    Reader reader{engineOf(profile), settings};

private:
    static MailEngine &engineOf(EngineFixture &profile)
    {
        if (!profile.start())
            qFatal("no engine");
        return profile.engine();
    }
};

Script firstLook()
{
    return maildrop(sizes, ids).then(topped(1, "buyuk")).then(quits());
}

} // namespace

void TestRestInReader::restIsFetchedByAButton()
{
    ScriptedServer server({firstLook(), maildrop(sizes, ids).then(retrieved(1, "buyuk")).then(quits())});
    Shown shown(server);
    QVERIFY(waitUntil([&] { return shown.button(u"Get the rest"_s) != nullptr; }));
    QVERIFY(shown.says(u"Only the header of this message is here."_s));
    QVERIFY(shown.says(QLocale().formattedDataSize(9'000'000, 1, QLocale::DataSizeSIFormat)));
    QVERIFY(!shown.reader.loaded());
    shown.button(u"Get the rest"_s)->click();
    QVERIFY(waitUntil([&] { return shown.reader.loaded() != nullptr; }));
    QCOMPARE(shown.reader.loaded()->raw, mail("buyuk"));
    QVERIFY(!shown.button(u"Get the rest"_s));
    QVERIFY2(server.finished(), server.failure());
}

void TestRestInReader::cancelledAndAskedForAgain()
{
    ScriptedServer server(
        {firstLook(), maildrop(sizes, ids).expect("RETR 1").sendRaw("+OK\r\n" + QByteArray(5000, 'x')).stall(),
            maildrop(sizes, ids).then(retrieved(1, "buyuk")).then(quits())});
    Shown shown(server);
    QVERIFY(waitUntil([&] { return shown.button(u"Get the rest"_s) != nullptr; }));
    shown.button(u"Get the rest"_s)->click();
    QVERIFY(shown.says(u"Fetching the rest of the message…"_s));
    QVERIFY(waitUntil([&] { return shown.says(QLocale().formattedDataSize(5000, 0, QLocale::DataSizeSIFormat)); }));
    QVERIFY(shown.button(u"Cancel"_s));
    shown.button(u"Cancel"_s)->click();
    QVERIFY(waitUntil([&] { return shown.button(u"Get the rest"_s) != nullptr; }));
    shown.button(u"Get the rest"_s)->click();
    QVERIFY(waitUntil([&] { return shown.reader.loaded() != nullptr; }));
    QVERIFY2(server.finished(), server.failure());
}

void TestRestInReader::goneFromTheServerIsSaid()
{
    ScriptedServer server({firstLook(), maildrop({}, {}).then(quits())});
    Shown shown(server);
    QVERIFY(waitUntil([&] { return shown.button(u"Get the rest"_s) != nullptr; }));
    shown.button(u"Get the rest"_s)->click();
    QVERIFY(waitUntil([&] { return shown.says(u"The server does not have this message any more."_s); }));
    QVERIFY(shown.button(u"Try again"_s));
    shown.button(u"Try again"_s)->click();
    QVERIFY(waitUntil([&] { return shown.button(u"Get the rest"_s) != nullptr; }));
    QVERIFY2(server.finished(), server.failure());
}

QTEST_MAIN(TestRestInReader)
#include "test_restinreader.moc"
