/* merge_result.c: the lines of a stream, made a result again: the values, verdicts and findings
 * that reports print. Sources are gone, so places are told and there are no excerpts. */
#include "merge.h"

#include "base/num.h"
#include "model/mailbox.h"
#include "model/provider.h"
#include "model/words.h"
#include "syntax/json.h"

/* The group being rebuilt; numbers in its records count from these. */
struct telling {
    struct mlint_result *result;
    struct mlint_arena *arena;
    int64_t files, accounts; /* numbers of its first ones; -1: none yet */
    size_t account_cap;
    struct mlint_account **list;
    const char *problem;
};

const struct mlint_node *mlint_record_read(struct mlint_arena *arena, struct mlint_str line)
{
    struct mlint_source *source = mlint_arena_new(arena, struct mlint_source);
    struct mlint_tree *tree;

    if (!source)
        return NULL;
    mlint_source_init(source, MLINT_STR("-"), line);
    if (!mlint_source_decode(source, arena, 0))
        return NULL;
    tree = mlint_json_read(arena, source);
    if (!tree || tree->damaged || !tree->root->child ||
        tree->root->child->type != MLINT_NODE_DICT)
        return NULL;
    return tree->root->child;
}

struct mlint_str mlint_record_text(const struct mlint_node *record, const char *key)
{
    const struct mlint_node *node = mlint_node_get(record, key);

    return node && node->type == MLINT_NODE_STRING ? node->value
                                                   : (struct mlint_str){ NULL, 0 };
}

int64_t mlint_record_number(const struct mlint_node *record, const char *key, int64_t none)
{
    const struct mlint_node *node = mlint_node_get(record, key);

    return node && node->type == MLINT_NODE_INTEGER ? node->number : none;
}

bool mlint_record_flag(const struct mlint_node *record, const char *key)
{
    const struct mlint_node *node = mlint_node_get(record, key);

    return node && node->type == MLINT_NODE_BOOLEAN && node->number;
}

static bool fail(struct telling *t, const char *problem)
{
    if (!t->problem)
        t->problem = problem;
    return false;
}

/* NULL where the record has no such text. */
static const char *copy(struct telling *t, const struct mlint_node *record, const char *key)
{
    struct mlint_str text = mlint_record_text(record, key);

    return text.ptr ? mlint_arena_copy(t->arena, text).ptr : NULL;
}

/* The enum value whose word this is, by the function that knows the words; -1: none. */
static int value_of(struct mlint_str word, const char *(*name)(int value), int end)
{
    for (int i = 0; i < end; i++) {
        const char *known = name(i);
        if (known && mlint_str_eq(word, mlint_str_from(known)))
            return i;
    }
    return -1;
}

static const char *status_word(int value)
{
    return mlint_file_status_name((enum mlint_file_status)value);
}

static const char *client_word(int value)
{
    return mlint_client_name((enum mlint_client)value);
}

static const char *verdict_word(int value)
{
    return mlint_verdict_name((enum mlint_verdict_kind)value);
}

static const char *level_word(int value)
{
    return mlint_level_name((enum mlint_level)value);
}

static const char *presence_word(int value)
{
    return mlint_presence_name((enum mlint_presence)value);
}

static enum mlint_client client_of(const struct mlint_node *record)
{
    int client = value_of(mlint_record_text(record, "client"), client_word, MLINT_CLIENT_COUNT);

    return client < 0 ? MLINT_CLIENT_NONE : (enum mlint_client)client;
}

/* ---- Places ---- */

static void read_location(struct telling *t, const struct mlint_node *node,
                          struct mlint_location *out)
{
    const char *path = node ? copy(t, node, "path") : NULL;

    *out = (struct mlint_location){ .byte_offset = -1, .path = path ? path : "" };
    if (!node)
        return;
    out->line = (unsigned)mlint_record_number(node, "line", 0);
    out->column = (unsigned)mlint_record_number(node, "column", 0);
    out->end_line = (unsigned)mlint_record_number(node, "end_line", 0);
    out->end_column = (unsigned)mlint_record_number(node, "end_column", 0);
    out->byte_offset = mlint_record_number(node, "byte_offset", -1);
    out->byte_length = mlint_record_number(node, "byte_length", 0);
}

static bool read_place(struct telling *t, const struct mlint_node *record,
                       struct mlint_place *place)
{
    const struct mlint_node *location = mlint_node_get(record, "location");
    struct mlint_known_place *known = mlint_arena_new(t->arena, struct mlint_known_place);
    int64_t file = mlint_record_number(record, "file", -1) - t->files;

    if (!known)
        return false;
    if (file < 0 || file >= (int64_t)t->result->file_count)
        return fail(t, "a record speaks of a file that is not there");
    read_location(t, location, &known->location);
    known->source = location ? copy(t, location, "source") : NULL;
    place->file = (uint32_t)file;
    place->path = known->location.path;
    place->known = known;
    return true;
}

/* ---- Files and accounts ---- */

static bool read_file(struct telling *t, const struct mlint_node *record)
{
    struct mlint_file *file =
        mlint_result_add_file(t->result, mlint_record_text(record, "path"));
    int status =
        value_of(mlint_record_text(record, "status"), status_word, MLINT_FILE_LIMIT + 1);
    const char *format = copy(t, record, "format");

    if (!file)
        return false;
    if (status < 0)
        return fail(t, "a file has a status that this maillint does not know");
    file->status = (enum mlint_file_status)status;
    file->detail = copy(t, record, "detail");
    file->format = format ? mlint_format_find(format) : NULL;
    if (format && !file->format)
        return fail(t, "a file has a format that this maillint does not know");
    if (t->files < 0)
        t->files = mlint_record_number(record, "id", 0);
    return true;
}

static void read_field(struct telling *t, const struct mlint_node *record,
                       struct mlint_field *field, enum mlint_field_id id)
{
    const struct mlint_node *node = mlint_node_get(record, mlint_field_word(id));

    if (!node)
        return;
    field->presence = MLINT_WRITTEN;
    if (mlint_field_is_text(id)) {
        field->text = mlint_arena_copy(t->arena, node->value);
        return;
    }
    field->number = node->number;
    if (id == MLINT_FIELD_INTERVAL)
        field->number *= 60000;
    for (int64_t value = 0; node->type == MLINT_NODE_STRING && value < 16; value++) {
        const char *word = mlint_enum_word(id, value);
        if (word && mlint_str_eq(node->value, mlint_str_from(word))) {
            field->number = value;
            break;
        }
    }
    /* "Not in this file" is how an absent password is written. */
    if (id == MLINT_FIELD_PASSWORD && field->number == MLINT_PASSWORD_ABSENT)
        field->presence = MLINT_ABSENT;
}

static void read_side(struct telling *t, const struct mlint_node *record,
                      struct mlint_side *side)
{
    if (!record || !side)
        return;
    side->exists = true;
    for (int id = 0; id < MLINT_SIDE_FIELD_COUNT; id++)
        read_field(t, record, &side->field[id], (enum mlint_field_id)id);
}

/* How the fields that are not written came by their values. */
static void read_presence(struct telling *t, const struct mlint_node *record,
                          struct mlint_account *account)
{
    const struct mlint_node *list = mlint_node_get(record, "presence");
    char name[48];

    (void)t;
    for (const struct mlint_node *item = list ? list->child : NULL; item; item = item->next) {
        int presence = value_of(item->value, presence_word, MLINT_HIDDEN + 1);

        for (unsigned side = 0; presence > 0 && side <= account->outgoing_count; side++) {
            for (int id = 0; id < MLINT_FIELD_COUNT; id++) {
                mlint_field_name(side, (enum mlint_field_id)id, name);
                if (mlint_str_eq(item->name, mlint_str_from(name)))
                    mlint_account_field_of(account, side, (enum mlint_field_id)id)->presence =
                        (uint8_t)presence;
            }
        }
    }
}

static void read_sides(struct telling *t, const struct mlint_node *record,
                       struct mlint_account *account)
{
    const struct mlint_node *outgoing = mlint_node_get(record, "outgoing");
    const struct mlint_node *more = mlint_node_get(record, "outgoing_alternatives");

    read_side(t, mlint_node_get(record, "incoming"), &account->incoming);
    if (outgoing)
        read_side(t, outgoing, mlint_account_add_outgoing(t->result, account));
    for (const struct mlint_node *item = more ? more->child : NULL; item; item = item->next)
        read_side(t, item, mlint_account_add_outgoing(t->result, account));
}

static void read_words(struct telling *t, const struct mlint_node *record,
                       struct mlint_account *account)
{
    const struct mlint_node *addresses = mlint_node_get(record, "addresses");
    struct mlint_str provider = mlint_record_text(record, "provider");

    read_field(t, record, &account->name, MLINT_FIELD_NAME);
    read_field(t, record, &account->enabled, MLINT_FIELD_ENABLED);
    read_field(t, record, &account->online, MLINT_FIELD_ONLINE);
    account->client = client_of(record);
    account->not_live = copy(t, record, "not_live");
    if (account->not_live)
        account->flags |= MLINT_ACCOUNT_NOT_LIVE;
    for (const struct mlint_node *item = addresses ? addresses->child : NULL; item;
         item = item->next)
        mlint_account_add_address(t->result, account, item->value, false);
    if (account->address_count)
        mlint_field_set_text(&account->address, MLINT_WRITTEN, NULL,
                             account->addresses[0].text);
    if (provider.ptr) {
        struct mlint_provider *told = mlint_arena_new(t->arena, struct mlint_provider);
        if (told)
            told->id = mlint_arena_copy(t->arena, provider);
        account->provider = told;
    }
}

static bool list_account(struct telling *t, struct mlint_account *account)
{
    struct mlint_result *result = t->result;

    struct mlint_account **list = mlint_arena_extend(t->arena, t->list, result->account_count,
                                                     &t->account_cap, sizeof(*list));

    if (!list)
        return false;
    t->list = list;
    result->accounts = (const struct mlint_account **)list;
    account->index = (uint32_t)result->account_count;
    t->list[result->account_count++] = account;
    return true;
}

static bool read_account(struct telling *t, const struct mlint_node *record)
{
    int64_t file = mlint_record_number(record, "file", -1) - t->files;
    int64_t id = mlint_record_number(record, "id", -1);
    struct mlint_account *account;

    if (file < 0 || file >= (int64_t)t->result->file_count || id < 0)
        return fail(t, "an account belongs to a file that is not there");
    if (t->accounts < 0)
        t->accounts = id;
    if (id - t->accounts != (int64_t)t->result->account_count)
        return fail(t, "accounts are not numbered one after another");
    account = mlint_result_add_account(t->result, t->result->files[file],
                                       mlint_record_text(record, "key"));
    if (!account || !list_account(t, account))
        return t->arena->failed ? false : fail(t, "a file has too many accounts");
    account->flags |= MLINT_ACCOUNT_TOLD;
    read_words(t, record, account);
    read_sides(t, record, account);
    read_presence(t, record, account);
    if (account->incoming.field[MLINT_FIELD_PROTOCOL].number == MLINT_PROTOCOL_OTHER)
        account->flags |= MLINT_ACCOUNT_OTHER;
    return true;
}

/* ---- What was said of them ---- */

/* The account that a record speaks of: its index, -1 for null, -2 for one that is not there. */
static int64_t account_of(const struct telling *t, const struct mlint_node *record)
{
    int64_t number = mlint_record_number(record, "account", -1);

    if (number < 0)
        return -1;
    if (t->accounts < 0 || number < t->accounts ||
        number - t->accounts >= (int64_t)t->result->account_count)
        return -2;
    return number - t->accounts;
}

/* Records behind the last group that tell of earlier ones: the stream's view across files. */
static bool is_of_group(const struct telling *t, const struct mlint_node *record)
{
    int64_t file = mlint_record_number(record, "file", -1) - t->files;

    return file >= 0 && file < (int64_t)t->result->file_count && account_of(t, record) > -2;
}

static const struct mlint_rule *rule_of(struct telling *t, const struct mlint_node *record)
{
    const char *id = copy(t, record, "rule");
    const struct mlint_config *config = t->result->config;

    for (size_t i = 0; id && i < mlint_config_rule_count(config); i++) {
        const struct mlint_rule *rule = mlint_config_rule_at(config, i);
        if (strcmp(mlint_rule_id(rule), id) == 0)
            return rule;
    }
    fail(t, "a record names a rule that this maillint does not have");
    return NULL;
}

static bool read_verdict(struct telling *t, const struct mlint_node *record)
{
    struct mlint_result *result = t->result;
    int kind = value_of(mlint_record_text(record, "verdict"), verdict_word, MLINT_FAIL + 1);
    const struct mlint_rule *rule = rule_of(t, record);
    int64_t account = account_of(t, record);

    if (!rule || kind < 0)
        return rule ? fail(t, "a verdict is none that this maillint knows") : false;
    if (result->verdict_count == result->verdict_cap) {
        size_t cap = result->verdict_cap ? result->verdict_cap * 2 : 32;
        struct mlint_verdict *bigger = mlint_arena_array(t->arena, struct mlint_verdict, cap);
        if (!bigger)
            return false;
        if (result->verdict_count)
            memcpy(bigger, result->verdicts, result->verdict_count * sizeof(*bigger));
        result->verdicts = bigger;
        result->verdict_cap = cap;
    }
    result->verdicts[result->verdict_count++] = (struct mlint_verdict){
        .rule = rule,
        .account = account < 0 ? MLINT_NO_ACCOUNT : (size_t)account,
        .file = (size_t)(mlint_record_number(record, "file", 0) - t->files),
        .kind = (enum mlint_verdict_kind)kind,
        .reason = copy(t, record, "reason"),
    };
    return true;
}

static bool read_related(struct telling *t, const struct mlint_node *record,
                         struct mlint_finding *finding)
{
    const struct mlint_node *list = mlint_node_get(record, "related"), *item;
    struct mlint_place *places;
    size_t count = 0;

    for (item = list ? list->child : NULL; item; item = item->next)
        count++;
    places = mlint_arena_array(t->arena, struct mlint_place, count + 1);
    if (!places)
        return false;
    finding->related = places;
    for (item = list ? list->child : NULL; item; item = item->next) {
        if (!read_place(t, item, &places[finding->related_count++]))
            return false;
    }
    return true;
}

static bool read_finding(struct telling *t, const struct mlint_node *record)
{
    const struct mlint_node *fix = mlint_node_get(record, "fix");
    int level = value_of(mlint_record_text(record, "severity"), level_word, MLINT_ERROR + 1);
    const struct mlint_rule *rule = rule_of(t, record);
    int64_t account = account_of(t, record);
    struct mlint_finding *finding;

    if (!rule || level < 0)
        return rule ? fail(t, "a finding has a severity that this maillint does not know")
                    : false;
    finding = mlint_result_add_finding(t->result, rule);
    if (!finding)
        return t->arena->failed ? false : fail(t, "a file has too many findings");
    finding->level = (enum mlint_level)level;
    finding->account = account < 0 ? NULL : t->list[account];
    finding->message = copy(t, record, "message");
    finding->hint = copy(t, record, "hint");
    finding->field_name = copy(t, record, "field");
    if (fix) {
        finding->replacement = copy(t, fix, "replacement");
        finding->change.set = true;
        finding->change.safe = mlint_record_flag(fix, "safe");
    }
    if (!finding->message)
        return fail(t, "a finding has no message");
    return read_place(t, record, &finding->place) && read_related(t, record, finding);
}

static void read_levels(const struct mlint_node *levels, struct mlint_mailbox *mailbox)
{
    for (unsigned rule = 0; levels && rule < MLINT_CROSS_COUNT; rule++)
        mailbox->level[rule] =
            (uint8_t)(1 + value_of(mlint_record_text(levels, mlint_cross_rule_id(rule)),
                                   level_word, MLINT_ERROR + 1));
}

static bool read_mailbox(struct telling *t, const struct mlint_node *record)
{
    struct mlint_told_mailbox *told = mlint_arena_new(t->arena, struct mlint_told_mailbox);
    struct mlint_str installation = mlint_record_text(record, "installation");
    const struct mlint_node *keeps = mlint_node_get(record, "keeps");
    int64_t account = account_of(t, record);

    if (!told)
        return false;
    if (account < 0)
        return fail(t, "a mailbox belongs to an account that is not there");
    told->words.server = mlint_arena_copy(t->arena, mlint_record_text(record, "server"));
    told->words.login = mlint_arena_copy(t->arena, mlint_record_text(record, "login"));
    told->mailbox.client = (uint8_t)client_of(record);
    told->mailbox.file = t->list[account]->file;
    told->mailbox.account = (uint32_t)account;
    if (mlint_str_eq(mlint_record_text(record, "protocol"), MLINT_STR("pop3")))
        told->mailbox.flags |= MLINT_MAILBOX_POP;
    if (mlint_record_flag(record, "polls"))
        told->mailbox.flags |= MLINT_MAILBOX_POLLS;
    if (keeps)
        told->mailbox.flags |= keeps->number ? MLINT_MAILBOX_KEEPS : MLINT_MAILBOX_DELETES;
    for (size_t i = 0; i < installation.len && i < 16; i++) {
        int digit = mlint_hex_digit(installation.ptr[i]);
        told->mailbox.installation = told->mailbox.installation << 4 | (uint64_t)(digit & 15);
    }
    read_levels(mlint_node_get(record, "levels"), &told->mailbox);
    mlint_mailbox_digest(&told->mailbox, &told->words);
    read_location(t, mlint_node_get(record, "username"), &told->username);
    read_location(t, mlint_node_get(record, "leave_on_server"), &told->leave_on_server);
    t->list[account]->told = told;
    return true;
}

/* ---- A group ---- */

static bool read_record(struct telling *t, const struct mlint_node *record)
{
    struct mlint_str type = mlint_record_text(record, "type");

    if (mlint_str_eq(type, MLINT_STR("file")))
        return read_file(t, record);
    if (mlint_str_eq(type, MLINT_STR("account")))
        return read_account(t, record);
    if (mlint_str_eq(type, MLINT_STR("mailbox")))
        return read_mailbox(t, record);
    if (!is_of_group(t, record))
        return true;
    if (mlint_str_eq(type, MLINT_STR("verdict")))
        return read_verdict(t, record);
    if (mlint_str_eq(type, MLINT_STR("finding")))
        return read_finding(t, record);
    return fail(t, "a record is of a type that this maillint does not know");
}

static bool list_findings(struct mlint_result *result)
{
    struct mlint_finding *finding;
    size_t i = 0;

    result->findings = mlint_arena_array(&result->arena, const struct mlint_finding *,
                                         result->finding_count + 1);
    if (!result->findings)
        return false;
    for (finding = result->finding_list; finding; finding = finding->next) {
        finding->number = (uint32_t)i;
        result->findings[i++] = finding;
    }
    return true;
}

bool mlint_result_told(struct mlint_result *result, struct mlint_str lines,
                       const char **problem)
{
    struct telling t = {
        .result = result, .arena = &result->arena, .files = -1, .accounts = -1
    };
    struct mlint_str line;
    bool good = true;

    while (good && mlint_str_split(&lines, '\n', &line)) {
        const struct mlint_node *record;

        if (!line.len)
            continue;
        record = mlint_record_read(t.arena, line);
        good = record ? read_record(&t, record) : fail(&t, "a line is no record of maillint");
    }
    *problem = t.problem;
    return good && !t.arena->failed && list_findings(result);
}
