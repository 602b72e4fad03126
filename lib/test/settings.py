"""Baselines and settings by path, from outside: what the command makes of them."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest
import zipfile

COMMAND = os.environ['MLINT_COMMAND']
DEMO = pathlib.Path(os.environ['MLINT_SOURCE_ROOT']) / 'testdata/demo'
PREFS = (DEMO / 'thunderbird/prefs.js').read_bytes()
FORMS = ('text', 'checklist', 'json', 'ndjson', 'sarif', 'junit', 'csv', 'html', 'github')


def run(*args, cwd=None):
    done = subprocess.run([COMMAND, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          cwd=cwd, timeout=240, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def timeless(text):
    return re.sub(r'"milliseconds":\d+', '', text)


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.dir = pathlib.Path(holder.name)

    def write(self, name, data):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def ends(self, code, *args):
        got, out, err = run(*args, cwd=self.dir)
        self.assertEqual(got, code, (args, out[:400], err[:400]))
        return out, err

    def report(self, *args, code=None):
        got, out, err = run('-f', 'json', *args, cwd=self.dir)
        if code is not None:
            self.assertEqual(got, code, err)
        return json.loads(out)


class Baseline(Case):
    def many(self):
        """Copies of few profiles, so that many findings are equal."""
        for i in range(60):
            self.write(f'in/{i % 4}/{i}.js', PREFS.replace(b'ane@', b'ane%d@' % (i % 3)))

    def test_holds_back_what_is_known(self):
        self.write('in/prefs.js', PREFS)
        self.write('in/outlook.reg', (DEMO / 'outlook.reg').read_bytes())
        self.ends(1, '--write-baseline', 'known', 'in')
        found = len(self.report('in')['findings'])
        lines = (self.dir / 'known').read_text().splitlines()
        self.assertEqual(len(lines), found + 1)
        self.assertEqual(lines[1:], sorted(lines[1:], key=lambda line: line.split(' ')[::-1]))
        report = self.report('--baseline', 'known', 'in', code=0)
        self.assertEqual((report['findings'], report['summary']['held_back']), ([], found))
        self.assertNotIn('unused_suppressions', report['summary'])
        out, err = self.ends(0, '--baseline', 'known', 'in')
        self.assertRegex(out, fr'^2 files, .*: nothing new found; {found} known, held back by the baseline')
        self.assertEqual(err, '')

    def test_moved_files_and_reordered_lines(self):
        self.write('in/prefs.js', PREFS)
        self.ends(1, '--write-baseline', 'known', 'in')
        lines = PREFS.splitlines(True)
        (self.dir / 'in/prefs.js').unlink()
        self.write('other/place/jane.js', b'// moved\n' + b''.join(lines[::-1]))
        self.ends(0, '--baseline', 'known', 'other')
        self.write('other/new.js', PREFS.replace(b'ane@', b'im@'))
        report = self.report('--baseline', 'known', 'other', code=1)
        self.assertEqual({f['file'] for f in report['findings']}, {0})
        self.assertEqual(report['files'][0]['path'], 'other/new.js')

    def test_every_form_agrees(self):
        self.many()
        self.ends(1, '--write-baseline', 'known', 'in/0', 'in/1')
        report = self.report('--baseline', 'known', 'in', code=1)
        wanted = len(report['findings'])
        self.assertGreater(report['summary']['held_back'], 0)
        self.assertGreater(wanted, 0)
        forms = {form: run('-f', form, '--baseline', 'known', 'in', cwd=self.dir)[1] for form in FORMS}
        self.assertEqual(len(re.findall(r'(?m)\[[a-z-]+\]$', forms['text'])), wanted)
        self.assertEqual(len(json.loads(forms['sarif'])['runs'][0]['results']), wanted)
        self.assertEqual(sum(json.loads(line)['type'] == 'finding' for line in forms['ndjson'].splitlines()), wanted)
        self.assertEqual(forms['csv'].count('\r\n') - 1, wanted)
        self.assertEqual(len(re.findall(r'(?m)^::(?:error|warning|notice) ', forms['github'])), wanted)
        self.assertEqual(forms['junit'].count('<failure'), wanted)
        failures = sum(map(int, re.findall(r' failures="(\d+)"', forms['junit'])))
        cases = len(re.findall(r'<testcase(?:(?!</testcase>).)*<failure', forms['junit'], re.S))
        self.assertEqual(failures, cases)
        data = json.loads(re.search(r'<script[^>]* id="data"[^>]*>(.*?)</script>', forms['html'], re.S)[1])
        self.assertEqual(len(data['findings']), wanted)
        held = [v for v in report['verdicts'] if v.get('reason') == 'known: the baseline holds it back']
        self.assertEqual(forms['checklist'].count('known: the baseline holds it back') > 0, bool(held))
        self.assertEqual({v['verdict'] for v in held}, {'fail'})

    def test_jobs_do_not_show(self):
        self.many()
        self.ends(1, '--write-baseline', 'known', 'in')
        lines = (self.dir / 'known').read_text().splitlines(True)
        self.write('half', ''.join(lines[:1] + lines[1::2]))
        for form in FORMS:
            outs = {timeless(run('-f', form, '--baseline', 'half', '--write-baseline', f'again{n}', '-j', n, 'in',
                                 cwd=self.dir)[1]) for n in (1, 2, 3, 8)}
            self.assertEqual(len(outs), 1, form)
        for n in (1, 2, 3, 8):
            self.assertEqual((self.dir / f'again{n}').read_text(), ''.join(lines))
        summary = self.report('--baseline', 'half', 'in')['summary']
        self.assertEqual(summary['held_back'], len(lines[1::2]))
        self.assertEqual(summary['errors'] + summary['warnings'] + summary['notes'], len(lines[2::2]))

    def test_one_for_one(self):
        for name in 'abc':
            self.write(f'in/{name}.js', PREFS)
        self.ends(1, '--select', 'no-spa', '--write-baseline', 'known', 'in/a.js', 'in/b.js')
        report = self.report('--select', 'no-spa', '--baseline', 'known', 'in')
        self.assertEqual([(f['rule'], f['file']) for f in report['findings']], [('no-spa', 2)])

    def test_merge(self):
        self.many()
        self.ends(1, '--write-baseline', 'known', 'in')
        lines = (self.dir / 'known').read_text().splitlines(True)
        self.write('half', ''.join(lines[:1] + lines[1::3]))
        for n in (1, 2):
            self.ends(0, '--fail-on', 'never', '-f', 'ndjson', '--facts', '--shard', f'{n}/2', '-o', f'{n}.s', 'in')
        for form in ('json', 'sarif', 'junit', 'csv', 'html', 'github'):
            whole = run('-f', form, '--baseline', 'half', 'in', cwd=self.dir)
            merged = run('merge', '-f', form, '--baseline', 'half', '--write-baseline', 'again', '2.s', '1.s',
                         cwd=self.dir)
            self.assertEqual(timeless(merged[1]), timeless(whole[1]), form)
            self.assertEqual(merged[0], whole[0])
        self.assertEqual((self.dir / 'again').read_text(), ''.join(lines))
        self.ends(0, 'merge', '--baseline', 'known', '1.s', '2.s')
        for option in ('--baseline', '--write-baseline'):
            _, err = self.ends(2, '-f', 'ndjson', '--facts', option, 'known', 'in')
            self.assertIn('leaves the baseline to merge', err)
        # A worker with the setting leaves it to merge as well.
        self.write('.maillint.ini', '[maillint]\nbaseline = known\n')
        out, _ = self.ends(1, '-f', 'ndjson', '--facts', 'in')
        self.assertNotIn('held_back', out)

    def test_hostile_names_and_merge(self):
        for name in (b'\xff\xfe.js', b'a\nb.js', b'\x1b[31m.js', 'a\u202eb.js'.encode(), b'"<>&.js', b' x.js '):
            with open(os.path.join(os.fsencode(self.dir), name), 'wb') as out:
                out.write(PREFS.replace(b'ane@', b'ane@' + name.replace(b'\n', b'\\n').replace(b'"', b'')))
        self.ends(1, '--write-baseline', 'known', '.')
        text = (self.dir / 'known').read_bytes()
        self.assertNotRegex(text.decode(), '[\x00-\x09\x0b-\x1f\x7f\u202e]')
        self.ends(0, '--baseline', 'known', '.')
        (self.dir / 'known').unlink()
        self.ends(0, '--fail-on', 'never', '-f', 'ndjson', '--facts', '-o', 's', '--exclude', 's', '.')
        self.ends(1, 'merge', '--write-baseline', 'merged', 's')
        self.assertEqual((self.dir / 'merged').read_bytes(), text)

    def test_no_password(self):
        self.write('in/kim.mobileconfig', (DEMO / 'kim.mobileconfig').read_bytes())
        self.ends(1, '--write-baseline', 'known', 'in')
        known = (self.dir / 'known').read_text()
        self.assertIn(' readable-password in/kim.mobileconfig', known)
        self.assertNotIn('ijkl', known)
        other = (DEMO / 'kim.mobileconfig').read_bytes().replace(b'ijkl', b'mnop')
        self.assertNotEqual(other, (DEMO / 'kim.mobileconfig').read_bytes())
        self.write('in/kim.mobileconfig', other)
        self.ends(1, '--write-baseline', 'other', 'in')
        self.assertEqual((self.dir / 'other').read_text(), known)

    def test_unused_entries(self):
        self.write('in/a.js', PREFS)
        self.write('in/b.js', PREFS.replace(b'ane@', b'im@'))
        self.ends(1, '--select', 'no-spa,username-lowercase', '--write-baseline', 'known', 'in')
        self.write('in/a.js', PREFS.replace(b'authMethod", 6', b'authMethod", 3'))
        args = ('--select', 'no-spa,username-lowercase', '--baseline', 'known')
        out, err = self.ends(0, *args, 'in')
        self.assertEqual(err, 'maillint: known:2: no longer found: no-spa in in/a.js\n')
        self.assertEqual(self.report(*args, 'in')['summary']['unused_suppressions'], 1)
        self.assertEqual(self.ends(0, *args, '--quiet', 'in')[1], '')
        # A run of some files says nothing of the others, until they are gone.
        self.assertEqual(self.ends(0, *args, 'in/b.js')[1], '')
        self.assertEqual(self.ends(0, *args, '--shard', '1/1', 'in')[1], '')
        (self.dir / 'in/a.js').unlink()
        self.assertEqual(len(self.ends(0, *args, 'in/b.js')[1].splitlines()), 2)
        # So it is for the members of an archive that is there, in a folder with a "!" in its name too.
        self.write('in!/a.zip', 'x')
        for place, lines in (('in!/a.zip!b/prefs.js', 0), ('in!/none.zip!prefs.js', 1)):
            self.write('known', f'# maillint baseline 1\n{1:016x} no-spa {place}\n')
            self.assertEqual(len(self.ends(1, *args, 'in/b.js')[1].splitlines()), lines, place)
        self.write('known', '# maillint baseline 1\n' + ''.join('%016x no-spa in/x.js\n' % i for i in range(14)))
        _, err = self.ends(1, *args, 'in')
        self.assertEqual(len(err.splitlines()), 11)
        self.assertIn('and 4 more', err)

    def test_files(self):
        prefs = self.write('in/prefs.js', PREFS)
        self.assertIn('cannot read baseline none', self.ends(2, '--baseline', 'none', 'in')[1])
        self.assertIn('bad:2: is no', self.ends(2, '--baseline', self.write('bad', '# maillint baseline 1\nx\n').name, 'in')[1])
        self.ends(2, '--write-baseline', prefs, 'in/prefs.js')
        self.assertEqual(prefs.read_bytes(), PREFS)
        self.ends(2, '--write-baseline', 'same', '-o', 'same', 'in')
        self.ends(2, '--write-baseline', '-', 'in')
        self.ends(2, '--write-baseline', 'none/known', 'in')
        target = self.write('real/known', 'old')
        (self.dir / 'link').symlink_to('real/known')
        self.ends(1, '--write-baseline', 'link', 'in')
        self.assertTrue(target.read_text().startswith('# maillint baseline 1'))
        # Anew in its place, the first time too.
        for code in (1, 0):
            self.ends(code, '--baseline', 'fresh', '--write-baseline', 'fresh', 'in')
        self.assertEqual((self.dir / 'fresh').read_text(), target.read_text())
        self.assertEqual({p.name for p in self.dir.iterdir()}, {'in', 'bad', 'real', 'link', 'fresh'})

    def test_the_setting_stands_where_its_file_does(self):
        self.write('below/in/prefs.js', PREFS)
        self.ends(1, '--write-baseline', 'known', 'below')
        self.write('.maillint.ini', '[maillint]\nbaseline = known\n')
        code, out, _ = run('in', cwd=self.dir / 'below')
        self.assertEqual(code, 0, out)
        rows = json.loads(run('config', '-f', 'json', cwd=self.dir / 'below')[1])
        self.assertIn({'name': 'baseline', 'value': str(self.dir / 'known'),
                       'origin': str(self.dir / '.maillint.ini') + ':2'}, rows)
        self.assertEqual(run('show', 'in', cwd=self.dir / 'below')[0], 0)

    def test_an_interrupted_run_writes_none(self):
        self.write('known', '# maillint baseline 1\n0123456789abcdef no-spa gone\n')
        process = subprocess.Popen([COMMAND, '--write-baseline', 'known', '--baseline', 'known', '-f', 'json',
                                    '--files-from', '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=self.dir)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 3, err)
        self.assertTrue(json.loads(out)['summary']['incomplete'])
        self.assertNotIn(b'no longer found', err)
        self.assertIn('gone', (self.dir / 'known').read_text())
        self.assertEqual([p.name for p in self.dir.iterdir()], ['known'])


class Paths(Case):
    def levels(self, *args, rule='no-spa', cwd=None):
        _, out, err = run('-f', 'json', *args, cwd=cwd or self.dir)
        self.assertTrue(out, err)
        report = json.loads(out)
        return {report['files'][f['file']]['path']: f['severity'] for f in report['findings'] if f['rule'] == rule}

    def tree(self):
        for name in ('a/prefs.js', 'old/prefs.js', 'old/x/jane.js', 'b/old.js'):
            self.write('in/' + name, PREFS)

    def test_levels_by_path(self):
        self.tree()
        for glob, lowered in (('in/old', 'old/prefs.js old/x/jane.js'), ('old', 'old/prefs.js old/x/jane.js'),
                              ('in/old/*', 'old/prefs.js old/x/jane.js'), ('in/*/*.js', 'a/prefs.js old/prefs.js b/old.js'),
                              ('prefs.js', 'a/prefs.js old/prefs.js'), ('**/jane.js', 'old/x/jane.js'),
                              ('in/**/prefs.js', 'a/prefs.js old/prefs.js'), ('in/[ab]/*', 'a/prefs.js b/old.js'),
                              ('old/', 'old/prefs.js old/x/jane.js'), ('?/prefs.js', ''), ('in', 'a/prefs.js old/prefs.js '
                               'old/x/jane.js b/old.js'), (f'{self.dir}/in/a/**', 'a/prefs.js')):
            self.write('.maillint.ini', f'[path {glob}]\nno-spa = note\n')
            got = self.levels('in')
            self.assertEqual({name for name, level in got.items() if level == 'note'},
                             {'in/' + name for name in lowered.split()}, glob)
            self.assertEqual(len(got), 4)
            below = self.levels('.', cwd=self.dir / 'in')
            self.assertEqual({'in/' + name: level for name, level in below.items()}, got, glob)
            whole = self.levels(self.dir / 'in')
            self.assertEqual({name[len(str(self.dir)) + 1:]: level for name, level in whole.items()}, got, glob)

    def test_order(self):
        self.tree()
        self.write('.maillint.ini', '[path old]\nno-spa = note\n[path jane.js]\nno-spa = off\n'
                   '[severity]\nno-spa = warning\n')
        self.assertEqual(self.levels('in'), {'in/a/prefs.js': 'warning', 'in/b/old.js': 'warning',
                                             'in/old/prefs.js': 'note'})
        self.assertEqual(set(self.levels('--severity', 'no-spa=error', 'in').values()), {'error'})
        self.assertEqual(len(self.levels('--severity', 'no-spa=error', 'in')), 4)
        self.assertEqual(self.levels('--ignore', 'no-spa', 'in'), {})

    def test_other_settings(self):
        self.tree()
        self.write('.maillint.ini', '[path a]\nignore = no-spa, syntax\n[path b]\nselect = no-spa\n'
                   '[path old]\nmin-interval = 1\nprovider = generic\n')
        report = self.report('in')
        found = {(report['files'][f['file']]['path'], f['rule']) for f in report['findings']}
        self.assertEqual({rule for path, rule in found if path == 'in/b/old.js'}, {'no-spa'})
        self.assertNotIn(('in/a/prefs.js', 'no-spa'), found)
        self.assertIn(('in/a/prefs.js', 'check-interval'), found)
        self.assertNotIn(('in/old/prefs.js', 'check-interval'), found)
        self.assertIn(('in/old/prefs.js', 'check-interval'),
                      {(report['files'][f['file']]['path'], f['rule'])
                       for report in [self.report('--min-interval', '10', 'in')] for f in report['findings']})

    def test_rules_between_files_and_merge(self):
        self.tree()
        self.write('.maillint.ini', '[path old]\nsingle-pop-session = off\n[path b]\nsingle-pop-session = note\n')
        got = self.levels('in', rule='single-pop-session')
        self.assertEqual(got, {'in/a/prefs.js': 'warning', 'in/b/old.js': 'note'})
        for n in (1, 2):
            self.ends(0, '--fail-on', 'never', '-f', 'ndjson', '--facts', '--shard', f'{n}/2', '-o', f'{n}.s', 'in')
        for form in ('json', 'sarif', 'csv'):
            self.assertEqual(timeless(run('merge', '-f', form, '1.s', '2.s', cwd=self.dir)[1]),
                             timeless(run('-f', form, 'in', cwd=self.dir)[1]), form)
        self.write('.maillint.ini', '[path old]\nno-spa = off\n')
        self.ends(0, '--fail-on', 'never', '-f', 'ndjson', '--facts', '-o', '3.s', 'in')
        self.assertIn('3.s', self.ends(3, 'merge', '1.s', '3.s')[1])

    def test_members_of_archives(self):
        with zipfile.ZipFile(self.dir / 'export.zip', 'w') as archive:
            archive.writestr('profile/prefs.js', PREFS)
        for glob in ('export.zip', '*.zip', 'prefs.js', 'export.zip!profile', '**/prefs.js'):
            self.write('.maillint.ini', f'[path {glob}]\nno-spa = note\n')
            self.assertEqual(self.levels('export.zip'), {'export.zip!profile/prefs.js': 'note'}, glob)

    def test_mistakes(self):
        for text, line, why in (
                ('[path a]\nno-spaa = off\n', 2, 'did you mean "no-spa"?'),
                ('[path a]\nmin-intervall = 5\n', 2, 'did you mean "min-interval"?'),
                ('[path a]\nno-spa = of\n', 2, 'did you mean "off"?'),
                ('[path a]\nprovider = turbfy\n', 2, 'did you mean "turbify"?'),
                ('\n[path a]\n\nselect = no-sap\n', 4, 'did you mean "no-spa"?'),
                ('[path ]\nno-spa = off\n', 2, '[path'),
                ('[pth a]\nno-spa = off\n', 2, 'no section is called'),
                ('[maillint]\nworking-folder = /\n', 2, 'not for settings files'),
                ('[path x]\nfail-on = note\n', 2, '[path GLOB] takes rules'),
                (''.join(f'[path {i}]\nno-spa = off\n' for i in range(65)), 130, 'more than 64')):
            self.write('.maillint.ini', text)
            _, err = self.ends(2, 'config')
            self.assertIn(f'.maillint.ini:{line}: ', err, text)
            self.assertIn(why, err)

    def test_config_shows_them(self):
        long = 'long-' * 20 + '[a-z]'
        settings = self.write('.maillint.ini', f'[path old]\nno-spa = note\nmin-interval = 3\n[path {long}*]\n'
                              'select = no-spa\n')
        rows = {row['name']: (row['value'], row['origin'])
                for row in json.loads(self.ends(0, 'config', '-f', 'json')[0])}
        self.assertEqual(rows['path old: severity no-spa'], ('note', f'{settings}:2'))
        self.assertEqual(rows['path old: min-interval'], ('3', f'{settings}:3'))
        self.assertEqual(rows[f'path {long}*: select'], ('no-spa', f'{settings}:5'))
        self.assertEqual(rows['severity no-spa'], ('error', 'default'))
        rows = {row['name']: (row['value'], row['origin']) for row in
                json.loads(self.ends(0, 'config', '-f', 'json', '--for', 'x/old/prefs.js')[0])}
        self.assertEqual(rows['severity no-spa'], ('note', f'{settings}:2'))
        self.assertEqual(rows['min-interval'], ('3', f'{settings}:3'))
        self.assertFalse([name for name in rows if name.startswith('path ')])

    def test_unused_sections(self):
        self.tree()
        settings = self.write('.maillint.ini', '[path old]\nno-spa = note\n\n[path gone/**]\nno-spa = off\n')
        _, err = self.ends(1, '.')
        self.assertEqual(err, f'maillint: {settings}:4: matches no file: [path gone/**]\n')
        self.assertEqual(self.report('.')['summary']['unused_suppressions'], 1)
        # Part of the tree says nothing of the rest.
        self.assertEqual(self.ends(1, 'in')[1], '')
        self.assertEqual(self.ends(1, '--shard', '1/1', '.')[1], '')
        self.assertEqual(self.ends(1, '-q', '.')[1], '')


if __name__ == '__main__':
    unittest.main(verbosity=1)
