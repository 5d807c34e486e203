// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mime/headerparser.h"
#include "core/settings/settings.h"
#include "core/sync/mailengine.h"
#include "tests/store/storetest.h"

#include <QAbstractButton>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QSemaphore>
#include <QTest>

#include <memory>

namespace postaci {

/// A store with mail in it, an engine that stays off the network, settings: what a window needs.
struct UiFixture : StoreFixture {
    /// `withAccount` false: as at the very first start.
    explicit UiFixture(bool withAccount = true)
        : engine(store, {.profile = dir.path(), .secrets = SecretStore::Backing::MemoryOnly, .keepConnected = false})
        , settings(dir.path())
    {
        inStore(store, [this, withAccount](Tables &tables) {
            if (!withAccount) {
                tables.accounts.remove(account);
                return;
            }
            // A port on which nobody listens, and a password, so that nobody is asked for one.
            Account nowhere = tables.accounts.find(account).value();
            for (ServerSettings *server : {&nowhere.incoming, &nowhere.outgoing}) {
                server->host = QStringLiteral("127.0.0.1");
                server->port = 1;
            }
            tables.accounts.update(nowhere);
        });
        engine.start().waitForFinished();
        if (withAccount)
            engine.providePassword(account, {QStringLiteral("x"), QStringLiteral("x")}).waitForFinished();
    }

    ~UiFixture() { engine.stop().waitForFinished(); }

    MailEngine engine;
    Settings settings;
};

/// Holds back every write to a store until it is let go: what writes is under way as long as the test wants.
class HeldWrites {
public:
    explicit HeldWrites(Store &store)
        : m_held(store.write([gate = m_gate](Tables &) -> Result<void> {
            gate->acquire();
            return {};
        }))
    {
    }
    ~HeldWrites() { letGo(); }
    Q_DISABLE_COPY_MOVE(HeldWrites)

    void letGo()
    {
        m_gate->release();
        m_held.waitForFinished();
    }

private:
    const std::shared_ptr<QSemaphore> m_gate = std::make_shared<QSemaphore>();
    QFuture<Result<void>> m_held;
};

/// Types as a keyboard would, any letter of any language, into the line with this accessible name.
inline bool typeInto(QWidget &window, const QString &name, const QString &text)
{
    for (auto *edit : window.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() != name || !edit->isVisibleTo(&window))
            continue; // The pages of a wizard have some fields in common.
        edit->setFocus();
        edit->selectAll();
        for (const QChar c : text)
            QTest::sendKeyEvent(QTest::Click, edit, Qt::Key_unknown, QString(c), {});
        return true;
    }
    return false;
}

/// The button with this text, mnemonics left out; null if there is none.
inline QAbstractButton *buttonCalled(const QWidget &window, const QString &text)
{
    for (auto *button : window.findChildren<QAbstractButton *>()) {
        if (button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

/// Presses a button of a message box that is open on the window.
inline bool answer(const QWidget &window, const QString &text)
{
    for (auto *box : window.findChildren<QMessageBox *>()) {
        if (auto *button = buttonCalled(*box, text)) {
            button->click();
            return true;
        }
    }
    return false;
}

/// Qt delivers a drop only to what a drag has entered.
inline void dropOn(QWidget &widget, const QPoint &position, const QMimeData &data, Qt::DropAction action)
{
    QDragEnterEvent enter(position, action, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &enter);
    QDropEvent drop(position, action, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &drop);
}

inline QString describe(const QWidget &widget)
{
    const QWidget *parent = widget.parentWidget();
    return QLatin1String(widget.metaObject()->className()) + QLatin1String(" in ")
        + QLatin1String(parent ? parent->metaObject()->className() : "nothing");
}

/// Turns a message into a row and its bytes, as a sync would.
inline MessageId addMessage(StoreFixture &f, FolderId folder, quint32 uid, const QByteArray &raw, Flags flags = {})
{
    MessageHeader header = sampleHeader(uid, flags);
    const qsizetype end = raw.indexOf("\r\n\r\n");
    header.envelope = parseEnvelope(raw.first(end + 2));
    header.size = raw.size();
    if (header.envelope.date.isValid())
        header.received = header.envelope.date;
    header.envelope.hasAttachments = raw.contains("multipart/mixed");
    const MessageId id = f.add(folder, {header}).first();
    inStore(f.store, [=](Tables &tables) { tables.bodies.put(id, raw); });
    return id;
}

} // namespace postaci
