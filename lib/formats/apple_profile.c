/* apple_profile.c: what payloads of a configuration profile have in common: values in types
 * that Apple does not document, the account that a payload becomes, and the payloads beside
 * the mail ones that say something about mail. */
#include "formats/apple_profile.h"

#include "base/num.h"
#include "source/limits.h"
#include "syntax/plist.h"

bool mlint_profile_is_code(struct mlint_str value)
{
    struct mlint_str s = mlint_str_trim(value);

    return (mlint_str_starts(s, MLINT_STR("{{")) &&
            mlint_str_find(s, MLINT_STR("}}")) < s.len) ||
           (mlint_str_starts(s, MLINT_STR("{%")) &&
            mlint_str_find(s, MLINT_STR("%}")) < s.len) ||
           (mlint_str_starts(s, MLINT_STR("${")) && mlint_str_find_char(s, '}') < s.len);
}

/* iOS checks the class of a value: a port in quotes makes it refuse the account. */
static void note_type(struct mlint_reading *reading, const struct mlint_node *node,
                      const char *wanted)
{
    if (node->subtype != MLINT_PLIST_UNTYPED)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%.*s is written as <%s>, not as %s; devices may refuse the profile",
                           MLINT_STR_ARG(node->name), mlint_node_type_name(node), wanted);
}

bool mlint_profile_number(struct mlint_reading *reading, const struct mlint_node *node,
                          int64_t *out)
{
    if (!mlint_apple_whole(node, out)) {
        if (node->subtype != MLINT_PLIST_BROKEN && !mlint_profile_is_code(node->value))
            mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                               "%.*s is no whole number", MLINT_STR_ARG(node->name));
        return false;
    }
    if (node->type == MLINT_NODE_STRING)
        note_type(reading, node, "<integer>");
    return true;
}

bool mlint_profile_flag(struct mlint_reading *reading, const struct mlint_node *node,
                        int64_t *out)
{
    if (!mlint_apple_truth(node, out) || *out < 0 || *out > 1) {
        if (!mlint_profile_is_code(node->value))
            mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                               "%.*s is neither true nor false", MLINT_STR_ARG(node->name));
        return false;
    }
    if (node->type == MLINT_NODE_STRING) /* numbers pass: to iOS a boolean is one */
        note_type(reading, node, "<true/> or <false/>");
    return true;
}

const struct mlint_node *mlint_profile_string(struct mlint_reading *reading,
                                              const struct mlint_node *node, const char *key,
                                              struct mlint_field *field)
{
    if (!node || node->type == MLINT_NODE_NULL)
        return NULL;
    if (node->type == MLINT_NODE_STRING)
        return node->value.len ? node : NULL;
    mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                       "%s is no string; devices refuse the account", key);
    field->comment = "what the file has there is no string";
    return NULL;
}

const struct mlint_node *mlint_profile_text(struct mlint_reading *reading,
                                            const struct mlint_node *payload, const char *key,
                                            struct mlint_field *field)
{
    return mlint_profile_string(reading, mlint_node_get(payload, key), key, field);
}

const char *mlint_profile_where(struct mlint_reading *reading, const struct mlint_node *payload,
                                const char *key)
{
    const char *path = mlint_node_path(reading->arena, reading->tree->style, payload);
    const struct mlint_str parts[] = { mlint_str_from(path), mlint_str_from(*path ? "/" : ""),
                                       mlint_str_from(key) };

    return mlint_arena_join(reading->arena, parts, 3).ptr;
}

/* Copies of one profile are one installation; two payloads of one profile are two accounts. */
static struct mlint_str installation(const struct mlint_profile *profile,
                                     const struct mlint_node *payload)
{
    const struct mlint_node *uuid = mlint_apple_text(profile->top, "PayloadUUID");
    struct mlint_str parts[] = { MLINT_STR("profile "), MLINT_STR(""), MLINT_STR("/"),
                                 MLINT_STR("") };
    char number[20];

    if (!uuid)
        return MLINT_STR("");
    parts[1] = mlint_str_sub(uuid->value, 0, mlint_str_find_char(uuid->value, '\0'));
    parts[3] = mlint_str_make(number, mlint_num_digits(number, payload->index));
    return mlint_arena_join(profile->reading->arena, parts, 4);
}

struct mlint_account *mlint_profile_account(struct mlint_profile *profile,
                                            const struct mlint_node *payload)
{
    struct mlint_reading *reading = profile->reading;
    const char *path = mlint_node_path(reading->arena, reading->tree->style, payload);
    struct mlint_account *account = mlint_result_add_account(
        reading->result, reading->file, mlint_str_from(*path ? path : "profile"));

    if (!account) {
        reading->tree->too_many |= reading->file->account_count >= MLINT_LIMIT_ACCOUNTS;
        return NULL;
    }
    account->client = MLINT_CLIENT_APPLE_MAIL;
    account->format = reading->format;
    account->node = payload;
    account->installation = installation(profile, payload);
    account->incoming.exists = true;
    if (profile->is_template)
        account->flags |= MLINT_ACCOUNT_TEMPLATE;
    return account;
}

void mlint_profile_addresses(struct mlint_profile *profile, struct mlint_account *account,
                             const struct mlint_node *node)
{
    struct mlint_str rest = node->value, part;
    bool first = true;

    while (mlint_str_split(&rest, ',', &part)) {
        part = mlint_str_trim(part);
        if (part.len == 0)
            continue;
        if (first) {
            bool inherited = account->address.inherited;
            mlint_field_set_text(&account->address, MLINT_WRITTEN, node, part);
            account->address.inherited = inherited;
        }
        mlint_account_add_address(profile->reading->result, account, part, !first);
        first = false;
    }
}

/* ---- Accounts that are no IMAP or POP ---- */

static void set_text(struct mlint_field *field, const struct mlint_node *payload,
                     const char *key)
{
    const struct mlint_node *node = mlint_apple_text(payload, key);

    if (node)
        mlint_field_set_text(field, MLINT_WRITTEN, node, node->value);
}

static void set_number(struct mlint_reading *reading, struct mlint_field *field,
                       const struct mlint_node *payload, const char *key)
{
    const struct mlint_node *node = mlint_node_get(payload, key);
    int64_t number;

    if (node && mlint_profile_number(reading, node, &number))
        mlint_field_set_number(field, MLINT_WRITTEN, node, number);
}

void mlint_profile_other(struct mlint_profile *profile, const struct mlint_node *payload,
                         struct mlint_str type)
{
    struct mlint_account *account;
    struct mlint_field *field;
    const struct mlint_node *node;
    int64_t ssl;

    if (!mlint_str_eq(type, MLINT_STR("com.apple.eas.account")) &&
        !mlint_str_eq(type, MLINT_STR("com.apple.ews.account")) &&
        !mlint_str_eq(type, MLINT_STR("com.apple.google-oauth")))
        return;
    account = mlint_profile_account(profile, payload);
    if (!account)
        return;
    account->flags |= MLINT_ACCOUNT_OTHER;
    field = account->incoming.field;
    mlint_field_set_number(&field[MLINT_FIELD_PROTOCOL], MLINT_WRITTEN,
                           mlint_node_get(payload, "PayloadType"), MLINT_PROTOCOL_OTHER);
    set_text(&account->name, payload, "AccountDescription");
    if (!mlint_field_has(&account->name))
        set_text(&account->name, payload, "PayloadDisplayName");
    set_text(&field[MLINT_FIELD_HOST], payload, "Host");
    set_text(&field[MLINT_FIELD_USERNAME], payload, "UserName");
    set_number(profile->reading, &field[MLINT_FIELD_PORT], payload, "Port");
    node = mlint_apple_text(payload, "EmailAddress");
    if (node)
        mlint_profile_addresses(profile, account, node);
    node = mlint_node_get(payload, "SSL");
    if (node && mlint_profile_flag(profile->reading, node, &ssl))
        mlint_field_set_number(&field[MLINT_FIELD_SECURITY], MLINT_WRITTEN, node,
                               ssl ? MLINT_SECURITY_TLS : MLINT_SECURITY_NONE);
    node = mlint_apple_text(payload, "Password");
    if (node)
        mlint_field_set_password(profile->reading->result, &field[MLINT_FIELD_PASSWORD], node,
                                 node->value);
}

/* ---- How often Mail checks: a managed setting of the application ---- */

static void take(struct mlint_profile *profile, const struct mlint_node *settings)
{
    const struct mlint_node *poll, *fetch;

    if (!settings || settings->type != MLINT_NODE_DICT)
        return;
    poll = mlint_node_get(settings, "PollTime");
    fetch = mlint_node_get(settings, "AutoFetch");
    profile->poll_time = poll ? poll : profile->poll_time;
    profile->auto_fetch = fetch ? fetch : profile->auto_fetch;
}

void mlint_profile_preferences(struct mlint_profile *profile, const struct mlint_node *payload,
                               struct mlint_str type)
{
    static const char *const strengths[] = { "Set-Once", "Often", "Forced" };
    const struct mlint_node *node, *item;

    if (mlint_str_eq_nocase(type, MLINT_STR("com.apple.mail")))
        take(profile, payload);
    if (!mlint_str_eq(type, MLINT_STR("com.apple.ManagedClient.preferences")))
        return;
    node = mlint_node_get(payload, "PayloadContent");
    node = node ? mlint_node_get(node, "com.apple.mail") : NULL;
    for (unsigned i = 0; node && i < 3; i++) {
        const struct mlint_node *list = mlint_node_get(node, strengths[i]);
        for (item = list ? list->child : NULL; item; item = item->next)
            take(profile, mlint_node_get(item, "mcx_preference_settings"));
    }
}

void mlint_profile_interval_alone(struct mlint_profile *profile)
{
    const struct mlint_node *node =
        profile->poll_time ? profile->poll_time : profile->auto_fetch;
    struct mlint_account *account = node ? mlint_profile_account(profile, node->parent) : NULL;

    if (!account)
        return;
    account->flags |= MLINT_ACCOUNT_FILE_ONLY;
    mlint_profile_set_interval(profile, account);
}

void mlint_profile_set_interval(struct mlint_profile *profile, struct mlint_account *account)
{
    struct mlint_field *interval = &account->incoming.field[MLINT_FIELD_INTERVAL];
    struct mlint_field *enabled = &account->incoming.field[MLINT_FIELD_CHECK_ENABLED];
    int64_t minutes, fetch;

    interval->comment = "Mail > Settings > General > Check for new messages: not in a profile";
    if (profile->auto_fetch && mlint_apple_truth(profile->auto_fetch, &fetch))
        mlint_field_set_number(enabled, MLINT_WRITTEN, profile->auto_fetch, fetch != 0);
    if (!profile->poll_time)
        return;
    if (!mlint_apple_whole(profile->poll_time, &minutes) || minutes > INT64_MAX / 60000 ||
        minutes < -1)
        mlint_reading_note(profile->reading, MLINT_NOTE_UNKNOWN_VALUE, profile->poll_time,
                           "PollTime is no number of minutes");
    else if (minutes == -1)
        interval->comment = "PollTime is -1: Mail itself decides how often it checks";
    else
        mlint_field_set_number(interval, MLINT_WRITTEN, profile->poll_time, minutes * 60000);
}
