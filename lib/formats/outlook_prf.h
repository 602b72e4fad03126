/* outlook_prf.h: what the two halves of the .prf reader share; private to lib/formats. */
#ifndef MLINT_FORMATS_OUTLOOK_PRF_H
#define MLINT_FORMATS_OUTLOOK_PRF_H

#include "formats/format.h"

/* Lines of one mapping section, values of one account; real files have about 25. */
#define MLINT_PRF_KEYS 256u

enum mlint_prf_property {
    MLINT_PRF_NAME,
    MLINT_PRF_EMAIL,
    MLINT_PRF_SERVER,
    MLINT_PRF_USER,
    MLINT_PRF_PASSWORD,
    MLINT_PRF_PORT,
    MLINT_PRF_SSL,
    MLINT_PRF_SPA,
    MLINT_PRF_LEAVE,
    MLINT_PRF_SMTP_SERVER,
    MLINT_PRF_SMTP_PORT,
    MLINT_PRF_SMTP_SSL,
    MLINT_PRF_SMTP_AUTH,
    MLINT_PRF_SMTP_METHOD,
    MLINT_PRF_SMTP_USER,
    MLINT_PRF_SMTP_PASSWORD,
    MLINT_PRF_SMTP_SPA,
    MLINT_PRF_SMTP_ENCRYPTION,
    MLINT_PRF_SMTP_SICILY, /* 97 to 2000 only */
    MLINT_PRF_PROPERTIES
};

/* A name in a section: its line, or that and the first value that an account has of it. */
struct mlint_prf_slot {
    const struct mlint_node *line, *value;
};

/* The names of a section, in any case; of several lines of one name the first counts. Open
 * addressing, never more than half full. */
#define MLINT_PRF_SLOTS (2 * MLINT_PRF_KEYS)
struct mlint_prf_names {
    struct mlint_prf_slot slot[MLINT_PRF_SLOTS];
    size_t mask; /* of those that are in use: their number is a power of two */
};

/* A mapping section. A line's subtype is the id of the property that it maps to, or 0. */
struct mlint_prf_map {
    const struct mlint_node *section; /* or NULL: there is none */
    const struct mlint_node *type;    /* its AccountType, or NULL */
    struct mlint_prf_names lines;
};

struct mlint_prf {
    struct mlint_reading *reading;
    struct mlint_prf_map map;      /* of the account at hand */
    struct mlint_prf_names strays; /* its values that have no line there */
};

enum mlint_prf_family { MLINT_PRF_ANY, MLINT_PRF_POP, MLINT_PRF_IMAP };

/* One [AccountN]. */
struct mlint_prf_account {
    struct mlint_prf *prf;
    const struct mlint_node *section;
    const struct mlint_node *entry; /* in the list of accounts, or NULL: not listed */
    const struct mlint_node *type;  /* what says the protocol, or NULL */
    enum mlint_protocol protocol;
    enum mlint_prf_family family; /* the one whose ids and names it has: never ANY */
    bool old;                     /* written for Outlook 97 to 2000 */
    bool passwords;               /* some of the values are */
    const struct mlint_node *value[MLINT_PRF_PROPERTIES]; /* what reaches Outlook */
    const struct mlint_node *lost[MLINT_PRF_PROPERTIES];  /* what does not: no mapping */
    bool said[MLINT_PRF_PROPERTIES];                      /* that it is no number */
};

/* ---- outlook_prf_properties.c ------------------------------------------------------------ */

/* The name that generators give a property. */
struct mlint_prf_known {
    struct mlint_str name;
    uint8_t property; /* enum mlint_prf_property */
    uint8_t family;   /* the accounts that have it */
    bool old;         /* only in files for Outlook 97 to 2000 */
};

#define MLINT_PRF_IDS 0x1433 /* the highest, and one more */
/* Each id's property and one more; 0: it has none. */
extern const uint8_t mlint_prf_properties[MLINT_PRF_IDS];
/* The property of an id in any account, MLINT_PRF_PROPERTIES where there is none. */
static inline enum mlint_prf_property mlint_prf_property_of(unsigned id)
{
    unsigned property = (id < MLINT_PRF_IDS ? mlint_prf_properties[id] : 0u) - 1;

    return property < MLINT_PRF_PROPERTIES ? (enum mlint_prf_property)property
                                           : MLINT_PRF_PROPERTIES;
}
/* The same in an account of that family. Of the old ids those of incoming servers are one
 * family's: 0x1290 and on IMAP's, 0x13C0 and on POP's. */
static inline enum mlint_prf_property mlint_prf_by_id(unsigned id, enum mlint_prf_family family)
{
    unsigned foreign = family == MLINT_PRF_IMAP ? 0x13C0 : 0x1290;

    return (id & 0xFFF0) == foreign ? MLINT_PRF_PROPERTIES : mlint_prf_property_of(id);
}
const struct mlint_prf_known *mlint_prf_by_name(struct mlint_str name);
static inline bool mlint_prf_is_id(unsigned id)
{
    return mlint_prf_property_of(id) < MLINT_PRF_PROPERTIES;
}
/* Whether Outlook 97 to 2000 knows it rather than those that came later. */
static inline bool mlint_prf_is_old(unsigned id)
{
    return id >= 0x1235;
}
static inline bool mlint_prf_is_password(enum mlint_prf_property property)
{
    return property == MLINT_PRF_PASSWORD || property == MLINT_PRF_SMTP_PASSWORD;
}
/* The id in a text that begins with a type, or 0. */
unsigned mlint_prf_typed_id(struct mlint_str text);
/* The id in a line of a mapping section ("PT_LONG,0x0108"), or 0. */
static inline unsigned mlint_prf_id_of(struct mlint_str text)
{
    bool typed = text.len >= 3 && (text.ptr[0] | 0x20) == 'p' && (text.ptr[1] | 0x20) == 't' &&
                 text.ptr[2] == '_';

    return typed ? mlint_prf_typed_id(text) : 0;
}
static inline bool mlint_prf_is_hex(struct mlint_str number)
{
    return number.len >= 2 && number.ptr[0] == '0' && (number.ptr[1] | 0x20) == 'x';
}
/* The id in a number alone, or 0. */
unsigned mlint_prf_bare_id(struct mlint_str number);
/* What generators call a property, for values that are not written. */
struct mlint_str mlint_prf_name(enum mlint_prf_property property,
                                const struct mlint_prf_account *account);

/* ---- outlook_prf_names.c ----------------------------------------------------------------- */

/* Empty, with room for as many names as are read of the section. */
void mlint_prf_names_start(struct mlint_prf_names *names, const struct mlint_node *section);
/* The lines of a section, or of none (NULL). */
void mlint_prf_names_fill(struct mlint_prf_names *names, const struct mlint_node *section);
/* The place of a name, empty (no line) until it is filled. */
struct mlint_prf_slot *mlint_prf_names_find(struct mlint_prf_names *names,
                                            struct mlint_str name);

/* ---- The rest ---------------------------------------------------------------------------- */

/* Each line's subtype becomes the id that it maps to, or 0; and nobody quotes what is a
 * password by its mapping, whatever it is called. */
void mlint_prf_hide_passwords(struct mlint_reading *reading);
/* Add the account to the result; NULL without memory or beyond the ceiling. */
struct mlint_account *mlint_prf_add(struct mlint_prf_account *account);

#endif
