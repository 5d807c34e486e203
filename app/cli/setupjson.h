// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"
#include "core/discovery/setupreport.h"
#include "core/mail/certificatefacts.h"

#include <QJsonObject>

/// The search for servers and the check of an account as JSON: the format of docs/cli.md.
namespace postaci::cli {

QJsonObject toJson(const CertificateFacts &facts);
QJsonObject toJson(const DiscoveryStep &step);
QJsonObject toJson(const DiscoveryResult &result);
QJsonObject toJson(const CheckStep &step, Protocol protocol);
/// `receiveOnly`: the outgoing server was not tried.
QJsonObject toJson(const SetupReport &report, bool receiveOnly);

} // namespace postaci::cli
