"""What the lab measured, out of the committed pages that `make lab-report` and `make proof` wrote.

The chapters name these numbers, the figures draw them. Nothing here is typed in by hand except the rate
at which a month is counted, which the table states itself.
"""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LAB = ROOT / "docs/lab-numbers.md"
PROOF = ROOT / "tests/collector/PROOF.md"
EXERCISES = ROOT / "docs/lab.md"
PRICES = ROOT / "rules/prices.json"
KINDS = ("under", "right", "over")
MONTH_S = 30 * 24 * 3600


class Missing(Exception):
    """A page has no such number any more: the guide has to be looked at."""


def table_of(text, source):
    """The rows of the first table with the three kinds as columns: label -> {kind: cell}."""
    rows = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and line.startswith("|") and not set(cells[0]) <= set("- "):
            rows[cells[0]] = dict(zip(KINDS, cells[1:]))
    if not rows:
        raise Missing(f"{source}: no table of under, right and over")
    return rows


def row(rows, start):
    """The row whose label begins so; exactly one."""
    found = [label for label in rows if label.startswith(start)]
    if len(found) != 1:
        raise Missing(f"{LAB.relative_to(ROOT)}: {len(found)} rows begin with '{start}'; look at docs/guide/tools/numbers_of_lab.py")
    return rows[found[0]]


def one(pattern, text, source):
    match = re.search(pattern, text)
    if not match:
        raise Missing(f"{source}: nothing matches {pattern!r}; look at docs/guide/tools/numbers_of_lab.py")
    return match


def number(text):
    return float(one(r"[-+]?[0-9][0-9,]*\.?[0-9]*", text, LAB.name).group().replace(",", ""))


def of(text):
    kept, whole = re.fullmatch(r"(\d+) of (\d+)", text).groups()
    return int(kept), int(whole)


def measured():
    """All numbers, for figures and sums: plain floats and ints."""
    text = LAB.read_text()
    rows = table_of(text, LAB.relative_to(ROOT))
    price = json.loads(PRICES.read_text())
    per_trace = next(p for p in price["prices"] if p["unit"] == "traces")
    day = one(r"(\d+) orders at (\d+) a second, in (\d+) rounds", text, LAB.name)
    rate = int(one(r"a month at (\d+) requests/s", text, LAB.name).group(1))
    data = {"rate": rate, "orders": int(day.group(1)), "as_of": price["as_of"], "usd_per_million": per_trace["amount"],
            "price_source": per_trace["source"]}
    data["off_cpu"] = float(one(r"CPU ([0-9.]+) ms a request", text, LAB.name).group(1))
    # Each right trace is one order, warm-ups included: what a trace of the others is counted by.
    all_orders = sum(of(row(rows, f"kept of the {what}")["right"])[1]
                     for what in ("traces with errors", "slow traces", "routine traces"))
    for kind in KINDS:
        data[kind] = {
            "spans": number(row(rows, "spans per checkout")[kind]),
            "bytes": number(row(rows, "bytes per checkout")[kind]),
            "cpu": number(row(rows, "added CPU per request")[kind]),
            "p50": number(row(rows, "added latency, p50")[kind]),
            "findings": int(number(row(rows, "otel-tidy findings")[kind])),
            "answer": row(rows, "failed payments: which tenants")[kind],
            "sampling": row(rows, "sampling")[kind],
            "sent_gb": number(row(rows, f"a month at {rate} requests/s, exported")[kind]),
            "kept_gb": number(row(rows, f"a month at {rate} requests/s, kept")[kind]),
            "errors": of(row(rows, "kept of the traces with errors")[kind]),
            "slow": of(row(rows, "kept of the slow traces")[kind]),
            "routine": of(row(rows, "kept of the routine traces")[kind]),
        }
        mine = data[kind]
        kept, whole = (sum(mine[what][i] for what in ("errors", "slow", "routine")) for i in (0, 1))
        mine["kept"], mine["traces"] = kept, whole
        mine["traces_month"] = kept / all_orders * rate * MONTH_S
        mine["usd"] = max(0.0, mine["traces_month"] - per_trace["free"]) / per_trace["per"] * per_trace["amount"]
    data["down"] = {m.group(1): {"p50": m.group(2), "exported": int(m.group(3)), "dropped": int(m.group(4))}
                    for m in re.finditer(r"^(\w+) +p50 ([0-9.]+) ms .* exported (\d+), dropped (\d+)$", text, re.M)}
    proof = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) of (\d+) \| (\d+) of (\d+) \| (\d+) of (\d+) \|",
                       one(r"(?s)## One Collector.*?(?=\n## |$(?!\n))", PROOF.read_text(), PROOF.name).group(), re.M)
    if not proof:
        raise Missing(f"{PROOF.relative_to(ROOT)}: no rows of the proof")
    data["proof"] = [tuple(map(int, line)) for line in proof]
    return data


def group(value):
    return f"{value:,.0f}"


def texts():
    """The same as the chapters say it: name -> text."""
    data = measured()
    out = {"rate": str(data["rate"]), "orders": group(data["orders"]), "off.cpu": f"{data['off_cpu']:.2f}",
           "usd_per_million": f"{data['usd_per_million']:g}", "as_of": data["as_of"],
           "month_requests": f"{data['rate'] * MONTH_S / 1e6:.1f} million"}
    for kind in KINDS:
        mine = data[kind]
        out.update({
            f"{kind}.spans": f"{mine['spans']:g}", f"{kind}.bytes": group(mine["bytes"]),
            f"{kind}.cpu": f"{mine['cpu']:.2f}", f"{kind}.findings": str(mine["findings"]),
            f"{kind}.answer": mine["answer"], f"{kind}.sampling": mine["sampling"],
            f"{kind}.sent_gb": group(mine["sent_gb"]), f"{kind}.kept_gb": group(mine["kept_gb"]),
            f"{kind}.usd": group(mine["usd"]), f"{kind}.kept_share": f"{100 * mine['kept'] / mine['traces']:.0f} %",
        })
        for what in ("errors", "slow", "routine"):
            out[f"{kind}.{what}"] = f"{mine[what][0]} of {mine[what][1]}"
    out["ratio.spans"] = f"{data['over']['spans'] / data['right']['spans']:.0f}"
    out["ratio.bytes"] = f"{data['over']['bytes'] / data['right']['bytes']:.1f}"
    out["ratio.kept"] = f"{data['over']['kept_gb'] / data['right']['kept_gb']:.0f}"
    out["under.lost_errors"] = group(data["under"]["errors"][1] - data["under"]["errors"][0])
    errors, slow, routine = (data["right"][what][1] for what in ("errors", "slow", "routine"))
    out["day.error_share"] = f"{100 * errors / (errors + slow + routine):.0f} %"
    shown = one(r"failure rate on the dashboard: ([0-9.]+ %), and in truth ([0-9.]+ %)", EXERCISES.read_text(), EXERCISES.name)
    five = one(r"Five spans, four of them named (\w+)", EXERCISES.read_text(), EXERCISES.name)
    out["auto.name"] = five.group(1)
    out["dashboard.shown"], out["dashboard.true"] = shown.groups()
    rows = data["proof"]
    out["proof.seeds"] = str(len(rows))
    out["proof.traces"] = group(sum(r[1] for r in rows))
    out["proof.errors"] = f"{group(sum(r[2] for r in rows))} of {group(sum(r[3] for r in rows))}"
    out["proof.slow"] = f"{group(sum(r[4] for r in rows))} of {group(sum(r[5] for r in rows))}"
    out["proof.routine"] = f"{100 * sum(r[6] for r in rows) / sum(r[7] for r in rows):.2f} %"
    for name, mine in data["down"].items():
        out[f"down.{name}.p50"] = mine["p50"]
        out[f"down.{name}.dropped"] = group(mine["dropped"])
    return out
