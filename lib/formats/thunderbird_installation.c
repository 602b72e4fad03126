/* thunderbird_installation.c: the files with which an administrator sets one Thunderbird up,
 * put together as at its start: default files, then the AutoConfig file that these name, then
 * the policies. They lie beside one of them (an application's folder that is linted is one
 * installation), or the setting `installation` gave them to lint profiles with.
 *
 * What accounts come of them is worked out in thunderbird_accounts.c. Order and strength are
 * those of Thunderbird 153. */
#include "formats/thunderbird.h"

#include "model/config.h"
#include "source/limits.h"
#include "syntax/json.h"

#include <stdlib.h>

enum kind { SCRIPT, CONFIG, POLICIES };

/* One file, weaker ones first. */
struct mlint_tb_layer {
    struct mlint_tb_layer *next;
    enum kind kind;
    const struct mlint_source *source;
    struct mlint_tree *parsed;     /* its syntax */
    const struct mlint_tree *flat; /* its preferences; NULL: Thunderbird refuses them all */
};

/* ---- Where the files are ---------------------------------------------------------------- */

/* The name of a folder (whose path ends with '/'), and the path before it. */
static struct mlint_str take_folder(struct mlint_str *path)
{
    struct mlint_str folder = mlint_str_sub(*path, 0, path->len ? path->len - 1 : 0);
    size_t i = folder.len;

    while (i && folder.ptr[i - 1] != '/' && folder.ptr[i - 1] != '!')
        i--;
    *path = mlint_str_sub(*path, 0, i);
    return mlint_str_sub(folder, i, folder.len);
}

/* How far up the root of its installation is, seen from the file. */
static const char *way_up(struct mlint_str folder, struct mlint_str *root, bool *system)
{
    struct mlint_str above = folder, name = take_folder(&above), before = above;

    *system = false;
    *root = folder;
    if (mlint_str_eq(name, MLINT_STR("pref")) &&
        mlint_str_eq(take_folder(&before), MLINT_STR("defaults"))) {
        *root = before;
        return "../../";
    }
    *system =
        mlint_str_eq(name, MLINT_STR("pref")) || mlint_str_eq(name, MLINT_STR("policies"));
    if (!*system && !mlint_str_eq(name, MLINT_STR("distribution")))
        return "";
    *root = above;
    return "../";
}

/* Find the application's folder and, for Debian's Thunderbird, that of etc beside it. */
static void locate(struct mlint_tb_installation *all)
{
    struct mlint_str path = all->reading->file->path, base = mlint_str_base_name(path), root;
    bool system;
    const char *up = way_up(mlint_str_sub(path, 0, path.len - base.len), &root, &system);

    all->own = mlint_str_sub(path, root.len, path.len);
    if (system) {
        all->system = up;
        if (mlint_str_ends_nocase(root, MLINT_STR("etc/thunderbird/")))
            all->app =
                mlint_arena_printf(all->reading->arena, "%s../../usr/lib/thunderbird/", up);
    } else {
        all->app = up;
        if (mlint_str_ends_nocase(root, MLINT_STR("usr/lib/thunderbird/")))
            all->system =
                mlint_arena_printf(all->reading->arena, "%s../../../etc/thunderbird/", up);
    }
}

/* What leads to a place of the installation; NULL: nothing does. */
static const char *prefix_of(const struct mlint_tb_installation *all, const char *path)
{
    bool system = strncmp(path, "pref/", 5) == 0 || strncmp(path, "policies/", 9) == 0;

    return system ? all->system : all->app;
}

static struct mlint_source *get(struct mlint_tb_installation *all, const char *path)
{
    struct mlint_reading *reading = all->reading;
    const struct mlint_installed *file;
    const char *prefix;

    if (all->own.len && mlint_str_eq(all->own, mlint_str_from(path)))
        return reading->source;
    if (all->given) {
        file = mlint_config_installed(reading->config, mlint_str_from(path));
        return file ? mlint_result_add_source(reading->result, file->name, file->bytes) : NULL;
    }
    prefix = prefix_of(all, path);
    if (!prefix)
        return NULL;
    return reading->companion(reading,
                              mlint_arena_printf(reading->arena, "%s%s", prefix, path));
}

/* ---- Files ------------------------------------------------------------------------------ */

static bool add_layer(struct mlint_tb_installation *all, enum kind kind,
                      const struct mlint_source *source, struct mlint_tree *parsed,
                      const struct mlint_tree *flat)
{
    struct mlint_tb_layer *layer = mlint_arena_new(all->reading->arena, struct mlint_tb_layer);

    if (!layer)
        return false;
    *layer = (struct mlint_tb_layer){
        .kind = kind, .source = source, .parsed = parsed, .flat = flat
    };
    if (all->last)
        all->last->next = layer;
    else
        all->first = layer;
    all->last = layer;
    if (source == all->reading->source)
        all->mine = layer;
    return true;
}

/* Read one of the two kinds of script. The file in hand has been read already. */
static void add_script(struct mlint_tb_installation *all, enum kind kind, const char *path)
{
    struct mlint_source *source = get(all, path);
    struct mlint_tree *tree = all->own_tree;

    if (source && source != all->reading->source)
        tree = mlint_tb_script_read(
            all->reading->arena, source,
            kind == CONFIG ? MLINT_TB_SCRIPT_CONFIG : MLINT_TB_SCRIPT_DEFAULTS, false);
    if (!source || !tree)
        return;
    all->reading->lost |= tree->damaged && source != all->reading->source;
    add_layer(all, kind, source, tree, tree);
}

static void add_policies(struct mlint_tb_installation *all)
{
    const char *path = "policies/policies.json"; /* where it is, the other one is not read */
    struct mlint_source *source = get(all, path);
    struct mlint_reading beside = *all->reading;
    const struct mlint_tree *flat = all->own_flat;
    struct mlint_tree *tree = all->own_tree;
    const char *refusal = all->own_refusal;

    if (!source) {
        path = "distribution/policies.json";
        source = get(all, path);
    }
    if (!source)
        return;
    if (source != all->reading->source) {
        if (!mlint_source_decode(source, beside.arena, 0))
            return;
        beside.source = source;
        beside.tree = tree = mlint_json_read(beside.arena, source);
        flat = tree ? mlint_tb_policies_list(&beside, &refusal) : NULL;
    }
    if (tree)
        add_layer(all, POLICIES, source, tree, refusal ? NULL : flat);
}

/* ---- Default files ---------------------------------------------------------------------- */

struct names {
    struct mlint_str name[MLINT_LIMIT_INSTALLATION];
    size_t count;
    bool too_many;
};

static bool take_name(void *user, struct mlint_str name)
{
    struct names *names = user;

    if (!mlint_str_ends_nocase(name, MLINT_STR(".js")))
        return true;
    names->too_many = names->count == MLINT_LIMIT_INSTALLATION;
    if (!names->too_many)
        names->name[names->count++] = name;
    return !names->too_many;
}

/* Thunderbird reads them from the last name to the first. */
static int backwards(const void *left, const void *right)
{
    return mlint_str_cmp(*(const struct mlint_str *)right, *(const struct mlint_str *)left);
}

static void list_given(const struct mlint_config *config, struct mlint_str folder,
                       struct names *names)
{
    const struct mlint_installed *file = config->installed;

    for (; file; file = file->next) {
        struct mlint_str base = mlint_str_base_name(file->path);
        if (mlint_str_starts(file->path, folder) && file->path.len == folder.len + base.len)
            take_name(names, base);
    }
}

static void list_beside(struct mlint_reading *reading, const char *folder, struct names *names)
{
    struct mlint_str rest = reading->names(reading, folder), name;

    while (mlint_str_split(&rest, '\n', &name) && take_name(names, name))
        ;
}

/* folder ends with '/'. */
static void add_scripts(struct mlint_tb_installation *all, const char *folder)
{
    struct mlint_reading *reading = all->reading;
    const char *prefix = prefix_of(all, folder);
    struct names names = { .count = 0 };
    size_t i;

    if (all->given)
        list_given(reading->config, mlint_str_from(folder), &names);
    else if (prefix)
        list_beside(reading, mlint_arena_printf(reading->arena, "%s%s", prefix, folder),
                    &names);
    all->too_many |= names.too_many;
    if (names.count)
        qsort(names.name, names.count, sizeof(names.name[0]), backwards);
    for (i = 0; i < names.count; i++)
        add_script(
            all, SCRIPT,
            mlint_arena_printf(reading->arena, "%s%.*s", folder, MLINT_STR_ARG(names.name[i])));
}

/* ---- The AutoConfig file ---------------------------------------------------------------- */

static const struct mlint_node *last_of(const struct mlint_tb_installation *all,
                                        enum mlint_tb_pref pref, enum mlint_node_type type)
{
    const struct mlint_node *found = NULL, *node;
    const struct mlint_tb_layer *layer;

    for (layer = all->first; layer; layer = layer->next)
        for (node = layer->flat ? layer->flat->root->child : NULL; node; node = node->next)
            if (node->type == type && mlint_tb_classify(node->name) == pref + 1)
                found = node;
    return found;
}

/* The file that the default files name; a plain name alone, since paths lead elsewhere. */
static void add_config(struct mlint_tb_installation *all)
{
    const struct mlint_node *name = last_of(all, MLINT_TB_CONFIG_NAME, MLINT_NODE_STRING);
    struct mlint_str file = name ? name->value : MLINT_STR("");
    bool is_path, looked;

    if (!file.len)
        return;
    is_path =
        mlint_str_find_char(file, '/') < file.len || mlint_str_find_char(file, '\\') < file.len;
    looked = !is_path && file.ptr[0] != '.' && (all->given || all->app);
    if (looked)
        add_script(all, CONFIG, mlint_arena_copy(all->reading->arena, file).ptr);
    /* No path is a name in that folder. */
    if (is_path || (looked && all->last->kind != CONFIG))
        all->missing = name;
}

/* ---- All of them ------------------------------------------------------------------------ */

static void load(struct mlint_tb_installation *all)
{
    add_scripts(all, "defaults/pref/");
    add_scripts(all, "pref/");
    if (all->first)
        add_config(all);
    add_policies(all);
}

void mlint_tb_installation_given(struct mlint_tb_installation *all,
                                 struct mlint_reading *reading)
{
    *all = (struct mlint_tb_installation){ .reading = reading, .given = true };
    if (reading->config->installed)
        load(all);
}

static void add_layers(struct mlint_tb_graph *graph, const struct mlint_tb_installation *all,
                       bool defaults)
{
    const struct mlint_tb_layer *layer;
    struct mlint_tree *tree = graph->reading->tree;

    for (layer = all->first; layer; layer = layer->next) {
        if ((layer->kind == SCRIPT) != defaults)
            continue;
        if (layer->flat)
            mlint_tb_graph_add(graph, layer->flat);
        if (layer != all->mine) { /* so that its secrets are known */
            layer->parsed->beside = tree->beside;
            tree->beside = layer->parsed;
        }
    }
}

/* What is odd about them is said where they are linted themselves, once. */
void mlint_tb_installation_defaults(struct mlint_tb_graph *graph,
                                    const struct mlint_tb_installation *all)
{
    graph->silent = true;
    add_layers(graph, all, true);
    graph->silent = false;
}

void mlint_tb_installation_overrides(struct mlint_tb_graph *graph,
                                     const struct mlint_tb_installation *all)
{
    graph->silent = true;
    add_layers(graph, all, false);
    graph->silent = false;
}

/* ---- An administrator's file that is linted itself -------------------------------------- */

static bool has(const struct mlint_tree *tree, enum mlint_tb_pref pref)
{
    const struct mlint_node *node = tree ? tree->root->child : NULL;

    while (node && mlint_tb_classify(node->name) != pref + 1)
        node = node->next;
    return node != NULL;
}

static bool has_mail(const struct mlint_tree *tree)
{
    const struct mlint_node *node = tree ? tree->root->child : NULL;

    while (node && !mlint_str_starts(node->name, MLINT_STR("mail")))
        node = node->next;
    return node != NULL;
}

/* The file that the accounts are reported with: the strongest that lists some, else the
 * strongest that says anything of mail. */
static const struct mlint_tb_layer *head_of(const struct mlint_tb_installation *all)
{
    const struct mlint_tb_layer *layer, *lists = NULL, *speaks = NULL;

    for (layer = all->first; layer; layer = layer->next) {
        if (has(layer->flat, MLINT_TB_ACCOUNTS) || has(layer->flat, MLINT_TB_APPEND))
            lists = layer;
        if (has_mail(layer->flat))
            speaks = layer;
    }
    return lists ? lists : speaks;
}

static enum mlint_read_outcome judge(struct mlint_tb_graph *graph,
                                     enum mlint_read_outcome outcome)
{
    if (mlint_tb_add_accounts(graph, MLINT_STR("")))
        return outcome;
    graph->reading->file->detail = "has more accounts than maillint reads of one file";
    return MLINT_READ_LIMIT;
}

static enum mlint_read_outcome judge_alone(const struct mlint_tb_installation *all,
                                           enum mlint_read_outcome outcome)
{
    struct mlint_tb_graph graph;

    if (!mlint_tb_graph_init(&graph, all->reading))
        return MLINT_READ_LIMIT;
    graph.not_live = all->own_refusal;
    mlint_tb_graph_add(&graph, all->own_flat);
    return graph.any_mail ? judge(&graph, outcome) : MLINT_READ_NOT_MINE;
}

static enum mlint_read_outcome judge_together(const struct mlint_tb_installation *all,
                                              enum mlint_read_outcome outcome)
{
    struct mlint_tb_graph graph;

    if (!mlint_tb_graph_init(&graph, all->reading))
        return MLINT_READ_LIMIT;
    add_layers(&graph, all, true);
    add_layers(&graph, all, false);
    return judge(&graph, outcome);
}

enum mlint_read_outcome mlint_tb_read_deployment(struct mlint_reading *reading,
                                                 const struct mlint_tree *flat,
                                                 const char *refusal,
                                                 enum mlint_read_outcome outcome)
{
    struct mlint_tb_installation all = {
        .reading = reading, .own_tree = reading->tree, .own_flat = flat, .own_refusal = refusal
    };
    const struct mlint_tb_layer *head;

    locate(&all);
    load(&all);
    head = head_of(&all);
    if (all.too_many)
        mlint_reading_note(reading, MLINT_NOTE_SYNTAX, NULL,
                           "the folder has more preference files than maillint reads together");
    if (all.missing && all.missing->source == reading->source->index)
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, all.missing,
                           "there is no \"%.*s\" in the application's folder; Thunderbird does "
                           "not start without it",
                           MLINT_STR_ARG(all.missing->value));
    if (!all.mine && all.last && all.last->kind == POLICIES &&
        mlint_str_eq(all.own, MLINT_STR("distribution/policies.json"))) {
        reading->file->detail =
            mlint_arena_printf(reading->arena, "Thunderbird reads %.*s instead",
                               MLINT_STR_ARG(all.last->source->name));
        return has_mail(flat) ? outcome : MLINT_READ_NOT_MINE;
    }
    if (!all.mine || !head || all.first == all.last || all.too_many || refusal)
        return judge_alone(&all, outcome);
    if (head == all.mine)
        return judge_together(&all, outcome);
    if (!has_mail(flat) && !has(flat, MLINT_TB_CONFIG_NAME))
        return MLINT_READ_NOT_MINE;
    reading->file->detail = mlint_arena_printf(reading->arena, "read together with %.*s",
                                               MLINT_STR_ARG(head->source->name));
    return outcome;
}
