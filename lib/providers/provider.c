/* provider.c: providers from INI text, read with inih. A section is [provider], or a server:
 * [pop3], [imap], [smtp], with any words behind for more than one. */
#include "providers/provider.h"

#include "base/error.h"
#include "base/num.h"
#include "base/own_ini.h"
#include "model/words.h"
#include "providers/built_in.h"

#define SERVERS_AT_MOST 64

struct parsing {
    struct mlint_arena *arena;
    struct mlint_provider *provider;
    struct mlint_server *server; /* of the section at hand */
    char section[64];
    struct mlint_error *error;
};

static bool wrong(struct parsing *parsing, const char *what, const char *value)
{
    mlint_fail_with(parsing->error, MLINT_E_SETTINGS, "%s \"%s\"", what, value);
    return false;
}

static bool no_such_key(struct parsing *parsing, const char *what, const char *key,
                        const char *const *keys)
{
    const char *near;
    size_t count = 0;

    while (keys[count])
        count++;
    near = mlint_nearest(mlint_str_from(key), keys, count);
    mlint_fail_with(parsing->error, MLINT_E_SETTINGS, "%s has no key \"%s\"%s%s%s", what, key,
                    near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return false;
}

static bool set_truth(struct parsing *parsing, const char *key, const char *value, bool *out)
{
    struct mlint_str text = mlint_str_from(value);

    *out = mlint_str_eq_nocase(text, MLINT_STR("yes")) ||
           mlint_str_eq_nocase(text, MLINT_STR("true"));
    if (*out || mlint_str_eq_nocase(text, MLINT_STR("no")) ||
        mlint_str_eq_nocase(text, MLINT_STR("false")))
        return true;
    return wrong(parsing, mlint_arena_printf(parsing->arena, "%s is yes or no, not", key),
                 value);
}

/* The number that a word has among an enum field's words; 0: none. */
static int64_t enum_of(enum mlint_field_id field, struct mlint_str word)
{
    for (int64_t i = 1; i < 16; i++) {
        const char *known = mlint_enum_word(field, i);
        if (known && mlint_str_eq_nocase(word, mlint_str_from(known)))
            return i;
    }
    return 0;
}

static bool add_domains(struct parsing *parsing, const char *value)
{
    struct mlint_provider *provider = parsing->provider;
    struct mlint_str rest = mlint_str_from(value), part;
    size_t most = 1, at = 0;

    for (const char *c = value; *c; c++)
        most += *c == ',';
    provider->domains = mlint_arena_array(parsing->arena, struct mlint_str, most);
    while (provider->domains && mlint_str_split(&rest, ',', &part)) {
        part = mlint_str_trim(part);
        if (part.len)
            provider->domains[at++] = mlint_arena_copy(parsing->arena, part);
    }
    provider->domain_count = at;
    return true;
}

/* One at a time is what a provider that says nothing allows. */
static bool set_one_pop_session(struct parsing *parsing, const char *key, const char *value)
{
    bool one = true, good = set_truth(parsing, key, value, &one);

    parsing->provider->many_pop_sessions = !one;
    return good;
}

static bool set_provider(struct parsing *parsing, const char *key, const char *value)
{
    static const char *const keys[] = { "id",
                                        "name",
                                        "domains",
                                        "password-pattern",
                                        "app-password",
                                        "one-pop-session",
                                        "generic",
                                        "min-interval",
                                        NULL };
    struct mlint_provider *provider = parsing->provider;
    int64_t number;

    if (strcmp(key, "id") == 0)
        provider->id = mlint_arena_copy(parsing->arena, mlint_str_from(value));
    else if (strcmp(key, "name") == 0)
        provider->name = mlint_arena_copy(parsing->arena, mlint_str_from(value));
    else if (strcmp(key, "domains") == 0)
        return add_domains(parsing, value);
    else if (strcmp(key, "password-pattern") == 0)
        provider->password_pattern = mlint_arena_copy(parsing->arena, mlint_str_from(value));
    else if (strcmp(key, "app-password") == 0)
        return set_truth(parsing, key, value, &provider->app_password);
    else if (strcmp(key, "one-pop-session") == 0)
        return set_one_pop_session(parsing, key, value);
    else if (strcmp(key, "generic") == 0)
        return set_truth(parsing, key, value, &provider->generic);
    else if (strcmp(key, "min-interval") == 0) {
        if (!mlint_num_parse(mlint_str_from(value), 10, &number) || number < 0 ||
            number > 10080)
            return wrong(parsing, "min-interval is a number of minutes, not", value);
        provider->min_interval_ms = number * 60000;
    } else {
        return no_such_key(parsing, "[provider]", key, keys);
    }
    return true;
}

static bool set_auth(struct parsing *parsing, const char *value)
{
    struct mlint_str rest = mlint_str_from(value), part;

    while (mlint_str_split(&rest, ',', &part)) {
        int64_t auth = enum_of(MLINT_FIELD_AUTH, mlint_str_trim(part));
        if (!auth)
            return wrong(parsing, "no authentication is called", value);
        parsing->server->auth_mask |= 1u << auth;
    }
    return true;
}

static bool set_server(struct parsing *parsing, const char *key, const char *value)
{
    static const char *const keys[] = { "host", "port", "security", "auth", "secondary", NULL };
    struct mlint_server *server = parsing->server;
    struct mlint_str text = mlint_str_from(value);
    int64_t number;

    if (strcmp(key, "host") == 0) {
        server->host = mlint_arena_copy(parsing->arena, text);
    } else if (strcmp(key, "port") == 0) {
        if (!mlint_num_parse(text, 10, &number) || number < 1 || number > 65535)
            return wrong(parsing, "a port is a number from 1 to 65535, not", value);
        server->port = (int)number;
    } else if (strcmp(key, "security") == 0) {
        server->security = (enum mlint_security)enum_of(MLINT_FIELD_SECURITY, text);
        if (!server->security)
            return wrong(parsing, "security is tls, starttls or none, not", value);
    } else if (strcmp(key, "auth") == 0) {
        return set_auth(parsing, value);
    } else if (strcmp(key, "secondary") == 0) {
        return set_truth(parsing, key, value, &server->secondary);
    } else {
        return no_such_key(parsing, "a server", key, keys);
    }
    return true;
}

/* The protocol that a section's first word names; 0: none. */
static enum mlint_protocol protocol_of(const char *section)
{
    struct mlint_str word = mlint_str_from(section);

    word.len = mlint_str_find_char(word, ' ');
    return (enum mlint_protocol)enum_of(MLINT_FIELD_PROTOCOL, word);
}

static bool start_server(struct parsing *parsing, const char *section)
{
    struct mlint_provider *provider = parsing->provider;

    if (provider->server_count == SERVERS_AT_MOST)
        return false;
    if (!provider->servers)
        provider->servers =
            mlint_arena_array(parsing->arena, struct mlint_server, SERVERS_AT_MOST);
    if (!provider->servers)
        return false;
    parsing->server = &provider->servers[provider->server_count++];
    parsing->server->protocol = protocol_of(section);
    parsing->server->host = MLINT_STR("");
    return true;
}

static bool take(void *user, const char *section, const char *key, const char *value)
{
    struct parsing *parsing = user;

    if (strcmp(section, "provider") == 0)
        return set_provider(parsing, key, value);
    if (strlen(section) >= sizeof(parsing->section) || !protocol_of(section))
        return wrong(parsing, "a section is [provider], [pop3], [imap] or [smtp], not",
                     section);
    if (!parsing->server || strcmp(section, parsing->section) != 0) {
        if (!start_server(parsing, section))
            return wrong(parsing, "too many servers at", section);
        memcpy(parsing->section, section, strlen(section) + 1);
    }
    return set_server(parsing, key, value);
}

/* A clientConfig, in whatever encoding: an INI file never begins with these. */
static bool is_xml(struct mlint_str text)
{
    size_t i = 0;

    while (i < text.len &&
           (mlint_str_find_char(MLINT_STR(" \t\r\n\xEF\xBB\xBF\xFE\xFF"), text.ptr[i]) < 9 ||
            text.ptr[i] == '\0'))
        i++;
    return i < text.len && text.ptr[i] == '<';
}

struct mlint_provider *mlint_provider_parse(struct mlint_arena *arena, const char *name,
                                            struct mlint_str text, struct mlint_error *error)
{
    struct mlint_error unasked = { 0 };
    struct parsing parsing = { .arena = arena, .error = error ? error : &unasked };
    struct mlint_own_ini ini = { .name = name, .text = text };

    if (is_xml(text))
        return mlint_provider_from_xml(arena, name, text, error);
    parsing.provider = mlint_arena_new(arena, struct mlint_provider);
    if (!parsing.provider)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory"), NULL;
    parsing.provider->id = parsing.provider->name = parsing.provider->password_pattern =
        MLINT_STR("");
    if (mlint_own_ini_read(&ini, take, &parsing, parsing.error) != MLINT_OK)
        return NULL;
    if (arena->failed)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory"), NULL;
    if (!parsing.provider->id.len)
        return mlint_fail_with(error, MLINT_E_SETTINGS, "%s: [provider] needs an id", name),
               NULL;
    return parsing.provider;
}

bool mlint_providers_built_in(struct mlint_config *config)
{
    for (const struct mlint_built_in *text = mlint_built_in_providers; text->name; text++) {
        struct mlint_provider *provider =
            mlint_provider_parse(&config->arena, text->name, mlint_str_from(text->text), NULL);
        if (!provider)
            return false;
        provider->next = config->providers;
        config->providers = provider;
    }
    return true;
}
