// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/deflate.h"

#include <zlib.h>

#include <new>

namespace postaci {

namespace {

constexpr int rawDeflate = -15; // RFC 4978 4: no zlib header, the largest window

/// zlib's input is not const, and not written to.
Bytef *input(QByteArrayView view)
{
    return reinterpret_cast<Bytef *>(const_cast<char *>(view.data()));
}

Bytef *output(QByteArray &buffer, qsizetype at)
{
    return reinterpret_cast<Bytef *>(buffer.data() + at);
}

} // namespace

struct Deflate::Private {
    z_stream out{};
    z_stream in{};
    QByteArray pending; ///< Compressed, not yet used.
    bool outputWaits = false; ///< The last block was full: there may be more without any input.

    Private()
    {
        if (deflateInit2(&out, Z_DEFAULT_COMPRESSION, Z_DEFLATED, rawDeflate, 8, Z_DEFAULT_STRATEGY) != Z_OK
            || inflateInit2(&in, rawDeflate) != Z_OK)
            throw std::bad_alloc();
    }
    ~Private()
    {
        deflateEnd(&out);
        inflateEnd(&in);
    }
    Q_DISABLE_COPY_MOVE(Private)
};

Deflate::Deflate()
    : d(std::make_unique<Private>())
{
}

Deflate::~Deflate() = default;
Deflate::Deflate(Deflate &&) noexcept = default;
Deflate &Deflate::operator=(Deflate &&) noexcept = default;

QByteArray Deflate::compress(QByteArrayView plain)
{
    QByteArray result;
    d->out.next_in = input(plain);
    d->out.avail_in = uInt(plain.size());
    do {
        const qsizetype size = result.size();
        result.resizeForOverwrite(size + blockSize);
        d->out.next_out = output(result, size);
        d->out.avail_out = uInt(blockSize);
        deflate(&d->out, Z_SYNC_FLUSH);
        result.truncate(size + blockSize - d->out.avail_out);
    } while (d->out.avail_out == 0);
    return result;
}

void Deflate::feed(QByteArrayView compressed)
{
    d->pending.append(compressed);
}

Result<QByteArray> Deflate::takeBlock()
{
    QByteArray block;
    if (d->pending.isEmpty() && !d->outputWaits)
        return block;
    block.resizeForOverwrite(blockSize);
    d->in.next_in = input(d->pending);
    d->in.avail_in = uInt(d->pending.size());
    d->in.next_out = output(block, 0);
    d->in.avail_out = uInt(blockSize);
    const int status = inflate(&d->in, Z_SYNC_FLUSH);
    // Z_BUF_ERROR: there was nothing to do after all. The stream's end is none that RFC 4978 knows.
    if (status != Z_OK && status != Z_BUF_ERROR)
        return failure({.kind = ErrorKind::Protocol});
    d->pending = d->pending.last(d->in.avail_in);
    d->outputWaits = d->in.avail_out == 0;
    block.truncate(blockSize - d->in.avail_out);
    return block;
}

} // namespace postaci
