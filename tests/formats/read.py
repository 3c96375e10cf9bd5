#!/usr/bin/env python3
"""Reads the sample reports as their consumers do and holds them to what the JSON report of the same
findings says.

JUnit is validated against Jenkins' junit-10.xsd, rdjson against reviewdog's JSON schema, SARIF
against OASIS' schema and GitHub's limits. For the others there is no schema to be had: GitHub's
workflow commands are parsed as its runner does (ActionCommand.cs), GitLab's report by the fields of
its documentation ("Code Quality report format"), Checkstyle as reviewdog's parser reads it
(parser/checkstyle.go), the agent's by docs/agents.md.

usage: read.py SAMPLES SCHEMAS SARIF-SCHEMA
"""

import gzip
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

import jsonschema

samples, schemas, sarif_schema = sys.argv[1:]
passed, failed = set(), 0


def check(name, is_so, *seen):
    global failed
    if is_so:
        passed.add(name)
    else:
        failed += 1
        print(f"FAIL formats {name}: {' '.join(map(repr, seen))[:400]} | again: make test-formats")


def text(name):
    with open(os.path.join(samples, name), encoding="utf-8", newline="") as file:
        return file.read()


def shown(report):
    return [f for f in report["findings"] if not f["suppressed"]]


# ---- GitHub: as the runner parses it ----

def unescape(value, is_property):
    table = [("%0D", "\r"), ("%0A", "\n")]
    table += [("%3A", ":"), ("%2C", ",")] if is_property else []
    for code, character in table + [("%25", "%")]:
        value = value.replace(code, character)
    return value


def commands(output):
    for line in output.split("\n"):
        if not line.startswith("::"):
            continue
        end = line.index("::", 2)
        head, data = line[2:end], line[end + 2:]
        command, _, properties = head.partition(" ")
        pairs = dict(p.strip().split("=", 1) for p in properties.split(",") if p)
        yield command, {k: unescape(v, True) for k, v in pairs.items()}, unescape(data, False)


KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def check_github(name, report, prefix):
    all_commands = list(commands(text(f"{name}.github")))
    check(f"{name}.github: at most ten annotations", len(all_commands) <= 10, len(all_commands))
    annotated = [c for c in all_commands if "file" in c[1]]
    check(f"{name}.github: incomplete is said", len(all_commands) - len(annotated) == bool(report["incomplete"]))
    order = {"error": 0, "warning": 1, "note": 2}
    expected = sorted(shown(report), key=lambda f: order[f["severity"]])[:len(annotated)]
    check(f"{name}.github: the most severe ones", len(expected) == len(annotated) and (
        len(shown(report)) <= 10 - bool(report["incomplete"]) or len(annotated) >= 9))
    for want, (command, properties, data) in zip(expected, annotated):
        check(f"{name}.github: annotation", command == KINDS[want["severity"]]
              and properties["file"] == prefix + want["file"] and int(properties["line"]) == want["line"]
              and properties["title"] == want["rule"] and data.split("\n")[0] == want["message"],
              want, command, properties, data)
    if name in ("change", "crowd"):
        summary = text(f"{name}.summary")
        rows = [l for l in summary.split("\n") if re.match(r"\| (error|warning|note) \|", l)]
        check(f"{name}.summary: under 1 MiB", len(summary.encode()) < 1 << 20)
        if name == "change":
            check("change.summary: every finding", len(rows) == len(shown(report)), rows)
            check("change.summary: the gate", "this change adds spans to 23 functions; 2 deserve one" in summary)
        else:
            check("crowd.summary: says what is left out", re.search(r"\d+ more are left out", summary))
        check(f"{name}.summary: each row has five cells", all(r.count("|") == 6 for r in rows))


def check_gitlab(name, report, prefix):
    issues = json.loads(text(f"{name}.gitlab"))
    found = [i for i in issues if i["check_name"] != "incomplete"]
    check(f"{name}.gitlab: every finding", len(found) == len(shown(report)))
    check(f"{name}.gitlab: incomplete units", len(issues) - len(found) == len(report["incomplete"]))
    prints = [i["fingerprint"] for i in issues]
    check(f"{name}.gitlab: fingerprints are unique", len(prints) == len(set(prints)))
    for want, issue in zip(shown(report), found):
        check(f"{name}.gitlab: issue", issue["description"].startswith(want["message"])
              and issue["check_name"] == want["rule"] and issue["fingerprint"] == want["fingerprint"]
              and issue["location"] == {"path": prefix + want["file"], "lines": {"begin": want["line"]}}
              and issue["severity"] in ("info", "minor", "major", "critical", "blocker"), want, issue)
    check(f"{name}.gitlab: no ./ and no absolute path",
          not any(i["location"]["path"].startswith(("./", "/")) for i in issues))


def check_junit(name, report, _):
    path = os.path.join(samples, f"{name}.junit")
    judge = subprocess.run(["xmllint", "--noout", "--schema", os.path.join(schemas, "junit-10.xsd"), path],
                           capture_output=True, text=True, check=False)
    check(f"{name}.junit: junit-10.xsd", judge.returncode == 0, judge.stderr)
    suite = xml.parse(path).getroot().find("testsuite")
    cases = suite.findall("testcase")
    fails = 2 if name == "change" else 0
    levels = ["note", "warning", "error"]
    failing = [f for f in shown(report) if levels.index(f["severity"]) >= fails]
    failures = [c.find("failure") for c in cases if c.find("failure") is not None]
    check(f"{name}.junit: failures", sorted(f.get("message") for f in failures) == sorted(
        f["message"] for f in failing), len(failures), len(failing))
    check(f"{name}.junit: counts", int(suite.get("tests")) == len(cases) and int(suite.get("failures")) == len(
        failures) and int(suite.get("errors")) == len(report["incomplete"]))
    names = {c.get("classname") for c in cases}
    check(f"{name}.junit: every rule has a case", {r["name"] for r in report["rules"]} <= names)
    keys = [(c.get("classname"), c.get("name")) for c in cases]
    check(f"{name}.junit: no two cases of one name", len(keys) == len(set(keys)))


def check_checkstyle(name, report, _):
    root = xml.fromstring(text(f"{name}.checkstyle"))
    check(f"{name}.checkstyle: root", root.tag == "checkstyle" and root.get("version"))
    errors = [(f.get("name"), e) for f in root.findall("file") for e in f.findall("error")]
    found = [x for x in errors if x[1].get("source") != "otel-tidy.incomplete"]
    check(f"{name}.checkstyle: all", len(found) == len(shown(report)) and len(errors) - len(found) == len(
        report["incomplete"]))
    severities = {"error": "error", "warning": "warning", "note": "info"}
    for want, (file, error) in zip(shown(report), found):
        check(f"{name}.checkstyle: error", file == want["file"] and int(error.get("line")) == want["line"]
              and int(error.get("column")) == want["column"] and error.get("severity") == severities[want["severity"]]
              and error.get("message").startswith(want["message"]), want, error.attrib)


def check_rdjson(name, report, _):
    result = json.loads(text(f"{name}.rdjson"))
    with open(os.path.join(schemas, "rdjson.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    known = schema["definitions"]["reviewdog.rdf.Diagnostic"]["properties"]
    errors = list(jsonschema.Draft4Validator(schema).iter_errors(result))
    check(f"{name}.rdjson: reviewdog's schema", not errors, *errors[:2])
    check(f"{name}.rdjson: only fields that reviewdog knows", all(set(d) <= set(known) for d in result["diagnostics"]))
    found = [d for d in result["diagnostics"] if "code" in d]
    check(f"{name}.rdjson: all", len(found) == len(shown(report)))
    severities = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}
    for want, got in zip(shown(report), found):
        start = got["location"]["range"]["start"]
        check(f"{name}.rdjson: diagnostic", got["location"]["path"] == want["file"] and start == {
            "line": want["line"], "column": want["column"]} and got["severity"] == severities[want["severity"]]
            and got["code"]["value"] == want["rule"]
            and len(got.get("suggestions", [])) == sum(len(p["edits"]) for p in want["patches"] if p["safe"]),
            want, got)


def check_agent(name, report, _):
    lines = text(f"{name}.agent").split("\n")
    check(f"{name}.agent: ends with a newline", lines.pop() == "")
    check(f"{name}.agent: version", lines[0] == "otel-tidy-agent 1")
    shape = re.compile(r"TODO \S.*|SKIPPED \S.*|MENDED \S+ \[\S+\] .*|GATE \S.*|DONE \d+ to do, \d+ not analysed, exit [0-3]|"
                       r"  (because: |path: |edit: (safe|unsafe)$|@ .+:\d+$|[-+] ).*")
    check(f"{name}.agent: every line has a known shape", all(map(shape.fullmatch, lines[1:])), next(
        (l for l in lines[1:] if not shape.fullmatch(l)), ""))
    todo = [l for l in lines if l.startswith("TODO ")]
    check(f"{name}.agent: every finding", len(todo) == len(shown(report)))
    for want, got in zip(shown(report), todo):
        check(f"{name}.agent: head", got.startswith(
            f"TODO {want['file']}:{want['line']}:{want['column']} [{want['rule']}] "), want, got)
    check(f"{name}.agent: closing line", lines[-1] ==
          f"DONE {len(todo)} to do, {len(report['incomplete'])} not analysed, exit {report['exit_code']}", lines[-1])
    if name == "change":
        check("change.agent: the gate", "GATE this change adds spans to 23 functions; 2 deserve one" in lines)


def check_sarif(name, report, prefix):
    body = text(f"{name}.sarif")
    run = json.loads(body)["runs"][0]
    results = run["results"]
    packed = len(gzip.compress(body.encode()))
    check(f"{name}.sarif: GitHub's limits", len(results) <= 25000 and packed <= 10 << 20, len(results), packed)
    for rule in run["tool"]["driver"]["rules"]:
        check(f"{name}.sarif: rule {rule['id']}", rule["help"]["markdown"] and len(rule["properties"]["tags"]) <= 20)
    notices = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]]
    if name == "crowd":
        check("crowd.sarif: trimmed with a notice", len(results) == 25000 and any(
            n.startswith("1000 less severe results are left out") for n in notices), len(results), notices)
        levels = [r["level"] for r in results]
        notes = sum(f["severity"] == "note" for f in report["findings"])
        check("crowd.sarif: what is left out are notes", levels.count("note") == notes - 1000, notes)
        with open(sarif_schema, encoding="utf-8") as file:
            schema = json.load(file)
        some = json.loads(body)
        some["runs"][0]["results"] = results[:50]
        check("crowd.sarif: schema", not list(jsonschema.Draft7Validator(schema).iter_errors(some)))
        return
    check(f"{name}.sarif: all", len(results) == len(report["findings"]))
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
    check(f"{name}.sarif: relative to the repository", all(u.startswith(prefix) for u in uris), uris)
    for got, want in zip(results, report["findings"]):
        kinds = [s["kind"] for s in got["suppressions"]]
        check(f"{name}.sarif: suppression", bool(kinds) == want["suppressed"] and all(
            s["justification"] for s in got["suppressions"]))
    check(f"{name}.sarif: incomplete units are told", len(notices) == len(report["incomplete"]))


READERS = {"github": check_github, "gitlab": check_gitlab, "junit": check_junit, "checkstyle": check_checkstyle,
           "rdjson": check_rdjson, "agent": check_agent, "sarif": check_sarif}


def main():
    formats = {os.path.splitext(f)[1][1:] for f in os.listdir(samples) if f.startswith("sample.")}
    check("every format has a reader here", formats == set(READERS) | {"json", "text"}, sorted(formats))
    for name in ("sample", "empty", "change", "crowd"):
        report = json.loads(text(f"{name}.json"))
        for reader in READERS.values():
            reader(name, report, "project/" if name == "change" else "")
    print(f"{len(passed)} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
