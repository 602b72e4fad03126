#!/usr/bin/env python3
"""Writes lib/base/unicode_tables.h from Python's copy of the Unicode Character Database."""
import unicodedata as u

LAST = 0x110000


def ranges(test):
    out, start = [], None
    for c in range(LAST + 1):
        hit = c < LAST and not 0xD800 <= c < 0xE000 and test(chr(c))
        if hit and start is None:
            start = c
        elif not hit and start is not None:
            out.append((start, c - 1))
            start = None
    return out


def table(name, rows):
    print(f"static const struct range {name}[] = {{")
    for row in range(0, len(rows), 4):
        print("    " + " ".join("{ 0x%x, 0x%x }," % r for r in rows[row:row + 4]))
    print("};\n")


def lower_runs():
    """(first, last, step, distance): every step-th character is `distance` below its lower case."""
    runs = []
    for c in range(LAST):
        if 0xD800 <= c < 0xE000:
            continue
        # Simple mapping: U+0130's full one is the only one with a mark behind the letter.
        low = chr(c).lower()[0]
        if low == chr(c):
            continue
        delta = ord(low) - c
        if runs and runs[-1][3] == delta:
            first, last, step, _ = runs[-1]
            gap = c - last
            if gap in (1, 2) and (step == 0 or gap == step):
                runs[-1] = (first, c, gap, delta)
                continue
        runs.append((c, c, 0, delta))
    return runs


print("/* unicode_tables.h: made by tools/unicode_tables.py from Unicode %s; do not edit. */"
      % u.unidata_version)
print("/* clang-format off */")
print("struct range {\n    uint32_t first, last;\n};\n")
table("upper_ranges", ranges(lambda c: u.category(c) in ("Lu", "Lt")))
table("zero_width", ranges(lambda c: u.category(c) in ("Mn", "Me", "Cf") and ord(c) != 0xAD))
table("double_width", ranges(lambda c: u.east_asian_width(c) in ("W", "F")))
print("struct case_run {\n    uint32_t first, last;\n    int32_t step, distance;\n};\n")
print("static const struct case_run lower_runs[] = {")
runs = lower_runs()
for row in range(0, len(runs), 3):
    print("    " + " ".join("{ 0x%x, 0x%x, %d, %d }," % (a, b, max(s, 1), d)
                            for a, b, s, d in runs[row:row + 3]))
print("};")
