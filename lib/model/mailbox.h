/* mailbox.h: what of an account the rules across files need, in 48 bytes, and how two of them
 * compare. Rules use it inside one result, reports for the whole run, merge for many runs. */
#ifndef MLINT_MODEL_MAILBOX_H
#define MLINT_MODEL_MAILBOX_H

#include "model/config.h"
#include "model/model.h"

/* The rules that only all mailboxes together can judge. */
enum mlint_cross_rule {
    MLINT_CROSS_POP_SESSION,     /* single-pop-session */
    MLINT_CROSS_LEAVE_ON_SERVER, /* leave-on-server */
    MLINT_CROSS_COUNT
};

enum {
    MLINT_MAILBOX_POP = 1,
    MLINT_MAILBOX_POLLS = 2,   /* nothing says that it does not, or may beside others */
    MLINT_MAILBOX_KEEPS = 4,   /* leaves mail on the server */
    MLINT_MAILBOX_DELETES = 8, /* at once */
};

struct mlint_mailbox {
    uint64_t digest[2];     /* of the mailbox: server and login name */
    uint64_t installation;  /* digest; 0: an installation of its own (settled 13) */
    uint64_t text;          /* where a run keeps its words; nothing in a result */
    uint32_t file, account; /* numbers, in the result or the run */
    uint8_t flags, client;
    uint8_t level[MLINT_CROSS_COUNT]; /* one more than its own for each rule; 0: the run's */
};

/* The words behind a mailbox, in the arena. */
struct mlint_mailbox_words {
    struct mlint_str server; /* the provider's id, else the incoming host, folded */
    struct mlint_str login;  /* folded, aliases resolved */
};

/* Both, by the aliases of a config, kept with the account for whoever asks next. */
struct mlint_named_mailbox {
    const struct mlint_config *config;
    struct mlint_mailbox mailbox;
    struct mlint_mailbox_words words;
};

/* What a stream says of an account's mailbox. */
struct mlint_told_mailbox {
    struct mlint_mailbox mailbox;
    struct mlint_mailbox_words words;
    struct mlint_location username, leave_on_server;
};

enum mlint_polling {
    MLINT_POLLS_NEVER,
    MLINT_POLLS_PERHAPS, /* a program decides when the client starts */
    MLINT_POLLS,         /* nothing says that it does not */
};

/* Whether an account looks for mail by itself: at intervals, or whenever the client starts. */
enum mlint_polling mlint_account_polling(const struct mlint_account *account);
/* The mailbox that a POP or IMAP account uses. false: it has none that can be compared
 * (template, stored login, not live, no server, no login name, another protocol): its verdicts
 * are what the file shows. */
bool mlint_mailbox_of(struct mlint_arena *arena, const struct mlint_config *config,
                      const struct mlint_account *account, struct mlint_mailbox *out,
                      struct mlint_mailbox_words *words);
/* The same in two steps: whether it has one, and what can be said without words; then the words
 * and digests, which only a comparison needs. */
bool mlint_mailbox_begin(const struct mlint_config *config, const struct mlint_account *account,
                         struct mlint_mailbox *out);
void mlint_mailbox_name(struct mlint_arena *arena, const struct mlint_config *config,
                        const struct mlint_account *account, struct mlint_mailbox *mailbox,
                        struct mlint_mailbox_words *words);
/* Where a field of the incoming side stands that cross-file findings are about; line_only: line
 * and column are enough where it has them. */
void mlint_mailbox_locate(const struct mlint_result *result,
                          const struct mlint_account *account, enum mlint_field_id field,
                          bool line_only, struct mlint_location *out);
/* The digests of a mailbox's words. */
void mlint_mailbox_digest(struct mlint_mailbox *mailbox,
                          const struct mlint_mailbox_words *words);
static inline bool mlint_mailbox_same(const struct mlint_mailbox *a,
                                      const struct mlint_mailbox *b)
{
    return a->digest[0] == b->digest[0] && a->digest[1] == b->digest[1];
}
/* "single-pop-session", "leave-on-server". */
const char *mlint_cross_rule_id(enum mlint_cross_rule rule);
/* The rule of that id, or MLINT_CROSS_COUNT. */
enum mlint_cross_rule mlint_cross_rule_named(const char *id);
/* Whether the rule's verdict on this account hangs on other accounts at all; where it does not,
 * the rule's own check has said not-applicable or unknown. */
bool mlint_mailbox_concerns(enum mlint_cross_rule rule, const struct mlint_mailbox *mailbox);
/* Whether others can make the verdict on this one anything but a pass, and a failure. */
bool mlint_mailbox_minds(enum mlint_cross_rule rule, const struct mlint_mailbox *mailbox);
bool mlint_mailbox_can_fail(enum mlint_cross_rule rule, const struct mlint_mailbox *mailbox);
/* Whether another account with the same mailbox counts against this one. */
bool mlint_mailbox_counts(enum mlint_cross_rule rule, const struct mlint_mailbox *self,
                          const struct mlint_mailbox *other);

struct mlint_cross_judgement {
    enum mlint_verdict_kind kind;
    const char *reason;        /* of a verdict that is no fail, or NULL */
    const char *message;       /* of the finding, where it fails */
    enum mlint_field_id field; /* on the incoming side: where the finding stands */
};

/* Judge an account of which `others` count against it; without others the words are not asked
 * for. */
void mlint_mailbox_judge(struct mlint_arena *arena, enum mlint_cross_rule rule,
                         const struct mlint_mailbox *self,
                         const struct mlint_mailbox_words *words, size_t others,
                         struct mlint_cross_judgement *out);

#endif
