/* wal.c: puts the committed pages of a SQLite write-ahead log into a database image.
 *
 * Format: www.sqlite.org/fileformat2.html, section 4. A log holds frames (24 bytes of header
 * and a page); a frame counts if salts and running checksum fit and a later frame ends its
 * commit. */
#include "syntax/sqlite.h"

#define HEADER 32
#define FRAME_HEADER 24
#define DATABASE_HEADER 100

static uint32_t big32(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static uint32_t little32(const unsigned char *b)
{
    return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

struct log {
    const unsigned char *bytes;
    size_t length, page;
    bool big_endian; /* of the checksums */
    uint32_t sum[2];
};

static void add_to_sum(struct log *log, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i + 8 <= length; i += 8) {
        uint32_t first = log->big_endian ? big32(bytes + i) : little32(bytes + i);
        uint32_t second = log->big_endian ? big32(bytes + i + 4) : little32(bytes + i + 4);
        log->sum[0] += first + log->sum[1];
        log->sum[1] += second + log->sum[0];
    }
}

static bool open_log(struct log *log, struct mlint_str wal)
{
    uint32_t magic;

    log->bytes = (const unsigned char *)wal.ptr;
    log->length = wal.len;
    log->sum[0] = log->sum[1] = 0;
    if (wal.len < HEADER)
        return false;
    magic = big32(log->bytes);
    log->page = big32(log->bytes + 8);
    log->big_endian = magic & 1;
    if ((magic | 1) != 0x377f0683 || log->page < 512 || log->page > 65536 ||
        (log->page & (log->page - 1)))
        return false;
    add_to_sum(log, log->bytes, 24);
    return log->sum[0] == big32(log->bytes + 24) && log->sum[1] == big32(log->bytes + 28);
}

/* Frames up to the last commit; *pages is the database's size then. */
static size_t committed_frames(struct log *log, uint32_t *pages)
{
    size_t committed = 0, count = 0, at = HEADER;

    for (; at + FRAME_HEADER + log->page <= log->length; at += FRAME_HEADER + log->page) {
        const unsigned char *frame = log->bytes + at;
        if (memcmp(frame + 8, log->bytes + 16, 8) != 0)
            break;
        add_to_sum(log, frame, 8);
        add_to_sum(log, frame + FRAME_HEADER, log->page);
        if (log->sum[0] != big32(frame + 16) || log->sum[1] != big32(frame + 20))
            break;
        count++;
        if (big32(frame + 4)) {
            committed = count;
            *pages = big32(frame + 4);
        }
    }
    return committed;
}

size_t mlint_wal_room(size_t length, struct mlint_str wal)
{
    return length + wal.len;
}

/* A database in WAL mode cannot be opened from memory: say that it is an ordinary one. */
static void leave_wal_mode(char *image, size_t length)
{
    if (length >= DATABASE_HEADER)
        image[18] = image[19] = 1;
}

size_t mlint_wal_apply(char *image, size_t length, size_t room, struct mlint_str wal)
{
    struct log log;
    uint32_t pages = 0;
    size_t frames = open_log(&log, wal) ? committed_frames(&log, &pages) : 0;
    size_t wanted = (size_t)pages * log.page;

    if (frames && wanted <= room) {
        if (wanted > length)
            memset(image + length, 0, wanted - length);
        for (size_t i = 0; i < frames; i++) {
            const unsigned char *frame = log.bytes + HEADER + i * (FRAME_HEADER + log.page);
            uint32_t number = big32(frame);
            if (number && number <= pages)
                memcpy(image + (number - 1) * log.page, frame + FRAME_HEADER, log.page);
        }
        length = wanted;
    }
    leave_wal_mode(image, length);
    return length;
}
