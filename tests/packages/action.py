#!/usr/bin/env python3
"""Runs the steps of action.yml as a runner does, in a plain shell; steps that use other actions are
looked at only. Each case says what its inputs are and what has to come of it.

    action.py TOP REPOSITORY OTEL-TIDY
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

top, repository, program = (pathlib.Path(p) for p in sys.argv[1:])
action = yaml.safe_load((top / "action.yml").read_text())
scratch = pathlib.Path(tempfile.mkdtemp())
failures = []


def expression(text, context):
    def value(match):
        for term in match[1].split("||"):
            found = context.get(term.strip(), "")
            if found:
                return found
        return ""
    return re.sub(r"\$\{\{ (.*?) \}\}", value, str(text))


def run(name, expected, inputs=None, github=None):
    """All steps; what they wrote and how they ended."""
    temp = scratch / name
    temp.mkdir()
    files = {k: temp / k for k in ("GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    context = {f"inputs.{k}": str(v.get("default", "")) for k, v in action["inputs"].items()}
    context |= {f"inputs.{k}": v for k, v in (inputs or {}).items()}
    context |= {"github.action_path": str(top), "runner.temp": str(temp), "runner.os": "Linux", **(github or {})}
    path, log = os.environ["PATH"], ""
    for step in action["runs"]["steps"]:
        if "uses" in step:
            continue
        env = {"HOME": str(temp), "PATH": path, "GITHUB_ACTIONS": "true", "GIT_CONFIG_GLOBAL": "/dev/null", **{k: str(v) for k, v in files.items()}}
        env |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        env |= {k: expression(v, context) for k, v in step.get("env", {}).items()}
        assert step["shell"] == "bash", step
        where = repository / expression(step.get("working-directory", "."), context)
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", expression(step["run"], context)],
                              cwd=where, env=env, text=True, capture_output=True, check=False)
        log += done.stdout + done.stderr
        path = ":".join([*files["GITHUB_PATH"].read_text().split(), os.environ["PATH"]])
        for line in files["GITHUB_OUTPUT"].read_text().splitlines():
            key, _, text = line.partition("=")
            context[f"steps.{step.get('id')}.outputs.{key}"] = text
            context[f"steps.lint.outputs.{key}"] = text
        if done.returncode:
            break
    sarif = context.get("steps.lint.outputs.sarif-file", "")
    results = len(json.loads(pathlib.Path(sarif).read_text())["runs"][0]["results"]) if sarif else None
    got = (done.returncode, results)
    if got != expected[:2] or any(text not in log + files["GITHUB_STEP_SUMMARY"].read_text() for text in expected[2:]):
        failures.append(f"{name}: exit and results {got}, expected {expected}; {log[-600:]}")


there = {"program": str(program)}
run("check", (1, 1, "::warning file=orders.c,line=", "### otel-tidy: 1 finding"), there)
run("options", (0, 1), there | {"args": "--fail-on never"})
run("diff", (0, 0, "compared with"), there | {"command": "diff", "base": "HEAD"})
run("pull request", (0, 0, "compared with"), there | {"command": "diff"}, {"github.base_ref": "main"})
run("no base", (2, None, "diff needs the input base"), there | {"command": "diff"})
run("unknown option", (2, None, "::error title=otel-tidy::", "unknown option"), there | {"args": "--bogus"})
run("no program", (2, None, "::error title=otel-tidy::no program"), {"program": "/nowhere/otel-tidy"})
uses = [s["uses"] for s in action["runs"]["steps"] if "uses" in s]
if not all(re.fullmatch(r"[\w-]+/[\w./-]+@v\d+", u) for u in uses):
    failures.append(f"uses: {uses}")
print("\n".join(failures))
sys.exit(1 if failures else 0)
