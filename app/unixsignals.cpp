// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/unixsignals.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace postaci {

namespace {

constexpr std::array signalNumbers{SIGINT, SIGTERM, SIGHUP};

// A signal handler may do next to nothing; write(2) on a pipe is allowed (signal-safety(7)).
std::array<int, 2> wakePipe{-1, -1};

void wake(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(wakePipe[1], &byte, 1);
}

} // namespace

UnixSignals::UnixSignals(QObject *parent)
    : QObject(parent)
{
    if (::pipe(wakePipe.data()) != 0)
        return; // Without a pipe the signals keep their default action: the process ends.
    for (const int end : wakePipe) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }

    auto *notifier = new QSocketNotifier(wakePipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(wakePipe[0], &byte, 1) == 1)
            Q_EMIT terminationRequested();
    });

    struct sigaction action = {};
    action.sa_handler = wake;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | SA_RESETHAND;
    for (const int number : signalNumbers)
        ::sigaction(number, &action, nullptr);
}

UnixSignals::~UnixSignals()
{
    for (const int number : signalNumbers)
        std::signal(number, SIG_DFL);
    for (int &end : wakePipe) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

} // namespace postaci
