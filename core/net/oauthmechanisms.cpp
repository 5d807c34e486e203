// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthmechanisms.h"

#include <QByteArray>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

namespace postaci {

namespace {

/// Separates the key-value pairs of both mechanisms.
constexpr char separator = '\x01';

/// One exchange: what libsasl was last given must stay until the next step.
struct Exchange {
    QByteArray answer;
    bool tokenSent = false;
};

struct Login {
    QByteArray user;
    QByteArray token;
};

/// The callback of this exchange for `id`, as what it really is.
template <class Function> Function *callback(const sasl_utils_t *utils, unsigned long id, void **context)
{
    sasl_callback_ft function = nullptr;
    if (utils->getcallback(utils->conn, id, &function, context) != SASL_OK)
        return nullptr;
    return reinterpret_cast<Function *>(reinterpret_cast<void (*)()>(function));
}

int readLogin(const sasl_utils_t *utils, Login *login)
{
    void *context = nullptr;
    const char *user = nullptr;
    unsigned length = 0;
    auto *getUser = callback<sasl_getsimple_t>(utils, SASL_CB_AUTHNAME, &context);
    if (!getUser || getUser(context, SASL_CB_AUTHNAME, &user, &length) != SASL_OK)
        return SASL_BADPARAM;
    login->user = QByteArray(user, qsizetype(length));

    sasl_secret_t *secret = nullptr;
    auto *getSecret = callback<sasl_getsecret_t>(utils, SASL_CB_PASS, &context);
    if (!getSecret || getSecret(utils->conn, context, SASL_CB_PASS, &secret) != SASL_OK)
        return SASL_BADPARAM;
    login->token = QByteArray(reinterpret_cast<const char *>(secret->data), qsizetype(secret->len));
    return SASL_OK;
}

/// saslname of RFC 5801.
QByteArray gs2Name(QByteArray name)
{
    return name.replace('=', "=3D").replace(',', "=2C");
}

QByteArray bearerMessage(const Login &login)
{
    return "n,a=" + gs2Name(login.user) + ',' + separator + "auth=Bearer " + login.token + separator + separator;
}

QByteArray xoauth2Message(const Login &login)
{
    return "user=" + login.user + separator + "auth=Bearer " + login.token + separator + separator;
}

/// The server refuses with a challenge (JSON) that wants an answer before the refusal proper: RFC 7628 3.2.3.
const QByteArray bearerAcknowledgement(1, separator);
const QByteArray xoauth2Acknowledgement("");

int newExchange(void *, sasl_client_params_t *, void **context)
{
    *context = new Exchange;
    return SASL_OK;
}

void disposeExchange(void *context, const sasl_utils_t *utils)
{
    auto *exchange = static_cast<Exchange *>(context);
    if (!exchange->answer.isEmpty())
        utils->erasebuffer(exchange->answer.data(), unsigned(exchange->answer.size()));
    delete exchange;
}

/// oparams->doneflag stays 0: whether more comes is the server's choice.
template <QByteArray (*message)(const Login &), const QByteArray &acknowledgement>
int step(void *context, sasl_client_params_t *params, const char *, unsigned, sasl_interact_t **, const char **output,
    unsigned *outputLength, sasl_out_params_t *outParams)
{
    auto *exchange = static_cast<Exchange *>(context);
    int result = SASL_CONTINUE;
    if (exchange->tokenSent) {
        exchange->answer = acknowledgement;
    } else {
        Login login;
        if (const int error = readLogin(params->utils, &login))
            return error;
        if (const int error = params->canon_user(params->utils->conn, login.user.constData(),
                unsigned(login.user.size()), SASL_CU_AUTHID | SASL_CU_AUTHZID, outParams))
            return error;
        exchange->answer = message(login);
        exchange->tokenSent = true;
        params->utils->erasebuffer(login.token.data(), unsigned(login.token.size()));
        result = SASL_OK;
    }
    *output = exchange->answer.constData();
    *outputLength = unsigned(exchange->answer.size());
    return result;
}

template <QByteArray (*message)(const Login &), const QByteArray &acknowledgement>
sasl_client_plug_t plugin(const char *name)
{
    sasl_client_plug_t result{};
    result.mech_name = name;
    result.security_flags = SASL_SEC_NOANONYMOUS | SASL_SEC_PASS_CREDENTIALS;
    result.features = SASL_FEAT_WANT_CLIENT_FIRST | SASL_FEAT_ALLOWS_PROXY;
    result.mech_new = newExchange;
    result.mech_step = step<message, acknowledgement>;
    result.mech_dispose = disposeExchange;
    return result;
}

int initialise(const sasl_utils_t *, int maxVersion, int *version, sasl_client_plug_t **list, int *count)
{
    if (maxVersion < SASL_CLIENT_PLUG_VERSION)
        return SASL_BADVERS;
    static sasl_client_plug_t plugins[] = {
        plugin<bearerMessage, bearerAcknowledgement>("OAUTHBEARER"),
        plugin<xoauth2Message, xoauth2Acknowledgement>("XOAUTH2"),
    };
    *version = SASL_CLIENT_PLUG_VERSION;
    *list = plugins;
    *count = int(std::size(plugins));
    return SASL_OK;
}

} // namespace

int addOAuthMechanisms()
{
    return sasl_client_add_plugin("postaci-oauth", initialise);
}

} // namespace postaci
