// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/recipientfield.h"

#include "core/mime/headerparser.h"
#include "ui/common/addresscheck.h"
#include "ui/common/problemlabel.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace postaci {

RecipientField::RecipientField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_problem(new ProblemLabel(*m_edit, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, [this] {
        m_problem->setProblem({});
        Q_EMIT changed();
    });
}

AddressList RecipientField::addresses() const
{
    return typedAddresses(m_edit->text());
}

void RecipientField::setAddresses(const AddressList &addresses)
{
    m_edit->setText(formatAddresses(addresses));
    m_edit->setCursorPosition(0);
}

void RecipientField::showProblem(const QString &text)
{
    m_problem->setProblem(text);
}

} // namespace postaci
