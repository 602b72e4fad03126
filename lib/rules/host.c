/* host.c: rules that a host gives through the public header. Between the host's function, which
 * sees public getters only, and the engine, which sees one more rule. */
#include "base/utf8.h"
#include "rules/custom.h"

/* What the check of such a rule works with. */
struct hosted {
    void (*check)(void *user, struct mlint_judging *judging,
                  const struct mlint_account *account);
    void *user;
};

static enum mlint_verdict_kind check(struct mlint_judging *judging)
{
    const struct hosted *own = judging->rule->own;

    own->check(own->user, judging, judging->account);
    return judging->worst;
}

void mlint_judging_fail(struct mlint_judging *judging, unsigned side, enum mlint_field_id field,
                        const char *message, const char *hint)
{
    struct mlint_str text = mlint_str_from(message ? message : judging->rule->brief);

    if ((unsigned)field >= MLINT_FIELD_COUNT || side >= mlint_sides(judging)) {
        side = MLINT_INCOMING;
        field = MLINT_FIELD_NAME;
    }
    mlint_fail(judging, side, field, "%s", mlint_utf8_clean(judging->arena, text).ptr);
    if (hint)
        mlint_hint(judging, "%s", mlint_utf8_clean(judging->arena, mlint_str_from(hint)).ptr);
}

void mlint_judging_pass(struct mlint_judging *judging)
{
    mlint_pass(judging);
}

/* The host's text may be gone when it is read. */
static const char *keep_reason(struct mlint_judging *judging, const char *reason)
{
    return reason ? mlint_utf8_clean(judging->arena, mlint_str_from(reason)).ptr : NULL;
}

void mlint_judging_unknown(struct mlint_judging *judging, const char *reason)
{
    mlint_unknown(judging, "%s",
                  reason ? keep_reason(judging, reason) : "the rule cannot tell");
}

void mlint_judging_not_applicable(struct mlint_judging *judging, const char *reason)
{
    mlint_not_applicable(judging, keep_reason(judging, reason));
}

static const char *keep(struct mlint_arena *arena, const char *text, const char *instead)
{
    return mlint_utf8_clean(arena, mlint_str_from(text && *text ? text : instead)).ptr;
}

enum mlint_status mlint_host_rule_make(struct mlint_arena *arena,
                                       const struct mlint_host_rule *host,
                                       const struct mlint_rule **out, struct mlint_error *error)
{
    struct mlint_rule *rule;
    struct hosted *own;

    if (host->struct_size < sizeof(*host) || !host->check || !host->brief ||
        host->level < MLINT_OFF || host->level > MLINT_ERROR)
        return mlint_fail_with(
            error, MLINT_E_ARGUMENT,
            "mlint_config_add_rule: a rule has a size, a level, a brief text "
            "and a check");
    if (!mlint_is_rule_id(mlint_str_from(host->id)))
        return mlint_fail_with(error, MLINT_E_ARGUMENT,
                               "mlint_config_add_rule: " MLINT_RULE_ID_TEXT);
    rule = mlint_arena_new(arena, struct mlint_rule);
    own = mlint_arena_new(arena, struct hosted);
    if (!rule || !own)
        return mlint_fail_with(error, MLINT_E_NO_MEMORY, "out of memory");
    *own = (struct hosted){ .check = host->check, .user = host->user };
    *rule = (struct mlint_rule){
        .id = keep(arena, host->id, ""),
        .level = host->level,
        .scope = MLINT_SCOPE_ACCOUNT,
        .brief = keep(arena, host->brief, ""),
        .why = keep(arena, host->why, host->brief),
        .source = keep(arena, host->source, "the program that uses this library"),
        .check = check,
        .own = own,
    };
    if (host->step)
        rule->steps[MLINT_CLIENT_NONE] = keep(arena, host->step, "");
    *out = rule;
    return MLINT_OK;
}
