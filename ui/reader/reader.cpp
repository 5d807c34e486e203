// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/reader.h"

#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/common/errortext.h"
#include "ui/common/infobar.h"
#include "ui/common/messagetext.h"
#include "ui/reader/attachmentstrip.h"
#include "ui/reader/bodyview.h"
#include "ui/reader/messageheaderview.h"
#include "ui/reader/sourcewindow.h"

#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QStackedWidget>
#include <QThreadPool>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr int slowMilliseconds = 250;
/// Long enough that walking through the list with the arrow keys marks nothing.
constexpr int readMilliseconds = 700;

QFrame *line(QWidget *parent)
{
    auto *frame = new QFrame(parent);
    frame->setFrameShape(QFrame::HLine);
    frame->setForegroundRole(QPalette::Mid);
    frame->setFrameShadow(QFrame::Plain);
    return frame;
}

} // namespace

Reader::Reader(MailEngine &engine, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_pages(new QStackedWidget(this))
    , m_nothing(new EmptyState)
    , m_page(new QWidget)
    , m_headerView(new MessageHeaderView)
    , m_remote(new InfoBar)
    , m_notice(new InfoBar)
    , m_content(new QStackedWidget)
    , m_waiting(new EmptyState)
    , m_body(new BodyView)
    , m_attachments(new AttachmentStrip(settings))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_pages);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(m_page);

    auto *layout = new QVBoxLayout(m_page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_headerView);
    for (InfoBar *bar : {m_remote, m_notice})
        bar->setContentsMargins(4, 4, 4, 0);
    layout->addWidget(line(m_page));
    layout->addWidget(m_remote);
    layout->addWidget(m_notice);
    layout->addWidget(m_content, 1);
    layout->addWidget(m_attachments);
    m_content->addWidget(m_body);
    m_content->addWidget(m_waiting);

    m_slow.setSingleShot(true);
    m_slow.setInterval(slowMilliseconds);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_content->setCurrentWidget(m_waiting); });
    m_read.setSingleShot(true);
    m_read.setInterval(readMilliseconds);
    connect(&m_read, &QTimer::timeout, this, &Reader::markRead);
    connect(m_waiting, &EmptyState::clicked, this, &Reader::act);
    connect(&m_engine, &MailEngine::messageProgress, this, [this](MessageId message, qint64 bytes) {
        if (message != m_header.id || !isGettingRest())
            return;
        m_restBytes = bytes;
        retranslate();
    });
    connect(m_body, &BodyView::linkActivated, this, &Reader::followLink);
    connect(m_body, &BodyView::linkHovered, this, &Reader::linkHovered);
    connect(m_attachments, &AttachmentStrip::saved, this, &Reader::attachmentSaved);
    connect(m_attachments, &AttachmentStrip::failed, this, [this](const MailError &error) {
        const ErrorText text = errorText(error);
        m_notice->show(InfoBar::Kind::Error, text.sentence, text.hint);
    });
    setFocusProxy(m_body);
    retranslate();
}

Reader::~Reader() = default;

void Reader::showMessage(const MessageHeader &header)
{
    if (m_header.id == header.id && m_pages->currentWidget() == m_page) {
        updateHeader(header);
        return;
    }
    m_header = header;
    m_selected = 1;
    m_headerView->setEnvelope(header.envelope, header.received);
    m_pages->setCurrentWidget(m_page);
    load();
}

void Reader::showCount(int selected)
{
    ++m_generation;
    m_slow.stop();
    m_read.stop();
    m_header = {};
    m_selected = selected;
    m_loaded.reset();
    m_error.reset();
    m_pages->setCurrentWidget(m_nothing);
    retranslate();
    Q_EMIT loadedChanged();
}

void Reader::updateHeader(const MessageHeader &header)
{
    if (header.id != m_header.id)
        return;
    if (header.envelope != m_header.envelope)
        m_headerView->setEnvelope(header.envelope, header.received);
    const bool hasCome = header.hasBody && !m_header.hasBody;
    m_header = header;
    if (hasCome && m_error && !isGettingRest())
        load();
}

void Reader::act()
{
    if (isGettingRest())
        m_engine.cancelMessage(m_header.id);
    else if (m_error && m_error->kind == ErrorKind::OnlyHeader)
        getRest();
    else
        load();
}

/// Goes on when another message is chosen.
void Reader::getRest()
{
    m_restBytes = 0;
    m_gettingRest.insert(m_header.id);
    m_engine.wholeMessage(m_header.id).then(this, [this, id = m_header.id](const Result<QByteArray> &raw) {
        m_gettingRest.remove(id);
        if (id != m_header.id)
            return;
        if (raw)
            prepare(*raw);
        else if (raw.error().kind == ErrorKind::Cancelled)
            load();
        else
            fail(raw.error());
    });
    retranslate();
}

void Reader::load()
{
    const int generation = ++m_generation;
    m_loaded.reset();
    m_error.reset();
    m_read.stop();
    m_remote->hide();
    m_notice->hide();
    m_attachments->hide();
    m_body->setMessage({}, {});
    m_content->setCurrentWidget(m_body);
    m_slow.start();
    retranslate();
    Q_EMIT loadedChanged();
    m_engine.message(m_header.id).then(this, [this, generation](const Result<QByteArray> &raw) {
        if (generation != m_generation)
            return;
        if (raw)
            prepare(*raw);
        else
            fail(raw.error());
    });
}

void Reader::prepare(const QByteArray &raw)
{
    QtFuture::makeReadyValueFuture(raw)
        .then(QThreadPool::globalInstance(),
            [look = look()](const QByteArray &bytes) { return loadMessage(bytes, look); })
        .then(this, [this, generation = m_generation](const LoadedMessage &message) {
            if (generation == m_generation)
                display(message);
        });
}

void Reader::display(const LoadedMessage &message)
{
    m_slow.stop();
    m_error.reset();
    m_loaded = std::make_unique<LoadedMessage>(message);
    // The header as it was taken from the bytes themselves knows more than the list row (Reply-To, Bcc).
    m_headerView->setEnvelope(message.body.envelope, m_header.received);
    m_body->setMessage(message.html, message.pictures);
    m_content->setCurrentWidget(m_body);
    m_attachments->setAttachments(message.raw, message.body.attachments);
    retranslate();
    if (!m_header.flags.testFlag(Flag::Seen))
        m_read.start();
    Q_EMIT loadedChanged();
}

void Reader::fail(const MailError &error)
{
    m_slow.stop();
    m_error = std::make_unique<MailError>(error);
    m_content->setCurrentWidget(m_waiting);
    retranslate();
}

void Reader::markRead()
{
    if (m_header.id && !m_header.flags.testFlag(Flag::Seen))
        m_engine.markRead(m_header.id);
}

void Reader::followLink(const QUrl &link)
{
    // Nothing else ever leaves the program: file:, javascript: and unknown schemes could start something.
    if (link.scheme() == "mailto"_L1)
        Q_EMIT mailtoClicked(link);
    else if (link.scheme() == "http"_L1 || link.scheme() == "https"_L1)
        QDesktopServices::openUrl(link);
    else
        m_notice->show(InfoBar::Kind::Warning, tr("This kind of link is not opened from a mail."), shownLink(link));
}

void Reader::showSource()
{
    if (m_loaded)
        (new SourceWindow(m_loaded->raw, this))->show();
}

ReaderLook Reader::look() const
{
    const QColor text = palette().color(QPalette::Text);
    const bool dark = palette().color(QPalette::Base).lightness() < text.lightness();
    if (dark)
        return {.dark = true, .quotes = {QColor(0x8ab4f8), QColor(0x81c995), QColor(0xf2a98c)}};
    return {.dark = false, .quotes = {QColor(0x2a5ea8), QColor(0x2f7d4f), QColor(0x9a4f23)}};
}

void Reader::retranslate()
{
    m_headerView->setAccessibleName(tr("Message header"));
    m_body->setAccessibleName(tr("Message"));
    if (m_selected > 1)
        m_nothing->setContent(u"mail-message"_s, tr("%n message(s) selected", nullptr, m_selected));
    else
        m_nothing->setContent(
            u"mail-read"_s, tr("No message selected"), tr("Choose one from the list to read it here."));

    if (isGettingRest()) {
        m_waiting->setContent(u"mail-receive"_s, tr("Fetching the rest of the message…"),
            tr("%1 of %2").arg(shownSize(m_restBytes), shownSize(m_header.size)), tr("&Cancel"));
    } else if (m_error && m_error->kind == ErrorKind::OnlyHeader) {
        const ErrorText text = errorText(*m_error);
        m_waiting->setContent(
            u"mail-message"_s, text.sentence, text.hint + u'\n' + shownSize(m_header.size), tr("&Get the rest"));
    } else if (m_error) {
        const ErrorText text = errorText(*m_error);
        const QString words = serverWords(*m_error);
        m_waiting->setContent(u"dialog-warning"_s, text.sentence,
            words.isEmpty() ? text.hint : text.hint + u'\n' + words, tr("Try again"));
    } else {
        m_waiting->setContent(u"mail-receive"_s, tr("Fetching the message…"));
    }
    if (m_loaded && m_loaded->blockedRemote > 0)
        m_remote->show(InfoBar::Kind::Information,
            tr("%n remote picture(s) not loaded.", nullptr, m_loaded->blockedRemote),
            tr("Loading them would tell the sender when and where you read this."));
    if (m_loaded && m_loaded->shortened)
        m_notice->show(InfoBar::Kind::Information, tr("This message is very long or unusual; not all of it is shown."),
            tr("The message source has everything."));
}

void Reader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    // Colours were chosen for the old palette.
    if (event->type() == QEvent::PaletteChange && m_loaded)
        prepare(m_loaded->raw);
}

} // namespace postaci
