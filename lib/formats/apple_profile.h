/* apple_profile.h: what the files of the format apple-mobileconfig share. */
#ifndef MLINT_FORMATS_APPLE_PROFILE_H
#define MLINT_FORMATS_APPLE_PROFILE_H

#include "formats/apple_values.h"
#include "formats/format.h"

/* A configuration profile being read. */
struct mlint_profile {
    struct mlint_reading *reading;
    const struct mlint_node *top;                    /* the Configuration dictionary */
    const struct mlint_node *payloads;               /* PayloadContent, or what stands for it */
    const struct mlint_node *poll_time, *auto_fetch; /* managed settings of Mail, or NULL */
    bool is_xml;
    bool
        is_template; /* code stands between the elements: what is absent may yet be filled in */
};

/* A value that a generator should have filled in; passwords may hold almost anything, so no
 * less than a whole {{...}}, {%...%} or ${...} counts. */
bool mlint_profile_is_code(struct mlint_str value);
/* Numbers and flags in whatever type they come; a type that Apple does not document is noted.
 * false: not there, or no number. */
bool mlint_profile_number(struct mlint_reading *reading, const struct mlint_node *node,
                          int64_t *out);
bool mlint_profile_flag(struct mlint_reading *reading, const struct mlint_node *node,
                        int64_t *out);
/* A key's value if it is a string that is not empty. Another type, which iOS refuses, is noted
 * and becomes the field's comment. */
const struct mlint_node *mlint_profile_text(struct mlint_reading *reading,
                                            const struct mlint_node *payload, const char *key,
                                            struct mlint_field *field);
/* The same of a value that was found, or NULL. */
const struct mlint_node *mlint_profile_string(struct mlint_reading *reading,
                                              const struct mlint_node *node, const char *key,
                                              struct mlint_field *field);
/* The path of a key that is not there: PayloadContent[0]/IncomingMailServerUseSSL. */
const char *mlint_profile_where(struct mlint_reading *reading, const struct mlint_node *payload,
                                const char *key);
/* A new account of the profile that stands in payload. */
struct mlint_account *mlint_profile_account(struct mlint_profile *profile,
                                            const struct mlint_node *payload);
/* EmailAddress, which may be a list: the first is the account's, the others are aliases. */
void mlint_profile_addresses(struct mlint_profile *profile, struct mlint_account *account,
                             const struct mlint_node *node);

/* com.apple.mail.managed becomes an account. */
void mlint_profile_mail(struct mlint_profile *profile, const struct mlint_node *payload);
/* How the fields of a side are written back; only in XML: binary lists are not written to, and
 * old-style ones are only printouts. */
void mlint_profile_set_converters(const struct mlint_profile *profile, struct mlint_side *side);
/* Exchange and Google payloads: accounts that the rules do not apply to. */
void mlint_profile_other(struct mlint_profile *profile, const struct mlint_node *payload,
                         struct mlint_str type);
/* Managed settings of com.apple.mail, in either way of writing them. */
void mlint_profile_preferences(struct mlint_profile *profile, const struct mlint_node *payload,
                               struct mlint_str type);
/* The managed interval of a profile without accounts, as the file's own setting. */
void mlint_profile_interval_alone(struct mlint_profile *profile);
void mlint_profile_set_interval(struct mlint_profile *profile, struct mlint_account *account);

/* The declarative twin in JSON: whether a text that begins so may be one, and whether it is. */
bool mlint_may_be_declaration(struct mlint_str head);
bool mlint_is_declaration(struct mlint_str text);
enum mlint_read_outcome mlint_declaration_parse(struct mlint_reading *reading);
enum mlint_read_outcome mlint_declaration_read(struct mlint_reading *reading);

#endif
