"""Reads OTLP, protobuf and JSON, into plain values that can be compared.

The protobuf is decoded by protobuf's own runtime. The JSON reader is strict: a key it does not know,
or a number where the protocol has a string, is an error.

A span becomes a dictionary; a value a pair: ("s", text), ("b", bool), ("i", int), ("d", the 64 bits of
the double), ("a", [values]).
"""
import json
import math
import os
import re
import struct
import subprocess

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

HERE = os.path.dirname(os.path.abspath(__file__))
PUBLISHED = "/usr/include/opentelemetry/proto/collector/trace/v1/trace_service.proto"


class Malformed(Exception):
    pass


def descriptors(directory, *files):
    """The FileDescriptorProtos of these .proto files and of all they import."""
    out = subprocess.run(
        ["protoc", "-I", directory, "--include_imports", "--descriptor_set_out=/dev/stdout", *files],
        stdout=subprocess.PIPE, check=True).stdout
    return descriptor_pb2.FileDescriptorSet.FromString(out).file


def message_class(name):
    pool = descriptor_pool.DescriptorPool()
    for file in descriptors(HERE, "otlp.proto"):
        pool.Add(file)
    found = pool.FindMessageTypeByName("judge." + name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(found)
    return message_factory.MessageFactory(pool).GetPrototype(found)


Request = message_class("ExportTraceServiceRequest")
Response = message_class("ExportTraceServiceResponse")


def bits(x):
    if math.isnan(x):
        return "nan"
    return struct.pack(">d", x).hex()


def pairs(it):
    """Attributes as a dictionary; a key that is there twice is against the protocol."""
    out = {}
    for key, value in it:
        if key in out:
            raise Malformed("attribute %r twice" % key)
        if not key:
            raise Malformed("an empty key")
        out[key] = value
    return out


# ---- protobuf

def check_known(message):
    """Fields the protocol does not have are a mistake of the encoder."""
    unknown = getattr(message, "UnknownFields", None)
    try:
        if unknown and len(unknown()):
            raise Malformed("unknown fields in " + message.DESCRIPTOR.name)
    except NotImplementedError:
        pass
    for field, value in message.ListFields():
        if field.message_type:
            for m in value if field.label == field.LABEL_REPEATED else [value]:
                check_known(m)


def pb_value(v):
    kind = v.WhichOneof("value")
    if kind == "string_value":
        return ("s", v.string_value)
    if kind == "bool_value":
        return ("b", v.bool_value)
    if kind == "int_value":
        return ("i", v.int_value)
    if kind == "double_value":
        return ("d", bits(v.double_value))
    if kind == "array_value":
        return ("a", [pb_value(x) for x in v.array_value.values])
    raise Malformed("a value of kind %s" % kind)


def pb_attributes(message):
    return pairs((kv.key, pb_value(kv.value)) for kv in message.attributes)


def from_protobuf(data):
    """The spans of one ExportTraceServiceRequest."""
    request = Request.FromString(data)
    check_known(request)
    spans = []
    for rs in request.resource_spans:
        resource = pb_attributes(rs.resource)
        for ss in rs.scope_spans:
            scope = (ss.scope.name, ss.scope.version, ss.schema_url, pb_attributes(ss.scope))
            for s in ss.spans:
                spans.append({
                    "trace": s.trace_id.hex(), "id": s.span_id.hex(),
                    "parent": s.parent_span_id.hex(), "state": s.trace_state,
                    "flags": s.flags, "name": s.name, "kind": s.kind,
                    "start": s.start_time_unix_nano, "end": s.end_time_unix_nano,
                    "attributes": pb_attributes(s),
                    "dropped": (s.dropped_attributes_count, s.dropped_events_count,
                                s.dropped_links_count),
                    "events": [{"time": e.time_unix_nano, "name": e.name,
                                "attributes": pb_attributes(e),
                                "dropped": e.dropped_attributes_count} for e in s.events],
                    "links": [{"trace": x.trace_id.hex(), "id": x.span_id.hex(),
                               "state": x.trace_state, "flags": x.flags,
                               "attributes": pb_attributes(x),
                               "dropped": x.dropped_attributes_count} for x in s.links],
                    "status": (s.status.code, s.status.message),
                    "scope": scope, "resource": resource, "resource_schema": rs.schema_url,
                })
    return spans


# ---- JSON

def only(o, *known):
    if not isinstance(o, dict):
        raise Malformed("an object is expected: %r" % (o,))
    for key in o:
        if key not in known:
            raise Malformed("key %r" % key)
    return o


def js_int64(v, low=-2**63, high=2**63 - 1):
    if not isinstance(v, str) or not re.fullmatch(r"-?(0|[1-9][0-9]*)", v):
        raise Malformed("64-bit integers are strings: %r" % (v,))
    if not low <= int(v) <= high:
        raise Malformed("out of range: " + v)
    return int(v)


def js_uint64(v):
    return js_int64(v, 0, 2**64 - 1)


def js_small(v):
    if not isinstance(v, int) or isinstance(v, bool) or not 0 <= v < 2**32:
        raise Malformed("a 32-bit integer is expected: %r" % (v,))
    return v


def js_id(v, n):
    if v and not re.fullmatch("[0-9a-f]{%d}" % (2 * n), v):
        raise Malformed("an id of %d bytes in hex is expected: %r" % (n, v))
    return v


def js_double(v):
    if isinstance(v, str):
        return bits({"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}[v])
    if isinstance(v, bool) or not isinstance(v, (int, float)):
        raise Malformed("a number is expected: %r" % (v,))
    return bits(float(v))


def js_value(v):
    if not isinstance(v, dict) or len(v) != 1:
        raise Malformed("one kind of value is expected: %r" % (v,))
    (kind, x), = v.items()
    if kind == "stringValue" and isinstance(x, str):
        return ("s", x)
    if kind == "boolValue" and isinstance(x, bool):
        return ("b", x)
    if kind == "intValue":
        return ("i", js_int64(x))
    if kind == "doubleValue":
        return ("d", js_double(x))
    if kind == "arrayValue":
        return ("a", [js_value(y) for y in only(x, "values").get("values", [])])
    raise Malformed("value %r" % (v,))


def js_attributes(o):
    return pairs((only(kv, "key", "value")["key"], js_value(kv["value"]))
                 for kv in o.get("attributes", []))


def js_event(e):
    only(e, "timeUnixNano", "name", "attributes", "droppedAttributesCount")
    return {"time": js_uint64(e.get("timeUnixNano", "0")), "name": e.get("name", ""),
            "attributes": js_attributes(e), "dropped": js_small(e.get("droppedAttributesCount", 0))}


def js_link(x):
    only(x, "traceId", "spanId", "traceState", "attributes", "droppedAttributesCount", "flags")
    return {"trace": js_id(x.get("traceId", ""), 16), "id": js_id(x.get("spanId", ""), 8),
            "state": x.get("traceState", ""), "flags": js_small(x.get("flags", 0)),
            "attributes": js_attributes(x), "dropped": js_small(x.get("droppedAttributesCount", 0))}


def js_span(s):
    only(s, "traceId", "spanId", "parentSpanId", "traceState", "flags", "name", "kind",
         "startTimeUnixNano", "endTimeUnixNano", "attributes", "droppedAttributesCount", "events",
         "droppedEventsCount", "links", "droppedLinksCount", "status")
    status = only(s.get("status", {}), "code", "message")
    return {
        "trace": js_id(s["traceId"], 16), "id": js_id(s["spanId"], 8),
        "parent": js_id(s.get("parentSpanId", ""), 8), "state": s.get("traceState", ""),
        "flags": js_small(s.get("flags", 0)), "name": s.get("name", ""),
        "kind": js_small(s.get("kind", 0)),
        "start": js_uint64(s.get("startTimeUnixNano", "0")),
        "end": js_uint64(s.get("endTimeUnixNano", "0")),
        "attributes": js_attributes(s),
        "dropped": (js_small(s.get("droppedAttributesCount", 0)),
                    js_small(s.get("droppedEventsCount", 0)),
                    js_small(s.get("droppedLinksCount", 0))),
        "events": [js_event(e) for e in s.get("events", [])],
        "links": [js_link(x) for x in s.get("links", [])],
        "status": (js_small(status.get("code", 0)), status.get("message", "")),
    }


def not_json(name):
    raise Malformed(name + " is not JSON")


def no_twins(items):
    out = {}
    for k, v in items:
        if k in out:
            raise Malformed("key %r twice" % k)
        out[k] = v
    return out


def from_json(data):
    """The spans of one ExportTraceServiceRequest."""
    if isinstance(data, bytes):
        data = data.decode("utf-8")
    request = only(json.loads(data, object_pairs_hook=no_twins, parse_constant=not_json,
                              parse_int=lambda n: -0.0 if n == "-0" else int(n)), "resourceSpans")
    spans = []
    for rs in request.get("resourceSpans", []):
        only(rs, "resource", "scopeSpans", "schemaUrl")
        resource = js_attributes(only(rs.get("resource", {}), "attributes", "droppedAttributesCount"))
        for ss in rs.get("scopeSpans", []):
            only(ss, "scope", "spans", "schemaUrl")
            of = only(ss.get("scope", {}), "name", "version", "attributes", "droppedAttributesCount")
            scope = (of.get("name", ""), of.get("version", ""), ss.get("schemaUrl", ""),
                     js_attributes(of))
            for s in ss.get("spans", []):
                span = js_span(s)
                span.update(scope=scope, resource=resource, resource_schema=rs.get("schemaUrl", ""))
                spans.append(span)
    return spans


# ---- our otlp.proto against the published one

def numbers(files):
    """{message: {number: (name, type, is repeated)}} by the messages' last names."""
    out = {}

    def walk(message):
        fields = {}
        for f in message.field:
            kind = f.type_name.rsplit(".", 1)[-1] if f.type == f.TYPE_MESSAGE else f.type
            if f.type == f.TYPE_ENUM:
                kind = f.TYPE_INT32  # the same on the wire
            fields[f.number] = (f.name, kind, f.label == f.LABEL_REPEATED)
        out[message.name] = fields
        for m in message.nested_type:
            walk(m)

    for file in files:
        for m in file.message_type:
            walk(m)
    return out


def differences_from_published():
    """None when the published files are not installed."""
    if not os.path.exists(PUBLISHED):
        return None
    ours = numbers(descriptors(HERE, "otlp.proto"))
    theirs = numbers(descriptors("/usr/include", PUBLISHED))
    wrong = []
    for name, fields in ours.items():
        for number, field in fields.items():
            if theirs.get(name, {}).get(number) != field:
                wrong.append("%s.%s = %d: %r is published" %
                             (name, field[0], number, theirs.get(name, {}).get(number)))
    return wrong
