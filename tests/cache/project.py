"""A project of a few units with findings in several, some of them across files."""
import json
import os
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]

HEADER = """#pragma once
#include <ctel/ctel.h>
ctel_tracer *tracer(void);
void finish(ctel_span *span);
#include <local.h>
"""
LIB = """#include "lib.h"
void finish(ctel_span *span) { ctel_span_end(span); }
ctel_tracer *tracer(void) { return ctel_tracer_get("shop", "1"); }
"""
UNIT = """#include "lib.h"
#include <unistd.h>
static int work_{n}(int fd)
{{
	ctel_span *span = ctel_span_start(tracer(), "work {n}", NULL);
	if (write(fd, "x", 1) < LIMIT)
		return -1;
	finish(span);
	return 0;
}}
int run_{n}(int fd) {{ return work_{n}(fd); }}
"""


class Project:
    def __init__(self, tool, root, cache, units=6):
        self.tool, self.root, self.cache = str(pathlib.Path(tool).resolve()), pathlib.Path(root), str(cache)
        for directory in ("src", "first", "include"):
            (self.root / directory).mkdir(parents=True, exist_ok=True)
        self.write("include/lib.h", HEADER)
        self.write("include/local.h", "#define LIMIT 0\n")
        self.write("src/lib.c", LIB)
        self.units = ["src/lib.c"]
        for n in range(units):
            self.write(f"src/unit_{n}.c", UNIT.format(n=n))
            self.units.append(f"src/unit_{n}.c")
        self.database()
        self.age()

    def write(self, path, text):
        (self.root / path).write_text(text)

    def database(self, *flags):
        commands = [{"directory": str(self.root), "file": unit, "arguments": [
            "cc", "-std=c17", f"-I{self.root}/first", "-Iinclude", f"-I{TOP}/lab/sdk/include", *flags, "-c", unit]}
            for unit in self.units]
        self.write("compile_commands.json", json.dumps(commands))

    def age(self):
        """Everything is old: what is as young as the run is compared by its contents."""
        for path in self.root.rglob("*"):
            if path.is_file():
                stat = path.stat()
                os.utime(path, (stat.st_atime, stat.st_mtime - 100))

    def run(self, *options, env=None, cache=None):
        """Exit code and output; stderr is kept in self.stderr."""
        done = subprocess.run([self.tool, "check", "--cache-dir", cache or self.cache, "-j2", *options], cwd=self.root,
                              env={**os.environ, "HOME": "/nonexistent", **(env or {})}, capture_output=True, check=False)
        self.stderr = done.stderr.decode()
        return done.returncode, done.stdout
