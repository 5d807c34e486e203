// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_window SERVER.JSON PROFILE: the first synchronisation of an account of scripts/mailserver into a new profile,
// as a user sees it: with the real window open.
//
// Prints one JSON object: seconds from the saved account to the first painted rows and to the last header in the store,
// how long the window was ever unable to answer, how much of that was its own work, and the most memory there ever was.

#include "core/settings/settings.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "tests/bench/accountbench.h"
#include "tests/bench/windowbench.h"
#include "ui/common/icons.h"
#include "ui/common/language.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/messagelist/messagelistmodel.h"
#include "ui/messagelist/messagelistview.h"

#include <QApplication>

#include <cstdio>

using namespace postaci;
using namespace postaci::bench;

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    if (argc != 3)
        qFatal("usage: bench_window SERVER.JSON PROFILE");
    const QJsonObject server = readServer(argv[1]);
    const QString profile = QString::fromLocal8Bit(argv[2]);
    Store store(profile);
    finished(store.open());
    MailEngine::Options options = optionsFor(server);
    options.keepConnected = true;
    MailEngine engine(store, options);
    finished(engine.start());
    Settings settings(profile);
    const Language language(settings);
    setUpIcons();

    const Stopwatch watch;
    const AccountId id = finished(engine.addAccount(accountOf(server, Protocol::Imap, "imaps"), secretsOf(server)));
    const QFuture<Result<void>> synchronized = engine.synchronize(id);
    MainWindow window(store, engine, settings);
    window.resize(1400, 900);
    auto *view = window.findChild<MessageListView *>();
    auto *model = static_cast<MessageListModel *>(view->model());
    Probe probe(*view, *model);
    probe.startBeat();
    (void)probe.measure([&] { window.show(); }, [&] { return model->rowCount() >= 50; });
    const double firstRows = watch.wall();
    until([&] { return synchronized.isFinished(); });
    finished(synchronized);
    const double seconds = watch.wall();
    std::printf("{\"first_rows\": %.4f, \"seconds\": %.4f, \"messages\": %lld, \"blocked_ms\": %.1f, \"work_ms\": "
                "%.1f, \"peak_mb\": %.0f}\n",
        firstRows, seconds, (long long)messagesOf(store, id), probe.longestBlock, probe.longestWork,
        megabytes("VmHWM"));
    std::fflush(stdout);
    engine.stop().waitForFinished();
    return 0;
}
