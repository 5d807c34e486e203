// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/address.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace postaci {

/// An address as it is written in fields: the domain in ACE form (RFC 5890), the local part quoted if it must be.
/// InvalidInput when it is none. A non-ASCII local part stays UTF-8 (RFC 6532).
[[nodiscard]] Result<QByteArray> writtenAddress(const QString &address);

/// Writes header fields: folded at 78 columns where the syntax allows, CR LF, encoded words of at most 75 characters
/// that never split a character (RFC 2047), parameters in RFC 2231. Every value is cleaned first: none can end its
/// field. GMime's writer does not keep these limits.
class HeaderWriter {
public:
    using Parameters = QList<std::pair<QByteArray, QString>>;

    /// Unstructured text.
    void addText(const QByteArray &name, const QString &text);
    /// Entries must be valid, see writtenAddress(). Without entries there is no field.
    void addAddresses(const QByteArray &name, const AddressList &addresses);
    /// Ids without angle brackets. Without ids there is no field.
    void addMessageIds(const QByteArray &name, const QList<QByteArray> &ids);
    /// A token of our own making, and parameters.
    void addStructured(const QByteArray &name, const QByteArray &value, const Parameters &parameters = {});

    const QByteArray &bytes() const { return m_bytes; }

private:
    void begin(const QByteArray &name);
    /// Appends a token that cannot be folded, after a space or on a new line.
    void append(const QByteArray &token);
    void end();
    QList<QByteArray> encodedWords(const QString &text, bool phrase) const;
    QList<QByteArray> phrase(const QString &name) const;

    QByteArray m_bytes;
    qsizetype m_column = 0; ///< Of the current line.
};

} // namespace postaci
