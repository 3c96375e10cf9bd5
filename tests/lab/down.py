#!/usr/bin/env python3
"""The Collector is gone, or takes connections and never answers: the shop answers as before, no customer
waits for it, and every span that is lost is counted.

	down.py OUT      OUT: build/lab/shop; prints what was measured and writes OUT/down.txt
"""
import os
import shutil
import socket
import statistics
import subprocess
import sys

ROUNDS, ORDERS, RATE = 5, 120, 300


def play(out, name, seed, spans=False, port=None):
    """(what came of each order, latencies in microseconds, counts of spans)"""
    directory = os.path.join(out, "down", name)
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("OTEL_", "CTEL_")) and not k.lower().endswith("_proxy")}
    env.update(SHOP_STATS=os.path.join(directory, "stats"), OTEL_BSP_SCHEDULE_DELAY="100",
               OTEL_LOG_LEVEL="none")
    if port:
        env.update(OTEL_TRACES_EXPORTER="otlp", OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:%d" % port,
                   OTEL_EXPORTER_OTLP_TIMEOUT="500")
    command = [os.path.join(out, "day"), "--kind", "right", "--bin", out, "--dir", directory, "--seed", str(seed),
               "--orders", str(ORDERS), "--warmup", "20", "--rate", str(RATE)] + (["--spans"] if spans else [])
    ran = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    if ran.returncode:
        sys.exit("down.py: %s: day ended with %d: %s" % (name, ran.returncode, ran.stderr[-500:]))
    rows = [line.rstrip("\n").split("\t") for line in open(os.path.join(directory, "truth.tsv"))]
    counts = {}
    for line in open(env["SHOP_STATS"]):
        words = line.split()
        for key, value in zip(words[::2], words[1::2]):
            counts[key] = counts.get(key, 0) + int(value)
    return [r[:5] for r in rows], [int(r[5]) for r in rows[20:] if r[4] == "near"], counts


def quantile(rounds, q):
    """The median of the rounds' quantiles: a round that something else disturbed counts as one."""
    return statistics.median(sorted(values)[int((len(values) - 1) * q + 0.5)] for values in rounds)


def main():
    out = sys.argv[1]
    with socket.socket() as gone, socket.socket() as silent:
        gone.bind(("127.0.0.1", 0))    # bound, never listens: refused
        silent.bind(("127.0.0.1", 0))  # listens, never answers
        silent.listen(64)
        ways = {"off": {}, "up": {"spans": True}, "gone": {"port": gone.getsockname()[1]},
                "silent": {"port": silent.getsockname()[1]}}
        business, latency, counts = {}, {w: [] for w in ways}, {w: {} for w in ways}
        for seed in range(1, ROUNDS + 1):
            for way, options in ways.items():
                rows, took, counted = play(out, way, seed, **options)
                business[way, seed] = rows
                latency[way].append(took)
                for key, value in counted.items():
                    counts[way][key] = counts[way].get(key, 0) + value
    passed, wrong = 0, []

    def must(what, is_true):
        nonlocal passed
        passed += bool(is_true)
        if not is_true:
            wrong.append(what)

    lines = []
    for way in ways:
        p50, p99 = (quantile(latency[way], q) / 1000 for q in (0.5, 0.99))
        c = counts[way]
        lines.append("%-6s  p50 %.2f ms  p99 %.2f ms  spans started %d, exported %d, dropped %d" % (
            way, p50, p99, c["started"], c["exported"], c["dropped"]))
    with open(os.path.join(out, "down.txt"), "w") as f:
        f.write("\n".join(lines) + "\n")
    print("\n".join(lines))
    for way in ("gone", "silent"):
        c = counts[way]
        must("%s: the shop did other business" % way,
             all(business[way, seed] == business["off", seed] for seed in range(1, ROUNDS + 1)))
        must("%s: every span is dropped and counted: %s" % (way, c),
             c["started"] > 0 and c["dropped"] == c["ended"] == c["started"] and c["exported"] == 0)
        # Whoever waited for the exporter would wait for 500 ms. What two runs of the same differ by on a
        # busy machine is less than this.
        for q, room in ((0.5, 3000), (0.99, 40000)):
            slow, usual = quantile(latency[way], q), quantile(latency["up"], q)
            must("%s: p%d is %d us, with a receiver %d us" % (way, q * 100, slow, usual),
                 slow <= 1.5 * usual + room)
    must("up: nothing is dropped", counts["up"]["dropped"] == 0 and counts["up"]["exported"] > 0)
    for what in wrong:
        print("FAIL lab: %s | again: make test-lab" % what)
    print("%d passed, %d failed" % (passed, len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
