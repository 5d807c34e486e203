// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/oauthclientids.h"
#include "core/settings/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySettingHasItsDefaultAndKeepsItsValue_data()
    {
        QTest::addColumn<Setting>("setting");
        QTest::addColumn<QVariant>("otherwise");
        QTest::addColumn<QVariant>("value");
        const QVariant bytes(QByteArray("\0\1\xff\"\n;=", 7));
        QTest::newRow("Language") << Setting::Language << QVariant(QString()) << QVariant(u"tr"_s);
        QTest::newRow("WindowGeometry") << Setting::WindowGeometry << QVariant(QByteArray()) << bytes;
        QTest::newRow("WindowState") << Setting::WindowState << QVariant(QByteArray()) << bytes;
        QTest::newRow("FolderPaneWidth") << Setting::FolderPaneWidth << QVariant(0) << QVariant(230);
        QTest::newRow("ListPaneWidth") << Setting::ListPaneWidth << QVariant(0) << QVariant(450);
        QTest::newRow("LastFolder") << Setting::LastFolder << QVariant(qint64(0)) << QVariant(qint64(5'000'000'000));
        QTest::newRow("ComposerGeometry") << Setting::ComposerGeometry << QVariant(QByteArray()) << bytes;
        QTest::newRow("SaveAttachmentDirectory") << Setting::SaveAttachmentDirectory << QVariant(QString())
                                                 << QVariant(u"/home/ayşe/İndirilenler, \"yeni\""_s);
        QTest::newRow("OAuthClients") << Setting::OAuthClients << QVariant(QString())
                                      << QVariant(u"{\"google\":{\"id\":\"a,b\",\"secret\":\"%41;\"}}"_s);
    }
    void everySettingHasItsDefaultAndKeepsItsValue()
    {
        QFETCH(Setting, setting);
        QFETCH(QVariant, otherwise);
        QFETCH(QVariant, value);
        QTemporaryDir dir;
        {
            Settings settings(dir.path());
            QCOMPARE(settings.value(setting), otherwise);
            settings.setValue(setting, value);
            QCOMPARE(settings.value(setting), value);
        }
        Settings settings(dir.path());
        QCOMPARE(settings.value(setting), value);
        QCOMPARE(settings.value(setting).metaType(), otherwise.metaType());
        settings.setValue(setting, otherwise);
        QCOMPARE(settings.value(setting), otherwise);
    }

    void onlyAChangeIsTold()
    {
        QTemporaryDir dir;
        Settings settings(dir.path());
        QSignalSpy spy(&settings, &Settings::changed);
        settings.setValue(Setting::Language, QString());
        QCOMPARE(spy.size(), 0);
        settings.setValue(Setting::Language, u"tr"_s);
        settings.setValue(Setting::Language, u"tr"_s);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().value<Setting>(), Setting::Language);
    }

    void whatCannotBeTheSettingIsNotTaken()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("language=tr\n[window]\nfolderPaneWidth=wide\nlistPaneWidth=300\n");
        file.close();
        Settings settings(dir.path());
        QCOMPARE(settings.value(Setting::Language), QVariant(u"tr"_s));
        QCOMPARE(settings.value(Setting::FolderPaneWidth), QVariant(0));
        QCOMPARE(settings.value(Setting::ListPaneWidth), QVariant(300));
        settings.setValue(Setting::ListPaneWidth, u"no number"_s);
        QCOMPARE(settings.value(Setting::ListPaneWidth), QVariant(0));
    }

    void aBrokenFileMeansDefaults()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("\xff\xfe[[[\0=\0%%%\nlanguage", 20).repeated(100));
        file.close();
        Settings settings(dir.path());
        QCOMPARE(settings.value(Setting::Language), QVariant(QString()));
        settings.setValue(Setting::Language, u"en"_s);
        QCOMPARE(settings.value(Setting::Language), QVariant(u"en"_s));
    }

    void clientIdsThatTheUserTypesComeFirst()
    {
        QTemporaryDir dir;
        Settings settings(dir.path());
        QCOMPARE(oauthClientIds(settings), builtInOAuthClientIds());
        const OAuthClientId own{.id = u"\"benim\", %41;"_s, .secret = {}};
        QVERIFY(!holdsOAuthClientId(settings, u"yok.example"_s));
        setOAuthClientId(settings, u"yok.example"_s, own.id);
        setOAuthClientId(settings, u"google"_s, own.id);
        QVERIFY(holdsOAuthClientId(settings, u"yok.example"_s));
        Settings later(dir.path());
        QCOMPARE(oauthClientIds(later).value(u"yok.example"_s), own);
        QCOMPARE(oauthClientIds(later).value(u"google"_s), own);
        QCOMPARE(typedOAuthClientId(later, u"google"_s), own.id);
        QCOMPARE(typedOAuthClientId(later, u"microsoft"_s), QString());
        setOAuthClientId(settings, u"yok.example"_s, {});
        setOAuthClientId(settings, u"google"_s, {});
        QCOMPARE(oauthClientIds(settings), builtInOAuthClientIds());
        QCOMPARE(settings.value(Setting::OAuthClients), QVariant(QString()));
    }

    void brokenClientIdsAreNone()
    {
        QTemporaryDir dir;
        Settings settings(dir.path());
        for (const QString &text : {u"{"_s, u"[]"_s, u"{\"a\":7,\"b\":{\"secret\":\"x\"},\"c\":{\"id\":7}}"_s}) {
            settings.setValue(Setting::OAuthClients, text);
            QCOMPARE(oauthClientIds(settings), builtInOAuthClientIds());
        }
    }

    /// L11
    void othersCannotReadTheFile()
    {
#ifdef Q_OS_UNIX
        QTemporaryDir dir;
        const QString profile = dir.filePath(u"profil"_s);
        {
            Settings settings(profile);
            settings.setValue(Setting::SaveAttachmentDirectory, u"/gizli"_s);
        }
        const auto permissions = QFile::permissions(profile + u"/settings.ini"_s);
        QVERIFY(permissions & QFile::ReadOwner);
        QVERIFY(!(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
#else
        QSKIP("permissions of Unix");
#endif
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "test_settings.moc"
