/* outlook_prf_properties.c: which settings of an account the ids of a .prf are, and what
 * everybody calls them. */
#include "formats/outlook_prf.h"

#include "base/num.h"

enum { ANY = MLINT_PRF_ANY, POP = MLINT_PRF_POP, IMAP = MLINT_PRF_IMAP };
enum { NEW = false, OLD = true };

/* What every generator calls them: a value that is not mapped is known by its name. */
static const struct mlint_prf_known names[] = {
    { MLINT_STR_INIT("AccountName"), MLINT_PRF_NAME, ANY, NEW },
    { MLINT_STR_INIT("EmailAddress"), MLINT_PRF_EMAIL, ANY, NEW },
    { MLINT_STR_INIT("POP3Server"), MLINT_PRF_SERVER, POP, NEW },
    { MLINT_STR_INIT("IMAPServer"), MLINT_PRF_SERVER, IMAP, NEW },
    { MLINT_STR_INIT("HttpServer"), MLINT_PRF_SERVER, ANY, NEW },
    { MLINT_STR_INIT("POP3UserName"), MLINT_PRF_USER, POP, NEW },
    { MLINT_STR_INIT("IMAPUserName"), MLINT_PRF_USER, IMAP, NEW },
    { MLINT_STR_INIT("POP3Password"), MLINT_PRF_PASSWORD, POP, NEW },
    { MLINT_STR_INIT("IMAPPassword"), MLINT_PRF_PASSWORD, IMAP, NEW },
    { MLINT_STR_INIT("POP3Port"), MLINT_PRF_PORT, POP, NEW },
    { MLINT_STR_INIT("IMAPPort"), MLINT_PRF_PORT, IMAP, NEW },
    { MLINT_STR_INIT("POP3UseSSL"), MLINT_PRF_SSL, POP, NEW },
    { MLINT_STR_INIT("IMAPUseSSL"), MLINT_PRF_SSL, IMAP, NEW },
    { MLINT_STR_INIT("POP3UseSPA"), MLINT_PRF_SPA, POP, NEW },
    { MLINT_STR_INIT("IMAPUseSPA"), MLINT_PRF_SPA, IMAP, NEW },
    { MLINT_STR_INIT("SMTPServer"), MLINT_PRF_SMTP_SERVER, ANY, NEW },
    { MLINT_STR_INIT("SMTPPort"), MLINT_PRF_SMTP_PORT, ANY, NEW },
    { MLINT_STR_INIT("SMTPUseSSL"), MLINT_PRF_SMTP_SSL, ANY, NEW },
    { MLINT_STR_INIT("SMTPUseAuth"), MLINT_PRF_SMTP_AUTH, ANY, NEW },
    { MLINT_STR_INIT("SMTPUserName"), MLINT_PRF_SMTP_USER, ANY, NEW },
    { MLINT_STR_INIT("SMTPPassword"), MLINT_PRF_SMTP_PASSWORD, ANY, NEW },
    { MLINT_STR_INIT("SMTPUseSPA"), MLINT_PRF_SMTP_SPA, ANY, NEW },
    { MLINT_STR_INIT("SMTPAuthMethod"), MLINT_PRF_SMTP_METHOD, ANY, NEW },
    { MLINT_STR_INIT("SMTPSecureConnection"), MLINT_PRF_SMTP_ENCRYPTION, ANY, NEW },
    { MLINT_STR_INIT("LeaveOnServer"), MLINT_PRF_LEAVE, POP, NEW },
    { MLINT_STR_INIT("IMAPLogonName"), MLINT_PRF_USER, IMAP, OLD },
    { MLINT_STR_INIT("IMAPUseSicily"), MLINT_PRF_SPA, IMAP, OLD },
    { MLINT_STR_INIT("IMAPSSL"), MLINT_PRF_SSL, IMAP, OLD },
    { MLINT_STR_INIT("POP3LogonName"), MLINT_PRF_USER, POP, OLD },
    { MLINT_STR_INIT("POP3UseSicily"), MLINT_PRF_SPA, POP, OLD },
    { MLINT_STR_INIT("POP3SSL"), MLINT_PRF_SSL, POP, OLD },
    { MLINT_STR_INIT("POP3LeaveOnServer"), MLINT_PRF_LEAVE, POP, OLD },
    { MLINT_STR_INIT("SMTPLogonName"), MLINT_PRF_SMTP_USER, ANY, OLD },
    { MLINT_STR_INIT("SMTPUseSicily"), MLINT_PRF_SMTP_SICILY, ANY, OLD },
    { MLINT_STR_INIT("SMTPSSL"), MLINT_PRF_SMTP_SSL, ANY, OLD },
    { MLINT_STR_INIT("SMTPEmailAddress"), MLINT_PRF_EMAIL, ANY, OLD },
};

#define NAMES (sizeof(names) / sizeof(names[0]))

/* Ids up to 0x1101 are those of Outlook 2002 and later (MS: account management properties),
 * from 0x1235 those of 97 to 2000, which .iaf files share. */
const uint8_t mlint_prf_properties[MLINT_PRF_IDS] = {
    [0x0002] = 1 + MLINT_PRF_NAME,
    [0x000C] = 1 + MLINT_PRF_EMAIL,
    [0x0100] = 1 + MLINT_PRF_SERVER,
    [0x0101] = 1 + MLINT_PRF_USER,
    [0x0102] = 1 + MLINT_PRF_PASSWORD,
    [0x0104] = 1 + MLINT_PRF_PORT,
    [0x0105] = 1 + MLINT_PRF_SSL,
    [0x0108] = 1 + MLINT_PRF_SPA,
    [0x0200] = 1 + MLINT_PRF_SMTP_SERVER,
    [0x0201] = 1 + MLINT_PRF_SMTP_PORT,
    [0x0202] = 1 + MLINT_PRF_SMTP_SSL,
    [0x0203] = 1 + MLINT_PRF_SMTP_AUTH,
    [0x0204] = 1 + MLINT_PRF_SMTP_USER,
    [0x0205] = 1 + MLINT_PRF_SMTP_PASSWORD,
    [0x0207] = 1 + MLINT_PRF_SMTP_SPA,
    [0x0208] = 1 + MLINT_PRF_SMTP_METHOD,
    [0x020A] = 1 + MLINT_PRF_SMTP_ENCRYPTION,
    [0x1000] = 1 + MLINT_PRF_LEAVE,
    [0x1235] = 1 + MLINT_PRF_NAME,
    [0x1298] = 1 + MLINT_PRF_SERVER,
    [0x1299] = 1 + MLINT_PRF_USER,
    [0x129A] = 1 + MLINT_PRF_PASSWORD,
    [0x129C] = 1 + MLINT_PRF_SPA,
    [0x129D] = 1 + MLINT_PRF_PORT,
    [0x129E] = 1 + MLINT_PRF_SSL,
    [0x13C4] = 1 + MLINT_PRF_SERVER,
    [0x13C5] = 1 + MLINT_PRF_USER,
    [0x13C6] = 1 + MLINT_PRF_PASSWORD,
    [0x13C8] = 1 + MLINT_PRF_SPA,
    [0x13C9] = 1 + MLINT_PRF_PORT,
    [0x13CA] = 1 + MLINT_PRF_SSL,
    [0x13CC] = 1 + MLINT_PRF_LEAVE,
    [0x1428] = 1 + MLINT_PRF_SMTP_SERVER,
    [0x1429] = 1 + MLINT_PRF_SMTP_USER,
    [0x142A] = 1 + MLINT_PRF_SMTP_PASSWORD,
    [0x142C] = 1 + MLINT_PRF_SMTP_SICILY,
    [0x142D] = 1 + MLINT_PRF_SMTP_PORT,
    [0x142E] = 1 + MLINT_PRF_SMTP_SSL,
    [0x1432] = 1 + MLINT_PRF_EMAIL,
};

/* By the two letters that they begin with: of other names most begin otherwise. */
static bool may_be_known(struct mlint_str name)
{
    static const char starts[][3] = { "ac", "em", "ht", "im", "le", "po", "sm" };

    for (size_t i = 0; name.len >= 2 && i < sizeof(starts) / sizeof(starts[0]); i++) {
        if ((name.ptr[0] | 0x20) == starts[i][0] && (name.ptr[1] | 0x20) == starts[i][1])
            return true;
    }
    return false;
}

const struct mlint_prf_known *mlint_prf_by_name(struct mlint_str name)
{
    if (!may_be_known(name))
        return NULL;
    for (size_t i = 0; i < NAMES; i++) {
        if (mlint_str_eq_nocase(name, names[i].name))
            return &names[i];
    }
    return NULL;
}

struct mlint_str mlint_prf_name(enum mlint_prf_property property,
                                const struct mlint_prf_account *account)
{
    struct mlint_str name = MLINT_STR("");

    for (size_t i = 0; i < NAMES; i++) {
        if (names[i].property != property ||
            (names[i].family != ANY && names[i].family != account->family))
            continue;
        if (names[i].old == account->old)
            return names[i].name;
        if (!name.len)
            name = names[i].name;
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

    if (!high)
        return low;
    if (mlint_prf_is_id(low) != mlint_prf_is_id(high))
        return mlint_prf_is_id(high) ? high : low;
    return !is_type(high) && is_type(low) ? high : low;
}

/* In any way that a number may be written; 0 where it is none. */
static unsigned parse(struct mlint_str digits, unsigned base)
{
    int64_t tag;

    if (!mlint_num_parse(digits, base, &tag) || tag < 0 || tag > UINT32_MAX)
        return 0;
    return (unsigned)tag;
}

static __attribute__((noinline)) unsigned tag_of(struct mlint_str number)
{
    if (!mlint_prf_is_hex(number))
        return parse(number, 10);
    return parse(mlint_str_sub(number, 2, number.len), 16);
}

/* "0x0108", as nearly every tag is written: an id in four digits. 0: it is written otherwise.
 */
static unsigned plain_id(struct mlint_str number)
{
    unsigned digit[4];

    if (number.len != 6 || !mlint_prf_is_hex(number))
        return 0;
    for (size_t i = 0; i < 4; i++)
        digit[i] = (unsigned)mlint_hex_digit(number.ptr[2 + i]);
    if ((digit[0] | digit[1] | digit[2] | digit[3]) > 15)
        return 0;
    return digit[0] << 12 | digit[1] << 8 | digit[2] << 4 | digit[3];
}

unsigned mlint_prf_bare_id(struct mlint_str number)
{
    unsigned id = plain_id(number);

    return id ? id : id_in_tag(tag_of(number));
}

/* Whether a type as nearly every line has it stands before six bytes. */
static bool has_usual_type(struct mlint_str text)
{
    static const struct mlint_str number = MLINT_STR_INIT("PT_LONG,");
    static const struct mlint_str string = MLINT_STR_INIT("PT_UNICODE,");

    return text.len == number.len + 6
               ? mlint_str_starts(text, number)
               : text.len == string.len + 6 && mlint_str_starts(text, string);
}

/* Behind the comma of any type, and blanks. */
static __attribute__((noinline)) unsigned unusual_id(struct mlint_str text)
{
    size_t at = mlint_str_find_char(text, ',');

    do
        at++;
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'));
    return mlint_prf_bare_id(mlint_str_sub(text, at, text.len));
}

unsigned mlint_prf_typed_id(struct mlint_str text)
{
    unsigned id = 0;

    if (has_usual_type(text))
        id = plain_id(mlint_str_sub(text, text.len - 6, text.len));
    return id ? id : unusual_id(text);
}
