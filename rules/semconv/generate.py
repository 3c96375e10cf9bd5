#!/usr/bin/env python3
"""Writes attributes.json, the registry of attributes, from published packages.

    generate.py [--version 1.43.0] [--work DIR] > attributes.json

Three packages say the same registry in three languages, and none says all of it:
  Java  io.opentelemetry.semconv:opentelemetry-semconv{,-incubating}: types, values, deprecations
  npm   @opentelemetry/semantic-conventions: stability, deprecations, what belongs to resources
  Go    go.opentelemetry.io/otel/semconv: types again, and every version there was before
What two of them say must agree, or nothing is written. The packages come through mvn, npm and go as
this machine has them configured.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

GROUP = "io.opentelemetry.semconv"
NPM = "@opentelemetry/semantic-conventions"
GO = "go.opentelemetry.io/otel"
JAVA_TYPES = {"String": "string", "Long": "int", "Double": "double", "Boolean": "boolean",
              "List<String>": "string[]", "List<Long>": "int[]", "List<Double>": "double[]",
              "List<Boolean>": "boolean[]"}


def run(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"generate.py: {' '.join(command)}: exit code {done.returncode}")
    return done.stdout


# ---- the packages ----

def java_sources(work, artifact, version):
    run("mvn", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy",
        f"-Dartifact={GROUP}:{artifact}:{version}:jar:sources", f"-DoutputDirectory={work}")
    with zipfile.ZipFile(work / f"{artifact}-{version}-sources.jar") as jar:
        return [jar.read(name).decode() for name in sorted(jar.namelist())
                if name.endswith("Attributes.java")]


def npm_package(work, version):
    run("npm", "pack", "--silent", f"{NPM}@{version}", cwd=work)
    run("tar", "xzf", f"opentelemetry-semantic-conventions-{version}.tgz", cwd=work)
    return work / "package" / "build" / "src"


def go_module(work):
    (work / "go.mod").write_text("module semconv\n")
    run("go", "mod", "download", f"{GO}@latest", cwd=work)
    return pathlib.Path(json.loads(
        run("go", "mod", "download", "-json", f"{GO}@latest", cwd=work))["Dir"]) / "semconv"


def newest(module):
    """The newest version that Go has; the others follow the same numbers."""
    return max((d.name[1:] for d in module.glob("v1.*")),
               key=lambda v: [int(n) for n in v.split(".")])


# ---- what they say ----

def plain(text):
    """A doc comment's text on one line, `code` in backquotes."""
    text = re.sub(r"\n\s*\*", " ", text)
    text = re.sub(r"\{@(?:code|link)\s+([^}]*)\}", r"`\1`", text)
    text = re.sub(r"<a\s+href=\s*\"[^\"]*\">(.*?)</a>", r"\1", text, flags=re.S)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#34;", '"')):
        text = text.replace(entity, char)
    return " ".join(text.split()).rstrip(".")


def deprecation(comment):
    """Why and by what it is replaced; "" for what is not deprecated."""
    found = re.search(r"@deprecated\s(.*?)(?=\n\s*\*\s*@|$)", comment, flags=re.S)
    if not found:
        return ""
    note = plain(found.group(1))
    if note in ("", "Uncategorized"):  # the reason then stands in the description alone
        use = re.search(r"Deprecated, (use .*?)\.?\s*\n", comment)
        note = plain(use.group(1)).capitalize() if use else "Deprecated"
    return "" if "in favor of stable" in note else note


COMMENT = r"/\*\*((?:(?!\*/).)*)\*/\s*"


def read_java(texts):
    out, values = {}, {}
    for text in texts:
        keys = {}
        for comment, template, generic, constant, name in re.findall(
                COMMENT + r"(?:@Deprecated\s+)?public static final "
                r"AttributeKey(Template)?<([\w<>]+)>\s+(\w+)\s*=\s*\w+\(\s*\"([^\"]+)\"",
                text, flags=re.S):
            keys[constant] = name
            kind = JAVA_TYPES[generic]
            one = out.setdefault(name, {})
            one["type"] = f"template[{kind}]" if template else kind
            # the stable artifact is read last; what it has is not deprecated by being incubating
            one["deprecated"] = deprecation(comment) or one.get("deprecated", "")
        for constant, body in re.findall(
                r"Values for \{@link\s+(?:\*\s+)?#(\w+)\}.*?static final class \w+ \{(.*?)\n  \}",
                text, flags=re.S):
            members = [json.loads(v.rstrip("L")) for v in re.findall(
                r"public static final \w+ \w+\s*=\s*(\"[^\"]*\"|-?\d+L?);", body)]
            known = values.setdefault(keys[constant], [])
            known += [m for m in members if m not in known]
    for name, members in values.items():
        out[name]["enum"] = members
    return out


def read_npm(src):
    out = {}
    for file, stability in (("stable", "stable"), ("experimental", "development")):
        text = (src / f"{file}_attributes.d.ts").read_text()
        for comment, name in re.findall(
                COMMENT + r"export declare const ATTR_\w+(?:: | = )\"([^\"]+)\"", text, flags=re.S):
            out.setdefault(name, {"stability": stability, "deprecated": deprecation(comment)})
    legacy = (src / "resource" / "SemanticResourceAttributes.d.ts").read_text()
    return out, set(re.findall(r"SEMRESATTRS_\w+ = \"([^\"]+)\"", legacy))


def read_go(directory):
    text = (directory / "attribute_group.go").read_text()
    out, constants = {}, {}
    for comment, constant, name in re.findall(
            r"((?:\t//[^\n]*\n)+)\t(\w+)Key\s*=\s*attribute\.Key\(\"([^\"]+)\"\)", text):
        constants[constant] = name
        kind = re.search(r"// Type: (\S+)", comment).group(1)
        stability = re.search(r"// Stability: (\w+)", comment).group(1).lower()
        out[name] = {"type": kind.lower(), "stability": stability}
    for key, quoted, number in re.findall(
            r"\t\w+ = (\w+)Key\.(?:String|Int)\((?:\"([^\"]*)\"|(-?\d+))\)", text):
        member = int(number) if number else quoted
        out[constants[key]].setdefault("enum", []).append(member)
    return out


def read_history(module):
    """Every attribute of an earlier version, and the last version that had it."""
    out = {}
    for directory in sorted(module.glob("v1.*"),
                            key=lambda d: [int(n) for n in d.name[1:].split(".")]):
        for file in directory.glob("*.go"):
            for name in re.findall(r"attribute\.Key\(\"([^\"]+)\"\)", file.read_text()):
                out[name] = directory.name[1:]
    return out


# ---- putting it together ----

def compare(java, npm, go):
    """Two packages that contradict each other: the reader below understands one of them wrongly."""
    bad = []
    for name, one in java.items():
        # npm leaves templates out, and breaks one sentence in two at times
        if name in npm and bool(one["deprecated"]) != bool(npm[name]["deprecated"]):
            bad.append(f"{name}: deprecated in one of Java and npm only")
        if name in npm and renamed(one["deprecated"]) != renamed(npm[name]["deprecated"]):
            bad.append(f"{name}: Java and npm name different replacements")
        if name not in go:
            continue
        if go[name]["type"] == "enum":
            if go[name].get("enum") != one.get("enum") and \
                    not set(go[name].get("enum", [])) <= set(one.get("enum", [])):
                bad.append(f"{name}: values differ between Java and Go")
        elif go[name]["type"] not in (one["type"], "any") and \
                one["type"] != f"template[{go[name]['type']}]":
            bad.append(f"{name}: {one['type']} in Java, {go[name]['type']} in Go")
    if bad:
        sys.exit("generate.py: the packages disagree\n  " + "\n  ".join(bad))


def renamed(note):
    found = re.fullmatch(r"Replaced by `([\w.]+)`(, which has moved to .*)?", note)
    return found.group(1) if found else ""


def entry(name, java, npm, go, resources):
    j, n, g = java.get(name, {}), npm.get(name, {}), go.get(name, {})
    kind = j.get("type") or g.get("type")
    members = j.get("enum") or g.get("enum")
    if kind == "enum":
        kind = "int" if isinstance(members[0], int) else "string"
    # npm alone has a few that are of .NET only
    out = {"name": name, "type": kind or "unknown"}
    if members:
        out["enum"] = members
    out["stability"] = g.get("stability") or n.get("stability") or "development"
    out["scope"] = "resource" if name in resources else "any"
    note = j.get("deprecated") or n.get("deprecated")
    if note and note.startswith("Moved to "):
        out["moved"] = note
    elif note and renamed(note):
        out["deprecated"] = {"renamed_to": renamed(note)}
    elif note:
        out["deprecated"] = {"note": note}
    return out


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--version", help="of the conventions; default: the newest")
    options.add_argument("--work", help="where packages are unpacked; default: a temporary place")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(given.work or scratch)
        module = go_module(work)
        version = given.version or newest(module)
        java = read_java(java_sources(work, "opentelemetry-semconv-incubating", version + "-alpha")
                         + java_sources(work, "opentelemetry-semconv", version))
        npm, resources = read_npm(npm_package(work, version))
        go, history = read_go(module / f"v{version}"), read_history(module)
        published = json.loads(run("npm", "view", "--json", NPM, "time"))[version][:10]
    compare(java, npm, go)
    names = set(java) | set(npm) | set(go)
    entries = [entry(name, java, npm, go, resources) for name in names]
    # gone from the registry; names without a namespace are words that anyone may use
    entries += [{"name": name, "type": "unknown", "stability": "development",
                 "scope": "resource" if name in resources else "any", "deprecated": {"removed_after": last}}
                for name, last in history.items() if name not in names and "." in name]
    entries.sort(key=lambda e: e["name"])
    print("{")
    print(f'"version": "{version}",')
    print(f'"published": "{published}",')
    print('"packages": ' + json.dumps([
        f"{GROUP}:opentelemetry-semconv:{version}",
        f"{GROUP}:opentelemetry-semconv-incubating:{version}-alpha",
        f"{NPM}@{version}", f"{GO}/semconv/v{version}"]) + ",")
    print('"attributes": [')
    print(",\n".join(json.dumps(e, ensure_ascii=False) for e in entries))
    print("]\n}")


if __name__ == "__main__":
    main()
