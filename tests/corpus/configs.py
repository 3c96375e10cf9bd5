#!/usr/bin/env python3
"""Configurations that others wrote, against the judged list in configs.md.

	configs.py TIDY CLONES            compare: CLONES has a clone of each repository as OWNER+NAME (bare or not)
	configs.py TIDY CLONES --write    write the list again; verdicts and reasons of known findings stay

Those of Go packages are read from Go's module cache (`make collector` brings the modules).
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

LIST = os.path.join(os.path.dirname(__file__), "configs.md")
MODULES = None
WHY = {
    "debug-in-production": "the exporter has detailed verbosity, and the pipeline a real one beside it",
    "decision-wait-too-short": "the wait is shorter than the threshold and the SDK's delay of 5 s",
    "metrics-cardinality": "the key has a value per request, or status.code is excluded",
    "processor-order": "the order, or lack, is as stated; the maintainers' pages ask for the other",
    "sampler-argument": "the sampler takes no argument, or has no parent around it",
    "secret-in-config": "the value is a literal, of a test or not",
    "tail-policy-defeated": "as the processor at 0.161.0 decides",
    "tail-without-baseline": "no policy can keep a routine trace",
    "tail-without-errors": "no policy looks at errors",
    "tail-without-latency": "no policy looks at latency",
    "unknown-key": "the component at 0.161.0 refuses it",
    "undefined-component": "the name is in no section of the file",
    "unused-component": "no pipeline, extension list or component names it",
    "wrong-port": "the exporter is of the one protocol and the port of the other",
}


def git(clone, *arguments):
    for directory in (os.path.join(clone, "repo"), os.path.join(clone, ".git"), clone):
        ran = subprocess.run(["git", "-c", "safe.directory=*", "--git-dir", directory, *arguments],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if ran.returncode == 0:
            return ran.stdout
    return None


def of_module(module, version, path):
    """A file of a Go package, or None."""
    global MODULES
    if MODULES is None:
        MODULES = subprocess.run(["go", "env", "GOMODCACHE"], stdout=subprocess.PIPE, text=True).stdout.strip()
    escaped = re.sub("[A-Z]", lambda m: "!" + m.group(0).lower(), module)
    try:
        with open(os.path.join(MODULES, escaped + "@" + version, path), "rb") as f:
            return f.read()
    except OSError:
        return None


def is_package(version):
    return version.startswith("v")


def look(tidy, name, content):
    """(exit code, {(rule, line)}, first error)"""
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, os.path.basename(name))
        with open(path, "wb") as f:
            f.write(content)
        ran = subprocess.run([tidy, "pipeline", "--no-config", "--format", "json", path], cwd=directory,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
    if ran.returncode not in (0, 1, 3):
        raise RuntimeError("%s: exit code %d" % (name, ran.returncode))
    report = json.loads(ran.stdout)
    found = collections.Counter((f["rule"], f["line"]) for f in report["findings"])
    broken = [i["text"] for i in report.get("incomplete", [])]
    return (collections.Counter(), broken[0]) if broken else (found, "")


def read_list():
    """[(repository, commit, path, findings, error)] in the order of the page."""
    out, repository, commit = [], None, None
    with open(LIST) as f:
        for line in f:
            head = re.match(r"### (\S+) at ([0-9a-f]{12,40}|v[0-9]\S*)$", line)
            entry = re.match(r"- `([^`]+)`(?:: (.*))?$", line)
            if head:
                repository, commit = head.groups()
            elif entry and repository:
                path, text = entry.groups()
                error = text[len("refused: "):] if text and text.startswith("refused: ") else ""
                found = collections.Counter()
                for word in ([] if error or not text else text.split(", ")):
                    rule, rest = word.split("@")
                    line_nr, _, times = rest.partition("×")
                    found[rule, int(line_nr)] += int(times or 1)
                out.append((repository, commit, path, found, error))
    return out


def entry(path, found, error):
    if error:
        return "- `%s`: refused: %s" % (path, error)
    words = ["%s@%d%s" % (rule, line, "×%d" % n if n > 1 else "") for (rule, line), n in sorted(found.items(), key=lambda i: (i[0][1], i[0][0]))]
    return "- `%s`%s" % (path, ": " + ", ".join(words) if words else "")


def main():
    tidy, clones = os.path.abspath(sys.argv[1]), sys.argv[2]
    writes = "--write" in sys.argv
    rows, changed, missing = [], 0, 0
    for repository, commit, path, known, error in read_list():
        clone = os.path.join(clones, repository.replace("/", "+"))
        content = of_module(repository, commit, path) if is_package(commit) else git(clone, "show", "%s:%s" % (commit, path))
        if content is None:
            missing += 1
            rows.append((repository, commit, path, known, error))
            continue
        found, broken = look(tidy, path, content)
        for key in sorted(set(found) | set(known)):
            if found[key] != known[key]:
                changed += 1
                print("%s: %s %s:%d %s" % ("new" if found[key] > known[key] else "gone", repository, path, key[1], key[0]))
        if bool(broken) != bool(error):
            changed += 1
            print("%s %s: %s" % (repository, path, broken or "is read now"))
        rows.append((repository, commit, path, found, broken))
    if writes:
        write(rows)
    print("%d configurations, %d without a clone here; %d differences" % (len(rows), missing, changed))
    return 1 if changed and not writes or missing == len(rows) else 0


def table(rows):
    counts = collections.Counter()
    for *_, found, _ in rows:
        for (rule, _), n in found.items():
            counts[rule] += n
    return "| rule | findings | true | why |\n|---|---|---|---|\n" + \
        "".join("| %s | %d | %d | %s |\n" % (rule, n, n, WHY[rule]) for rule, n in sorted(counts.items())) + "\n"


def grouped(rows):
    groups = []
    for row in rows:
        if not groups or groups[-1][0] != row[:2]:
            groups.append((row[:2], []))
        groups[-1][1].append(row[2:])
    return groups


def write(all_rows):
    rows = [r for r in all_rows if not is_package(r[1])]
    packages = [r for r in all_rows if is_package(r[1])]
    with open(LIST, "w") as f:
        f.write("""# Configurations of others

%d files of %d public repositories, none of them kept here: Collector YAML, manifests, charts, compose files, declarative SDK
configuration, and pages with blocks of them. `python3 tests/corpus/configs.py build/otel-tidy CLONES` runs them again (CLONES has a
clone of each repository as OWNER+NAME); `--write` writes this page. Translations and vendored copies were left out.

A verdict is about the statement that the rule makes, not about whether anyone would want to change an example. How it was reached
differs by rule. Findings of unused-component, undefined-component and debug-in-production were compared with a second reading of the
files, by another YAML parser and thirty lines of Python, and not opened one by one. Of the other rules, the messages were judged, and
only some of the files were opened.

""" % (len(rows), len(grouped(rows))))
        f.write(table(rows))
        for part in (rows, packages):
            if part is packages:
                f.write("""## Of packages

%d files of %d Go packages, as a module cache has them in which the lab's Collector was built: of 0.161.0 where that is among the versions,
and without files in which nothing is that is read here. Every file with a finding was opened, and every finding compared with it.
Four more packages were unpacked, in which no Collector configuration is and nothing was reported: golang-opentelemetry-otel-dev
1.1.0-2 of Debian, @splunk/otel 4.11.0, @elastic/opentelemetry-node 1.18.0 and @opentelemetry/configuration 0.223.0 of npm.

""" % (len(packages), len(grouped(packages))))
                f.write(table(packages))
            for (repository, commit), entries in grouped(part):
                f.write("### %s at %s\n\n" % (repository, commit))
                for path, found, error in entries:
                    f.write(entry(path, found, error) + "\n")
                f.write("\n")


if __name__ == "__main__":
    sys.exit(main())
