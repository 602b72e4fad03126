/* bench.c: `bench BUILD COUNT [KIND...]`: makes the corpora that are missing, runs every
 * program over them in turns, and prints one table of medians. Only ratios within one run mean
 * anything: machines differ, and so does one machine from hour to hour. */
#include "writers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 5
#define PROGRAMS 8
#define MOST_ARGUMENTS 20000 /* for programs that take their files as arguments */

struct program {
    const char *title;
    char **arguments;
    size_t files; /* that it looks at */
    double seconds[ROUNDS];
    long peak; /* KiB */
    bool missing;
};

struct corpus {
    char folder[512], list[520];
    char **paths;
    size_t count;
    uint64_t bytes;
};

static void *need(void *pointer)
{
    if (pointer)
        return pointer;
    fputs("bench: out of memory\n", stderr);
    exit(1);
}

/* ---- Running ---- */

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Exit status, or -1. What it prints is thrown away. */
static int run(char **arguments, long *peak)
{
    struct rusage usage = { 0 };
    int status = 0;
    pid_t child = vfork();

    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return -1;
    if (usage.ru_maxrss > *peak)
        *peak = usage.ru_maxrss;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void measure(struct program *program, unsigned round)
{
    double begin = now();
    int status = run(program->arguments, &program->peak);

    program->seconds[round] = now() - begin;
    program->missing = status == 127 || status < 0;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(struct program *program)
{
    qsort(program->seconds, ROUNDS, sizeof(double), compare);
    return program->seconds[ROUNDS / 2];
}

/* ---- The corpora ---- */

static void load(struct corpus *corpus)
{
    FILE *list = fopen(corpus->list, "r");
    char line[4096];
    size_t room = 0;
    struct stat status;

    while (list && fgets(line, sizeof(line), list)) {
        line[strcspn(line, "\n")] = '\0';
        if (corpus->count == room) {
            room = room ? room * 2 : 1024;
            corpus->paths = need(realloc(corpus->paths, room * sizeof(*corpus->paths)));
        }
        corpus->paths[corpus->count++] = need(strdup(line));
        if (stat(line, &status) == 0)
            corpus->bytes += (uint64_t)status.st_size;
    }
    if (list)
        fclose(list);
}

static void prepare(struct corpus *corpus, const char *generator, const char *kind,
                    const char *count)
{
    char *arguments[] = { (char *)(uintptr_t)generator, (char *)(uintptr_t)kind,
                          (char *)(uintptr_t)count, corpus->folder, NULL };
    long peak = 0;

    memset(corpus, 0, sizeof(*corpus));
    snprintf(corpus->folder, sizeof(corpus->folder), "bench-%s-%s", kind, count);
    snprintf(corpus->list, sizeof(corpus->list), "%s.list", corpus->folder);
    if (access(corpus->list, R_OK) != 0 && run(arguments, &peak) != 0)
        fprintf(stderr, "bench: cannot make %s\n", corpus->folder);
    load(corpus);
}

static void forget(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++)
        free(corpus->paths[i]);
    free(corpus->paths);
}

/* ---- The programs ---- */

/* words, NULL-ended, and the corpus's files if they are wanted. */
static void add(struct program *programs, size_t *used, const char *title,
                const char *const *words, const struct corpus *files)
{
    size_t count = 0,
           named = files && files->count < MOST_ARGUMENTS ? files->count : MOST_ARGUMENTS;
    struct program *program = &programs[(*used)++];

    named = files ? named : 0;
    *program = (struct program){ .title = title, .files = named };
    program->arguments = need(calloc(named + 16, sizeof(char *)));
    for (; words[count]; count++)
        program->arguments[count] = need(strdup(words[count]));
    for (size_t i = 0; i < named; i++)
        program->arguments[count + i] = files->paths[i];
}

/* The command as people run it (findings as text), and as audits do (every record). */
static void add_maillint(struct program *programs, size_t *used, const char *command,
                         const struct corpus *corpus)
{
    static const struct {
        const char *title, *format, *jobs;
    } ways[] = {
        { "maillint, 1 thread", "text", "1" },
        { "maillint, 2 threads", "text", "2" },
        { "ndjson, 1 thread", "ndjson", "1" },
        { "ndjson, 2 threads", "ndjson", "2" },
    };

    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        add(programs, used, ways[i].title,
            (const char *[]){ command, "--no-config", "--format", ways[i].format, "--output",
                              "bench-report", "--jobs", ways[i].jobs, corpus->folder, NULL },
            NULL);
}

static size_t line_up(struct program *programs, const char *build, const struct corpus *corpus,
                      const char *kind)
{
    char command[4096], readloop[4096];
    size_t used = 0;

    snprintf(command, sizeof(command), "%s/tools/maillint/maillint", build);
    snprintf(readloop, sizeof(readloop), "%s/tools/bench/readloop", build);
    add(programs, &used, "read loop", (const char *[]){ readloop, corpus->list, NULL }, NULL);
    add_maillint(programs, &used, command, corpus);
    add(programs, &used, "cat", (const char *[]){ "cat", NULL }, corpus);
    if (strcmp(kind, "mobileconfig") == 0 || strcmp(kind, "ispdb") == 0)
        add(programs, &used, "xmllint --noout", (const char *[]){ "xmllint", "--noout", NULL },
            corpus);
    return used;
}

static void print(struct program *program, const struct corpus *corpus, const char *kind,
                  double floor)
{
    size_t files = program->files ? program->files : corpus->count;
    double part = (double)files / (double)corpus->count, seconds = median(program);

    if (program->missing)
        printf("%-13s %-20s not installed\n", kind, program->title);
    else
        printf("%-13s %-20s %9.0f %8.1f %7.2f %9.1f\n", kind, program->title,
               (double)files / seconds, (double)corpus->bytes * part / seconds / 1e6,
               seconds / part / floor, (double)program->peak / 1024);
    fflush(stdout);
}

static void bench(const char *build, const char *kind, const char *count)
{
    struct program programs[PROGRAMS];
    struct corpus corpus;
    char generator[4096];
    size_t used;
    double floor;

    snprintf(generator, sizeof(generator), "%s/tools/bench/generate", build);
    prepare(&corpus, generator, kind, count);
    if (!corpus.count)
        return;
    used = line_up(programs, build, &corpus, kind);
    for (unsigned round = 0; round <= ROUNDS; round++) {
        for (size_t i = 0; i < used; i++) /* the first round only warms the cache */
            measure(&programs[i], round ? round - 1 : 0);
    }
    floor = median(&programs[0]);
    for (size_t i = 0; i < used; i++) {
        print(&programs[i], &corpus, kind, floor);
        for (char **word = programs[i].arguments; *word && word < programs[i].arguments + 1;
             word++)
            free(*word);
        free(programs[i].arguments);
    }
    forget(&corpus);
}

int main(int count, char **arguments)
{
    if (count < 3) {
        fputs("usage: bench BUILD COUNT [KIND...]\n", stderr);
        return 2;
    }
    printf("%-13s %-20s %9s %8s %7s %9s\n", "corpus", "program", "files/s", "MB/s", "ratio",
           "peak MiB");
    if (count > 3) {
        for (int i = 3; i < count; i++)
            bench(arguments[1], arguments[i], arguments[2]);
    } else {
        for (size_t i = 0; i < mlint_bench_kind_count; i++)
            bench(arguments[1], mlint_bench_kinds[i].name, arguments[2]);
    }
    printf("Medians of %d runs in turns; ratio: time over that of the read loop in the same "
           "run.\n",
           ROUNDS);
    return 0;
}
