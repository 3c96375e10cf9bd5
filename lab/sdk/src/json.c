/* SPDX-License-Identifier: Apache-2.0 */
/* The same request as JSON: the protobuf JSON mapping with OTLP's exceptions (protocol
 * specification, "JSON Protobuf Encoding"): ids in hex, enums as numbers, 64-bit integers as
 * strings. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "sdk.h"

/* The shortest of two notations that reads back as the same number; the decimal point is "."
 * whatever the locale says. */
static void add_double(struct text *out, double x)
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

static void add_string(struct text *out, const char *key, const char *value)
{
	text_puts(out, key);
	text_json(out, value, strlen(value));
}

static void add_value(struct text *out, const ctel_attr_view *v)
{
	switch (v->type) {
	case CTEL_STRING:
		text_puts(out, "{\"stringValue\":");
		text_json(out, v->string, v->n);
		break;
	case CTEL_BOOL:
		text_puts(out, v->boolean ? "{\"boolValue\":true" : "{\"boolValue\":false");
		break;
	case CTEL_INT:
		text_printf(out, "{\"intValue\":\"%" PRId64 "\"", v->integer);
		break;
	case CTEL_DOUBLE:
		text_puts(out, "{\"doubleValue\":");
		add_double(out, v->real);
		break;
	default: {
		ctel_bytes rest = v->array;
		ctel_attr_view element;
		text_puts(out, "{\"arrayValue\":{\"values\":[");
		for (const char *comma = ""; ctel_next_value(&rest, &element); comma = ",") {
			text_puts(out, comma);
			add_value(out, &element);
		}
		text_puts(out, "]}");
	}
	}
	text_puts(out, "}");
}

static void add_attributes(struct text *out, ctel_bytes attributes)
{
	ctel_attr_view a;
	text_puts(out, "\"attributes\":[");
	for (const char *comma = ""; ctel_next_attribute(&attributes, &a); comma = ",") {
		text_puts(out, comma);
		text_puts(out, "{\"key\":");
		text_json(out, a.key, a.key_n);
		text_puts(out, ",\"value\":");
		add_value(out, &a);
		text_puts(out, "}");
	}
	text_puts(out, "]");
}

static void add_count(struct text *out, const char *name, uint32_t n)
{
	if (n)
		text_printf(out, ",\"%s\":%u", name, n);
}

static void add_events(struct text *out, const ctel_span_data *s)
{
	ctel_bytes rest = s->events;
	ctel_event_view e;
	if (s->nr_events)
		text_puts(out, ",\"events\":[");
	for (const char *comma = ""; ctel_next_event(&rest, &e); comma = ",") {
		text_printf(out, "%s{\"timeUnixNano\":\"%" PRIu64 "\",\"name\":", comma, e.time_ns);
		text_json(out, e.name, e.name_n);
		if (e.attributes.n) {
			text_puts(out, ",");
			add_attributes(out, e.attributes);
		}
		add_count(out, "droppedAttributesCount", e.dropped_attributes);
		text_puts(out, "}");
	}
	if (s->nr_events)
		text_puts(out, "]");
	add_count(out, "droppedEventsCount", s->dropped_events);
}

static void add_links(struct text *out, const ctel_span_data *s)
{
	ctel_bytes rest = s->links;
	ctel_link_view l;
	if (s->nr_links)
		text_puts(out, ",\"links\":[");
	for (const char *comma = ""; ctel_next_link(&rest, &l); comma = ",") {
		text_puts(out, comma);
		text_puts(out, "{\"traceId\":\"");
		text_hex(out, l.trace_id, sizeof(l.trace_id));
		text_puts(out, "\",\"spanId\":\"");
		text_hex(out, l.span_id, sizeof(l.span_id));
		text_puts(out, "\"");
		if (l.tracestate_n) {
			text_puts(out, ",\"traceState\":");
			text_json(out, l.tracestate, l.tracestate_n);
		}
		if (l.attributes.n) {
			text_puts(out, ",");
			add_attributes(out, l.attributes);
		}
		add_count(out, "droppedAttributesCount", l.dropped_attributes);
		text_printf(out, ",\"flags\":%u}", l.flags);
	}
	if (s->nr_links)
		text_puts(out, "]");
	add_count(out, "droppedLinksCount", s->dropped_links);
}

static void add_status(struct text *out, const ctel_span_data *s)
{
	if (s->status == CTEL_UNSET)
		return;
	text_puts(out, ",\"status\":{");
	if (*s->status_message) {
		add_string(out, "\"message\":", s->status_message);
		text_puts(out, ",");
	}
	text_printf(out, "\"code\":%d}", (int)s->status);
}

static void add_span(struct text *out, const ctel_span_data *s)
{
	text_puts(out, "{\"traceId\":\"");
	text_hex(out, s->trace_id, sizeof(s->trace_id));
	text_puts(out, "\",\"spanId\":\"");
	text_hex(out, s->span_id, sizeof(s->span_id));
	text_puts(out, "\"");
	if (*s->tracestate)
		add_string(out, ",\"traceState\":", s->tracestate);
	if (!id_is_zero(s->parent_span_id, sizeof(s->parent_span_id))) {
		text_puts(out, ",\"parentSpanId\":\"");
		text_hex(out, s->parent_span_id, sizeof(s->parent_span_id));
		text_puts(out, "\"");
	}
	text_printf(out, ",\"flags\":%u", s->flags);
	add_string(out, ",\"name\":", s->name);
	/* SPAN_KIND_INTERNAL is 1, and so on in ctel_kind's order. */
	text_printf(out, ",\"kind\":%d", (int)s->kind + 1);
	text_printf(out, ",\"startTimeUnixNano\":\"%" PRIu64 "\"", s->start_ns);
	text_printf(out, ",\"endTimeUnixNano\":\"%" PRIu64 "\"", s->end_ns);
	if (s->nr_attributes) {
		text_puts(out, ",");
		add_attributes(out, s->attributes);
	}
	add_count(out, "droppedAttributesCount", s->dropped_attributes);
	add_events(out, s);
	add_links(out, s);
	add_status(out, s);
	text_puts(out, "}");
}

static void add_scope(struct text *out, const ctel_batch *batch, size_t from)
{
	const ctel_tracer *t = batch->spans[from]->tracer;
	const char *comma = "";
	add_string(out, "{\"scope\":{\"name\":", t->name);
	if (*t->version)
		add_string(out, ",\"version\":", t->version);
	if (t->attributes.n) {
		text_puts(out, ",");
		add_attributes(out, t->attributes);
	}
	text_puts(out, "},\"spans\":[");
	for (size_t i = from; i < batch->nr; i++)
		if (batch->spans[i]->tracer == t) {
			text_puts(out, comma);
			add_span(out, batch->spans[i]);
			comma = ",";
		}
	text_puts(out, "]");
	if (*t->schema_url)
		add_string(out, ",\"schemaUrl\":", t->schema_url);
	text_puts(out, "}");
}

bool encode_json(struct text *out, const ctel_batch *batch)
{
	const char *comma = "";
	text_clear(out);
	text_puts(out, "{\"resourceSpans\":[{\"resource\":{");
	add_attributes(out, batch->resource);
	text_puts(out, "},\"scopeSpans\":[");
	for (size_t i = 0; i < batch->nr; i++) {
		bool is_written = false;
		for (size_t k = 0; k < i && !is_written; k++)
			is_written = batch->spans[k]->tracer == batch->spans[i]->tracer;
		if (is_written)
			continue;
		text_puts(out, comma);
		add_scope(out, batch, i);
		comma = ",";
	}
	text_puts(out, "]");
	if (batch->resource_schema_url && *batch->resource_schema_url)
		add_string(out, ",\"schemaUrl\":", batch->resource_schema_url);
	text_puts(out, "}]}");
	return !out->is_broken && out->n <= PB_MAX;
}

char *ctel_encode_json(const ctel_batch *batch, size_t *size)
{
	struct text out = {0};
	if (!encode_json(&out, batch)) {
		text_free(&out);
		return NULL;
	}
	*size = out.n;
	return out.s;
}
