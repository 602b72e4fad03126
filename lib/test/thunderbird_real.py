#!/usr/bin/env python3
"""Ask the real Thunderbird what it makes of the profiles in testdata.

Each case of testdata/formats/thunderbird-* that has a thunderbird.txt is copied to a new
profile, Thunderbird is started on it without a screen and asked, over Marionette, for its
effective accounts. The answer must be what thunderbird.txt says; the ordinary suite
("thunderbird") holds maillint to the same text.

Cases of thunderbird-policies and thunderbird-autoconfig-js, and the folder `app` of a case, are
put where Thunderbird looks for them, which needs the right to write there, and taken away again; where that is not possible, or
a file of that name is there already, the case is skipped.

    thunderbird_real.py                        compare all cases
    thunderbird_real.py --update FORMAT/CASE.. write thunderbird.txt for these cases

Exit status: 0 all equal, 1 some differ, 77 skipped (no Thunderbird here)."""

import argparse
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ROOT / "testdata" / "formats"
APPLICATION = pathlib.Path("/usr/lib/thunderbird")
SYSTEM = pathlib.Path("/etc/thunderbird")
POLICIES = SYSTEM / "policies/policies.json"
PROGRAMS = ["/usr/lib/thunderbird/thunderbird-bin", "/usr/lib/thunderbird/thunderbird"]
DEFAULTS = APPLICATION / "defaults/pref/maillint-test.js"
CONFIG = APPLICATION / "maillint-test.cfg"
PORT = 2828

# Keeps Marionette's own test settings out of the profile, the first start quiet, and leaves out
# processes that have nothing to do with accounts: half of the time.
OWN_PREFS = """
user_pref("remote.prefs.recommended", false);
user_pref("marionette.port", %d);
user_pref("mailnews.start_page.enabled", false);
user_pref("dom.ipc.processPrelaunch.enabled", false);
user_pref("extensions.webextensions.remote", false);
user_pref("layers.gpu-process.enabled", false);
user_pref("media.rdd-process.enabled", false);
user_pref("media.utility-process.enabled", false);
user_pref("network.process.enabled", false);
user_pref("mail.shell.checkDefaultClient", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("app.donation.eoy.version.viewed", 999);
"""

SCRIPT = r"""
const { MailServices } = ChromeUtils.importESModule(
  "resource:///modules/MailServices.sys.mjs");
const get = f => { try { return f(); } catch (e) { return null; } };
const smtpOf = i => {
  const s = get(() => MailServices.outgoingServer.getServerByIdentity(i));
  if (!s) return null;
  const q = get(() => s.QueryInterface(Ci.nsISmtpServer)) || s;
  return { type: s.type, host: get(() => q.hostname), port: get(() => q.port),
           socket: s.socketType, auth: s.authMethod, user: s.username };
};
const out = [];
for (const a of MailServices.accounts.accounts) {
  const s = get(() => a.incomingServer);
  if (!s) continue;
  out.push({
    key: s.key, type: s.type, host: get(() => s.hostName ?? s.hostname),
    user: s.username, port: get(() => s.port), socket: s.socketType, auth: s.authMethod,
    check: s.doBiff, minutes: s.biffMinutes, name: s.prettyName, hidden: s.hidden,
    leave: s.type == "pop3"
      ? get(() => s.QueryInterface(Ci.nsIPop3IncomingServer).leaveMessagesOnServer) : null,
    identities: a.identities.map(i => ({ email: i.email, smtp: smtpOf(i) })),
  });
}
return JSON.stringify(out);
"""

SOCKETS = {1: "starttls-if-available", 2: "starttls", 3: "tls"}
AUTHS = {0: "none", 1: "none", 2: "password-cleartext", 3: "password-cleartext",
         4: "password-encrypted", 5: "kerberos", 6: "ntlm", 7: "certificate", 8: "any-secure",
         9: "any", 10: "oauth2"}


class Marionette:
    """As much of the protocol as two commands need."""

    def __init__(self, port, deadline):
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        self.data = b""
        self.number = 0
        self.receive()

    def receive(self):
        while b":" not in self.data:
            self.fill()
        length, self.data = self.data.split(b":", 1)
        while len(self.data) < int(length):
            self.fill()
        message, self.data = self.data[:int(length)], self.data[int(length):]
        return json.loads(message)

    def fill(self):
        more = self.socket.recv(65536)
        if not more:
            raise OSError("Thunderbird closed the connection")
        self.data += more

    def call(self, command, parameters):
        self.number += 1
        message = json.dumps([0, self.number, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self.receive()
        if error:
            raise OSError(error.get("message", str(error)))
        return result


def ask(program, profile, port):
    """The effective accounts of a profile folder."""
    arguments = [program, "--headless", "--no-remote", "-offline", "--marionette",
                 "--remote-allow-system-access", "--profile", str(profile)]
    environment = dict(os.environ, HOME=str(profile), MOZ_HEADLESS="1")
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        client = Marionette(port, time.monotonic() + 60)
        client.call("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})
        client.call("Marionette:SetContext", {"value": "chrome"})
        time.sleep(0.5)
        answer = client.call("WebDriver:ExecuteScript", {"script": SCRIPT, "args": []})
        return json.loads(answer["value"])
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask_patiently(program, profile, port):
    """A busy machine may let the first attempts run out of time."""
    for attempt in range(3):
        try:
            return ask(program, profile, port)
        except TimeoutError as error:
            print("attempt %d: %s" % (attempt + 1, error), flush=True)
    return ask(program, profile, port)


def quote(text):
    return '"%s"' % (text or "").replace("\\", "\\\\").replace("\n", "\\n")


def outgoing_lines(account):
    seen = []
    for identity in account["identities"]:
        smtp = identity["smtp"]
        if not smtp or smtp["type"] != "smtp":
            continue
        port = smtp["port"] or (465 if smtp["socket"] == 3 else 587)
        try:  # getCharPref hands out bytes
            user = (smtp["user"] or "").encode("latin-1").decode("utf-8")
        except UnicodeError:
            user = smtp["user"]
        line = "  outgoing %s port=%d %s %s user=%s" % (
            quote(smtp["host"]), port, SOCKETS.get(smtp["socket"], "none"),
            AUTHS.get(smtp["auth"], "?"), quote(user))
        if line not in seen:
            seen.append(line)
    return seen


def describe(accounts):
    """One block of lines an account, in the words that the suite uses as well."""
    lines = []
    for account in accounts:
        if account["type"] not in ("pop3", "imap") or account["hidden"]:
            continue
        host = account["host"]
        lines.append("%s %s %s port=%d %s %s user=%s" % (
            account["key"], account["type"], quote(host), account["port"] or 0,
            SOCKETS.get(account["socket"], "none"), AUTHS.get(account["auth"], "?"),
            quote(account["user"])))
        minutes = max(account["minutes"], 0)
        lines.append("  check=%d minutes=%d%s" % (
            account["check"], minutes,
            "" if account["leave"] is None else " leave=%d" % account["leave"]))
        first = account["identities"][0]["email"] if account["identities"] else ""
        lines.append("  address %s" % quote(first))
        lines.extend(outgoing_lines(account))
    return "".join(line + "\n" for line in lines)


def installed(folder):
    """Where the files of an application's folder go: {path: bytes}."""
    files = {}
    for source in sorted(p for p in folder.rglob("*") if p.is_file()):
        place = source.relative_to(folder)
        for root in ("usr/lib/thunderbird", "etc/thunderbird"):
            if place.is_relative_to(root):
                place = place.relative_to(root)
        root = SYSTEM if place.parts[0] in ("pref", "policies") else APPLICATION
        files[root / place] = source.read_bytes()
    return files


def outside(case):
    """The files that a case needs outside the profile: {path: bytes}."""
    if (case / "app").is_dir():
        return installed(case / "app")
    if case.parent.name == "thunderbird-prefs":
        return {}
    if (case / "input").is_dir():
        return installed(case / "input")
    source = next(case.glob("input.*"))
    data = source.read_bytes()
    if case.parent.name == "thunderbird-policies":
        return {POLICIES: data}
    if source.suffix != ".cfg":
        return {DEFAULTS: data}
    shift = 0 if b"Pref(" in data else 13
    start = ('pref("general.config.filename", "%s");\n'
             'pref("general.config.obscure_value", %d);\n' % (CONFIG.name, shift))
    return {CONFIG: data, DEFAULTS: start.encode()}


def files_of(case):
    """The files of a profile: {name: bytes}."""
    if case.parent.name != "thunderbird-prefs":
        return {}
    if (case / "input").is_dir():
        return {p.name: p.read_bytes() for p in (case / "input").iterdir()}
    return {"prefs.js": next(case.glob("input.*")).read_bytes()}


def is_utf16(data):
    return data.startswith((b"\xff\xfe", b"\xfe\xff"))


def make_profile(case, folder, port):
    files = files_of(case)
    # Logging in at the start asks for a password, and nobody would answer.
    for name in files.keys() & {"prefs.js", "user.js"}:
        files[name] = files[name].replace(b".login_at_startup", b".x_at_startup")
    old = files.get("user.js", b"")
    mark = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
    if not is_utf16(old):
        files["user.js"] = mark + (OWN_PREFS % port).encode() + old[len(mark):]
    for name, data in files.items():
        (folder / name).write_bytes(data)


def is_apart(case):
    """Whether other profiles would notice: it has files outside, or the port cannot be set."""
    return bool(outside(case)) or is_utf16(files_of(case).get("user.js", b""))


class Comparison:
    def __init__(self, program, options):
        self.program, self.options = program, options
        self.lock = threading.Lock()
        self.ports = [PORT, PORT + 1]
        self.equal = self.differ = self.skipped = 0

    def ask(self, case):
        """Thunderbird's answer in words, and as it came."""
        placed = []
        with self.lock:
            port = min(self.ports) # the default one, where the profile cannot set it
            self.ports.remove(port)
        with tempfile.TemporaryDirectory(prefix="maillint-", ignore_cleanup_errors=True) as folder:
            make_profile(case, pathlib.Path(folder), port)
            try:
                for path, data in outside(case).items():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    with path.open("xb") as file:  # never over one that is there
                        placed.append(path)
                        file.write(data)
                answer = ask_patiently(self.program, folder, port)
                return describe(answer), answer
            except (PermissionError, FileExistsError):
                raise
            except OSError as error:
                return "no answer: %s\n" % error, None
            finally:
                for path in placed:
                    path.unlink()
                with self.lock:
                    self.ports.append(port)

    def count(self, case, got):
        wanted = case / "thunderbird.txt"
        if self.options.update:
            wanted.write_text(got)
            return "written"
        if wanted.read_text() == got:
            self.equal += 1
            return "equal"
        self.differ += 1
        return "Thunderbird says\n" + got

    def one(self, name):
        try:
            got, answer = self.ask(CASES / name)
        except OSError as error:
            with self.lock:
                self.skipped += 1
                print("%s: skipped: %s" % (name, error), flush=True)
            return
        with self.lock:
            if self.options.json:
                print(name, json.dumps(answer, ensure_ascii=False, indent=1))
            print("%s: %s" % (name, self.count(CASES / name, got)), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--json", action="store_true", help="print the raw answers")
    parser.add_argument("case", nargs="*")
    parser.add_argument("--if-asked", action="store_true", help="skip unless MLINT_REAL is set")
    options = parser.parse_args()
    if options.if_asked and "MLINT_REAL" not in os.environ:
        print("skipped: asks the real Thunderbird (tools/dev test --real)")
        return 77
    program = next((p for p in PROGRAMS if os.path.exists(p)), None)
    if not program:
        print("skipped: Thunderbird is not installed (apt-get install thunderbird)")
        return 77
    names = options.case or sorted(
        "%s/%s" % p.parts[-3:-1] for p in CASES.glob("thunderbird-*/*/thunderbird.txt"))
    comparison = Comparison(program, options)
    with ThreadPoolExecutor(len(comparison.ports)) as pool:  # it waits more than it works
        list(pool.map(comparison.one, [n for n in names if not is_apart(CASES / n)]))
    for name in names:
        if is_apart(CASES / name):
            comparison.one(name)
    print("%d profiles: %d equal, %d differ, %d skipped" % (
        len(names), comparison.equal, comparison.differ, comparison.skipped))
    return 1 if comparison.differ else 0


if __name__ == "__main__":
    sys.exit(main())
