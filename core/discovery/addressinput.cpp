// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/addressinput.h"

#include "core/discovery/providerdirectory.h"

#include <QChar>
#include <QStringView>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr std::array common{"126.com"_L1, "163.com"_L1, "aol.com"_L1, "att.net"_L1, "bk.ru"_L1, "bol.com.br"_L1,
    "btinternet.com"_L1, "comcast.net"_L1, "daum.net"_L1, "fastmail.com"_L1, "free.fr"_L1, "freenet.de"_L1,
    "gmail.com"_L1, "gmx.at"_L1, "gmx.ch"_L1, "gmx.com"_L1, "gmx.de"_L1, "gmx.net"_L1, "googlemail.com"_L1,
    "hotmail.co.uk"_L1, "hotmail.com"_L1, "hotmail.com.tr"_L1, "hotmail.de"_L1, "hotmail.fr"_L1, "hotmail.it"_L1,
    "icloud.com"_L1, "laposte.net"_L1, "libero.it"_L1, "live.com"_L1, "mac.com"_L1, "mail.com"_L1, "mail.ru"_L1,
    "me.com"_L1, "msn.com"_L1, "mynet.com"_L1, "naver.com"_L1, "orange.fr"_L1, "outlook.com"_L1, "outlook.com.tr"_L1,
    "proton.me"_L1, "protonmail.com"_L1, "qq.com"_L1, "rambler.ru"_L1, "seznam.cz"_L1, "t-online.de"_L1, "tuta.com"_L1,
    "uol.com.br"_L1, "wanadoo.fr"_L1, "web.de"_L1, "windowslive.com"_L1, "wp.pl"_L1, "yaani.com"_L1, "yahoo.co.uk"_L1,
    "yahoo.com"_L1, "yahoo.com.tr"_L1, "yahoo.fr"_L1, "yandex.com"_L1, "yandex.com.tr"_L1, "yandex.ru"_L1,
    "ymail.com"_L1};

/// Ends that are no top-level domains but are often hit instead of one.
constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 18> slips{
    {{".con"_L1, ".com"_L1}, {".cmo"_L1, ".com"_L1}, {".ocm"_L1, ".com"_L1}, {".comm"_L1, ".com"_L1},
        {".coom"_L1, ".com"_L1}, {".vom"_L1, ".com"_L1}, {".xom"_L1, ".com"_L1}, {".cim"_L1, ".com"_L1},
        {".cpm"_L1, ".com"_L1}, {".clm"_L1, ".com"_L1}, {".cok"_L1, ".com"_L1}, {".nte"_L1, ".net"_L1},
        {".ner"_L1, ".net"_L1}, {".ogr"_L1, ".org"_L1}, {".rog"_L1, ".org"_L1}, {".con.tr"_L1, ".com.tr"_L1},
        {".com.rt"_L1, ".com.tr"_L1}, {".comtr"_L1, ".com.tr"_L1}}};

bool isInvisible(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Format || c.category() == QChar::Other_Control;
}

QString trimmed(QString text)
{
    while (!text.isEmpty() && isInvisible(text.back()))
        text.chop(1);
    qsizetype front = 0;
    while (front < text.size() && isInvisible(text.at(front)))
        ++front;
    return text.sliced(front);
}

/// Lower case for comparing names. Unicode's own mapping leaves a combining dot behind where İ was, a Turkish locale
/// makes ı of I; a domain knows neither.
QString folded(const QString &domain)
{
    QString text = trimmed(domain).normalized(QString::NormalizationForm_C);
    text.replace(u'\u0130', u'i');
    text = text.toLower();
    text.remove(u'\u0307');
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

/// As the user reads it, where that leads back to the same name: an ACE form can be typed that no name has.
QString readable(const QString &ace)
{
    const QString unicode = QUrl::fromAce(ace.toLatin1(), QUrl::IgnoreIDNWhitelist);
    return QUrl::toAce(folded(unicode)) == ace.toLatin1() ? unicode : ace;
}

bool isHostName(const QString &ace)
{
    const QStringList labels = ace.split(u'.');
    const auto isDigit = [](QChar c) { return c.isDigit(); };
    return !ace.isEmpty() && ace.size() <= 253 && std::all_of(labels.begin(), labels.end(), [](const QString &label) {
        return !label.isEmpty() && label.size() <= 63 && !label.startsWith(u'-') && !label.endsWith(u'-')
            && std::all_of(label.begin(), label.end(),
                [](QChar c) { return c == u'-' || (c.unicode() < 128 && c.isLetterOrNumber()); });
    }) && !std::all_of(labels.last().begin(), labels.last().end(), isDigit);
}

bool isLocalPart(const QString &local)
{
    if (local.toUtf8().size() > 64)
        return false;
    if (local.size() > 2 && local.startsWith(u'"') && local.endsWith(u'"'))
        return true;
    return std::none_of(
        local.begin(), local.end(), [](QChar c) { return isInvisible(c) || u"()<>[]:;,\\\""_s.contains(c); });
}

enum class Edit { None, Swap, Other, More };

/// The one edit of Damerau and Levenshtein that makes `right` of `typed`, if one is enough.
Edit editBetween(QStringView typed, QStringView right)
{
    const auto [a, b] = std::mismatch(typed.begin(), typed.end(), right.begin(), right.end());
    QStringView t = typed.sliced(a - typed.begin());
    QStringView r = right.sliced(b - right.begin());
    while (!t.isEmpty() && !r.isEmpty() && t.back() == r.back()) {
        t.chop(1);
        r.chop(1);
    }
    if (t.isEmpty() && r.isEmpty())
        return Edit::None;
    if (t.size() == 2 && r.size() == 2 && t[0] == r[1] && t[1] == r[0])
        return Edit::Swap;
    return t.size() <= 1 && r.size() <= 1 ? Edit::Other : Edit::More;
}

/// Empty when no common domain is near.
QString nearCommon(const QString &typed)
{
    for (const QLatin1StringView domain : common) {
        const QString right(domain);
        const qsizetype dot = right.indexOf(u'.');
        const Edit edit = editBetween(typed, right);
        // "hotmail.dk" is no slip for "hotmail.de": countries differ by one letter.
        const qsizetype end = right.lastIndexOf(u'.');
        if (right.size() - end == 3 && typed.size() == right.size() && typed.startsWith(right.first(end + 1)))
            continue;
        // A short name is one letter away from many other people's: there only the end may be mistyped.
        const bool likely = (edit == Edit::Swap && dot >= 4) || (edit == Edit::Other && dot >= 5)
            || ((edit == Edit::Swap || edit == Edit::Other) && typed.startsWith(right.first(dot + 1)));
        if (edit == Edit::None || likely)
            return right;
    }
    return {};
}

/// What the domain may have been meant to be; empty when it looks right. `typed` is folded.
QString meantDomain(const QString &typed)
{
    if (std::find(common.begin(), common.end(), typed) != common.end())
        return {};
    const ProviderDirectory directory = ProviderDirectory::bundled();
    if (const Provider *known = directory.findByDomain(typed); known && known->domains.contains(typed))
        return {};
    QString mended = typed;
    for (const auto &[slip, right] : slips) {
        if (typed.endsWith(slip)) {
            mended = typed.chopped(slip.size()) + right;
            break;
        }
    }
    for (const QString &text : {typed, mended}) {
        if (const QString near = nearCommon(text); !near.isEmpty())
            return near;
    }
    return mended == typed ? QString() : mended;
}

} // namespace

AddressInput parseAddress(const QString &typed)
{
    using Problem = AddressInput::Problem;
    AddressInput input;
    QString text = trimmed(typed);
    text.replace(u'\uFF20', u'@');
    // Pasted from a link or from a header.
    if (text.startsWith("mailto:"_L1, Qt::CaseInsensitive))
        text = trimmed(text.sliced(7));
    if (text.endsWith(u'>') && text.contains(u'<'))
        text = trimmed(text.chopped(1).sliced(text.lastIndexOf(u'<') + 1));
    const qsizetype at = text.lastIndexOf(u'@');
    if (at < 0) {
        input.problem = text.isEmpty() ? Problem::Empty : Problem::NoAt;
        return input;
    }
    input.localPart = trimmed(text.first(at));
    const QString domain = folded(text.sliced(at + 1));
    input.domain = QString::fromLatin1(QUrl::toAce(domain));
    const bool quoted = input.localPart.startsWith(u'"') && input.localPart.endsWith(u'"');
    if (input.localPart.isEmpty())
        input.problem = Problem::NoLocalPart;
    else if (!quoted && input.localPart.contains(u'@'))
        input.problem = Problem::SeveralAts;
    else if (!isLocalPart(input.localPart))
        input.problem = Problem::BadLocalPart;
    else if (domain.isEmpty())
        input.problem = Problem::NoDomain;
    else if (!isHostName(input.domain) || input.localPart.toUtf8().size() + 1 + input.domain.size() > 254)
        input.problem = Problem::BadDomain;
    else if (!input.domain.contains(u'.'))
        input.problem = Problem::SingleLabel;

    if (const bool localIsFine = input.problem == Problem::None || input.problem >= Problem::SingleLabel; localIsFine) {
        if (const QString meant = meantDomain(domain); !meant.isEmpty())
            input.suggestion = input.localPart + u'@' + meant;
    }
    if (input.isUsable())
        input.address = input.localPart + u'@' + readable(input.domain);
    return input;
}

QString domainOf(const QString &address)
{
    const qsizetype at = address.lastIndexOf(u'@');
    return at < 0 ? QString() : QString::fromLatin1(QUrl::toAce(folded(address.sliced(at + 1))));
}

QString localPartOf(const QString &address)
{
    const qsizetype at = address.lastIndexOf(u'@');
    return at < 0 ? address : address.first(at);
}

std::span<const QLatin1StringView> commonDomains()
{
    return common;
}

} // namespace postaci
