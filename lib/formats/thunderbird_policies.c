/* thunderbird_policies.c: the format of policies.json, with which administrators set Thunderbird's
 * preferences on machines that have no profile yet.
 *
 * There is no policy for accounts: they come in as preferences, policies/Preferences/NAME, as
 * {"Value": V, "Status": "default" | "locked" | "user" | "clear"} or, in the old way, as a bare
 * value that is locked (Policies.sys.mjs of 153). */
#include "formats/thunderbird.h"

#include "syntax/json.h"

static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;

    if (!text.len || text.ptr[0] != '{' ||
        mlint_str_find(text, MLINT_STR("\"policies\"")) == text.len)
        return MLINT_BID_NONE;
    return mlint_str_find(text, MLINT_STR("\"mail.")) < text.len ? MLINT_BID_KEYS
                                                                : MLINT_BID_SYNTAX;
}

/* The preference's value and its strength; NULL: it sets nothing. */
static const struct mlint_node *value_of(struct mlint_reading *reading,
                                         const struct mlint_node *entry, uint8_t *flags)
{
    const struct mlint_node *status, *value;

    *flags = MLINT_NODE_DEFAULT | MLINT_NODE_LOCKED;
    if (entry->type != MLINT_NODE_DICT)
        return entry;
    status = mlint_node_get(entry, "Status");
    value = mlint_node_get(entry, "Value");
    if (status && mlint_str_eq(status->value, MLINT_STR("clear")))
        return NULL;
    if (!status || mlint_str_eq(status->value, MLINT_STR("default")))
        *flags = MLINT_NODE_DEFAULT;
    else if (mlint_str_eq(status->value, MLINT_STR("user")))
        *flags = 0;
    else if (!mlint_str_eq(status->value, MLINT_STR("locked"))) {
        *flags = MLINT_NODE_DEFAULT;
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, status,
                           "Status \"%.*s\" is none of default, locked, user, clear; Thunderbird "
                           "takes it for default", MLINT_STR_ARG(status->value));
    }
    if (!value)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, entry,
                           "%.*s has no Value; nothing is set", MLINT_STR_ARG(entry->name));
    return value;
}

/* 0 and 1 become false and true unless Thunderbird ships a number for the preference, which it
 * does for none that names an account or server. */
static uint8_t type_of(const struct mlint_node *value, struct mlint_str name)
{
    bool shipped = mlint_str_starts(name, MLINT_STR("mail.server.default.")) ||
                   mlint_str_starts(name, MLINT_STR("mail.smtpserver.default."));

    if (value->type == MLINT_NODE_INTEGER && !shipped && (value->number == 0 || value->number == 1))
        return MLINT_NODE_BOOLEAN;
    return value->type;
}

/* Append the preference to list, as a parser of preference files would have. */
static void add_preference(struct mlint_reading *reading, struct mlint_node *list,
                           const struct mlint_node *entry)
{
    uint16_t class = mlint_tb_classify(entry->name);
    const struct mlint_node *value;
    struct mlint_node *node;
    uint8_t flags;

    if (class == MLINT_PREFS_DROP)
        return;
    value = value_of(reading, entry, &flags);
    if (!value)
        return;
    if (value->type != MLINT_NODE_STRING && value->type != MLINT_NODE_INTEGER &&
        value->type != MLINT_NODE_BOOLEAN) {
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, value,
                           "%.*s is no text, whole number, true or false; nothing is set",
                           MLINT_STR_ARG(entry->name));
        return;
    }
    node = mlint_arena_new(reading->arena, struct mlint_node);
    if (!node)
        return;
    *node = *value;
    node->name = entry->name;
    node->name_span = entry->name_span;
    node->parent = entry->parent;
    node->type = type_of(value, entry->name);
    node->subtype = class;
    node->flags = flags;
    node->child = node->last = node->next = NULL;
    if (list->last)
        list->last->next = node;
    else
        list->child = node;
    list->last = node;
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (!mlint_source_decode(reading->source, reading->arena, 0))
        return MLINT_READ_LIMIT;
    reading->tree = mlint_json_read(reading->arena, reading->source);
    if (!reading->tree)
        return MLINT_READ_LIMIT;
    return mlint_reading_outcome(reading, reading->tree);
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    struct mlint_tb_graph graph;
    struct mlint_tree flat;
    struct mlint_node list = { 0 };
    const struct mlint_node *entry;

    if (!reading->tree || !mlint_tb_graph_init(&graph, reading))
        return MLINT_READ_LIMIT;
    entry = mlint_node_get(mlint_node_get(reading->tree->root->child, "policies"), "Preferences");
    for (entry = entry ? entry->child : NULL; entry; entry = entry->next)
        add_preference(reading, &list, entry);
    flat = *reading->tree;
    flat.root = &list;
    mlint_tb_graph_add(&graph, &flat);
    if (!graph.any_mail)
        return MLINT_READ_NOT_MINE;
    graph.deployment = true;
    if (reading->tree->damaged)
        graph.not_live = "Thunderbird ignores a policies.json that is not valid";
    if (!mlint_tb_add_accounts(&graph, MLINT_STR(""))) {
        reading->file->detail = "has more accounts than maillint reads of one file";
        return MLINT_READ_LIMIT;
    }
    return outcome;
}

const struct mlint_format mlint_format_thunderbird_policies = {
    .id = "thunderbird-policies",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title = "Thunderbird policies (policies.json)",
    .recognised_by = "\"policies\" with mail.* under \"Preferences\"",
    .probe = probe,
    .read = read,
    .parse = parse,
};
