#!/usr/bin/env python3
"""What `otel-tidy fix` writes compiles, is what it showed, and leaves nothing to fix.

    run.py OTEL-TIDY CLANG [--update] [PART-OF-A-NAME]

Every bad_ fixture of every rule is fixed in a copy, unsafe fixes included. The result must compile,
a second run must find nothing to write, the diff that was shown must be what patch(1) makes of it,
and the text must be the one in tests/fix/expected/, which people have read.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
EXPECTED = TOP / "tests" / "fix" / "expected"
INCLUDES = [f"-I{TOP}/tests/include", f"-I{TOP}/lab/sdk/include", f"-I{TOP}/analyzer/include"]


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


class Fixture:
    def __init__(self, path, tool, clang, work):
        self.path, self.tool, self.clang, self.work = path, tool, clang, work
        self.rule = path.parent.name
        self.copy = work / path.name
        shutil.copy(path, self.copy)
        text = path.read_text()
        config = re.search(r"^// config: (.*)$", text, flags=re.M)
        flags = re.search(r"^// flags: (.*)$", text, flags=re.M)
        self.options = ["--rule", self.rule, "--no-config"]
        if config:
            (work / "otel-tidy.json").write_text(
                config.group(1).replace("@DIR@", str(path.parent)))
            self.options = ["--rule", self.rule]
        standard = "-std=c++17" if path.suffix == ".cpp" else "-std=c17"
        self.flags = (flags.group(1).split() if flags else [standard]) + INCLUDES

    def fix(self, *options):
        return run(self.tool, "fix", *options, *self.options, "--no-cache", self.path.name, "--",
                   *self.flags, cwd=self.work)

    def patches(self):
        report = run(self.tool, "check", "--format", "json", *self.options, "--no-cache",
                     self.path.name, "--", *self.flags, cwd=self.work)
        return [f for f in json.loads(report.stdout)["findings"] if f["patches"]]


def check(fixture, update):
    """What is wrong with it, or ""; None: there is nothing to fix in it."""
    before = fixture.patches()
    if not before:
        return None
    shown = fixture.fix("--diff", "--unsafe", "--quiet")
    if shown.returncode != 1 or not shown.stdout.startswith("--- a/"):
        return f"--diff: exit {shown.returncode}, {shown.stdout[:200]!r} {shown.stderr!r}"
    (fixture.work / "shown.diff").write_text(shown.stdout)
    patched = fixture.work / "patched"
    if run("patch", "-p1", "--fuzz=0", "-o", str(patched), fixture.path.name, "shown.diff",
           cwd=fixture.work).returncode:
        return "patch(1) cannot apply what --diff shows"
    wrote = fixture.fix("--apply", "--unsafe")
    if wrote.returncode not in (0, 1):
        return f"--apply: exit {wrote.returncode}: {wrote.stderr}"
    text = fixture.copy.read_text()
    if patched.read_text() != text:
        return "--apply wrote something else than --diff showed"
    compiled = run(fixture.clang, "-fsyntax-only", "-Wno-everything", *fixture.flags,
                   fixture.path.name, cwd=fixture.work)
    if compiled.returncode:
        return "does not compile: " + compiled.stderr
    left = [f for f in fixture.patches()
            if f["message"] in {b["message"] for b in before} and f["line"]]
    if left:
        return f"still there: {left[0]['message']}"
    again = fixture.fix("--diff", "--unsafe", "--quiet")
    if again.stdout:
        return "a second run finds more to do:\n" + again.stdout
    expected = EXPECTED / f"{fixture.rule}-{fixture.path.name}"
    if update:
        expected.write_text(text)
    if not expected.exists() or expected.read_text() != text:
        return f"is not {expected.relative_to(TOP)}; make update-fix writes it, read it then"
    return ""


def main():
    words = [a for a in sys.argv[1:] if not a.startswith("--")]
    tool, clang, only = str(pathlib.Path(words[0]).resolve()), words[1], "".join(words[2:])
    update = "--update" in sys.argv
    EXPECTED.mkdir(exist_ok=True)
    passed = failed = 0
    for path in sorted(TOP.glob("rules/*/*/bad_*")):
        if path.suffix not in (".c", ".cpp") or only not in str(path):
            continue
        with tempfile.TemporaryDirectory() as work:
            wrong = check(Fixture(path, tool, clang, pathlib.Path(work)), update)
        if wrong is None:
            continue
        if wrong:
            name = path.relative_to(TOP)
            print(f"FAIL {name}: {wrong} | again: make test-fix ONLY={path.name}")
            failed += 1
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(bool(failed) or not passed)


if __name__ == "__main__":
    main()
