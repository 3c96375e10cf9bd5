#!/usr/bin/env python3
"""What otel-tidy says of configurations against what a running Collector does with them.

	run.py OTELCOL TIDY DIR [PART-OF-A-NAME]
"""
import math
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import harness
import pairs
import plans

AT_ONCE = 6  # mostly they wait for decisions
SIGMAS = 4.5


class Play:
    def __init__(self, otelcol, tidy, directory):
        self.otelcol, self.tidy, self.directory = otelcol, tidy, directory

    def collector(self, name, config, **more):
        return harness.Collector(self.otelcol, self.directory, name, config, **more)

    def written(self, files, name):
        paths = []
        for i, text in enumerate(files):
            paths.append(os.path.join(self.directory, "%s-%d.lint.yaml" % (name, i)))
            with open(paths[-1], "w") as f:
                f.write(text)
        return paths

    def findings(self, files, *options):
        return harness.findings(self.tidy, self.written(files, "f%d" % id(files)), *options)

    def reports(self, rule, files, is_bad, name, *options, **more):
        found = harness.findings(self.tidy, self.written(files, rule + "-" + name), "--rule", rule,
                                 *(options + tuple(more.get("options", ()))))
        if bool(found.get(rule)) == is_bad:
            return []
        return ["%s: otel-tidy reports %s" % (name, found.get(rule, "nothing"))]

    @staticmethod
    def sleep(seconds):
        time.sleep(seconds)


def within(kind, kept, nr, low, high):
    """Binomial bounds around an interval of probabilities."""
    slack_low = SIGMAS * math.sqrt(nr * low * (1 - low))
    slack_high = SIGMAS * math.sqrt(nr * high * (1 - high))
    if nr * low - slack_low <= kept <= nr * high + slack_high:
        return []
    return ["%s: %d of %d kept, foretold %g to %g" % (kind, kept, nr, low, high)]


def within_limits(kept, traffic, plan, seconds):
    """Limits let through what a second allows: one decision more or less at both ends counts as well."""
    wrong = []
    for kind in harness.CLASSES:
        nr, (low, high) = traffic.nr(kind), plan[kind]
        slack = SIGMAS * math.sqrt(nr * max(low, 0.02) * (1 - min(low, 0.98)))
        least = nr * low * (seconds - 1) / seconds - slack
        most = nr * min(1, high * (seconds + 2) / seconds) + slack
        if (low == high and low in (0, 1) and kept[kind] != nr * low) or not least <= kept[kind] <= most:
            wrong.append("%s: %d of %d kept, foretold %g to %g" % (kind, kept[kind], nr, low, high))
    return wrong


def run_plan(play, name, configs, seconds):
    traffic = harness.Traffic(len(name), 100, 100, 600) if seconds else harness.Traffic(len(name), 400, 400, 1200)
    options = []
    if seconds:
        n = len(traffic)
        options = ["--traces-per-second", "%g" % (n / seconds), "--spans-per-trace", "3",
                   "--errors", "%g" % (100 * traffic.nr("errors") / n), "--slow", "%g" % (100 * traffic.nr("slow") / n)]
    foretold = harness.plan(play.tidy, play.written(configs, "plan-" + name), *options)
    if len(foretold) != 1:
        return ["--plan tells of %d pipelines" % len(foretold)]
    with play.collector("plan-" + name, configs[-1]) as last:
        if len(configs) > 1:
            with play.collector("plan-" + name + "-first", configs[0], NEXT=last.grpc) as first:
                harness.send(first.http, traffic.all)
                kept = traffic.kept(last.traces())
        else:
            if seconds:
                harness.send_steadily(last.http, traffic.all, seconds)
            else:
                harness.send(last.http, traffic.all)
            kept = traffic.kept(last.traces())
    shares = foretold[0]["kept"]
    if seconds:
        return within_limits(kept, traffic, shares, seconds)
    return sum((within(k, kept[k], traffic.nr(k), *shares[k]) for k in harness.CLASSES), [])


def run(job):
    name, function = job
    try:
        return name, function()
    except (RuntimeError, OSError, ValueError, KeyError) as e:
        return name, ["%s: %s" % (type(e).__name__, e)]


def main():
    otelcol, tidy, directory = sys.argv[1:4]
    only = sys.argv[4] if len(sys.argv) > 4 else ""
    play = Play(otelcol, tidy, directory)
    os.makedirs(directory, exist_ok=True)
    jobs = [("plan " + n, lambda n=n, c=c, s=s: run_plan(play, n, c, s)) for n, (c, s) in plans.PLANS.items()]
    jobs += [(f.__name__, lambda f=f: f(play)) for f in pairs.SCENARIOS]
    jobs = [j for j in jobs if only in j[0]]
    passed = failed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, wrong in pool.map(run, jobs):
            passed += not wrong
            failed += bool(wrong)
            for line in wrong:
                print("FAIL pipeline %s: %s | again: make test-pipeline ONLY='%s'" % (name, line, name))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
