// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/headerparser.h"
#include "core/mime/headerwriter.h"
#include "core/mime/messagebuilder.h"

#include <algorithm>
#include <cstdlib>

using namespace postaci;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isOneLine(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() <= 0x9f) || c.unicode() == 0x2028
            || c.unicode() == 0x2029;
    });
}

} // namespace

/// Whatever a header says, its values are single lines, and answering it writes no field that was not meant.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray header(reinterpret_cast<const char *>(data), qsizetype(size));
    const Envelope envelope = parseEnvelope(header);
    require(!deliveryTime(header).isValid() || header.toLower().contains("received"));
    Draft draft;
    draft.from = {QStringLiteral("me"), QStringLiteral("me@example.com")};
    draft.subject = envelope.subject;
    draft.inReplyTo = envelope.inReplyTo;
    draft.references = envelope.references + QList<QByteArray>{envelope.messageIdHeader};
    require(isOneLine(envelope.subject));
    for (const Address &address : envelope.from + envelope.replyTo + envelope.to + envelope.cc + envelope.bcc) {
        require(isOneLine(address.name) && isOneLine(address.address));
        require(address.address.isEmpty() || address.address.contains(u'@'));
        if (writtenAddress(address.address))
            draft.to.append(address);
    }
    const Result<BuiltMessage> message = buildMessage(draft, BccField::Omit, QDateTime::fromSecsSinceEpoch(0));
    require(message.has_value());
    const Envelope again = parseEnvelope(message->bytes);
    require(again.bcc.isEmpty() && again.cc.isEmpty());
    require(again.from == AddressList{draft.from});
    require(message->bytes.count('\n') == message->bytes.count("\r\n"));
    require(message->bytes.count('\r') == message->bytes.count("\r\n"));
    (void)parseAddresses(formatAddresses(draft.to));
    return 0;
}
