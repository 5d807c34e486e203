// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/sasl.h"

#include "core/base/log.h"
#include "core/net/oauthmechanisms.h"
#include "core/net/saslprep.h"

#include <sasl/sasl.h>
#include <sasl/saslplug.h>
#include <sasl/saslutil.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace postaci {

namespace {

/// Bytes; libsasl's own limit, beyond which it fails late and leaks.
constexpr qsizetype userNameLimit = 1024;

struct Mechanism {
    const char *name;
    AuthMethod method;
    bool showsSecret; ///< Whoever reads the connection has the password or token.
    bool prepared = false; ///< Both sides compute with the password's saslPrep().
};

/// Best first.
constexpr std::array mechanisms{
    Mechanism{"OAUTHBEARER", AuthMethod::OAuth2, true},
    Mechanism{"XOAUTH2", AuthMethod::OAuth2, true},
    Mechanism{"SCRAM-SHA-256", AuthMethod::Password, false, true},
    Mechanism{"SCRAM-SHA-1", AuthMethod::Password, false, true},
    Mechanism{"CRAM-MD5", AuthMethod::Password, false},
    Mechanism{"PLAIN", AuthMethod::Password, true},
    Mechanism{"LOGIN", AuthMethod::Password, true},
};

template <class Function> sasl_callback_ft callback(Function *function)
{
    return reinterpret_cast<sasl_callback_ft>(reinterpret_cast<void (*)()>(function));
}

/// libsasl writes user names into the system log otherwise.
int dropLog(void *, int, const char *)
{
    return SASL_OK;
}

/// Once for the program: real mutexes (libsasl's own do nothing), the installed mechanisms, and ours.
bool initialise()
{
    static const bool done = [] {
        static const sasl_callback_t callbacks[] = {
            {SASL_CB_LOG, callback(&dropLog), nullptr},
            {SASL_CB_LIST_END, nullptr, nullptr},
        };
        sasl_set_mutex([]() -> void * { return new std::mutex; },
            [](void *mutex) {
                static_cast<std::mutex *>(mutex)->lock();
                return SASL_OK;
            },
            [](void *mutex) {
                static_cast<std::mutex *>(mutex)->unlock();
                return SASL_OK;
            },
            [](void *mutex) { delete static_cast<std::mutex *>(mutex); });
        int result = sasl_client_init(callbacks);
        if (result == SASL_OK)
            result = addOAuthMechanisms();
        if (result != SASL_OK)
            qCWarning(netLog) << "SASL cannot be initialised:" << result;
        return result == SASL_OK;
    }();
    return done;
}

struct Disposer {
    void operator()(sasl_conn_t *connection) const { sasl_dispose(&connection); }
};

struct SecretDeleter {
    void operator()(sasl_secret_t *secret) const
    {
        sasl_erasebuffer(reinterpret_cast<char *>(secret->data), unsigned(secret->len));
        std::free(secret);
    }
};

using Secret = std::unique_ptr<sasl_secret_t, SecretDeleter>;

Secret makeSecret(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    auto *secret = static_cast<sasl_secret_t *>(std::malloc(sizeof(sasl_secret_t) + size_t(bytes.size())));
    Q_CHECK_PTR(secret);
    secret->len = static_cast<unsigned long>(bytes.size());
    std::memcpy(secret->data, bytes.constData(), size_t(bytes.size()) + 1);
    sasl_erasebuffer(bytes.data(), unsigned(bytes.size()));
    return Secret(secret);
}

ErrorKind kindOf(int result)
{
    switch (result) {
    case SASL_BADAUTH:
    case SASL_BADSERV:
    case SASL_NOAUTHZ:
        return ErrorKind::AuthenticationFailed;
    default:
        return ErrorKind::Protocol;
    }
}

bool contains(const QList<QByteArray> &names, const char *name)
{
    return std::any_of(
        names.begin(), names.end(), [&](const QByteArray &n) { return n.compare(name, Qt::CaseInsensitive) == 0; });
}

} // namespace

struct Sasl::Private {
    QByteArray service;
    QByteArray host;
    AuthMethod method;
    bool secure;
    Result<void> checked;
    QByteArray user;
    Secret secret;
    Secret prepared; ///< None for a password that SASLprep forbids.
    sasl_secret_t *offered = nullptr; ///< The one of both that the mechanism takes.

    std::array<sasl_callback_t, 5> callbacks{};
    std::unique_ptr<sasl_conn_t, Disposer> connection; // after what its callbacks read
    int lastResult = SASL_NOTDONE;

    static int getSimple(void *context, int id, const char **result, unsigned *length)
    {
        const auto *d = static_cast<const Private *>(context);
        // An empty authorization identity: act as who logs in.
        *result = id == SASL_CB_AUTHNAME ? d->user.constData() : "";
        if (length)
            *length = unsigned(std::strlen(*result));
        return SASL_OK;
    }

    static int getSecret(sasl_conn_t *, void *context, int, sasl_secret_t **result)
    {
        *result = static_cast<const Private *>(context)->offered;
        return SASL_OK;
    }

    bool connect();
    Result<Start> startWith(const Mechanism &mechanism);
};

bool Sasl::Private::connect()
{
    callbacks = {{
        {SASL_CB_USER, callback(&getSimple), this},
        {SASL_CB_AUTHNAME, callback(&getSimple), this},
        {SASL_CB_PASS, callback(&getSecret), this},
        {SASL_CB_LOG, callback(&dropLog), nullptr},
        {SASL_CB_LIST_END, nullptr, nullptr},
    }};
    sasl_conn_t *made = nullptr;
    if (!initialise()
        || sasl_client_new(service.constData(), host.constData(), nullptr, nullptr, callbacks.data(), 0, &made)
            != SASL_OK)
        return false;
    connection.reset(made);
    sasl_security_properties_t properties{}; // no security layer: TLS does that
    properties.security_flags = SASL_SEC_NOANONYMOUS | (secure ? 0U : unsigned(SASL_SEC_NOPLAINTEXT));
    return sasl_setprop(made, SASL_SEC_PROPS, &properties) == SASL_OK;
}

Result<Sasl::Start> Sasl::Private::startWith(const Mechanism &mechanism)
{
    offered = (mechanism.prepared ? prepared : secret).get();
    if (!offered) // The mechanisms that send it as it is still can.
        return failure({.kind = ErrorKind::NoCommonMechanism, .step = Step::Login});
    const char *output = nullptr;
    unsigned length = 0;
    const char *chosen = nullptr;
    lastResult = sasl_client_start(connection.get(), mechanism.name, nullptr, &output, &length, &chosen);
    if (lastResult == SASL_NOMECH)
        return failure({.kind = ErrorKind::NoCommonMechanism, .step = Step::Login});
    if (lastResult != SASL_OK && lastResult != SASL_CONTINUE)
        return failure({.kind = kindOf(lastResult), .step = Step::Login});
    Start start{.mechanism = mechanism.name, .hasInitialResponse = output != nullptr};
    if (output)
        start.initialResponse = QByteArray(output, qsizetype(length));
    return start;
}

Sasl::Sasl(QByteArray service, const QString &host, const Credentials &credentials, bool secure)
    : d(new Private{
          .service = std::move(service),
          .host = host.toUtf8(),
          .method = credentials.method,
          .secure = secure,
          .checked = check(credentials),
          .user = credentials.userName.toUtf8(),
          .secret = makeSecret(credentials.secret),
      })
{
    if (const auto prepared = saslPrep(credentials.secret); prepared && !prepared->isEmpty())
        d->prepared = makeSecret(*prepared);
}

Sasl::~Sasl() = default;
Sasl::Sasl(Sasl &&) noexcept = default;
Sasl &Sasl::operator=(Sasl &&) noexcept = default;

Result<void> Sasl::check(const Credentials &credentials)
{
    const bool token = credentials.method == AuthMethod::OAuth2;
    if (token && credentials.secret.isEmpty())
        return failure({.kind = ErrorKind::OAuthNeeded, .step = Step::Login});
    if (credentials.userName.isEmpty() || credentials.secret.isEmpty())
        return failure({.kind = ErrorKind::CredentialsMissing, .step = Step::Login});
    const auto unsendable = [token](QChar c) {
        return c == QChar::Null || c == QChar::CarriageReturn || c == QChar::LineFeed || (token && c.unicode() < ' ');
    };
    for (const QString *text : {&credentials.userName, &credentials.secret}) {
        if (std::any_of(text->begin(), text->end(), unsendable))
            return failure({.kind = ErrorKind::InvalidInput, .step = Step::Login});
    }
    if (credentials.userName.toUtf8().size() > userNameLimit)
        return failure({.kind = ErrorKind::InvalidInput, .step = Step::Login});
    return {};
}

Result<Sasl::Start> Sasl::start(const QList<QByteArray> &serverMechanisms)
{
    if (!d->checked)
        return tl::unexpected(d->checked.error());
    if (!d->connect())
        return failure({.kind = ErrorKind::NoCommonMechanism, .step = Step::Login});

    bool wantsToken = false;
    for (const Mechanism &mechanism : mechanisms) {
        if (!contains(serverMechanisms, mechanism.name))
            continue;
        wantsToken = wantsToken || mechanism.method == AuthMethod::OAuth2;
        if (mechanism.method != d->method || (mechanism.showsSecret && !d->secure))
            continue;
        auto start = d->startWith(mechanism);
        // Offered by the server, but not installed here: the next one may be.
        if (start || start.error().kind != ErrorKind::NoCommonMechanism)
            return start;
    }
    const bool onlyTokens = wantsToken && d->method == AuthMethod::Password
        && std::none_of(mechanisms.begin(), mechanisms.end(), [&](const Mechanism &mechanism) {
               return mechanism.method == AuthMethod::Password && contains(serverMechanisms, mechanism.name);
           });
    return failure({.kind = onlyTokens ? ErrorKind::OAuthNeeded : ErrorKind::NoCommonMechanism, .step = Step::Login});
}

Result<QByteArray> Sasl::step(const QByteArray &challenge)
{
    Q_ASSERT(d->connection);
    const char *output = nullptr;
    unsigned length = 0;
    d->lastResult = sasl_client_step(
        d->connection.get(), challenge.constData(), unsigned(challenge.size()), nullptr, &output, &length);
    if (d->lastResult != SASL_OK && d->lastResult != SASL_CONTINUE)
        return failure({.kind = kindOf(d->lastResult), .step = Step::Login});
    return QByteArray(output, qsizetype(length));
}

bool Sasl::isComplete() const
{
    return d->lastResult == SASL_OK;
}

} // namespace postaci
