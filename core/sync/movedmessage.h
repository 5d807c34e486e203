// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"

#include <QMetaType>

namespace postaci {

/// What has to be known of a move to take it back.
struct MovedMessage {
    MessageId message; ///< Its row now.
    MessageId original; ///< Its row before; another one where it went to another account.
    FolderId from;

    friend bool operator==(const MovedMessage &, const MovedMessage &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::MovedMessage)
