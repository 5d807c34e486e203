// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace postaci {

/// SIGINT, SIGTERM and SIGHUP as a Qt signal, so that the program ends the ordinary way (Unix and macOS only).
/// At most one at a time. A second signal of the same kind ends the process at once.
class UnixSignals : public QObject {
    Q_OBJECT

public:
    explicit UnixSignals(QObject *parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    void terminationRequested();
};

} // namespace postaci
