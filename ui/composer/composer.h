// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/draft.h"

#include <QFuture>
#include <QList>
#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QToolBar;
class QToolButton;

namespace postaci {

class AttachmentBox;
class InfoBar;
class MailEngine;
class MessageEdit;
class ProblemLabel;
class RecipientField;
class Settings;

/// A window in which one mail is written. Keeps its draft in the store while it is written and when it is closed; a new
/// mail in which nothing was written is thrown away. Deletes itself when closed.
class Composer : public QWidget {
    Q_OBJECT

public:
    /// `accounts` must not be empty. A draft that is in the store already has an id.
    Composer(MailEngine &engine, Settings &settings, const QList<Account> &accounts, const Draft &draft,
        QWidget *parent = nullptr);
    /// Waits for a save that is under way, so that nothing written is lost at the end of the program.
    ~Composer() override;

    DraftId draftId() const { return m_draft.id; }
    Draft draft() const;
    void showNotice(const QString &text);

Q_SIGNALS:
    void sent();
    void draftKept();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeActions();
    void makeLayout();
    void fill();
    void retranslate();
    void updateTitle();
    void onChanged();
    void showCopies(bool cc, bool bcc);

    void attachFiles(const QStringList &paths);
    void chooseFiles();
    void attach(QFuture<Result<DraftAttachment>> reading);

    void save();
    void closeLater();
    void discard();
    void trySend();
    void askAndSend(const QStringList &doubts);
    void send();
    void showError(const MailError &error);

    MailEngine &m_engine;
    Settings &m_settings;
    QList<Account> m_accounts;
    Draft m_draft; ///< What the fields do not show: id, kind, original, threading.
    Draft m_saved; ///< As it was last handed to the store.
    QTimer m_autosave;
    QFuture<Result<DraftId>> m_saving;
    bool m_isSaving = false;
    bool m_isSending = false;
    bool m_sendAfterSaving = false;
    bool m_done = false; ///< Sent or discarded: nothing more to keep.
    int m_reading = 0; ///< Files that are being read.

    QAction *m_sendAction;
    QAction *m_attachAction;
    QAction *m_discardAction;
    QToolBar *m_tools;
    InfoBar *m_notice;
    QWidget *m_fields;
    QFormLayout *m_form;
    QComboBox *m_from;
    QToolButton *m_copies;
    RecipientField *m_to;
    RecipientField *m_cc;
    RecipientField *m_bcc;
    QLineEdit *m_subject;
    MessageEdit *m_text;
    AttachmentBox *m_attachments;
};

} // namespace postaci
