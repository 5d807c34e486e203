// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/lineends.h"
#include "core/mime/mboxreader.h"
#include "core/mime/mboxwriter.h"

#include <QBuffer>
#include <QList>
#include <QTimeZone>

#include <cstdlib>

using namespace postaci;

namespace {

QList<MboxMessage> messagesOf(QByteArray file)
{
    QBuffer buffer(&file);
    buffer.open(QIODevice::ReadOnly);
    MboxReader reader(buffer, 4096);
    QList<MboxMessage> messages;
    qint64 before = -1;
    while (const auto message = reader.next()) {
        if (reader.position() <= before || reader.position() > file.size())
            std::abort();
        before = reader.position();
        messages.append(*message);
    }
    if (reader.failed())
        std::abort();
    return messages;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    (void)messagesOf(input);
    (void)messagesOf("From a@example.org Mon Jan  2 15:04:05 2006\n" + input);

    // Whatever stands in a message, it comes back as it was, between its neighbours.
    QByteArray mail = withMailLineEnds(input);
    if (mail.size() > 3000)
        return 0;
    if (!mail.isEmpty() && !mail.endsWith("\r\n"))
        mail += "\r\n";
    const QByteArray neighbour = "Subject: x\r\n\r\ny\r\n";
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, QTimeZone::UTC);
    const QList<MboxMessage> read = messagesOf(mboxEntry(neighbour, {}, "a@example.org", time)
        + mboxEntry(mail, Flag::Flagged, {}, time) + mboxEntry(neighbour, Flag::Seen, {}, time));
    if (read.size() != 3 || read.at(0).raw != neighbour || read.at(1).raw != mail || read.at(2).raw != neighbour
        || read.at(2).flags != Flags(Flag::Seen) || read.at(0).received != time)
        std::abort();
    return 0;
}
