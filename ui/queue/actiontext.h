// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/store/undotable.h"
#include "core/sync/accountstate.h"
#include "core/sync/workqueue.h"

#include <QString>

#include <optional>

namespace postaci {

/// What the user did, as the work queue calls it: "Move 3 messages from Inbox to Invoices".
QString actionText(const QueuedAction &action);
/// The same of a step that can be taken back. `folder` is that of UndoStep::folder; none: it is not known any more.
QString actionText(const UndoStep &step, const std::optional<Folder> &folder);

/// What an action is waiting for, in one line.
/// @param state of its account; none: nothing has been heard of it
QString queueStateText(const QueuedAction &action, const std::optional<AccountState> &state, bool online);

} // namespace postaci
