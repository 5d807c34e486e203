// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/bodyview.h"

#include "ui/common/messagetext.h"

#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace postaci {

QString shownLink(const QUrl &link)
{
    // Encoded throughout: no look-alike letters, no direction changes, nothing invisible.
    return harmless(QString::fromLatin1(link.toEncoded()).left(2'000));
}

BodyView::BodyView(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(false); // Tab goes from link to link.
    document()->setDocumentMargin(fontMetrics().height());
    connect(this, &QTextBrowser::anchorClicked, this, &BodyView::linkActivated);
    connect(this, &QTextBrowser::highlighted, this, [this](const QUrl &link) { Q_EMIT linkHovered(shownLink(link)); });
}

void BodyView::setMessage(const QString &html, const QHash<QString, QImage> &pictures)
{
    m_pictures = pictures;
    document()->setDefaultFont(font());
    setHtml(html);
}

QVariant BodyView::loadResource(int, const QUrl &name)
{
    // Never the base class: it would read files and resources.
    if (name.scheme() != "cid"_L1)
        return {};
    QImage picture = m_pictures.value(name.path(QUrl::FullyDecoded));
    const int room = viewport()->width() - 2 * int(document()->documentMargin());
    if (room > 0 && picture.width() > room)
        picture = picture.scaledToWidth(room, Qt::SmoothTransformation);
    return picture;
}

bool BodyView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString link = anchorAt(help->pos());
        QToolTip::showText(help->globalPos(),
            link.isEmpty() ? QString()
                           : u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(shownLink(QUrl(link)).toHtmlEscaped()),
            this);
        return true;
    }
    return QTextBrowser::viewportEvent(event);
}

} // namespace postaci
