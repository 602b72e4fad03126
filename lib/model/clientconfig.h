/* clientconfig.h: what the servers of a Mozilla clientConfig say (config-v1.1.xml, the ISPDB),
 * by the rules of Thunderbird 153. Accounts are made of it by a format, providers by another
 * folder; neither knows the other. */
#ifndef MLINT_MODEL_CLIENTCONFIG_H
#define MLINT_MODEL_CLIENTCONFIG_H

#include "model/model.h"

struct mlint_cc_server {
    const struct mlint_node *element;
    /* OTHER: Exchange, news and such, which Thunderbird knows. 0: a word it does not know. */
    enum mlint_protocol protocol;
    /* The elements that count among several of a name, or NULL. */
    const struct mlint_node *type, *host, *port, *socket, *auth, *username;
    struct mlint_str host_text, username_text;
    int64_t port_number;          /* 0: none that Thunderbird takes */
    enum mlint_security security; /* 0: none known */
    enum mlint_auth chosen;       /* the first known one; 0: none */
    unsigned auth_mask;           /* all known ones, 1u << enum mlint_auth */
    const char *rejected;         /* why Thunderbird passes over the server, or NULL */
};

/* The emailProvider of a clientConfig, or NULL. */
const struct mlint_node *mlint_cc_provider(const struct mlint_tree *tree);
/* Whether the element is an incomingServer or outgoingServer; reads it. */
bool mlint_cc_read(const struct mlint_node *element, struct mlint_cc_server *out);
/* Placeholders of clientConfig in a text; NONE if it has none of the four. */
enum mlint_token mlint_cc_token(struct mlint_str text);
/* Letters, digits, "-" and ".", or an address, placeholders left out. */
bool mlint_cc_is_host(struct mlint_str text);
/* Is the text but for one of the four placeholders free of "%"? Else where the odd one begins.
 */
size_t mlint_cc_odd_percent(struct mlint_str text);

#endif
