#!/bin/sh
# cms_cases.sh: profiles as the openssl command signs, wraps and encrypts them. Each must be read
# to the same accounts as the profile itself, or be refused with the reason.
set -eu
command -v openssl >/dev/null || { echo "cms_cases.sh: no openssl command"; exit 77; }
maillint=$MLINT_BUILD_ROOT/tools/maillint/maillint
profile=$MLINT_SOURCE_ROOT/testdata/formats/apple-mobileconfig/four-mail-payloads/input.mobileconfig
binary=$MLINT_SOURCE_ROOT/testdata/formats/apple-mobileconfig/binary/input.mobileconfig
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$profile" plain
"$maillint" dump plain >/dev/null || { echo "cms_cases.sh: this build reads no profiles"; exit 77; }
failed=0

fail() {
    echo "FAIL: $*"
    failed=$((failed + 1))
}

# Values without their places: openssl turns LF into CRLF, and lines stay the same.
values() {
    "$maillint" dump "$1" 2>/dev/null || true
}
detail() {
    "$maillint" check --no-config --format json "$1" 2>/dev/null |
        grep -o '"detail": *"\([^"\\]\|\\.\)*"' | head -1
}
# reads FILE AS WORDS: as many values as AS has, the detail has WORDS
reads() {
    values "$1" >got
    values "$2" >wanted
    cmp -s got wanted || fail "$1: other values than $2"
    [ -s got ] || fail "$1: no values"
    case $(detail "$1") in
    *"$3"*) echo "ok: $1" ;;
    *) fail "$1: detail is '$(detail "$1")', wanted '$3'" ;;
    esac
}
# refuses FILE WORDS: exit status 3, no value, WORDS in the message
refuses() {
    status=0
    "$maillint" dump "$1" >got 2>messages || status=$?
    [ "$status" = 3 ] || fail "$1: exit status $status"
    [ ! -s got ] || fail "$1: gives values"
    status=0
    "$maillint" check --no-config --fail-on never "$1" >/dev/null 2>&1 || status=$?
    [ "$status" = 3 ] || fail "$1: checking it ends with $status, as if it were clean"
    if grep -q "$2" messages; then echo "ok: $1"; else fail "$1: says $(cat messages)"; fi
}

quietly() {
    "$@" >/dev/null 2>openssl.messages || { cat openssl.messages; exit 1; }
}
quietly openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -out rsa.pem -days 2 -subj "/CN=Mail of Example/O=Example"
quietly openssl ecparam -name prime256v1 -genkey -noout -out ec.key
quietly openssl req -x509 -new -key ec.key -out ec.pem -days 2 -subj "/O=Only an organisation"
quietly openssl req -new -key rsa.key -subj "/CN=Expired signer" -out old.csr
quietly openssl x509 -req -in old.csr -signkey rsa.key -days -1 -out old.pem

# sign OUT IN OPTION...
sign() {
    out=$1 in=$2
    shift 2
    quietly openssl cms -sign -signer rsa.pem -inkey rsa.key -in "$in" -out "$out" "$@"
}
holds='signed by \"Mail of Example\"; the signature holds'

sign der plain -nodetach -binary -outform der
reads der plain "$holds"
sign der-crlf plain -nodetach -outform der
reads der-crlf plain "$holds"
sign der-text plain -text -nodetach -outform der
reads der-text plain "$holds"
{ cat der; printf '\r\n'; } >trailing
reads trailing plain "$holds"
{ cat der; head -c 5000 /dev/zero; } >trailing-zeros
reads trailing-zeros plain "$holds"
sign ber plain -nodetach -binary -stream -outform der
reads ber plain "$holds"
# Long enough for the octet string to be cut into chunks.
{ head -n 2 plain; printf '<!--'; head -c 60000 /dev/zero | tr '\0' x; printf '%s\n' '-->'
  tail -n +3 plain; } >long
sign ber-chunks long -nodetach -binary -stream -outform der
reads ber-chunks long "$holds"
sign pem plain -nodetach -binary -outform pem
reads pem plain "$holds"
sed 's/CMS-----/PKCS7-----/' pem >pem-pkcs7
reads pem-pkcs7 plain "$holds"
{ echo "sent by hand"; cat pem; } >pem-with-words
reads pem-with-words plain "$holds"
cat rsa.pem ec.pem pem >pem-behind-certificates
reads pem-behind-certificates plain "$holds"
{ printf '\357\273\277  '; cat pem; } >pem-behind-mark
reads pem-behind-mark plain "$holds"
quietly openssl smime -sign -signer rsa.pem -inkey rsa.key -in plain -nodetach -out smime
reads smime plain "$holds"
quietly openssl smime -sign -signer rsa.pem -inkey rsa.key -in plain -out smime-clear
reads smime-clear plain "$holds"
openssl base64 -in der -out base64
reads base64 plain "$holds"
openssl base64 -A -in der -out base64-line
reads base64-line plain "$holds"
sign binary-plist "$binary" -nodetach -binary -outform der
reads binary-plist "$binary" "$holds"
sign twice der -nodetach -binary -outform der
reads twice plain "$holds"
sign thrice twice -nodetach -binary -outform der
reads thrice plain "$holds"
sign four-times thrice -nodetach -binary -outform der
refuses four-times "more than three times"
sign sha1 plain -nodetach -binary -outform der -md sha1
reads sha1 plain "signed by"
quietly openssl cms -sign -signer old.pem -inkey rsa.key -in plain -out expired -nodetach -binary -outform der
reads expired plain 'signed by \"Expired signer\"; the signature holds'
quietly openssl cms -sign -signer ec.pem -inkey ec.key -md sha384 -in plain -out ec -nodetach -binary -outform der
reads ec plain 'signed by \"Only an organisation\"; the signature holds'
sign nameless plain -nodetach -binary -outform der -nocerts
reads nameless plain 'the signature cannot be checked'
sed 's/imap\.example\.com/imap.attacks.com/' der >tampered
sed 's/imap\.example\.com/imap.attacks.com/' plain >tampered-plain
reads tampered tampered-plain 'the signature does not match'
sign detached plain -binary -outform der
refuses detached "without the profile"
quietly openssl crl2pkcs7 -nocrl -certfile rsa.pem -outform der -out certificates
refuses certificates "without the profile"
quietly openssl cms -encrypt -in plain -outform der -out encrypted rsa.pem
refuses encrypted "cannot be read without the key"
quietly openssl cms -encrypt -in plain -out encrypted-smime rsa.pem
refuses encrypted-smime "cannot be read without the key"
quietly openssl cms -encrypt -aes-128-gcm -in plain -outform der -out encrypted-auth rsa.pem
refuses encrypted-auth "cannot be read without the key"
sign signed-encrypted encrypted -nodetach -binary -outform der
refuses signed-encrypted "cannot be read without the key"
head -c 700 der >cut-off
refuses cut-off "cut off or damaged"

[ "$failed" = 0 ] || { echo "$failed failed"; exit 1; }
