/* own_ini.c: inih, fed line by line. inih goes on behind a line that it or its caller refused,
 * and tells the first such line alone; so the reader here counts lines and ends the text early.
 */
#include "base/own_ini.h"

#include <ini.h>

struct reading {
    struct mlint_own_ini *ini;
    struct mlint_str rest;
    bool (*take)(void *user, const char *section, const char *key, const char *value);
    void *user;
    bool refused, too_long;
};

/* The name of the section that a line opens: inih cuts long ones, and at the first bracket. */
static void note_section(struct mlint_own_ini *ini, struct mlint_str line)
{
    size_t end, close;

    if (!line.len || line.ptr[0] != '[')
        return;
    end = mlint_str_find(line, MLINT_STR(" ;"));
    close = mlint_str_rfind_char(mlint_str_sub(line, 0, end), ']');
    if (close >= end || close >= sizeof(ini->section))
        return;
    memcpy(ini->section, line.ptr + 1, close - 1);
    ini->section[close - 1] = '\0';
    ini->section_line = ini->line;
}

/* As fgets. */
static char *next_line(char *out, int size, void *stream)
{
    struct reading *reading = stream;
    struct mlint_str line;

    if (reading->refused || reading->too_long || !mlint_str_split(&reading->rest, '\n', &line))
        return NULL;
    reading->ini->line++;
    reading->too_long = line.len > MLINT_OWN_INI_LINE || line.len + 2 > (size_t)size;
    if (reading->too_long)
        return NULL;
    note_section(reading->ini, line);
    memcpy(out, line.ptr, line.len);
    out[line.len] = '\n';
    out[line.len + 1] = '\0';
    return out;
}

static int take(void *user, const char *section, const char *key, const char *value)
{
    struct reading *reading = user;

    if (strncmp(reading->ini->section, section, strlen(section)) == 0)
        section = reading->ini->section;
    reading->refused = !reading->take(reading->user, section, key, value);
    return !reading->refused;
}

enum mlint_status mlint_own_ini_wrong(const char *name, unsigned line,
                                      struct mlint_error *error)
{
    char cause[MLINT_ERROR_TEXT];

    if (!error)
        return MLINT_E_SETTINGS;
    memcpy(cause, error->message, sizeof(cause));
    mlint_fail_with(error, MLINT_E_SETTINGS, "%s:%u: %s", name, line, cause);
    error->line = line;
    return MLINT_E_SETTINGS;
}

enum mlint_status mlint_own_ini_read(struct mlint_own_ini *ini,
                                     bool (*take_key)(void *user, const char *section,
                                                      const char *key, const char *value),
                                     void *user, struct mlint_error *error)
{
    struct reading reading = { .ini = ini, .rest = ini->text, .take = take_key, .user = user };
    int line;

    ini->line = ini->section_line = 0;
    ini->section[0] = '\0';
    line = ini_parse_stream(next_line, &reading, take, &reading);
    if (!line && !reading.too_long)
        return MLINT_OK;
    if (reading.too_long && !line)
        mlint_fail_with(error, MLINT_E_SETTINGS, "a line has more than %d bytes",
                        MLINT_OWN_INI_LINE);
    else if (!reading.refused || (unsigned)line < ini->line)
        mlint_fail_with(error, MLINT_E_SETTINGS, "not a line of an INI file");
    return mlint_own_ini_wrong(ini->name, line ? (unsigned)line : ini->line, error);
}
