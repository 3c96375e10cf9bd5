"""The guide shows what the samples and the lab's numbers are now, and its check can fail.

    python3 -B tests/guide/test_fresh.py
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ["docs", "lab/samples", "lab/collector", "lab/shop/README.md", "lab/shop/checkout/EXPECTED.md", "rules/prices.json",
          "tests/collector/PROOF.md", "tests/cases/pipeline-tiers", "tests/cases/diff-mass", "tests/cases/diff-shallow",
          "Makefile"]
passed, failed = 0, 0


def check(name, is_right, output=""):
    global passed, failed
    if is_right:
        passed += 1
    else:
        failed += 1
        print(f"FAIL guide {name} | again: python3 -B tests/guide/test_fresh.py\n{output}")


def guide(root):
    done = subprocess.run([sys.executable, "-B", str(root / "docs/guide/tools/guide.py"), "check"], capture_output=True,
                          text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def after(name, path, change, said):
    """The check of a copy in which one file was changed."""
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory)
        for needed in NEEDED:
            (copy / needed).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / needed).is_dir():
                shutil.copytree(ROOT / needed, copy / needed, ignore=shutil.ignore_patterns("build", "node_modules", "target"))
            else:
                shutil.copy(ROOT / needed, copy / needed)
        text = (copy / path).read_text()
        changed = change(text)
        assert changed != text, f"{name}: nothing was changed in {path}"
        (copy / path).write_text(changed)
        status, output = guide(copy)
        check(name, status == 1 and all(part in output for part in said), output)


# The short forms of the cheat sheet are calls that the samples make.
SHORT = {"c/checkout.c": ["CTEL_SPAN(span, tracer", "ctel_ctx_copy", "ctel_ctx_attach"],
         "cpp/checkout.cc": ["trace::Scope scope(span);", "RuntimeContext::Attach(carried)"],
         "go/main.go": ["defer end(span, &err)", "context.WithoutCancel(ctx)"],
         "java/src/main/java/shop/Checkout.java": ["span.makeCurrent()", "Context.current().wrap("],
         "javascript/checkout.js": ["startActiveSpan(name,", "context.bind(context.active(),"],
         "python/checkout.py": ["with tracer.start_as_current_span(", "contextvars.copy_context().run"],
         "rust/src/main.rs": ["with_span(span, ||", "cx.attach()"]}
sheet = (ROOT / "docs/guide/09-cheat-sheet.md").read_text()
for path, calls in SHORT.items():
    sample = (ROOT / "lab/samples" / path).read_text()
    check(f"has a cheat sheet for {path}", all(call in sample and call in sheet for call in calls), str(calls))

status, output = guide(ROOT)
check("is fresh", status == 0, output)
after("a sample that changed", "lab/samples/go/main.go", lambda t: t.replace("chargeOnce(ctx, o, 2)", "chargeOnce(ctx, o, 3)"),
      ["02-patterns.md"])
after("a region that is gone", "lab/samples/python/checkout.py", lambda t: t.replace("[context]", "[kontext]"),
      ["no region [context]"])
after("a line shown side by side that is gone", "lab/samples/rust/src/main.rs",
      lambda t: t.replace("provider.shutdown()?;", "provider.shutdown().ok();"), ["SIDE"])
after("a number that changed", "docs/lab-numbers.md", lambda t: t.replace("| 172.6 |", "| 171.6 |"),
      ["01-fine-line.md", "09-cheat-sheet.md", "figures/spans.svg"])
after("a row that is gone", "docs/lab-numbers.md", lambda t: t.replace("| spans per checkout", "| spans per order"),
      ["numbers_of_lab.py"])
after("a setting that changed", "lab/collector/local.yaml", lambda t: t.replace("status_codes: [ERROR]", "status_codes: [OK]"),
      ["05-sampling.md"])
after("a key that is gone", "lab/collector/local.yaml", lambda t: t.replace("  span_metrics:\n    metrics", "  metrics:\n    metrics"),
      ["no key connectors.span_metrics"])
after("the rules for agents, when they changed", "lab/samples/AGENTS.md", lambda t: t.replace("## Tracing\n\nWhere", "## Traces\n\nWhere"),
      ["08-agents.md"])
after("a price that changed", "rules/prices.json", lambda t: t.replace("5.0", "6.0"), ["figures/cost.svg", "05-sampling.md"])
after("an unknown number", "docs/guide/05-sampling.md", lambda t: t.replace("<!--n right.errors-->", "<!--n right.mistakes-->"),
      ["no number 'right.mistakes'"])
after("a number typed over", "docs/guide/01-fine-line.md",
      lambda t: t.replace("<!--n over.spans-->172.6<!--/n-->", "<!--n over.spans-->200<!--/n-->"), ["01-fine-line.md"])
print(f"{passed} passed, {failed} failed")
sys.exit(bool(failed))
