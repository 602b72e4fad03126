/* fuzz_sift.c: a file read through windows of a few bytes against the same file read whole.
 * Both must give the same tree, the same notes and the same places; a difference ends the
 * program. */
#include "fuzz.h"

#include "base/buf.h"
#include "syntax/prefs.h"
#include "syntax/reg.h"

#include <stdio.h>
#include <stdlib.h>

/* A third of all names each is kept, kept once and dropped, whatever they mean. */
static uint16_t classify(struct mlint_str name)
{
    unsigned char last = name.len ? (unsigned char)name.ptr[name.len - 1] : 0;

    return last % 3 == 0 ? 1 : last % 3 == 1 ? MLINT_PREFS_FIRST : MLINT_PREFS_DROP;
}

static bool wanted(struct mlint_str path, size_t from)
{
    (void)from;
    return path.len && (unsigned char)path.ptr[path.len - 1] % 3 == 0;
}

static bool secret(struct mlint_str text)
{
    return mlint_str_find_nocase(text, MLINT_STR("pass")) < text.len;
}

static const struct mlint_prefs_options prefs_options = {
    .classify = classify,
    .secret_word = MLINT_STR_INIT("password"),
};
static const struct mlint_reg_options reg_options = { .wanted = wanted, .secret = secret };

static void sift_prefs(struct mlint_sift *sift)
{
    mlint_prefs_sift(sift, &prefs_options);
}

static void sift_reg(struct mlint_sift *sift)
{
    mlint_reg_sift(sift, wanted);
}

/* ---- What was read, as text ------------------------------------------------------------- */

static void put_place(struct mlint_buf *out, const struct mlint_source *source,
                      struct mlint_span span)
{
    struct mlint_position begin = mlint_source_position(source, span.begin);
    struct mlint_position end = mlint_source_position(source, span.end);

    if (span.end == 0) /* none; a real file's first bytes always stay */
        return;
    mlint_buf_printf(out, " %u:%u@%lld-%u:%u", begin.line, begin.column,
                     (long long)mlint_source_byte(source, span.begin), end.line, end.column);
}

static void put_node(struct mlint_buf *out, const struct mlint_source *source,
                     const struct mlint_node *node)
{
    mlint_buf_printf(out, "%u %u %u ", node->type, node->subtype, node->flags);
    mlint_buf_str(out, node->name);
    mlint_buf_char(out, '=');
    mlint_buf_str(out, node->value);
    mlint_buf_printf(out, " %lld", (long long)node->number);
    put_place(out, source, node->name_span);
    put_place(out, source, node->value_span);
    mlint_buf_char(out, '\n');
}

static void put_tree(struct mlint_buf *out, const struct mlint_source *source,
                     const struct mlint_tree *tree)
{
    const struct mlint_node *node = tree->root;

    while (node) {
        put_node(out, source, node);
        if (node->child) {
            node = node->child;
            continue;
        }
        while (node != tree->root && !node->next)
            node = node->parent;
        node = node != tree->root ? node->next : NULL;
    }
    for (const struct mlint_note *note = tree->notes; note; note = note->next) {
        mlint_buf_printf(out, "%d %s", (int)note->kind, note->message);
        put_place(out, source, note->span);
        mlint_buf_char(out, '\n');
    }
    for (size_t i = 0; i < source->secret_count; i++)
        put_place(out, source, source->secrets[i].span);
    mlint_buf_printf(out, "\n%u %d %s %d %u %d\n", tree->note_count, tree->damaged,
                     tree->problem ? tree->problem : "", (int)source->encoding,
                     source->code_page, source->bad_encoding);
}

/* ---- Both ways -------------------------------------------------------------------------- */

static void read_into(struct mlint_buf *out, struct mlint_arena *arena,
                      struct mlint_source *source, bool prefs)
{
    const struct mlint_tree *tree = NULL;

    if (!mlint_source_decode(source, arena, prefs ? 0 : 1252))
        return;
    tree = prefs ? mlint_prefs_read(arena, source, &prefs_options)
                 : mlint_reg_read(arena, source, &reg_options);
    if (tree)
        put_tree(out, source, tree);
}

static ptrdiff_t nothing(void *user, char *into, size_t room)
{
    (void)user;
    (void)into;
    (void)room;
    return 0;
}

static void read_sifted(struct mlint_buf *out, struct mlint_arena *arena, struct mlint_str raw,
                        bool prefs, size_t window, size_t context)
{
    struct mlint_source source;
    struct mlint_sifted sifted;
    struct mlint_sifting sifting;

    mlint_sifting_init(&sifting, mlint_allocator_default());
    sifting.sieve = prefs ? sift_prefs : sift_reg;
    sifting.head = raw;
    sifting.pull = nothing;
    sifting.window = window;
    sifting.untouched = 0;
    sifting.context = context;
    sifting.least = 1;
    if (mlint_sift_file(&sifting, arena, &sifted)) {
        mlint_source_init(&source, MLINT_STR("-"),
                          sifted.encoding == MLINT_ENC_UTF8 && sifting.len
                              ? mlint_str_make(sifting.text, sifting.len)
                              : MLINT_STR(""));
        source.sifted = &sifted;
        read_into(out, arena, &source, prefs);
    }
    free(sifting.text);
}

static void compare(struct mlint_str raw, bool prefs, size_t window, size_t context)
{
    struct mlint_buf whole, part;
    struct mlint_source source;
    struct mlint_arena arena;

    mlint_buf_init(&whole, NULL, 0);
    mlint_buf_init(&part, NULL, 0);
    mlint_arena_init(&arena, NULL, 0);
    mlint_source_init(&source, MLINT_STR("-"), raw);
    read_into(&whole, &arena, &source, prefs);
    read_sifted(&part, &arena, raw, prefs, window, context);
    if (!mlint_str_eq(mlint_str_make(whole.ptr, whole.len),
                      mlint_str_make(part.ptr, part.len))) {
        fprintf(stderr, "%s, window %zu, context %zu\nwhole:\n", prefs ? "prefs" : "reg",
                window, context);
        fwrite(whole.ptr, 1, whole.len, stderr);
        fputs("sifted:\n", stderr);
        fwrite(part.ptr, 1, part.len, stderr);
        abort();
    }
    mlint_arena_done(&arena);
    mlint_buf_done(&whole);
    mlint_buf_done(&part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t contexts[] = { 0, 1, 20, 512 };
    struct mlint_str raw = mlint_str_make((const char *)data, size);
    size_t window = 4 + (size ? (size_t)data[size - 1] + size : 0) % 61;

    for (int prefs = 0; prefs < 2; prefs++) {
        compare(raw, prefs, window, contexts[window % 4]);
        compare(raw, prefs, 4, 0);
        compare(raw, prefs, 200, 0);
    }
    return 0;
}
