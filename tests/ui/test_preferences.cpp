// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/uitest.h"
#include "ui/common/language.h"
#include "ui/folders/foldermodel.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/preferences/servercopiesbox.h"

#include <QCheckBox>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

class TestPreferences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void imapKeepsNoCopies();
    void serverCopiesAreChosenAndStay();
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
    QVERIFY(!preferences.findChild<ServerCopiesBox *>()->isVisible());
}

void TestPreferences::serverCopiesAreChosenAndStay()
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
    FolderModel folders(f.store);
    folders.load();
    QTRY_COMPARE(folders.accounts().size(), 1);

    {
        PreferencesDialog preferences(f.engine, f.settings, folders);
        preferences.setAttribute(Qt::WA_DeleteOnClose, false);
        preferences.show();
        auto *box = preferences.findChild<ServerCopiesBox *>();
        QVERIFY(box->isVisible());
        auto *days = box->findChild<QSpinBox *>();
        QCOMPARE(box->copies(), ServerCopies());
        QVERIFY(!days->isEnabled());
        const QList<QCheckBox *> boxes = box->findChildren<QCheckBox *>();
        QCOMPARE(boxes.size(), 2);
        boxes.first()->click();
        QTRY_COMPARE(stored().days, 14);
        QCOMPARE(days->text(), u"after 14 days"_s);
        days->setValue(1);
        QCOMPARE(days->text(), u"after 1 day"_s);
        days->setValue(0);
        QCOMPARE(days->text(), u"at once"_s);
        boxes.last()->click();
        QTRY_COMPARE(stored(), (ServerCopies{.days = 0, .deletedWithOurs = true}));
        QCOMPARE(box->copies(), (ServerCopies{.days = 0, .deletedWithOurs = true}));
    }
    PreferencesDialog again(f.engine, f.settings, folders);
    again.setAttribute(Qt::WA_DeleteOnClose, false);
    QTRY_COMPARE(again.findChild<ServerCopiesBox *>()->copies(), (ServerCopies{.days = 0, .deletedWithOurs = true}));
    again.findChild<ServerCopiesBox *>()->findChildren<QCheckBox *>().first()->click();
    QTRY_COMPARE(stored(), (ServerCopies{.days = -1, .deletedWithOurs = true}));
}

QTEST_MAIN(TestPreferences)
#include "test_preferences.moc"
