// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/filename.h"
#include "core/mime/messagebody.h"
#include "core/mime/replydraft.h"

#include <cstdlib>

using namespace postaci;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

/// Whatever a message is, it can be read, each of its files can be saved under a safe name, and it can be answered.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray raw(reinterpret_cast<const char *>(data), qsizetype(size));
    const MessageBody body = parseMessage(raw);
    require(!body.text.contains(u'\r') && !body.text.contains(QChar(0)));
    for (const Attachment &attachment : body.attachments) {
        require(!attachment.fileName.isEmpty() && safeFileName(attachment.fileName) == attachment.fileName);
        const Result<QByteArray> content = attachmentContent(raw, attachment.part);
        require(content && content->size() == attachment.size);
    }
    const MessageHeader header{.envelope = body.envelope};
    (void)makeReply(header, body, {}, {}, ReplyTo::All, {});
    require(makeForward(header, body, raw, {}, {}).attachments.size() == body.attachments.size());
    return 0;
}
