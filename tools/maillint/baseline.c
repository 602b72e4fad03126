/* baseline.c: reads and writes baselines, and says which suppressions have had their day. What
 * they suppress is the library's affair. */
#include "baseline.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BASELINE_MOST (256u << 20) /* bytes */
#define LISTED_MOST 10             /* unused suppressions that are named */

static bool read_known(struct mlint_cli_baseline *baseline, const char *path)
{
    struct mlint_cli_bytes bytes;
    struct mlint_error error;
    int problem = mlint_cli_slurp_file(path, BASELINE_MOST, &bytes);
    bool good;

    if (problem) {
        mlint_cli_say("cannot read baseline %s: %s", path, strerror(problem));
        return false;
    }
    good = mlint_baseline_new(&baseline->known, NULL, path, bytes.data ? bytes.data : "",
                              bytes.length, &error) == MLINT_OK;
    if (!good)
        mlint_cli_say("%s", error.message);
    mlint_cli_bytes_free(&bytes);
    return good;
}

static bool same_file(const char *a, const char *b)
{
    struct stat one, other;

    return strcmp(a, b) == 0 || (stat(a, &one) == 0 && stat(b, &other) == 0 &&
                                 one.st_dev == other.st_dev && one.st_ino == other.st_ino);
}

bool mlint_cli_baseline_open(struct mlint_cli_baseline *baseline,
                             const struct mlint_cli_options *options,
                             const struct mlint_config *config)
{
    const char *known = config ? mlint_config_baseline(config) : NULL,
               *path = options->write_baseline;

    *baseline = (struct mlint_cli_baseline){ .options = options, .writes = path != NULL };
    if (path &&
        (strcmp(path, "-") == 0 || (options->output && same_file(path, options->output)))) {
        mlint_cli_misused("--write-baseline wants a file of its own");
        return false;
    }
    if (known && options->output && same_file(known, options->output)) {
        mlint_cli_misused("%s is the baseline and would be written over", options->output);
        return false;
    }
    /* Where the old one is to be written anew, it may be missing. */
    if (known && !options->facts && !(path && strcmp(path, known) == 0 && access(path, F_OK)) &&
        !read_known(baseline, known))
        return false;
    if (!path || mlint_cli_output_open(&baseline->output, path, options))
        return true;
    mlint_baseline_free(baseline->known);
    return false;
}

static int write_line(void *user, const void *data, size_t length)
{
    struct mlint_cli_baseline *baseline = user;

    return mlint_cli_output_write(&baseline->output, data, length);
}

/* ---- Unused suppressions ---- */

/* A file that is there, or an archive on the way to it, and was left out of this run is still
 * to be linted by another. */
static bool is_left_out(const char *path)
{
    char archive[PATH_MAX];
    size_t length = strlen(path);
    struct stat about;
    bool found = access(path, F_OK) == 0;

    for (size_t i = 0; !found && i < length && i < sizeof(archive); i++) {
        if (path[i] == '!') {
            memcpy(archive, path, i);
            archive[i] = '\0';
            found = stat(archive, &about) == 0 && S_ISREG(about.st_mode);
        }
    }
    return found;
}

/* Whether the folder of "FOLDER/FILE:LINE" was linted, all of it. */
static bool is_covered(const struct mlint_cli_options *options, const char *origin)
{
    char folder[PATH_MAX], settings[PATH_MAX], linted[PATH_MAX];
    const char *slash = strrchr(origin, '/');
    struct stat about;
    size_t length;

    snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - origin) + 1 : 1,
             slash ? origin : ".");
    if (!realpath(folder, settings))
        return false;
    for (size_t i = 0; i < options->path_count; i++) {
        if (!realpath(options->paths[i], linted) || stat(linted, &about) != 0 ||
            !S_ISDIR(about.st_mode))
            continue;
        length = strcmp(linted, "/") == 0 ? 0 : strlen(linted);
        if (strncmp(settings, linted, length) == 0 &&
            (settings[length] == '/' || !settings[length]))
            return true;
    }
    return false;
}

/* Whether what a rule across files found may be in a file that this run was not given. */
static bool is_of_parts(const struct mlint_cli_options *options)
{
    bool parts = !options->path_count || options->files_from;
    struct stat about;

    for (size_t i = 0; i < options->path_count; i++)
        parts |= stat(options->paths[i], &about) != 0 || !S_ISDIR(about.st_mode);
    for (size_t i = 0; i < options->given_count; i++)
        parts |= options->given[i].option->kind == MLINT_CLI_LIST; /* --exclude */
    return parts;
}

static bool is_unused(const struct mlint_cli_baseline *baseline,
                      const struct mlint_unused *unused)
{
    if (baseline->options->shard)
        return false; /* the other shares may need it */
    if (!unused->path)
        return is_covered(baseline->options, unused->origin);
    if (unused->across && !baseline->all && is_of_parts(baseline->options))
        return false;
    return unused->seen || baseline->all || !is_left_out(unused->path);
}

static int take_unused(void *user, const struct mlint_unused *unused)
{
    struct mlint_cli_baseline *baseline = user;

    if (!is_unused(baseline, unused))
        return 0;
    baseline->unused++;
    if (baseline->options->quiet || baseline->unused > LISTED_MOST)
        return 1;
    if (unused->path)
        mlint_cli_say("%s: no longer found: %s in %s", unused->origin, unused->what,
                      unused->path);
    else
        mlint_cli_say("%s: matches no file: %s", unused->origin, unused->what);
    return 1;
}

void mlint_cli_baseline_use(struct mlint_cli_baseline *baseline,
                            struct mlint_report_options *wanted)
{
    wanted->baseline = baseline->known;
    wanted->write_baseline = baseline->writes ? write_line : NULL;
    wanted->unused = take_unused;
    wanted->baseline_user = baseline;
}

bool mlint_cli_baseline_close(struct mlint_cli_baseline *baseline, bool good)
{
    bool written = true;

    if (baseline->unused > LISTED_MOST && !baseline->options->quiet)
        mlint_cli_say("and %llu more suppressions that nothing needs",
                      (unsigned long long)(baseline->unused - LISTED_MOST));
    if (baseline->writes)
        written = mlint_cli_output_close(&baseline->output, good) || !good;
    mlint_baseline_free(baseline->known);
    return written;
}
