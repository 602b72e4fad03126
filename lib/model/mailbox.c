/* mailbox.c: which mailbox an account uses, and what follows when others use it too. The one
 * place that knows, whether the others stand in the same file, the same run or another run. */
#include "model/mailbox.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "model/provider.h"

static const char *const rule_ids[MLINT_CROSS_COUNT] = {
    [MLINT_CROSS_POP_SESSION] = "single-pop-session",
    [MLINT_CROSS_LEAVE_ON_SERVER] = "leave-on-server",
};

const char *mlint_cross_rule_id(enum mlint_cross_rule rule)
{
    return rule_ids[rule];
}

enum mlint_cross_rule mlint_cross_rule_named(const char *id)
{
    unsigned rule = 0;

    /* Asked of every verdict of a POP account: others differ in the first two letters. */
    while (rule < MLINT_CROSS_COUNT &&
           (rule_ids[rule][0] != id[0] || rule_ids[rule][1] != id[1] ||
            strcmp(rule_ids[rule], id) != 0))
        rule++;
    return (enum mlint_cross_rule)rule;
}

/* A text that names something: there, and no placeholder. */
static bool is_name(const struct mlint_field *field)
{
    return mlint_field_has(field) && field->token == MLINT_TOKEN_NONE &&
           mlint_str_trim(field->text).len > 0;
}

/* Most are of small letters anyway. */
static struct mlint_str fold(struct mlint_arena *arena, const struct mlint_field *field)
{
    if (field->shape != MLINT_SHAPE_ANY)
        return field->text;
    return mlint_utf8_lower(arena, mlint_str_trim(field->text));
}

/* A trailing dot says "absolute" and names the same host (RFC 1034 3.1). */
static struct mlint_str fold_host(struct mlint_arena *arena, const struct mlint_field *field)
{
    struct mlint_str host = fold(arena, field);

    if (host.len > 1 && host.ptr[host.len - 1] == '.')
        host.len--;
    return host;
}

static bool says(const struct mlint_field *field, int64_t number)
{
    return mlint_field_has(field) && field->number == number;
}

static enum mlint_polling polling_at_intervals(const struct mlint_field *incoming)
{
    const struct mlint_field *enabled = &incoming[MLINT_FIELD_CHECK_ENABLED];
    const struct mlint_field *interval = &incoming[MLINT_FIELD_INTERVAL];

    if (says(enabled, 0) || (mlint_field_has(interval) && interval->number <= 0))
        return MLINT_POLLS_NEVER;
    return enabled->computed ? MLINT_POLLS_PERHAPS : MLINT_POLLS;
}

enum mlint_polling mlint_account_polling(const struct mlint_account *account)
{
    const struct mlint_field *at_start = &account->incoming.field[MLINT_FIELD_CHECK_AT_START];
    enum mlint_polling polling = polling_at_intervals(account->incoming.field);

    if (says(&account->online, 0))
        return MLINT_POLLS_NEVER;
    if (says(at_start, 1))
        return MLINT_POLLS;
    return polling == MLINT_POLLS_NEVER && at_start->computed ? MLINT_POLLS_PERHAPS : polling;
}

/* Where the provider lets several clients poll, nobody's polling disturbs. */
static uint8_t habits(const struct mlint_account *account)
{
    const struct mlint_field *incoming = account->incoming.field;
    bool disturbs = !account->provider || !account->provider->many_pop_sessions;
    const struct mlint_field *leave = &incoming[MLINT_FIELD_LEAVE_ON_SERVER];
    uint8_t flags = 0;

    if (says(&incoming[MLINT_FIELD_PROTOCOL], MLINT_PROTOCOL_POP3))
        flags |= MLINT_MAILBOX_POP;
    if (disturbs && mlint_account_polling(account) == MLINT_POLLS)
        flags |= MLINT_MAILBOX_POLLS;
    if (mlint_field_has(leave))
        flags |= leave->number ? MLINT_MAILBOX_KEEPS : MLINT_MAILBOX_DELETES;
    return flags;
}

static bool comparable(const struct mlint_config *config, const struct mlint_account *account)
{
    const struct mlint_field *incoming = account->incoming.field;
    unsigned never = MLINT_ACCOUNT_TEMPLATE | MLINT_ACCOUNT_FILE_ONLY | MLINT_ACCOUNT_OTHER |
                     MLINT_ACCOUNT_LOGIN_ONLY;

    if (!config->include_disabled)
        never |= MLINT_ACCOUNT_NOT_LIVE;
    if ((account->flags & never) || !is_name(&incoming[MLINT_FIELD_USERNAME]) ||
        incoming[MLINT_FIELD_HOST].token == MLINT_TOKEN_TEMPLATE)
        return false;
    return says(&incoming[MLINT_FIELD_PROTOCOL], MLINT_PROTOCOL_POP3) ||
           says(&incoming[MLINT_FIELD_PROTOCOL], MLINT_PROTOCOL_IMAP);
}

static bool knows_provider(const struct mlint_account *account)
{
    return account->provider && !account->provider->generic;
}

bool mlint_mailbox_begin(const struct mlint_config *config, const struct mlint_account *account,
                         struct mlint_mailbox *out)
{
    if (account->flags & MLINT_ACCOUNT_TOLD) {
        if (account->told)
            *out = account->told->mailbox;
        return account->told != NULL;
    }
    if (!comparable(config, account) ||
        (!knows_provider(account) && !is_name(&account->incoming.field[MLINT_FIELD_HOST])))
        return false;
    *out = (struct mlint_mailbox){
        .file = account->file,
        .account = account->index,
        .flags = habits(account),
        .client = (uint8_t)account->client,
    };
    for (unsigned rule = 0; account->config && rule < MLINT_CROSS_COUNT; rule++)
        out->level[rule] =
            (uint8_t)(1 + mlint_config_level(account->config, mlint_cross_rule_id(rule)));
    return true;
}

void mlint_mailbox_name(struct mlint_arena *arena, const struct mlint_config *config,
                        const struct mlint_account *account, struct mlint_mailbox *mailbox,
                        struct mlint_mailbox_words *words)
{
    const struct mlint_field *incoming = account->incoming.field;
    struct mlint_str main;

    if (account->flags & MLINT_ACCOUNT_TOLD) {
        *words = account->told->words;
        return;
    }
    words->server = knows_provider(account) ? account->provider->id
                                            : fold_host(arena, &incoming[MLINT_FIELD_HOST]);
    words->login = fold(arena, &incoming[MLINT_FIELD_USERNAME]);
    main = mlint_config_main_of(config, words->login);
    if (main.ptr)
        words->login = main;
    if (account->installation.len)
        mailbox->installation = mlint_hash(2, account->installation) | 1;
    mlint_mailbox_digest(mailbox, words);
}

bool mlint_mailbox_of(struct mlint_arena *arena, const struct mlint_config *config,
                      const struct mlint_account *account, struct mlint_mailbox *out,
                      struct mlint_mailbox_words *words)
{
    if (account->named && account->named->config == config) {
        *out = account->named->mailbox;
        *words = account->named->words;
        return true;
    }
    if (!mlint_mailbox_begin(config, account, out))
        return false;
    mlint_mailbox_name(arena, config, account, out, words);
    return true;
}

void mlint_mailbox_locate(const struct mlint_result *result,
                          const struct mlint_account *account, enum mlint_field_id field,
                          bool line_only, struct mlint_location *out)
{
    const struct mlint_field *found = &account->incoming.field[field];

    if (account->told) {
        *out = field == MLINT_FIELD_USERNAME ? account->told->username
                                             : account->told->leave_on_server;
        return;
    }
    if (!line_only) {
        mlint_field_locate(result, found, out);
        return;
    }
    mlint_field_find_line(result, found, out);
    if (!out->line)
        out->path = mlint_field_path(result, found);
}

void mlint_mailbox_digest(struct mlint_mailbox *mailbox,
                          const struct mlint_mailbox_words *words)
{
    mlint_hash_pair(words->server, words->login, mailbox->digest);
}

bool mlint_mailbox_concerns(enum mlint_cross_rule rule, const struct mlint_mailbox *mailbox)
{
    unsigned wanted = MLINT_MAILBOX_POP;

    if (rule == MLINT_CROSS_POP_SESSION)
        wanted |= MLINT_MAILBOX_POLLS;
    return (mailbox->flags & wanted) == wanted;
}

bool mlint_mailbox_minds(enum mlint_cross_rule rule, const struct mlint_mailbox *mailbox)
{
    return mlint_mailbox_concerns(rule, mailbox) &&
           (rule == MLINT_CROSS_POP_SESSION || !(mailbox->flags & MLINT_MAILBOX_KEEPS));
}

bool mlint_mailbox_can_fail(enum mlint_cross_rule rule, const struct mlint_mailbox *mailbox)
{
    return mlint_mailbox_minds(rule, mailbox) &&
           (rule == MLINT_CROSS_POP_SESSION || (mailbox->flags & MLINT_MAILBOX_DELETES));
}

bool mlint_mailbox_counts(enum mlint_cross_rule rule, const struct mlint_mailbox *self,
                          const struct mlint_mailbox *other)
{
    if (self == other || !mlint_mailbox_same(self, other))
        return false;
    if (self->installation && self->installation == other->installation)
        return false;
    return rule == MLINT_CROSS_LEAVE_ON_SERVER || mlint_mailbox_concerns(rule, other);
}

static const char *account_word(size_t count)
{
    return count == 1 ? "account" : "accounts";
}

static void judge_session(struct mlint_arena *arena, const char *name, size_t others,
                          struct mlint_cross_judgement *out)
{
    out->field = MLINT_FIELD_USERNAME;
    out->kind = others ? MLINT_FAIL : MLINT_PASS;
    if (others)
        out->message = mlint_arena_printf(
            arena,
            "mailbox \"%s\" is polled by POP from %zu other %s too; it allows one session "
            "at a time",
            name, others, account_word(others));
}

static void judge_leaving(struct mlint_arena *arena, const struct mlint_mailbox *self,
                          const char *name, size_t others, struct mlint_cross_judgement *out)
{
    out->field = MLINT_FIELD_LEAVE_ON_SERVER;
    if (!others || (self->flags & MLINT_MAILBOX_KEEPS)) {
        out->kind = MLINT_PASS;
    } else if (self->flags & MLINT_MAILBOX_DELETES) {
        out->kind = MLINT_FAIL;
        out->message = mlint_arena_printf(
            arena, "mail is deleted from the server at once, while %zu other %s \"%s\"", others,
            others == 1 ? "account uses" : "accounts use", name);
    } else {
        out->kind = MLINT_UNKNOWN;
        out->reason = mlint_arena_printf(
            arena,
            "%zu other %s \"%s\", and the file does not say whether this one leaves mail "
            "on the server",
            others, others == 1 ? "account uses" : "accounts use", name);
    }
}

void mlint_mailbox_judge(struct mlint_arena *arena, enum mlint_cross_rule rule,
                         const struct mlint_mailbox *self,
                         const struct mlint_mailbox_words *words, size_t others,
                         struct mlint_cross_judgement *out)
{
    const char *name = others ? mlint_utf8_clean(arena, words->login).ptr : NULL;

    *out = (struct mlint_cross_judgement){ .kind = MLINT_PASS };
    if (rule == MLINT_CROSS_POP_SESSION)
        judge_session(arena, name, others, out);
    else
        judge_leaving(arena, self, name, others, out);
}
