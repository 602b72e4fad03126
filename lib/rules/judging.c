/* judging.c: how a rule speaks: verdicts, findings, hints, suggested changes. */
#include "rules/rule.h"

#include "base/format.h"
#include "base/utf8.h"

#define LONGEST_TEXT 1023

static const char *format_text(struct mlint_arena *arena, const char *format, va_list args)
{
    char text[LONGEST_TEXT + 1];
    int len = mlint_format(text, sizeof(text), format, args);

    if (len > LONGEST_TEXT)
        len = LONGEST_TEXT;
    return mlint_arena_copy(arena, mlint_str_make(text, len > 0 ? (size_t)len : 0)).ptr;
}

static enum mlint_verdict_kind say(struct mlint_judging *judging, enum mlint_verdict_kind kind,
                                   const char *reason)
{
    if (kind > judging->worst || (kind == judging->worst && !judging->worst_reason)) {
        judging->worst = kind;
        judging->worst_reason = kind == MLINT_FAIL ? NULL : reason;
    }
    return kind;
}

static void add_finding(struct mlint_judging *judging, enum mlint_level level, unsigned side,
                        enum mlint_field_id field)
{
    struct mlint_finding *finding = mlint_result_add_finding(judging->result, judging->rule);

    judging->finding = finding;
    if (!finding)
        return;
    finding->level = level;
    finding->account = judging->account;
    finding->side = (uint8_t)side;
    finding->field = (int8_t)field;
}

enum mlint_verdict_kind mlint_fail(struct mlint_judging *judging, unsigned side,
                                   enum mlint_field_id field, const char *format, ...)
{
    va_list args;

    add_finding(judging, judging->level, side, field);
    va_start(args, format);
    if (judging->finding)
        judging->finding->message = format_text(judging->arena, format, args);
    va_end(args);
    return say(judging, MLINT_FAIL, NULL);
}

void mlint_point_at(struct mlint_judging *judging, const struct mlint_node *node)
{
    if (judging->finding)
        judging->finding->place.node = node;
}

void mlint_remark(struct mlint_judging *judging, unsigned side, enum mlint_field_id field,
                  const char *format, ...)
{
    va_list args;

    add_finding(judging, judging->level < MLINT_NOTE ? judging->level : MLINT_NOTE, side,
                field);
    va_start(args, format);
    if (judging->finding)
        judging->finding->message = format_text(judging->arena, format, args);
    va_end(args);
}

void mlint_hint(struct mlint_judging *judging, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (judging->finding)
        judging->finding->hint = format_text(judging->arena, format, args);
    va_end(args);
}

void mlint_suggest(struct mlint_judging *judging, struct mlint_str value, bool safe)
{
    if (judging->finding)
        judging->finding->change =
            (struct mlint_change){ .set = true, .safe = safe, .text = value };
}

enum mlint_verdict_kind mlint_not_applicable(struct mlint_judging *judging, const char *reason)
{
    return say(judging, MLINT_NOT_APPLICABLE, reason);
}

/* Whether a reason for `unknown` would be the account's: the first one that is given is. */
static bool lacks_reason(const struct mlint_judging *judging)
{
    return judging->worst < MLINT_UNKNOWN ||
           (judging->worst == MLINT_UNKNOWN && !judging->worst_reason);
}

enum mlint_verdict_kind mlint_unknown(struct mlint_judging *judging, const char *format, ...)
{
    va_list args;
    const char *reason = NULL;

    if (lacks_reason(judging)) {
        va_start(args, format);
        reason = strchr(format, '%') ? format_text(judging->arena, format, args) : format;
        va_end(args);
    }
    return say(judging, MLINT_UNKNOWN, reason);
}

enum mlint_verdict_kind mlint_unknown_because(struct mlint_judging *judging, const char *reason)
{
    if (reason && lacks_reason(judging) && strlen(reason) > LONGEST_TEXT)
        reason = mlint_arena_copy(judging->arena, mlint_str_make(reason, LONGEST_TEXT)).ptr;
    return say(judging, MLINT_UNKNOWN, reason);
}

const char *mlint_show(struct mlint_judging *judging, const struct mlint_field *field)
{
    struct mlint_str text = field->text;

    if (text.len > 200)
        text.len = 200;
    return mlint_utf8_clean(judging->arena, text).ptr;
}

const char *mlint_side_name(unsigned side)
{
    return side ? "outgoing" : "incoming";
}

const char *mlint_by_default(const struct mlint_field *field)
{
    return field->presence == MLINT_CLIENT_DEFAULT ? " (the client's default)" : "";
}

bool mlint_auth_is(const struct mlint_judging *judging, unsigned side, enum mlint_auth auth)
{
    const struct mlint_field *field = mlint_field_at(judging, side, MLINT_FIELD_AUTH);

    return mlint_field_has(field) && field->number == (int64_t)auth;
}

const struct mlint_field *mlint_login_of(const struct mlint_account *account, unsigned side)
{
    const struct mlint_field *same =
        mlint_field_in(account, side, MLINT_FIELD_SAME_AS_INCOMING);

    if (side && mlint_field_has(same) && same->number)
        side = MLINT_INCOMING;
    return mlint_field_in(account, side, MLINT_FIELD_USERNAME);
}

void mlint_say_unknown(struct mlint_judging *judging, const struct mlint_field *field,
                       const char *reason)
{
    if (field->token == MLINT_TOKEN_TEMPLATE)
        reason = "template not filled in";
    else if (field->comment)
        reason = field->comment;
    mlint_unknown_because(judging, reason);
}
