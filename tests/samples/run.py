#!/usr/bin/env python3
"""Runs the samples against a real Collector: one golden trace tree for all of them.

	run.py [--update] OTELCOL OTEL_TIDY WORK LANGUAGE...

Each sample is copied to WORK/LANGUAGE and run there as its README says. What arrives in the Collector's
file, as a tree, must be lab/samples/golden.txt. Then each wrong/NAME.patch is applied: the difference that it
makes to the tree must be wrong/NAME.diff. Each wrong/NAME.c or .cc must make otel-tidy say wrong/NAME.txt, and
nothing in the sample itself may make it say anything. Each sample marks the same six regions. README pages show
what was seen, word for word. --update writes what was seen: read it before you commit it.
"""
import argparse
import difflib
import filecmp
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLES = os.path.join(TOP, "lab", "samples")
GOLDEN = os.path.join(SAMPLES, "golden.txt")
NR_SPANS = 5
NEEDS = {"c": ["cc"], "cpp": ["g++"], "go": ["go"], "java": ["javac", "mvn"], "javascript": ["node", "npm"],
         "python": ["python3"], "rust": ["cargo"]}
REGIONS = ["attributes", "baggage", "configuration", "context", "critical-path", "error"]
BUILT = {"build", "node_modules", "target", ".venv", "__pycache__"}  # in a folder that somebody worked in
SOURCE = r".*\.(c|cc|go|java|js|py|rs)"

CONFIG = """
receivers:
  otlp:
    protocols:
      http:
        endpoint: 127.0.0.1:%(port)d
exporters:
  file:
    path: %(out)s
    flush_interval: 50ms
service:
  telemetry:
    metrics:
      level: none
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [file]
"""


class Collector:
    """A running Collector; ends with the with-block."""

    def __init__(self, program, directory):
        self.program, self.directory = program, directory

    def __enter__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.endpoint = "http://127.0.0.1:%d" % self.port
        self.out = os.path.join(self.directory, "collector-%d.jsonl" % self.port)
        config = self.out[:-6] + ".yaml"
        with open(config, "w") as f:
            f.write(CONFIG % {"port": self.port, "out": self.out})
        self.log = open(self.out[:-6] + ".log", "w")
        self.process = subprocess.Popen([self.program, "--config", config], stdout=self.log, stderr=self.log)
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                self.offset = 0
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        sys.exit("FAIL samples: the Collector does not listen, see %s" % self.log.name)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def new_lines(self, nr_spans):
        """What it has written since the last time: until so many spans are there, or for two seconds,
        and a moment longer for those too many."""
        lines, nr, end = [], 0, time.monotonic() + 2
        grace = None
        while time.monotonic() < (grace or end):
            if os.path.exists(self.out):
                with open(self.out, "rb") as f:
                    f.seek(self.offset)
                    for line in f:
                        if not line.endswith(b"\n"):
                            break
                        self.offset += len(line)
                        lines.append(line)
                        nr += sum(len(scope["spans"]) for resource in json.loads(line)["resourceSpans"]
                                  for scope in resource["scopeSpans"])
            if nr >= nr_spans and not grace:
                grace = time.monotonic() + 0.3
            time.sleep(0.05)
        return lines


class Failure(Exception):
    pass


def find_go(build):
    """Where make collector had to get a newer go, that one is good for the sample, too."""
    go = os.path.join(build, "collector", "go")
    if os.path.exists(os.path.join(go, "bin", "go")):
        os.environ.update(GOROOT=go, PATH=os.path.join(go, "bin") + os.pathsep + os.environ["PATH"])


def environment(**more):
    """Without what other people's settings would change."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("OTEL_", "CTEL_", "MAKE"))}
    env.update(LC_ALL="C.UTF-8", NO_PROXY="127.0.0.1", no_proxy="127.0.0.1", **more)
    return env


class Sample:
    def __init__(self, language, collector, tidy, work):
        self.language, self.collector, self.tidy = language, collector, tidy
        self.source = os.path.join(SAMPLES, language)
        self.copy = os.path.join(work, language)
        self.build = os.path.dirname(work)
        self.log = os.path.join(work, language + ".log")
        self.files = []
        for directory, inner, files in os.walk(self.source):
            inner[:] = sorted(set(inner) - BUILT)
            self.files += sorted(os.path.relpath(os.path.join(directory, f), self.source) for f in files)

    def restore(self):
        """The copy is what the repository has; what was built in it stays."""
        for name in self.files:
            to = os.path.join(self.copy, name)
            os.makedirs(os.path.dirname(to), exist_ok=True)
            if not os.path.exists(to) or not filecmp.cmp(os.path.join(self.source, name), to, shallow=False):
                shutil.copyfile(os.path.join(self.source, name), to)

    def make(self, target, **env):
        command = ["make", "--no-print-directory", "-C", self.copy, target, "TOP=" + TOP]
        if self.language in ("c", "cpp"):
            command.append("BUILD=" + self.build)
            command += ["%s=%s" % (k, os.environ[k]) for k in ("CC", "CXX", "SAN") if os.environ.get(k)]
        ran = subprocess.run(command, env=environment(**env), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             text=True, timeout=900)
        with open(self.log, "a") as f:
            f.write("$ %s\n%s%s" % (" ".join(command), ran.stdout, ran.stderr))
        return ran

    def built(self):
        ran = self.make("build")
        if ran.returncode:
            raise Failure("make build failed (whole output: %s): %s" %
                          (self.log, "".join((ran.stdout + ran.stderr).strip().splitlines(True)[-8:])))

    def trace(self, name="trace", nr_spans=NR_SPANS):
        """Runs it once: what it printed, and the tree of what arrived."""
        self.collector.new_lines(0)
        ran = self.make("run", OTEL_EXPORTER_OTLP_ENDPOINT=self.collector.endpoint)
        lines = self.collector.new_lines(nr_spans)
        spans = os.path.join(self.copy, name + ".jsonl")
        with open(spans, "wb") as f:
            f.writelines(lines)
        if not lines:
            return ran, "nothing arrived\n"
        shown = subprocess.run([self.tidy, "trace", spans, "--tree"], env=environment(), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, timeout=60)
        if shown.returncode:
            raise Failure("otel-tidy trace ended with %d: %s" % (shown.returncode, shown.stderr))
        return ran, shown.stdout

    def wrong_patches(self):
        return [n[len("wrong/"):-len(".patch")] for n in self.files if re.fullmatch(r"wrong/.*\.patch", n)]

    def wrong_sources(self):
        return [n for n in self.files if re.fullmatch(r"wrong/.*\.(c|cc)", n)]

    def flags(self):
        ran = self.make("flags")
        if ran.returncode:
            raise Failure("make flags failed: " + ran.stderr)
        return ran.stdout.split()

    def lint(self, directory, *files):
        """What otel-tidy says, with paths from the sample's folder on."""
        ran = subprocess.run([self.tidy, "check", "--no-cache", "-q", "--color", "never",
                              *files, "--"] + self.flags(), cwd=directory, env=environment(),
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        return ran.returncode, ran.stdout


def expect(path, seen, update):
    """Compares with a file, or writes it."""
    if update:
        with open(path, "w") as f:
            f.write(seen)
        return
    wanted = open(path).read() if os.path.exists(path) else ""
    if wanted != seen:
        difference = "".join(difflib.unified_diff(wanted.splitlines(True), seen.splitlines(True),
                                                  os.path.relpath(path, TOP), "seen"))
        raise Failure("not what %s says:\n%s" % (os.path.relpath(path, TOP), difference))


def regions(sample):
    """[name] opens and [/name] closes a region; one name may have several, and they may be nested."""
    found = set()
    for name in sample.files:
        if name.startswith("wrong/") or not re.fullmatch(SOURCE, name):
            continue
        opened = []
        for line in open(os.path.join(sample.source, name)):
            marker = re.match(r"\s*(?://|/\*|#) \[(/?)([a-z-]+)\]", line)
            if marker and not marker[1]:
                opened.append(marker[2])
                found.add(marker[2])
            elif marker and (not opened or opened.pop() != marker[2]):
                raise Failure("%s: [/%s] closes nothing" % (name, marker[2]))
        if opened:
            raise Failure("%s: [%s] is not closed" % (name, opened[-1]))
    if sorted(found) != REGIONS:
        raise Failure("regions are %s, not %s" % (sorted(found), REGIONS))


def golden(sample, update):
    sample.built()
    ran, seen = sample.trace()
    if ran.returncode:
        raise Failure("make run ended with %d: %s" % (ran.returncode, (ran.stdout + ran.stderr)[-2000:]))
    expect(GOLDEN, seen, update and sample.language == "c")
    sample.said = ran.stdout
    if "```\n%s```\n" % seen not in open(os.path.join(SAMPLES, "README.md")).read():
        raise Failure("lab/samples/README.md does not show the golden tree")


def readme(sample):
    """One screen, and what it shows is what was seen."""
    page = open(os.path.join(sample.source, "README.md")).read()
    blocks = re.findall(r"```(\w*)\n(.*?)```", page, re.S)
    if ("console", "$ make run\n" + sample.said) not in blocks:
        raise Failure("README.md has no block with what was seen:\n$ make run\n" + sample.said)
    shown = 0
    for kind, text in blocks:
        command = re.match(r"\$ otel-tidy check -q (wrong/[a-z-]+)\.(?:c|cc) -- \$\(make flags\)\n", text)
        if command:
            wanted = open(os.path.join(sample.source, command[1] + ".txt")).read()
            shown += 1
            if text[command.end():].rstrip() != wanted.rstrip():
                raise Failure("README.md does not show what is in %s.txt" % command[1])
        elif kind == "diff":
            shown += 1
            if text not in [open(os.path.join(sample.source, "wrong", n + ".diff")).read()
                            for n in sample.wrong_patches()]:
                raise Failure("README.md shows a difference that is none of wrong/*.diff:\n" + text)
    if not shown:
        raise Failure("README.md shows none of what is wrong")
    unnamed = [n for n in sample.files if n.startswith("wrong/") and n.endswith((".c", ".cc", ".patch"))
               and "(%s)" % n not in page]
    if unnamed or len(page.splitlines()) > 75:
        raise Failure("README.md: not linked: %s; %d lines, of at most 75" % (unnamed, len(page.splitlines())))


def silent(sample):
    names = [n for n in sample.files if re.fullmatch(r"[^/]*\.(c|cc)", n)]
    code, said = sample.lint(sample.source, *names)
    if code or said:
        raise Failure("otel-tidy is not silent (exit code %d):\n%s" % (code, said))


def wrong_source(sample, name, update):
    code, said = sample.lint(sample.source, name)
    if code == 0 and not said:
        raise Failure("otel-tidy says nothing about %s" % name)
    if code not in (0, 1):
        raise Failure("otel-tidy ended with %d: %s" % (code, said))
    expect(os.path.join(sample.source, name.rsplit(".", 1)[0] + ".txt"), said, update)


def wrong_patch(sample, name, update):
    patch = os.path.join(sample.source, "wrong", name + ".patch")
    ran = subprocess.run(["patch", "-s", "--no-backup-if-mismatch", "-p1", "-i", patch], cwd=sample.copy,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ran.returncode:
        raise Failure("%s does not apply: %s" % (patch, ran.stdout))
    try:
        sample.built()
        ran, seen = sample.trace("wrong-" + name)
    finally:
        sample.restore()
    with open(GOLDEN) as f:
        wanted = f.read()
    if seen == wanted:
        raise Failure("the trace is right although wrong/%s.patch was applied" % name)
    difference = difflib.unified_diff(wanted.splitlines(True), seen.splitlines(True),
                                      "golden.txt", "wrong/%s" % name, n=1)
    expect(os.path.join(sample.source, "wrong", name + ".diff"), "".join(difference), update)


def missing_of(language):
    return [n for n in NEEDS[language] if not shutil.which(n)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("otelcol")
    p.add_argument("tidy")
    p.add_argument("work")
    p.add_argument("languages", nargs="+")
    p.add_argument("--update", action="store_true")
    a = p.parse_args()
    work = os.path.abspath(a.work)
    os.makedirs(work, exist_ok=True)
    shutil.copy(os.path.join(SAMPLES, "otel.yaml"), work)
    find_go(os.path.dirname(work))
    passed = failed = 0
    skipped = []
    with Collector(os.path.abspath(a.otelcol), work) as collector:
        for language in a.languages:
            if language not in NEEDS:
                sys.exit("FAIL samples: no language '%s'; there are: %s" % (language, " ".join(NEEDS)))
            missing = missing_of(language)
            if missing:
                skipped.append("%s (no %s)" % (language, ", ".join(missing)))
                continue
            sample = Sample(language, collector, os.path.abspath(a.tidy), work)
            sample.restore()
            open(sample.log, "w").close()
            ran = sample.make("available")
            if ran.returncode:
                said = [line for line in (ran.stdout + ran.stderr).splitlines() if not line.startswith("make")]
                skipped.append("%s (%s)" % (language, said[-1] if said else "not available"))
                continue
            steps = [("golden", golden, (sample, a.update)), ("regions", regions, (sample,))]
            if sample.wrong_sources():
                steps.append(("silent", silent, (sample,)))
            steps += [(n, wrong_source, (sample, n, a.update)) for n in sample.wrong_sources()]
            steps += [("wrong/%s.patch" % n, wrong_patch, (sample, n, a.update)) for n in sample.wrong_patches()]
            steps.append(("readme", readme, (sample,)))
            start = time.monotonic()
            for name, step, arguments in steps:
                try:
                    step(*arguments)
                    passed += 1
                except (Failure, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as e:
                    failed += 1
                    first, _, rest = str(e).partition("\n")
                    print("FAIL samples %s %s: %s | again: make samples-test LANGS=%s" %
                          (language, name, first, language))
                    print("".join("    %s\n" % line for line in rest.splitlines()), end="")
                    if name == "golden":
                        break
            print("%s: %.0f s" % (language, time.monotonic() - start), flush=True)
    for s in skipped:
        print("SKIPPED: " + s)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
