/* html.c: one page for an auditor, with its data as JSON inside. The page's own script (page/)
 * draws it; the policy in its head lets that script run and nothing else load. Here is only the
 * data, compact: a page of 50,000 findings has to open. */
#include "report/json_out.h"
#include "report/page/page.h"
#include "report/records.h"
#include "report/steps.h"
#include "report/view.h"

enum { FILES, ACCOUNTS, CROSS, FINDINGS };

/* ---- What is the same for every run ---- */

static void put_rules(struct mlint_rendering *rendering, struct mlint_buf *out)
{
    struct mlint_json list = mlint_json_open(out, '['), item;

    for (size_t i = 0; i < mlint_config_rule_count(rendering->config); i++) {
        const struct mlint_rule *rule = mlint_config_rule_at(rendering->config, i);

        mlint_json_key(&list, NULL);
        item = mlint_json_open(out, '{');
        mlint_json_text(&item, "id", mlint_rule_id(rule));
        mlint_json_text(&item, "brief", mlint_rule_brief(rule));
        mlint_buf_char(out, '}');
    }
    mlint_buf_char(out, ']');
}

static void put_clients(struct mlint_json *item, unsigned clients)
{
    struct mlint_json list;

    if (!clients)
        return;
    mlint_json_key(item, "clients");
    list = mlint_json_open(item->out, '[');
    for (unsigned i = 0; i < MLINT_CLIENT_COUNT; i++) {
        if (clients & 1u << i)
            mlint_json_text(&list, NULL, mlint_client_name((enum mlint_client)i));
    }
    mlint_buf_char(item->out, ']');
}

static void put_steps(struct mlint_json *json, const struct mlint_symptom *symptom)
{
    struct mlint_json list, item;

    mlint_json_key(json, "steps");
    list = mlint_json_open(json->out, '[');
    for (unsigned i = 0; i < symptom->count; i++) {
        mlint_json_key(&list, NULL);
        item = mlint_json_open(json->out, '{');
        mlint_json_text(&item, "rule", symptom->steps[i].rule);
        mlint_json_text(&item, "text", symptom->steps[i].text);
        put_clients(&item, symptom->steps[i].clients);
        mlint_buf_char(json->out, '}');
    }
    mlint_buf_char(json->out, ']');
}

/* The group that was asked for, or the first: the page shows one checklist an account. */
static void put_symptoms(struct mlint_rendering *rendering, struct mlint_buf *out)
{
    const struct mlint_symptom *symptom = mlint_symptom_named(rendering->options->symptom);
    struct mlint_json list = mlint_json_open(out, '['), item;

    if (!symptom)
        symptom = &mlint_symptoms[0];
    mlint_json_key(&list, NULL);
    item = mlint_json_open(out, '{');
    mlint_json_text(&item, "title", symptom->title);
    put_steps(&item, symptom);
    mlint_buf_text(out, "}]");
}

static void begin(struct mlint_rendering *rendering)
{
    struct mlint_buf *out = mlint_out(rendering, FILES);

    mlint_buf_text(out, mlint_page_head);
    mlint_buf_text(out, "{\"rules\":");
    put_rules(rendering, out);
    mlint_buf_text(out, ",\"symptoms\":");
    put_symptoms(rendering, out);
    mlint_buf_text(out, ",\"files\":[\n");
}

static const char *frame(unsigned section)
{
    static const char *const before[] = { "", "\n],\"accounts\":[\n", "\n],\"cross\":[\n",
                                          "\n],\"findings\":[\n" };

    return before[section];
}

/* ---- Results ---- */

static void put_verdict(struct mlint_json *list, const char *rule, enum mlint_verdict_kind kind,
                        const char *reason)
{
    struct mlint_json item;

    mlint_json_key(list, NULL);
    item = mlint_json_open(list->out, '[');
    mlint_json_text(&item, NULL, rule);
    mlint_json_text(&item, NULL, mlint_verdict_name(kind));
    mlint_json_text(&item, NULL, reason);
    mlint_buf_char(list->out, ']');
}

static void put_verdicts(struct mlint_rendering *rendering, struct mlint_json *json,
                         const struct mlint_result *shown, const struct mlint_account *account,
                         size_t *next)
{
    struct mlint_json list;

    mlint_json_key(json, "verdicts");
    list = mlint_json_open(json->out, '[');
    /* Verdicts stand in the accounts' order; those of files in between are the file's. */
    for (; *next < shown->verdict_count; ++*next) {
        const struct mlint_verdict *verdict = &shown->verdicts[*next];

        if (verdict->account != MLINT_NO_ACCOUNT && verdict->account > account->index)
            break;
        if (verdict->account == account->index && mlint_verdict_shown(rendering, verdict))
            put_verdict(&list, mlint_rule_id(verdict->rule), verdict->kind,
                        mlint_verdict_reason(rendering, shown, verdict));
    }
    mlint_buf_char(json->out, ']');
}

static void put_account(struct mlint_rendering *rendering, const struct mlint_result *shown,
                        const struct mlint_account *account, size_t *next)
{
    struct mlint_buf *out = mlint_out(rendering, ACCOUNTS);
    const struct mlint_field *login = &account->incoming.field[MLINT_FIELD_USERNAME];
    struct mlint_json json;

    mlint_buf_text(out, "\n,");
    json = mlint_json_open(out, '{');
    mlint_json_key(&json, "file");
    mlint_out_file(rendering, ACCOUNTS, account->file);
    mlint_json_str(&json, "key", account->key);
    if (mlint_field_has(&account->name) && account->name.text.len)
        mlint_json_str(&json, "name", account->name.text);
    mlint_json_text(&json, "client", mlint_client_name(account->client));
    mlint_json_text(&json, "provider", mlint_account_provider(account));
    mlint_json_text(&json, "not_live", mlint_account_not_live(account));
    if (account->address_count)
        mlint_json_str(&json, "login", account->addresses[0].text);
    else if (mlint_field_has(login))
        mlint_json_str(&json, "login", login->text);
    put_verdicts(rendering, &json, shown, account, next);
    mlint_buf_char(out, '}');
}

/* The members after the numbers, and the end. */
static void put_finding(struct mlint_json *json, const struct mlint_cross *view)
{
    mlint_json_text(json, "rule", view->rule);
    mlint_json_text(json, "severity", mlint_level_name(view->level));
    mlint_json_text(json, "message", view->message);
    mlint_json_text(json, "hint", view->hint);
    if (view->location.line) {
        mlint_json_number(json, "line", view->location.line);
        if (view->location.column)
            mlint_json_number(json, "column", view->location.column);
    }
    mlint_json_text(json, "path", view->location.path);
    mlint_buf_char(json->out, '}');
}

static struct mlint_json open_finding(struct mlint_rendering *rendering)
{
    mlint_buf_text(mlint_out(rendering, FINDINGS), "\n,");
    return mlint_json_open(mlint_out(rendering, FINDINGS), '{');
}

static void finding_of(struct mlint_rendering *rendering, const struct mlint_cross *view)
{
    struct mlint_json json = open_finding(rendering);

    mlint_json_key(&json, "file");
    mlint_out_file(rendering, FINDINGS, view->file);
    if (view->key) {
        mlint_json_key(&json, "account");
        mlint_out_account(rendering, FINDINGS, view->account);
    } else {
        mlint_json_null(&json, "account");
    }
    put_finding(&json, view);
}

static void result(struct mlint_rendering *rendering, const struct mlint_result *shown)
{
    const struct mlint_records records = { .rendering = rendering };
    size_t next = 0;

    for (size_t i = 0; i < shown->file_count; i++) {
        mlint_buf_text(mlint_out(rendering, FILES), "\n,");
        mlint_record_file(&records, FILES, shown->files[i]);
    }
    for (size_t i = 0; i < shown->account_count; i++)
        put_account(rendering, shown, shown->accounts[i], &next);
    mlint_view_each(rendering, shown, finding_of);
}

static void cross(struct mlint_rendering *rendering, const struct mlint_cross *found)
{
    struct mlint_buf *out = mlint_out(rendering, CROSS);
    struct mlint_json json;

    mlint_buf_text(out, "\n,");
    json = mlint_json_open(out, '[');
    mlint_json_number(&json, NULL, (int64_t)found->account);
    mlint_json_text(&json, NULL, found->rule);
    mlint_json_text(&json, NULL, mlint_verdict_name(found->verdict));
    mlint_json_text(&json, NULL, found->reason);
    mlint_buf_char(out, ']');
    if (!found->message)
        return;
    json = open_finding(rendering);
    mlint_json_number(&json, "file", (int64_t)found->file);
    mlint_json_number(&json, "account", (int64_t)found->account);
    put_finding(&json, found);
}

static void end(struct mlint_rendering *rendering, const struct mlint_summary *summary)
{
    const struct mlint_records records = { .rendering = rendering };
    struct mlint_buf *out = mlint_out(rendering, FILES);

    mlint_buf_text(out, "\n],\"summary\":");
    mlint_record_summary(&records, FILES, summary);
    mlint_buf_text(out, "}");
    mlint_buf_text(out, mlint_page_tail);
}

const struct mlint_reporter mlint_report_html = {
    .id = "html",
    .media_type = "text/html",
    .extension = "html",
    .sections = 4,
    .passes = true,
    .begin = begin,
    .result = result,
    .cross = cross,
    .end = end,
    .frame = frame,
};
