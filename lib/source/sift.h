/* sift.h: a long file read through a window, of which only the lines that matter are kept.
 *
 * A syntax's sieve says which whole lines may go: those of which its reader leaves no trace.
 * What is left is a shorter text that reads to the same tree; the cuts remember how many lines
 * and bytes are missing where, so that places are those of the file. */
#ifndef MLINT_SOURCE_SIFT_H
#define MLINT_SOURCE_SIFT_H

#include "source/source.h"

#include <stddef.h>

/* Before this line of the text as it is kept, so many lines and raw bytes are missing. */
struct mlint_cut {
    uint32_t line, lines;
    uint64_t bytes;
};

/* What is known of a file of which only a part is in memory. */
struct mlint_sifted {
    uint64_t size; /* of the whole file */
    enum mlint_encoding encoding;
    uint32_t bom;
    bool bad_encoding;     /* UTF-16 with half pairs, anywhere */
    bool not_utf8;         /* 8-bit text that is not valid UTF-8, anywhere */
    struct mlint_str text; /* UTF-16: what was kept, as UTF-8; else the raw bytes are it */
    struct mlint_cut *cuts;
    size_t count, cap;
};

/* One question to a sieve. */
struct mlint_sift {
    struct mlint_str text; /* undecided; it begins where the answer before ended */
    size_t from;           /* nothing before this offset may go */
    size_t context;        /* so many bytes before a part that matters stay with it */
    size_t least;          /* less is not worth a cut */
    bool last;             /* nothing follows */
    bool bytes;            /* 8-bit text, of an encoding that is not known yet */
    struct {               /* the sieve's own, false at first */
        bool inside, midway, pinned, seen, over;
    } state;
    /* The answer: the front of the text stays, what follows goes; both begin and end where a
     * line does if anything goes. Nothing of both: it must see more. */
    size_t keep, drop;
};

typedef void mlint_sieve(struct mlint_sift *sift);

/* A file to be sifted. */
struct mlint_sifting {
    const struct mlint_allocator *allocator;
    mlint_sieve *sieve;
    struct mlint_str head; /* what was read of it already */
    /* Read on: bytes, 0 at the end, below 0 for an error. */
    ptrdiff_t (*pull)(void *user, char *into, size_t room);
    void *user;
    uint64_t expected; /* its size, if that is known */
    uint64_t limit;    /* a larger one is given up */
    size_t window;     /* bytes read at a time */
    size_t untouched;  /* bytes at the front that stay whole, for detection */
    size_t context, least;
    /* What was kept; the caller frees it with the allocator. */
    char *text;
    size_t len, cap;
    bool too_large, no_memory, broken; /* why it was given up */
};

/* With the sizes that fit files; only the sieve, the head and how to read on are to be set. */
void mlint_sifting_init(struct mlint_sifting *sifting, const struct mlint_allocator *allocator);
/* false: given up. */
bool mlint_sift_file(struct mlint_sifting *sifting, struct mlint_arena *arena,
                     struct mlint_sifted *out);
/* Lines and bytes that are missing before this line of the text. */
struct mlint_cut mlint_sifted_before(const struct mlint_sifted *sifted, uint32_t line);

#endif
