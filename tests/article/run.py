#!/usr/bin/env python3
"""Judges the article: run.py DIRECTORY-WITH-COMPILER, from the top of the checkout.

It is what its template and the lab give today; it compiles as MDX, and renders to 3,000 to 3,500 words; front matter,
sections, tables and takeaways are there; its own tools notice when a sample or a number changes.
"""
import json
import re
import subprocess
import sys

sys.path.insert(0, "docs/blog")
sys.dont_write_bytecode = True
import fill  # noqa: E402

PAGE = "docs/blog/60-opentelemetry-mastery.mdx"
TEMPLATE = PAGE + ".in"
AGAIN = "again: make test-article"
MATTER = {
    "title": "OpenTelemetry Mastery: Beyond Auto-Instrumentation",
    "date": "2026-09-04",
    "author": "works-on-my.cloud",
    "series": "AWS From Zero to Production",
    "seriesPart": 60,
    "draft": True,
}
results = []


def check(name, is_right, detail=""):
    results.append(bool(is_right))
    if not is_right:
        print(f"FAIL article {name}: {detail} | {AGAIN}")


def compiled(directory, path):
    return subprocess.run(["node", f"{directory}/compile.mjs", path], capture_output=True, text=True)


def filled_with(changed, old, new):
    """What the template gives when a file has something else; None when it refuses."""
    original = fill.read

    def read(path):
        text = original(path)
        if path == changed:
            assert old in text, f"{path} has no '{old}'"
            text = text.replace(old, new)
        return text

    fill.read = read
    try:
        return fill.fill(TEMPLATE)
    except SystemExit as refused:
        return f"refused: {refused}"
    finally:
        fill.read = original


def check_freshness(page):
    check("fresh", fill.fill(TEMPLATE) == page, f"{PAGE} is not what {TEMPLATE} gives; make article writes it, then read it")
    for path, old, new in [
        ("lab/samples/c/checkout.c", 'ctel_set(span, "app.order.total", order->total);', ""),
        ("lab/samples/c/checkout.c", '"charge payment"', '"pay"'),
        ("lab/samples/golden.txt", '"reserve stock"', '"reserve"'),
        ("lab/samples/c/wrong/over-instrumentation.txt", "a getter with", "an accessor with"),
        ("lab/collector/aws-gateway.yaml", "status_codes: [ERROR]", "status_codes: [OK]"),
        (fill.NUMBERS, fill.cell("spans per checkout", "over"), "171.5"),
        (fill.NUMBERS, fill.cell("a month at 100 requests/s, kept", "right"), "266 GB"),
    ]:
        check(f"notices {path}", filled_with(path, old, new) != page, f"'{old}' became '{new}', and nothing was noticed")
    over, right = fill.cell("spans per checkout", "over"), fill.cell("spans per checkout", "right")
    said = filled_with(fill.NUMBERS, over, right)
    check("claims", said.startswith("refused: ") and "not true any more" in said, f"over/ as small as right/ was accepted: {said[:80]}")
    said = filled_with("lab/samples/c/checkout.c", "[error]", "[failure]")
    check("regions", said.startswith("refused: ") and "no region [error]" in said, f"a region that is gone: {said[:80]}")


def check_page(seen, page):
    for key, value in MATTER.items():
        check(f"front matter {key}", seen["matter"].get(key) == value, f"{seen['matter'].get(key)!r}, wanted {value!r}")
    sections = [text for depth, text in seen["headings"] if depth == 2]
    check("sections", len(sections) == 6, f"{len(sections)} sections, six were promised")
    check("words", 3000 <= seen["words"] <= 3500, f"{seen['words']} words to read, 3,000 to 3,500 were promised")
    check("words, all", len(page.split()) <= 3600, f"{len(page.split())} words with code and front matter")
    fine = [table for table in seen["tables"] if table[0] == ["The Fine Line", "Too little", "Right", "Too much"]]
    check("fine line", fine and len(fine[0]) >= 6, "no table of the Fine Line with five rows or more")
    for takeaway in (
        "Auto-instrumentation gives you HTTP and database spans. Manual spans give you business operations.",
        'turn "what happened" into "who was affected"',
        "Tail sampling keeps the errors and the slow traces.",
    ):
        check("takeaways", takeaway in page, f"'{takeaway}' is missing")
    check("trap", re.search("span on every function", page.split("## The trap")[-1]), "the trap does not tell of spans on every function")
    check("code", len(seen["code"]) >= 8, f"{len(seen['code'])} code blocks")
    claims = [url for url, _ in seen["links"] if url.startswith("https://")]
    check("sources", len(set(claims)) >= 15, f"{len(set(claims))} sources")


def check_compiler(directory, page):
    """A judge that accepts everything is none."""
    for name, text in [("brace", page + "\n{unfinished\n"), ("tag", page + "\n<p>never closed\n")]:
        path = f"{directory}/broken-{name}.mdx"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        run = compiled(directory, path)
        check(f"compiler refuses {name}", run.returncode == 1 and path in run.stderr, run.stderr or "accepted")


def main():
    directory = sys.argv[1]
    page = fill.read(PAGE)
    check_freshness(page)
    run = compiled(directory, PAGE)
    check("compiles", run.returncode == 0, run.stderr.strip())
    if run.returncode == 0:
        check_page(json.loads(run.stdout), page)
    check_compiler(directory, page)
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


sys.exit(main())
