"""Every JSON document over the test data, and every record of the stream, fits the schema.

The documents are made by the command. Skipped (77) where Python's jsonschema is not installed."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print('skipped: Python has no jsonschema (Debian: python3-jsonschema)')
    sys.exit(77)

ROOT = pathlib.Path(os.environ['MLINT_SOURCE_ROOT'])
COMMAND = os.environ['MLINT_COMMAND']
SCHEMA = json.loads((ROOT / 'lib/report/maillint.schema.json').read_text())
DOCUMENT = jsonschema.Draft202012Validator(SCHEMA)
RECORD = jsonschema.Draft202012Validator({**SCHEMA, 'oneOf': [{'$ref': '#/$defs/record'}]})
failures = 0


def fail(text):
    global failures
    failures += 1
    print('FAILED:', text)


def run(*args):
    done = subprocess.run([COMMAND, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1, 3):
        fail(f'{args}: exit {done.returncode}: {done.stderr[:200]}')
    return done.stdout.decode('utf-8')  # anything that is not UTF-8 ends the test


def fits(validator, value, what):
    for error in list(validator.iter_errors(value))[:3]:
        place = '/'.join(map(str, error.absolute_path))
        fail(f'{what}: at {place}: {error.message[:300]}')


def numbers_hold(report, what):
    """Ids are places in their lists, and nothing refers to what is not there."""
    files, accounts = len(report['files']), len(report['accounts'])
    if [a['id'] for a in report['accounts']] != list(range(accounts)):
        fail(f'{what}: account ids are not consecutive')
    for i, file in enumerate(report['files']):
        if file['accounts'] != sum(a['file'] == i for a in report['accounts']):
            fail(f'{what}: {file["path"]} has not the accounts it says')
    for item in report.get('verdicts', []) + report.get('findings', []):
        if (item['account'] or 0) >= max(accounts, 1) or item.get('file', 0) >= files:
            fail(f'{what}: {item} refers to nothing')
    levels = [f['severity'] for f in report.get('findings', [])]
    for key, level in (('errors', 'error'), ('warnings', 'warning'), ('notes', 'note')):
        if 'summary' in report and report['summary'][key] != levels.count(level):
            fail(f'{what}: the summary counts {key} wrongly')


def stream_agrees(report, lines, what):
    """The stream has the document's objects, type by type, in the same order."""
    for kind, items in (('file', 'files'), ('account', 'accounts'), ('finding', 'findings')):
        records = [r for r in lines if r['type'] == kind]
        plain = [{k: v for k, v in r.items() if k in i} for r, i in zip(records, report[items])]
        if len(records) != len(report[items]) or plain != report[items]:
            fail(f'{what}: {kind} records differ from the document')
    verdicts = [(r['rule'], r['account'], r['verdict']) for r in lines if r['type'] == 'verdict']
    if verdicts != [(v['rule'], v['account'], v['verdict']) for v in report['verdicts']]:
        fail(f'{what}: verdict records differ from the document')
    if lines[0]['type'] != 'header' or lines[-1]['type'] != 'summary':
        fail(f'{what}: the stream lacks its header or trailer')


def check(paths, what):
    report = json.loads(run('check', '--no-config', '--format', 'json', *paths))
    fits(DOCUMENT, report, what)
    numbers_hold(report, what)
    shown = json.loads(run('show', '--format', 'json', *paths))
    fits(DOCUMENT, shown, f'show {what}')
    numbers_hold(shown, f'show {what}')
    text = run('check', '--no-config', '--format', 'ndjson', '--facts', *paths)
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        fits(RECORD, line, f'stream {what}')
    stream_agrees(report, lines, what)
    return report


def odd_files(folder):
    prefs = b'user_pref("mail.accountmanager.accounts", "account1");\n'
    folder.mkdir()
    (folder / 'empty.reg').write_bytes(b'')
    (folder / 'cut.js').write_bytes(prefs + b'user_pref("mail.account.account1.server", "ser')
    (folder / 'zero.js').write_bytes(bytes(5000))
    (folder / b'bad\xff\x1b[31m"<script>.js'.decode('utf-8', 'surrogateescape')).write_bytes(prefs)
    return [folder, folder / 'missing.reg']


def main():
    with tempfile.TemporaryDirectory() as scratch:
        check(odd_files(pathlib.Path(scratch) / 'odd'), 'odd files')
    whole = check([ROOT / 'testdata'], 'all of testdata')
    if not whole['accounts']:
        fail('testdata has no accounts')
    for folder in sorted((ROOT / 'testdata').glob('*/*/*')):
        if folder.is_dir() and folder.parts[-3] in ('formats', 'rules', 'reports'):
            check([folder], folder.relative_to(ROOT))
    print(f'{len(whole["files"])} files, {failures} failures')
    sys.exit(failures > 0)


main()
