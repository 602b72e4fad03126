/* bplist_text.c: how the reals and dates of a binary property list are written as text. Knows
 * nothing of where they stand. */
#include "syntax/bplist_text.h"

/* Six digits behind a point that no locale turns into a comma. */
const char *mlint_bplist_real_text(struct mlint_arena *arena, double value)
{
    const char *sign = value < 0 ? "-" : "";
    double size = value < 0 ? -value : value;
    uint64_t whole, millionths;

    if (!(size < 1e15))
        return size >= 1e15 ? "beyond 1000000000000000" : "nan";
    whole = (uint64_t)size;
    millionths = (uint64_t)((size - (double)whole) * 1e6 + 0.5);
    whole += millionths / 1000000;
    return mlint_arena_printf(arena, "%s%llu.%06llu", sign, (unsigned long long)whole,
                              (unsigned long long)(millionths % 1000000));
}

/* Days since 1970-01-01 to a date (Howard Hinnant's public algorithm, civil_from_days). */
const char *mlint_bplist_date_text(struct mlint_arena *arena, double since_2001)
{
    const double range = 200e9; /* some six thousand years either way */
    int64_t seconds, days, era, year;
    unsigned day, of_day, of_era, month, in_year;

    if (!(since_2001 > -range / 4 && since_2001 < range))
        return "out of range";
    seconds = (int64_t)since_2001 + 978307200;
    days = seconds / 86400 - (seconds % 86400 < 0);
    of_day = (unsigned)(seconds - days * 86400);
    days += 719468;
    era = (days >= 0 ? days : days - 146096) / 146097;
    of_era = (unsigned)(days - era * 146097);
    year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    in_year = of_era - (unsigned)(365 * year + year / 4 - year / 100);
    month = (5 * in_year + 2) / 153;
    day = in_year - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    return mlint_arena_printf(arena, "%04lld-%02u-%02uT%02u:%02u:%02uZ",
                              (long long)(year + era * 400 + (month <= 2)), month, day,
                              of_day / 3600, of_day / 60 % 60, of_day % 60);
}
