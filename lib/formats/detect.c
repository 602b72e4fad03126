/* detect.c: finds the format of a file by its content and has it read.
 *
 * Every format bids on the first bytes. The best bidder reads; one that finds nothing of its
 * own (settings of another program in the same syntax) passes the file to the next. */
#include "base/module.h"
#include "formats/format.h"
#include "model/config.h"
#include "source/limits.h"
#include "source/utf16.h"

#define MAX_BIDDERS 64

struct bidder {
    const struct mlint_format *format;
    int bid;
};

/* UTF-16 narrowed to ASCII, what is not ASCII shown as '?'. */
static struct mlint_str narrow(struct mlint_str raw, bool big_endian, char *out)
{
    const struct mlint_utf16_kernel *kernel = mlint_utf16_best();
    const unsigned char *in = (const unsigned char *)raw.ptr;
    size_t units = raw.len / 2 < MLINT_LIMIT_PROBE ? raw.len / 2 : MLINT_LIMIT_PROBE, len = 0;

    while (len < units) {
        len += kernel->narrow(in + 2 * len, units - len, big_endian, out + len);
        if (len < units)
            out[len++] = '?';
    }
    return mlint_str_make(out, len);
}

static struct mlint_str skip_blanks(struct mlint_str s)
{
    size_t i = 0;

    while (i < s.len && (s.ptr[i] == ' ' || (s.ptr[i] >= '\t' && s.ptr[i] <= '\r')))
        i++;
    return mlint_str_sub(s, i, s.len);
}

/* `ahead`: the text if it is known already, else empty. */
static void make_probe(struct mlint_probe *probe, const struct mlint_source *source,
                       struct mlint_str ahead, char *scratch)
{
    struct mlint_str raw = source->raw;
    const unsigned char *b = (const unsigned char *)raw.ptr;

    probe->name = mlint_str_base_name(source->name);
    probe->size = source->sifted ? (size_t)source->sifted->size : raw.len;
    probe->raw = mlint_str_sub(raw, 0, MLINT_LIMIT_PROBE);
    probe->text = probe->raw;
    if (ahead.len)
        probe->text = mlint_str_sub(ahead, 0, MLINT_LIMIT_PROBE);
    else if (raw.len >= 2 && b[0] == 0xFF && b[1] == 0xFE)
        probe->text = narrow(mlint_str_sub(raw, 2, raw.len), false, scratch);
    else if (raw.len >= 2 && b[0] == 0xFE && b[1] == 0xFF)
        probe->text = narrow(mlint_str_sub(raw, 2, raw.len), true, scratch);
    else if (raw.len >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF)
        probe->text = mlint_str_sub(probe->raw, 3, probe->raw.len);
    else if (raw.len >= 4 && b[0] && !b[1] && b[2] && !b[3])
        probe->text = narrow(raw, false, scratch);
    else if (raw.len >= 4 && !b[0] && b[1] && !b[2] && b[3])
        probe->text = narrow(raw, true, scratch);
    probe->text = skip_blanks(probe->text);
    probe->root = probe->text.len && probe->text.ptr[0] == '<' ? mlint_xml_root_of(probe->text)
                                                               : MLINT_STR("");
}

static char first_of(const struct mlint_probe *probe)
{
    return probe->text.len ? probe->text.ptr[0] : '\0';
}

static bool is_among(const char *characters, char c)
{
    return characters && c && strchr(characters, c);
}

static bool may_start(const struct mlint_format *format, char first)
{
    return !format->starts || is_among(format->starts, first);
}

static bool is_likely(const struct mlint_format *format, char first)
{
    return is_among(format->often ? format->often : format->starts, first);
}

/* Bidders, best first; equal bids stay in the order of their ids. A certain bid ends the round:
 * no other format makes one on the same file. `asked` has been asked before. */
static size_t collect(const struct mlint_probe *probe, struct bidder bidders[MAX_BIDDERS],
                      const struct mlint_format *asked)
{
    char first = first_of(probe);
    size_t count = 0, last = 0;

    while (mlint_formats[last])
        last++;
    while (last-- > 0 && count < MAX_BIDDERS) {
        const struct mlint_format *format = mlint_formats[last];
        int bid = format == asked || !may_start(format, first) ? MLINT_BID_NONE
                                                               : format->probe(probe);
        size_t at = count;
        if (bid >= MLINT_BID_CERTAIN)
            return bidders[0] = (struct bidder){ format, bid }, 1;
        if (bid <= MLINT_BID_NONE)
            continue;
        for (; at > 0 && bidders[at - 1].bid <= bid; at--)
            bidders[at] = bidders[at - 1];
        bidders[at] = (struct bidder){ format, bid };
        count++;
    }
    return count;
}

int mlint_detect_best_bid(struct mlint_str name, struct mlint_str head)
{
    struct mlint_source source = { .name = name, .raw = head };
    struct bidder bidders[MAX_BIDDERS];
    char scratch[MLINT_LIMIT_PROBE];
    struct mlint_probe probe;

    make_probe(&probe, &source, MLINT_STR(""), scratch);
    return collect(&probe, bidders, NULL) ? bidders[0].bid : MLINT_BID_NONE;
}

static bool all_have(const struct bidder *bidders, size_t count, mlint_sieve *sieve)
{
    while (count > 0 && bidders[count - 1].format->sieve == sieve)
        count--;
    return count == 0;
}

mlint_sieve *mlint_detect_sieve(struct mlint_str name, struct mlint_str head, size_t size,
                                const struct mlint_format *forced, bool *alone)
{
    struct mlint_sifted sifted = { .size = size };
    struct mlint_source source = { .name = name, .raw = head, .sifted = &sifted };
    struct bidder bidders[MAX_BIDDERS];
    char scratch[MLINT_LIMIT_PROBE];
    struct mlint_probe probe;
    const struct mlint_format *best;
    size_t count;

    *alone = true;
    if (forced)
        return forced->sieve;
    make_probe(&probe, &source, MLINT_STR(""), scratch);
    count = collect(&probe, bidders, NULL);
    best = count ? bidders[0].format : NULL;
    if (!best || !best->sieve)
        return NULL;
    *alone = all_have(bidders, count, best->sieve);
    count = collect(&probe, bidders, best);
    *alone &= all_have(bidders, count, best->sieve);
    return best->sieve;
}

static bool have_module(struct mlint_reading *reading, const struct mlint_format *format)
{
    enum mlint_module_id id =
        format->needs ? mlint_module_named(format->needs) : MLINT_MODULE_COUNT;

    if (!format->needs || (id == MLINT_MODULE_XML && mlint_module_built(id)))
        return true; /* plain XML is read without its module */
    if (mlint_module_open(&reading->result->linter->modules, id))
        return true;
    reading->file->detail = mlint_arena_printf(
        reading->arena, "%s: %s", format->title,
        mlint_module_built(id) ? "the module that reads it is not installed"
                               : "this build was made without the library that reads it");
    return false;
}

static enum mlint_read_outcome try_format(struct mlint_reading *reading,
                                          const struct mlint_format *format)
{
    enum mlint_read_outcome outcome;

    reading->format = reading->file->format = format;
    if (!have_module(reading, format))
        return MLINT_READ_UNREADABLE;
    outcome =
        reading->everything && format->parse ? format->parse(reading) : format->read(reading);
    if (outcome == MLINT_READ_NOT_MINE)
        reading->file->format = NULL;
    return outcome;
}

/* Nobody's, as far as it was read: whose it would have been beyond the ceiling is not known. */
static enum mlint_read_outcome not_all_read(struct mlint_reading *reading)
{
    const struct mlint_tree *tree = reading->tree;

    if (!tree || (!tree->too_many && !tree->too_deep))
        return MLINT_READ_NOT_MINE;
    reading->file->detail =
        tree->too_deep ? "is nested more deeply than maillint reads, and what was read up to "
                         "there belongs to no known format"
                       : "has more values than maillint reads of one file, and those that were "
                         "read belong to no known format";
    return MLINT_READ_LIMIT;
}

static void conclude(struct mlint_reading *reading, enum mlint_read_outcome outcome)
{
    static const enum mlint_file_status statuses[] = {
        [MLINT_READ_OK] = MLINT_FILE_OK,
        [MLINT_READ_NOT_MINE] = MLINT_FILE_UNRECOGNISED,
        [MLINT_READ_DAMAGED] = MLINT_FILE_DAMAGED,
        [MLINT_READ_UNREADABLE] = MLINT_FILE_UNREADABLE,
        [MLINT_READ_LIMIT] = MLINT_FILE_LIMIT,
    };

    if (outcome == MLINT_READ_NOT_MINE)
        outcome = not_all_read(reading);
    if (reading->file->too_many_accounts) {
        outcome = MLINT_READ_LIMIT;
        reading->file->detail = "has more accounts than maillint reads of one file";
    }
    reading->file->status = statuses[outcome];
    /* What stands in a file of no known format is no finding. */
    if (reading->file->format || outcome == MLINT_READ_NOT_MINE)
        reading->file->tree = reading->tree;
}

/* The one that is certain, without asking all: most files of a folder are of one format, and
 * most formats begin in their own way. A word counts only if it is certain, so that the order
 * of the files makes no difference. */
static const struct mlint_format *find_certain(const struct mlint_format *last,
                                               const struct mlint_probe *probe)
{
    char first = first_of(probe);
    bool ask_last_first = last && is_likely(last, first);

    if (ask_last_first && last->probe(probe) >= MLINT_BID_CERTAIN)
        return last;
    for (size_t i = 0; mlint_formats[i]; i++) {
        const struct mlint_format *format = mlint_formats[i];

        if (format != last && is_likely(format, first) &&
            format->probe(probe) >= MLINT_BID_CERTAIN)
            return format;
    }
    return last && !ask_last_first && last->probe(probe) >= MLINT_BID_CERTAIN ? last : NULL;
}

static enum mlint_read_outcome ask_all(struct mlint_reading *reading,
                                       const struct mlint_probe *probe,
                                       const struct mlint_format *asked)
{
    struct bidder bidders[MAX_BIDDERS];
    size_t count = collect(probe, bidders, asked);
    enum mlint_read_outcome outcome = MLINT_READ_NOT_MINE;

    for (size_t i = 0; i < count && outcome == MLINT_READ_NOT_MINE; i++)
        outcome = try_format(reading, bidders[i].format);
    /* Certain of the syntax, but nothing of its own in it: now the others have their say. */
    if (outcome == MLINT_READ_NOT_MINE && count && bidders[0].bid >= MLINT_BID_CERTAIN &&
        !asked)
        return ask_all(reading, probe, bidders[0].format);
    return outcome;
}

void mlint_detect_and_read(struct mlint_reading *reading, const struct mlint_format *forced)
{
    struct mlint_linter *linter = reading->result->linter;
    const struct mlint_format *certain;
    enum mlint_read_outcome outcome = MLINT_READ_NOT_MINE;
    char scratch[MLINT_LIMIT_PROBE];
    struct mlint_probe probe;

    if (forced) {
        conclude(reading, try_format(reading, forced));
        return;
    }
    make_probe(&probe, reading->source,
               mlint_source_decode_ahead(reading->source, reading->arena), scratch);
    certain = find_certain(linter->last_format, &probe);
    if (certain)
        outcome = try_format(reading, certain);
    if (outcome == MLINT_READ_NOT_MINE)
        outcome = ask_all(reading, &probe, certain);
    if (outcome != MLINT_READ_NOT_MINE)
        linter->last_format = reading->file->format;
    conclude(reading, outcome);
}
