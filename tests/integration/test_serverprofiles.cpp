// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/basicscenario.h"
#include "tests/support/mailserver.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// C07: the same day's work on twelve kinds of server: Dovecot, with what it does not tell that it can do.
class TestServerProfiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void basicScenario_data();
    void basicScenario();
};

void TestServerProfiles::basicScenario_data()
{
    QTest::addColumn<QStringList>("without");
    QTest::newRow("all that Dovecot can") << QStringList();
    QTest::newRow("no QRESYNC") << QStringList{u"QRESYNC"_s};
    QTest::newRow("no QRESYNC, no CONDSTORE") << QStringList{u"QRESYNC"_s, u"CONDSTORE"_s};
    QTest::newRow("no MOVE") << QStringList{u"MOVE"_s};
    QTest::newRow("no UIDPLUS") << QStringList{u"UIDPLUS"_s};
    QTest::newRow("no MOVE, no UIDPLUS") << QStringList{u"MOVE"_s, u"UIDPLUS"_s};
    QTest::newRow("no SPECIAL-USE") << QStringList{u"SPECIAL-USE"_s};
    QTest::newRow("no LIST-EXTENDED, no LIST-STATUS") << QStringList{u"LIST-EXTENDED"_s, u"LIST-STATUS"_s};
    QTest::newRow("no NAMESPACE, no ID") << QStringList{u"NAMESPACE"_s, u"ID"_s};
    QTest::newRow("no IDLE, no ESEARCH") << QStringList{u"IDLE"_s, u"ESEARCH"_s};
    QTest::newRow("no LITERAL+, no SASL-IR, no ENABLE") << QStringList{u"LITERAL+"_s, u"SASL-IR"_s, u"ENABLE"_s};
    QTest::newRow("bare IMAP4rev1") << QStringList{u"QRESYNC"_s, u"CONDSTORE"_s, u"MOVE"_s, u"UIDPLUS"_s,
        u"SPECIAL-USE"_s, u"LIST-EXTENDED"_s, u"LIST-STATUS"_s, u"NAMESPACE"_s, u"ID"_s, u"IDLE"_s, u"ESEARCH"_s,
        u"LITERAL+"_s, u"SASL-IR"_s, u"ENABLE"_s, u"UNSELECT"_s, u"CHILDREN"_s, u"SORT"_s, u"WITHIN"_s, u"BINARY"_s};
}

void TestServerProfiles::basicScenario()
{
    QFETCH(const QStringList, without);
    MailServer server;
    QVERIFY2(server.startWithout(without), server.failure());
    OtherClient phone(server);
    for (const QString &name : without) {
        const QByteArray told = ' ' + phone.command("CAPABILITY").simplified() + ' ';
        QVERIFY2(!told.contains(' ' + name.toLatin1() + ' '), qPrintable(name));
    }
    EngineFixture profile(server.tlsPolicy());
    QVERIFY(profile.start());
    BasicScenario scenario(profile, phone);
    scenario.play(server.account(), server.password());
}

QTEST_GUILESS_MAIN(TestServerProfiles)
#include "test_serverprofiles.moc"
