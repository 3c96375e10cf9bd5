#!/usr/bin/env python3
"""The guide's chapters: what they take from the lab, and whether it is still the same.

    guide.py check           fails when a sample, a number or a figure is not what the chapters show
    guide.py update          writes it into the chapters again
    guide.py numbers         lists the numbers that chapters can name

A chapter says what it shows, and carries it, so that it can be read as it is:

    <!-- include lab/samples/go/main.go#error --> … <!-- /include -->
        the lines between [error] and [/error], without the marks; "fold=a,b" leaves the regions a and b
        inside of it at their first line; "#" missing: the whole file; "@a.b" instead: a key of a YAML
        file, with what is below it; "!1" instead: the first block of code of a page; "from=a" and "to=b": from the
        first line with a to the next one with b; "as=text" is another name for the highlighter; "quiet": no caption
    <!-- lab-table --> … <!-- /lab-table -->
        the table of docs/lab-numbers.md
    <!-- side error --> … <!-- /side -->
        one line of each sample, in a table
    <!--n right.spans-->9.2<!--/n-->
        one number
"""

import re
import sys
import textwrap
from pathlib import Path

import figures
import numbers_of_lab as numbers

ROOT = numbers.ROOT
GUIDE = ROOT / "docs/guide"
LANGUAGES = {".c": ("C", "c"), ".h": ("C", "c"), ".cc": ("C++", "cpp"), ".go": ("Go", "go"), ".java": ("Java", "java"),
             ".js": ("JavaScript", "javascript"), ".py": ("Python", "python"), ".rs": ("Rust", "rust"),
             ".yaml": ("YAML", "yaml"), ".txt": ("", "text"), ".diff": ("", "diff"), ".md": ("", "markdown"),
             ".json": ("JSON", "json"), "": ("", "text")}
# One line of each sample, side by side; each has to stand in the source as it stands here.
FILES = {"C": "c/checkout.c", "C++": "cpp/checkout.cc", "Go": "go/main.go",
         "Java": "java/src/main/java/shop/Checkout.java", "JavaScript": "javascript/checkout.js",
         "Python": "python/checkout.py", "Rust": "rust/src/main.rs"}
SIDE = {
    "end": ['CTEL_SPAN(span, tracer(), "place order");', "trace::Scope scope(span);", "defer end(span, &err)",
            "try (Scope scope = span.makeCurrent()) {", "return tracer.startActiveSpan(name, options, async (span) => {",
            "with tracer.start_as_current_span(", "let _current = cx.clone().attach();"],
    "error": ['ctel_span_error(span, shop_error(rc), "no answer in 20 ms");',
              "span.SetStatus(trace::StatusCode::kError, failure.what());", "span.SetStatus(codes.Error, (*err).Error())",
              "span.setStatus(StatusCode.ERROR, failure.getMessage());",
              "span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });",
              "current.set_status(Status(StatusCode.ERROR, str(failure)))",
              "cx.span().set_status(Status::error(failure.message));"],
    "context": ["struct receipt receipt = {order, ctel_ctx_copy(ctel_ctx_current())};",
                "auto token = context::RuntimeContext::Attach(carried);",
                "go func() { sent <- sendReceipt(context.WithoutCancel(ctx), o) }()",
                "mail.submit(Context.current().wrap(() -> sendReceipt(order))).get();",
                "return receipts.add(context.bind(context.active(), () => sendReceipt(order)));",
                "pool.submit(contextvars.copy_context().run, send_receipt, order).result()", "let _current = cx.attach();"],
    "inject": ["ctel_inject(ctel_ctx_current(), headers_set, &headers);",
               "propagator->Inject(request, context::RuntimeContext::GetCurrent());",
               "otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(headers))",
               "telemetry.getPropagators().getTextMapPropagator().inject(Context.current(), headers, Map::put);",
               "propagation.inject(context.active(), headers);", "propagate.inject(headers)",
               "global::get_text_map_propagator(|propagator| propagator.inject(&mut headers));"],
    "shutdown": ["return ctel_shutdown(5000) || rc;", 'return !provider->Shutdown() || outcome != "placed";',
                 "err = errors.Join(err, shutdown(ctx))",
                 "AutoConfiguredOpenTelemetrySdk.builder().disableShutdownHook().build().getOpenTelemetrySdk()",
                 "await sdk.shutdown();", "trace.get_tracer_provider().shutdown()", "provider.shutdown()?;"],
}
MARK = re.compile(r"^\s*(?://|#|/\*)\s*\[(/?)([a-z-]+)\]")


class Stale(Exception):
    pass


def chapters():
    found = sorted(GUIDE.glob("[0-9][0-9]-*.md"))
    if not found:
        raise Stale("docs/guide: no chapters")
    return found


def region(path, lines, name, fold):
    """The lines of a region, several of one name one after the other, marks taken out."""
    out, inside, folded = [], 0, None
    begins = []  # of the parts, each with an indentation of its own
    for line in lines:
        mark = MARK.match(line)
        if mark:
            closes, which = mark.groups()
            if which == name:
                if closes:
                    inside -= 1
                    continue
                if out:
                    out.append("")
                begins.append(len(out))
                inside += 1
                line = re.sub(r"\[[a-z-]+\] ?", "", line, count=1)
            elif inside and which in fold:
                if closes:
                    folded = None
                    continue
                indent = line[: len(line) - len(line.lstrip())]
                comment = "#" if line.lstrip().startswith("#") else "//"
                out.append(f"{indent}{comment} … [{which}]")
                folded = which
                continue
            elif closes:
                continue
            else:
                line = re.sub(r"\[[a-z-]+\] ?", "", line, count=1)
        if inside and folded is None:
            out.append(line)
    if inside or not out:
        raise Stale(f"{path}: no region [{name}]")
    parts = ["\n".join(out[a:b]) for a, b in zip(begins, begins[1:] + [len(out)])]
    text = "\n".join(textwrap.dedent(part.expandtabs(4)) for part in parts)
    # Without its mark a comment fits into a line again.
    return re.sub(r"^(/\* [^\n]*)\n \*/", r"\1 */", text).splitlines()


def yaml_key(path, lines, dotted):
    """A key of a YAML file, the keys it is in, the comment before it, and what is below it."""
    out, start, depth = [], 0, -1
    keys = dotted.split(".")
    for level, key in enumerate(keys):
        for at in range(start, len(lines)):
            indent = len(lines[at]) - len(lines[at].lstrip())
            if lines[at].strip() and not lines[at].lstrip().startswith("#") and indent <= depth and at > start:
                raise Stale(f"{path}: no key {dotted}")
            if re.match(rf"{re.escape(key)}:", lines[at].lstrip()) and indent > depth:
                break
        else:
            raise Stale(f"{path}: no key {dotted}")
        start, depth = at + 1, indent
        if level < len(keys) - 1:
            out.append(lines[at])
    comment = at
    while comment and lines[comment - 1].lstrip().startswith("#"):
        comment -= 1
    if not comment:  # what stands at the top is about the file
        comment = at
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
        end += 1
    while not lines[end - 1].strip() or (lines[end - 1].lstrip().startswith("#")
                                         and len(lines[end - 1]) - len(lines[end - 1].lstrip()) <= depth):
        end -= 1
    return out + lines[comment:end]


def included(what):
    """The Markdown that stands for an include."""
    parts = what.split()
    target, options = parts[0], dict(p.split("=", 1) if "=" in p else (p, "") for p in parts[1:])
    path, _, name = target.partition("#")
    path, _, dotted = path.partition("@")
    path, _, block = path.partition("!")
    file = ROOT / path
    if not file.is_file():
        raise Stale(f"{path}: no such file")
    lines = file.read_text().splitlines()
    if name:
        lines = region(path, lines, name, options.get("fold", "").split(","))
    elif dotted:
        lines = yaml_key(path, lines, dotted)
    elif block:
        blocks = re.findall(r"^```\w*\n(.*?)^```$", file.read_text(), re.M | re.S)
        if len(blocks) < int(block):
            raise Stale(f"{path}: no block of code number {block}")
        lines = blocks[int(block) - 1].splitlines()
    if "from" in options:
        first = next((i for i, line in enumerate(lines) if options["from"] in line), None)
        last = next((i for i, line in enumerate(lines) if first is not None and i >= first and options["to"] in line), None)
        if last is None:
            raise Stale(f"{path}: no lines from {options['from']} to {options['to']}")
        lines = lines[first:last + 1]
    lines = textwrap.dedent("\n".join(line.expandtabs(4).rstrip() for line in lines)).strip("\n").splitlines()
    # Two marks in a row leave two empty lines.
    lines = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    title, highlight = LANGUAGES[file.suffix]
    caption = f"{title} · " if title and highlight != "yaml" else ""
    fence = "````" if any("```" in line for line in lines) else "```"
    head = [] if "quiet" in options else [f"**{caption}**`{path}`" if caption else f"`{path}`", ""]
    return "\n".join(head + [fence + options.get("as", highlight)] + lines + [fence])


def lab_table():
    rows = numbers.table_of(numbers.LAB.read_text(), "docs/lab-numbers.md")
    head = "| | under | right | over |\n|:---|---:|---:|---:|"
    return head + "".join(f"\n| {label} | " + " | ".join(cells[k] for k in numbers.KINDS) + " |"
                          for label, cells in rows.items() if label)


def side(name):
    """The table of one pattern: a language, and the line that matters in it."""
    if name not in SIDE:
        raise Stale(f"no lines '{name}' in docs/guide/tools/guide.py")
    out = ["| | the line that matters |", "|:---|:---|"]
    for (language, path), line in zip(FILES.items(), SIDE[name], strict=True):
        if line not in (ROOT / "lab/samples" / path).read_text():
            raise Stale(f"lab/samples/{path} has no line '{line}' any more; look at SIDE in docs/guide/tools/guide.py")
        out.append(f"| {language} | `{line}` |".replace("||", "\\|\\|").replace("|propagator|", "\\|propagator\\|"))
    return "\n".join(out)


def expand(text, known, used):
    def include(match):
        return f"<!-- include {match.group(1)} -->\n{included(match.group(1))}\n<!-- /include -->"

    def named(match):
        name = match.group(1)
        if name not in known:
            raise Stale(f"no number '{name}'; guide.py numbers lists them")
        used.add(name)
        return f"<!--n {name}-->{known[name]}<!--/n-->"

    text = re.sub(r"<!-- include (.+?) -->\n.*?<!-- /include -->", include, text, flags=re.S)
    text = re.sub(r"<!-- lab-table -->\n.*?<!-- /lab-table -->",
                  lambda _: f"<!-- lab-table -->\n{lab_table()}\n<!-- /lab-table -->", text, flags=re.S)
    text = re.sub(r"<!-- side ([a-z]+) -->\n.*?<!-- /side -->",
                  lambda m: f"<!-- side {m.group(1)} -->\n{side(m.group(1))}\n<!-- /side -->", text, flags=re.S)
    return re.sub(r"<!--n ([a-z0-9_.]+)-->.*?<!--/n-->", named, text, flags=re.S)


def wanted():
    """Every committed file that is made, with what it should say."""
    known, used = numbers.texts(), set()
    out = {}
    for chapter in chapters():
        try:
            out[chapter] = expand(chapter.read_text(), known, used)
        except Stale as stale:
            raise Stale(f"{chapter.relative_to(ROOT)}: {stale}") from stale
        opened = len(re.findall(r"<!-- include ", out[chapter]))
        if opened != len(re.findall(r"<!-- /include -->", out[chapter])):
            raise Stale(f"{chapter.relative_to(ROOT)}: an include without its end")
    for name, svg in figures.draw(numbers.measured()).items():
        out[GUIDE / "figures" / name] = svg
    return out


def main(argv):
    what = argv[1] if len(argv) == 2 else ""
    if what == "numbers":
        for name, text in sorted(numbers.texts().items()):
            print(f"{name:24} {text}")
        return 0
    if what not in ("check", "update"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        files = wanted()
    except (Stale, numbers.Missing) as stale:
        print(f"FAIL guide: {stale}")
        return 1
    stale = [path for path, text in files.items() if not path.is_file() or path.read_text() != text]
    made = {path for path in files if path.suffix == ".svg"}
    left_over = [path for path in (GUIDE / "figures").glob("*.svg") if path not in made]
    if what == "update":
        for path in stale:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path])
            print(f"wrote {path.relative_to(ROOT)}")
        for path in left_over:
            path.unlink()
        return 0
    for path in stale + left_over:
        print(f"FAIL guide: {path.relative_to(ROOT)} does not show what the lab has now; make update-guide, and read the diff")
    if not stale and not left_over:
        print(f"ok guide: {len(files)} files are fresh")
    return bool(stale or left_over)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
