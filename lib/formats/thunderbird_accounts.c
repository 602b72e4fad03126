/* thunderbird_accounts.c: which accounts Thunderbird loads, in its order and by its rules
 * (nsMsgAccountManager::LoadAccounts of 153), which it drops and why, and what belongs to each.
 *
 * mail.accountmanager.accounts is the only root. Local Folders, feeds, news and chat are no
 * mail accounts and are left out. */
#include "formats/thunderbird.h"
#include "source/limits.h"

enum type_kind {
    TYPE_UNKNOWN,
    TYPE_MAIL,  /* pop3, imap */
    TYPE_OTHER, /* mail by other protocols: listed, not judged */
    TYPE_NONE,  /* no mail account */
};

static enum type_kind kind_of(struct mlint_str type)
{
    static const struct {
        struct mlint_str name;
        enum type_kind kind;
    } types[] = {
        { MLINT_STR_INIT("pop3"), TYPE_MAIL }, { MLINT_STR_INIT("imap"), TYPE_MAIL },
        { MLINT_STR_INIT("ews"), TYPE_OTHER }, { MLINT_STR_INIT("graph"), TYPE_OTHER },
        { MLINT_STR_INIT("none"), TYPE_NONE }, { MLINT_STR_INIT("rss"), TYPE_NONE },
        { MLINT_STR_INIT("nntp"), TYPE_NONE }, { MLINT_STR_INIT("im"), TYPE_NONE },
    };
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (mlint_str_eq(type, types[i].name))
            return types[i].kind;
    return TYPE_UNKNOWN;
}

/* "" also for what a program computes. */
static struct mlint_str text_of(const struct mlint_node *node)
{
    return node && node->type == MLINT_NODE_STRING ? node->value : MLINT_STR("");
}

/* Say that something depends on what a program computes when Thunderbird starts. */
static void note_computed(struct mlint_tb_graph *graph, const struct mlint_node *node,
                          const char *what)
{
    if (!graph->quiet)
        mlint_reading_note(graph->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%.*s is computed when Thunderbird starts: %s",
                           MLINT_STR_ARG(node->name), what);
}

/* A list that a program makes, or a template that was not filled in, may name any object. */
static bool may_name_any(const struct mlint_node *list)
{
    static const char signs[] = "[]{}%$<>";
    struct mlint_str names = text_of(list);

    for (const char *sign = signs; *sign; sign++)
        if (mlint_str_find_char(names, *sign) < names.len)
            return true;
    return mlint_tb_is_computed(list);
}

/* ---- Which accounts are live ------------------------------------------------------------ */

/* Why Thunderbird refuses to load this server; NULL: it loads. */
static const char *refusal(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    const struct mlint_node *type = mlint_tb_own(graph, server, MLINT_TB_TYPE);
    const struct mlint_node *host = mlint_tb_own(graph, server, MLINT_TB_HOST);

    if (!type)
        return mlint_arena_printf(graph->arena, "has no %s",
                                  mlint_tb_name(graph, server, MLINT_TB_TYPE));
    if (!mlint_tb_is_computed(type) && kind_of(type->value) == TYPE_UNKNOWN)
        return mlint_arena_printf(graph->arena, "Thunderbird knows no account type \"%.*s\"",
                                  MLINT_STR_ARG(type->value));
    if (mlint_tb_is_computed(host))
        return NULL;
    if (!text_of(host).len)
        return mlint_arena_printf(graph->arena, "has no %s",
                                  mlint_tb_name(graph, server, MLINT_TB_HOST));
    if (mlint_str_find_char(host->value, ':') < host->value.len)
        return "Thunderbird cannot load a server whose host name holds ':'";
    return NULL;
}

/* The port that the server really uses. */
static int effective_port(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    bool quiet = graph->quiet;
    int port;

    graph->quiet = true;
    port = (int)mlint_tb_incoming_port(graph, server);
    graph->quiet = quiet;
    return port;
}

static struct mlint_str fold(struct mlint_tb_graph *graph, struct mlint_str s)
{
    char *copy = mlint_arena_bytes(graph->arena, s.len);
    size_t i;

    for (i = 0; copy && i < s.len; i++)
        copy[i] = mlint_lower(s.ptr[i]);
    return copy ? mlint_str_make(copy, s.len) : s;
}

/* Whether a program has a hand in what tells a server from others. */
static bool is_any(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    static const enum mlint_tb_pref marks[] = { MLINT_TB_TYPE, MLINT_TB_HOST, MLINT_TB_USER,
                                                MLINT_TB_PORT, MLINT_TB_SOCKET };
    bool inherited, any = false, quiet = graph->quiet;
    size_t i;

    if (!graph->any_computed)
        return false;
    graph->quiet = true;
    for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        any |= mlint_tb_is_computed(mlint_tb_get(graph, server, marks[i], &inherited));
    graph->quiet = quiet;
    return any;
}

/* The live server of the same type, host, user and port, or this one is noted down as such.
 * Hosts compare without case, user names with it, ports after their defaults. */
static const char *twin(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    int port = effective_port(graph, server);
    const struct mlint_str marks[] = {
        text_of(mlint_tb_own(graph, server, MLINT_TB_TYPE)),
        MLINT_STR(" "),
        fold(graph, text_of(mlint_tb_own(graph, server, MLINT_TB_HOST))),
        MLINT_STR(" "),
        text_of(mlint_tb_own(graph, server, MLINT_TB_USER)),
        MLINT_STR(" "),
        mlint_str_make((const char *)&port, sizeof(port)),
    };
    struct mlint_tb_object *mailbox =
        mlint_tb_claim(graph, MLINT_TB_MAILBOX,
                       mlint_arena_join(graph->arena, marks, sizeof(marks) / sizeof(marks[0])));

    if (!mailbox)
        return NULL;
    if (mailbox->not_live)
        return mlint_arena_printf(graph->arena, "has the same type, host, user and port as %s",
                                  mailbox->not_live);
    mailbox->not_live = mlint_arena_copy(graph->arena, server->key).ptr;
    return NULL;
}

static bool is_hidden(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    bool inherited;
    const struct mlint_node *node = mlint_tb_get(graph, server, MLINT_TB_HIDDEN, &inherited);

    if (mlint_tb_is_computed(node))
        note_computed(graph, node, "the account is judged as if it were not hidden");
    return node && node->number;
}

/* Why Thunderbird does not have an account with this server, or NULL. Marks the server. */
static const char *judge(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    const char *why;

    if (server->used)
        return mlint_arena_printf(graph->arena, "%.*s belongs to another account already",
                                  MLINT_STR_ARG(server->key));
    server->used = true;
    if (graph->not_live)
        return graph->not_live;
    why = refusal(graph, server);
    if (!why && !is_any(graph, server))
        why = twin(graph, server);
    return !why && is_hidden(graph, server) ? "is hidden" : why;
}

/* ---- What belongs to an account --------------------------------------------------------- */

/* The server that a key names, if mail.smtpservers names it too. */
static struct mlint_tb_object *listed_outgoing(struct mlint_tb_graph *graph,
                                               const struct mlint_node *node)
{
    struct mlint_tb_object *smtp = mlint_tb_find(graph, MLINT_TB_SMTP, node->value);

    if (smtp && smtp->used)
        return smtp;
    if (!graph->quiet)
        mlint_reading_note(graph->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%.*s: mail.smtpservers names no \"%.*s\"; sending fails",
                           MLINT_STR_ARG(node->name), MLINT_STR_ARG(node->value));
    return NULL;
}

/* The outgoing server of an identity, or NULL: it cannot send, or *computed decides. */
static struct mlint_tb_object *outgoing_of(struct mlint_tb_graph *graph,
                                           struct mlint_tb_object *identity,
                                           const struct mlint_node **computed)
{
    bool inherited;
    const struct mlint_node *node =
        mlint_tb_get(graph, identity, MLINT_TB_SMTP_KEY, &inherited);
    const struct mlint_node *list = mlint_tb_own(graph, graph->global, MLINT_TB_SMTP_LIST);
    struct mlint_str rest = text_of(list), key = MLINT_STR("");

    *computed = NULL;
    if (!mlint_tb_is_computed(node) && !text_of(node).len)
        node = mlint_tb_own(graph, graph->global, MLINT_TB_SMTP_DEFAULT);
    if (text_of(node).len)
        return listed_outgoing(graph, node);
    if (!mlint_tb_is_computed(node))
        node = list;
    if (mlint_tb_is_computed(node)) {
        *computed = node;
        return NULL;
    }
    while (!key.len && mlint_str_split(&rest, ',', &key))
        ;
    return key.len ? mlint_tb_find(graph, MLINT_TB_SMTP, key) : NULL;
}

/* A side of which nothing is known: which server it is is computed. */
static void add_any_outgoing(struct mlint_tb_graph *graph, struct mlint_account *account,
                             const struct mlint_node *computed)
{
    struct mlint_side *side = mlint_account_add_outgoing(graph->reading->result, account);
    int id;

    for (id = 0; side && id < MLINT_SIDE_FIELD_COUNT; id++)
        if (id != MLINT_FIELD_SAME_AS_INCOMING)
            mlint_tb_set_computed(graph, &side->field[id], computed);
}

static void add_outgoing(struct mlint_tb_graph *graph, struct mlint_account *account,
                         struct mlint_tb_object *smtp)
{
    const struct mlint_node *type = mlint_tb_own(graph, smtp, MLINT_TB_SMTP_TYPE);
    struct mlint_side *side;

    if (graph->no_outgoing)
        return;
    if (mlint_tb_is_computed(type)) {
        add_any_outgoing(graph, account, type);
        return;
    }
    if (type && !mlint_str_eq(type->value, MLINT_STR("smtp")))
        return;
    side = mlint_account_add_outgoing(graph->reading->result, account);
    if (!side)
        return;
    smtp->judged |= !account->not_live;
    mlint_tb_read_outgoing(graph, smtp, side);
}

/* The next identity of an account's list, or NULL at its end. */
static struct mlint_tb_object *next_identity(struct mlint_tb_graph *graph,
                                             struct mlint_str *rest)
{
    struct mlint_str key;

    while (mlint_str_split(rest, ',', &key)) {
        key = mlint_str_trim(key);
        if (key.len)
            return mlint_tb_claim(graph, MLINT_TB_IDENTITY, key);
    }
    return NULL;
}

/* The first identity's address is the account's own, its outgoing server comes first. */
static void add_identities(struct mlint_tb_graph *graph, struct mlint_tb_object *object,
                           struct mlint_account *account)
{
    const struct mlint_node *list = mlint_tb_own(graph, object, MLINT_TB_ACCOUNT_IDENTITIES);
    struct mlint_str rest = text_of(list);
    struct mlint_tb_object *identity = next_identity(graph, &rest), *smtp;
    const struct mlint_node *email, *computed = list;
    bool inherited;

    smtp = identity ? outgoing_of(graph, identity, &computed) : NULL;
    if (smtp)
        add_outgoing(graph, account, smtp);
    else if (mlint_tb_is_computed(computed))
        add_any_outgoing(graph, account, computed);
    email = identity ? mlint_tb_get(graph, identity, MLINT_TB_EMAIL, &inherited) : list;
    account->address.comment = "the account's first identity has no address";
    if (mlint_tb_is_computed(email))
        mlint_tb_set_computed(graph, &account->address, email);
    if (!identity || !text_of(email).len)
        return;
    account->address.comment = NULL;
    mlint_field_set_text(&account->address, MLINT_WRITTEN, email, email->value);
    account->address.replaced = mlint_tb_replaced(graph, identity, email);
    for (; identity; identity = next_identity(graph, &rest))
        mlint_account_add_address(
            graph->reading->result, account,
            text_of(mlint_tb_get(graph, identity, MLINT_TB_EMAIL, &inherited)), false);
}

/* Outgoing servers that only further identities use: judged once, with the first account that
 * has such an identity. */
static void add_further_outgoing(struct mlint_tb_graph *graph, struct mlint_tb_object *object)
{
    struct mlint_str rest = text_of(mlint_tb_own(graph, object, MLINT_TB_ACCOUNT_IDENTITIES));
    struct mlint_tb_object *identity = next_identity(graph, &rest), *smtp;
    const struct mlint_node *computed;

    while (identity && (identity = next_identity(graph, &rest))) {
        smtp = outgoing_of(graph, identity, &computed);
        if (smtp && !smtp->judged)
            add_outgoing(graph, object->account, smtp);
    }
}

static struct mlint_str join(struct mlint_tb_graph *graph, struct mlint_str a,
                             struct mlint_str b, struct mlint_str c)
{
    const struct mlint_str parts[] = { a, b, c };

    return mlint_arena_join(graph->arena, parts, 3);
}

/* Thunderbird's own label for an account without a name. */
static void read_name(struct mlint_tb_graph *graph, struct mlint_tb_object *server,
                      struct mlint_account *account)
{
    const struct mlint_field *user = &account->incoming.field[MLINT_FIELD_USERNAME];
    const struct mlint_field *host = &account->incoming.field[MLINT_FIELD_HOST];
    bool inherited,
        imap = account->incoming.field[MLINT_FIELD_PROTOCOL].number == MLINT_PROTOCOL_IMAP;
    const struct mlint_node *node = mlint_tb_get(graph, server, MLINT_TB_NAME, &inherited);
    struct mlint_str label;

    if (text_of(node).len) {
        mlint_field_set_text(&account->name, MLINT_WRITTEN, node, node->value);
        account->name.inherited = inherited;
        return;
    }
    if (host->presence == MLINT_ABSENT || user->computed || mlint_tb_is_computed(node) ||
        account->incoming.field[MLINT_FIELD_PROTOCOL].computed)
        return;
    if (imap && account->address.text.len)
        label = join(graph, MLINT_STR("Mail for "), account->address.text, MLINT_STR(""));
    else
        label = join(graph, user->text, user->text.len ? MLINT_STR(" on ") : MLINT_STR(""),
                     host->text);
    mlint_field_set_text(&account->name, MLINT_CLIENT_DEFAULT, NULL, label);
    account->name.where = mlint_tb_name(graph, server, MLINT_TB_NAME);
}

/* ---- Adding ----------------------------------------------------------------------------- */

/* object (the account) may be NULL: a server that no account uses. */
static bool add_account(struct mlint_tb_graph *graph, struct mlint_tb_object *object,
                        struct mlint_tb_object *server, const char *not_live)
{
    struct mlint_account *account =
        mlint_result_add_account(graph->reading->result, graph->reading->file, server->key);

    if (!account)
        return false;
    graph->quiet = not_live != NULL;
    account->node = server->first;
    /* Two accounts of one profile poll twice; the same account read twice polls once. */
    if (graph->installation.len)
        account->installation = join(graph, graph->installation, MLINT_STR("#"), server->key);
    if (not_live) {
        account->flags |= MLINT_ACCOUNT_NOT_LIVE;
        account->not_live = not_live;
    }
    mlint_tb_read_incoming(graph, server, account);
    if (object)
        add_identities(graph, object, account);
    if (object && !not_live)
        object->account = account;
    read_name(graph, server, account);
    graph->quiet = false;
    return true;
}

/* Whether there is anything of a mail account about this server. */
static bool is_mail(struct mlint_tb_graph *graph, struct mlint_tb_object *server)
{
    struct mlint_str type = text_of(mlint_tb_own(graph, server, MLINT_TB_TYPE));
    struct mlint_str host = text_of(mlint_tb_own(graph, server, MLINT_TB_HOST));

    if (mlint_tb_is_computed(mlint_tb_own(graph, server, MLINT_TB_TYPE)) ||
        mlint_tb_is_computed(mlint_tb_own(graph, server, MLINT_TB_HOST)))
        return true;
    if (type.len)
        return kind_of(type) != TYPE_NONE;
    return host.len && !mlint_str_eq(host, MLINT_STR("Local Folders")) &&
           !mlint_str_eq(host, MLINT_STR("smart mailboxes"));
}

/* One name of mail.accountmanager.accounts. */
static bool add_listed(struct mlint_tb_graph *graph, const struct mlint_node *list,
                       struct mlint_str key)
{
    struct mlint_tb_object *account = mlint_tb_find(graph, MLINT_TB_ACCOUNT, key), *server;
    const struct mlint_node *node = mlint_tb_own(graph, account, MLINT_TB_ACCOUNT_SERVER);
    const char *why;

    if (account && account->used)
        return true;
    if (!node) {
        mlint_reading_note(graph->reading, MLINT_NOTE_UNKNOWN_VALUE, list,
                           mlint_str_trim(key).len == key.len
                               ? "%.*s: there is no account \"%.*s\""
                               : "%.*s: the blank before or after \"%.*s\" hides the account",
                           MLINT_STR_ARG(list->name), MLINT_STR_ARG(mlint_str_trim(key)));
        return true;
    }
    account->used = true;
    if (mlint_tb_is_computed(node)) {
        graph->any_server = true;
        note_computed(graph, node, "which server the account has is not known");
        return true;
    }
    server = mlint_tb_claim(graph, MLINT_TB_SERVER, node->value);
    if (!server)
        return true;
    if (!server->first)
        server->first = node;
    why = judge(graph, server);
    if (kind_of(text_of(mlint_tb_own(graph, server, MLINT_TB_TYPE))) == TYPE_NONE)
        return true;
    if (why && !is_mail(graph, server)) {
        mlint_reading_note(graph->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                           "%.*s: this server %s; %sthe account is dropped",
                           MLINT_STR_ARG(node->name), why,
                           graph->joined ? "" : "unless a policy or mozilla.cfg adds it, ");
        return true;
    }
    return add_account(graph, account, server, why);
}

/* An outgoing server of a type that Thunderbird has not breaks them all
 * (OutgoingServerService.sys.mjs). */
static void check_outgoing_type(struct mlint_tb_graph *graph, struct mlint_tb_object *smtp)
{
    const struct mlint_node *type = mlint_tb_own(graph, smtp, MLINT_TB_SMTP_TYPE);

    if (!type || mlint_tb_is_computed(type) || mlint_str_eq(type->value, MLINT_STR("smtp")) ||
        mlint_str_eq(type->value, MLINT_STR("ews")) ||
        mlint_str_eq(type->value, MLINT_STR("graph")))
        return;
    graph->no_outgoing = true;
    mlint_reading_note(graph->reading, MLINT_NOTE_UNKNOWN_VALUE, type,
                       "%.*s: an outgoing server of an unknown type; sending fails in every "
                       "account",
                       MLINT_STR_ARG(type->name));
}

static void mark_one_outgoing(struct mlint_tb_graph *graph, struct mlint_tb_object *smtp)
{
    const struct mlint_node *host = mlint_tb_own(graph, smtp, MLINT_TB_SMTP_HOST);

    smtp->used = true;
    if (!text_of(host).len && !mlint_tb_is_computed(host))
        graph->hostless_outgoing = true;
    check_outgoing_type(graph, smtp);
}

/* Mark the outgoing servers that mail.smtpservers names; names are not trimmed. */
static void mark_outgoing(struct mlint_tb_graph *graph)
{
    const struct mlint_node *list = mlint_tb_own(graph, graph->global, MLINT_TB_SMTP_LIST);
    struct mlint_str rest = text_of(list), key;
    struct mlint_tb_object *smtp;

    if (mlint_tb_is_computed(list)) /* it may name any */
        for (smtp = graph->objects; smtp; smtp = smtp->next)
            smtp->used |= smtp->kind == MLINT_TB_SMTP;
    while (mlint_str_split(&rest, ',', &key)) {
        if (!key.len)
            continue;
        smtp = mlint_tb_claim(graph, MLINT_TB_SMTP, key);
        if (!smtp)
            return;
        mark_one_outgoing(graph, smtp);
    }
}

static bool add_list(struct mlint_tb_graph *graph, enum mlint_tb_pref pref)
{
    const struct mlint_node *list = mlint_tb_own(graph, graph->global, pref);
    struct mlint_str rest = text_of(list), key;
    struct mlint_tb_object *object;

    if (mlint_tb_is_computed(list))
        note_computed(graph, list, "every account in the file is judged");
    if (may_name_any(list)) {
        for (object = graph->objects; object; object = object->next)
            if (object->kind == MLINT_TB_ACCOUNT && !add_listed(graph, list, object->key))
                return false;
        return true;
    }
    while (mlint_str_split(&rest, ',', &key)) {
        if (pref == MLINT_TB_APPEND) /* the one list that Thunderbird takes blanks out of */
            key = mlint_str_trim(key);
        if (key.len && !add_listed(graph, list, key))
            return false;
    }
    return true;
}

/* appendaccounts is an administrator's way to add accounts at the next start. */
static bool add_live(struct mlint_tb_graph *graph)
{
    const struct mlint_node *computed;
    bool appends = mlint_tb_appends(graph, &computed);

    if (computed && mlint_tb_own(graph, graph->global, MLINT_TB_APPEND))
        note_computed(graph, computed, "whether accounts are appended is not known");
    return add_list(graph, MLINT_TB_ACCOUNTS) && (!appends || add_list(graph, MLINT_TB_APPEND));
}

/* Accounts that the list does not name, then servers that no account has. */
static bool add_leftovers(struct mlint_tb_graph *graph)
{
    struct mlint_tb_object *object, *server;

    for (object = graph->objects; object; object = object->next) {
        if (object->kind != MLINT_TB_ACCOUNT || object->used)
            continue;
        server = mlint_tb_find(graph, MLINT_TB_SERVER,
                               text_of(mlint_tb_own(graph, object, MLINT_TB_ACCOUNT_SERVER)));
        if (!server || server->used || !is_mail(graph, server))
            continue;
        server->used = true;
        if (!add_account(graph, object, server,
                         "mail.accountmanager.accounts does not name it"))
            return false;
    }
    for (object = graph->objects; object; object = object->next) {
        if (object->kind != MLINT_TB_SERVER || object->used || !is_mail(graph, object) ||
            object == graph->fallback[MLINT_TB_SERVER])
            continue;
        if (!add_account(graph, NULL, object,
                         graph->any_server
                             ? "which account uses it is computed when Thunderbird starts"
                             : "no account uses it"))
            return false;
    }
    return true;
}

bool mlint_tb_add_accounts(struct mlint_tb_graph *graph, struct mlint_str installation)
{
    struct mlint_tb_object *object;

    graph->installation = installation;
    mark_outgoing(graph);
    if (!add_live(graph))
        return false;
    for (object = graph->objects; object; object = object->next)
        if (object->account)
            add_further_outgoing(graph, object);
    return add_leftovers(graph);
}
