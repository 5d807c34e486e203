// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"
#include "core/net/oauthclient.h"
#include "core/settings/oauthclientids.h"

#include <QHash>
#include <QString>

namespace postaci {

/// For MailEngine: the issuers of the table that we are registered with. Only the table says where tokens are asked
/// for: an address that came over the network could be anybody's.
QHash<QString, OAuthClient> oauthClients(
    const ProviderDirectory &directory, const QHash<QString, OAuthClientId> &clientIds);

} // namespace postaci
