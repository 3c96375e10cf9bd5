#!/usr/bin/env python3
"""Compares otel-tidy's JSON report with the accepted list of a corpus page; run by tests/corpus/run.

	findings.py [--table] REPORT.json SOURCE-DIR PAGE.md

Prints each finding as "rule file:line function subject". --table prints rows for the page instead, known
verdicts filled in. Exits 1 when something is new or gone, 2 when the page or the report is no good.
"""
import collections
import json
import os
import re
import sys


def fail(text):
    print("corpus: " + text, file=sys.stderr)
    sys.exit(2)


def cells(line):
    """The cells of a markdown table row, or None."""
    line = line.strip()
    if len(line) < 2 or line[0] != "|" or line[-1] != "|":
        return None
    return [c.strip().replace("\\|", "|").strip("`") for c in re.split(r"(?<!\\)\|", line[1:-1])]


def read_page(path):
    """({(rule, place): [(verdict, reason), …]}, the promised number of units)"""
    accepted = collections.defaultdict(list)
    units = None
    in_table = has_table = False
    with open(path, encoding="utf-8") as page:
        for number, line in enumerate(page, 1):
            row = cells(line)
            if row is None:
                in_table = False
            elif row[0] == "rule":
                if row != ["rule", "file:line", "verdict", "reason"]:
                    fail(f"{path}:{number}: the columns are rule, file:line, verdict, reason")
                in_table = has_table = True
            elif in_table and set("".join(row)) <= set("-: "):
                pass
            elif in_table:
                if len(row) != 4:
                    fail(f"{path}:{number}: {len(row)} cells, expected 4; write \\| for a bar inside of a cell")
                rule, place, verdict, reason = row
                if not re.fullmatch(r".+:\d+", place):
                    fail(f"{path}:{number}: '{place}' is not file:line")
                if verdict not in ("true", "false"):
                    fail(f"{path}:{number}: verdict '{verdict}', expected true or false")
                if not reason:
                    fail(f"{path}:{number}: no reason for the verdict")
                accepted[rule, place].append((verdict, reason))
            elif row[0] == "units":
                if len(row) != 2 or not row[1].isdigit():
                    fail(f"{path}:{number}: expected | units | a number |")
                units = int(row[1])
    if not has_table:
        fail(f"{path}: no table | rule | file:line | verdict | reason |")
    if units is None:
        fail(f"{path}: no row | units | number |: how many must have been analysed")
    return accepted, units


def read_report(path, source):
    try:
        with open(path, encoding="utf-8") as f:
            report = json.load(f)
        found = [
            (f["rule"], f"{inside(f['file'], source)}:{f['line']}", f["function"], f["subject"])
            for f in report["findings"]
            if not f["suppressed"]
        ]
        return found, report["fine_line"], report["incomplete"]
    except (OSError, ValueError, KeyError, TypeError) as e:
        fail(f"{path}: not a JSON report of otel-tidy: {e!r}")


def inside(file, source):
    """Relative to the corpus, so that the list holds wherever it lies."""
    full = os.path.normpath(os.path.join(source, file))
    return os.path.relpath(full, source) if full.startswith(source + os.sep) else file


def print_table(found, accepted):
    left = {key: list(rows) for key, rows in accepted.items()}
    print("| rule | file:line | verdict | reason |\n|---|---|---|---|")
    for rule, place, _function, _subject in found:
        rows = left.get((rule, place))
        verdict, reason = rows.pop(0) if rows else ("", "")
        print(f"| {rule} | {place} | {verdict} | " + reason.replace("|", "\\|") + " |")


def precision(found, accepted):
    """true and reported, by rule, of the findings that are judged."""
    counts = collections.Counter()
    for key, nr in collections.Counter((rule, place) for rule, place, *_ in found).items():
        for verdict, _reason in accepted[key][:nr]:
            counts[key[0], verdict] += 1
    for rule in sorted({rule for rule, _ in counts}):
        good = counts[rule, "true"]
        print(f"judged: {rule} {good} true of {good + counts[rule, 'false']}")


def main():
    args = sys.argv[1:]
    is_table = "--table" in args
    args = [a for a in args if a != "--table"]
    if len(args) != 3:
        fail("usage: findings.py [--table] REPORT.json SOURCE-DIR PAGE.md")
    source = os.path.realpath(args[1])
    found, line, incomplete = read_report(args[0], source)
    found.sort(key=lambda f: (f[1].rsplit(":", 1)[0], int(f[1].rsplit(":", 1)[1]), f))
    accepted, units = read_page(args[2])
    if is_table:
        print_table(found, accepted)
        return 0

    for finding in found:
        print(" ".join(finding).rstrip())
    differs = 0
    seen = collections.Counter((rule, place) for rule, place, *_ in found)
    left = {key: len(rows) for key, rows in accepted.items()}
    for rule, place, function, subject in found:
        if left.get((rule, place), 0) > 0:
            left[rule, place] -= 1
        else:
            print(f"new: {rule} {place} {function} {subject}".rstrip())
            differs += 1
    for (rule, place), rows in sorted(accepted.items()):
        for verdict, _reason in rows[seen[rule, place] :]:
            print(f"gone: {rule} {place} (judged {verdict})")
            differs += 1
    for unit in incomplete:
        print(f"incomplete: {inside(unit['file'], source)}: {unit['text']}")
    if incomplete:
        differs += 1
    if line["units"] != units:
        print(f"units: {line['units']} analysed, {args[2]} promises {units}")
        differs += 1
    precision(found, accepted)
    print(
        f"{len(found)} findings, {sum(map(len, accepted.values()))} accepted; {line['units']} units, "
        f"{line['spans']} spans, {line['functions_incomplete']} of {line['functions']} functions incomplete"
    )
    return 1 if differs else 0


if __name__ == "__main__":
    sys.exit(main())
