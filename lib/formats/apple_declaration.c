/* apple_declaration.c: the declarative twin of the mail payload, which MDM servers send as
 * JSON: com.apple.configuration.account.mail (apple/device-management,
 * declarative/declarations).
 *
 * It names servers, ports and methods. Whose account it is and with which password stands in
 * assets of their own, and it has no key for TLS: those are unknown here. */
#include "formats/apple_profile.h"
#include "syntax/json.h"

static const char TYPE[] = "com.apple.configuration.account.mail";

bool mlint_may_be_declaration(struct mlint_str head)
{
    head = mlint_str_trim(head);
    return head.len && (head.ptr[0] == '{' || head.ptr[0] == '[');
}

bool mlint_is_declaration(struct mlint_str text)
{
    return mlint_may_be_declaration(text) &&
           mlint_str_find(text, mlint_str_from(TYPE)) < text.len;
}

/* A word of the declaration and what the model calls it. */
struct word {
    const char *text;
    int value;
};

static void read_word(struct mlint_profile *profile, const struct mlint_node *server,
                      const char *key, const struct word *words, struct mlint_field *field)
{
    const struct mlint_node *node = mlint_node_get(server, key);

    if (!node)
        return;
    for (; words->text; words++)
        if (mlint_str_eq(node->value, mlint_str_from(words->text))) {
            mlint_field_set_number(field, MLINT_WRITTEN, node, words->value);
            return;
        }
    mlint_reading_note(profile->reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                       "%s has none of Apple's values", key);
}

static void read_server(struct mlint_profile *profile, const struct mlint_node *server,
                        struct mlint_side *side)
{
    static const struct word methods[] = {
        { "None", MLINT_AUTH_NONE },
        { "Password", MLINT_AUTH_PASSWORD_CLEARTEXT },
        { "CRAMMD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "HTTPMD5", MLINT_AUTH_PASSWORD_ENCRYPTED },
        { "NTLM", MLINT_AUTH_NTLM },
        { NULL, 0 },
    };
    const struct mlint_node *host = mlint_profile_text(profile->reading, server, "HostName",
                                                       &side->field[MLINT_FIELD_HOST]);
    const struct mlint_node *port = mlint_node_get(server, "Port");
    int64_t number;

    if (host)
        mlint_field_set_text(&side->field[MLINT_FIELD_HOST], MLINT_WRITTEN, host, host->value);
    else if (!side->field[MLINT_FIELD_HOST].comment)
        side->field[MLINT_FIELD_HOST].comment = "the declaration names no server";
    if (port && mlint_profile_number(profile->reading, port, &number))
        mlint_field_set_number(&side->field[MLINT_FIELD_PORT], MLINT_WRITTEN, port, number);
    else
        side->field[MLINT_FIELD_PORT].comment = "the declaration names no port";
    read_word(profile, server, "AuthenticationMethod", methods, &side->field[MLINT_FIELD_AUTH]);
    side->field[MLINT_FIELD_SECURITY].comment = "a declaration has no key for TLS";
    side->field[MLINT_FIELD_USERNAME].comment = side->field[MLINT_FIELD_PASSWORD].comment =
        "in the asset that AuthenticationCredentialsAssetReference names";
}

static void read_account(struct mlint_profile *profile, const struct mlint_node *declaration)
{
    static const struct word types[] = { { "IMAP", MLINT_PROTOCOL_IMAP },
                                         { "POP", MLINT_PROTOCOL_POP3 },
                                         { NULL, 0 } };
    const struct mlint_node *payload = mlint_node_get(declaration, "Payload");
    const struct mlint_node *incoming = mlint_node_get(payload, "IncomingServer");
    const struct mlint_node *outgoing = mlint_node_get(payload, "OutgoingServer");
    const struct mlint_node *name = mlint_apple_text(payload, "VisibleName");
    struct mlint_account *account = mlint_profile_account(profile, declaration);
    struct mlint_side *side;

    if (!account)
        return;
    if (!incoming || incoming->type != MLINT_NODE_DICT)
        mlint_reading_note(profile->reading, MLINT_NOTE_SYNTAX, declaration,
                           "a mail account without IncomingServer; devices refuse it");
    if (name)
        mlint_field_set_text(&account->name, MLINT_WRITTEN, name, name->value);
    account->address.comment = "in the asset that UserIdentityAssetReference names";
    read_word(profile, incoming, "ServerType", types,
              &account->incoming.field[MLINT_FIELD_PROTOCOL]);
    read_server(profile, incoming, &account->incoming);
    mlint_profile_set_interval(profile, account);
    side = outgoing ? mlint_account_add_outgoing(profile->reading->result, account) : NULL;
    if (!side)
        return;
    mlint_field_set_number(&side->field[MLINT_FIELD_PROTOCOL], MLINT_CLIENT_DEFAULT, NULL,
                           MLINT_PROTOCOL_SMTP);
    read_server(profile, outgoing, side);
}

static bool is_account(const struct mlint_node *node)
{
    const struct mlint_node *type = mlint_apple_text(node, "Type");

    return node->type == MLINT_NODE_DICT && type &&
           mlint_str_eq(type->value, mlint_str_from(TYPE));
}

enum mlint_read_outcome mlint_declaration_parse(struct mlint_reading *reading)
{
    reading->tree = mlint_json_read(reading->arena, reading->source);
    return reading->tree ? MLINT_READ_OK : MLINT_READ_LIMIT;
}

/* Alone, in a list, or in what a server answers: {"Declarations": {"Configurations": [...]}}.
 * Depth is bounded by the tree's. */
static void read_all(struct mlint_profile *profile, const struct mlint_node *node)
{
    for (; node; node = node->next) {
        profile->top = node;
        if (is_account(node))
            read_account(profile, node);
        else if (node->type == MLINT_NODE_DICT || node->type == MLINT_NODE_ARRAY)
            read_all(profile, node->child);
    }
}

enum mlint_read_outcome mlint_declaration_read(struct mlint_reading *reading)
{
    struct mlint_profile profile = { .reading = reading };
    enum mlint_read_outcome outcome = mlint_declaration_parse(reading);

    if (outcome != MLINT_READ_OK)
        return outcome;
    read_all(&profile, reading->tree->root->child);
    return mlint_reading_outcome(reading, reading->tree);
}
