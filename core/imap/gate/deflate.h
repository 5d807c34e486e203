// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <memory>

namespace postaci {

/// Both directions of COMPRESS=DEFLATE (RFC 4978), by zlib.
///
/// What comes out is taken in blocks of at most blockSize, so that a few bytes which stand for gigabytes cost no
/// memory.
class Deflate {
public:
    static constexpr qsizetype blockSize = qsizetype(64) * 1024;

    Deflate();
    ~Deflate();
    Deflate(Deflate &&) noexcept;
    Deflate &operator=(Deflate &&) noexcept;

    /// Compressed, and flushed so that the other side can read all of it.
    QByteArray compress(QByteArrayView plain);

    void feed(QByteArrayView compressed);
    /// The next block; empty when more bytes are needed. Fails with Protocol on what is no deflate stream, or when it
    /// ends.
    [[nodiscard]] Result<QByteArray> takeBlock();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
