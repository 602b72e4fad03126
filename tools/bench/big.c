/* big.c: `big [KIND...]`: one made-up file of each kind at sizes from 1 KB to 128 MB, plain and
 * hostile, each linted by a process of its own as often as it takes to be measured. Prints what
 * a byte costs at each size, and the peak of memory; a line ends with the ratio of the worst
 * size from 64 KB on to the best. The same arguments give the same files. */
#include <maillint/maillint.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORK (16u << 20) /* bytes linted at least for one figure */
#define SIZES 5

static const size_t sizes[SIZES] = { 1u << 10, 64u << 10, 1u << 20, 16u << 20, 128u << 20 };

/* What repeats between a front and a back; %u is the number of the repetition. */
static const struct kind {
    const char *name, *file, *front, *unit, *back;
    int wide; /* UTF-16 */
} kinds[] = {
#define PREFS                                                                                  \
    "// Mozilla User Preferences\n\nuser_pref(\"mail.accountmanager.accounts\", "              \
    "\"account1\");\n"
#define SERVER                                                                                 \
    "user_pref(\"mail.account.account1.server\", \"server1\");\n"                              \
    "user_pref(\"mail.server.server1.type\", \"pop3\");\n"                                     \
    "user_pref(\"mail.server.server1.hostname\", \"pop.example.org\");\n"                      \
    "user_pref(\"mail.server.server1.userName\", \"Jane@example.org\");\n"
    { "prefs", "prefs.js", PREFS,
      "user_pref(\"extensions.webextensions.uuid%u\", \"{\\\"id\\\":\\\"4f2c\\\"}\");\n",
      SERVER, 0 },
    { "prefs, all mail", "prefs.js", PREFS,
      "user_pref(\"mail.server.server%u.hostname\", \"pop.example.org\");\n", SERVER, 0 },
    { "prefs, one string", "prefs.js", PREFS "user_pref(\"mail.x\", \"", "abc", "\");\n", 0 },
    { "prefs, one comment", "prefs.js", PREFS SERVER "/*", "* ; ", "*/\n", 0 },
    { "prefs, no quote", "prefs.js", PREFS SERVER "user_pref(\"a", ",1);\n", "", 0 },
    { "prefs, semicolons", "prefs.js", PREFS SERVER, ";", "\n", 0 },
    { "prefs, bad lines", "prefs.js", PREFS SERVER, "user_pref(\"password\");\n", "", 0 },
#define REG "Windows Registry Editor Version 5.00\r\n\r\n"
#define OUTLOOK                                                                                \
    "[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\P\\"            \
    "9375CFF0413111d3B88A00104B2A6676\\00000001]\r\n"                                          \
    "\"clsid\"=\"{ED475411-B0D6-11D2-8C3B-00104B2A6676}\"\r\n"                                 \
    "\"POP3 Server\"=\"pop.example.org\"\r\n\"POP3 User\"=\"Jane@example.org\"\r\n"
#define KEYS                                                                                   \
    "[HKEY_CURRENT_USER\\Software\\Classes\\%u]\r\n@=\"C:\\\\Windows\\\\x.dll\"\r\n"           \
    "\"Blob\"=hex:00,01,02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f,\\\r\n  10,11\r\n\r\n"
    { "reg, UTF-16", "export.reg", REG, KEYS, OUTLOOK, 1 },
    { "reg, 8-bit", "export.reg", REG, KEYS, OUTLOOK, 0 },
    { "reg, code page", "export.reg", REG OUTLOOK "\"\xE9\"=\"\xE9\"\r\n", KEYS, OUTLOOK, 0 },
    { "reg, all values", "export.reg", REG OUTLOOK, "\"v%u\"=\"x\"\r\n", "", 1 },
    { "reg, one value", "export.reg", REG OUTLOOK "\"x\"=hex:", "00,01,\\\r\n", "02\r\n", 1 },
    { "reg, one line", "export.reg", REG "[HKEY_CURRENT_USER\\a]\r\n\"x\"=\"", "abcd", "", 1 },
    { "reg, deletions", "export.reg", REG OUTLOOK, "\"v\"=\"x\"\r\n\"v\"=-\r\n", "", 1 },
    { "reg, brackets", "export.reg", REG OUTLOOK "[x]\r\n", " a[", "", 1 },
#define PLIST                                                                                  \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n"            \
    "<key>PayloadContent</key>\n<array>\n"
#define PLIST_END                                                                              \
    "</array>\n<key>PayloadType</key><string>Configuration</string>\n</dict>\n</plist>\n"
    { "mobileconfig", "big.mobileconfig", PLIST,
      "<dict><key>PayloadType</key><string>com.apple.wifi.managed</string><key>PayloadUUID</"
      "key>"
      "<string>B%07u-0000-0000-0000-000000000000</string></dict>\n",
      PLIST_END, 0 },
    { "mobileconfig, one string", "big.mobileconfig", PLIST "<string>", "abcd",
      "</string>\n" PLIST_END, 0 },
    { "mobileconfig, comment", "big.mobileconfig", PLIST "<!--", " - x", "-->\n" PLIST_END, 0 },
    { "mobileconfig, nesting", "big.mobileconfig", PLIST, "<array>", "", 0 },
#define CONFIG                                                                                 \
    "<clientConfig version=\"1.1\">\n<emailProvider id=\"example.org\">\n"                     \
    "<domain>example.org</domain>\n"
#define CONFIG_END "</emailProvider>\n</clientConfig>\n"
    { "clientConfig", "example.org.xml", CONFIG,
      "<documentation url=\"https://example.org/%u\"><descr lang=\"en\">Help</descr>"
      "</documentation>\n",
      CONFIG_END, 0 },
    { "clientConfig, domains", "example.org.xml", CONFIG, "<domain>d%u.example.org</domain>\n",
      CONFIG_END, 0 },
    { "policies", "policies.json", "{\"policies\":{\"Preferences\":{\"mail.x\":{\"Value\":1}",
      ",\"mail.k%u\":{\"Value\":true}", "}}}\n", 0 },
    { "policies, array", "policies.json",
      "{\"policies\":{\"Preferences\":{\"mail.x\":{\"Value\":1}},\"A\":[1", ",1", "]}}\n", 0 },
    { "prf", "big.prf",
      "[General]\nCustom=1\n[Internet Account List]\nAccount1=I_Mail\n"
      "[Account1]\nPOP3Server=pop.example.org\n",
      "Key%u=Value\n", "", 0 },
};

static void put(FILE *out, const struct kind *kind, const char *text)
{
    for (; *text; text++) {
        putc(*text, out);
        if (kind->wide)
            putc(0, out);
    }
}

static int make(const struct kind *kind, const char *path, size_t size)
{
    FILE *out = fopen(path, "wb");
    char unit[512];
    size_t written = (kind->wide ? 2 : 1) * (strlen(kind->front) + strlen(kind->back));

    if (!out)
        return 0;
    if (kind->wide)
        fputs("\xFF\xFE", out);
    put(out, kind, kind->front);
    for (unsigned i = 0; written < size; i++) {
        snprintf(unit, sizeof(unit), kind->unit, i);
        put(out, kind, unit);
        written += (kind->wide ? 2 : 1) * strlen(unit);
    }
    put(out, kind, kind->back);
    return fclose(out) == 0;
}

static int discard(void *user, const void *data, size_t length)
{
    (void)user;
    (void)data;
    (void)length;
    return 0;
}

static double cpu_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* In a process of its own, so that its peak is its own; the seconds go into the pipe. */
static void lint(const char *path, const char *name, unsigned times, int pipe)
{
    struct mlint_config *config;
    struct mlint_linter *linter;
    struct mlint_result *result;
    double seconds;

    if (mlint_config_new(&config, NULL, NULL) != MLINT_OK ||
        mlint_config_set(config, "limit-size", "512", NULL, NULL) != MLINT_OK ||
        mlint_config_set(config, "limit-memory", "1023", NULL, NULL) != MLINT_OK ||
        mlint_linter_new(&linter, config, NULL) != MLINT_OK)
        _exit(1);
    seconds = -cpu_now();
    while (times--) {
        if (mlint_check_file(linter, AT_FDCWD, path, name, NULL, 0, &result, NULL) !=
                MLINT_OK ||
            mlint_result_report(result, "ndjson", discard, NULL, NULL) != MLINT_OK)
            _exit(1);
        mlint_result_free(result);
    }
    seconds += cpu_now();
    _exit(write(pipe, &seconds, sizeof(seconds)) != (ssize_t)sizeof(seconds));
}

/* CPU seconds of one process, below 0 on failure. */
static double run(const char *path, const char *name, unsigned times, long *peak)
{
    struct rusage usage;
    double seconds = -1;
    int status, ends[2];
    pid_t child;

    if (pipe(ends) != 0)
        return -1;
    child = fork();
    if (child == 0)
        lint(path, name, times, ends[1]);
    close(ends[1]);
    if (child < 0 || read(ends[0], &seconds, sizeof(seconds)) != (ssize_t)sizeof(seconds))
        seconds = -1;
    close(ends[0]);
    if (child > 0 && wait4(child, &status, 0, &usage) == child)
        *peak = usage.ru_maxrss;
    return seconds;
}

static double measure(const struct kind *kind, size_t size, long *peak)
{
    unsigned times = size < WORK ? (unsigned)(WORK / size) : 1;
    double best = -1;

    if (!make(kind, "big-file", size))
        return -1;
    for (int i = 0; i < 3; i++) {
        double seconds = run("big-file", kind->file, times, peak);
        if (best < 0 || (seconds >= 0 && seconds < best))
            best = seconds;
    }
    unlink("big-file");
    return best < 0 ? best : best / ((double)size * times) * 1e9;
}

static bool bench(const struct kind *kind)
{
    double least = 0, most = 0;
    long peak = 0;

    printf("%-26s", kind->name);
    for (size_t i = 0; i < SIZES; i++) {
        double cost = measure(kind, sizes[i], &peak);

        if (cost < 0) {
            printf(" cannot be measured\n");
            return false;
        }
        if (i && (!least || cost < least))
            least = cost;
        if (i && cost > most)
            most = cost;
        printf(" %8.2f", cost);
        fflush(stdout);
    }
    printf(" %7.2f %9.1f\n", least > 0 ? most / least : 0, (double)peak / 1024);
    fflush(stdout);
    return true;
}

int main(int count, char **arguments)
{
    bool good = true;

    printf("%-26s %8s %8s %8s %8s %8s %7s %9s\n", "ns a byte", "1 KB", "64 KB", "1 MB", "16 MB",
           "128 MB", "ratio", "peak MiB");
    fflush(stdout);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        int wanted = count < 2;

        for (int a = 1; a < count; a++)
            wanted |= strncmp(kinds[i].name, arguments[a], strlen(arguments[a])) == 0;
        if (wanted)
            good &= bench(&kinds[i]);
    }
    puts("CPU time of the best of three; peak at 128 MB, limit-memory 1023.");
    return !good;
}
