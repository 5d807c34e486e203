// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/dnsrecords.h"

#include <QCoro/QCoroTask>

#include <QDnsLookup>
#include <QHostAddress>
#include <QObject>

#include <chrono>

namespace postaci {

/// Questions to the system's resolver, with a limit on each. On the engine thread. Several may run at once.
class NameLookup : public QObject {
    Q_OBJECT

public:
    enum class Verdict {
        Answered, ///< The name exists; there may be no record of this type.
        NoSuchName, ///< NXDOMAIN
        NoAnswer, ///< No resolver, or it could not find out.
    };
    struct Records {
        Verdict verdict = Verdict::NoAnswer;
        QList<MxRecord> mx;
        QList<SrvRecord> srv;
        QList<QByteArray> txt; ///< Each record's strings joined.
    };
    struct Addresses {
        Verdict verdict = Verdict::NoAnswer;
        QList<QHostAddress> list;
    };

    explicit NameLookup(QObject *parent = nullptr);
    ~NameLookup() override;

    QCoro::Task<Records> records(QDnsLookup::Type type, QString name, std::chrono::milliseconds limit);
    /// As the system finds them, so also from its hosts file. NoSuchName when there are none.
    QCoro::Task<Addresses> addresses(QString host, std::chrono::milliseconds limit);
    /// Ends every question with NoAnswer, the later ones too.
    void abort();

Q_SIGNALS:
    /// For the lookup's own waits: look again.
    void moved();

private:
    bool m_aborted = false;
    int m_waits = 0;
};

} // namespace postaci
