#!/bin/sh
# abi.sh: the library's functions and types are those of maillint.abi, neither fewer nor more. A
# wanted change is written down, from any folder, with
#     MLINT_UPDATE=1 sh lib/test/abi.sh
# The library is built for this once more, with debug information and without sanitizers; 77
# without abidw and abidiff (Debian: abigail-tools).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
baseline=$root/lib/test/maillint.abi
build=${MLINT_BUILD_ROOT:-$root/build}/abi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v abidw >/dev/null && command -v abidiff >/dev/null || exit 77
[ -e "$build/build.ninja" ] ||
    env -u CFLAGS CC=cc meson setup "$build" "$root" --buildtype=debug >"$work/log" 2>&1 ||
    { cat "$work/log"; exit 1; }
ninja -j2 -C "$build" lib/libmaillint.so.0.1.0 >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

abidw --exported-interfaces-only --headers-dir "$root/include" --drop-private-types --no-architecture \
    --no-corpus-path --no-comp-dir-path --no-show-locs --type-id-style hash \
    --out-file "$work/now.abi" "$build/lib/libmaillint.so.0.1.0"
if [ -n "${MLINT_UPDATE:-}" ]; then
    cp "$work/now.abi" "$baseline"
    exit 0
fi
abidiff --headers-dir1 "$root/include" --headers-dir2 "$root/include" "$baseline" \
    "$work/now.abi"
