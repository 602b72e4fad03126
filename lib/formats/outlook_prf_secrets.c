/* outlook_prf_secrets.c: values of a .prf that are passwords by their mapping alone
 * ("Kennwort=PT_UNICODE,0x0102"). Nothing quotes them, whether an account has them or not. */
#include "formats/outlook_prf.h"

#define NAMES 16 /* that are told apart; with more of them every value may be a password */

struct names {
    struct mlint_str name[NAMES];
    size_t count;
};

static struct mlint_node *first_line(const struct mlint_tree *tree)
{
    struct mlint_node *section = tree->root->child;

    while (section && !section->child)
        section = section->next;
    return section ? section->child : NULL;
}

static struct mlint_node *next_line(const struct mlint_node *line)
{
    struct mlint_node *section = line->parent->next;

    if (line->next)
        return line->next;
    while (section && !section->child)
        section = section->next;
    return section ? section->child : NULL;
}

/* Words that no table of Outlook's has and that people write for a password all the same.
 * Reports quote no value that nothing maps; a dump shows all that it does not know. */
static bool is_loose_word(struct mlint_str name)
{
    return mlint_str_find_nocase(name, MLINT_STR("pwd")) < name.len ||
           mlint_str_find_nocase(name, MLINT_STR("kennwort")) < name.len ||
           mlint_str_find_nocase(name, MLINT_STR("passwort")) < name.len ||
           mlint_str_eq_nocase(name, MLINT_STR("pass"));
}

static bool is_among(const struct names *names, struct mlint_str name)
{
    for (size_t i = 0; i < names->count && i < NAMES; i++) {
        if (mlint_str_eq_nocase(names->name[i], name))
            return true;
    }
    return names->count > NAMES;
}

void mlint_prf_hide_passwords(struct mlint_reading *reading)
{
    const struct mlint_tree *tree = reading->tree;
    struct mlint_node *line;
    struct names names = { .count = 0 };

    for (line = first_line(tree); line; line = next_line(line)) {
        line->subtype = (uint16_t)mlint_prf_id_of(line->value);
        if (!mlint_prf_maps_password(line) || is_among(&names, line->name))
            continue;
        if (names.count < NAMES)
            names.name[names.count] = line->name;
        names.count++;
    }
    for (line = first_line(tree); line && (names.count || reading->everything);
         line = next_line(line)) {
        if (!line->value.len || mlint_prf_maps_password(line) ||
            (!is_among(&names, line->name) &&
             !(reading->everything && is_loose_word(line->name))))
            continue;
        reading->arena->secret = true;
        mlint_source_hide(tree->source, reading->arena, line->value_span);
    }
}
