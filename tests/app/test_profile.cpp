// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/profile.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void directoryIsMadeForItsOwnerOnly();
    void openDirectoryIsClosedToOthers();
    void twoNamesOfOneDirectoryAreTheSame();
    void fileInItsPlaceIsAnError();
    void rootsAreRead();
    void fileWithoutCertificatesIsAnError();
};

namespace {

constexpr QFile::Permissions forOthers
    = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

// L11
void TestProfile::directoryIsMadeForItsOwnerOnly()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a/profil ğ"_s);
    const Result<QString> profile = prepareProfile(path);
    QVERIFY(profile);
    QVERIFY(QFileInfo(path).isDir());
    QVERIFY(!(QFileInfo(path).permissions() & forOthers));
}

void TestProfile::openDirectoryIsClosedToOthers()
{
    const QTemporaryDir directory;
    QVERIFY(
        QFile::setPermissions(directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | forOthers));
    QVERIFY(prepareProfile(directory.path()));
    QVERIFY(!(QFileInfo(directory.path()).permissions() & forOthers));
}

// L06
void TestProfile::twoNamesOfOneDirectoryAreTheSame()
{
    const QTemporaryDir directory;
    const Result<QString> direct = prepareProfile(directory.filePath(u"p"_s));
    QVERIFY(direct);
    QVERIFY(QFile::link(*direct, directory.filePath(u"link"_s)));
    const Result<QString> linked = prepareProfile(directory.filePath(u"link"_s));
    QVERIFY(linked);
    QCOMPARE(*linked, *direct);
    const Result<QString> roundabout = prepareProfile(directory.filePath(u"p/../p/"_s));
    QVERIFY(roundabout);
    QCOMPARE(*roundabout, *direct);
}

void TestProfile::fileInItsPlaceIsAnError()
{
    const QTemporaryDir directory;
    writeFile(directory.filePath(u"p"_s), "mine");
    const Result<QString> profile = prepareProfile(directory.filePath(u"p"_s));
    QVERIFY(!profile);
    QCOMPARE(profile.error().kind, ErrorKind::Storage);
    QCOMPARE(profile.error().step, Step::OpenStore);
}

void TestProfile::rootsAreRead()
{
    const Result<QList<QSslCertificate>> none = readTrustedRoots({});
    QVERIFY(none);
    QVERIFY(none->isEmpty());
    const Result<QList<QSslCertificate>> roots = readTrustedRoots(QStringLiteral(POSTACI_TEST_DATA "/tls/root.pem"));
    QVERIFY(roots);
    QCOMPARE(roots->size(), 1);
}

void TestProfile::fileWithoutCertificatesIsAnError()
{
    const QTemporaryDir directory;
    writeFile(directory.filePath(u"empty.pem"_s), "no certificate");
    for (const QString &name : {u"empty.pem"_s, u"missing.pem"_s}) {
        const Result<QList<QSslCertificate>> roots = readTrustedRoots(directory.filePath(name));
        QVERIFY(!roots);
        QCOMPARE(roots.error().kind, ErrorKind::FileUnreadable);
        QCOMPARE(roots.error().subject, directory.filePath(name));
    }
}

QTEST_GUILESS_MAIN(TestProfile)
#include "test_profile.moc"
