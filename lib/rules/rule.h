/* rule.h: what a rule is, and how it speaks.
 *
 * A rule is one file here, one name in meson.build, one folder of testdata/rules. It sees one
 * const account, gives one verdict, and reports on fields; no state, no I/O, no clock. */
#ifndef MLINT_RULES_RULE_H
#define MLINT_RULES_RULE_H

#include "model/model.h"
#include "providers/provider.h"

enum mlint_scope {
    MLINT_SCOPE_ACCOUNT, /* one account at a time */
    MLINT_SCOPE_RUN,     /* needs the mailboxes of the whole run */
    MLINT_SCOPE_READER,  /* about the file: raised by readers' notes */
};

struct mlint_judging; /* one rule at one account; see below */

struct mlint_rule {
    const char *id;
    enum mlint_level level;
    enum mlint_scope scope;
    const char *brief;                     /* one line: what is asked */
    const char *why;                       /* a paragraph */
    const char *steps[MLINT_CLIENT_COUNT]; /* what to do in each client; [NONE] elsewhere */
    const char *source;                    /* where it is documented */
    enum mlint_note_kind note;             /* SCOPE_READER: the notes it stands for */
    enum mlint_verdict_kind (*check)(struct mlint_judging *judging);
    const void *own; /* of rules that settings and hosts add: what their check works with */
};

struct mlint_judging {
    const struct mlint_rule *rule;
    enum mlint_level level; /* of the rule under these settings */
    const struct mlint_config *config;
    const struct mlint_account *account;
    const struct mlint_provider *provider;
    struct mlint_result *result;
    struct mlint_arena *arena;
    enum mlint_verdict_kind worst; /* of what was said so far */
    const char *worst_reason;      /* or NULL */
    struct mlint_finding *finding; /* newest, for mlint_suggest and mlint_hint */
    uint32_t own_logins;           /* a bit for each side; see mlint_has_own_login */
};

/* Sorted by id; NULL-ended; reader rules included. */
extern const struct mlint_rule *const mlint_rules[];

/* The rule fails at a field: a finding is added at the rule's level, verdict FAIL. */
enum mlint_verdict_kind mlint_fail(struct mlint_judging *judging, unsigned side,
                                   enum mlint_field_id field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The newest finding stands there instead of where its field does. */
void mlint_point_at(struct mlint_judging *judging, const struct mlint_node *node);
/* Something worth saying at a lower level; the verdict stays. */
void mlint_remark(struct mlint_judging *judging, unsigned side, enum mlint_field_id field,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
/* What to do, for the newest finding (default: the rule's step for the account's client). */
void mlint_hint(struct mlint_judging *judging, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Write this instead: a change in model words for the newest finding. */
void mlint_suggest(struct mlint_judging *judging, struct mlint_str value, bool safe);
/* Verdicts of a side; the worst one said is the account's. */
static inline enum mlint_verdict_kind mlint_pass(struct mlint_judging *judging)
{
    if (judging->worst < MLINT_PASS) {
        judging->worst = MLINT_PASS;
        judging->worst_reason = NULL;
    }
    return MLINT_PASS;
}
enum mlint_verdict_kind mlint_not_applicable(struct mlint_judging *judging, const char *reason);
enum mlint_verdict_kind mlint_unknown(struct mlint_judging *judging, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for a reason that lives as long as the result does, such as a field's comment. */
enum mlint_verdict_kind mlint_unknown_because(struct mlint_judging *judging,
                                              const char *reason);

/* ---- What rules ask of an account ---- */

static inline const struct mlint_field *mlint_field_at(const struct mlint_judging *judging,
                                                       unsigned side, enum mlint_field_id id)
{
    return mlint_field_in(judging->account, side, id);
}
static inline unsigned mlint_sides(const struct mlint_judging *judging)
{
    return 1 + (unsigned)judging->account->outgoing_count;
}
/* Whether a login name of its own is used on that side (settled 3): false without
 * authentication, and where the outgoing server takes the incoming name. */
static inline bool mlint_has_own_login(const struct mlint_judging *judging, unsigned side)
{
    return judging->own_logins >> side & 1;
}
/* Say why a field is unknown: that its template was not filled in, its own comment, or the
 * reason. */
void mlint_say_unknown(struct mlint_judging *judging, const struct mlint_field *field,
                       const char *reason);
/* The same where it holds no value; true if so. A template that was never filled in is unknown
 * too. */
static inline bool mlint_is_unknown(struct mlint_judging *judging,
                                    const struct mlint_field *field, const char *reason)
{
    if (mlint_field_has(field) && field->token != MLINT_TOKEN_TEMPLATE)
        return false;
    mlint_say_unknown(judging, field, reason);
    return true;
}
/* " (the client's default)" for a value that is not written, else "". */
const char *mlint_by_default(const struct mlint_field *field);
bool mlint_auth_is(const struct mlint_judging *judging, unsigned side, enum mlint_auth auth);
/* Equal addresses or hosts, letters folded by Unicode. */
bool mlint_same_folded(struct mlint_arena *arena, struct mlint_str a, struct mlint_str b);
/* local@domain.tld, and nothing else in it. */
bool mlint_is_full_address(const struct mlint_field *field);
/* A host name or address of this very computer. */
bool mlint_is_loopback(struct mlint_str host);
/* A host without blanks around it and the dot that ends an absolute name. */
struct mlint_str mlint_plain_host(struct mlint_str host);

/* Every rule of account and reader scope over every live account; then sorts the findings. */
void mlint_rules_run(struct mlint_result *result);

/* Text of a field, cleaned for messages ("Jane@Example.com"). */
const char *mlint_show(struct mlint_judging *judging, const struct mlint_field *field);
/* The login name of a side: its own, or the incoming one where it is the same. */
const struct mlint_field *mlint_login_of(const struct mlint_account *account, unsigned side);
/* "incoming", "outgoing". */
const char *mlint_side_name(unsigned side);

#endif
