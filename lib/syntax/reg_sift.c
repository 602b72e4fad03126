/* reg_sift.c: which lines of a long .reg file may go: those below keys that nobody wants. The
 * line of such a key stays, so that what is left of its lines still belongs to no key; so does
 * what the reader says about the file as a whole: its last line, and where 8-bit text first
 * leaves ASCII. */
#include "syntax/reg_lex.h"

/* Where the line that holds p begins; not before `first`. */
static const char *line_begin(const char *first, const char *p, const char *end)
{
    while (p > first && p[-1] != '\n' && (p[-1] != '\r' || (p < end && *p == '\n')))
        p--;
    return p;
}

/* Behind the end of the line that holds p; NULL if the window does not show it. */
static const char *line_end(const char *p, const struct mlint_sift *sift)
{
    const char *end = sift->text.ptr + sift->text.len;

    p = mlint_reg_find(p, end, end, '\n', '\r');
    if (p + 1 < end)
        return *p == '\r' && p[1] == '\n' ? p + 2 : p + 1;
    if (p < end && *p == '\n')
        return end;
    return sift->last ? end : NULL;
}

/* The next line that begins with a bracket, as skip_values in reg.c sees it. */
static const char *next_key(const char *p, const char *end)
{
    const char *first = p;

    while ((p = memchr(p, '[', (size_t)(end - p))) != NULL) {
        const char *line = p;

        while (line > first && (line[-1] == ' ' || line[-1] == '\t'))
            line--;
        if (line == first || line[-1] == '\n' || line[-1] == '\r')
            return line;
        p++;
    }
    return NULL;
}

/* Whether the reader passes over a key without a word. */
static bool passes(const struct mlint_sift *sift, const char *line, const char *end,
                   struct mlint_reg_choice *choice)
{
    const char *p = mlint_reg_blanks(line, end) + 1, *close;

    while (end > p && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    if (p < end && *p == '-')
        return false;
    p = mlint_reg_blanks(p, end);
    close = p < end ? memrchr(p, ']', (size_t)(end - p)) : NULL;
    while (close && close > p && close[-1] == '\\')
        close--;
    if (!close || close == p || (sift->bytes && mlint_reg_find_high(line, end) < end))
        return false;
    return !mlint_reg_is_wanted(choice, mlint_str_make(p, (size_t)(close - p)));
}

/* The first line of 8-bit text beyond ASCII stays: that is where the reader points. */
static void spare_high(struct mlint_sift *sift, const char **begin, const char **until)
{
    const char *window_end = sift->text.ptr + sift->text.len;
    const char *high = *until, *line;

    if (sift->bytes && !sift->state.seen)
        high = mlint_reg_find_high(*begin, *until);
    if (high == *until)
        return;
    sift->state.seen = true;
    line = line_begin(*begin, high, window_end);
    if ((size_t)(line - *begin) >= sift->least) {
        sift->state.pinned = true; /* the next answer begins with it */
        *until = line;
    } else {
        *begin = line_end(high, sift);
    }
}

/* Let the lines from `begin` on go, but for those that must stand before `end`. */
static bool let_go(struct mlint_sift *sift, const char *begin, const char *end)
{
    const char *text = sift->text.ptr, *until;
    size_t context = sift->context ? sift->context : 1;
    bool pinned = sift->state.pinned, seen = sift->state.seen;

    if (begin < text + sift->from)
        begin = line_end(text + sift->from, sift);
    if (!begin || end <= begin || (size_t)(end - begin) <= context)
        return false;
    until = line_begin(begin, end - context, text + sift->text.len);
    sift->state.pinned = false;
    spare_high(sift, &begin, &until);
    if (until <= begin || (size_t)(until - begin) < sift->least) {
        sift->state.pinned = pinned;
        sift->state.seen = seen;
        return false;
    }
    sift->keep = (size_t)(begin - text);
    sift->drop = (size_t)(until - begin);
    sift->state.inside = true;
    return true;
}

/* The window ends below a key that nobody wants. Its last line may have empty ones behind it.
 */
static bool let_rest_go(struct mlint_sift *sift, const char *begin, const char *end)
{
    while (end > begin && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    return let_go(sift, begin, end);
}

void mlint_reg_sift(struct mlint_sift *sift, bool (*wanted)(struct mlint_str path, size_t from))
{
    const char *text = sift->text.ptr, *end = text + sift->text.len;
    struct mlint_reg_choice choice = { wanted, MLINT_STR_INIT("") };
    const char *line = NULL, *next = text, *run = sift->state.inside ? text : NULL;

    if (sift->state.pinned)
        run = next = line_end(text, sift);
    while (next && (line = next_key(next, end)) && (next = line_end(line, sift))) {
        bool through = passes(sift, line, next, &choice);

        if (!through && run && let_go(sift, run, line))
            return;
        run = !through ? NULL : run ? run : next;
    }
    if (sift->state.pinned && !run)
        return; /* its end is not in sight */
    if (run && let_rest_go(sift, run, line ? line : end))
        return;
    sift->state.inside = run != NULL;
    if (!run)
        run = line ? line : line_begin(text, end, end);
    sift->keep = (size_t)(run - text);
    sift->state.pinned &= sift->keep == 0;
}
