/* identity.c: whose account it is, from run to run and wherever its file lies. Not its key in
 * the file, which another order of lines changes, and nothing of a password. */
#include "model/model.h"

#include "base/hash.h"
#include "base/utf8.h"

/* As reports that travel write it, so that a result read back is the same account. */
static uint64_t fold(struct mlint_arena *arena, uint64_t hash, struct mlint_str text)
{
    return mlint_hash(hash,
                      mlint_utf8_clean(arena, mlint_utf8_lower(arena, mlint_str_trim(text))));
}

static struct mlint_str text_of(const struct mlint_field *field)
{
    return mlint_field_has(field) && field->text.ptr ? field->text : MLINT_STR("");
}

uint64_t mlint_account_identity(struct mlint_arena *arena, const struct mlint_account *account)
{
    const struct mlint_field *incoming = account->incoming.field;
    struct mlint_str login = text_of(&incoming[MLINT_FIELD_USERNAME]);
    uint64_t hash = mlint_hash(0, mlint_str_from(mlint_client_name(account->client)));

    if (account->address_count)
        login = account->addresses[0].text;
    if (mlint_str_find_char(login, '@') == login.len) {
        hash = fold(arena, hash, text_of(&incoming[MLINT_FIELD_HOST]));
        if (!login.len)
            login = account->key;
    }
    return fold(arena, hash, login) | 1;
}
