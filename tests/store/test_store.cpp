// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/storetest.h"

#include <QSignalSpy>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accountsSurviveAReopen()
    {
        QTemporaryDir dir;
        Account account = sampleAccount(u"ayse@example.org"_s);
        {
            Store store(dir.path());
            QVERIFY(wait(store.open()));
            account.id = inStore(store, [&](Tables &tables) { return tables.accounts.insert(account); });
        }
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        const auto all = fromStore(store, [](const Tables &tables) { return tables.accounts.all(); });
        QCOMPARE(all, QList<Account>{account});
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "test_store.moc"
