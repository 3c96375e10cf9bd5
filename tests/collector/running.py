"""A Collector that runs with the lab's configurations, on free ports of the loopback."""
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

LOADED = re.compile(r'^([a-z_]+)\{?(.*?)\}? ([0-9.e+]+)$')
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')


def free_ports(nr):
    sockets = [socket.socket() for _ in range(nr)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("OTEL_", "AWS_", "GATEWAY")) and not k.lower().endswith("_proxy")}
    env.update({k: str(v) for k, v in more.items()})
    return env


def wait_for(what, condition, patience):
    """Until condition() is true; what it returned."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise RuntimeError("not within %d s: %s" % (patience, what))
        time.sleep(0.1)


class Collector:
    def __init__(self, program, directory, name, configs, **env):
        grpc, http, metrics, own, health = free_ports(5)
        self.http, self.grpc, self.metrics_port, self.own_port = http, grpc, metrics, own
        self.log_path = os.path.join(directory, name + ".log")
        self.log = open(self.log_path, "w")
        command = [program]
        for config in configs:
            command += ["--config", config]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment(
            OTLP_GRPC="127.0.0.1:%d" % grpc, OTLP_HTTP="127.0.0.1:%d" % http,
            METRICS="127.0.0.1:%d" % metrics, SELF_PORT=own, HEALTH="127.0.0.1:%d" % health, **env))
        try:
            wait_for("%s listens (see %s)" % (name, self.log_path), self.listens, 60)
        except BaseException:
            self.stop()
            raise

    def listens(self):
        if self.process.poll() is not None:
            raise RuntimeError("the Collector ended: see " + self.log_path)
        for port in (self.http, self.grpc):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return True
            except OSError:
                pass
        return False

    def post(self, body, patience=30):
        """Sends a request, and again while the Collector says that it has no room, as OTLP wants it."""
        request = urllib.request.Request("http://127.0.0.1:%d/v1/traces" % self.http, body,
                                         {"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        end = time.monotonic() + patience
        while True:
            try:
                with opener.open(request, timeout=60) as answer:
                    answer = json.loads(answer.read() or b"{}")
                break
            except urllib.error.HTTPError as error:
                if error.code != 503 or time.monotonic() > end:
                    raise
                time.sleep(0.2)
        if answer.get("partialSuccess", {}).get("rejectedSpans"):
            raise RuntimeError("spans were rejected: %s" % answer)

    def scrape(self, port):
        """[(name, labels, value)] of a page of metrics."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        found = []
        with opener.open("http://127.0.0.1:%d/metrics" % port, timeout=20) as page:
            for line in page.read().decode().splitlines():
                match = not line.startswith("#") and LOADED.match(line)
                if match:
                    found.append((match[1], dict(LABEL.findall(match[2])), float(match[3])))
        return found

    def own_sum(self, name, **labels):
        """A metric of the Collector about itself, summed up."""
        return sum(value for n, have, value in self.scrape(self.own_port)
                   if n in (name, name + "_total") and all(have.get(k) == v for k, v in labels.items()))

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self.log.close()


def batches_of(path):
    """The spans of each line of a file of OTLP JSON lines, whole lines only."""
    if not os.path.exists(path):
        return
    with open(path, "rb") as f:
        for line in f:
            if not line.endswith(b"\n"):
                return
            yield [span for resource in json.loads(line)["resourceSpans"]
                   for scope in resource["scopeSpans"] for span in scope["spans"]]


def spans_of(path):
    """(trace id, span) of such a file."""
    for batch in batches_of(path):
        for span in batch:
            yield span["traceId"], span
