// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/discovery/setupreport.h"

#include <QList>
#include <QWidget>

#include <array>
#include <optional>

class QLabel;

namespace postaci {

/// How far the check of one server has come, as four rungs: found, connected, secure, signed in.
class ServerProgress : public QWidget {
    Q_OBJECT

public:
    explicit ServerProgress(bool outgoing, QWidget *parent = nullptr);

    void start(const ServerSettings &server);
    void advance(const CheckStep &step);
    void finish();
    void stop(); ///< Cancelled: what was running is not.

    /// Set by the step that failed.
    const std::optional<MailError> &error() const { return m_error; }

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Rung { Find, Connect, Secure, SignIn };
    enum class State { Waiting, Running, Done, Failed };
    static constexpr int rungCount = 4;

    static std::optional<Rung> rungOf(Step step);
    void retranslate();

    bool m_outgoing;
    ServerSettings m_server;
    std::array<State, rungCount> m_states{};
    std::array<qint64, rungCount> m_milliseconds{};
    std::optional<MailError> m_error;
    QLabel *m_title;
    QLabel *m_endpoint;
    std::array<QLabel *, rungCount> m_icons{};
    std::array<QLabel *, rungCount> m_texts{};
};

} // namespace postaci
