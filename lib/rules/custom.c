/* custom.c: rules of a settings file: a field, and a pattern that its value has to match.
 *
 *     [rule company-domain]
 *     field = username              or incoming.username, outgoing.host, address, ...
 *     pattern = @example\.com$      PCRE2; what must not be there is written (?!...)
 *     message = the user name is none of the company's
 *     level = warning               the default
 *     hint = ask the helpdesk for the right address
 *
 * Values that are no text are matched as reports write them (995, starttls, true). A password
 * is no field here. */
#include "rules/custom.h"

#include "base/utf8.h"
#include "model/words.h"

#define LONGEST_ID 64

/* What the check of such a rule works with. */
struct matching {
    const struct mlint_pattern *pattern;
    enum mlint_field_id field;
    bool incoming, outgoing; /* the sides it looks at; neither for the account's own fields */
    struct mlint_str message, hint;
};

const char *const mlint_custom_keys[] = {
    "field", "pattern", "message", "level", "hint", NULL
};

struct mlint_str *mlint_custom_key(struct mlint_custom *custom, const char *key)
{
    struct mlint_str *const places[] = { &custom->field, &custom->pattern, &custom->message,
                                         &custom->level, &custom->hint };

    for (size_t i = 0; mlint_custom_keys[i]; i++) {
        if (strcmp(key, mlint_custom_keys[i]) == 0)
            return places[i];
    }
    return NULL;
}

/* ---- The check ---- */

static void match(struct mlint_judging *judging, unsigned side, const struct mlint_field *field)
{
    const struct matching *own = judging->rule->own;
    char buffer[32];
    const char *text = mlint_field_text(judging->result, field, own->field, buffer);

    switch (mlint_pattern_match(own->pattern, mlint_str_from(text))) {
    case MLINT_MATCH_FOUND:
        mlint_pass(judging);
        break;
    case MLINT_MATCH_NONE:
        mlint_fail(judging, side, own->field, "%.*s%s", MLINT_STR_ARG(own->message),
                   mlint_by_default(field));
        break;
    case MLINT_MATCH_GAVE_UP:
        mlint_remark(judging, side, own->field,
                     "this rule's pattern takes too many steps on this value and was stopped");
        mlint_hint(judging, "write the pattern without repeats inside repeats, such as (a+)+");
        mlint_unknown(judging, "the rule's pattern was stopped: it takes too many steps");
        break;
    }
}

static void check_side(struct mlint_judging *judging, unsigned side)
{
    const struct matching *own = judging->rule->own;
    const struct mlint_field *field = mlint_field_at(judging, side, own->field);

    if (own->field == MLINT_FIELD_USERNAME && !mlint_has_own_login(judging, side))
        mlint_not_applicable(judging, "no login name of its own is used");
    else if (field->inherited && side)
        mlint_not_applicable(judging, NULL); /* the same value, judged once */
    else if (field->token != MLINT_TOKEN_NONE)
        mlint_unknown(judging, "a placeholder stands for the value");
    else if (own->field == MLINT_FIELD_USERNAME && mlint_field_has(field) && !field->text.len)
        mlint_unknown(judging, "no user name is stored: the client asks for it");
    else if (!mlint_is_unknown(judging, field, "the value is not in this file"))
        match(judging, side, field);
}

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    const struct matching *own = judging->rule->own;

    if (own->incoming || !own->outgoing)
        check_side(judging, MLINT_INCOMING);
    for (unsigned side = MLINT_OUTGOING; own->outgoing && side < mlint_sides(judging); side++)
        check_side(judging, side);
    return judging->worst;
}

/* ---- From words to a rule ---- */

static bool only_incoming(enum mlint_field_id id)
{
    return id == MLINT_FIELD_CHECK_ENABLED || id == MLINT_FIELD_CHECK_AT_START ||
           id == MLINT_FIELD_INTERVAL || id == MLINT_FIELD_LEAVE_ON_SERVER;
}

/* "incoming.port", "port", "name" as mlint_field_name writes them. */
static bool read_field(struct mlint_str word, struct matching *out)
{
    const struct mlint_str incoming = MLINT_STR("incoming."), outgoing = MLINT_STR("outgoing.");

    out->incoming = mlint_str_starts(word, incoming);
    out->outgoing = mlint_str_starts(word, outgoing);
    if (out->incoming || out->outgoing)
        word = mlint_str_sub(word, incoming.len, word.len);
    for (int id = 0; id < MLINT_FIELD_COUNT; id++) {
        const char *name = mlint_field_word((enum mlint_field_id)id);
        if (!mlint_str_eq(word, mlint_str_from(name)) || id == MLINT_FIELD_PASSWORD)
            continue;
        out->field = (enum mlint_field_id)id;
        if (id >= MLINT_SIDE_FIELD_COUNT)
            return !out->incoming && !out->outgoing;
        if (!out->incoming && !out->outgoing)
            out->incoming = out->outgoing = true;
        if (only_incoming(out->field))
            out->outgoing = false;
        if (out->field == MLINT_FIELD_SAME_AS_INCOMING)
            out->incoming = false;
        return out->incoming || out->outgoing;
    }
    return false;
}

static enum mlint_status wrong_field(const struct mlint_custom *custom,
                                     struct mlint_error *error)
{
    const char *words[MLINT_FIELD_COUNT];
    struct mlint_str word = custom->field;
    size_t count = 0, dot = mlint_str_rfind_char(word, '.');
    const char *near;

    for (int id = 0; id < MLINT_FIELD_COUNT; id++) {
        if (id != MLINT_FIELD_PASSWORD)
            words[count++] = mlint_field_word((enum mlint_field_id)id);
    }
    if (dot < word.len)
        word = mlint_str_sub(word, dot + 1, word.len);
    if (mlint_str_eq(word, MLINT_STR("password")))
        return mlint_fail_with(error, MLINT_E_SETTINGS,
                               "[rule %.*s]: passwords are not matched by patterns",
                               MLINT_STR_ARG(custom->id));
    near = mlint_nearest(word, words, count);
    return mlint_fail_with(
        error, MLINT_E_SETTINGS, "[rule %.*s]: no field is called \"%.*s\"%s%s%s",
        MLINT_STR_ARG(custom->id), MLINT_STR_ARG(custom->field),
        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

bool mlint_is_rule_id(struct mlint_str id)
{
    if (!id.len || id.len > LONGEST_ID || id.ptr[0] < 'a' || id.ptr[0] > 'z')
        return false;
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return true;
}

static enum mlint_status complain(const struct mlint_custom *custom, struct mlint_error *error,
                                  const char *what)
{
    return mlint_fail_with(error, MLINT_E_SETTINGS, "[rule %.*s]: %s",
                           MLINT_STR_ARG(custom->id), what);
}

static enum mlint_status check_words(const struct mlint_custom *custom, enum mlint_level *level,
                                     struct mlint_error *error)
{
    if (!mlint_is_rule_id(custom->id))
        return complain(custom, error, MLINT_RULE_ID_TEXT);
    if (!custom->field.len)
        return complain(custom, error, "\"field = ...\" is missing");
    if (!custom->pattern.len)
        return complain(custom, error, "\"pattern = ...\" is missing");
    if (!custom->message.len)
        return complain(custom, error, "\"message = ...\" is missing");
    *level = MLINT_WARNING;
    if (custom->level.ptr && !mlint_level_from(custom->level, level))
        return complain(custom, error, "a level is error, warning, note or off");
    return MLINT_OK;
}

static enum mlint_status make_pattern(const struct mlint_custom *custom,
                                      const struct mlint_allocator *allocator,
                                      struct mlint_pattern **out, struct mlint_error *error)
{
    struct mlint_error cause = { 0 };
    enum mlint_status status = mlint_pattern_new(out, NULL, allocator, custom->pattern, &cause);

    if (status == MLINT_E_SETTINGS)
        return complain(custom, error, cause.message);
    if (status != MLINT_OK)
        return mlint_fail_with(error, status, "%s", cause.message);
    if (!mlint_pattern_explodes(*out))
        return MLINT_OK;
    mlint_pattern_free(*out);
    *out = NULL;
    return complain(custom, error,
                    "the pattern takes too many steps even on a short value; write it without "
                    "repeats inside repeats, such as (a+)+");
}

static const char *keep(struct mlint_arena *arena, struct mlint_str text)
{
    return mlint_utf8_clean(arena, text).ptr;
}

static void fill(struct mlint_arena *arena, const struct mlint_custom *custom,
                 struct mlint_rule *rule, struct matching *own)
{
    own->message = mlint_str_from(keep(arena, custom->message));
    rule->id = keep(arena, custom->id);
    rule->scope = MLINT_SCOPE_ACCOUNT;
    rule->check = check;
    rule->own = own;
    rule->brief = mlint_arena_printf(arena, "%s matches the pattern of the settings.",
                                     keep(arena, custom->field));
    rule->why = mlint_arena_printf(
        arena, "A rule of your own settings: %s has to match %s. Where it does not: %s.",
        keep(arena, custom->field), keep(arena, custom->pattern), own->message.ptr);
    rule->steps[MLINT_CLIENT_NONE] =
        custom->hint.len ? keep(arena, custom->hint)
                         : "Change the value, or the rule in the settings file.";
    rule->source = mlint_arena_printf(arena, "the settings file %s",
                                      custom->origin ? custom->origin : "of this run");
}

enum mlint_status mlint_custom_rule(struct mlint_arena *arena,
                                    const struct mlint_custom *custom,
                                    const struct mlint_rule **out,
                                    struct mlint_pattern **pattern, struct mlint_error *error)
{
    struct mlint_rule *rule = mlint_arena_new(arena, struct mlint_rule);
    struct matching *own = mlint_arena_new(arena, struct matching);
    struct mlint_pattern *made = NULL;
    enum mlint_status status;

    if (!rule || !own)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    status = check_words(custom, &rule->level, error);
    if (status == MLINT_OK && !read_field(custom->field, own))
        status = wrong_field(custom, error);
    if (status == MLINT_OK)
        status = make_pattern(custom, arena->allocator, &made, error);
    if (status != MLINT_OK)
        return status;
    own->pattern = made;
    fill(arena, custom, rule, own);
    *out = rule;
    *pattern = made;
    return MLINT_OK;
}
