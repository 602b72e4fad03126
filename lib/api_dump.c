/* api_dump.c: what the syntax layer read, value by value. Secrets are named, never shown. */
#include "linter.h"

#include "base/utf8.h"
#include "model/masks.h"
#include "source/limits.h"

#include <stdio.h>

static bool is_secret(const struct mlint_result *result, const struct mlint_file *file,
                      const struct mlint_node *node)
{
    if (node->type == MLINT_NODE_BOOLEAN) /* OutgoingPasswordSameAsIncomingPassword */
        return false;
    if (node->type == MLINT_NODE_BINARY || mlint_node_is_secret(node))
        return true;
    if (file->format && file->format->is_secret && file->format->is_secret(node))
        return true;
    return node->source < result->source_count &&
           node->value_span.end > node->value_span.begin &&
           mlint_source_hidden(result->sources[node->source], node->value_span);
}

static const char *value_of(struct mlint_arena *arena, const struct mlint_node *node)
{
    switch (node->type) {
    case MLINT_NODE_INTEGER:
    case MLINT_NODE_UID:
        if (node->flags & MLINT_NODE_UNSIGNED)
            return mlint_utf8_clean(arena, node->value).ptr;
        return mlint_arena_printf(arena, "%lld", (long long)node->number);
    case MLINT_NODE_BOOLEAN:
        return node->number ? "true" : "false";
    default:
        return mlint_utf8_clean(arena, node->value).ptr;
    }
}

struct dumping {
    struct mlint_result *result;
    const struct mlint_file *file;
    int (*visit)(void *user, const struct mlint_dump_row *row);
    void *user;
    /* The first value that was not shown in the line that had one last. */
    bool hides;
    uint32_t hidden_source, hidden;
};

/* Behind a password in its line there is no column: the two would tell how long it is. */
static struct mlint_position position_of(const struct dumping *dumping,
                                         const struct mlint_node *node)
{
    const struct mlint_source *source = dumping->result->sources[node->source];
    struct mlint_position place = mlint_source_position(source, node->value_span.begin);
    uint32_t line_begin;

    mlint_source_line(source, node->value_span.begin, &line_begin);
    if (dumping->hides && dumping->hidden_source == node->source &&
        dumping->hidden >= line_begin && dumping->hidden < node->value_span.begin)
        place.column = 0;
    return place;
}

/* Attributes come behind the text of their element, and stand before it. */
static void note_hidden(struct dumping *dumping, const struct mlint_node *node)
{
    const struct mlint_source *source = dumping->result->sources[node->source];
    uint32_t begin = node->value_span.begin, line_begin;

    mlint_source_line(source, begin, &line_begin);
    if (!dumping->hides || dumping->hidden_source != node->source ||
        dumping->hidden < line_begin || begin < dumping->hidden)
        dumping->hidden = begin;
    dumping->hidden_source = node->source;
    dumping->hides = true;
}

static int dump_node(struct dumping *dumping, const struct mlint_node *node)
{
    struct mlint_arena *arena = &dumping->result->arena;
    const struct mlint_source *source = dumping->result->sources[node->source];
    struct mlint_position position = position_of(dumping, node);
    bool secret = is_secret(dumping->result, dumping->file, node);
    struct mlint_dump_row row = {
        .file = mlint_utf8_clean(arena, source->name).ptr,
        .path =
            mlint_utf8_clean(arena, mlint_str_from(mlint_path_of(dumping->result, node))).ptr,
        .name = mlint_utf8_clean(arena, node->name).ptr,
        .type = mlint_node_type_name(node),
        .value = secret ? "(hidden)" : value_of(arena, node),
        .line = position.line,
        .column = position.column,
    };

    if (secret)
        note_hidden(dumping, node);
    return arena->failed ? 0 : dumping->visit(dumping->user, &row);
}

/* Every node with a value, in file order, without recursion. */
static int dump_tree(struct dumping *dumping, const struct mlint_node *root)
{
    const struct mlint_node *node = root;
    int stop = 0;

    while (node && !stop) {
        if (node != root && node->type > MLINT_NODE_ARRAY &&
            node->source < dumping->result->source_count)
            stop = dump_node(dumping, node);
        if (node->child) {
            node = node->child;
            continue;
        }
        while (node && node != root && !node->next)
            node = node->parent;
        node = node && node != root ? node->next : NULL;
    }
    return stop;
}

enum mlint_status mlint_dump(struct mlint_linter *linter, const struct mlint_input *input,
                             int (*visit)(void *user, const struct mlint_dump_row *row),
                             void *user, struct mlint_error *error)
{
    struct mlint_entry entry;
    struct dumping dumping = { .visit = visit, .user = user };
    enum mlint_status status = MLINT_OK;

    if (!linter || !mlint_good_input(input) || !visit)
        return mlint_fail_with(error, MLINT_E_ARGUMENT, "mlint_dump: a wrong argument");
    status = mlint_entry_of(input, &entry, error);
    if (status != MLINT_OK)
        return status;
    entry.everything = true;
    dumping.result = mlint_result_begin(linter);
    if (!dumping.result)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    mlint_result_read(dumping.result, &entry);
    for (size_t i = 0; i < dumping.result->file_count && status == MLINT_OK; i++) {
        dumping.file = dumping.result->files[i];
        if (dumping.file->status == MLINT_FILE_UNRECOGNISED || !dumping.file->tree)
            status = mlint_fail_with(error, MLINT_E_IO, "%s: %s", dumping.file->path.ptr,
                                     dumping.file->detail ? dumping.file->detail
                                                          : "not a format that maillint knows");
        else if (dump_tree(&dumping, dumping.file->tree->root))
            status = mlint_fail_with(error, MLINT_E_CANCELLED, "the host ended the call");
    }
    if (linter->stopped)
        status = mlint_fail_with(error, MLINT_E_CANCELLED, "the host ended the call");
    else if (dumping.result->arena.over_budget)
        status =
            mlint_fail_with(error, MLINT_E_LIMIT, "needs more memory than limit-memory allows");
    else if (dumping.result->arena.failed)
        status = mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    mlint_result_free(dumping.result);
    return status;
}
