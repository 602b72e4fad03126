/* thunderbird_policies.c: the format of policies.json, with which administrators set
 * Thunderbird's preferences on machines that have no profile yet.
 *
 * There is no policy for accounts: they come in as preferences, policies/Preferences/NAME, as
 * {"Value": V, "Status": "default" | "locked" | "user" | "clear"} or, in the old way, as a bare
 * value that is locked (Policies.sys.mjs of 153). */
#include "formats/thunderbird.h"

#include "syntax/json.h"

/* With a comment first, which JSON has not: Thunderbird refuses it, and that is worth saying.
 */
static bool is_commented(struct mlint_str name, struct mlint_str text)
{
    return mlint_str_starts(text, MLINT_STR("/")) &&
           mlint_str_eq_nocase(mlint_str_base_name(name), MLINT_STR("policies.json"));
}

static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;

    if (is_commented(probe->name, text) &&
        mlint_str_find(text, MLINT_STR("\"policies\"")) < text.len)
        return MLINT_BID_NAME;
    if (!text.len || text.ptr[0] != '{' ||
        mlint_str_find(text, MLINT_STR("\"policies\"")) == text.len)
        return MLINT_BID_NONE;
    return mlint_str_find(text, MLINT_STR("\"mail.")) < text.len ? MLINT_BID_KEYS
                                                                 : MLINT_BID_SYNTAX;
}

/* ---- What the policy as a whole may hold ------------------------------------------------ */

static bool is_scalar(const struct mlint_node *node)
{
    return node->type == MLINT_NODE_STRING || node->type == MLINT_NODE_INTEGER ||
           node->type == MLINT_NODE_REAL || node->type == MLINT_NODE_BOOLEAN;
}

static bool is_status(const struct mlint_node *status)
{
    return status->type == MLINT_NODE_STRING &&
           (mlint_str_eq(status->value, MLINT_STR("default")) ||
            mlint_str_eq(status->value, MLINT_STR("locked")) ||
            mlint_str_eq(status->value, MLINT_STR("user")) ||
            mlint_str_eq(status->value, MLINT_STR("clear")));
}

/* What is wrong with an entry by Thunderbird's schema, or NULL. */
static const struct mlint_node *misfit(const struct mlint_node *entry)
{
    const struct mlint_node *status, *value;

    if (is_scalar(entry))
        return NULL;
    if (entry->type != MLINT_NODE_DICT)
        return entry;
    status = mlint_node_get(entry, "Status");
    value = mlint_node_get(entry, "Value");
    if (status && !is_status(status))
        return status;
    return value && !is_scalar(value) ? value : NULL;
}

/* Reports never quote the value of an entry about a password, nor, where the file cannot be
 * read to its end, anything of a file that has one. */
static void hide_passwords(struct mlint_reading *reading, const struct mlint_node *preferences)
{
    const struct mlint_str word = MLINT_STR("password");
    struct mlint_str text = reading->source->text;
    const struct mlint_node *entry;

    for (entry = preferences ? preferences->child : NULL; entry; entry = entry->next)
        if (mlint_str_find_nocase(entry->name, word) < entry->name.len)
            mlint_source_hide(reading->source, reading->arena, entry->value_span);
    if (reading->tree->damaged && mlint_str_find_nocase(text, word) < text.len)
        mlint_source_hide(reading->source, reading->arena,
                          (struct mlint_span){ 0, (uint32_t)text.len });
}

/* An entry that does not fit the schema is left out by 153.8; 153.7 left all of them out. */
static bool fits_schema(struct mlint_reading *reading, const struct mlint_node *entry)
{
    const struct mlint_node *bad = misfit(entry);

    if (bad)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, bad,
                           "%.*s: no value that the policy allows; Thunderbird ignores the "
                           "entry, before 153.8 all Preferences because of it",
                           MLINT_STR_ARG(entry->name));
    return !bad;
}

/* ---- One preference --------------------------------------------------------------------- */

/* The preference's value and its strength; NULL: it sets nothing. */
static const struct mlint_node *value_of(const struct mlint_node *entry, uint8_t *flags)
{
    const struct mlint_node *status;

    *flags = MLINT_NODE_DEFAULT | MLINT_NODE_LOCKED;
    if (entry->type != MLINT_NODE_DICT) { /* the old way takes a lock of mozilla.cfg away */
        *flags |= MLINT_NODE_UNLOCKS;
        return entry;
    }
    status = mlint_node_get(entry, "Status");
    if (status && mlint_str_eq(status->value, MLINT_STR("clear")))
        return NULL;
    if (status && mlint_str_eq(status->value, MLINT_STR("user")))
        *flags = 0;
    else if (!status || mlint_str_eq(status->value, MLINT_STR("default")))
        *flags = MLINT_NODE_DEFAULT;
    return mlint_node_get(entry, "Value");
}

/* 0 and 1 become false and true unless Thunderbird ships a number for the preference, which it
 * does for none that names an account or server. */
static uint8_t type_of(const struct mlint_node *value, struct mlint_str name)
{
    bool shipped = mlint_str_starts(name, MLINT_STR("mail.server.default.")) ||
                   mlint_str_starts(name, MLINT_STR("mail.smtpserver.default."));

    if (value->type == MLINT_NODE_INTEGER && !shipped &&
        (value->number == 0 || value->number == 1))
        return MLINT_NODE_BOOLEAN;
    return value->type;
}

static void append(struct mlint_node *list, struct mlint_node *node)
{
    if (list->last)
        list->last->next = node;
    else
        list->child = node;
    list->last = node;
}

/* Append the preference to list, as a parser of preference files would have. false: Thunderbird
 * gives up here, because a fraction as a bare value throws (in an object it does not). */
static bool add_preference(struct mlint_reading *reading, struct mlint_node *list,
                           const struct mlint_node *entry)
{
    uint8_t flags;
    const struct mlint_node *value = value_of(entry, &flags);
    uint16_t class = mlint_tb_classify(entry->name);
    struct mlint_node *node;

    if (value && value->type == MLINT_NODE_REAL) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, value,
                           value == entry
                               ? "%.*s must be a whole number; Thunderbird sets neither "
                                 "this nor any preference after it"
                               : "%.*s must be a whole number; nothing is set",
                           MLINT_STR_ARG(entry->name));
        return value != entry;
    }
    if (!value || class == MLINT_PREFS_DROP || class == MLINT_PREFS_HIDE)
        return true;
    node = mlint_arena_new(reading->arena, struct mlint_node);
    if (!node)
        return false;
    *node = *value;
    node->name = entry->name;
    node->name_span = entry->name_span;
    node->parent = entry->parent;
    node->type = type_of(value, entry->name);
    node->subtype = class;
    node->flags = flags;
    node->child = node->last = node->next = NULL;
    append(list, node);
    return true;
}

/* ---- The file --------------------------------------------------------------------------- */

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (!mlint_source_decode(reading->source, reading->arena, 0))
        return MLINT_READ_LIMIT;
    reading->tree = mlint_json_read(reading->arena, reading->source);
    if (!reading->tree)
        return MLINT_READ_LIMIT;
    return mlint_reading_outcome(reading, reading->tree);
}

const struct mlint_tree *mlint_tb_policies_list(struct mlint_reading *reading,
                                                const char **refusal)
{
    const struct mlint_node *policies = mlint_node_get(reading->tree->root->child, "policies");
    const struct mlint_node *preferences = mlint_node_get(policies, "Preferences"), *entry;
    struct mlint_tree *flat;

    *refusal = NULL;
    hide_passwords(reading, preferences);
    if (!preferences)
        return NULL;
    flat = mlint_arena_new(reading->arena, struct mlint_tree);
    if (!flat)
        return NULL;
    *flat = *reading->tree;
    flat->root = mlint_arena_new(reading->arena, struct mlint_node);
    if (!flat->root)
        return NULL;
    if (reading->tree->damaged)
        *refusal = "Thunderbird ignores a policies.json that is not valid";
    for (entry = preferences->child; entry; entry = entry->next)
        if (fits_schema(reading, entry) && !add_preference(reading, flat->root, entry))
            break;
    return flat;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    const struct mlint_tree *flat;
    const char *refusal;

    if (!reading->tree)
        return outcome;
    if (is_commented(reading->file->path, reading->source->text))
        return outcome;
    flat = mlint_tb_policies_list(reading, &refusal);
    return flat ? mlint_tb_read_deployment(reading, flat, refusal, outcome)
                : MLINT_READ_NOT_MINE;
}

/* "Value" under the name of a preference about a password. */
static bool is_secret(const struct mlint_node *node)
{
    for (; node; node = node->parent)
        if (mlint_str_find_nocase(node->name, MLINT_STR("password")) < node->name.len)
            return true;
    return false;
}

const struct mlint_format mlint_format_thunderbird_policies = {
    .id = "thunderbird-policies",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title = "Thunderbird policies (policies.json)",
    .recognised_by = "\"policies\" with mail.* under \"Preferences\"",
    .starts = "{/",
    .probe = probe,
    .read = read,
    .parse = parse,
    .is_secret = is_secret,
};
