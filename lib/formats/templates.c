/* templates.c: files that are programs which write the file: what they decide when they run is
 * not known here. Jinja ("{% if %}") and PHP are told apart from their output, no more. */
#include "formats/format.h"
#include "source/limits.h"

/* Programs are short. */
static struct mlint_str program_of(const struct mlint_reading *reading)
{
    return mlint_str_sub(reading->source->text, 0, MLINT_LIMIT_VALUE);
}

bool mlint_template_chooses(const struct mlint_reading *reading)
{
    struct mlint_str text = program_of(reading);

    return mlint_str_find(text, MLINT_STR("{%")) < text.len ||
           mlint_str_find(text, MLINT_STR("<?php")) < text.len;
}

/* 1: a condition opens behind the mark that a text begins with, -1: one ends, 0: neither. */
static int condition_at(struct mlint_str rest)
{
    bool php = mlint_str_starts(rest, MLINT_STR("<?php"));

    if (!php && !mlint_str_starts(rest, MLINT_STR("{%")))
        return 0;
    rest = mlint_str_trim(mlint_str_sub(rest, php ? 5 : 2, rest.len));
    if (mlint_str_starts(rest, MLINT_STR("-")))
        rest = mlint_str_trim(mlint_str_sub(rest, 1, rest.len));
    if (mlint_str_starts(rest, MLINT_STR("if")))
        return 1;
    if (mlint_str_starts(rest, MLINT_STR("endif")) || mlint_str_starts(rest, MLINT_STR("}")))
        return -1;
    return 0;
}

bool mlint_template_decides(const struct mlint_reading *reading, const struct mlint_node *node)
{
    struct mlint_str text = program_of(reading);
    int open = 0;

    for (size_t at = 0; at < text.len && at < node->value_span.begin; at++) {
        if (text.ptr[at] == '{' || text.ptr[at] == '<')
            open += condition_at(mlint_str_sub(text, at, text.len));
        open = open < 0 ? 0 : open;
    }
    return open > 0;
}
