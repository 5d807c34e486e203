// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mime/headerparser.h"
#include "core/settings/settings.h"
#include "core/sync/mailengine.h"
#include "tests/store/storetest.h"

#include <QDir>
#include <QTemporaryDir>

namespace postaci {

/// A store with mail in it, an engine that stays off the network, settings: what a window needs.
struct UiFixture : StoreFixture {
    UiFixture()
        : engine(store, {.profile = dir.path(), .secrets = SecretStore::Backing::MemoryOnly, .keepConnected = false})
        , settings(dir.path())
    {
        engine.start().waitForFinished();
    }

    ~UiFixture() { engine.stop().waitForFinished(); }

    MailEngine engine;
    Settings settings;
};

/// Turns a message into a row and its bytes, as a sync would.
inline MessageId addMessage(StoreFixture &f, FolderId folder, quint32 uid, const QByteArray &raw, Flags flags = {})
{
    MessageHeader header = sampleHeader(uid, flags);
    const qsizetype end = raw.indexOf("\r\n\r\n");
    header.envelope = parseEnvelope(raw.first(end + 2));
    header.size = raw.size();
    if (header.envelope.date.isValid())
        header.received = header.envelope.date;
    header.envelope.hasAttachments = raw.contains("multipart/mixed");
    const MessageId id = f.add(folder, {header}).first();
    inStore(f.store, [=](Tables &tables) { tables.bodies.put(id, raw); });
    return id;
}

} // namespace postaci
