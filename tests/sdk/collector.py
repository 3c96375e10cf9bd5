#!/usr/bin/env python3
"""SDK to Collector to file: what a real Collector wrote is what was sent.

	collector.py OTELCOL PLAY POUR DIR [--seed N]
"""
import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time

import calls
import decode
import otlp

CONFIG = """
receivers:
  otlp:
    protocols:
      http:
        endpoint: 127.0.0.1:%(port)d
exporters:
  file:
    path: %(out)s
    flush_interval: 100ms
    append: true
service:
  telemetry:
    metrics:
      level: none
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [file]
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Collector:
    """A running Collector with an OTLP/HTTP receiver and a file exporter; ends with the with-block."""

    def __init__(self, program, directory, port=None):
        self.program, self.directory = program, directory
        self.port = port or free_port()
        self.out = os.path.join(directory, "collector-%d.jsonl" % self.port)
        self.offset = 0
        config = os.path.join(directory, "collector-%d.yaml" % self.port)
        with open(config, "w") as f:
            f.write(CONFIG % {"port": self.port, "out": self.out})
        if os.path.exists(self.out):
            os.unlink(self.out)
        self.config = config
        self.start()

    def start(self, patience=60):
        self.log = open(os.path.join(self.directory, "collector-%d.log" % self.port), "a")
        self.process = subprocess.Popen([self.program, "--config", self.config],
                                        stdout=self.log, stderr=self.log)
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError("the Collector ended: see " + self.log.name)
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("the Collector does not listen after %d s: see %s" % (patience, self.log.name))

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def new_spans(self):
        """What it has written since the last time, whole lines only."""
        spans = []
        if not os.path.exists(self.out):
            return spans
        with open(self.out, "rb") as f:
            f.seek(self.offset)
            for line in f:
                if not line.endswith(b"\n"):
                    break
                self.offset += len(line)
                spans += otlp.from_json(line)
        return spans

    def wait_for(self, nr, patience=20):
        """Until so many more spans are written; and a moment longer, for those too many."""
        spans, end = [], time.monotonic() + patience
        while len(spans) < nr and time.monotonic() < end:
            spans += self.new_spans()
            time.sleep(0.05)
        time.sleep(0.3)
        return spans + self.new_spans()


def sdk_environment(port, **more):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("OTEL_", "CTEL_"))
           and not k.lower().endswith("_proxy")}
    env.update(OTEL_TRACES_EXPORTER="otlp", OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:%d" % port)
    env.update(more)
    return env


WAYS = [
    ("protobuf", dict(OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf", OTEL_EXPORTER_OTLP_COMPRESSION="none")),
    ("JSON", dict(OTEL_EXPORTER_OTLP_PROTOCOL="http/json", OTEL_EXPORTER_OTLP_COMPRESSION="none")),
    ("protobuf, gzip", dict(OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf", OTEL_EXPORTER_OTLP_COMPRESSION="gzip")),
    ("JSON, gzip", dict(OTEL_EXPORTER_OTLP_PROTOCOL="http/json", OTEL_EXPORTER_OTLP_COMPRESSION="gzip")),
]


def run_one(collector, program, directory, seed):
    _, limits, more = decode.SETTINGS[seed % len(decode.SETTINGS)]
    way, env = WAYS[seed // len(decode.SETTINGS) % len(WAYS)]
    # ids must differ from those of other seeds and from decode.py's
    made = calls.Calls(100_000 + seed, limits=limits, **more)
    # Deployment attributes by the environment, percent-encoded as the specification says.
    env = sdk_environment(collector.port, OTEL_SERVICE_NAME="judge",
                          OTEL_RESOURCE_ATTRIBUTES="deployment.environment.name=t%C3%A4st,team=a%2Cb", **env)
    ran = decode.play(program, directory, "collector-%d" % seed, made, ["--queue", "100000"], env=env)
    if ran.returncode:
        return way, ["play ended with %d: %s" % (ran.returncode, ran.stdout.strip()[-300:])], 0
    spans = collector.wait_for(len(made.expected))
    wrong = calls.compare(made, spans)
    must = {"service.name": ("s", "judge"), "telemetry.sdk.language": ("s", "c"),
            "deployment.environment.name": ("s", "täst"), "team": ("s", "a,b")}
    for span in spans[:1]:
        for key, value in must.items():
            if span["resource"].get(key) != value:
                wrong.append("resource: %s is %r, not %r" % (key, span["resource"].get(key), value))
    return way, wrong, len(spans)


def run_restarted(collector, pour):
    """The Collector goes away while spans are sent, and comes back: nothing is lost, nothing comes twice."""
    env = sdk_environment(collector.port)
    process = subprocess.Popen(
        [pour, "http://127.0.0.1:%d/v1/traces" % collector.port, "--spans", "3000", "--gap", "1000",
         "--queue", "8000", "--delay", "50", "--backoff", "50", "--attempts", "60", "--timeout", "20000",
         "--shutdown", "30000"], env=env, stdout=subprocess.PIPE, text=True)
    try:
        time.sleep(1)
        collector.stop()
        before = collector.new_spans()
        time.sleep(1)
        collector.start()
        out, _ = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    stats = json.loads(out)
    spans = before + collector.wait_for(stats["exported"] - len(before))
    numbers = [s["attributes"]["n"][1] for s in spans]
    wrong = []
    if len(set(numbers)) + stats["dropped"] != 3000 or stats["dropped"]:
        wrong.append("%d delivered, %s" % (len(set(numbers)), stats))
    if len(numbers) != len(set(numbers)):
        wrong.append("%d came twice" % (len(numbers) - len(set(numbers))))
    if not 0 < len(before) < 3000:
        wrong.append("the Collector did not go away in the middle: %d spans before" % len(before))
    return wrong


FAST = 50_000


def run_fast(collector, pour):
    """As many as two threads can make, none of them dropped: how many a second, and of what size."""
    begin = time.monotonic()
    ran = subprocess.run(
        [pour, "http://127.0.0.1:%d/v1/traces" % collector.port, "--spans", str(FAST), "--threads", "2",
         "--queue", str(FAST + 10000), "--shutdown", "60000"],
        env=sdk_environment(collector.port), stdout=subprocess.PIPE, text=True, timeout=120)
    took = time.monotonic() - begin
    stats = json.loads(ran.stdout)
    numbers = {s["attributes"]["n"][1] for s in collector.wait_for(FAST, 60)}
    if stats["dropped"] or len(numbers) != FAST:
        return ["%d of %d arrived, %s" % (len(numbers), FAST, stats)], ""
    return [], "%d spans a second to the Collector and none dropped, %.0f bytes each (gzip)" % (
        FAST / took, stats["bytes"] / FAST)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("otelcol")
    p.add_argument("play")
    p.add_argument("pour")
    p.add_argument("dir")
    p.add_argument("--seed", type=int)
    a = p.parse_args()
    os.makedirs(a.dir, exist_ok=True)
    passed = failed = nr = 0
    with Collector(a.otelcol, a.dir) as collector:
        for seed in [a.seed] if a.seed is not None else range(len(WAYS) * len(decode.SETTINGS)):
            try:
                way, wrong, n = run_one(collector, a.play, a.dir, seed)
            except (otlp.Malformed, ValueError, KeyError, subprocess.TimeoutExpired) as e:
                way, wrong, n = "?", ["%s: %s" % (type(e).__name__, e)], 0
            nr += n
            if wrong:
                failed += 1
                print("FAIL sdk-collector seed %d (%s; %s): %s | again: make test-sdk-collector SEED=%d" %
                      (seed, decode.SETTINGS[seed % len(decode.SETTINGS)][0], way, wrong[0], seed))
                for line in wrong[1:4]:
                    print("    " + line)
            else:
                passed += 1
        if a.seed is None:
            wrong = run_restarted(collector, a.pour)
            failed += bool(wrong)
            passed += not wrong
            for line in wrong:
                print("FAIL sdk-collector restarted: %s | again: make test-sdk-collector" % line)
            wrong, fast = run_fast(collector, a.pour)
            failed += bool(wrong)
            passed += not wrong
            for line in wrong:
                print("FAIL sdk-collector fast: %s | again: make test-sdk-collector" % line)
            print(fast)
    print("%d spans sent to a Collector and found in its file" % nr)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
