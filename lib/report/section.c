/* section.c: bytes of a report with references to files and accounts, whose numbers are known
 * when chunks are put in order. */
#include "report/run.h"

#define NUMBER_LENGTH 20 /* digits of the largest */

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

static char *put_number(char *to, uint64_t number)
{
    char digits[NUMBER_LENGTH];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    memcpy(to, digits + at, sizeof(digits) - at);
    return to + (sizeof(digits) - at);
}

/* Put the section's bytes to `to` with its references made numbers; returns where they end. The
 * records of an account name it and its file again and again: the digits are there already. */
static char *put_numbered(const struct mlint_section *section, const uint64_t base[2], char *to)
{
    struct {
        const char *begin;
        size_t len;
        uint32_t local;
    } last[2] = { { NULL, 0, 0 }, { NULL, 0, 0 } };
    size_t at = 0;

    for (size_t i = 0; i < section->count; i++) {
        const struct mlint_reference *reference = &section->references[i];
        unsigned kind = reference->account;
        char *number;

        memcpy(to, section->bytes.ptr + at, reference->offset - at);
        number = to += reference->offset - at;
        at = reference->offset;
        if (last[kind].len && last[kind].local == reference->local) {
            memcpy(to, last[kind].begin, last[kind].len);
            to += last[kind].len;
            continue;
        }
        to = put_number(to, base[kind] + reference->local);
        last[kind].begin = number;
        last[kind].len = (size_t)(to - number);
        last[kind].local = reference->local;
    }
    memcpy(to, section->bytes.ptr + at, section->bytes.len - at);
    return to + (section->bytes.len - at);
}

void mlint_section_number(const struct mlint_section *section, const uint64_t base[2],
                          struct mlint_buf *out)
{
    mlint_buf_clear(out);
    if (!section->bytes.len) /* nor any reference, unless memory ran out */
        return;
    if (mlint_buf_reserve(out, section->bytes.len + section->count * NUMBER_LENGTH))
        out->len = (size_t)(put_numbered(section, base, out->ptr) - out->ptr);
}
