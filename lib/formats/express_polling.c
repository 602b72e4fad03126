/* express_polling.c: how often Outlook Express and Windows (Live) Mail check for mail. One
 * number counts for all accounts of an identity; it stands far from them in the registry.
 *
 *   Outlook Express 4     Software\Microsoft\Outlook Express\Mail
 *   Outlook Express 5, 6  Identities\{GUID}\Software\Microsoft\Outlook Express\5.0\Mail
 *   Windows (Live) Mail   Software\Microsoft\Windows Live Mail\mail, ...\Windows Mail\mail
 *
 * Accounts of the main identity stand below Software\Microsoft, those of others below
 * Identities\{GUID}, so which identity is the main one is to be found out. */
#include "formats/express.h"

#define POLL "Poll For Mail"
#define NEVER 0xFFFFFFFF
#define MAX_POLLS 256 /* that are told apart; each account looks at all of them */

const struct mlint_node *mlint_express_identity(const struct mlint_node *key)
{
    for (; key && key->parent; key = key->parent) {
        if (mlint_registry_is_key(key->parent, "Identities"))
            return key;
    }
    return NULL;
}

static enum mlint_client client_of(const struct mlint_node *key)
{
    for (; key; key = key->parent) {
        if (mlint_registry_is_key(key, "Outlook Express"))
            return MLINT_CLIENT_OUTLOOK_EXPRESS;
        if (mlint_registry_is_key(key, "Windows Mail") ||
            mlint_registry_is_key(key, "Windows Live Mail"))
            return MLINT_CLIENT_WINDOWS_MAIL;
    }
    return MLINT_CLIENT_NONE;
}

static bool is_poll(const struct mlint_node *node)
{
    return node->type != MLINT_NODE_GROUP && mlint_registry_is_key(node->parent, "Mail") &&
           mlint_str_eq_nocase(node->name, MLINT_STR(POLL)) &&
           client_of(node->parent) != MLINT_CLIENT_NONE;
}

static size_t count_polls(const struct mlint_node *key)
{
    size_t count = 0;

    if (!mlint_registry_is_key(key, "Mail"))
        return 0;
    for (const struct mlint_node *node = key->child; node; node = node->next)
        count += is_poll(node);
    return count;
}

bool mlint_express_find_polls(struct mlint_arena *arena, const struct mlint_tree *tree,
                              struct mlint_express_polls *polls)
{
    const struct mlint_node *root = tree->root, *node;
    size_t found = 0;

    for (node = root; node; node = mlint_registry_next_key(root, node))
        found += count_polls(node);
    if (found > MAX_POLLS)
        found = MAX_POLLS;
    *polls = (struct mlint_express_polls){ .count = 0 };
    polls->poll = mlint_arena_array(arena, struct mlint_express_poll, found + 1);
    for (node = root; polls->poll && node && polls->count < found;
         node = mlint_registry_next(root, node)) {
        if (is_poll(node))
            polls->poll[polls->count++] = (struct mlint_express_poll){
                .node = node,
                .user = mlint_registry_user(node->parent),
                .identity = mlint_express_identity(node->parent),
                .client = client_of(node->parent),
            };
    }
    return polls->poll != NULL;
}

bool mlint_express_same_poll(const struct mlint_node *a, const struct mlint_node *b)
{
    bool number = a->type == MLINT_NODE_INTEGER;

    return number == (b->type == MLINT_NODE_INTEGER) && (!number || a->number == b->number);
}

/* ---- Whose poll it is ------------------------------------------------------------------- */

/* An identity with accounts of its own is not the main one. */
static bool has_accounts(const struct mlint_node *identity)
{
    const struct mlint_node *node = mlint_registry_child(identity, MLINT_STR("Software"));

    node = node ? mlint_registry_child(node, MLINT_STR("Microsoft")) : NULL;
    node = node ? mlint_registry_child(node, MLINT_STR("Internet Account Manager")) : NULL;
    node = node ? mlint_registry_child(node, MLINT_STR("Accounts")) : NULL;
    return node && node->child;
}

bool mlint_express_may_be_of(const struct mlint_express_poll *poll,
                             const struct mlint_node *account, enum mlint_client client)
{
    const struct mlint_node *identity = mlint_express_identity(account);

    if (poll->client != client || poll->user != mlint_registry_user(account))
        return false;
    if (poll->identity == identity)
        return true;
    return !identity && !has_accounts(poll->identity);
}

/* The poll of an account; *unsure: several could be and say different things. */
static struct mlint_express_poll *poll_of(const struct mlint_registry_account *entry,
                                          struct mlint_express_polls *polls, bool *unsure)
{
    struct mlint_express_poll *found = NULL;

    for (size_t i = 0; i < polls->count; i++) {
        struct mlint_express_poll *poll = &polls->poll[i];

        if (!mlint_express_may_be_of(poll, entry->key, entry->account->client))
            continue;
        poll->bound = true;
        if (found && !mlint_express_same_poll(found->node, poll->node))
            *unsure = true;
        if (!found)
            found = poll;
    }
    return *unsure ? NULL : found;
}

/* ---- What it says ----------------------------------------------------------------------- */

/* "line 7", "other.reg, line 7"; of a hive the path. */
static const char *place_of(struct mlint_reading *reading, const struct mlint_node *node)
{
    const struct mlint_source *source = reading->result->sources[node->source];
    struct mlint_str name = mlint_str_base_name(source->name);
    unsigned line;

    if (source->encoding == MLINT_ENC_BINARY)
        return mlint_path_of(reading->result, node);
    line = mlint_source_position(source, node->value_span.begin).line;
    return source == reading->source
               ? mlint_arena_printf(reading->arena, "line %u", line)
               : mlint_arena_printf(reading->arena, "%.*s, line %u", MLINT_STR_ARG(name), line);
}

static void set_poll(struct mlint_reading *reading, struct mlint_side *side,
                     const struct mlint_node *node)
{
    bool never = node->number == NEVER || node->number == 0;

    if (node->type != MLINT_NODE_INTEGER) {
        side->field[MLINT_FIELD_INTERVAL].comment =
            mlint_arena_printf(reading->arena,
                               "\"" POLL "\" is there (%s), but not as a dword: Tools > "
                               "Options > General",
                               place_of(reading, node));
        return;
    }
    mlint_field_set_number(&side->field[MLINT_FIELD_CHECK_ENABLED], MLINT_WRITTEN, node,
                           !never);
    mlint_field_set_number(&side->field[MLINT_FIELD_INTERVAL], MLINT_WRITTEN, node,
                           never ? 0 : node->number);
}

/* One of this very file, which is where it is remarked on. */
static void set_own_poll(struct mlint_reading *reading, struct mlint_side *side,
                         struct mlint_express_poll *poll)
{
    if (poll->node->type != MLINT_NODE_INTEGER && !poll->said)
        mlint_registry_say_type(reading, poll->node, "a dword");
    poll->said = true;
    set_poll(reading, side, poll->node);
}

/* "POP3 Skip Account" 1 and "IMAP Polling" 0 leave an account out, whatever the number. */
static void set_skipped(struct mlint_registry_account *entry)
{
    struct mlint_field *field =
        mlint_registry_field(entry, MLINT_INCOMING, MLINT_FIELD_CHECK_ENABLED);
    const struct mlint_node *skip =
        mlint_registry_value(entry, true, MLINT_STR("Skip Account"));
    const struct mlint_node *polling = mlint_registry_named(entry, MLINT_STR("IMAP Polling"));
    bool imap = mlint_str_starts(entry->prefix, MLINT_STR("IMAP"));
    int64_t number;

    if (mlint_registry_dword(entry, skip, &number) && number)
        mlint_field_set_number(field, MLINT_WRITTEN, skip, 0);
    else if (imap && mlint_registry_dword(entry, polling, &number) && !number)
        mlint_field_set_number(field, MLINT_WRITTEN, polling, 0);
}

void mlint_express_set_interval(struct mlint_registry_account *entry,
                                struct mlint_express_polls *polls)
{
    struct mlint_side *side = &entry->account->incoming;
    struct mlint_field *interval = &side->field[MLINT_FIELD_INTERVAL];
    bool unsure = false;
    struct mlint_express_poll *poll = poll_of(entry, polls, &unsure);
    const struct mlint_express_loan *loan =
        poll || unsure ? NULL
                       : mlint_express_borrow(entry->reading, polls, entry->account->client);

    if (poll)
        set_own_poll(entry->reading, side, poll);
    else if (unsure)
        interval->comment = "the identities in this export check at different intervals: "
                            "Tools > Options > General";
    else if (entry->account->client == MLINT_CLIENT_OUTLOOK)
        interval->comment = "not with the accounts: Tools > Options > Mail Delivery";
    else if (loan && loan->unsure)
        interval->comment = "the registry exports beside this file check at different "
                            "intervals: Tools > Options > General";
    else if (loan && loan->node)
        set_poll(entry->reading, side, loan->node);
    else
        interval->comment = "\"" POLL "\" is not in this export: Tools > Options > General";
    set_skipped(entry);
}

/* Asked once: the answer is that of the files beside this one. */
static bool is_lent(struct mlint_reading *reading, struct mlint_express_polls *polls,
                    enum mlint_client client)
{
    struct mlint_express_loan *loan = &polls->loan[client];

    if (!loan->offered)
        loan->taken = mlint_express_is_lent(reading, client);
    loan->offered = true;
    return loan->taken;
}

void mlint_express_add_unbound(struct mlint_reading *reading, struct mlint_express_polls *polls)
{
    for (size_t i = 0; i < polls->count; i++) {
        struct mlint_express_poll *poll = &polls->poll[i];
        struct mlint_account *account;

        if (poll->bound || is_lent(reading, polls, poll->client))
            continue;
        account = mlint_result_add_account(reading->result, reading->file, MLINT_STR(POLL));
        if (!account)
            return;
        account->flags |= MLINT_ACCOUNT_FILE_ONLY;
        account->client = poll->client;
        account->node = poll->node;
        account->incoming.exists = true;
        set_own_poll(reading, &account->incoming, poll);
    }
}
