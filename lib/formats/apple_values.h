/* apple_values.h: what the readers of Apple's formats share. */
#ifndef MLINT_FORMATS_APPLE_VALUES_H
#define MLINT_FORMATS_APPLE_VALUES_H

#include "formats/format.h"

/* Numbers and truth values in any type: integer, real, string, "YES". False: it is none. */
bool mlint_apple_whole(const struct mlint_node *node, int64_t *out);
bool mlint_apple_truth(const struct mlint_node *node, int64_t *out);
/* A key's value, or NULL: also where nil is stored. */
const struct mlint_node *mlint_apple_get(const struct mlint_node *node, const char *key);
/* A key's value that is a non-empty string, or NULL. */
const struct mlint_node *mlint_apple_text(const struct mlint_node *node, const char *key);
/* Parse the property list unless another bidder has. */
enum mlint_read_outcome mlint_apple_parse(struct mlint_reading *reading);
/* KEYS if one of the keys is in sight, SYNTAX for another property list. */
int mlint_apple_bid(const struct mlint_probe *probe, const char *const *keys);
/* The authentication that Mail's AuthenticationScheme names; false: not known. */
bool mlint_apple_scheme(struct mlint_str scheme, enum mlint_auth *out);

/* How Mail on the Mac stores a server; what is not stored is NULL. */
struct mlint_apple_server {
    const struct mlint_node *dict; /* what holds the keys */
    enum mlint_protocol protocol;
    const struct mlint_node *port;
    const struct mlint_node *ssl;    /* SSLEnabled */
    const struct mlint_node *direct; /* SSLIsDirect */
    const struct mlint_node *layer;  /* SecurityLayerType: 1 none, 2 STARTTLS, 3 TLS */
};
/* Port and security, with Mail's rules of absence. */
void mlint_apple_server_read(struct mlint_reading *reading, struct mlint_side *side,
                             const struct mlint_apple_server *server);
/* AuthenticationScheme and ShouldUseAuthentication; scheme is the former, or what stands for
 * it. may_be_off: without either, as an outgoing server without a user name is. */
void mlint_apple_auth_read(struct mlint_reading *reading, struct mlint_field *field,
                           const struct mlint_node *dict, const struct mlint_node *scheme,
                           bool may_be_off);
/* PollTime and AutoFetch of com.apple.mail, which hold for every account. */
void mlint_apple_poll_read(struct mlint_reading *reading, const struct mlint_node *settings,
                           struct mlint_side *incoming);

#endif
