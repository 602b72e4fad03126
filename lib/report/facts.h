/* facts.h: what facts.c keeps of a run's mailboxes, for facts_judge.c. */
#ifndef MLINT_REPORT_FACTS_H
#define MLINT_REPORT_FACTS_H

#include "report/run.h"

/* In memory at once, of the run's mailboxes; the rest waits on disk. */
#define MLINT_FACTS_IN_MEMORY (512u << 10)

/* What a finding about a mailbox has to say; the strings are in the arena. */
struct mlint_facts_words {
    const char *path, *key;
    uint64_t identity;
    struct mlint_mailbox_words words; /* the server is not among them */
    /* Of the finding by each rule. */
    struct mlint_location place[MLINT_CROSS_COUNT];
    const char *excerpt[MLINT_CROSS_COUNT];
};

/* One who waits for a verdict. */
struct mlint_waiting {
    uint32_t file, account;
    uint8_t flags, client, level[MLINT_CROSS_COUNT]; /* as of the mailbox */
};

/* A sorter's key as the mailbox that it is. */
static inline struct mlint_mailbox mlint_facts_mailbox(struct mlint_str bytes)
{
    struct mlint_mailbox mailbox;

    memcpy(&mailbox, bytes.ptr, sizeof(mailbox));
    return mailbox;
}

enum mlint_status mlint_facts_tell(struct mlint_facts *facts, struct mlint_arena *arena,
                                   const struct mlint_mailbox *mailbox,
                                   struct mlint_facts_words *out);

#endif
