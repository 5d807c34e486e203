// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/composers.h"

#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/composer/composer.h"
#include "ui/composer/mailto.h"
#include "ui/composer/replytext.h"
#include "ui/folders/foldermodel.h"
#include "ui/reader/loadedmessage.h"

namespace postaci {

Composers::Composers(Store &store, MailEngine &engine, Settings &settings, const FolderModel &folders, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_engine(engine)
    , m_settings(settings)
    , m_folders(folders)
{
}

Composers::~Composers()
{
    for (const QPointer<Composer> &composer : std::as_const(m_open))
        delete composer;
}

Account Composers::accountFor(AccountId id) const
{
    return m_folders.account(id).value_or(m_folders.accounts().value(0));
}

Account Composers::accountOf(const MessageHeader &header) const
{
    const auto folder = m_folders.folder(header.folder);
    return accountFor(folder ? folder->account : AccountId{});
}

Composer *Composers::open(Draft draft)
{
    if (m_folders.accounts().isEmpty())
        return nullptr;
    m_open.removeAll(nullptr);
    for (const QPointer<Composer> &composer : std::as_const(m_open)) {
        if (draft.id && composer->draftId() == draft.id) {
            composer->show();
            composer->raise();
            composer->activateWindow();
            return composer;
        }
    }
    auto *composer = new Composer(m_engine, m_settings, m_folders.accounts(), draft);
    m_open.append(composer);
    connect(composer, &Composer::sent, this, &Composers::sent);
    connect(composer, &Composer::draftKept, this, &Composers::draftKept);
    composer->show();
    return composer;
}

void Composers::writeNew(AccountId account)
{
    const Account sender = accountFor(account);
    open({.account = sender.id, .from = sender.identity});
}

void Composers::reply(const MessageHeader &header, const LoadedMessage &message, ReplyTo to)
{
    const Account sender = accountOf(header);
    QStringList own;
    for (const Account &account : m_folders.accounts())
        own.append(account.identity.address);
    Draft draft = makeReply(header, message.body, sender.identity, own, to, attributionLine(message.body.envelope));
    draft.account = sender.id;
    open(draft);
}

void Composers::forward(const MessageHeader &header, const LoadedMessage &message)
{
    const Account sender = accountOf(header);
    Draft draft
        = makeForward(header, message.body, message.raw, sender.identity, forwardHeadline(message.body.envelope));
    draft.account = sender.id;
    open(draft);
}

void Composers::openDraft(DraftId id)
{
    m_store
        .read([id](const Tables &tables) -> Result<Draft> {
            if (auto draft = tables.drafts.find(id))
                return *draft;
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        })
        .then(this, [this](const Result<Draft> &draft) {
            if (draft)
                open(*draft);
            else
                Q_EMIT failed(draft.error());
        });
}

void Composers::openMailto(const QUrl &link, AccountId account)
{
    const auto mail = parseMailto(link.toEncoded());
    if (!mail)
        return;
    const Account sender = accountFor(account);
    Draft draft = draftFor(*mail);
    draft.account = sender.id;
    draft.from = sender.identity;
    Composer *composer = open(draft);
    if (!composer)
        return;
    if (!mail->ignored.isEmpty())
        composer->showNotice(
            tr("The link wanted more than a link may ask for; this was left out: %1").arg(mail->ignored.join(u", ")));
    else if (!mail->bcc.isEmpty())
        composer->showNotice(tr("The link adds hidden recipients (Bcc). Look whether you want them."));
}

void Composers::closeAll()
{
    for (const QPointer<Composer> &composer : std::as_const(m_open)) {
        if (composer)
            composer->close();
    }
}

} // namespace postaci
