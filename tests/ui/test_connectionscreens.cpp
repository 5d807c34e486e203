// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/screentest.h"
#include "ui/common/language.h"
#include "ui/connection/connectiondialog.h"
#include "ui/connection/connectiontext.h"
#include "ui/folders/foldermodel.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/statusline.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/preferences/syncbox.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScopeGuard>
#include <QSpinBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

ConnectionReport richReport()
{
    ConnectionReport report;
    report.endpoint = u"imap.eposta.example.org:993"_s;
    report.connections = 2;
    report.loggedInAt = QDateTime::currentDateTimeUtc().addSecs(-3600);
    report.tls = u"TLS 1.3, TLS_AES_256_GCM_SHA384"_s;
    report.certificate = CertificateFacts{.names = {u"imap.eposta.example.org"_s, u"mail.eposta.example.org"_s},
        .validUntil = QDateTime(QDate(2027, 3, 2), QTime(9, 30), QTimeZone::UTC)};
    for (const auto ability :
        {ServerAbility::Push, ServerAbility::FastResync, ServerAbility::ChangeCounts, ServerAbility::FoldersAtOnce,
            ServerAbility::Move, ServerAbility::SafeDelete, ServerAbility::SpecialFolders, ServerAbility::Namespaces,
            ServerAbility::Quota, ServerAbility::Compression, ServerAbility::Utf8})
        report.abilities.append({ability, ability != ServerAbility::Move && ability != ServerAbility::Utf8});
    report.capabilities = {"IMAP4REV1", "IDLE", "QRESYNC"};
    report.isCompressed = true;
    report.latency = 23;
    report.lastSync = ConnectionReport::Sync{.endedAt = QDateTime::currentDateTimeUtc(),
        .milliseconds = 1'412,
        .bytesReceived = 18'230'123,
        .bytesSent = 1'204,
        .roundTrips = 1'205};
    report.quota = ConnectionReport::Quota{
        .usedBytes = 1'234'567'890, .limitBytes = 15'000'000'000, .usedMessages = 12'345, .limitMessages = 100'000};
    report.namespaces = ConnectionReport::Prefixes{
        .personal = {u"INBOX."_s}, .others = {u"user."_s}, .shared = {u"shared."_s, u"Ortak klasörler."_s}};
    report.lastError = MailError{.kind = ErrorKind::TryLater,
        .step = Step::Login,
        .endpoint = report.endpoint,
        .serverText = u"Maximum number of connections from user+IP exceeded"_s};
    report.lastErrorAt = QDateTime::currentDateTimeUtc().addDays(-1);
    for (int i = 0; i < 60; ++i)
        report.log.append({.time = QDateTime::currentDateTimeUtc(), .text = u"1 > SELECT \"Gelen/2026-%1\""_s.arg(i)});
    return report;
}

ConnectionReport maildropReport()
{
    ConnectionReport report;
    report.protocol = Protocol::Pop3;
    report.endpoint = u"pop.example.org:995"_s;
    report.isLimitedToOne = true;
    report.loggedInAt = QDateTime::currentDateTimeUtc();
    report.abilities
        = {{ServerAbility::UniqueIds, true}, {ServerAbility::HeadersAlone, true}, {ServerAbility::Pipelining, false}};
    return report;
}

} // namespace

/// The connection page, what the preferences ask about it, and the user's switches.
class TestConnectionScreens : public ScreenTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepare()); }
    void everythingIsReadable_data();
    void everythingIsReadable();
    void copyTakesAllOfIt();
    void selectionSurvivesANewReport();
    void switchesStayOverARestart();
    void choicesAreSaved();
};

void TestConnectionScreens::everythingIsReadable_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("scale");
    for (const QString &language : {u"en"_s, u"tr"_s}) {
        for (const bool dark : {false, true}) {
            const QString tag = language + u", "_s + (dark ? u"dark"_s : u"light"_s);
            QTest::newRow(tag.toLatin1().constData()) << language << dark << 100;
        }
        QTest::newRow((language + u", light, 200"_s).toLatin1().constData()) << language << false << 200;
    }
}

void TestConnectionScreens::everythingIsReadable()
{
    QFETCH(const QString, language);
    QFETCH(const bool, dark);
    QFETCH(const int, scale);
    const QFont font = QApplication::font();
    const auto restore = qScopeGuard([font] {
        QApplication::setFont(font);
        QLocale::setDefault(QLocale::c());
    });
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * scale / 100);
    QApplication::setFont(scaled);
    setDark(dark);
    UiFixture f;
    f.settings.setValue(Setting::Language, language);
    const Language translations(f.settings);

    for (const auto &[report, name] : {std::pair(ConnectionReport(), u"connection-empty"_s),
             std::pair(richReport(), u"connection"_s), std::pair(maildropReport(), u"connection-pop3"_s)}) {
        // Of an account that is not there: nobody answers but us.
        ConnectionDialog dialog(f.engine, AccountId{999}, u"ayse@example.org"_s);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.setReport(report);
        check(dialog, name);
        QCOMPARE(dialog.findChild<QPlainTextEdit *>()->isVisible(), report.wasEverConnected());
        QCOMPARE(dialog.findChild<QProgressBar *>()->isVisible(), report.quota.has_value());
    }

    FolderModel folders(f.store);
    folders.load();
    QTRY_COMPARE(folders.accounts().size(), 1);
    PreferencesDialog preferences(f.engine, f.settings, folders);
    preferences.setAttribute(Qt::WA_DeleteOnClose, false);
    check(preferences, u"preferences-automatic"_s);
    auto *box = preferences.findChild<SyncBox *>();
    const QSignalBlocker quiet(box); // nothing is to be saved
    for (QComboBox *choice : box->findChildren<QComboBox *>())
        choice->setCurrentIndex(1);
    check(preferences, u"preferences-interval"_s);
    for (QComboBox *choice : box->findChildren<QComboBox *>())
        choice->setCurrentIndex(choice->count() - 1);
    check(preferences, u"preferences-by-hand"_s);
    QVERIFY(m_pictures >= 6);
}

void TestConnectionScreens::copyTakesAllOfIt()
{
    UiFixture f;
    ConnectionDialog dialog(f.engine, AccountId{999}, u"ayse@example.org"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    const ConnectionReport report = richReport();
    QPushButton *copy = nullptr;
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (!button->isDefault() && button->isVisible())
            copy = button;
    }
    QVERIFY(copy && !copy->isEnabled());
    dialog.setReport(report);
    QVERIFY(copy->isEnabled());
    copy->click();
    const QString text = QApplication::clipboard()->text();
    for (const QString &part : {report.endpoint, report.tls, u"INBOX."_s, u"user."_s, u"shared."_s,
             logLine(report.log.last()), logLine(report.log.first()), u"IMAP4REV1 IDLE"_s, quotaText(*report.quota)})
        QVERIFY2(text.contains(part), qPrintable(part));
    for (const ConnectionReport::Ability &one : report.abilities)
        QVERIFY(text.contains(abilityText(one.ability, one.has)));
}

void TestConnectionScreens::selectionSurvivesANewReport()
{
    UiFixture f;
    ConnectionDialog dialog(f.engine, AccountId{999}, u"ayse@example.org"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    ConnectionReport report = richReport();
    dialog.setReport(report);
    dialog.show();
    auto *log = dialog.findChild<QPlainTextEdit *>();
    log->selectAll();
    const QString selected = log->textCursor().selectedText();
    QVERIFY(!selected.isEmpty());
    report.latency = 5; // something else has changed
    dialog.setReport(report);
    QCOMPARE(log->textCursor().selectedText(), selected);
    report.quota.reset();
    report.namespaces.reset();
    dialog.setReport(report); // fewer rows
    QVERIFY(!dialog.findChild<QProgressBar *>()->isVisible());
}

void TestConnectionScreens::switchesStayOverARestart()
{
    UiFixture f;
    const auto action = [](MainWindow &window, const QKeySequence &key) {
        for (QAction *one : window.findChildren<QAction *>()) {
            if (one->shortcuts().contains(key))
                return one;
        }
        qFatal("no such key");
    };
    const QKeySequence offlineKey(Qt::CTRL | Qt::SHIFT | Qt::Key_O);
    const QKeySequence pauseKey(Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    const auto statusOf = [](MainWindow &window) { return window.findChild<StatusLine *>()->activityText(); };
    {
        MainWindow window(f.store, f.engine, f.settings);
        window.show();
        QTRY_VERIFY(action(window, pauseKey)->isEnabled());
        QVERIFY(!action(window, pauseKey)->isChecked());
        action(window, pauseKey)->trigger();
        QTRY_COMPARE(statusOf(window), u"Paused"_s);
        QVERIFY(action(window, pauseKey)->isChecked());
        action(window, offlineKey)->trigger();
        QCOMPARE(statusOf(window), u"Working offline"_s);
    }
    MainWindow window(f.store, f.engine, f.settings);
    window.show();
    QVERIFY(action(window, offlineKey)->isChecked());
    QCOMPARE(statusOf(window), u"Working offline"_s);
    QTRY_VERIFY(action(window, pauseKey)->isChecked());
    action(window, offlineKey)->trigger();
    QTRY_COMPARE(statusOf(window), u"Paused"_s);
    action(window, pauseKey)->trigger();
    QTRY_VERIFY(statusOf(window) != u"Paused"_s);
    QVERIFY(f.settings.value(Setting::PausedAccounts).toStringList().isEmpty());
    QVERIFY(!f.settings.value(Setting::WorkOffline).toBool());
}

void TestConnectionScreens::choicesAreSaved()
{
    UiFixture f;
    f.settings.setValue(Setting::Language, u"en"_s);
    const Language translations(f.settings); // For the plural.
    const auto stored = [&f] {
        const Account account
            = fromStore(f.store, [](const Tables &tables) { return tables.accounts.all().constFirst(); });
        return SyncBox::Options{
            .pollMinutes = account.pollMinutes, .whole = account.wholeMessages, .wholeDays = account.wholeMessagesDays};
    };
    FolderModel folders(f.store);
    folders.load();
    QTRY_COMPARE(folders.accounts().size(), 1);
    PreferencesDialog preferences(f.engine, f.settings, folders);
    preferences.setAttribute(Qt::WA_DeleteOnClose, false);
    preferences.show();
    auto *box = preferences.findChild<SyncBox *>();
    QCOMPARE(box->options(), SyncBox::Options());
    QCOMPARE(box->options(), stored());
    const QList<QComboBox *> choices = box->findChildren<QComboBox *>();
    const QList<QSpinBox *> numbers = box->findChildren<QSpinBox *>();
    QCOMPARE(choices.size(), 2);
    QCOMPARE(numbers.size(), 2);
    QVERIFY(!numbers.first()->isVisible() && !numbers.last()->isVisible());

    choices.first()->setCurrentIndex(1);
    QVERIFY(numbers.first()->isVisible());
    QCOMPARE(numbers.first()->text(), u"every 15 minutes"_s);
    numbers.first()->setValue(1);
    QCOMPARE(numbers.first()->text(), u"every 1 minute"_s);
    QTRY_COMPARE(stored().pollMinutes, 1);
    choices.first()->setCurrentIndex(2);
    QTRY_COMPARE(stored().pollMinutes, Account::pollByHand);
    QVERIFY(!numbers.first()->isVisible());
    choices.last()->setCurrentIndex(1);
    numbers.last()->setValue(30);
    QCOMPARE(numbers.last()->text(), u"the last 30 days"_s);
    QTRY_COMPARE(stored().wholeDays, 30);
    QCOMPARE(stored().whole, WholeMessages::LastDays);
    for (const auto &[index, whole] : {std::pair(2, WholeMessages::All), std::pair(3, WholeMessages::WhenOpened),
             std::pair(0, WholeMessages::Recent)}) {
        choices.last()->setCurrentIndex(index);
        QTRY_COMPARE(stored().whole, whole);
    }
    QCOMPARE(stored().pollMinutes, Account::pollByHand);
}

QTEST_MAIN(TestConnectionScreens)
#include "test_connectionscreens.moc"
