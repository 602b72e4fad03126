/* outlook_prf_secrets.c: values of a .prf that are passwords by their mapping alone
 * ("Kennwort=PT_UNICODE,0x0102"). Nothing quotes them, whether an account has them or not. */
#include "formats/outlook_prf.h"

#define NAMES 16 /* that are told apart; with more of them every value may be a password */

struct names {
    struct mlint_str name[NAMES];
    size_t count;
};

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

/* The id in "PT_LONG,0x0102", which becomes the line's subtype, or in "0x0102": a line that has
 * no type maps nothing, and says all the same what its name is for. */
static inline unsigned find_id(struct mlint_node *line)
{
    char first = line->value.len ? line->value.ptr[0] : '\0';

    if ((first | 0x20) == 'p')
        return line->subtype = (uint16_t)mlint_prf_id_of(line->value);
    return mlint_prf_is_hex(line->value) ? mlint_prf_bare_id(line->value) : 0;
}

static inline bool maps_password(struct mlint_node *line)
{
    unsigned id = find_id(line);

    return id && mlint_prf_is_password(mlint_prf_property_of(id));
}

/* Find the ids of a section's lines, and the names that it maps to a password. */
static void map_lines(const struct mlint_node *section, struct names *names)
{
    for (struct mlint_node *line = section->child; line; line = line->next) {
        if (!maps_password(line) || is_among(names, line->name))
            continue;
        if (names->count < NAMES)
            names->name[names->count] = line->name;
        names->count++;
    }
}

static void hide_lines(struct mlint_reading *reading, const struct mlint_node *section,
                       const struct names *names)
{
    for (struct mlint_node *line = section->child; line; line = line->next) {
        if (!line->value.len || maps_password(line) ||
            (!is_among(names, line->name) &&
             !(reading->everything && is_loose_word(line->name))))
            continue;
        reading->arena->secret = true;
        mlint_source_hide(reading->tree->source, reading->arena, line->value_span);
    }
}

void mlint_prf_hide_passwords(struct mlint_reading *reading)
{
    const struct mlint_node *sections = reading->tree->root->child, *section;
    struct names names;

    names.count = 0;
    for (section = sections; section; section = section->next)
        map_lines(section, &names);
    if (!names.count && !reading->everything)
        return;
    for (section = sections; section; section = section->next)
        hide_lines(reading, section, &names);
}
