#!/usr/bin/env python3
"""Checks docs/sdk-conformance.md: each row of its tables says yes, no or n.a., a yes names a test that
exists, and anything else a reason.

	matrix.py PAGE                    what `make test` runs
	matrix.py PAGE --published FILE   also: no row of the specification's own matrix is left out

A test is named `file.c:function` or `file.py:function`, files being those of tests/sdk/ and
lab/sdk/tests/, or by the make target that runs it.
"""
import os
import re
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PLACES = ["tests/sdk", "lab/sdk/tests", "tests/sdk/fuzz", "lab/sdk/bench"]
# The parts of the published matrix that are about traces.
SECTIONS = ["Traces", "Baggage", "Resource", "Context Propagation", "Environment Variables",
            "Declarative configuration", "Exporters", "SDK Self-Observability"]
OTHER_SIGNALS = re.compile(
    r"metric|_log|\blogs?\b|logrecord|blrp|prometheus|otel_scope|scope_\[|zipkin|exemplar|histogram|gauge|"
    r"cumulative|delta |resourcelogs|sanitiz|unit suffix|unit metadata|unit full|help metadata|type metadata|"
    r"metadata dedup|MeterProvider|LoggerProvider|logger", re.I)


def text_of(cell):
    """A row's name without links and emphasis: what both pages must agree on."""
    cell = re.sub(r"\[([^\]]*(?:\[[^\]]*\][^\]]*)?)\]\([^)]*\)", r"\1", cell)
    return re.sub(r"[*`]", "", cell).strip().lower()


def tables(lines):
    """(line number, section, cells) for each row of each table, headings of tables left out."""
    section, is_head = "", False
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            section = line[3:].strip()
        if not line.startswith("|"):
            is_head = False
            continue
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        if not is_head:
            is_head = True
            continue
        if set("".join(cells)) <= set("-: "):
            continue
        yield number, section, cells


def functions_in(name):
    for place in PLACES:
        path = os.path.join(TOP, place, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as f:
                return f.read()
    return None


def targets():
    out = ""
    for path in ("Makefile", "tests/sdk/rules.mk", "lab/sdk/Makefile"):
        with open(os.path.join(TOP, path), encoding="utf-8") as f:
            out += f.read()
    return set(re.findall(r"^([a-z][a-z0-9-]*):", out, re.M))


def check_test(name, known_targets):
    """Why there is no such test; None when there is."""
    if ":" not in name:
        return None if name in known_targets or functions_in(name) else "no make target or file " + name
    file, function = name.split(":", 1)
    source = functions_in(file)
    if source is None:
        return "no file %s in %s" % (file, ", ".join(PLACES))
    defined = r"def %s\(" if file.endswith(".py") else r"^(?:static )?(?:void|int) %s\("
    if not re.search(defined % re.escape(function), source, re.M):
        return "%s defines no %s" % (file, function)
    if file.endswith(".c") and not re.search(r"\w+\(%s\)[,;]|, %s[,)]" % ((re.escape(function),) * 2), source):
        return "%s does not run %s" % (file, function)
    return None


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        lines = f.read().splitlines()
    known_targets = targets()
    wrong, rows, names = [], set(), 0
    yes = no = na = 0
    for number, section, cells in tables(lines):
        if section not in SECTIONS:
            continue
        where = "%s:%d" % (sys.argv[1], number)
        if len(cells) != 3:
            wrong.append("%s: a row has three cells: row, supported, test or reason" % where)
            continue
        row, supported, test = cells
        rows.add((section, text_of(row)))
        if supported == "yes":
            yes += 1
            found = re.findall(r"`([^`]+)`", test)
            if not found:
                wrong.append("%s: no test for \"%s\"" % (where, row))
            for name in found:
                names += 1
                why = check_test(name, known_targets)
                if why:
                    wrong.append("%s: %s" % (where, why))
        elif supported in ("no", "n.a."):
            no += supported == "no"
            na += supported == "n.a."
            if len(test) < 10:
                wrong.append("%s: no reason for \"%s\"" % (where, row))
        else:
            wrong.append("%s: \"%s\" is neither yes, no nor n.a." % (where, supported))
    if len(sys.argv) == 4 and sys.argv[2] == "--published":
        with open(sys.argv[3], encoding="utf-8") as f:
            published = f.read().splitlines()
        part = ""
        for _, section, cells in tables(published):
            if "Optional" in cells[1:2]:
                part = text_of(cells[0])
                continue
            if section not in SECTIONS or OTHER_SIGNALS.search(text_of(cells[0])) or \
                    section == "Exporters" and OTHER_SIGNALS.search(part):
                continue
            if (section, text_of(cells[0])) not in rows:
                wrong.append("%s: the specification's row \"%s\" (%s) is not there" %
                             (sys.argv[1], cells[0], section))
    for line in wrong:
        print("FAIL sdk-matrix: %s | again: make test-sdk-matrix" % line)
    print("%d rows: %d yes, %d no, %d not applicable; %d tests named" % (len(rows), yes, no, na, names))
    print("%d passed, %d failed" % (yes + no + na - min(len(wrong), yes + no + na), len(wrong)))
    return 1 if wrong or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
