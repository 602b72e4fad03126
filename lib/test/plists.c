/* plists.c: reads, shows and makes property lists for the tests. */
#include "test/plists.h"

#include "syntax/plist.h"
#include "test/test.h"

void mlint_test_plist_read(struct mlint_test_plist *plist, struct mlint_str bytes)
{
    memset(plist, 0, sizeof *plist);
    plist->bytes = mlint_test_need(malloc(bytes.len ? bytes.len : 1));
    memcpy(plist->bytes, bytes.ptr, bytes.len);
    mlint_arena_init(&plist->arena, NULL, 0);
    mlint_source_init(&plist->source, MLINT_STR("test"),
                      mlint_str_make(plist->bytes, bytes.len));
    plist->tree = mlint_plist_read(&plist->arena, &plist->source, &plist->modules);
}

void mlint_test_plist_done(struct mlint_test_plist *plist)
{
    mlint_modules_done(&plist->modules);
    mlint_arena_done(&plist->arena);
    free(plist->bytes);
}

static void show_scalar(struct mlint_buf *out, const struct mlint_node *node)
{
    switch (node->type) {
    case MLINT_NODE_STRING:
        mlint_buf_printf(out, "\"%.*s\"", MLINT_STR_ARG(node->value));
        break;
    case MLINT_NODE_INTEGER:
        if (node->flags & MLINT_NODE_UNSIGNED)
            mlint_buf_char(out, 'u');
        else
            mlint_buf_printf(out, "i%lld", (long long)node->number);
        break;
    case MLINT_NODE_REAL:
        mlint_buf_printf(out, "r%f", node->real);
        break;
    case MLINT_NODE_BOOLEAN:
        mlint_buf_char(out, node->number ? 'T' : 'F');
        break;
    case MLINT_NODE_BINARY:
        mlint_buf_char(out, '<');
        for (size_t i = 0; i < node->value.len; i++)
            mlint_buf_printf(out, "%02x", (unsigned char)node->value.ptr[i]);
        mlint_buf_char(out, '>');
        break;
    case MLINT_NODE_DATE:
        mlint_buf_printf(out, "@%.*s", MLINT_STR_ARG(node->value));
        break;
    case MLINT_NODE_UID:
        mlint_buf_printf(out, "#%lld", (long long)node->number);
        break;
    default:
        mlint_buf_text(out, "null");
    }
}

static void show(struct mlint_buf *out, const struct mlint_node *node)
{
    bool dict = node->type == MLINT_NODE_DICT;

    if (!dict && node->type != MLINT_NODE_ARRAY) {
        show_scalar(out, node);
        return;
    }
    mlint_buf_char(out, dict ? '{' : '[');
    for (const struct mlint_node *child = node->child; child; child = child->next) {
        if (dict)
            mlint_buf_printf(out, "\"%.*s\"=", MLINT_STR_ARG(child->name));
        show(out, child);
        if (child->next)
            mlint_buf_char(out, ',');
    }
    mlint_buf_char(out, dict ? '}' : ']');
}

char *mlint_test_plist_show(const struct mlint_tree *tree)
{
    struct mlint_buf out;
    char *text;

    mlint_buf_init(&out, NULL, 0);
    for (const struct mlint_node *child = tree->root->child; child; child = child->next)
        show(&out, child);
    mlint_buf_text(&out, tree->damaged ? "!" : "");
    mlint_buf_text(&out, tree->too_deep ? "^" : "");
    mlint_buf_text(&out, tree->too_many ? "*" : "");
    mlint_buf_text(&out, tree->notes ? "~" : "");
    text = mlint_test_print("%.*s", (int)out.len, out.ptr ? out.ptr : "");
    mlint_buf_done(&out);
    return text;
}

void mlint_test_bplist_init(struct mlint_test_bplist *list, unsigned reference_size)
{
    memset(list, 0, sizeof *list);
    list->reference_size = reference_size;
    mlint_buf_init(&list->bytes, NULL, 0);
    mlint_buf_text(&list->bytes, "bplist00");
}

size_t mlint_test_bplist_object(struct mlint_test_bplist *list, unsigned marker)
{
    if (list->count == list->cap) {
        list->cap = list->cap ? list->cap * 2 : 16;
        list->offsets =
            mlint_test_need(realloc(list->offsets, list->cap * sizeof *list->offsets));
    }
    list->offsets[list->count] = (uint32_t)list->bytes.len;
    mlint_buf_char(&list->bytes, (char)marker);
    return list->count++;
}

void mlint_test_bplist_number(struct mlint_buf *bytes, uint64_t number, unsigned size)
{
    while (size--)
        mlint_buf_char(bytes, (char)(number >> 8 * size));
}

void mlint_test_bplist_end(struct mlint_test_bplist *list, uint64_t top)
{
    uint64_t table = list->bytes.len;

    for (size_t i = 0; i < list->count; i++)
        mlint_test_bplist_number(&list->bytes, list->offsets[i], 4);
    mlint_test_bplist_number(&list->bytes, 0, 6);
    mlint_test_bplist_number(&list->bytes, 4, 1);
    mlint_test_bplist_number(&list->bytes, list->reference_size, 1);
    mlint_test_bplist_number(&list->bytes, list->count, 8);
    mlint_test_bplist_number(&list->bytes, top, 8);
    mlint_test_bplist_number(&list->bytes, table, 8);
}

void mlint_test_bplist_done(struct mlint_test_bplist *list)
{
    mlint_buf_done(&list->bytes);
    free(list->offsets);
}
