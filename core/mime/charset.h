// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace postaci {

/// The converter name for a charset label as mail uses it: ISO-8859-1 means Windows-1252, GB2312 means GB18030, and so
/// on (WHATWG Encoding). Empty for no label, US-ASCII, UTF-8 and "unknown" labels: all of these mean "UTF-8, or guess".
QByteArray converterName(QByteArrayView label);

/// Bytes of a message as text. Valid UTF-8 is taken as UTF-8 when the label is missing, says so, or names a Latin
/// charset (mislabelled UTF-8 is common, Latin text that happens to be UTF-8 is not: never "JÃ¶rg"). Without a usable
/// label it is Windows-1254: Turkish, and but for six letters equal to Windows-1252. What cannot be read becomes
/// U+FFFD.
QString decodeBytes(QByteArrayView bytes, QByteArrayView label);

} // namespace postaci
