/* reg_lex.h: what the files of the .reg parser share; private to lib/syntax/reg*.c.
 *
 * reg.c walks lines and keys, reg_quick.h the bulk of the lines; reg_value.c reads the other
 * values with reg_string.c and reg_hex.c, reg_bytes.c turns bytes into text and numbers,
 * reg_store.c keeps the tree as the registry would stand after an import. */
#ifndef MLINT_SYNTAX_REG_LEX_H
#define MLINT_SYNTAX_REG_LEX_H

#include "base/buf.h"
#include "base/cpu.h"
#include "base/num.h"
#include "syntax/reg.h"
#include "syntax/reg_scan.h"

/* A hash of every kept key and value, by parent and folded name. */
struct mlint_reg_slot {
    uint32_t hash;
    struct mlint_node *node;
};

struct mlint_reg_store {
    struct mlint_tree *tree;
    struct mlint_reg_slot *slots;
    size_t slot_count, used;    /* slot_count is a power of two */
    uint64_t secret;            /* that hashes go by */
    struct mlint_str last_path; /* of the key that was asked for last; empty: none */
    struct mlint_node *last_key;
    unsigned last_level;
    bool deleted; /* some node carries MLINT_NODE_DELETED: sweep at the end */
};

/* Which keys are wanted. */
struct mlint_reg_choice {
    bool (*wanted)(struct mlint_str path, size_t from); /* NULL: all */
    /* The parent of the last unwanted key, with its backslash; empty: it had none. Neighbours
     * of that key need a look at their own name alone. */
    struct mlint_str refused;
};

struct mlint_reg_reader {
    struct mlint_tree *tree;
    const struct mlint_reg_options *options;
    struct mlint_reg_store store;
    const char *text, *end; /* the whole of it */
    const char *line;       /* the line being read */
    const char *eol;        /* its end */
    const char *next;       /* begin of the line after it */
    struct mlint_node *key; /* values go here; NULL: they are dropped */
    struct mlint_buf bytes; /* of the hex value being read */
    bool wide;              /* bytes of text are UTF-16LE for certain: a UTF-16 file */
    struct mlint_reg_choice choice;
    const struct mlint_reg_kernel *kernel;
};

/* reg_quick.h, in one of the widths that a processor has. */
struct mlint_reg_kernel {
    const char *name;
    /* From within the lines of an unwanted key to the next one that must be looked at; false:
     * there is none. */
    bool (*skip)(struct mlint_reg_reader *reader);
    /* Read the next line if it is a value in the usual spelling; false: it is not, and still
     * the next. */
    bool (*read_plain)(struct mlint_reg_reader *reader);
};

extern const struct mlint_reg_kernel mlint_reg_base;
#ifdef MLINT_CPU_X86
extern const struct mlint_reg_kernel mlint_reg_avx2;
#endif

bool mlint_reg_is_wanted(struct mlint_reg_choice *choice, struct mlint_str path);
/* Make the line at reader->next the current one; false at the end of the text. */
bool mlint_reg_next_line(struct mlint_reg_reader *reader);
static inline struct mlint_span mlint_reg_span(const struct mlint_reg_reader *reader,
                                               const char *begin, const char *end)
{
    return (struct mlint_span){ (uint32_t)(begin - reader->text),
                                (uint32_t)(end - reader->text) };
}
/* The current line is one that regedit does not take. */
void mlint_reg_bad_line(struct mlint_reg_reader *reader, const char *why);
/* The same, or the file being cut off here if nothing follows. */
void mlint_reg_cut_line(struct mlint_reg_reader *reader, const char *why);
/* Reports must not quote this part. */
void mlint_reg_hide(struct mlint_reg_reader *reader, struct mlint_span span);
/* The file ends in the middle of a value. */
void mlint_reg_cut(struct mlint_reg_reader *reader);
static inline const char *mlint_reg_blanks(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    return p;
}

/* Nothing but blanks and a comment may follow a value. */
static inline bool mlint_reg_is_over(const char *p, const char *eol)
{
    p = mlint_reg_blanks(p, eol);
    return p == eol || *p == ';';
}

/* A name or a string: what it says, and where it stands without its quotes. */
struct mlint_reg_quoted {
    struct mlint_str text;
    const char *begin, *end;
    char odd_escape; /* the character of the first escape that regedit does not know, or 0 */
    bool nul;        /* it holds \0, at which regedit stops */
};

/* A value being read. */
struct mlint_reg_item {
    struct mlint_reg_quoted name;
    const char *begin, *end; /* of the data as written */
    bool hex;                /* written as bytes */
};

/* reg_string.c: a text with backslashes; only quoted->begin is set. */
const char *mlint_reg_read_escaped(struct mlint_reg_reader *reader,
                                   struct mlint_reg_quoted *quoted);
/* p is behind the opening quote. Returns what follows the closing one, NULL if there is none.
 */
static inline const char *mlint_reg_read_quoted(struct mlint_reg_reader *reader, const char *p,
                                                struct mlint_reg_quoted *quoted)
{
    const char *end = mlint_reg_find(p, reader->eol, reader->end, '"', '\\');

    *quoted = (struct mlint_reg_quoted){ .begin = p };
    if (end == reader->eol || *end != '"')
        return mlint_reg_read_escaped(reader, quoted);
    quoted->text = mlint_str_make(p, (size_t)(end - p));
    quoted->end = end;
    return end + 1;
}

/* reg_string.c: read and store a whole value; p is behind the opening quote. */
void mlint_reg_read_string(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                           const char *p, uint32_t type);
void mlint_reg_read_str(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                        const char *p, uint32_t type);
/* One more than a hexadecimal digit's value, 0 for what is no digit. */
static inline unsigned mlint_reg_digit(const char *p)
{
    return mlint_hex_digits[(unsigned char)*p];
}
/* reg_hex.c: p is behind the colon. */
void mlint_reg_read_hex(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                        const char *p, uint32_t type);
/* A node that is a text. */
static inline void mlint_reg_set_string(struct mlint_node *node, struct mlint_str text,
                                        uint32_t type)
{
    node->type = MLINT_NODE_STRING;
    node->flags = 0;
    node->subtype = (uint16_t)type;
    node->value = text;
}

/* reg_value.c: p is behind the colon. */
void mlint_reg_read_dword(struct mlint_reg_reader *reader, struct mlint_reg_item *item,
                          const char *p);
/* The node for a value that was read whole, or NULL where none is kept. */
struct mlint_node *mlint_reg_store_item(struct mlint_reg_reader *reader,
                                        const struct mlint_reg_item *item);
/* The current line is a value's; may go on to the lines after it. */
void mlint_reg_value(struct mlint_reg_reader *reader, const char *p);
/* Whether a text that ends here ends inside a value. */
bool mlint_reg_is_cut(struct mlint_str line);

/* reg_store.c */
bool mlint_reg_store_init(struct mlint_reg_store *store, struct mlint_tree *tree);
/* The key of that path, made if need be; NULL without memory or too deep. */
struct mlint_node *mlint_reg_store_key(struct mlint_reg_store *store, struct mlint_str path,
                                       struct mlint_span span);
/* A value to fill. If the name is taken the old one's copy goes to *old. */
struct mlint_node *mlint_reg_store_value(struct mlint_reg_store *store, struct mlint_node *key,
                                         struct mlint_str name, const struct mlint_node **old);
/* Delete; returns what was there, or NULL. */
const struct mlint_node *mlint_reg_store_drop_key(struct mlint_reg_store *store,
                                                  struct mlint_str path);
const struct mlint_node *mlint_reg_store_drop_value(struct mlint_reg_store *store,
                                                    struct mlint_node *key,
                                                    struct mlint_str name);
/* Unlink what was deleted. */
void mlint_reg_store_sweep(struct mlint_reg_store *store);

#endif
