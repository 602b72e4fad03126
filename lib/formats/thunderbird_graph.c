/* thunderbird_graph.c: preferences sorted into the objects they describe. What the objects mean
 * for accounts is in thunderbird_accounts.c, the values in thunderbird_fields.c.
 *
 * A preference has two values, as in Mozilla's libpref: a default and the user's, which counts
 * unless the default is locked. Files are added in the order in which Thunderbird reads them:
 * default files, prefs.js, user.js, mozilla.cfg, policies.
 *
 * A preference of the wrong type is as good as none (Thunderbird's getters fall back to the
 * default), so every look-up asks for the type as well. */
#include "formats/thunderbird.h"

#include "base/num.h"

struct row {
    enum mlint_tb_kind kind;
    uint8_t slot;       /* in mlint_tb_object.value */
    uint8_t type;       /* enum mlint_node_type */
    bool typed_default; /* Thunderbird ships a default: one of another type is refused */
    bool shared;        /* KEY "default" stands in for what an object lacks */
    struct mlint_str name;
};

#define ROW(pref, kind, slot, type, fixed, shared, name)                                       \
    [MLINT_TB_##pref] = { MLINT_TB_##kind, slot,   MLINT_NODE_##type,                          \
                          fixed,           shared, MLINT_STR_INIT(name) }

static const struct row rows[MLINT_TB_PREF_COUNT] = {
    ROW(ACCOUNTS, GLOBAL, 0, STRING, true, false, "mail.accountmanager.accounts"),
    ROW(APPEND, GLOBAL, 1, STRING, false, false, "mail.accountmanager.appendaccounts"),
    ROW(SMTP_LIST, GLOBAL, 2, STRING, true, false, "mail.smtpservers"),
    ROW(SMTP_DEFAULT, GLOBAL, 3, STRING, false, false, "mail.smtp.defaultserver"),
    ROW(UI_VERSION, GLOBAL, 4, INTEGER, false, false, "mail.ui-rdf.version"),
    ROW(APP_VERSION, GLOBAL, 5, STRING, false, false, "extensions.lastAppVersion"),
    ROW(MILESTONE, GLOBAL, 6, STRING, false, false, "mailnews.start_page_override.mstone"),
    ROW(APPEND_VERSION, GLOBAL, 7, INTEGER, true, false,
        "mailnews.append_preconfig_accounts.version"),
    ROW(CONFIG_NAME, GLOBAL, 8, STRING, false, false, "general.config.filename"),
    ROW(CONFIG_SHIFT, GLOBAL, 9, INTEGER, false, false, "general.config.obscure_value"),
    ROW(ACCOUNT_SERVER, ACCOUNT, 0, STRING, false, false, "server"),
    ROW(ACCOUNT_IDENTITIES, ACCOUNT, 1, STRING, false, false, "identities"),
    ROW(TYPE, SERVER, 0, STRING, false, false, "type"),
    ROW(HOST, SERVER, 1, STRING, false, true, "hostname"),
    ROW(USER, SERVER, 2, STRING, false, true, "userName"),
    ROW(PORT, SERVER, 3, INTEGER, true, true, "port"),
    ROW(SOCKET, SERVER, 4, INTEGER, true, true, "socketType"),
    ROW(IS_SECURE, SERVER, 5, BOOLEAN, true, false, "isSecure"),
    ROW(AUTH, SERVER, 6, INTEGER, true, true, "authMethod"),
    ROW(NAME, SERVER, 7, STRING, false, true, "name"),
    ROW(CHECK, SERVER, 8, BOOLEAN, false, false, "check_new_mail"),
    ROW(CHECK_TIME, SERVER, 9, INTEGER, true, true, "check_time"),
    ROW(AT_START, SERVER, 17, BOOLEAN, true, true, "login_at_startup"),
    ROW(LEAVE, SERVER, 10, BOOLEAN, true, true, "leave_on_server"),
    ROW(HIDDEN, SERVER, 11, BOOLEAN, true, true, "hidden"),
    ROW(REAL_HOST, SERVER, 12, STRING, false, false, "realhostname"),
    ROW(REAL_USER, SERVER, 13, STRING, false, false, "realuserName"),
    ROW(USE_SEC_AUTH, SERVER, 14, BOOLEAN, false, false, "useSecAuth"),
    ROW(AUTH_LOGIN, SERVER, 15, BOOLEAN, false, false, "auth_login"),
    ROW(PASSWORD, SERVER, 16, STRING, false, false, "password"),
    ROW(EMAIL, IDENTITY, 0, STRING, false, true, "useremail"),
    ROW(SMTP_KEY, IDENTITY, 1, STRING, false, true, "smtpServer"),
    ROW(SMTP_TYPE, SMTP, 0, STRING, false, false, "type"),
    ROW(SMTP_HOST, SMTP, 1, STRING, false, false, "hostname"),
    ROW(SMTP_USER, SMTP, 2, STRING, false, false, "username"),
    ROW(SMTP_PORT, SMTP, 3, INTEGER, false, false, "port"),
    ROW(SMTP_SOCKET, SMTP, 4, INTEGER, true, true, "try_ssl"),
    ROW(SMTP_AUTH, SMTP, 5, INTEGER, true, true, "authMethod"),
    ROW(SMTP_OLD_AUTH, SMTP, 6, INTEGER, false, false, "auth_method"),
    ROW(SMTP_PASSWORD, SMTP, 7, STRING, false, false, "password"),
};

static const struct mlint_str prefixes[MLINT_TB_KIND_COUNT] = {
    [MLINT_TB_GLOBAL] = MLINT_STR_INIT(""),
    [MLINT_TB_ACCOUNT] = MLINT_STR_INIT("mail.account."),
    [MLINT_TB_SERVER] = MLINT_STR_INIT("mail.server."),
    [MLINT_TB_IDENTITY] = MLINT_STR_INIT("mail.identity."),
    [MLINT_TB_SMTP] = MLINT_STR_INIT("mail.smtpserver."),
    [MLINT_TB_MAILBOX] = MLINT_STR_INIT(""),
};

/* The first row of each kind. */
static const uint8_t starts[MLINT_TB_SMTP + 2] = {
    MLINT_TB_ACCOUNTS, MLINT_TB_ACCOUNT_SERVER, MLINT_TB_TYPE,
    MLINT_TB_EMAIL,    MLINT_TB_SMTP_TYPE,      MLINT_TB_PREF_COUNT,
};

/* ---- Names ------------------------------------------------------------------------------ */

/* A bit for each length that a name of the kind has: most others are turned away by it. */
static uint32_t lengths_of(enum mlint_tb_kind kind)
{
    switch (kind) {
    case MLINT_TB_ACCOUNT: /* server, identities */
        return 1u << 6 | 1u << 10;
    case MLINT_TB_SERVER: /* type, hidden, hostname, authMethod, realhostname and so on */
        return 1u << 4 | 1u << 6 | 1u << 8 | 1u << 10 | 1u << 12 | 1u << 14 | 1u << 15 |
               1u << 16;
    case MLINT_TB_IDENTITY: /* useremail, smtpServer */
        return 1u << 9 | 1u << 10;
    case MLINT_TB_SMTP: /* type, try_ssl, hostname, authMethod, auth_method */
        return 1u << 4 | 1u << 7 | 1u << 8 | 1u << 10 | 1u << 11;
    default:
        return UINT32_MAX;
    }
}

/* 1 + the row whose name this is among those of a kind, or 0. */
static uint16_t search(enum mlint_tb_kind kind, struct mlint_str name)
{
    unsigned i;

    if (name.len < 32 && !(lengths_of(kind) >> name.len & 1))
        return MLINT_PREFS_DROP;
    for (i = starts[kind]; i < starts[kind + 1]; i++)
        if (rows[i].name.len == name.len && rows[i].name.ptr[0] == name.ptr[0] &&
            mlint_str_eq(rows[i].name, name))
            return (uint16_t)(i + 1);
    return MLINT_PREFS_DROP;
}

/* The kind whose prefix a name that begins with "mail." has. */
static enum mlint_tb_kind kind_of(struct mlint_str name)
{
    enum mlint_tb_kind kind = MLINT_TB_GLOBAL;

    if (name.len < 13) /* "mail.server.x" */
        return kind;
    if (name.ptr[5] == 'a')
        kind = MLINT_TB_ACCOUNT;
    else if (name.ptr[5] == 'i')
        kind = MLINT_TB_IDENTITY;
    else if (name.ptr[5] == 's')
        kind = name.ptr[6] == 'e' ? MLINT_TB_SERVER : MLINT_TB_SMTP;
    return mlint_str_starts(name, prefixes[kind]) ? kind : MLINT_TB_GLOBAL;
}

/* Where a server's mail lies: names of the user's folders and of hosts of old. */
static bool is_folder(struct mlint_str last)
{
    return mlint_str_eq(last, MLINT_STR("directory")) ||
           mlint_str_eq(last, MLINT_STR("directory-rel"));
}

static uint16_t classify_mail(struct mlint_str name)
{
    enum mlint_tb_kind kind = kind_of(name);
    uint16_t found = MLINT_PREFS_DROP;
    size_t dot;

    if (kind == MLINT_TB_GLOBAL) {
        found = search(kind, name);
    } else {
        dot = mlint_str_rfind_char(name, '.');
        if (dot > prefixes[kind].len)
            found = search(kind, mlint_str_sub(name, dot + 1, name.len));
        if (!found && kind == MLINT_TB_SERVER &&
            is_folder(mlint_str_sub(name, dot + 1, name.len)))
            return MLINT_PREFS_HIDE;
    }
    return found ? found : MLINT_PREFS_FIRST;
}

uint16_t mlint_tb_classify(struct mlint_str name)
{
    uint16_t found;

    if (name.len < 6 || (name.ptr[0] != 'm' && name.ptr[0] != 'e' && name.ptr[0] != 'g'))
        return MLINT_PREFS_DROP;
    if (memcmp(name.ptr, "mail.", 5) == 0)
        return classify_mail(name);
    found = search(MLINT_TB_GLOBAL, name);
    return !found && mlint_str_starts(name, MLINT_STR("mailnews.")) ? MLINT_PREFS_FIRST : found;
}

const char *mlint_tb_name(struct mlint_tb_graph *graph, const struct mlint_tb_object *object,
                          enum mlint_tb_pref pref)
{
    const struct row *row = &rows[pref];
    struct mlint_str prefix = prefixes[row->kind];
    char *name, *p;

    if (row->kind == MLINT_TB_GLOBAL)
        return row->name.ptr;
    name = mlint_arena_bytes(graph->arena, prefix.len + object->key.len + row->name.len + 2);
    if (!name)
        return "";
    p = mempcpy(mempcpy(name, prefix.ptr, prefix.len), object->key.ptr, object->key.len);
    *p++ = '.';
    memcpy(p, row->name.ptr, row->name.len + 1);
    return name;
}

unsigned mlint_tb_major(struct mlint_str version)
{
    int64_t number;
    struct mlint_str part;

    if (!mlint_str_split(&version, '.', &part) || !mlint_num_parse(part, 10, &number) ||
        number < 0 || number > 100000)
        return 0;
    return (unsigned)number;
}

/* ---- Objects ---------------------------------------------------------------------------- */

static size_t hash(enum mlint_tb_kind kind, struct mlint_str key)
{
    uint32_t h = 2166136261u ^ (uint32_t)kind;
    size_t i;

    for (i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.ptr[i]) * 16777619u;
    return h;
}

/* Twice the slots, so that chains stay short however many objects a file has. */
static bool grow(struct mlint_tb_graph *graph)
{
    size_t count = graph->slot_count ? graph->slot_count * 2 : 64;
    struct mlint_tb_object **slots =
        mlint_arena_array(graph->arena, struct mlint_tb_object *, count);
    struct mlint_tb_object *object;

    if (!slots)
        return false;
    for (object = graph->objects; object; object = object->next) {
        size_t slot = hash(object->kind, object->key) & (count - 1);
        object->same_slot = slots[slot];
        slots[slot] = object;
    }
    graph->slots = slots;
    graph->slot_count = count;
    return true;
}

struct mlint_tb_object *mlint_tb_find(const struct mlint_tb_graph *graph,
                                      enum mlint_tb_kind kind, struct mlint_str key)
{
    struct mlint_tb_object *object;

    object = graph->slots[hash(kind, key) & (graph->slot_count - 1)];
    while (object && (object->kind != kind || !mlint_str_eq(object->key, key)))
        object = object->same_slot;
    return object;
}

static struct mlint_tb_object *add(struct mlint_tb_graph *graph, enum mlint_tb_kind kind,
                                   struct mlint_str key)
{
    struct mlint_tb_object *object;
    size_t slot;

    if (graph->object_count >= graph->slot_count && !grow(graph))
        return NULL;
    object = mlint_arena_new(graph->arena, struct mlint_tb_object);
    if (!object)
        return NULL;
    object->kind = kind;
    object->key = key;
    slot = hash(kind, key) & (graph->slot_count - 1);
    object->same_slot = graph->slots[slot];
    graph->slots[slot] = object;
    if (graph->last)
        graph->last->next = object;
    else
        graph->objects = object;
    graph->last = object;
    graph->object_count++;
    if (mlint_str_eq(key, MLINT_STR("default")))
        graph->fallback[kind] = object;
    return object;
}

struct mlint_tb_object *mlint_tb_claim(struct mlint_tb_graph *graph, enum mlint_tb_kind kind,
                                       struct mlint_str key)
{
    struct mlint_tb_object *object = mlint_tb_find(graph, kind, key);

    return object ? object : add(graph, kind, key);
}

bool mlint_tb_graph_init(struct mlint_tb_graph *graph, struct mlint_reading *reading)
{
    *graph = (struct mlint_tb_graph){ .reading = reading, .arena = reading->arena };
    if (!grow(graph))
        return false;
    graph->global = add(graph, MLINT_TB_GLOBAL, MLINT_STR(""));
    return graph->global != NULL;
}

static struct mlint_tb_object *object_of(struct mlint_tb_graph *graph, const struct row *row,
                                         struct mlint_str name)
{
    struct mlint_tb_object *object = graph->recent;
    struct mlint_str key;

    if (row->kind == MLINT_TB_GLOBAL)
        return graph->global;
    key = mlint_str_sub(name, prefixes[row->kind].len, name.len - row->name.len - 1);
    if (!object || object->kind != row->kind || !mlint_str_eq(object->key, key))
        object = mlint_tb_claim(graph, row->kind, key);
    return graph->recent = object;
}

static bool is_same(const struct mlint_node *a, const struct mlint_node *b)
{
    return a->type == b->type && a->number == b->number && mlint_str_eq(a->value, b->value);
}

static void note_wrong_type(struct mlint_tb_graph *graph, const struct mlint_node *node,
                            enum mlint_node_type type)
{
    const char *wanted = type == MLINT_NODE_STRING    ? "a text in quotes"
                         : type == MLINT_NODE_INTEGER ? "a number without quotes"
                                                      : "true or false without quotes";

    if (node->type == MLINT_NODE_BOOLEAN && type == MLINT_NODE_INTEGER && node->value.len == 1)
        wanted = "a number, but a policy turns 0 and 1 into false and true";
    mlint_reading_note(graph->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                       "%.*s must be %s; Thunderbird takes its default instead",
                       MLINT_STR_ARG(node->name), wanted);
}

/* A note about a value beside another one of the same name. */
static void note_two(struct mlint_tb_graph *graph, enum mlint_note_kind kind,
                     const struct mlint_node *node, const struct mlint_node *other,
                     const char *what)
{
    struct mlint_note *note = mlint_tree_note(graph->reading->tree, kind, node->value_span,
                                              "%.*s %s", MLINT_STR_ARG(node->name), what);

    if (!note)
        return;
    note->node = node;
    note->related = other;
    note->source = node->source;
}

static void note_twice(struct mlint_tb_graph *graph, const struct mlint_node *old,
                       const struct mlint_node *node)
{
    if (!graph->silent && old && old->source == node->source && !is_same(old, node) &&
        node->type != MLINT_NODE_COMPUTED)
        note_two(graph, MLINT_NOTE_DUPLICATE_KEY, node, old,
                 "stands twice; Thunderbird uses the last one");
}

/* Whatever its type, and whether or not an account comes of it: reports never quote it. */
static void hide_password(struct mlint_tb_graph *graph, const struct row *row,
                          const struct mlint_node *node)
{
    struct mlint_result *result = graph->reading->result;

    if ((row == &rows[MLINT_TB_PASSWORD] || row == &rows[MLINT_TB_SMTP_PASSWORD]) &&
        node->source < result->source_count)
        mlint_source_hide(result->sources[node->source], graph->arena, node->value_span);
}

/* ---- Two values a preference ------------------------------------------------------------ */

static struct mlint_tb_layers *layers_of(struct mlint_tb_graph *graph,
                                         struct mlint_tb_object *object)
{
    if (!object->layers)
        object->layers = mlint_arena_new(graph->arena, struct mlint_tb_layers);
    return object->layers;
}

static const struct mlint_node *base_of(const struct mlint_tb_object *object, unsigned slot)
{
    return object->layers ? object->layers->base[slot] : NULL;
}

static bool is_locked(const struct mlint_tb_object *object, unsigned slot)
{
    return object->layers && (object->layers->locked >> slot & 1);
}

/* The value that counts. */
static const struct mlint_node *effective(const struct mlint_tb_object *object, unsigned slot)
{
    const struct mlint_node *user = object->value[slot];

    return user && !is_locked(object, slot) ? user : base_of(object, slot);
}

/* A value's type stays what a default has made it, a default's what any value has. */
static bool is_refused(struct mlint_tb_graph *graph, const struct row *row,
                       const struct mlint_tb_object *object, const struct mlint_node *node)
{
    bool shared = row->kind == MLINT_TB_GLOBAL || graph->fallback[row->kind] == object;
    const struct mlint_node *other = base_of(object, row->slot);

    if (node->type == MLINT_NODE_COMPUTED)
        return false;
    if (shared && row->typed_default && node->type != row->type) {
        if (!graph->silent)
            note_wrong_type(graph, node, (enum mlint_node_type)row->type);
        return true;
    }
    if (!other && node->flags & MLINT_NODE_DEFAULT)
        other = object->value[row->slot];
    if (!other || other->type == node->type || other->type == MLINT_NODE_COMPUTED)
        return false;
    if (!graph->silent)
        note_two(graph, MLINT_NOTE_UNKNOWN_VALUE, node, other,
                 "is of another type than it is elsewhere; Thunderbird refuses it");
    return true;
}

/* A policy's 0 and 1 stay numbers where the preference is one already. */
static const struct mlint_node *as_known(struct mlint_tb_graph *graph, const struct row *row,
                                         const struct mlint_tb_object *object,
                                         const struct mlint_node *node)
{
    const struct mlint_node *other = object->value[row->slot];
    struct mlint_node *copy;

    if (!other)
        other = base_of(object, row->slot);
    if (!other || other->type != MLINT_NODE_INTEGER || node->type != MLINT_NODE_BOOLEAN ||
        node->value.len != 1)
        return node;
    copy = mlint_arena_new(graph->arena, struct mlint_node);
    if (!copy)
        return node;
    *copy = *node;
    copy->type = MLINT_NODE_INTEGER;
    return copy;
}

static void set_base(struct mlint_tb_graph *graph, const struct row *row,
                     struct mlint_tb_object *object, const struct mlint_node *node)
{
    struct mlint_tb_layers *layers = layers_of(graph, object);
    uint32_t bit = 1u << row->slot;

    if (!layers)
        return;
    if (node->flags & MLINT_NODE_UNLOCKS)
        layers->locked &= ~bit;
    if (layers->locked & bit)
        return;
    note_twice(graph, layers->base[row->slot], node);
    layers->base[row->slot] = node;
    if (node->flags & MLINT_NODE_LOCKED)
        layers->locked |= bit;
}

static void set_user(struct mlint_tb_graph *graph, const struct row *row,
                     struct mlint_tb_object *object, const struct mlint_node *node)
{
    const struct mlint_node *old = object->value[row->slot];
    struct mlint_tb_layers *layers;

    /* Thunderbird saves what it computes: the profile has the value of its last start. */
    if (old && old->source != node->source && node->type == MLINT_NODE_COMPUTED)
        return;
    note_twice(graph, old, node);
    if (old && old->source != node->source && (layers = layers_of(graph, object)))
        layers->replaced[row->slot] = old;
    object->value[row->slot] = node;
}

/* A policy's bare value: what Thunderbird refuses of these ends its loop over them. */
static bool is_bare(const struct mlint_node *node)
{
    return node->flags & MLINT_NODE_UNLOCKS && node->parent &&
           node->parent->type == MLINT_NODE_DICT;
}

/* lockPref() and policies lock what they could not set. */
static void lock_refused(struct mlint_tb_graph *graph, const struct row *row,
                         struct mlint_tb_object *object, const struct mlint_node *node)
{
    struct mlint_tb_layers *layers =
        node->flags & MLINT_NODE_LOCKED && !is_bare(node) ? layers_of(graph, object) : NULL;

    if (layers)
        layers->locked |= 1u << row->slot;
}

/* false: Thunderbird gives up here and reads no more of the file. */
static bool set(struct mlint_tb_graph *graph, const struct row *row,
                struct mlint_tb_object *object, const struct mlint_node *node)
{
    hide_password(graph, row, node);
    if (!object->first)
        object->first = node;
    if (node->flags & MLINT_NODE_DELETED) { /* clearPref() */
        object->value[row->slot] = NULL;
        return true;
    }
    if (node->flags == MLINT_NODE_UNLOCKS) { /* unlockPref(), perhaps under a condition */
        if (object->layers && node->type != MLINT_NODE_COMPUTED)
            object->layers->locked &= ~(1u << row->slot);
        return true;
    }
    node = as_known(graph, row, object, node);
    if (is_refused(graph, row, object, node)) {
        lock_refused(graph, row, object, node);
        return !is_bare(node);
    }
    if (node->flags & MLINT_NODE_DEFAULT)
        set_base(graph, row, object, node);
    else
        set_user(graph, row, object, node);
    return true;
}

const struct mlint_node *mlint_tb_replaced(const struct mlint_tb_graph *graph,
                                           const struct mlint_tb_object *object,
                                           const struct mlint_node *node)
{
    const struct mlint_tb_object *const owners[] = { object, graph->fallback[object->kind] };
    const struct mlint_node *other;
    size_t i;
    unsigned slot;

    for (i = 0; i < 2; i++) {
        if (!owners[i] || !owners[i]->layers)
            continue;
        for (slot = 0; slot < MLINT_TB_SLOTS; slot++) {
            if (effective(owners[i], slot) != node)
                continue;
            other = owners[i]->value[slot];
            if (!other || other == node)
                other = owners[i]->layers->replaced[slot];
            return other && !is_same(other, node) ? other : NULL;
        }
    }
    return NULL;
}

void mlint_tb_graph_add(struct mlint_tb_graph *graph, const struct mlint_tree *tree)
{
    const struct mlint_node *node;

    for (node = tree->root->child; node; node = node->next) {
        uint16_t class = node->subtype ? node->subtype : mlint_tb_classify(node->name);
        struct mlint_tb_object *object;

        if (class == MLINT_PREFS_DROP)
            continue;
        if (mlint_str_starts(node->name, MLINT_STR("mail")))
            graph->any_mail = true;
        if (class == MLINT_PREFS_FIRST || class == MLINT_PREFS_HIDE)
            continue;
        object = object_of(graph, &rows[class - 1], node->name);
        if (!object)
            return;
        if (!set(graph, &rows[class - 1], object, node))
            return;
    }
}

/* ---- Look-ups --------------------------------------------------------------------------- */

const struct mlint_node *mlint_tb_own(struct mlint_tb_graph *graph,
                                      struct mlint_tb_object *object, enum mlint_tb_pref pref)
{
    const struct row *row = &rows[pref];
    const struct mlint_node *node = object ? effective(object, row->slot) : NULL;

    if (!node || node->type == row->type || node->type == MLINT_NODE_COMPUTED)
        return node;
    if (!graph->quiet && !object->noted[row->slot]) {
        object->noted[row->slot] = true;
        note_wrong_type(graph, node, (enum mlint_node_type)row->type);
    }
    return NULL;
}

const struct mlint_node *mlint_tb_get(struct mlint_tb_graph *graph,
                                      struct mlint_tb_object *object, enum mlint_tb_pref pref,
                                      bool *inherited)
{
    const struct mlint_node *node = mlint_tb_own(graph, object, pref);

    const struct mlint_node *shared;
    /* An empty user name is taken away when the account is loaded. */
    bool cleared = node && pref == MLINT_TB_USER && node->type == MLINT_NODE_STRING &&
                   node->value.len == 0;

    *inherited = false;
    if ((node && !cleared) || !rows[pref].shared)
        return node;
    shared = mlint_tb_own(graph, graph->fallback[rows[pref].kind], pref);
    *inherited = shared != NULL;
    return shared ? shared : node;
}

/* The number that Thunderbird ships is 1; a start that appends counts the profile's up. */
bool mlint_tb_appends(struct mlint_tb_graph *graph)
{
    const struct mlint_node *now = mlint_tb_own(graph, graph->global, MLINT_TB_APPEND_VERSION);
    const struct mlint_node *offered =
        base_of(graph->global, rows[MLINT_TB_APPEND_VERSION].slot);
    int64_t done = now ? now->number : 1;

    return done <= (offered ? offered->number : 1);
}
