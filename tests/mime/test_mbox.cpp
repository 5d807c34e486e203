// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/lineends.h"
#include "core/mime/mboxreader.h"
#include "core/mime/mboxwriter.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

const QDateTime someTime
    = QDateTime::fromMSecsSinceEpoch(1'136'214'245'000, QTimeZone::UTC); // 2 January 2006, 15:04:05

QList<MboxMessage> messagesOf(QByteArray file, qint64 limit = MboxReader::defaultLimit)
{
    QBuffer buffer(&file);
    buffer.open(QIODevice::ReadOnly);
    MboxReader reader(buffer, limit);
    QList<MboxMessage> messages;
    while (const auto message = reader.next())
        messages.append(*message);
    if (reader.failed() || (!messages.isEmpty() && reader.position() != file.size()))
        qFatal("the file was not read to its end");
    return messages;
}

QList<QByteArray> rawOf(const QByteArray &file)
{
    QList<QByteArray> raw;
    for (const MboxMessage &message : messagesOf(file))
        raw.append(message.raw);
    return raw;
}

/// A file that makes itself while it is read: as large as one likes, and nothing of it is kept.
class EndlessFile : public QIODevice {
public:
    EndlessFile(QByteArray entry, qint64 entries)
        : m_entry(std::move(entry))
        , m_size(m_entry.size() * entries)
    {
        open(ReadOnly | Unbuffered);
    }
    qint64 size() const override { return m_size; }
    qint64 largestRead = 0;

protected:
    qint64 readData(char *data, qint64 most) override
    {
        largestRead = qMax(largestRead, most);
        const qint64 at = pos();
        const qint64 size = qMin(most, m_size - at);
        for (qint64 done = 0; done < size;) {
            const qint64 from = (at + done) % m_entry.size();
            const qint64 part = qMin(size - done, m_entry.size() - from);
            memcpy(data + done, m_entry.constData() + from, size_t(part));
            done += part;
        }
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_entry;
    const qint64 m_size;
};

} // namespace

class MboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackByteForByte_data()
    {
        QTest::addColumn<QByteArray>("mail");
        QTest::newRow("ordinary") << QByteArray("Subject: a\r\n\r\ntext\r\n");
        QTest::newRow("From in the text")
            << QByteArray("S: a\r\n\r\nFrom now on\r\n>From then\r\n>>From there\r\n > From\r\nfrom\r\n");
        QTest::newRow("From at the very start") << QByteArray("From x\r\nS: a\r\n\r\nb\r\n");
        QTest::newRow("a whole mbox inside")
            << QByteArray("S: a\r\n\r\n\r\nFrom a@b Mon Jan  2 15:04:05 2006\r\nSubject: b\r\n\r\nc\r\n\r\n");
        QTest::newRow("empty lines at the end") << QByteArray("S: a\r\n\r\nb\r\n\r\n\r\n\r\n");
        QTest::newRow("header only") << QByteArray("S: a\r\n");
        QTest::newRow("header and the empty line") << QByteArray("S: a\r\n\r\n");
        QTest::newRow("no header") << QByteArray("\r\ntext\r\n");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("mixed line ends") << QByteArray("S: a\r\n\r\none\ntwo\r\nthree\r\r\nfour\r\n");
        QTest::newRow("single CR") << QByteArray("S: a\r\n\r\none\rtwo\r\n");
        QTest::newRow("two CR") << QByteArray("S: a\r\n\r\none\r\r\n");
        QTest::newRow("NUL and eight bits") << QByteArray("S: a\r\n\r\n\0\xff\x80 \xc4\xb1\r\n", 16);
        QTest::newRow("own status fields") << QByteArray("Status: RO\r\nX-Status: A\r\nS: a\r\n\r\nb\r\n");
        QTest::newRow("Content-Length that lies")
            << QByteArray("Content-Length: 7\r\nS: a\r\n\r\nmuch more than that\r\n");
        QTest::newRow("a very long line") << QByteArray("S: a\r\n\r\n" + QByteArray(700'000, 'x') + "From y\r\n");
    }
    void comesBackByteForByte()
    {
        QFETCH(const QByteArray, mail);
        const QByteArray neighbour("Subject: n\r\n\r\nn\r\n");
        const QList<QByteArray> alone = rawOf(mboxEntry(mail, {}, "a@example.org", someTime));
        QCOMPARE(alone, QList<QByteArray>{mail});
        const QByteArray file = mboxEntry(neighbour, {}, "a@example.org", someTime)
            + mboxEntry(mail, Flag::Seen, "b@example.org", someTime) + mboxEntry(neighbour, {}, {}, someTime);
        QCOMPARE(rawOf(file), (QList<QByteArray>{neighbour, mail, neighbour}));
    }

    void anythingComesBack()
    {
        const quint32 seed = qEnvironmentVariableIsSet("POSTACI_SEED") ? qEnvironmentVariableIntValue("POSTACI_SEED")
                                                                       : QRandomGenerator::global()->generate();
        qInfo() << "POSTACI_SEED" << seed;
        QRandomGenerator random(seed);
        const QList<QByteArray> bricks{"\r\n", "\r\n\r\n", "From ", ">From ", ">",
            "From a@b Mon Jan  2 15:04:05 2006\r\n", "Subject: x", "Content-Length: 12\r\n", "Status: RO\r\n",
            "X-Status: D\r\n", "\n", "\r", " ", "word"};
        QCryptographicHash before(QCryptographicHash::Sha256);
        QCryptographicHash after(QCryptographicHash::Sha256);
        QByteArray file = mboxEntry("S: first\r\n\r\n", {}, {}, someTime);
        constexpr int count = 3000;
        for (int i = 0; i < count; ++i) {
            QByteArray mail("S: a\r\n");
            const int size = random.bounded(24);
            for (int j = 0; j < size; ++j)
                mail += bricks.at(random.bounded(int(bricks.size())));
            mail += "\r\n";
            before.addData(mail);
            file += mboxEntry(mail, {}, {}, someTime);
        }
        const QList<QByteArray> read = rawOf(file);
        QCOMPARE(read.size(), count + 1);
        for (const QByteArray &mail : read.sliced(1))
            after.addData(mail);
        QCOMPARE(after.result(), before.result());
    }

    void flagsAndTimeComeBack()
    {
        const Flags flags = Flag::Seen | Flag::Answered | Flag::Flagged | Flag::Draft;
        const QByteArray entry = mboxEntry("S: a\r\n\r\nb\r\n", flags, "a@example.org", someTime);
        QVERIFY(entry.startsWith("From a@example.org Mon Jan 2 15:04:05 2006\nStatus: RO\nX-Status: ATF\nS: a\n"));
        const MboxMessage read = messagesOf(entry).constFirst();
        QCOMPARE(read.flags, flags);
        QCOMPARE(read.received, someTime);
    }

    void noSenderBreaksTheSeparator()
    {
        for (const QByteArray &sender :
            {QByteArray("a b"), QByteArray("a\nFrom b"), QByteArray("ay\xc5\x9f\x65@x"), QByteArray()})
            QVERIFY(mboxEntry("S: a\r\n", {}, sender, someTime).startsWith("From MAILER-DAEMON Mon Jan "));
    }

    void foreignFiles_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QList<QByteArray>>("mails");
        const QByteArray one("From a@b Mon Jan  2 15:04:05 2006\n");
        QTest::newRow("CR LF") << QByteArray(
            "From a@b Mon Jan  2 15:04:05 2006\r\nS: a\r\n\r\nb\r\n\r\nFrom - Tue Jan 03 01:02:03 "
            "2006\r\nS: c\r\n\r\nd\r\n\r\n")
                               << QList<QByteArray>{"S: a\r\n\r\nb\r\n", "S: c\r\n\r\nd\r\n"};
        QTest::newRow("From in the text, not quoted")
            << one + "S: a\n\nHello.\n\nFrom now on all is well.\nReally.\n\n" + one + "S: c\n\nd\n"
            << QList<QByteArray>{
                   "S: a\r\n\r\nHello.\r\n\r\nFrom now on all is well.\r\nReally.\r\n", "S: c\r\n\r\nd\r\n"};
        QTest::newRow("no empty line before the separator") << one + "S: a\n\nb\n" + one
                + "S: c\n\nd\n" << QList<QByteArray>{"S: a\r\n\r\nb\r\n", "S: c\r\n\r\nd\r\n"};
        QTest::newRow("a separator without time") << QByteArray("From nobody\nS: a\n\nb\n\nFrom nobody\nS: c\n\nd\n\n")
                                                  << QList<QByteArray>{"S: a\r\n\r\nb\r\n", "S: c\r\n\r\nd\r\n"};
        QTest::newRow("with a zone") << QByteArray(
            "From 12@xxx Mon Jan 02 15:04:05 +0000 2006\nS: a\n\nb\n\nFrom x Mon Jan 2 15:04 MET "
            "2006\nS: c\n\nd\n") << QList<QByteArray>{"S: a\r\n\r\nb\r\n", "S: c\r\n\r\nd\r\n"};
        QTest::newRow("empty lines first") << "\n\r\n" + one + "S: a\n\nb\n\n"
                                           << QList<QByteArray>{"S: a\r\n\r\nb\r\n"};
        QTest::newRow("cut off") << one + "S: a\n\nb\n\n" + one + "S: c\n\nhal"
                                 << QList<QByteArray>{"S: a\r\n\r\nb\r\n", "S: c\r\n\r\nhal"};
        QTest::newRow("mboxcl2")
            << one + "Content-Length: 41\nS: a\n\n" + "From a@b Mon Jan  2 15:04:05 2006\nS: x\n\n\n" + one
                + "Content-Length: 2\nS: c\n\nd\n\n"
            << QList<QByteArray>{
                   "Content-Length: 41\r\nS: a\r\n\r\nFrom a@b Mon Jan  2 15:04:05 2006\r\nS: x\r\n\r\n\r\n",
                   "Content-Length: 2\r\nS: c\r\n\r\nd\r\n"};
        QTest::newRow("mboxcl") << one + "Content-Length: 8\nS: a\n\n>From b\n\n" + one
                + "Content-Length: 2\nS: c\n\nd\n\n"
                                << QList<QByteArray>{"Content-Length: 8\r\nS: a\r\n\r\nFrom b\r\n",
                                       "Content-Length: 2\r\nS: c\r\n\r\nd\r\n"};
        QTest::newRow("no mbox") << QByteArray("Subject: a\n\nb\n") << QList<QByteArray>{};
        QTest::newRow("empty") << QByteArray() << QList<QByteArray>{};
    }
    void foreignFiles()
    {
        QFETCH(const QByteArray, file);
        QFETCH(const QList<QByteArray>, mails);
        QCOMPARE(rawOf(file), mails);
        QCOMPARE(MboxReader::isMbox(file), !mails.isEmpty());
    }

    /// One that claims to be as long as all that follow it must not swallow them.
    void aMailCannotSwallowItsNeighbours()
    {
        const QByteArray victim = mboxEntry("S: victim\r\n\r\nv\r\n", {}, {}, someTime);
        const QByteArray body("b\n\n");
        const QByteArray hostile = mboxEntry(
            "Content-Length: " + QByteArray::number(body.size() + victim.size()) + "\r\n\r\nb\r\n", {}, {}, someTime);
        const QList<QByteArray> read = rawOf(victim + hostile + victim + victim);
        QCOMPARE(read.size(), 4);
        QCOMPARE(read.at(2), "S: victim\r\n\r\nv\r\n");
    }

    void flagsOfOtherPrograms()
    {
        const QByteArray separator("From a@b Mon Jan  2 15:04:05 2006\n");
        const QByteArray mozilla
            = separator + "X-Mozilla-Status: 1007\nX-Mozilla-Status2: 00000000\nS: a\n\nStatus: x\n";
        QCOMPARE(messagesOf(mozilla).constFirst().flags, Flag::Seen | Flag::Answered | Flag::Flagged | Flag::Forwarded);
        QCOMPARE(messagesOf(separator + "X-Mozilla-Status: 0009\nS: a\n\nb\n").constFirst().flags,
            Flag::Seen | Flag::Deleted);
        const MboxMessage mutt = messagesOf(separator + "S: a\nStatus: RO\nX-Status: F\n\nX-Status: D\n").constFirst();
        QCOMPARE(mutt.flags, Flag::Seen | Flag::Flagged);
        QCOMPARE(mutt.raw, "S: a\r\nStatus: RO\r\nX-Status: F\r\n\r\nX-Status: D\r\n");
    }

    void aMessageOverTheLimitIsToldAndPassed()
    {
        const QByteArray file = mboxEntry("S: a\r\n\r\n" + QByteArray(5000, 'x') + "\r\n", {}, {}, someTime)
            + mboxEntry("S: b\r\n\r\nc\r\n", {}, {}, someTime);
        const QList<MboxMessage> read = messagesOf(file, 1000);
        QCOMPARE(read.size(), 2);
        QVERIFY(read.at(0).tooLarge);
        QVERIFY(read.at(0).raw.isEmpty());
        QVERIFY(!read.at(1).tooLarge);
        QCOMPARE(read.at(1).raw, "S: b\r\n\r\nc\r\n");
    }

    /// Across the place where 32 bits end, with only a piece in memory.
    void aHugeFileIsReadInPieces()
    {
        QByteArray mail("Subject: large\r\n\r\n");
        while (mail.size() < 8 * 1024 * 1024)
            mail += QByteArray(998, 'x') + "\r\n";
        mail += ">From the end\r\n";
        const QByteArray entry = mboxEntry(mail, {}, {}, someTime);
        constexpr qint64 four = qint64(4) * 1024 * 1024 * 1024;
        const qint64 before = four / entry.size() - 2;
        EndlessFile file(entry, before + 8);
        QVERIFY(file.seek(before * entry.size()));
        MboxReader reader(file);
        for (int read = 0; read < 8; ++read) {
            const auto message = reader.next();
            QVERIFY(message);
            QVERIFY(message->raw == mail);
        }
        QVERIFY(!reader.next());
        QCOMPARE(reader.position(), file.size());
        QVERIFY(reader.position() > four);
        QVERIFY(file.largestRead < 2 * 1024 * 1024);
    }

    void aFileThatFailsGivesNoHalfMessage()
    {
        class FailingFile : public QIODevice {
        public:
            FailingFile() { open(ReadOnly | Unbuffered); }
            bool isSequential() const override { return true; }

        protected:
            qint64 readData(char *data, qint64) override
            {
                static const QByteArray text("From a@b Mon Jan  2 15:04:05 2006\nS: a\n\nhalf");
                if (std::exchange(m_done, true))
                    return -1;
                memcpy(data, text.constData(), size_t(text.size()));
                return text.size();
            }
            qint64 writeData(const char *, qint64) override { return -1; }

        private:
            bool m_done = false;
        };
        FailingFile file;
        MboxReader reader(file);
        QVERIFY(!reader.next());
        QVERIFY(reader.failed());
    }

    void emlFiles()
    {
        QCOMPARE(messageFromFile("S: a\n\nb\n"), "S: a\r\n\r\nb\r\n");
        QCOMPARE(messageFromFile("S: a\r\n\r\nb\nc\r\n"), "S: a\r\n\r\nb\nc\r\n");
        QCOMPARE(messageFromFile("\xEF\xBB\xBFS: a\n"), "S: a\r\n");
        QCOMPARE(messageFromFile("From x\nS: a\n"), "S: a\r\n");
        QCOMPARE(messageFromFile("From x"), QByteArray());
    }
};

} // namespace postaci

QTEST_APPLESS_MAIN(postaci::MboxTest)
#include "test_mbox.moc"
