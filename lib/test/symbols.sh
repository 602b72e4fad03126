#!/bin/sh
# symbols.sh: the shared library shows exactly what the public header declares, links the light
# libraries only, has no writable data; its modules show their table and ask nothing of it.
set -eu
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

complain() {
    echo "symbols.sh: $*"
    failed=1
}

exported() {
    nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u
}

# Declared: the word before the first bracket of what follows MLINT_API.
tr '\n' ' ' <"$MLINT_SOURCE_ROOT/include/maillint/maillint.h" |
    grep -o 'MLINT_API [^;]*' |
    sed -n 's/[^(]*[ *]\(mlint_[a-z0-9_]*\)(.*/\1/p' | sort -u >"$work/declared"
exported "$MLINT_LIBRARY" | grep -v -e '^_' -e '^__' >"$work/exported" || :
[ "$(wc -l <"$work/declared")" -gt 50 ] || complain "the header was not understood"
comm -23 "$work/declared" "$work/exported" | while read -r name; do
    echo "symbols.sh: $name is declared and not exported"
done >"$work/differences"
comm -13 "$work/declared" "$work/exported" | while read -r name; do
    echo "symbols.sh: $name is exported and not declared"
done >>"$work/differences"
cat "$work/differences"
[ -s "$work/differences" ] && failed=1

readelf -d "$MLINT_LIBRARY" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p' | grep -qx 'libmaillint\.so\.0' ||
    complain "the SONAME is not libmaillint.so.0"
readelf -d "$MLINT_LIBRARY" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' >"$work/needed"
for heavy in libxml2 libarchive libcrypto libssl libhivex libsqlite3 libjansson libicu libcheck; do
    ! grep -q "^$heavy" "$work/needed" || complain "the library is linked with $heavy"
done

# Writable data would be shared between threads.
if [ -z "${MLINT_SANITIZED:-}" ]; then
    nm -f sysv "$MLINT_STATIC" | awk -F'|' '$7 ~ /^\.(data|bss)(\..*)?$/ && $7 !~ /rel\.ro/ &&
        $4 ~ /OBJECT/ { print $1 }' >"$work/writable"
    [ ! -s "$work/writable" ] || complain "writable data:" "$(tr '\n' ' ' <"$work/writable")"
fi

for module in "$MLINT_BUILD_ROOT"/lib/maillint-*.so; do
    [ -e "$module" ] || continue
    name=$(basename "$module" .so)
    exported "$module" | grep -v '^_' >"$work/module" || :
    [ "$(cat "$work/module")" = "mlint_module_${name#maillint-}" ] ||
        complain "$name shows" "$(tr '\n' ' ' <"$work/module")"
    if nm -D --undefined-only "$module" | grep -w 'mlint_[a-z0-9_]*'; then
        complain "$name calls the library"
    fi
done
exit $failed
