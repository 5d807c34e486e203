// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"
#include "core/discovery/setupreport.h"

#include <QDateTime>
#include <QList>

#include <optional>

namespace postaci {

/// What is known around a failure: one server's refusal often means what the other one said.
struct DiagnosisContext {
    ServerSettings server; ///< The one that failed.
    const Provider *provider = nullptr; ///< Of the address or of the host, where the table knows it.
    std::optional<MailError> otherSide; ///< How the other server failed.
    bool otherSideWorks = false; ///< With the same check; false also when it was not tried.
    bool samePassword = true; ///< Both servers got the same one.
    /// Another port, encryption or name that was seen to answer.
    std::optional<ServerSettings> proposal;
    std::optional<CertificateFacts> certificate; ///< The one that was refused.
    std::optional<CertificateFacts> otherCertificate; ///< Of the other server, if it was refused too.
    QDateTime now; ///< This computer's clock.
};

/// Which class of failure this is, and its one next step (SetupProblem, SetupFix). Pure: a table of what servers say,
/// from RFC 5530 and RFC 3463 codes first, then the sentences of large providers, then what the provider's table entry
/// says about a plain refusal.
Diagnosis diagnose(const MailError &error, const DiagnosisContext &context);

/// Whether the answer to a login says no more than "wrong": only then is another form of the user name worth a try. Any
/// other answer (locked, app password, browser) ends the tries.
bool isPlainlyWrongPassword(const MailError &error);

} // namespace postaci
