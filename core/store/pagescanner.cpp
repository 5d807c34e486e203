// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/pagescanner.h"

#include <QtEndian>

#include <bit>
#include <utility>

namespace postaci {

namespace {

constexpr qsizetype fileHeaderSize = 100;
constexpr qsizetype logHeaderSize = 32;
constexpr qsizetype frameHeaderSize = 24;
constexpr qsizetype mostColumns = 256;
constexpr uchar tableLeaf = 0x0D;
constexpr uchar indexLeaf = 0x0A;

quint16 word(const QByteArray &bytes, qsizetype at)
{
    return qFromBigEndian<quint16>(bytes.constData() + at);
}

quint32 doubleWord(const QByteArray &bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.constData() + at);
}

bool isPageSize(quint32 size)
{
    return size >= 512 && size <= 65536 && std::has_single_bit(size);
}

/// False behind the end.
bool readVarint(const QByteArray &bytes, qsizetype &at, qint64 &value)
{
    quint64 number = 0;
    for (int i = 0; i < 9; ++i) {
        if (at >= bytes.size())
            return false;
        const auto byte = uchar(bytes.at(at++));
        if (i == 8) {
            value = qint64((number << 8) | byte);
            return true;
        }
        number = (number << 7) | (byte & 0x7f);
        if (byte < 0x80)
            break;
    }
    value = qint64(number);
    return true;
}

/// The log's own sums, over words in the order that its first bytes tell.
struct LogSum {
    bool bigEndian = false;
    quint32 first = 0;
    quint32 second = 0;

    void add(const QByteArray &bytes, qsizetype size)
    {
        for (qsizetype i = 0; i + 8 <= size; i += 8) {
            const char *at = bytes.constData() + i;
            const quint32 a = bigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at);
            const quint32 b = bigEndian ? qFromBigEndian<quint32>(at + 4) : qFromLittleEndian<quint32>(at + 4);
            first += a + second;
            second += b + first;
        }
    }
};

bool readRecord(const QByteArray &payload, std::vector<PageScanner::Value> &values)
{
    using Type = PageScanner::Value::Type;
    qsizetype head = 0;
    qint64 headerSize = 0;
    if (!readVarint(payload, head, headerSize) || headerSize < head || headerSize > payload.size())
        return false;
    qsizetype body = headerSize;
    while (head < headerSize) {
        qint64 serial = 0;
        if (!readVarint(payload, head, serial) || head > headerSize || serial < 0
            || qsizetype(values.size()) >= mostColumns)
            return false;
        PageScanner::Value value;
        qint64 size = 0;
        if (serial >= 12) {
            value.type = serial % 2 == 0 ? Type::Blob : Type::Text;
            size = (serial - 12) / 2;
        } else if (serial == 7) {
            value.type = Type::Real;
            size = 8;
        } else if (serial >= 10) {
            return false; // Reserved.
        } else if (serial != 0) {
            constexpr int sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
            value.type = Type::Integer;
            size = sizes[serial];
            value.integer = serial == 9 ? 1 : 0;
        }
        if (size > payload.size() - body)
            return false;
        if (value.type == Type::Integer && size > 0) {
            quint64 number = uchar(payload.at(body)) >= 0x80 ? ~quint64(0) : 0;
            for (qint64 i = 0; i < size; ++i)
                number = (number << 8) | uchar(payload.at(body + i));
            value.integer = qint64(number);
        } else if (size > 0) {
            value.bytes = payload.sliced(body, size);
        }
        body += size;
        values.push_back(std::move(value));
    }
    return body == payload.size();
}

} // namespace

PageScanner::PageScanner(const QString &path)
    : m_file(path)
    , m_log(path + QLatin1StringView("-wal"))
{
    const QByteArray header = m_file.open(QIODevice::ReadOnly) ? m_file.read(fileHeaderSize) : QByteArray();
    if (header.size() == fileHeaderSize && header.startsWith(QByteArrayView("SQLite format 3", 16))) {
        const quint32 size = word(header, 16) == 1 ? 65536 : word(header, 16);
        if (isPageSize(size))
            m_pageSize = size;
    }
    if (m_log.open(QIODevice::ReadOnly))
        readLog();
    if (m_pageSize == 0)
        m_pageSize = 4096; // SQLite's own, and this program has no other.
    m_usable = m_pageSize; // Nothing is reserved at its end.
    m_pageCount = qMax(m_pageCount, quint32(qMin<qint64>(m_file.size() / m_pageSize, 0xFFFFFFFE)));
}

void PageScanner::readLog()
{
    const QByteArray header = m_log.read(logHeaderSize);
    if (header.size() != logHeaderSize)
        return;
    const quint32 magic = doubleWord(header, 0);
    const quint32 size = doubleWord(header, 8);
    if ((magic != 0x377F0682 && magic != 0x377F0683) || !isPageSize(size) || (m_pageSize != 0 && m_pageSize != size))
        return;
    LogSum sum{.bigEndian = magic == 0x377F0683};
    sum.add(header, 24);
    if (sum.first != doubleWord(header, 24) || sum.second != doubleWord(header, 28))
        return;
    m_pageSize = size;
    QHash<quint32, qint64> pending; // Until its transaction is committed.
    for (;;) {
        const qint64 at = m_log.pos();
        const QByteArray frame = m_log.read(frameHeaderSize);
        const QByteArray content = m_log.read(m_pageSize);
        if (frame.size() != frameHeaderSize || content.size() != m_pageSize
            || frame.sliced(8, 8) != header.sliced(16, 8))
            return;
        sum.add(frame, 8);
        sum.add(content, content.size());
        if (sum.first != doubleWord(frame, 16) || sum.second != doubleWord(frame, 20))
            return;
        pending.insert(doubleWord(frame, 0), at + frameHeaderSize);
        if (const quint32 pages = doubleWord(frame, 4); pages != 0) {
            m_logged.insert(pending);
            pending.clear();
            m_pageCount = pages;
        }
    }
}

QByteArray PageScanner::page(quint32 number)
{
    if (number == 0 || number > m_pageCount)
        return {};
    const auto logged = m_logged.constFind(number);
    QFile &from = logged == m_logged.cend() ? m_file : m_log;
    const qint64 at = logged == m_logged.cend() ? qint64(number - 1) * m_pageSize : *logged;
    const QByteArray bytes = from.seek(at) ? from.read(m_pageSize) : QByteArray();
    return bytes.size() == m_pageSize ? bytes : QByteArray();
}

void PageScanner::scan(const std::function<void(const Row &)> &sink)
{
    for (quint32 number = 1; number <= m_pageCount; ++number)
        scanPage(number, sink);
}

void PageScanner::scanPage(quint32 number, const std::function<void(const Row &)> &sink)
{
    const QByteArray bytes = page(number);
    const qsizetype head = number == 1 ? fileHeaderSize : 0;
    if (bytes.isEmpty())
        return;
    const auto type = uchar(bytes.at(head));
    if (type != tableLeaf && type != indexLeaf)
        return;
    const qsizetype cells = word(bytes, head + 3);
    for (qsizetype i = 0; i < cells; ++i) {
        const qsizetype pointer = head + 8 + 2 * i;
        if (pointer + 2 > bytes.size())
            break;
        const qsizetype at = word(bytes, pointer);
        Row row;
        if (at >= head + 8 && at < bytes.size() && readCell(bytes, at, type == tableLeaf, row))
            sink(row);
    }
}

bool PageScanner::readCell(const QByteArray &bytes, qsizetype at, bool hasRowid, Row &row)
{
    qint64 size = 0;
    row.hasRowid = hasRowid;
    if (!readVarint(bytes, at, size) || (hasRowid && !readVarint(bytes, at, row.rowid)))
        return false;
    QByteArray payload;
    return readPayload(bytes, at, size, hasRowid, payload) && readRecord(payload, row.values);
}

/// What does not fit into the cell goes on in a chain of pages of its own.
bool PageScanner::readPayload(const QByteArray &bytes, qsizetype at, qint64 size, bool hasRowid, QByteArray &payload)
{
    if (size <= 0 || size > qint64(m_pageCount) * m_usable)
        return false;
    const qint64 most = hasRowid ? m_usable - 35 : (m_usable - 12) * 64 / 255 - 23;
    const qint64 least = (m_usable - 12) * 32 / 255 - 23;
    qint64 here = size;
    if (size > most) {
        const qint64 fitting = least + (size - least) % (m_usable - 4);
        here = fitting <= most ? fitting : least;
    }
    if (at + here > m_usable)
        return false;
    payload = bytes.sliced(at, here);
    if (here == size)
        return true;
    if (at + here + 4 > m_usable)
        return false;
    payload.reserve(size);
    quint32 next = doubleWord(bytes, at + here);
    while (payload.size() < size) {
        const QByteArray more = page(next);
        if (more.isEmpty())
            return false;
        payload += more.sliced(4, qMin<qint64>(m_usable - 4, size - payload.size()));
        next = doubleWord(more, 0);
    }
    return next == 0; // A chain that goes on is another's.
}

} // namespace postaci
