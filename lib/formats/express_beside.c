/* express_beside.c: files of one installation that are kept apart. "Poll For Mail" stands in
 * the registry, Windows (Live) Mail's accounts in .oeaccount files; exported accounts (.iaf)
 * carry no interval either; and who exports two keys has two .reg files. A poll that has no
 * account in its own file is lent to the accounts of the same client that have no poll in
 * theirs.
 *
 * One installation is one folder. Windows Live Mail has a folder for each account below one
 * store root, so an account whose own folder has no registry export takes that of the folder
 * above. Exports that disagree leave the interval unknown. A folder with very many names or
 * more than a few exports is somebody's collection, and nothing is lent in it. */
#include "formats/express.h"
#include "source/limits.h"

#define EXPORT_LIMIT ((size_t)MLINT_LIMIT_EXPORT_MIB << 20)
#define ACCOUNT_LIMIT ((size_t)MLINT_LIMIT_ACCOUNT_KIB << 10)

static bool is_export(struct mlint_str name)
{
    return mlint_str_ends_nocase(name, MLINT_STR(".reg")) ||
           mlint_str_eq_nocase(name, MLINT_STR("NTUSER.DAT"));
}

static bool is_folder(struct mlint_str name)
{
    return name.len > 1 && name.ptr[name.len - 1] == '/';
}

static size_t count_exports(struct mlint_str names)
{
    struct mlint_str name;
    size_t count = 0;

    while (mlint_str_split(&names, '\n', &name))
        count += is_export(name);
    return count;
}

/* A file of the folder, unless it is larger than what is worth reading for another's sake. */
static struct mlint_source *source_at(struct mlint_reading *reading, const char *folder,
                                      struct mlint_str name, size_t limit)
{
    struct mlint_source *source;

    reading->companion_limit = limit;
    source = reading->companion(
        reading, mlint_arena_printf(reading->arena, "%s%.*s", folder, MLINT_STR_ARG(name)));
    reading->companion_limit = 0;
    return source && source->raw.len <= limit ? source : NULL;
}

static struct mlint_tree *export_at(struct mlint_reading *reading, const char *folder,
                                    struct mlint_str name)
{
    struct mlint_source *source = source_at(reading, folder, name, EXPORT_LIMIT);

    return source ? mlint_registry_read(reading, source, false) : NULL;
}

/* ---- What others lend ---------------------------------------------------------------------
 */

static bool has_taker(struct mlint_reading *reading, const struct mlint_tree *tree,
                      const struct mlint_express_poll *poll)
{
    const struct mlint_node *key = tree->root;
    enum mlint_client client;

    while ((key = mlint_express_next(reading, tree->root, key, &client))) {
        if (mlint_express_is_judged(reading, key) && mlint_express_may_be_of(poll, key, client))
            return true;
    }
    return false;
}

static void take_polls(struct mlint_reading *reading, const struct mlint_tree *tree,
                       enum mlint_client client, struct mlint_express_loan *loan)
{
    struct mlint_express_polls polls;

    if (!mlint_express_find_polls(reading->arena, tree, &polls))
        return;
    for (size_t i = 0; i < polls.count; i++) {
        const struct mlint_express_poll *poll = &polls.poll[i];

        if (poll->client != client || has_taker(reading, tree, poll))
            continue;
        if (loan->node && !mlint_express_same_poll(loan->node, poll->node))
            loan->unsure = true;
        loan->node = poll->node;
    }
}

static void ask_folder(struct mlint_reading *reading, const char *folder,
                       struct mlint_str names, enum mlint_client client,
                       struct mlint_express_loan *loan)
{
    struct mlint_str name;

    while (mlint_str_split(&names, '\n', &name)) {
        const struct mlint_tree *tree =
            is_export(name) ? export_at(reading, folder, name) : NULL;

        if (tree)
            take_polls(reading, tree, client, loan);
    }
}

const struct mlint_express_loan *mlint_express_borrow(struct mlint_reading *reading,
                                                      struct mlint_express_polls *polls,
                                                      enum mlint_client client)
{
    static const char *const folders[] = { "", "../" };
    struct mlint_express_loan *loan = &polls->loan[client];

    if (loan->asked || client == MLINT_CLIENT_OUTLOOK ||
        reading->source->raw.len > EXPORT_LIMIT)
        return loan;
    loan->asked = true;
    for (size_t i = 0; i < 2; i++) {
        struct mlint_str names = reading->names(reading, folders[i]);
        size_t exports = count_exports(names);

        if (exports > 0 && exports <= MLINT_LIMIT_EXPORTS)
            ask_folder(reading, folders[i], names, client, loan);
        if (exports > 0 || !names.len)
            break;
    }
    return loan;
}

/* ---- What this file lends -----------------------------------------------------------------
 */

/* An account of mail in its registry, without a poll of its own. */
static bool export_takes(struct mlint_reading *reading, const struct mlint_tree *tree,
                         enum mlint_client wanted)
{
    struct mlint_express_polls polls;
    const struct mlint_node *key = tree->root;
    enum mlint_client client;

    if (!mlint_express_find_polls(reading->arena, tree, &polls))
        return false;
    while ((key = mlint_express_next(reading, tree->root, key, &client))) {
        size_t i = 0;

        while (i < polls.count && !mlint_express_may_be_of(&polls.poll[i], key, client))
            i++;
        if (client == wanted && i == polls.count && mlint_express_is_judged(reading, key))
            return true;
    }
    return false;
}

static bool file_takes(struct mlint_reading *reading, const char *folder, struct mlint_str name,
                       enum mlint_client wanted)
{
    bool iaf = mlint_str_ends_nocase(name, MLINT_STR(".iaf"));
    struct mlint_source *source;
    const struct mlint_tree *tree;
    enum mlint_client client = MLINT_CLIENT_NONE;

    if (is_export(name)) {
        tree = export_at(reading, folder, name);
        return tree && export_takes(reading, tree, wanted);
    }
    if (!iaf && (wanted != MLINT_CLIENT_WINDOWS_MAIL ||
                 !mlint_str_ends_nocase(name, MLINT_STR(".oeaccount"))))
        return false;
    source = source_at(reading, folder, name, ACCOUNT_LIMIT);
    if (!source)
        return false;
    return iaf ? mlint_express_in_iaf(reading, source, &client) && client == wanted
               : mlint_express_in_oeaccount(reading, source);
}

static bool folder_takes(struct mlint_reading *reading, const char *folder,
                         struct mlint_str names, enum mlint_client client)
{
    struct mlint_str name;

    while (mlint_str_split(&names, '\n', &name)) {
        if (!is_folder(name) && file_takes(reading, folder, name, client))
            return true;
    }
    return false;
}

bool mlint_express_is_lent(struct mlint_reading *reading, enum mlint_client client)
{
    struct mlint_str names = reading->names(reading, ""), rest = names, name;

    if (count_exports(names) > MLINT_LIMIT_EXPORTS || reading->source->raw.len > EXPORT_LIMIT)
        return false;
    if (folder_takes(reading, "", names, client))
        return true;
    while (mlint_str_split(&rest, '\n', &name)) {
        const char *folder;
        struct mlint_str below;

        if (!is_folder(name))
            continue;
        folder = mlint_arena_printf(reading->arena, "%.*s", MLINT_STR_ARG(name));
        below = reading->names(reading, folder);
        if (!count_exports(below) && folder_takes(reading, folder, below, client))
            return true;
    }
    return false;
}
