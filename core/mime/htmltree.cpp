// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/htmltree.h"

#include "core/mime/htmlcleaner.h"

#include <QRegularExpression>

#include <chrono>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t maxHeap = 128 * 1024 * 1024;
constexpr std::chrono::milliseconds maxTime(500); ///< Ten times what an honest megabyte takes.

bool hasTooManyTags(const QString &html)
{
    int tags = 0;
    for (qsizetype i = html.indexOf(u'<'); i >= 0 && i + 1 < html.size(); i = html.indexOf(u'<', i + 1)) {
        if (html[i + 1].isLetter() && ++tags > maxHtmlNodes)
            return true;
    }
    return false;
}

} // namespace

/// The memory of one tree. gumbo cannot be told to stop, but it asks for memory at every step: the allocator leaves by
/// longjmp(), which skips only gumbo's own C functions, and every block is in a list to be freed.
struct HtmlTree::Heap {
    struct alignas(std::max_align_t) Block {
        Block *previous = nullptr;
        Block *next = nullptr;
        size_t size = 0;
    };

    Heap() { blocks.next = blocks.previous = &blocks; }
    ~Heap()
    {
        while (blocks.next != &blocks)
            release(this, blocks.next + 1);
    }
    Heap(const Heap &) = delete;
    Heap &operator=(const Heap &) = delete;

    static void *allocate(void *heap, size_t size)
    {
        auto *self = static_cast<Heap *>(heap);
        const bool late = ++self->count % 256 == 0 && std::chrono::steady_clock::now() > self->deadline;
        void *memory = late || self->used + size > maxHeap ? nullptr : std::malloc(sizeof(Block) + size);
        if (!memory)
            std::longjmp(self->giveUp, 1);
        auto *block = static_cast<Block *>(memory);
        block->size = size;
        block->previous = self->blocks.previous;
        block->next = &self->blocks;
        block->previous->next = block;
        block->next->previous = block;
        self->used += size;
        return block + 1;
    }

    static void release(void *heap, void *memory)
    {
        if (!memory)
            return;
        auto *block = static_cast<Block *>(memory) - 1;
        static_cast<Heap *>(heap)->used -= block->size;
        block->previous->next = block->next;
        block->next->previous = block->previous;
        std::free(block);
    }

    /// No object with a destructor may live in here: longjmp() comes back to it.
    const GumboNode *parse(const char *text, size_t size)
    {
        GumboOptions options = kGumboDefaultOptions;
        options.allocator = allocate;
        options.deallocator = release;
        options.userdata = this;
        options.max_errors = 0; // Each would carry a copy of the stack of open elements.
        if (setjmp(giveUp) != 0)
            return nullptr;
        return gumbo_parse_with_options(&options, text, size)->root;
    }

    Block blocks;
    size_t used = 0;
    unsigned count = 0;
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::now() + maxTime;
    std::jmp_buf giveUp;
};

HtmlTree::HtmlTree(const QString &html)
{
    if (html.size() > maxHtmlSize || hasTooManyTags(html))
        return;
    m_utf8 = html.toUtf8();
    m_heap = std::make_unique<Heap>();
    m_root = m_heap->parse(m_utf8.constData(), size_t(m_utf8.size()));
}

HtmlTree::~HtmlTree() = default;

QString htmlAttribute(const GumboNode *element, const char *name)
{
    const GumboAttribute *attribute = gumbo_get_attribute(&element->v.element.attributes, name);
    return attribute ? QString::fromUtf8(attribute->value) : QString();
}

bool isHiddenHtml(const GumboNode *element)
{
    const GumboVector *attributes = &element->v.element.attributes;
    if (gumbo_get_attribute(attributes, "hidden"))
        return true;
    if (!gumbo_get_attribute(attributes, "style"))
        return false;
    static const QRegularExpression pattern(
        uR"((?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:font-size|max-height|opacity)\s*:\s*[01]?(?:px|pt)?\s*(?:;|!|$)))"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(htmlAttribute(element, "style")).hasMatch();
}

} // namespace postaci
