#!/bin/sh
# installed.sh: the tree as installed: the example host built with nothing but pkg-config's flags,
# as C and as C++, against the shared and the static library, and run; the command beside it.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
demo=$MLINT_SOURCE_ROOT/testdata/demo
example=$MLINT_SOURCE_ROOT/tools/example/helpdesk.c

if [ -n "${MLINT_SANITIZED:-}" ]; then
    echo "installed.sh: a build with sanitizers is not for hosts"
    exit 77
fi
meson install -C "$MLINT_BUILD_ROOT" --no-rebuild --quiet --destdir "$work/root"
prefix=$work/root$(sed -n 's/^prefix=//p' "$(find "$work/root" -name maillint.pc)")
libraries=$(dirname "$(find "$work/root" -name libmaillint.a)")

flags() { # [--static] PACKAGE: as installed, wherever the tree was put
    PKG_CONFIG_PATH=$libraries/pkgconfig pkg-config --define-variable=prefix="$prefix" \
        --cflags --libs "$@"
}

# says WHAT COMMAND...: the answer to the demo profile names the rule and keeps the password.
says() {
    what=$1
    shift
    echo "$what"
    "$@" <"$demo/kim.mobileconfig" >"$work/answer"
    grep -q 'app-password-spaces' "$work/answer"
    grep -q '1 account' "$work/answer"
    ! grep -q 'ijkl' "$work/answer"
}

shared=$(flags maillint)
# shellcheck disable=SC2086 # flags are words
"$CC" -std=c99 -pedantic -Wall -Wextra -Werror "$example" $shared -o "$work/c"
says 'C, shared' env LD_LIBRARY_PATH="$libraries" "$work/c"
if command -v c++ >/dev/null; then
    # shellcheck disable=SC2086
    c++ -std=c++11 -pedantic -Wall -Wextra -Werror -x c++ "$example" -x none $shared -o "$work/cxx"
    says 'C++, shared' env LD_LIBRARY_PATH="$libraries" "$work/cxx"
else
    echo "installed.sh: no C++ compiler, C++ not tried"
fi

says 'the command' "$prefix/bin/maillint" --fail-on never -
gzip -dc <"$prefix/share/man/man1/maillint.1" 2>/dev/null >"$work/page" ||
    cat "$prefix/share/man/man1/maillint.1" >"$work/page"
grep -q "maillint $("$prefix/bin/maillint" --version | cut -d' ' -f2)" "$work/page"
[ -s "$prefix/share/bash-completion/completions/maillint" ]
[ -s "$prefix/share/zsh/site-functions/_maillint" ]
[ -s "$prefix/share/fish/vendor_completions.d/maillint.fish" ]

# Linked in, it needs neither the shared library nor the modules.
rm "$libraries"/libmaillint.so*
rm -r "$libraries/maillint"
# shellcheck disable=SC2046
"$CC" -Wall -Wextra -Werror "$example" $(flags maillint-static) -o "$work/static"
says 'C, static' "$work/static"
# shellcheck disable=SC2046
"$CC" -Wall -Wextra -Werror "$example" $(flags --static maillint) -o "$work/private"
says 'C, pkg-config --static' "$work/private"
