#!/usr/bin/env python3
"""Times `otel-tidy check` beside the compiler's front end and beside clang-tidy with one cheap check.

	run.py [--program build/otel-tidy] [--units N] [--runs 3] [--json] DIR     (DIR holds compile_commands.json)

All work on the same units, one after the other, in turns: each round runs every contestant once, and the next
round starts with another one, so that a busy minute of the machine does not fall on one of them alone. The ratio
is taken within a round; printed is the median of the rounds.

otel-tidy runs three times in a round: with an empty cache, with nothing changed, and with one unit edited. The unit
that is edited is the middle one; a copy beside it (otel-tidy-bench-PID.c, removed at the end) takes its place for
everybody, so that no file of the code base is written to.
"""
import argparse
import json
import os
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

CHECK = "bugprone-bool-pointer-implicit-conversion"
OLDEST, NEWEST = 18, 40
BASE, ALONE = "clang -fsyntax-only", "clang, that file alone"
COLD, WARM, CHANGED = "otel-tidy, empty cache", "otel-tidy, full cache", "otel-tidy, one file edited"


def fail(text):
    print("bench: " + text, file=sys.stderr)
    sys.exit(2)


def find_tool(given, name):
    """The program to use: the one that was named, else the newest one with a version in its name."""
    names = [given] if given else [f"{name}-{v}" for v in range(NEWEST, OLDEST - 1, -1)] + [name]
    for n in names:
        path = shutil.which(n)
        if path:
            return os.path.abspath(path)
    if given:
        fail(f"no program {given}")
    return None


def read_database(folder):
    path = os.path.join(folder, "compile_commands.json")
    try:
        with open(path, encoding="utf-8") as f:
            entries = json.load(f)
    except (OSError, ValueError) as e:
        fail(f"{path}: {e}")
    units = {}
    for e in entries:  # a file that is compiled twice counts once
        units.setdefault(os.path.join(e["directory"], e["file"]), e)
    if not units:
        fail(f"{path}: no units")
    return list(units.values())


def spread(units, wanted):
    """`wanted` of them, evenly spaced over the database's order."""
    if not wanted or wanted >= len(units):
        return units
    return [units[i * len(units) // wanted] for i in range(wanted)]


def syntax_command(clang, entry):
    """The unit's own command as clang -fsyntax-only: no outputs, no dependency files, no warnings."""
    words = entry.get("arguments") or shlex.split(entry["command"])
    is_cxx = "++" in os.path.basename(words[0]) or entry["file"].endswith((".cc", ".cpp", ".cxx", ".C"))
    out = [clang, "--driver-mode=" + ("g++" if is_cxx else "gcc"), "-fsyntax-only", "-w"]
    is_argument = False
    for word in words[1:]:
        if is_argument:
            is_argument = False
        elif word in ("-o", "-MF", "-MT", "-MQ"):
            is_argument = True
        elif word not in ("-c", "-MD", "-MMD", "-MP", "-M", "-MM", "-Werror"):
            out.append(word)
    return out


class Stand:
    """The copy of a unit that is edited in its stead: beside it, since quoted includes count from there."""

    def __init__(self, unit):
        self.original = os.path.join(unit["directory"], unit["file"])
        folder, name = os.path.split(self.original)
        self.path = os.path.join(folder, f"otel-tidy-bench-{os.getpid()}{os.path.splitext(name)[1]}")
        words = unit.get("arguments") or shlex.split(unit["command"])
        same = os.path.normpath(self.original)
        self.unit = {
            "directory": unit["directory"],
            "file": self.path,
            "arguments": [self.path if os.path.normpath(os.path.join(unit["directory"], w)) == same else w for w in words],
        }
        self.edits = 0

    def write(self):
        """Each time with another last line: what follows a change is a parse, not a look into the cache."""
        with open(self.original, "rb") as f:
            text = f.read()
        with open(self.path, "wb") as f:
            f.write(text + f"\nextern int otel_tidy_bench_{self.edits};\n".encode())
        self.edits += 1

    def __enter__(self):
        try:
            self.write()
        except OSError as e:
            fail(f"{e}: the unit that is edited needs a copy beside it")
        return self

    def __exit__(self, *_):
        if os.path.exists(self.path):
            os.unlink(self.path)


class Cost:
    """What processes used: wall and CPU add up; memory is that of the largest single process."""

    def __init__(self):
        self.wall = self.cpu = 0.0
        self.rss = 0  # KiB
        self.bad = 0

    def run(self, command, cwd, env, good=(0,), out=subprocess.DEVNULL):
        start = time.monotonic()
        p = subprocess.Popen(command, cwd=cwd, env=env, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(p.pid, 0)  # with the children that the process itself waited for
        self.wall += time.monotonic() - start
        p.returncode = os.waitstatus_to_exitcode(status)
        self.cpu += used.ru_utime + used.ru_stime
        self.rss = max(self.rss, used.ru_maxrss // (1024 if sys.platform == "darwin" else 1))
        self.bad += p.returncode not in good
        return p.returncode


class Bench:
    def __init__(self, args, units, scratch, stand):
        self.units = units
        self.stand = stand
        self.scratch = scratch
        self.program = os.path.abspath(args.program)
        self.clang = args.clang
        self.clang_tidy = args.clang_tidy
        self.source = args.root
        self.round = 0
        self.exit = set()
        with open(os.path.join(scratch, "compile_commands.json"), "w", encoding="utf-8") as f:
            json.dump(units, f)

    def environment(self):
        return dict(os.environ, LC_ALL="C", OTEL_TIDY_CACHE_DIR=os.path.join(self.scratch, f"cache{self.round}"))

    def check(self, cost):
        """One process for all units, as a user runs it."""
        command = [self.program, "check", "-p", self.scratch, "-j1", "--format", "json"]
        # Findings (1) and units that do not parse (3) are answers; the rest is not a run worth timing.
        path = os.path.join(self.scratch, "report.json")
        with open(path, "wb") as out:
            code = cost.run(command, self.source, self.environment(), good=(0, 1, 3), out=out)
        if cost.bad:
            fail(f"{' '.join(command)}: exit {code}")
        with open(path, encoding="utf-8") as report:
            analysed = json.load(report)["fine_line"]["units"]
        if analysed != len(self.units):
            fail(f"{' '.join(command)}: analysed {analysed} units of {len(self.units)}: nothing to compare")
        self.exit.add(code)

    def syntax(self, cost, units=None):
        for unit in units or self.units:
            cost.run(syntax_command(self.clang, unit), unit["directory"], self.environment())

    def tidy(self, cost):
        for unit in self.units:
            file = os.path.join(unit["directory"], unit["file"])
            command = [self.clang_tidy, "-p", self.scratch, "--quiet", "--config={}", f"--checks=-*,{CHECK}", file]
            cost.run(command, self.source, self.environment())

    def contestants(self):
        out = [(BASE, self.syntax), (COLD, self.check)]
        if self.clang_tidy:
            out.append(("clang-tidy, one check", self.tidy))
        return out

    def play(self, runs):
        """{name: [Cost of round 1, …]}"""
        players = self.contestants()
        costs = {name: [] for name, _ in players}
        costs.update({WARM: [], CHANGED: [], ALONE: []})

        def turn(name, play, *args):
            costs[name].append(Cost())
            play(costs[name][-1], *args)

        for self.round in range(runs):
            for i in range(len(players)):
                name, play = players[(self.round + i) % len(players)]
                turn(name, play)
                if name == COLD:
                    turn(WARM, play)
                    self.stand.write()
                    turn(CHANGED, play)
                elif name == BASE:
                    turn(ALONE, play, [self.stand.unit])
            print(f"bench: round {self.round + 1} of {runs} done", file=sys.stderr)
        return costs


def floor_rss():
    """A new process counts the memory of the one that started it: nothing smaller than this can be seen."""
    cost = Cost()
    cost.run(["true"], None, None)
    return cost.rss


def ratios(costs, name, what):
    return statistics.median(
        getattr(mine, what) / max(getattr(base, what), 1e-9) for mine, base in zip(costs[name], costs[BASE])
    )


def as_json(costs, bench, nr_every, args):
    """What print_tables says, with every round, for programs."""
    smallest = floor_rss()
    rows = [
        {
            "name": name,
            "ratio": {what: round(ratios(costs, name, what), 4) for what in ("wall", "cpu", "rss")},
            "wall_s": [round(c.wall, 4) for c in rounds],
            "cpu_s": [round(c.cpu, 4) for c in rounds],
            "peak_mib": round(max(c.rss for c in rounds) / 1024, 1),
            "peak_is_upper_bound": bool(at_most(max(c.rss for c in rounds), smallest)),
            "failed_units": rounds[0].bad,
        }
        for name, rounds in costs.items()
    ]
    return {
        "version": 1,
        "directory": args.dir,
        "root": bench.source,
        "units": len(bench.units),
        "units_of_database": nr_every,
        "rounds": args.runs,
        "jobs": 1,
        "edited": bench.stand.original,
        "base": BASE,
        "is_complete": 3 not in bench.exit,
        "contestants": rows,
    }


def at_most(value, unit_floor):
    return "≤ " if value <= unit_floor * 1.05 else ""


def print_tables(costs, nr_units):
    smallest = floor_rss()
    print(f"\n{'clang -fsyntax-only = 1':26}{'wall':>10}{'CPU':>10}{'memory':>10}")
    for name, rounds in costs.items():
        rss = at_most(max(c.rss for c in rounds), smallest) + f"{ratios(costs, name, 'rss'):.2f}"
        print(f"{name:26}{ratios(costs, name, 'wall'):>10.3f}{ratios(costs, name, 'cpu'):>10.3f}{rss:>10}")
    print(f"\n{'median (least to most)':26}{'wall s':>26}{'CPU s':>26}{'CPU ms/unit':>13}{'peak MiB':>10}")
    for name, rounds in costs.items():
        row = f"{name:26}"
        for what in ("wall", "cpu"):
            values = sorted(getattr(c, what) for c in rounds)
            row += f"{f'{statistics.median(values):.3f} ({values[0]:.3f} to {values[-1]:.3f})':>26}"
        peak = max(c.rss for c in rounds)
        row += f"{statistics.median(c.cpu for c in rounds) * 1000 / nr_units:>13.1f}"
        print(row + f"{at_most(peak, smallest) + f'{peak / 1024:.0f}':>10}")
    print("\nmemory: the largest single process of a contestant, not the sum of those that ran at once")


def version_of(program):
    out = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    lines = [x.strip() for x in out.splitlines() if "version" in x] or out.splitlines() or ["version unknown"]
    return lines[0]


def print_head(args, bench, nr_every):
    print(f"{len(bench.units)} of {nr_every} units of {args.dir}, {args.runs} rounds in turns, one process at a time")
    print(f"otel-tidy    {args.program} check -j1 --format json, in {bench.source}")
    print(f"edited       {os.path.relpath(bench.stand.original, bench.source)}")
    print(f"clang        {version_of(args.clang)}; sum over the units")
    if args.clang_tidy:
        print(f"clang-tidy   {version_of(args.clang_tidy)}; {CHECK}; sum over the units")
    else:
        print("clang-tidy   not found: left out")
    load = os.getloadavg()[0]
    print(f"machine      {os.cpu_count()} processors, load {load:.1f} at the start" + (" (busy: trust CPU more than wall)" if load > 0.5 else ""))
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("dir", help="folder with compile_commands.json")
    parser.add_argument("--program", default="build/otel-tidy")
    parser.add_argument("--units", type=int, default=0, help="only so many units, evenly spaced")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--root", help="where otel-tidy runs (default: the folder that holds DIR and every unit)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--clang")
    parser.add_argument("--clang-tidy")
    args = parser.parse_args()
    if args.runs < 1 or args.units < 0:
        fail("--runs takes 1 or more, --units 0 (all) or more")
    if not args.dir:
        fail("which code base? make bench DIR=a-folder-with-compile_commands.json")
    if not os.access(args.program, os.X_OK):
        fail(f"no program {args.program}: make")
    args.clang = find_tool(args.clang, "clang") or fail("no clang: apt-get install clang-19")
    args.clang_tidy = find_tool(args.clang_tidy, "clang-tidy")
    every = read_database(args.dir)
    units = spread(every, args.units)

    # What lies outside of the folder that it runs in is not the program's own and would not be lowered.
    files = [os.path.realpath(os.path.join(u["directory"], u["file"])) for u in every]
    args.root = os.path.realpath(args.root or os.path.commonpath([os.path.realpath(args.dir), *map(os.path.dirname, files)]))

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the copy goes away then, too
    middle = len(units) // 2
    with tempfile.TemporaryDirectory() as scratch, Stand(units[middle]) as stand:
        units[middle] = stand.unit
        bench = Bench(args, units, os.path.realpath(scratch), stand)
        if args.json:
            print(json.dumps(as_json(bench.play(args.runs), bench, len(every), args), indent=2))
            return
        print_head(args, bench, len(every))
        costs = bench.play(args.runs)
        print_tables(costs, len(units))
        for name, rounds in costs.items():
            if rounds[0].bad:
                print(f"note: {name}: {rounds[0].bad} of {len(units)} units failed; their time counts")
        if 3 in bench.exit:
            print("note: otel-tidy could not analyse every unit (exit 3); compare with care")


if __name__ == "__main__":
    main()
