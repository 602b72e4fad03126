/* node.h: what every syntax is read into: a tree of names, values and places.
 *
 * Names and values are views into the source's text where the syntax allows it, else decoded
 * copies in the arena. No word of mail here. */
#ifndef MLINT_SYNTAX_NODE_H
#define MLINT_SYNTAX_NODE_H

#include "base/arena.h"
#include "source/source.h"

enum mlint_node_type {
    MLINT_NODE_GROUP = 0, /* root, registry key, INI section, XML element with children */
    MLINT_NODE_DICT,
    MLINT_NODE_ARRAY,
    MLINT_NODE_STRING,
    MLINT_NODE_INTEGER, /* number */
    MLINT_NODE_REAL,    /* real; value is its text */
    MLINT_NODE_BOOLEAN, /* number is 0 or 1 */
    MLINT_NODE_BINARY,  /* value is the bytes */
    MLINT_NODE_DATE,
    MLINT_NODE_NULL,
    MLINT_NODE_UID,      /* keyed archives: number */
    MLINT_NODE_COMPUTED, /* an expression that only the client can evaluate; value is its text
                          */
};

enum {
    MLINT_NODE_DELETED = 1,   /* "name"=- or [-KEY]: takes the earlier one away */
    MLINT_NODE_LOCKED = 2,    /* a locked preference */
    MLINT_NODE_DEFAULT = 4,   /* a default preference, weaker than a user's */
    MLINT_NODE_ATTRIBUTE = 8, /* an XML attribute */
    MLINT_NODE_UNSIGNED = 16, /* an integer above INT64_MAX: number is INT64_MAX */
    MLINT_NODE_BYTES = 32,    /* a text or number that is written as its bytes: hex(1) */
    MLINT_NODE_WIDE = 64,     /* and those bytes are UTF-16LE */
    MLINT_NODE_UNLOCKS = 128, /* a preference that takes an earlier lock away first */
};

struct mlint_node {
    struct mlint_node *parent, *child, *last, *next; /* last: newest child */
    struct mlint_str name;
    struct mlint_str value;
    union {
        int64_t number;
        double real;
    };
    struct mlint_span name_span;  /* of the name as written, quotes left out */
    struct mlint_span value_span; /* of the value as written, quotes and tags left out */
    uint8_t type;                 /* enum mlint_node_type */
    uint8_t flags;
    uint16_t subtype; /* registry value type, plist width, ... */
    uint32_t index;   /* among its parent's children (arrays) */
    uint32_t source;  /* index of the source it stands in */
};

/* How mlint_node_path joins names. */
enum mlint_path_style {
    MLINT_PATH_FLAT,      /* the name itself: mail.server.server1.port */
    MLINT_PATH_BACKSLASH, /* HKEY_CURRENT_USER\Software\...\POP3 User */
    MLINT_PATH_SLASH,     /* PayloadContent[0]/IncomingMailServerUsername, element/element */
    MLINT_PATH_INI,       /* [Account1]POP3Server */
};

/* Something in the file that had to be skipped or is odd; becomes a reader finding. */
enum mlint_note_kind {
    MLINT_NOTE_SYNTAX,
    MLINT_NOTE_ENCODING,
    MLINT_NOTE_DUPLICATE_KEY,
    MLINT_NOTE_TRUNCATED,
    MLINT_NOTE_UNKNOWN_VALUE,
    MLINT_NOTE_UNFILLED_TEMPLATE,
    MLINT_NOTE_KIND_COUNT
};

struct mlint_note {
    struct mlint_note *next;
    enum mlint_note_kind kind;
    uint32_t source;
    struct mlint_span span;
    const struct mlint_node *node;    /* may be NULL */
    const struct mlint_node *related; /* may be NULL */
    const char *message; /* in the arena or static; no secrets, quotes cleaned by reports */
    const char *hint;    /* or NULL */
};

struct mlint_tree {
    struct mlint_arena *arena;
    struct mlint_source *source;
    struct mlint_node *root; /* an unnamed GROUP */
    enum mlint_path_style style;
    struct mlint_node *spare; /* zeroed, for the next ones */
    unsigned spare_count;
    uint32_t node_count;
    unsigned note_count;
    struct mlint_note *notes, *last_note;
    bool too_many;       /* MLINT_LIMIT_NODES was reached */
    bool too_deep;       /* MLINT_LIMIT_DEPTH was reached */
    bool damaged;        /* ends early, or the reader had to give up; read as far as it goes */
    bool missing_module; /* its reader is not installed: nothing is wrong with the file */
    const char *problem; /* cause of damaged, for the file's detail; or NULL */
    const void *index;   /* what the syntax finds names by, or NULL */
    struct mlint_tree *beside; /* of another file that was read with this one, or NULL */
};

/* NULL only when the arena failed. */
struct mlint_tree *mlint_tree_new(struct mlint_arena *arena, struct mlint_source *source,
                                  enum mlint_path_style style);
/* Have there be a spare node; false when memory or MLINT_LIMIT_NODES ran out. */
bool mlint_tree_provide(struct mlint_tree *tree);
/* Append a child; NULL when memory or MLINT_LIMIT_NODES ran out. */
static inline struct mlint_node *mlint_node_add(struct mlint_tree *tree,
                                                struct mlint_node *parent,
                                                enum mlint_node_type type,
                                                struct mlint_str name)
{
    struct mlint_node *node;

    if (!tree->spare_count && !mlint_tree_provide(tree))
        return NULL;
    node = tree->spare++;
    tree->spare_count--;
    tree->node_count++;
    node->type = (uint8_t)type;
    node->name = name;
    node->parent = parent;
    node->source = tree->source->index;
    if (parent->last) {
        parent->last->next = node;
        node->index = parent->last->index + 1;
    } else {
        parent->child = node;
    }
    parent->last = node;
    return node;
}
/* Remember an oddity; beyond MLINT_LIMIT_READER_FINDINGS it is only counted. Returns the note,
 * or NULL. */
struct mlint_note *mlint_tree_note(struct mlint_tree *tree, enum mlint_note_kind kind,
                                   struct mlint_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The last child of that name (so that a later duplicate wins), or NULL. */
const struct mlint_node *mlint_node_get(const struct mlint_node *node, const char *name);
const struct mlint_node *mlint_node_get_nocase(const struct mlint_node *node, const char *name);
/* The place in the client's own terms, in the arena, NUL-ended. */
const char *mlint_node_path(struct mlint_arena *arena, enum mlint_path_style style,
                            const struct mlint_node *node);
const char *mlint_node_type_name(const struct mlint_node *node);

#endif
