#!/usr/bin/env python3
"""The guide as a book: chapters of Markdown to HTML by pandoc, to PDF by WeasyPrint.

    book.py OUT.pdf [OUT.html]

Nothing depends on the clock, so that the same chapters give the same bytes. Whatever WeasyPrint complains
of (a link without a target, a picture that is missing) fails the build.
"""

import html
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # the fonts' subsets carry a time

import guide
import weasyprint
from weasyprint.text.fonts import FontConfiguration

REPOSITORY = "https://github.com/otel-tidy/otel-tidy/blob/main/"
TITLE = "OTel Instrumentation Guide"
SUBTITLE = "Manual spans where they pay, and nowhere else"


def version():
    return re.search(r"^VERSION := (.*)$", (guide.ROOT / "Makefile").read_text(), re.M).group(1)


def link(match, chapter):
    """Links between files become links in the book, or to the repository."""
    target = match.group(2)
    if re.match(r"https?://|#", target):
        return match.group(0)
    path, _, anchor = target.partition("#")
    file = (chapter.parent / path).resolve()
    if not file.exists():
        raise guide.Stale(f"{chapter.name}: link to {target}, which is not there")
    if file in guide.chapters():
        return f"{match.group(1)}(#{file.stem}--{anchor})" if anchor else f"{match.group(1)}(#ch-{file.stem})"
    if file.suffix == ".svg":
        return f"{match.group(1)}({file.relative_to(guide.GUIDE)})"
    return f"{match.group(1)}({REPOSITORY}{file.relative_to(guide.ROOT)})"


def markdown(chapter):
    text = chapter.read_text()
    out, fence = [], None
    for line in text.splitlines():
        mark = re.match(r"(`{3,})", line)
        if mark and fence in (None, mark.group(1)):
            fence = None if fence else mark.group(1)
        elif fence is None:
            line = re.sub(r"<!--.*?-->", "", line)
            line = re.sub(r"(\[[^\]]*\])\(([^)\s]+)\)", lambda m: link(m, chapter), line)
            line = re.sub(r"^(# .*)$", rf"\1 {{#ch-{chapter.stem}}}", line)
            line = re.sub(r"^(\*\*(?:[A-Z][\w+]*) · \*\*`.*`|`(?:lab|docs)/[^` ]+`)$",
                          r"::: {.caption}" + "\n" + r"\1" + "\n:::", line)
        out.append(line)
    return "\n".join(out)


def to_html(text):
    made = subprocess.run(["pandoc", "--from", "markdown+gfm_auto_identifiers-tex_math_dollars-citations", "--to", "html5",
                           "--highlight-style=pygments", "--wrap=none"],
                          input=text, capture_output=True, text=True, check=False)
    if made.returncode or made.stderr.strip():
        raise guide.Stale(f"pandoc: {made.stderr.strip()}")
    return made.stdout


def lines(code):
    """Each line by itself, so that one too long goes on below, further in."""
    out = []
    all_lines = code.strip("\n").split("\n")
    for at, line in enumerate(all_lines):
        # No page ends after three lines of a listing, or begins with its last three.
        keep = (" k" if at < 3 else "") + (" b" if at > len(all_lines) - 4 else "")
        bare = re.sub(r"<[^>]*>", "", line)
        line = re.sub(r"<a href=\"#cb[^>]*></a>", "", line)
        line = re.sub(r"<span id=\"cb[0-9]+-[0-9]+\">(.*)</span>$", r"\1", line)
        # Text may begin inside of a <span>, which is why the indentation is counted without them.
        indent = len(html.unescape(bare)) - len(html.unescape(bare).lstrip(" "))
        out.append(f'<span class="l{keep}" style="padding-left:{indent + 4}ch;text-indent:-{indent + 4}ch">{line or "&#160;"}</span>')
    whole = " whole" if len(all_lines) <= 18 else ""
    return f'<span class="lines{whole}">' + "".join(out) + "</span>"


def code_blocks(body):
    body = re.sub(r'<div class="sourceCode"[^>]*>(.*?)</div>', r"\1", body, flags=re.S)
    return re.sub(r"<pre( class=\"[^\"]*\")?[^>]*><code[^>]*>(.*?)</code></pre>",
                  lambda m: f'<pre{m.group(1) or ""}><code>{lines(m.group(2))}</code></pre>', body, flags=re.S)


def figures_of(body):
    """A picture with its text below it, drawn in place: the fonts are the book's."""
    return re.sub(r"<figure>\s*<img src=\"(figures/[^\"]+)\"[^>]*/>\s*<figcaption[^>]*>(.*?)</figcaption>\s*</figure>",
                  lambda m: f'<figure><img src="{m.group(1)}" alt="{re.sub("<[^>]*>", "", m.group(2))}"/>'
                            f'<figcaption>{m.group(2)}</figcaption></figure>', body, flags=re.S)


def contents(body):
    out = ['<nav class="toc"><h1 class="plain" id="contents">Contents</h1>']
    for level, ident, title in re.findall(r'<h([12]) id="([^"]+)"[^>]*>(.*?)</h\1>', body, flags=re.S):
        is_inner = ident == "contents" or ident.endswith("--sources") or (level == "2" and ident.startswith("09-"))
        if not is_inner:
            out.append(f'<p class="toc{level}"><a href="#{ident}">{re.sub("<[^>]*>", "", title)}</a></p>')
    return "\n".join(out + ["</nav>"])


def book():
    parts = []
    for chapter in guide.chapters():
        body = figures_of(code_blocks(to_html(markdown(chapter))))
        number = int(chapter.stem[:2])
        if 0 < number < 9:
            body = re.sub(r"(<h1[^>]*>)", rf'\1<span class="number">{number}&#8195;</span>', body, count=1)
        # What announces something stays with it.
        body = re.sub(r"<p>((?:(?!</p>).)*:)</p>", r'<p class="lead">\1</p>', body, flags=re.S)
        # A bar inside of code in a table is escaped for other readers of Markdown.
        body = re.sub(r"<code>[^<]*</code>", lambda m: m.group(0).replace("\\|", "|"), body)
        # The serif font has wide plus signs.
        body = re.sub(r"(?<![\w>])C\+\+(?![^<]*</code>)", '<span class="plus">C++</span>', body)
        body = re.sub(r"<colgroup>.*?</colgroup>", "", body, flags=re.S)
        body = re.sub(r' id="([^"]+)"', lambda m: m.group(0) if m.group(1) == f"ch-{chapter.stem}"
                      else f' id="{chapter.stem}--{m.group(1)}"', body)
        parts.append(f'<section class="chapter c-{chapter.stem[3:]}">{body}</section>')
    body = "\n".join(parts)
    style = (guide.GUIDE / "tools/guide.css").as_uri()
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>
<meta name="author" content="otel-tidy"><meta name="description" content="{SUBTITLE}">
<meta name="keywords" content="OpenTelemetry, tracing, instrumentation, sampling, AWS">
<link rel="stylesheet" href="{style}"></head><body>
<section class="cover"><p class="kind">A guide with its measurements</p>
<p class="title">OTel<br>Instrumentation<br>Guide</p><p class="subtitle">{SUBTITLE}</p>
<img src="figures/line.svg" alt=""><p class="what">C · C++ · Go · Java · JavaScript · Python · Rust<br>
Collector configurations for a laptop and for AWS</p>
<p class="edition">otel-tidy {version()} · all code runs in its tests, all numbers come from its lab</p></section>
{contents(body)}
{body}
</body></html>
"""


class Complaints(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.seen = []

    def emit(self, record):
        self.seen.append(record.getMessage())


def main(argv):
    if len(argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    complaints = Complaints()
    for logger in ("weasyprint", "fontTools"):
        logging.getLogger(logger).addHandler(complaints)
        logging.getLogger(logger).propagate = False
    try:
        page = book()
    except guide.Stale as stale:
        print(f"FAIL guide: {stale}", file=sys.stderr)
        return 1
    if len(argv) == 3:
        Path(argv[2]).write_text(page)
    fonts = FontConfiguration()
    weasyprint.HTML(string=page, base_url=guide.GUIDE.as_uri() + "/").write_pdf(argv[1] + ".new", font_config=fonts)
    for text in complaints.seen:
        print(f"FAIL guide: {text}", file=sys.stderr)
    if complaints.seen:
        return 1
    os.replace(argv[1] + ".new", argv[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
