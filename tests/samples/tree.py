#!/usr/bin/env python3
"""What a run exported, as a tree that is the same in every run and every language.

	tree.py FILE        FILE: OTLP JSON lines, as a Collector's file exporter writes them

Kept are names, parents, kinds, status, attributes with their types, the order in which spans start, the
service and the tracer. Gone are ids, times, and what a resource says about the machine.
"""
import json
import sys

KINDS = {1: "internal", 2: "server", 3: "client", 4: "producer", 5: "consumer"}
NAMES = {"stringValue": "string", "boolValue": "bool", "intValue": "int", "doubleValue": "double"}


def value(v):
    """The value and its type: a string in quotes, numbers as they are, false and true."""
    (kind, x), = v.items()
    if kind == "arrayValue":
        return "[" + ", ".join(value(e) for e in x.get("values", [])) + "]"
    if kind == "stringValue":
        return json.dumps(x)
    if kind == "intValue":
        return str(int(x))
    if kind == "doubleValue":
        return repr(float(x))
    return json.dumps(x) if kind in NAMES else "%s %s" % (kind, json.dumps(x))


def attributes(o):
    return sorted("%s = %s" % (a["key"], value(a["value"])) for a in o.get("attributes", []))


def spans_of(lines):
    for line in lines:
        for r in json.loads(line)["resourceSpans"]:
            service = [a for a in attributes(r.get("resource", {})) if a.startswith("service.name =")]
            for s in r["scopeSpans"]:
                scope = s.get("scope", {})
                tracer = "tracer %s" % scope.get("name", "?")
                tracer += " " + scope["version"] if scope.get("version") else ""
                for span in s["spans"]:
                    yield dict(span, service=(service + ["no service.name"])[0], tracer=tracer)


def status(span):
    code = span.get("status", {}).get("code", 0)
    text = span.get("status", {}).get("message", "")
    return ["", ", ok", ", error"][code] + (": " + json.dumps(text) if text else "")


def show(span, children, depth, out):
    indent = "    " * depth
    out.append("%s%s (%s%s)" % (indent, span["name"], KINDS.get(span.get("kind"), "no kind"), status(span)))
    out += [indent + "  " + a for a in attributes(span)]
    for event in span.get("events", []):
        out.append("%s  event %s" % (indent, event["name"]))
    for _ in span.get("links", []):
        out.append(indent + "  link")
    for child in children.get((span["traceId"], span["spanId"]), []):
        show(child, children, depth + 1, out)


def tree(lines):
    spans = sorted(spans_of(lines), key=lambda s: (int(s["startTimeUnixNano"]), int(s["endTimeUnixNano"])))
    known = {(s["traceId"], s["spanId"]) for s in spans}
    children, roots = {}, []
    for s in spans:
        parent = (s["traceId"], s.get("parentSpanId", ""))
        if parent in known:
            children.setdefault(parent, []).append(s)
        else:
            roots.append((s, "parent is missing" if s.get("parentSpanId") else "root"))
    out = []
    for said in sorted({s["service"] for s in spans}) + sorted({s["tracer"] for s in spans}):
        out.append(said)
    for s, role in roots:
        out += ["", "trace" if role == "root" else "trace, and the parent of this span is missing"]
        show(s, children, 0, out)
    return "\n".join(out or ["nothing"]) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1]) as f:
        sys.stdout.write(tree(f))
