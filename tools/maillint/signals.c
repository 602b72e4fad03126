/* signals.c: SIGINT and SIGTERM ask a run to end early with a report of what was done; a second
 * one ends the process. Whatever thread waits for input is woken through a pipe. These are the
 * only variables of the command that can change. */
#include "cli.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t signalled;
static int wake_up[2] = { -1, -1 };

static void note(int number)
{
    signalled = number;
    (void)!write(wake_up[1], "", 1);
}

void mlint_cli_catch_signals(void)
{
    struct sigaction action = { .sa_handler = note, .sa_flags = (int)SA_RESETHAND };

    if (pipe2(wake_up, O_CLOEXEC | O_NONBLOCK) != 0)
        wake_up[0] = wake_up[1] = -1; /* poll passes over it; input is waited for without */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a failed write is seen where it happens */
}

bool mlint_cli_signalled(void)
{
    return signalled != 0;
}

bool mlint_cli_wait_for(int descriptor)
{
    struct pollfd watched[] = { { .fd = descriptor, .events = POLLIN },
                                { .fd = wake_up[0], .events = POLLIN } };

    while (!signalled && poll(watched, 2, -1) <= 0)
        continue;
    return !signalled;
}
