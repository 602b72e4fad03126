#!/bin/sh
# headers.sh: the public header compiles by itself, without a warning, as the C and C++ of any
# host, and every header of the library includes what it needs.
# shellcheck disable=SC2086 # $public is a list of options
set -eu
cd "$MLINT_SOURCE_ROOT"
failed=0

# compile COMMAND... : the program text comes on standard input
compile() {
    echo "$*"
    "$@" -fsyntax-only - || failed=1
}

public="-Iinclude -Wall -Wextra -Werror -pedantic"
for standard in c99 c11 c17; do
    echo '#include <maillint/maillint.h>' |
        compile "$CC" -xc "-std=$standard" $public
done
if command -v c++ >/dev/null; then
    for standard in c++11 c++17; do
        echo '#include <maillint/maillint.h>' |
            compile c++ -xc++ "-std=$standard" $public
    done
else
    echo "headers.sh: no C++ compiler, C++ not tried"
fi
# Twice in one file, and used.
compile "$CC" -xc -std=c99 $public <<'END'
#include <maillint/maillint.h>
#include <maillint/maillint.h>
const char *use(void);
const char *use(void) { return mlint_version(); }
END

find lib -name '*.h' ! -path 'lib/test/*' ! -name 'unicode_tables.h' | sort |
    while read -r header; do
        printf '#include "%s"\n' "${header#lib/}" |
            "$CC" -xc -std=gnu11 -D_GNU_SOURCE -Iinclude -Ilib -Wall -Wextra -Werror \
                -Wno-unused-function -fsyntax-only - || echo "$header"
    done >"$MLINT_BUILD_ROOT/headers.failed"
cat "$MLINT_BUILD_ROOT/headers.failed"
[ -s "$MLINT_BUILD_ROOT/headers.failed" ] && failed=1
exit $failed
