"""For each rule a configuration that it reports and its mended form: what a real Collector makes of both.

Each scenario is a function (play) → list of complaints; `play` runs Collectors and says what otel-tidy finds."""
import subprocess
import zlib

from harness import Traffic, post, send, settle
from plans import ERRORS, HEAD, SLOW, TAIL, one, sampler, share, tail

METRICS_OUT = """exporters:
  file: {path: "${env:OUT}", flush_interval: 100ms}
  file/metrics: {path: "${env:METRICS}", flush_interval: 100ms}
service:
  telemetry: {metrics: {level: none}, logs: {level: info}}
  pipelines:
"""


def near(what, got, expected, slack, wrong):
    if abs(got - expected) > slack:
        wrong.append("%s: %g, and %g was expected" % (what, got, expected))


def shares(play, rule, bad, good, expect, traffic=None, **more):
    """Both through a Collector; `expect`: {class: (least and most share of bad, and of good)}."""
    wrong = []
    traffic = traffic or Traffic(7, 200, 200, 400)
    for side, config in (("bad", bad), ("good", good)):
        name = "%s-%d-%s" % (rule, zlib.crc32(config.encode()), side)
        wrong += play.reports(rule, [config], side == "bad", name, **more)
        with play.collector(name, config) as c:
            send(c.http, traffic.all)
            kept = traffic.kept(c.traces())
        for kind, bounds in expect.items():
            low, high = bounds[side == "good"]
            got = kept[kind] / traffic.nr(kind)
            if not low <= got <= high:
                wrong.append("%s: %.3f of %s kept, not %g to %g" % (side, got, kind, low, high))
    return wrong


def head_before_tail(play):
    return shares(play, "head-before-tail",
                  one(sampler(10) + tail([ERRORS, SLOW, share(20)]), "[probabilistic_sampler, tail_sampling]"),
                  one(tail([ERRORS, SLOW, share(20)])), {"errors": ((0.02, 0.22), (1, 1)), "slow": ((0.02, 0.22), (1, 1))})


def tail_without_errors(play):
    return shares(play, "tail-without-errors", one(tail([SLOW, share(5)])), one(tail([ERRORS, SLOW, share(5)])),
                  {"errors": ((0, 0.15), (1, 1))})


def tail_without_latency(play):
    return shares(play, "tail-without-latency", one(tail([ERRORS, share(5)])), one(tail([ERRORS, SLOW, share(5)])),
                  {"slow": ((0, 0.15), (1, 1))})


def tail_without_baseline(play):
    return shares(play, "tail-without-baseline", one(tail([ERRORS, SLOW])), one(tail([ERRORS, SLOW, share(20)])),
                  {"routine": ((0, 0), (0.1, 0.3))})


def defeated_always(play):
    return shares(play, "tail-policy-defeated", one(tail([ERRORS, "{name: all, type: always_sample}"])),
                  one(tail([ERRORS, SLOW, share(5)])), {"routine": ((1, 1), (0, 0.15))})


def defeated_inverted(play):
    """An inverted match is a match like others: it keeps what it was to leave alone, and vetoes nothing."""
    route = "string_attribute: {key: http.route, values: [/r0]"
    return shares(play, "tail-policy-defeated",
                  one(tail([ERRORS, SLOW, "{name: no-r0, type: string_attribute, %s, invert_match: true}}" % route])),
                  one(tail(["{name: no-r0, type: drop, drop: {drop_sub_policy: [{name: r0, type: string_attribute, %s}}]}}"
                            % route, ERRORS, SLOW])),
                  {"routine": ((0.55, 0.8), (0, 0)), "errors": ((1, 1), (0.5, 0.8))})


def defeated_nested(play):
    """10 % and 20 % by the same salt are 20 %; by two salts they are 28 %."""
    return shares(play, "tail-policy-defeated", one(tail([share(30, "a"), share(40, "b")])),
                  one(tail([share(30, "a", "x"), share(40, "b", "y")])), {"routine": ((0.33, 0.47), (0.51, 0.65))})


def defeated_block(play):
    """A latency policy with the settings of another type has a threshold of 0 and keeps all of it."""
    return shares(play, "tail-policy-defeated",
                  one(tail([ERRORS, "{name: slow, type: latency, probabilistic: {sampling_percentage: 10}}"])),
                  one(tail([ERRORS, SLOW])), {"routine": ((1, 1), (0, 0))})


def defeated_limit_first(play):
    """A limit before the match is used up by traces that do not match; after it, errors alone take from it."""
    limit = "{name: limit, type: rate_limiting, rate_limiting: {spans_per_second: 200}}"
    error = "{name: error, type: status_code, status_code: {status_codes: [ERROR]}}"
    policy = "{name: errors, type: and, and: {and_sub_policy: [%s, %s]}}"
    return shares(play, "tail-policy-defeated", one(tail([policy % (limit, error)])), one(tail([policy % (error, limit)])),
                  {"errors": ((0, 0.7), (1, 1)), "routine": ((0, 0), (0, 0))}, Traffic(3, 100, 0, 500))


def composite(order, listed):
    subs = {"e": "{name: e, type: status_code, status_code: {status_codes: [ERROR]}}", "all": "{name: all, type: always_sample}"}
    return one(tail([
        "{name: budget, type: composite, composite: {max_total_spans_per_second: 1000, policy_order: [%s], "
        "composite_sub_policy: [%s], rate_allocation: [{policy: e, percent: 90}, {policy: all, percent: 10}]}}"
        % (", ".join(order), ", ".join(subs[s] for s in listed))]))


def defeated_order(play):
    """policy_order says errors first; the list has the other one first, and that takes them for its small share."""
    return shares(play, "tail-policy-defeated", composite(["e", "all"], ["all", "e"]), composite(["e", "all"], ["e", "all"]),
                  {"errors": ((0, 0.5), (1, 1))}, Traffic(3, 100, 0, 300))


def metrics_after_sampling(play):
    wrong = []
    traffic = Traffic(9, 40, 20, 340)
    sent = 3 * len(traffic)
    bad = (HEAD + "connectors: {count: , span_metrics: {metrics_flush_interval: 200ms}}\nprocessors:\n" +
           tail([ERRORS, share(10)]) + METRICS_OUT +
           "    traces: {receivers: [otlp], processors: [tail_sampling], exporters: [file, count, span_metrics]}\n"
           "    metrics: {receivers: [count, span_metrics], exporters: [file/metrics]}\n")
    good = (HEAD + "connectors: {count: , forward: , span_metrics: {metrics_flush_interval: 200ms}}\nprocessors:\n" +
            tail([ERRORS, share(10)]) + METRICS_OUT +
            "    traces: {receivers: [otlp], exporters: [count, span_metrics, forward]}\n"
            "    traces/out: {receivers: [forward], processors: [tail_sampling], exporters: [file]}\n"
            "    metrics: {receivers: [count, span_metrics], exporters: [file/metrics]}\n")
    for side, config in (("bad", bad), ("good", good)):
        wrong += play.reports("metrics-after-sampling", [config], side == "bad", side)
        with play.collector("metrics-" + side, config) as c:
            send(c.http, traffic.all)
            kept = len(c.traces()) * 3
            counted = sum(v for _, v in c.series("trace.span.count"))
            calls = sum(v for _, v in c.series("traces.span.metrics.calls"))
        for name, value in (("count", counted), ("span_metrics", calls)):
            near("%s, %s" % (side, name), value, kept if side == "bad" else sent, 0, wrong)
        if kept > sent / 2:
            wrong.append("%s: %d of %d spans were kept: nothing was sampled" % (side, kept, sent))
    return wrong


def metrics_after_threshold(play):
    """What probabilistic_sampler leaves in tracestate makes up for it, in span_metrics alone."""
    wrong = []
    traffic = Traffic(11, 0, 0, 1000)
    config = (HEAD + "connectors: {count: , span_metrics: {metrics_flush_interval: 200ms}}\nprocessors:\n" + sampler(25) +
              METRICS_OUT +
              "    traces: {receivers: [otlp], processors: [probabilistic_sampler], exporters: [file, count, span_metrics]}\n"
              "    metrics: {receivers: [count, span_metrics], exporters: [file/metrics]}\n")
    told = play.findings([config]).get("metrics-after-sampling", [])
    if len(told) != 1 or not told[0].startswith("count "):
        wrong.append("otel-tidy says %s" % told)
    with play.collector("metrics-threshold", config) as c:
        send(c.http, traffic.all)
        kept = len(c.traces()) * 3
        near("span_metrics", sum(v for _, v in c.series("traces.span.metrics.calls")), kept * 4, kept * 0.05, wrong)
        near("count", sum(v for _, v in c.series("trace.span.count")), kept, 0, wrong)
    return wrong


def metrics_cardinality(play):
    wrong = []
    traffic = Traffic(13, 20, 0, 280, users=150)
    base = (HEAD + "connectors:\n  span_metrics: {metrics_flush_interval: 200ms%s}\n" + METRICS_OUT +
            "    traces: {receivers: [otlp], exporters: [file, span_metrics]}\n"
            "    metrics: {receivers: [span_metrics], exporters: [file/metrics]}\n")
    configs = {"user": base % ", dimensions: [{name: user.id}]", "route": base % ", dimensions: [{name: http.route}]",
               "status": base % ", exclude_dimensions: [status.code]"}
    nr = {}
    for name, config in configs.items():
        wrong += play.reports("metrics-cardinality", [config], name != "route", name)
        with play.collector("cardinality-" + name, config) as c:
            send(c.http, traffic.all)
            c.traces()
            nr[name] = c.series("traces.span.metrics.calls")
    if len(nr["user"]) < 150 or len(nr["route"]) > 30:
        wrong.append("%d series by user, %d by route" % (len(nr["user"]), len(nr["route"])))
    for name in ("route", "status"):
        errors = sum(v for key, v in nr[name] if any(k == "status.code" and "ERROR" in w for k, w in key))
        near("%s: errors in the metrics" % name, errors, 20 if name == "route" else 0, 0, wrong)
    return wrong


def decision_wait_too_short(play):
    """Children come at once, the root when it has ended, 2.2 s later: it took 3 s by its own times."""
    wrong = []
    slow = "{name: slow, type: latency, latency: {threshold_ms: 2000}}"
    traffic = Traffic(17, 0, 60, 0)
    roots, children = [t[:1] for t in traffic.all], [t[1:] for t in traffic.all]
    for side, wait in (("bad", "1s"), ("good", "7s")):
        config = one(tail([ERRORS, slow], wait=wait))
        wrong += play.reports("decision-wait-too-short", [config], side == "bad", side)
        with play.collector("wait-" + side, config) as c:
            send(c.http, children)
            play.sleep(3.4)
            send(c.http, roots)
            traces = c.traces(quiet=9 if side == "good" else 3)
        whole = sum(1 for spans in traces.values() if len(spans) == 3)
        near("%s: whole traces" % side, whole, 0 if side == "bad" else 60, 0, wrong)
    return wrong


def trace_buffer_too_small(play):
    wrong = []
    traffic = Traffic(19, 600, 0, 0)
    for side, nr in (("bad", 100), ("good", 5000)):
        config = one(tail([ERRORS, SLOW]).replace("num_traces: 20000", "num_traces: %d" % nr))
        wrong += play.reports("trace-buffer-too-small", [config], side == "bad", side, "--traces-per-second", "600")
        with play.collector("buffer-" + side, config) as c:
            send(c.http, traffic.all)
            kept = traffic.kept(c.traces())["errors"]
        if side == "bad" and kept > 300 or side == "good" and kept != 600:
            wrong.append("%s: %d of 600 errors kept" % (side, kept))
    return wrong


def manifest(config, replicas):
    return ("apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: {name: gateway}\nspec:\n"
            "  replicas: %d\n  config:\n" % replicas + "".join("    " + line + "\n" for line in config.splitlines()))


FRONT = ("apiVersion: opentelemetry.io/v1alpha1\nkind: Instrumentation\nmetadata: {name: shop}\n"
         "spec: {exporter: {endpoint: \"http://gateway-collector:4317\"}}\n")


def balancer(key):
    return (HEAD + "exporters:\n  load_balancing:\n    routing_key: %s\n    protocol: {otlp: {tls: {insecure: true}}}\n"
            "    resolver: {static: {hostnames: [\"127.0.0.1:${env:A}\", \"127.0.0.1:${env:B}\"]}}\n"
            "service:\n  telemetry: {metrics: {level: none}, logs: {level: info}}\n  pipelines:\n"
            "    traces: {receivers: [otlp], exporters: [load_balancing]}\n" % key)


def split(play, name, config, key, traffic):
    """Two Collectors that sample tails; behind a balancer, or with spans dealt out in turn (key None)."""
    with play.collector(name + "-a", config) as a, play.collector(name + "-b", config) as b:
        if key is None:
            for t in range(0, len(traffic.all), 50):
                part = traffic.all[t:t + 50]
                post(a.http, [s for one_trace in part for s in one_trace[:-1]])
                post(b.http, [s for one_trace in part for s in one_trace[-1:]])
        else:
            with play.collector(name + "-front", balancer(key), A=a.grpc, B=b.grpc) as front:
                # The ports decide where a service goes. Of 50 pairs of services, more than 36 go the same way
                # once in two thousand runs.
                for n in range(50):
                    part = traffic.all[n::50]
                    post(front.http, [s for one_trace in part for s in one_trace[:-1]], "cart-%d" % n)
                    post(front.http, [s for one_trace in part for s in one_trace[-1:]], "payment-%d" % n)
                play.sleep(1)
                settle(a.out, 2.6, 20)
        traces = a.traces()
        for trace, spans in b.traces().items():
            traces.setdefault(trace, set()).update(spans)
    return traces


def tail_needs_affinity(play):
    wrong = []
    traffic = Traffic(23, 150, 0, 150)
    config = one(tail([ERRORS, SLOW]))
    for name, key, files, is_bad in (
            ("replicas", None, [FRONT, manifest(config, 2)], True),
            ("service", "service", [balancer("service"), manifest(config, 2)], True),
            ("trace", "traceID", [balancer("traceID"), manifest(config, 2)], False)):
        wrong += play.reports("tail-needs-affinity", files, is_bad, name)
        traces = split(play, "affinity-" + name, config, key, traffic)
        whole = sum(1 for spans in traces.values() if len(spans) == 3)
        if is_bad and whole > 110 or not is_bad and whole != 150:
            wrong.append("%s: %d of 150 traces with errors are whole" % (name, whole))
    return wrong


def mixed_probability(play):
    wrong = []
    traffic = Traffic(29, 0, 0, 600)
    base = """receivers:
  otlp/a: {protocols: {http: {endpoint: "127.0.0.1:${env:HTTP}"}}}
  otlp/b: {protocols: {http: {endpoint: "127.0.0.1:${env:HTTP2}"}}}
processors:
  probabilistic_sampler/a: {sampling_percentage: 30, hash_seed: 11}
  probabilistic_sampler/b: {sampling_percentage: 30, hash_seed: %d}
""" + TAIL + """    traces/a: {receivers: [otlp/a], processors: [probabilistic_sampler/a], exporters: [file]}
    traces/b: {receivers: [otlp/b], processors: [probabilistic_sampler/b], exporters: [file]}
"""
    for side, seed in (("bad", 22), ("good", 11)):
        wrong += play.reports("mixed-probability", [base % seed], side == "bad", side)
        with play.collector("seeds-" + side, base % seed) as c:
            send(c.http, [t[:2] for t in traffic.all])
            send(c.http2, [t[2:] for t in traffic.all])
            traces = c.traces(quiet=1.5)
        whole = sum(1 for spans in traces.values() if len(spans) == 3)
        parts = len(traces) - whole
        if side == "bad" and parts < 150 or side == "good" and parts:
            wrong.append("%s: %d whole, %d in part" % (side, whole, parts))
    return wrong


def arrives(play, rule, name, bad, good, lint_bad, lint_good):
    """Through an exporter to a second Collector: nothing arrives, or all of it."""
    wrong = play.reports(rule, [lint_bad], True, "bad") + play.reports(rule, [lint_good], False, "good")
    traffic = Traffic(31, 0, 0, 50)
    sink = HEAD + TAIL + "    traces: {receivers: [otlp], exporters: [file]}\n"
    for side, exporter in (("bad", bad), ("good", good)):
        with play.collector("%s-%s-sink" % (name, side), sink) as to:
            config = (HEAD + "exporters:\n" + exporter +
                      "service:\n  telemetry: {metrics: {level: none}, logs: {level: info}}\n  pipelines:\n"
                      "    traces: {receivers: [otlp], exporters: [%s]}\n" % exporter.split(":")[0].strip())
            with play.collector("%s-%s" % (name, side), config, TO_HTTP=to.http, TO_GRPC=to.grpc) as c:
                send(c.http, traffic.all)
                arrived = len(settle(to.out, 2, 10))
        near("%s: traces that arrive" % side, arrived, 50 if side == "good" else 0, 0, wrong)
    return wrong


def lint(exporter):
    return (HEAD + "exporters:\n" + exporter + "service:\n  pipelines:\n"
            "    traces: {receivers: [otlp], exporters: [%s]}\n" % exporter.split(":")[0].strip())


def wrong_port(play):
    def http(where):
        return "  otlp_http: {endpoint: \"http://%s\"}\n" % where
    wrong = arrives(play, "wrong-port", "port-http", http("127.0.0.1:${env:TO_GRPC}"), http("127.0.0.1:${env:TO_HTTP}"),
                    lint(http("gateway:4317")), lint(http("gateway:4318")))

    def grpc(where):
        return "  otlp_grpc: {endpoint: \"%s\", tls: {insecure: true}}\n" % where
    return wrong + arrives(play, "wrong-port", "port-grpc", grpc("127.0.0.1:${env:TO_HTTP}"), grpc("127.0.0.1:${env:TO_GRPC}"),
                           lint(grpc("gateway:4318")), lint(grpc("gateway:4317")))


def wrong_path(play):
    def http(path):
        return "  otlp_http: {endpoint: \"http://127.0.0.1:${env:TO_HTTP}%s\"}\n" % path
    return arrives(play, "wrong-path", "path", http("/v1/traces"), http(""),
                   lint("  otlp_http: {endpoint: \"http://gateway:4318/v1/traces\"}\n"),
                   lint("  otlp_http: {endpoint: \"http://gateway:4318\"}\n"))


def wrong_path_signal(play):
    def http(path):
        return "  otlp_http: {traces_endpoint: \"http://127.0.0.1:${env:TO_HTTP}%s\"}\n" % path
    return arrives(play, "wrong-path", "signal", http(""), http("/v1/traces"),
                   lint("  otlp_http: {traces_endpoint: \"http://gateway:4318\"}\n"),
                   lint("  otlp_http: {traces_endpoint: \"http://gateway:4318/v1/traces\"}\n"))


def unused_component(play):
    """A tail_sampling that no pipeline names keeps everything."""
    good = one(tail([ERRORS, SLOW]))
    return shares(play, "unused-component", good.replace("processors: [tail_sampling]", "processors: []"), good,
                  {"routine": ((1, 1), (0, 0))}, Traffic(37, 50, 0, 100))


def everything_kept(play):
    good = one(tail([ERRORS, SLOW, share(10)]))
    return shares(play, "everything-kept", one("  memory_limiter: {check_interval: 1s, limit_mib: 500}\n", "[memory_limiter]"),
                  good, {"routine": ((1, 1), (0.02, 0.2))}, Traffic(41, 50, 50, 300), options=("--traces-per-second", "500"))


def debug_in_production(play):
    wrong = []
    traffic = Traffic(43, 0, 0, 30)
    base = HEAD + "exporters:\n  file: {path: \"${env:OUT}\", flush_interval: 100ms}\n  debug: {verbosity: %s}\n" \
        "service:\n  telemetry: {metrics: {level: none}, logs: {level: info}}\n  pipelines:\n" \
        "    traces: {receivers: [otlp], exporters: [file, debug]}\n"
    for side, verbosity in (("bad", "detailed"), ("good", "basic")):
        config = base % verbosity
        wrong += play.reports("debug-in-production", [config], side == "bad", side)
        with play.collector("debug-" + side, config) as c:
            send(c.http, traffic.all)
            c.traces(quiet=1)
            with open(c.log_name) as f:
                lines = sum(1 for _ in f)
        if side == "bad" and lines < 90 * 8 or side == "good" and lines > 60:
            wrong.append("%s: %d lines of log for 90 spans" % (side, lines))
    return wrong


def refused(play):
    """What the Collector itself refuses, or warns of: fixtures of the rules through `otelcol validate`."""
    wrong = []
    for rule, name, word in (("undefined-component", "bad_typo", "otlp_grcp"), ("undefined-component", "bad_processor", "batch"),
                             ("deprecated-component", "bad_removed", "logging"), ("unknown-key", "bad_typo", "decision_waits"),
                             ("unknown-key", "bad_nested", "max_elapsed"), ("unknown-key", "bad_values", "proportionate"), ("undefined-component", "ok_good", "")):
        path = "rules/sampling/%s/%s.yaml" % (rule, name)
        ran = subprocess.run([play.otelcol, "validate", "--config", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if (ran.returncode != 0) != bool(word) or word not in ran.stdout:
            wrong.append("%s: otelcol validate gives %d: %s" % (path, ran.returncode, ran.stdout[:300]))
    return wrong


SCENARIOS = [head_before_tail, tail_without_errors, tail_without_latency, tail_without_baseline, defeated_always,
             defeated_inverted, defeated_nested, defeated_block, defeated_limit_first, defeated_order, metrics_after_sampling,
             metrics_after_threshold, metrics_cardinality, decision_wait_too_short, trace_buffer_too_small,
             tail_needs_affinity, mixed_probability, wrong_port, wrong_path, wrong_path_signal, unused_component, everything_kept,
             debug_in_production, refused]
