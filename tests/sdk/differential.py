#!/usr/bin/env python3
"""The same calls through ctel and through opentelemetry-cpp 1.19: what both send, decoded, is equal.

	differential.py PLAY PEER_PLAY DIR [--seeds N] [--seed N]
"""
import argparse
import os
import subprocess
import sys

import calls
import decode
import otlp

# What 1.19 does not send yet, and is therefore not compared: whether the parent is remote (flags
# 0x100 and 0x200, of spans and of links), the W3C random flag, flags of links.
W3C_SAMPLED = 1
PLENTY = {"attributes": 10000, "events": 10000, "links": 10000}  # 1.19 has no limits


def comparable(span):
    out = dict(span, flags=span["flags"] & W3C_SAMPLED, resource=None)
    out["links"] = [dict(link, flags=0) for link in span["links"]]
    return out


def spans_of(path):
    return {s["id"]: comparable(s) for letter, data in decode.frames(path) if letter == "P"
            for s in otlp.from_protobuf(data)}


def run_one(play, peer, directory, seed):
    made = calls.Calls(500_000 + seed, spans=80, limits=PLENTY, common=True)
    name = "differential-%d" % seed
    ours, theirs = (os.path.join(directory, name + x) for x in (".ours", ".theirs"))
    ran = decode.play(play, directory, name, made, ["--frames", ours, "--queue", "100000"])
    if ran.returncode:
        return ["play ended with %d: %s" % (ran.returncode, ran.stdout.strip()[-300:])], 0
    ran = subprocess.run([peer, os.path.join(directory, name + ".script"), theirs], timeout=60,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ran.returncode:
        return ["peer_play ended with %d: %s" % (ran.returncode, ran.stdout.strip()[-300:])], 0
    a, b = spans_of(ours), spans_of(theirs)
    wrong = []
    if set(a) != set(b) or not a:
        wrong.append("%d spans by ctel, %d by opentelemetry-cpp" % (len(a), len(b)))
    for key in sorted(set(a) & set(b)):
        wrong += ["span %s: %s (ctel: is, opentelemetry-cpp: not)" % (key, w)
                  for w in calls.compare_span(b[key], a[key])]
    return wrong, len(a)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("play")
    p.add_argument("peer")
    p.add_argument("dir")
    p.add_argument("--seeds", type=int, default=20)
    p.add_argument("--seed", type=int)
    a = p.parse_args()
    os.makedirs(a.dir, exist_ok=True)
    passed = failed = nr = 0
    for seed in [a.seed] if a.seed is not None else range(a.seeds):
        try:
            wrong, n = run_one(a.play, a.peer, a.dir, seed)
        except (otlp.Malformed, ValueError, KeyError, subprocess.TimeoutExpired) as e:
            wrong, n = ["%s: %s" % (type(e).__name__, e)], 0
        nr += n
        if wrong:
            failed += 1
            print("FAIL sdk-differential seed %d: %s | again: make test-sdk-differential SEED=%d" %
                  (seed, wrong[0], seed))
            for line in wrong[1:4]:
                print("    " + line)
        else:
            passed += 1
    print("%d spans by both, equal when decoded" % nr)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
