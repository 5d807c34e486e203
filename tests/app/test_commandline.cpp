// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOptionArrives();
    void helpNamesEveryOption();
    void versionIsAnswered();
    void mistakesAreAnsweredWithTwo_data();
    void mistakesAreAnsweredWithTwo();
};

void TestCommandLine::everyOptionArrives()
{
    const CommandLine read = parseCommandLine({u"postaci"_s, u"--profile"_s, u"/tmp/a b"_s, u"--language=tr"_s,
        u"--ca"_s, u"root.pem"_s, u"mailto:ay%C5%9Fe@example.org?subject=a"_s});
    QVERIFY(!read.answer);
    QCOMPARE(read.profile, u"/tmp/a b"_s);
    QCOMPARE(read.language, u"tr"_s);
    QCOMPARE(read.rootsFile, u"root.pem"_s);
    QCOMPARE(read.link.path(), u"ayşe@example.org"_s);
}

void TestCommandLine::helpNamesEveryOption()
{
    const CommandLine read = parseCommandLine({u"postaci"_s, u"--help"_s});
    QVERIFY(read.answer);
    QCOMPARE(read.answer->exitCode, 0);
    for (const auto &name :
        {"--profile"_L1, "--language"_L1, "--ca"_L1, "--suggest"_L1, "--help"_L1, "--version"_L1, "mailto:"_L1})
        QVERIFY2(read.answer->text.contains(name), name.data());
}

void TestCommandLine::versionIsAnswered()
{
    const CommandLine read = parseCommandLine({u"postaci"_s, u"--version"_s});
    QVERIFY(read.answer);
    QCOMPARE(read.answer->exitCode, 0);
    QCOMPARE(read.answer->text, u"postaci " POSTACI_VERSION "\n"_s);
}

void TestCommandLine::mistakesAreAnsweredWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{u"--no-such-thing"_s};
    QTest::newRow("option without its value") << QStringList{u"--profile"_s};
    QTest::newRow("unknown language") << QStringList{u"--language"_s, u"xx"_s};
    QTest::newRow("another kind of link") << QStringList{u"https://example.org/"_s};
    QTest::newRow("a file") << QStringList{u"/etc/passwd"_s};
    QTest::newRow("two links") << QStringList{u"mailto:a@example.org"_s, u"mailto:b@example.org"_s};
}

void TestCommandLine::mistakesAreAnsweredWithTwo()
{
    QFETCH(QStringList, arguments);
    const CommandLine read = parseCommandLine(QStringList{u"postaci"_s} + arguments);
    QVERIFY(read.answer);
    QCOMPARE(read.answer->exitCode, 2);
    QVERIFY(read.answer->text.contains("--help"_L1));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_commandline.moc"
