/* thunderbird_graph.c: preferences sorted into the objects they describe. The names are in
 * thunderbird_names.c. What the objects mean
 * for accounts is in thunderbird_accounts.c, the values in thunderbird_fields.c.
 *
 * A preference has two values, as in Mozilla's libpref: a default and the user's, which counts
 * unless the default is locked. Files are added in the order in which Thunderbird reads them:
 * default files, prefs.js, user.js, mozilla.cfg, policies.
 *
 * A preference of the wrong type is as good as none (Thunderbird's getters fall back to the
 * default), so every look-up asks for the type as well. */
#include "formats/thunderbird.h"

#include "base/hash.h"

/* ---- Objects ---------------------------------------------------------------------------- */

static size_t hash_of(const struct mlint_tb_graph *graph, enum mlint_tb_kind kind,
                      struct mlint_str key)
{
    return (size_t)mlint_hash(graph->secret ^ kind, key);
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
        size_t slot = hash_of(graph, object->kind, object->key) & (count - 1);
        object->same_slot = slots[slot];
        slots[slot] = object;
    }
    graph->slots = slots;
    graph->slot_count = count;
    return true;
}

static struct mlint_tb_object *find(const struct mlint_tb_graph *graph, enum mlint_tb_kind kind,
                                    struct mlint_str key, size_t hash)
{
    struct mlint_tb_object *object = graph->slots[hash & (graph->slot_count - 1)];

    while (object && (object->kind != kind || !mlint_str_eq(object->key, key)))
        object = object->same_slot;
    return object;
}

struct mlint_tb_object *mlint_tb_find(const struct mlint_tb_graph *graph,
                                      enum mlint_tb_kind kind, struct mlint_str key)
{
    return find(graph, kind, key, hash_of(graph, kind, key));
}

static struct mlint_tb_object *add(struct mlint_tb_graph *graph, enum mlint_tb_kind kind,
                                   struct mlint_str key, size_t hash)
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
    slot = hash & (graph->slot_count - 1);
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
    size_t hash = hash_of(graph, kind, key);
    struct mlint_tb_object *object = find(graph, kind, key, hash);

    return object ? object : add(graph, kind, key, hash);
}

bool mlint_tb_graph_init(struct mlint_tb_graph *graph, struct mlint_reading *reading)
{
    *graph = (struct mlint_tb_graph){ .reading = reading,
                                      .arena = reading->arena,
                                      .secret = mlint_hash_secret() };
    if (!grow(graph))
        return false;
    graph->global = mlint_tb_claim(graph, MLINT_TB_GLOBAL, MLINT_STR(""));
    return graph->global != NULL;
}

static struct mlint_tb_object *object_of(struct mlint_tb_graph *graph,
                                         const struct mlint_tb_row *row, struct mlint_str name)
{
    struct mlint_tb_object *object = graph->recent;
    struct mlint_str key;

    if (row->kind == MLINT_TB_GLOBAL)
        return graph->global;
    key = mlint_tb_key(row, name);
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
static void hide_password(struct mlint_tb_graph *graph, const struct mlint_tb_row *row,
                          const struct mlint_node *node)
{
    struct mlint_result *result = graph->reading->result;

    if ((row == mlint_tb_row(MLINT_TB_PASSWORD) ||
         row == mlint_tb_row(MLINT_TB_SMTP_PASSWORD)) &&
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
    const struct mlint_node *user = object->value[slot], *base = base_of(object, slot);

    if (!user || !is_locked(object, slot))
        return user ? user : base;
    if (object->layers->unlocks[slot] && !(base && is_same(user, base)))
        return object->layers->unlocks[slot];
    return base;
}

/* A value's type stays what a default has made it, a default's what any value has. */
static bool is_refused(struct mlint_tb_graph *graph, const struct mlint_tb_row *row,
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
static const struct mlint_node *as_known(struct mlint_tb_graph *graph,
                                         const struct mlint_tb_row *row,
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

static void set_base(struct mlint_tb_graph *graph, const struct mlint_tb_row *row,
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
    layers->unlocks[row->slot] = NULL;
    if (node->flags & MLINT_NODE_LOCKED)
        layers->locked |= bit;
}

/* Thunderbird saves what it computes: a profile has the value of its last start. */
static bool is_saved(const struct mlint_tb_graph *graph, const struct mlint_node *node)
{
    const struct mlint_reading *reading = graph->reading;

    return node->source == reading->source->index &&
           !mlint_str_eq(mlint_str_base_name(reading->file->path), MLINT_STR("user.js"));
}

static void set_user(struct mlint_tb_graph *graph, const struct mlint_tb_row *row,
                     struct mlint_tb_object *object, const struct mlint_node *node)
{
    const struct mlint_node *old = object->value[row->slot];
    struct mlint_tb_layers *layers;

    if (old && node->type == MLINT_NODE_COMPUTED && old->source != node->source &&
        is_saved(graph, old))
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
static void lock_refused(struct mlint_tb_graph *graph, const struct mlint_tb_row *row,
                         struct mlint_tb_object *object, const struct mlint_node *node)
{
    struct mlint_tb_layers *layers =
        node->flags & MLINT_NODE_LOCKED && !is_bare(node) ? layers_of(graph, object) : NULL;

    if (layers)
        layers->locked |= 1u << row->slot;
}

/* clearPref(), perhaps under a condition. */
static void clear_user(const struct mlint_tb_row *row, struct mlint_tb_object *object,
                       const struct mlint_node *node)
{
    if (node->type != MLINT_NODE_COMPUTED)
        object->value[row->slot] = NULL;
    else if (object->value[row->slot])
        object->value[row->slot] = node;
}

/* unlockPref(), perhaps under a condition. */
static void unlock(const struct mlint_tb_row *row, struct mlint_tb_object *object,
                   const struct mlint_node *node)
{
    if (!is_locked(object, row->slot))
        return;
    if (node->type == MLINT_NODE_COMPUTED)
        object->layers->unlocks[row->slot] = node;
    else
        object->layers->locked &= ~(1u << row->slot);
}

/* false: Thunderbird gives up here and reads no more of the file. */
static bool set(struct mlint_tb_graph *graph, const struct mlint_tb_row *row,
                struct mlint_tb_object *object, const struct mlint_node *node)
{
    hide_password(graph, row, node);
    if (!object->first)
        object->first = node;
    if (node->flags & MLINT_NODE_DELETED) {
        clear_user(row, object, node);
        return true;
    }
    if (node->flags == MLINT_NODE_UNLOCKS) {
        unlock(row, object, node);
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

const struct mlint_node *mlint_tb_replaced_value(const struct mlint_tb_graph *graph,
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
        graph->any_computed |= node->type == MLINT_NODE_COMPUTED;
        if (mlint_str_starts(node->name, MLINT_STR("mail")))
            graph->any_mail = true;
        if (class == MLINT_PREFS_FIRST || class == MLINT_PREFS_HIDE)
            continue;
        object = object_of(graph, mlint_tb_row((enum mlint_tb_pref)(class - 1)), node->name);
        if (!object)
            return;
        if (!set(graph, mlint_tb_row((enum mlint_tb_pref)(class - 1)), object, node))
            return;
    }
}

/* ---- Look-ups --------------------------------------------------------------------------- */

const struct mlint_node *mlint_tb_own_value(struct mlint_tb_graph *graph,
                                            struct mlint_tb_object *object,
                                            enum mlint_tb_pref pref)
{
    const struct mlint_tb_row *row = mlint_tb_row(pref);
    const struct mlint_node *node = effective(object, row->slot);

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
    if ((node && !cleared) || !mlint_tb_row(pref)->shared)
        return node;
    shared = mlint_tb_own(graph, graph->fallback[mlint_tb_row(pref)->kind], pref);
    *inherited = shared != NULL;
    return shared ? shared : node;
}

/* The number that Thunderbird ships is 1; a start that appends counts the profile's up. */
bool mlint_tb_appends(struct mlint_tb_graph *graph, const struct mlint_node **computed)
{
    const struct mlint_node *now = mlint_tb_own(graph, graph->global, MLINT_TB_APPEND_VERSION);
    const struct mlint_node *offered =
        base_of(graph->global, mlint_tb_row(MLINT_TB_APPEND_VERSION)->slot);
    int64_t done = now ? now->number : 1;

    *computed = mlint_tb_is_computed(offered) ? offered : NULL;
    if (mlint_tb_is_computed(now))
        *computed = now;
    if (*computed)
        return true;
    return done <= (offered ? offered->number : 1);
}
