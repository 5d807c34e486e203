// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/searchfolding.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestSearchFolding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void folds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("folded");
        QTest::newRow("four letters i") << u"I ı İ i"_s << u"i i i i"_s;
        QTest::newRow("Turkish") << u"ŞĞÜÖÇ şğüöç ÂÎÛ âîû"_s << u"sguoc sguoc aiu aiu"_s;
        QTest::newRow("decomposed") << u"I\u0307stanbul s\u0327"_s << u"istanbul s"_s;
        QTest::newRow("other accents") << u"Łódź Ærø naïve Đorđe"_s << u"lodz æro naive dorde"_s;
        QTest::newRow("compatibility forms") << u"ﬁyat ＡＢＣ ①"_s << u"fiyat abc 1"_s;
        QTest::newRow("Greek and Cyrillic") << u"ΆΛΦΑ Ёлка"_s << u"αλφα елка"_s;
        QTest::newRow("outside the first plane") << u"𝐀𐐀"_s << u"a𐐨"_s;
        QTest::newRow("no letter") << u"a\"b*c^(d):e-f\tg\nh"_s << u"a b c  d  e f g h"_s;
        QTest::newRow("half a pair") << u"a\xD800 b"_s.left(3) << u"a  "_s;
        QTest::newRow("empty") << u""_s << u""_s;
    }
    void folds()
    {
        QFETCH(QString, text);
        QTEST(foldForSearch(text), "folded");
    }

    /// The table for Latin letters and the general way are two; they have to agree.
    void theShortWayIsTheLongWay()
    {
        for (char16_t c = 0; c < 0x250; ++c) {
            const QString letter{QChar(c)};
            const QString longWay = foldForSearch(letter + u'\u0430'); // A Cyrillic letter takes it off the table.
            QCOMPARE(foldForSearch(letter), longWay.chopped(1));
        }
    }

    void foldingAgainChangesNothing()
    {
        for (char16_t c = 0; c < 0xD800; ++c) {
            const QString once = foldForSearch(QString{QChar(c)});
            QCOMPARE(foldForSearch(once), once);
        }
    }
};

QTEST_GUILESS_MAIN(TestSearchFolding)
#include "test_searchfolding.moc"
