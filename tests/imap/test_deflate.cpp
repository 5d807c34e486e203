// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/deflate.h"

#include <QTest>

namespace postaci {

class TestDeflate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bringsBackWhatWasCompressedHoweverItArrives()
    {
        QByteArray plain;
        for (int i = 0; i < 20'000; ++i)
            plain += "* " + QByteArray::number(i * 7919) + " EXISTS\r\n";
        Deflate sender;
        QByteArray compressed = sender.compress(plain.first(1000));
        compressed += sender.compress(plain.sliced(1000));
        QVERIFY(compressed.size() < plain.size() / 3);
        for (const qsizetype step : {qsizetype(1), qsizetype(1000), compressed.size()}) {
            Deflate receiver;
            QByteArray result;
            for (qsizetype i = 0; i < compressed.size(); i += step) {
                receiver.feed(compressed.sliced(i, qMin(step, compressed.size() - i)));
                for (auto block = receiver.takeBlock(); block && !block->isEmpty(); block = receiver.takeBlock())
                    result += *block;
            }
            QVERIFY(result == plain);
        }
    }

    void canBeReadAtOnceAfterEachWrite()
    {
        Deflate sender;
        Deflate receiver;
        for (const char *line : {"A1 NOOP\r\n", "A2 IDLE\r\n", "DONE\r\n"}) {
            receiver.feed(sender.compress(line));
            QCOMPARE(receiver.takeBlock(), QByteArray(line));
        }
    }

    void handsOutABombInSmallBlocks()
    {
        Deflate sender;
        Deflate receiver;
        receiver.feed(sender.compress(QByteArray(100'000'000, 'x')));
        qint64 total = 0;
        while (true) {
            const auto block = receiver.takeBlock();
            QVERIFY(block);
            if (block->isEmpty())
                break;
            QVERIFY(block->size() <= Deflate::blockSize);
            total += block->size();
        }
        QCOMPARE(total, 100'000'000);
    }

    void refusesWhatIsNotCompressed()
    {
        Deflate receiver;
        receiver.feed("\xff\xff* OK still plain\r\n");
        const auto block = receiver.takeBlock();
        QVERIFY(!block);
        QCOMPARE(block.error().kind, ErrorKind::Protocol);
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestDeflate)
#include "test_deflate.moc"
