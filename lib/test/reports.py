"""Reports in the forms of others: read back by what reads them, with hostile names inside.

Skipped: nothing; Python's own readers of CSV, XML, JSON and HTML are enough."""
import csv
import html.parser
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.dom.minidom

ROOT = pathlib.Path(os.environ['MLINT_SOURCE_ROOT'])
COMMAND = os.environ['MLINT_COMMAND']
CONTROL = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]')
NAMES = {
    'control characters': b'\x1b[31mred\x07',
    'quotes': b'a"b\'c',
    'script': b'</script><script>alert(1)</script>',
    'comment': b'<!--<script>',
    'formula': b'=cmd|calc',
    'plus': b'+1+1',
    'at': b'@SUM(A1)',
    'command': b'%0A::error::x',
    'line end': b'one\n::warning::two',
    'bidi': 'a\u202etxt.exe'.encode(),
    'invalid UTF-8': b'\xff\xfe\xc3(',
    'noncharacter': '\uffff\ufffe'.encode(),
    'cdata': b']]>&amp;',
    'backslash': b'\\u003c\\',
}
failures = 0


def expect(truth, text):
    global failures
    if not truth:
        failures += 1
        print('FAILED:', text)


def run(form, *paths):
    done = subprocess.run([COMMAND, 'check', '--no-config', '--color', 'never', '--format', form, *paths],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    expect(done.returncode in (0, 1, 3), f'{form}: exit {done.returncode} {done.stderr[:300]}')
    return done.stdout.decode('utf-8')


def account(value):
    """A profile whose account has the hostile value for its names and its outgoing host."""
    text = value.replace(b'\\', b'\\\\').replace(b'"', b'\\"').replace(b'\n', b'\\n')
    prefs = {b'mail.accountmanager.accounts': b'"account1"', b'mail.account.account1.server': b'"server1"',
             b'mail.account.account1.identities': b'"id1"', b'mail.server.server1.type': b'"pop3"',
             b'mail.server.server1.hostname': b'"pop.example.com"',
             b'mail.server.server1.name': b'"' + text + b'"',
             b'mail.server.server1.userName': b'"' + text + b'"', b'mail.server.server1.authMethod': b'6',
             b'mail.identity.id1.useremail': b'"' + text + b'"', b'mail.identity.id1.smtpServer': b'"smtp1"',
             b'mail.smtpserver.smtp1.hostname': b'"' + text + b'"',
             b'mail.smtpserver.smtp1.username': b'"' + text + b'"', b'mail.smtpservers': b'"smtp1"'}
    return b''.join(b'user_pref("%s", %s);\n' % item for item in prefs.items())


def check_json(text, what):
    report = json.loads(text)
    expect(not CONTROL.search(text), f'{what}: a control character is not escaped')
    return report


def check_csv(text, _):
    rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    expect(all(len(row) == len(rows[0]) for row in rows), 'csv: a row of another length')
    for row in rows:
        for cell in row:
            expect(not re.match('[\\s"]*[=+\\-@|%\t\r\uff1d\uff0b\uff0d\uff20]', cell),
                   f'csv: a cell may be a formula: {cell!r}')
    return rows


def check_github(text, report):
    lines = text.splitlines()[:-1]
    commands = [re.fullmatch(r'::(error|warning|notice) ([^:]*(?::(?!:)[^:]*)*)::(.*)', line) for line in lines]
    expect(all(commands), f'github: a line is no command: {[l for l, c in zip(lines, commands) if not c][:2]}')
    troubles = sum(f['status'] in ('damaged', 'unreadable', 'limit') or
                   (f['status'] == 'unrecognised' and 'detail' in f) for f in report['files'])
    expect(len(lines) == len(report['findings']) + troubles, 'github: other commands than findings')
    for match in filter(None, commands):
        expect(all('=' in part and re.sub('%(25|0A|0D|3A|2C)', '', part).count('%') == 0
                   for part in match[2].split(',')), f'github: a property is not escaped: {match[2]}')


def check_junit(text, report):
    root = xml.dom.minidom.parseString(text.encode()).documentElement
    expect(root.tagName == 'testsuites', 'junit: no testsuites')
    failed = 0
    for suite in root.getElementsByTagName('testsuite'):
        cases = suite.getElementsByTagName('testcase')
        expect(len(cases) == int(suite.getAttribute('tests')), 'junit: tests are counted wrongly')
        for kind, key in (('failure', 'failures'), ('error', 'errors'), ('skipped', 'skipped')):
            got = sum(bool(case.getElementsByTagName(kind)) for case in cases)
            expect(got == int(suite.getAttribute(key)), f'junit: {key} are counted wrongly')
        failed += len(suite.getElementsByTagName('failure'))
    bad = {(v['account'], v['rule']) for v in report['verdicts'] if v['verdict'] == 'fail'}
    told = [f for f in report['findings'] if f['account'] is None or (f['account'], f['rule']) in bad]
    expect(failed == len(told), f'junit: {failed} failures for {len(told)} findings')


def check_sarif(text, report):
    log = check_json(text, 'sarif')
    expect(log['version'] == '2.1.0' and len(log['runs']) == 1, 'sarif: not one run of 2.1.0')
    one = log['runs'][0]
    rules = one['tool']['driver']['rules']
    expect(len({r['id'] for r in rules}) == len(rules), 'sarif: a rule stands twice')
    for rule in rules:
        expect(rule['defaultConfiguration']['level'] in ('error', 'warning', 'note'), 'sarif: a rule\'s level')
    expect(len(one['results']) == len(report['findings']), 'sarif: other results than findings')
    order = [('error', 'warning', 'note').index(r['level']) for r in one['results']]
    expect(order == sorted(order), 'sarif: results do not stand by severity')
    for result in one['results']:
        expect(rules[result['ruleIndex']]['id'] == result['ruleId'], 'sarif: ruleIndex')
        expect(result['message']['text'], 'sarif: an empty message')
        expect(re.fullmatch('[0-9a-f]{16}', result['partialFingerprints']['maillint/v1']), 'sarif: fingerprint')
        for place in result['locations'] + result.get('relatedLocations', []):
            uri = place['physicalLocation']['artifactLocation']['uri']
            expect(re.fullmatch(r"(file:///)?([A-Za-z0-9._~/!$&'()*+,;=@-]|%[0-9A-F]{2})+", uri),
                   f'sarif: no URI: {uri}')
            region = place['physicalLocation'].get('region', {})
            expect(all(region.get(k, 1) >= 1 for k in ('startLine', 'startColumn', 'endLine', 'endColumn')),
                   'sarif: a region from 0')
        for fix in result.get('fixes', []):
            for change in fix['artifactChanges']:
                expect(change['replacements'] and all('deletedRegion' in r for r in change['replacements']),
                       'sarif: an empty fix')
    expect(len(one['invocations']) == 1, 'sarif: no invocation')


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.scripts, self.policy, self.inside = [], '', False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        expect(not [a for a in attrs if a.startswith('on') or a in ('src', 'style')], f'html: {tag} has {attrs}')
        expect(tag in ('link',) or not attrs.get('href'), 'html: loads something')
        if attrs.get('http-equiv') == 'Content-Security-Policy':
            self.policy = attrs['content']
        if tag == 'script':
            self.scripts.append('')
            self.inside = True

    def handle_endtag(self, tag):
        self.inside &= tag != 'script'

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] += data


def check_html(text, report):
    page = Page()
    page.feed(text)
    expect("default-src 'none'" in page.policy and 'unsafe' not in page.policy, 'html: no strict policy')
    expect(len(page.scripts) == 2, f'html: {len(page.scripts)} scripts')
    data = check_json(page.scripts[0], 'html')
    expect(len(data['accounts']) == len(report['accounts']), 'html: other accounts')
    expect(len(data['findings']) == len(report['findings']), 'html: other findings')
    expect([f['path'] for f in data['files']] == [f['path'] for f in report['files']], 'html: other files')


def check_plain(text, _):
    expect(not CONTROL.search(text.replace('\n', '')), 'a control character reaches the terminal')


CHECKS = {'csv': check_csv, 'github': check_github, 'junit': check_junit, 'sarif': check_sarif,
          'html': check_html, 'text': check_plain, 'checklist': check_plain}


def check_all(paths, what):
    report = check_json(run('json', *paths), what)
    for line in run('ndjson', *paths).splitlines():
        check_json(line, what)
    for form, check in CHECKS.items():
        before = failures
        check(run(form, *paths), report)
        if failures > before:
            print('  in', form, 'with', what)
    return report


def check_ceiling():
    """GitHub takes 25,000 results of a run: the least severe ones go, and the report says so."""
    text = (ROOT / 'testdata/demo/thunderbird/prefs.js').read_text()
    with tempfile.TemporaryDirectory() as scratch:
        for i in range(7000):
            (pathlib.Path(scratch) / f'{i}.js').write_text(text.replace('Jane', f'Jane{i}'))
        log = check_json(run('sarif', scratch), 'many results')
    one = log['runs'][0]
    levels = [r['level'] for r in one['results']]
    told = [n['message']['text'] for n in one['invocations'][0]['toolExecutionNotifications']]
    left = re.match('([0-9]+) results are left out', told[-1]) if told else None
    expect(len(levels) == 25000, f'sarif: {len(levels)} results')
    expect(levels == sorted(levels), 'sarif: errors do not come first')
    expect(levels.count('error') == 3 * 7000, f'sarif: {levels.count("error")} of the errors are kept')
    expect(left and int(left[1]) == 4 * 7000 - 25000, f'sarif: no word of what is left out: {told[-1:]}')


def main():
    check_ceiling()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = scratch.encode()
        for what, name in NAMES.items():
            path = os.path.join(scratch, name.replace(b'/', b'\\') + b'.js')
            with open(path, 'wb') as out:
                out.write(account(name))
            report = check_all([path], what)
            expect(report['findings'], f'{what}: the hostile account has no finding')
        check_all([scratch], 'all hostile names at once')
        names = [f['path'] for f in check_all([scratch], 'all')['files']]
        expect(len(names) == len(NAMES), 'not every hostile file was read')
    check_all([ROOT / 'testdata'], 'all of testdata')
    print(f'{failures} failures')
    sys.exit(failures > 0)


main()
