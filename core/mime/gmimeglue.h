// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// For the sources of core/mime only: no public header includes GMime or GLib.
#include <gmime/gmime.h>

#include <memory>

namespace postaci {

/// Owner of a string that GLib allocated.
struct GFree {
    void operator()(char *text) const { g_free(text); }
};
using GText = std::unique_ptr<char, GFree>;

/// Owner of one reference to a GObject.
struct GUnref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T> using GObjectPtr = std::unique_ptr<T, GUnref>;

/// How GMime reads header values; null-terminated UTF-8 is what it should be given. The first call, from whichever
/// thread, starts GMime: no other function of it may be used before.
GMimeParserOptions *gmimeOptions();

} // namespace postaci
