#!/usr/bin/env python3
"""header_docs.py: everything in the public header has a text of its own: each function, type and
macro a comment directly above it that says since when, each member and each value of an
enumeration one above or behind it. Which statuses are named is test_api.c's affair, that they are
named this one's."""
import os
import re
import sys
import unittest

HEADER = os.path.join(os.environ.get('MLINT_SOURCE_ROOT', '.'), 'include/maillint/maillint.h')
COMMENT = re.compile(r'/\*.*?\*/', re.S)
SINCE = re.compile(r'\bSince\s+(?:\*\s+)?\d+\.\d+\.\d+\.')
STATUS = re.compile(r'\bMLINT_(?:OK|E_[A-Z_]+)\b')
MARK = '\x01'


def read():
    with open(HEADER, encoding='utf-8') as file:
        return file.read()


def comment_above(text, at):
    """The comment that ends on the line before `at`, or ''."""
    before = text[:at]
    if not before.endswith('*/\n'):
        return ''
    return before[before.rindex('/*'):]


def functions(text):
    for match in re.finditer(r'^MLINT_API\b[^;]*;', text, re.M):
        name = re.search(r'(mlint_\w+)\(', match.group()).group(1)
        yield name, match.group(), comment_above(text, match.start())


def members(body):
    """Each declaration of a struct's or enumeration's body, and whether it has a comment. A comment
    becomes one mark; it counts if it stands before the declaration or on its last line."""
    body = COMMENT.sub(MARK, body)
    at = 0
    for match in re.finditer(r'[^;,()\x01]+(?:\([^()]*\)[^;,()\x01]*)*(?:[;,]|(?=\x01)|$)', body):
        text = match.group().strip(' \n;,')
        if not text:
            continue
        behind = body[match.end():].split('\n')[0]
        yield text, MARK in body[at:match.start()] or MARK in behind
        at = match.end() + (len(behind) if MARK in behind else 0)


class Header(unittest.TestCase):
    text = read()

    def test_functions(self):
        found = list(functions(self.text))
        self.assertGreater(len(found), 90)
        for name, _, comment in found:
            self.assertRegex(comment, SINCE, f'{name}: a comment above it, that says since when')

    def test_statuses(self):
        found = [f for f in functions(self.text) if re.search(r'\benum mlint_status\s+mlint_', f[1])]
        self.assertGreater(len(found), 15)
        for name, declaration, comment in found:
            self.assertIn('MLINT_MUST_USE', declaration, name)
            named = set(STATUS.findall(comment))
            self.assertTrue({'MLINT_OK', 'MLINT_E_ARGUMENT', 'MLINT_E_NO_MEMORY'} <= named,
                            f'{name} names {sorted(named)}')

    def test_types_and_macros(self):
        found = list(re.finditer(r'^(?:struct|enum)\b[^;(]*?[{;]|^#define \w+.*', self.text, re.M))
        self.assertGreater(len(found), 40)
        for match in found:
            if match.group().startswith('#define MAILLINT_') or re.fullmatch(
                    r'#define MLINT_(API|MUST_USE)', match.group()):
                continue
            self.assertRegex(comment_above(self.text, match.start()), SINCE, match.group())

    def test_members(self):
        count = 0
        for match in re.finditer(r'^(?:struct|enum)([^;(]*?)\{\n(.*?)^\};', self.text, re.M | re.S):
            for text, said in members(match.group(2)):
                count += 1
                self.assertTrue(said, f'{match.group(1).strip()}: {text}')
        self.assertGreater(count, 150)

    def test_it_can_fail(self):
        """The reader of members sees what lacks a comment."""
        body = ('    int a; /* one */\n    int b;\n    /* three\n     * lines */\n'
                '    int (*c)(void *user, int x);\n    int d;\n    int e; /* five */\n')
        self.assertEqual([said for _, said in members(body)], [True, False, True, False, True])
        self.assertEqual([said for _, said in members('    A = 1, /* a, b; c */\n    B,\n    C /* c */\n')],
                         [True, False, True])
        self.assertEqual(comment_above('/* x */\n\nint f;', 9), '')


if __name__ == '__main__':
    sys.argv = sys.argv[:1]
    unittest.main()
