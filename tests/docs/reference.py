#!/usr/bin/env python3
"""Writes the reference of otel-tidy.json out of its schema: reference.py >docs/configuration-reference.md."""
import json
import sys

SCHEMA = "rules/otel-tidy.schema.json"


def kind(node, schema):
    node = resolved(node, schema)
    if "enum" in node:
        return ", ".join(f"`{json.dumps(value)}`" for value in node["enum"])
    if "const" in node:
        return f"`{json.dumps(node['const'])}`"
    for either in ("oneOf", "anyOf"):
        if either in node:
            return " or ".join(dict.fromkeys(kind(part, schema) for part in node[either]))
    name = node.get("type", "any")
    if isinstance(name, list):
        return " or ".join(name)
    if name == "array" and "items" in node:
        inner = kind(node["items"], schema)
        return "array of " + (f"({inner})" if "`" in inner or " or " in inner else inner + "s")
    return name


def resolved(node, schema):
    while "$ref" in node:
        place = schema
        for part in node["$ref"].lstrip("#/").split("/"):
            place = place[part]
        node = {**place, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def rows(node, schema, path=""):
    """Each key below this one, with its path: keys of objects in arrays as name[].key, those of any name as name.*"""
    node = resolved(node, schema)
    for either in ("oneOf", "anyOf"):
        for part in node.get(either, []):
            yield from rows(part, schema, path)
    for name, value in node.get("properties", {}).items():
        value = resolved(value, schema)
        place = f"{path}.{name}" if path else name
        yield place, value, name in node.get("required", [])
        yield from rows(value, schema, place)
    more = node.get("additionalProperties")
    if isinstance(more, dict):
        yield f"{path}.*", resolved(more, schema), False
        yield from rows(more, schema, f"{path}.*")
    if isinstance(node.get("items"), dict):
        yield from rows(node["items"], schema, path + "[]")


def main():
    with open(SCHEMA, encoding="utf-8") as file:
        schema = json.load(file)
    print("# otel-tidy.json, key by key\n")
    print(f"Generated from [its schema](../{SCHEMA}) by `make docs`. [configuration.md](configuration.md) is the text to read first.")
    print("`name[].key` is a key of the objects in an array, `name.*` stands for any key.\n")
    print(schema["description"])
    seen = set()
    for path, node, is_required in rows(schema, schema):
        if path in seen:
            continue
        seen.add(path)
        facts = [f"Type: {kind(node, schema)}"]
        if "default" in node:
            facts.append(f"default: `{json.dumps(node['default'])}`")
        if is_required:
            facts.append("required")
        if "pattern" in node:
            facts.append(f"like: `{node['pattern']}`")
        print(f"\n{'##' if path.count('.') == 0 else '###'} `{path}`\n")
        if "description" in node:
            print(node["description"] + "\n")
        print("; ".join(facts) + ".")
        for example in node.get("examples", [])[:1]:
            key = path.split(".")[-1].removesuffix("[]")
            if key != "*":
                print("\n```json\n" + json.dumps({key: example}, indent="\t", ensure_ascii=False) + "\n```")
    if len(seen) < len(schema["properties"]):
        sys.exit(f"{SCHEMA}: keys are missing in the reference")


main()
