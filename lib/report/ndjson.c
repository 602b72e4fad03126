/* ndjson.c: the same records as the JSON document, one a line, file by file: what merge reads.
 * The first names what the run was asked; the last is the trailer, whose absence shows a run
 * that died. With `facts`, every account that other files may concern has a mailbox record. */
#include "report/records.h"

#include "model/words.h"

static int put_setting(void *user, const char *name, const char *value, const char *origin)
{
    struct mlint_json *json = user;

    (void)origin;
    /* What is held back is decided by whoever merges, from a file of its own. */
    if (strcmp(name, "baseline") == 0)
        return 0;
    mlint_json_key(json, NULL);
    mlint_json_string(json->out, mlint_str_from(name)); /* "alias ADDRESS": anything */
    mlint_buf_char(json->out, ':');
    mlint_json_string(json->out, mlint_str_from(value));
    return 0;
}

/* Every rule's level; of those that are not built in what they ask, for whoever merges. */
static void put_rules(struct mlint_rendering *rendering, struct mlint_json *json)
{
    size_t built_in = mlint_rule_count(), count = mlint_config_rule_count(rendering->config);
    struct mlint_json list;

    mlint_json_key(json, "rules");
    list = mlint_json_open(json->out, '{');
    for (size_t i = 0; i < count; i++) {
        const char *id = mlint_rule_id(mlint_config_rule_at(rendering->config, i));
        mlint_json_text(&list, id, mlint_level_name(mlint_config_level(rendering->config, id)));
    }
    mlint_buf_char(json->out, '}');
    if (count == built_in)
        return;
    mlint_json_key(json, "own_rules");
    list = mlint_json_open(json->out, '{');
    for (size_t i = built_in; i < count; i++) {
        const struct mlint_rule *rule = mlint_config_rule_at(rendering->config, i);
        mlint_json_text(&list, mlint_rule_id(rule), mlint_rule_brief(rule));
    }
    mlint_buf_char(json->out, '}');
}

static void begin(struct mlint_rendering *rendering)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    struct mlint_json json, inner;

    if (rendering->header) {
        mlint_buf_text(out, rendering->header);
        mlint_buf_char(out, '\n');
        return;
    }
    json = mlint_json_open(out, '{');
    mlint_json_word(&json, "type", "header");
    mlint_json_text(&json, "maillint", MLINT_VERSION);
    mlint_json_number(&json, "schema", MLINT_SCHEMA);
    mlint_json_flag(&json, "facts", rendering->options->facts);
    put_rules(rendering, &json);
    mlint_json_key(&json, "options");
    inner = mlint_json_open(out, '{');
    mlint_config_each(rendering->config, put_setting, &inner);
    mlint_buf_text(out, "}}\n");
}

static void put_place(const struct mlint_result *result, const struct mlint_account *account,
                      struct mlint_json *json, enum mlint_field_id id)
{
    struct mlint_location place;

    mlint_mailbox_locate(result, account, id, false, &place);
    mlint_record_location(json, mlint_field_word(id), &place, NULL);
}

/* Where the settings of the file's path have levels of their own. */
static void put_levels(struct mlint_json *json, const struct mlint_mailbox *mailbox)
{
    struct mlint_json levels;

    if (!mailbox->level[0])
        return;
    mlint_json_key(json, "levels");
    levels = mlint_json_open(json->out, '{');
    for (unsigned rule = 0; rule < MLINT_CROSS_COUNT; rule++)
        mlint_json_text(&levels, mlint_cross_rule_id(rule),
                        mlint_level_name((enum mlint_level)(mailbox->level[rule] - 1)));
    mlint_buf_char(json->out, '}');
}

static void put_mailbox(struct mlint_rendering *rendering, const struct mlint_result *result,
                        const struct mlint_account *account)
{
    struct mlint_buf *out = mlint_out(rendering, 0);
    struct mlint_mailbox mailbox;
    struct mlint_mailbox_words words;
    struct mlint_json json;

    if (!mlint_mailbox_of(rendering->arena, rendering->config, account, &mailbox, &words))
        return;
    json = mlint_json_open(out, '{');
    mlint_json_word(&json, "type", "mailbox");
    mlint_json_key(&json, "account");
    mlint_out_account(rendering, 0, account->index);
    mlint_json_key(&json, "file");
    mlint_out_file(rendering, 0, account->file);
    mlint_json_word(&json, "client", mlint_client_name(account->client));
    mlint_json_word(&json, "protocol", mailbox.flags & MLINT_MAILBOX_POP ? "pop3" : "imap");
    mlint_json_str(&json, "server", words.server);
    mlint_json_str(&json, "login", words.login);
    mlint_json_flag(&json, "polls", mailbox.flags & MLINT_MAILBOX_POLLS);
    if (mailbox.flags & (MLINT_MAILBOX_KEEPS | MLINT_MAILBOX_DELETES))
        mlint_json_flag(&json, "keeps", mailbox.flags & MLINT_MAILBOX_KEEPS);
    if (mailbox.installation)
        mlint_json_text(&json, "installation",
                        mlint_arena_printf(rendering->arena, "%016llx",
                                           (unsigned long long)mailbox.installation));
    put_levels(&json, &mailbox);
    put_place(result, account, &json, MLINT_FIELD_USERNAME);
    put_place(result, account, &json, MLINT_FIELD_LEAVE_ON_SERVER);
    mlint_buf_text(out, "}\n");
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    const struct mlint_records records = { .rendering = rendering, .stream = true };

    for (size_t i = 0; i < shown->file_count; i++)
        mlint_record_file(&records, 0, shown->files[i]);
    for (size_t i = 0; i < shown->account_count; i++)
        mlint_record_account(&records, 0, shown, shown->accounts[i]);
    for (size_t i = 0; i < shown->verdict_count; i++) {
        if (mlint_verdict_shown(rendering, &shown->verdicts[i]))
            mlint_record_verdict(&records, 0, shown, &shown->verdicts[i]);
    }
    for (size_t i = 0; i < shown->finding_count; i++) {
        if (mlint_finding_shown(rendering, shown->findings[i]))
            mlint_record_finding(&records, 0, shown, shown->findings[i]);
    }
    for (size_t i = 0; rendering->options->facts && i < shown->account_count; i++)
        put_mailbox(rendering, shown, shown->accounts[i]);
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    const struct mlint_records records = { .rendering = rendering, .stream = true };

    mlint_record_cross_verdict(&records, 0, found);
    if (found->message)
        mlint_record_cross_finding(&records, 0, found);
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    const struct mlint_records records = { .rendering = rendering, .stream = true };

    mlint_record_summary(&records, 0, summary);
}

const struct mlint_reporter mlint_report_ndjson = {
    .id = "ndjson",
    .media_type = "application/x-ndjson",
    .extension = "ndjson",
    .sections = 1,
    .passes = true,
    .begin = begin,
    .result = result,
    .cross = cross,
    .end = end,
};
