"""Make one C file of the HTML report's page: style and script inside, their SHA-256 in the policy,
so that a browser runs this script and no other. Usage: embed.py PAGE STYLE SCRIPT OUTPUT"""
import base64
import hashlib
import sys


def sri(text):
    return 'sha256-' + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def literal(text):
    lines = []
    for line in text.splitlines(keepends=True):
        line = line.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n')
        lines.append(f'    "{line}"')
    return '\n'.join(lines)


def main(page, style, script, output):
    page, style, script = (open(name, encoding='ascii').read() for name in (page, style, script))
    for name, value in (('@STYLE_HASH@', sri(style)), ('@SCRIPT_HASH@', sri(script)),
                        ('@STYLE@', style), ('@SCRIPT@', script)):
        if page.count(name) != 1:
            sys.exit(f'{name} must stand in the page once')
        page = page.replace(name, value)
    head, tail = page.split('@DATA@')
    with open(output, 'w', encoding='ascii') as out:
        out.write('/* Made by embed.py from the files beside it; do not edit. */\n'
                  '#include "report/page/page.h"\n\n'
                  '#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n'
                  f'const char mlint_page_head[] =\n{literal(head)};\n'
                  f'const char mlint_page_tail[] =\n{literal(tail)};\n')


main(*sys.argv[1:])
