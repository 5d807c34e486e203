// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/outboxitem.h"
#include "ui/common/infobar.h"

#include <functional>

class QPushButton;

namespace postaci {

struct Recovery;

/// What the user has to know and can close: failures, refusals, mail that was not sent, a database that was damaged.
/// The newest takes the place of the one before.
class NoticeBar : public InfoBar {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void showFailure(const MailError &error);
    /// The server said no to what was shown as done.
    void showUndone(const MailError &error);
    /// A mail whose state is Failed or Unknown; nothing for another.
    void showUnsent(const OutboxItem &item);
    void showRecovery(const Recovery &recovery);

    void retranslate();

Q_SIGNALS:
    /// The user wants to see the work queue.
    void queueWanted();

private:
    void say(std::function<void()> fill);

    std::function<void()> m_fill; ///< Says the same in the language of the moment.
    QPushButton *m_queue; ///< While a refusal is shown.
    QPushButton *m_close;
};

} // namespace postaci
