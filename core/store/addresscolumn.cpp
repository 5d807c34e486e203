// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/addresscolumn.h"

#include <QStringView>

#include <algorithm>

namespace postaci {

namespace {

void appendClean(QString &column, const QString &value)
{
    const auto isControl = [](QChar c) { return c < u' '; };
    const qsizetype start = column.size();
    column += value;
    if (std::any_of(value.begin(), value.end(), isControl))
        std::replace_if(column.begin() + start, column.end(), isControl, u' ');
}

} // namespace

QString toColumn(const AddressList &addresses)
{
    QString column;
    for (const Address &address : addresses) {
        if (!column.isEmpty())
            column += u'\n';
        appendClean(column, address.address);
        column += u'\t';
        appendClean(column, address.name);
    }
    return column;
}

AddressList addressesFromColumn(const QString &column)
{
    AddressList addresses;
    if (column.isEmpty())
        return addresses;
    for (const QStringView line : QStringView(column).tokenize(u'\n')) {
        const qsizetype tab = line.indexOf(u'\t');
        addresses.append({.name = tab < 0 ? QString() : line.sliced(tab + 1).toString(),
            .address = (tab < 0 ? line : line.first(tab)).toString()});
    }
    return addresses;
}

QByteArray toColumn(const QList<QByteArray> &messageIds)
{
    QByteArray column;
    for (QByteArray id : messageIds) {
        id.replace('\n', ' ');
        if (!id.isEmpty())
            column += (column.isEmpty() ? QByteArray() : QByteArray(1, '\n')) + id;
    }
    return column;
}

QList<QByteArray> messageIdsFromColumn(const QByteArray &column)
{
    return column.isEmpty() ? QList<QByteArray>() : column.split('\n');
}

} // namespace postaci
