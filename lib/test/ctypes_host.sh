#!/bin/sh
# ctypes_host.sh: the helpdesk's bot in Python says of a file what the command says of it; 77
# without Python, or where the library needs a sanitizer loaded before it.
set -eu
command -v python3 >/dev/null || exit 77
[ -z "${MLINT_SANITIZED:-}" ] || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
file=testdata/demo/thunderbird/prefs.js
cd "$MLINT_SOURCE_ROOT"

python3 -B tools/example/helpdesk.py "$file" >"$work/bot"
sed -n 's/^- //p' "$work/bot" | sort >"$work/said"
"$MLINT_BUILD_ROOT/tools/maillint/maillint" --format=json --no-config "$file" >"$work/json" ||
    [ $? -eq 1 ]
python3 -c '
import json, sys
for finding in json.load(open(sys.argv[1]))["findings"]:
    print(finding["message"])' "$work/json" | sort >"$work/wanted"
[ -s "$work/wanted" ] || { echo "ctypes_host.sh: the command found nothing"; exit 1; }
diff "$work/wanted" "$work/said"

if python3 -B tools/example/helpdesk.py "$work/missing" 2>/dev/null; then
    echo "ctypes_host.sh: a missing file is no error"
    exit 1
fi
