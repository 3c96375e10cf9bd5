#!/usr/bin/env python3
"""Prints the keys that components of the Collector know, as JSON: from the config.schema.yaml and metadata.yaml that each
component publishes in its Go module, for the components and versions of lab/collector/otelcol/manifest.yaml and some more.

	generate.py > components.json     (needs go and python3-yaml; `make collector` has brought most modules)
"""
import json
import os
import re
import subprocess
import sys

import yaml

MANIFEST = "lab/collector/otelcol/manifest.yaml"
MORE = ["github.com/open-telemetry/opentelemetry-collector-contrib/exporter/awsxrayexporter v0.161.0",
        "github.com/open-telemetry/opentelemetry-collector-contrib/exporter/awsemfexporter v0.161.0",
        "github.com/open-telemetry/opentelemetry-collector-contrib/receiver/prometheusreceiver v0.161.0"]
KINDS = ("receiver", "processor", "exporter", "connector", "extension")
DEPTH = 12
# Schemas say "string" where the code has a list of constants: {component: {key: (file, what a constant looks like)}}
VALUES = {"processor/tail_sampling": {"type": ("config.go", r'PolicyType = "(\w+)"')},
          "processor/probabilistic_sampler": {"mode": ("sampler_mode.go", r'SamplerMode = "(\w+)"')},
          "exporter/load_balancing": {"routing_key": ("config.go", r'RoutingStr\s*= "(\w+)"')}}


def cache():
    return subprocess.run(["go", "env", "GOMODCACHE"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def escaped(path):
    return re.sub("[A-Z]", lambda m: "!" + m.group(0).lower(), path)


class Modules:
    def __init__(self):
        self.root, self.schemas = cache(), {}

    def directory(self, package):
        """Of a package, at the newest version that is in the cache and not above what the components ask for."""
        parts = package.split("/")
        for n in range(len(parts), 1, -1):
            parent, name = "/".join(parts[:n - 1]), parts[n - 1]
            where = os.path.join(self.root, escaped(parent))
            if not os.path.isdir(where):
                continue
            found = [v for v in os.listdir(where) if v.startswith(name + "@")]
            wanted = [v for v in found if v.endswith(("v0.161.0", "v1.67.0"))] or \
                [v for v in found if v.endswith(("v0.158.0", "v0.155.0"))]
            if wanted:
                return os.path.join(where, sorted(wanted)[-1], *parts[n:])
        return None

    def schema(self, package):
        if package not in self.schemas:
            directory = self.directory(package)
            path = os.path.join(directory, "config.schema.yaml") if directory else ""
            self.schemas[package] = None
            if os.path.exists(path):
                with open(path) as f:
                    self.schemas[package] = yaml.safe_load(f)
        return self.schemas[package]


def resolve(modules, package, ref):
    """(package, node) of "client_config", "./internal/x.y", "/config/configtls.client_config", "example.com/a/b.config" """
    if "/" not in ref and "." not in ref:
        other, name = package, ref
    else:
        other, _, name = ref.rpartition(".")
        if other.startswith("/"):
            base = "go.opentelemetry.io/collector" if package.startswith("go.opentelemetry.io/") \
                else "github.com/open-telemetry/opentelemetry-collector-contrib"
            other = base + other
        elif other.startswith("."):
            other = os.path.normpath(os.path.join(package, other))
    schema = modules.schema(other)
    if schema is None:
        return other, None
    if name in schema.get("$defs", {}):
        return other, schema["$defs"][name]
    return other, schema if name == "config" else None


def keys_of(modules, package, node, depth=0):
    """None: anything may be there. {}: known keys; "*" in it: others as well. [x]: a list of these."""
    if node is None or depth > DEPTH or "x-customType" in node and "properties" not in node and "$ref" not in node:
        return None
    out, is_open = {}, False
    for part in node.get("allOf", []) + ([node] if "$ref" in node else []):
        if "$ref" not in part:
            sub = keys_of(modules, package, part, depth + 1)
        else:
            sub = keys_of(modules, *resolve(modules, package, part["$ref"]), depth + 1)
        if isinstance(sub, dict):
            out.update(sub)
        elif isinstance(sub, list):
            return sub
        else:
            return None
    if node.get("type") == "array":
        inner = keys_of(modules, package, node.get("items"), depth + 1)
        return [inner] if isinstance(inner, dict) else None
    if "properties" not in node:
        return out or None
    for key, sub in node["properties"].items():
        if key[:1].isupper():  # a field for keys of others, ExtensionCfg
            is_open = True
        else:
            out[key] = keys_of(modules, package, sub, depth + 1)
    if is_open or "additionalProperties" in node:
        out["*"] = None
    return out


def values_of(directory, name):
    out = {}
    for key, (file, constant) in VALUES.get(name, {}).items():
        with open(os.path.join(directory, file)) as f:
            out[key] = re.findall(constant, f.read())
        if not out[key]:
            sys.exit("%s/%s has no constants like %s" % (directory, file, constant))
    return out


def modules_of_manifest():
    with open(MANIFEST) as f:
        manifest = yaml.safe_load(f)
    return [m["gomod"] for kind in KINDS for m in manifest.get(kind + "s", [])] + MORE


def main():
    modules = Modules()
    out = {}
    for line in modules_of_manifest():
        package = line.split()[0]
        directory = modules.directory(package)
        if not directory:
            sys.exit("%s is not in the module cache: go mod download %s" % (package, line.replace(" ", "@")))
        with open(os.path.join(directory, "metadata.yaml")) as f:
            metadata = yaml.safe_load(f)
        keys = keys_of(modules, package, modules.schema(package))
        if not keys:
            continue
        name = "%s/%s" % (metadata["status"]["class"], metadata["type"])
        out[name] = {"keys": keys}
        values = values_of(directory, name)
        if values:
            out[name]["values"] = values
        if metadata.get("deprecated_type"):
            out[name]["before"] = metadata["deprecated_type"]
    print(json.dumps({"version": "0.161.0", "components": out}, indent=1, sort_keys=True).replace("\n ", "\n\t"))


if __name__ == "__main__":
    main()
