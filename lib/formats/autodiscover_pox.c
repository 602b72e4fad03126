/* autodiscover_pox.c: Autodiscover replies as plain XML, which tell Outlook the servers of an
 * address. Each IMAP or POP3 block is an account to be, the SMTP blocks are its outgoing
 * servers.
 *
 * What an element says when it is missing is documented: SPA, SSL and AuthRequired are then on.
 * Requests are no replies; redirects, errors and ActiveSync replies hold no account. Outlook is
 * strict about names and words, people are not: what is understood all the same is noted. */
#include "formats/format.h"

#include "base/num.h"
#include "source/limits.h"

/* ---- Elements ------------------------------------------------------------------------------
 */

static const struct mlint_node *element(const struct mlint_node *parent, const char *name)
{
    return mlint_node_get_nocase(parent, name);
}

static struct mlint_str text_of(const struct mlint_node *parent, const char *name)
{
    const struct mlint_node *node = element(parent, name);

    return node && node->type == MLINT_NODE_STRING ? mlint_str_trim(node->value)
                                                   : MLINT_STR("");
}

static bool is_element(const struct mlint_node *node, const char *name)
{
    return !(node->flags & MLINT_NODE_ATTRIBUTE) &&
           mlint_str_eq_nocase(node->name, mlint_str_from(name));
}

/* One Protocol element, being read into one side of an account. */
struct block {
    struct mlint_reading *reading;
    struct mlint_account *account;
    unsigned side;
    const struct mlint_node *protocol;
    bool quiet;   /* its oddities were noted before, with another account */
    bool choices; /* the file is a program that chooses among elements of one name */
};

static struct mlint_field *field_of(const struct block *block, enum mlint_field_id id)
{
    return mlint_account_field_of(block->account, block->side, id);
}

static const char *where(const struct block *block, const char *name)
{
    struct mlint_arena *arena = block->reading->arena;
    const struct mlint_str parts[] = { mlint_str_from(mlint_node_path(arena, MLINT_PATH_SLASH,
                                                                      block->protocol)),
                                       MLINT_STR("/"), mlint_str_from(name) };

    return mlint_arena_join(arena, parts, 3).ptr;
}

#define NOTE(block, ...)                                                                       \
    do {                                                                                       \
        if (!(block)->quiet)                                                                   \
            mlint_reading_note((block)->reading, MLINT_NOTE_UNKNOWN_VALUE, __VA_ARGS__);       \
    } while (0)

enum truth { SAYS_NOTHING, OFF, ON, ODD };

/* "on" and "off" are Outlook's words; yes, true, 1 and their opposites are understood. */
static enum truth truth_of(const struct block *block, const char *name,
                           const struct mlint_node **out)
{
    const struct mlint_node *node = element(block->protocol, name);
    struct mlint_str word = text_of(block->protocol, name);
    int64_t on;

    *out = node;
    if (!node || !word.len)
        return SAYS_NOTHING;
    if (mlint_str_eq_nocase(word, MLINT_STR("on")))
        return ON;
    if (mlint_str_eq_nocase(word, MLINT_STR("off")))
        return OFF;
    if (!mlint_reading_number(word, &on) || on < 0 || on > 1) {
        NOTE(block, node, "%s is \"%.*s\"; it must be on or off", name, MLINT_STR_ARG(word));
        return ODD;
    }
    NOTE(block, node, "%s is \"%.*s\", taken as %s; Outlook wants on or off", name,
         MLINT_STR_ARG(word), on ? "on" : "off");
    return on ? ON : OFF;
}

/* ---- Words back into the file --------------------------------------------------------------
 */

static bool read_nothing(struct mlint_reading *reading, const struct mlint_node *node,
                         struct mlint_field *field)
{
    (void)reading, (void)node, (void)field;
    return false;
}

static const char *write_spa(struct mlint_arena *arena, const struct mlint_node *node,
                             struct mlint_str value)
{
    static const char *const pairs[][2] = { { "password-cleartext", "off" }, { "ntlm", "on" } };

    (void)arena, (void)node;
    return mlint_conv_pair(value, pairs, 2);
}

static const char *write_ssl(struct mlint_arena *arena, const struct mlint_node *node,
                             struct mlint_str value)
{
    static const char *const pairs[][2] = { { "none", "off" }, { "tls", "on" } };

    (void)arena, (void)node;
    return mlint_conv_pair(value, pairs, 2);
}

static const char *write_encryption(struct mlint_arena *arena, const struct mlint_node *node,
                                    struct mlint_str value)
{
    static const char *const pairs[][2] = {
        { "none", "None" },
        { "tls", "SSL" },
        { "starttls", "TLS" },
        { "starttls-if-available", "Auto" },
    };

    (void)arena, (void)node;
    return mlint_conv_pair(value, pairs, 4);
}

static const struct mlint_converter spa = { "SPA", read_nothing, write_spa };
static const struct mlint_converter ssl = { "SSL", read_nothing, write_ssl };
static const struct mlint_converter encryption = { "Encryption", read_nothing,
                                                   write_encryption };

/* ---- One server ----------------------------------------------------------------------------
 */

/* Text with a program in it ("<?php echo $user ?>") is what a server would have filled in. */
static void mark_program(const struct block *block, struct mlint_field *field)
{
    struct mlint_span span = field->node->value_span;
    struct mlint_str source = block->reading->source->text;

    if (mlint_str_find(mlint_str_sub(source, span.begin, span.end), MLINT_STR("<?")) >=
        span.end - span.begin)
        return;
    field->text = mlint_str_trim(mlint_str_sub(source, span.begin, span.end));
    field->token = MLINT_TOKEN_TEMPLATE;
}

static void set_text(const struct block *block, enum mlint_field_id id, const char *name)
{
    const struct mlint_node *node = element(block->protocol, name);
    struct mlint_field *field = field_of(block, id);

    if (!node || node->type != MLINT_NODE_STRING) {
        field->where = where(block, name);
        return;
    }
    mlint_field_set_text(field, MLINT_WRITTEN, node, mlint_str_trim(node->value));
    field->converter = &mlint_conv_element;
    mark_program(block, field);
}

static void set_port(const struct block *block)
{
    const struct mlint_node *node = element(block->protocol, "Port");
    struct mlint_field *field = field_of(block, MLINT_FIELD_PORT);
    int64_t port, decimal;

    field->where = where(block, "Port");
    if (!node || node->type != MLINT_NODE_STRING || !mlint_str_trim(node->value).len) {
        field->comment = "not in this file";
        return;
    }
    if (mlint_reading_number(node->value, &port)) {
        mlint_field_set_number(field, MLINT_WRITTEN, node, port);
        field->converter = &mlint_conv_number;
        if (!mlint_num_parse(mlint_str_trim(node->value), 10, &decimal))
            NOTE(block, node, "Port is \"%.*s\", taken as %lld; Outlook wants digits alone",
                 MLINT_STR_ARG(mlint_str_trim(node->value)), (long long)port);
        return;
    }
    field->comment = "written, but not as a number";
    if (mlint_str_find_char(node->value, '{') == node->value.len)
        NOTE(block, node, "Port should be a number");
}

/* Encryption, where it stands, is what counts (MS-OXDSCLI; since Outlook 2010). */
static bool set_encryption(const struct block *block)
{
    static const struct {
        const char *word;
        enum mlint_security security;
        bool odd;
    } words[] = {
        { "None", MLINT_SECURITY_NONE, false },
        { "SSL", MLINT_SECURITY_TLS, false },
        { "TLS", MLINT_SECURITY_STARTTLS, false },
        { "Auto", MLINT_SECURITY_STARTTLS_IF_AVAILABLE, false },
        { "STARTTLS", MLINT_SECURITY_STARTTLS, true },
    };
    const struct mlint_node *node = element(block->protocol, "Encryption");
    struct mlint_field *field = field_of(block, MLINT_FIELD_SECURITY);
    struct mlint_str word = text_of(block->protocol, "Encryption");

    if (!word.len)
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (!mlint_str_eq_nocase(word, mlint_str_from(words[i].word)))
            continue;
        mlint_field_set_number(field, MLINT_WRITTEN, node, words[i].security);
        field->converter = &encryption;
        if (words[i].odd)
            NOTE(block, node,
                 "Encryption is \"%.*s\", taken as TLS; Outlook knows None, SSL, "
                 "TLS and Auto",
                 MLINT_STR_ARG(word));
        return true;
    }
    field->comment = "written, but with a word that Outlook does not know";
    NOTE(block, node,
         "Encryption is \"%.*s\"; Outlook knows None, SSL, TLS (which is STARTTLS) "
         "and Auto",
         MLINT_STR_ARG(word));
    return true;
}

static void set_security(const struct block *block)
{
    struct mlint_field *field = field_of(block, MLINT_FIELD_SECURITY);
    const struct mlint_node *node;
    enum truth on;

    if (set_encryption(block))
        return;
    on = truth_of(block, "SSL", &node);
    if (on == ODD) {
        field->comment = "written, but neither on nor off";
        return;
    }
    mlint_field_set_number(field, on == SAYS_NOTHING ? MLINT_CLIENT_DEFAULT : MLINT_WRITTEN,
                           on == SAYS_NOTHING ? NULL : node,
                           on == OFF ? MLINT_SECURITY_NONE : MLINT_SECURITY_TLS);
    if (on == SAYS_NOTHING)
        field->where = where(block, "SSL");
    else
        field->converter = &ssl;
}

/* SPA without the element is on, but for OAuth2, which AuthPackage would ask for. */
static void set_spa(const struct block *block)
{
    struct mlint_field *field = field_of(block, MLINT_FIELD_AUTH);
    const struct mlint_node *node, *package = element(block->protocol, "AuthPackage");
    enum truth on = truth_of(block, "SPA", &node);

    if (on == ODD) {
        field->comment = "SPA is written, but neither on nor off";
        return;
    }
    if (on == SAYS_NOTHING &&
        mlint_str_starts_nocase(text_of(block->protocol, "AuthPackage"), MLINT_STR("oauth"))) {
        mlint_field_set_number(field, MLINT_WRITTEN, package, MLINT_AUTH_OAUTH2);
        return;
    }
    mlint_field_set_number(field, on == SAYS_NOTHING ? MLINT_CLIENT_DEFAULT : MLINT_WRITTEN,
                           on == SAYS_NOTHING ? NULL : node,
                           on == OFF ? MLINT_AUTH_PASSWORD_CLEARTEXT : MLINT_AUTH_NTLM);
    if (on == SAYS_NOTHING) {
        field->where = where(block, "SPA");
        field->comment = "without the element SPA is on";
    } else {
        field->converter = &spa;
    }
}

static void set_auth(const struct block *block)
{
    struct mlint_field *field = field_of(block, MLINT_FIELD_AUTH);
    const struct mlint_node *node, *spa_node;

    if (truth_of(block, "AuthRequired", &node) != OFF) {
        set_spa(block);
        return;
    }
    mlint_field_set_number(field, MLINT_WRITTEN, node, MLINT_AUTH_NONE);
    if (truth_of(block, "SPA", &spa_node) == ON)
        block->account->flags |= MLINT_ACCOUNT_SPA_UNUSED;
}

/* The name and password of the incoming server, with SPA as this block itself has it. */
static void set_same_login(const struct block *block, const struct mlint_node *node)
{
    struct mlint_field auth = *field_of(block, MLINT_FIELD_AUTH);

    mlint_reading_same_login(block->account, block->side, node);
    if (auth.presence == MLINT_WRITTEN)
        *field_of(block, MLINT_FIELD_AUTH) = auth;
}

static bool has_twin(const struct block *block, const struct mlint_node *wanted)
{
    const struct mlint_node *node = block->protocol->child;

    while (node != wanted && !mlint_str_eq_nocase(node->name, wanted->name))
        node = node->next;
    return node != wanted;
}

/* {% if ... %}<SSL>on</SSL>{% else %}<SSL>off</SSL>{% endif %}: neither is known to be sent,
 * nor is one alone. */
static void forget_choices(const struct block *block)
{
    for (int id = 0; id < MLINT_SIDE_FIELD_COUNT; id++) {
        struct mlint_field *field = field_of(block, (enum mlint_field_id)id);

        if (field->node && field->node->parent == block->protocol &&
            (has_twin(block, field->node) ||
             mlint_template_decides(block->reading, field->node)))
            *field = (struct mlint_field){ .comment = "a program chooses among several values: "
                                                      "look at what it sends" };
    }
}

static void read_block(const struct block *block, enum mlint_protocol protocol)
{
    struct mlint_field *login = field_of(block, MLINT_FIELD_USERNAME);
    struct mlint_field *password = field_of(block, MLINT_FIELD_PASSWORD);
    const struct mlint_node *node;

    mlint_field_set_number(field_of(block, MLINT_FIELD_PROTOCOL), MLINT_WRITTEN,
                           element(block->protocol, "Type"), protocol);
    set_text(block, MLINT_FIELD_HOST, "Server");
    set_port(block);
    set_security(block);
    set_text(block, MLINT_FIELD_USERNAME, "LoginName");
    if (!login->text.len && login->token == MLINT_TOKEN_NONE)
        login->comment = "without LoginName Outlook tries the address that the user typed";
    password->number = MLINT_PASSWORD_ABSENT;
    password->comment = "Autodiscover carries no password; Outlook asks for it";
    set_auth(block);
    if (protocol == MLINT_PROTOCOL_SMTP && truth_of(block, "UsePOPAuth", &node) == ON &&
        field_of(block, MLINT_FIELD_AUTH)->number != MLINT_AUTH_NONE)
        set_same_login(block, node);
    if (block->choices)
        forget_choices(block);
}

/* ---- Accounts ------------------------------------------------------------------------------
 */

/* Exchange and web services of the same reply are none of the three. */
static enum mlint_protocol protocol_of(const struct mlint_node *node)
{
    struct mlint_str type = text_of(node, "Type");

    if (node->type != MLINT_NODE_GROUP || !is_element(node, "Protocol"))
        return MLINT_PROTOCOL_OTHER;
    if (mlint_str_eq_nocase(type, MLINT_STR("POP3")) ||
        mlint_str_eq_nocase(type, MLINT_STR("POP")))
        return MLINT_PROTOCOL_POP3;
    if (mlint_str_eq_nocase(type, MLINT_STR("IMAP")) ||
        mlint_str_eq_nocase(type, MLINT_STR("IMAP4")))
        return MLINT_PROTOCOL_IMAP;
    if (mlint_str_eq_nocase(type, MLINT_STR("SMTP")))
        return MLINT_PROTOCOL_SMTP;
    return MLINT_PROTOCOL_OTHER;
}

static void check_elements(struct mlint_reading *reading, const struct mlint_node *protocol,
                           bool choices)
{
    struct mlint_str type = text_of(protocol, "Type");

    if (!choices)
        mlint_reading_say_twice(reading, protocol, "last");
    if (mlint_str_eq_nocase(type, MLINT_STR("POP")) ||
        mlint_str_eq_nocase(type, MLINT_STR("IMAP4")))
        mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, element(protocol, "Type"),
                           "Type is \"%.*s\", taken as %s; Outlook knows IMAP, POP3 and SMTP",
                           MLINT_STR_ARG(type),
                           protocol_of(protocol) == MLINT_PROTOCOL_POP3 ? "POP3" : "IMAP");
    if (element(protocol, "TLS"))
        mlint_reading_note(
            reading, MLINT_NOTE_UNKNOWN_VALUE, element(protocol, "TLS"),
            "there is no element TLS: Outlook passes over it (Encryption is what "
            "chooses STARTTLS)");
}

/* What the accounts of one Account element share, looked up once: replies can be long. */
struct shared {
    struct mlint_reading *reading;
    const struct mlint_node *name; /* User/DisplayName, or NULL */
    const struct mlint_node *smtp[MLINT_LIMIT_OUTGOING];
    size_t smtp_count;
    bool noted; /* the oddities of the SMTP blocks */
    bool choices;
};

static void add_outgoing(struct shared *shared, struct mlint_account *account)
{
    struct block block = { shared->reading, account,        MLINT_OUTGOING, NULL,
                           shared->noted,   shared->choices };

    for (size_t i = 0; i < shared->smtp_count; i++, block.side++) {
        if (!mlint_account_add_outgoing(shared->reading->result, account))
            return;
        block.protocol = shared->smtp[i];
        read_block(&block, MLINT_PROTOCOL_SMTP);
    }
    shared->noted = true;
}

static void add_account(struct shared *shared, const struct mlint_node *protocol,
                        enum mlint_protocol kind)
{
    struct mlint_reading *reading = shared->reading;
    const char *prefix = kind == MLINT_PROTOCOL_POP3 ? "POP3-" : "IMAP-";
    struct block block = { reading, NULL, MLINT_INCOMING, protocol, false, shared->choices };

    block.account = mlint_result_add_account(
        reading->result, reading->file,
        mlint_str_from(mlint_arena_printf(reading->arena, "%s%u", prefix,
                                          reading->file->account_count + 1)));
    if (!block.account)
        return;
    block.account->node = protocol;
    block.account->flags |= MLINT_ACCOUNT_TEMPLATE | MLINT_ACCOUNT_NO_CHECK_KEY;
    block.account->incoming.exists = true;
    if (shared->name && shared->name->type == MLINT_NODE_STRING && shared->name->value.len)
        mlint_field_set_text(&block.account->name, MLINT_WRITTEN, shared->name,
                             mlint_str_trim(shared->name->value));
    read_block(&block, kind);
    field_of(&block, MLINT_FIELD_INTERVAL)->comment =
        "Autodiscover does not say how often mail is checked; Outlook keeps it under File > "
        "Options > Advanced > Send/Receive (Ctrl+Alt+S)";
    add_outgoing(shared, block.account);
}

static void add_accounts(struct mlint_reading *reading, const struct mlint_node *list,
                         const struct mlint_node *name)
{
    struct shared shared = { .reading = reading,
                             .name = name,
                             .choices = mlint_template_chooses(reading) };

    for (const struct mlint_node *node = list->child; node; node = node->next) {
        enum mlint_protocol kind = protocol_of(node);

        if (kind != MLINT_PROTOCOL_OTHER)
            check_elements(reading, node, shared.choices);
        if (kind == MLINT_PROTOCOL_SMTP && shared.smtp_count < MLINT_LIMIT_OUTGOING)
            shared.smtp[shared.smtp_count++] = node;
    }
    for (const struct mlint_node *node = list->child; node; node = node->next) {
        enum mlint_protocol kind = protocol_of(node);

        if (kind == MLINT_PROTOCOL_POP3 || kind == MLINT_PROTOCOL_IMAP)
            add_account(&shared, node, kind);
    }
}

/* ---- The reply as a whole ------------------------------------------------------------------
 */

#define SCHEMA "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"

static void check_names(struct mlint_reading *reading, const struct mlint_node *response)
{
    struct mlint_str head = mlint_str_sub(reading->source->text, 0, MLINT_LIMIT_PROBE);

    if (!mlint_str_eq(response->name, MLINT_STR("Response")))
        mlint_tree_note(
            reading->tree, MLINT_NOTE_UNKNOWN_VALUE, response->name_span,
            "the element is called Response: Outlook minds capital letters in names");
    if (mlint_str_find(head, MLINT_STR(SCHEMA)) == head.len)
        mlint_tree_note(reading->tree, MLINT_NOTE_UNKNOWN_VALUE, response->name_span,
                        "the namespace of the reply should be " SCHEMA);
}

/* What a reply without settings says instead. */
static const char *other_reply(struct mlint_reading *reading, const struct mlint_node *response)
{
    const struct mlint_node *account = element(response, "Account");
    struct mlint_str action = text_of(account, "Action");
    struct mlint_str to = text_of(account, "RedirectUrl");

    if (element(response, "Error"))
        return "an Autodiscover error: the server knows no settings for the address";
    if (!to.len)
        to = text_of(account, "RedirectAddr");
    if (mlint_str_starts_nocase(action, MLINT_STR("redirect")))
        return mlint_arena_printf(reading->arena, "an Autodiscover redirect to %.*s",
                                  MLINT_STR_ARG(mlint_str_sub(to, 0, 200)));
    if (element(element(element(response, "Action"), "Settings"), "Server"))
        return "an Autodiscover reply for ActiveSync, which has no POP, IMAP or SMTP settings";
    return account ? "an Autodiscover reply without IMAP and POP3 settings"
                   : "an Autodiscover reply without an account";
}

/* A program that builds the reply: to XML all of it, up to the reply's own declaration, is one
 * processing instruction. */
static bool is_program(struct mlint_str source)
{
    size_t end = mlint_str_find(source, MLINT_STR("?>"));

    return mlint_str_starts_nocase(source, MLINT_STR("<?php")) &&
           mlint_str_find(mlint_str_sub(source, 0, end), MLINT_STR("<?xml")) < end;
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome;
    const struct mlint_node *root =
                                mlint_reading_xml_root(reading, "Autodiscover", true, &outcome),
                            *response, *name;

    if (!root)
        return outcome;
    if (is_program(reading->source->text)) {
        reading->file->detail = "a PHP program, not the reply that it sends";
        return MLINT_READ_NOT_MINE;
    }
    response = element(root, "Response");
    if (!response && element(root, "Request")) {
        reading->file->detail = "an Autodiscover request, which holds no settings";
        return MLINT_READ_NOT_MINE;
    }
    name = element(element(response, "User"), "DisplayName");
    for (const struct mlint_node *node = response ? response->child : NULL; node;
         node = node->next) {
        if (is_element(node, "Account"))
            add_accounts(reading, node, name);
    }
    if (reading->file->account_count)
        check_names(reading, response);
    else if (outcome == MLINT_READ_OK)
        reading->file->detail = other_reply(reading, response);
    if (reading->tree->damaged)
        mlint_reading_drop_defaults(reading);
    return outcome;
}

static int probe(const struct mlint_probe *probe)
{
    return mlint_probe_xml_root(probe, "Autodiscover");
}

const struct mlint_format mlint_format_autodiscover_pox = {
    .id = "autodiscover-pox",
    .client = MLINT_CLIENT_OUTLOOK,
    .title = "Autodiscover reply (POX XML)",
    .recognised_by = "XML whose root element is Autodiscover, with a Response",
    .needs = "xml",
    .starts = "<",
    .probe = probe,
    .read = read,
    .parse = mlint_reading_xml,
};
