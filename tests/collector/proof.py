#!/usr/bin/env python3
"""Proof under load: what the lab's Collector configurations promise, of a Collector that runs.

	proof.py OTELCOL DIR [--seed N] [--runs N] [--traces N] [--report FILE] [--only local|two-tier|aws]

local: every trace with an error and every slow one is kept, whole; the share of the others lies within
the 99.9 % bounds of its binomial distribution; span_metrics counts what was sent before sampling.
two-tier: one gateway is killed half-way; no trace is torn apart, and what is lost is counted.
aws: the same as local, by a sidecar and a gateway, into an endpoint that looks for signatures and limits.
"""
import argparse
import collections
import os
import re
import shutil
import sys
import time

import binomial
import endpoint
import running
import traffic

CONFIGS = "lab/collector"
HERE = os.path.dirname(os.path.abspath(__file__))
SLOW_MS, ROUTINE = 60, 0.05


class Wrong(Exception):
    pass


def must(what, is_true):
    if not is_true:
        raise Wrong(what)


def counted_calls(collector):
    """span_metrics, as traffic counts: (service, name, kind, status, tenant)."""
    calls = collections.Counter()
    for name, labels, value in collector.scrape(collector.metrics_port):
        if name == "traces_span_metrics_calls_total":
            calls[labels["service_name"], labels["span_name"], labels["span_kind"], labels["status_code"],
                  labels["tenant_id"]] += int(value)
    return calls


def check_metrics(collector, sent):
    try:
        running.wait_for("metrics", lambda: sum(counted_calls(collector).values()) >= sum(sent.values()), 30)
    except RuntimeError:
        pass
    counted = counted_calls(collector)
    differences = [k for k in set(sent) | set(counted) if sent[k] != counted[k]]
    must("span_metrics: %d of %d series differ, such as %s: sent %d, counted %d" % (
        len(differences), len(sent), differences[:1],
        *((sent[differences[0]], counted[differences[0]]) if differences else (0, 0))), not differences)


def spans_by_trace(path):
    return collections.Counter(trace_id for trace_id, _ in running.spans_of(path))


def check_kept(kept, errors, slow, routine):
    """kept: spans of each kept trace. What is promised of these traces."""
    torn = [t for t, n in kept.items() if n != traffic.SPANS]
    must("%d kept traces are not whole" % len(torn), not torn)
    must("%d of %d traces with errors are lost" % (len(errors - set(kept)), len(errors)), errors <= set(kept))
    must("%d of %d slow traces are lost" % (len(slow - set(kept)), len(slow)), slow <= set(kept))
    nr = len(routine & set(kept))
    low, high = binomial.bounds(len(routine), ROUTINE)
    must("%d of %d routine traces are kept, not %d to %d" % (nr, len(routine), low, high), low <= nr <= high)
    return nr, low, high


def local(program, directory, seed, nr):
    out = os.path.join(directory, "traces.jsonl")
    sent = traffic.Traffic(seed, nr, SLOW_MS)
    collector = running.Collector(program, directory, "local", [CONFIGS + "/local.yaml"], TRACES_FILE=out,
                                  DECISION_WAIT="6s", METRICS_EVERY="1s", MEMORY_MIB=1024, SLOW_MS=SLOW_MS,
                                  ROUTINE_PERCENT=ROUTINE * 100)
    try:
        start = time.monotonic()
        for body in sent.requests(nr):
            collector.post(body)
        seconds = time.monotonic() - start
        check_metrics(collector, sent.calls)
        running.wait_for("every trace decided", lambda: collector.own_sum(
            "otelcol_processor_tail_sampling_global_count_traces_sampled") >= nr, 60)
        must("the Collector refused spans", collector.own_sum("otelcol_receiver_refused_spans") == 0)
        must("traces fell out of the buffer",
             collector.own_sum("otelcol_processor_tail_sampling_sampling_trace_dropped_too_early") == 0)
    finally:
        collector.stop()
    errors, slow, routine = sent.of("error"), sent.of("slow"), sent.of("routine")
    kept, low, high = check_kept(spans_by_trace(out), errors, slow, routine)
    return ("| %d | %d | %d of %d | %d of %d | %d of %d | %d to %d | %d = %d | %.1f s |" % (
        seed, nr, len(errors), len(errors), len(slow), len(slow), kept, len(routine), low, high,
        sum(sent.calls.values()), nr * traffic.SPANS, seconds))


class Tiers:
    """A balancer, two gateways that write down what they see, and a backend."""

    def __init__(self, program, directory):
        self.collectors = []
        self.kept = os.path.join(directory, "kept.jsonl")
        self.seen = [os.path.join(directory, name) for name in ("seen-a.jsonl", "seen-b.jsonl")]
        try:
            backend = self.start(program, directory, "backend", [HERE + "/backend.yaml"], TRACES_FILE=self.kept)
            self.gateways = [
                self.start(program, directory, "gateway-" + "ab"[i],
                           [CONFIGS + "/two-tier/gateway.yaml", HERE + "/seen.yaml"], SEEN_FILE=self.seen[i],
                           BACKEND_URL="http://127.0.0.1:%d" % backend.http, DECISION_WAIT="8s",
                           METRICS_EVERY="1s", SLOW_MS=SLOW_MS, ROUTINE_PERCENT=ROUTINE * 100)
                for i in range(2)]
            self.balancer = self.start(
                program, directory, "balancer", [CONFIGS + "/two-tier/balancer.yaml"], METRICS_EVERY="1s",
                RETRY_FOR="5s", GATEWAYS="[%s]" % ", ".join("127.0.0.1:%d" % g.grpc for g in self.gateways))
        except BaseException:
            self.stop()
            raise

    def start(self, *arguments, **env):
        collector = running.Collector(*arguments, **env)
        self.collectors.append(collector)
        return collector

    def stop(self):
        for collector in reversed(self.collectors):
            collector.stop()

    def seen_spans(self):
        return [sum(spans_by_trace(path).values()) for path in self.seen]

    def dropped(self):
        """Spans that the balancer gave up, by its log: the exporters inside load_balancing have no metrics."""
        with open(self.balancer.log_path) as f:
            return sum(int(n) for n in re.findall(r'"dropped_items": (\d+)', f.read()))

    def missing(self, accepted_by_b):
        """The same by metrics: what was handed to the exporters and accepted by no gateway."""
        return int(self.balancer.own_sum("otelcol_exporter_sent_spans", exporter="load_balancing") -
                   self.gateways[0].own_sum("otelcol_receiver_accepted_spans") - accepted_by_b)


def play_two_tiers(tiers, sent, nr):
    """Half of it, a gateway's death, the other half. What the dead one had undecided, by its count."""
    half = nr // 2
    a, b = tiers.gateways
    for body in sent.requests(half):
        tiers.balancer.post(body)
    running.wait_for("the first half arrives", lambda: sum(tiers.seen_spans()) >= half * traffic.SPANS, 60)
    must("spans were dropped while both gateways ran", tiers.dropped() == 0)
    accepted = b.own_sum("otelcol_receiver_accepted_spans")
    received = b.own_sum("otelcol_processor_tail_sampling_new_trace_id_received")
    decided = b.own_sum("otelcol_processor_tail_sampling_global_count_traces_sampled")
    b.kill()
    for body in sent.requests(nr - half):
        tiers.balancer.post(body)
    running.wait_for("the second half arrives or is given up", lambda:
                     sum(tiers.seen_spans()) + tiers.dropped() >= nr * traffic.SPANS, 90)
    check_metrics(tiers.balancer, sent.calls)
    in_a = len(spans_by_trace(tiers.seen[0]))
    running.wait_for("every trace decided", lambda: a.own_sum(
        "otelcol_processor_tail_sampling_global_count_traces_sampled") >= in_a, 60)
    return int(received), int(decided), tiers.dropped(), tiers.missing(accepted)


def two_tier(program, directory, seed, nr):
    sent = traffic.Traffic(seed, nr, SLOW_MS)
    tiers = Tiers(program, directory)
    try:
        received, decided, dropped, missing = play_two_tiers(tiers, sent, nr)
    finally:
        tiers.stop()
    seen_a, seen_b = (spans_by_trace(path) for path in tiers.seen)
    both = set(seen_a) & set(seen_b)
    must("%d traces came to both gateways" % len(both), not both)
    torn = [t for t, n in (seen_a + seen_b).items() if n != traffic.SPANS]
    must("%d traces came in part" % len(torn), not torn)
    everything = {t for t, _ in sent.traces}
    never = everything - set(seen_a) - set(seen_b)
    must("a gateway had next to nothing to do", len(seen_a) > nr // 10 and len(seen_b) > nr // 10)
    must("%d spans did not arrive; by the log %d were given up, by the metrics %d" % (
        len(never) * traffic.SPANS, dropped, missing), dropped == missing == len(never) * traffic.SPANS > 0)
    must("gateway b counted %d traces, and saw %d" % (received, len(seen_b)), received == len(seen_b))
    kept = spans_by_trace(tiers.kept)
    lost = set(seen_b) - set(kept)
    must("%d traces of gateway b are lost, and %d were undecided" % (len(lost), received - decided),
         decided > 0 or len(lost) == received)
    must("what came to no gateway was exported", not never & set(kept))
    mine = set(seen_a)
    routine, low, high = check_kept(
        {t: n for t, n in kept.items() if t in mine}, sent.of("error") & mine, sent.of("slow") & mine,
        sent.of("routine") & mine)
    errors, slow = len(sent.of("error") & mine), len(sent.of("slow") & mine)
    return "| %d | %d | %d | %d of %d, %d of %d, %d (%d to %d) | %d | %d = %d | %d |" % (
        seed, nr, len(seen_a), errors, errors, slow, slow, routine, low, high, len(lost),
        dropped // traffic.SPANS, len(never), len(both))


def aws(program, directory, seed, nr):
    out = os.path.join(directory, "kept.jsonl")
    sent = traffic.Traffic(seed, nr, SLOW_MS)
    running_ones = []

    def start(*arguments, **env):
        running_ones.append(running.Collector(program, directory, *arguments, **env))
        return running_ones[-1]

    try:
        backend = start("backend", [HERE + "/backend.yaml"], TRACES_FILE=out)
        xray = endpoint.Endpoint(backend.http)
        running_ones.append(xray)
        gateway = start("gateway", [CONFIGS + "/aws-gateway.yaml"], XRAY_URL="http://127.0.0.1:%d" % xray.port,
                        AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none", AWS_EC2_METADATA_DISABLED="true",
                        AWS_REGION="eu-central-1", DECISION_WAIT="6s", METRICS_EVERY="1s", SLOW_MS=SLOW_MS,
                        ROUTINE_PERCENT=ROUTINE * 100)
        sidecar = start("sidecar", [CONFIGS + "/aws-sidecar.yaml"], GATEWAY="127.0.0.1:%d" % gateway.grpc)
        for body in sent.requests(nr):
            sidecar.post(body)
        check_metrics(gateway, sent.calls)
        running.wait_for("every trace decided", lambda: gateway.own_sum(
            "otelcol_processor_tail_sampling_global_count_traces_sampled") >= nr, 60)
    finally:
        for one in reversed(running_ones):  # the sidecar first, the backend last
            one.stop()
    must("; ".join(xray.wrong[:3]), not xray.wrong)
    most = max(len(spans) for spans in running.batches_of(out))
    must("%d spans in a request" % most, most <= 10000)
    errors, slow, routine = sent.of("error"), sent.of("slow"), sent.of("routine")
    kept, low, high = check_kept(spans_by_trace(out), errors, slow, routine)
    return ("| %d | %d | %d of %d | %d of %d | %d of %d | %d to %d | %d = %d | %d, %d spans, %d KB |" % (
        seed, nr, len(errors), len(errors), len(slow), len(slow), kept, len(routine), low, high,
        sum(sent.calls.values()), nr * traffic.SPANS, xray.requests, most, xray.largest // 1000))


HEADS = {
    "local": """## One Collector, `lab/collector/local.yaml`

| seed | traces | errors kept | slow kept | routine kept | 99.9 % bounds | spans: counted = sent | sent in |
|---|---|---|---|---|---|---|---|
""",
    "aws": """## A sidecar and a gateway, `lab/collector/aws-*.yaml`, into a stand-in for X-Ray's endpoint

| seed | traces | errors kept | slow kept | routine kept | 99.9 % bounds | spans: counted = sent | signed requests, largest |
|---|---|---|---|---|---|---|---|
""",
    "two-tier": """## Two tiers, `lab/collector/two-tier/`, a gateway killed half-way

| seed | traces | decided by the other | of these kept: errors, slow, routine (bounds) | lost in its buffer | given up by the balancer: counted = missing | torn apart |
|---|---|---|---|---|---|---|
""",
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("directory")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--traces", type=int, default=20000)
    parser.add_argument("--report")
    parser.add_argument("--only", choices=sorted(HEADS))
    options = parser.parse_args()
    fewer = max(2000, options.traces * 3 // 10)
    ways = [("local", local, options.traces), ("aws", aws, fewer), ("two-tier", two_tier, fewer)]
    rows, passed, failed = collections.defaultdict(list), 0, 0
    for seed in range(options.seed, options.seed + options.runs):
        for name, way, nr in ways:
            if options.only not in (None, name):
                continue
            directory = os.path.join(options.directory, "%s-%d" % (name, seed))
            shutil.rmtree(directory, ignore_errors=True)
            os.makedirs(directory)
            try:
                row = way(options.program, directory, seed, nr)
                print(row, flush=True)
                rows[name].append(row)
                passed += 1
                shutil.rmtree(directory)
            except (Wrong, RuntimeError, OSError) as error:
                print("FAIL collector %s: %s | again: make test-collector-proof SEED=%d (see %s)" % (
                    name, error, seed, directory), flush=True)
                failed += 1
    if options.report and not failed:
        with open(options.report, "w") as f:
            f.write("# Proof under load\n\nWritten by `make proof RUNS=%d`: seeded runs against a Collector "
                    "that runs, with the lab's own configurations. A row is only written when all of it "
                    "held.\n\n" % options.runs)
            f.write("\n".join(HEADS[name] + "\n".join(rows[name]) + "\n" for name in HEADS if rows[name]))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
