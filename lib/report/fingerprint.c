/* fingerprint.c: findings by name. The names are stable for ever: baselines and GitHub keep
 * them. A message enters as its template, so that no value of the file does: what stands in
 * quotation marks is left out, every number is the same number, and words lose the "s" that one
 * and many differ by. */
#include "report/fingerprint.h"

#include "base/hash.h"
#include "base/utf8.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct mlint_str template_of(struct mlint_arena *arena, const char *text)
{
    struct mlint_str from = mlint_utf8_clean(arena, mlint_str_from(text));
    char *bytes = mlint_arena_bytes(arena, from.len + 1);
    bool quoted = false;
    size_t len = 0;

    if (!bytes)
        return MLINT_STR("");
    for (size_t i = 0; i < from.len; i++) {
        char c = from.ptr[i];
        bool digit = c >= '0' && c <= '9';

        if (c == '"')
            quoted = !quoted;
        else if (quoted || (digit && len && bytes[len - 1] == '0') ||
                 (c == 's' && (i + 1 == from.len || !is_letter(from.ptr[i + 1]))))
            continue;
        bytes[len++] = digit ? '0' : c;
    }
    return mlint_str_make(bytes, len);
}

/* "prefs.js" of "exports/jane.zip!profile/prefs.js". */
static struct mlint_str own_name(struct mlint_arena *arena, const char *path)
{
    struct mlint_str name = mlint_str_base_name(mlint_utf8_clean(arena, mlint_str_from(path)));
    size_t member = mlint_str_rfind_char(name, '!');

    return member < name.len ? mlint_str_sub(name, member + 1, name.len) : name;
}

uint64_t mlint_fingerprint(struct mlint_arena *arena, const struct mlint_cross *view)
{
    uint64_t identity =
        view->owner ? mlint_account_identity(arena, view->owner) : view->identity;
    uint64_t hash = mlint_hash(identity, mlint_str_from(view->rule));

    if (!identity) {
        hash = mlint_hash(hash, own_name(arena, view->path));
        hash = mlint_hash(hash, template_of(arena, view->location.path));
    }
    hash = mlint_hash(hash, template_of(arena, view->field));
    return mlint_hash(hash, template_of(arena, view->message));
}
