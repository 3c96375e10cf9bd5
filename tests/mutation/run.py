#!/usr/bin/env python3
"""Recall by mutation: damages correct programs and counts what otel-tidy says about it.

	run.py --tool build/otel-tidy [--only PATTERN] [--quick] [--show] [--write RESULTS.md]
"""
import argparse
import collections
import difflib
import fnmatch
import hashlib
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import time

import operators_lifetime  # noqa: F401  (registers its operators)
import operators_over  # noqa: F401
import operators_private  # noqa: F401
import operators_under  # noqa: F401
from program import Operator, Program, Survivors

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LEAST = 95.0
settings = None


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", errors="replace", timeout=120, check=False, **more)


def load_programs():
    base = os.path.join(HERE, "base")
    programs = [Program(ROOT, "lab/shop/checkout/right", "shop")]
    return programs + [Program(ROOT, os.path.join("tests/mutation/base", d), d)
        for d in sorted(os.listdir(base))]


def known_rules(tool):
    """Names of the rules in this build; suppression comments are no concern here."""
    listed = run([tool, "rules"])
    if listed.returncode:
        sys.exit("mutation: `%s rules` failed: %s" % (tool, listed.stderr.strip()))
    rows = [line.split() for line in listed.stdout.splitlines() if line.strip()]
    return [row[0] for row in rows if len(row) > 1 and row[1] != "suppression"]


class Place:
    """A worker's own copy of each program, and its own cache."""

    def __init__(self):
        self.root = os.path.join(settings.build, "mutation", "w%d" % os.getpid())
        self.current = {}

    def folder(self, program):
        folder = os.path.join(self.root, program.name)
        if program.name not in self.current:
            os.makedirs(folder)
            self.write(folder, program.texts)
            database = [{"directory": folder, "file": path,
                "arguments": ["cc"] + program.flags(path) + ["-c", path]} for path in program.files]
            with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
                json.dump(database, out)
            self.current[program.name] = folder
        return folder

    @staticmethod
    def write(folder, texts):
        for path, text in texts.items():
            with open(os.path.join(folder, path), "w", encoding="utf-8") as out:
                out.write(text)

    def compiles(self, program, paths):
        """Empty, or the compiler's first words; what it said about the same text before holds."""
        folder = self.folder(program)
        for path in paths:
            with open(os.path.join(folder, path), "rb") as stream:
                text = stream.read()
            key = hashlib.sha256(settings.headers + program.name.encode() + path.encode() + text)
            note = os.path.join(settings.build, "mutation-compiled", key.hexdigest())
            if os.path.exists(note):
                continue
            compiler = settings.clang + ("++" if path.endswith(".cpp") else "")
            if not shutil.which(compiler):
                compiler = settings.clang
            found = run([compiler, "-fsyntax-only", "-w"] + program.flags(path) + [path], cwd=folder)
            if found.returncode:
                return found.stderr.strip().split("\n")[0]
            with open(note, "w", encoding="utf-8"):
                pass
        return ""

    def findings(self, program):
        """The report, or a text that says why there is none."""
        command = [settings.tool, "check", "-p", self.folder(program), "-j1", "--no-config",
            "--format", "json", "--cache-dir", os.path.join(self.root, "cache")]
        for rule in settings.rules:
            command += ["--rule", rule]
        found = run(command)
        if found.returncode not in (0, 1):
            return "exit %d: %s" % (found.returncode, found.stderr.strip()[-200:])
        return json.loads(found.stdout)["findings"]


def header_sum(programs):
    """What else decides whether a file compiles."""
    sums = hashlib.sha256(settings.clang.encode())
    for folder in ("lab/sdk/include", "analyzer/include", "tests/include"):
        for where, folders, names in os.walk(os.path.join(ROOT, folder)):
            folders.sort()
            for name in sorted(names):
                with open(os.path.join(where, name), "rb") as stream:
                    sums.update(stream.read())
    for program in programs:
        for path in sorted(program.texts):
            if path.endswith(".h"):
                sums.update(program.texts[path].encode())
    return sums.digest()


place = None


def judge(number):
    """One mutant: (number, outcome, what was said)."""
    global place
    if place is None:
        os.nice(settings.nice)
        place = Place()
    mutant = settings.mutants[number]
    program = mutant.program
    folder = place.folder(program)
    try:
        place.write(folder, mutant.texts)
        broken = place.compiles(program, mutant.texts)
        if broken:
            return number, "broken", broken
        found = place.findings(program)
        if isinstance(found, str):
            return number, "failed", found
        return (number,) + verdict(mutant, found)
    finally:
        place.write(folder, {path: program.texts[path] for path in mutant.texts})


def verdict(mutant, found):
    ranges = mutant.ranges()
    others = []
    misplaced = ""
    for finding in found:
        path = os.path.basename(finding["file"])
        here = any(path == p and first <= finding["line"] <= last for p, first, last in ranges)
        if finding["rule"] in mutant.operator.accepts:
            if here:
                return "killed", finding["rule"]
            misplaced = "%s in %s:%d" % (finding["rule"], path, finding["line"])
        else:
            others.append(finding["rule"])
    if misplaced:
        return "survived", "elsewhere: " + misplaced
    if others:
        return "survived", "only " + ", ".join(sorted(set(others)))
    return "survived", "silent"


def check_bases(programs):
    """Each base program compiles and is silent; returns what was said, by program."""
    global place
    place = Place()
    said = []
    for program in programs:
        broken = place.compiles(program, program.files)
        if broken:
            sys.exit("mutation: %s does not compile: %s" % (program.name, broken))
        found = place.findings(program)
        if isinstance(found, str):
            sys.exit("mutation: %s: %s" % (program.name, found))
        for f in found:
            said.append((program.name, f["rule"], "%s:%d: %s" % (
                os.path.basename(f["file"]), f["line"], f["message"])))
    place = None
    return said


def collect(programs):
    """All mutants, without those that are the same damage under another operator's number."""
    mutants = []
    for program in programs:
        for operator in Operator.all:
            seen = set()
            for mutant in operator.mutants(program):
                damage = tuple(sorted(mutant.texts.items()))
                if damage in seen or all(program.texts[p] == t for p, t in damage):
                    continue
                seen.add(damage)
                mutants.append(mutant)
    return mutants


def run_all(numbers):
    results = {}
    with multiprocessing.Pool(settings.jobs) as pool:
        for number, outcome, told in pool.imap_unordered(judge, numbers, chunksize=8):
            results[number] = (outcome, told)
            if len(results) % 200 == 0:
                print("%d of %d" % (len(results), len(numbers)), file=sys.stderr)
            if outcome == "failed":
                print("mutation: %s: %s" % (settings.mutants[number].id, told))
    for number in sorted(results):
        settings.mutants[number].outcome, settings.mutants[number].told = results[number]


def percent(killed, total):
    return "%5.1f" % (100.0 * killed / total) if total else "    –"


def summary(key, mutants):
    """(name, killed, survived) rows; what does not compile is not counted."""
    rows = collections.OrderedDict()
    for mutant in mutants:
        row = rows.setdefault(key(mutant), [0, 0])
        if mutant.outcome == "killed":
            row[0] += 1
        elif mutant.outcome in ("survived", "failed"):
            row[1] += 1
    return [(name, killed, survived) for name, (killed, survived) in rows.items()
        if killed + survived]


def write_results(path, mutants, survivors, missing, accepted):
    killed = sum(m.outcome == "killed" for m in mutants)
    total = killed + len(survivors)
    lines = ["# Recall by mutation: results", "",
        "Written by `make mutation`; [README.md](README.md) says what was done.", "",
        "%d of %d damaged programs were reported by the right rule in the right function: **%s %%**."
        % (killed, total, percent(killed, total).strip()), "",
        "| rule | killed | damaged | recall |", "|---|---:|---:|---:|"]
    for rule, k, s in sorted(summary(lambda m: m.operator.rule, mutants)):
        lines.append("| %s | %d | %d | %s %% |" % (rule, k, k + s, percent(k, k + s).strip()))
    lines += ["", "| damage | what is done | rule | killed | damaged |", "|---|---|---|---:|---:|"]
    rows = {name: (k, s) for name, k, s in summary(lambda m: m.operator.name, mutants)}
    for operator in Operator.all:
        k, s = rows.get(operator.name, (0, 0))
        if k + s:
            lines.append("| %s | %s | %s | %d | %d |" % (
                operator.name, operator.about, operator.rule, k, k + s))
    lines += ["", "## Survivors", ""]
    by_reason = collections.OrderedDict()
    for mutant in survivors:
        by_reason.setdefault(accepted[mutant.id] or "**not accepted**", []).append(mutant)
    for reason, group in by_reason.items():
        lines += ["%s:" % reason, ""] + ["- `%s`: %s" % (m.id, m.told) for m in group] + [""]
    if not survivors:
        lines += ["None.", ""]
    if missing:
        lines += ["## No rule yet", ""]
        lines += ["- `%s` (%s): %d damaged programs" % row for row in missing] + [""]
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(lines).rstrip() + "\n")


def print_table(mutants):
    print("%-26s %7s %8s %7s" % ("rule", "killed", "damaged", "%"))
    killed = total = 0
    for rule, k, s in sorted(summary(lambda m: m.operator.rule, mutants)):
        print("%-26s %7d %8d %7s" % (rule, k, k + s, percent(k, k + s)))
        killed, total = killed + k, total + k + s
    print("%-26s %7d %8d %7s" % ("all", killed, total, percent(killed, total)))
    return killed, total


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", default="build/otel-tidy")
    parser.add_argument("--clang", default="clang")
    parser.add_argument("--build", default="build")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--nice", type=int, default=10)
    parser.add_argument("--only", help="mutants whose id matches PATTERN, as in program/operator/*")
    parser.add_argument("--rule", help="mutants of this rule")
    parser.add_argument("--quick", action="store_true", help="those that quick.txt names")
    parser.add_argument("--show", action="store_true", help="print the damage, run nothing")
    parser.add_argument("--write", help="write RESULTS.md here")
    given = parser.parse_args()
    given.tool, given.build = os.path.abspath(given.tool), os.path.abspath(given.build)
    return given


def select(mutants, given):
    if given.quick:
        with open(os.path.join(HERE, "quick.txt"), encoding="utf-8") as stream:
            names = [line.strip() for line in stream if line.strip() and line[0] != "#"]
        unknown = set(names) - {m.id for m in mutants}
        if unknown:
            sys.exit("mutation: quick.txt names what does not exist: %s" % ", ".join(sorted(unknown)))
        mutants = [m for m in mutants if m.id in names]
    if given.only:
        mutants = [m for m in mutants if fnmatch.fnmatchcase(m.id, given.only)]
    if given.rule:
        mutants = [m for m in mutants if m.operator.rule == given.rule]
    if not mutants:
        sys.exit("mutation: nothing matches")
    return mutants


def show(mutants):
    for mutant in mutants:
        print("%s -> %s" % (mutant.id, mutant.operator.rule))
        for path, text in mutant.texts.items():
            sys.stdout.writelines(difflib.unified_diff(mutant.program.texts[path].splitlines(True),
                text.splitlines(True), path, path, n=2))


def main():
    global settings
    settings = read_arguments()
    began = time.monotonic()
    programs = load_programs()
    mutants = select(collect(programs), settings)
    if settings.show:
        show(mutants)
        return 0
    settings.rules = known_rules(settings.tool)
    shutil.rmtree(os.path.join(settings.build, "mutation"), ignore_errors=True)
    os.makedirs(os.path.join(settings.build, "mutation-compiled"), exist_ok=True)
    settings.headers = header_sum(programs)
    loud = check_bases([p for p in programs if any(m.program is p for m in mutants)])
    for name, rule, text in loud:
        print("FAIL mutation: %s is not silent: %s [%s]" % (name, text, rule))
    missing = [(o.name, o.rule, sum(m.operator is o for m in mutants)) for o in Operator.all
        if o.rule not in settings.rules and any(m.operator is o for m in mutants)]
    settings.mutants = [m for m in mutants if m.operator.rule in settings.rules]
    run_all(range(len(settings.mutants)))
    shutil.rmtree(os.path.join(settings.build, "mutation"), ignore_errors=True)
    return conclude(missing, loud, began)


def conclude(missing, loud, began):
    mutants = settings.mutants
    known = Survivors(os.path.join(HERE, "survivors.txt"))
    survivors = [m for m in mutants if m.outcome in ("survived", "failed")]
    accepted = {m.id: known.reason(m.id) for m in survivors}
    killed, total = print_table(mutants)
    for name, rule, count in missing:
        print("no rule yet: %s (%s), %d damaged programs" % (rule, name, count))
    wrong = bool(loud)
    for mutant in survivors:
        reason = accepted[mutant.id]
        print("%s %s: %s%s" % ("survivor" if reason else "FAIL mutation: survivor", mutant.id,
            mutant.told, ": " + reason if reason else ""))
        wrong |= not reason
    everything = not (settings.quick or settings.only or settings.rule)
    for pattern, _, used, number in known.entries:
        if everything and not used:
            print("FAIL mutation: survivors.txt:%d: %s survives no more; take it off" % (
                number, pattern))
            wrong = True
    broken = [m for m in mutants if m.outcome == "broken"]
    for mutant in broken:
        print("not counted, does not compile: %s: %s" % (mutant.id, mutant.told))
    if settings.write and everything:
        write_results(settings.write, mutants, survivors, missing, accepted)
    if total == 0 or 100.0 * killed / total < LEAST:
        print("FAIL mutation: less than %g %% killed" % LEAST)
        wrong = True
    print("%d killed, %d survived, %d not counted, %.0f s" % (killed, len(survivors), len(broken),
        time.monotonic() - began))
    if settings.quick:
        print("%d passed, %d failed" % (killed, len(survivors) + len(loud)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
