#!/usr/bin/env python3
"""Receivers that misbehave: every span is delivered once or counted as dropped, no call of the program
waits, memory stays bounded, deadlines hold.

	hostile.py POUR DIR [--only NAME]
"""
import argparse
import email.utils
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import otlp

LONGEST_CALL_US = 400_000  # every receiver that makes one wait does so for longer
GROWN_KB = 64 * 1024


class Receiver:
    """Answers as `plan` says: a function from the request's number to an action, see Handler."""

    def __init__(self, plan, port=0, path="/v1/traces"):
        self.plan = plan
        self.delivered = []     # numbers of spans whose request was answered well
        self.times = []         # when each request came
        self.sizes = []         # its number of spans
        self.wrong = []
        self.bytes, self.headers, self.nr_busy, self.most_busy = [], [], 0, 0
        self.path = path
        self.connections = []
        self.lock = threading.Lock()
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", port), self.handler())
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def stop(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        end = time.monotonic() + 5  # who has just answered has yet to note what it keeps
        while self.nr_busy and time.monotonic() < end:
            time.sleep(0.01)
        with self.lock:  # connections that were kept alive go with it
            for connection in self.connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def handler(outer):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def log_message(self, *_):
                pass

            def setup(self):
                super().setup()
                with outer.lock:
                    outer.connections.append(self.connection)

            def do_POST(self):
                with outer.lock:
                    outer.nr_busy += 1
                    outer.most_busy = max(outer.most_busy, outer.nr_busy)
                try:
                    self.receive()
                except (BrokenPipeError, ConnectionResetError):
                    pass
                finally:
                    with outer.lock:
                        outer.nr_busy -= 1

            def receive(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                spans = otlp.from_json(body) if "json" in self.headers["Content-Type"] \
                    else otlp.from_protobuf(body)
                numbers = [s["attributes"]["n"][1] for s in spans]
                with outer.lock:
                    nr = len(outer.times)
                    outer.times.append(time.monotonic())
                    outer.sizes.append(len(spans))
                    outer.bytes.append(int(self.headers["Content-Length"]))
                    outer.headers.append(self.headers)
                    if not self.headers["User-Agent"].startswith("OTel-OTLP-Exporter-C/"):
                        outer.wrong.append("User-Agent is %r" % self.headers["User-Agent"])
                    if self.path != outer.path:
                        outer.wrong.append("path is %r" % self.path)
                self.act(outer.plan(nr), numbers)

            def act(self, action, numbers):
                what, *more = action if isinstance(action, tuple) else (action,)
                if what == "slow":
                    outer.released.wait(more[0])
                    what = "ok"
                if what == "hang":
                    outer.released.wait(60)
                    self.close_connection = True
                elif what == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                               b"\1\0\0\0\0\0\0\0")
                    self.close_connection = True
                    self.connection.close()
                elif what == "ok":
                    self.answer(200, b"")
                    self.keep(numbers)
                elif what == "partial":  # so many of them are refused
                    nr, message = more
                    response = otlp.Response()
                    response.partial_success.rejected_spans = nr
                    response.partial_success.error_message = message
                    self.answer(200, self.encode(response, nr, message))
                    self.keep(numbers[max(0, min(nr, len(numbers))):])
                elif what == "garbage":
                    self.answer(200, bytes(range(256)) * 8)
                    self.keep(numbers)
                elif what == "cut":  # the answer ends in the middle: nobody can know what was kept
                    self.send_response(200)
                    self.send_header("Content-Length", "1000")
                    self.end_headers()
                    self.wfile.write(b"x" * 10)
                    self.wfile.flush()
                    self.close_connection = True
                elif what == "huge":
                    self.send_response(more[0])
                    self.send_header("Content-Length", str(256 << 20))
                    self.end_headers()
                    block = b"\0" * (1 << 20)
                    for _ in range(256):
                        self.wfile.write(block)
                    if more[0] == 200:
                        self.keep(numbers)
                elif what == "endless-header":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
                    for _ in range(64):
                        self.wfile.write(b"y" * (1 << 20))
                    self.close_connection = True
                elif what == "not-http":
                    self.wfile.write(b"\x15\x03\x01\x00\x02\x02\x46 220 hello\r\n")
                    self.close_connection = True
                else:
                    self.answer(what, b"no", more[0] if more else None)

            def encode(self, response, nr, message):
                if "json" in self.headers["Content-Type"]:
                    return json.dumps({"partialSuccess": {"rejectedSpans": str(nr),
                                                          "errorMessage": message}}).encode()
                return response.SerializeToString()

            def answer(self, code, body, retry_after=None):
                self.send_response(code)
                self.send_header("Content-Type", self.headers["Content-Type"])
                self.send_header("Content-Length", str(len(body)))
                if retry_after is not None:
                    self.send_header("Retry-After", retry_after() if callable(retry_after)
                                     else str(retry_after))
                self.end_headers()
                self.wfile.write(body)
                self.wfile.flush()

            def keep(self, numbers):
                with outer.lock:
                    outer.delivered += numbers

        return Handler


class Trial:
    """One run of pour against one receiver, and what is asked of the outcome."""

    def __init__(self, pour, plan, *args, port=0, meanwhile=None, timeout=90, variables=None,
                 path="/v1/traces"):
        """`variables`: what the environment says, "%d" being the port; it is all that counts then."""
        self.receiver = Receiver(plan, port, path) if plan else None
        url_port = self.receiver.port if self.receiver else port
        env = {k: v for k, v in os.environ.items()
               if not k.startswith(("OTEL_", "CTEL_")) and not k.lower().endswith("_proxy")}
        url = "http://127.0.0.1:%d/v1/traces" % url_port
        if variables:
            env.update({k: v.replace("%d", str(url_port)) for k, v in variables.items()})
            url = "-"
        process = subprocess.Popen([pour, url, *map(str, args)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
                                   start_new_session=True)
        try:
            if meanwhile:
                meanwhile(self)
            out, err = process.communicate(timeout=timeout)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # its own session: also a child that it forked
            process.wait()
            raise
        finally:
            if self.receiver:
                self.receiver.stop()
        self.messages = err.decode(errors="replace")
        lines = [line for line in out.decode().splitlines() if line.startswith("{")]
        if process.returncode or not lines:
            raise AssertionError("pour ended with %d: %s" % (process.returncode, self.messages[-300:]))
        self.stats = [json.loads(line) for line in lines]
        self.wrong = list(self.receiver.wrong if self.receiver else [])
        self.delivered = self.receiver.delivered if self.receiver else []
        self.accounts()

    def accounts(self):
        ended = sum(s["ended"] for s in self.stats)
        dropped = sum(s["dropped"] for s in self.stats)
        unique = len(set(self.delivered))
        self.ended, self.dropped = ended, dropped
        if unique != len(self.delivered):
            self.wrong.append("%d spans were delivered twice" % (len(self.delivered) - unique))
        if unique + dropped != ended:
            self.wrong.append("%d delivered + %d dropped is not %d ended" % (unique, dropped, ended))
        for s in self.stats:
            if s["exported"] + s["dropped"] != s["ended"]:
                self.wrong.append("exported %(exported)d + dropped %(dropped)d is not ended %(ended)d" % s)
            if s["queued"]:
                self.wrong.append("%d still queued after the shutdown" % s["queued"])
            if s["longest_us"] > LONGEST_CALL_US:
                self.wrong.append("a call took %d µs" % s["longest_us"])
            if s["grown_kb"] > GROWN_KB * (4 if s["sanitized"] else 1):  # AddressSanitizer keeps what is freed
                self.wrong.append("memory grew by %d kB" % s["grown_kb"])

    def must(self, condition, why):
        if not condition:
            self.wrong.append("%s (delivered %d, requests %s, %s)" % (
                why, len(self.delivered), self.receiver.sizes[:12] if self.receiver else "-",
                json.dumps(self.stats)))


def first(n, action, then="ok"):
    return lambda nr: action if nr < n else then


def always(action):
    return lambda nr: action


QUICK = ("--backoff", 50, "--delay", 50)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- the receivers: each function is a test

def good(pour):
    for more in ((), ("--json",), ("--plain",), ("--json", "--plain"), ("--poll",)):
        t = Trial(pour, always("ok"), "--spans", 3000, "--queue", 4000, *more)
        t.must(t.dropped == 0, "all arrive, with %s" % (more,))
        yield t


def threads(pour):
    t = Trial(pour, always("ok"), "--spans", 40000, "--threads", 24, "--queue", 50000)
    t.must(t.dropped == 0, "24 threads, nothing dropped")
    yield t


def forked(pour):
    """The child begins while the parent's worker is in the middle of an export; often, because where
    exactly is a matter of luck."""
    t = Trial(pour, always("ok"), "--spans", 10)
    if t.stats[0]["sanitized"]:
        print("skipped: forks, because gcc 12's AddressSanitizer may hang in a child of several threads")
        yield t
        return
    for i in range(60):
        t = Trial(pour, always("ok"), "--spans", 800, "--fork", "--delay", 60000, "--queue", 4000,
                  "--batch", 200, "--concurrent", 1 + i % 3)
        t.must(len(t.stats) == 2, "parent and child report")
        t.must(t.dropped == 0 and len(t.delivered) == 1600, "both halves arrive once")
        if t.wrong:
            break
    yield t


def concurrent(pour):
    """Several requests at once: as many as were asked for, each with its own outcome."""
    waiting = ("--spans", 3072, "--batch", 256, "--queue", 4000, "--delay", 60000, "--shutdown", 20000)
    for nr, more in ((1, ()), (4, ()), (4, ("--json",)), (3, ("--poll",))):
        t = Trial(pour, always(("slow", 0.15)), *waiting, "--concurrent", nr, *more)
        t.must(t.dropped == 0 and t.receiver.most_busy == nr,
               "%d at once, and never more: %d" % (nr, t.receiver.most_busy))
        t.must(max(t.receiver.sizes) <= 256, "none is larger than a batch")
        yield t
    odd = lambda nr: (503, 429, ("slow", 0.1), 400, "reset", "ok", ("partial", 7, "no"))[nr % 7]
    t = Trial(pour, odd, *waiting, "--concurrent", 4, "--backoff", 20, "--attempts", 20)
    t.must(t.dropped and t.dropped < 2048 and t.stats[0]["retried"], "some fail, some are sent again")
    t.must(t.stats[0]["rejected"] % 7 == 0, "the rejected are counted for each")
    yield t
    t = Trial(pour, lambda nr: "hang" if nr == 1 else "ok", *waiting, "--concurrent", 4, "--timeout", 1500,
              "--attempts", 1)
    t.must(t.dropped == t.receiver.sizes[1] > 0, "one that hangs holds up the others, and loses none of them")
    yield t
    t = Trial(pour, always("hang"), *waiting[:-1], 1000, "--concurrent", 4, "--flush", 500)
    t.must(t.dropped == 3072 and t.stats[0]["shutdown_ms"] < 2500, "deadlines hold")
    yield t
    t = Trial(pour, always(("slow", 0.1)), "--spans", 3000, "--queue", 4000, "--shutdown", 20000,
              variables={"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:%d",
                         "CTEL_OTLP_CONCURRENT_REQUESTS": "3", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "200"})
    t.must(t.dropped == 0 and t.receiver.most_busy == 3, "the variable: %d" % t.receiver.most_busy)
    yield t


def down(pour):
    t = Trial(pour, None, "--spans", 5000, "--shutdown", 1500, *QUICK, port=free_port())
    t.must(t.dropped == 5000, "all are counted as dropped")
    t.must(t.stats[0]["shutdown_ms"] < 3000, "the shutdown's deadline holds")
    yield t


def hanging(pour):
    t = Trial(pour, always("hang"), "--spans", 5000, "--flush", 500, "--shutdown", 1000, *QUICK)
    t.must(t.dropped == 5000, "all are counted as dropped")
    t.must(t.stats[0]["flush_ms"] < 2000 and t.stats[0]["flush_rc"] < 0, "the flush's deadline holds")
    t.must(t.stats[0]["shutdown_ms"] < 2500, "the shutdown's deadline holds")
    yield t


def slow(pour):
    t = Trial(pour, always(("slow", 0.5)), "--spans", 4000, "--gap", 200, "--queue", 5000,
              "--shutdown", 20000, *QUICK)
    t.must(t.dropped == 0, "all arrive in the end")
    yield t


def flood(pour):
    t = Trial(pour, always(("slow", 1)), "--spans", 200000, "--threads", 4, "--shutdown", 3000, *QUICK)
    t.must(t.dropped > 100000, "most do not fit the queue and are counted")
    yield t


def throttled(pour):
    t = Trial(pour, first(2, (429, 1)), "--spans", 300, "--shutdown", 20000, *QUICK)
    t.must(t.dropped == 0, "all arrive after the retries")
    t.must(t.stats[0]["retried"] >= 2, "the retries are counted")
    gaps = [b - a for a, b in zip(t.receiver.times, t.receiver.times[1:])]
    t.must(len(gaps) >= 2 and min(gaps[:2]) >= 0.95, "Retry-After: 1 is waited for: %s" % gaps[:2])
    yield t
    soon = lambda: email.utils.formatdate(time.time() + 2.5, usegmt=True)
    t = Trial(pour, first(1, (503, soon)), "--spans", 300, "--shutdown", 20000, *QUICK)
    gaps = [b - a for a, b in zip(t.receiver.times, t.receiver.times[1:])]
    t.must(t.dropped == 0 and gaps and gaps[0] >= 1.2, "a date in Retry-After is waited for: %s" % gaps[:1])
    yield t
    for bad in ("-1", "99999999999999999999", "soon", "", "1.5", "0"):
        t = Trial(pour, first(1, (429, bad)), "--spans", 50, "--shutdown", 3000, "--timeout", 2000, *QUICK)
        t.must(t.stats[0]["shutdown_ms"] < 5000, "Retry-After: %s does not stop anything" % bad)
        yield t


def retryable(pour):
    for code in (429, 502, 503, 504):
        t = Trial(pour, first(2, code), "--spans", 300, *QUICK)
        t.must(t.dropped == 0 and t.stats[0]["retried"] >= 2, "%d is retried" % code)
        yield t
    t = Trial(pour, always(503), "--spans", 300, "--attempts", 3, "--batch", 512, "--queue", 600,
              "--delay", 300, "--backoff", 20)
    t.must(t.dropped == 300 and len(t.receiver.sizes) <= 9, "retries end")
    yield t


def refused(pour):
    for code in (400, 401, 403, 404, 413, 500, 501):
        t = Trial(pour, always(code), "--spans", 300, "--batch", 512, "--delay", 300)
        t.must(t.dropped == 300 and t.stats[0]["retried"] == 0, "%d is not retried" % code)
        yield t


def partial(pour):
    for more in ((), ("--json",)):
        t = Trial(pour, always(("partial", 3, "too \"long\"\n")), "--spans", 100, "--delay", 400, *more)
        t.must(t.stats[0]["rejected"] == 3 * len(t.receiver.sizes), "the rejected are counted %s" % (more,))
        t.must(t.stats[0]["retried"] == 0, "a partial success is never retried")
        t.must("too" in t.messages, "its message is logged")
        yield t
        t = Trial(pour, always(("partial", 0, "a warning")), "--spans", 100, *more)
        t.must(t.dropped == 0, "a warning drops nothing")
        yield t
    t = Trial(pour, always(("partial", 2**40, "all and more")), "--spans", 100)
    t.must(t.dropped == 100, "no more than there were are rejected")
    yield t
    t = Trial(pour, always(("partial", -5, "less than none")), "--spans", 100)
    t.must(t.dropped == 0, "a negative number rejects nothing")
    yield t
    t = Trial(pour, always("garbage"), "--spans", 100)
    t.must(t.dropped == 0, "what cannot be read in a 200 changes nothing")
    yield t


def broken(pour):
    t = Trial(pour, first(1, "cut"), "--spans", 300, *QUICK)
    t.must(t.stats[0]["exported"] + t.dropped == 300, "an answer that is cut")
    yield t
    t = Trial(pour, first(2, "reset"), "--spans", 300, *QUICK)
    t.must(t.dropped == 0, "a connection that is reset is tried again")
    yield t
    t = Trial(pour, first(1, "not-http"), "--spans", 300, *QUICK)
    yield t
    t = Trial(pour, first(1, "endless-header"), "--spans", 300, *QUICK)
    yield t


def enormous(pour):
    for code in (200, 503, 400):
        t = Trial(pour, first(1, ("huge", code)), "--spans", 300, "--timeout", 5000, *QUICK)
        t.must(t.stats[0]["grown_kb"] < 2 * GROWN_KB, "256 MiB of answer are not kept")
        # Whether those of the first request count as delivered is up to the SDK; not so their number.
        t.wrong = [w for w in t.wrong if "delivered" not in w or "counted" in w]
        t.must(t.stats[0]["exported"] + t.dropped == t.ended, "the accounts")
        yield t


def environment(pour):
    def of(variables, path="/v1/traces", plan="ok", spans=50, more=()):
        return Trial(pour, always(plan), "--spans", spans, "--queue", 4000, *more, path=path,
                     variables={"OTEL_EXPORTER_OTLP_" + k: v for k, v in variables.items()})

    t = of({"ENDPOINT": "http://127.0.0.1:%d"})
    t.must(t.dropped == 0 and "protobuf" in t.receiver.headers[0]["Content-Type"], "the endpoint, protobuf")
    yield t
    t = of({"ENDPOINT": "http://127.0.0.1:%d/prefix/"}, path="/prefix/v1/traces")
    t.must(t.dropped == 0, "the endpoint's own path stays")
    yield t
    # what is said for traces is stronger, and the URL is used as it is
    t = of({"TRACES_ENDPOINT": "http://127.0.0.1:%d/own", "ENDPOINT": "http://127.0.0.1:1"}, path="/own")
    t.must(t.dropped == 0, "the traces' endpoint as it is")
    yield t
    t = of({"ENDPOINT": "http://127.0.0.1:%d", "HEADERS": "x-tenant=t%201,authorization=Bearer%20a%3Db,x-two=2"})
    t.must(t.dropped == 0 and t.receiver.headers[0]["x-tenant"] == "t 1" and
           t.receiver.headers[0]["authorization"] == "Bearer a=b" and t.receiver.headers[0]["x-two"] == "2",
           "headers, percent-decoded: %s" % dict(t.receiver.headers[0]))
    yield t
    t = of({"ENDPOINT": "http://127.0.0.1:%d", "HEADERS": "x-a=general", "TRACES_HEADERS": "x-a=traces"})
    t.must(t.receiver.headers[0]["x-a"] == "traces", "the traces' headers are stronger")
    yield t
    for protocol, content in (("http/json", "application/json"), ("http/protobuf", "application/x-protobuf")):
        t = of({"ENDPOINT": "http://127.0.0.1:%d", "PROTOCOL": protocol})
        t.must(t.receiver.headers[0]["Content-Type"] == content, protocol)
        yield t
    for compression in ("gzip", "none"):
        t = of({"ENDPOINT": "http://127.0.0.1:%d", "COMPRESSION": compression})
        t.must((t.receiver.headers[0]["Content-Encoding"] == "gzip") == (compression == "gzip"), compression)
        yield t
    t = of({"ENDPOINT": "http://127.0.0.1:%d", "TIMEOUT": "300"}, plan="hang", more=("--shutdown", 10000))
    t.must(t.dropped == 50 and t.stats[0]["shutdown_ms"] < 4000, "the timeout")
    yield t


def oversized(pour):
    t = Trial(pour, always("ok"), "--spans", 600, "--max-request", 20000, "--plain", "--queue", 1000)
    t.must(all(n <= 20000 for n in t.receiver.bytes), "no request is larger than said: %s" % t.receiver.bytes)
    yield t
    t = Trial(pour, always("ok"), "--spans", 10, "--max-request", 50, "--plain")
    t.must(t.dropped == 10 and not t.receiver.bytes, "what never fits is dropped")
    yield t


def restarted(pour):
    port = free_port()
    gone = []

    def meanwhile(t):
        time.sleep(0.6)
        old = t.receiver
        old.stop()
        time.sleep(1)
        t.receiver = Receiver(always("ok"), port)
        gone.append(old)
        time.sleep(0.1)

    t = Trial(pour, always("ok"), "--spans", 2000, "--gap", 1000, "--queue", 5000, "--timeout", 8000,
              "--attempts", 20, "--shutdown", 15000, *QUICK, port=port, meanwhile=meanwhile)
    t.wrong = [w for w in t.wrong if "delivered" not in w]
    t.delivered = t.delivered + gone[0].delivered
    t.must(len(set(t.delivered)) == len(t.delivered), "nothing comes twice")
    t.must(len(t.delivered) + t.dropped == t.ended, "delivered and dropped are all")
    t.must(t.dropped == 0, "nothing is lost over a restart")
    t.must(gone[0].delivered and len(gone[0].delivered) < 2000, "the receiver went away in the middle")
    yield t


TESTS = [good, threads, forked, concurrent, down, hanging, slow, flood, throttled, retryable, refused, partial,
         broken, enormous, environment, oversized, restarted]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("pour")
    p.add_argument("--only")
    a = p.parse_args()
    passed = failed = spans = 0
    longest = grown = 0
    for test in TESTS:
        if a.only and test.__name__ != a.only:
            continue
        again = "again: make test-sdk-hostile ONLY=" + test.__name__
        try:
            for t in test(a.pour):
                spans += t.ended
                longest = max([longest] + [s["longest_us"] for s in t.stats])
                grown = max([grown] + [s["grown_kb"] for s in t.stats])
                if t.wrong:
                    failed += 1
                    print("FAIL sdk-hostile %s: %s | %s" % (test.__name__, t.wrong[0], again))
                    for line in t.wrong[1:5]:
                        print("    " + line)
                else:
                    passed += 1
        except (AssertionError, OSError, subprocess.TimeoutExpired) as e:
            failed += 1
            print("FAIL sdk-hostile %s: %s: %s | %s" % (test.__name__, type(e).__name__, e, again))
    print("%d spans ended; the longest call took %d µs, memory grew by %d kB at most" % (spans, longest, grown))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
