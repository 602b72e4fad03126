/* password.c: which passwords can be judged, and the shape of an app password. The pattern is
 * compiled when the first readable password is met, with limits on what matching may cost; the
 * copy without white space is wiped. */
#include "rules/password.h"

#include "base/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define USUAL_PATTERN "^[a-z]{16}$"
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT_KIB 1024
#define LONGEST 4096 /* a longer text is no app password */

const struct mlint_field *mlint_judged_password(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *password = mlint_field_at(judging, side, MLINT_FIELD_PASSWORD);

    if (!mlint_has_own_login(judging, side) ||
        mlint_auth_is(judging, side, MLINT_AUTH_OAUTH2) ||
        mlint_auth_is(judging, side, MLINT_AUTH_KERBEROS) ||
        mlint_auth_is(judging, side, MLINT_AUTH_CERTIFICATE)) {
        mlint_not_applicable(judging, "no password of its own is used");
        return NULL;
    }
    if (password->inherited && side) {
        mlint_not_applicable(judging, NULL); /* the same password, judged once */
        return NULL;
    }
    if (password->secret.ptr)
        return password;
    if (password->comment)
        mlint_unknown(judging, "%s", password->comment);
    else if (mlint_field_has(password) && password->number == MLINT_PASSWORD_ENCRYPTED)
        mlint_unknown(judging, "the stored password is sealed and cannot be read");
    else
        mlint_unknown(judging, "the password is not in this file");
    return NULL;
}

struct shape {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    struct mlint_str pattern;
};

static void drop_shape(void *pointer)
{
    struct shape *shape = pointer;

    pcre2_match_data_free(shape->data);
    pcre2_match_context_free(shape->context);
    pcre2_code_free(shape->code);
    shape->code = NULL;
    shape->data = NULL;
    shape->context = NULL;
}

static bool compile(struct shape *shape, struct mlint_str pattern)
{
    PCRE2_SIZE offset;
    int number;

    drop_shape(shape);
    shape->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
                                PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY,
                                &number, &offset, NULL);
    if (!shape->code)
        return false;
    pcre2_jit_compile(shape->code, PCRE2_JIT_COMPLETE);
    shape->data = pcre2_match_data_create_from_pattern(shape->code, NULL);
    shape->context = pcre2_match_context_create(NULL);
    if (!shape->data || !shape->context)
        return false;
    pcre2_set_match_limit(shape->context, MATCH_LIMIT);
    pcre2_set_depth_limit(shape->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(shape->context, HEAP_LIMIT_KIB);
    shape->pattern = pattern;
    return true;
}

/* The linter's compiled shape for this pattern; NULL if it cannot be compiled. */
static struct shape *shape_for(struct mlint_linter *linter, struct mlint_str pattern)
{
    const struct mlint_allocator *allocator = linter->config->allocator;
    struct shape *shape = linter->shape;

    if (!shape) {
        shape = allocator->alloc(allocator->user, sizeof(*shape));
        if (!shape)
            return NULL;
        memset(shape, 0, sizeof(*shape));
        linter->shape = shape;
        linter->drop_shape = drop_shape;
    }
    if (shape->code && mlint_str_eq(shape->pattern, pattern))
        return shape;
    return compile(shape, pattern) ? shape : NULL;
}

static size_t without_space(struct mlint_str password, char *out)
{
    size_t len = 0;

    for (size_t i = 0; i < password.len;) {
        uint32_t c;
        size_t n = mlint_utf8_decode(password.ptr + i, password.len - i, &c);
        if (!mlint_is_space(c)) {
            memcpy(out + len, password.ptr + i, n);
            len += n;
        }
        i += n;
    }
    return len;
}

bool mlint_has_app_shape(struct mlint_judging *judging, struct mlint_str password)
{
    struct mlint_str pattern = judging->provider->password_pattern;
    char plain[LONGEST];
    struct shape *shape;
    size_t len;
    int found;

    if (!pattern.len)
        pattern = MLINT_STR(USUAL_PATTERN);
    shape = password.len <= sizeof(plain) ? shape_for(judging->result->linter, pattern) : NULL;
    if (!shape)
        return false;
    len = without_space(password, plain);
    found = pcre2_match(shape->code, (PCRE2_SPTR)plain, len, 0, 0, shape->data, shape->context);
    explicit_bzero(plain, sizeof(plain));
    return found >= 0;
}
