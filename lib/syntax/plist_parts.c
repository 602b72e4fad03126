/* plist_parts.c: scalars and duplicate keys, alike in every spelling of a property list. */
#include "syntax/plist_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/num.h"

static bool digits(struct mlint_str s, unsigned base, uint64_t *out)
{
    uint64_t value = 0;

    for (size_t i = 0; i < s.len; i++) {
        int digit = mlint_hex_digit(s.ptr[i]);
        if (digit < 0 || (unsigned)digit >= base)
            return false;
        if (value > (UINT64_MAX - (unsigned)digit) / base)
            return false;
        value = value * base + (unsigned)digit;
    }
    *out = value;
    return s.len > 0;
}

bool mlint_plist_integer(struct mlint_str text, struct mlint_node *node)
{
    struct mlint_str s = mlint_str_trim(text);
    bool negative = s.len && s.ptr[0] == '-';
    unsigned base = 10;
    uint64_t value;

    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
        s = mlint_str_sub(s, 1, s.len);
    if (mlint_str_starts_nocase(s, MLINT_STR("0x"))) {
        base = 16;
        s = mlint_str_sub(s, 2, s.len);
    }
    if (!digits(s, base, &value) || (negative && value > (uint64_t)INT64_MAX + 1))
        return false;
    if (negative) {
        node->number = value > INT64_MAX ? INT64_MIN : -(int64_t)value;
        return true;
    }
    if (value > INT64_MAX)
        node->flags |= MLINT_NODE_UNSIGNED;
    node->number = value > INT64_MAX ? INT64_MAX : (int64_t)value;
    return true;
}

/* Digits of one part of a real, scaled into *value; how many there were. */
static size_t part(struct mlint_str s, size_t at, double *value, double *scale)
{
    size_t from = at;

    for (; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; at++) {
        *value = *value * 10 + (s.ptr[at] - '0');
        *scale *= 10;
    }
    return at - from;
}

static bool named_real(struct mlint_str s, double *out)
{
    static const struct {
        const char *name;
        double value;
    } names[] = { { "nan", NAN },
                  { "inf", INFINITY },
                  { "infinity", INFINITY },
                  { "+inf", INFINITY },
                  { "+infinity", INFINITY },
                  { "-inf", -INFINITY },
                  { "-infinity", -INFINITY } };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mlint_str_eq_nocase(s, mlint_str_from(names[i].name))) {
            *out = names[i].value;
            return true;
        }
    return false;
}

/* Times ten to the exponent; beyond 400 a double is 0 or infinite anyway. */
static double shift(double value, int64_t exponent)
{
    for (int64_t i = 0; i < exponent && i < 400; i++)
        value *= 10;
    for (int64_t i = 0; i > exponent && i > -400; i--)
        value /= 10;
    return value;
}

bool mlint_plist_real(struct mlint_str text, struct mlint_node *node)
{
    struct mlint_str s = mlint_str_trim(text);
    double value = 0, scale = 1, ignored = 1;
    int64_t exponent = 0;
    size_t at, whole, fraction = 0;

    if (named_real(s, &node->real))
        return true;
    at = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    whole = part(s, at, &value, &ignored);
    at += whole;
    if (at < s.len && s.ptr[at] == '.') {
        fraction = part(s, at + 1, &value, &scale);
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (at < s.len && (s.ptr[at] == 'e' || s.ptr[at] == 'E')) {
        if (!mlint_num_parse(mlint_str_sub(s, at + 1, s.len), 10, &exponent))
            return false;
        at = s.len;
    }
    value = shift(value / scale, exponent);
    node->real = s.len && s.ptr[0] == '-' ? -value : value;
    return at == s.len;
}

static int by_name(const void *a, const void *b)
{
    const struct mlint_node *x = *(const struct mlint_node *const *)a;
    const struct mlint_node *y = *(const struct mlint_node *const *)b;
    int order = mlint_str_cmp(x->name, y->name);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void note(struct mlint_tree *tree, const struct mlint_node *first,
                 const struct mlint_node *second)
{
    struct mlint_note *said =
        mlint_tree_note(tree, MLINT_NOTE_DUPLICATE_KEY, second->name_span,
                        "the key \"%.*s\" stands twice in one dictionary; the last one counts",
                        MLINT_STR_ARG(second->name));
    if (said) {
        said->node = second;
        said->related = first;
    }
}

static bool stands_before(const struct mlint_node *dict, const struct mlint_node *node)
{
    const struct mlint_node *child = dict->child;

    while (child != node && !mlint_str_eq(child->name, node->name))
        child = child->next;
    return child != node;
}

#define SMALL 64 /* keys of a dictionary whose names are compared without sorting them */

/* Of 256, by the length and three of the letters: of few names few share a place. */
static unsigned place_of(struct mlint_str name)
{
    const unsigned char *p = (const unsigned char *)name.ptr;
    size_t len = name.len;
    uint32_t marks;

    if (!len)
        return 0;
    marks = (uint32_t)len << 24 | (uint32_t)p[0] << 16 | (uint32_t)p[len / 2] << 8 | p[len - 1];
    return marks * 0x9E3779B1u >> 24;
}

/* Whether a key may stand twice: not in a small dictionary whose names differ. */
static bool may_repeat(const struct mlint_node *dict)
{
    uint64_t seen[4] = { 0 };
    unsigned count = 0;

    for (const struct mlint_node *child = dict->child; child; child = child->next) {
        unsigned place = place_of(child->name);
        uint64_t *word = &seen[place / 64], bit = UINT64_C(1) << (place & 63);

        if (++count > SMALL || ((*word & bit) && stands_before(dict, child)))
            return true;
        *word |= bit;
    }
    return false;
}

void mlint_plist_note_duplicates(struct mlint_tree *tree, const struct mlint_node *dict)
{
    const struct mlint_node *few[SMALL], **list = few;
    size_t n = 0, i = 0;

    if (!may_repeat(dict))
        return;
    for (const struct mlint_node *child = dict->child; child; child = child->next)
        n++;
    if (n > SMALL)
        list = mlint_arena_array(tree->arena, const struct mlint_node *, n);
    if (!list || n < 2)
        return;
    for (const struct mlint_node *child = dict->child; child; child = child->next)
        list[i++] = child;
    qsort(list, n, sizeof *list, by_name);
    for (i = 1; i < n; i++)
        if (mlint_str_eq(list[i - 1]->name, list[i]->name))
            note(tree, list[i - 1], list[i]);
}
