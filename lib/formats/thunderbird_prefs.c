/* thunderbird_prefs.c: the format of prefs.js and user.js: Thunderbird, and its kin SeaMonkey,
 * Betterbird, Postbox and Icedove. user.js beside prefs.js is laid over it, as at every start.
 *
 * The syntax is in syntax/prefs.c, the accounts are put together in thunderbird_*.c. */
#include "formats/thunderbird.h"
#include "formats/thunderbird_passwords.h"
#include "syntax/prefs_lexer.h"

#include "base/utf8.h"

static const struct mlint_prefs_options options = {
    .mode = MLINT_PREFS_USER,
    .classify = mlint_tb_classify,
    .initials = MLINT_TB_INITIALS,
    .secret_word = MLINT_STR_INIT("password"),
};
/* dump shows everything. */
static const struct mlint_prefs_options all = {
    .mode = MLINT_PREFS_USER,
    .secret_word = MLINT_STR_INIT("password"),
};

/* ---- Recognition ------------------------------------------------------------------------ */

static bool has(struct mlint_str text, const char *what)
{
    return mlint_str_find(text, mlint_str_from(what)) < text.len;
}

/* Behind nothing but blanks and comments, in whatever spelling. */
static bool begins_with_pref(struct mlint_str text)
{
    struct mlint_prefs_lexer lexer = { text.ptr, text.ptr + text.len };
    struct mlint_prefs_token word, bracket, name;

    mlint_prefs_next(&lexer, &word);
    mlint_prefs_next(&lexer, &bracket);
    mlint_prefs_next(&lexer, &name);
    return word.kind == MLINT_PREFS_WORD && word.end - word.begin == 9 &&
           memcmp(word.begin, "user_pref", 9) == 0 && bracket.character == '(' &&
           name.kind == MLINT_PREFS_STRING;
}

static int probe(const struct mlint_probe *probe)
{
    struct mlint_str text = probe->text;
    bool comment = mlint_str_starts(text, MLINT_STR("//")) ||
                   mlint_str_starts(text, MLINT_STR("/*")) ||
                   mlint_str_starts(text, MLINT_STR("#"));

    if (mlint_str_starts(text, MLINT_STR("#!")))
        return MLINT_BID_NONE;
    /* As Thunderbird writes it, or a user, and no script of an administrator. */
    if (((comment && has(text, "\nuser_pref(\"")) ||
         (begins_with_pref(text) && !mlint_tb_may_be_script(text))) &&
        !has(text, "Pref("))
        return MLINT_BID_CERTAIN;
    if (has(text, "user_pref"))
        return has(text, "\"mail.") || has(text, "'mail.") ? MLINT_BID_KEYS : MLINT_BID_SYNTAX;
    /* A long comment may hide the first preference from us. */
    if (mlint_str_ends_nocase(probe->name, MLINT_STR("prefs.js")) ||
        mlint_str_eq_nocase(probe->name, MLINT_STR("user.js")) ||
        (comment && probe->size > probe->raw.len))
        return MLINT_BID_NAME;
    return MLINT_BID_NONE;
}

/* ---- Which profile ---------------------------------------------------------------------- */

static size_t last_separator(struct mlint_str path)
{
    size_t i = path.len;

    while (i && path.ptr[i - 1] != '/' && path.ptr[i - 1] != '!')
        i--;
    return i; /* just past it, 0 for none */
}

/* "x2k9d0qw.default-release": Thunderbird's own names for profile folders. */
static bool is_salted(struct mlint_str name)
{
    size_t i;

    if (name.len < 10 || name.ptr[8] != '.')
        return false;
    for (i = 0; i < 8; i++)
        if (!((name.ptr[i] >= 'a' && name.ptr[i] <= 'z') ||
              (name.ptr[i] >= '0' && name.ptr[i] <= '9')))
            return false;
    return true;
}

static bool is_profile_file(struct mlint_str name)
{
    return mlint_str_eq_nocase(name, MLINT_STR("user.js")) ||
           mlint_str_eq_nocase(name, MLINT_STR("Invalidprefs.js")) ||
           (mlint_str_starts_nocase(name, MLINT_STR("prefs")) &&
            mlint_str_ends_nocase(name, MLINT_STR(".js")));
}

/* The name of the profile's folder if Thunderbird gave it, else "". */
static struct mlint_str salted_folder(struct mlint_str path)
{
    size_t end = last_separator(path);
    struct mlint_str folder = mlint_str_sub(path, 0, end ? end - 1 : 0);

    folder = mlint_str_sub(folder, last_separator(folder), folder.len);
    return is_salted(folder) ? folder : MLINT_STR("");
}

/* A profile is one installation, in its folder or in its zip; other files stand alone. */
static struct mlint_str installation_of(struct mlint_str path)
{
    size_t end = last_separator(path);
    struct mlint_str salted = salted_folder(path);

    if (end < 2 || !is_profile_file(mlint_str_sub(path, end, path.len)))
        return MLINT_STR("");
    return salted.len ? salted : mlint_str_sub(path, 0, end - 1);
}

static bool is_called(const struct mlint_reading *reading, const char *name)
{
    struct mlint_str path = reading->file->path;

    return mlint_str_eq_nocase(mlint_str_sub(path, last_separator(path), path.len),
                               mlint_str_from(name));
}

/* ---- Version ---------------------------------------------------------------------------- */

/* LastVersion=153.7.0_20261110162734/20261110162734 */
static unsigned version_beside(struct mlint_reading *reading)
{
    struct mlint_source *source = reading->companion(reading, "compatibility.ini");
    struct mlint_str rest, line;

    if (!source || !mlint_source_decode(source, reading->arena, 0))
        return 0;
    rest = source->text;
    while (mlint_str_split(&rest, '\n', &line))
        if (mlint_str_starts(line, MLINT_STR("LastVersion=")))
            return mlint_tb_major(mlint_str_sub(line, 12, line.len));
    return 0;
}

static void find_version(struct mlint_tb_graph *graph)
{
    const struct mlint_node *app = mlint_tb_own(graph, graph->global, MLINT_TB_APP_VERSION);
    const struct mlint_node *milestone = mlint_tb_own(graph, graph->global, MLINT_TB_MILESTONE);

    if (app)
        graph->version = mlint_tb_major(app->value);
    if (!graph->version && milestone)
        graph->version = mlint_tb_major(milestone->value);
    if (!graph->version && is_called(graph->reading, "prefs.js"))
        graph->version = version_beside(graph->reading);
}

/* ---- Reading ---------------------------------------------------------------------------- */

static bool is_utf16(const struct mlint_source *source)
{
    return source->encoding == MLINT_ENC_UTF16LE || source->encoding == MLINT_ENC_UTF16BE;
}

static void note_utf16(struct mlint_tree *tree)
{
    struct mlint_note *note =
        mlint_tree_note(tree, MLINT_NOTE_ENCODING, (struct mlint_span){ 0, 1 },
                        "Thunderbird cannot read UTF-16: it ignores the whole file");

    if (note)
        note->hint = "save it as UTF-8";
}

/* Hang the notes of user.js on the tree of prefs.js, whose notes become findings. */
static void adopt_notes(struct mlint_tree *tree, struct mlint_tree *other)
{
    if (!other->notes)
        return;
    if (tree->last_note)
        tree->last_note->next = other->notes;
    else
        tree->notes = other->notes;
    tree->last_note = other->last_note;
    tree->note_count += other->note_count;
}

static void add_user_js(struct mlint_tb_graph *graph)
{
    struct mlint_reading *reading = graph->reading;
    struct mlint_source *source = reading->companion(reading, "user.js");
    struct mlint_tree *tree;

    if (!source || !mlint_source_decode(source, reading->arena, 0))
        return;
    tree = mlint_prefs_read(reading->arena, source, &options);
    if (!tree)
        return;
    if (is_utf16(source))
        note_utf16(tree);
    adopt_notes(reading->tree, tree);
    if (!is_utf16(source))
        mlint_tb_graph_add(graph, tree);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (!mlint_source_decode(reading->source, reading->arena, 0))
        return MLINT_READ_LIMIT;
    reading->tree = mlint_prefs_read(reading->arena, reading->source,
                                     reading->everything ? &all : &options);
    if (!reading->tree)
        return MLINT_READ_LIMIT;
    return reading->tree->root->child ? mlint_reading_outcome(reading, reading->tree)
                                      : MLINT_READ_NOT_MINE;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    struct mlint_tb_installation installation;
    struct mlint_tb_graph graph;
    struct mlint_str salted;

    if (outcome == MLINT_READ_NOT_MINE || !reading->tree)
        return outcome;
    if (!mlint_tb_graph_init(&graph, reading))
        return MLINT_READ_LIMIT;
    mlint_tb_installation_given(&installation, reading);
    mlint_tb_installation_defaults(&graph, &installation);
    graph.any_mail = false;
    mlint_tb_graph_add(&graph, reading->tree);
    if (!graph.any_mail)
        return MLINT_READ_NOT_MINE;
    if (is_utf16(reading->source)) {
        note_utf16(reading->tree);
        graph.not_live = "Thunderbird cannot read a file in UTF-16";
    }
    if (is_called(reading, "prefs.js"))
        add_user_js(&graph);
    /* user.js is judged with the prefs.js that it is laid over. */
    if (is_called(reading, "user.js") && reading->companion(reading, "prefs.js")) {
        reading->file->detail = "read together with the prefs.js beside it";
        return outcome;
    }
    graph.joined = installation.first != NULL;
    mlint_tb_installation_overrides(&graph, &installation);
    find_version(&graph);
    salted = salted_folder(reading->file->path);
    if (salted.len && outcome == MLINT_READ_OK)
        reading->file->detail = mlint_tb_other_profile(reading, salted);
    if (!mlint_tb_add_accounts(&graph, installation_of(reading->file->path))) {
        reading->file->detail = "has more accounts than maillint reads of one file";
        return MLINT_READ_LIMIT;
    }
    mlint_tb_passwords(reading);
    return outcome;
}

static void sift(struct mlint_sift *question)
{
    mlint_prefs_sift(question, &options);
}

static const char *const companions[] = {
    "compatibility.ini", "installs.ini", "prefs.js", "profiles.ini", "user.js", NULL,
};

const struct mlint_format mlint_format_thunderbird_prefs = {
    .id = "thunderbird-prefs",
    .client = MLINT_CLIENT_THUNDERBIRD,
    .title = "Thunderbird preferences (prefs.js, user.js)",
    .recognised_by = "user_pref(\"mail. in a preference file",
    .client_reads_damaged = true,
    .companions = companions,
    .often = "/#u",
    .probe = probe,
    .read = read,
    .parse = parse,
    .sieve = sift,
};
