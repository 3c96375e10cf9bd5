/* SPDX-License-Identifier: Apache-2.0 */
/* Ended spans as exporters see them, and how to look into their encoded parts. */
#include "sdk.h"

void span_view(const struct span *s, ctel_span_data *out)
{
	*out = (ctel_span_data){
		/* 0x100: whether the parent is remote is known; 0x200: it is. */
		.flags = s->flags | 0x100u | (s->parent_is_remote ? 0x200u : 0),
		.kind = (ctel_kind)s->kind,
		.status = (ctel_status)s->status,
		.start_ns = s->start,
		.end_ns = s->end,
		.name = s->name.n ? (const char *)s->name.data : "",
		.status_message = s->message.n ? (const char *)s->message.data : "",
		.tracestate = s->tracestate ? s->tracestate->entries[0].value : "",
		.tracer = s->tracer,
		.nr_attributes = s->attributes.nr,
		.nr_events = s->nr_events,
		.nr_links = s->nr_links,
		.dropped_attributes = s->attributes.dropped,
		.dropped_events = s->dropped_events,
		.dropped_links = s->dropped_links,
		.attributes = {s->attributes.bytes.data, s->attributes.bytes.n},
		.events = {s->events.data, s->events.n},
		.links = {s->links.data, s->links.n},
	};
	memcpy(out->trace_id, s->trace_id, sizeof(out->trace_id));
	memcpy(out->span_id, s->span_id, sizeof(out->span_id));
	if (s->has_parent)
		memcpy(out->parent_span_id, s->parent_id, sizeof(out->parent_span_id));
}

void ctel_tracer_scope(
	const ctel_tracer *t, const char **name, const char **version, const char **schema_url)
{
	if (name)
		*name = t->name;
	if (version)
		*version = t->version;
	if (schema_url)
		*schema_url = t->schema_url;
}

ctel_bytes ctel_scope_attributes(const ctel_tracer *t)
{
	return t->attributes;
}

/* ---- Reading ------------------------------------------------------------------------------- */

static void read_any(ctel_bytes any, ctel_attr_view *out)
{
	struct pb_field f;
	while (pb_next(&any, &f, NULL)) {
		switch (f.number) {
		case 1:
			out->type = CTEL_STRING;
			out->string = (const char *)f.bytes.data;
			out->n = f.bytes.n;
			break;
		case 2:
			out->type = CTEL_BOOL;
			out->boolean = f.value != 0;
			break;
		case 3:
			out->type = CTEL_INT;
			out->integer = (int64_t)f.value;
			break;
		case 4:
			out->type = CTEL_DOUBLE;
			memcpy(&out->real, &f.value, sizeof(out->real));
			break;
		case 5:
			out->type = CTEL_STRINGS;
			out->array = f.bytes;
			break;
		}
	}
}

bool ctel_next_value(ctel_bytes *rest, ctel_attr_view *out)
{
	struct pb_field f;
	if (!pb_next(rest, &f, NULL))
		return false;
	*out = (ctel_attr_view){.string = ""};
	read_any(f.bytes, out);
	return true;
}

/* An array's type is its first value's; an empty one counts as strings. */
static ctel_type array_type(ctel_bytes array)
{
	ctel_attr_view first;
	if (!ctel_next_value(&array, &first))
		return CTEL_STRINGS;
	return (ctel_type)(CTEL_STRINGS + (first.type - CTEL_STRING));
}

bool ctel_next_attribute(ctel_bytes *rest, ctel_attr_view *out)
{
	struct pb_field kv, f;
	if (!pb_next(rest, &kv, NULL))
		return false;
	*out = (ctel_attr_view){.key = "", .string = ""};
	while (pb_next(&kv.bytes, &f, NULL)) {
		if (f.number == 1) {
			out->key = (const char *)f.bytes.data;
			out->key_n = f.bytes.n;
		} else if (f.number == 2) {
			read_any(f.bytes, out);
		}
	}
	if (out->type == CTEL_STRINGS)
		out->type = array_type(out->array);
	return true;
}

/* Fields of one kind stand one behind the other: a run of them, with their tags. */
static void add_to_run(ctel_bytes *run, const unsigned char *from, const unsigned char *to)
{
	if (!run->n)
		run->data = from;
	run->n = (size_t)(to - run->data);
}

bool ctel_next_event(ctel_bytes *rest, ctel_event_view *out)
{
	struct pb_field event, f;
	if (!pb_next(rest, &event, NULL))
		return false;
	*out = (ctel_event_view){.name = ""};
	for (const unsigned char *at = event.bytes.data; pb_next(&event.bytes, &f, NULL);
		at = event.bytes.data) {
		if (f.number == 1)
			out->time_ns = f.value;
		else if (f.number == 2) {
			out->name = (const char *)f.bytes.data;
			out->name_n = f.bytes.n;
		} else if (f.number == 3)
			add_to_run(&out->attributes, at, event.bytes.data);
		else if (f.number == 4)
			out->dropped_attributes = (uint32_t)f.value;
	}
	return true;
}

bool ctel_next_link(ctel_bytes *rest, ctel_link_view *out)
{
	struct pb_field link, f;
	if (!pb_next(rest, &link, NULL))
		return false;
	*out = (ctel_link_view){.tracestate = ""};
	for (const unsigned char *at = link.bytes.data; pb_next(&link.bytes, &f, NULL);
		at = link.bytes.data) {
		if (f.number == 1 && f.bytes.n == sizeof(out->trace_id))
			memcpy(out->trace_id, f.bytes.data, f.bytes.n);
		else if (f.number == 2 && f.bytes.n == sizeof(out->span_id))
			memcpy(out->span_id, f.bytes.data, f.bytes.n);
		else if (f.number == 3) {
			out->tracestate = (const char *)f.bytes.data;
			out->tracestate_n = f.bytes.n;
		} else if (f.number == 4)
			add_to_run(&out->attributes, at, link.bytes.data);
		else if (f.number == 5)
			out->dropped_attributes = (uint32_t)f.value;
		else if (f.number == 6)
			out->flags = (uint32_t)f.value;
	}
	return true;
}
