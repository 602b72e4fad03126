/* bplist.c: binary property lists, bounded by construction.
 *
 * The file says where things are; nothing it says is believed before it is checked. Objects may
 * be referred to many times, so a few bytes can describe a tree of any size: what is built is
 * bounded by the bytes that there are, by depth, and by the path never meeting itself. A place
 * is the offset of an object. Not the keyed archives that some lists hold. */
#include "syntax/bplist.h"

#include <endian.h>

#include "base/num.h"
#include "base/utf8.h"
#include "source/limits.h"
#include "syntax/bplist_text.h"
#include "syntax/plist_parts.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { HEADER = 8, TRAILER = 32 };

struct reader {
    struct mlint_tree *tree;
    struct mlint_str bytes;
    size_t limit; /* objects end here: the offset table begins */
    unsigned offset_size, reference_size;
    unsigned offset_shift, reference_shift; /* of eight bytes: what is left is the number */
    uint64_t count, top;
    uint64_t visits;                      /* still allowed */
    struct mlint_str *decoded;            /* UTF-16 strings by object, once there is one */
    uint64_t path[MLINT_LIMIT_DEPTH + 1]; /* objects being read, outermost first */
    unsigned depth;
};

/* One object's marker, taken apart. */
struct object {
    uint64_t index;
    unsigned kind, low; /* halves of the marker */
    size_t at;          /* of the marker */
    size_t body;        /* behind the marker and the count; not beyond the limit */
    uint64_t count;
    uint64_t size; /* of a scalar's body */
};

/* Eight bytes, the first one highest. They may be read wherever a number or a string has a
 * byte: the trailer is longer, and stands behind all of them. */
static uint64_t eight_at(const char *p)
{
    uint64_t bytes;

    memcpy(&bytes, p, sizeof bytes);
    return be64toh(bytes);
}

static unsigned shift_for(unsigned size)
{
    return 64 - 8 * size;
}

/* Of one to eight bytes. */
static uint64_t number(const struct reader *reader, size_t at, unsigned size)
{
    return eight_at(reader->bytes.ptr + at) >> shift_for(size);
}

static struct mlint_span span_of(size_t begin, size_t end)
{
    return (struct mlint_span){ (uint32_t)begin, (uint32_t)end };
}

static void give_up(struct mlint_tree *tree, const char *problem)
{
    if (!tree->damaged)
        tree->problem = problem;
    tree->damaged = true;
}

static bool complain(struct reader *reader, size_t at, const char *what)
{
    mlint_tree_note(reader->tree, MLINT_NOTE_SYNTAX, span_of(at, at + 1), "%s", what);
    return false;
}

static bool has_room(const struct reader *reader, size_t at, uint64_t need)
{
    return at <= reader->limit && need <= reader->limit - at;
}

/* Collections and strings of 15 and more carry their count as an integer object. */
static bool read_count(struct reader *reader, struct object *object)
{
    unsigned marker, size;

    object->count = object->low;
    if (object->low != 0xF)
        return true;
    if (!has_room(reader, object->body, 1))
        return false;
    marker = (unsigned char)reader->bytes.ptr[object->body];
    size = 1u << (marker & 0xF);
    if (marker >> 4 != 1 || size > 8 || !has_room(reader, object->body + 1, size))
        return false;
    object->count = number(reader, object->body + 1, size);
    object->body += 1 + size;
    return true;
}

/* Where the table has an object's place, and what it has there. */
static size_t entry_of(const struct reader *reader, uint64_t index)
{
    return reader->limit + (size_t)index * reader->offset_size;
}

static uint64_t place_of(const struct reader *reader, uint64_t index)
{
    return eight_at(reader->bytes.ptr + entry_of(reader, index)) >> reader->offset_shift;
}

static bool find(struct reader *reader, uint64_t index, struct object *object)
{
    uint64_t at;

    if (index >= reader->count)
        return complain(reader, reader->limit, "a reference to an object that does not exist");
    at = place_of(reader, index);
    if (at < HEADER || at >= reader->limit)
        return complain(reader, entry_of(reader, index),
                        "an object that would stand outside the file's objects");
    object->index = index;
    object->at = (size_t)at;
    object->body = object->at + 1;
    object->kind = (unsigned char)reader->bytes.ptr[at] >> 4;
    object->low = (unsigned char)reader->bytes.ptr[at] & 0xF;
    object->count = 0;
    if (object->kind >= 4 && object->kind != 8 && !read_count(reader, object))
        return complain(reader, object->at, "an object whose length is broken");
    return true;
}

/* The bytes of a scalar's body; more than any file has where there is no such kind. */
static uint64_t size_of(const struct object *object)
{
    const uint64_t none = UINT64_MAX;

    switch (object->kind) {
    case 0x0:
        return object->low == 0 || object->low == 8 || object->low == 9 ? 0 : none;
    case 0x1:
        return object->low <= 4 ? UINT64_C(1) << object->low : none;
    case 0x2:
    case 0x3:
        return object->low == 2 || object->low == 3 ? UINT64_C(1) << object->low : none;
    case 0x4:
    case 0x5:
    case 0x7:
        return object->count;
    case 0x6:
        return object->count <= UINT32_MAX ? 2 * object->count : none;
    case 0x8:
        return object->low < 8 ? object->low + 1 : none;
    default:
        return none;
    }
}

/* Whether it is a scalar that ends before the table does. */
static bool is_sound(const struct reader *reader, struct object *object)
{
    object->size = size_of(object);
    return object->size <= reader->limit - object->body;
}

/* ---- Strings ---- */

static struct mlint_str bytes_of(const struct reader *reader, const struct object *object)
{
    return mlint_str_make(reader->bytes.ptr + object->body, (size_t)object->size);
}

static struct mlint_span body_of(const struct object *object)
{
    return span_of(object->body, object->body + (size_t)object->size);
}

/* A string may be referred to from everywhere: decode it once. */
static struct mlint_str wide(struct reader *reader, const struct object *object)
{
    struct mlint_str *slot;
    bool bad = false;

    if (!reader->decoded)
        reader->decoded =
            mlint_arena_array(reader->tree->arena, struct mlint_str, (size_t)reader->count);
    if (!reader->decoded)
        return MLINT_STR("");
    slot = &reader->decoded[object->index];
    if (!slot->ptr)
        *slot = mlint_utf16_to_utf8(reader->tree->arena, bytes_of(reader, object), true, &bad);
    if (bad)
        mlint_tree_note(reader->tree, MLINT_NOTE_ENCODING, span_of(object->at, object->at + 1),
                        "a string that is not valid UTF-16");
    return *slot;
}

/* A bit for each of sixteen bytes that is beyond ASCII. They may be read wherever a string has
 * a byte, as for eight_at. */
static inline unsigned high_among(const char *p)
{
#if defined(__SSE2__)
    return (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)p));
#else
    unsigned mask = 0;

    for (unsigned i = 0; i < 16; i++)
        mask |= (unsigned)((unsigned char)p[i] >> 7) << i;
    return mask;
#endif
}

static inline bool is_ascii(struct mlint_str text)
{
    const char *p = text.ptr;
    size_t len = text.len;

    for (; len >= 16; p += 16, len -= 16) {
        if (high_among(p) != 0)
            return false;
    }
    return (high_among(p) & ((1u << len) - 1)) == 0;
}

static struct mlint_str narrow(struct reader *reader, const struct object *object)
{
    struct mlint_str text = bytes_of(reader, object);

    if (is_ascii(text) || mlint_utf8_valid(text))
        return text;
    return mlint_codepage_to_utf8(reader->tree->arena, text, 1252);
}

static struct mlint_span span_in(const struct reader *reader, struct mlint_str text)
{
    size_t begin = (size_t)(text.ptr - reader->bytes.ptr);

    return span_of(begin, begin + text.len);
}

static bool is_string(const struct object *object)
{
    return object->kind >= 5 && object->kind <= 7;
}

static struct mlint_str string(struct reader *reader, const struct object *object)
{
    return object->kind == 6 ? wide(reader, object) : narrow(reader, object);
}

/* The text of a string of ASCII whose count is one or two bytes, as most objects are. False:
 * any other object, or one that is not as it should be. */
static inline bool plain_text(const struct reader *reader, uint64_t index,
                              struct mlint_str *text)
{
    const char *bytes = reader->bytes.ptr;
    uint64_t at = index < reader->count ? place_of(reader, index) : 0;
    size_t body = (size_t)at + 1, len;

    if (at < HEADER || at >= reader->limit || (bytes[at] & 0xF0) != 0x50)
        return false;
    len = bytes[at] & 0xF;
    if (len == 0xF) {
        unsigned more = (unsigned char)bytes[body] - 0x10u;

        if (more > 1)
            return false;
        len = (size_t)(eight_at(bytes + body + 1) >> shift_for(1 + more));
        body += 2 + more;
    }
    *text = mlint_str_make(bytes + body, len);
    return body + len <= reader->limit && is_ascii(*text);
}

/* ---- Numbers, dates, data ---- */

static struct mlint_str decimal(struct mlint_arena *arena, int64_t number)
{
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char text[21] = "-", *digits = text + (number < 0);

    return mlint_arena_copy(
        arena, mlint_str_make(text, (size_t)(digits - text) + mlint_num_digits(digits, size)));
}

/* Sixteen bytes: what lies beyond INT64_MAX is cut; what lies below INT64_MIN nobody writes. */
static void fill_long_integer(struct reader *reader, const struct object *object,
                              struct mlint_node *node)
{
    uint64_t high = number(reader, object->body, 8), low = number(reader, object->body + 8, 8);
    bool negative = high == UINT64_MAX && low > INT64_MAX;

    node->number = (int64_t)low;
    if (!negative && (high || low > INT64_MAX)) {
        node->flags |= MLINT_NODE_UNSIGNED;
        node->number = INT64_MAX;
        node->value = mlint_str_from(
            high ? "18446744073709551616 or more"
                 : mlint_arena_printf(reader->tree->arena, "%llu", (unsigned long long)low));
        return;
    }
    node->value = decimal(reader->tree->arena, node->number);
}

static void fill_integer(struct reader *reader, const struct object *object,
                         struct mlint_node *node)
{
    if (object->size == 16) {
        fill_long_integer(reader, object, node);
        return;
    }
    node->number = (int64_t)number(reader, object->body, (unsigned)object->size);
    node->value = decimal(reader->tree->arena, node->number);
}

static double real_at(const struct reader *reader, size_t at, unsigned size)
{
    uint64_t bits = number(reader, at, size);
    uint32_t narrow = (uint32_t)bits;
    double wide_value;
    float value;

    if (size == 4) {
        memcpy(&value, &narrow, sizeof value);
        return (double)value;
    }
    memcpy(&wide_value, &bits, sizeof wide_value);
    return wide_value;
}

static void fill_real(struct reader *reader, const struct object *object,
                      struct mlint_node *node)
{
    struct mlint_arena *arena = reader->tree->arena;

    node->real = real_at(reader, object->body, (unsigned)object->size);
    node->value = mlint_str_from(object->kind == 3 ? mlint_bplist_date_text(arena, node->real)
                                                   : mlint_bplist_real_text(arena, node->real));
}

static void fill_constant(const struct object *object, struct mlint_node *node)
{
    node->value_span = span_of(object->at, object->at + 1);
    if (object->low == 0)
        return;
    node->type = MLINT_NODE_BOOLEAN;
    node->number = object->low == 9;
    node->value = node->number ? MLINT_STR("true") : MLINT_STR("false");
}

static void fill_scalar(struct reader *reader, const struct object *object,
                        struct mlint_node *node)
{
    node->value_span = body_of(object);
    switch (object->kind) {
    case 0x0:
        fill_constant(object, node);
        break;
    case 0x1:
        fill_integer(reader, object, node);
        break;
    case 0x2:
    case 0x3:
        fill_real(reader, object, node);
        break;
    case 0x4:
        node->value = bytes_of(reader, object);
        break;
    case 0x8:
        node->number = (int64_t)number(reader, object->body, (unsigned)object->size);
        node->value = decimal(reader->tree->arena, node->number);
        break;
    default:
        node->value = string(reader, object);
    }
}

/* ---- Collections ---- */

static void read_object(struct reader *reader, struct mlint_node *parent, uint64_t index,
                        struct mlint_str name, struct mlint_span name_span);

static bool enter(struct reader *reader, const struct object *object)
{
    for (unsigned i = 0; i < reader->depth; i++)
        if (reader->path[i] == object->index)
            return complain(reader, object->at, "a collection that contains itself");
    if (reader->depth == MLINT_LIMIT_DEPTH) {
        reader->tree->too_deep = true;
        return false;
    }
    reader->path[reader->depth++] = object->index;
    return true;
}

static bool go_on(const struct reader *reader)
{
    return !reader->tree->too_many && !reader->tree->too_deep && !reader->tree->arena->failed;
}

static uint64_t reference(const struct reader *reader, const struct object *object, uint64_t i)
{
    const char *p = reader->bytes.ptr + object->body + (size_t)i * reader->reference_size;

    return eight_at(p) >> reader->reference_shift;
}

/* Any key. */
static bool read_key(struct reader *reader, uint64_t index, struct mlint_str *name,
                     struct mlint_span *span)
{
    struct object key;

    if (!find(reader, index, &key))
        return false;
    if (!is_string(&key) || !is_sound(reader, &key))
        return complain(reader, key.at, "a key that is no string is passed over");
    *name = string(reader, &key);
    *span = body_of(&key);
    return true;
}

static void read_pair(struct reader *reader, const struct object *dict, struct mlint_node *node,
                      uint64_t i)
{
    uint64_t key = reference(reader, dict, i);
    uint64_t value = reference(reader, dict, dict->count + i);
    struct mlint_str name;
    struct mlint_span span;

    if (plain_text(reader, key, &name))
        read_object(reader, node, value, name, span_in(reader, name));
    else if (read_key(reader, key, &name, &span))
        read_object(reader, node, value, name, span);
}

static __attribute__((noinline)) void
read_collection(struct reader *reader, const struct object *object, struct mlint_node *node)
{
    bool dict = object->kind == 0xD;
    uint64_t each = (uint64_t)reader->reference_size * (dict ? 2 : 1);

    if (object->count > reader->limit ||
        !has_room(reader, object->body, object->count * each)) {
        complain(reader, object->at, "a collection that is longer than the file");
        return;
    }
    node->value_span = span_of(object->at, object->body + (size_t)(object->count * each));
    if (!enter(reader, object))
        return;
    for (uint64_t i = 0; i < object->count && go_on(reader); i++) {
        if (dict)
            read_pair(reader, object, node, i);
        else
            read_object(reader, node, reference(reader, object, i), MLINT_STR(""),
                        MLINT_NO_SPAN);
    }
    reader->depth--;
    if (dict)
        mlint_plist_note_duplicates(reader->tree, node);
}

/* Any object; apart, so that the others need little stack. */
static __attribute__((noinline)) void read_other(struct reader *reader,
                                                 struct mlint_node *parent, uint64_t index,
                                                 struct mlint_str name,
                                                 struct mlint_span name_span)
{
    static const unsigned char types[16] = {
        [0x0] = MLINT_NODE_NULL,   [0x1] = MLINT_NODE_INTEGER, [0x2] = MLINT_NODE_REAL,
        [0x3] = MLINT_NODE_DATE,   [0x4] = MLINT_NODE_BINARY,  [0x5] = MLINT_NODE_STRING,
        [0x6] = MLINT_NODE_STRING, [0x7] = MLINT_NODE_STRING,  [0x8] = MLINT_NODE_UID,
        [0xA] = MLINT_NODE_ARRAY,  [0xB] = MLINT_NODE_ARRAY,   [0xC] = MLINT_NODE_ARRAY,
        [0xD] = MLINT_NODE_DICT,
    };
    struct object object;
    struct mlint_node *node;
    bool collection;

    if (!find(reader, index, &object))
        return;
    collection = object.kind >= 0xA && object.kind <= 0xD;
    if (!collection && !is_sound(reader, &object)) {
        complain(reader, object.at, "an object of an unknown kind or a broken length");
        return;
    }
    node = mlint_node_add(reader->tree, parent, types[object.kind], name);
    if (!node)
        return;
    node->name_span = name_span;
    if (collection)
        read_collection(reader, &object, node);
    else
        fill_scalar(reader, &object, node);
}

static void read_object(struct reader *reader, struct mlint_node *parent, uint64_t index,
                        struct mlint_str name, struct mlint_span name_span)
{
    struct mlint_node *node;
    struct mlint_str text;

    if (reader->visits == 0) {
        reader->tree->too_many = true;
        return;
    }
    reader->visits--;
    if (!plain_text(reader, index, &text)) {
        read_other(reader, parent, index, name, name_span);
        return;
    }
    node = mlint_node_add(reader->tree, parent, MLINT_NODE_STRING, name);
    if (!node)
        return;
    node->name_span = name_span;
    node->value = text;
    node->value_span = span_in(reader, text);
}

/* ---- The whole ---- */

static bool read_trailer(struct reader *reader)
{
    size_t at = reader->bytes.len - TRAILER;
    uint64_t table;

    reader->limit = at;
    reader->offset_size = (unsigned char)reader->bytes.ptr[at + 6];
    reader->reference_size = (unsigned char)reader->bytes.ptr[at + 7];
    reader->count = number(reader, at + 8, 8);
    reader->top = number(reader, at + 16, 8);
    table = number(reader, at + 24, 8);
    if (reader->offset_size < 1 || reader->offset_size > 8 || reader->reference_size < 1 ||
        reader->reference_size > 8 || table <= HEADER || table >= at)
        return false;
    if (reader->count == 0 || reader->count > (at - table) / reader->offset_size ||
        reader->top >= reader->count)
        return false;
    reader->limit = (size_t)table;
    reader->offset_shift = shift_for(reader->offset_size);
    reader->reference_shift = shift_for(reader->reference_size);
    return true;
}

void mlint_bplist_read(struct mlint_tree *tree, struct mlint_node *parent,
                       struct mlint_str bytes)
{
    struct reader reader = { .tree = tree, .bytes = bytes };

    if (!mlint_str_starts(bytes, MLINT_STR("bplist00"))) {
        give_up(tree, "not a binary property list (bplist00)");
        return;
    }
    if (bytes.len < HEADER + TRAILER + 2 || bytes.len > UINT32_MAX || !read_trailer(&reader)) {
        give_up(tree, "the binary property list is cut off or damaged: the table at its end, "
                      "which says where everything is, cannot be used");
        return;
    }
    /* Each reference that the file spells out is worth a visit, shared ones a few more. */
    reader.visits = 4 * (uint64_t)bytes.len + 1024;
    parent = parent ? parent : tree->root;
    read_object(&reader, parent, reader.top, MLINT_STR(""), MLINT_NO_SPAN);
    if (!parent->last)
        give_up(tree, "the first object of the binary property list cannot be read");
}
