// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bothlanguages.h"
#include "ui/common/errortext.h"

#include <QMetaEnum>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestErrorText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasASentenceAndAHintInBothLanguages_data();
    void everyKindHasASentenceAndAHintInBothLanguages();
    void everyStepIsNamedInBothLanguages_data();
    void everyStepIsNamedInBothLanguages();
    void sentencesNameTheServer();
    void serversWordsAreShownAsTheyCame();
    void detailsHaveWhereCodeAndWords();
};

void TestErrorText::everyKindHasASentenceAndAHintInBothLanguages_data()
{
    QTest::addColumn<int>("kind");
    const QMetaEnum kinds = QMetaEnum::fromType<ErrorKind>();
    for (int i = 0; i < kinds.keyCount(); ++i)
        QTest::newRow(kinds.key(i)) << kinds.value(i);
}

void TestErrorText::everyKindHasASentenceAndAHintInBothLanguages()
{
    QFETCH(int, kind);
    for (const bool full : {true, false}) {
        MailError error{.kind = ErrorKind(kind)};
        if (full) {
            error.endpoint = u"imap.example.org:993"_s;
            error.subject = u"konu@example.org"_s;
        }
        const auto [english, turkish] = inBothLanguages([&] { return errorText(error); });
        for (const ErrorText &text : {english, turkish}) {
            QVERIFY(text.sentence.size() > 10);
            QVERIFY(text.sentence.endsWith(u'.'));
            QVERIFY(text.hint.size() > 5);
            QVERIFY(text.hint.endsWith(u'.'));
            QVERIFY(!text.sentence.contains(u"%1"_s) && !text.sentence.contains(u"%2"_s));
            QVERIFY(full || text.sentence.front().isUpper() || text.sentence.front() == u'“');
        }
        QVERIFY(english.sentence != turkish.sentence);
        QVERIFY(english.hint != turkish.hint);
    }
}

void TestErrorText::everyStepIsNamedInBothLanguages_data()
{
    QTest::addColumn<int>("step");
    const QMetaEnum steps = QMetaEnum::fromType<Step>();
    for (int i = 0; i < steps.keyCount(); ++i) {
        if (Step(steps.value(i)) != Step::None)
            QTest::newRow(steps.key(i)) << steps.value(i);
    }
}

void TestErrorText::everyStepIsNamedInBothLanguages()
{
    QFETCH(int, step);
    const auto [english, turkish] = inBothLanguages([&] { return stepText(Step(step)); });
    QVERIFY(!english.isEmpty());
    QVERIFY(!turkish.isEmpty());
    QVERIFY(english != turkish);
}

void TestErrorText::sentencesNameTheServer()
{
    const MailError error{.kind = ErrorKind::AuthenticationFailed, .endpoint = u"imap.example.org:993"_s};
    const auto [english, turkish] = inBothLanguages([&] { return errorText(error).sentence; });
    QVERIFY(english.startsWith(u"imap.example.org "_s));
    QVERIFY(turkish.startsWith(u"imap.example.org "_s));
}

void TestErrorText::serversWordsAreShownAsTheyCame()
{
    QVERIFY(serverWords({}).isEmpty());
    QCOMPARE(serverWords({.serverText = u"<b>no</b> %1"_s}), u"The server said: <b>no</b> %1"_s);
}

void TestErrorText::detailsHaveWhereCodeAndWords()
{
    const QString details = errorDetails({.step = Step::Recipient,
        .endpoint = u"smtp.example.org:465"_s,
        .serverText = u"no such user"_s,
        .replyCode = 550,
        .enhancedCode = "5.1.1"});
    QCOMPARE(
        details, u"Naming the recipients (smtp.example.org:465)\nCode: 550 5.1.1\nThe server said: no such user"_s);
}

QTEST_MAIN(TestErrorText)
#include "test_errortext.moc"
