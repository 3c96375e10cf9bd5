#!/usr/bin/env python3
"""Every attribute of the registry, set once: the deprecated ones are reported, each with what
replaced it, and no other is.

    deprecated.py OTEL-TIDY

The program that sets them is written anew for each run, from rules/semconv/attributes.json: in C
with the lab's SDK, in C++ with opentelemetry-cpp.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
VALUES = {"int": "number", "double": "0.5", "boolean": "is_true", "string[]": "list"}


def replacement(entry, by_name):
    """The last name of a chain of renames, or "" where it ends at nothing."""
    seen = 0
    while entry and entry.get("deprecated") and seen < 8:
        entry = by_name.get(entry["deprecated"].get("renamed_to", ""))
        seen += 1
    return entry["name"] if entry and not entry.get("deprecated") else ""


def key_of(entry):
    return entry["name"] + ".some" if entry["type"].startswith("template[") else entry["name"]


def c_program(entries):
    lines = ["#include <ctel/ctel.h>", "#include <stdbool.h>",
             "extern void work(ctel_span *span);"]
    for i, e in enumerate(entries):
        value = VALUES.get(e["type"], "text")
        if value == "list":
            value = "text"
        lines += [f"void set_{i}(ctel_span *span, const char *text, long number, bool is_true)",
                  "{", "\t(void)text, (void)number, (void)is_true;", "\twork(span);",
                  f"\tctel_set(span, \"{key_of(e)}\", {value});", "}"]
    return "\n".join(lines) + "\n"


def cxx_program(entries):
    lines = ["#include <string>", "#include \"opentelemetry/trace/provider.h\"",
             "using opentelemetry::trace::Span;", "void work(Span &span);"]
    for i, e in enumerate(entries):
        lines += [f"void set_{i}(Span &span, const std::string &text)", "{", "\twork(span);",
                  f"\tspan.SetAttribute(\"{key_of(e)}\", text);", "}"]
    return "\n".join(lines) + "\n"


def findings(tool, name, text, flags):
    with tempfile.TemporaryDirectory() as work:
        (pathlib.Path(work) / name).write_text(text)
        done = subprocess.run(
            [tool, "check", "--no-config", "--no-cache", "--format", "json", "--rule",
             "deprecated-attribute", name, "--", *flags], cwd=work, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 1:
            sys.exit(f"FAIL {name}: exit {done.returncode}: {done.stderr}{done.stdout[-2000:]}")
        return {f["subject"]: f["message"] for f in json.loads(done.stdout)["findings"]}


def check(found, entries, by_name, what):
    wrong = []
    for e in entries:
        key, message = key_of(e), found.get(key_of(e))
        deprecated = e.get("deprecated")
        if deprecated and message is None:
            wrong.append(f"{key} is deprecated, and nobody says so")
        elif not deprecated and message is not None:
            wrong.append(f"{key} is not deprecated: {message}")
        elif deprecated:
            now = replacement(e, by_name) or deprecated.get("note") or \
                deprecated.get("removed_after") or deprecated["renamed_to"]
            if now not in message:
                wrong.append(f"{key}: \"{now}\" is missing in: {message}")
    for line in wrong[:20]:
        print(f"FAIL {what}: {line} | again: make test-semconv")
    return len(entries) - len(wrong), len(wrong)


def main():
    tool = str(pathlib.Path(sys.argv[1]).resolve())
    registry = json.loads((TOP / "rules/semconv/attributes.json").read_text())
    entries = registry["attributes"]
    by_name = {e["name"]: e for e in entries}
    c = findings(tool, "all.c", c_program(entries), ["-std=c17", f"-I{TOP}/lab/sdk/include"])
    cxx = findings(tool, "all.cpp", cxx_program(entries),
                   ["-std=c++17", f"-I{TOP}/tests/include"])
    results = [check(c, entries, by_name, "C"), check(cxx, entries, by_name, "C++")]
    nr = sum(1 for e in entries if e.get("deprecated"))
    if nr < 100:
        print(f"FAIL semconv: only {nr} deprecated attributes in the registry")
        results.append((0, 1))
    print(f"{nr} deprecated attributes of {len(entries)}")
    print(f"{sum(r[0] for r in results)} passed, {sum(r[1] for r in results)} failed")
    sys.exit(any(r[1] for r in results))


if __name__ == "__main__":
    main()
