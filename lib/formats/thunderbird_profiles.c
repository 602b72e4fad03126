/* thunderbird_profiles.c: which profile Thunderbird starts, as profiles.ini and installs.ini
 * beside the profile folders have it.
 *
 * The section of the installation decides ([Install<hash>] Default=PATH), not the old Default=1
 * of a profile's own section, which counts only where no installation is listed. */
#include "formats/thunderbird.h"

#include "syntax/ini.h"

static struct mlint_str last_part(struct mlint_str path)
{
    size_t i = path.len;

    while (i && path.ptr[i - 1] != '/' && path.ptr[i - 1] != '\\')
        i--;
    return mlint_str_sub(path, i, path.len);
}

static struct mlint_str value(const struct mlint_tree *tree, const struct mlint_node *section,
                              const char *name)
{
    const struct mlint_node *node = mlint_ini_value(tree, section, mlint_str_from(name));

    return node ? node->value : MLINT_STR("");
}

/* What a list of profiles says of one of them. */
struct search {
    struct mlint_str profile; /* its folder's name */
    struct mlint_str started; /* the first that an installation starts */
    bool starts_it;
};

static void add_started(struct search *search, struct mlint_str path)
{
    if (!path.len)
        return;
    if (!search->started.len)
        search->started = last_part(path);
    search->starts_it |= mlint_str_eq(last_part(path), search->profile);
}

/* prefix: what the names of the sections of installations begin with. */
static void search_installs(struct search *search, const struct mlint_tree *tree,
                            const char *prefix)
{
    const struct mlint_node *section;

    for (section = tree->root->child; section; section = section->next)
        if (mlint_str_starts(section->name, mlint_str_from(prefix)))
            add_started(search, value(tree, section, "Default"));
}

static void search_profiles(struct search *search, const struct mlint_tree *tree)
{
    const struct mlint_node *section;

    for (section = tree->root->child; section; section = section->next)
        if (mlint_str_starts(section->name, MLINT_STR("Profile")) &&
            mlint_str_eq(value(tree, section, "Default"), MLINT_STR("1")))
            add_started(search, value(tree, section, "Path"));
}

static struct mlint_tree *read_list(struct mlint_reading *reading, const char *name)
{
    struct mlint_source *source = reading->companion(reading, name);

    if (!source || !mlint_source_decode(source, reading->arena, 0))
        return NULL;
    return mlint_ini_read(reading->arena, source, MLINT_INI_WINDOWS);
}

const char *mlint_tb_other_profile(struct mlint_reading *reading, struct mlint_str profile)
{
    struct search search = { .profile = profile };
    bool deeper = false; /* Windows and macOS keep profiles in a folder Profiles */
    struct mlint_tree *profiles = read_list(reading, "../profiles.ini"), *installs;

    if (!profiles) {
        profiles = read_list(reading, "../../profiles.ini");
        deeper = true;
    }
    if (!profiles)
        return NULL;
    search_installs(&search, profiles, "Install");
    if (!search.started.len) {
        installs = read_list(reading, deeper ? "../../installs.ini" : "../installs.ini");
        if (installs)
            search_installs(&search, installs, "");
    }
    if (!search.started.len)
        search_profiles(&search, profiles);
    if (!search.started.len || search.starts_it)
        return NULL;
    return mlint_arena_printf(reading->arena,
                              "not the profile that Thunderbird starts, which is %.*s",
                              MLINT_STR_ARG(search.started));
}
