/* dump.c: `maillint dump PATH`: what the syntax layer read, one JSON object a line. Secrets are
 * hidden by the library before they come here. */
#include "options.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void print_member(const char *name, const char *value)
{
    printf("\"%s\":", name);
    mlint_cli_json(stdout, value);
    putchar(',');
}

static int print_row(void *user, const struct mlint_dump_row *row)
{
    const struct mlint_input *input = user;

    putchar('{');
    if (strcmp(row->file, input->name) != 0) /* a member of an archive, or a file beside it */
        print_member("file", row->file);
    print_member("path", row->path);
    print_member("name", row->name);
    print_member("type", row->type);
    fputs("\"value\":", stdout);
    mlint_cli_json(stdout, row->value);
    if (row->line)
        printf(",\"line\":%u", row->line);
    if (row->line && row->column)
        printf(",\"column\":%u", row->column);
    puts("}");
    return ferror(stdout);
}

static int dump(const struct mlint_cli_options *options, const struct mlint_config *config,
                const struct mlint_cli_bytes *bytes)
{
    const char *path = options->paths[0];
    struct mlint_input input = {
        .struct_size = sizeof(input),
        .name = strcmp(path, "-") == 0 && options->stdin_name ? options->stdin_name : path,
        .data = bytes->data,
        .length = bytes->length,
        .format = options->input_format,
    };
    struct mlint_linter *linter;
    struct mlint_error error;
    enum mlint_status status = mlint_linter_new(&linter, config, &error);

    if (status == MLINT_OK) {
        status = mlint_dump(linter, &input, print_row, &input, &error);
        mlint_linter_free(linter);
    }
    if (status == MLINT_OK || status == MLINT_E_CANCELLED)
        return mlint_cli_flush(MLINT_EXIT_CLEAN);
    (void)mlint_cli_flush(0);
    mlint_cli_say("%s", error.message);
    return MLINT_EXIT_INPUT;
}

static int run(struct mlint_cli_options *options)
{
    struct mlint_cli_bytes bytes;
    struct mlint_config *config;
    int code, problem;

    if (options->path_count != 1)
        return mlint_cli_misused("dump wants one file");
    code = mlint_cli_check_input_format(options);
    if (code)
        return code;
    config = mlint_cli_configure(options);
    if (!config)
        return MLINT_EXIT_USAGE;
    problem = mlint_cli_slurp_file(options->paths[0], mlint_cli_size_limit(config), &bytes);
    if (problem) {
        mlint_cli_say("%s: %s", options->paths[0],
                      problem == EFBIG ? "is larger than limit-size allows"
                                       : strerror(problem));
        code = MLINT_EXIT_INPUT;
    } else {
        code = dump(options, config, &bytes);
        mlint_cli_bytes_free(&bytes);
    }
    mlint_config_free(config);
    return code;
}

static const struct mlint_cli_option *const tables[] = { mlint_cli_source_options,
                                                         mlint_cli_settings_options,
                                                         mlint_cli_config_options,
                                                         mlint_cli_general_options, NULL };

const struct mlint_cli_command mlint_cli_dump = {
    .name = "dump",
    .arguments = "PATH",
    .brief = "print what was read from a file, before it is understood",
    .about =
        "Prints every value of one file, in file order, as a JSON object a line: path, name, "
        "type, value, line and column. Passwords are hidden.",
    .tables = tables,
    .run = run,
};
