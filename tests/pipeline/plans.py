"""Configurations whose kept shares `--plan` foretells: name, policies or whole pipelines, and how they are fed."""

HEAD = """receivers:
  otlp:
    protocols:
      http: {endpoint: "127.0.0.1:${env:HTTP}"}
      grpc: {endpoint: "127.0.0.1:${env:GRPC}"}
"""
TAIL = """exporters:
  file: {path: "${env:OUT}", flush_interval: 100ms}
service:
  telemetry: {metrics: {level: none}, logs: {level: info}}
  pipelines:
"""


def tail(policies, extra="", wait="1s"):
    return ("  tail_sampling:\n    decision_wait: %s\n    num_traces: 20000\n%s    policies:\n" % (wait, extra) +
            "".join("      - %s\n" % p for p in policies))


def one(processors, names="[tail_sampling]"):
    return (HEAD + "processors:\n" + processors + TAIL +
            "    traces: {receivers: [otlp], processors: %s, exporters: [file]}\n" % names)


ERRORS = "{name: errors, type: status_code, status_code: {status_codes: [ERROR]}}"
SLOW = "{name: slow, type: latency, latency: {threshold_ms: 1000}}"


def share(percent, name="share", salt=""):
    return "{name: %s, type: probabilistic, probabilistic: {sampling_percentage: %s%s}}" % (
        name, percent, ", hash_salt: " + salt if salt else "")


def sampler(percent, extra=""):
    return "  probabilistic_sampler: {sampling_percentage: %s%s}\n" % (percent, extra)


LIMIT = "{name: limit, type: rate_limiting, rate_limiting: {spans_per_second: 60, burst_capacity: 60}}"

# name: (configurations, seconds of steady traffic or 0)
PLANS = {
    "usual": ([one(tail([ERRORS, SLOW, share(10)]))], 0),
    "share": ([one(tail([share(25)]))], 0),
    "nested": ([one(tail([share(10, "a"), share(20, "b")]))], 0),
    "salted": ([one(tail([share(10, "a", "x"), share(20, "b", "y")]))], 0),
    "and": ([one(tail([
        "{name: some-errors, type: and, and: {and_sub_policy: [%s, %s]}}" % (ERRORS, share(50)), SLOW]))], 0),
    "not": ([one(tail(["{name: fine, type: not, not: {not_sub_policy: %s}}" % ERRORS]))], 0),
    "drop": ([one(tail(["{name: no-slow, type: drop, drop: {drop_sub_policy: [%s]}}" % SLOW, ERRORS, share(40)]))], 0),
    "drop-some": ([one(tail([
        "{name: thin, type: drop, drop: {drop_sub_policy: [%s, %s]}}" % (ERRORS, share(50, "half", "z")),
        "{name: all, type: always_sample}"]))], 0),
    "sampler": ([one(sampler(30), "[probabilistic_sampler]")], 0),
    "proportional": ([one(sampler(30, ", mode: proportional"), "[probabilistic_sampler]")], 0),
    "sampler-then-tail": ([one(sampler(40) + tail([ERRORS, share(50)]), "[probabilistic_sampler, tail_sampling]")], 0),
    "forward": ([HEAD + "connectors: {forward: }\nprocessors:\n" + tail([ERRORS, share(20)]) + TAIL +
                 "    traces/in: {receivers: [otlp], exporters: [forward]}\n"
                 "    traces/out: {receivers: [forward], processors: [tail_sampling], exporters: [file]}\n"], 0),
    "two-tiers": ([
        HEAD + "exporters:\n  load_balancing:\n    protocol: {otlp: {tls: {insecure: true}}}\n"
        "    resolver: {static: {hostnames: [\"127.0.0.1:${env:NEXT}\"]}}\n"
        "service:\n  telemetry: {metrics: {level: none}, logs: {level: info}}\n  pipelines:\n"
        "    traces: {receivers: [otlp], exporters: [load_balancing]}\n",
        one(tail([ERRORS, SLOW, share(15)]))], 0),
    "limit": ([one(tail([LIMIT]))], 8),
    "first-match": ([one(tail([ERRORS, LIMIT], "    sample_on_first_match: true\n"))], 8),
    "and-limit": ([one(tail([
        "{name: few-errors, type: and, and: {and_sub_policy: [%s, "
        "{name: limit, type: rate_limiting, rate_limiting: {spans_per_second: 30, burst_capacity: 30}}]}}" % ERRORS]))], 8),
    "composite": ([one(tail([
        "{name: budget, type: composite, composite: {max_total_spans_per_second: 120, policy_order: [e, s, r], "
        "composite_sub_policy: [{name: e, type: status_code, status_code: {status_codes: [ERROR]}}, "
        "{name: s, type: latency, latency: {threshold_ms: 1000}}, {name: r, type: always_sample}], "
        "rate_allocation: [{policy: e, percent: 25}, {policy: s, percent: 50}, {policy: r, percent: 25}]}}"]))], 8),
}
