// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// For the sources of core/mime only: no public header includes gumbo.
#include <gumbo.h>

#include <QByteArray>
#include <QLatin1StringView>
#include <QList>
#include <QString>

#include <memory>

namespace postaci {

/// An HTML document as HTML5 says how to read it, parsed by gumbo within limits of size, memory and time. gumbo alone
/// has none: 100,000 open elements take it 16 s, and a formatting element left open is repeated in every later block.
class HtmlTree {
public:
    explicit HtmlTree(const QString &html);
    ~HtmlTree();
    HtmlTree(const HtmlTree &) = delete;
    HtmlTree &operator=(const HtmlTree &) = delete;

    /// The root element. Null: the document is beyond the limits.
    const GumboNode *root() const { return m_root; }

private:
    struct Heap;
    std::unique_ptr<Heap> m_heap;
    QByteArray m_utf8; ///< gumbo keeps pointers into it.
    const GumboNode *m_root = nullptr;
};

/// Value of an attribute; empty when there is none.
QString htmlAttribute(const GumboNode *element, const char *name);

/// Whether an element is there but not to be seen: the summary for message lists that newsletters hide in their text.
bool isHiddenHtml(const GumboNode *element);

/// Walks a tree in document order without recursion. `visitor.enter(node)` says whether to go into an element;
/// `visitor.leave(node)` follows each element that was gone into.
template <class Visitor> void walkHtml(const GumboNode *root, Visitor &visitor)
{
    struct Place {
        const GumboNode *node;
        unsigned next;
    };
    QList<Place> open;
    if (root && visitor.enter(root))
        open.append({root, 0});
    while (!open.isEmpty()) {
        const Place place = open.last();
        const GumboVector &children = place.node->v.element.children;
        if (place.next == children.length) {
            open.removeLast();
            visitor.leave(place.node);
            continue;
        }
        ++open.last().next;
        const auto *child = static_cast<const GumboNode *>(children.data[place.next]);
        const bool isElement = child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE;
        if (visitor.enter(child) && isElement)
            open.append({child, 0});
    }
}

} // namespace postaci
