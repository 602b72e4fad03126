/* progress.c: files done, files a second and the time left, five times a second on a terminal
 * and now and then in a log that asked for it. Nothing here is part of a report. */
#include "progress.h"

#include "walk.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define EVERY_MS 200
#define EVERY_LOG_MS 5000 /* where each line stays */

uint64_t mlint_cli_milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Counting walks the folders once more without opening a file: a percent of the run. A list
 * from a pipe can be read only once. */
static uint64_t count_inputs(const struct mlint_cli_options *options)
{
    struct mlint_cli_walk *walk;
    struct mlint_cli_item item;
    uint64_t count = 0;

    if (options->files_from && (strcmp(options->files_from, "-") == 0 ||
                                strncmp(options->files_from, "/dev/", 5) == 0))
        return 0;
    walk = mlint_cli_walk_new(options);
    while (walk && mlint_cli_walk_next(walk, &item)) {
        mlint_cli_folder_drop(item.folder);
        count++;
    }
    mlint_cli_walk_free(walk);
    return count;
}

void mlint_cli_progress_begin(struct mlint_cli_progress *progress,
                              const struct mlint_cli_options *options)
{
    memset(progress, 0, sizeof(*progress));
    progress->options = options;
    progress->on = options->progress == MLINT_CLI_ALWAYS ||
                   (options->progress == MLINT_CLI_AUTO && isatty(STDERR_FILENO));
    progress->started = mlint_cli_milliseconds();
    progress->next = progress->started + EVERY_MS;
}

static void show(struct mlint_cli_progress *progress, uint64_t now)
{
    bool terminal = isatty(STDERR_FILENO) == 1;
    uint64_t passed = now - progress->started ? now - progress->started : 1;
    uint64_t rate = progress->done * 1000 / passed;
    char left[48] = "";

    if (!progress->counted)
        progress->total = count_inputs(progress->options);
    progress->counted = true;
    if (progress->total > progress->done && progress->done) {
        uint64_t seconds =
            (progress->total - progress->done) * passed / progress->done / 1000 + 1;
        snprintf(left, sizeof(left), ", %llu:%02llu left", (unsigned long long)(seconds / 60),
                 (unsigned long long)(seconds % 60));
    }
    fprintf(stderr, "%s%llu", terminal ? "\r\033[K" : "", (unsigned long long)progress->done);
    if (progress->total)
        fprintf(stderr, " of %llu", (unsigned long long)progress->total);
    fprintf(stderr, " files, %llu a second%s%s", (unsigned long long)rate, left,
            terminal ? "" : "\n");
    fflush(stderr);
    progress->shown = terminal;
    progress->next = now + (terminal ? EVERY_MS : EVERY_LOG_MS);
}

void mlint_cli_progress_add(struct mlint_cli_progress *progress, uint64_t files)
{
    uint64_t now;

    progress->done += files;
    if (!progress->on)
        return;
    now = mlint_cli_milliseconds();
    if (now >= progress->next)
        show(progress, now);
}

void mlint_cli_progress_end(struct mlint_cli_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
