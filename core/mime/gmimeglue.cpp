// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/gmimeglue.h"

namespace postaci {

GMimeParserOptions *gmimeOptions()
{
    static GMimeParserOptions *const options = [] {
        g_mime_init();
        GMimeParserOptions *made = g_mime_parser_options_new();
        // For encoded words in a charset that nobody knows: the same guess as for raw bytes (charset.h).
        const char *guesses[] = {"utf-8", "windows-1254", nullptr};
        g_mime_parser_options_set_fallback_charsets(made, guesses);
        return made;
    }();
    return options;
}

} // namespace postaci
