/* windows_mail_oeaccount.c: .oeaccount files of Windows Mail and Windows Live Mail: one account
 * as XML, an element for each value that differs from its default. Elements are called as the
 * values of Outlook Express' registry keys, "_" standing for a blank, and are read as these.
 *
 * Numbers are hexadecimal; 0 and FALSE mean "empty" where a text is due. The type that an
 * element claims can be wrong, so that names decide what is a number. */
#include "formats/express.h"
#include "model/config.h"
#include "syntax/xml.h"

#include "base/num.h"

/* ---- Values --------------------------------------------------------------------------------
 */

static bool ends(struct mlint_str name, struct mlint_str end)
{
    return mlint_str_ends_nocase(name, end);
}

/* The last letter leaves few to compare with. */
static bool is_number(struct mlint_str name)
{
    switch (name.len ? mlint_lower(name.ptr[name.len - 1]) : '\0') {
    case 'd':
        return ends(name, MLINT_STR("_Prompt_for_Password")) ||
               ends(name, MLINT_STR("Remove_When_Deleted")) ||
               ends(name, MLINT_STR("Remove_When_Expired"));
    case 'e':
        return ends(name, MLINT_STR("Connection_Type"));
    case 'g':
        return ends(name, MLINT_STR("_Polling"));
    case 'n':
        return ends(name, MLINT_STR("_Secure_Connection"));
    case 'r':
        return ends(name, MLINT_STR("Leave_Mail_On_Server"));
    case 's':
        return ends(name, MLINT_STR("Expire_Days"));
    case 't':
        return ends(name, MLINT_STR("_Port")) || ends(name, MLINT_STR("_Skip_Account")) ||
               ends(name, MLINT_STR("_Timeout"));
    case 'y':
        return ends(name, MLINT_STR("_Use_Sicily"));
    default:
        return false;
    }
}

static bool is_password(struct mlint_str name)
{
    return ends(name, MLINT_STR("_Password")) || ends(name, MLINT_STR("_Password2"));
}

/* DWORDs are written with one to eight hexadecimal digits, or as a word. What is neither stays
 * text, and the reader of values says so. */
static void make_number(struct mlint_node *node)
{
    struct mlint_str text = mlint_str_trim(node->value);
    bool truth = mlint_str_eq_nocase(text, MLINT_STR("TRUE"));
    int64_t number = truth;

    if (!truth && !mlint_str_eq_nocase(text, MLINT_STR("FALSE")) &&
        (text.len > 8 || text.len == 0 || mlint_hex_digit(text.ptr[0]) < 0 ||
         !mlint_num_parse(text, 16, &number)))
        return;
    node->type = MLINT_NODE_INTEGER;
    node->number = number;
}

/* Pairs of digits. */
static void make_bytes(struct mlint_node *node)
{
    struct mlint_str text = mlint_str_trim(node->value);
    size_t i = 0;

    while (i < text.len && mlint_hex_digit(text.ptr[i]) >= 0)
        i++;
    if (i < text.len || text.len % 2)
        return; /* no bytes: a password that somebody typed in clear */
    node->type = MLINT_NODE_BINARY;
    node->value = text;
}

static void make_text(struct mlint_node *node)
{
    struct mlint_str text = mlint_str_trim(node->value);

    if (mlint_str_eq(text, MLINT_STR("0")) || mlint_str_eq_nocase(text, MLINT_STR("FALSE")))
        node->value = MLINT_STR("");
}

/* A port that somebody typed in decimal: 110 is read as 272. */
static void check_port(struct mlint_reading *reading, const struct mlint_node *node)
{
    static const uint16_t ports[] = { 25, 110, 143, 465, 587, 993, 995 };
    struct mlint_str text = mlint_str_trim(node->value);
    int64_t decimal;

    if (node->type != MLINT_NODE_INTEGER || !ends(node->name, MLINT_STR("_Port")) ||
        !mlint_num_parse(text, 10, &decimal))
        return;
    for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
        if (decimal == ports[i])
            mlint_reading_note(reading, MLINT_NOTE_UNKNOWN_VALUE, node,
                               "%.*s is hexadecimal: %.*s is port %lld; port %u is written %x",
                               MLINT_STR_ARG(node->name), MLINT_STR_ARG(text),
                               (long long)node->number, ports[i], ports[i]);
    }
}

static bool claims_bytes(const struct mlint_node *node)
{
    const struct mlint_node *type = mlint_node_get(node, "type");

    return type && mlint_str_eq_nocase(type->value, MLINT_STR("BINARY"));
}

/* reading: who is told of odd ones, or NULL. */
static void make_values(struct mlint_reading *reading, struct mlint_node *account)
{
    for (struct mlint_node *node = account->child; node; node = node->next) {
        if (node->type != MLINT_NODE_STRING || (node->flags & MLINT_NODE_ATTRIBUTE))
            continue;
        if (is_number(node->name)) {
            make_number(node);
            if (reading)
                check_port(reading, node);
        } else if (is_password(node->name)) {
            make_text(node);
            make_bytes(node);
        } else if (!claims_bytes(node)) {
            make_text(node);
        }
    }
}

bool mlint_express_in_oeaccount(struct mlint_reading *reading, struct mlint_source *source)
{
    const struct mlint_tree *tree = NULL;
    struct mlint_node *root;

    if (mlint_xml_decode(reading->arena, source))
        tree = mlint_xml_read(reading->arena, source, &reading->result->linter->modules);
    root = tree ? tree->root->child : NULL;
    if (!root || !mlint_str_eq_nocase(root->name, MLINT_STR("MessageAccount")))
        return false;
    make_values(NULL, root);
    return mlint_express_is_judged(reading, root);
}

/* ---- The format ----------------------------------------------------------------------------
 */

static int probe(const struct mlint_probe *probe)
{
    return mlint_probe_xml_root(probe, "MessageAccount");
}

static void say_encoding(struct mlint_reading *reading)
{
    const struct mlint_source *source = reading->source;
    struct mlint_span start = { 0, 1 };

    if (source->encoding != MLINT_ENC_UTF16LE || !source->bom)
        mlint_tree_note(
            reading->tree, MLINT_NOTE_ENCODING, start,
            "Windows Mail writes this file in little-endian UTF-16 with a byte-order "
            "mark; it may not read another encoding");
}

static enum mlint_read_outcome read(struct mlint_reading *reading)
{
    enum mlint_read_outcome outcome;
    struct mlint_express_polls none = { .count = 0 };
    struct mlint_node *account;

    if (!mlint_reading_xml_root(reading, "MessageAccount", true, &outcome))
        return outcome;
    account = reading->tree->root->child;
    say_encoding(reading);
    mlint_reading_say_twice(reading, account, "first");
    make_values(reading, account);
    mlint_express_add(reading, account, account->name, MLINT_CLIENT_WINDOWS_MAIL, &none);
    if (reading->tree->damaged)
        mlint_reading_drop_defaults(reading);
    return outcome;
}

const struct mlint_format mlint_format_windows_mail_oeaccount = {
    .id = "windows-mail-oeaccount",
    .client = MLINT_CLIENT_WINDOWS_MAIL,
    .title = "account of Windows Mail or Windows Live Mail (.oeaccount)",
    .recognised_by = "XML whose root element is MessageAccount",
    .needs = "xml",
    .starts = "<",
    .probe = probe,
    .read = read,
    .parse = mlint_reading_xml,
};
