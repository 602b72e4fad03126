/* registry_hive.c: NTUSER.DAT and other registry hives: the same keys as in an export, below a
 * root without a name. A hive can be of a live system and lag behind its log files. */
#include "formats/registry.h"
#include "model/config.h"
#include "syntax/hive.h"

#define MAGIC MLINT_STR("regf")
#define XZ_MAGIC                                                                               \
    MLINT_STR("\xFD"                                                                           \
              "7zXZ\0")

/* Hives are called NTUSER.DAT and travel compressed; what else is in an xz file is not ours. */
static bool is_packed(struct mlint_str raw, struct mlint_str name)
{
    return mlint_str_starts(raw, XZ_MAGIC) &&
           (mlint_str_ends_nocase(name, MLINT_STR(".dat.xz")) ||
            mlint_str_ends_nocase(name, MLINT_STR(".hive.xz")) ||
            mlint_str_ends_nocase(name, MLINT_STR(".hiv.xz")));
}

static int probe(const struct mlint_probe *probe)
{
    if (mlint_registry_is_hive(probe->raw))
        return MLINT_BID_CERTAIN;
    return is_packed(probe->raw, probe->name) ? MLINT_BID_NAME : MLINT_BID_NONE;
}

/* File types and windows' places: half of a hive, and never mail. */
static bool enter(struct mlint_str path)
{
    return !mlint_str_eq_nocase(path, MLINT_STR("Software\\Classes"));
}

bool mlint_registry_is_hive(struct mlint_str raw)
{
    return mlint_str_starts(raw, MAGIC);
}

struct mlint_tree *mlint_registry_read_hive(struct mlint_reading *reading,
                                            struct mlint_source *source, bool everything)
{
    const struct mlint_hive_options some = { .wanted = mlint_registry_wanted, .enter = enter };
    const struct mlint_hive_options all = { NULL, NULL };

    return mlint_hive_read(reading->arena, source, &reading->result->linter->modules,
                           everything ? &all : &some);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (mlint_str_starts(reading->source->raw, XZ_MAGIC)) {
        reading->file->detail = "is compressed: unpack it with unxz first";
        return MLINT_READ_UNREADABLE;
    }
    reading->tree = mlint_registry_read_hive(reading, reading->source, reading->everything);
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);

    if (!reading->tree)
        return outcome;
    if (mlint_hive_is_dirty(reading->source->raw))
        mlint_tree_note(
            reading->tree, MLINT_NOTE_TRUNCATED, MLINT_NO_SPAN,
            "the hive was copied while in use: newer settings may stand in the "
            ".LOG1 and .LOG2 files beside it; log off the user, or export the keys");
    mlint_registry_add_profiles(reading);
    mlint_registry_add_managers(reading);
    return mlint_registry_conclude(reading);
}

const struct mlint_format mlint_format_registry_hive = {
    .id = "registry-hive",
    .client = MLINT_CLIENT_OUTLOOK,
    .title = "Windows registry hive (NTUSER.DAT)",
    .recognised_by = "\"regf\" at the beginning",
    .needs = "hive",
    .probe = probe,
    .read = read,
    .parse = parse,
};
