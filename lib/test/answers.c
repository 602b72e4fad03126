/* answers.c: keeps the statuses that functions returned, reads those that the header promises,
 * and compares the two. */
#include "test/answers.h"

#include <stdio.h>

#define POISON 77
#define MOST                                                                                   \
    (sizeof(((struct mlint_answers *)0)->seen) / sizeof(((struct mlint_answers *)0)->seen[0]))

static const char *const words[] = {
    [MLINT_OK] = "MLINT_OK",
    [MLINT_E_NO_MEMORY] = "MLINT_E_NO_MEMORY",
    [MLINT_E_ARGUMENT] = "MLINT_E_ARGUMENT",
    [MLINT_E_IO] = "MLINT_E_IO",
    [MLINT_E_LIMIT] = "MLINT_E_LIMIT",
    [MLINT_E_SETTINGS] = "MLINT_E_SETTINGS",
    [MLINT_E_UNSUPPORTED] = "MLINT_E_UNSUPPORTED",
    [MLINT_E_CANCELLED] = "MLINT_E_CANCELLED",
};
#define WORDS (sizeof(words) / sizeof(words[0]))

/* True, and not to be had here: these tests have every module inside, and load no plug-in
 * (command.py does). */
static const struct {
    const char *function;
    enum mlint_status status;
} beyond[] = {
    { "mlint_config_add_provider", MLINT_E_UNSUPPORTED },
    { "mlint_config_set", MLINT_E_LIMIT },
};

struct mlint_error *mlint_answers_error(struct mlint_answers *answers)
{
    memset(&answers->error, POISON, sizeof(answers->error));
    return &answers->error;
}

enum mlint_status mlint_answers_note(struct mlint_answers *answers, const char *function,
                                     enum mlint_status status)
{
    size_t i = 0;

    while (i < answers->count && strcmp(answers->seen[i].function, function) != 0)
        i++;
    ck_assert_uint_lt(i, MOST);
    answers->seen[i].function = function;
    answers->seen[i].mask |= 1u << status;
    answers->count += i == answers->count;
    return status;
}

enum mlint_status mlint_answers_told(struct mlint_answers *answers, const char *function,
                                     enum mlint_status status)
{
    const struct mlint_error *error = &answers->error;

    if (status == MLINT_OK) {
        ck_assert_msg(error->message[0] == POISON && error->line > UINT16_MAX,
                      "%s: the error was touched", function);
    } else {
        ck_assert_msg(error->status == status, "%s: returns %s, and the error says otherwise",
                      function, words[status]);
        ck_assert_msg(memchr(error->message, '\0', sizeof(error->message)) && error->message[0],
                      "%s: no message", function);
        ck_assert_msg(error->line <= UINT16_MAX, "%s: line %u", function, error->line);
    }
    return mlint_answers_note(answers, function, status);
}

/* ---- The header ---- */

/* A bit for each status that a text names. */
static unsigned named_in(struct mlint_str text)
{
    unsigned mask = 0;

    for (size_t i = 0; i < WORDS; i++)
        mask |= mlint_str_find(text, mlint_str_from(words[i])) < text.len ? 1u << i : 0;
    return mask;
}

static unsigned answered(const struct mlint_answers *answers, struct mlint_str function)
{
    unsigned mask = 0;

    for (size_t i = 0; i < answers->count; i++)
        if (mlint_str_eq(function, mlint_str_from(answers->seen[i].function)))
            mask = answers->seen[i].mask;
    for (size_t i = 0; i < sizeof(beyond) / sizeof(beyond[0]); i++)
        if (mask && mlint_str_eq(function, mlint_str_from(beyond[i].function)))
            mask |= 1u << beyond[i].status;
    return mask;
}

static void compare(struct mlint_str function, unsigned promised, unsigned given)
{
    for (size_t i = 0; i < WORDS; i++) {
        ck_assert_msg(!(promised & ~given & 1u << i),
                      "%.*s: the header names %s, and no call here has had it",
                      MLINT_STR_ARG(function), words[i]);
        ck_assert_msg(!(given & ~promised & 1u << i),
                      "%.*s has returned %s, which the header does not name",
                      MLINT_STR_ARG(function), words[i]);
    }
}

void mlint_answers_compare(const struct mlint_answers *answers)
{
    const struct mlint_str mark = MLINT_STR("MLINT_MUST_USE enum mlint_status");
    char *path = mlint_test_path("include/maillint/maillint.h");
    struct mlint_str header = mlint_test_read(path), rest = header;
    size_t at, count = 0;

    while ((at = mlint_str_find(rest, mark)) < rest.len) {
        struct mlint_str above = mlint_str_sub(rest, 0, at), name;
        size_t text = above.len;

        while (text > 0 &&
               !mlint_str_starts(mlint_str_sub(above, text, above.len), MLINT_STR("/*")))
            text--;
        name = mlint_str_trim(mlint_str_sub(rest, at + mark.len, rest.len));
        name.len = mlint_str_find_char(name, '(');
        compare(name, named_in(mlint_str_sub(above, text, above.len)), answered(answers, name));
        rest = mlint_str_sub(rest, at + mark.len, rest.len);
        count++;
    }
    ck_assert_uint_gt(count, 20);
    free((char *)(uintptr_t)header.ptr);
    free(path);
}
