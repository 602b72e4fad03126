/* outlook_prf_properties.c: which settings of an account the ids of a .prf are, and what
 * everybody calls them. */
#include "formats/outlook_prf.h"

#include "base/num.h"

enum { ANY = MLINT_PRF_ANY, POP = MLINT_PRF_POP, IMAP = MLINT_PRF_IMAP };

/* Ids up to 0x1101 are those of Outlook 2002 and later (MS: account management properties),
 * from 0x1235 those of 97 to 2000, which .iaf files share. The names are what every generator
 * calls them: a value that is not mapped is known by its name. Sorted by id. */
static const struct mlint_prf_known properties[] = {
    { 0x0002, MLINT_PRF_NAME, ANY, "AccountName" },
    { 0x000C, MLINT_PRF_EMAIL, ANY, "EmailAddress" },
    { 0x0100, MLINT_PRF_SERVER, POP, "POP3Server" },
    { 0x0100, MLINT_PRF_SERVER, IMAP, "IMAPServer" },
    { 0x0100, MLINT_PRF_SERVER, ANY, "HttpServer" },
    { 0x0101, MLINT_PRF_USER, POP, "POP3UserName" },
    { 0x0101, MLINT_PRF_USER, IMAP, "IMAPUserName" },
    { 0x0102, MLINT_PRF_PASSWORD, POP, "POP3Password" },
    { 0x0102, MLINT_PRF_PASSWORD, IMAP, "IMAPPassword" },
    { 0x0104, MLINT_PRF_PORT, POP, "POP3Port" },
    { 0x0104, MLINT_PRF_PORT, IMAP, "IMAPPort" },
    { 0x0105, MLINT_PRF_SSL, POP, "POP3UseSSL" },
    { 0x0105, MLINT_PRF_SSL, IMAP, "IMAPUseSSL" },
    { 0x0108, MLINT_PRF_SPA, POP, "POP3UseSPA" },
    { 0x0108, MLINT_PRF_SPA, IMAP, "IMAPUseSPA" },
    { 0x0200, MLINT_PRF_SMTP_SERVER, ANY, "SMTPServer" },
    { 0x0201, MLINT_PRF_SMTP_PORT, ANY, "SMTPPort" },
    { 0x0202, MLINT_PRF_SMTP_SSL, ANY, "SMTPUseSSL" },
    { 0x0203, MLINT_PRF_SMTP_AUTH, ANY, "SMTPUseAuth" },
    { 0x0204, MLINT_PRF_SMTP_USER, ANY, "SMTPUserName" },
    { 0x0205, MLINT_PRF_SMTP_PASSWORD, ANY, "SMTPPassword" },
    { 0x0207, MLINT_PRF_SMTP_SPA, ANY, "SMTPUseSPA" },
    { 0x0208, MLINT_PRF_SMTP_METHOD, ANY, "SMTPAuthMethod" },
    { 0x020A, MLINT_PRF_SMTP_ENCRYPTION, ANY, "SMTPSecureConnection" },
    { 0x1000, MLINT_PRF_LEAVE, POP, "LeaveOnServer" },
    { 0x1235, MLINT_PRF_NAME, ANY, NULL },
    { 0x1298, MLINT_PRF_SERVER, IMAP, NULL },
    { 0x1299, MLINT_PRF_USER, IMAP, "IMAPLogonName" },
    { 0x129A, MLINT_PRF_PASSWORD, IMAP, NULL },
    { 0x129C, MLINT_PRF_SPA, IMAP, "IMAPUseSicily" },
    { 0x129D, MLINT_PRF_PORT, IMAP, NULL },
    { 0x129E, MLINT_PRF_SSL, IMAP, "IMAPSSL" },
    { 0x13C4, MLINT_PRF_SERVER, POP, NULL },
    { 0x13C5, MLINT_PRF_USER, POP, "POP3LogonName" },
    { 0x13C6, MLINT_PRF_PASSWORD, POP, NULL },
    { 0x13C8, MLINT_PRF_SPA, POP, "POP3UseSicily" },
    { 0x13C9, MLINT_PRF_PORT, POP, NULL },
    { 0x13CA, MLINT_PRF_SSL, POP, "POP3SSL" },
    { 0x13CC, MLINT_PRF_LEAVE, POP, "POP3LeaveOnServer" },
    { 0x1428, MLINT_PRF_SMTP_SERVER, ANY, NULL },
    { 0x1429, MLINT_PRF_SMTP_USER, ANY, "SMTPLogonName" },
    { 0x142A, MLINT_PRF_SMTP_PASSWORD, ANY, NULL },
    { 0x142C, MLINT_PRF_SMTP_SICILY, ANY, "SMTPUseSicily" },
    { 0x142D, MLINT_PRF_SMTP_PORT, ANY, NULL },
    { 0x142E, MLINT_PRF_SMTP_SSL, ANY, "SMTPSSL" },
    { 0x1432, MLINT_PRF_EMAIL, ANY, "SMTPEmailAddress" },
};

#define PROPERTIES (sizeof(properties) / sizeof(properties[0]))

const struct mlint_prf_known *mlint_prf_by_id(unsigned id, unsigned family)
{
    for (size_t i = 0; i < PROPERTIES && properties[i].id <= id; i++) {
        if (properties[i].id == id &&
            (id < 0x1235 || properties[i].family == ANY || properties[i].family == family))
            return &properties[i];
    }
    return NULL;
}

bool mlint_prf_is_id(unsigned id)
{
    size_t i = 0;

    while (i < PROPERTIES && properties[i].id < id)
        i++;
    return i < PROPERTIES && properties[i].id == id;
}

const struct mlint_prf_known *mlint_prf_by_name(struct mlint_str name)
{
    for (size_t i = 0; i < PROPERTIES; i++) {
        if (properties[i].name && mlint_str_eq_nocase(name, mlint_str_from(properties[i].name)))
            return &properties[i];
    }
    return NULL;
}

enum mlint_prf_family mlint_prf_family_of(const struct mlint_prf_account *account)
{
    return account->protocol == MLINT_PROTOCOL_IMAP ? MLINT_PRF_IMAP : MLINT_PRF_POP;
}

const char *mlint_prf_name(enum mlint_prf_property property,
                           const struct mlint_prf_account *account)
{
    unsigned family = mlint_prf_family_of(account);
    const char *name = "";

    for (size_t i = 0; i < PROPERTIES; i++) {
        if (properties[i].property != property || !properties[i].name ||
            (properties[i].family != ANY && properties[i].family != family))
            continue;
        if (!*name || (properties[i].id >= 0x1235) == account->old)
            name = properties[i].name;
    }
    return name;
}

/* PT_LONG, PT_BOOLEAN, PT_STRING8, PT_UNICODE, PT_BINARY. */
static bool is_type(unsigned half)
{
    return half == 3 || half == 0xB || half == 0x1E || half == 0x1F || half == 0x102;
}

/* A tag has a property's type in one half and its id in the other: 0x001e3001, 0x3001001e.
 * Where a half may be either (0x0102), the one that is known as an id is it. */
static unsigned id_in_tag(unsigned tag)
{
    unsigned low = tag & 0xFFFF, high = tag >> 16;

    if (mlint_prf_is_id(low) != mlint_prf_is_id(high))
        return mlint_prf_is_id(high) ? high : low;
    return high && !is_type(high) && is_type(low) ? high : low;
}

static unsigned tag_of(struct mlint_str number)
{
    bool hex = mlint_str_starts_nocase(number, MLINT_STR("0x"));
    int64_t tag;

    number = mlint_str_sub(number, hex ? 2 : 0, number.len);
    if (!mlint_num_parse(number, hex ? 16 : 10, &tag) || tag < 0 || tag > UINT32_MAX)
        return 0;
    return (unsigned)tag;
}

unsigned mlint_prf_id_of(struct mlint_str text)
{
    size_t comma;

    text = mlint_str_trim(text);
    if (!mlint_str_starts_nocase(text, MLINT_STR("PT_")))
        return 0;
    comma = mlint_str_find_char(text, ',');
    return id_in_tag(tag_of(mlint_str_trim(mlint_str_sub(text, comma + 1, text.len))));
}

unsigned mlint_prf_bare_id(struct mlint_str text)
{
    return mlint_str_starts_nocase(text, MLINT_STR("0x")) ? id_in_tag(tag_of(text)) : 0;
}

bool mlint_prf_is_password(const struct mlint_prf_known *property)
{
    return property->property == MLINT_PRF_PASSWORD ||
           property->property == MLINT_PRF_SMTP_PASSWORD;
}

bool mlint_prf_maps_password(const struct mlint_node *line)
{
    unsigned id = line->subtype ? line->subtype : mlint_prf_bare_id(line->value);

    for (size_t i = 0; id && i < PROPERTIES && properties[i].id <= id; i++) {
        if (properties[i].id == id)
            return mlint_prf_is_password(&properties[i]);
    }
    return false;
}
