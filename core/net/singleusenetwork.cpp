// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/singleusenetwork.h"

#include <QIODevice>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <algorithm>
#include <utility>

namespace postaci {

namespace {

/// Cannot go back to its beginning once anything of it was read, which Qt would have to do to send it again.
class SingleUseBody : public QIODevice {
public:
    explicit SingleUseBody(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
        open(ReadOnly | Unbuffered);
    }

    qint64 size() const override { return m_bytes.size(); }
    bool reset() override { return m_read == 0; }

protected:
    qint64 readData(char *data, qint64 limit) override
    {
        const qint64 count = std::min(limit, qint64(m_bytes.size()) - m_read);
        std::copy_n(m_bytes.cbegin() + m_read, count, data);
        m_read += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_bytes;
    qint64 m_read = 0;
};

} // namespace

QNetworkReply *SingleUseNetwork::createRequest(Operation operation, const QNetworkRequest &original, QIODevice *body)
{
    QNetworkRequest request(original);
    // HTTP/2 has its own rules about what is sent again, and gains nothing with one request.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    if (!body)
        return QNetworkAccessManager::createRequest(operation, request, nullptr);
    auto *once = new SingleUseBody(body->readAll());
    QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, request, once);
    once->setParent(reply);
    return reply;
}

} // namespace postaci
