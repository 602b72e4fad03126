/* unwrap_cms.c: from a signed profile, in any of the wrappings that people send, to the
 * profile.
 *
 * DER and BER are OpenSSL's (module_cms.c), S/MIME messages as well; PEM and bare base64 are
 * undone here, whatever the label says. Bytes behind the structure are accepted: cPanel sends
 * a line end there. No trust is judged. */
#include "source/unwrap_cms.h"

#include "base/base64.h"
#include "source/limits.h"
#include "source/module_cms.h"

/* What openssl signs it may have given other line ends, and base64 has lines of its own. */
#define INSIDE "; lines are those of the profile inside"

#define LONGEST_HEADER 64 /* the name of a header line */

enum wrapping { PLAIN, DER, PEM, MIME, BASE64 };

/* ---- Recognising ---- */

/* SEQUENCE, a length, and the object id of a CMS type. */
static bool is_der(struct mlint_str s)
{
    static const char pkcs7[] = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";
    static const char smime[] = "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01";
    unsigned char length = s.len > 1 ? (unsigned char)s.ptr[1] : 0;
    size_t at = 2 + (length & 0x80 ? length & 0x7Fu : 0);

    if (s.len < 2 || s.ptr[0] != 0x30 || at > 10 || at > s.len)
        return false;
    s = mlint_str_sub(s, at, s.len);
    return mlint_str_starts(s, mlint_str_make(pkcs7, 10)) ||
           mlint_str_starts(s, mlint_str_make(smime, 12));
}

/* Most files have few dashes, and their heads are all looked at. */
static bool has_begin(struct mlint_str s)
{
    static const char begin[] = "-----BEGIN ";
    const char *end = s.ptr + s.len, *at = s.ptr;

    while (at < end && (at = memchr(at, '-', (size_t)(end - at))) &&
           (size_t)(end - at) >= strlen(begin)) {
        if (at[1] == '-' && memcmp(at, begin, strlen(begin)) == 0)
            return true;
        at++;
    }
    return false;
}

/* Where the CMS block begins, the length of s if there is none: at the beginning of a line;
 * openssl, too, passes over what stands before, such as the certificates of a chain. */
static size_t find_pem(struct mlint_str s)
{
    static const char *const labels[] = { "-----BEGIN CMS-----", "-----BEGIN PKCS7-----",
                                          "-----BEGIN PKCS #7 SIGNED DATA-----" };
    size_t first = s.len;

    if (!has_begin(s))
        return s.len;
    for (unsigned i = 0; i < 3; i++) {
        size_t at = mlint_str_find(s, mlint_str_from(labels[i]));
        if (at < first && (at == 0 || s.ptr[at - 1] == '\n'))
            first = at;
    }
    return first;
}

/* A header line first, and the media type of a signature in the headers. */
static bool is_mime(struct mlint_str s)
{
    size_t colon = mlint_str_find_char(mlint_str_sub(s, 0, LONGEST_HEADER + 1), ':');

    if (colon == 0 || colon > LONGEST_HEADER || colon == s.len)
        return false;
    for (size_t i = 0; i < colon; i++)
        if (mlint_lower(s.ptr[i]) < 'a' || mlint_lower(s.ptr[i]) > 'z')
            if (s.ptr[i] != '-')
                return false;
    return mlint_str_find_nocase(s, MLINT_STR("pkcs7-mime")) < s.len ||
           mlint_str_find_nocase(s, MLINT_STR("pkcs7-signature")) < s.len;
}

/* Sixty-odd digits are enough to see what they stand for. */
static bool is_base64(struct mlint_str s)
{
    struct mlint_arena arena;
    struct mlint_str head;
    bool found;

    s = mlint_str_sub(s, 0, s.len < 128 ? s.len : 128);
    if (s.len < 16 || !mlint_base64_only(s))
        return false;
    mlint_arena_init(&arena, NULL, 0);
    head = mlint_base64_decode(&arena, s, NULL);
    found = is_der(head) || mlint_str_starts(head, MLINT_STR("bplist0")) ||
            mlint_str_starts(head, MLINT_STR("<?xml")) ||
            mlint_str_starts(head, MLINT_STR("<!DOCTYPE plist")) ||
            mlint_str_starts(head, MLINT_STR("<plist")) ||
            mlint_str_starts(head, MLINT_STR("\xEF\xBB\xBF<")) ||
            mlint_str_starts(head, MLINT_STR("\xFF\xFE<")) ||
            mlint_str_starts(head, mlint_str_make("\xFE\xFF\0<", 4));
    mlint_arena_done(&arena);
    return found;
}

/* Without a byte order mark, and without the blanks around. */
static struct mlint_str bare(struct mlint_str s)
{
    if (mlint_str_starts(s, MLINT_STR("\xEF\xBB\xBF")))
        s = mlint_str_sub(s, 3, s.len);
    return mlint_str_trim(s);
}

static enum wrapping recognise(struct mlint_str raw)
{
    struct mlint_str head = mlint_str_sub(raw, 0, MLINT_LIMIT_PROBE), text;

    if (is_der(head))
        return DER;
    text = bare(head);
    if (text.len == 0 || text.ptr[0] == '<' || text.ptr[0] == '{' ||
        mlint_str_starts(text, MLINT_STR("bplist")))
        return PLAIN;
    if (find_pem(text) < text.len)
        return PEM;
    if (is_mime(text))
        return MIME;
    return is_base64(text) ? BASE64 : PLAIN;
}

bool mlint_is_wrapped(struct mlint_str raw)
{
    return recognise(raw) != PLAIN;
}

/* ---- Unwrapping ---- */

/* What stands between the BEGIN line and the END line, or the end. */
static struct mlint_str pem_body(struct mlint_str raw)
{
    size_t begin;

    raw = bare(raw);
    begin = find_pem(raw);
    begin += mlint_str_find_char(mlint_str_sub(raw, begin, raw.len), '\n');
    raw = mlint_str_sub(raw, begin, raw.len);
    return mlint_str_sub(raw, 0, mlint_str_find(raw, MLINT_STR("-----END")));
}

static const char *describe(struct mlint_arena *arena, const struct mlint_cms *cms)
{
    static const char *const ends[] = {
        [MLINT_CMS_UNCHECKED] = "the signature cannot be checked with what is in the file",
        [MLINT_CMS_HOLDS] = "the signature holds",
        [MLINT_CMS_BROKEN] = "the signature does not match: changed after it was signed",
    };

    if (cms->kind == MLINT_CMS_PLAIN)
        return "taken out of a CMS wrapping without signature" INSIDE;
    if (!cms->signer[0])
        return mlint_arena_printf(arena, "signed, signer not named; %s" INSIDE,
                                  ends[cms->check]);
    return mlint_arena_printf(arena, "signed by \"%s\"; %s" INSIDE, cms->signer,
                              ends[cms->check]);
}

/* Why there is no content to read. */
static enum mlint_unwrapped refuse(const struct mlint_cms *cms, struct mlint_unwrapping *out)
{
    switch (cms->kind) {
    case MLINT_CMS_ENCRYPTED:
        out->detail = "encrypted for a device or person: cannot be read without the key; ask "
                      "for the profile as it was before encryption";
        return MLINT_UNWRAP_SEALED;
    case MLINT_CMS_DETACHED:
        out->detail = "a signature or certificates alone, without the profile they belong to";
        return MLINT_UNWRAP_SEALED;
    case MLINT_CMS_OTHER:
        out->detail = "a CMS file of a kind that profiles do not use";
        return MLINT_UNWRAP_SEALED;
    default:
        out->detail = "begins like a signed file, but is cut off or damaged";
        return MLINT_UNWRAP_DAMAGED;
    }
}

/* `openssl smime -text` signs a line of headers with the content. */
static struct mlint_str without_headers(struct mlint_str s)
{
    size_t end;

    if (!mlint_str_starts_nocase(s, MLINT_STR("Content-")))
        return s;
    end = mlint_str_find(s, MLINT_STR("\r\n\r\n"));
    return mlint_str_sub(s, end < s.len ? end + 4 : 0, s.len);
}

static enum mlint_unwrapped open_cms(struct mlint_arena *arena, struct mlint_modules *modules,
                                     struct mlint_source *source, struct mlint_unwrapping *out,
                                     bool mime)
{
    const struct mlint_module_cms *module = mlint_module_open(modules, MLINT_MODULE_CMS);
    enum mlint_unwrapped outcome = MLINT_UNWRAP_DONE;
    struct mlint_cms cms;

    if (!module) {
        out->detail =
            mlint_module_built(MLINT_MODULE_CMS)
                ? "signed or encrypted: the module that opens it (maillint-cms) is not "
                  "installed"
                : "signed or encrypted: this build was made without the library "
                  "(libcrypto) that opens it";
        return MLINT_UNWRAP_SEALED;
    }
    module->open(source->raw, mime, &cms);
    if (cms.kind == MLINT_CMS_SIGNED || cms.kind == MLINT_CMS_PLAIN) {
        out->broken |= cms.check == MLINT_CMS_BROKEN;
        if (!out->detail) /* the outermost signature is the one that was sent */
            out->detail = describe(arena, &cms);
        source->raw = mlint_arena_copy(arena, without_headers(cms.content));
    } else {
        outcome = refuse(&cms, out);
    }
    module->close(&cms);
    return outcome;
}

static void decode(struct mlint_arena *arena, struct mlint_source *source,
                   struct mlint_str text)
{
    source->raw = mlint_base64_decode(arena, text, NULL);
}

enum mlint_unwrapped mlint_unwrap(struct mlint_arena *arena, struct mlint_modules *modules,
                                  struct mlint_source *source, struct mlint_unwrapping *out)
{
    enum wrapping wrapping = recognise(source->raw);
    enum mlint_unwrapped outcome = MLINT_UNWRAP_NONE;
    unsigned opened = 0, decoded = 0;

    *out = (struct mlint_unwrapping){ 0 };
    for (; wrapping != PLAIN; wrapping = recognise(source->raw)) {
        if (opened == MLINT_LIMIT_UNWRAP || decoded > MLINT_LIMIT_UNWRAP) {
            out->detail = "signed or wrapped more than three times over";
            return MLINT_UNWRAP_LIMIT;
        }
        outcome = MLINT_UNWRAP_DONE;
        if (wrapping == PEM || wrapping == BASE64) {
            decode(arena, source,
                   wrapping == PEM ? pem_body(source->raw) : mlint_str_trim(source->raw));
            decoded++;
        } else {
            outcome = open_cms(arena, modules, source, out, wrapping == MIME);
            opened++;
        }
        source->text = source->raw;
        source->derived = true;
        if (outcome != MLINT_UNWRAP_DONE)
            return outcome;
    }
    if (outcome == MLINT_UNWRAP_DONE && !out->detail)
        out->detail = "taken out of base64" INSIDE;
    return outcome;
}
