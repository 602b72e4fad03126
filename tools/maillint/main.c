/* main.c: picks the command, sets the process up so that no password of a linted file can end
 * in a core dump, and turns the outcome into an exit code. Everything else is in the commands.
 */
#include "options.h"

#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

const struct mlint_cli_command *const mlint_cli_commands[] = {
    &mlint_cli_check,   &mlint_cli_config,  &mlint_cli_dump,
    &mlint_cli_explain, &mlint_cli_formats, &mlint_cli_merge,
    &mlint_cli_rules,   &mlint_cli_show,    NULL,
};

#define COMMAND_COUNT (sizeof(mlint_cli_commands) / sizeof(mlint_cli_commands[0]) - 1)

const struct mlint_cli_command *mlint_cli_find_command(const char *name)
{
    for (size_t i = 0; mlint_cli_commands[i]; i++) {
        if (strcmp(mlint_cli_commands[i]->name, name) == 0)
            return mlint_cli_commands[i];
    }
    return NULL;
}

/* Leak checkers of test builds trace the process themselves. */
static void forbid_core_dumps(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    struct rlimit none = { 0, 0 };

    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
#endif
}

/* A descriptor that the caller closed would be the next file opened: messages would go into the
 * report, and standard input would be whatever the command works with. */
static bool open_standard_streams(void)
{
    int descriptor;

    do /* not for writing: a report that nobody gets is said to be lost */
        descriptor = open("/dev/null", O_RDONLY);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    return descriptor >= 0 && close(descriptor) == 0;
}

/* The command that a first word may be a slip of, when no such file exists. */
static const char *slip_of(const char *word)
{
    const char *names[COMMAND_COUNT];
    struct stat status;
    size_t count = 0;

    if (word[0] == '-' || strpbrk(word, "./") || lstat(word, &status) == 0)
        return NULL;
    for (; count < COMMAND_COUNT; count++)
        names[count] = mlint_cli_commands[count]->name;
    return mlint_cli_nearest(word, names, count);
}

static int run(struct mlint_cli_options *options, int count, char **arguments)
{
    int code = mlint_cli_parse(options, count, arguments);

    if (code == 0 && options->help) {
        mlint_cli_command_help(options->command);
        code = mlint_cli_flush(MLINT_EXIT_CLEAN);
    } else if (code == 0) {
        code = options->command->run(options);
    }
    mlint_cli_options_done(options);
    return code;
}

int main(int count, char **arguments)
{
    struct mlint_cli_options options = { .command = &mlint_cli_check };
    const struct mlint_cli_command *named;
    const char *first = count > 1 ? arguments[1] : "", *meant;

    if (!open_standard_streams())
        return MLINT_EXIT_USAGE;
    forbid_core_dumps();
    if (count < 2) {
        mlint_cli_misused("no file given");
        return MLINT_EXIT_USAGE;
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 ||
        strcmp(first, "help") == 0) {
        mlint_cli_main_help();
        return mlint_cli_flush(MLINT_EXIT_CLEAN);
    }
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        printf("maillint %s\n", mlint_version());
        return mlint_cli_flush(MLINT_EXIT_CLEAN);
    }
    named = mlint_cli_find_command(first);
    if (named) {
        options.command = named;
        return run(&options, count - 2, arguments + 2);
    }
    meant = slip_of(first);
    if (meant)
        return mlint_cli_misused("no command or file is called \"%s\"; did you mean \"%s\"?",
                                 first, meant);
    return run(&options, count - 1, arguments + 1);
}
