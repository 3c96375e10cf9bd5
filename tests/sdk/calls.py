"""Tracing calls by chance, from a seed: the script that play.c plays, and what must come out of it.

What must come out is worked out here, from the OpenTelemetry specification and the SDK's header alone;
nothing is asked of the SDK.
"""
import random
import re
import struct

from otlp import bits

NO_LIMIT = 10**9
DEFAULTS = {"attributes": 128, "events": 128, "links": 128, "event-attributes": 128,
            "link-attributes": 128, "value-length": NO_LIMIT}

# Texts that break encoders: quotes, controls, the ends of UTF-8's lengths, right-to-left, combining.
TEXTS = ["", "a", "order", "with \"quotes\" and \\ and /", "\t\r\n\b\f\x01\x1f\x7f", "grüße", "日本語",
         "\u07ff\u0800\ufffd\uffff", "\U00010000\U0010ffff", "🙂👩‍👩‍👧", "e\u0301", "שלום", "</script>",
         "\u2028\u2029", "%00%", "x" * 127, "y" * 128, "z" * 16383, "ü" * 70]
INTS = [0, 1, -1, 127, 128, -128, 2**31 - 1, -2**31, 2**53, 2**53 + 1, 2**63 - 1, -2**63]
DOUBLES = [0.0, -0.0, 1.0, -1.5, 0.1, 1e308, 5e-324, 2.2250738585072014e-308, 1 / 3, 1e15, 1e16, 1e17,
           123456789012345680.0, float("inf"), float("-inf"), float("nan")]


def word(text):
    """A string of the script; bytes go as they are."""
    if text is None:
        return "-"
    return "." + (text if isinstance(text, bytes) else text.encode("utf-8")).hex()


class Calls:
    """One run: .lines is the script, .expected the spans by id; see otlp.py for their form.

    common: only what opentelemetry-cpp 1.19 does in the same form: no limits, no key twice, no status
    twice, no links after the start, no errors and exceptions, and every span ended."""

    def __init__(self, seed, spans=60, limits=None, binary=True, huge=False, drop_open=True, common=False):
        self.random = random.Random(seed)
        self.limits = dict(DEFAULTS, **(limits or {}))
        self.options = [x for k, v in (limits or {}).items() for x in ("--" + k, str(v))]
        self.binary = binary
        self.lines = []
        self.expected = {}
        self.open = {}          # slot: span being made, or None for one that is not recorded
        self.contexts = []
        self.tracers = []
        self.resource = {}
        self.drop_open = drop_open and not common
        self.common = common
        self.clock = 1_700_000_000_000_000_000 + self.random.randrange(10**15)
        self.begin()
        for _ in range(spans):
            self.span_start()
            for _ in range(self.random.choice([0, 1, 2, 5, 9])):
                self.something()
            if len(self.open) > 8 or self.random.random() < 0.5:
                self.span_end()
        if huge:
            self.huge_span()
        while self.open:
            self.span_end()

    # ---- values

    def text(self):
        r = self.random
        if r.random() < 0.7:
            return r.choice(TEXTS)
        ranges = [(0x20, 0x7e), (0x1, 0x7ff), (0x800, 0xd7ff), (0xe000, 0xffff), (0x10000, 0x10ffff)]
        return "".join(chr(r.randint(*r.choice(ranges))) for _ in range(r.randrange(40)))

    def key(self):
        r = self.random
        if r.random() < 0.03:
            return ""  # ignored
        if r.random() < 0.1:
            return self.text()
        return r.choice(["app.order.id", "http.request.method", "k", "ключ", "a.b"]) + str(r.randrange(60))

    def double(self):
        r = self.random
        if r.random() < 0.5:
            return r.choice(DOUBLES)
        return struct.unpack(">d", r.getrandbits(64).to_bytes(8, "big"))[0]

    def integer(self):
        r = self.random
        return r.choice(INTS) if r.random() < 0.5 else r.randint(-2**63, 2**63 - 1) >> r.randrange(64)

    def cut(self, text):
        return text[:self.limits["value-length"]]

    def attribute(self):
        """(word of the script, key, value); the value is None where nothing may be set."""
        r = self.random
        key = self.key()
        kind = r.choice("sssbidSBID" if self.common else "sssbiudSBID")
        n = r.choice([0, 1, 1, 2, 3, 17])
        if kind == "s":
            text = self.text()
            if r.random() < 0.03 and not self.common:
                script, value = "-", None
            elif self.binary and not self.options and not self.common and r.random() < 0.1:
                broken = bytearray(text[:50].encode("utf-8") + b"end")
                for _ in range(r.randrange(1, 4)):  # no UTF-8 any more, most of the time
                    broken[r.randrange(len(broken))] = r.choice([0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xf4, 0xff])
                script, value = word(bytes(broken)), ("s", broken.decode("utf-8", "replace"))
            elif self.binary and r.random() < 0.1:
                text = text[:20] + "\0" + text[20:]  # a NUL is a character like any other
                script, value = word(text), ("s", self.cut(text))
            else:
                script, value = word(text), ("s", self.cut(text))
        elif kind == "b":
            v = r.random() < 0.5
            script, value = str(int(v)), ("b", v)
        elif kind == "i":
            v = self.integer()
            script, value = str(v), ("i", v)
        elif kind == "u":
            v = r.choice([0, 2**63 - 1, 2**63, 2**64 - 1, r.getrandbits(64)])
            script, value = str(v), ("i", min(v, 2**63 - 1))
        elif kind == "d":
            v = self.double()
            script, value = struct.pack(">d", v).hex(), ("d", bits(v))
        elif kind == "S":
            v = [None if r.random() < 0.05 and not self.common else self.text() for _ in range(n)]
            script = ",".join(word(x) for x in v)
            value = ("a", [("s", self.cut(x or "")) for x in v])
        elif kind == "B":
            v = [r.random() < 0.5 for _ in range(n)]
            script, value = ",".join(str(int(x)) for x in v), ("a", [("b", x) for x in v])
        elif kind == "I":
            v = [self.integer() for _ in range(n)]
            script, value = ",".join(map(str, v)), ("a", [("i", x) for x in v])
        else:
            v = [self.double() for _ in range(n)]
            script = ",".join(struct.pack(">d", x).hex() for x in v)
            value = ("a", [("d", bits(x)) for x in v])
        if not key:
            value = None
        return "%s:%s:%s" % (kind, word(key), script), key, value

    def attributes(self, into, limit, most=6):
        """Sets some in the dictionary `into`; (words, how many were too many)."""
        words, dropped = [], 0
        for _ in range(self.random.randrange(most + 1)):
            script, key, value = self.attribute()
            if self.common and (key in into or not key):
                continue
            words.append(script)
            dropped += self.put(into, limit, key, value)
        return words, dropped

    @staticmethod
    def put(into, limit, key, value):
        if value is None:
            return 0
        if key not in into and len(into) >= limit:
            return 1
        into[key] = value
        return 0

    def time(self):
        self.clock += self.random.choice([0, 1, 1000, 10**9, self.random.randrange(10**10)])
        return self.clock

    # ---- operations

    def say(self, *words):
        self.lines.append(" ".join(str(w) for w in words))

    def begin(self):
        r = self.random
        words, _ = self.attributes(self.resource, NO_LIMIT)
        # What a resource says is not cut to the spans' limits: leave nothing long in it then.
        if self.limits["value-length"] != NO_LIMIT:
            words, self.resource = [], {}
        self.say("P", *words)
        for slot in range(4):
            of = {}
            name, version = r.choice(["lib", self.text() or "l"]) + str(slot), r.choice([None, "1.2.3", self.text()])
            schema = r.choice([None, "https://opentelemetry.io/schemas/1.41.0"])
            with_attributes = slot % 2 and not self.options and not self.common
            words, _ = self.attributes(of, NO_LIMIT, 3) if with_attributes else ([], 0)
            self.say("T", slot, word(name), word(version), word(schema), *words)
            self.tracers.append((name, version or "", schema or "", of))
        for slot in range(6):
            ctx = {"trace": "%032x" % r.randrange(1, 2**128), "id": "%016x" % r.randrange(1, 2**64),
                   "flags": [1, 0, 3, 1, 2, 3][slot], "is_remote": r.random() < 0.5,
                   "state": r.choice(["", "foo=1", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"])}
            self.contexts.append(ctx)
            self.say("C", slot, ctx["trace"] + ctx["id"], ctx["flags"], int(ctx["is_remote"]),
                     word(ctx["state"] or None))

    def link(self):
        """(words, what must be seen of it)."""
        slot = self.random.randrange(len(self.contexts))
        ctx, of = self.contexts[slot], {}
        words, dropped = self.attributes(of, self.limits["link-attributes"], 4)
        return [">" + str(slot), *words], {
            "trace": ctx["trace"], "id": ctx["id"], "state": ctx["state"],
            "flags": ctx["flags"] | 0x100 | (0x200 if ctx["is_remote"] else 0),
            "attributes": of, "dropped": dropped}

    def put_link(self, span, link):
        if len(span["links"]) < self.limits["links"]:
            span["links"].append(link)
        else:
            span["dropped"][2] += 1

    def span_start(self):
        r = self.random
        slot = next(i for i in range(100) if i not in self.open)
        tracer, kind = r.randrange(4), r.randrange(5)
        trace, span_id = "%032x" % r.randrange(1, 2**128), "%016x" % r.randrange(1, 2**64)
        parent, above = "-", None
        parents = [s for s in self.open]
        if parents and r.random() < 0.6:
            chosen = r.choice(parents)
            parent, above = "s%d" % chosen, self.open[chosen]
        elif r.random() < 0.4:
            chosen = r.randrange(6)
            parent, above = "c%d" % chosen, self.contexts[chosen]
        is_recorded = above is None or bool(above["flags"] & 1)
        name, start = self.text(), self.time()
        span = {"trace": above["trace"] if above else trace, "id": span_id,
                "parent": above["id"] if above else "", "state": above["state"] if above else "",
                "flags": (above["flags"] & 2 if above else 0) | int(is_recorded) | 0x100 |
                         (0x200 if above and above.get("is_remote") else 0),
                "name": name, "kind": kind + 1, "start": start, "end": None, "attributes": {},
                "dropped": [0, 0, 0], "events": [], "links": [], "status": (0, ""),
                "scope": self.tracers[tracer], "recorded": is_recorded}
        words, dropped = self.attributes(span["attributes"], self.limits["attributes"])
        span["dropped"][0] += dropped
        for _ in range(r.choice([0, 0, 0, 1, 2])):
            more, link = self.link()
            words += more
            self.put_link(span, link)
        self.say("S", slot, tracer, trace + span_id, parent, kind, start, word(name), *words)
        self.open[slot] = span

    def something(self):
        r = self.random
        slot = r.choice(list(self.open))
        ops = ["op_attributes"] * 4 + ["op_event"] * 3 + ["op_status", "op_rename"]
        if not self.common:
            ops += ["op_link", "op_error", "op_exception"]
        getattr(self, r.choice(ops))(slot, self.open[slot])

    def op_attributes(self, slot, span):
        words, dropped = self.attributes(span["attributes"], self.limits["attributes"], 20)
        span["dropped"][0] += dropped
        self.say("A" if self.common else self.random.choice("AM"), slot, *words)

    def put_event(self, span, event):
        if len(span["events"]) < self.limits["events"]:
            span["events"].append(event)
        else:
            span["dropped"][1] += 1

    def op_event(self, slot, span):
        of, time, name = {}, self.time(), self.text() or "e"
        words, dropped = self.attributes(of, self.limits["event-attributes"], 5)
        self.put_event(span, {"time": time, "name": name, "attributes": of, "dropped": dropped})
        self.say("E", slot, word(name), time, *words)

    def op_link(self, slot, span):
        words, link = self.link()
        self.put_link(span, link)
        self.say("K", slot, *words)

    @staticmethod
    def put_status(span, code, message):
        if code and span["status"][0] != 1:
            span["status"] = (code, (message or "") if code == 2 else "")

    def op_status(self, slot, span):
        if self.common and span["status"][0]:
            return
        code, message = self.random.choice([0, 1, 2, 2]), self.random.choice([None, self.text()])
        self.put_status(span, code, message)
        self.say("U", slot, code, word(message))

    def op_error(self, slot, span):
        kind = self.random.choice([None, "timeout", "sqlite_busy"])
        message = self.random.choice([None, self.text()])
        span["dropped"][0] += self.put(span["attributes"], self.limits["attributes"], "error.type",
                                       ("s", self.cut(kind or "_OTHER")))
        self.put_status(span, 2, message)
        self.say("X", slot, word(kind), word(message))

    def op_exception(self, slot, span):
        of, dropped = {}, 0
        given = [self.random.choice([None, self.text()]) for _ in range(3)]
        for key, value in zip(("type", "message", "stacktrace"), given):
            if value is not None:
                dropped += self.put(of, self.limits["event-attributes"], "exception." + key,
                                    ("s", self.cut(value)))
        words, more = self.attributes(of, self.limits["event-attributes"], 3)
        self.put_event(span, {"time": None, "name": "exception", "attributes": of,
                              "dropped": dropped + more})
        self.say("Y", slot, *map(word, given), *words)

    def op_rename(self, slot, span):
        span["name"] = self.text()
        self.say("R", slot, word(span["name"]))

    def span_end(self):
        slot = self.random.choice(list(self.open))
        span = self.open.pop(slot)
        if self.drop_open and self.random.random() < 0.02:
            return  # never ended, never seen
        span["end"] = self.time()
        self.say("Z", slot, span["end"])
        if span.pop("recorded"):
            self.expected[span["id"]] = span

    def huge_span(self):
        """One with a megabyte of text, and with more of everything than the limits allow."""
        self.span_start()
        slot = max(self.open)
        span = self.open[slot]
        big = "grüße " * 180_000
        span["dropped"][0] += self.put(span["attributes"], self.limits["attributes"], "big",
                                       ("s", self.cut(big)))
        self.say("A", slot, "s:%s:%s" % (word("big"), word(big)))
        for i in range(300):
            span["dropped"][0] += self.put(span["attributes"], self.limits["attributes"],
                                           "many.%d" % i, ("i", i))
            self.say("A", slot, "i:%s:%d" % (word("many.%d" % i), i))
            self.op_event(slot, span)
            self.op_link(slot, span)

    def script(self):
        return "\n".join(self.lines) + "\n"


# ---- what came, against what must

def show(value):
    text = repr(value)
    return text if len(text) < 150 else text[:150] + "… (%d characters)" % len(text)


def compare_span(want, got, is_seen_later=False):
    """The first differences, as lines."""
    wrong = []
    for field in ("trace", "parent", "state", "flags", "name", "kind", "start", "end", "status", "scope"):
        if got[field] != want[field]:
            wrong.append("%s is %s, not %s" % (field, show(got[field]), show(want[field])))
    if tuple(got["dropped"]) != tuple(want["dropped"]):
        wrong.append("dropped attributes, events, links are %s, not %s" %
                     (got["dropped"], tuple(want["dropped"])))
    wrong += compare_attributes("", want["attributes"], got["attributes"])
    for what in ("events", "links"):
        if len(got[what]) != len(want[what]):
            wrong.append("%d %s, not %d" % (len(got[what]), what, len(want[what])))
            continue
        for i, (w, g) in enumerate(zip(want[what], got[what])):
            for field in w:
                if field == "attributes":
                    wrong += compare_attributes("%s %d: " % (what, i), w[field], g[field])
                elif w[field] is not None and g[field] != w[field]:
                    wrong.append("%s %d: %s is %s, not %s" %
                                 (what, i, field, show(g[field]), show(w[field])))
    return wrong[:5]


def one_replacement(value):
    """U+FFFD may stand for one byte or for several that belong together: nobody says which."""
    if value and value[0] == "s":
        return ("s", re.sub("\ufffd+", "\ufffd", value[1]))
    return value


def compare_attributes(where, want, got):
    wrong = []
    for key in sorted(set(want) | set(got)):
        if one_replacement(want.get(key)) != one_replacement(got.get(key)):
            wrong.append("%sattribute %s is %s, not %s" %
                         (where, show(key), show(got.get(key)), show(want.get(key))))
    return wrong


def compare(calls, spans, resource=True):
    """Everything that came against everything that must: lines that say what is wrong."""
    wrong, seen = [], set()
    for span in spans:
        want = calls.expected.get(span["id"])
        if span["id"] in seen:
            wrong.append("span %s came twice" % span["id"])
        elif want is None:
            wrong.append("span %s was never sent" % span["id"])
        else:
            wrong += ["span %s: %s" % (span["id"], w) for w in compare_span(want, span)]
            if resource:
                got = {k: v for k, v in span["resource"].items() if k in calls.resource}
                wrong += compare_attributes("resource: ", calls.resource, got)
        seen.add(span["id"])
    missing = set(calls.expected) - seen
    if missing:
        wrong.append("%d of %d spans did not come, %s among them" %
                     (len(missing), len(calls.expected), min(missing)))
    return wrong
