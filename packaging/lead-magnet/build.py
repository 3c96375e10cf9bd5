#!/usr/bin/env python3
"""Makes the archive that readers of the article download: build.py PDF ARCHIVE, from the top of a checkout.

The same files give the same bytes: names sorted, one date, one mode for files and one for programs. Folders are
those of the checkout, so that commands and links work as they do there; links to what is not in the archive
lead to the repository. SHA256SUMS covers every other file.
"""
import hashlib
import os
import re
import subprocess
import sys
import zipfile

HERE = "packaging/lead-magnet"
CHEAT_SHEET = "docs/guide/09-cheat-sheet.md"
ROOT = "otel-instrumentation-guide"
REPOSITORY = "https://github.com/otel-tidy/otel-tidy/blob/main/"
TREES = ["lab/samples", "lab/collector", "lab/sdk/Makefile", "lab/sdk/README.md", "lab/sdk/src", "lab/sdk/include",
         "lab/sdk/auto", "lab/sdk/bench/peer.sh", "analyzer/include/otel-tidy",
         "docs/sdk.md", "docs/agents.md", "compose.yaml", "LICENSE"]
DATE = (2026, 9, 4, 0, 0, 0)


def fail(text):
    sys.exit(f"lead-magnet: {text}")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def tracked():
    run = subprocess.run(["git", "ls-files", "-z", "--", *TREES], capture_output=True, text=True)
    if run.returncode != 0:
        fail(f"git does not know what belongs to it: {run.stderr.strip()}; next: run it in a checkout")
    return [path for path in run.stdout.split("\0") if path]


def rules_for_agents():
    """The block to paste, without the words around it."""
    found = re.search(r"^```markdown\n(.*?)^```$", read("lab/samples/AGENTS.md").decode(), re.M | re.S)
    if not found:
        fail("lab/samples/AGENTS.md has no block ```markdown; next: put the rules into one")
    return ("# Rules for coding agents\n\n" + found[1]).encode()


def cheat_sheet():
    """The guide's page, without what only its typesetting reads."""
    text = read(CHEAT_SHEET).decode()
    text = re.sub(r"^:::.*\n", "", text, flags=re.M)
    return re.sub(r"<!--.*?-->", "", text, flags=re.S).encode()


def with_links(path, text, names):
    """Relative links that lead out of the archive lead to the repository."""
    folders = {os.path.dirname(name) for name in names}
    folders |= {parent for folder in folders for parent in parents(folder)}

    def put(match):
        target, anchor = match[1], match[2] or ""
        place = os.path.normpath(os.path.join(os.path.dirname(path), target))
        if place in names or place in folders:
            return match[0]
        return f"]({REPOSITORY}{place}{anchor})"

    return re.sub(r"\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)", put, text.decode()).encode()


def parents(folder):
    while folder:
        folder = os.path.dirname(folder)
        yield folder


def gather(pdf):
    if not os.path.isfile(pdf):
        fail(f"{pdf} is not there; next: make guide, or make lead-magnet GUIDE_PDF=path/of/the.pdf")
    content = read(pdf)
    if not content.startswith(b"%PDF-"):
        fail(f"{pdf} is no PDF; next: make guide")
    files = {path: read(path) for path in tracked()}
    files["README.md"] = read(f"{HERE}/README.md.in")
    files["CHEATSHEET.md"] = cheat_sheet()
    files["AGENTS.md"] = rules_for_agents()
    files["otel-instrumentation-guide.pdf"] = content
    for path in files:
        if path.endswith(".md"):
            files[path] = with_links(path, files[path], files)
    sums = [f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    files["SHA256SUMS"] = "".join(sums).encode()
    return files


def main():
    if len(sys.argv) != 3:
        fail("build.py PDF ARCHIVE")
    pdf, archive = sys.argv[1:]
    files = gather(pdf)
    os.makedirs(os.path.dirname(archive) or ".", exist_ok=True)
    with zipfile.ZipFile(archive + ".new", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{ROOT}/{path}", DATE)
            entry.create_system = 3
            is_program = os.path.isfile(path) and os.access(path, os.X_OK)
            entry.external_attr = (0o100755 if is_program else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, files[path], compresslevel=9)
    os.replace(archive + ".new", archive)
    print(f"{archive}: {len(files)} files, sha256 {hashlib.sha256(read(archive)).hexdigest()}")


if __name__ == "__main__":
    main()
