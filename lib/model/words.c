/* words.c: the words that reports and settings use for the enums of maillint.h. */
#include "model/words.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WORD(table, at) ((size_t)(at) < COUNT(table) ? (table)[at] : NULL)

static const char *const levels[] = { "off", "note", "warning", "error" };
static const char *const verdicts[] = { "not-applicable", "pass", "unknown", "fail" };
static const char *const clients[] = {
    [MLINT_CLIENT_NONE] = "any",
    [MLINT_CLIENT_OUTLOOK] = "outlook",
    [MLINT_CLIENT_OUTLOOK_EXPRESS] = "outlook-express",
    [MLINT_CLIENT_WINDOWS_MAIL] = "windows-mail",
    [MLINT_CLIENT_THUNDERBIRD] = "thunderbird",
    [MLINT_CLIENT_K9] = "k9",
    [MLINT_CLIENT_APPLE_MAIL] = "apple-mail",
    [MLINT_CLIENT_EVOLUTION] = "evolution",
    [MLINT_CLIENT_CLAWS_MAIL] = "claws-mail",
};
static const char *const file_states[] = { "ok", "unrecognised", "damaged", "unreadable",
                                           "limit" };
static const char *const presences[] = { "absent", "written", "client-default", "hidden" };
static const char *const protocols[] = { NULL, "pop3", "imap", "smtp", "other" };
static const char *const securities[] = { NULL, "none", "starttls", "tls",
                                          "starttls-if-available" };
static const char *const auths[] = {
    NULL,
    "password-cleartext",
    "password-encrypted",
    "ntlm",
    "kerberos",
    "oauth2",
    "certificate",
    "none",
    "any",
    "any-secure",
    "none",
};
static const char *const passwords[] = { NULL, "absent", "encrypted", "readable" };
static const char *const fields[] = {
    [MLINT_FIELD_PROTOCOL] = "protocol",
    [MLINT_FIELD_HOST] = "host",
    [MLINT_FIELD_PORT] = "port",
    [MLINT_FIELD_SECURITY] = "security",
    [MLINT_FIELD_AUTH] = "auth",
    [MLINT_FIELD_USERNAME] = "username",
    [MLINT_FIELD_PASSWORD] = "password",
    [MLINT_FIELD_CHECK_ENABLED] = "check_enabled",
    [MLINT_FIELD_CHECK_AT_START] = "check_at_start",
    [MLINT_FIELD_INTERVAL] = "interval_minutes",
    [MLINT_FIELD_LEAVE_ON_SERVER] = "leave_on_server",
    [MLINT_FIELD_SAME_AS_INCOMING] = "same_as_incoming",
    [MLINT_FIELD_NAME] = "name",
    [MLINT_FIELD_ENABLED] = "enabled",
    [MLINT_FIELD_ONLINE] = "online",
    [MLINT_FIELD_ADDRESS] = "address",
};
static const char *const statuses[] = {
    [MLINT_OK] = "no error",
    [MLINT_E_NO_MEMORY] = "out of memory",
    [MLINT_E_ARGUMENT] = "a wrong argument",
    [MLINT_E_IO] = "input or output failed",
    [MLINT_E_LIMIT] = "a ceiling was reached",
    [MLINT_E_SETTINGS] = "the settings are wrong",
    [MLINT_E_UNSUPPORTED] = "this build lacks a library that is needed",
    [MLINT_E_CANCELLED] = "stopped on request",
};

const char *mlint_level_name(enum mlint_level level)
{
    return WORD(levels, level);
}

const char *mlint_verdict_name(enum mlint_verdict_kind kind)
{
    return WORD(verdicts, kind);
}

const char *mlint_client_name(enum mlint_client client)
{
    return WORD(clients, client);
}

const char *mlint_file_status_name(enum mlint_file_status status)
{
    return WORD(file_states, status);
}

const char *mlint_presence_name(enum mlint_presence presence)
{
    return WORD(presences, presence);
}

const char *mlint_status_text(enum mlint_status status)
{
    return WORD(statuses, status);
}

const char *mlint_field_word(enum mlint_field_id id)
{
    return WORD(fields, id);
}

const char *mlint_field_name(unsigned side, enum mlint_field_id id, char buffer[48])
{
    const char *word = mlint_field_word(id);
    char *end = buffer;

    if (!word)
        return NULL;
    if (id < MLINT_SIDE_FIELD_COUNT && side <= MLINT_OUTGOING)
        end = stpcpy(buffer, side ? "outgoing." : "incoming.");
    else if (id < MLINT_SIDE_FIELD_COUNT)
        end += snprintf(buffer, 48, "outgoing[%u].", side - 1);
    memcpy(end, word, strlen(word) + 1); /* the longest word of the table fits */
    return buffer;
}

const char *mlint_enum_word(enum mlint_field_id id, int64_t number)
{
    static const struct {
        const char *const *words;
        size_t count;
    } kinds[MLINT_FIELD_COUNT] = {
        [MLINT_FIELD_PROTOCOL] = { protocols, COUNT(protocols) },
        [MLINT_FIELD_SECURITY] = { securities, COUNT(securities) },
        [MLINT_FIELD_AUTH] = { auths, COUNT(auths) },
        [MLINT_FIELD_PASSWORD] = { passwords, COUNT(passwords) },
    };

    if (id >= MLINT_FIELD_COUNT || number < 0 || (uint64_t)number >= kinds[id].count)
        return NULL;
    return kinds[id].words[number];
}

bool mlint_field_is_text(enum mlint_field_id id)
{
    return id == MLINT_FIELD_HOST || id == MLINT_FIELD_USERNAME || id == MLINT_FIELD_NAME ||
           id == MLINT_FIELD_ADDRESS;
}

bool mlint_field_is_flag(enum mlint_field_id id)
{
    return id == MLINT_FIELD_CHECK_ENABLED || id == MLINT_FIELD_CHECK_AT_START ||
           id == MLINT_FIELD_LEAVE_ON_SERVER || id == MLINT_FIELD_SAME_AS_INCOMING ||
           id == MLINT_FIELD_ENABLED || id == MLINT_FIELD_ONLINE;
}

bool mlint_level_from(struct mlint_str word, enum mlint_level *out)
{
    for (size_t i = 0; i < COUNT(levels); i++) {
        if (mlint_str_eq(word, mlint_str_from(levels[i]))) {
            *out = (enum mlint_level)i;
            return true;
        }
    }
    return false;
}
