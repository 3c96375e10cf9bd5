#!/usr/bin/env python3
"""Writes a file of traces of the size that is asked for, the same one each time.

	generate.py MIB FILE

Traces of nine spans of a shop, in lines of 100 spans as an exporter's batches are, each trace across two
or three lines; one in fifty fails, one in a thousand is slow.
"""
import sys

START = 1_795_366_528_000_000_000
TENANTS = ["acme", "globex", "umbrella", "initech"]
HEAD = ('{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},'
        '"scopeSpans":[{"scope":{"name":"shop.checkout"},"spans":[')
TAIL = "]}]}]}\n"
SHAPE = [("place order", 0, 2, 0, 900), ("reserve inventory", 1, 1, 20, 130), ("charge payment", 1, 3, 200, 600)] + [
    (f"step {i}", 2, 1, 30 + i, 4) for i in range(6)]


def trace(number):
    """The spans of a trace as texts, children first."""
    factor = 100 if number % 1000 == 999 else 1
    is_failed = number % 50 == 49
    trace_id = f"{number * 0x9E3779B97F4A7C15 % 2**128 or 1:032x}"
    begin = START + number * 1_000_000
    spans = []
    for i, (name, parent, kind, offset, length) in enumerate(SHAPE):
        at = begin + offset * 1000
        text = f'{{"traceId":"{trace_id}","spanId":"{number * 16 + i + 1:016x}",'
        if parent:
            text += f'"parentSpanId":"{number * 16 + parent:016x}",'
        text += (f'"flags":257,"name":"{name}","kind":{kind},"startTimeUnixNano":"{at}",'
                 f'"endTimeUnixNano":"{at + length * 1000 * factor}","attributes":['
                 f'{{"key":"tenant.id","value":{{"stringValue":"{TENANTS[number % 4]}"}}}},'
                 f'{{"key":"app.order.id","value":{{"stringValue":"order-{number:08}"}}}},'
                 f'{{"key":"app.step","value":{{"intValue":"{i}"}}}}]')
        if is_failed and i in (0, 2):
            text += ',"status":{"code":2,"message":"declined"}'
        spans.append(text + "}")
    return spans[::-1]


def main():
    wanted, path = int(sys.argv[1]) << 20, sys.argv[2]
    size, number, waiting = 0, 0, []
    with open(path, "w", encoding="ascii") as file:
        while size < wanted:
            while len(waiting) < 150:
                spans = trace(number)
                # the root of a trace comes with the next one's spans
                waiting[-4:-4] = spans[-1:]
                waiting += spans[:-1]
                number += 1
            size += file.write(HEAD + ",".join(waiting[:100]) + TAIL)
            del waiting[:100]
    print(f"{path}: {size} bytes, about {number} traces")


main()
