#!/usr/bin/env python3
"""The runs that README.md shows are what the command prints. MLINT_UPDATE=1 writes them anew."""
import os
import re
import subprocess
import sys

ROOT = os.environ["MLINT_SOURCE_ROOT"]
COMMAND = os.environ["MLINT_COMMAND"]
PROMPT = "$ tools/dev run "


def run(line):
    words = line[len(PROMPT):].split()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "XDG_CONFIG_HOME")}
    done = subprocess.run([COMMAND] + words, cwd=ROOT, env=env, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, check=False, timeout=60)
    if done.returncode not in (0, 1):
        sys.exit(f"{line}: exit status {done.returncode}")
    return done.stdout.decode()


def block(match):
    prompts = [line for line in match.group(1).splitlines() if line.startswith(PROMPT)]
    return "```console\n" + "\n".join(f"{line}\n{run(line)}" for line in prompts) + "```\n"


def main():
    path = os.path.join(ROOT, "README.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    new, count = re.subn(r"```console\n(.*?)```\n", block, text, flags=re.S)
    if not count:
        sys.exit("README.md shows no run")
    if os.environ.get("MLINT_UPDATE"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(new)
    elif new != text:
        sys.exit("README.md shows something else than the command prints; MLINT_UPDATE=1 writes it anew")


main()
