"""The command from outside: options, walking, output, exit codes, signals, what it leaves behind.

What reports say is held by the golden cases; here is only what the command itself does."""
import ctypes
import json
import os
import pathlib
import plistlib
import pty
import re
import resource
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(os.environ['MLINT_SOURCE_ROOT'])
COMMAND = os.environ['MLINT_COMMAND']
SANITIZED = 'MLINT_SANITIZED' in os.environ
DEMO = ROOT / 'testdata/demo'
PREFS = (DEMO / 'thunderbird/prefs.js').read_bytes()
NOBODY = 65534

# An account that every rule is content with, or cannot judge.
GOOD = b'''user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.identity.id1.useremail", "a@example.com");
user_pref("mail.server.server1.hostname", "imap.bizmail.yahoo.com");
user_pref("mail.server.server1.port", 993);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.userName", "a@example.com");
user_pref("mail.smtpserver.smtp1.authMethod", 3);
user_pref("mail.smtpserver.smtp1.hostname", "smtp.bizmail.yahoo.com");
user_pref("mail.smtpserver.smtp1.port", 465);
user_pref("mail.smtpserver.smtp1.try_ssl", 3);
user_pref("mail.smtpserver.smtp1.username", "a@example.com");
user_pref("mail.smtpservers", "smtp1");
'''
BAD = GOOD.replace(b'userName", "a@', b'userName", "A@')  # username-lowercase, an error


class Done:
    def __init__(self, process, out, err):
        self.code = process.returncode
        self.out = out.decode('utf-8')
        self.err = err.decode('utf-8')


def open_terminal(case):
    try:
        return pty.openpty()
    except OSError:
        case.skipTest('no pseudo-terminals here')


def run(*args, stdin=b'', cwd=None, command=COMMAND, **options):
    command = [command, *(a if isinstance(a, bytes) else str(a) for a in args)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, cwd=cwd, **options)
    out, err = process.communicate(stdin, timeout=240)
    return Done(process, out, err)


def records(text, kind=None):
    rows = [json.loads(line) for line in text.splitlines()]
    return [row for row in rows if kind in (None, row['type'])]


def paths(text):
    return [row['path'] for row in records(text, 'file')]


def timeless(text):
    return re.sub(r'"milliseconds":\d+', '', text)


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.dir = pathlib.Path(holder.name)
        self.dir.chmod(0o755)

    def write(self, name, data=GOOD):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def ends(self, code, *args, **options):
        done = run(*args, **options)
        self.assertEqual(done.code, code, (args, done.out[:400], done.err[:400]))
        return done


class Usage(Case):
    def test_help(self):
        main = self.ends(0, '--help').out
        commands = re.findall(r'^  ([a-z]+) +\S', main, re.M)
        self.assertLessEqual({'check', 'show', 'dump', 'rules', 'explain', 'formats'}, set(commands))
        for command in commands:
            text = self.ends(0, command, '--help').out
            self.assertIn('Usage: maillint ' + command, text)
            self.assertIn('--help', text)
            self.assertLessEqual(max(map(len, text.splitlines())), 80, command)

    def test_every_option_is_documented(self):
        page = (ROOT / 'tools/maillint/maillint.1.in').read_text().replace('\\-', '-')
        completions = {name: (ROOT / 'tools/maillint/completions' / name).read_text()
                       for name in ('maillint.bash', '_maillint', 'maillint.fish')}
        main = self.ends(0, '--help').out
        for command in re.findall(r'^  ([a-z]+) +\S', main, re.M):
            self.assertRegex(page, r'\n\.B %s\n' % command)
            for option in re.findall(r'^  (?:-\w,|   ) --([a-z-]+)', run(command, '--help').out, re.M):
                self.assertRegex(page, r'--%s\b' % option, 'manual page')
                for name, text in completions.items():
                    self.assertRegex(text, r'\b%s\b' % option, name)
            for name, text in completions.items():
                self.assertRegex(text, r'\b%s\b' % command, name)

    def test_version(self):
        self.assertRegex(self.ends(0, '--version').out, r'^maillint \d+\.\d+\.\d+\n$')

    def test_nearest_names(self):
        good = self.write('prefs.js')
        for wanted, args in {
            '--min-interval': ['check', '--min-intervall', '5', good],
            '--format': ['--formt=json', good],
            '"check"': ['chekc', good],
            '"json"': ['--format', 'jsno', good],
            '"no-spa"': ['explain', 'no-spaa'],
            'no-spa': ['--select', 'no-sap', good],
            'check-interval': ['--severity', 'check-intervall=note', good],
            'warning': ['--fail-on', 'warnin', good],
            'turbify': ['--provider', 'turbfy', good],
            '"apple-mobileconfig"': ['--input-format', 'aple-mobileconfig', good],
        }.items():
            done = self.ends(2, *args)
            self.assertIn(wanted, done.err, args)
            self.assertEqual(done.out, '', args)

    def test_wrong_usage(self):
        good = self.write('prefs.js')
        for args in ([], ['check'], ['dump'], ['dump', good, good], ['explain'], ['rules', 'x'],
                     ['--jobs', '0', good], ['--jobs', 'x', good], ['--jobs'], ['-Z', good],
                     ['--quiet=1', good], ['--color', 'sometimes', good],
                     ['--config', 'x', '--no-config', good], ['--config', self.dir / 'none', good],
                     ['--min-interval', '-1', good], ['--min-interval', 'ten', good],
                     ['--alias', 'x', good], ['--facts', good], ['--shard', '3/2', good],
                     ['--shard', '0/2', good], ['--shard', 'x', good], ['--limit-size', '0', good],
                     ['--symptom', 'sneezing', good]):
            done = self.ends(2, *args)
            self.assertNotEqual(done.err, '', args)
            self.assertEqual(done.out, '', args)

    def test_options_stand_anywhere_until_dashes(self):
        self.write('--quiet')
        done = self.ends(0, 'prefs.js', '-q', '-fndjson', '--', '--quiet', cwd=self.write('prefs.js').parent)
        self.assertEqual(paths(done.out), ['prefs.js', '--quiet'])


class Settings(Case):
    def test_levels_from_a_file_here_or_above(self):
        self.write('.maillint.ini', b'[severity]\nusername-lowercase = off\n')
        self.write('below/prefs.js', BAD)
        self.ends(0, 'prefs.js', cwd=self.dir / 'below')
        self.ends(1, '--no-config', 'prefs.js', cwd=self.dir / 'below')
        self.ends(1, '--severity', 'username-lowercase=error', 'prefs.js', cwd=self.dir / 'below')

    def test_the_users_file(self):
        bad = self.write('prefs.js', BAD)
        self.write('xdg/maillint/maillint.ini', b'[severity]\nusername-lowercase = off\n')
        self.ends(0, bad, cwd='/', env={**os.environ, 'XDG_CONFIG_HOME': str(self.dir / 'xdg')})

    def test_unknown_keys(self):
        bad = self.write('wrong.ini', b'[maillint]\nmin-intervall = 5\n')
        self.assertIn('min-interval', self.ends(2, '--config', bad, self.write('prefs.js')).err)

    def test_aliases(self):
        prefs = self.write('prefs.js', GOOD.replace(b'userName", "a@', b'userName", "info@'))
        aliases = self.write('aliases.csv', b'info@example.com,a@example.com\n')
        for args in (['--alias', 'info@example.com=a@example.com'], ['--aliases', aliases]):
            self.assertIn('[username-alias]', self.ends(1, *args, prefs).out)


    def test_installation(self):
        app = 'tb/usr/lib/thunderbird'
        locked = b'{"policies": {"Preferences": {"mail.server.server1.check_time": %d}}}'
        profile = self.write('profile/prefs.js', PREFS)
        self.ends(2, 'check', '--installation', self.dir / 'tb', profile)
        self.write(app + '/distribution/policies.json', locked % 3)
        report = self.ends(1, 'check', '--installation', self.dir / app, profile).out
        self.assertIn('thunderbird/distribution/policies.json:1:', report)
        self.assertIn(f'also: {profile}', report)
        # where there is one in etc, that of the application's folder is not read
        etc = self.write('tb/etc/thunderbird/policies/policies.json', locked % 5)
        report = self.ends(1, 'check', '--installation', self.dir / app, profile).out
        self.assertIn(f'{etc}:1:', report)
        self.assertIn('every 5 minutes', report)
        settings = self.write('.maillint.ini', b'[maillint]\ninstallation = tb\n')
        self.assertIn('whole path', self.ends(2, 'check', '--config', settings, profile).err)

    def test_an_application_folder_is_one_installation(self):
        script = b''.join(b'pref("mail.%s", "%s");\n' % pair for pair in (
            (b'accountmanager.appendaccounts', b'account1'), (b'account.account1.server', b'server1'),
            (b'server.server1.type', b'imap'), (b'server.server1.hostname', b'imap.example.com'),
            (b'server.server1.userName', b'JANE@example.com')))
        head = self.write('app/defaults/pref/company.js', script)
        other = self.write('app/distribution/policies.json', b'{"policies": {"Preferences": {'
                           b'"mail.server.server1.authMethod": 6}}}')
        report = self.ends(1, 'check', self.dir / 'app').out
        self.assertIn(f'{other}:1:', report)
        self.assertIn(f'{head}:5:', report)
        self.assertIn('2 files, 1 account', report)
        # a file that is named stands by itself
        self.assertIn('1 file, 0 accounts', self.ends(0, 'check', other).out)

    def test_config_says_where_each_setting_came_from(self):
        plain = json.loads(self.ends(0, 'config', '--no-config', '--format', 'json').out)
        self.assertEqual({row['origin'] for row in plain}, {'default'})
        self.assertIn({'name': 'min-interval', 'value': '10', 'origin': 'default'}, plain)
        self.assertIn({'name': 'severity no-spa', 'value': 'error', 'origin': 'default'}, plain)
        provider = self.write('own.ini', b'[provider]\nid = ours\n')
        settings = self.write('.maillint.ini', b'[maillint]\nmin-interval = 15\nfail-on = error\n'
                              b'ignore = encoding\n\n[severity]\nno-spa = note\n\n'
                              b'[aliases]\nSales@example.com = jane@example.com\n'
                              b'[domains]\nexample.com = turbify\n'
                              b'[rule own]\nfield = host\npattern = x\nmessage = m\n')
        rows = json.loads(self.ends(0, 'config', '--format', 'json', '--fail-on', 'note',
                                    '--provider', provider, cwd=self.dir).out)
        got = {row['name']: (row['value'], row['origin']) for row in rows}
        for name, value, origin in (
                ('min-interval', '15', f'{settings}:2'), ('fail-on', 'note', '--fail-on'),
                ('severity encoding', 'off', f'{settings}:4'), ('code-page', '1252', 'default'),
                ('severity no-spa', 'note', f'{settings}:7'),
                ('severity local-proxy', 'warning', 'default'),
                ('alias sales@example.com', 'jane@example.com', f'{settings}:10'),
                ('domain example.com', 'turbify', f'{settings}:12'),
                ('severity own', 'warning', f'{settings}:13'), ('provider', 'ours', str(provider))):
            self.assertEqual(got[name], (value, origin), name)
        lines = self.ends(0, 'config', '--no-config', '--select', 'no-spa,smtp-auth').out.splitlines()
        rows = {line.split()[1]: line.split()[2:] for line in lines if line.startswith('severity')}
        self.assertEqual(rows['no-spa'], ['error', '--select'])
        self.assertEqual(rows['local-proxy'], ['off', '--select'])
        self.assertEqual(rows['syntax'], ['warning', 'default'])
        self.ends(2, 'config', 'x')


class Inputs(Case):
    def test_folders_in_order(self):
        for name in ('b/prefs.js', 'a/prefs.js', 'a/c/prefs.js', 'B/prefs.js', 'z.js', 'a/notes.txt'):
            self.write(name, b'hello\n' if name.endswith('.txt') else GOOD)
        (self.dir / 'a/loop').symlink_to('..')
        (self.dir / 'link.js').symlink_to('z.js')
        os.mkfifo(self.dir / 'a/fifo')
        done = self.ends(0, '-f', 'ndjson', '.', cwd=self.dir)
        self.assertEqual(paths(done.out), ['B/prefs.js', 'a/c/prefs.js', 'a/notes.txt', 'a/prefs.js',
                                           'b/prefs.js', 'z.js'])
        self.assertEqual(records(done.out, 'summary')[0]['unrecognised'], 1)
        self.assertEqual(done.err, '')

    def test_order_is_that_of_whole_paths(self):
        names = ['a-b/x.js', 'a.js', 'a/b/x.js', 'a/b.js', 'a0/x.js', 'a/b-c/x.js']
        for name in names:
            self.write(name)
        done = self.ends(0, '-f', 'ndjson', '.', cwd=self.dir)
        self.assertEqual(paths(done.out), sorted(names))

    def test_a_link_that_the_user_names_is_followed(self):
        self.write('real/prefs.js')
        (self.dir / 'link').symlink_to('real')
        self.assertEqual(paths(self.ends(0, '-f', 'ndjson', 'link', cwd=self.dir).out), ['link/prefs.js'])

    def test_jobs_do_not_show(self):
        for i in range(300):
            self.write(f'{i % 7}/{i}.js', BAD if i % 3 else GOOD)
        for form in ('text', 'json', 'ndjson', 'show'):
            args = ['show'] if form == 'show' else ['--format', form]
            outs = {timeless(run(*args, '--jobs', n, self.dir).out) for n in (1, 2, 3, 8)}
            self.assertEqual(len(outs), 1, form)

    def test_the_last_of_many_outgoing_servers(self):
        servers = [{'AccountType': 'SMTPAccount', 'Hostname': f'h{i}.example.com',
                    'Username': 'a@example.com', 'PortNumber': 2000 + i} for i in range(3000)]
        account = {'AccountType': 'POPAccount', 'Hostname': 'pop.example.com',
                   'SMTPIdentifier': 'H2999.example.com:a@example.com'}
        plist = {'MailAccounts': [account], 'DeliveryAccounts': servers}
        out = run('show', self.write('Accounts.plist', plistlib.dumps(plist))).out
        self.assertRegex(out, r'outgoing\.port +4999 +written')
        account['SMTPIdentifier'] = 'h2999.example.com:A@example.com'  # the case of a user counts
        out = run('show', self.write('Accounts.plist', plistlib.dumps(plist))).out
        self.assertNotIn('4999', out)

    def test_depth(self):
        deep = self.dir / 'd'
        os.mkdir(deep)
        here = os.open(deep, os.O_RDONLY)
        for _ in range(200):
            os.mkdir('x', dir_fd=here)
            below = os.open('x', os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(here)
        self.write('prefs.js')
        done = self.ends(3, '-f', 'ndjson', self.dir)
        self.assertIn('folders inside folders', done.err)
        self.assertEqual(len(paths(done.out)), 1)

    def test_standard_input(self):
        done = self.ends(0, '-f', 'ndjson', '--stdin-name', 'mail/prefs.js', '-', stdin=GOOD)
        self.assertEqual(paths(done.out), ['mail/prefs.js'])
        self.assertEqual(paths(self.ends(0, '-f', 'ndjson', '/dev/stdin', stdin=GOOD).out), ['/dev/stdin'])

    def test_a_pipe_by_its_descriptor(self):
        reader, writer = os.pipe()
        os.write(writer, GOOD)
        os.close(writer)
        done = self.ends(0, '-f', 'ndjson', f'/dev/fd/{reader}', pass_fds=[reader])
        os.close(reader)
        self.assertEqual(records(done.out, 'file')[0]['format'], 'thunderbird-prefs')

    def test_names_with_control_characters(self):
        name = b'a\x1b[31m\n\xff.js'
        with open(os.path.join(os.fsencode(self.dir), name), 'wb') as file:
            file.write(BAD)
        for args in ([self.dir], [b'no\x1b\nsuch'], ['--confi\x1bg']):
            done = run(*args)
            self.assertNotIn('\x1b', done.out + done.err)
        self.assertEqual(len(paths(self.ends(1, '-f', 'ndjson', self.dir).out)), 1)

    def test_lists(self):
        for name in ('a.js', 'b c.js', 'd/e.js', 'd/f.js'):
            self.write(name)
        wanted = ['a.js', 'b c.js', 'd/e.js', 'd/f.js']
        for separator in (b'\n', b'\0'):
            text = separator.join([b'a.js', b'b c.js', b'd'])
            for ended in (text, text + separator):
                done = self.ends(0, '-f', 'ndjson', '--files-from', '-', stdin=ended, cwd=self.dir)
                self.assertEqual(paths(done.out), wanted)
        self.write('list', b'd/e.js\na.js\n')
        done = self.ends(0, '-f', 'ndjson', '--files-from', 'list', 'b c.js', cwd=self.dir)
        self.assertEqual(paths(done.out), ['b c.js', 'd/e.js', 'a.js'])
        self.assertIn('none', self.ends(2, '--files-from', 'none', cwd=self.dir).err)
        self.ends(3, '--files-from', '-', stdin=b'x' * 100000)

    def test_named_twice(self):
        for name in ('d/a.js', 'd/b/prefs.js', 'd/b/c.js', 'e.js'):
            self.write(name, BAD)
        all_of_d = ['d/a.js', 'd/b/c.js', 'd/b/prefs.js']
        for args, wanted in (
                ('d d', all_of_d), ('d d/a.js d/b d/b/', all_of_d), ('e.js d e.js d/b/prefs.js', ['e.js'] + all_of_d),
                ('d/b d', all_of_d[1:] + all_of_d), ('. e.js d/b', all_of_d + ['e.js'])):
            done = run('-f', 'ndjson', *args.split(), cwd=self.dir)
            self.assertEqual(paths(done.out), wanted, args)
        listed = run('-f', 'ndjson', '--files-from', '-', 'd/a.js', cwd=self.dir, stdin=b'd/a.js\ne.js\n')
        self.assertEqual(paths(listed.out), ['d/a.js', 'e.js'])
        for name in ('one.js', 'other.js'):
            self.write(name, BAD.replace(b'"imap"', b'"pop3"'))
        self.assertIn('[single-pop-session]', run('one.js', 'other.js', cwd=self.dir).out)
        self.assertNotIn('[single-pop-session]', run('one.js', 'one.js', cwd=self.dir).out)

    def test_named_alike(self):
        """What is not the same word for word is read, or said to be missing, as ever."""
        for name in ('d/a.js', 'e.js', '-'):
            self.write(name)
        self.write('list', b'-\n\n')
        os.symlink('a.js', self.dir / 'd/link.js')
        for args, wanted in ((('', 'd'), ['', 'd/a.js']), (('', '.', '--exclude', 'list'), ['', '-', 'd/a.js', 'e.js']),
                             (('e.js/', 'e.js'), ['e.js/', 'e.js']), (('e.js/.', 'e.js'), ['e.js/.', 'e.js']),
                             (('d', 'd/a.js/'), ['d/a.js', 'd/a.js/']), (('d', 'd/link.js'), ['d/a.js', 'd/link.js']),
                             (('d', 'd/a.js', '--exclude', 'a.js'), ['d/a.js']), (('no', 'no'), ['no']),
                             (('./-', '--files-from', 'list'), ['./-', '-'])):
            done = run('-f', 'ndjson', *args, cwd=self.dir, stdin=GOOD)
            self.assertEqual(paths(done.out), wanted, args)

    def test_named_and_found(self):
        """A file that is found and named is read with what lies beside it."""
        self.write('d/b/prefs.js')
        self.write('d/b/user.js', b'user_pref("mail.server.server1.socketType", 0);\n')
        rule = '[cleartext-login]'
        self.assertNotIn(rule, run('d/b/prefs.js', cwd=self.dir).out)
        for args in ('d', 'd d/b/prefs.js', 'd/b/prefs.js d', 'd d/b/user.js', 'd d/b'):
            self.assertEqual(run(*args.split(), cwd=self.dir).out.count(rule), 1, args)

    def test_few_descriptors(self):
        wanted = sorted(f'{i}/{j}.js' for i in 'abcdefgh' for j in range(10))
        for name in wanted:
            self.write(name)
        few = dict(cwd=self.dir, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)))
        for jobs in (1, 2):
            self.assertEqual(paths(self.ends(0, '-f', 'ndjson', '--jobs', jobs, '.', **few).out), wanted)

    def test_exclude(self):
        for name in ('a.js', 'b.js', 'cache/c.js', 'd/cache/e.js', 'd/f.js'):
            self.write(name)
        done = self.ends(0, '-f', 'ndjson', '--exclude', 'cache', '--exclude', 'd/f*', '.', cwd=self.dir)
        self.assertEqual(paths(done.out), ['a.js', 'b.js'])

    @unittest.skipIf(SANITIZED, 'takes long')
    def test_a_folder_larger_than_its_window(self):
        (self.dir / 'many').mkdir()
        here = os.open(self.dir / 'many', os.O_RDONLY)
        for i in range(66000):
            os.close(os.open(f'{i * 7919 % 66000:05}', os.O_CREAT | os.O_WRONLY, dir_fd=here))
        os.close(here)
        self.write('many/33333-x/prefs.js')
        found = paths(self.ends(0, '-f', 'ndjson', 'many', cwd=self.dir).out)
        self.assertEqual(len(found), 66001)
        self.assertEqual(found, sorted(found))

    def test_shards_make_one_whole(self):
        for i in range(60):
            self.write(f'{i % 3}/{i}.js')
        whole = paths(self.ends(0, '-f', 'ndjson', self.dir).out)
        parts = [paths(run('-f', 'ndjson', '--shard', f'{n}/4', self.dir).out) for n in (1, 2, 3, 4)]
        self.assertEqual(sorted(sum(parts, [])), sorted(whole))
        self.assertGreater(min(map(len, parts)), 5)

    @unittest.skipIf(SANITIZED, 'sanitizers have their own memory')
    def test_memory_does_not_grow_with_files(self):
        peaks = []
        for count in (500, 20000):
            folder = self.dir / str(count)
            for i in range(count):
                if i % 100 == 0:
                    (folder / str(i)).mkdir(parents=True)
                os.link(self.write('one.js') if i == 0 else self.dir / 'one.js',
                        folder / str(i // 100 * 100) / f'{i}.js')
            with open(os.devnull, 'wb') as null:
                process = subprocess.Popen([COMMAND, '-f', 'ndjson', '--jobs', '2', folder], stdout=null)
                peaks.append(os.wait4(process.pid, 0)[2].ru_maxrss)
                process.returncode = 0
        self.assertLess(peaks[1] - peaks[0], 1024, 'KiB')


class Trouble(Case):
    def test_exit_codes(self):
        good, bad, other = self.write('g.js'), self.write('b.js', BAD), self.write('x.txt', b'hello\n')
        self.ends(0, good)
        self.ends(1, good, bad)
        self.ends(0, '--fail-on', 'never', bad)
        self.ends(1, '--fail-on', 'note', bad)
        self.ends(0, '--fail-on', 'error', '--severity', 'username-lowercase=warning', bad)
        self.assertIn('x.txt', self.ends(3, bad, other).err)
        self.ends(1, self.dir)
        missing = self.ends(3, '-f', 'ndjson', 'none.js', bad)
        self.assertEqual([f['status'] for f in records(missing.out, 'file')], ['unreadable', 'ok'])

    def test_encrypted_is_not_clean(self):
        for name in ('sealed', 'encrypted-payloads'):
            profile = ROOT / 'testdata/formats/apple-mobileconfig' / name / 'input.mobileconfig'
            done = self.ends(3, '-f', 'ndjson', '--fail-on', 'never', profile, self.write('g.js'))
            self.assertEqual([f['status'] for f in records(done.out, 'file')], ['unreadable', 'ok'], name)

    def test_damaged_empty_binary_large(self):
        large = self.write('large.js', GOOD)
        os.truncate(large, 200 << 20)
        for name, data, status in (('cut.mobileconfig', (DEMO / 'kim.mobileconfig').read_bytes()[:900],
                                    'damaged'),
                                   ('empty.js', b'', 'unrecognised'),
                                   ('noise.bin', bytes(range(256)) * 64, 'unrecognised'),
                                   ('large.js', None, 'limit')):
            path = large if data is None else self.write(name, data)
            done = self.ends(3, '-f', 'ndjson', path, self.write('good.js'))
            self.assertEqual([f['status'] for f in records(done.out, 'file')], [status, 'ok'], name)

    def test_no_permission(self):
        self.write('closed.js').chmod(0)
        self.write('closed/prefs.js').parent.chmod(0)
        self.write('open.js', BAD)
        user = {}
        if os.getuid() == 0:  # who may read everything, and whose folders others may not enter
            holder = tempfile.TemporaryDirectory()
            self.addCleanup(holder.cleanup)
            os.chmod(holder.name, 0o755)
            user = {'user': NOBODY, 'group': NOBODY, 'command': shutil.copy(COMMAND, holder.name)}
        done = self.ends(3, '-f', 'ndjson', self.dir, **user)
        (self.dir / 'closed').chmod(0o755)
        status = {os.path.basename(f['path']): f['status'] for f in records(done.out, 'file')}
        self.assertEqual(status, {'closed': 'unreadable', 'closed.js': 'unreadable', 'open.js': 'ok'})

    def test_settings_fail_before_anything_is_written(self):
        target = self.write('report.json', b'old')
        self.ends(2, '--severity', 'none=error', '--output', target, self.write('prefs.js'))
        self.assertEqual(target.read_bytes(), b'old')


class Output(Case):
    def test_file(self):
        prefs, target = self.write('prefs.js', BAD), self.dir / 'report'
        done = self.ends(1, '--output', target, prefs)
        self.assertEqual(done.out, '')
        self.assertEqual(target.read_text(), run(prefs).out)
        self.assertEqual(sorted(p.name for p in self.dir.iterdir()), ['prefs.js', 'report'])

    def test_mode_and_links_are_kept(self):
        prefs, target = self.write('prefs.js'), self.write('real/report', b'old')
        target.chmod(0o640)
        (self.dir / 'link').symlink_to('real/report')
        self.ends(0, '--output', self.dir / 'link', prefs)
        self.assertTrue((self.dir / 'link').is_symlink())
        self.assertEqual(stat.S_IMODE(target.stat().st_mode), 0o640)
        self.assertNotEqual(target.read_bytes(), b'old')

    def test_inputs_are_not_written_over(self):
        prefs = self.write('prefs.js')
        self.ends(2, '--output', prefs, prefs)
        self.assertEqual(prefs.read_bytes(), GOOD)

    def test_found_inputs_are_not_written_over(self):
        prefs, listed = self.write('in/prefs.js', BAD), self.write('list', b'in/prefs.js\n')
        for option in ('--output', '--write-baseline'):
            for inputs in (('in',), ('--files-from', listed), ('in', '--facts', '-f', 'ndjson')):
                if option == '--write-baseline' and '--facts' in inputs:
                    continue
                done = self.ends(2, option, prefs, *inputs, cwd=self.dir)
                self.assertIn('in/prefs.js is an input and would be written over', done.err)
                self.assertEqual(prefs.read_bytes(), BAD)
        self.assertEqual([p.name for p in (self.dir / 'in').iterdir()], ['prefs.js'])

    def test_reports_among_the_inputs(self):
        self.write('in/prefs.js', BAD)
        for _ in range(2):  # the last run's files are no account files
            self.ends(1, '-f', 'ndjson', '-o', 'in/a.json', '--write-baseline', 'in/b', 'in', cwd=self.dir)
            report = (self.dir / 'in/a.json').read_text()
            self.assertLessEqual(set(paths(report)), {'in/prefs.js', 'in/a.json', 'in/b'})

    def test_a_baseline_is_not_written_over(self):
        known = self.write('known')
        self.ends(0, '--write-baseline', known, '--fail-on', 'never', self.write('prefs.js', BAD))
        old = known.read_bytes()
        done = self.ends(2, '--baseline', known, '-o', 'known', 'prefs.js', cwd=self.dir)
        self.assertIn('is the baseline and would be written over', done.err)
        self.assertEqual(known.read_bytes(), old)

    def test_only_what_was_looked_for_is_no_longer_found(self):
        known = self.write('known')
        for name in ('b', 'a'):
            self.write(f'in/{name}/prefs.js', PREFS)
        self.ends(1, '--write-baseline', known, 'in', cwd=self.dir)
        rules = {line.split()[1] for line in known.read_text().splitlines()[1:]}
        self.assertIn('single-pop-session', rules)
        for args in ('in/a/prefs.js', 'in/a', 'in --exclude b', 'in --shard 1/2',
                     'in ' + ' '.join(f'--ignore {rule}' for rule in rules)):
            done = self.ends(0, '--baseline', known, *args.split(), cwd=self.dir)
            self.assertNotIn('no longer found', done.err, args)
        for name in ('b', 'a'):
            self.write(f'in/{name}/prefs.js')
        done = self.ends(0, '--baseline', known, 'in', cwd=self.dir)
        lines = [int(n) for n in re.findall(r'known:(\d+): no longer found', done.err)]
        self.assertEqual(lines, list(range(2, 2 + len(lines))))
        self.assertIn('single-pop-session', done.err)

    def test_no_room(self):
        with open('/dev/full', 'wb') as full:
            process = subprocess.run([COMMAND, self.write('prefs.js', BAD)], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(process.returncode, 2)
        self.assertIn(b'cannot write', process.stderr)
        self.ends(2, '--output', self.dir / 'none/report', self.dir)

    def test_reader_that_goes_away(self):
        for args in (['rules'], [self.write('prefs.js', BAD)]):
            reader, writer = os.pipe()
            os.close(reader)
            process = subprocess.run([COMMAND, *map(str, args)], stdout=writer, stderr=subprocess.PIPE)
            os.close(writer)
            self.assertEqual((process.returncode, process.stderr), (-signal.SIGPIPE, b''))

    def test_colours(self):
        bad = self.write('prefs.js', BAD)
        self.assertNotIn('\x1b', run(bad).out)
        self.assertIn('\x1b[', run('--color', 'always', bad).out)
        plain = {k: v for k, v in os.environ.items() if k != 'NO_COLOR'}
        for changes, coloured in (({'TERM': 'xterm'}, True), ({'TERM': 'xterm', 'NO_COLOR': '1'}, False),
                                  ({'TERM': 'xterm', 'NO_COLOR': ''}, True), ({'TERM': 'dumb'}, False)):
            master, slave = open_terminal(self)
            subprocess.run([COMMAND, str(bad)], stdout=slave, env={**plain, **changes}, check=False)
            os.close(slave)
            self.assertEqual(b'\x1b[' in os.read(master, 65536), coloured, changes)
            os.close(master)

    def test_progress(self):
        for i in range(2000):
            self.write(f'{i}.js', PREFS)
        self.assertEqual(run('-q', self.dir).err, '')
        master, slave = open_terminal(self)
        process = subprocess.Popen([COMMAND, '--files-from', '-', '-f', 'ndjson'],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=slave)
        os.close(slave)
        for i in range(4):
            process.stdin.write(f'{self.dir}/{i}.js\n'.encode())
            process.stdin.flush()
            time.sleep(0.15)
        process.stdin.close()
        process.wait()
        shown = os.read(master, 65536).decode()
        os.close(master)
        self.assertRegex(shown, r'\d+ files, \d+ a second')


class Merge(Case):
    def streams(self, parts):
        """The demo files and more, as the streams of so many runs."""
        for i in range(40):
            self.write(f'in/{i % 3}/{i}.js', BAD if i % 5 == 0 else PREFS if i % 7 == 0 else GOOD)
        (self.dir / 'in/outlook.reg').write_bytes((DEMO / 'outlook.reg').read_bytes())
        names = []
        for n in range(1, parts + 1):
            names.append(self.dir / f'{n}.ndjson')
            run('-f', 'ndjson', '--facts', '--shard', f'{n}/{parts}', '-o', names[-1], 'in', cwd=self.dir)
        return names

    def test_as_one_run(self):
        # Not text: a stream does not carry the lines that it shows.
        streams = self.streams(3)
        for form in ('json', 'csv', 'sarif', 'junit', 'html', 'github'):
            whole = run('-f', form, 'in', cwd=self.dir)
            for order in (streams, streams[::-1], streams[1:] + streams[:1]):
                merged = run('merge', '-f', form, *order)
                self.assertEqual(timeless(merged.out), timeless(whole.out), form)
                self.assertEqual(merged.code, whole.code)
        self.assertIn('[single-pop-session]', run('in', cwd=self.dir).out)

    def test_order_of_the_walk(self):
        for folder in ('base', 'base-x', 'base.d', 'base+.x', 'base/-', 'base!'):
            for name in ('prefs.js', 'a.js', 'b/prefs.js', 'b.js', 'b-.js'):
                self.write(f'in/{folder}/{name}', BAD)
        self.write('in/base.js', BAD)
        for form in ('json', 'csv', 'html'):
            whole = run('-f', form, 'in', cwd=self.dir)
            names = []
            for n in range(1, 5):
                names.append(self.dir / f'{n}.ndjson')
                run('-f', 'ndjson', '--facts', '--shard', f'{n}/4', '-o', names[-1], 'in', cwd=self.dir)
            self.assertEqual(timeless(run('merge', '-f', form, *names).out), timeless(whole.out), form)
        found = paths(run('-f', 'ndjson', 'in', cwd=self.dir).out)
        self.assertEqual(found, sorted(found))

    def test_merging_what_was_merged(self):
        streams = self.streams(4)
        for n, pair in enumerate((streams[:2], streams[2:])):
            self.write(f'{n}.pair', run('merge', '-f', 'ndjson', *pair).out.encode())
        twice = run('merge', '-f', 'json', self.dir / '1.pair', self.dir / '0.pair')
        self.assertEqual(timeless(twice.out), timeless(run('merge', '-f', 'json', *streams).out))

    def test_a_stream_loads_no_code(self):
        mark, library = self.dir / 'loaded', self.dir / 'rule.so'
        source = self.write('rule.c', b'#include <stdio.h>\n__attribute__((constructor)) static void '
                            b'run(void) { fclose(fopen("%s", "w")); }\n' % bytes(mark))
        compiler = shutil.which(os.environ.get('CC', 'cc').split()[0])
        if not compiler:
            self.skipTest('no compiler for plug-ins')
        subprocess.run([compiler, '-shared', '-fPIC', source, '-o', library], check=True)
        out = run('check', '--facts', '-f', 'ndjson', '--fail-on', 'never', self.write('prefs.js')).out
        evil = out.replace('"options":{', '"options":{"plugin":%s,' % json.dumps(str(library)), 1)
        self.assertNotEqual(evil, out)
        self.ends(0, 'merge', self.write('s.ndjson', evil.encode()))
        self.assertFalse(mark.exists())
        ctypes.CDLL(str(library))  # which would have shown
        self.assertTrue(mark.exists())

    def test_refusals(self):
        one, two = self.streams(2)
        cut = self.write('cut.ndjson', b''.join(two.read_bytes().splitlines(True)[:-1]))
        plain = self.dir / 'plain.ndjson'
        run('-f', 'ndjson', '-o', plain, 'in', cwd=self.dir)
        other = self.dir / 'other.ndjson'
        run('-f', 'ndjson', '--facts', '--ignore', 'no-spa', '-o', other, 'in', cwd=self.dir)
        for wrong in (cut, plain, other, self.write('text.ndjson', b'hello\n'), self.dir / 'none'):
            done = self.ends(3, 'merge', one, wrong)
            self.assertIn(wrong.name, done.err)
            self.assertEqual(done.out, '')
        target = self.write('kept', b'old')
        self.ends(3, 'merge', '-o', target, one, cut)
        self.assertEqual(target.read_bytes(), b'old')
        self.ends(2, 'merge')

    def test_standard_input(self):
        one, = self.streams(1)
        done = run('merge', '-f', 'json', '-', stdin=one.read_bytes())
        self.assertEqual(timeless(done.out), timeless(run('-f', 'json', 'in', cwd=self.dir).out))

    def test_fail_on(self):
        streams = self.streams(2)
        self.ends(1, 'merge', *streams)
        self.ends(0, 'merge', '--fail-on', 'never', *streams)


class Process(Case):
    def closed(self, which, *args):
        """With a standard descriptor closed, as by <&- in a shell."""
        return subprocess.run(['sh', '-c', f'exec "$0" "$@" {which}', COMMAND, *map(str, args)],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, check=False)

    def test_closed_descriptors(self):
        prefs, report = self.write('prefs.js', BAD), self.dir / 'report'
        self.assertEqual(self.closed('<&-', '-').returncode, 3)
        self.assertEqual(self.closed('<&-', '-o', report, prefs).returncode, 1)
        whole = report.read_bytes()
        self.assertEqual(self.closed('2>&-', '-o', report, prefs, self.dir / 'none').returncode, 3)
        self.assertNotIn(b'maillint: ', report.read_bytes())
        self.assertEqual(self.closed('<&- >&- 2>&-', '-o', report, prefs).returncode, 1)
        self.assertEqual(report.read_bytes(), whole)
        lost = self.closed('>&-', prefs)
        self.assertEqual(lost.returncode, 2)
        self.assertIn(b'cannot write', lost.stderr)

    def start(self, *args, **options):
        process = subprocess.Popen([COMMAND, *map(str, args)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        time.sleep(0.5)
        return process

    @unittest.skipIf(SANITIZED, 'leak checkers need a process that can be traced')
    def test_no_core_dumps(self):
        process = self.start('-')
        limits = subprocess.run(['prlimit', '--core', '--raw', '--noheadings', '-o', 'SOFT,HARD',
                                 '--pid', str(process.pid)], stdout=subprocess.PIPE, check=False)
        owner = os.stat(f'/proc/{process.pid}/mem').st_uid
        process.communicate(b'')
        self.assertEqual(limits.stdout.split(), [b'0', b'0'])
        self.assertEqual(owner, 0)

    def test_signals_end_with_a_report(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            good = self.write('prefs.js', BAD)
            process = self.start('-f', 'json', '--files-from', '-')
            process.stdin.write(f'{good}\n'.encode() * 3)
            process.stdin.flush()
            time.sleep(0.5)
            process.send_signal(number)
            out, err = process.communicate(timeout=20)
            self.assertEqual(process.returncode, 3, err)
            report = json.loads(out)
            self.assertEqual(len(report['files']), 3)
            self.assertTrue(report['summary'].get('incomplete'))
            self.assertIn(b'interrupted', err)

    def test_signal_with_output(self):
        target = self.dir / 'report.ndjson'
        process = self.start('-f', 'ndjson', '--output', target, '--files-from', '-')
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 3)
        self.assertTrue(records(target.read_text(), 'summary')[0]['incomplete'])
        self.assertEqual([p.name for p in self.dir.iterdir()], ['report.ndjson'])


class Catalogues(Case):
    def test_rules(self):
        rows = json.loads(self.ends(0, 'rules', '--format', 'json').out)
        ids = [row['id'] for row in rows]
        self.assertEqual(ids, sorted(ids))
        self.assertIn('no-spa', ids)
        lines = self.ends(0, 'rules').out.splitlines()
        self.assertEqual([line.split()[0] for line in lines], ids)

    def test_rules_of_settings(self):
        settings = self.write('own.ini', b'[severity]\nown = error\n[rule own]\nfield = host\n'
                              b'pattern = ^(?!imap\\.)\nmessage = not here\nhint = go away\n')
        self.assertEqual('own', self.ends(0, 'rules', '--config', settings).out.splitlines()[-1].split()[0])
        self.assertIn('\nWhat to do:\n  go away\n', self.ends(0, 'explain', '--config', settings, 'own').out)
        found = self.ends(1, 'check', '--config', settings, '--select', 'own', self.write('prefs.js', BAD)).out
        self.assertIn(': error: not here [own]\n', found)
        bad = self.write('bad.ini', b'[rule own]\nfield = host\npattern = (a+)+$\nmessage = m\n')
        self.assertIn('takes too many steps', self.ends(2, 'rules', '--config', bad).err)

    def test_without_modules(self):
        alone = self.dir / 'bin/maillint'
        alone.parent.mkdir()
        shutil.copy(COMMAND, alone)
        secret = ROOT / 'testdata/formats/outlook-express-iaf/pop3-good/input.iaf'
        args = ['check', '--no-config', '-f', 'json', '--provider', 'turbify', '--select', 'app-password', secret]
        done = subprocess.run([alone, *args], capture_output=True, text=True, check=True)
        if 'could not be tried' not in done.stdout:
            self.skipTest('modules are installed where a command in any place finds them')
        verdicts = json.loads(done.stdout)['verdicts']
        self.assertEqual({v['verdict'] for v in verdicts if v['rule'] == 'app-password'}, {'unknown'})
        own = self.write('own.ini', b'[rule own]\nfield = host\npattern = x\nmessage = m\n')
        done = subprocess.run([alone, 'rules', '--config', own], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("module for patterns is missing", done.stderr)

    def test_plugin(self):
        source = ROOT / 'tools/example/house_rules.c'
        compiler = shutil.which(os.environ.get('CC', 'cc').split()[0])
        if not compiler or SANITIZED:
            self.skipTest('no compiler for plug-ins, or sanitizers')
        (self.dir / 'so').mkdir()
        plugin = self.dir / 'so/house.so'
        subprocess.run([compiler, '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-I', ROOT / 'include',
                        source, '-o', plugin], check=True)
        plugin.chmod(0o755)
        bad = self.write('in/prefs.js', BAD)
        found = self.ends(1, '--plugin', plugin, '--select', 'house-server', bad).out
        self.assertRegex(found, r'prefs\.js:6:\d+: warning: the server is none of the company.s \[house-server\]')
        good = self.write('in2/prefs.js', GOOD.replace(b'imap.bizmail.yahoo.com', b'imap.example.com'))
        self.ends(0, '--plugin', plugin, '--select', 'house-server', good)
        own = self.write('own.ini', b'[severity]\nhouse-server = error\n[maillint]\nplugin = %s\n' % bytes(plugin))
        self.assertIn(': error: the server is none', self.ends(1, '--config', own, bad).out)

        def refused(why, *args, **options):
            self.assertIn(why, self.ends(2, *args, bad, **options).err)
        refused('house.so: lies in a folder that is linted', '--plugin', plugin, plugin.parent)
        beside = self.write('in/house.so', plugin.read_bytes())
        refused('in/house.so: lies in a folder that is linted', '--plugin', beside)
        self.write('.maillint.ini', own.read_bytes())
        refused('.maillint.ini:4: a plug-in is named by', cwd=self.dir)
        relative = self.write('relative.ini', b'[maillint]\nplugin = so/house.so\n')
        refused('relative.ini:2: a plug-in is named by its whole path', '--config', relative, cwd=self.dir)
        allowing = self.write('allowing.ini', b'[maillint]\nallow-plugins = yes\n')
        refused('allowing.ini:2: "allow-plugins" is not for settings files', '--config', allowing)
        refused('there is no such file', '--no-config', '--plugin', self.dir / 'none.so')
        refused('cannot be loaded as a shared object', '--no-config', '--plugin', own)
        refused('is no file', '--no-config', '--plugin', plugin.parent)
        room = 256 - len(self.ends(0, 'rules', '--no-config').out.splitlines())
        own = ''.join(f'[rule r-{i}]\nfield = host\npattern = x\nmessage = m\n' for i in range(room))
        many = self.write('many.ini', own.encode())
        self.ends(1, '--config', many, bad)
        refused('more than 256 rules', '--config', many, '--plugin', plugin)
        plugin.chmod(0o777)
        refused('everybody may write to it', '--no-config', '--plugin', plugin)
        for name, before, after, why in (
                ('abi', 'plugin.abi = MLINT_PLUGIN_ABI', 'plugin.abi = 99', 'built for another version'),
                ('size', 'plugin.rule_size = sizeof(rule)', 'plugin.rule_size = 8', 'built for another version'),
                ('entry', 'mlint_plugin_1(', 'mlint_plugin_0(', 'has no function mlint_plugin_1'),
                ('id', '"house-server"', '"no-spa"', 'a rule called "no-spa" already')):
            text = source.read_text()
            self.assertIn(before, text)
            changed = self.write(name + '.c', text.replace(before, after).encode())
            other = self.dir / 'so' / (name + '.so')
            subprocess.run([compiler, '-shared', '-fPIC', '-I', ROOT / 'include', changed, '-o', other], check=True)
            other.chmod(0o755)
            refused(why, '--no-config', '--plugin', other)

    def test_explain(self):
        text = self.ends(0, 'explain', 'no-spa', 'check-interval').out
        self.assertRegex(text, r'(?m)^no-spa \(error\)$')
        self.assertRegex(text, r'(?m)^check-interval \(warning\)$')
        self.assertIn('\n## no-spa (error)\n', '\n' + self.ends(0, 'explain', '-f', 'markdown', 'no-spa').out)

    def test_formats(self):
        rows = json.loads(self.ends(0, 'formats', '--format', 'json').out)
        self.assertLessEqual({'thunderbird-prefs', 'outlook-reg', 'apple-mobileconfig'},
                             {row['id'] for row in rows})
        text = self.ends(0, 'formats').out
        for row in rows:
            self.assertIn(row['id'], text)

    def test_dump(self):
        done = self.ends(0, 'dump', DEMO / 'kim.mobileconfig')
        rows = [json.loads(line) for line in done.out.splitlines()]
        self.assertEqual(set(rows[0]), {'path', 'name', 'type', 'value', 'line', 'column'})
        host = [row for row in rows if row['name'] == 'IncomingMailServerHostName'][0]
        self.assertEqual((host['path'], host['value'], host['line']),
                         ('PayloadContent[0]/IncomingMailServerHostName', 'pop.bizmail.yahoo.com', 19))
        self.assertNotIn('ijkl', done.out)
        self.ends(3, 'dump', self.write('x.txt', b'hello\n'))
        self.ends(3, 'dump', self.dir / 'none')
        self.ends(0, 'dump', '-', stdin=PREFS)


if __name__ == '__main__':
    unittest.main(verbosity=1)
