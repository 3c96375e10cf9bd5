#!/usr/bin/env python3
"""Declarative configuration: what the published JSON schema refuses, the SDK refuses, and what the schema
takes is taken, or refused because it is not supported. The inputs are the published examples, and these
with one mistake each, made by chance from a seed.

	config_schema.py CONFIG_CHECK EXAMPLES DIR [--per-file N]

Needs jsonschema and yaml.
"""
import argparse
import copy
import glob
import json
import os
import random
import subprocess
import sys

import jsonschema
import yaml

# Metrics and logs are not the SDK's business: what is wrong there it need not see.
OURS = ("file_format", "disabled", "log_level", "attribute_limits", "propagator", "tracer_provider", "resource")


# What the schema cannot say or the SDK does not have: unknown components, and values that do not fit
# the type that is said beside them.
ALLOWED = ("known are", "not supported", "value: a list is expected", "value: a scalar is expected",
           "value: not a", "value: neither")


def places(value, path=()):
    """The path of every object, list and scalar below."""
    yield path
    if isinstance(value, dict):
        for k, v in value.items():
            yield from places(v, path + (k,))
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from places(v, path + (i,))


def at(value, path):
    for step in path:
        value = value[step]
    return value


def mutated(document, chance):
    """A copy with one mistake, and what it is."""
    out = copy.deepcopy(document)
    path = chance.choice([p for p in places(out) if p and p[0] in OURS])
    here, last = at(out, path[:-1]), path[-1]
    old = here[last]
    kind = chance.choice(["type", "type", "type", "unknown key", "left out", "negative", "null"])
    if kind == "type":
        here[last] = chance.choice([v for v in ("text", 7, -1.5, True, [], {}, [1, 2], {"x": 1})
                                    if type(v) is not type(old)])
    elif kind == "unknown key":
        target = old if isinstance(old, dict) else here if isinstance(here, dict) else out
        target["no_such_key"] = 1
    elif kind == "left out" and isinstance(here, dict):
        del here[last]
    elif kind == "negative" and isinstance(old, (int, float)) and not isinstance(old, bool):
        here[last] = -1 - abs(old)
    else:
        here[last] = None
    return out, "%s at %s" % (kind, ".".join(map(str, path)))


def is_grave(error):
    """False where the SDK is more lenient on purpose: null is as if the key were not there, a scalar
    can be read as text (7 as "7"), and so can be the scalars of a list."""
    scalar = (str, int, float, bool)
    if error.instance is None:
        return False
    if error.validator == "type" and "string" in str(error.validator_value):
        return not isinstance(error.instance, scalar)
    if error.validator in ("oneOf", "anyOf") and isinstance(error.instance, list):
        return not all(isinstance(x, scalar) for x in error.instance)
    return True


def main():
    p = argparse.ArgumentParser()
    p.add_argument("check")
    p.add_argument("examples")
    p.add_argument("dir")
    p.add_argument("--per-file", type=int, default=40)
    a = p.parse_args()
    with open(os.path.join(a.examples, "opentelemetry_configuration.json"), encoding="utf-8") as f:
        validator = jsonschema.Draft202012Validator(json.load(f))
    os.makedirs(a.dir, exist_ok=True)
    files = sorted(glob.glob(os.path.join(a.examples, "examples", "*.yaml")) +
                   glob.glob(os.path.join(a.examples, "snippets", "*.yaml")))
    chance = random.Random(20260822)
    what = {}
    for file in files:
        with open(file, encoding="utf-8") as f:
            text = f.read().replace("file:///var/log/", "file://%s/" % os.path.abspath(a.dir))
        document = yaml.safe_load(text)
        # metrics and logs only cost time
        document = {k: v for k, v in document.items() if k in OURS}
        if set(document) <= {"file_format"}:
            continue
        for i in range(a.per_file + 1):
            name = "%s-%02d.yaml" % (os.path.basename(file)[:-5], i)
            made, mistake = (document, "as it is") if i == 0 else mutated(document, chance)
            with open(os.path.join(a.dir, name), "w", encoding="utf-8") as f:
                json.dump(made, f)
            # ${…} has a value only when it is substituted: the schema sees what remains a string
            errors = sorted(validator.iter_errors(made), key=lambda e: list(map(str, e.absolute_path)))
            grave = [e for e in errors if is_grave(e)]
            verdict = "refuse" if grave else "either" if errors else "take"
            what[name] = (mistake, verdict, (grave or errors)[0].message[:100] if errors else "")
    names = sorted(what)
    ran = subprocess.run([os.path.abspath(a.check), *names], cwd=a.dir, stdout=subprocess.PIPE, text=True,
                         errors="replace", timeout=300, env={"PATH": os.environ["PATH"]})
    verdicts = {}
    for line in ran.stdout.splitlines():
        word, _, rest = line.partition(" ")
        verdicts[rest.split(":")[0]] = (word, rest)
    wrong, agreed, unsupported = [], 0, 0
    for name in names:
        mistake, verdict, error = what[name]
        word, said = verdicts.get(name, ("silent", ""))
        if word not in ("taken", "refused"):
            wrong.append("%s (%s): %s" % (name, mistake, word))
        elif verdict == "refuse" and word == "taken":
            wrong.append("%s (%s) is taken; the schema: %s" % (name, mistake, error))
        elif verdict == "take" and word == "refused" and not any(x in said for x in ALLOWED):
            wrong.append("%s (%s) is refused: %s; the schema has nothing against it" % (name, mistake, said[-150:]))
        else:
            agreed += 1
            unsupported += verdict == "take" and word == "refused"
    for line in wrong[:40]:
        print("FAIL config-schema: " + line)
    print("%d configurations: the SDK and the published schema agree on %d (%d of them valid and not "
          "supported)" % (len(names), agreed, unsupported))
    return 1 if wrong or not names else 0


if __name__ == "__main__":
    sys.exit(main())
