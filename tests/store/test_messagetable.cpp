// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/storetest.h"

using namespace postaci;
using namespace Qt::StringLiterals;

class TestMessageTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headersComeBackAsTheyWent()
    {
        StoreFixture f;
        MessageHeader header = sampleHeader(7, Flag::Seen | Flag::Flagged);
        header.id = f.add(f.inbox, {header}).first();
        header.folder = f.inbox;
        const auto read
            = fromStore(f.store, [&](const Tables &tables) { return tables.messages.headers({header.id}); });
        QCOMPARE(read, QList<MessageHeader>{header});
    }
};

QTEST_GUILESS_MAIN(TestMessageTable)
#include "test_messagetable.moc"
