// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkAccessManager>

namespace postaci {

/// Sends what it is given at most once.
///
/// When a connection ends before there is an answer, Qt (6.8) sends the request again by itself, up to two times and
/// also a POST. A code or a refresh token that was heard already is void by then, and an issuer that sees it a second
/// time may take back all that it gave (RFC 6749 10.5, RFC 9700 4.14.2). Here such a request fails (Qt may
/// still connect once more, and says nothing then); whether to ask again is for the one who asked.
class SingleUseNetwork : public QNetworkAccessManager {
    Q_OBJECT

public:
    using QNetworkAccessManager::QNetworkAccessManager;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &original, QIODevice *body) override;
};

} // namespace postaci
