/* test_thunderbird.c: maillint's accounts against those of the real Thunderbird 153, which
 * thunderbird_real.py asked and wrote down as thunderbird.txt beside the profile.
 *
 * What the two see differently on purpose is in the case's differences.txt: "-Thunderbird's line",
 * below it "+our line" if there is one, and "# why". */
#include "test/cases.h"

#include <stdio.h>

static struct mlint_test_names names;

static int64_t number(const struct mlint_account *account, unsigned side, enum mlint_field_id id)
{
    return mlint_field_number(mlint_account_field(account, side, id));
}

static const char *word(const struct mlint_result *result, const struct mlint_account *account,
                        unsigned side, enum mlint_field_id id, char buffer[32])
{
    const struct mlint_field *field = mlint_account_field(account, side, id);

    if (mlint_field_presence(field) == MLINT_ABSENT && id != MLINT_FIELD_HOST &&
        id != MLINT_FIELD_USERNAME && id != MLINT_FIELD_ADDRESS)
        return "?";
    return mlint_field_text(result, field, id, buffer);
}

static void quote(struct mlint_buf *out, const char *text)
{
    mlint_buf_char(out, '"');
    for (; *text; text++) {
        if (*text == '\\')
            mlint_buf_char(out, '\\');
        mlint_buf_char(out, *text);
    }
    mlint_buf_char(out, '"');
}

static void add_server(struct mlint_buf *out, const struct mlint_result *result,
                       const struct mlint_account *account, unsigned side)
{
    char a[32], b[32], c[32], d[32];

    quote(out, word(result, account, side, MLINT_FIELD_HOST, a));
    mlint_buf_printf(out, " port=%lld %s %s user=",
                     (long long)number(account, side, MLINT_FIELD_PORT),
                     word(result, account, side, MLINT_FIELD_SECURITY, b),
                     word(result, account, side, MLINT_FIELD_AUTH, c));
    quote(out, word(result, account, side, MLINT_FIELD_USERNAME, d));
    mlint_buf_char(out, '\n');
}

static void add_account(struct mlint_buf *out, const struct mlint_result *result,
                        const struct mlint_account *account)
{
    char buffer[32];
    unsigned side;

    mlint_buf_printf(out, "%s %s ", mlint_account_key(account),
                     word(result, account, 0, MLINT_FIELD_PROTOCOL, buffer));
    add_server(out, result, account, 0);
    mlint_buf_printf(out, "  check=%lld minutes=%lld",
                     (long long)number(account, 0, MLINT_FIELD_CHECK_ENABLED),
                     (long long)number(account, 0, MLINT_FIELD_INTERVAL) / 60000);
    if (number(account, 0, MLINT_FIELD_PROTOCOL) == MLINT_PROTOCOL_POP3)
        mlint_buf_printf(out, " leave=%lld",
                         (long long)number(account, 0, MLINT_FIELD_LEAVE_ON_SERVER));
    mlint_buf_text(out, "\n  address ");
    quote(out, word(result, account, 0, MLINT_FIELD_ADDRESS, buffer));
    mlint_buf_char(out, '\n');
    for (side = 1; side < mlint_account_side_count(account); side++) {
        mlint_buf_text(out, "  outgoing ");
        add_server(out, result, account, side);
    }
}

static void add_accounts(struct mlint_buf *out, const struct mlint_case_run *run)
{
    size_t i, k;

    for (i = 0; i < run->item->input_count; i++) {
        const struct mlint_result *result = run->results[i];
        for (k = 0; result && k < mlint_result_account_count(result); k++) {
            const struct mlint_account *account = mlint_result_account(result, k);
            int64_t protocol = number(account, 0, MLINT_FIELD_PROTOCOL);
            if (!mlint_account_not_live(account) && protocol != MLINT_PROTOCOL_OTHER)
                add_account(out, result, account);
        }
    }
}

/* text with its first line `from` replaced by `to`, or without it where to is NULL. */
static void replace(struct mlint_buf *text, struct mlint_str from, const struct mlint_str *to)
{
    struct mlint_str rest = mlint_str_make(text->ptr ? text->ptr : "", text->len), line;
    struct mlint_buf out;
    bool found = false;

    mlint_buf_init(&out, text->allocator, text->max);
    while (mlint_str_split(&rest, '\n', &line)) {
        bool here = !found && mlint_str_eq(line, from);
        found |= here;
        if (here && !to)
            continue;
        mlint_buf_str(&out, here ? *to : line);
        if (line.ptr + line.len < text->ptr + text->len)
            mlint_buf_char(&out, '\n');
    }
    ck_assert_msg(found, "differences.txt: no line \"%.*s\"", MLINT_STR_ARG(from));
    mlint_buf_done(text);
    *text = out;
}

static void apply_differences(struct mlint_buf *text, struct mlint_str differences)
{
    struct mlint_str line, from = MLINT_STR(""), to;

    while (mlint_str_split(&differences, '\n', &line)) {
        char mark = line.len ? line.ptr[0] : '#';
        to = mlint_str_sub(line, 1, line.len);
        if (from.len)
            replace(text, from, mark == '+' ? &to : NULL);
        from = mark == '-' ? to : MLINT_STR("");
    }
    if (from.len)
        replace(text, from, NULL);
}

START_TEST(same_accounts)
{
    const struct mlint_cases *cases = mlint_cases_all();
    struct mlint_case_run run = { 0 };
    struct mlint_buf got, wanted;
    struct mlint_str answer, differences;
    char *path, *more;
    size_t i;

    for (i = 0; i < cases->count; i++)
        if (strcmp(cases->item[i].name, names.name[_i]) == 0)
            break;
    if (i == cases->count)
        return; /* MLINT_CASE leaves it out */
    path = mlint_test_path("testdata/%s/thunderbird.txt", names.name[_i]);
    more = mlint_test_path("testdata/%s/differences.txt", names.name[_i]);
    answer = mlint_test_read(path);
    differences = mlint_test_read(more);
    mlint_buf_init(&got, mlint_allocator_default(), 1 << 20);
    mlint_buf_init(&wanted, mlint_allocator_default(), 1 << 20);
    mlint_buf_str(&wanted, answer);
    if (differences.ptr)
        apply_differences(&wanted, differences);
    mlint_case_open(&cases->item[i]);
    mlint_case_lint(&run, &cases->item[i], NULL);
    ck_assert_int_eq(run.status, MLINT_OK);
    add_accounts(&got, &run);
    mlint_assert_str(names.name[_i], mlint_str_make(got.ptr ? got.ptr : "", got.len),
                     mlint_str_make(wanted.ptr ? wanted.ptr : "", wanted.len));
    mlint_case_done(&run);
    mlint_case_close(&cases->item[i]);
    mlint_buf_done(&got);
    mlint_buf_done(&wanted);
    free((void *)(uintptr_t)answer.ptr);
    free((void *)(uintptr_t)differences.ptr);
    free(path);
    free(more);
}
END_TEST

/* ---- Which profile is started ----------------------------------------------------------- */

struct list_row {
    const char *name;
    const char *profiles, *installs; /* NULL: there is none */
    const char *up;                  /* where they are, seen from the profile */
    const char *wanted;              /* detail, or NULL */
};

#define OTHER "not the profile that Thunderbird starts, which is aaaaaaaa.work"

static const struct list_row list_rows[] = {
    { "no list", NULL, NULL, "../", NULL },
    { "the installation starts it", "[InstallFD]\nDefault=x2k9d0qw.default\n", NULL, "../", NULL },
    { "the installation starts another", "[InstallFD]\nDefault=aaaaaaaa.work\n", NULL, "../", OTHER },
    { "the installation beats Default=1",
      "[Profile0]\nPath=x2k9d0qw.default\nDefault=1\n[InstallFD]\nDefault=aaaaaaaa.work\n", NULL,
      "../", OTHER },
    { "one of two installations",
      "[InstallFD]\nDefault=aaaaaaaa.work\n[Install12]\nDefault=x2k9d0qw.default\n", NULL, "../",
      NULL },
    { "installs.ini alone", "[Profile0]\nPath=x2k9d0qw.default\nDefault=1\n",
      "[FD]\nDefault=aaaaaaaa.work\n", "../", OTHER },
    { "Default=1 of old", "[Profile1]\nPath=aaaaaaaa.work\nDefault=1\n", NULL, "../", OTHER },
    { "Windows keeps them one deeper", "[InstallFD]\r\nDefault=Profiles/aaaaaaaa.work\r\n", NULL,
      "../../", OTHER },
    { "absolute", "[InstallFD]\nDefault=/opt/ada/x2k9d0qw.default\n", NULL, "../", NULL },
    { "says nothing", "[General]\nVersion=2\n", NULL, "../", NULL },
};

static int give_list(void *user, const char *name, const void **data, size_t *length)
{
    const struct list_row *row = user;
    const char *text = NULL;

    if (strncmp(name, row->up, strlen(row->up)) != 0)
        return 0;
    if (strcmp(name + strlen(row->up), "profiles.ini") == 0)
        text = row->profiles;
    else if (strcmp(name + strlen(row->up), "installs.ini") == 0)
        text = row->installs;
    if (!text)
        return 0;
    *data = text;
    *length = strlen(text);
    return 1;
}

START_TEST(profile_that_starts)
{
    static const char prefs[] = "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n";
    struct list_row row = list_rows[_i];
    struct mlint_input input = { .struct_size = sizeof(input),
                                 .name = "home/x2k9d0qw.default/prefs.js",
                                 .data = prefs,
                                 .length = sizeof(prefs) - 1,
                                 .companion = give_list,
                                 .user = &row };
    struct mlint_config *config = NULL;
    struct mlint_linter *linter = NULL;
    struct mlint_result *result = NULL;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_check(linter, &input, &result, NULL), MLINT_OK);
    mlint_assert_str(row.name,
                     mlint_str_from(mlint_file_detail(mlint_result_file(result, 0))),
                     mlint_str_from(row.wanted));
    mlint_result_free(result);
    mlint_linter_free(linter);
    mlint_config_free(config);
}
END_TEST

/* Cases of a format that have Thunderbird's answer. */
static void find_cases(const char *format)
{
    char *folder = mlint_test_path("testdata/formats/%s", format);
    struct mlint_test_names all = mlint_test_list(folder);
    size_t i;

    names.name =
        mlint_test_need(realloc(names.name, (names.count + all.count + 1) * sizeof(*names.name)));
    for (i = 0; i < all.count; i++) {
        char *path = mlint_test_print("%s/%s/thunderbird.txt", folder, all.name[i]);
        struct mlint_str answer = mlint_test_read(path);
        if (answer.ptr)
            names.name[names.count++] = mlint_test_print("formats/%s/%s", format, all.name[i]);
        free((void *)(uintptr_t)answer.ptr);
        free(path);
    }
    mlint_test_names_free(&all);
    free(folder);
}

MLINT_SUITE(thunderbird)
{
    Suite *suite = suite_create("thunderbird");

    find_cases("thunderbird-prefs");
    find_cases("thunderbird-policies");
    find_cases("thunderbird-autoconfig-js");
    mlint_test_add(suite, "same_accounts", same_accounts, names.count);
    MLINT_TEST_ROWS(suite, profile_that_starts, list_rows);
    return suite;
}
