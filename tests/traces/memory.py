#!/usr/bin/env python3
"""How much memory and time the views of a large file of traces take.

	memory.py otel-tidy FILE [--check]

Prints a table. --check holds each view to its bound, which does not depend on the size of the file as long
as it has less than a million traces: see docs/traces.md.
"""
import os
import subprocess
import sys
import time

# MiB of a file with less than 200,000 traces: the program, its index, the parts that are loaded at a time
VIEWS = [
    ("waterfall", [], 24),
    ("slowest", ["--slowest"], 24),
    ("query", ["--query", "status = error group by name, up(tenant.id)"], 40),
    ("html", ["--html", os.devnull], 24),
    ("tree", ["--tree"], 40),
]


def run(command):
    begin = time.monotonic()
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(command, stdout=null, stderr=subprocess.PIPE)
        errors = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
    return status, usage.ru_maxrss / 1024, time.monotonic() - begin, errors


def main():
    program, path, is_check = sys.argv[1], sys.argv[2], "--check" in sys.argv
    size = os.path.getsize(path) / 2**20
    passed = failed = 0
    print(f"{path}: {size:.0f} MiB")
    print(f"{'view':<12} {'peak':>9} {'time':>8} {'speed':>12}" + (f" {'bound':>9}" if is_check else ""))
    for name, options, bound in VIEWS:
        status, peak, seconds, errors = run([program, "trace", path, *options])
        print(f"{name:<12} {peak:5.0f} MiB {seconds:6.1f} s {size / seconds:6.0f} MiB/s" +
              (f" {bound:5} MiB" if is_check else ""))
        if status != 0 or errors:
            print(f"FAIL traces {name}: status {status}: {errors.strip()} | again: make test-traces-memory")
            failed += 1
        elif is_check and peak > bound:
            print(f"FAIL traces {name}: {peak:.0f} MiB at its peak, more than {bound} | again: make test-traces-memory")
            failed += 1
        else:
            passed += 1
    if is_check:
        print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
