/* section.c: bytes of a report with references to files and accounts, whose numbers are known
 * when chunks are put in order. */
#include "report/run.h"

#include "base/num.h"

#define NUMBER_ROOM 24 /* for the digits of any number */

static void refer(struct mlint_section *section, uint32_t local, bool account)
{
    if (section->count == section->cap) {
        size_t cap = section->cap ? section->cap * 2 : 64;
        struct mlint_buf *bytes = &section->bytes;
        struct mlint_reference *bigger =
            bytes->allocator->alloc(bytes->allocator->user, cap * sizeof(*bigger));

        if (!bigger) {
            bytes->failed = true;
            return;
        }
        if (section->count)
            memcpy(bigger, section->references, section->count * sizeof(*bigger));
        bytes->allocator->free(bytes->allocator->user, section->references);
        section->references = bigger;
        section->cap = cap;
    }
    section->references[section->count++] = (struct mlint_reference){
        .offset = section->bytes.len, .local = local, .account = account
    };
}

void mlint_out_file(struct mlint_rendering *rendering, unsigned section, size_t index)
{
    refer(&rendering->sections[section], rendering->files + (uint32_t)index, false);
}

void mlint_out_account(struct mlint_rendering *rendering, unsigned section, size_t index)
{
    refer(&rendering->sections[section], rendering->accounts + (uint32_t)index, true);
}

void mlint_section_done(struct mlint_section *section)
{
    const struct mlint_allocator *allocator = section->bytes.allocator;

    mlint_buf_done(&section->bytes);
    allocator->free(allocator->user, section->references);
}

void mlint_section_clear(struct mlint_section *section)
{
    mlint_buf_clear(&section->bytes);
    section->count = 0;
}

/* A number as it was written last, with room to be copied whole. */
struct digits {
    char text[NUMBER_ROOM];
    size_t len; /* 0: none yet */
    uint32_t local;
};

/* Put the section's bytes to `to` with its references made numbers; returns where they end. The
 * records of an account name it and its file again and again: the digits are there already. */
static char *put_numbered(const struct mlint_section *section, const uint64_t base[2], char *to)
{
    struct digits last[2] = { { .len = 0 }, { .len = 0 } };
    const char *from = section->bytes.ptr;
    size_t at = 0;

    for (size_t i = 0; i < section->count; i++) {
        const struct mlint_reference *reference = &section->references[i];
        struct digits *digits = &last[reference->account];

        memcpy(to, from + at, reference->offset - at);
        to += reference->offset - at;
        at = reference->offset;
        if (!digits->len || digits->local != reference->local)
            digits->len =
                mlint_num_digits(digits->text, base[reference->account] + reference->local);
        digits->local = reference->local;
        memcpy(to, digits->text, NUMBER_ROOM);
        to += digits->len;
    }
    memcpy(to, from + at, section->bytes.len - at);
    return to + (section->bytes.len - at);
}

void mlint_section_number(const struct mlint_section *section, const uint64_t base[2],
                          struct mlint_buf *out)
{
    mlint_buf_clear(out);
    if (!section->bytes.len) /* nor any reference, unless memory ran out */
        return;
    if (mlint_buf_reserve(out, section->bytes.len + section->count * NUMBER_ROOM))
        out->len = (size_t)(put_numbered(section, base, out->ptr) - out->ptr);
}
