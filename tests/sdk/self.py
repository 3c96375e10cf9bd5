#!/usr/bin/env python3
"""The judges judged: what is right passes, and each single mistake is seen.

	self.py [OTELCOL DIR]    with a Collector: what it writes reads back, too
"""
import copy
import math
import os
import random
import struct
import sys
import urllib.request

import calls
import otlp


def put_value(to, value):
    kind, v = value
    if kind == "s":
        to.string_value = v
    elif kind == "b":
        to.bool_value = v
    elif kind == "i":
        to.int_value = v
    elif kind == "d":
        to.double_value = math.nan if v == "nan" else struct.unpack(">d", bytes.fromhex(v))[0]
    else:
        to.array_value.SetInParent()
        for x in v:
            put_value(to.array_value.values.add(), x)


def put_attributes(to, attributes):
    for key, value in attributes.items():
        kv = to.add()
        kv.key = key
        put_value(kv.value, value)


def encode(spans):
    """A request with these spans, by protobuf's runtime."""
    request = otlp.Request()
    for s in spans:
        rs = request.resource_spans.add()
        put_attributes(rs.resource.attributes, s.get("resource", {}))
        ss = rs.scope_spans.add()
        ss.scope.name, ss.scope.version, ss.schema_url = s["scope"][:3]
        put_attributes(ss.scope.attributes, s["scope"][3])
        to = ss.spans.add(
            trace_id=bytes.fromhex(s["trace"]), span_id=bytes.fromhex(s["id"]),
            parent_span_id=bytes.fromhex(s["parent"]), trace_state=s["state"], flags=s["flags"],
            name=s["name"], kind=s["kind"], start_time_unix_nano=s["start"],
            end_time_unix_nano=s["end"], dropped_attributes_count=s["dropped"][0],
            dropped_events_count=s["dropped"][1], dropped_links_count=s["dropped"][2])
        to.status.code, to.status.message = s["status"]
        put_attributes(to.attributes, s["attributes"])
        for e in s["events"]:
            event = to.events.add(time_unix_nano=e["time"] or s["end"], name=e["name"],
                                  dropped_attributes_count=e["dropped"])
            put_attributes(event.attributes, e["attributes"])
        for x in s["links"]:
            link = to.links.add(trace_id=bytes.fromhex(x["trace"]), span_id=bytes.fromhex(x["id"]),
                                trace_state=x["state"], flags=x["flags"],
                                dropped_attributes_count=x["dropped"])
            put_attributes(link.attributes, x["attributes"])
    return request.SerializeToString()


def other(value):
    """Another value of the same sort."""
    if isinstance(value, str):
        return value + "x" if not value or value[-1] not in "0123456789abcdef" else \
            value[:-1] + ("1" if value[-1] == "0" else "0")
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    raise TypeError(value)


def mistakes(span):
    """(what, the span with this one mistake)."""
    for field in ("trace", "parent", "state", "flags", "name", "kind", "start", "end"):
        if span[field] != "":
            yield field, dict(copy.deepcopy(span), **{field: other(span[field])})
    for i in range(3):
        wrong = copy.deepcopy(span)
        wrong["dropped"][i] += 1
        yield "dropped %d" % i, wrong
    yield "status", dict(copy.deepcopy(span), status=(1 if span["status"][0] != 1 else 2, ""))
    yield "scope", dict(copy.deepcopy(span), scope=("other",) + span["scope"][1:])
    for key in span["attributes"]:
        wrong = copy.deepcopy(span)
        del wrong["attributes"][key]
        yield "attribute left out", wrong
        wrong = copy.deepcopy(span)
        wrong["attributes"][key] = ("s", "another")
        yield "attribute changed", wrong
    for what in ("events", "links"):
        for i in range(len(span[what])):
            wrong = copy.deepcopy(span)
            del wrong[what][i]
            yield what + " left out", wrong
            wrong = copy.deepcopy(span)
            wrong[what][i]["dropped"] += 1
            yield what + " dropped count", wrong


MALFORMED = [
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00","spanId":"0000000000000001"}]}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","startTimeUnixNano":1}]}]}]}'
    % ("1" * 32, "1" * 16),
    '{"resource_spans":[]}',
    '{"resourceSpans":[],"resourceSpans":[]}',
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"intValue":1}}]}}]}',
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"doubleValue":NaN}}]}}]}',
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{}}]}}]}',
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"boolValue":true}},'
    '{"key":"a","value":{"boolValue":true}}]}}]}',
]


def main():
    passed = failed = 0

    def check(name, ok):
        nonlocal passed, failed
        if ok:
            passed += 1
        else:
            failed += 1
            print("FAIL sdk-self: %s | again: make test-sdk-self" % name)

    made = calls.Calls(7, spans=25)
    spans = otlp.from_protobuf(encode(dict(s, resource=made.resource) for s in made.expected.values()))
    check("right spans pass: %s" % calls.compare(made, spans)[:1], not calls.compare(made, spans))
    check("a span too few is seen", calls.compare(made, spans[1:]))
    check("a span twice is seen", calls.compare(made, spans + spans[:1]))
    check("an unknown span is seen", calls.compare(made, spans + [dict(spans[0], id="0" * 16)]))
    chance = random.Random(1)
    for span in made.expected.values():
        for what, wrong in mistakes(span):
            if chance.random() < 0.2:
                seen = otlp.from_protobuf(encode([wrong]))
                check("%s is seen" % what, calls.compare_span(span, seen[0]))
    for text in MALFORMED:
        try:
            otlp.from_json(text)
            check("malformed JSON is refused: " + text, False)
        except (otlp.Malformed, KeyError):
            passed += 1
    if len(sys.argv) == 3:
        import collector
        os.makedirs(sys.argv[2], exist_ok=True)
        with collector.Collector(sys.argv[1], sys.argv[2]) as c:
            body = encode(dict(s, resource=made.resource) for s in made.expected.values())
            urllib.request.urlopen(urllib.request.Request(
                "http://127.0.0.1:%d/v1/traces" % c.port, data=body,
                headers={"Content-Type": "application/x-protobuf"}), timeout=10).read()
            wrong = calls.compare(made, c.wait_for(len(made.expected)))
            check("the Collector changes nothing: %s" % wrong[:3], not wrong)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
