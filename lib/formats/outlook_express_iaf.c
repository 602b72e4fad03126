/* outlook_express_iaf.c: accounts that Outlook Express, Outlook 98 to 2000 and Windows (Live)
 * Mail exported with Tools > Accounts > Export. The records are syntax/iaf.c's; each is one
 * value of the account's registry key, so they are given its names and read as such.
 *
 * The only export of these programs in which a password can be read. It is judged, and wiped.
 */
#include "formats/express.h"
#include "model/config.h"
#include "syntax/iaf.h"

static const struct property {
    uint16_t id;
    const char *name; /* of the value in the registry */
} properties[] = {
    { 0x1235, "Account Name" },
    { 0x1239, "Connection Type" },
    { 0x123D, "Account ID" },
    { 0x1298, "IMAP Server" },
    { 0x1299, "IMAP User Name" },
    { 0x129A, "IMAP Password2" },
    { 0x129C, "IMAP Use Sicily" },
    { 0x129D, "IMAP Port" },
    { 0x129E, "IMAP Secure Connection" },
    { 0x129F, "IMAP Timeout" },
    { 0x12A4, "IMAP Polling" },
    { 0x12B2, "IMAP Poll All Folders" },
    { 0x132E, "HTTPMail Server" },
    { 0x132F, "HTTPMail User Name" },
    { 0x1330, "HTTPMail Password2" },
    { 0x1360, "NNTP Server" },
    { 0x13C4, "POP3 Server" },
    { 0x13C5, "POP3 User Name" },
    { 0x13C6, "POP3 Password2" },
    { 0x13C8, "POP3 Use Sicily" },
    { 0x13C9, "POP3 Port" },
    { 0x13CA, "POP3 Secure Connection" },
    { 0x13CB, "POP3 Timeout" },
    { 0x13CC, "Leave Mail On Server" },
    { 0x13CD, "Remove When Deleted" },
    { 0x13CE, "Remove When Expired" },
    { 0x13CF, "Expire Days" },
    { 0x13D0, "POP3 Skip Account" },
    { 0x1428, "SMTP Server" },
    { 0x1429, "SMTP User Name" },
    { 0x142A, "SMTP Password2" },
    { 0x142C, "SMTP Use Sicily" },
    { 0x142D, "SMTP Port" },
    { 0x142E, "SMTP Secure Connection" },
    { 0x142F, "SMTP Timeout" },
    { 0x1430, "SMTP Display Name" },
    { 0x1431, "SMTP Organization Name" },
    { 0x1432, "SMTP Email Address" },
    { 0x1433, "SMTP Reply To Email Address" },
};

static const char *name_of(unsigned property)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
        if (properties[i].id == property)
            return properties[i].name;
    }
    return NULL;
}

static int probe(const struct mlint_probe *probe)
{
    return mlint_iaf_is(probe->raw) ? MLINT_BID_CERTAIN : MLINT_BID_NONE;
}

/* A file of this format, or of the folder it lies in; NULL without memory. */
static struct mlint_tree *parse_source(struct mlint_reading *reading,
                                       struct mlint_source *source)
{
    struct mlint_iaf_options options = {
        .name = name_of,
        .code_page = reading->config->code_page ? reading->config->code_page : 1252,
    };

    return mlint_iaf_read(reading->arena, source, &options);
}

static enum mlint_client client_of(struct mlint_str raw)
{
    return mlint_iaf_is_wide(raw) ? MLINT_CLIENT_WINDOWS_MAIL : MLINT_CLIENT_OUTLOOK_EXPRESS;
}

bool mlint_express_in_iaf(struct mlint_reading *reading, struct mlint_source *source,
                          enum mlint_client *client)
{
    const struct mlint_tree *tree =
        mlint_iaf_is(source->raw) ? parse_source(reading, source) : NULL;

    if (!tree)
        return false;
    *client = client_of(source->raw);
    return mlint_express_is_judged(reading, tree->root);
}

static enum mlint_read_outcome parse(struct mlint_reading *reading)
{
    if (!mlint_iaf_is(reading->source->raw))
        return MLINT_READ_NOT_MINE;
    reading->tree = parse_source(reading, reading->source);
    return reading->tree ? mlint_reading_outcome(reading, reading->tree) : MLINT_READ_LIMIT;
}

/* A password that could not be unsealed has another form than any that is known. */
static void say_sealed(struct mlint_reading *reading)
{
    const struct mlint_node *node = reading->tree->root->child;

    for (; node; node = node->next) {
        if (node->subtype == MLINT_IAF_SECRET && node->type == MLINT_NODE_BINARY &&
            node->value.len)
            mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                               "\"%.*s\" is not stored as any known program stores it",
                               MLINT_STR_ARG(node->name));
    }
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome = parse(reading);
    struct mlint_express_polls none = { .count = 0 };
    struct mlint_str id;

    if (!reading->tree || outcome == MLINT_READ_NOT_MINE)
        return outcome;
    id = mlint_registry_text_named(reading, reading->tree->root, MLINT_STR("Account ID"));
    say_sealed(reading);
    mlint_express_add(reading, reading->tree->root, id.len ? id : MLINT_STR("account"),
                      client_of(reading->source->raw), &none);
    if (reading->tree->damaged)
        mlint_reading_drop_defaults(reading);
    return outcome;
}

static bool is_secret(const struct mlint_node *node)
{
    return node->subtype == MLINT_IAF_SECRET;
}

const struct mlint_format mlint_format_outlook_express_iaf = {
    .id = "outlook-express-iaf",
    .client = MLINT_CLIENT_OUTLOOK_EXPRESS,
    .title = "account exported by Outlook Express or Windows Mail (.iaf)",
    .recognised_by = "the bytes \"fMAI\" at its start",
    .probe = probe,
    .read = read,
    .parse = parse,
    .is_secret = is_secret,
};
