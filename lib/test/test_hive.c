/* test_hive.c: registry hives that nobody's Windows wrote: keys that contain themselves, lists
 * that all keys share, chains without end. Each must come to its end, and say what was left
 * out. The hives are laid out here, cell by cell. */
#include "base/module.h"
#include "source/limits.h"
#include "syntax/hive.h"
#include "test/test.h"

#define BASE 0x1000 /* offsets in a hive count from here */
#define ROOM (4u << 20)
#define CHECKSUM 0x1FC

/* Places inside a key's cell. */
enum {
    NK_PARENT = 20,
    NK_CHILDREN = 24,
    NK_LIST = 32,
    NK_VALUES = 40,
    NK_VALUE_LIST = 44,
    NK_SECURITY = 48,
    NK_CLASS = 52,
    NK_NAME_LENGTH = 76,
    NK_NAME = 80
};

struct hive {
    unsigned char *bytes;
    size_t used; /* from BASE */
};

static void put(struct hive *hive, size_t at, uint32_t number, size_t width)
{
    for (size_t i = 0; i < width; i++)
        hive->bytes[at + i] = (unsigned char)(number >> 8 * i);
}

/* A cell; returns its offset from BASE. */
static uint32_t add_cell(struct hive *hive, size_t size)
{
    uint32_t offset = (uint32_t)hive->used;

    size = (size + 4 + 7) / 8 * 8;
    ck_assert_uint_lt(BASE + hive->used + size, ROOM - 4096);
    put(hive, BASE + offset, (uint32_t) - (int32_t)size, 4);
    hive->used += size;
    return offset;
}

static uint32_t add_key(struct hive *hive, const char *name, bool root)
{
    uint32_t offset = add_cell(hive, NK_NAME + strlen(name));
    size_t at = BASE + offset;

    memcpy(hive->bytes + at + 4, "nk", 2);
    put(hive, at + 6, root ? 0x2C : 0x20, 2); /* name in 8-bit letters */
    for (size_t i = NK_LIST; i <= NK_LIST + 4; i += 4)
        put(hive, at + i, 0xFFFFFFFF, 4);
    put(hive, at + NK_VALUE_LIST, 0xFFFFFFFF, 4);
    put(hive, at + NK_SECURITY, 0xFFFFFFFF, 4);
    put(hive, at + NK_CLASS, 0xFFFFFFFF, 4);
    put(hive, at + NK_NAME_LENGTH, (uint32_t)strlen(name), 2);
    memcpy(hive->bytes + at + NK_NAME, name, strlen(name));
    return offset;
}

static uint32_t add_list(struct hive *hive, const uint32_t *keys, size_t count)
{
    uint32_t offset = add_cell(hive, 4 + 8 * count);
    size_t at = BASE + offset;

    memcpy(hive->bytes + at + 4, "lf", 2);
    put(hive, at + 6, (uint32_t)count, 2);
    for (size_t i = 0; i < count; i++)
        put(hive, at + 8 + 8 * i, keys[i], 4);
    return offset;
}

static void set_children(struct hive *hive, uint32_t key, uint32_t list, size_t count)
{
    put(hive, BASE + key + NK_CHILDREN, (uint32_t)count, 4);
    put(hive, BASE + key + NK_LIST, list, 4);
}

static void add_dword(struct hive *hive, uint32_t key, const char *name, uint32_t number)
{
    uint32_t value = add_cell(hive, 20 + strlen(name)), list = add_cell(hive, 4);
    size_t at = BASE + value;

    memcpy(hive->bytes + at + 4, "vk", 2);
    put(hive, at + 6, (uint32_t)strlen(name), 2);
    put(hive, at + 8, 0x80000004, 4); /* four bytes, in the place of their offset */
    put(hive, at + 12, number, 4);
    put(hive, at + 16, 4, 4);
    put(hive, at + 20, 1, 2);
    memcpy(hive->bytes + at + 24, name, strlen(name));
    put(hive, BASE + list + 4, value, 4);
    put(hive, BASE + key + NK_VALUES, 1, 4);
    put(hive, BASE + key + NK_VALUE_LIST, list, 4);
}

static void begin(struct hive *hive)
{
    hive->bytes = calloc(1, ROOM);
    ck_assert_ptr_nonnull(hive->bytes);
    hive->used = 32; /* behind the bin's header */
}

/* One free cell to the end of the page, then the headers. Returns the hive's size. */
static size_t finish(struct hive *hive, uint32_t root)
{
    size_t size = (hive->used + 8 + 4095) / 4096 * 4096;
    uint32_t sum = 0;

    put(hive, BASE + hive->used, (uint32_t)(size - hive->used), 4);
    memcpy(hive->bytes + BASE, "hbin", 4);
    put(hive, BASE + 8, (uint32_t)size, 4);
    memcpy(hive->bytes, "regf", 4);
    put(hive, 4, 1, 4);
    put(hive, 8, 1, 4);
    put(hive, 20, 1, 4);
    put(hive, 24, 3, 4);
    put(hive, 32, 1, 4);
    put(hive, 36, root, 4);
    put(hive, 40, (uint32_t)size, 4);
    put(hive, 44, 1, 4);
    for (size_t i = 0; i < CHECKSUM; i++)
        sum ^= (uint32_t)hive->bytes[i] << 8 * (i % 4);
    put(hive, CHECKSUM, sum, 4);
    return BASE + size;
}

struct reading {
    struct mlint_modules modules;
    struct mlint_arena arena;
    struct mlint_source source;
    struct mlint_tree *tree;
};

static void read_hive(struct reading *reading, struct hive *hive, uint32_t root)
{
    const struct mlint_hive_options options = { NULL, NULL };
    size_t size = finish(hive, root);

    memset(reading, 0, sizeof(*reading));
    mlint_arena_init(&reading->arena, NULL, 0);
    mlint_source_init(&reading->source, MLINT_STR("NTUSER.DAT"),
                      mlint_str_make((const char *)hive->bytes, size));
    reading->tree =
        mlint_hive_read(&reading->arena, &reading->source, &reading->modules, &options);
    ck_assert_ptr_nonnull(reading->tree);
}

static void done(struct reading *reading, struct hive *hive)
{
    mlint_modules_done(&reading->modules);
    mlint_arena_done(&reading->arena);
    free(hive->bytes);
}

static bool reads_hives(void)
{
    return mlint_module_built(MLINT_MODULE_HIVE);
}

/* The layout above is a hive, or the rest would prove nothing. */
START_TEST(plain)
{
    struct reading reading;
    struct hive hive;
    uint32_t root, child;
    const struct mlint_node *key;

    if (!reads_hives())
        return;
    begin(&hive);
    root = add_key(&hive, "root", true);
    child = add_key(&hive, "Software", false);
    set_children(&hive, root, add_list(&hive, &child, 1), 1);
    add_dword(&hive, child, "Port", 995);
    read_hive(&reading, &hive, root);
    ck_assert_msg(!reading.tree->damaged, "%s", reading.tree->problem);
    key = reading.tree->root->child;
    ck_assert_ptr_nonnull(key);
    mlint_assert_str("key", key->name, MLINT_STR("Software"));
    mlint_assert_str("value", key->child->name, MLINT_STR("Port"));
    ck_assert_int_eq(key->child->type, MLINT_NODE_INTEGER);
    ck_assert_int_eq(key->child->number, 995);
    ck_assert_uint_gt(key->child->value_span.begin, BASE);
    done(&reading, &hive);
}
END_TEST

/* A key that is its own child, and its parent's parent. */
START_TEST(loop)
{
    struct reading reading;
    struct hive hive;
    uint32_t keys[3];
    uint32_t list;

    if (!reads_hives())
        return;
    begin(&hive);
    keys[0] = add_key(&hive, "root", true);
    keys[1] = add_key(&hive, "a", false);
    keys[2] = add_key(&hive, "b", false);
    list = add_list(&hive, keys, 3);
    for (size_t i = 0; i < 3; i++)
        set_children(&hive, keys[i], list, 3);
    add_dword(&hive, keys[2], "v", 1);
    read_hive(&reading, &hive, keys[0]);
    ck_assert_uint_le(reading.tree->node_count, 3);
    done(&reading, &hive);
}
END_TEST

/* Each of many keys has all of them as children: looking at each list once is too much. */
START_TEST(shared_list)
{
    enum { KEYS = 4000 };
    static uint32_t keys[KEYS];
    struct reading reading;
    struct hive hive;
    uint32_t list;

    if (!reads_hives())
        return;
    begin(&hive);
    for (size_t i = 0; i < KEYS; i++)
        keys[i] = add_key(&hive, "k", i == 0);
    list = add_list(&hive, keys, KEYS);
    for (size_t i = 0; i < KEYS; i++)
        set_children(&hive, keys[i], list, KEYS);
    read_hive(&reading, &hive, keys[0]);
    ck_assert(reading.tree->too_many || reading.tree->too_deep);
    done(&reading, &hive);
}
END_TEST

START_TEST(deep)
{
    struct reading reading;
    struct hive hive;
    uint32_t root, parent;

    if (!reads_hives())
        return;
    begin(&hive);
    root = parent = add_key(&hive, "root", true);
    for (size_t i = 0; i < 10 * MLINT_LIMIT_DEPTH; i++) {
        uint32_t child = add_key(&hive, "k", false);

        set_children(&hive, parent, add_list(&hive, &child, 1), 1);
        parent = child;
    }
    read_hive(&reading, &hive, root);
    ck_assert(reading.tree->too_deep);
    done(&reading, &hive);
}
END_TEST

/* Offsets that lead nowhere. */
START_TEST(broken)
{
    static const struct {
        size_t at;
        uint32_t number;
    } changes[] = {
        { NK_LIST, 0x7FFFFFF0 },     { NK_LIST, 3 },
        { NK_CHILDREN, 0x7FFFFFFF }, { NK_CHILDREN, 2 },
        { NK_VALUES, 0x7FFFFFFF },   { NK_VALUE_LIST, 0x7FFFFFF0 },
        { NK_NAME_LENGTH, 0xFFFF },
    };
    struct reading reading;
    struct hive hive;
    uint32_t root, child;

    for (size_t i = 0; reads_hives() && i < MLINT_TEST_COUNT(changes); i++) {
        begin(&hive);
        root = add_key(&hive, "root", true);
        child = add_key(&hive, "Software", false);
        set_children(&hive, root, add_list(&hive, &child, 1), 1);
        set_children(&hive, child, add_list(&hive, &root, 1), 1);
        add_dword(&hive, child, "v", 1);
        put(&hive, BASE + child + changes[i].at, changes[i].number,
            changes[i].at == NK_NAME_LENGTH ? 2 : 4);
        read_hive(&reading, &hive, root);
        ck_assert_msg(reading.tree->damaged || reading.tree->too_many, "change %zu went unseen",
                      i);
        done(&reading, &hive);
    }
}
END_TEST

START_TEST(dirty)
{
    static const char clean[] = "regf\1\0\0\0\1\0\0\0", used[] = "regf\2\0\0\0\1\0\0\0";

    ck_assert(!mlint_hive_is_dirty(MLINT_STR(clean)));
    ck_assert(mlint_hive_is_dirty(MLINT_STR(used)));
    ck_assert(!mlint_hive_is_dirty(MLINT_STR("regf")));
}
END_TEST

MLINT_SUITE(hive)
{
    Suite *suite = suite_create("hive");

    MLINT_TEST(suite, plain);
    MLINT_TEST(suite, loop);
    MLINT_TEST(suite, shared_list);
    MLINT_TEST(suite, deep);
    MLINT_TEST(suite, broken);
    MLINT_TEST(suite, dirty);
    return suite;
}
