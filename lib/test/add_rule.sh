#!/bin/sh
# add_rule.sh: follows CONTRIBUTING.md's recipe for a rule in a scratch copy of the tree: the rule
# is built, listed, explained and fires. 77: no git or meson here, or a build that is instrumented.
set -eu

[ -z "${MLINT_SANITIZED:-}" ] || exit 77
command -v git >/dev/null && command -v meson >/dev/null || exit 77
git -C "$MLINT_SOURCE_ROOT" rev-parse --git-dir >/dev/null 2>&1 || exit 77

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tree=$scratch/tree
mkdir "$tree"
(cd "$MLINT_SOURCE_ROOT" && git ls-files -z --cached --others --exclude-standard -- \
    meson.build meson_options.txt include lib tools CONTRIBUTING.md COPYING |
    xargs -0 cp --parents -t "$tree")
cd "$tree"

# Step 1: the file, word for word from the recipe.
# shellcheck disable=SC2016 # the backquotes are Markdown's
sed -n '/^   ```c$/,/^   ```$/p' CONTRIBUTING.md | sed '1d;$d;s/^   //' >lib/rules/no_yahoo_mail.c
grep -q '^const struct mlint_rule mlint_rule_no_yahoo_mail' lib/rules/no_yahoo_mail.c
# Step 2: the row.
sed -i "s/^  'readable_password',/  'no_yahoo_mail',\n&/" lib/rules/meson.build
grep -q no_yahoo_mail lib/rules/meson.build

meson setup "$scratch/build" -Dtests=disabled -Ddefault_library=static --buildtype=plain \
    >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
ninja -C "$scratch/build" command >"$scratch/log" 2>&1 || { tail -n 30 "$scratch/log"; exit 1; }
maillint=$scratch/build/tools/maillint/maillint

cat >"$scratch/prefs.js" <<'END'
user_pref("mail.account.account1.server", "server1");
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.server.server1.hostname", "imap.mail.yahoo.com");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "jane@example.com");
END
"$maillint" rules | grep -q '^no-yahoo-mail  *note '
"$maillint" explain no-yahoo-mail | grep -q 'does not know business mailboxes'
"$maillint" check --no-config --select no-yahoo-mail "$scratch/prefs.js" |
    grep -q 'prefs.js:3:44: note: "imap.mail.yahoo.com" belongs to the free service \[no-yahoo-mail\]'
