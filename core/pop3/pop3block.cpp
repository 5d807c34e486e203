// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3block.h"

#include <string_view>
#include <utility>

namespace postaci {

namespace {

/// Up to where bytes can be taken as they are: the end of the line before one that begins with a dot, or all.
qsizetype untilDot(QByteArrayView bytes)
{
    // Not QByteArrayView::indexOf(), which looks at every byte in turn.
    const std::size_t end = std::string_view(bytes.data(), std::size_t(bytes.size())).find("\n.");
    return end == std::string_view::npos ? bytes.size() : qsizetype(end) + 1;
}

} // namespace

bool Pop3Block::take(QByteArrayView &bytes)
{
    while (!bytes.isEmpty()) {
        switch (m_place) {
        case Place::LineStart:
            m_place = bytes[0] == '.' ? Place::AfterDot : Place::InLine;
            if (m_place == Place::AfterDot)
                bytes = bytes.sliced(1);
            break;
        case Place::AfterDot:
            m_place = bytes[0] == '\r' ? Place::AfterDotCr : Place::InLine;
            if (m_place == Place::AfterDotCr)
                bytes = bytes.sliced(1);
            break;
        case Place::AfterDotCr:
            if (bytes[0] == '\n') {
                bytes = bytes.sliced(1);
                m_place = Place::LineStart;
                return true;
            }
            m_content += '\r';
            m_place = Place::InLine;
            break;
        case Place::InLine: {
            const qsizetype length = untilDot(bytes);
            m_content += bytes.first(length);
            bytes = bytes.sliced(length);
            if (m_content.endsWith("\r\n"))
                m_place = Place::LineStart;
            break;
        }
        }
    }
    return false;
}

QByteArray Pop3Block::content()
{
    m_place = Place::LineStart;
    return std::exchange(m_content, {});
}

} // namespace postaci
