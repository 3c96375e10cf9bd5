#!/usr/bin/env python3
"""What the SDK's encoders write, read by protobuf's own runtime and by a strict JSON reader.

	decode.py PLAY DIR [--seeds N] [--seed N]
"""
import argparse
import os
import struct
import subprocess
import sys

import calls
import otlp

SETTINGS = [
    ("defaults", {}, {}),
    ("huge", {}, {"huge": True, "spans": 5}),
    ("tight limits", {"attributes": 3, "events": 2, "links": 1, "event-attributes": 1,
                      "link-attributes": 2}, {}),
    ("short values", {"value-length": 7}, {}),
    ("values of one character", {"value-length": 1, "attributes": 200}, {"huge": True}),
]


def frames(path):
    """(letter, bytes) for each piece that play wrote."""
    with open(path, "rb") as f:
        while True:
            head = f.read(5)
            if not head:
                return
            letter, n = struct.unpack("<cI", head)
            data = f.read(n)
            if len(data) != n:
                raise otlp.Malformed("the file of frames is cut")
            yield letter.decode(), data


def play(program, directory, name, made, options=(), env=None, timeout=60):
    script = os.path.join(directory, name + ".script")
    with open(script, "w") as f:
        f.write(made.script())
    return subprocess.run([program, script, *made.options, *options], timeout=timeout,
                          env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace")


def run_one(program, directory, seed, limits, more):
    made = calls.Calls(seed, limits=limits, **more)
    name = "decode-%d" % seed
    out = os.path.join(directory, name + ".frames")
    ran = play(program, directory, name, made, ["--frames", out, "--queue", "100000"])
    if ran.returncode:
        return ["play ended with %d: %s" % (ran.returncode, ran.stdout.strip()[-300:])], 0
    wrong, binary, text = [], [], []
    for letter, data in frames(out):
        if letter == "P":
            binary += otlp.from_protobuf(data)
        else:
            text += otlp.from_json(data)
    wrong += ["protobuf: " + w for w in calls.compare(made, binary)]
    wrong += ["JSON: " + w for w in calls.compare(made, text)]
    if not wrong:
        os.unlink(out)
    return wrong, len(binary)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("play")
    p.add_argument("dir")
    p.add_argument("--seeds", type=int, default=12)
    p.add_argument("--seed", type=int)
    a = p.parse_args()
    os.makedirs(a.dir, exist_ok=True)
    passed = failed = spans = 0

    differs = otlp.differences_from_published()
    if differs is None:
        print("skipped: opentelemetry-proto is not installed, otlp.proto is not compared with it")
    elif differs:
        print("FAIL sdk-decode: otlp.proto: " + "; ".join(differs[:3]))
        failed += 1
    else:
        passed += 1
    seeds = [a.seed] if a.seed is not None else range(a.seeds * len(SETTINGS))
    for seed in seeds:
        title, limits, more = SETTINGS[seed % len(SETTINGS)]
        try:
            wrong, n = run_one(a.play, a.dir, seed, limits, more)
        except (otlp.Malformed, ValueError, KeyError, subprocess.TimeoutExpired) as e:
            wrong, n = ["%s: %s" % (type(e).__name__, e)], 0
        spans += n
        if wrong:
            failed += 1
            print("FAIL sdk-decode seed %d (%s): %s | again: make test-sdk-decode SEED=%d" %
                  (seed, title, wrong[0], seed))
            for line in wrong[1:4]:
                print("    " + line)
        else:
            passed += 1
    print("%d spans, each decoded from protobuf and from JSON and compared" % spans)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
