// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/setupreport.h"

namespace postaci {

QList<Step> ladderOf(const ServerSettings &server)
{
    QList<Step> steps{Step::Resolve, Step::Connect};
    if (server.encryption == Encryption::ImplicitTls)
        steps.append(Step::Tls);
    steps.append(Step::Greeting);
    if (server.encryption == Encryption::StartTls)
        steps += {Step::StartTls, Step::Tls};
    steps.append(Step::Capabilities);
    if (server.auth != AuthMethod::None)
        steps.append(Step::Login);
    steps.append(server.protocol == Protocol::Smtp ? Step::Sender : Step::ListFolders);
    return steps;
}

} // namespace postaci
