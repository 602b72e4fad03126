/* options.c: parses a command line by tables of rows and prints help from the same rows.
 * Options may stand anywhere among the paths; `--` ends them; nothing may be shortened. */
#include "options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX 64

/* ---- Finding rows ---- */

struct rows {
    const struct mlint_cli_option *row[NAMES_MAX];
    size_t count;
};

static void collect(const struct mlint_cli_command *command, struct rows *rows)
{
    rows->count = 0;
    for (size_t t = 0; command->tables[t]; t++) {
        for (const struct mlint_cli_option *row = command->tables[t];
             row->name && rows->count < NAMES_MAX; row++)
            rows->row[rows->count++] = row;
    }
}

static const struct mlint_cli_option *find(const struct rows *rows, const char *name,
                                           size_t length)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (strlen(rows->row[i]->name) == length &&
            memcmp(rows->row[i]->name, name, length) == 0)
            return rows->row[i];
    }
    return NULL;
}

static const struct mlint_cli_option *find_letter(const struct rows *rows, char letter)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->row[i]->letter && rows->row[i]->letter == letter)
            return rows->row[i];
    }
    return NULL;
}

static int unknown(const struct mlint_cli_options *options, const struct rows *rows,
                   const char *name, size_t length)
{
    const char *names[NAMES_MAX], *nearest;
    char typed[64];

    snprintf(typed, sizeof(typed), "%.*s", (int)(length < 63 ? length : 63), name);
    for (size_t i = 0; i < rows->count; i++)
        names[i] = rows->row[i]->name;
    nearest = mlint_cli_nearest(typed, names, rows->count);
    if (nearest)
        return mlint_cli_misused("%s has no option --%s; did you mean --%s?",
                                 options->command->name, typed, nearest);
    return mlint_cli_misused("%s has no option --%s", options->command->name, typed);
}

/* ---- Values ---- */

int mlint_cli_choose(const char *what, const char *typed, const char *const *names,
                     size_t count)
{
    const char *nearest;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], typed) == 0)
            return (int)i;
    }
    nearest = mlint_cli_nearest(typed, names, count);
    if (nearest)
        mlint_cli_misused("no %s is called \"%s\"; did you mean \"%s\"?", what, typed, nearest);
    else
        mlint_cli_misused("no %s is called \"%s\"", what, typed);
    return -1;
}

static int take_when(void *at, const struct mlint_cli_option *row, const char *value)
{
    static const char *const words[] = { "auto", "always", "never" };

    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(value, words[i]) == 0) {
            *(enum mlint_cli_when *)at = (enum mlint_cli_when)i;
            return 0;
        }
    }
    return mlint_cli_misused("--%s wants auto, always or never, not \"%s\"", row->name, value);
}

static int take_number(void *at, const struct mlint_cli_option *row, const char *value)
{
    char *end;
    unsigned long number = isdigit((unsigned char)value[0]) ? strtoul(value, &end, 10) : 0;

    if (number < 1 || number > 1024 || *end)
        return mlint_cli_misused("--%s wants a number from 1 to 1024, not \"%s\"", row->name,
                                 value);
    *(unsigned *)at = (unsigned)number;
    return 0;
}

static int take(struct mlint_cli_options *options, const struct mlint_cli_option *row,
                const char *value)
{
    void *at = (char *)options + row->offset;

    switch (row->kind) {
    case MLINT_CLI_FLAG:
        *(bool *)at = true;
        return 0;
    case MLINT_CLI_TEXT:
        *(const char **)at = value;
        return 0;
    case MLINT_CLI_NUMBER:
        return take_number(at, row, value);
    case MLINT_CLI_WHEN:
        return take_when(at, row, value);
    default:
        options->given[options->given_count++] = (struct mlint_cli_given){ row, value };
        return 0;
    }
}

/* ---- The command line ---- */

struct line {
    char **arguments;
    int count, at;
    struct rows rows;
};

static int take_long(struct mlint_cli_options *options, struct line *line, const char *name)
{
    size_t length = strcspn(name, "=");
    const struct mlint_cli_option *row = find(&line->rows, name, length);

    if (!row)
        return unknown(options, &line->rows, name, length);
    if (!row->value && name[length] == '=')
        return mlint_cli_misused("--%s takes no value", row->name);
    if (!row->value)
        return take(options, row, NULL);
    if (name[length] == '=')
        return take(options, row, name + length + 1);
    if (line->at >= line->count)
        return mlint_cli_misused("--%s wants a value: %s", row->name, row->value);
    return take(options, row, line->arguments[line->at++]);
}

static int take_letters(struct mlint_cli_options *options, struct line *line,
                        const char *letters)
{
    while (*letters) {
        const struct mlint_cli_option *row = find_letter(&line->rows, *letters);
        int code;
        if (!row)
            return mlint_cli_misused("%s has no option -%c", options->command->name, *letters);
        letters++;
        if (!row->value) {
            code = take(options, row, NULL);
        } else if (*letters) {
            return take(options, row, letters);
        } else if (line->at < line->count) {
            return take(options, row, line->arguments[line->at++]);
        } else {
            return mlint_cli_misused("-%c wants a value: %s", row->letter, row->value);
        }
        if (code)
            return code;
    }
    return 0;
}

int mlint_cli_parse(struct mlint_cli_options *options, int count, char **arguments)
{
    struct line line = { .arguments = arguments, .count = count };
    bool ended = false;
    int code = 0;

    options->given = calloc((size_t)count + 1, sizeof(*options->given));
    options->paths = calloc((size_t)count + 1, sizeof(*options->paths));
    if (!options->given || !options->paths) {
        mlint_cli_say("out of memory");
        return MLINT_EXIT_USAGE;
    }
    collect(options->command, &line.rows);
    while (!code && line.at < count) {
        const char *argument = arguments[line.at++];
        if (ended || argument[0] != '-' || !argument[1])
            options->paths[options->path_count++] = argument;
        else if (strcmp(argument, "--") == 0)
            ended = true;
        else if (argument[1] == '-')
            code = take_long(options, &line, argument + 2);
        else
            code = take_letters(options, &line, argument + 1);
    }
    return code;
}

void mlint_cli_options_done(struct mlint_cli_options *options)
{
    free(options->given);
    free(options->paths);
}
