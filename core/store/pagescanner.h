// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QFile>
#include <QHash>
#include <QString>

#include <functional>
#include <vector>

namespace postaci {

/// Reads rows out of a database file that SQLite itself refuses: from each leaf page of a table, wherever it is,
/// without the header, the schema or the pages above it (https://www.sqlite.org/fileformat2.html). Pages that the
/// write-ahead log has committed stand for the file's. What was deleted does not come back: `secure_delete` has
/// overwritten it.
///
/// Values are as they stand there; nothing tells whether a bit of them is wrong.
class PageScanner {
public:
    struct Value {
        enum class Type { Null, Integer, Real, Text, Blob };

        Type type = Type::Null;
        qint64 integer = 0;
        QByteArray bytes; ///< Text (UTF-8) or blob.
    };
    struct Row {
        bool hasRowid = true; ///< False: from a table WITHOUT ROWID, or an index.
        qint64 rowid = 0;
        std::vector<Value> values;
    };

    /// @param path the file; its log is `path`-wal
    explicit PageScanner(const QString &path);

    /// Calls `sink` for each whole row.
    void scan(const std::function<void(const Row &)> &sink);

private:
    void readLog();
    QByteArray page(quint32 number);
    void scanPage(quint32 number, const std::function<void(const Row &)> &sink);
    bool readCell(const QByteArray &page, qsizetype at, bool hasRowid, Row &row);
    bool readPayload(const QByteArray &page, qsizetype at, qint64 size, bool hasRowid, QByteArray &payload);

    QFile m_file;
    QFile m_log;
    qsizetype m_pageSize = 0;
    qsizetype m_usable = 0; ///< Of a page.
    quint32 m_pageCount = 0;
    QHash<quint32, qint64> m_logged; ///< Pages of the log, and where they stand in it.
};

} // namespace postaci
