// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_store [MESSAGES [DIRECTORY]]: what the store's own work costs, without network and window.

#include "core/store/store.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimeZone>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

template <class T> T wait(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const Result<T> result = future.result();
    if (!result)
        qFatal("%s", qPrintable(result.error().summary()));
    if constexpr (!std::is_void_v<T>)
        return *result;
}

/// Headers with the lengths of real ones: Turkish and English words, 45 % replies with references.
class Mailbox {
public:
    QList<MessageHeader> next(qsizetype count)
    {
        QList<MessageHeader> headers;
        for (qsizetype i = 0; i < count; ++i)
            headers.append(header());
        return headers;
    }

private:
    QString word()
    {
        static const QStringList words
            = u"fatura sipariş toplantı İstanbul ödeme rapor özet proje güncelleme duyuru haftalık "
              u"bütçe teklif sözleşme kargo hesap bildirim invoice meeting report update weekly order "
              u"newsletter account reminder project release security offer"_s.split(u' ');
        return words.at(qsizetype(m_random() % quint32(words.size())))
            + (m_random() % 4 == 0 ? QString::number(m_random() % 100000) : QString());
    }

    Address person()
    {
        const quint32 number = quint32(std::min(m_random() % 3000, m_random() % 3000));
        return {u"%1 %2 Yılmaz"_s.arg(m_firstNames.at(number % m_firstNames.size())).arg(number),
            u"kisi%1@ornek%2.example"_s.arg(number).arg(number % 40)};
    }

    QByteArray messageId()
    {
        return QByteArray::number(quint64(m_random()) << 32 | m_random(), 36) + "." + QByteArray::number(m_uid)
            + "@mail.ornek.example";
    }

    MessageHeader header()
    {
        MessageHeader header;
        header.uid = --m_uid; // Newest first, as a first synchronisation goes.
        header.flags = m_random() % 10 < 6 ? Flag::Seen : Flags();
        m_time = m_time.addSecs(-qint64(m_random() % 600));
        header.received = m_time;
        header.size = 2000 + m_random() % 100000;
        Envelope &envelope = header.envelope;
        envelope.date = m_time.addSecs(-3);
        for (int words = 3 + int(m_random() % 6); words > 0; --words)
            envelope.subject += word() + u' ';
        envelope.from = {person()};
        envelope.to = {person()};
        if (m_random() % 5 == 0)
            envelope.cc = {person(), person()};
        envelope.messageIdHeader = messageId();
        if (m_random() % 100 < 45) {
            envelope.inReplyTo = messageId();
            envelope.references = {messageId(), messageId(), envelope.inReplyTo};
        }
        return header;
    }

    std::mt19937 m_random{1};
    quint32 m_uid = 10'000'000;
    QDateTime m_time = QDateTime::fromSecsSinceEpoch(1'700'000'000, QTimeZone::UTC);
    const QStringList m_firstNames = u"Ayşe Işıl Çağrı Gökhan Ömer Şükrü İpek Ali Mehmet Zeynep"_s.split(u' ');
};

template <class F> void measure(const char *what, int runs, F function)
{
    QList<double> times;
    const double cpu = cpuSeconds();
    for (int run = 0; run < runs; ++run) {
        QElapsedTimer timer;
        timer.start();
        function(run);
        times.append(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    std::printf("%-48s median %9.2f ms   worst %9.2f ms   cpu %9.2f ms\n", what, times.at(times.size() / 2),
        times.last(), (cpuSeconds() - cpu) * 1e3 / runs);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const qsizetype total = argc > 1 ? QByteArray(argv[1]).toLongLong() : 100'000;
    QTemporaryDir temporary;
    Store store(argc > 2 ? QString::fromLocal8Bit(argv[2]) : temporary.path());
    wait(store.open());
    const auto account
        = wait(store.write([](Tables &tables) -> Result<AccountId> { return tables.accounts.insert({}); }));
    const auto folder = wait(store.write([=](Tables &tables) -> Result<FolderId> {
        return tables.folders.insert({.account = account, .path = u"INBOX"_s});
    }));

    Mailbox mailbox;
    for (const qsizetype batch : {200, 1000}) {
        QList<QList<MessageHeader>> batches;
        for (qsizetype made = 0; made < total / 2; made += batch)
            batches.append(mailbox.next(batch));
        const double cpu = cpuSeconds();
        QElapsedTimer timer;
        timer.start();
        for (const auto &headers : batches)
            wait(store.write(
                [&](Tables &tables) -> Result<qsizetype> { return tables.messages.upsert(folder, headers).size(); }));
        std::printf("%lld headers in batches of %4lld:  %.3f s   cpu %.3f s  (%.1f us each)\n",
            (long long)batches.size() * batch, (long long)batch, double(timer.elapsed()) / 1e3, cpuSeconds() - cpu,
            (cpuSeconds() - cpu) * 1e6 / double(batches.size() * batch));
        std::fflush(stdout);
    }

    measure("search before they are indexed", 1, [&](int) {
        wait(store.read([&](const Tables &tables) -> Result<qsizetype> {
            return tables.search.find(u"fatura"_s, {}, {}, 200).size();
        }));
    });
    measure("index the headers", 1, [&](int) {
        wait(store.write([](Tables &tables) -> Result<void> {
            while (tables.search.indexWaiting(2000)) { }
            return {};
        }));
    });
    measure("newest 200 keys", 50, [&](int) {
        wait(store.read(
            [&](const Tables &tables) -> Result<QList<MessageKey>> { return tables.messages.keys(folder, 200); }));
    });
    QList<MessageKey> all;
    measure("all keys, in slices of 20,000", 1, [&](int) {
        std::optional<MessageKey> before;
        while (true) {
            const auto slice = wait(store.read([&](const Tables &tables) -> Result<QList<MessageKey>> {
                return tables.messages.keys(folder, 20'000, before);
            }));
            if (slice.isEmpty())
                break;
            all += slice;
            before = slice.last();
        }
    });
    std::printf("%lld keys\n", (long long)all.size());
    std::mt19937 random(2);
    measure("200 keys anywhere", 50, [&](int) {
        const MessageKey before = all.at(qsizetype(random() % quint32(all.size())));
        wait(store.read([&](const Tables &tables) -> Result<QList<MessageKey>> {
            return tables.messages.keys(folder, 200, before);
        }));
    });
    measure("headers of 200 neighbours", 50, [&](int) {
        const qsizetype first = qsizetype(random() % quint32(all.size() - 200));
        QList<MessageId> ids;
        for (qsizetype i = 0; i < 200; ++i)
            ids.append(MessageId{all.at(first + i).id});
        wait(store.read(
            [&](const Tables &tables) -> Result<QList<MessageHeader>> { return tables.messages.headers(ids); }));
    });
    measure("headers of 200 anywhere", 50, [&](int) {
        QList<MessageId> ids;
        for (qsizetype i = 0; i < 200; ++i)
            ids.append(MessageId{all.at(qsizetype(random() % quint32(all.size()))).id});
        wait(store.read(
            [&](const Tables &tables) -> Result<QList<MessageHeader>> { return tables.messages.headers(ids); }));
    });
    measure("all uids", 1, [&](int) {
        wait(
            store.read([&](const Tables &tables) -> Result<qsizetype> { return tables.messages.uids(folder).size(); }));
    });
    measure("flags by uid", 1, [&](int) {
        wait(store.read(
            [&](const Tables &tables) -> Result<qsizetype> { return tables.messages.flagsByUid(folder).size(); }));
    });
    for (const QString &words : {u"fatura"_s, u"fat"_s, u"a"_s, u"kisi2999"_s, u"istanbul ödeme"_s, u"bulunmaz"_s}) {
        measure(qPrintable(u"search %1"_s.arg(words)), 10, [&](int) {
            wait(store.read([&](const Tables &tables) -> Result<qsizetype> {
                return tables.search.find(words, {}, {}, 200).size();
            }));
        });
        measure(qPrintable(u"search %1 in the folder"_s.arg(words)), 10, [&](int) {
            wait(store.read([&](const Tables &tables) -> Result<qsizetype> {
                return tables.search.find(words, account, folder, 200).size();
            }));
        });
    }
    measure("flag 200 messages", 20, [&](int run) {
        QList<MessageId> ids;
        for (qsizetype i = 0; i < 200; ++i)
            ids.append(MessageId{all.at(qsizetype(random() % quint32(all.size()))).id});
        wait(store.write([&](Tables &tables) -> Result<void> {
            tables.messages.setFlags(ids, run % 2 ? Flag::Flagged : Flags(), run % 2 ? Flags() : Flag::Flagged);
            return {};
        }));
    });
    measure("durable write", 20, [&](int) {
        wait(store.write(
            [&](Tables &tables) -> Result<DraftId> {
                return tables.drafts.save({.account = account, .subject = u"Konu"_s}, QDateTime::currentDateTimeUtc());
            },
            Store::Durability::Durable));
    });
    measure("delete 2,000 messages", 1, [&](int) {
        wait(store.write([&](Tables &tables) -> Result<bool> { return tables.messages.removeSome(folder, 2000); }));
    });
    measure("remove the account", 1, [&](int) {
        wait(store.write([&](Tables &tables) -> Result<void> {
            tables.accounts.remove(account);
            return {};
        }));
    });
}
