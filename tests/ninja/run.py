#!/usr/bin/env python3
"""Collects and links with a real ninja, and compares with `otel-tidy check`, byte by byte.

    run.py OTEL-TIDY
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cache"))
from project import TOP, Project  # noqa: E402

TOOL = pathlib.Path(sys.argv[1]).resolve()
FORMATS = ("json", "text", "sarif")
passed = failed = 0


def check(name, is_good, *seen):
    global passed, failed
    passed, failed = passed + bool(is_good), failed + (not is_good)
    if not is_good and failed < 6:
        print(f"FAIL ninja {name}: {' '.join(map(str, seen))[-400:]} | again: make test-ninja")


def run(command, cwd):
    return subprocess.run(command, cwd=cwd, env={**os.environ, "HOME": "/nonexistent"}, text=True, capture_output=True, check=False)


def both(name, root, more=()):
    """Runs both ways; what ninja did."""
    outputs = [w for f in FORMATS for w in ("--format", f"{f}:ninja.{f}")]
    if not (root / "farm/build.ninja").exists():
        made = run([TOOL, "ninja", "-o", "farm", *more, *outputs], root)
        check(f"{name}: writes the file", made.returncode == 0 and "ninja -C farm" in made.stdout, made)
    done = run(["ninja", "-C", "farm"], root)
    plain = run([TOOL, "check", "--no-cache", *more, *[w.replace("ninja.", "check.") for w in outputs]], root)
    for form in FORMATS:
        ours, theirs = root / f"ninja.{form}", root / f"check.{form}"
        same = ours.exists() and ours.read_text() == theirs.read_text()
        check(f"{name}: {form}", same, done.stdout, done.stderr,
              run(["diff", ours, theirs], root).stdout if ours.exists() else "not written")
    check(f"{name}: fails when check does", (done.returncode != 0) == (plain.returncode != 0), done.returncode, plain.returncode)
    return re.findall(r"collect (\S+)", done.stdout)


def main():
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name).resolve()
        p = Project(TOOL, scratch / "a project", scratch / "unused", 5)
        root = p.root
        p.write("src/its $odd #1.c", 'int odd(void) { return 1; }\n')
        p.units.append("src/its $odd #1.c")
        p.database()
        check("first", len(both("first", root)) == 7)
        check("nothing is collected twice", both("again", root) == [])
        p.write("src/lib.c", (root / "src/lib.c").read_text().replace("ctel_span_end(span);", ""))
        did = both("one file", root)
        check("only that file", did == ["src/lib.c"], did)
        p.write("include/local.h", "#define LIMIT -2\n")
        did = both("a header", root)
        check("what includes it", len(did) == 6 and "odd" not in str(did), did)
        p.write("src/unit_1.c", '#include "not there.h"\n' + (root / "src/unit_1.c").read_text())
        both("a unit that cannot be read", root)
        p.write("include/not there.h", "\n")
        both("and can again", root)
        p.units.append(p.units[1])
        p.database("-DMORE")
        did = both("a changed database", root)
        check("other flags", len(did) >= 7, did)
        p.write("otel-tidy.json", '{ "rules": { "span-leak": "note" }, "database": "." }')
        shutil.rmtree(root / "farm")
        both("a configuration", root, ["--profile", "strict", "--fail-on", "error"])
        for case in sorted((TOP / "tests/cases").glob("project-*")):
            copy = scratch / case.name
            shutil.copytree(case, copy)
            for file in copy.rglob("*.in"):
                file.with_suffix("").write_text(file.read_text().replace("@DIR@", str(copy)).replace("@TOP@", str(TOP)))
            both(case.name, copy)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
