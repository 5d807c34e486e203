// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/messagebody.h"
#include "tests/ui/uitest.h"
#include "ui/common/infobar.h"
#include "ui/composer/composer.h"
#include "ui/composer/messageedit.h"

#include <QLabel>
#include <QMimeData>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

struct ComposerFixture : UiFixture {
    explicit ComposerFixture(Draft draft = {})
    {
        draft.account = account;
        composer = new Composer(
            engine, settings, fromStore(store, [](const Tables &tables) { return tables.accounts.all(); }), draft);
        composer->show();
        if (!QTest::qWaitForWindowActive(composer))
            qFatal("the composer does not become active");
    }

    ~ComposerFixture() { delete composer; }

    QList<DraftTable::Summary> drafts()
    {
        return fromStore(store, [](const Tables &tables) { return tables.drafts.all(); });
    }

    QList<OutboxItem> outbox()
    {
        return fromStore(store, [](const Tables &tables) { return tables.outbox.all(); });
    }

    void write(const QString &text) { composer->findChild<MessageEdit *>()->insertPlainText(text); }

    void send()
    {
        composer->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(composer));
        QTest::keyClick(composer, Qt::Key_Return, Qt::ControlModifier);
    }

    QString problems()
    {
        QStringList texts;
        for (const auto *label : composer->findChildren<QLabel *>()) {
            if (label->inherits("postaci::ProblemLabel") && label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'|');
    }

    void give(const QStringList &paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        dropOn(*composer, {5, 5}, data, Qt::CopyAction);
    }

    QPointer<Composer> composer;
};

QString writeFile(const QTemporaryDir &folder, const QString &name, const QByteArray &content)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

} // namespace

class TestComposer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emptyNewMailIsThrownAway();
    void closingKeepsTheDraftWithoutAsking();
    void whatIsWrittenIsKeptWhileItIsWritten();
    void openedDraftIsNotDoubled();
    void programEndKeepsWhatWasWritten();
    void unusableAddressIsToldAtItsField();
    void mailWithoutRecipientIsNotSent();
    void sentMailIsInTheOutboxAndItsDraftGone();
    void missingSubjectAndForgottenAttachmentAreAskedAbout();
    void fileIsAttachedAsItWasWhenItWasChosen();
    void unreadableFileChangesNothing();
    void pastedPictureBecomesAFile();
    void discardRemovesTheDraft();
};

void TestComposer::emptyNewMailIsThrownAway()
{
    ComposerFixture f;
    f.composer->close();
    QTRY_VERIFY(!f.composer);
    QVERIFY(f.drafts().isEmpty());
}

void TestComposer::closingKeepsTheDraftWithoutAsking()
{
    ComposerFixture f;
    QSignalSpy kept(f.composer, &Composer::draftKept);
    QVERIFY(typeInto(*f.composer, u"Subject"_s, u"Önemli"_s));
    f.write(u"Merhaba"_s);
    f.composer->close();
    QTRY_VERIFY(!f.composer);
    QCOMPARE(kept.count(), 1);
    QCOMPARE(f.drafts().size(), 1);
    const Draft draft = fromStore(
        f.store, [&](const Tables &tables) { return tables.drafts.find(tables.drafts.all().first().id).value(); });
    QCOMPARE(draft.subject, u"Önemli"_s);
    QCOMPARE(draft.text, u"Merhaba"_s);
}

void TestComposer::whatIsWrittenIsKeptWhileItIsWritten()
{
    ComposerFixture f;
    f.write(u"bir"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.drafts().size(), 1, 10'000);
    f.write(u" iki"_s);
    const auto text = [&] {
        return fromStore(
            f.store, [](const Tables &tables) { return tables.drafts.find(tables.drafts.all().first().id)->text; });
    };
    QTRY_COMPARE_WITH_TIMEOUT(text(), u"bir iki"_s, 10'000);
    QCOMPARE(f.drafts().size(), 1);
}

void TestComposer::openedDraftIsNotDoubled()
{
    ComposerFixture f;
    f.write(u"bir"_s);
    f.composer->close();
    QTRY_VERIFY(!f.composer);
    const Draft draft = fromStore(
        f.store, [](const Tables &tables) { return tables.drafts.find(tables.drafts.all().first().id).value(); });
    auto *again = new Composer(
        f.engine, f.settings, fromStore(f.store, [](const Tables &tables) { return tables.accounts.all(); }), draft);
    QPointer<Composer> alive(again);
    again->show();
    again->findChild<MessageEdit *>()->insertPlainText(u"sıfır "_s);
    again->close();
    QTRY_VERIFY(!alive);
    QCOMPARE(f.drafts().size(), 1);
    QCOMPARE(f.drafts().first().id, draft.id);
}

void TestComposer::programEndKeepsWhatWasWritten()
{
    ComposerFixture f;
    f.write(u"yarım"_s);
    delete f.composer;
    QTRY_COMPARE(f.drafts().size(), 1);
}

void TestComposer::unusableAddressIsToldAtItsField()
{
    ComposerFixture f;
    QVERIFY(typeInto(*f.composer, u"To"_s, u"a@example.org, ali veli"_s));
    QVERIFY(typeInto(*f.composer, u"Subject"_s, u"Konu"_s));
    f.send();
    QCOMPARE(f.problems(), u"Not an email address: ali veli"_s);
    QVERIFY(f.composer->focusWidget()->accessibleDescription().contains(u"ali veli"_s));
    QVERIFY(f.outbox().isEmpty());
    QVERIFY(typeInto(*f.composer, u"To"_s, u"a@example.org"_s));
    QCOMPARE(f.problems(), QString());
}

void TestComposer::mailWithoutRecipientIsNotSent()
{
    ComposerFixture f;
    f.write(u"Merhaba"_s);
    f.send();
    QCOMPARE(f.problems(), u"Enter at least one recipient."_s);
    QVERIFY(f.outbox().isEmpty());
}

void TestComposer::sentMailIsInTheOutboxAndItsDraftGone()
{
    ComposerFixture f(
        {.to = {{u"Zeynep"_s, u"zeynep@example.org"_s}}, .bcc = {{{}, u"gizli@example.org"_s}}, .subject = u"Selam"_s});
    QSignalSpy sent(f.composer, &Composer::sent);
    f.write(u"Nasılsın?"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.drafts().size(), 1, 10'000);
    f.send();
    QTRY_VERIFY(!f.composer);
    QCOMPARE(sent.count(), 1);
    QCOMPARE(f.outbox().size(), 1);
    QCOMPARE(f.outbox().first().subject, u"Selam"_s);
    QCOMPARE(f.outbox().first().recipients.size(), 2);
    QVERIFY(f.drafts().isEmpty());
}

void TestComposer::missingSubjectAndForgottenAttachmentAreAskedAbout()
{
    ComposerFixture f({.to = {{{}, u"zeynep@example.org"_s}}});
    f.write(u"Rapor ektedir."_s);
    f.send();
    const auto *box = f.composer->findChild<QMessageBox *>();
    QVERIFY(box);
    QVERIFY(box->text().contains(u"no subject"_s));
    QVERIFY(box->text().contains(u"ektedir"_s));
    QVERIFY(answer(*f.composer, u"Keep writing"_s));
    QVERIFY(f.outbox().isEmpty());
    QTRY_VERIFY(!f.composer->findChild<QMessageBox *>());
    f.send();
    QVERIFY(answer(*f.composer, u"Send anyway"_s));
    QTRY_VERIFY(!f.composer);
    QCOMPARE(f.outbox().size(), 1);
}

void TestComposer::fileIsAttachedAsItWasWhenItWasChosen()
{
    const QTemporaryDir folder;
    const QString path = writeFile(folder, u"Özgeçmiş ığüşöç.pdf"_s, "%PDF-1.4 eski");
    ComposerFixture f;
    f.give({path});
    QTRY_COMPARE(f.composer->draft().attachments.size(), 1);
    writeFile(folder, u"Özgeçmiş ığüşöç.pdf"_s, "yeni");
    QVERIFY(QFile::remove(path));
    const DraftAttachment attachment = f.composer->draft().attachments.first();
    QCOMPARE(attachment.fileName, u"Özgeçmiş ığüşöç.pdf"_s);
    QCOMPARE(attachment.content, "%PDF-1.4 eski"_ba);
    QCOMPARE(attachment.mediaType, "application/pdf"_ba);
}

void TestComposer::unreadableFileChangesNothing()
{
    const QTemporaryDir folder;
    ComposerFixture f({.to = {{{}, u"a@example.org"_s}}, .subject = u"Konu"_s});
    const Draft before = f.composer->draft();
    const auto *notice = f.composer->findChild<InfoBar *>();
    f.give({folder.filePath(u"yok.pdf"_s)});
    QTRY_VERIFY(notice->isVisible());
    QCOMPARE(notice->text(), u"The file “yok.pdf” cannot be read."_s);
    QCOMPARE(f.composer->draft(), before);
    // A folder is no file either.
    f.give({folder.path()});
    QTRY_VERIFY(notice->text().contains(QFileInfo(folder.path()).fileName()));
    QCOMPARE(f.composer->draft(), before);
}

void TestComposer::pastedPictureBecomesAFile()
{
    ComposerFixture f;
    QImage picture(20, 10, QImage::Format_RGB32);
    picture.fill(Qt::green);
    Q_EMIT f.composer->findChild<MessageEdit *>()->pictureGiven(picture);
    QTRY_COMPARE(f.composer->draft().attachments.size(), 1);
    const DraftAttachment attachment = f.composer->draft().attachments.first();
    QCOMPARE(attachment.mediaType, "image/png"_ba);
    QCOMPARE(QImage::fromData(attachment.content).size(), QSize(20, 10));
}

void TestComposer::discardRemovesTheDraft()
{
    ComposerFixture f;
    f.write(u"bir"_s);
    QTRY_COMPARE_WITH_TIMEOUT(f.drafts().size(), 1, 10'000);
    buttonCalled(*f.composer, u"Discard"_s)->click();
    QVERIFY(answer(*f.composer, u"Keep writing"_s));
    QTRY_VERIFY(!f.composer->findChild<QMessageBox *>());
    QCOMPARE(f.drafts().size(), 1);
    buttonCalled(*f.composer, u"Discard"_s)->click();
    QVERIFY(answer(*f.composer, u"Discard"_s));
    QTRY_VERIFY(!f.composer);
    QTRY_VERIFY(f.drafts().isEmpty());
}

QTEST_MAIN(TestComposer)
#include "test_composer.moc"
