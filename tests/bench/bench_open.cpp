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
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTimer>
#include <QTimeZone>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

constexpr double paintGoal = 100; // ms
constexpr double blockGoal = 50; // ms

template <class T> T wait(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const Result<T> result = future.result();
    if (!result)
        qFatal("%s", qPrintable(result.error().summary()));
    if constexpr (!std::is_void_v<T>)
        return *result;
}

double cpuMilliseconds()
{
    return double(std::clock()) * 1e3 / CLOCKS_PER_SEC;
}

/// Of this thread; 0 where the system does not say.
double threadMilliseconds()
{
#ifdef CLOCK_THREAD_CPUTIME_ID
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
#else
    return 0;
#endif
}

/// In MB; 0 where the system does not say.
double residentMemory()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').first().toDouble() / 1e3;
    }
    return 0;
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
    const AccountId account = wait(store.write([](Tables &tables) -> Result<AccountId> {
        // A port that nobody listens on: the window is measured without a network.
        const ServerSettings nowhere{.host = u"127.0.0.1"_s, .port = 1, .encryption = Encryption::None};
        return tables.accounts.insert({.name = u"bench"_s,
            .identity = {u"Ayşe Işık"_s, u"ayse@ornek.example"_s},
            .incoming = nowhere,
            .outgoing = nowhere});
    }));
    const auto add = [&](const QString &path, FolderRole role) {
        return wait(store.write([=](Tables &tables) -> Result<FolderId> {
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
        wait(store.write(
            [=](Tables &tables) -> Result<qsizetype> { return tables.messages.upsert(inbox, headers).size(); }));
        if (uid % 100'000 == 1)
            std::fprintf(stderr, "filling: %u of %u\n", uid - 1, messages);
    }
    // The search index follows in quiet moments; here it is not to disturb what is measured.
    while (wait(store.write([](Tables &tables) -> Result<bool> { return tables.search.indexWaiting(5'000); }))) { }
    QFile done(directory + u"/complete"_s);
    if (!done.open(QIODevice::WriteOnly))
        qFatal("cannot write to %s", qPrintable(directory));
}

/// Sees when the list has painted what is asked for, and how long the ui thread was ever busy.
class Probe : public QObject {
public:
    Probe(MessageListView &view, MessageListModel &model)
        : m_view(view)
        , m_model(model)
    {
        view.viewport()->installEventFilter(this);
        m_beat.setTimerType(Qt::PreciseTimer);
        m_beat.setInterval(1);
        connect(&m_beat, &QTimer::timeout, this, [this] {
            longestBlock = qMax(longestBlock, double(m_sinceBeat.nsecsElapsed()) / 1e6);
            m_sinceBeat.restart();
            const double work = threadMilliseconds();
            longestWork = qMax(longestWork, work - std::exchange(m_workAtBeat, work));
        });
    }

    void startBeat()
    {
        longestBlock = 0;
        longestWork = 0;
        m_workAtBeat = threadMilliseconds();
        m_sinceBeat.start();
        m_beat.start();
    }

    /// Does something and waits until `painted` rows show it. Milliseconds; fails the program after a minute.
    double measure(const std::function<void()> &act, const std::function<bool()> &there)
    {
        m_there = there;
        m_waiting = true;
        m_since.start();
        act();
        m_view.viewport()->update();
        QTimer limit;
        limit.setSingleShot(true);
        connect(&limit, &QTimer::timeout, this, [] { qFatal("not painted within a minute"); });
        limit.start(60'000);
        m_loop.exec();
        return m_milliseconds;
    }

    bool rowsAreHere() const
    {
        const int first = m_view.rowAt(0);
        const int last = m_view.rowAt(m_view.viewport()->height() - 1);
        for (int row = qMax(0, first); row <= (last < 0 ? m_model.rowCount() - 1 : last); ++row) {
            if (!m_model.headerAt(row))
                return false;
        }
        return m_model.rowCount() > 0;
    }

    double longestBlock = 0;
    double longestWork = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_waiting && rowsAreHere() && m_there()) {
            m_waiting = false;
            // Queued, so that it runs once this paint is done.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_milliseconds = double(m_since.nsecsElapsed()) / 1e6;
                    m_loop.quit();
                },
                Qt::QueuedConnection);
        }
        return false;
    }

private:
    MessageListView &m_view;
    MessageListModel &m_model;
    QTimer m_beat;
    QElapsedTimer m_sinceBeat;
    double m_workAtBeat = 0;
    QElapsedTimer m_since;
    QEventLoop m_loop;
    std::function<bool()> m_there;
    bool m_waiting = false;
    double m_milliseconds = 0;
};

/// Runs the event loop until something is true.
void until(const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.quit();
    });
    poll.start(1);
    loop.exec();
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
    wait(store.open());
    if (!filled)
        fill(store, directory, messages);

    MailEngine engine(
        store, {.profile = directory, .secrets = SecretStore::Backing::MemoryOnly, .keepConnected = false});
    Settings settings(directory);
    const Language language(settings);
    setUpIcons();
    const double memoryBefore = residentMemory();
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

    quint32 uid = wait(store.read([=](const Tables &tables) -> Result<quint32> {
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
    const double memory = residentMemory();

    // As it was, for the next run.
    wait(store.write([=](Tables &tables) -> Result<void> {
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
