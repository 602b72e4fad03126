/* password.c: which passwords can be judged, and the shape of an app password. The pattern is
 * compiled when the first readable password is met, with limits on what matching may cost; the
 * copy without white space is wiped. */
#include "rules/password.h"

#include "base/utf8.h"

#define USUAL_PATTERN "^[a-z]{16}$"
#define LONGEST 4096 /* a longer text is no app password */

static bool needs_no_password(const struct mlint_field *auth)
{
    return mlint_field_has(auth) &&
           (auth->number == MLINT_AUTH_OAUTH2 || auth->number == MLINT_AUTH_KERBEROS ||
            auth->number == MLINT_AUTH_CERTIFICATE);
}

const struct mlint_field *mlint_judged_password(struct mlint_judging *judging, unsigned side)
{
    const struct mlint_field *password = mlint_field_at(judging, side, MLINT_FIELD_PASSWORD);

    if (!mlint_has_own_login(judging, side) ||
        needs_no_password(mlint_field_at(judging, side, MLINT_FIELD_AUTH))) {
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
        mlint_unknown_because(judging, password->comment);
    else if (mlint_field_has(password) && password->number == MLINT_PASSWORD_ENCRYPTED)
        mlint_unknown(judging, "the stored password is sealed and cannot be read");
    else
        mlint_unknown(judging, "the password is not in this file");
    return NULL;
}

/* The linter's compiled shape for this pattern; NULL if there is none. */
static const struct mlint_pattern *shape_for(struct mlint_result *result, struct mlint_str text)
{
    struct mlint_linter *linter = result->linter;
    enum mlint_status status;

    if (linter->shape && mlint_str_eq(mlint_pattern_text(linter->shape), text))
        return linter->shape;
    mlint_pattern_free(linter->shape);
    linter->shape = NULL;
    status = mlint_pattern_new(&linter->shape, &linter->modules, linter->config->allocator,
                               text, NULL);
    result->arena.failed |= status == MLINT_E_NO_MEMORY;
    return linter->shape;
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

enum mlint_match mlint_app_shape(struct mlint_judging *judging, struct mlint_str password)
{
    struct mlint_str pattern = judging->provider->password_pattern;
    char plain[LONGEST];
    const struct mlint_pattern *shape;
    enum mlint_match found;
    size_t len;

    if (password.len > sizeof(plain))
        return MLINT_MATCH_NONE;
    if (!pattern.len)
        pattern = MLINT_STR(USUAL_PATTERN);
    shape = shape_for(judging->result, pattern);
    if (!shape)
        return MLINT_MATCH_GAVE_UP;
    len = without_space(password, plain);
    found = mlint_pattern_match(shape, mlint_str_make(plain, len));
    explicit_bzero(plain, sizeof(plain));
    return found;
}
