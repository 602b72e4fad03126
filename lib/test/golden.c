/* golden.c: accounts.txt, findings.txt and verdicts.txt of a case, written from the results
 * through the public getters only. testdata/README.md describes the three. */
#include "test/golden.h"

#include "base/utf8.h"

/* How many of the inputs count: more than one, and every line's file is named. */
static size_t counting(const struct mlint_case_run *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->item->input_count; i++)
        count += run->results[i] != NULL;
    return count;
}

static const struct mlint_file *file_of(const struct mlint_case_run *run, size_t input)
{
    return run->results[input] ? mlint_result_file(run->results[input], 0) : NULL;
}

/* ---- accounts.txt ------------------------------------------------------------------------ */

static void put_clean(struct mlint_buf *out, const char *text)
{
    struct mlint_arena arena;

    mlint_arena_init(&arena, NULL, 0);
    mlint_buf_str(out, mlint_utf8_clean(&arena, mlint_str_from(text)));
    mlint_arena_done(&arena);
}

static void put_place(struct mlint_buf *out, const struct mlint_location *place)
{
    if (place->line)
        mlint_buf_printf(out, "%u:%u", place->line, place->column);
    else if (place->byte_offset >= 0)
        mlint_buf_printf(out, "+%lld", (long long)place->byte_offset);
    else
        mlint_buf_char(out, '-');
}

/* The file that something is in, where it is another than the entry. */
static void put_other(struct mlint_buf *out, const char *source, const char *file)
{
    if (source && strcmp(source, file) != 0)
        mlint_buf_printf(out, "%s:", source);
}

static void put_field(struct mlint_buf *out, const struct mlint_result *result,
                      const char *file, const struct mlint_field *field, unsigned side,
                      enum mlint_field_id id)
{
    char name[48], text[32];
    struct mlint_location place = { .path = "" };
    int written;

    if (mlint_field_presence(field) == MLINT_ABSENT)
        return;
    mlint_buf_printf(out, "  %s %s ", mlint_field_name(side, id, name),
                     mlint_presence_name(mlint_field_presence(field)));
    put_clean(out, mlint_field_text(result, field, id, text));
    written = mlint_field_locate(result, field, &place);
    if (written && place.line) {
        mlint_buf_text(out, " @");
        put_other(out, mlint_field_source(result, field), file);
        put_place(out, &place);
    } else if (place.path[0]) {
        mlint_buf_text(out, " @");
        put_clean(out, place.path);
    }
    mlint_buf_char(out, '\n');
}

static void put_addresses(struct mlint_buf *out, const struct mlint_account *account)
{
    size_t count = mlint_account_address_count(account);

    for (size_t i = 0; count > 1 && i < count; i++) {
        mlint_buf_text(out, i ? ", " : "  addresses ");
        put_clean(out, mlint_account_address(account, i));
    }
    if (count > 1)
        mlint_buf_char(out, '\n');
}

static void put_account(struct mlint_buf *out, const struct mlint_result *result,
                        const struct mlint_account *account)
{
    const char *file = mlint_file_path(mlint_result_file(result, mlint_account_file(account)));

    mlint_buf_text(out, "account ");
    put_clean(out, mlint_account_key(account));
    mlint_buf_printf(out, " client=%s", mlint_client_name(mlint_account_client(account)));
    if (mlint_account_not_live(account))
        mlint_buf_printf(out, " not-live: %s", mlint_account_not_live(account));
    mlint_buf_char(out, '\n');
    for (int id = MLINT_FIELD_NAME; id < MLINT_FIELD_COUNT; id++)
        put_field(out, result, file, mlint_account_field(account, 0, (enum mlint_field_id)id),
                  0, (enum mlint_field_id)id);
    put_addresses(out, account);
    for (unsigned side = 0; side < mlint_account_side_count(account); side++)
        for (int id = 0; id < MLINT_SIDE_FIELD_COUNT; id++)
            put_field(out, result, file,
                      mlint_account_field(account, side, (enum mlint_field_id)id), side,
                      (enum mlint_field_id)id);
}

static void put_file(struct mlint_buf *out, const struct mlint_file *file)
{
    const struct mlint_format *format = mlint_file_format(file);

    mlint_buf_printf(out, "file %s %s %s", mlint_file_path(file),
                     format ? mlint_format_id(format) : "-",
                     mlint_file_status_name(mlint_file_status(file)));
    if (mlint_file_detail(file))
        mlint_buf_printf(out, ": %s", mlint_file_detail(file));
    mlint_buf_char(out, '\n');
}

static void put_accounts_of(struct mlint_buf *out, const struct mlint_result *result,
                            size_t file)
{
    for (size_t i = 0; i < mlint_result_account_count(result); i++) {
        const struct mlint_account *account = mlint_result_account(result, i);

        if (mlint_account_file(account) == file)
            put_account(out, result, account);
    }
}

void mlint_golden_accounts(struct mlint_case_run *run, struct mlint_buf *out)
{
    mlint_buf_init(out, NULL, 0);
    for (size_t i = 0; i < run->item->input_count; i++) {
        const struct mlint_result *result = run->results[i];

        for (size_t f = 0; result && f < mlint_result_file_count(result); f++) {
            put_file(out, mlint_result_file(result, f));
            put_accounts_of(out, result, f);
        }
    }
}

/* ---- findings.txt ------------------------------------------------------------------------ */

/* Related places that are in another file. */
static void put_related(struct mlint_buf *out, const struct mlint_result *result,
                        const struct mlint_finding *finding)
{
    const char *source = mlint_finding_source(result, finding);

    for (size_t i = 0; i < mlint_finding_related_count(finding); i++) {
        const char *other = mlint_finding_related_source(result, finding, i);
        struct mlint_location place = { .byte_offset = -1 };

        if (strcmp(other, source) == 0)
            continue;
        mlint_finding_related_locate(result, finding, i, &place);
        mlint_buf_printf(out, "  also %s:", other);
        put_place(out, &place);
        mlint_buf_char(out, '\n');
    }
}

static void put_finding(struct mlint_buf *out, const struct mlint_result *result,
                        const struct mlint_finding *finding, bool named)
{
    size_t account = mlint_finding_account(finding);
    struct mlint_location place = { .byte_offset = -1 };
    const char *file = mlint_file_path(mlint_result_file(result, mlint_finding_file(finding)));

    if (named)
        mlint_buf_printf(out, "%s:", file);
    put_other(out, mlint_finding_source(result, finding), file);
    mlint_finding_locate(result, finding, &place);
    put_place(out, &place);
    mlint_buf_printf(out, " %s %s", mlint_level_name(mlint_finding_level(finding)),
                     mlint_rule_id(mlint_finding_rule(finding)));
    if (account != MLINT_NO_ACCOUNT) {
        mlint_buf_char(out, ' ');
        put_clean(out, mlint_account_key(mlint_result_account(result, account)));
        if (mlint_finding_field(finding))
            mlint_buf_printf(out, ".%s", mlint_finding_field(finding));
    } else if (mlint_finding_field(finding)) {
        mlint_buf_printf(out, " %s", mlint_finding_field(finding));
    }
    mlint_buf_printf(out, " %s\n", mlint_finding_message(finding));
    if (mlint_finding_replacement(finding))
        mlint_buf_printf(out, "  write %s\n", mlint_finding_replacement(finding));
    put_related(out, result, finding);
}

void mlint_golden_findings(struct mlint_case_run *run, struct mlint_buf *out)
{
    bool named = counting(run) > 1;

    mlint_buf_init(out, NULL, 0);
    for (size_t i = 0; i < run->item->input_count; i++) {
        const struct mlint_result *result = run->results[i];

        for (size_t n = 0; result && n < mlint_result_finding_count(result); n++)
            put_finding(out, result, mlint_result_finding(result, n), named);
    }
    mlint_golden_cross(run, true, out);
}

/* ---- verdicts.txt ------------------------------------------------------------------------ */

static void put_verdict(struct mlint_buf *out, const struct mlint_result *result,
                        const struct mlint_verdict *verdict, const char *name)
{
    if (name)
        mlint_buf_printf(out, "%s:", name);
    if (verdict->account == MLINT_NO_ACCOUNT)
        mlint_buf_char(out, '-');
    else
        put_clean(out, mlint_account_key(mlint_result_account(result, verdict->account)));
    mlint_buf_printf(out, " %s %s", mlint_rule_id(verdict->rule),
                     mlint_verdict_name(verdict->kind));
    if (verdict->reason)
        mlint_buf_printf(out, " %s", verdict->reason);
    mlint_buf_char(out, '\n');
}

void mlint_golden_verdicts(struct mlint_case_run *run, struct mlint_buf *out)
{
    bool named = counting(run) > 1;

    mlint_buf_init(out, NULL, 0);
    for (size_t i = 0; i < run->item->input_count; i++) {
        const struct mlint_result *result = run->results[i];

        for (size_t n = 0; result && n < mlint_result_verdict_count(result); n++)
            put_verdict(out, result, mlint_result_verdict(result, n),
                        named ? mlint_file_path(file_of(run, i)) : NULL);
    }
    mlint_golden_cross(run, false, out);
}
