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

/* A mapping section: the property ids of names, 0 where a line has none. */
struct mlint_prf_map {
    const struct mlint_node *section; /* or NULL: there is none */
    const struct mlint_node *type;    /* its AccountType, or NULL */
    const struct mlint_node *lines[MLINT_PRF_KEYS];
    uint16_t ids[MLINT_PRF_KEYS];
    size_t count;
};

struct mlint_prf {
    struct mlint_reading *reading;
    struct mlint_prf_map map; /* of the account at hand */
};

/* One [AccountN]. */
struct mlint_prf_account {
    struct mlint_prf *prf;
    const struct mlint_node *section;
    const struct mlint_node *entry; /* in the list of accounts, or NULL: not listed */
    const struct mlint_node *type;  /* what says the protocol, or NULL */
    enum mlint_protocol protocol;
    bool old;                                             /* written for Outlook 97 to 2000 */
    const struct mlint_node *value[MLINT_PRF_PROPERTIES]; /* what reaches Outlook */
    const struct mlint_node *lost[MLINT_PRF_PROPERTIES];  /* what does not: no mapping */
    bool said[MLINT_PRF_PROPERTIES];                      /* that it is no number */
};

/* ---- outlook_prf_properties.c ------------------------------------------------------------ */

enum mlint_prf_family { MLINT_PRF_ANY, MLINT_PRF_POP, MLINT_PRF_IMAP };

/* An id that stands for a property, and the name that generators give it. */
struct mlint_prf_known {
    uint16_t id;
    uint8_t property; /* enum mlint_prf_property */
    uint8_t family;   /* of the ids of 97 to 2000, whose accounts have it */
    const char *name; /* or NULL */
};

enum mlint_prf_family mlint_prf_family_of(const struct mlint_prf_account *account);
/* NULL where there is none; a family matters to the old ids alone. */
const struct mlint_prf_known *mlint_prf_by_id(unsigned id, unsigned family);
const struct mlint_prf_known *mlint_prf_by_name(struct mlint_str name);
bool mlint_prf_is_id(unsigned id);
bool mlint_prf_is_password(const struct mlint_prf_known *known);
/* The id in a line of a mapping section ("PT_LONG,0x0108"), or 0. */
unsigned mlint_prf_id_of(struct mlint_str text);
/* The id of a line that has no type, which maps nothing, or 0. */
unsigned mlint_prf_bare_id(struct mlint_str text);
/* What generators call a property, for values that are not written. */
const char *mlint_prf_name(enum mlint_prf_property property,
                           const struct mlint_prf_account *account);
/* Whether a line of a mapping section, whose id is known, maps a password. */
bool mlint_prf_maps_password(const struct mlint_node *line);

/* ---- The rest ---------------------------------------------------------------------------- */

/* Each line's subtype becomes the id that it maps to, or 0; and nobody quotes what is a
 * password by its mapping, whatever it is called. */
void mlint_prf_hide_passwords(struct mlint_reading *reading);
/* Add the account to the result; NULL without memory or beyond the ceiling. */
struct mlint_account *mlint_prf_add(struct mlint_prf_account *account);

#endif
