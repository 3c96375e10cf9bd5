/* SPDX-License-Identifier: Apache-2.0 */
/* OTLP as JSON: the protobuf JSON mapping with OTLP's exceptions (opentelemetry-proto, "JSON
 * Protobuf Encoding"): ids in hex, enums as numbers, 64-bit integers as strings. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

/* The shortest of two notations that reads back as the same number; the decimal point is "."
 * whatever the locale says. */
static void encode_double(struct text *out, double x)
{
	char digits[64], plain[64];
	if (isnan(x) || isinf(x)) {
		text_puts(out, isnan(x) ? "\"NaN\"" : x > 0 ? "\"Infinity\"" : "\"-Infinity\"");
		return;
	}
	snprintf(digits, sizeof(digits), "%.15g", x);
	double back = strtod(digits, NULL);
	if (back < x || back > x)
		snprintf(digits, sizeof(digits), "%.17g", x);
	size_t n = 0;
	for (const char *s = digits; *s; s++) {
		bool is_number = (*s >= '0' && *s <= '9') || *s == '-' || *s == '+' || *s == 'e';
		if (is_number)
			plain[n++] = *s;
		else if (n == 0 || plain[n - 1] != '.')
			plain[n++] = '.';
	}
	text_add(out, plain, n);
}

static void encode_attribute(struct text *out, const struct span *s, const struct attribute *a)
{
	text_puts(out, "{\"key\":");
	text_json(out, s->text.s + a->key);
	text_puts(out, ",\"value\":{");
	switch (a->type) {
	case VALUE_BOOL:
		text_puts(out, a->value.boolean ? "\"boolValue\":true" : "\"boolValue\":false");
		break;
	case VALUE_INT:
		text_printf(out, "\"intValue\":\"%" PRId64 "\"", a->value.integer);
		break;
	case VALUE_DOUBLE:
		text_puts(out, "\"doubleValue\":");
		encode_double(out, a->value.real);
		break;
	case VALUE_STRING:
		text_puts(out, "\"stringValue\":");
		text_json(out, s->text.s + a->value.string);
		break;
	}
	text_puts(out, "}}");
}

static void encode_attributes(struct text *out, const struct span *s)
{
	if (s->nr_attributes) {
		text_puts(out, ",\"attributes\":[");
		for (unsigned i = 0; i < s->nr_attributes; i++) {
			if (i)
				text_puts(out, ",");
			encode_attribute(out, s, &s->attributes[i]);
		}
		text_puts(out, "]");
	}
	if (s->dropped_attributes)
		text_printf(out, ",\"droppedAttributesCount\":%u", s->dropped_attributes);
}

static void encode_events(struct text *out, const struct span *s)
{
	if (s->nr_events) {
		text_puts(out, ",\"events\":[");
		for (unsigned i = 0; i < s->nr_events; i++) {
			text_printf(out,
				"%s{\"timeUnixNano\":\"%" PRIu64 "\",\"name\":", i ? "," : "",
				s->events[i].time);
			text_json(out, s->text.s + s->events[i].name);
			text_puts(out, "}");
		}
		text_puts(out, "]");
	}
	if (s->dropped_events)
		text_printf(out, ",\"droppedEventsCount\":%u", s->dropped_events);
}

static void encode_status(struct text *out, const struct span *s)
{
	if (s->status == CTEL_UNSET)
		return;
	text_puts(out, ",\"status\":{");
	if (s->message) {
		text_puts(out, "\"message\":");
		text_json(out, s->text.s + s->message);
		text_puts(out, ",");
	}
	text_printf(out, "\"code\":%d}", (int)s->status);
}

static void encode_ids(struct text *out, const struct span *s)
{
	text_puts(out, "{\"traceId\":\"");
	text_hex(out, s->trace_id, sizeof(s->trace_id));
	text_puts(out, "\",\"spanId\":\"");
	text_hex(out, s->span_id, sizeof(s->span_id));
	text_puts(out, "\"");
	if (s->tracestate) {
		text_puts(out, ",\"traceState\":");
		text_json(out, s->tracestate->entries[0].value);
	}
	if (s->has_parent) {
		text_puts(out, ",\"parentSpanId\":\"");
		text_hex(out, s->parent_id, sizeof(s->parent_id));
		text_puts(out, "\"");
	}
	/* 0x100: whether the parent is remote is known; 0x200: it is. */
	text_printf(out, ",\"flags\":%u", s->flags | 0x100u | (s->parent_is_remote ? 0x200u : 0));
}

void encode_span(struct text *out, const struct span *s, uint64_t end_wall)
{
	/* What the span could not hold must not pass for whole. */
	out->is_broken = s->text.is_broken;
	if (out->is_broken)
		return;
	encode_ids(out, s);
	text_puts(out, ",\"name\":");
	text_json(out, s->text.s + s->name);
	/* SPAN_KIND_INTERNAL is 1, and so on in ctel_kind's order. */
	text_printf(out, ",\"kind\":%d", (int)s->kind + 1);
	text_printf(out, ",\"startTimeUnixNano\":\"%" PRIu64 "\"", s->start_wall);
	text_printf(out, ",\"endTimeUnixNano\":\"%" PRIu64 "\"", end_wall);
	encode_attributes(out, s);
	encode_events(out, s);
	encode_status(out, s);
	text_puts(out, "}");
}

static void encode_string(struct text *out, const char *key, const char *value)
{
	text_puts(out, "{\"key\":\"");
	text_puts(out, key);
	text_puts(out, "\",\"value\":{\"stringValue\":");
	text_json(out, value);
	text_puts(out, "}}");
}

void encode_resource(struct text *out, const char *service_name)
{
	text_puts(out, "{\"attributes\":[");
	encode_string(out, "service.name", service_name);
	text_puts(out, ",");
	encode_string(out, "telemetry.sdk.language", "c");
	text_puts(out, ",");
	encode_string(out, "telemetry.sdk.name", "ctel");
	text_puts(out, ",");
	encode_string(out, "telemetry.sdk.version", CTEL_VERSION);
	text_puts(out, "]}");
}
