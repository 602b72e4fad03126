/* format.h: what a format is: how its files are recognised and how they become accounts.
 *
 * A format is one file here, one name in meson.build, one folder of testdata/formats. */
#ifndef MLINT_FORMATS_FORMAT_H
#define MLINT_FORMATS_FORMAT_H

#include "base/arena.h"
#include "model/model.h"
#include "source/sift.h"
#include "syntax/node.h"

struct mlint_config;

/* Bids of probe; the highest is tried first. A reader that finds nothing of its own in the file
 * answers MLINT_READ_NOT_MINE and the next bidder is asked. */
enum {
    MLINT_BID_NONE = 0,
    MLINT_BID_NAME = 20,    /* only the file's name speaks for it */
    MLINT_BID_SYNTAX = 40,  /* the right syntax */
    MLINT_BID_KEYS = 70,    /* the format's own keys are in sight */
    MLINT_BID_CERTAIN = 100 /* magic that nothing else has */
};

/* The beginning of a file: raw bytes, and the same as text (UTF-16 narrowed to ASCII, other
 * characters '?'), both at most MLINT_LIMIT_PROBE bytes. */
struct mlint_probe {
    struct mlint_str name; /* last part of the path */
    struct mlint_str raw;
    struct mlint_str text; /* after the byte-order mark and leading blanks */
    struct mlint_str root; /* the root element's name where the text begins with "<" */
    size_t size;           /* of the whole file */
};

enum mlint_read_outcome {
    MLINT_READ_OK = 0,     /* recognised; accounts (or none) and notes are in the result */
    MLINT_READ_NOT_MINE,   /* right syntax, none of this format's keys: ask the next bidder */
    MLINT_READ_DAMAGED,    /* given up early; what was read counts; set file->detail */
    MLINT_READ_UNREADABLE, /* encrypted, locked, needs a missing library; set file->detail */
    MLINT_READ_LIMIT,      /* a ceiling; set file->detail */
};

/* One file being read. */
struct mlint_reading {
    const struct mlint_config *config;
    struct mlint_result *result;
    struct mlint_arena *arena; /* the result's */
    struct mlint_file *file;
    struct mlint_source *source;  /* raw bytes; decode with mlint_source_decode */
    struct mlint_account *before; /* the last account of the files before it, or NULL */
    const struct mlint_format *format;
    /* The tree once a reader has parsed it, for the next bidder of the same syntax. */
    struct mlint_tree *tree;
    const void *tree_syntax; /* which parser made it */
    bool everything;         /* dump: keep every node, not only those of interest */
    /* A file beside this one as a new source, or NULL. */
    struct mlint_source *(*companion)(struct mlint_reading *reading, const char *name);
    /* The names in this file's folder (folder ""), or in the one reached from there by a path
     * that ends in '/' ("../", "Local Folders/"): one a line, sorted, those of folders with '/'
     * behind them. Empty where nobody knows, and where there are more than MLINT_LIMIT_BESIDE.
     */
    struct mlint_str (*names)(struct mlint_reading *reading, const char *folder);
    void *companion_user;
    size_t companion_limit; /* larger ones are not read; 0: limit-size alone */
    bool lost;              /* a file that goes with this one could not be read to its end */
};

/* The first account of the file that is being read, or NULL; the list goes on to its last. */
static inline struct mlint_account *mlint_reading_accounts(const struct mlint_reading *reading)
{
    return reading->before ? reading->before->next : reading->result->account_list;
}

struct mlint_format {
    const char *id;
    enum mlint_client client;
    const char *title;
    const char *recognised_by; /* for `maillint formats` */
    /* Files beside the format's own that it also wants (user.js), NULL-ended; or NULL. They are
     * kept when an archive is read, whatever they hold. */
    const char *const *companions;
    /* The client itself goes on with what a damaged file still says, defaults included. */
    bool client_reads_damaged;
    const char *starts; /* the first characters its text can have; NULL: any */
    /* And those that it mostly has, or NULL: it is then asked first, and if it is certain no
     * other is. Of a text of which two formats may be certain this decides, so both that begin
     * so have to say it. */
    const char *often;
    const char *needs; /* module it needs ("xml", "hive"), or NULL */
    /* Look at the head alone; allocate nothing. */
    int (*probe)(const struct mlint_probe *probe);
    enum mlint_read_outcome (*read)(struct mlint_reading *reading);
    /* Parse into reading->tree without judging, for `dump`; NULL: read does it as well. */
    enum mlint_read_outcome (*parse)(struct mlint_reading *reading);
    /* What may be left out of a long file without a difference to `read`; NULL: nothing. */
    mlint_sieve *sieve;
    /* Whether a node's value may hold a password or another secret, beyond what its name says.
     */
    bool (*is_secret)(const struct mlint_node *node);
};

/* Sorted by id; NULL-ended. */
extern const struct mlint_format *const mlint_formats[];

/* The best bid on a file of that name that begins with head. */
int mlint_detect_best_bid(struct mlint_str name, struct mlint_str head);
/* The sieve for a long file of that name, size and beginning; NULL: it is read whole. *alone:
 * no format without that sieve would be asked about it. */
mlint_sieve *mlint_detect_sieve(struct mlint_str name, struct mlint_str head, size_t size,
                                const struct mlint_format *forced, bool *alone);
/* Read a file: every format bids, the best one reads. Fills file->format, status and detail. */
void mlint_detect_and_read(struct mlint_reading *reading, const struct mlint_format *forced);

/* ---- Key tables: one row says how a key's value becomes a field, and back ------------------
 */

struct mlint_key {
    const char *name;
    uint8_t side;  /* MLINT_INCOMING or MLINT_OUTGOING; ignored for the account's own fields */
    uint8_t field; /* enum mlint_field_id */
    const struct mlint_converter *converter;
};

/* Apply every row whose key is a child of node; nocase folds ASCII. Returns fields set. */
unsigned mlint_keymap_apply(struct mlint_reading *reading, const struct mlint_key *rows,
                            size_t count, const struct mlint_node *node,
                            struct mlint_account *account, bool nocase);

extern const struct mlint_converter mlint_conv_text;   /* string as written */
extern const struct mlint_converter mlint_conv_number; /* integer node, or digits */
extern const struct mlint_converter mlint_conv_flag;   /* boolean, 0/1, yes/no, true/false */

extern const struct mlint_converter mlint_conv_element; /* text of an XML element */

/* The second of the pair whose first is value, or NULL: for converters that write words. */
const char *mlint_conv_pair(struct mlint_str value, const char *const pairs[][2], size_t count);

/* ---- Helpers for readers -------------------------------------------------------------------
 */

/* Note an oddity about a node (unknown-value, ...). */
void mlint_reading_note(struct mlint_reading *reading, enum mlint_note_kind kind,
                        const struct mlint_node *node, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Read the source as XML into reading->tree. */
enum mlint_read_outcome mlint_reading_xml(struct mlint_reading *reading);
/* The name of the root element if the head of a file reaches it, else "". */
struct mlint_str mlint_xml_root_of(struct mlint_str head);
/* The same for a format whose root element has this name (fold: in any case). The root, or
 * NULL: *outcome is the reader's answer, MLINT_READ_NOT_MINE for another root. A file that
 * breaks off before its root is still the format's own if the tag is in it. */
const struct mlint_node *mlint_reading_xml_root(struct mlint_reading *reading, const char *name,
                                                bool fold, enum mlint_read_outcome *outcome);
/* Note the children of an element that have an earlier one's name, case apart; which of them is
 * "the first" or "the last" that is read. */
void mlint_reading_say_twice(struct mlint_reading *reading, const struct mlint_node *parent,
                             const char *which);
/* The bid of such a format: certain where the root element is in sight. */
int mlint_probe_xml_root(const struct mlint_probe *probe, const char *name);
/* A number as people write it: decimal, 0x and hexadecimal, or a word (yes, no, on, off, true,
 * false). False when it is none of these. */
bool mlint_reading_number(struct mlint_str text, int64_t *out);
/* Whether a value of that name is a password, rather than whether to ask for or keep one. */
bool mlint_reading_is_password(struct mlint_str name);
/* Whether nothing but a placeholder stands where a password is due: %PASSWORD%, {{password}}.
 */
bool mlint_reading_is_token(struct mlint_str password);
/* Whether the file is a program that chooses among values when it runs. */
bool mlint_template_chooses(const struct mlint_reading *reading);
/* Whether a condition of the program decides if what the node stands for is there at all. */
bool mlint_template_decides(const struct mlint_reading *reading, const struct mlint_node *node);
#define MLINT_NO_PASSWORD_YET "a template that was never filled in"
/* An outgoing server logs in as the incoming one does; node says so, NULL where it is the
 * default. */
void mlint_reading_same_login(struct mlint_account *account, unsigned side,
                              const struct mlint_node *node);
/* Of a file that ends early: what is not written may have been in the rest, and is unknown. */
void mlint_reading_drop_defaults(struct mlint_reading *reading);
/* Finish every account of the file: own address, unfilled placeholders, defaults of none. */
void mlint_reading_finish(struct mlint_reading *reading);
/* The outcome that a tree's state asks for: DAMAGED or LIMIT with detail, else OK. */
enum mlint_read_outcome mlint_reading_outcome(struct mlint_reading *reading,
                                              const struct mlint_tree *tree);

#endif
