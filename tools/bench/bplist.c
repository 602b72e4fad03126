/* bplist.c: writes a binary property list: a dictionary of values whose PayloadContent is an
 * array of one dictionary of values. Enough for a profile; no general writer. */
#include "writers.h"

#include <string.h>

#define OBJECTS 256

struct writer {
    unsigned char bytes[16384];
    size_t used;
    size_t offset[OBJECTS];
    unsigned count;
};

static void put(struct writer *w, unsigned byte)
{
    w->bytes[w->used++] = (unsigned char)byte;
}

static unsigned begin(struct writer *w)
{
    w->offset[w->count] = w->used;
    return w->count++;
}

static void put_size(struct writer *w, unsigned kind, size_t size)
{
    if (size < 15) {
        put(w, kind << 4 | (unsigned)size);
        return;
    }
    put(w, kind << 4 | 15);
    put(w, 0x11); /* two bytes of size follow */
    put(w, (unsigned)(size >> 8));
    put(w, size & 0xFF);
}

static unsigned put_text(struct writer *w, const char *text)
{
    size_t length = strlen(text);
    unsigned object = begin(w);

    put_size(w, 5, length);
    memcpy(w->bytes + w->used, text, length);
    w->used += length;
    return object;
}

static unsigned put_value(struct writer *w, const struct mlint_bench_pair *pair)
{
    unsigned object;

    if (pair->text)
        return put_text(w, pair->text);
    object = begin(w);
    if (pair->number < 0) {
        put(w, pair->number == -2 ? 9 : 8);
    } else {
        put(w, 0x11);
        put(w, (unsigned)(pair->number >> 8));
        put(w, pair->number & 0xFF);
    }
    return object;
}

/* References of one byte: there are fewer than 256 objects. */
static unsigned put_dictionary(struct writer *w, const unsigned *keys, const unsigned *values,
                               size_t count)
{
    unsigned object = begin(w);

    put_size(w, 13, count);
    for (size_t i = 0; i < count; i++)
        put(w, keys[i]);
    for (size_t i = 0; i < count; i++)
        put(w, values[i]);
    return object;
}

static unsigned put_pairs(struct writer *w, const struct mlint_bench_pair *pairs, size_t count,
                          unsigned *content)
{
    unsigned keys[64], values[64];
    size_t used = 0;

    for (; used < count; used++) {
        keys[used] = put_text(w, pairs[used].key);
        values[used] = put_value(w, &pairs[used]);
    }
    if (content) {
        keys[used] = put_text(w, "PayloadContent");
        values[used++] = *content;
    }
    return put_dictionary(w, keys, values, used);
}

void mlint_bench_bplist(FILE *out, const struct mlint_bench_pair *mail, size_t mail_count,
                        const struct mlint_bench_pair *top, size_t top_count)
{
    static struct writer w;
    unsigned content, payload, root;
    size_t table;

    w.used = w.count = 0;
    memcpy(w.bytes, "bplist00", 8);
    w.used = 8;
    payload = put_pairs(&w, mail, mail_count, NULL);
    content = begin(&w);
    put(&w, 0xA1); /* an array of one */
    put(&w, payload);
    root = put_pairs(&w, top, top_count, &content);
    table = w.used;
    for (unsigned i = 0; i < w.count; i++) {
        put(&w, (unsigned)(w.offset[i] >> 8));
        put(&w, w.offset[i] & 0xFF);
    }
    for (unsigned i = 0; i < 6; i++)
        put(&w, 0);
    put(&w, 2); /* bytes of an offset */
    put(&w, 1); /* bytes of a reference */
    for (unsigned i = 0; i < 24; i++) {
        uint64_t number = i < 8 ? w.count : i < 16 ? root : table;
        put(&w, (unsigned)(number >> (8 * (7 - i % 8))) & 0xFF);
    }
    fwrite(w.bytes, 1, w.used, out);
}
