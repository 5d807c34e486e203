// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_open [--messages 1000000] [--rounds 5]: opens a large folder in the real window and moves about in it.
//
// "painted" is the moment after the list has painted rows whose headers are there. A heartbeat on the ui thread, each
// millisecond, finds how long the window was ever unable to answer ("blocked"), and how much processor time the ui
// thread used between two beats ("its work"): what remains of the first was another program's.

#include "core/settings/settings.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "tests/bench/accountbench.h"
#include "tests/bench/windowbench.h"
#include "ui/common/icons.h"
#include "ui/common/language.h"
#include "ui/folders/folderpane.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/messagelist/messagelistmodel.h"
#include "ui/messagelist/messagelistview.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTimeZone>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

using namespace postaci;
using namespace postaci::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr double paintGoal = 100; // ms
constexpr double blockGoal = 50; // ms

double cpuMilliseconds()
{
    return double(std::clock()) * 1e3 / CLOCKS_PER_SEC;
}

MessageHeader sampleHeader(std::mt19937 &random, quint32 uid, const QDateTime &received)
{
    static const QStringList words
        = u"fatura sipariş toplantı İstanbul ödeme rapor özet proje güncelleme duyuru "
          "haftalık bütçe teklif sözleşme kargo hesap invoice meeting report update order"_s.split(u' ');
    static const QStringList names = u"Ayşe Işıl Çağrı Gökhan Ömer Şükrü İpek Ali Mehmet Zeynep"_s.split(u' ');
    const quint32 person = random() % 3'000;
    MessageHeader header;
    header.uid = uid;
    header.flags = random() % 10 < 8 ? Flags(Flag::Seen) : Flags();
    header.received = received;
    header.size = 2'000 + random() % 100'000;
    header.envelope.date = received;
    for (int i = 3 + int(random() % 5); i > 0; --i)
        header.envelope.subject += words.at(random() % words.size()) + u' ';
    header.envelope.from = {{names.at(person % names.size()) + u" Yılmaz"_s, u"kisi%1@ornek.example"_s.arg(person)}};
    header.envelope.to = {{u"Ayşe Işık"_s, u"ayse@ornek.example"_s}};
    header.envelope.messageIdHeader = QByteArray::number(uid) + "@ornek.example";
    return header;
}

/// Filled once and kept in the user's cache; a run that was interrupted is begun anew.
void fill(Store &store, const QString &directory, quint32 messages)
{
    const AccountId account = finished(store.write([](Tables &tables) -> Result<AccountId> {
        // A port that nobody listens on: the window is measured without a network.
        const ServerSettings nowhere{.host = u"127.0.0.1"_s, .port = 1, .encryption = Encryption::None};
        return tables.accounts.insert({.name = u"bench"_s,
            .identity = {u"Ayşe Işık"_s, u"ayse@ornek.example"_s},
            .incoming = nowhere,
            .outgoing = nowhere});
    }));
    const auto add = [&](const QString &path, FolderRole role) {
        return finished(store.write([=](Tables &tables) -> Result<FolderId> {
            return tables.folders.insert({.account = account, .path = path, .role = role});
        }));
    };
    const FolderId inbox = add(u"INBOX"_s, FolderRole::Inbox);
    add(u"Archive"_s, FolderRole::Archive);

    std::mt19937 random(1);
    QDateTime time = QDateTime::fromSecsSinceEpoch(1'400'000'000, QTimeZone::UTC);
    constexpr quint32 batch = 5'000;
    for (quint32 uid = 1; uid <= messages; uid += batch) {
        QList<MessageHeader> headers;
        for (quint32 i = uid; i < qMin(uid + batch, messages + 1); ++i) {
            time = time.addSecs(random() % 600);
            headers.append(sampleHeader(random, i, time));
        }
        finished(store.write(
            [=](Tables &tables) -> Result<qsizetype> { return tables.messages.upsert(inbox, headers).size(); }));
        if (uid % 100'000 == 1)
            std::fprintf(stderr, "filling: %u of %u\n", uid - 1, messages);
    }
    // The search index follows in quiet moments; here it is not to disturb what is measured.
    while (finished(store.write([](Tables &tables) -> Result<bool> { return tables.search.indexWaiting(5'000); }))) { }
    QFile done(directory + u"/complete"_s);
    if (!done.open(QIODevice::WriteOnly))
        qFatal("cannot write to %s", qPrintable(directory));
}

struct Row {
    const char *what;
    QList<double> times;
    double block = 0;
    double work = 0;
};

double worst(const QList<double> &times)
{
    return *std::max_element(times.begin(), times.end());
}

double median(QList<double> times)
{
    std::sort(times.begin(), times.end());
    return times.at(times.size() / 2);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser arguments;
    arguments.addHelpOption();
    arguments.addOptions({{u"messages"_s, u"Messages in the folder."_s, u"n"_s, u"1000000"_s},
        {u"rounds"_s, u"How often each thing is done."_s, u"n"_s, u"5"_s}});
    arguments.process(application);
    const quint32 messages = arguments.value(u"messages"_s).toUInt();
    const int rounds = qMax(1, arguments.value(u"rounds"_s).toInt());

    const QString directory = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + u"/postaci/bench/open-1-%1"_s.arg(messages);
    const bool filled = QFile::exists(directory + u"/complete"_s);
    if (!filled)
        QDir(directory).removeRecursively();
    QDir().mkpath(directory);
    Store store(directory);
    finished(store.open());
    if (!filled)
        fill(store, directory, messages);

    MailEngine engine(
        store, {.profile = directory, .secrets = SecretStore::Backing::MemoryOnly, .keepConnected = false});
    Settings settings(directory);
    const Language language(settings);
    setUpIcons();
    const double memoryBefore = megabytes("VmRSS");
    MainWindow window(store, engine, settings);
    window.resize(1400, 900);
    window.show();
    auto *pane = window.findChild<FolderPane *>();
    auto *view = window.findChild<MessageListView *>();
    auto *folders = window.findChild<FolderModel *>();
    if (!folders)
        folders = static_cast<FolderModel *>(pane->model());
    auto *model = static_cast<MessageListModel *>(view->model());
    until([&] { return !folders->accounts().isEmpty() && model->isComplete(); });

    const AccountId account = folders->accounts().first().id;
    const Folder inbox = folders->folderByRole(account, FolderRole::Inbox).value();
    const Folder archive = folders->folderByRole(account, FolderRole::Archive).value();
    const Place large{.kind = Place::Kind::Folder, .account = account, .folder = inbox.id};
    const Place empty{.kind = Place::Kind::Folder, .account = account, .folder = archive.id};
    Probe probe(*view, *model);
    const auto always = [] { return true; };
    QList<Row> rows;
    const auto record = [&](const char *what, const std::function<double(int)> &once) {
        Row row{what, {}, 0, 0};
        probe.startBeat();
        for (int round = 0; round < rounds; ++round)
            row.times.append(once(round));
        row.block = probe.longestBlock;
        row.work = probe.longestWork;
        rows.append(row);
        std::printf("%-44s %9.1f %9.1f %12.1f %9.1f\n", what, median(row.times), worst(row.times), row.block, row.work);
        std::fflush(stdout);
    };
    std::printf("%u messages; milliseconds           %15s %9s %12s %9s\n", messages, "median", "worst", "ui blocked",
        "its work");

    record("folder chosen, first rows painted", [&](int) {
        pane->setCurrentPlace(empty);
        until([&] { return model->isComplete() && model->rowCount() == 0; });
        return probe.measure([&] { pane->setCurrentPlace(large); }, always);
    });
    const double firstPaint = worst(rows.first().times);
    record("folder chosen, all keys here", [&](int) {
        pane->setCurrentPlace(empty);
        until([&] { return model->isComplete() && model->rowCount() == 0; });
        QElapsedTimer timer;
        timer.start();
        pane->setCurrentPlace(large);
        until([&] { return model->isComplete() && model->rowCount() >= int(messages); });
        return double(timer.nsecsElapsed()) / 1e6;
    });
    QScrollBar *bar = view->verticalScrollBar();
    record("End", [&](int) { return probe.measure([&] { bar->setValue(bar->maximum()); }, always); });
    record("Home", [&](int) { return probe.measure([&] { bar->setValue(0); }, always); });
    record("jump to the middle",
        [&](int round) { return probe.measure([&] { bar->setValue(bar->maximum() / 2 + round * 50'000); }, always); });
    record("a page down",
        [&](int) { return probe.measure([&] { bar->triggerAction(QAbstractSlider::SliderPageStepAdd); }, always); });
    record("select all", [&](int) {
        view->clearSelection();
        return probe.measure([&] { view->selectAll(); }, always);
    });
    view->clearSelection();
    bar->setValue(0);

    quint32 uid = finished(store.read([=](const Tables &tables) -> Result<quint32> {
        return tables.messages.headers({MessageId{tables.messages.keys(inbox.id, 1).first().id}}).first().uid;
    }));
    QDateTime time = model->headerAt(0)->received;
    QList<MessageId> added;
    int writes = 0;
    // The store makes and writes them on its own thread, as it does during a sync; nothing here waits for it.
    const auto arrive = [&](quint32 count) {
        ++writes;
        store
            .write([=, folder = inbox.id](Tables &tables) -> Result<QList<MessageId>> {
                std::mt19937 random(uid);
                QList<MessageHeader> headers;
                for (quint32 i = 1; i <= count; ++i)
                    headers.append(sampleHeader(random, uid + i, time.addSecs(i)));
                return tables.messages.upsert(folder, headers);
            })
            .then(&application, [&](const Result<QList<MessageId>> &ids) {
                added += ids.value();
                --writes;
            });
        uid += count;
        time = time.addSecs(count);
    };
    const auto arrived = [&] { return writes == 0 && model->idAt(0) == added.last(); };
    record("one message arrives, painted", [&](int) { return probe.measure([&] { arrive(1); }, arrived); });
    record("500 messages arrive, painted", [&](int) { return probe.measure([&] { arrive(500); }, arrived); });
    record("20 times 500 arrive, as in a sync", [&](int) {
        return probe.measure(
            [&] {
                for (int i = 0; i < 20; ++i)
                    arrive(500);
            },
            arrived);
    });
    record("whole pass after it has become quiet", [&](int) {
        bool passed = false;
        const auto connection
            = QObject::connect(model, &MessageListModel::completed, &application, [&] { passed = true; });
        QElapsedTimer timer;
        timer.start();
        arrive(1);
        until([&] { return passed; });
        QObject::disconnect(connection);
        return double(timer.nsecsElapsed()) / 1e6;
    });
    const double memory = megabytes("VmRSS");

    // As it was, for the next run.
    finished(store.write([=](Tables &tables) -> Result<void> {
        tables.messages.remove(added);
        return {};
    }));
    double block = 0;
    double work = 0;
    for (const Row &row : std::as_const(rows)) {
        block = qMax(block, row.block);
        work = qMax(work, row.work);
    }
    const bool met = firstPaint < paintGoal && block < blockGoal;
    std::printf("memory: %.0f MB, of which %.0f MB for window and list; processor time in all %.1f s\n", memory,
        memory - memoryBefore, cpuMilliseconds() / 1e3);
    const QJsonObject result{{u"bench"_s, u"open"_s}, {u"messages"_s, qint64(messages)},
        {u"firstPaintWorstMs"_s, firstPaint}, {u"firstPaintGoalMs"_s, paintGoal}, {u"longestUiBlockMs"_s, block},
        {u"longestUiWorkMs"_s, work}, {u"longestUiBlockGoalMs"_s, blockGoal}, {u"memoryMB"_s, memory}, {u"met"_s, met}};
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    engine.stop().waitForFinished();
    return met ? 0 : 1;
}
