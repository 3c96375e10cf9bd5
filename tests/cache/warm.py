#!/usr/bin/env python3
"""How long a run takes in which nothing changed.

    warm.py OTEL-TIDY FILES
"""
import pathlib
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from project import Project  # noqa: E402

files = int(sys.argv[2])
with tempfile.TemporaryDirectory() as scratch:
    p = Project(sys.argv[1], pathlib.Path(scratch) / "p", pathlib.Path(scratch) / "cache", files)

    def timed(*options):
        start = time.perf_counter()
        p.run(*options)
        return time.perf_counter() - start

    cold = timed()
    best = min(timed() for _ in range(10))
    nothing = min(timed("--version") for _ in range(10))
    p.write("src/unit_1.c", (p.root / "src/unit_1.c").read_text() + "\n")
    one = timed()
    print(f"{files} files: cold {cold:.2f} s, nothing changed {1000 * best:.1f} ms "
          f"({1000 * (best - nothing) * 1000 / files:.1f} ms per 1,000 files over a start of {1000 * nothing:.1f} ms), "
          f"one file changed {1000 * one:.0f} ms")
