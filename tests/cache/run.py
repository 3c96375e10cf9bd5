#!/usr/bin/env python3
"""The cache gives the bytes that an analysis would give, or nothing.

    run.py OTEL-TIDY [--only NAME]

OTEL_TIDY_TEST_CRASH=text kills the worker that parses a file with that text in its name, so that a
run under it proves that no such file was parsed.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from project import Project  # noqa: E402

CRASH_ALL = {"OTEL_TIDY_TEST_CRASH": ".c"}
tests = []


def test(function):
    tests.append(function)
    return function


def same(what, one, other):
    if one != other:
        raise AssertionError(f"{what}: {one[0]} and {other[0]}, {len(one[1])} and {len(other[1])} bytes")


def different(what, one, other):
    if one == other:
        raise AssertionError(f"{what}: nothing changed")


@test
def cold_warm_and_without(make):
    p = make("a")
    for form in ("text", "json", "sarif"):
        plain = p.run("--format", form, "--no-cache")
        same("cold", p.run("--format", form), plain)
        same("warm", p.run("--format", form), plain)
    if plain[0] != 1:
        raise AssertionError(f"exit {plain[0]}: nothing was found: {p.stderr}")


@test
def another_checkout_parses_nothing(make):
    p, far = make("a"), make("somewhere/else/with a blank")
    first = p.run("--format", "sarif")
    same("in another directory, without a parse", far.run("--format", "sarif", env=CRASH_ALL), first)
    for entry in pathlib.Path(p.cache).glob("facts-2/*/*"):
        if str(p.root).encode() in entry.read_bytes():
            raise AssertionError(f"{entry} knows where the checkout is")


@test
def warm_run_opens_no_libclang(make):
    p = make("a")
    first = p.run()
    second = p.run(env={"LD_DEBUG": "files"})
    same("warm", second, first)
    if "libclang" in p.stderr:
        raise AssertionError("libclang was opened")
    p.run("--no-cache", env={"LD_DEBUG": "files"})
    if "libclang" not in p.stderr:
        raise AssertionError("LD_DEBUG does not tell: the test is blind")


@test
def one_changed_file_is_one_parse(make):
    p = make("a")
    p.run()
    p.write("src/lib.c", (p.root / "src/lib.c").read_text().replace("ctel_span_end(span);", ""))
    changed = p.run(env={"OTEL_TIDY_TEST_CRASH": "unit_"})
    same("only lib.c was parsed", changed, p.run("--no-cache"))
    if b"never ended" not in changed[1]:
        raise AssertionError("the change has no effect on the other files")


@test
def headers_behind_links_are_found_again(make):
    """libstdc++'s are, where /lib is a link to usr/lib: /lib/gcc/…/../../include is not /include."""
    p = make("a", units=1)
    (p.root / "far/away/lib").mkdir(parents=True)
    (p.root / "far/away/include").mkdir()
    p.write("far/away/include/deep.h", "#define DEEP 1\n")
    (p.root / "src/near").symlink_to("../far/away/lib")
    p.write("src/list.cpp", "#include <memory>\n#include \"near/../include/deep.h\"\nstd::unique_ptr<int> one() { return {}; }\n")
    p.units.append("src/list.cpp")
    p.database()
    p.age()
    first = p.run()
    p.write("new.json", "{}")  # no run is kept whole: this one asks each unit's entry
    same("without a parse", p.run("--config", "new.json", env={"OTEL_TIDY_TEST_CRASH": "src/"}), first)
    p.write("far/away/include/deep.h", "#define DEEP 2\n#error no\n")
    different("the header behind the link is looked at", p.run(), first)


@test
def touched_files_are_not_changed_files(make):
    p = make("a")
    first = p.run()
    for path in p.root.rglob("*.[ch]"):
        path.touch()
    same("touched", p.run(env=CRASH_ALL), first)
    p.age()
    same("touched back", p.run(env=CRASH_ALL), first)


@test
def changes_are_seen(make):
    p = make("a")
    last = p.run("--format", "json")

    def changed(what):
        nonlocal last
        now = p.run("--format", "json")
        different(what, now, last)
        same(f"{what}, analysed anew", now, p.run("--format", "json", "--no-cache"))
        same(f"{what}, again", p.run("--format", "json"), now)
        last = now

    p.write("include/local.h", "#define LIMIT -3\n")
    changed("a header")
    p.write("first/local.h", "#define LIMIT -5\n")
    changed("a header that comes before another one")
    p.write("src/lib.h", (p.root / "include/lib.h").read_text() + "\n#undef LIMIT\n#define LIMIT 3\n")
    changed("a header beside the file that includes it")
    p.database("-DNOTHING")
    p.write("src/unit_0.c", (p.root / "src/unit_0.c").read_text() + "\n#ifdef NOTHING\nint more(void) { return 1; }\n#endif\n")
    changed("flags and a file")
    p.write("otel-tidy.json", '{ "rules": { "span-leak": "note" } }')
    changed("a configuration that was not there")
    p.write("otel-tidy.json", '{ "rules": { "span-leak": "off" } }')
    changed("the configuration")
    (p.root / "otel-tidy.json").unlink()
    changed("no configuration any more")
    p.write("model.json", '{ "name": "m", "calls": [] }')
    p.write("otel-tidy.json", '{ "models": ["model.json"], "critical_paths": [{ "function": "run_1" }] }')
    changed("a critical path")
    p.units.remove("src/unit_3.c")
    p.database()
    changed("a unit less")


@test
def inputs_that_are_named_elsewhere_are_seen(make):
    p = make("a")
    p.write("flags.rsp", "-DLIMIT_=0")
    p.database("@flags.rsp")
    p.write("src/unit_0.c", (p.root / "src/unit_0.c").read_text().replace("LIMIT)", "LIMIT_)"))
    p.age()
    one = p.run()
    p.write("flags.rsp", "-DLIMIT_=-7")
    p.age()
    two = p.run()
    different("a response file", two, one)
    same("anew", two, p.run("--no-cache"))
    other = p.root / "elsewhere"
    other.mkdir()
    (other / "local.h").write_text("#define LIMIT -9\n")
    (p.root / "include/local.h").unlink()
    three = p.run(env={"CPATH": str(other)})
    same("a directory that only the environment names", three, p.run("--no-cache", env={"CPATH": str(other)}))
    different("CPATH", p.run(), three)


@test
def edits_within_a_second_are_seen(make):
    p = make("a", age=False)
    text = (p.root / "src/unit_1.c").read_text()
    for n in range(6):
        p.write("src/unit_1.c", text.replace("work 1", f"work{n} "))
        now = p.run()
        if f"work{n} ".encode() not in now[1]:
            raise AssertionError(f"edit {n} is not seen")


@test
def two_branches_share_the_cache(make):
    p = make("a")
    one = p.run()
    old = (p.root / "include/local.h").read_text()
    p.write("include/local.h", old + "#define OTHER 1\n")
    two = p.run()
    p.write("include/local.h", old)
    same("back", p.run(env=CRASH_ALL), one)
    p.write("include/local.h", old + "#define OTHER 1\n")
    same("and forth", p.run(env=CRASH_ALL), two)


@test
def broken_entries_are_no_entries(make):
    p = make("a")
    first = p.run("--format", "json")
    rng = random.Random(1)
    for n in range(12):
        for entry in [e for e in pathlib.Path(p.cache).rglob("*") if e.is_file() and "libclang" not in str(e)]:
            data = bytearray(entry.read_bytes())
            if n % 3 == 0:
                data = data[:rng.randrange(len(data) or 1)]
            elif n % 3 == 1 and data:
                data[rng.randrange(len(data))] ^= 1 + rng.randrange(255)
            else:
                data = bytearray(rng.randbytes(rng.randrange(2000)))
            entry.write_bytes(data)
        same(f"breakage {n}", p.run("--format", "json"), first)
        if p.stderr:
            raise AssertionError(p.stderr)


@test
def many_at_once(make):
    p = make("a")
    want = p.run("--no-cache")
    running = [subprocess.Popen([p.tool, "check", "--cache-dir", p.cache, "-j2"], cwd=p.root, stdout=subprocess.PIPE)
               for _ in range(5)]
    for process in running:
        out = process.communicate()[0]
        same("one of five", (process.returncode, out), want)
    same("after them", p.run(env=CRASH_ALL), want)
    left = [e for e in pathlib.Path(p.cache).rglob("*.tmp")]
    if left:
        raise AssertionError(f"left behind: {left}")


@test
def an_unwritable_cache_is_no_error(make):
    p = make("a")
    want = p.run("--no-cache")
    blocked = p.root / "blocked"
    blocked.write_text("a file, no directory")
    same("a file in its place", p.run(cache=str(blocked)), want)


@test
def the_size_is_kept(make):
    p = make("a", units=12)
    want = p.run("--no-cache")
    for n in range(12):
        p.write("include/local.h", f"#define LIMIT 0\n/* {n} */\n")
        p.run("--cache-size", "1")
    size = sum(e.stat().st_size for e in pathlib.Path(p.cache).rglob("*") if e.is_file())
    if size > 1 << 20:
        raise AssertionError(f"{size} bytes in a cache of 1 MiB")
    p.write("include/local.h", "#define LIMIT 0\n")
    same("still right", p.run("--cache-size", "1"), want)


@test
def what_failed_is_tried_again(make):
    p = make("a")
    p.write("src/unit_2.c", '#include "comes_later.h"\nint x;\n')
    first = p.run()
    if first[0] not in (1, 3) or b"comes_later.h" not in first[1]:
        raise AssertionError(first)
    p.write("include/comes_later.h", "\n")
    now = p.run()
    same("the header came", now, p.run("--no-cache"))
    if b"comes_later.h" in now[1]:
        raise AssertionError("still missing")


@test
def outputs_to_files_are_written_again(make):
    p = make("a")
    p.run("--format", "json:out.json", "--format", "sarif:out.sarif")
    first = (p.root / "out.json").read_bytes(), (p.root / "out.sarif").read_bytes()
    (p.root / "out.json").write_text("somebody else's")
    p.run("--format", "json:out.json", "--format", "sarif:out.sarif")
    same("files", (0, first[0] + first[1]), (0, (p.root / "out.json").read_bytes() + (p.root / "out.sarif").read_bytes()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    passed = failed = 0
    for function in tests:
        if options.only not in function.__name__:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            def make(name, age=True, units=6):
                project = Project(options.tool, pathlib.Path(scratch) / name, pathlib.Path(scratch) / "cache", units)
                if not age:
                    for path in project.root.rglob("*"):
                        path.touch()
                return project
            try:
                function(make)
                passed += 1
            except AssertionError as error:
                failed += 1
                print(f"FAIL cache {function.__name__}: {error} | again: make test-cache ONLY={function.__name__}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
