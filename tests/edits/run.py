#!/usr/bin/env python3
"""Fingerprints stay when code is moved, reformatted, commented and renamed.

    run.py OTEL-TIDY [--edits 1000] [--seed 1] [--only PART] [--language cpp] [--clang-format PROGRAM]

Random innocent edits are put on the bad_ fixtures of all rules, five on top of each other: comment
and blank lines, indentation, a whole reformat, names of local variables, the order of functions, the
name of the file. After each five, the findings must have the fingerprints they had. Edits that the
compiler refuses do not count. At least 99 in 100 findings have to be stable, and
what is not is printed.
"""
import argparse
import concurrent.futures
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter

TOP = pathlib.Path(__file__).resolve().parents[2]
INCLUDES = [f"-I{TOP}/tests/include", f"-I{TOP}/lab/sdk/include", f"-I{TOP}/analyzer/include"]
STACK = 5
STYLES = ["LLVM", "Google", "Chromium", "Mozilla", "WebKit", "Microsoft", "GNU"]
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|[A-Za-z_]\w*|\s+|.', re.S)


KNOWN = {}  # by fixture: the fingerprints that it has


class Refused(Exception):
    """The edit does not fit this file."""


def free_lines(text):
    """Numbers of lines before which a line may be put: not inside a comment, a text or a macro."""
    lines, at = text.split("\n"), 0
    inside = set()
    for token in TOKEN.findall(text):
        inner = token.count("\n")
        if inner and not token.isspace():
            inside.update(range(at + 1, at + inner + 1))
        at += inner
    # a line of an #if would have its own life; a comment that allows something speaks of the next line
    return [i for i, _ in enumerate(lines) if i not in inside and not (i and (
        lines[i - 1].endswith("\\") or "otel-tidy:" in lines[i - 1]))]


def insert(line):
    def edit(source, rng):
        lines = source.text.split("\n")
        lines.insert(rng.choice(free_lines(source.text)), rng.choice(line))
        source.text = "\n".join(lines)
    return edit


def reindent(source, rng):
    unit = rng.choice(["    ", "  ", "\t\t", "   "])
    source.text = re.sub(r"^\t+", lambda m: unit * len(m[0]), source.text, flags=re.M)


def reformat(source, rng):
    style = f"{{BasedOnStyle: {rng.choice(STYLES)}, ReflowComments: false, SortIncludes: Never}}"
    done = subprocess.run([source.formatter, f"--style={style}", f"--assume-filename={source.name}"],
                          input=source.text, text=True, capture_output=True, check=False)
    if done.returncode:
        raise Refused(done.stderr)
    source.text = done.stdout


def rename_local(source, rng):
    """A name that is declared in a function and is neither a field nor a function anywhere."""
    tokens = [t for t in TOKEN.findall(source.text) if not t.isspace()]
    bad, locals_ = set(), set()
    for i, token in enumerate(tokens):
        if not re.fullmatch(r"[A-Za-z_]\w*", token):
            continue
        before = tokens[i - 1] if i else ""
        after = tokens[i + 1] if i + 1 < len(tokens) else ""
        if before in (".", "->", "struct", "enum", "union", ":", "#") or (before == ">" and tokens[i - 2] == "-") \
                or after in ("(", ":", "{"):
            bad.add(token)
    for match in re.finditer(r"^[\t ]+(?:const )?(?:struct )?[A-Za-z_]\w* \**([A-Za-z_]\w*)(?:;| =)", source.text, re.M):
        locals_.add(match[1])
    names = sorted(n for n in locals_ - bad if n not in ("return", "else", "case", "goto", "break"))
    if not names:
        raise Refused("no local name")
    old = rng.choice(names)
    new = f"the_{old}"
    if new in tokens:
        raise Refused("taken")
    source.text = "".join(new if t == old else t for t in TOKEN.findall(source.text))


def blocks(text):
    """Top-level pieces, comments before a function with it."""
    pieces, start, depth, at = [], 0, 0, 0
    for token in TOKEN.findall(text):
        at += len(token)
        depth += (token == "{") - (token == "}")
        if depth == 0 and token == "}" and text[at:at + 1] == "\n":
            pieces.append(text[start:at + 1])
            start = at + 1
    return pieces, text[start:]


def move(source, rng):
    pieces, rest = blocks(source.text)
    functions = [i for i, p in enumerate(pieces) if re.search(r"^[a-z].*\)\s*\{", p, re.M) and "#include" not in p]
    if len(functions) < 2:
        raise Refused("nothing to move past")
    one, other = rng.sample(functions, 2)
    pieces[one], pieces[other] = pieces[other], pieces[one]
    source.text = "".join(pieces) + rest


def rename_file(source, rng):
    source.name = f"{rng.choice(['zz', 'aa', 'moved', 'v2'])}_{rng.randrange(1000)}{pathlib.Path(source.name).suffix}"


EDITS = {
    "comment": insert(["/* a word from the reviewer */", "// a word from the reviewer", "/* one\n * two */"]),
    "blank": insert(["", "\n"]),
    "reindent": reindent,
    "reformat": reformat,
    "rename-local": rename_local,
    "move-function": move,
    "rename-file": rename_file,
}


class Source:
    def __init__(self, path, tool, formatter):
        self.path, self.tool, self.formatter = path, tool, formatter
        self.name, self.text = path.name, path.read_text()
        config = re.search(r"^// config: (.*)$", self.text, flags=re.M)
        flags = re.search(r"^// flags: (.*)$", self.text, flags=re.M)
        self.config = config and config.group(1).replace("@DIR@", str(path.parent))
        standard = "-std=c++17" if path.suffix == ".cpp" else "-std=c17"
        self.flags = (flags.group(1).split() if flags else [standard]) + INCLUDES

    def fingerprints(self, work):
        """Of all findings, with what is needed to tell which; None: it does not compile."""
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        (work / self.name).write_text(self.text)
        if self.config:
            (work / "otel-tidy.json").write_text(self.config)
        done = subprocess.run(
            [self.tool, "check", "--format", "json", "--profile", "strict", "--no-cache", "-j1", self.name, "--", *self.flags],
            cwd=work, text=True, capture_output=True, check=False)
        if done.returncode == 2:
            sys.exit(f"edits: {self.path}: {done.stderr}")
        report = json.loads(done.stdout)
        if report["incomplete"]:
            return None
        return Counter((f["fingerprint"], f["rule"], f["function"].split("@")[0], f["subject"])
                       for f in report["findings"])


def edited(source, rng, kinds):
    """Puts edits on the source; the kinds of those that fit."""
    done = []
    for _ in range(STACK * 3):
        if len(done) == STACK:
            break
        kept = source.name, source.text
        kind = rng.choice(kinds)
        try:
            EDITS[kind](source, rng)
            done.append(kind)
        except Refused:
            source.name, source.text = kept
    return done


def one_round(source, number, seed, scratch):
    """Kinds of the edits, findings, stable ones, what is lost."""
    rng = random.Random(f"{seed}-{number}")
    work = scratch / f"round-{number}"
    if source.path not in KNOWN:
        KNOWN[source.path] = source.fingerprints(work)
    before, original = KNOWN[source.path], (source.name, source.text)
    if not before:
        return [], 0, 0, []
    kinds = edited(source, rng, sorted(EDITS) + ["move-function"])
    after = source.fingerprints(work)
    if after is None:  # the two that may not compile
        source.name, source.text = original
        kinds = edited(source, rng, sorted(set(EDITS) - {"move-function", "rename-local"}))
        after = source.fingerprints(work)
    shutil.rmtree(work, ignore_errors=True)
    if after is None:
        return [], 0, 0, [f"does not compile after {', '.join(kinds)}:\n{source.text}"]
    stable = sum((before & after).values())
    lost = [f"{'-' if x in before else '+'} {x[1]} in {x[2]}: {x[3]!r}" for x in (before - after) + (after - before)]
    return kinds, max(sum(before.values()), sum(after.values())), stable, lost


def guilty(source, scratch):
    """An edit that is not innocent: the functions get other names. Must not be stable."""
    before = source.fingerprints(scratch / "guilty")
    source.text = re.sub(r"^(static )?((?:int|void|char \*|long) )(\w+)\(", r"\1\2another_\3(", source.text, flags=re.M)
    after = source.fingerprints(scratch / "guilty")
    return before and after is not None and not before & after


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="")
    parser.add_argument("--language", default="c", help="c, or cpp, which takes five times as long")
    parser.add_argument("--clang-format", required=True)
    options = parser.parse_args()
    tool = pathlib.Path(options.tool).resolve()
    paths = [p for p in sorted(TOP.glob(f"rules/*/*/bad_*.{options.language}")) if options.only in str(p)]
    if not paths:
        sys.exit(f"edits: no fixture {options.only}")
    done, findings, stable, unstable = Counter(), 0, 0, []
    with tempfile.TemporaryDirectory() as scratch:
        def run(number):
            path = paths[random.Random(f"{options.seed}-order-{number}").randrange(len(paths))]
            return path, one_round(Source(path, tool, options.clang_format), number, options.seed, pathlib.Path(scratch))
        if not guilty(Source(TOP / "rules/lifetime/span-leak/bad_early_return.c", tool, ""), pathlib.Path(scratch)):
            sys.exit("FAIL edits: findings in functions of other names have the same fingerprints | again: make test-edits")
        number = 0
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            while sum(done.values()) < options.edits and number < options.edits:
                batch = range(number, number + 16)
                number += 16
                for path, (kinds, total, same, lost) in pool.map(run, batch):
                    done.update(kinds)
                    findings += total
                    stable += same
                    if lost:
                        unstable.append(f"{path.relative_to(TOP)} after {', '.join(kinds)}:\n      " + "\n      ".join(lost))
    share = 100 * stable / max(findings, 1)
    print(f"{sum(done.values())} edits ({', '.join(f'{n} {k}' for k, n in sorted(done.items()))}), "
          f"{findings} findings looked up again: {share:.2f} % stable")
    for text in unstable:
        print("    " + text)
    is_good = share >= 99 and sum(done.values()) >= options.edits and set(done) == set(EDITS)
    if not is_good:
        print(f"FAIL edits: {share:.2f} % of {findings} findings are stable | again: make test-edits SEED={options.seed}")
    print(f"{int(is_good) + 1} passed, {int(not is_good)} failed")
    return 0 if is_good else 1


sys.exit(main())
