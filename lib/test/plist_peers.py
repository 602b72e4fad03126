#!/usr/bin/env python3
"""Property lists that Python's plistlib writes, in XML and in binary, read by maillint: every
value must have the same place, type and text. Skipped (77) where plistlib is too old."""
import datetime
import json
import os
import plistlib
import random
import subprocess
import sys
import tempfile

LISTS = 60
MAILLINT = os.path.join(os.environ['MLINT_BUILD_ROOT'], 'tools/maillint/maillint')
LETTERS = 'abcXYZ019 .-_@&<>"\'=;{}\\äößéЖ中文😀🄰'


def text(dice):
    return ''.join(dice.choice(LETTERS) for _ in range(dice.choice((0, 1, 3, 14, 15, 16, 300))))


def integer(dice):
    edges = (0, 1, -1, 255, 256, 65535, 65536, 2**31, 2**32, -2**31, 2**63 - 1, -2**63, 2**63, 2**64 - 1)
    return dice.choice(edges) if dice.random() < 0.5 else dice.randrange(-10**6, 10**12)


def date(dice):
    return datetime.datetime(1902, 1, 1) + datetime.timedelta(seconds=dice.randrange(10**10))


def value(dice, depth):
    kinds = ['text', 'text', 'integer', 'real', 'flag', 'date', 'uid']
    if depth:
        kinds += ['list', 'dict', 'dict']
    kind = dice.choice(kinds)
    if kind == 'list':
        return [value(dice, depth - 1) for _ in range(dice.randrange(20))]
    if kind == 'dict':
        return {'k%d%s' % (i, dice.choice(('', 'ä', '中'))): value(dice, depth - 1)
                for i in range(dice.randrange(20))}
    return {'text': text, 'integer': integer, 'date': date,
            'real': lambda d: d.randrange(-10**6, 10**6) / 64,
            'flag': lambda d: d.random() < 0.5,
            'uid': lambda d: plistlib.UID(d.choice((0, 255, 256, 70000)))}[kind](dice)


def flatten(node, path, out):
    """(path, type, value) of every scalar, in order; an empty collection has none."""
    if isinstance(node, dict):
        for key, child in node.items():
            flatten(child, path + '/' + key if path else key, out)
    elif isinstance(node, list):
        for i, child in enumerate(node):
            flatten(child, '%s[%d]' % (path, i), out)
    elif isinstance(node, bool):
        out.append((path, 'boolean', 'true' if node else 'false'))
    elif isinstance(node, int):
        out.append((path, 'integer', str(node)))
    elif isinstance(node, float):
        out.append((path, 'real', float(node)))
    elif isinstance(node, plistlib.UID):
        out.append((path, 'uid', str(node.data)))
    elif isinstance(node, datetime.datetime):
        out.append((path, 'date', node.strftime('%Y-%m-%dT%H:%M:%SZ')))
    else:
        out.append((path, 'string', node))
    return out


def without_uids(node):
    """XML spells a UID as a dictionary of its own; that is for readers of keyed archives."""
    if isinstance(node, dict):
        return {k: without_uids(v) for k, v in node.items() if not isinstance(v, plistlib.UID)}
    if isinstance(node, list):
        return [without_uids(v) for v in node if not isinstance(v, plistlib.UID)]
    return node


def dump(data):
    with tempfile.NamedTemporaryFile(suffix='.mobileconfig') as file:
        file.write(data)
        file.flush()
        run = subprocess.run([MAILLINT, 'dump', file.name], stdout=subprocess.PIPE, check=False)
    rows = [json.loads(line) for line in run.stdout.decode().splitlines()]
    return [(r['path'], r['type'], float(r['value']) if r['type'] == 'real' else r['value'])
            for r in rows]


def compare(name, wanted, got):
    if wanted == got:
        return 0
    print('%s: %d values, wanted %d' % (name, len(got), len(wanted)))
    for one, other in zip(wanted, got):
        if one != other:
            print('  wanted %r\n  got    %r' % (one, other))
            break
    return 1


def main():
    failed = values = 0
    for number in range(LISTS):
        dice = random.Random(number)
        content = {'PayloadType': 'Configuration', 'made': value(dice, 4)}
        plain = without_uids(content)
        lists = (('binary', content, plistlib.dumps(content, fmt=plistlib.FMT_BINARY, sort_keys=False)),
                 ('XML', plain, plistlib.dumps(plain, sort_keys=False)))
        for spelling, tree, data in lists:
            wanted = flatten(tree, '', [])
            values += len(wanted)
            failed += compare('list %d, %s' % (number, spelling), wanted, dump(data))
    print('%d lists, %d values, %d different' % (2 * LISTS, values, failed))
    return 1 if failed else 0


if not hasattr(plistlib, 'UID'):
    print('plist_peers.py: plistlib without UIDs (Python before 3.8)')
    sys.exit(77)
sys.exit(main())
