/* standalone.c: a main for the fuzz drivers where there is no libFuzzer.
 *
 * fuzz_X [--mutants N] PATH...  runs every file below PATH, then N inputs made from them by a
 * fixed random sequence: the same on every machine. An input that crashes or takes longer than
 * ten seconds is written to fuzz-crash.bin in the current folder. MLINT_QUICK=1 says that each
 * step is slow (valgrind): a twentieth of the mutants, and no clock. */
#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST_MUTANT 65536
#define SECONDS_FOR_ONE 10
#define QUICK_PART 20

struct seed {
    uint8_t *data;
    size_t size;
};

static struct seed *seeds;
static size_t seed_count;
static unsigned seconds = SECONDS_FOR_ONE; /* 0: no clock */
static const uint8_t *volatile current;
static volatile size_t current_size;

static void *need(void *pointer)
{
    if (!pointer) {
        fprintf(stderr, "fuzz: out of memory\n");
        exit(3);
    }
    return pointer;
}

/* ---- Running one input ---------------------------------------------------------------------
 */

static void keep_current(int signal_number)
{
    int file = open("fuzz-crash.bin", O_WRONLY | O_CREAT | O_TRUNC, 0644);

    if (file >= 0 && write(file, (const void *)current, current_size) < 0)
        _exit(4);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void run(const uint8_t *data, size_t size)
{
    /* In a block of its own size, so that a read past its end is seen. */
    uint8_t *copy = need(malloc(size ? size : 1));

    memcpy(copy, data, size);
    current = copy;
    current_size = size;
    alarm(seconds);
    LLVMFuzzerTestOneInput(copy, size);
    alarm(0);
    free(copy);
}

/* ---- Seeds
 * ----------------------------------------------------------------------------------- */

/* What stands beside the inputs in folders of golden cases. */
static int is_golden(const char *name)
{
    static const char *const names[] = { "accounts.txt", "findings.txt", "verdicts.txt",
                                         "options",      "secrets",      "README.md" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(name, names[i]) == 0)
            return 1;
    return name[0] == '.' || strncmp(name, "report.", 7) == 0;
}

static void read_seed(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    struct seed seed = { need(malloc(size ? size : 1)), 0 };

    if (!file) {
        perror(path);
        exit(2);
    }
    seed.size = fread(seed.data, 1, size, file);
    fclose(file);
    seeds = need(realloc(seeds, (seed_count + 1) * sizeof(*seeds)));
    seeds[seed_count++] = seed;
}

static void read_path(const char *path);

static void read_folder(const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        char *below = NULL;

        if (!is_golden(entries[i]->d_name)) {
            if (asprintf(&below, "%s/%s", path, entries[i]->d_name) < 0)
                below = NULL;
            read_path(need(below));
        }
        free(below);
        free(entries[i]);
    }
    free(entries);
}

static void read_path(const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        perror(path);
        exit(2);
    }
    if (S_ISDIR(info.st_mode))
        read_folder(path);
    else
        read_seed(path, (size_t)info.st_size);
}

/* ---- Mutants
 * --------------------------------------------------------------------------------- */

static uint64_t state = 0x9E3779B97F4A7C15u;

/* xorshift64; below limit, 0 for a limit of 0. */
static size_t pick(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return limit ? (size_t)(state % limit) : 0;
}

struct mutant {
    uint8_t data[LARGEST_MUTANT];
    size_t size;
};

static void insert(struct mutant *mutant, const void *data, size_t size)
{
    size_t at = pick(mutant->size + 1);

    if (size > LARGEST_MUTANT - mutant->size)
        return;
    memmove(mutant->data + at + size, mutant->data + at, mutant->size - at);
    memcpy(mutant->data + at, data, size);
    mutant->size += size;
}

static void cut(struct mutant *mutant)
{
    size_t at = pick(mutant->size), size = pick(mutant->size - at + 1);

    if (size > 64 && pick(4))
        size = pick(64);
    memmove(mutant->data + at, mutant->data + at + size, mutant->size - at - size);
    mutant->size -= size;
}

/* Part of this or another seed, somewhere else. */
static void borrow(struct mutant *mutant)
{
    const struct seed *other = &seeds[pick(seed_count)];
    size_t from = pick(other->size), size = pick(other->size - from);

    insert(mutant, other->data + from, size > 512 ? pick(512) : size);
}

/* What parsers of these syntaxes stumble over. */
static void insert_word(struct mutant *mutant)
{
    static const char *const words[] = {
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "\xFF\xFE",
        "\xEF\xBB\xBF",
        "<",
        ">",
        "&",
        "&#x0;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "<!DOCTYPE x [",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "=",
        ";",
        ",",
        "hex:",
        "dword:",
        "-",
        "=-",
        "/*",
        "*/",
        "//",
        "4294967296",
        "-1",
        "99999999999999999999",
        "%",
        "@",
        "\xC0\x80",
        "\xED\xA0\x80",
        "\xF4\x90\x80\x80",
        "\t",
        " ",
        "<dict>",
        "</dict>",
        "<array>",
        "<key>",
        "user_pref(",
        ");",
    };
    const char *word = words[pick(sizeof(words) / sizeof(words[0]))];

    if (pick(20) == 0)
        insert(mutant, "", 1);
    else
        insert(mutant, word, strlen(word));
}

static void change(struct mutant *mutant)
{
    static const uint8_t bytes[] = {
        0, 1, 0x7F, 0x80, 0xFF, '0', '9', 'A', ' ', '\n', '"', '<'
    };
    size_t at = pick(mutant->size);

    if (!mutant->size)
        return;
    if (pick(2))
        mutant->data[at] ^= (uint8_t)(1u << pick(8));
    else
        mutant->data[at] = bytes[pick(sizeof(bytes))];
}

static void mutate(struct mutant *mutant)
{
    for (size_t n = 1 + pick(6); n > 0; n--) {
        switch (pick(5)) {
        case 0:
            cut(mutant);
            break;
        case 1:
            borrow(mutant);
            break;
        case 2:
            insert_word(mutant);
            break;
        default:
            change(mutant);
        }
    }
}

static void run_mutants(size_t count)
{
    static struct mutant mutant;

    for (size_t i = 0; i < count; i++) {
        const struct seed *seed = &seeds[i % seed_count];

        mutant.size = seed->size < LARGEST_MUTANT ? seed->size : LARGEST_MUTANT;
        memcpy(mutant.data, seed->data, mutant.size);
        mutate(&mutant);
        run(mutant.data, mutant.size);
    }
}

int main(int argc, char **argv)
{
    static const int fatal[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM };
    const char *quick = getenv("MLINT_QUICK");
    size_t mutants = 0;
    int first = 1;

    if (argc > 2 && strcmp(argv[1], "--mutants") == 0) {
        mutants = strtoul(argv[2], NULL, 10);
        first = 3;
    }
    if (quick && quick[0] == '1') {
        mutants /= QUICK_PART;
        seconds = 0;
    }
    for (int i = first; i < argc; i++)
        read_path(argv[i]);
    if (seed_count == 0) {
        fprintf(stderr, "usage: %s [--mutants N] PATH...\n", argv[0]);
        return 2;
    }
    for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
        signal(fatal[i], keep_current);
    run((const uint8_t *)"", 0);
    for (size_t i = 0; i < seed_count; i++)
        run(seeds[i].data, seeds[i].size);
    run_mutants(mutants);
    printf("%zu seeds, %zu mutants\n", seed_count, mutants);
    for (size_t i = 0; i < seed_count; i++)
        free(seeds[i].data);
    free(seeds);
    return 0;
}
