#!/usr/bin/env python3
"""How long does judging names and keys take? Makes a program with 10,000 attribute sites, collects it
once, and times `otel-tidy link` with every rule of naming/ and of both profiles.

usage: attributes.py OTEL-TIDY DIRECTORY [SITES]      run it as: make bench-attributes

Fails when the link takes a second or more: the best of three runs, wall-clock, findings, patches and
report included. Half of the keys are of the conventions, some deprecated, some misspelled, some the
project's own; they come as literals, constants, macros, from a table, and through a helper."""
import json
import os
import pathlib
import subprocess
import sys
import time

UNITS = 50
PER_FUNCTION = 20
LIMIT = 1.0


def keys(top):
    registry = json.loads((top / "rules/semconv/attributes.json").read_text())["attributes"]
    known = [e["name"] for e in registry if not e["type"].startswith("template")]
    own = [f"shop.part{n}.{word}" for n in range(300) for word in ("count", "label", "state")]
    slips = [k.replace(".", "_", 1) for k in known[::17]]
    return known, own, slips


def unit(n, per_unit, lists):
    known, own, slips = lists
    out = ["#include <ctel/ctel.h>", "extern ctel_tracer *tracer;", "int work(int n);",
           f'#define KEY_{n} "{known[n * 3 % len(known)]}"',
           f'static const char constant_{n}[] = "{own[n]}";',
           f'static const char *const table_{n}[] = {{"{own[n + 1]}", "{known[n * 5 % len(known)]}"}};',
           "static void tag(ctel_span *s, const char *key, int v) { ctel_set(s, key, v); }"]
    site = 0
    for f in range(per_unit // PER_FUNCTION):
        out += [f"int unit_{n}_{f}(int n, const char *text)", "{",
                f'\tCTEL_SPAN(span, tracer, "unit {n} {f}");']
        for k in range(PER_FUNCTION):
            site += 1
            number = n * per_unit + site
            kind = k % 10
            if kind < 4:
                out.append(f'\tctel_set(span, "{known[number % len(known)]}", text);')
            elif kind < 7:
                out.append(f'\tctel_set(span, "{own[number % len(own)]}", n);')
            elif kind == 7:
                out.append(f'\ttag(span, "{slips[number % len(slips)]}", n);')
            elif kind == 8:
                out.append(f"\tctel_set(span, KEY_{n}, text);")
            else:
                key = f"table_{n}[1]" if k > 10 else f"constant_{n}"
                out.append(f"\tctel_set(span, {key}, n);")
        out += ["\treturn work(n);", "}"]
    return "\n".join(out) + "\n"


def main():
    program, directory = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    sites = int(sys.argv[3]) if len(sys.argv) > 3 else 10000
    top = pathlib.Path(__file__).resolve().parents[2]
    directory.mkdir(parents=True, exist_ok=True)
    lists, facts = keys(top), []
    for n in range(UNITS):
        name = f"u{n}.c"
        (directory / name).write_text(unit(n, sites // UNITS, lists))
        subprocess.run([program, "collect", name, "-o", f"u{n}.facts", "--", "-std=gnu17",
                        f"-I{top}/lab/sdk/include"], cwd=directory, check=True)
        facts.append(f"u{n}.facts")
    naming = sorted(d.name for d in (top / "rules/naming").iterdir() if d.is_dir())
    (directory / "otel-tidy.json").write_text(json.dumps(
        {"profile": "strict", "rules": {name: "warning" for name in naming}}))
    times = []
    for _ in range(3):
        start = time.monotonic()
        done = subprocess.run([program, "link", "--format",
                               "json:report.json", *facts], cwd=directory, check=False)
        times.append(time.monotonic() - start)
        if done.returncode != 1:
            sys.exit(f"FAIL bench: link ended with {done.returncode}")
    findings = json.loads((directory / "report.json").read_text())["findings"]
    by_rule = {}
    for f in findings:
        by_rule[f["rule"]] = by_rule.get(f["rule"], 0) + 1
    print(f"{sites} attribute sites in {UNITS} units, judged in {min(times):.2f} s "
          f"(limit {LIMIT:.0f} s); findings: "
          + ", ".join(f"{k} {v}" for k, v in sorted(by_rule.items())))
    if min(times) >= LIMIT:
        sys.exit("FAIL bench: too slow | again: make bench-attributes")


if __name__ == "__main__":
    main()
