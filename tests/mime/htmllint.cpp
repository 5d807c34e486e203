// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/mime/htmllint.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

QString lintCleanHtml(const QString &html)
{
    static const QRegularExpression tag(uR"re(<(/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>)re"_s);
    static const QRegularExpression attribute(uR"re( ([a-z]+)="([^"]*)")re"_s);
    static const QStringList elements{u"a"_s, u"b"_s, u"big"_s, u"blockquote"_s, u"br"_s, u"center"_s, u"code"_s,
        u"dd"_s, u"div"_s, u"dl"_s, u"dt"_s, u"h1"_s, u"h2"_s, u"h3"_s, u"h4"_s, u"h5"_s, u"hr"_s, u"i"_s, u"img"_s,
        u"li"_s, u"ol"_s, u"p"_s, u"pre"_s, u"s"_s, u"small"_s, u"span"_s, u"sub"_s, u"sup"_s, u"table"_s, u"td"_s,
        u"th"_s, u"tr"_s, u"u"_s, u"ul"_s};
    static const QStringList attributes{u"align"_s, u"border"_s, u"cellpadding"_s, u"cellspacing"_s, u"colspan"_s,
        u"dir"_s, u"height"_s, u"href"_s, u"rowspan"_s, u"src"_s, u"start"_s, u"style"_s, u"valign"_s, u"width"_s};
    static const QRegularExpression link(uR"(^(https?://[^/]|mailto:|tel:))"_s);
    static const QRegularExpression style(uR"(^([a-z-]+:[a-z0-9#., -]+;)+$)"_s);

    QStringList open;
    qsizetype position = 0;
    for (auto tags = tag.globalMatch(html); tags.hasNext();) {
        const auto one = tags.next();
        const QString between = html.sliced(position, one.capturedStart() - position);
        if (between.contains(u'<') || between.contains(u'>'))
            return u"bracket in text: "_s + between;
        position = one.capturedEnd();
        const QString name = one.captured(2);
        if (!elements.contains(name))
            return u"element "_s + name;
        for (auto given = attribute.globalMatch(one.captured(3)); given.hasNext();) {
            const auto pair = given.next();
            const QString value = pair.captured(2);
            if (!attributes.contains(pair.captured(1)))
                return u"attribute "_s + pair.captured(1);
            if (pair.captured(1) == "href"_L1 && !link.match(value).hasMatch())
                return u"link "_s + value;
            if (pair.captured(1) == "src"_L1 && !value.startsWith("cid:"_L1))
                return u"source "_s + value;
            if (pair.captured(1) == "style"_L1 && (!style.match(value).hasMatch() || value.contains("url"_L1)))
                return u"style "_s + value;
        }
        if (one.captured(1).isEmpty()) {
            if (name != "br"_L1 && name != "hr"_L1 && name != "img"_L1)
                open.append(name);
        } else if (open.isEmpty() || open.takeLast() != name) {
            return u"not nested: "_s + name;
        }
    }
    if (html.sliced(position).contains(u'<') || html.sliced(position).contains(u'>'))
        return u"bracket in the last text"_s;
    return open.isEmpty() ? QString() : u"not closed: "_s + open.join(u' ');
}
