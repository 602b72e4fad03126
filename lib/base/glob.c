/* glob.c: a pattern against a path, byte by byte, going back to the newest star only, so that
 * no pattern takes more than the product of the lengths, and a star across folders once more.
 */
#include "base/glob.h"

struct match {
    struct mlint_str glob, path;
    size_t g, p;
    size_t star, star_at;   /* behind the newest `*`, and what it has taken; star 0: none */
    size_t stars, stars_at; /* likewise `**` */
    bool whole;             /* the newest `**` ends at a slash */
};

static size_t character(struct mlint_str path, size_t at)
{
    size_t end = at + 1;

    while (end < path.len && ((unsigned char)path.ptr[end] & 0xC0) == 0x80)
        end++;
    return end - at;
}

/* One of [..]: how long the set is if it is one and the byte is in it, else 0. */
static size_t in_set(struct mlint_str glob, char byte)
{
    size_t i = 1, first;
    bool negated = glob.len > 1 && (glob.ptr[1] == '!' || glob.ptr[1] == '^'), found = false;

    i += negated;
    for (first = i; i < glob.len && (glob.ptr[i] != ']' || i == first); i++) {
        char low = glob.ptr[i], high = low;

        if (i + 2 < glob.len && glob.ptr[i + 1] == '-' && glob.ptr[i + 2] != ']') {
            high = glob.ptr[i + 2];
            i += 2;
        }
        found |= (unsigned char)byte >= (unsigned char)low &&
                 (unsigned char)byte <= (unsigned char)high;
    }
    return i < glob.len && found != negated && byte != '/' ? i + 1 : 0;
}

/* Take a star, or match one character. */
static bool step(struct match *m)
{
    struct mlint_str rest = mlint_str_sub(m->glob, m->g, m->glob.len);
    size_t set;

    if (mlint_str_starts(rest, MLINT_STR("**"))) {
        m->whole =
            rest.len > 2 && rest.ptr[2] == '/' && (m->g == 0 || m->glob.ptr[m->g - 1] == '/');
        m->g = m->stars = m->g + 2 + m->whole;
        m->stars_at = m->p;
        m->star = 0;
        return true;
    }
    if (mlint_str_starts(rest, MLINT_STR("*"))) {
        m->star = ++m->g;
        m->star_at = m->p;
        return true;
    }
    if (!rest.len || m->p == m->path.len)
        return false;
    if (rest.ptr[0] == '?' && m->path.ptr[m->p] != '/') {
        m->g++;
        m->p += character(m->path, m->p);
        return true;
    }
    set = rest.ptr[0] == '[' ? in_set(rest, m->path.ptr[m->p]) : 0;
    if (!set && rest.ptr[0] != m->path.ptr[m->p])
        return false;
    m->g += set ? set : 1;
    m->p++;
    return true;
}

/* Let a star take one more. */
static bool go_back(struct match *m)
{
    if (m->star && m->star_at < m->path.len && m->path.ptr[m->star_at] != '/') {
        m->g = m->star;
        m->p = ++m->star_at;
        return true;
    }
    while (m->stars && m->stars_at < m->path.len) {
        m->stars_at++;
        if (m->whole && m->path.ptr[m->stars_at - 1] != '/')
            continue;
        m->star = 0;
        m->g = m->stars;
        m->p = m->stars_at;
        return true;
    }
    return false;
}

bool mlint_glob(struct mlint_str glob, struct mlint_str path)
{
    struct match m = { .glob = glob, .path = path };

    while (m.g < glob.len || m.p < path.len) {
        if (!step(&m) && !go_back(&m))
            return false;
    }
    return true;
}
