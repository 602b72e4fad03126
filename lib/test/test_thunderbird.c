/* test_thunderbird.c: maillint's accounts against those of the real Thunderbird 153, which
 * thunderbird_real.py asked and wrote down as thunderbird.txt beside the profile.
 *
 * What the two see differently on purpose is in the case's differences.txt: "-Thunderbird's
 * line", below it "+our line" if there is one, and "# why". */
#include "formats/thunderbird.h"
#include "test/cases.h"

#include <stdio.h>

static struct mlint_test_names names;

static int64_t number(const struct mlint_account *account, unsigned side,
                      enum mlint_field_id id)
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
    mlint_buf_printf(
        out, " port=%lld %s %s user=", (long long)number(account, side, MLINT_FIELD_PORT),
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

/* ---- Which preferences are kept --------------------------------------------------------- */

static const struct {
    const char *name;
    char wanted; /* 'k' kept, 'f' only the first of such, 'd' dropped, 'h' and hidden */
} names_of_prefs[] = {
    { "mail.accountmanager.accounts", 'k' },
    { "mail.accountmanager.appendaccounts", 'k' },
    { "mail.smtpservers", 'k' },
    { "mail.smtp.defaultserver", 'k' },
    { "mail.ui-rdf.version", 'k' },
    { "extensions.lastAppVersion", 'k' },
    { "mailnews.start_page_override.mstone", 'k' },
    { "mail.account.account1.server", 'k' },
    { "mail.account.account1.identities", 'k' },
    { "mail.server.server1.type", 'k' },
    { "mail.server.server1.hostname", 'k' },
    { "mail.server.server1.userName", 'k' },
    { "mail.server.server1.port", 'k' },
    { "mail.server.server1.socketType", 'k' },
    { "mail.server.server1.isSecure", 'k' },
    { "mail.server.server1.authMethod", 'k' },
    { "mail.server.server1.name", 'k' },
    { "mail.server.server1.check_new_mail", 'k' },
    { "mail.server.server1.check_time", 'k' },
    { "mail.server.server1.leave_on_server", 'k' },
    { "mail.server.server1.hidden", 'k' },
    { "mail.server.server1.realhostname", 'k' },
    { "mail.server.server1.realuserName", 'k' },
    { "mail.server.server1.useSecAuth", 'k' },
    { "mail.server.server1.auth_login", 'k' },
    { "mail.server.server1.password", 'k' },
    { "mail.identity.id1.useremail", 'k' },
    { "mail.identity.id1.smtpServer", 'k' },
    { "mail.smtpserver.smtp1.type", 'k' },
    { "mail.smtpserver.smtp1.hostname", 'k' },
    { "mail.smtpserver.smtp1.username", 'k' },
    { "mail.smtpserver.smtp1.port", 'k' },
    { "mail.smtpserver.smtp1.try_ssl", 'k' },
    { "mail.smtpserver.smtp1.authMethod", 'k' },
    { "mail.smtpserver.smtp1.auth_method", 'k' },
    { "mail.smtpserver.smtp1.password", 'k' },
    { "mail.server.my.server.port", 'k' }, /* KEY is my.server */
    { "mail.server..port", 'f' },          /* no KEY */
    { "mail.server.port", 'f' },
    { "mail.server.server1.username", 'f' },      /* the N is a capital one */
    { "mail.server.server1.directory-rel", 'h' }, /* names of the user's folders */
    { "mail.server.server1.directory", 'h' },
    { "mail.identity.id1.directory", 'f' },
    { "general.config.filename", 'k' },
    { "general.config.obscure_value", 'k' },
    { "mailnews.append_preconfig_accounts.version", 'k' },
    { "general.smoothScroll", 'd' },
    { "mail.smtpserver.smtp1.userName", 'f' },
    { "mail.identity.id1.fullName", 'f' },
    { "mail.rights.version", 'f' },
    { "mailnews.tags.$label1.tag", 'f' },
    { "mailto.x", 'd' },
    { "mail", 'd' },
    { "extensions.lastPlatformVersion", 'd' },
    { "browser.startup.page", 'd' },
    { "", 'd' },
};

START_TEST(classes)
{
    uint16_t class = mlint_tb_classify(mlint_str_from(names_of_prefs[_i].name));
    char got = class == MLINT_PREFS_DROP    ? 'd'
               : class == MLINT_PREFS_FIRST ? 'f'
               : class == MLINT_PREFS_HIDE  ? 'h'
                                            : 'k';

    ck_assert_msg(got == names_of_prefs[_i].wanted, "%s: %c", names_of_prefs[_i].name, got);
}
END_TEST

/* ---- Recognition ------------------------------------------------------------------------ */

struct bid_row {
    const char *name, *text;
    int wanted; /* of the format of users' files */
};

extern const struct mlint_format mlint_format_thunderbird_prefs;

static const struct bid_row bid_rows[] = {
    { "as Thunderbird writes it", "// Mozilla\n\nuser_pref(\"a\", 1);\n", MLINT_BID_CERTAIN },
    { "by hand", "user_pref ( 'a' , 1 );\n", MLINT_BID_CERTAIN },
    { "comments between", "/* a */ user_pref/* b */(// c\n\"a\", 1);", MLINT_BID_CERTAIN },
    { "a call of AutoConfig", "user_pref(\"a\", 1);\nlockPref(\"b\", 2);", MLINT_BID_SYNTAX },
    { "another one", "user_pref(\"a\", getenv(\"b\"));", MLINT_BID_SYNTAX },
    { "a default", "user_pref(\"a\", 1);\npref(\"mail.x\", 2);", MLINT_BID_KEYS },
    { "something before", "x; user_pref(\"a\", 1);", MLINT_BID_SYNTAX },
    { "another word", "user_prefs(\"a\", 1);", MLINT_BID_SYNTAX },
    { "no name", "user_pref(a, 1);", MLINT_BID_SYNTAX },
    { "a word in quotes", "\"user_pref\"(\"a\", 1);", MLINT_BID_SYNTAX },
    { "cut off", "user_pref(", MLINT_BID_SYNTAX },
    { "nothing", "", MLINT_BID_NONE },
};

START_TEST(bids)
{
    struct mlint_str text = mlint_str_from(bid_rows[_i].text);
    const struct mlint_probe probe = {
        .name = MLINT_STR("a"), .raw = text, .text = text, .size = text.len
    };

    ck_assert_msg(mlint_format_thunderbird_prefs.probe(&probe) == bid_rows[_i].wanted, "%s",
                  bid_rows[_i].name);
}
END_TEST

/* Two formats are certain of it: of a user's preference that quotes a profile request. */
static const char quoting[] = "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"
                              "user_pref(\"a\", \"\n[Internet Account List]\n"
                              "Account1=I_Mail\n[Account1]\nPOP3Server=a\n\");\n";
static const char request[] = "[Internet Account List]\n";

static const struct mlint_format *format_of(struct mlint_linter *linter, const char *text)
{
    const struct mlint_input input = {
        .struct_size = sizeof(input), .name = "a", .data = text, .length = strlen(text)
    };
    const struct mlint_format *format;
    struct mlint_result *result;

    ck_assert_int_eq(mlint_check(linter, &input, &result, NULL), MLINT_OK);
    format = mlint_file_format(mlint_result_file(result, 0));
    mlint_result_free(result);
    return format;
}

START_TEST(whatever_was_before)
{
    struct mlint_config *config;
    struct mlint_linter *linter;

    ck_assert_int_eq(mlint_config_new(&config, NULL, NULL), MLINT_OK);
    ck_assert_int_eq(mlint_linter_new(&linter, config, NULL), MLINT_OK);
    ck_assert_ptr_eq(format_of(linter, quoting), &mlint_format_thunderbird_prefs);
    ck_assert_ptr_ne(format_of(linter, request), &mlint_format_thunderbird_prefs);
    ck_assert_ptr_eq(format_of(linter, quoting), &mlint_format_thunderbird_prefs);
    mlint_linter_free(linter);
    mlint_config_free(config);
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
    { "the installation starts it", "[InstallFD]\nDefault=x2k9d0qw.default\n", NULL, "../",
      NULL },
    { "the installation starts another", "[InstallFD]\nDefault=aaaaaaaa.work\n", NULL, "../",
      OTHER },
    { "the installation beats Default=1",
      "[Profile0]\nPath=x2k9d0qw.default\nDefault=1\n[InstallFD]\nDefault=aaaaaaaa.work\n",
      NULL, "../", OTHER },
    { "one of two installations",
      "[InstallFD]\nDefault=aaaaaaaa.work\n[Install12]\nDefault=x2k9d0qw.default\n", NULL,
      "../", NULL },
    { "installs.ini alone", "[Profile0]\nPath=x2k9d0qw.default\nDefault=1\n",
      "[FD]\nDefault=aaaaaaaa.work\n", "../", OTHER },
    { "Default=1 of old", "[Profile1]\nPath=aaaaaaaa.work\nDefault=1\n", NULL, "../", OTHER },
    { "Windows keeps them one deeper", "[InstallFD]\r\nDefault=Profiles/aaaaaaaa.work\r\n",
      NULL, "../../", OTHER },
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
    mlint_assert_str(row.name, mlint_str_from(mlint_file_detail(mlint_result_file(result, 0))),
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

    names.name = mlint_test_need(
        realloc(names.name, (names.count + all.count + 1) * sizeof(*names.name)));
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

/* Keys that were all in one slot when their words were only multiplied: whoever makes a file
 * chooses them, and each is compared with all the others of its slot. */
START_TEST(keys_made_to_collide)
{
    struct mlint_arena arena;
    struct mlint_reading reading = { .arena = &arena };
    struct mlint_tb_graph graph;
    size_t longest = 0;

    mlint_arena_init(&arena, NULL, 0);
    ck_assert(mlint_tb_graph_init(&graph, &reading));
    for (uint64_t i = 0; i < 2000; i++) {
        uint64_t hash = (MLINT_TB_SERVER ^ i) * UINT64_C(0x9E3779B97F4A7C15);
        uint64_t words[2] = { i, hash ^ hash >> 32 };
        struct mlint_str key = mlint_arena_copy(
            &arena, mlint_str_make((const char *)(const void *)words, sizeof(words)));

        ck_assert_ptr_nonnull(mlint_tb_claim(&graph, MLINT_TB_SERVER, key));
    }
    ck_assert_uint_eq(graph.object_count, 2001); /* the global one is the first */
    for (size_t i = 0; i < graph.slot_count; i++) {
        size_t length = 0;

        for (const struct mlint_tb_object *o = graph.slots[i]; o; o = o->same_slot)
            length++;
        longest = length > longest ? length : longest;
    }
    ck_assert_uint_gt(longest, 0);
    ck_assert_uint_le(longest, 20);
    mlint_arena_done(&arena);
}
END_TEST

MLINT_SUITE(thunderbird)
{
    Suite *suite = suite_create("thunderbird");

    find_cases("thunderbird-prefs");
    find_cases("thunderbird-policies");
    find_cases("thunderbird-autoconfig-js");
    mlint_test_add(suite, "same_accounts", same_accounts, names.count);
    MLINT_TEST_ROWS(suite, classes, names_of_prefs);
    MLINT_TEST_ROWS(suite, bids, bid_rows);
    MLINT_TEST(suite, whatever_was_before);
    MLINT_TEST_ROWS(suite, profile_that_starts, list_rows);
    MLINT_TEST(suite, keys_made_to_collide);
    return suite;
}
