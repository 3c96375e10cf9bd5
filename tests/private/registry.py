#!/usr/bin/env python3
"""Keys of the semantic conventions are no credentials.

	registry.py OTEL-TIDY BUILD

Every key of rules/semconv/attributes.json is set as an attribute and as baggage: none may be called a
credential, and only those listed here are personal data. A key that is one stands among them, so
that silence is the rule's and not the test's."""
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONTROL = "db.password"
PERSONAL = {"enduser.id", "http.client_ip", "user.email", "user.full_name", "user.name",
    "process.user.name"}
failed = 0


def expect(what, got, wanted):
    global failed
    if got != wanted:
        failed += 1
        print("FAIL tests/private/registry.py: %s: %s, not %s" % (what, sorted(got), sorted(wanted)))


def reported(tool, path, rule):
    """The keys whose line has a finding."""
    command = [tool, "check", path, "--no-config", "--rule", rule, "--format", "json", "--",
        "-I" + os.path.join(ROOT, "lab/sdk/include")]
    found = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        timeout=120, check=False)
    if found.returncode not in (0, 1):
        sys.exit("FAIL tests/private/registry.py: exit %d: %s" % (found.returncode, found.stderr))
    with open(path, encoding="utf-8") as stream:
        lines = stream.read().split("\n")
    return {lines[f["line"] - 1].split('"')[1] for f in json.loads(found.stdout)["findings"]}


def write(path, keys, call):
    with open(path, "w", encoding="utf-8") as out:
        out.write("#include <ctel/ctel.h>\n\nvoid all(ctel_span *span, ctel_ctx ctx, const char *v);\n"
            "void keep(ctel_ctx ctx);\n\nvoid all(ctel_span *span, ctel_ctx ctx, const char *v)\n{\n")
        for key in keys:
            out.write("\t" + call % key + "\n")
        out.write("}\n")


def main():
    tool, folder = os.path.abspath(sys.argv[1]), os.path.join(sys.argv[2], "private")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(ROOT, "rules/semconv/attributes.json"), encoding="utf-8") as stream:
        registry = json.load(stream)["attributes"]
    keys = [a["name"] for a in registry] + [CONTROL]
    path = os.path.join(folder, "attributes.c")
    write(path, keys, 'ctel_set(span, "%s", v);')
    expect("credentials", reported(tool, path, "sensitive-attribute"), {CONTROL})
    expect("personal data", reported(tool, path, "personal-attribute"), PERSONAL & set(keys))
    path = os.path.join(folder, "baggage.c")
    write(path, keys, 'keep(ctel_baggage_set(ctx, "%s", v));')
    expect("baggage", reported(tool, path, "sensitive-baggage"), {CONTROL} | PERSONAL & set(keys))
    print("%d keys" % (len(keys) - 1))
    print("%d passed, %d failed" % (3 - failed, failed))
    sys.exit(failed != 0)


main()
