/* thunderbird_autoconfig_js.c: the format of the two kinds of script with which administrators
 * set Thunderbird up: AutoConfig files (mozilla.cfg: JavaScript, first line never read, perhaps
 * with every byte shifted) and default preference files (defaults/pref/X.js, and Debian's
 * /etc/thunderbird/pref). Not the files of users: these are thunderbird_prefs.c.
 *
 * What a program computes (from the environment, from LDAP) is not known, and said to be so. */
#include "formats/thunderbird.h"

#include "syntax/prefcalls.h"

static const struct mlint_prefs_options options = {
    .mode = MLINT_PREFS_DEFAULT,
    .classify = mlint_tb_classify,
    .initials = MLINT_TB_INITIALS,
    .secret_word = MLINT_STR_INIT("password"),
};
/* dump shows everything. */
static const struct mlint_prefs_options all = {
    .mode = MLINT_PREFS_DEFAULT,
    .secret_word = MLINT_STR_INIT("password"),
};

/* ---- Recognition ------------------------------------------------------------------------ */

static bool has(struct mlint_str text, const char *what)
{
    return mlint_str_find(text, mlint_str_from(what)) < text.len;
}

/* pref( that is not the end of a longer name. */
static bool has_plain_pref(struct mlint_str text)
{
    size_t at = mlint_str_find(text, MLINT_STR("pref("));

    while (at < text.len) {
        char before = at ? text.ptr[at - 1] : '\n';
        if (before == '\n' || before == '\r' || before == ' ' || before == '\t' ||
            before == ';' || before == '{')
            return true;
        text = mlint_str_sub(text, at + 1, text.len);
        at = mlint_str_find(text, MLINT_STR("pref("));
    }
    return false;
}

static bool ends(struct mlint_str text, struct mlint_str suffix)
{
    return text.len >= suffix.len &&
           memcmp(text.ptr + text.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

/* A call of what only AutoConfig files call; most files of other kinds call nothing. */
static bool is_script(struct mlint_str text)
{
    size_t at = mlint_str_find_char(text, '(');

    while (at < text.len) {
        struct mlint_str before = mlint_str_sub(text, 0, at);
        if (ends(before, MLINT_STR("lockPref")) || ends(before, MLINT_STR("defaultPref")) ||
            ends(before, MLINT_STR("getenv")) || ends(before, MLINT_STR("getLDAPAttributes")))
            return true;
        at += 1 + mlint_str_find_char(mlint_str_sub(text, at + 1, text.len), '(');
    }
    return false;
}

bool mlint_tb_may_be_script(struct mlint_str text)
{
    return is_script(text) || has_plain_pref(text);
}

/* How much was added to every byte (general.config.obscure_value), or 0: the shift that turns
 * up "Pref(" or "pref(", whose differences no shift changes. */
static unsigned shift_of(struct mlint_str raw)
{
    static const char word[] = "ref(";
    const unsigned char *p = (const unsigned char *)raw.ptr;
    size_t i, k;

    for (i = 0; i + 4 <= raw.len; i++) {
        unsigned char shift = (unsigned char)(p[i] - 'r');
        for (k = 1; k < 4 && (unsigned char)(p[i + k] - shift) == (unsigned char)word[k]; k++)
            ;
        if (k == 4 && shift)
            return shift;
    }
    return 0;
}

/* Shifted text has control characters or bytes beyond ASCII at once: its line ends are some. So
 * has UTF-16, which says so itself; registry exports come by the thousand. */
static bool may_be_shifted(struct mlint_str raw)
{
    size_t i;

    if (mlint_str_starts(raw, MLINT_STR("\xFF\xFE")))
        return false;
    for (i = 0; i < raw.len && i < 256; i++) {
        unsigned char c = (unsigned char)raw.ptr[i];
        if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c >= 0x7F)
            return true;
    }
    return false;
}

static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;
    bool named = mlint_str_ends_nocase(probe->name, MLINT_STR(".cfg"));

    if (mlint_tb_may_be_script(text))
        return has(text, "\"mail.") || has(text, "'mail.") ? MLINT_BID_KEYS - 1
                                                           : MLINT_BID_SYNTAX;
    if (may_be_shifted(probe->raw) && shift_of(probe->raw))
        return MLINT_BID_SYNTAX;
    /* A long comment may hide the first call from us. */
    if (probe->size > probe->raw.len && probe->text.len && probe->text.ptr[0] == '/' &&
        (named || mlint_str_ends_nocase(probe->name, MLINT_STR(".js"))))
        return MLINT_BID_NAME;
    return MLINT_BID_NONE;
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* Take the shift away. The text then no longer is the file's own bytes. */
static bool unshift(struct mlint_arena *arena, struct mlint_source *source, unsigned shift)
{
    struct mlint_str raw = source->raw;
    char *text = mlint_arena_bytes(arena, raw.len);
    size_t i;

    if (!text)
        return false;
    for (i = 0; i < raw.len; i++)
        text[i] = (char)((unsigned char)raw.ptr[i] - shift);
    source->text = mlint_str_make(text, raw.len);
    source->derived = true;
    return true;
}

static unsigned shift_in(const struct mlint_source *source)
{
    return may_be_shifted(source->raw) && !has(source->raw, "ref(") ? shift_of(source->raw) : 0;
}

/* A default preference file has pref() in it; with user_pref() alone it is a user's. */
static bool sets_defaults(const struct mlint_tree *tree)
{
    const struct mlint_node *node = tree->root->child;

    while (node && !(node->flags & MLINT_NODE_DEFAULT))
        node = node->next;
    return node != NULL;
}

/* The first line of an AutoConfig file is never read; a script of another name may be a piece
 * of one. */
static struct mlint_tree *read_script(struct mlint_arena *arena, struct mlint_source *source,
                                      bool config, bool skip_line, bool everything)
{
    const struct mlint_prefs_options *wanted = everything ? &all : &options;
    unsigned shift = config ? shift_in(source) : 0;

    if (!mlint_source_decode(source, arena, 0) || (shift && !unshift(arena, source, shift)))
        return NULL;
    return config ? mlint_prefcalls_read(arena, source, wanted, skip_line)
                  : mlint_prefs_read(arena, source, wanted);
}

struct mlint_tree *mlint_tb_script_read(struct mlint_arena *arena, struct mlint_source *source,
                                        enum mlint_tb_script kind, bool everything)
{
    bool config = kind == MLINT_TB_SCRIPT_CONFIG;

    return read_script(arena, source, config, config, everything);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    struct mlint_source *source = reading->source;
    struct mlint_str path = reading->file->path;
    bool config, skip = shift_in(source) || mlint_str_ends_nocase(path, MLINT_STR(".cfg"));

    if (!mlint_source_decode(source, reading->arena, 0))
        return MLINT_READ_LIMIT;
    config = skip || is_script(source->text);

    /* Where it lies says what it is, whatever its comments tell. */
    if (has(path, "defaults/pref/"))
        config = skip = false;
    reading->tree = read_script(reading->arena, source, config, skip, reading->everything);
    if (!reading->tree)
        return MLINT_READ_LIMIT;
    if (!reading->tree->root->child || (!config && !sets_defaults(reading->tree)))
        return MLINT_READ_NOT_MINE;
    return mlint_reading_outcome(reading, reading->tree);
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);

    if (outcome == MLINT_READ_NOT_MINE || !reading->tree)
        return outcome;
    return mlint_tb_read_deployment(reading, reading->tree, NULL, outcome);
}

const struct mlint_format mlint_format_thunderbird_autoconfig_js = {
    .id = "thunderbird-autoconfig-js",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title =
        "Thunderbird's AutoConfig and default preference files (mozilla.cfg, defaults/pref)",
    .recognised_by = "pref(, defaultPref( or lockPref( with mail.*, also byte-shifted",
    .probe = probe,
    .read = read,
    .parse = parse,
};
