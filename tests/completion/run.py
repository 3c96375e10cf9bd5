#!/usr/bin/env python3
"""Asks real shells what they would complete, and man's own judge what it thinks of the page.

    run.py OTEL-TIDY [man|bash|zsh|fish]
"""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

TOOL = pathlib.Path(sys.argv[1]).resolve()
ONLY = sys.argv[2:] or ["man", "bash", "zsh", "fish"]

# What stands on the line; what must be offered; what must not be. All shells must agree.
LINES = [
    ("otel-tidy ", ["check", "diff", "baseline", "explain", "doctor"], ["--rule"]),
    ("otel-tidy ba", ["baseline"], ["check"]),
    ("otel-tidy baseline ", ["accept", "prune"], ["check"]),
    ("otel-tidy baseline --ba", ["--baseline"], ["--unsafe"]),
    ("otel-tidy fix --", ["--apply", "--unsafe", "--rule"], ["--format", "--output"]),
    ("otel-tidy check --rule span-l", ["span-leak"], ["accessor-span"]),
    ("otel-tidy explain acc", ["accessor-span"], ["span-leak"]),
    ("otel-tidy check --fail-on ", ["note", "warning", "error", "never"], ["always"]),
    ("otel-tidy check --format g", ["github", "gitlab"], ["json", "weaver"]),
    ("otel-tidy attributes --format w", ["weaver"], ["gitlab"]),
    ("otel-tidy check --build-path sub", ["subdir"], ["subject.c"]),
    ("otel-tidy check sub", ["subdir", "subject.c"], []),
    ("otel-tidy diff work", ["work-branch"], ["main"]),
    ("otel-tidy collect --output su", ["subject.c"], []),
]
passed = failed = 0


def result(name, is_good, seen=""):
    global passed, failed
    if is_good:
        passed += 1
    else:
        failed += 1
        print(f"FAIL completion {name}: {str(seen)[:300]!r} | again: make test-completion ONLY={name.split(':')[0]}")


def generated(what):
    return subprocess.run([TOOL, "generate", what], capture_output=True, text=True, check=True).stdout


def judge(shell, ask):
    for line, wanted, unwanted in LINES:
        offered = [o.rstrip("/") for o in ask(line)]
        result(f"{shell}: {line!r}", all(w in offered for w in wanted) and not any(u in offered for u in unwanted),
               offered)


def bash(scratch, env):
    script = scratch / "completion.bash"
    script.write_text(generated("bash"))
    ask_script = f"""source {script}
line=$1; read -ra COMP_WORDS <<< "$line"; [[ $line == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE=$line; COMP_POINT=${{#line}}
_otel_tidy otel-tidy "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"; complete -p otel-tidy >/dev/null"""

    def ask(line):
        done = subprocess.run(["bash", "-uc", ask_script, "bash", line], cwd=scratch / "work", env=env,
                              capture_output=True, text=True, check=False)
        return done.stdout.split("\n") if not done.stderr else ["error: " + done.stderr]
    judge("bash", ask)
    answers = ask("otel-tidy check --rule = span-l")  # how bash cuts --rule=span-l
    result("bash: --rule=span-l", "span-leak" in answers, answers)


def fish(scratch, env):
    script = scratch / "otel-tidy.fish"
    script.write_text(generated("fish"))

    def ask(line):
        done = subprocess.run(["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"],
                              cwd=scratch / "work", env=env, capture_output=True, text=True, check=False)
        if done.stderr:
            return ["error: " + done.stderr]
        return [row.split("\t")[0] for row in done.stdout.split("\n")]
    judge("fish", ask)


class Terminal:
    """zsh has no way to ask but to press the tabulator."""

    def __init__(self, command, cwd, env):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execvpe(command[0], command, env)
        self.text = ""

    def read_until(self, pattern, seconds=20):
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text) and time.monotonic() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    self.text += os.read(self.fd, 65536).decode(errors="replace")
                except OSError:
                    break
        return self.text

    def send(self, text):
        self.text = ""
        os.write(self.fd, text.encode())

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def zsh(scratch, env):
    functions = scratch / "functions"
    functions.mkdir()
    (functions / "_otel-tidy").write_text(generated("zsh"))
    (scratch / ".zshrc").write_text(f"""fpath=({functions} $fpath)
autoload -Uz compinit && compinit -u -d {scratch}/dump
setopt no_beep no_list_ambiguous
LISTMAX=10000
PS1='ready> '
""")
    terminal = Terminal(["zsh", "-i"], scratch / "work", {**env, "ZDOTDIR": str(scratch), "TERM": "dumb", "COLUMNS": "200"})
    terminal.read_until("ready> ")

    def ask(line):
        terminal.send(line + "\t")
        # it has answered once the line changed and nothing comes any more
        end, last = time.monotonic() + 5, None
        while time.monotonic() < end and (terminal.text != last or len(terminal.text.strip()) <= len(line)):
            last = terminal.text
            terminal.read_until(r"(?!)", 0.3)
        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x07", "", terminal.text)
        terminal.send("\x15\n")
        terminal.read_until("ready> ", 3)
        # a list of matches, or the one match on the line
        return shown.replace("\r", "").split()
    judge("zsh", ask)
    terminal.close()


def man(scratch, _):
    page = scratch / "otel-tidy.1"
    page.write_text(generated("man"))
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True, check=False)
    # the page has no date: the same version gives the same bytes on every day
    lint = [line for line in lint.stdout.split("\n") if line and "missing date" not in line]
    result("man: mandoc -T lint", not lint, lint)
    shown = subprocess.run(["mandoc", "-T", "utf8", str(page)], capture_output=True, text=True, check=False).stdout
    shown = re.sub(r".\x08", "", shown)
    for word in ["--fail-on", "baseline accept|prune", "EXIT STATUS", "OTEL_TIDY_CACHE_DIR", "checkstyle"]:
        result(f"man: {word}", word in shown, shown[:200])
    helps = subprocess.run([TOOL, "--help"], capture_output=True, text=True, check=True).stdout
    for command in re.findall(r"^  (\w+) ", helps, re.M):
        result(f"man: {command}", f"otel-tidy {command}" in shown)


def main():
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        work = scratch / "work"
        (work / "subdir").mkdir(parents=True)
        (work / "subject.c").write_text("")
        (scratch / "bin").mkdir()
        (scratch / "bin/otel-tidy").symlink_to(TOOL)
        env = {"PATH": f"{scratch}/bin:{os.environ['PATH']}", "HOME": str(scratch), "LC_ALL": "C.UTF-8", "TERM": "dumb",
               "GIT_CONFIG_GLOBAL": "/dev/null", **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        for git in (["init", "-q", "-b", "main"], ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit",
                                                   "-q", "--allow-empty", "-m", "x"], ["branch", "work-branch"]):
            subprocess.run(["git", *git], cwd=work, env=env, check=True)
        for what in ONLY:
            program = {"man": "mandoc"}.get(what, what)
            if not shutil.which(program):
                result(f"{what}: {program} is not installed", False, "make test installs it; DEPS=skip does not")
                continue
            {"man": man, "bash": bash, "zsh": zsh, "fish": fish}[what](scratch, env)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
