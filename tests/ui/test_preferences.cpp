// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/uitest.h"
#include "ui/common/language.h"
#include "ui/folders/foldermodel.h"
#include "ui/preferences/maildropbox.h"
#include "ui/preferences/preferencesdialog.h"

#include <QCheckBox>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestPreferences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void imapKeepsNoCopies();
    void maildropOptionsAreChosenAndStay();
};

void TestPreferences::imapKeepsNoCopies()
{
    UiFixture f;
    FolderModel folders(f.store);
    folders.load();
    QTRY_COMPARE(folders.accounts().size(), 1);
    PreferencesDialog preferences(f.engine, f.settings, folders);
    preferences.setAttribute(Qt::WA_DeleteOnClose, false);
    preferences.show();
    QVERIFY(!preferences.findChild<MaildropBox *>()->isVisible());
}

void TestPreferences::maildropOptionsAreChosenAndStay()
{
    UiFixture f(false);
    f.settings.setValue(Setting::Language, u"en"_s);
    const Language translations(f.settings); // For the plural.
    Account account;
    account.identity.address = u"ayse@example.org"_s;
    account.incoming
        = {.protocol = Protocol::Pop3, .host = u"127.0.0.1"_s, .port = 1, .userName = account.identity.address};
    account.outgoing
        = {.protocol = Protocol::Smtp, .host = u"127.0.0.1"_s, .port = 1, .userName = account.identity.address};
    QFuture<Result<AccountId>> added = f.engine.addAccount(account, {.incoming = u"gizli"_s, .outgoing = u"gizli"_s});
    added.waitForFinished();
    QVERIFY(added.result());
    const auto stored = [&f] {
        return fromStore(f.store, [](const Tables &tables) { return tables.accounts.all().constFirst().serverCopies; });
    };
    const auto wholeUpTo = [&f] {
        return fromStore(f.store, [](const Tables &tables) { return tables.accounts.all().constFirst().wholeUpTo; });
    };
    FolderModel folders(f.store);
    folders.load();
    QTRY_COMPARE(folders.accounts().size(), 1);

    {
        PreferencesDialog preferences(f.engine, f.settings, folders);
        preferences.setAttribute(Qt::WA_DeleteOnClose, false);
        preferences.show();
        auto *box = preferences.findChild<MaildropBox *>();
        QVERIFY(box->isVisible());
        auto *days = box->findChild<QSpinBox *>();
        QCOMPARE(box->options(), MaildropBox::Options());
        QVERIFY(!days->isEnabled());
        const QList<QCheckBox *> boxes = box->findChildren<QCheckBox *>();
        QCOMPARE(boxes.size(), 3);
        boxes.first()->click();
        QTRY_COMPARE(stored().days, 14);
        QCOMPARE(days->text(), u"after 14 days"_s);
        days->setValue(1);
        QCOMPARE(days->text(), u"after 1 day"_s);
        days->setValue(0);
        QCOMPARE(days->text(), u"at once"_s);
        boxes.at(1)->click();
        QTRY_COMPARE(stored(), (ServerCopies{.days = 0, .deletedWithOurs = true}));
        QCOMPARE(box->options().copies, (ServerCopies{.days = 0, .deletedWithOurs = true}));

        auto *megabytes = box->findChildren<QSpinBox *>().last();
        QVERIFY(!megabytes->isEnabled());
        boxes.last()->click();
        QTRY_COMPARE(wholeUpTo(), 5'000'000);
        megabytes->setValue(20);
        QTRY_COMPARE(wholeUpTo(), 20'000'000);
    }
    PreferencesDialog again(f.engine, f.settings, folders);
    again.setAttribute(Qt::WA_DeleteOnClose, false);
    QTRY_COMPARE(again.findChild<MaildropBox *>()->options(),
        (MaildropBox::Options{.copies = {.days = 0, .deletedWithOurs = true}, .wholeUpTo = 20'000'000}));
    again.findChild<MaildropBox *>()->findChildren<QCheckBox *>().first()->click();
    QTRY_COMPARE(stored(), (ServerCopies{.days = -1, .deletedWithOurs = true}));
}

QTEST_MAIN(TestPreferences)
#include "test_preferences.moc"
