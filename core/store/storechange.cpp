// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/storechange.h"

namespace postaci {

namespace {

constexpr qsizetype messagesLimit = 1000;

} // namespace

bool StoreChange::isEmpty() const
{
    return !accounts && folderLists.isEmpty() && counters.isEmpty() && arrivals.isEmpty() && messages.isEmpty()
        && !messagesMany && bodies.isEmpty() && !texts && !outbox && !drafts && !pendingOps && !undoSteps;
}

void StoreChange::addMessage(MessageId id)
{
    if (messagesMany)
        return;
    messages.insert(id);
    if (messages.size() > messagesLimit) {
        messages.clear();
        messagesMany = true;
    }
}

void StoreChange::merge(const StoreChange &other)
{
    accounts |= other.accounts;
    folderLists.unite(other.folderLists);
    counters.unite(other.counters);
    arrivals.unite(other.arrivals);
    for (const MessageId id : other.messages)
        addMessage(id);
    if (other.messagesMany) {
        messages.clear();
        messagesMany = true;
    }
    bodies.unite(other.bodies);
    texts |= other.texts;
    outbox |= other.outbox;
    drafts |= other.drafts;
    pendingOps |= other.pendingOps;
    undoSteps |= other.undoSteps;
}

} // namespace postaci
