/* help.c: --help, of the command and of each of its commands, from the tables. */
#include "options.h"

#include <string.h>

#define HELP_COLUMN 26
#define HELP_WIDTH 80

/* text from column on, folded at the width of a plain terminal. */
static void fold(const char *text, int column)
{
    int at = column;

    while (*text) {
        int length = (int)strcspn(text, " ");
        if (at > column && at + 1 + length > HELP_WIDTH) {
            printf("\n%*s", column, "");
            at = column;
        } else if (at > column) {
            putchar(' ');
            at++;
        }
        printf("%.*s", length, text);
        at += length;
        text += length + (text[length] == ' ');
    }
    putchar('\n');
}

static void option_help(const struct mlint_cli_option *row)
{
    char head[64];
    int length;

    snprintf(head, sizeof(head), "  %c%c%c --%s%s%s", row->letter ? '-' : ' ',
             row->letter ? row->letter : ' ', row->letter ? ',' : ' ', row->name,
             row->value ? " " : "", row->value ? row->value : "");
    length = printf("%s", head);
    if (length >= HELP_COLUMN - 1)
        printf("\n%*s", HELP_COLUMN, "");
    else
        printf("%*s", HELP_COLUMN - length, "");
    fold(row->help, HELP_COLUMN);
}

void mlint_cli_command_help(const struct mlint_cli_command *command)
{
    printf("Usage: maillint %s [OPTION...]%s%s\n\n", command->name,
           command->arguments[0] ? " " : "", command->arguments);
    fold(command->about ? command->about : command->brief, 0);
    fputs("\nOptions:\n", stdout);
    for (size_t t = 0; command->tables[t]; t++) {
        for (const struct mlint_cli_option *row = command->tables[t]; row->name; row++)
            option_help(row);
    }
}

void mlint_cli_main_help(void)
{
    fputs("Usage: maillint [check] [OPTION...] PATH...\n"
          "       maillint COMMAND [OPTION...] ...\n\n"
          "Reads account files that Outlook, Thunderbird and Apple Mail export and says, "
          "account\n"
          "by account, which documented settings are right, which are wrong, and what to do.\n"
          "PATH is a file, a folder (walked whole), or - for standard input.\n\n"
          "Commands:\n",
          stdout);
    for (size_t i = 0; mlint_cli_commands[i]; i++)
        printf("  %-10s %s\n", mlint_cli_commands[i]->name, mlint_cli_commands[i]->brief);
    fputs("\n'maillint COMMAND --help' lists a command's options; 'maillint --version' prints "
          "the\n"
          "version. Exit status: 0 nothing found, 1 something at or above --fail-on, 2 wrong "
          "usage\n"
          "or settings, 3 an input could not be read or understood.\n",
          stdout);
}
