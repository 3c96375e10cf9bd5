#!/usr/bin/env python3
"""Looks at every code block of the documentation: blocks.py [FILE…], from the top of a checkout.

Blocks of console are run elsewhere, word for word (test-docs, test-exercises-text, test-samples), the C and C++ of
rule pages by test-fixtures, and docs/sdk.md by the SDK's own tests; a page with a console block that nobody runs is
an error here. What is left: JSON and Python parse, YAML does where Python can read it, shell scripts do, C and C++ that
include something compile; and in blocks that show commands, and in sentences, each `otel-tidy`, `make` and `lab/lab` names a command,
an option, a target that there is. `blocks.py --self` sees that each kind of wrong block is found.
"""
import ast
import glob
import json
import os
import re
import subprocess
import sys
import textwrap

SHOWN = {"diff", "text", "markdown", "lua", "toml", "cmake", "jsonl", "http", "promql"}  # nothing to run, or for programs that are not here
RULES = "rules/"
try:
    import yaml
except ImportError:
    yaml = None


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def known_commands():
    """The tables that the program itself is made of, and the rules that make has."""
    commands = set(re.findall(r'^\t\{"([a-z]+)", "', read("analyzer/cli/commands.c"), re.M))
    options = set(re.findall(r'^\t\{"(--[a-z-]+)", ', read("analyzer/cli/options.c"), re.M))
    options |= set(re.findall(r'^\t\{"--[a-z-]+", "(-[a-zA-Z])", ', read("analyzer/cli/options.c"), re.M))
    options |= {"--help", "--version", "-h", "-V"}
    targets = set()
    for path in ["Makefile", *glob.glob("tests/*/rules.mk")]:
        text = read(path).replace("\\\n", " ")
        for names in re.findall(r"^([a-z][a-z0-9 -]*):(?!=)", text, re.M):
            targets |= set(names.split())
    lab = set(re.findall(r"^\s*lab/lab ([a-z]+)", read("docs/lab.md"), re.M))
    return commands, options, targets, lab


def blocks(text):
    """Line, language and text of each fenced block; not of those that are included from files with tests of their own."""
    text = re.sub(r"<!-- include .*?<!-- /include -->", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
    for match in re.finditer(r"^( *)```([^\n`]*)\n(.*?)^\1```[ \t]*$", text, re.M | re.S):
        rows = [row.removeprefix(match[1]) for row in match[3].split("\n")]
        yield text.count("\n", 0, match.start()) + 1, (match[2].split() or [""])[0], "\n".join(rows)


def run(command, text):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr.strip().split("\n")[0]


def of_json(text):
    bare = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda m: m[1] or "", text, flags=re.S)
    try:
        json.loads(bare)
    except ValueError as error:
        return str(error)
    return None


def of_yaml(text):
    if yaml is None:
        return None
    try:
        yaml.safe_load(text)
    except yaml.YAMLError as error:
        return str(error).replace("\n", " ")
    return None


def of_c(text, language):
    if "#include" not in text:
        return None
    flags = ["-Ilab/sdk/include", "-Ianalyzer/include", "-w", "-fsyntax-only"]
    if language == "c":
        return run(["gcc", "-std=c11", "-D_GNU_SOURCE", *flags, "-xc", "-"], text)
    if "opentelemetry/" in text:
        return None  # not everybody's machine has it: test-samples compiles against it
    return run(["g++", "-std=c++17", *flags, "-xc++", "-"], text)


def of_python(text):
    try:
        ast.parse(textwrap.dedent(text))
    except SyntaxError as error:
        return str(error)
    return None


def of_commands(text, tables):
    commands, options, targets, lab = tables
    for row in text.split("\n"):
        row = re.sub(r"(^|\s)#.*", "", row).removeprefix("$ ").strip()
        row = re.sub(r"^(?:[A-Z_]+=\S* +)+", "", row)
        words = row.split()
        if not words:
            continue
        name, rest = words[0], words[1:]
        if name in ("otel-tidy", "build/otel-tidy"):
            mine = rest[:rest.index("--")] if "--" in rest else rest
            if mine and re.fullmatch(r"[a-z]+", mine[0]) and mine[0] not in commands and not os.path.exists(mine[0]):
                return f"otel-tidy has no command '{mine[0]}'"
            for word in mine:
                option = re.match(r"(--[a-z][a-z-]*|-[a-zA-Z](?![a-z]))", word)
                if option and option[1] not in options:
                    return f"otel-tidy has no option '{option[1]}'"
        elif name == "make":
            if "-C" in rest or "-f" in rest:
                continue
            for word in rest:
                if re.fullmatch(r"[a-z][a-z0-9-]*", word) and word not in targets:
                    return f"make has no target '{word}'"
        elif name == "lab/lab" and rest and re.fullmatch("[a-z]+", rest[0]) and rest[0] not in lab:
            return f"lab/lab has no command '{rest[0]}'"
    return None


def is_run(page):
    """Whether a suite runs the console blocks of a page."""
    return (page == "README.md" or page.startswith(("docs/", "lab/", RULES)) or
            page in ("tests/exercises/runner.md",))


def wrong(page, language, text, tables):
    if language == "console":
        return None if is_run(page) else "nobody runs the console blocks of this page"
    if language == "json":
        return of_json(text)
    if language in ("yaml", "yml"):
        return None if page.startswith(RULES) or "…" in text else of_yaml(text)
    if language == "python":
        return of_python(text)
    if language == "sh":
        return run(["sh", "-n"], text) or of_commands(text, tables)
    if language in ("c", "cpp"):
        return None if page.startswith((RULES, "docs/sdk.md")) else of_c(text, language)
    if language == "":
        return None if page.startswith(("lab/samples/", "lab/sdk/")) else of_commands(text, tables)
    return None if language in SHOWN else f"'{language}' is a language that nobody checks; next: teach blocks.py"


def spoken(text):
    """Line and text of commands in the middle of a sentence, also of those in blocks of Markdown."""
    shown = re.sub(r"^( *)```(?!markdown)[^\n]*\n.*?^\1```[ \t]*$", lambda m: "\n" * m[0].count("\n"), text, flags=re.M | re.S)
    for match in re.finditer(r"(?<!`)`((?:build/)?otel-tidy|make|lab/lab)\s+([^`]*)`", shown):
        words = " ".join(match[2].split())
        yield text.count("\n", 0, match.start()) + 1, f"{match[1]} {words}"


def check(pages):
    tables = known_commands()
    for table, name in zip(tables, ("commands", "options", "targets", "commands of lab/lab")):
        if not table:
            sys.exit(f"blocks.py: found no {name}; next: see where their table went")
    nr, bad = 0, []
    for page in pages:
        for line, language, text in blocks(read(page)):
            nr += 1
            said = wrong(page, language, text, tables)
            if said:
                bad.append(f"{page}:{line}: {said}")
        for line, command in spoken(read(page)):
            nr += 1
            said = of_commands(command, tables)
            if said:
                bad.append(f"{page}:{line}: {said}")
    return nr, bad


BROKEN = [("json", '{"a": 1,}'), ("sh", "if true; then"), ("c", "#include <ctel/ctel.h>\nint f(void) { return g(; }"),
          ("", "otel-tidy chekc src/"), ("", "$ otel-tidy check --no-such-thing"), ("", "make no-such-target"),
          ("sh", "make test-nothing"), ("", "lab/lab nxet"), ("brainfuck", "+"), ("python", "def f(:"), ("yaml", "a: [1")]
FINE = [("json", '{"a": 1} // a comment'), ("sh", "make demo"), ("c", "#include <ctel/ctel.h>\nint f(void);"),
        ("", "otel-tidy check src/ -p build   # text"), ("", "otel-tidy check app.c -- -Iinclude --any"), ("", "make test")]


def self_test():
    tables = known_commands()
    nr_failed = 0
    for language, text in BROKEN:
        if (yaml or language != "yaml") and not wrong("docs/x.md", language, text, tables):
            print(f"FAIL blocks: nothing is said of {language} {text!r}")
            nr_failed += 1
    for language, text in FINE:
        if wrong("docs/x.md", language, text, tables):
            print(f"FAIL blocks: {language} {text!r}: {wrong('docs/x.md', language, text, tables)}")
            nr_failed += 1
    if not any(of_commands(command, tables) for _, command in spoken("text, `otel-tidy\nchekc --help`, text")):
        print("FAIL blocks: a wrong command in a sentence is accepted")
        nr_failed += 1
    if not wrong("CONTRIBUTING.md", "console", "$ true", tables):
        print("FAIL blocks: a console block that nobody runs is accepted")
        nr_failed += 1
    return nr_failed


def main():
    if sys.argv[1:] == ["--self"]:
        return 1 if self_test() else 0
    pages = sys.argv[1:] or subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md", "*.mdx"],
        capture_output=True, text=True, check=True).stdout.split()
    nr, bad = check(pages)
    for line in bad:
        print(f"FAIL blocks {line} | again: python3 -B tests/docs/blocks.py")
    print(f"{nr} blocks and commands on {len(pages)} pages, {len(bad)} wrong{'' if yaml else '; YAML was not read: no python3-yaml'}")
    return 1 if bad or nr == 0 else 0


sys.exit(main())
