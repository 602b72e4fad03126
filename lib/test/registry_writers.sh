#!/bin/sh
# registry_writers.sh: one set of accounts, written down by the programs that people export
# registries with: wine's regedit /E and reg export, hivexregedit, reged -x, and the hive itself.
# Each must give the accounts that the set gives. 77 where none of them is installed.
set -eu
maillint=$MLINT_BUILD_ROOT/tools/maillint/maillint
base=$MLINT_SOURCE_ROOT/testdata/fuzz/hive/accounts.hive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0
ran=0

# Text beyond ASCII stands as UTF-16 bytes: then the same lines suit every program.
profile='HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\My Profile'
list="$profile\\9375CFF0413111d3B88A00104B2A6676"
manager='HKEY_CURRENT_USER\Software\Microsoft\Internet Account Manager'
parents() {
    rest=${1#HKEY_CURRENT_USER\\}
    path=HKEY_CURRENT_USER
    while [ -n "$rest" ]; do
        name=${rest%%\\*}
        path="$path\\$name"
        [ "$rest" = "$name" ] && rest= || rest=${rest#*\\}
        printf '[%s]\n\n' "$path"
    done
}
{
    printf 'Windows Registry Editor Version 5.00\n\n'
    parents "$list"
    cat <<END
[$list]
"NextAccountID"=dword:00000005
"{ED475418-B0D6-11D2-8C3B-00104B2A6676}"=hex(3):03,00,00,00,02,00,00,00

[$list\\00000002]
"clsid"="{ED475411-B0D6-11D2-8C3B-00104B2A6676}"
"Account Name"="jane \\"J\\" \\\\ doe"
"Display Name"=hex(1):4d,00,fc,00,6c,00,6c,00,65,00,72,00,00,00
"Email"=hex(1):6a,00,fc,00,72,00,67,00,65,00,6e,00,40,00,65,00,78,00,2e,00,6f,00,72,00,67,00,00,00
"POP3 Server"="pop.example.org"
"POP3 User"=hex(3):4a,00,40,00,65,00,78,00,2e,00,6f,00,72,00,67,00,00,00
"POP3 Port"=dword:000003e3
"POP3 Use SSL"=dword:00000001
"POP3 Use SPA"=dword:00000001
"POP3 Password"=hex(3):02,01,00,00,00,d0,8c,9d,df
"IMAP Store EID"=hex(3):
"Leave on Server"=dword:000e0003
"SMTP Server"="smtp.example.org"
"SMTP Port"=dword:0000024b
"SMTP Secure Connection"=dword:00000002
"SMTP Use Auth"=dword:00000001

[$list\\00000003]
"clsid"="{ED475412-B0D6-11D2-8C3B-00104B2A6676}"
"Email"="ben@example.org"
"IMAP Server"=hex(3):69,00,6d,00,61,00,70,00,2e,00,65,00,78,00,2e,00,6f,00,72,00,67,00
"IMAP User"="ben@example.org"
"IMAP Use SSL"=dword:00000000

[$list\\00000004]
"clsid"="{ED475411-B0D6-11D2-8C3B-00104B2A6676}"
"POP3 Server"="old.example.org"

END
    parents "$manager\\Accounts"
    cat <<END
[$manager\\Accounts\\00000001]
"Account Name"="express"
"POP3 Server"="pop.example.net"
"POP3 User Name"="ann@example.net"
"SMTP Server"="smtp.example.net"
"SMTP Email Address"="ann@example.net"
"SMTP Use Sicily"=dword:00000002

END
    parents 'HKEY_CURRENT_USER\Software\Microsoft\Outlook Express'
    cat <<END
[HKEY_CURRENT_USER\\Software\\Microsoft\\Outlook Express\\Mail]
"Poll For Mail"=dword:0001d4c0

END
} >set.reg

# Fields, values and presences; not the places, nor the root that a hive lacks.
accounts() {
    "$maillint" show "$1" | sed -n -e '1s/.*, //p' \
        -e '2,$s/ \(written\|client-default\|hidden\|absent\)  *.*/ \1/p' -e '/^account/p'
}
accounts set.reg >wanted
grep -q '^  *incoming.username  *J@ex.org' wanted || { echo "FAIL: the set itself"; exit 1; }
[ "$(grep -c '^account' wanted)" = 4 ] || { echo "FAIL: the set itself"; cat wanted; exit 1; }

same() {
    ran=$((ran + 1))
    accounts "$2" >got || true
    if diff wanted got; then
        echo "ok: $1"
    else
        echo "FAIL: $1"
        failed=$((failed + 1))
    fi
}
missing() {
    echo "skipped: $1 is not installed"
}

if command -v wine >/dev/null; then
    export WINEPREFIX="$work/wine" WINEDEBUG=-all LC_ALL=C.UTF-8 DISPLAY='' WINEDLLOVERRIDES=mscoree,mshtml=
    printf '\377\376' >utf16.reg
    sed 's/$/\r/' set.reg | iconv -f UTF-8 -t UTF-16LE >>utf16.reg
    if timeout 200 wine regedit utf16.reg >/dev/null 2>&1; then
        timeout 60 wine regedit /E regedit.reg 'HKEY_CURRENT_USER\Software\Microsoft' >/dev/null 2>&1
        same "wine regedit /E" regedit.reg
        timeout 60 wine reg export 'HKEY_CURRENT_USER\Software\Microsoft' export.reg /y >/dev/null 2>&1
        same "wine reg export" export.reg
        same "what wine was given" utf16.reg
    else
        echo "skipped: wine does not run here"
    fi
    wineserver -k >/dev/null 2>&1 || true
else
    missing wine
fi

if command -v hivexregedit >/dev/null && command -v hivexsh >/dev/null; then
    cp "$base" set.hive
    chmod u+w set.hive
    printf 'cd \\Software\ndel\ncommit\n' | hivexsh -w set.hive
    hivexregedit --merge set.hive --prefix HKEY_CURRENT_USER set.reg
    if "$maillint" show set.hive >/dev/null 2>&1; then
        same "the hive" set.hive
    else
        echo "skipped: this build reads no hives"
    fi
    hivexregedit --export set.hive "\\" --prefix HKEY_CURRENT_USER >hivex.reg
    same "hivexregedit --export" hivex.reg
    hivexregedit --export --unsafe-printable-strings set.hive "\\" --prefix HKEY_CURRENT_USER >str.reg
    same "hivexregedit --unsafe-printable-strings" str.reg
    PATH=$PATH:/usr/sbin
    if command -v reged >/dev/null; then
        reged -x set.hive HKEY_CURRENT_USER "\\" reged.reg >/dev/null 2>&1 || true
        same "reged -x" reged.reg
    else
        missing reged
    fi
else
    missing hivexregedit
fi

[ $ran -gt 0 ] || exit 77
echo "$ran exports, $failed failed"
[ $failed -eq 0 ]
