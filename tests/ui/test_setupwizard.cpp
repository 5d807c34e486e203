// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/uitest.h"
#include "ui/common/infobar.h"
#include "ui/common/language.h"
#include "ui/wizard/checkpage.h"
#include "ui/wizard/identitypage.h"
#include "ui/wizard/serverform.h"
#include "ui/wizard/serverspage.h"
#include "ui/wizard/setupwizard.h"

#include <QComboBox>
#include <QLabel>
#include <QPointer>
#include <QSpinBox>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

struct WizardFixture : UiFixture {
    WizardFixture()
        : UiFixture(false)
        , wizard(new SetupWizard(engine, settings))
    {
        wizard->show();
    }

    ~WizardFixture() { delete wizard; }

    void identify(const QString &address)
    {
        QVERIFY(typeInto(*wizard, u"Your name"_s, u"Ayşe Işık"_s));
        QVERIFY(typeInto(*wizard, u"Email address"_s, address));
        QVERIFY(typeInto(*wizard, u"Password"_s, u"gizli"_s));
    }

    template <class Page> Page *page() const { return wizard->findChild<Page *>(); }
    void press(const QString &text) { buttonCalled(*wizard, text)->click(); }
    QString hint() const { return page<IdentityPage>()->template findChild<InfoBar *>()->text(); }

    qsizetype accounts()
    {
        return fromStore(store, [](const Tables &tables) { return tables.accounts.all(); }).size();
    }

    QPointer<SetupWizard> wizard;
};

/// A port of this computer where nobody answers.
quint16 closedPort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no port");
    return server.serverPort();
}

} // namespace

class TestSetupWizard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void canBeWalkedThroughByKeyboard();
    void missingAnswersAreToldAtTheirFields();
    void appPasswordIsExplainedBeforeItIsUsed();
    void passwordLoginsThatAreGoneAreSaidPlainly_data();
    void passwordLoginsThatAreGoneAreSaidPlainly();
    void unknownDomainLeadsToGuessesThatAreMarked();
    void portFollowsEncryptionUntilItIsSet();
    void providerCanBeChosenForAnOwnDomain();
    void failureIsExplainedAndNothingIsSaved();
    void settingsByHandSurviveARetypedPassword();
    void languageIsSwitchedWithWhatWasTyped();
    void cancelEndsARunningCheck();
};

void TestSetupWizard::canBeWalkedThroughByKeyboard()
{
    WizardFixture f;
    QVERIFY(QTest::qWaitForWindowActive(f.wizard));
    QStringList walked;
    for (int i = 0; i < 9; ++i) {
        const QWidget *focus = f.wizard->focusWidget();
        const auto *button = qobject_cast<const QAbstractButton *>(focus);
        walked.append(
            focus->accessibleName().isEmpty() && button ? button->text().remove(u'&') : focus->accessibleName());
        QTest::keyClick(f.wizard->focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(walked.join(u", "_s),
        u"Your name, Email address, Password, Show password, Language, Set up by hand, Cancel, Continue, Your name"_s);
}

void TestSetupWizard::missingAnswersAreToldAtTheirFields()
{
    WizardFixture f;
    f.press(u"Continue"_s);
    QVERIFY(f.page<IdentityPage>()->isVisible());
    int problems = 0;
    for (const auto *label : f.wizard->findChildren<QLabel *>())
        problems += label->inherits("postaci::ProblemLabel") && label->isVisible();
    QCOMPARE(problems, 3);
    QCOMPARE(f.wizard->focusWidget()->accessibleName(), u"Your name"_s);
}

void TestSetupWizard::appPasswordIsExplainedBeforeItIsUsed()
{
    WizardFixture f;
    QVERIFY(typeInto(*f.wizard, u"Email address"_s, u"ayse@gmail.com"_s));
    QCOMPARE(f.hint(), u"Gmail wants an app password here, not your usual password."_s);
    QVERIFY(buttonCalled(*f.wizard, u"Make an app password…"_s)->isVisible());
    QVERIFY(buttonCalled(*f.wizard, u"Continue"_s)->isEnabled());
    QVERIFY(typeInto(*f.wizard, u"Email address"_s, u"ayse@runbox.com"_s));
    QVERIFY(!f.page<IdentityPage>()->findChild<InfoBar *>()->isVisible());
}

void TestSetupWizard::passwordLoginsThatAreGoneAreSaidPlainly_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("Outlook.com") << u"ayse@outlook.com.tr"_s;
    QTest::newRow("Hotmail") << u"ayse@HOTMAIL.COM"_s;
    QTest::newRow("Microsoft 365") << u"ayse@firma.onmicrosoft.com"_s;
}

void TestSetupWizard::passwordLoginsThatAreGoneAreSaidPlainly()
{
    QFETCH(QString, address);
    WizardFixture f;
    QVERIFY(typeInto(*f.wizard, u"Email address"_s, address));
    QVERIFY2(f.hint().contains(u"no longer lets mail programs sign in with a password"_s), qPrintable(f.hint()));
    QVERIFY(!buttonCalled(*f.wizard, u"Continue"_s)->isEnabled());
}

void TestSetupWizard::unknownDomainLeadsToGuessesThatAreMarked()
{
    WizardFixture f;
    f.identify(u"ayse@postaci.example"_s);
    f.press(u"Continue"_s);
    const auto *servers = f.page<ServersPage>();
    QVERIFY(servers->isVisible());
    QCOMPARE(servers->findChild<InfoBar *>()->text(), u"These are guesses."_s);
    QVERIFY(servers->findChild<InfoBar *>()->isVisible());
    QCOMPARE(servers->account().incoming.endpoint(), u"imap.postaci.example:993"_s);
    QCOMPARE(servers->account().outgoing.endpoint(), u"smtp.postaci.example:465"_s);
}

void TestSetupWizard::portFollowsEncryptionUntilItIsSet()
{
    ServerForm form(Protocol::Smtp);
    form.setSettings({.protocol = Protocol::Smtp, .host = u"s"_s, .port = 465});
    auto *encryption = form.findChild<QComboBox *>();
    encryption->setCurrentIndex(int(Encryption::StartTls));
    QCOMPARE(form.settings().port, quint16(587));
    encryption->setCurrentIndex(int(Encryption::ImplicitTls));
    QCOMPARE(form.settings().port, quint16(465));
    form.findChild<QSpinBox *>()->setValue(2525);
    encryption->setCurrentIndex(int(Encryption::StartTls));
    QCOMPARE(form.settings().port, quint16(2525));
    QCOMPARE(form.settings().encryption, Encryption::StartTls);
}

void TestSetupWizard::providerCanBeChosenForAnOwnDomain()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    auto *servers = f.page<ServersPage>();
    auto *provider = servers->findChild<QComboBox *>(QString(), Qt::FindDirectChildrenOnly);
    provider->setCurrentIndex(provider->findData(u"hostedemail"_s));
    Q_EMIT provider->activated(provider->currentIndex());
    QCOMPARE(servers->account().incoming.endpoint(), u"mail.hostedemail.com:993"_s);
    QCOMPARE(servers->account().incoming.userName, u"ayse@firma.example"_s);
    QCOMPARE(servers->account().identity.address, u"ayse@firma.example"_s);
}

void TestSetupWizard::failureIsExplainedAndNothingIsSaved()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    const QString port = QString::number(closedPort());
    QVERIFY(typeInto(*f.wizard, u"Incoming server"_s, u"127.0.0.1"_s));
    QVERIFY(typeInto(*f.wizard, u"Outgoing server"_s, u"127.0.0.1"_s));
    for (auto *spin : f.wizard->findChildren<QSpinBox *>())
        spin->setValue(port.toInt());
    f.press(u"Continue"_s);
    const auto *page = f.page<CheckPage>();
    QVERIFY(page->isVisible());
    const auto *failure = page->findChild<InfoBar *>();
    QTRY_VERIFY(failure->isVisible());
    QCOMPARE(failure->text(), u"127.0.0.1:%1 does not accept connections on this port."_s.arg(port));
    QCOMPARE(f.accounts(), 0);
    f.press(u"Change the settings"_s);
    QVERIFY(f.page<ServersPage>()->isVisible());
    QCOMPARE(f.page<ServersPage>()->account().incoming.port, quint16(port.toInt()));
}

void TestSetupWizard::settingsByHandSurviveARetypedPassword()
{
    WizardFixture f;
    f.identify(u"ayse@gmail.com"_s);
    f.press(u"Set up by hand"_s);
    QVERIFY(typeInto(*f.wizard, u"Incoming server"_s, u"127.0.0.1"_s));
    QVERIFY(typeInto(*f.wizard, u"Outgoing server"_s, u"127.0.0.1"_s));
    for (auto *spin : f.wizard->findChildren<QSpinBox *>())
        spin->setValue(closedPort());
    f.press(u"Continue"_s);
    QTRY_VERIFY(f.page<CheckPage>()->findChild<InfoBar *>()->isVisible());
    Q_EMIT f.page<CheckPage>()->retypePassword();
    QVERIFY(f.page<IdentityPage>()->isVisible());
    f.press(u"Continue"_s);
    QTRY_VERIFY(f.page<CheckPage>()->findChild<InfoBar *>()->text().startsWith(u"127.0.0.1"_s));
}

void TestSetupWizard::languageIsSwitchedWithWhatWasTyped()
{
    WizardFixture f;
    const Language language(f.settings);
    f.settings.setValue(Setting::Language, u"en"_s);
    f.identify(u"ayse@gmail.com"_s);
    f.settings.setValue(Setting::Language, u"tr"_s);
    QTRY_VERIFY(buttonCalled(*f.wizard, u"Devam"_s));
    QCOMPARE(f.wizard->windowTitle(), u"Hesap ekle"_s);
    QVERIFY(f.hint().contains(u"uygulama şifresi"_s));
    QCOMPARE(f.page<IdentityPage>()->identity(), (Address{u"Ayşe Işık"_s, u"ayse@gmail.com"_s}));
    f.settings.setValue(Setting::Language, u"en"_s);
    QTRY_VERIFY(buttonCalled(*f.wizard, u"Continue"_s));
}

void TestSetupWizard::cancelEndsARunningCheck()
{
    // Accepts and says nothing.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    QVERIFY(typeInto(*f.wizard, u"Incoming server"_s, u"127.0.0.1"_s));
    QVERIFY(typeInto(*f.wizard, u"Outgoing server"_s, u"127.0.0.1"_s));
    for (auto *spin : f.wizard->findChildren<QSpinBox *>())
        spin->setValue(silent.serverPort());
    f.press(u"Continue"_s);
    QTRY_VERIFY(silent.hasPendingConnections());
    f.press(u"Cancel"_s);
    QVERIFY(f.page<ServersPage>()->isVisible());
    QCOMPARE(f.accounts(), 0);
    f.press(u"Cancel"_s);
    QTRY_VERIFY(!f.wizard);
}

QTEST_MAIN(TestSetupWizard)
#include "test_setupwizard.moc"
