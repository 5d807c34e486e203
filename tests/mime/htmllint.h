// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

/// Whether HTML is such as only cleanHtml() writes: known elements and attributes, well nested, no source but cid:, no
/// link but to the web, to mail and to a telephone, no style but names, numbers and colours. Empty, or what is wrong.
QString lintCleanHtml(const QString &html);
