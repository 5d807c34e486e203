// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/mailboxname.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace postaci {

class TestMailboxName : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void convertsModifiedUtf7_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("path");
        QTest::newRow("ASCII") << "Sent Items"_ba << u"Sent Items"_s;
        QTest::newRow("ampersand") << "R&-D"_ba << u"R&D"_s;
        QTest::newRow("Turkish") << "G&APY-nderilmi&AV8- &ANYAxw-"_ba << u"Gönderilmiş ÖÇ"_s;
        QTest::newRow("RFC 3501") << "~peter/mail/&U,BTFw-/&ZeVnLIqe-"_ba << u"~peter/mail/台北/日本語"_s;
        QTest::newRow("emoji") << "&2D3cjA-"_ba << u"💌"_s;
        QTest::newRow("line break") << "a&AA0ACg-b"_ba << u"a\r\nb"_s;
        QTest::newRow("backslashes") << "a\\\\b\\c"_ba << u"a\\\\b\\c"_s;
        QTest::newRow("brackets") << "[Gmail]/a]b["_ba << u"[Gmail]/a]b["_s;
        QTest::newRow("quotes and wildcards") << "\"%*"_ba << u"\"%*"_s;
        QTest::newRow("dots") << "../.."_ba << u"../.."_s;
    }
    void convertsModifiedUtf7()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QString, path);
        QCOMPARE(decodeMailboxName(name), path);
        QCOMPARE(encodeMailboxName(path), name);
    }

    void spellsInboxInOneWay()
    {
        for (const char *name : {"INBOX", "inbox", "InBox"})
            QCOMPARE(decodeMailboxName(name), u"INBOX"_s);
        QCOMPARE(decodeMailboxName("Inbox/x"), u"Inbox/x"_s);
    }

    // M17
    void keepsNamesApartThatAreNoModifiedUtf7()
    {
        const QList<QByteArray> names{"&", "&&", "&-", "&-&-", "&AA", "&AA-", "&AAA-", "&A*-", "&AOQ", "&AOQ-",
            "&AOQA-", "&AOR-", "&AOQ-&AOQ-", "&AOQA5A-", "&AGE-", "a", "&2D0-", "&3Iw2D0-", "\xc3\xa4", "\xe4",
            "&AOQ-\xc3\xa4", "a\r\nb", "&/-", "&,-", "&94A-", "\x80", "&9wA-", QByteArray("a\0b", 3), "a\tb", "&AAk-",
            "ä", "a\xcc\x88", "&AGEDCA-", "a&Awg-"};
        QSet<QString> paths;
        for (const QByteArray &name : names) {
            const QString path = decodeMailboxName(name);
            QVERIFY(path.isValidUtf16());
            QVERIFY(!path.contains(QChar::Null));
            QVERIFY2(encodeMailboxName(path) == name, name);
            paths.insert(path);
        }
        QCOMPARE(paths.size(), QSet<QByteArray>(names.begin(), names.end()).size());
    }

    // M17
    void bringsAnyBytesBackAsTheyWere()
    {
        QRandomGenerator random(20241123);
        static constexpr char alphabet[] = "&-,/+AOQ9w= \\\"[]\x80\xff\xc3\xa4";
        for (int round = 0; round < 20'000; ++round) {
            QByteArray name;
            for (int i = random.bounded(12); i >= 0; --i)
                name += alphabet[random.bounded(int(sizeof(alphabet) - 1))];
            QVERIFY2(encodeMailboxName(decodeMailboxName(name)) == name, name.toHex());
        }
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestMailboxName)
#include "test_mailboxname.moc"
