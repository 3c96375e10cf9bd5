#!/usr/bin/env python3
"""Uses the archive as its reader would: run.py OTELCOL WORK [PDF] [LANGUAGE…], from the top of the checkout.

Built twice, with other times and another order of files on disk, it has the same bytes. Unpacked in an empty directory,
its checksums hold, every relative link leads somewhere, and the commands of its README work, in their order. LANGUAGES
are run as well, against a Collector; one whose tools are missing is skipped, and that is said. Without a PDF of the
guide a stand-in is packed: this is about the archive, the book has tests of its own.
"""
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile

AGAIN = "again: make test-lead-magnet"
ROOT = "otel-instrumentation-guide"
LANGUAGES = ("cpp", "go", "java", "javascript", "python", "rust")  # C is what the README runs
STAND_IN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n" \
           b"trailer<</Root 1 0 R>>\n%%EOF\n"
results = []


def check(name, is_right, detail=""):
    results.append(bool(is_right))
    if not is_right:
        print(f"FAIL lead-magnet {name}: {detail} | {AGAIN}")
    return is_right


def build(pdf, archive):
    return subprocess.run([sys.executable, "-B", "packaging/lead-magnet/build.py", pdf, archive],
                          capture_output=True, text=True)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def environment(otelcol):
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("OTEL_", "MAKE", "MFLAGS"))}
    keep.pop("BUILD", None)
    keep.pop("SAN", None)
    return keep | {"OTELCOL": otelcol, "DECISION_WAIT": "1s", "LC_ALL": "C",
                   "OTLP_HTTP": f"127.0.0.1:{port()}", "OTLP_GRPC": f"127.0.0.1:{port()}",
                   "HEALTH": f"127.0.0.1:{port()}", "METRICS": f"127.0.0.1:{port()}", "SELF_PORT": str(port())}


def run_block(text, place, env, seconds=240):
    """A shell of its own process group, so that nothing it started stays."""
    shell = subprocess.Popen(["sh", "-eu", "-c", text], cwd=place, env=env, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        output, _ = shell.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(shell.pid, signal.SIGKILL)
        output, _ = shell.communicate()
        return 124, output
    try:
        os.killpg(shell.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    return shell.returncode, output


def unpack(archive, place):
    shutil.rmtree(place, ignore_errors=True)
    with zipfile.ZipFile(archive) as zipped:
        for entry in zipped.infolist():
            check("paths", entry.filename.startswith(ROOT + "/") and ".." not in entry.filename, entry.filename)
            path = zipped.extract(entry, place)
            os.chmod(path, entry.external_attr >> 16 & 0o777)
    return os.path.join(place, ROOT)


def check_contents(place):
    for path in ("README.md", "CHEATSHEET.md", "AGENTS.md", "LICENSE", "SHA256SUMS", "otel-instrumentation-guide.pdf",
                 "lab/samples/otel.yaml", "lab/samples/golden.txt", "lab/collector/local.yaml",
                 "lab/collector/aws-gateway.yaml", *(f"lab/samples/{name}/README.md" for name in ("c", *LANGUAGES))):
        check("contents", os.path.isfile(os.path.join(place, path)), f"{path} is missing")
    found = sorted(os.path.relpath(os.path.join(folder, name), place)
                   for folder, _, names in os.walk(place) for name in names)
    with open(os.path.join(place, "SHA256SUMS"), encoding="utf-8") as file:
        sums = dict(reversed(line.rstrip("\n").split("  ", 1)) for line in file)
    check("checksums cover all", sorted([*sums, "SHA256SUMS"]) == found, "SHA256SUMS and the files differ")
    wrong = [path for path in sums if digest(os.path.join(place, path)) != sums[path]]
    check("checksums", not wrong, f"wrong for {wrong}")
    for path in found:
        if path.endswith(".md"):
            check_links(place, path)


def check_links(place, path):
    with open(os.path.join(place, path), encoding="utf-8") as file:
        text = re.sub(r"^```.*?^```", "", file.read(), flags=re.M | re.S)
    for target in re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)", text):
        there = os.path.join(place, os.path.dirname(path), target)
        check("links", os.path.exists(there), f"{path} leads to {target}, which is not in the archive")


def check_commands(place, env):
    with open(os.path.join(place, "README.md"), encoding="utf-8") as file:
        blocks = re.findall(r"^```sh\n(.*?)^```", file.read(), re.M | re.S)
    check("commands", len(blocks) == 3, f"README.md has {len(blocks)} blocks of commands, not three")
    outputs = []
    for block in blocks:
        code, output = run_block(block, place, env)
        outputs.append(output)
        check("commands", code == 0, f"exit code {code} of {block.splitlines()[0]}: {output[-600:]}")
    check("trace in the terminal", '"place order"' in outputs[1] and "o-4711: placed" in outputs[1], outputs[1][-300:])
    kept = os.path.join(place, "traces.jsonl")
    text = open(kept, encoding="utf-8").read() if os.path.exists(kept) else ""
    for name in ("place order", "reserve stock", "charge payment", "send receipt"):
        check("trace in the Collector", f'"{name}"' in text, f"no span {name} in traces.jsonl")


def run_languages(place, env, languages):
    for language in languages:
        folder = os.path.join(place, "lab/samples", language)
        is_there = subprocess.run(["make", "-s", "available"], cwd=folder, env=env, capture_output=True, text=True)
        if is_there.returncode != 0:
            print(f"SKIPPED {language}: {(is_there.stderr or is_there.stdout).strip()[-200:]}")
            continue
        code, output = run_block(f"""
            rm -f traces.jsonl
            "$OTELCOL" --config lab/collector/local.yaml >collector.log 2>&1 &
            collector=$!
            until grep -q 'Everything is ready' collector.log; do kill -0 $collector || exit; sleep 0.2; done
            OTEL_EXPORTER_OTLP_ENDPOINT="http://$OTLP_HTTP" make -C lab/samples/{language} run
            until grep -s -q '"send receipt"' traces.jsonl; do kill -0 $collector || exit; sleep 0.2; done
            kill $collector""", place, env, 900)
        check(f"sample {language}", code == 0, f"exit code {code}: {output[-800:]}")


def main():
    otelcol, work = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    rest = sys.argv[3:]
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    pdf = rest.pop(0) if rest and rest[0].endswith(".pdf") else ""
    if not os.path.isfile(pdf):
        pdf = os.path.join(work, "stand-in.pdf")
        with open(pdf, "wb") as file:
            file.write(STAND_IN)
        print("no guide.pdf here (make guide): a stand-in is packed")
    first, second = os.path.join(work, "first.zip"), os.path.join(work, "second.zip")
    run = build(pdf, first)
    if not check("builds", run.returncode == 0, run.stderr.strip()):
        return 1
    os.utime("lab/samples/golden.txt")
    os.utime(pdf, (1, 1))
    build(pdf, second)
    check("same bytes", digest(first) == digest(second), "two builds of the same files differ")
    run = build(os.path.join(work, "missing.pdf"), second)
    check("without a guide", run.returncode == 1 and "next: make guide" in run.stderr, run.stderr or "accepted")
    place = unpack(first, os.path.join(work, "empty"))
    check_contents(place)
    env = environment(otelcol)
    check_commands(place, env)
    run_languages(place, env, rest)
    others = [name for name in LANGUAGES if name not in rest]
    if others:
        print(f"not run here: the samples in {', '.join(others)}; make lead-magnet-test runs them, or LANGS=\"{others[0]}\"")
    with open(os.path.join(place, "LICENSE"), "a", encoding="utf-8") as file:
        file.write("and more\n")
    code, _ = run_block("sha256sum --check --quiet SHA256SUMS", place, env)
    check("checksums notice a change", code != 0, "a changed file was accepted")
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


sys.exit(main())
