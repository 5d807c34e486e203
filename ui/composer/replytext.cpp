// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/replytext.h"

#include "core/mime/headerparser.h"
#include "ui/common/messagetext.h"

#include <QCoreApplication>
#include <QStringList>

namespace postaci {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::ReplyText)
};
} // namespace

QString attributionLine(const Envelope &envelope)
{
    return envelope.date.isValid() ? Text::tr("On %1, %2 wrote:").arg(longDate(envelope.date), shownSenders(envelope))
                                   : Text::tr("%1 wrote:").arg(shownSenders(envelope));
}

QString forwardHeadline(const Envelope &envelope)
{
    QStringList lines{Text::tr("---------- Forwarded message ----------")};
    lines.append(Text::tr("From: %1").arg(formatAddresses(envelope.from)));
    if (envelope.date.isValid())
        lines.append(Text::tr("Date: %1").arg(longDate(envelope.date)));
    lines.append(Text::tr("Subject: %1").arg(shownSubject(envelope)));
    lines.append(Text::tr("To: %1").arg(formatAddresses(envelope.to)));
    if (!envelope.cc.isEmpty())
        lines.append(Text::tr("Cc: %1").arg(formatAddresses(envelope.cc)));
    return lines.join(QLatin1Char('\n'));
}

} // namespace postaci
