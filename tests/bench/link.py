#!/usr/bin/env python3
"""Does the link stay linear? Makes programs of 250, 500, 1000 and 2000 units with 50 functions each,
collects them once, and prints time and peak memory of `otel-tidy link` over each, as ratios to the
smallest.

usage: link.py OTEL-TIDY DIRECTORY [UNITS...]      run it as: make bench-link

Every unit has functions that call into other units, spans in wrappers, on leaves, on paths that
leave early, a critical path, and plain code; so that summaries, walks and costs all have work."""
import os
import pathlib
import subprocess
import sys

FUNCTIONS = 50


def unit(n, units):
    other = (n * 7 + 3) % units
    out = ['#include <ctel/ctel.h>', '#include <otel-tidy/annotations.h>', '#include <unistd.h>',
           'static ctel_tracer *tracer(void) { return ctel_tracer_get("u%d", "1"); }' % n,
           'int work_%d_0(int n);' % other]
    for k in range(FUNCTIONS):
        name = 'work_%d_%d' % (n, k)
        callee = 'work_%d_0' % other if k == FUNCTIONS - 1 else 'work_%d_%d' % (n, k + 1)
        out.append('int %s(int n);' % name)
        if k < FUNCTIONS - 1:
            out.append('int %s(int n);' % callee)
        kind = k % 5
        if kind == 0:
            body = ['CTEL_SPAN(span, tracer(), "%s");' % name, 'ctel_set(span, "app.n", n);',
                    'if (n < 0) return -1;', 'return %s(n - 1);' % callee]
        elif kind == 1:
            body = ['ctel_span *span = ctel_span_start(tracer(), "%s", NULL);' % name, 'int rc = 0;',
                    'if (n < 0) { rc = -1; goto out; }', 'rc = write(2, &n, sizeof n) < 0 ? -1 : 0;',
                    'out:', 'if (rc) ctel_span_error(span, "io", "failed");', 'ctel_span_end(span);',
                    'return rc ? rc : %s(n - 2);' % callee]
        elif kind == 2:
            body = ['int sum = 0;', 'for (int i = 0; i < n; i++) sum += i * %d;' % k,
                    'return sum + %s(n / 2);' % callee]
        elif kind == 3:
            body = ['CTEL_SPAN(span, tracer(), "%s");' % name, 'return n + %d;' % k]
        else:
            body = ['switch (n) {', 'case 1: return %s(n);' % callee, 'case 2: return 2;',
                    'default: return n > 10 ? %s(n - 10) : n;' % callee, '}']
        out.append('int %s(int n)\n{\n\t%s\n}' % (name, '\n\t'.join(body)))
    out.append('OTEL_CRITICAL_PATH("unit.%d", "app.n")\nint critical_%d(int n)\n{\n'
               '\tCTEL_SPAN(span, tracer(), "critical %d");\n\tctel_set(span, "app.n", n);\n'
               '\treturn work_%d_0(n);\n}' % (n, n, n, n))
    return '\n'.join(out) + '\n'


def run(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def collect(program, base, paths, is_anew):
    top = os.getcwd()
    for n, path in enumerate(map(pathlib.Path, paths)):
        source = base / ('u%d.c' % n)
        text = unit(n, len(paths))
        if not source.exists() or source.read_text() != text:
            source.write_text(text)
        if is_anew or not path.exists() or path.stat().st_mtime < source.stat().st_mtime:
            subprocess.run([program, 'collect', str(source), '-o', str(path), '--', '-std=gnu11',
                            '-I%s/lab/sdk/include' % top, '-I%s/analyzer/include' % top],
                           check=True)


def main():
    program, directory = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    sizes = [int(n) for n in sys.argv[3:]] or [250, 500, 1000, 2000]
    rows = []
    for units in sizes:
        base = directory / str(units)
        facts = base / 'facts'
        facts.mkdir(parents=True, exist_ok=True)
        paths = [str(facts / ('u%d.facts' % n)) for n in range(units)]
        collect(program, base, paths, False)
        cpu, rss, code = run([program, 'link', '--fail-on', 'never', '-q'] + paths)
        if code == 3:  # written by another version
            collect(program, base, paths, True)
            cpu, rss, code = run([program, 'link', '--fail-on', 'never', '-q'] + paths)
        if code != 0:
            sys.exit('link of %d units ended with %d' % (units, code))
        rows.append((units, cpu, rss))
    first = rows[0]
    print('%8s %10s %14s %16s %12s' % ('units', 'functions', 'time (ratio)', 'time per unit', 'peak'))
    for units, cpu, rss in rows:
        print('%8d %10d %8.2f s (%4.1f) %9.2f (ratio) %8.0f MiB'
              % (units, units * (FUNCTIONS + 2), cpu, cpu / first[1],
                 (cpu / units) / (first[1] / first[0]), rss))


if __name__ == '__main__':
    main()
