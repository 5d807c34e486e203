// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

class QBoxLayout;
class QLabel;
class QVBoxLayout;

namespace postaci {

/// What the pages of the set-up have in common: a title, a sentence beneath it and room below, which scrolls where the
/// screen is small or the type large. Each page has one clear action, which the wizard shows as its main button.
class WizardPage : public QScrollArea {
    Q_OBJECT

public:
    explicit WizardPage(QWidget *parent = nullptr);

    /// What the main button says; empty: this page has none.
    virtual QString action() const { return {}; }
    virtual bool canAct() const { return true; }
    /// Where typing begins when the page is shown. False: nothing here, the main button is to have the focus.
    virtual bool focusFirst() { return false; }

    QSize sizeHint() const override;
    QString title() const;

Q_SIGNALS:
    /// action() or canAct() has another answer.
    void actionChanged();

protected:
    /// Everything below title and sentence.
    QVBoxLayout *body() const { return m_body; }
    /// A line's height, the measure of all distances.
    int gap() const;
    /// An empty `intro` takes no room.
    void setHead(const QString &title, const QString &intro = {});
    /// All texts anew. Called by the pages at the end of their constructors, and when the language changes.
    virtual void retranslate() = 0;

    /// A row of two halves, one above the other where the page is narrow.
    QBoxLayout *makeHalves();

    /// A label whose text wraps and is never taken for rich text.
    QLabel *plainLabel(bool quiet = false);

    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateFonts();
    void arrangeHalves();

    QLabel *m_title;
    QLabel *m_intro;
    QVBoxLayout *m_body;
    QBoxLayout *m_halves = nullptr;
};

} // namespace postaci
