"""A real Collector, fed with traces of three classes, and what it lets through."""
import json
import os
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

CLASSES = ("errors", "slow", "routine")


def free_ports(nr):
    sockets = [socket.socket() for _ in range(nr)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class Collector:
    """Runs on one configuration until the with-block ends. The configuration takes its ports and files from
    variables: ${env:HTTP}, ${env:GRPC}, ${env:HTTP2}, ${env:OUT}, ${env:METRICS}, and what `more` has."""

    def __init__(self, program, directory, name, config, **more):
        self.program, self.name = program, name
        os.makedirs(directory, exist_ok=True)
        self.config = os.path.join(directory, name + ".yaml")
        with open(self.config, "w") as f:
            f.write(config)
        self.http, self.grpc, self.http2 = free_ports(3)
        self.out = os.path.join(directory, name + ".jsonl")
        self.metrics = os.path.join(directory, name + ".metrics.jsonl")
        self.log_name = os.path.join(directory, name + ".log")
        for path in (self.out, self.metrics):
            if os.path.exists(path):
                os.unlink(path)
        self.env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        self.env.update(HTTP=str(self.http), GRPC=str(self.grpc), HTTP2=str(self.http2), OUT=self.out,
                        METRICS=self.metrics, GOMAXPROCS="1", **{k: str(v) for k, v in more.items()})

    def __enter__(self):
        self.log = open(self.log_name, "w")
        self.process = subprocess.Popen([self.program, "--config", self.config], stdout=self.log,
                                        stderr=self.log, env=self.env)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError("the Collector ended at once: see " + self.log_name)
            with open(self.log_name) as f:
                if "Everything is ready" in f.read():
                    return self
            time.sleep(0.05)
        self.__exit__()
        raise RuntimeError("the Collector does not start: see " + self.log_name)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def traces(self, quiet=2.6, patience=25):
        """{trace id: set of span ids} once nothing came for a while; the decision takes up to three ticks."""
        return settle(self.out, quiet, patience)

    def series(self, name):
        """[(attributes, sum)] of the last export of a metric."""
        last = {}
        if not os.path.exists(self.metrics):
            return []
        with open(self.metrics) as f:
            for line in f:
                if not line.endswith("\n"):
                    break
                for rm in json.loads(line).get("resourceMetrics", []):
                    for sm in rm["scopeMetrics"]:
                        for m in sm["metrics"]:
                            if m["name"] != name:
                                continue
                            data = m.get("sum") or m.get("gauge") or {}
                            for p in data.get("dataPoints", []):
                                key = tuple(sorted((a["key"], json.dumps(a["value"])) for a in p.get("attributes", [])))
                                value = float(p.get("asInt", p.get("asDouble", 0)))
                                if data.get("aggregationTemporality") == 1:
                                    value += last.get(key, 0)
                                last[key] = value
        return list(last.items())


def spans_in(path):
    traces = {}
    if not os.path.exists(path):
        return traces
    with open(path) as f:
        for line in f:
            if not line.endswith("\n"):
                break
            for rs in json.loads(line).get("resourceSpans", []):
                for ss in rs["scopeSpans"]:
                    for span in ss["spans"]:
                        traces.setdefault(span["traceId"], set()).add(span["spanId"])
    return traces


def settle(path, quiet, patience):
    end, size, since = time.monotonic() + patience, -1, time.monotonic()
    while time.monotonic() < end:
        now = os.path.getsize(path) if os.path.exists(path) else 0
        if now != size:
            size, since = now, time.monotonic()
        if time.monotonic() - since > quiet:
            break
        time.sleep(0.1)
    return spans_in(path)


def attribute(key, value):
    return {"key": key, "value": {"stringValue": value}}


class Traffic:
    """Seeded traces: a root and children, in two services; errors end with status ERROR, slow ones take 3 s."""

    def __init__(self, seed, errors, slow, routine, spans=3, users=0):
        r = random.Random(seed)
        self.classes = {}
        self.all = []
        kinds = ["errors"] * errors + ["slow"] * slow + ["routine"] * routine
        r.shuffle(kinds)
        now = time.time_ns()
        for n, kind in enumerate(kinds):
            trace = "%032x" % r.getrandbits(128)
            self.classes[trace] = kind
            start = now - 4_000_000_000
            length = 3_000_000_000 if kind == "slow" else 20_000_000
            ids = ["%016x" % r.getrandbits(64) for _ in range(spans)]
            one = []
            for i, span in enumerate(ids):
                failed = kind == "errors" and i == spans - 1
                attributes = [attribute("http.route", "/r%d" % (n % 3))]
                if users:
                    attributes.append(attribute("user.id", "u%d" % (n % users)))
                one.append({
                    "traceId": trace, "spanId": span, "parentSpanId": ids[0] if i else "", "name": "step %d" % i,
                    "kind": 2, "startTimeUnixNano": str(start), "attributes": attributes,
                    "endTimeUnixNano": str(start + (length if i == 0 else length // 2)),
                    "status": {"code": 2} if failed else {}})
            self.all.append(one)

    def __len__(self):
        return len(self.all)

    def nr(self, kind):
        return sum(1 for k in self.classes.values() if k == kind)

    def kept(self, traces):
        """{class: number of traces of which anything is there}"""
        out = dict.fromkeys(CLASSES, 0)
        for trace in traces:
            out[self.classes[trace]] += 1
        return out


def post(port, spans, service="shop"):
    body = json.dumps({"resourceSpans": [{"resource": {"attributes": [attribute("service.name", service)]},
                                          "scopeSpans": [{"spans": spans}]}]}).encode()
    request = urllib.request.Request("http://127.0.0.1:%d/v1/traces" % port, body,
                                     {"Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as answer:
        answer.read()


def send(port, traces, at_once=100):
    for i in range(0, len(traces), at_once):
        post(port, [s for t in traces[i:i + at_once] for s in t])


def send_steadily(port, traces, seconds):
    begin, steps = time.monotonic(), seconds * 10
    for i in range(steps):
        part = traces[len(traces) * i // steps:len(traces) * (i + 1) // steps]
        wait = begin + i / 10 - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        if part:
            post(port, [s for t in part for s in t])


def findings(tidy, files, *options):
    """{rule: [message]} of what otel-tidy finds."""
    ran = subprocess.run([tidy, "pipeline", "--no-config", "--format", "json", *options, *files],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if ran.returncode not in (0, 1):
        raise RuntimeError("otel-tidy pipeline %s: exit code %d\n%s%s" % (files, ran.returncode, ran.stdout[-800:], ran.stderr))
    out = {}
    for f in json.loads(ran.stdout)["findings"]:
        out.setdefault(f["rule"], []).append(f["message"])
    return out


def plan(tidy, files, *options):
    ran = subprocess.run([tidy, "pipeline", "--no-config", "--plan", "--format", "json", *options, *files],
                         stdout=subprocess.PIPE, text=True)
    if ran.returncode:
        raise RuntimeError("otel-tidy pipeline --plan %s: exit code %d" % (files, ran.returncode))
    return json.loads(ran.stdout)["pipelines"]
