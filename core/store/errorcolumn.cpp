// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/errorcolumn.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

template <class Enum> QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

template <class Enum> Enum valueOf(const QJsonValue &name, Enum otherwise)
{
    bool known = false;
    const int value = QMetaEnum::fromType<Enum>().keyToValue(name.toString().toLatin1(), &known);
    return known ? Enum(value) : otherwise;
}

} // namespace

QString toColumn(const MailError &error)
{
    if (error == MailError())
        return QString();
    QJsonObject object{{u"kind"_s, nameOf(error.kind)}, {u"step"_s, nameOf(error.step)}};
    const auto put = [&object](const QString &key, const QJsonValue &value, bool empty) {
        if (!empty)
            object.insert(key, value);
    };
    put(u"endpoint"_s, error.endpoint, error.endpoint.isEmpty());
    put(u"serverText"_s, error.serverText, error.serverText.isEmpty());
    put(u"replyCode"_s, error.replyCode, error.replyCode == 0);
    put(u"enhancedCode"_s, QString::fromLatin1(error.enhancedCode), error.enhancedCode.isEmpty());
    put(u"subject"_s, error.subject, error.subject.isEmpty());
    put(u"certificate"_s, QString::fromLatin1(error.certificate.toBase64()), error.certificate.isEmpty());
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

MailError errorFromColumn(const QString &column)
{
    if (column.isEmpty())
        return {};
    const QJsonObject object = QJsonDocument::fromJson(column.toUtf8()).object();
    return {
        .kind = valueOf(object.value("kind"_L1), ErrorKind::Protocol),
        .step = valueOf(object.value("step"_L1), Step::None),
        .endpoint = object.value("endpoint"_L1).toString(),
        .serverText = object.value("serverText"_L1).toString(),
        .replyCode = object.value("replyCode"_L1).toInt(),
        .enhancedCode = object.value("enhancedCode"_L1).toString().toLatin1(),
        .subject = object.value("subject"_L1).toString(),
        .certificate = QByteArray::fromBase64(object.value("certificate"_L1).toString().toLatin1()),
    };
}

} // namespace postaci
