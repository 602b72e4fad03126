/* masks.c: finds, once for a result that is quoted, the parts of each source that no report
 * quotes. Passwords that no account was given (a duplicate, a dead account) are among them. */
#include "model/masks.h"

#include "model/secret_words.h"
#include "source/limits.h"

#include <stdlib.h>

/* The masks of one source while they are collected. */
struct gathering {
    struct mlint_mask *masks;
    size_t count, cap;
    struct mlint_span *read; /* or NULL: nothing was skipped */
    size_t read_count, room;
    struct mlint_gap *gaps;
    size_t gap_count, gap_cap;
};

#define FEW 4096          /* nodes and secrets whose masks need so little that they can wait */
#define FEW_LINES 4       /* that are cheaper to look at one by one than the whole file */
#define ENOUGH (2u << 20) /* bytes that are left of the budget, for them and for more */

bool mlint_node_is_secret(const struct mlint_node *node)
{
    if (mlint_name_is_secret(node->name))
        return true;
    for (node = node->parent; node; node = node->parent) {
        if (node->type != MLINT_NODE_ARRAY && node->type != MLINT_NODE_DICT)
            return false;
        if (mlint_name_is_secret(node->name))
            return true;
    }
    return false;
}

/* Of items that are sorted by an offset, which each has in front, the first from that one on.
 */
static size_t first_from(const void *items, size_t count, size_t size, uint32_t offset)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t at;

        memcpy(&at, (const char *)items + middle * size, sizeof(at));
        if (at < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t first_mask_from(const struct mlint_source *source, uint32_t offset)
{
    return first_from(source->masks, source->mask_count, sizeof(*source->masks), offset);
}

static void add(struct mlint_arena *arena, struct gathering *gathering, struct mlint_span span,
                bool binary, bool telling)
{
    struct mlint_mask *masks = mlint_arena_extend(arena, gathering->masks, gathering->count,
                                                  &gathering->cap, sizeof(*masks));

    if (!masks)
        return;
    masks[gathering->count++] =
        (struct mlint_mask){ .span = span, .binary = binary, .telling = telling };
    gathering->masks = masks;
}

static void note_read(struct gathering *gathering, struct mlint_span span)
{
    if (span.begin < span.end && gathering->read_count < gathering->room)
        gathering->read[gathering->read_count++] = span;
}

/* A value without a name may have lost the one that tells that it is secret. */
static void note_node(struct gathering *gathering, const struct mlint_node *node)
{
    note_read(gathering, node->name_span);
    if (node->type > MLINT_NODE_ARRAY && node->name.len)
        note_read(gathering, node->value_span);
}

/* Whether the length of a secret says anything: Windows seals what it stores as bytes, and a
 * flag is no password. */
static bool is_telling(const struct mlint_source *source, const struct mlint_node *node)
{
    return node->type != MLINT_NODE_BOOLEAN &&
           !(node->type == MLINT_NODE_BINARY && source->path_style == MLINT_PATH_BACKSLASH);
}

/* inside: of something whose name says that it is secret. */
static void add_node(struct mlint_result *result, struct gathering *gatherings,
                     const struct mlint_node *node, bool inside)
{
    bool named = inside || mlint_name_is_secret(node->name);

    if (node->type > MLINT_NODE_ARRAY && node->source < result->source_count &&
        node->value_span.begin < node->value_span.end &&
        (named || node->type == MLINT_NODE_BINARY))
        add(&result->arena, &gatherings[node->source], node->value_span, !named,
            named && is_telling(result->sources[node->source], node));
}

/* Of most nodes no more is asked than this. */
static bool can_be_secret(const struct mlint_node *node, struct mlint_str room)
{
    return node->type > MLINT_NODE_ARRAY &&
           (node->type == MLINT_NODE_BINARY || mlint_may_be_secret(node->name, room));
}

/* Whether all that a container holds is secret, as mlint_node_is_secret has it. */
static bool is_secret_container(const struct mlint_node *node)
{
    return (node->type == MLINT_NODE_ARRAY || node->type == MLINT_NODE_DICT) &&
           mlint_name_is_secret(node->name);
}

/* The next one of a tree in the order of the file that is not inside the node; *around, one
 * that holds the node or NULL, becomes NULL where the next one is no longer in it. */
static const struct mlint_node *node_behind(const struct mlint_node *root,
                                            const struct mlint_node *node,
                                            const struct mlint_node **around)
{
    while (node != root && !node->next) {
        node = node->parent;
        *around = node == *around ? NULL : *around;
    }
    return node != root ? node->next : NULL;
}

static const struct mlint_node *next_node(const struct mlint_node *root,
                                          const struct mlint_node *node,
                                          const struct mlint_node **around)
{
    return node->child ? node->child : node_behind(root, node, around);
}

static bool overlaps(struct mlint_span a, struct mlint_span b)
{
    return a.begin < b.end && b.begin < a.end;
}

/* Whether a section's values all stand before or behind the part: those of an INI file are in
 * the order of their lines. */
static bool is_apart(const struct mlint_tree *tree, const struct mlint_node *node,
                     struct mlint_span part)
{
    return node->child && tree->style == MLINT_PATH_INI && node != tree->root &&
           (node->child->value_span.begin >= part.end ||
            node->last->value_span.end <= part.begin);
}

/* Of values that stand in the part of the text. */
static void add_tree(struct mlint_result *result, struct gathering *gatherings,
                     const struct mlint_tree *tree, struct mlint_span part)
{
    const struct mlint_str room = mlint_secret_room(tree->source->text);
    const struct mlint_node *root = tree->root, *node = root;
    const struct mlint_node *secret = NULL; /* the outermost around node */

    while (node) {
        if (overlaps(node->value_span, part) && (secret || can_be_secret(node, room)))
            add_node(result, gatherings, node, secret != NULL);
        if (node->child && !secret && is_secret_container(node))
            secret = node;
        node = is_apart(tree, node, part) ? node_behind(root, node, &secret)
                                          : next_node(root, node, &secret);
    }
}

static void note_tree(struct mlint_result *result, struct gathering *gatherings,
                      const struct mlint_tree *tree)
{
    const struct mlint_node *node = tree->root, *around = NULL;

    for (; node; node = next_node(tree->root, node, &around)) {
        if (node->source < result->source_count)
            note_node(&gatherings[node->source], node);
    }
}

static int by_begin(const void *left, const void *right)
{
    const struct mlint_mask *a = left, *b = right;

    return (a->span.begin > b->span.begin) - (a->span.begin < b->span.begin);
}

static int by_place(const void *left, const void *right)
{
    const struct mlint_span *a = left, *b = right;

    return (a->begin > b->begin) - (a->begin < b->begin);
}

static void seal(struct mlint_source *source, const struct gathering *gathering)
{
    uint32_t reach = 0, telling_reach = 0;

    if (gathering->count > 1)
        qsort(gathering->masks, gathering->count, sizeof(*gathering->masks), by_begin);
    for (size_t i = 0; i < gathering->count; i++) {
        if (gathering->masks[i].span.end > reach)
            reach = gathering->masks[i].span.end;
        if (gathering->masks[i].telling && gathering->masks[i].span.end > telling_reach)
            telling_reach = gathering->masks[i].span.end;
        gathering->masks[i].reach = reach;
        gathering->masks[i].telling_reach = telling_reach;
    }
    source->masks = gathering->masks;
    source->mask_count = gathering->count;
    source->gaps = gathering->gaps;
    source->gap_count = gathering->gap_count;
}

/* ---- What nothing was read of -------------------------------------------------------------
 */

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || (mlint_lower(c) >= 'a' && mlint_lower(c) <= 'z') ||
           c == '_';
}

/* "</IncomingPassword>": nothing secret stands behind it. */
static bool ends_element(struct mlint_str text, uint32_t at)
{
    while (at > 0 && is_name_byte(text.ptr[at - 1]))
        at--;
    return at >= 2 && text.ptr[at - 1] == '/' && text.ptr[at - 2] == '<';
}

/* What follows a word that names a secret, up to what was read again; false: the word is part
 * of a name that was read, or nothing follows. */
static bool gap_behind(struct mlint_str text, const struct gathering *gathering, uint32_t at,
                       uint32_t word, struct mlint_span *out)
{
    size_t next =
        first_from(gathering->read, gathering->read_count, sizeof(*gathering->read), at + 1);

    if (ends_element(text, at) || (next > 0 && gathering->read[next - 1].end > at))
        return false;
    out->begin = at + word;
    out->end = next < gathering->read_count ? gathering->read[next].begin : (uint32_t)text.len;
    return out->begin < out->end;
}

static bool add_gap(struct mlint_arena *arena, struct gathering *gathering,
                    struct mlint_gap gap)
{
    struct mlint_gap *gaps = mlint_arena_extend(arena, gathering->gaps, gathering->gap_count,
                                                &gathering->gap_cap, sizeof(*gaps));

    if (!gaps)
        return false;
    gaps[gathering->gap_count++] = gap;
    gathering->gaps = gaps;
    return true;
}

static void find_gaps(struct mlint_arena *arena, const struct mlint_source *source,
                      struct gathering *gathering)
{
    struct mlint_gap gap = { 0 };
    size_t word;

    if (gathering->read_count > 1)
        qsort(gathering->read, gathering->read_count, sizeof(*gathering->read), by_place);
    for (;; gap.word++) {
        struct mlint_str rest = mlint_str_sub(source->text, gap.word, source->text.len);

        gap.word += (uint32_t)mlint_secret_word(rest, &word);
        if (gap.word >= source->text.len)
            return;
        if (!gap_behind(source->text, gathering, gap.word, (uint32_t)word, &gap.span))
            continue;
        if (gathering->gap_count == MLINT_LIMIT_GAPS)
            break;
        if (!add_gap(arena, gathering, gap))
            return;
    }
    add(arena, gathering, (struct mlint_span){ 0, (uint32_t)source->text.len }, false, false);
}

/* A file with oddities may hold a password where no value was read. Returns whether what was
 * read is to be noted. */
static bool expect_gaps(struct mlint_result *result, struct gathering *gatherings,
                        const struct mlint_tree *tree)
{
    struct gathering *gathering = &gatherings[tree->source->index];
    size_t room = 2 * ((size_t)tree->node_count + 1);

    if ((!tree->note_count && !tree->damaged) || gathering->read)
        return gathering->read;
    if (room > MLINT_LIMIT_READ) {
        add(&result->arena, gathering,
            (struct mlint_span){ 0, (uint32_t)tree->source->text.len }, false, false);
        return false;
    }
    gathering->read = mlint_arena_array(&result->arena, struct mlint_span, room);
    gathering->room = gathering->read ? room : 0;
    return gathering->read;
}

/* A file that is cut off inside a secret value: its name was read, the value was not. Open is
 * what the newest value stands in, or a name without one. */
static void hide_lost_end(struct mlint_result *result, struct gathering *gatherings,
                          const struct mlint_tree *tree)
{
    struct mlint_span lost = { 0, (uint32_t)tree->source->text.len };
    bool secret = false;

    for (const struct mlint_node *node = tree->root; node; node = node->last) {
        bool open = node->type <= MLINT_NODE_ARRAY || !node->value_span.end;

        secret |= open && mlint_name_is_secret(node->name);
        if (node->source != tree->source->index)
            continue;
        if (node->name_span.end > lost.begin)
            lost.begin = node->name_span.end;
        if (node->type > MLINT_NODE_ARRAY && node->value_span.end > lost.begin)
            lost.begin = node->value_span.end;
    }
    if (secret && lost.begin < lost.end)
        add(&result->arena, &gatherings[tree->source->index], lost, false, true);
}

/* Without memory for the masks nothing of a source may be quoted or told. */
static void hide_everything(struct mlint_result *result)
{
    static const struct mlint_mask everything = { .span = { 0, UINT32_MAX },
                                                  .reach = UINT32_MAX,
                                                  .telling_reach = UINT32_MAX,
                                                  .telling = true };

    for (size_t i = 0; i < result->source_count; i++) {
        result->sources[i]->masks = &everything;
        result->sources[i]->mask_count = 1;
    }
}

static void gather(struct mlint_result *result, struct gathering *gatherings,
                   struct mlint_span part)
{
    bool gaps = false; /* of this tree or one before it */

    for (size_t i = 0; i < result->source_count; i++) {
        const struct mlint_source *source = result->sources[i];

        for (size_t n = 0; n < source->secret_count; n++)
            add(&result->arena, &gatherings[i], source->secrets[n].span, false,
                source->secrets[n].telling);
    }
    for (size_t i = 0; i < result->file_count; i++) {
        for (const struct mlint_tree *tree = result->files[i]->tree; tree;
             tree = tree->beside) {
            gaps |= expect_gaps(result, gatherings, tree);
            if (gaps)
                note_tree(result, gatherings, tree);
            add_tree(result, gatherings, tree, part);
            if (tree->damaged)
                hide_lost_end(result, gatherings, tree);
        }
    }
}

/* Those of that part of a source, or of all sources in whole. */
static void find_masks(struct mlint_result *result, struct mlint_source *only,
                       struct mlint_span part)
{
    struct gathering *gatherings =
        mlint_arena_array(&result->arena, struct gathering, result->source_count);

    if (gatherings)
        gather(result, gatherings, part);
    for (size_t i = 0; gatherings && i < result->source_count; i++) {
        if (gatherings[i].read)
            find_gaps(&result->arena, result->sources[i], &gatherings[i]);
    }
    if (result->arena.failed) {
        hide_everything(result);
        return;
    }
    for (size_t i = 0; i < result->source_count; i++) {
        if (!only || only == result->sources[i])
            seal(result->sources[i], &gatherings[i]);
    }
}

void mlint_result_find_masks(struct mlint_result *result)
{
    result->masks_due = false;
    find_masks(result, NULL, (struct mlint_span){ 0, UINT32_MAX });
}

/* What nothing was read of is a matter of the whole file. */
static bool has_oddities(const struct mlint_result *result)
{
    for (size_t i = 0; i < result->file_count; i++) {
        for (const struct mlint_tree *tree = result->files[i]->tree; tree;
             tree = tree->beside) {
            if (tree->note_count || tree->damaged)
                return true;
        }
    }
    return false;
}

void mlint_result_want_line(const struct mlint_result *shown, struct mlint_source *source,
                            struct mlint_span line)
{
    struct mlint_result *result = (struct mlint_result *)(uintptr_t)shown;
    struct mlint_span known = source->masked;

    if (!result->masks_due || (known.begin <= line.begin && line.end <= known.end))
        return;
    if (result->lines_masked == FEW_LINES || result->account_count > FEW_LINES ||
        has_oddities(result)) {
        mlint_result_find_masks(result);
        return;
    }
    result->lines_masked++;
    source->masked = line;
    find_masks(result, source, line);
}

void mlint_result_plan_masks(struct mlint_result *result)
{
    size_t count = 0; /* parts are hidden that no node is made of, too */

    for (size_t i = 0; i < result->source_count; i++)
        count += result->sources[i]->secret_count;
    for (size_t i = 0; i < result->file_count; i++) {
        for (const struct mlint_tree *tree = result->files[i]->tree; tree; tree = tree->beside)
            count += tree->node_count;
    }
    result->masks_due = count <= FEW && result->arena.budget - result->arena.used >= ENOUGH;
    if (!result->masks_due)
        mlint_result_find_masks(result);
}

uint32_t mlint_masks_told_until(const struct mlint_source *source, uint32_t offset)
{
    size_t before = first_mask_from(source, offset);

    return before ? source->masks[before - 1].telling_reach : 0;
}

bool mlint_masks_inside(const struct mlint_source *source, uint32_t offset)
{
    struct mlint_span gap;

    for (size_t i = first_mask_from(source, offset); i > 0; i--) {
        const struct mlint_mask *mask = &source->masks[i - 1];

        if (mask->telling_reach <= offset)
            break;
        if (mask->telling && offset < mask->span.end)
            return true;
    }
    return mlint_masks_gap(source, (struct mlint_span){ offset, offset + 1 }, &gap) &&
           gap.begin < offset;
}

const struct mlint_mask *mlint_masks_near(const struct mlint_source *source,
                                          struct mlint_span span, size_t *count)
{
    size_t end = first_mask_from(source, span.end), begin = end;

    while (begin > 0 && source->masks[begin - 1].reach > span.begin)
        begin--;
    *count = end - begin;
    return *count ? source->masks + begin : NULL;
}

bool mlint_masks_gap(const struct mlint_source *source, struct mlint_span span,
                     struct mlint_span *out)
{
    uint32_t from = span.begin > MLINT_LIMIT_LOOK_BACK ? span.begin - MLINT_LIMIT_LOOK_BACK : 0;

    size_t i = first_from(source->gaps, source->gap_count, sizeof(*source->gaps), from);

    for (; i < source->gap_count && source->gaps[i].word < span.end; i++) {
        if (source->gaps[i].span.end > span.begin)
            return *out = source->gaps[i].span, true;
    }
    return false;
}
