#!/usr/bin/env python3
"""Follows every link of the documentation that stays in the repository: links.py [FILE…], from the top of a checkout.

A link must lead to a file or folder that git knows, and an anchor to a heading of that page, by the name that GitHub
gives it. Links to elsewhere are only held to https (or to http for names that are no addresses, as XML namespaces). Code does
not count. `links.py --self` sees that each kind of broken link is found.
"""
import os
import posixpath
import re
import subprocess
import sys
import tempfile


def known(top):
    """Paths and folders that are in the repository, or will be with the next commit."""
    run = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                         cwd=top, capture_output=True, text=True, check=True)
    files = {path for path in run.stdout.split("\0") if path and os.path.exists(os.path.join(top, path))}
    folders = {""}
    for path in files:
        while path:
            path = posixpath.dirname(path)
            folders.add(path)
    return files, folders


def blank(match):
    return "\n" * match[0].count("\n")


def prose(text):
    """The page without code, comments and front matter; lines keep their numbers."""
    text = re.sub(r"\A---\n.*?^---\n", blank, text, flags=re.M | re.S)
    text = re.sub(r"^( *)(```+|~~~+)[^\n]*\n.*?^\1\2`*[ \t]*$", blank, text, flags=re.M | re.S)
    text = re.sub(r"<!--.*?-->", blank, text, flags=re.S)
    return text


def slug(heading):
    """The name of a heading's anchor, as GitHub makes it."""
    heading = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    heading = re.sub(r"[`*]", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def anchors(text):
    found, seen = set(), {}
    for heading in re.findall(r"^#{1,6} +(.*?)(?: +#+)?$", prose(text), re.M):
        name = slug(heading)
        nr = seen.get(name, 0)
        seen[name] = nr + 1
        found.add(name if nr == 0 else f"{name}-{nr}")
    found.update(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))
    return found


def links(text):
    """Line and target of each."""
    bare = prose(text)
    bare = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: " " * len(m[0]) if "\n" not in m[0] else blank(m), bare, flags=re.S)
    for pattern in (r"\]\(\s*<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)", r"^\[[^\]^]+\]:\s+<?(\S+?)>?\s*$",
                    r"<(https?://[^>\s]+)>", r"(?:src|href)=\"([^\"]+)\""):
        for match in re.finditer(pattern, bare, re.M):
            yield bare.count("\n", 0, match.start(1)) + 1, match[1]


def wrong(top, page, target, files, folders):
    """What is wrong with a link, or nothing."""
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        if target.startswith(("https://", "mailto:")) or re.match(r"http://(localhost|127\.|www\.w3\.org/)", target):
            return None
        return "is not https"
    path, _, anchor = target.partition("#")
    place = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    place = "" if place == "." else place
    if place.startswith(("..", "/")):
        return "leads out of the repository"
    if place not in files and place not in folders:
        return "leads to nothing"
    if anchor and place.endswith((".md", ".mdx")):
        with open(os.path.join(top, place), encoding="utf-8") as file:
            if anchor not in anchors(file.read()):
                return f"has an anchor that {place} does not have"
    return None


def check(top, pages=()):
    files, folders = known(top)
    pages = pages or sorted(path for path in files if path.endswith((".md", ".mdx")))
    nr, bad = 0, []
    for page in pages:
        with open(os.path.join(top, page), encoding="utf-8") as file:
            for line, target in links(file.read()):
                nr += 1
                said = wrong(top, page, target, files, folders)
                if said:
                    bad.append(f"{page}:{line}: the link {target} {said}")
    return len(pages), nr, bad + left_out(top, files)


def left_out(top, files):
    """Pages of docs/ that its index does not name."""
    index = "docs/README.md"
    if index not in files:
        return []
    with open(os.path.join(top, index), encoding="utf-8") as file:
        named = {posixpath.normpath(posixpath.join("docs", target.partition("#")[0])) for _, target in links(file.read())}
    return [f"{path}:1: {index} does not name this page" for path in sorted(files)
            if re.fullmatch(r"docs/(blog/)?[^/]+\.mdx?", path) and path != index and path not in named]


GOOD = """# A page

[to b](sub/b.md), [its part](sub/b.md#two-words--three), [here](#a-page), <https://example.org/>, ![p](p.svg), [f](sub/).
`[not](a-link.md)`

```
[nor](this.md)
```
"""
BROKEN = [("[x](nothing.md)", "leads to nothing"), ("[x](sub/b.md#none)", "has an anchor"), ("[x](#none)", "has an anchor"),
          ("[x](../../up.md)", "leads out"), ("[x](http://example.org/)", "is not https"), ("![x](no.svg)", "leads to nothing"),
          ("[x][y]\n\n[y]: none.md\n", "leads to nothing"), ("[x](sub/B.md)", "leads to nothing")]


def self_test():
    nr_failed = 0
    with tempfile.TemporaryDirectory() as top:
        subprocess.run(["git", "init", "-q", top], check=True)
        os.mkdir(os.path.join(top, "sub"))
        for path, text in (("sub/b.md", "# B\n\n## Two words & `three`\n"), ("p.svg", "<svg/>"), ("a.md", GOOD)):
            with open(os.path.join(top, path), "w", encoding="utf-8") as file:
                file.write(text)
        if check(top)[2]:
            print(f"FAIL links: a good page is refused: {check(top)[2]}")
            nr_failed += 1
        for text, said in BROKEN:
            with open(os.path.join(top, "a.md"), "w", encoding="utf-8") as file:
                file.write(GOOD + "\n" + text + "\n")
            bad = check(top)[2]
            if len(bad) != 1 or said not in bad[0]:
                print(f"FAIL links: {text!r} gives {bad}, not '{said}'")
                nr_failed += 1
        os.mkdir(os.path.join(top, "docs"))
        for path, text in (("a.md", GOOD), ("docs/README.md", "[one](one.md)\n"), ("docs/one.md", "# 1\n"), ("docs/two.md", "# 2\n")):
            with open(os.path.join(top, path), "w", encoding="utf-8") as file:
                file.write(text)
        bad = check(top)[2]
        if bad != ["docs/two.md:1: docs/README.md does not name this page"]:
            print(f"FAIL links: a page that the index leaves out gives {bad}")
            nr_failed += 1
    return nr_failed


def main():
    if sys.argv[1:] == ["--self"]:
        return 1 if self_test() else 0
    nr_pages, nr, bad = check(".", sys.argv[1:])
    for line in bad:
        print(f"FAIL links {line} | again: python3 -B tests/docs/links.py")
    print(f"{nr} links on {nr_pages} pages, {len(bad)} broken")
    return 1 if bad or nr == 0 else 0


sys.exit(main())
