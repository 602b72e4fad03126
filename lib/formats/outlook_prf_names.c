/* outlook_prf_names.c: the lines of a section by their names, so that each value of an account
 * finds its mapping, and an earlier value of its own name, at once. */
#include "formats/outlook_prf.h"

#include "base/eight.h"

/* Both ends of a name, eight bytes each, which overlap in most. */
struct ends {
    uint64_t front, back;
};

static struct ends ends_of(struct mlint_str name)
{
    struct ends ends = { 0, 0 };

    if (name.len >= 8) {
        ends.front = mlint_eight(name.ptr);
        ends.back = mlint_eight(name.ptr + name.len - 8);
        return ends;
    }
    for (size_t i = 0; i < name.len; i++)
        ends.front = ends.front << 8 | (unsigned char)name.ptr[i];
    return ends;
}

/* The same for capitals and small letters. Names that differ in the middle alone share one; a
 * section has no more than MLINT_PRF_KEYS of them. */
static size_t hash(struct ends ends, size_t len)
{
    const uint64_t cases = MLINT_EACH(0x20);
    uint64_t sum = ((ends.front | cases) + len) * UINT64_C(0x9E3779B97F4A7C15);

    sum += (ends.back | cases) * UINT64_C(0xD1B54A32D192ED03);
    return (size_t)(sum >> 48);
}

/* Most names are written alike wherever they stand, and both ends are all of them. */
static bool is_same(const struct mlint_node *line, struct mlint_str name, struct ends ends)
{
    return line->name.len == name.len && name.len >= 8 && name.len <= 16 &&
           mlint_eight(line->name.ptr) == ends.front &&
           mlint_eight(line->name.ptr + name.len - 8) == ends.back;
}

/* From the place where the search begins; apart, so that the rest needs no stack. */
static __attribute__((noinline)) struct mlint_prf_slot *search(struct mlint_prf_names *names,
                                                               struct mlint_str name, size_t at)
{
    while (names->slot[at].line && !mlint_str_eq_nocase(names->slot[at].line->name, name))
        at = (at + 1) & names->mask;
    return &names->slot[at];
}

static inline struct mlint_prf_slot *find(struct mlint_prf_names *names, struct mlint_str name)
{
    struct ends ends = ends_of(name);
    size_t at = hash(ends, name.len) & names->mask;
    struct mlint_prf_slot *slot = &names->slot[at];

    return !slot->line || is_same(slot->line, name, ends) ? slot : search(names, name, at);
}

void mlint_prf_names_start(struct mlint_prf_names *names, const struct mlint_node *section)
{
    size_t count = section && section->last ? section->last->index + 1 : 0, size = 16;

    while (size < 2 * count && size < MLINT_PRF_SLOTS)
        size *= 2;
    names->mask = size - 1;
    memset(names->slot, 0, size * sizeof(names->slot[0]));
}

void mlint_prf_names_fill(struct mlint_prf_names *names, const struct mlint_node *section)
{
    const struct mlint_node *line = section ? section->child : NULL;

    mlint_prf_names_start(names, section);
    for (unsigned i = 0; line && i < MLINT_PRF_KEYS; line = line->next, i++) {
        struct mlint_prf_slot *slot = find(names, line->name);

        if (!slot->line)
            slot->line = line;
    }
}

struct mlint_prf_slot *mlint_prf_names_find(struct mlint_prf_names *names,
                                            struct mlint_str name)
{
    return find(names, name);
}
