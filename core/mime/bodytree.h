// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

namespace postaci {

constexpr int maxBodyDepth = 100; ///< Multiparts inside one another.
constexpr qsizetype maxBodyParts = 10'000;

/// A part of a message (RFC 2045, 2046, 2183): what its fields say, and where its bytes are in the raw message.
struct BodyPart {
    QByteArray type = "text/plain"; ///< Lower case.
    QByteArray charset;
    QByteArray encoding; ///< Content-Transfer-Encoding, lower case.
    QByteArray contentId; ///< Without angle brackets.
    QString fileName; ///< As the message has it: not safe.
    bool isAttachment = false; ///< Content-Disposition says so.
    bool flowed = false; ///< RFC 3676
    bool deleteSpace = false;

    qsizetype bodyBegin = 0;
    qsizetype bodyEnd = 0;
    int parent = -1;
    QList<int> children; ///< Only of multiparts.

    bool isMultipart() const { return type.startsWith("multipart/"); }
};

/// The parts of a message, depth first; the message itself is the first. A message/rfc822 is a leaf: it is opened as a
/// message of its own.
struct BodyTree {
    QList<BodyPart> parts;
    bool incomplete = false; ///< A limit was hit.
};

/// Takes a message apart in one pass over its lines, without copying its content. GMime's own parser is not used: it
/// makes objects without a limit (4 MB of empty parts take 1 GB).
BodyTree parseBodyTree(QByteArrayView raw);

/// The content of a leaf without its transfer encoding.
QByteArray decodedContent(QByteArrayView raw, const BodyPart &part);
/// Its size, without making it.
qint64 decodedSize(QByteArrayView raw, const BodyPart &part);

} // namespace postaci
