// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/addresscheck.h"
#include "ui/composer/draftcheck.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestDraftCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressIsUsable_data();
    void addressIsUsable();
    void typedAddressesAreSeparated();
    void attachmentIsPromised_data();
    void attachmentIsPromised();
    void attachmentIsNotPromised_data();
    void attachmentIsNotPromised();
    void draftIsJudged();
};

void TestDraftCheck::addressIsUsable_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("usable");
    QTest::newRow("plain") << u"a@example.org"_s << true;
    QTest::newRow("IDN") << u"a@müşteri.tr"_s << true;
    QTest::newRow("Unicode local part") << u"ayşe@örnek.tr"_s << true;
    QTest::newRow("host without dots") << u"a@localhost"_s << true;
    QTest::newRow("address literal") << u"a@[192.0.2.1]"_s << true;
    QTest::newRow("quoted") << u"\"a b\"@example.org"_s << true;
    QTest::newRow("empty") << u""_s << false;
    QTest::newRow("no at") << u"ayse"_s << false;
    QTest::newRow("no domain") << u"ayse@"_s << false;
    QTest::newRow("no local part") << u"@example.org"_s << false;
    QTest::newRow("space") << u"a b@example.org"_s << false;
    QTest::newRow("space in domain") << u"a@exam ple.org"_s << false;
    QTest::newRow("two at") << u"a@b@example.org"_s << false;
    QTest::newRow("line break") << u"a@example.org\r\nBcc: b@example.org"_s << false;
    QTest::newRow("empty label") << u"a@example..org"_s << false;
    QTest::newRow("too long") << QString(65, u'a') + u"@example.org"_s << false;
}

void TestDraftCheck::addressIsUsable()
{
    QFETCH(QString, address);
    QTEST(isUsableAddress(address), "usable");
}

void TestDraftCheck::typedAddressesAreSeparated()
{
    const AddressList addresses = typedAddresses(u"Ayşe Işık <a@x.tr>; b@y.tr, \"Yılmaz, Ali\" <c@z.tr>, "_s);
    QCOMPARE(addresses.size(), 3);
    QCOMPARE(addresses[0], (Address{u"Ayşe Işık"_s, u"a@x.tr"_s}));
    QCOMPARE(addresses[1].address, u"b@y.tr"_s);
    QCOMPARE(addresses[2], (Address{u"Yılmaz, Ali"_s, u"c@z.tr"_s}));
    QVERIFY(typedAddresses(u"  ,; "_s).isEmpty());
}

void TestDraftCheck::attachmentIsPromised_data()
{
    QTest::addColumn<QString>("text");
    int row = 0;
    for (const QString &text :
        {u"Faturayı ekte bulabilirsiniz."_s, u"Rapor ektedir."_s, u"Dosyayı ekledim."_s, u"Belgeleri ekliyorum"_s,
            u"İLİŞİKTE sunulmuştur"_s, u"EKTE"_s, u"özgeçmişim ek'te"_s, u"Ekteki dosyaya bakar mısınız?"_s,
            u"e-postanın ekinde"_s, u"Ekli dosya"_s, u"ek dosya"_s, u"iliştirdim"_s, u"Please find attached"_s,
            u"See the attachment."_s, u"I am attaching the plan"_s, u"The report is enclosed"_s, u"Attachments: two"_s})
        QTest::addRow("%d", ++row) << text;
}

void TestDraftCheck::attachmentIsPromised()
{
    QFETCH(QString, text);
    QVERIFY(!promisedAttachment(text).isEmpty());
}

void TestDraftCheck::attachmentIsNotPromised_data()
{
    QTest::addColumn<QString>("text");
    int row = 0;
    for (const QString &text :
        {u""_s, u"Ek olarak şunu da söyleyeyim."_s, u"Eki sonra konuşuruz, ekip hazır"_s, u"ekmek aldım"_s,
            u"> Faturayı ekte bulabilirsiniz."_s, u"The cat attacked"_s, u"Bütçe eksik, ekonomi zor"_s})
        QTest::addRow("%d", ++row) << text;
}

void TestDraftCheck::attachmentIsNotPromised()
{
    QFETCH(QString, text);
    QCOMPARE(promisedAttachment(text), QString());
}

void TestDraftCheck::draftIsJudged()
{
    Draft draft{.to = {{{}, u"a@x.tr"_s}}, .subject = u"Rapor"_s, .text = u"Rapor ektedir."_s};
    DraftCheck check = checkDraft(draft);
    QVERIFY(!check.mustBeMended());
    QCOMPARE(check.attachmentWord, u"ektedir"_s);
    draft.attachments = {{.fileName = u"rapor.pdf"_s}};
    QVERIFY(checkDraft(draft).attachmentWord.isEmpty());
    draft.subject = u"  "_s;
    QVERIFY(checkDraft(draft).noSubject);
    draft.bcc = typedAddresses(u"ali veli"_s);
    check = checkDraft(draft);
    QVERIFY(check.mustBeMended());
    QCOMPARE(check.unusable.size(), 1);
    QVERIFY(checkDraft({}).noRecipient);
}

QTEST_GUILESS_MAIN(TestDraftCheck)
#include "test_draftcheck.moc"
