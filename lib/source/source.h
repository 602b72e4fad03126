/* source.h: the bytes of one file, as UTF-8 text with a way back to line, column and byte.
 *
 * UTF-8 and 8-bit files are used in place; UTF-16 and legacy encodings are decoded once into
 * the arena. Places are offsets into `text`; line, column and raw offset are worked out on
 * demand. */
#ifndef MLINT_SOURCE_SOURCE_H
#define MLINT_SOURCE_SOURCE_H

#include "base/arena.h"

enum mlint_encoding {
    MLINT_ENC_UTF8 = 0, /* text is raw, less the byte-order mark */
    MLINT_ENC_UTF16LE,
    MLINT_ENC_UTF16BE,
    MLINT_ENC_CODEPAGE, /* an 8-bit code page, see code_page */
    MLINT_ENC_NAMED,    /* any other that iconv knows, see encoding_name */
    MLINT_ENC_BINARY,   /* no text; spans are byte offsets */
};

/* A place in a source's text, half open. Sources beyond the first (user.js over prefs.js) are
 * told apart by their index in the result. */
struct mlint_span {
    uint32_t begin, end;
};
#define MLINT_NO_SPAN ((struct mlint_span){ 0, 0 })

/* A part that reports never quote. */
struct mlint_mask {
    struct mlint_span span;
    uint32_t reach;         /* the furthest end of this one and those before it */
    uint32_t telling_reach; /* of those whose length would tell something */
    bool binary;            /* only beside other values: the place itself may be shown */
    bool telling;           /* readable: how long it is stays a secret as well */
};

/* A part that nothing was read of, and where the word stands that may name a secret in it. */
struct mlint_gap {
    uint32_t word;
    struct mlint_span span;
};

/* What is known at an offset of the text. */
#define MLINT_MARK_STEP 65536u
struct mlint_mark {
    uint32_t offset;
    uint32_t line;       /* its number, from 1 */
    uint32_t line_start; /* offset */
    uint32_t column;     /* characters between line_start and offset */
    uint32_t units;      /* before offset: UTF-16 units, or bytes of another encoding */
    uint32_t line_end;   /* where the line of line_start ends, or 0: not looked for yet */
};

struct mlint_source {
    struct mlint_str name;             /* as reports show it */
    struct mlint_str raw;              /* of a sifted UTF-16 file only the beginning */
    const struct mlint_sifted *sifted; /* parts of the file are left out: source/sift.h */
    struct mlint_str text;
    enum mlint_encoding encoding;
    unsigned code_page;        /* 1252, ... for MLINT_ENC_CODEPAGE */
    const char *encoding_name; /* for MLINT_ENC_NAMED */
    struct mlint_str ahead;    /* UTF-16 that was decoded before anyone asked, or empty */
    bool bad_ahead;            /* and what bad_encoding will be */
    uint32_t bom;              /* bytes before the text in raw */
    bool ascii;                /* it was looked at, and all of raw behind bom is ASCII */
    bool bad_encoding;         /* had sequences that the encoding forbids */
    bool derived;       /* text came out of a container: lines are of the extracted text */
    uint8_t path_style; /* enum mlint_path_style of the tree read from it */
    unsigned index;     /* among the result's sources */
    /* Big texts only: where lines and units stand every MLINT_MARK_STEP bytes. */
    struct mlint_mark *marks;
    struct mlint_mark *cursor; /* the place asked for last: the next one is mostly near */
    size_t mark_count;
    /* Parts that hold a password: reports never quote them. */
    struct mlint_mask *secrets;
    size_t secret_count, secret_cap;
    bool secrets_scattered; /* not each behind the one before it */
    /* The same and every secret value of the trees, sorted; see model/masks.h. */
    const struct mlint_mask *masks;
    size_t mask_count;
    struct mlint_span masked; /* the part that they are of, while the others are due */
    /* What nothing was read of, behind words for a secret, sorted by these. */
    const struct mlint_gap *gaps;
    size_t gap_count;
};

/* Line and column from 1, in characters; a CR, LF or CRLF ends a line. */
struct mlint_position {
    unsigned line, column;
};

/* Where a span begins and ends. */
struct mlint_ends {
    struct mlint_position begin, end;
    uint32_t line_start; /* of the line that holds the beginning */
    int64_t byte, byte_end;
};

void mlint_source_init(struct mlint_source *source, struct mlint_str name,
                       struct mlint_str raw);
/* Fill encoding and bom from the first bytes of raw alone. */
void mlint_source_find_encoding(struct mlint_source *source);
/* Decide the encoding by byte-order mark and shape, decode to UTF-8 if need be. code_page is
 * what 8-bit text is read as when it is not valid UTF-8; 0: keep the bytes as they are.
 * false: out of memory (arena->failed) or longer than 4 GiB. */
bool mlint_source_decode(struct mlint_source *source, struct mlint_arena *arena,
                         unsigned code_page);
/* Decode UTF-16 of moderate size for detection and keep it for mlint_source_decode. Returns the
 * text if it is nothing but ASCII, else an empty one. */
struct mlint_str mlint_source_decode_ahead(struct mlint_source *source,
                                           struct mlint_arena *arena);
/* Decode raw from an encoding that iconv knows by this name. */
bool mlint_source_decode_named(struct mlint_source *source, struct mlint_arena *arena,
                               const char *encoding_name);
/* Before many places of a big text are asked for; without it each costs a scan from the start.
 */
void mlint_source_index(struct mlint_source *source, struct mlint_arena *arena);
struct mlint_position mlint_source_position(const struct mlint_source *source, uint32_t offset);
/* The byte in raw where text[offset] begins; -1 where raw came out of a container. */
int64_t mlint_source_byte(const struct mlint_source *source, uint32_t offset);
/* The line that holds offset, without its end; *begin is where it starts. */
struct mlint_str mlint_source_line(const struct mlint_source *source, uint32_t offset,
                                   uint32_t *begin);
/* Both the line and the position, for the price of one question. */
struct mlint_str mlint_source_line_and_position(const struct mlint_source *source,
                                                uint32_t offset, uint32_t *begin,
                                                struct mlint_position *position);
/* All of the above about both ends of a span, for the price of one question each. */
void mlint_source_ends(const struct mlint_source *source, struct mlint_span span,
                       struct mlint_ends *out);
/* Reports never quote this part, of a line or of a value that must not be shown. Not so secret
 * that its length would be. */
void mlint_source_cover(struct mlint_source *source, struct mlint_arena *arena,
                        struct mlint_span span);
/* Reports must never quote this part. */
void mlint_source_hide(struct mlint_source *source, struct mlint_arena *arena,
                       struct mlint_span span);
bool mlint_source_hidden(const struct mlint_source *source, struct mlint_span span);
/* UTF-16 (either order) to UTF-8 into the arena. Vectorised; bad units become U+FFFD. */
struct mlint_str mlint_utf16_to_utf8(struct mlint_arena *arena, struct mlint_str bytes,
                                     bool big_endian, bool *bad);
/* 8-bit code page to UTF-8; unknown pages are read as 1252. */
struct mlint_str mlint_codepage_to_utf8(struct mlint_arena *arena, struct mlint_str bytes,
                                        unsigned code_page);

#endif
