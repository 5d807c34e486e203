// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/addresscolumn.h"
#include "core/store/errorcolumn.h"
#include "core/store/storechange.h"

#include <QMetaEnum>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestColumns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void errorsComeBackAsTheyWent()
    {
        const MailError full{.kind = ErrorKind::CertificateName,
            .step = Step::Tls,
            .endpoint = u"örnek.example:993"_s,
            .serverText = u"\"Böyle\" \\ olmaz"_s,
            .replyCode = 554,
            .enhancedCode = "5.7.1",
            .subject = u"başka.example"_s,
            .certificate = QByteArray("\x30\x00\xff\x80", 4)};
        QCOMPARE(errorFromColumn(toColumn(full)), full);
        QCOMPARE(toColumn(MailError()), QString());
        QCOMPARE(errorFromColumn(QString()), MailError());
    }

    /// Their numbers may change, so nothing may depend on them.
    void everyKindAndStepIsStoredByName()
    {
        const QMetaEnum kinds = QMetaEnum::fromType<ErrorKind>();
        const QMetaEnum steps = QMetaEnum::fromType<Step>();
        for (int kind = 0; kind < kinds.keyCount(); ++kind) {
            for (int step = 0; step < steps.keyCount(); ++step) {
                const MailError error{.kind = ErrorKind(kinds.value(kind)), .step = Step(steps.value(step))};
                QCOMPARE(errorFromColumn(toColumn(error)), error);
                if (error != MailError())
                    QVERIFY(toColumn(error).contains(QLatin1String(kinds.key(kind))));
            }
        }
    }

    void anUnknownErrorIsStillAnError_data()
    {
        QTest::addColumn<QString>("column");
        QTest::newRow("later name") << uR"({"kind":"SomethingNew","step":"SomewhereNew"})"_s;
        QTest::newRow("not JSON") << u"kırık {"_s;
        QTest::newRow("other types") << uR"({"kind":7,"step":[],"replyCode":"x"})"_s;
    }
    void anUnknownErrorIsStillAnError()
    {
        QFETCH(QString, column);
        QCOMPARE(errorFromColumn(column), (MailError{.kind = ErrorKind::Protocol, .step = Step::None}));
    }

    void addressListsComeBackAsTheyWent()
    {
        for (const AddressList &list : {AddressList{}, AddressList{{u"Ad"_s, u"a@example.org"_s}},
                 AddressList{{QString(), u"a@example.org"_s}, {u"Yalnız ad"_s, QString()},
                     {u"\"Tırnak\", virgül"_s, u"b@örnek.example"_s}}})
            QCOMPARE(addressesFromColumn(toColumn(list)), list);
    }

    void messageIdsComeBackAsTheyWent()
    {
        const QList<QByteArray> ids{"a@example.org", "b c@example.org", "\xff\xfe"};
        QCOMPARE(messageIdsFromColumn(toColumn(ids)), ids);
        QCOMPARE(messageIdsFromColumn(toColumn(QList<QByteArray>())), QList<QByteArray>());
        QCOMPARE(messageIdsFromColumn(toColumn(QList<QByteArray>{"", "a\nb", ""})), QList<QByteArray>{"a b"});
    }

    void manyChangedMessagesAreNotNamed()
    {
        StoreChange change;
        QVERIFY(change.isEmpty());
        for (qint64 id = 1; id <= 1000; ++id)
            change.addMessage(MessageId{id});
        QCOMPARE(change.messages.size(), 1000);
        QVERIFY(!change.messagesMany);

        StoreChange other;
        other.addMessage(MessageId{1001});
        other.drafts = true;
        change.merge(other);
        QVERIFY(change.messagesMany && change.messages.isEmpty() && change.drafts);
        other.merge(change);
        QVERIFY(other.messagesMany && other.messages.isEmpty());
        other.addMessage(MessageId{5});
        QVERIFY(other.messages.isEmpty() && !other.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestColumns)
#include "test_columns.moc"
