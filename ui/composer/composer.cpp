// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "core/mime/headerparser.h"
#include "core/settings/settings.h"
#include "core/sync/mailengine.h"
#include "ui/common/addresscheck.h"
#include "ui/common/errortext.h"
#include "ui/common/icons.h"
#include "ui/common/infobar.h"
#include "ui/common/messagetext.h"
#include "ui/composer/attachfile.h"
#include "ui/composer/attachmentbox.h"
#include "ui/composer/draftcheck.h"
#include "ui/composer/messageedit.h"
#include "ui/composer/recipientfield.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
constexpr int autosaveMilliseconds = 3'000;
}

Composer::Composer(
    MailEngine &engine, Settings &settings, const QList<Account> &accounts, const Draft &draft, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_engine(engine)
    , m_settings(settings)
    , m_accounts(accounts)
    , m_draft(draft)
    , m_sendAction(new QAction(this))
    , m_attachAction(new QAction(this))
    , m_discardAction(new QAction(this))
    , m_tools(new QToolBar(this))
    , m_notice(new InfoBar(this))
    , m_fields(new QWidget(this))
    , m_form(new QFormLayout(m_fields))
    , m_from(new QComboBox(this))
    , m_copies(new QToolButton(this))
    , m_to(new RecipientField(this))
    , m_cc(new RecipientField(this))
    , m_bcc(new RecipientField(this))
    , m_subject(new QLineEdit(this))
    , m_text(new MessageEdit(this))
    , m_attachments(new AttachmentBox(this))
{
    setAttribute(Qt::WA_DeleteOnClose, false); // Closing keeps the draft first.
    setAcceptDrops(true);
    makeActions();
    makeLayout();
    fill();
    retranslate();
    m_saved = this->draft();

    m_autosave.setSingleShot(true);
    m_autosave.setInterval(autosaveMilliseconds);
    connect(&m_autosave, &QTimer::timeout, this, &Composer::save);
    for (RecipientField *field : {m_to, m_cc, m_bcc})
        connect(field, &RecipientField::changed, this, &Composer::onChanged);
    connect(m_from, &QComboBox::activated, this, &Composer::onChanged);
    connect(m_subject, &QLineEdit::textEdited, this, &Composer::onChanged);
    connect(m_subject, &QLineEdit::textChanged, this, &Composer::updateTitle);
    connect(m_text, &QPlainTextEdit::textChanged, this, &Composer::onChanged);
    connect(m_attachments, &AttachmentBox::changed, this, &Composer::onChanged);
    connect(m_text, &MessageEdit::filesGiven, this, &Composer::attachFiles);
    connect(m_text, &MessageEdit::pictureGiven, this,
        [this](const QImage &picture) { attach(encodePicture(picture, tr("Picture") + u".png"_s)); });

    if (!restoreGeometry(m_settings.value(Setting::ComposerGeometry).toByteArray()))
        resize(fontMetrics().averageCharWidth() * 95, fontMetrics().height() * 38);
    if (m_draft.to.isEmpty())
        m_to->setFocus();
    else if (m_draft.subject.isEmpty())
        m_subject->setFocus();
    else
        m_text->setFocus();
}

Composer::~Composer()
{
    if (m_isSaving)
        m_saving.waitForFinished();
    const Draft current = draft();
    if (!m_done && !m_isSaving && current != m_saved)
        m_engine.saveDraft(current).waitForFinished();
}

void Composer::makeActions()
{
    m_sendAction->setIcon(themeIcon(u"document-send"_s));
    m_sendAction->setShortcuts({Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter});
    connect(m_sendAction, &QAction::triggered, this, &Composer::trySend);
    m_attachAction->setIcon(themeIcon(u"mail-attachment"_s));
    m_attachAction->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_A);
    connect(m_attachAction, &QAction::triggered, this, &Composer::chooseFiles);
    m_discardAction->setIcon(themeIcon(u"edit-delete"_s));
    connect(m_discardAction, &QAction::triggered, this, &Composer::discard);
    auto *closeAction = new QAction(this);
    closeAction->setShortcuts(QKeySequence::Close);
    connect(closeAction, &QAction::triggered, this, &QWidget::close);
    addAction(closeAction);
}

void Composer::makeLayout()
{
    m_notice->setContentsMargins(4, 4, 4, 4);
    m_tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_tools->addAction(m_sendAction);
    m_tools->addAction(m_attachAction);
    auto *spacer = new QWidget(m_tools);
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_tools->addWidget(spacer);
    m_tools->addAction(m_discardAction);
    for (QAction *action : {m_sendAction, m_attachAction, m_discardAction})
        m_tools->widgetForAction(action)->setFocusPolicy(Qt::TabFocus);

    const int margin = fontMetrics().height() * 3 / 4;
    m_form->setContentsMargins(margin, margin / 2, margin, margin / 2);
    m_form->setVerticalSpacing(margin / 2);
    m_form->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    for (int row = 0; row < 5; ++row)
        m_form->addRow(new QLabel(this), static_cast<QWidget *>(nullptr));
    auto *fromLine = new QHBoxLayout;
    fromLine->addWidget(m_from, 1);
    fromLine->addWidget(m_copies);
    m_copies->setAutoRaise(true);
    m_copies->setFocusPolicy(Qt::TabFocus);
    connect(m_copies, &QToolButton::clicked, this, [this] {
        showCopies(true, true);
        m_cc->setFocus();
    });
    m_form->setLayout(0, QFormLayout::FieldRole, fromLine);
    m_form->setWidget(1, QFormLayout::FieldRole, m_to);
    m_form->setWidget(2, QFormLayout::FieldRole, m_cc);
    m_form->setWidget(3, QFormLayout::FieldRole, m_bcc);
    m_form->setWidget(4, QFormLayout::FieldRole, m_subject);
    const auto buddy = [this](int row, QWidget *field) {
        static_cast<QLabel *>(m_form->itemAt(row, QFormLayout::LabelRole)->widget())->setBuddy(field);
    };
    buddy(0, m_from);
    buddy(1, m_to->edit());
    buddy(2, m_cc->edit());
    buddy(3, m_bcc->edit());
    buddy(4, m_subject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_tools);
    layout->addWidget(m_notice);
    layout->addWidget(m_fields);
    layout->addWidget(m_attachments);
    layout->addWidget(m_text, 1);

    const QList<QWidget *> order{m_from, m_copies, m_to->edit(), m_cc->edit(), m_bcc->edit(), m_subject, m_text};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order[i - 1], order[i]);
}

void Composer::fill()
{
    for (const Account &account : std::as_const(m_accounts))
        m_from->addItem(formatAddress(account.identity), QVariant::fromValue(account.id));
    const int index = m_from->findData(QVariant::fromValue(m_draft.account));
    m_from->setCurrentIndex(qMax(0, index));

    m_to->setAddresses(m_draft.to);
    m_cc->setAddresses(m_draft.cc);
    m_bcc->setAddresses(m_draft.bcc);
    m_subject->setText(m_draft.subject);
    m_text->setPlainText(m_draft.text);
    m_text->document()->setModified(false);
    // Plain text for now: what was a picture inside HTML is a file beside it.
    QList<DraftAttachment> attachments = m_draft.attachments;
    for (DraftAttachment &attachment : attachments)
        attachment.contentId.clear();
    m_attachments->setAttachments(attachments);
    showCopies(!m_draft.cc.isEmpty(), !m_draft.bcc.isEmpty());
}

void Composer::showCopies(bool cc, bool bcc)
{
    m_form->setRowVisible(2, cc);
    m_form->setRowVisible(3, bcc);
    m_copies->setVisible(!cc || !bcc);
}

Draft Composer::draft() const
{
    Draft draft = m_draft;
    const Account &account = m_accounts.at(qMax(0, m_from->currentIndex()));
    draft.account = account.id;
    draft.from = account.identity;
    draft.to = m_to->addresses();
    draft.cc = m_cc->addresses();
    draft.bcc = m_bcc->addresses();
    draft.subject = m_subject->text();
    draft.text = m_text->toPlainText();
    draft.html.clear();
    draft.attachments = m_attachments->attachments();
    return draft;
}

void Composer::onChanged()
{
    if (!m_autosave.isActive())
        m_autosave.start();
}

/// The answer may come while close() is still on the stack.
void Composer::closeLater()
{
    QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
}

/// One save at a time: the first one gives the draft its id, and two at once would make two drafts.
void Composer::save()
{
    if (m_done || m_isSending || m_isSaving)
        return;
    const Draft current = draft();
    if (current == m_saved)
        return;
    m_isSaving = true;
    m_saved = current;
    m_saving = m_engine.saveDraft(current);
    m_saving.then(this, [this](const Result<DraftId> &id) {
        m_isSaving = false;
        if (m_done) {
            if (id)
                m_engine.discardDraft(*id);
            closeLater();
            return;
        }
        if (id) {
            m_draft.id = *id;
            m_saved.id = *id;
        } else {
            m_saved = {};
            show(); // It may be closing; then what was written would be lost.
            showError(id.error());
            m_sendAfterSaving = false;
            return;
        }
        if (m_sendAfterSaving)
            send();
        else if (!isVisible())
            closeLater();
        else if (draft() != m_saved)
            m_autosave.start();
    });
}

void Composer::closeEvent(QCloseEvent *event)
{
    m_settings.setValue(Setting::ComposerGeometry, saveGeometry());
    event->ignore();
    if (m_isSending)
        return;
    m_autosave.stop();
    if (m_isSaving) {
        hide(); // save() goes on from here.
        return;
    }
    const Draft current = draft();
    if (m_done || current == m_saved) {
        if (!m_done && m_draft.id)
            Q_EMIT draftKept();
        event->accept();
        deleteLater();
        return;
    }
    // Closed for good by save() once the draft is kept.
    hide();
    save();
}

void Composer::discard()
{
    const auto throwAway = [this] {
        m_done = true;
        if (m_draft.id)
            m_engine.discardDraft(m_draft.id);
        close();
    };
    if (!m_draft.id && !m_isSaving && draft() == m_saved) {
        throwAway();
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Question, tr("Discard this mail?"),
        tr("What you have written will be lost."), QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto *yes = question->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("Keep writing"), QMessageBox::RejectRole));
    connect(question, &QMessageBox::buttonClicked, this, [yes, throwAway](QAbstractButton *button) {
        if (button == yes)
            throwAway();
    });
    question->open();
}

void Composer::attachFiles(const QStringList &paths)
{
    for (const QString &path : paths)
        attach(readAttachment(path));
}

void Composer::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &Composer::attachFiles);
    dialog->open();
}

void Composer::attach(QFuture<Result<DraftAttachment>> reading)
{
    ++m_reading;
    m_sendAction->setEnabled(false);
    reading.then(this, [this](const Result<DraftAttachment> &attachment) {
        --m_reading;
        m_sendAction->setEnabled(m_reading == 0 && !m_isSending);
        if (attachment)
            m_attachments->add(*attachment);
        else
            showError(attachment.error());
    });
}

void Composer::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void Composer::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    attachFiles(localFiles(*event->mimeData()));
}

void Composer::trySend()
{
    if (m_isSending || m_reading > 0)
        return;
    m_notice->hide();
    const DraftCheck check = checkDraft(draft());
    if (check.mustBeMended()) {
        RecipientField *first = nullptr;
        for (RecipientField *field : {m_to, m_cc, m_bcc}) {
            QStringList wrong;
            for (const Address &address : field->addresses()) {
                if (!isUsableAddress(address.address))
                    wrong.append(address.address.isEmpty() ? address.name : address.address);
            }
            field->showProblem(wrong.isEmpty() ? QString() : tr("Not an email address: %1").arg(wrong.join(u", "_s)));
            if (!wrong.isEmpty() && !first)
                first = field;
        }
        if (check.noRecipient) {
            m_to->showProblem(tr("Enter at least one recipient."));
            first = m_to;
        }
        if (first)
            first->edit()->setFocus();
        return;
    }
    QStringList doubts;
    if (check.noSubject)
        doubts.append(tr("The mail has no subject."));
    if (!check.attachmentWord.isEmpty())
        doubts.append(tr("You write “%1”, but nothing is attached.").arg(check.attachmentWord));
    if (doubts.isEmpty())
        send();
    else
        askAndSend(doubts);
}

void Composer::askAndSend(const QStringList &doubts)
{
    auto *question
        = new QMessageBox(QMessageBox::Question, tr("Send anyway?"), doubts.join(u'\n'), QMessageBox::NoButton, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    const auto *yes = question->addButton(tr("Send anyway"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(tr("Keep writing"), QMessageBox::RejectRole));
    connect(question, &QMessageBox::buttonClicked, this, [this, yes](QAbstractButton *button) {
        if (button == yes)
            send();
    });
    question->open();
}

void Composer::send()
{
    m_autosave.stop();
    if (m_isSaving) {
        // The draft's id is on its way; without it the sent draft would stay behind.
        m_sendAfterSaving = true;
        return;
    }
    m_sendAfterSaving = false;
    m_isSending = true;
    m_fields->setEnabled(false);
    m_text->setReadOnly(true);
    m_sendAction->setEnabled(false);
    m_engine.send(draft()).then(this, [this](const Result<OutboxId> &id) {
        m_isSending = false;
        m_fields->setEnabled(true);
        m_text->setReadOnly(false);
        m_sendAction->setEnabled(true);
        if (!id) {
            showError(id.error());
            return;
        }
        m_done = true;
        Q_EMIT sent();
        close();
    });
}

void Composer::showError(const MailError &error)
{
    const ErrorText text = errorText(error);
    m_notice->show(InfoBar::Kind::Error, text.sentence, text.hint);
}

void Composer::showNotice(const QString &text)
{
    m_notice->show(InfoBar::Kind::Information, text);
}

void Composer::updateTitle()
{
    const QString subject = harmless(m_subject->text());
    setWindowTitle(subject.isEmpty() ? tr("New message") : subject);
}

void Composer::retranslate()
{
    m_sendAction->setText(tr("Send"));
    m_sendAction->setToolTip(tr("Send (%1)").arg(m_sendAction->shortcut().toString(QKeySequence::NativeText)));
    m_attachAction->setText(tr("Attach file…"));
    m_discardAction->setText(tr("Discard"));
    m_tools->setAccessibleName(tr("Composer tools"));
    m_copies->setText(tr("Cc/Bcc"));
    m_copies->setAccessibleName(tr("Add Cc and Bcc"));
    const QStringList labels{tr("F&rom"), tr("T&o"), tr("&Cc"), tr("&Bcc"), tr("S&ubject")};
    for (int row = 0; row < labels.size(); ++row)
        static_cast<QLabel *>(m_form->itemAt(row, QFormLayout::LabelRole)->widget())->setText(labels[row]);
    m_from->setAccessibleName(tr("From", "sender field"));
    m_to->edit()->setAccessibleName(tr("To", "recipient field"));
    m_cc->edit()->setAccessibleName(tr("Cc", "recipient field"));
    m_bcc->edit()->setAccessibleName(tr("Bcc", "recipient field"));
    m_subject->setAccessibleName(tr("Subject"));
    m_text->setAccessibleName(tr("Message text"));
    m_to->edit()->setPlaceholderText(tr("name@example.org, …"));
    updateTitle();
}

void Composer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
