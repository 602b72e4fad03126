/* keyed.c: follows the references of a keyed archive. $objects holds every value once, UIDs
 * stand for them, $top names the first. An object that contains itself is passed over where it
 * does, floods end at ceilings; either is said. */
#include "syntax/keyed.h"

#include "source/limits.h"
#include "syntax/bplist.h"

#define VISITS_AT_MOST 10000
#define DEPTH_AT_MOST (MLINT_LIMIT_DEPTH / 2) /* two levels of the list make one of values */

struct archive {
    struct mlint_tree *tree;
    const struct mlint_node **objects;
    size_t count;
    unsigned visits, depth;
    const struct mlint_node *path[DEPTH_AT_MOST]; /* objects being copied, outermost first */
    const char *trouble;                          /* why something is missing, or NULL */
};

static const struct mlint_node *object_at(const struct archive *archive,
                                          const struct mlint_node *node)
{
    if (!node || node->type != MLINT_NODE_UID)
        return node;
    return (uint64_t)node->number < archive->count ? archive->objects[node->number] : NULL;
}

static struct mlint_node *copy(struct archive *archive, struct mlint_node *parent,
                               struct mlint_str name, const struct mlint_node *node);

/* Go into an object that holds others; not twice into one that is being copied. */
static bool enter(struct archive *archive, const struct mlint_node *node)
{
    for (unsigned i = 0; i < archive->depth; i++)
        if (archive->path[i] == node) {
            archive->trouble = "holds an archive that contains itself";
            return false;
        }
    if (archive->depth == DEPTH_AT_MOST) {
        archive->trouble = "is nested more deeply than maillint reads";
        return false;
    }
    archive->path[archive->depth++] = node;
    return true;
}

static bool is_list_class(const struct mlint_node *node)
{
    return node->type == MLINT_NODE_DICT && mlint_node_get(node, "NS.objects");
}

static void copy_items(struct archive *archive, struct mlint_node *into,
                       const struct mlint_node *node)
{
    const struct mlint_node *keys = mlint_node_get(node, "NS.keys");
    const struct mlint_node *key = keys ? keys->child : NULL;
    const struct mlint_node *item = mlint_node_get(node, "NS.objects")->child;

    for (; item; item = item->next) {
        const struct mlint_node *named = object_at(archive, key);
        struct mlint_str name = MLINT_STR("");
        if (keys && (!named || named->type != MLINT_NODE_STRING)) {
            archive->trouble = "has a key that is no string";
            return;
        }
        if (keys)
            name = named->value;
        copy(archive, into, name, object_at(archive, item));
        key = key ? key->next : NULL;
    }
}

/* NSString and NSDate hold their value one level down. */
static const struct mlint_node *inner(const struct mlint_node *node)
{
    const struct mlint_node *value = mlint_node_get(node, "NS.string");

    if (!value)
        value = mlint_node_get(node, "NS.time");
    return value ? value : mlint_node_get(node, "NS.data");
}

static struct mlint_node *copy_object(struct archive *archive, struct mlint_node *parent,
                                      struct mlint_str name, const struct mlint_node *node)
{
    enum mlint_node_type type =
        mlint_node_get(node, "NS.keys") ? MLINT_NODE_DICT : MLINT_NODE_ARRAY;
    struct mlint_node *made = NULL;

    if (!enter(archive, node))
        return NULL;
    if (!is_list_class(node))
        made = copy(archive, parent, name, object_at(archive, inner(node)));
    else
        made = mlint_node_add(archive->tree, parent, type, name);
    if (made && is_list_class(node))
        copy_items(archive, made, node);
    archive->depth--;
    return made;
}

static struct mlint_node *copy(struct archive *archive, struct mlint_node *parent,
                               struct mlint_str name, const struct mlint_node *node)
{
    struct mlint_node *made;

    if (archive->visits++ == VISITS_AT_MOST)
        archive->trouble = "has more values than maillint reads of one archive";
    if (archive->visits > VISITS_AT_MOST)
        return NULL;
    if (!node || node->type == MLINT_NODE_UID) {
        archive->trouble = "refers to something that is not there";
        return NULL;
    }
    if (node->type == MLINT_NODE_STRING && mlint_str_eq(node->value, MLINT_STR("$null")))
        return mlint_node_add(archive->tree, parent, MLINT_NODE_NULL, name);
    if (node->type == MLINT_NODE_DICT)
        return copy_object(archive, parent, name, node);
    made = mlint_node_add(archive->tree, parent, (enum mlint_node_type)node->type, name);
    if (!made)
        return NULL;
    made->value = node->value;
    made->number = node->number; /* the union's widest member */
    return made;
}

static const struct mlint_node *top_value(const struct archive *archive,
                                          const struct mlint_node *list)
{
    const struct mlint_node *top = mlint_node_get(list, "$top");

    const struct mlint_node *root = top ? mlint_node_get(top, "root") : NULL;

    /* The archiver's caller chooses the name: without a "root" the first counts. */
    if (!root && top)
        root = top->child;
    return object_at(archive, root);
}

static bool open_archive(struct archive *archive, const struct mlint_node *list)
{
    const struct mlint_node *objects = mlint_node_get(list, "$objects");
    size_t count = 0;

    if (!objects || objects->type != MLINT_NODE_ARRAY)
        return false;
    for (const struct mlint_node *item = objects->child; item; item = item->next)
        count++;
    archive->objects =
        mlint_arena_array(archive->tree->arena, const struct mlint_node *, count + 1);
    if (!archive->objects)
        return false;
    for (const struct mlint_node *item = objects->child; item; item = item->next)
        archive->objects[archive->count++] = item;
    return true;
}

struct mlint_node *mlint_keyed_read(struct mlint_tree *tree, struct mlint_node *parent,
                                    struct mlint_str name, struct mlint_str bytes)
{
    struct archive archive = { .tree = tree };
    struct mlint_node holder = { .type = MLINT_NODE_GROUP };
    struct mlint_node *made = NULL;
    struct mlint_note *note = NULL;
    bool damaged = tree->damaged;
    const char *problem = tree->problem;

    mlint_bplist_read(tree, &holder, bytes);
    if (holder.child && open_archive(&archive, holder.child))
        made = copy(&archive, parent, name, top_value(&archive, holder.child));
    /* One bad value is a note; the database around it is whole. */
    tree->damaged = damaged;
    tree->problem = problem;
    if (!made)
        note = mlint_tree_note(tree, MLINT_NOTE_SYNTAX, MLINT_NO_SPAN,
                               "the value of \"%.*s\" is no readable archive",
                               MLINT_STR_ARG(name));
    else if (archive.trouble)
        note = mlint_tree_note(tree, MLINT_NOTE_SYNTAX, MLINT_NO_SPAN,
                               "the value of \"%.*s\" %s: not all of it is read",
                               MLINT_STR_ARG(name), archive.trouble);
    if (note)
        note->node = parent;
    return made;
}
