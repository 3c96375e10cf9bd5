#!/usr/bin/env python3
"""Validates otel-tidy's JSON and SARIF reports: against their schemas, and for what the SARIF
specification demands and no schema can say.

usage: validate.py [--self-test] --sarif-schema FILE --json-schema FILE REPORT...

Reports that end in .sarif are SARIF, all others are otel-tidy's own JSON. Exit code 0: all valid;
1: at least one is not; 2: cannot judge.
"""

import argparse
import copy
import json
import sys
from urllib.parse import urlsplit

try:
    import jsonschema
except ImportError:
    sys.exit(
        "validate.py: Python's jsonschema is missing\n"
        "  next: make test-schema fetches it, or: apt-get install python3-jsonschema"
    )


def load(path):
    def no_duplicates(pairs):
        keys = [key for key, _ in pairs]
        if len(keys) != len(set(keys)):
            raise ValueError("duplicate keys among " + ", ".join(keys))
        return dict(pairs)

    with open(path, encoding="utf-8", errors="strict") as file:
        return json.load(file, object_pairs_hook=no_duplicates)


def schema_errors(schema, report):
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    errors = validator(schema).iter_errors(report)
    return ["/" + "/".join(map(str, e.absolute_path)) + ": " + e.message[:200] for e in errors]


def walk(value, path=""):
    yield path, value
    if isinstance(value, dict):
        for key, child in value.items():
            yield from walk(child, path + "/" + key)
    elif isinstance(value, list):
        for i, child in enumerate(value):
            yield from walk(child, path + "/" + str(i))


def check_artifact(path, artifact, bases):
    uri = artifact["uri"]
    parts = urlsplit(uri)
    if not uri.isascii() or " " in uri:
        yield f"{path}/uri: {uri!r} is not percent-encoded"
    if parts.scheme:
        if parts.scheme != "file" or "uriBaseId" in artifact:
            yield f"{path}: an absolute URI is a file and has no base"
    elif artifact.get("uriBaseId") not in bases:
        yield f"{path}: uriBaseId is not declared in originalUriBaseIds"
    if parts.query or parts.fragment:
        yield f"{path}/uri: {uri!r} has a query or fragment"


def check_region(path, region):
    start, end = region.get("startColumn"), region.get("endColumn")
    if end is not None and (start is None or end < start):
        yield f"{path}: ends before it starts"
    text = region.get("snippet", {}).get("text")
    if text is not None and start is not None and end is not None:
        units = len(text.encode("utf-16-le")) // 2
        if units != end - start:
            yield f"{path}: {end - start} columns, but the snippet has {units} UTF-16 code units"


def check_result(path, result, rules):
    index = result.get("ruleIndex")
    if index is None:
        yield f"{path}: rule {result['ruleId']} is not among the driver's rules"
    elif not 0 <= index < len(rules) or rules[index]["id"] != result["ruleId"]:
        yield f"{path}: ruleIndex {index} is not rule {result['ruleId']}"
    ids = [location["id"] for location in result.get("relatedLocations", [])]
    if len(ids) != len(set(ids)):
        yield f"{path}: ids of relatedLocations are not unique"
    for flow in result.get("codeFlows", []):
        for thread in flow["threadFlows"]:
            order = [location["executionOrder"] for location in thread["locations"]]
            if order != sorted(set(order)):
                yield f"{path}: code flow is not in order"
            if len(order) != len(ids):
                yield f"{path}: code flow and related locations differ"
    if not result["message"]["text"].split("\n")[0].endswith("."):
        yield f"{path}: the message's first sentence has no full stop"


def sarif_errors(report):
    for number, run in enumerate(report["runs"]):
        path = f"/runs/{number}"
        rules = run["tool"]["driver"]["rules"]
        results = run["results"]
        ids = [rule["id"] for rule in rules]
        if len(ids) != len(set(ids)) or ids != sorted(ids):
            yield f"{path}: rules are not unique and sorted"
        for i, result in enumerate(results):
            yield from check_result(f"{path}/results/{i}", result, rules)
        if 0 < sum("suppressions" in result for result in results) < len(results):
            yield f"{path}: suppressions must be on all results or on none"
        prints = [json.dumps(r["partialFingerprints"], sort_keys=True) for r in results]
        if len(prints) != len(set(prints)):
            yield f"{path}: two results share their fingerprints"
        for base, artifact in run.get("originalUriBaseIds", {}).items():
            if "uri" in artifact:
                yield f"{path}: {base} tells where this checkout is"
        bases = run.get("originalUriBaseIds", {})
        for at, value in walk(run, path):
            if at.endswith("/artifactLocation"):
                yield from check_artifact(at, value, bases)
            elif at.endswith("/region"):
                yield from check_region(at, value)


def json_errors(report):
    findings = report["findings"]
    known = {rule["name"] for rule in report["rules"]}
    shown = [finding for finding in findings if not finding["suppressed"]]
    summary = report["summary"]
    if summary["findings"] != len(shown) or summary["suppressed"] != len(findings) - len(shown):
        yield "/summary: counts differ from /findings"
    for severity in ("error", "warning", "note"):
        if summary[severity + "s"] != sum(f["severity"] == severity for f in shown):
            yield f"/summary/{severity}s: differs from /findings"
    if summary["incomplete"] != len(report["incomplete"]):
        yield "/summary/incomplete: differs from /incomplete"
    for i, finding in enumerate(findings):
        if finding["rule"] not in known:
            yield f"/findings/{i}: rule {finding['rule']} is not in /rules"
        if bool(finding["justification"]) and not finding["suppressed"]:
            yield f"/findings/{i}: a justification without a suppression"


def errors_of(kind, schema, report):
    errors = schema_errors(schema, report)
    if errors:
        return errors
    return list(sarif_errors(report) if kind == "sarif" else json_errors(report))


def breakages(kind, report):
    """Broken copies of a sound report, each of which must be refused."""
    def broken(change):
        copied = copy.deepcopy(report)
        change(copied)
        return copied

    if kind == "sarif":
        yield broken(lambda r: r.pop("version"))
        yield broken(lambda r: r["runs"][0].update(surprise=1))
        yield broken(lambda r: r["runs"][0]["tool"]["driver"].pop("name"))
        if report["runs"][0]["results"]:
            first = lambda r: r["runs"][0]["results"][0]
            place = lambda r: first(r)["locations"][0]["physicalLocation"]
            yield broken(lambda r: first(r).update(level="fatal"))
            yield broken(lambda r: first(r).update(ruleIndex=999))
            yield broken(lambda r: first(r).pop("suppressions"))
            yield broken(lambda r: place(r)["artifactLocation"].update(uri="a b.c"))
            yield broken(lambda r: place(r)["artifactLocation"].update(uriBaseId="HERE"))
            yield broken(lambda r: place(r)["region"].update(startLine=0))
    else:
        yield broken(lambda r: r.update(version=2))
        yield broken(lambda r: r.update(surprise=1))
        yield broken(lambda r: r["fine_line"].pop("spans"))
        yield broken(lambda r: r["summary"].update(findings=999))
        if report["findings"]:
            yield broken(lambda r: r["findings"][0].pop("fingerprint"))
            yield broken(lambda r: r["findings"][0].update(severity="fatal"))
            yield broken(lambda r: r["findings"][0].update(rule="no-such-rule"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--self-test", action="store_true",
                        help="also break each sound report and demand that it is refused")
    parser.add_argument("--sarif-schema", required=True)
    parser.add_argument("--json-schema", required=True)
    parser.add_argument("reports", nargs="+")
    options = parser.parse_args()
    passed = failed = 0
    for path in options.reports:
        kind = "sarif" if path.endswith(".sarif") else "json"
        try:
            schema = load(options.sarif_schema if kind == "sarif" else options.json_schema)
            report = load(path)
        except (OSError, ValueError) as error:
            print(f"validate.py: {path}: {error}", file=sys.stderr)
            return 2
        errors = errors_of(kind, schema, report)
        refused = 0
        if options.self_test and not errors:
            for number, broken in enumerate(breakages(kind, report)):
                if errors_of(kind, schema, broken):
                    refused += 1
                else:
                    errors.append(f"self-test: broken copy {number} was accepted")
        for error in errors:
            print(f"FAIL {path}: {error} | again: make test-schema")
        passed += refused + (not errors)
        if not errors:
            print(f"{path}: valid" + (f", {refused} broken copies refused" if refused else ""))
        failed += bool(errors)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
