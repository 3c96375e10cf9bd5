"""Traces of three services, drawn from a seed: a few with an error, a few slow, the rest routine."""
import collections
import json
import random
import time

TENANTS = ["acme", "globex", "initech", "umbrella"]
SPANS = 5  # of each trace
# (service, name, kind, parent), as OTLP counts kinds
SHAPE = [("storefront", "POST /orders", 2, None), ("storefront", "POST", 3, 0),
         ("checkout", "POST /checkout", 2, 1), ("checkout", "charge payment", 3, 2),
         ("payment", "POST /charge", 2, 3)]
KINDS = {1: "SPAN_KIND_INTERNAL", 2: "SPAN_KIND_SERVER", 3: "SPAN_KIND_CLIENT"}


class Traffic:
    def __init__(self, seed, nr, slow_ms=60, error_share=0.03, slow_share=0.02):
        self.random = random.Random(seed)
        self.slow_ms, self.shares = slow_ms, (error_share, slow_share)
        self.traces = []                      # (id, class)
        self.calls = collections.Counter()    # (service, name, kind, status, tenant): spans
        self.nr = nr

    def draw(self):
        dice = self.random.random()
        error, slow = self.shares
        return "error" if dice < error else "slow" if dice < error + slow else "routine"

    def trace(self, now_ns):
        """One trace: a list of (service, span)."""
        r = self.random
        trace_id, kind = "%032x" % r.getrandbits(128), self.draw()
        tenant = r.choice(TENANTS)
        ms = self.slow_ms + 1 + r.random() * 400 if kind == "slow" else 1 + r.random() * (self.slow_ms * 0.6)
        ids = ["%016x" % (r.getrandbits(64) | 1) for _ in SHAPE]
        self.traces.append((trace_id, kind))
        spans = []
        for i, (service, name, span_kind, parent) in enumerate(SHAPE):
            margin = int(ms * 1e6 * i / 20)
            # An error of the last service need not show in those before it.
            failed = kind == "error" and (i >= 3 or r.random() < 0.5)
            span = {"traceId": trace_id, "spanId": ids[i], "name": name, "kind": span_kind,
                    "startTimeUnixNano": str(now_ns + margin),
                    "endTimeUnixNano": str(now_ns + int(ms * 1e6) - margin),
                    "attributes": [{"key": "tenant.id", "value": {"stringValue": tenant}}],
                    "status": {"code": 2} if failed else {}}
            if parent is not None:
                span["parentSpanId"] = ids[parent]
            spans.append((service, span))
            status = "STATUS_CODE_ERROR" if failed else "STATUS_CODE_UNSET"
            self.calls[service, name, KINDS[span_kind], status, tenant] += 1
        return spans

    def requests(self, nr, at_once=400):
        """Bodies of requests, one for each service and chunk of traces: no request has a whole trace."""
        left = nr
        while left > 0:
            chunk = min(at_once, left)
            left -= chunk
            by_service = {}
            now_ns = time.time_ns()
            for _ in range(chunk):
                for service, span in self.trace(now_ns):
                    by_service.setdefault(service, []).append(span)
            for service, spans in by_service.items():
                yield json.dumps({"resourceSpans": [{
                    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]},
                    "scopeSpans": [{"scope": {"name": "proof"}, "spans": spans}]}]}).encode()

    def of(self, kind):
        return {trace_id for trace_id, k in self.traces if k == kind}
