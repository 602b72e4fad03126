/* test_vectors.c: what runs sixteen bytes at a time says the same as the plainest code there
 * is, on random texts made of the bytes that matter. */
#include "base/buf.h"
#include "base/find.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "model/secret_words.h"
#include "model/shape.h"
#include "model/words.h"
#include "report/json_out.h"
#include "source/lines.h"
#include "source/source.h"
#include "test/edge.h"
#include "test/random.h"
#include "test/test.h"

#define ROUNDS 20000
#define LONGEST 120

static size_t find_plainly(struct mlint_str s, struct mlint_str needle)
{
    for (size_t i = 0; needle.len <= s.len && i <= s.len - needle.len; i++) {
        if (memcmp(s.ptr + i, needle.ptr, needle.len) == 0)
            return i;
    }
    return s.len;
}

START_TEST(finds_as_the_plain_search)
{
    uint64_t state = 0x9E3779B97F4A7C15u;
    char text[LONGEST], part[8];

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str s = mlint_random_text(&state, "aab\n", sizeof(text), text);
        struct mlint_str needle = mlint_random_text(&state, "ab", sizeof(part) - 1, part);
        size_t wanted = needle.len ? find_plainly(s, needle) : 0;
        ck_assert_msg(mlint_str_find(s, needle) == wanted, "\"%.*s\" in \"%.*s\"",
                      MLINT_STR_ARG(needle), MLINT_STR_ARG(s));
    }
}
END_TEST

#ifdef MLINT_FIND_VECTOR
/* Each width on every text that is long enough for it. */
START_TEST(finds_alike_in_every_width)
{
    static const struct mlint_find_kernel *const kernels[] = { &mlint_find_sse2,
                                                               &mlint_find_avx2 };
    uint64_t state = 0xBF58476D1CE4E5B9u;
    char text[3 * LONGEST], part[40];

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str s =
            mlint_random_text(&state, i % 2 ? "aab\n" : "aaaaaaaaaaaab", sizeof(text), text);
        struct mlint_str needle =
            mlint_random_text(&state, "aab", i % 4 ? 4 : sizeof(part), part);
        for (size_t k = 0; needle.len && k < MLINT_TEST_COUNT(kernels); k++) {
            if (s.len < needle.len + kernels[k]->room - 1 ||
                (kernels[k] == &mlint_find_avx2 && !__builtin_cpu_supports("avx2")))
                continue;
            ck_assert_msg(kernels[k]->find(s, needle) == find_plainly(s, needle),
                          "%zu places: \"%.*s\" in \"%.*s\"", kernels[k]->room,
                          MLINT_STR_ARG(needle), MLINT_STR_ARG(s));
        }
    }
}
END_TEST
#endif

/* What a text has and becomes, a character at a time. */
struct plain_text {
    bool valid, upper, space;
    size_t count;
    struct mlint_buf low, clean;
};

static void read_plainly(struct mlint_str s, struct plain_text *out)
{
    mlint_buf_clear(&out->low);
    mlint_buf_clear(&out->clean);
    out->valid = true;
    out->upper = out->space = false;
    out->count = 0;
    for (size_t i = 0, n; i < s.len; i += n, out->count++) {
        char bytes[4];
        uint32_t c;

        n = mlint_utf8_decode(s.ptr + i, s.len - i, &c);
        out->valid &= n > 1 || (unsigned char)s.ptr[i] < 0x80;
        out->upper |= mlint_is_upper(c);
        out->space |= mlint_is_space(c);
        if (n == 1 && c == 0xFFFD)
            mlint_buf_char(&out->low, s.ptr[i]);
        else
            mlint_buf_add(&out->low, bytes, mlint_utf8_encode(mlint_to_lower(c), bytes));
        c = c < 0x20 ? 0x2400 + c : c == 0x7F ? 0xFFFD : c;
        mlint_buf_add(&out->clean, bytes, mlint_utf8_encode(c, bytes));
    }
}

START_TEST(reads_utf8_as_one_character_at_a_time)
{
    static const char *const letters[] = { "abcdefghijklmnopqrstuvwxyz.@-0123", "abAZ@[`{z",
                                           "abcdefghijk \x01\x1F\x7F~!",
                                           "abcdefghi\xC3\x89\xE9\xA9\xFF" };
    uint64_t state = 0x94D049BB133111EBu;
    struct plain_text plain;
    struct mlint_arena arena;
    char text[2 * LONGEST];

    mlint_buf_init(&plain.low, NULL, 0);
    mlint_buf_init(&plain.clean, NULL, 0);
    mlint_arena_init(&arena, NULL, 0);
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str s =
            mlint_random_text(&state, letters[i % 4], i % 8 < 4 ? 24 : sizeof(text), text);

        if (s.len && i % 16 < 8) /* one byte that is unlike the others */
            text[mlint_random(&state) % s.len] = letters[1 + i % 3][mlint_random(&state) % 9];
        read_plainly(s, &plain);
        ck_assert_msg(mlint_utf8_valid(s) == plain.valid, "%.*s", MLINT_STR_ARG(s));
        ck_assert_msg(mlint_utf8_count(s) == plain.count, "%.*s", MLINT_STR_ARG(s));
        ck_assert_msg(mlint_has_upper(s) == plain.upper, "%.*s", MLINT_STR_ARG(s));
        ck_assert_msg(mlint_has_space(s) == plain.space, "%.*s", MLINT_STR_ARG(s));
        mlint_assert_str("low", mlint_utf8_lower(&arena, s),
                         mlint_str_make(plain.low.ptr, plain.low.len));
        mlint_assert_str("clean", mlint_utf8_clean(&arena, s),
                         mlint_str_make(plain.clean.ptr, plain.clean.len));
        mlint_arena_reset(&arena);
    }
    mlint_arena_done(&arena);
    mlint_buf_done(&plain.low);
    mlint_buf_done(&plain.clean);
}
END_TEST

/* The whole matrix of the optimal string alignment. */
static unsigned distance_plainly(struct mlint_str a, struct mlint_str b)
{
    unsigned cell[32][32];

    for (size_t i = 0; i <= a.len; i++) {
        for (size_t j = 0; j <= b.len; j++) {
            unsigned best = i && j ? cell[i - 1][j - 1] + (a.ptr[i - 1] != b.ptr[j - 1])
                                   : (unsigned)(i + j);
            if (i && cell[i - 1][j] + 1 < best)
                best = cell[i - 1][j] + 1;
            if (j && cell[i][j - 1] + 1 < best)
                best = cell[i][j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
                a.ptr[i - 2] == b.ptr[j - 1] && cell[i - 2][j - 2] + 1 < best)
                best = cell[i - 2][j - 2] + 1;
            cell[i][j] = best;
        }
    }
    return cell[a.len][b.len];
}

START_TEST(measures_as_the_whole_matrix)
{
    uint64_t state = 0xD1B54A32D192ED03u;
    char left[16], right[16];

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str a = mlint_random_text(&state, "abc", sizeof(left), left);
        struct mlint_str b = mlint_random_text(&state, "abc", sizeof(right), right);
        unsigned limit = (unsigned)(mlint_random(&state) % 5), wanted = distance_plainly(a, b);
        wanted = wanted > limit ? limit + 1 : wanted;
        ck_assert_msg(mlint_edit_distance(a, b, limit) == wanted, "%.*s, %.*s within %u: %u",
                      MLINT_STR_ARG(a), MLINT_STR_ARG(b), limit, wanted);
    }
}
END_TEST

/* Line and column of an offset, counted from the beginning. */
static struct mlint_position place_plainly(struct mlint_str text, uint32_t offset)
{
    struct mlint_position place = { 1, 1 };

    for (uint32_t i = 0; i < offset; i++) {
        bool ends = text.ptr[i] == '\n' ||
                    (text.ptr[i] == '\r' && (i + 1 >= text.len || text.ptr[i + 1] != '\n'));
        place.line += ends;
        place.column = ends ? 1 : place.column + (((unsigned char)text.ptr[i] & 0xC0) != 0x80);
    }
    return place;
}

/* Both ends of a span at once, and the line: what one question each is told. */
static void check_ends(const struct mlint_source *source, uint32_t from, uint32_t to)
{
    struct mlint_position begin = place_plainly(source->text, from),
                          end = place_plainly(source->text, to);
    struct mlint_ends ends;
    struct mlint_position place;
    uint32_t start;
    struct mlint_str line;

    mlint_source_ends(source, (struct mlint_span){ from, to }, &ends);
    ck_assert(ends.begin.line == begin.line && ends.begin.column == begin.column);
    ck_assert(ends.end.line == end.line && ends.end.column == end.column);
    ck_assert_uint_eq(ends.line_start, from + 1 - begin.column);
    ck_assert(ends.byte == from && ends.byte_end == to);
    line = mlint_source_line_and_position(source, from, &start, &place);
    ck_assert(place.line == begin.line && place.column == begin.column);
    ck_assert_uint_eq(start, ends.line_start);
    for (to = from; to < source->text.len && !strchr("\r\n", source->text.ptr[to]);)
        to++;
    ck_assert(line.ptr == source->text.ptr + start && line.len == to - start);
}

/* In whatever order they are asked for, with the cursor that a result gives its sources. */
START_TEST(places_as_counted_from_the_beginning)
{
    uint64_t state = 0x2545F4914F6CDD1Du;
    char text[4 * LONGEST];

    for (unsigned round = 0; round < ROUNDS / 20; round++) {
        struct mlint_mark cursor = { 0 };
        struct mlint_source source;

        mlint_source_init(
            &source, MLINT_STR("a"),
            mlint_random_text(&state, round % 2 ? "ab\n" : "abcdef\r\n", sizeof(text), text));
        source.cursor = &cursor;
        for (unsigned i = 0; i < 20; i++) {
            uint32_t offset = (uint32_t)(mlint_random(&state) % (source.text.len + 1));
            struct mlint_position wanted = place_plainly(source.text, offset);
            struct mlint_position got = mlint_source_position(&source, offset);
            uint32_t begin;

            ck_assert_msg(got.line == wanted.line && got.column == wanted.column,
                          "offset %u of \"%.*s\": %u:%u, not %u:%u", offset,
                          MLINT_STR_ARG(source.text), wanted.line, wanted.column, got.line,
                          got.column);
            mlint_source_line(&source, offset, &begin);
            ck_assert_uint_eq(offset - begin + 1, wanted.column);
            check_ends(&source, offset,
                       offset +
                           (uint32_t)(mlint_random(&state) % (source.text.len - offset + 1)));
        }
    }
}
END_TEST

/* Halves of characters too, whatever was asked before. */
START_TEST(places_letters_beyond_ascii)
{
    uint64_t state = 0x94D049BB133111EBu;
    char text[LONGEST];

    for (unsigned round = 0; round < ROUNDS / 20; round++) {
        struct mlint_mark cursor = { 0 };
        struct mlint_source source, plain;

        mlint_source_init(&source, MLINT_STR("a"),
                          mlint_random_text(&state, "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80 b\n",
                                            sizeof(text), text));
        if (round % 2)
            source.encoding = MLINT_ENC_CODEPAGE, source.code_page = 1252;
        plain = source;
        source.cursor = &cursor;
        for (unsigned i = 0; i < 20; i++) {
            uint32_t offset = (uint32_t)(mlint_random(&state) % (source.text.len + 1));
            struct mlint_position got = mlint_source_position(&source, offset);
            struct mlint_position wanted = mlint_source_position(&plain, offset);

            ck_assert_uint_eq(got.line, wanted.line);
            ck_assert_uint_eq(got.column, wanted.column);
            ck_assert_int_eq(mlint_source_byte(&source, offset),
                             mlint_source_byte(&plain, offset));
        }
    }
}
END_TEST

/* Whole blocks, whole runs of them and what is left over, with many CRs, one or none. */
START_TEST(counts_lines_as_the_plain_loop)
{
    static char text[20000];
    uint64_t state = 0x853C49E6748FEA9Bu;

    for (unsigned round = 0; round < 400; round++) {
        struct mlint_str s = mlint_random_text(&state, round % 2 ? "\n\n\na" : "a\n\r",
                                               round % 4 < 2 ? 200 : 20000, text);
        uint32_t to = (uint32_t)(mlint_random(&state) % (s.len + 1));
        uint32_t from = (uint32_t)(mlint_random(&state) % (to + 1u));
        unsigned wanted = 0;

        if (round % 3 == 1 && s.len)
            text[mlint_random(&state) % s.len] = '\r';
        for (uint32_t i = from; i < to; i++)
            wanted += s.ptr[i] == '\n' ||
                      (s.ptr[i] == '\r' && (i + 1 == s.len || s.ptr[i + 1] != '\n'));
        ck_assert_msg(mlint_count_lines(s, from, to) == wanted, "round %u: %u to %u", round,
                      from, to);
    }
}
END_TEST

/* The end of a text that has nothing behind it that can be read, from wherever it is counted.
 */
START_TEST(counts_lines_up_to_the_edge)
{
    char text[400];

    memset(text, '\n', sizeof(text));
    for (uint32_t len = 0; len <= sizeof(text); len++) {
        struct mlint_str s = mlint_to_edge(mlint_str_make(text, len));

        for (uint32_t from = 0; from <= len; from++)
            ck_assert_uint_eq(mlint_count_lines(s, from, len), len - from);
    }
}
END_TEST

#ifdef MLINT_LINES_VECTOR
/* Whole blocks in each width; the byte behind them is the LF of a CRLF or is not. */
START_TEST(counts_lines_alike_in_every_width)
{
    const struct mlint_lines_kernel *widths[2] = { &mlint_lines_sse2 };
    static char text[MLINT_LINES_MOST * MLINT_LINES_BLOCK + 1];
    uint64_t state = 0x2545F4914F6CDD1Du;

#ifdef MLINT_CPU_X86
    if (mlint_cpu_has_avx2())
        widths[1] = &mlint_lines_avx2;
#endif
    for (unsigned round = 0; round < 400; round++) {
        size_t blocks = mlint_random(&state) % (MLINT_LINES_MOST + 1);
        struct mlint_str s = { text, blocks * MLINT_LINES_BLOCK };
        unsigned feeds = 0, ends = 0, found;
        bool returns = false;

        for (size_t i = 0; i <= s.len; i++)
            text[i] = "a\n\r"[round ? mlint_random(&state) % (2 + round % 2) : 1];
        if (round % 4 == 2)
            text[mlint_random(&state) % (s.len + 1)] = '\r';
        for (size_t i = 0; i < s.len; i++) {
            returns |= text[i] == '\r';
            feeds += text[i] == '\n';
            ends += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
        }
        for (size_t k = 0; k < MLINT_TEST_COUNT(widths) && widths[k]; k++) {
            ck_assert(widths[k]->feeds(text, blocks, &found) == !returns);
            ck_assert_uint_eq(found, feeds);
            ck_assert_uint_eq(widths[k]->ends(text, blocks), ends);
        }
    }
}
END_TEST
#endif

static void escape_plainly(struct mlint_buf *out, struct mlint_str text)
{
    mlint_buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\')
            mlint_buf_printf(out, "\\%c", c);
        else if (c == '\n' || c == '\t')
            mlint_buf_printf(out, "\\%c", c == '\n' ? 'n' : 't');
        else if (c < 0x20 || c == 0x7F || c == '<')
            mlint_buf_printf(out, "\\u%04x", c);
        else
            mlint_buf_char(out, (char)c);
    }
    mlint_buf_char(out, '"');
}

START_TEST(escapes_as_byte_by_byte)
{
    uint64_t state = 0x94D049BB133111EBu;
    struct mlint_buf wanted, got;
    char text[LONGEST];

    mlint_buf_init(&wanted, NULL, 0);
    mlint_buf_init(&got, NULL, 0);
    for (unsigned i = 0; i < ROUNDS; i++) {
        static const char *const letters[] = { "abcdefghijkl mnopqrstuv\"",
                                               "a\"\\<\x7F\x01\n\t\x1F ~" };
        struct mlint_str s = mlint_random_text(&state, letters[i % 2], sizeof(text), text);

        mlint_buf_clear(&wanted);
        mlint_buf_clear(&got);
        escape_plainly(&wanted, s);
        mlint_json_string(&got, s);
        mlint_assert_str("escaped", mlint_str_make(got.ptr, got.len),
                         mlint_str_make(wanted.ptr, wanted.len));
    }
    mlint_buf_done(&wanted);
    mlint_buf_done(&got);
}
END_TEST

START_TEST(runs_as_byte_by_byte)
{
    uint64_t state = 0xE7037ED1A0B428DBu;
    char text[LONGEST];

    for (unsigned i = 0; i < ROUNDS; i++) {
        static const char *const letters[] = { "abcdefghijkl mnopqrst ~uv\t",
                                               "a~ \x7F\x1F\xC3\n" };
        struct mlint_str s = mlint_random_text(&state, letters[i % 2], sizeof(text), text);
        size_t wanted = 0;

        while (wanted < s.len && s.ptr[wanted] >= 0x20 && s.ptr[wanted] < 0x7F)
            wanted++;
        ck_assert_uint_eq(mlint_printable_run(s.ptr, s.len), wanted);
    }
}
END_TEST

static bool is_secret_plainly(struct mlint_str name)
{
    static const char *const words[] = { "password",   "passwd", "secret",
                                         "passphrase", "token",  "credential" };

    for (size_t i = 0; i < MLINT_TEST_COUNT(words); i++) {
        if (mlint_str_find_nocase(name, mlint_str_from(words[i])) < name.len)
            return true;
    }
    return false;
}

START_TEST(compares_as_byte_by_byte)
{
    uint64_t state = 0xA0761D6478BD642Fu;
    char text[40], other[40];

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str s =
            mlint_random_text(&state, "aAzZ@[`{09\xC1\xE1\xFF", sizeof(text), text);
        bool wanted = true;

        memcpy(other, text, sizeof(text));
        for (size_t k = 0; k < s.len; k++)
            other[k] ^= mlint_random(&state) % 3 == 0 && (strchr("aAzZ", text[k]) || i % 8 == 0)
                            ? 0x20
                            : 0;
        if (s.len && i % 4 == 1)
            other[mlint_random(&state) % s.len] = (char)mlint_random(&state);
        for (size_t k = 0; k < s.len; k++)
            wanted &= mlint_lower(text[k]) == mlint_lower(other[k]);
        ck_assert_msg(mlint_bytes_eq_nocase(text, other, s.len) == wanted, "%.*s and %.*s",
                      MLINT_STR_ARG(s), (int)s.len, other);
    }
}
END_TEST

/* A word in any case somewhere in a text, or all of it but a letter. */
static struct mlint_str put_word(uint64_t *state, char *text)
{
    static const char *const words[] = { "password",   "passwd", "secret",
                                         "passphrase", "token",  "credential" };
    const char *word = words[mlint_random(state) % MLINT_TEST_COUNT(words)];
    struct mlint_str s = mlint_random_text(state, "psctPSCTae.", LONGEST, text);
    size_t len = strlen(word), at = s.len > len ? mlint_random(state) % (s.len - len + 1) : 0;

    for (size_t i = 0; s.len >= len && i < len - mlint_random(state) % 2; i++)
        text[at + i] = (char)(word[i] - (mlint_random(state) % 4 ? 0 : 32));
    return s;
}

static const char *const names[] = { "IncomingPassword", "xPASSWDy",       "ClientSecret",
                                     "passphrase",       "a.token",        "Credentials",
                                     "passwor",          "secre",          "pasword",
                                     "Tokens",           "POP3 Password2", "stopasswordxx",
                                     "compare.passwor",  "crecredential" };

START_TEST(knows_secret_names)
{
    char text[LONGEST];
    uint64_t state = 88172645463325252u;

    for (size_t i = 0; i < MLINT_TEST_COUNT(names); i++) {
        struct mlint_str name = mlint_str_from(names[i]);
        ck_assert_msg(mlint_name_is_secret(name) == is_secret_plainly(name), "%s", names[i]);
    }
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str name = put_word(&state, text);
        ck_assert_msg(mlint_name_is_secret(name) == is_secret_plainly(name), "%.*s",
                      MLINT_STR_ARG(name));
    }
}
END_TEST

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* What a shape promises, a byte at a time. */
static bool keeps_promise(struct mlint_str s, enum mlint_shape shape)
{
    size_t at = mlint_str_find_char(s, '@'), dot, domain = at + 1;

    for (size_t i = 0; i < s.len; i++) {
        if (i != at && !is_plain(s.ptr[i]))
            return false;
    }
    if (!s.len || mlint_str_find(s, MLINT_STR("..")) < s.len)
        return false;
    if (shape == MLINT_SHAPE_PLAIN)
        return at == s.len;
    dot = domain + mlint_str_find_char(mlint_str_sub(s, domain, s.len), '.');
    return at > 0 && dot > domain && dot + 1 < s.len && s.ptr[s.len - 1] != '.';
}

START_TEST(tells_shapes_as_byte_by_byte)
{
    static const char *const letters[] = { "az09-.", "abcdefghij.@", "abcdefghijklmnopqrst.@",
                                           "`{/:A_ @a.-\x80\xFF" };
    uint64_t state = 0x8EBC6AF09C88C6E3u;
    unsigned found[3] = { 0 };
    char text[80];

    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str s = mlint_random_text(&state, letters[i % 4], sizeof(text), text);
        enum mlint_shape shape = mlint_shape_of(s);
        bool known =
            keeps_promise(s, MLINT_SHAPE_PLAIN) || keeps_promise(s, MLINT_SHAPE_ADDRESS);

        found[shape]++;
        if (shape == MLINT_SHAPE_ANY)
            ck_assert_msg(!known || s.len > 64, "nothing known of \"%.*s\"", MLINT_STR_ARG(s));
        else
            ck_assert_msg(keeps_promise(s, shape), "%d: \"%.*s\"", shape, MLINT_STR_ARG(s));
    }
    ck_assert(found[MLINT_SHAPE_ANY] && found[MLINT_SHAPE_PLAIN] && found[MLINT_SHAPE_ADDRESS]);
}
END_TEST

/* Where a name stands in the text, and how much of it is behind the name, is all the same. */
START_TEST(misses_no_secret_name_in_a_text)
{
    char text[LONGEST + 60], word[LONGEST];
    uint64_t state = 0xD1342543DE82EF95u;
    unsigned quick = 0;

    memset(text, 'p', sizeof(text));
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct mlint_str name = put_word(&state, word);
        size_t before = mlint_random(&state) % 30, behind = mlint_random(&state) % 30;
        struct mlint_str whole = { text, before + name.len + behind };

        memcpy(text + before, name.ptr, name.len);
        name.ptr = text + before;
        if (mlint_may_be_secret(name, mlint_secret_room(whole)))
            continue;
        ck_assert_msg(!is_secret_plainly(name), "%.*s", MLINT_STR_ARG(name));
        quick++;
    }
#if defined(__SSE2__)
    ck_assert_uint_gt(quick, 0);
#endif
}
END_TEST

MLINT_SUITE(vectors)
{
    Suite *suite = suite_create("vectors");

    MLINT_TEST(suite, finds_as_the_plain_search);
#ifdef MLINT_FIND_VECTOR
    MLINT_TEST(suite, finds_alike_in_every_width);
#endif
    MLINT_TEST(suite, reads_utf8_as_one_character_at_a_time);
    MLINT_TEST(suite, measures_as_the_whole_matrix);
    MLINT_TEST(suite, places_as_counted_from_the_beginning);
    MLINT_TEST(suite, places_letters_beyond_ascii);
    MLINT_TEST(suite, counts_lines_as_the_plain_loop);
    MLINT_TEST(suite, counts_lines_up_to_the_edge);
#ifdef MLINT_LINES_VECTOR
    MLINT_TEST(suite, counts_lines_alike_in_every_width);
#endif
    MLINT_TEST(suite, escapes_as_byte_by_byte);
    MLINT_TEST(suite, runs_as_byte_by_byte);
    MLINT_TEST(suite, compares_as_byte_by_byte);
    MLINT_TEST(suite, knows_secret_names);
    MLINT_TEST(suite, tells_shapes_as_byte_by_byte);
    MLINT_TEST(suite, misses_no_secret_name_in_a_text);
    return suite;
}
