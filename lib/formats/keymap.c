/* keymap.c: applies key tables, and the converters that every format shares. */
#include "base/num.h"
#include "formats/format.h"

static const struct mlint_node *child_named(const struct mlint_node *node, const char *name,
                                            bool nocase)
{
    return nocase ? mlint_node_get_nocase(node, name) : mlint_node_get(node, name);
}

unsigned mlint_keymap_apply(struct mlint_reading *reading, const struct mlint_key *rows,
                            size_t count, const struct mlint_node *node,
                            struct mlint_account *account, bool nocase)
{
    unsigned applied = 0;

    for (size_t i = 0; i < count; i++) {
        const struct mlint_node *value = child_named(node, rows[i].name, nocase);
        struct mlint_field *field;
        if (!value || (value->flags & MLINT_NODE_DELETED))
            continue;
        field =
            mlint_account_field_of(account, rows[i].side, (enum mlint_field_id)rows[i].field);
        if (!field)
            continue;
        if (rows[i].converter->read(reading, value, field)) {
            field->converter = rows[i].converter;
            applied++;
        } else {
            mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, value,
                               "the value of \"%s\" is not one that the client knows",
                               rows[i].name);
        }
    }
    return applied;
}

static bool read_text(struct mlint_reading *reading, const struct mlint_node *node,
                      struct mlint_field *field)
{
    (void)reading;
    if (node->type != MLINT_NODE_STRING)
        return false;
    mlint_field_set_text(field, MLINT_WRITTEN, node, node->value);
    return true;
}

static const char *write_text(struct mlint_arena *arena, const struct mlint_node *node,
                              struct mlint_str value)
{
    (void)node;
    return mlint_arena_copy(arena, value).ptr;
}

static bool read_number(struct mlint_reading *reading, const struct mlint_node *node,
                        struct mlint_field *field)
{
    int64_t number = node->number;

    (void)reading;
    if (node->type == MLINT_NODE_STRING) {
        if (!mlint_num_parse(mlint_str_trim(node->value), 10, &number))
            return false;
    } else if (node->type != MLINT_NODE_INTEGER) {
        return false;
    }
    mlint_field_set_number(field, MLINT_WRITTEN, node, number);
    return true;
}

static bool flag_of(struct mlint_str word, int64_t *out)
{
    static const struct {
        struct mlint_str word;
        int64_t value;
    } words[] = {
        { MLINT_STR_INIT("1"), 1 },    { MLINT_STR_INIT("0"), 0 },
        { MLINT_STR_INIT("yes"), 1 },  { MLINT_STR_INIT("no"), 0 },
        { MLINT_STR_INIT("true"), 1 }, { MLINT_STR_INIT("false"), 0 },
        { MLINT_STR_INIT("on"), 1 },   { MLINT_STR_INIT("off"), 0 },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (mlint_str_eq_nocase(word, words[i].word)) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

bool mlint_reading_number(struct mlint_str text, int64_t *out)
{
    bool hex;

    text = mlint_str_trim(text);
    hex = mlint_str_starts_nocase(text, MLINT_STR("0x"));
    if (mlint_num_parse(mlint_str_sub(text, hex ? 2 : 0, text.len), hex ? 16 : 10, out))
        return !hex || (text.ptr[2] != '-' && text.ptr[2] != '+');
    return flag_of(text, out);
}

static bool read_flag(struct mlint_reading *reading, const struct mlint_node *node,
                      struct mlint_field *field)
{
    int64_t number = node->number != 0;

    (void)reading;
    if (node->type == MLINT_NODE_STRING) {
        if (!flag_of(mlint_str_trim(node->value), &number))
            return false;
    } else if (node->type != MLINT_NODE_INTEGER && node->type != MLINT_NODE_BOOLEAN) {
        return false;
    }
    mlint_field_set_number(field, MLINT_WRITTEN, node, number);
    return true;
}

const struct mlint_converter mlint_conv_text = { "text", read_text, write_text };
const struct mlint_converter mlint_conv_number = { "number", read_number, write_text };
const struct mlint_converter mlint_conv_flag = { "flag", read_flag, NULL };
