// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

/// What RFC 5322, 2045, 2047, 2231 and 3676 ask of a message that a program writes (C02, C03), checked on its bytes by
/// rules of the test's own. Empty, or the first fault found.
QString lintMessage(const QByteArray &message, bool utf8Allowed);
