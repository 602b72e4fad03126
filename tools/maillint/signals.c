/* signals.c: SIGINT and SIGTERM ask a run to end early with a report of what was done; a second
 * one ends the process. The flag is the one variable of the command that can change. */
#include "queue.h"

#include <signal.h>

static volatile sig_atomic_t signalled;

static void note(int number)
{
    signalled = number;
}

void mlint_cli_catch_signals(void)
{
    struct sigaction action = { .sa_handler = note, .sa_flags = (int)SA_RESETHAND };

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a failed write is seen where it happens */
}

bool mlint_cli_signalled(void)
{
    return signalled != 0;
}
