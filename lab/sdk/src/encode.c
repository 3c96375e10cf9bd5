/* SPDX-License-Identifier: Apache-2.0 */
/* A batch of spans as an ExportTraceServiceRequest in protobuf. Attributes, events and links are
 * encoded already; what is left is to put ids, times and lengths around them. */
#include <stdlib.h>

#include "sdk.h"

/* Fields of Span, opentelemetry/proto/trace/v1/trace.proto. */
enum {
	TRACE_ID = 1,
	SPAN_ID,
	TRACE_STATE,
	PARENT_ID,
	NAME,
	KIND,
	START,
	END,
	DROPPED_ATTRIBUTES = 10,
	DROPPED_EVENTS = 12,
	DROPPED_LINKS = 14,
	STATUS = 15,
};

#define MAX_FIXED 160 /* more than ids, kinds, times, flags, counts and lengths take together */

static size_t upper_bound(const ctel_span_data *s)
{
	return MAX_FIXED + strlen(s->name) + strlen(s->status_message) + strlen(s->tracestate) +
	       s->attributes.n + s->events.n + s->links.n;
}

static unsigned char *put_raw(unsigned char *p, ctel_bytes bytes)
{
	if (bytes.n)
		memcpy(p, bytes.data, bytes.n);
	return p + bytes.n;
}

static unsigned char *put_string(unsigned char *p, unsigned field, const char *s)
{
	return *s ? pb_bytes(p, field, s, strlen(s)) : p;
}

static unsigned char *put_count(unsigned char *p, unsigned field, uint32_t n)
{
	return n ? pb_uint(p, field, n) : p;
}

static unsigned char *put_status(unsigned char *p, const ctel_span_data *s)
{
	if (s->status == CTEL_UNSET)
		return p;
	size_t n = strlen(s->status_message);
	p = pb_len(p, STATUS, 2 + (n ? 1 + pb_varint_size(n) + n : 0));
	p = put_string(p, 2, s->status_message);
	return pb_uint(p, 3, s->status);
}

static unsigned char *put_span(unsigned char *p, const ctel_span_data *s)
{
	p = pb_bytes(p, TRACE_ID, s->trace_id, sizeof(s->trace_id));
	p = pb_bytes(p, SPAN_ID, s->span_id, sizeof(s->span_id));
	p = put_string(p, TRACE_STATE, s->tracestate);
	if (!id_is_zero(s->parent_span_id, sizeof(s->parent_span_id)))
		p = pb_bytes(p, PARENT_ID, s->parent_span_id, sizeof(s->parent_span_id));
	p = put_string(p, NAME, s->name);
	p = pb_uint(p, KIND, (uint64_t)s->kind + 1); /* SPAN_KIND_INTERNAL is 1 */
	p = pb_fixed64(p, START, s->start_ns);
	p = pb_fixed64(p, END, s->end_ns);
	p = put_raw(p, s->attributes);
	p = put_count(p, DROPPED_ATTRIBUTES, s->dropped_attributes);
	p = put_raw(p, s->events);
	p = put_count(p, DROPPED_EVENTS, s->dropped_events);
	p = put_raw(p, s->links);
	p = put_count(p, DROPPED_LINKS, s->dropped_links);
	p = put_status(p, s);
	return pb_fixed32_16(p, s->flags);
}

/* A message whose length is not known yet: room for a length of five bytes, which protobuf allows
 * to be written longer than needed, saves moving what comes behind. */
static uint32_t open_message(struct buf *out, unsigned field)
{
	unsigned char *p = buf_room(out, 6);
	if (!p)
		return 0;
	*p = (unsigned char)pb_tag(field, PB_LEN);
	out->n += 6;
	return out->n;
}

static void close_message(struct buf *out, uint32_t start)
{
	uint32_t n = out->n - start;
	unsigned char *p = out->data + start - 5;
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(n >> 7 * i | 0x80);
	p[4] = (unsigned char)(n >> 28);
}

static bool add_span(struct buf *out, const ctel_span_data *s)
{
	size_t most = upper_bound(s), lengths = pb_varint_size(most);
	unsigned char *p = buf_room(out, 1 + lengths + most);
	if (!p)
		return false;
	/* The length takes as many bytes as the upper bound's, padded where it is less. */
	unsigned char *body = p + 1 + lengths, *end = put_span(body, s);
	uint64_t n = (uint64_t)(end - body);
	*p++ = (unsigned char)pb_tag(2, PB_LEN); /* ScopeSpans.spans */
	for (size_t i = 0; i + 1 < lengths; i++)
		*p++ = (unsigned char)((n >> 7 * i) | 0x80);
	*p = (unsigned char)((n >> 7 * (lengths - 1)) & 0x7f);
	out->n = (uint32_t)(end - out->data);
	return true;
}

static bool add_string(struct buf *out, unsigned field, const char *s)
{
	size_t n = strlen(s);
	unsigned char *p = n ? buf_room(out, 11 + n) : out->data;
	if (!p)
		return false;
	if (n)
		out->n = (uint32_t)(pb_bytes(p, field, s, n) - out->data);
	return true;
}

static bool add_raw(struct buf *out, ctel_bytes bytes)
{
	unsigned char *p = buf_room(out, bytes.n);
	if (p)
		out->n = (uint32_t)(put_raw(p, bytes) - out->data);
	return p != NULL;
}

/* The spans of the first one's tracer from `from` on: those before it were of others. */
static bool add_scope(struct buf *out, const ctel_batch *batch, size_t from)
{
	const ctel_tracer *t = batch->spans[from]->tracer;
	uint32_t scope_spans = open_message(out, 2); /* ResourceSpans.scope_spans */
	uint32_t scope = scope_spans ? open_message(out, 1) : 0;
	if (!scope || !add_string(out, 1, t->name) || !add_string(out, 2, t->version) ||
		!add_raw(out, t->attributes))
		return false;
	close_message(out, scope);
	for (size_t i = from; i < batch->nr; i++)
		if (batch->spans[i]->tracer == t && !add_span(out, batch->spans[i]))
			return false;
	if (!add_string(out, 3, t->schema_url))
		return false;
	close_message(out, scope_spans);
	return true;
}

/* Whether an earlier span has the same tracer: its scope has been written already. */
static bool is_written(const ctel_batch *batch, size_t i)
{
	const ctel_tracer *t = batch->spans[i]->tracer;
	if (i && batch->spans[i - 1]->tracer == t)
		return true;
	for (size_t k = 0; k < i; k++)
		if (batch->spans[k]->tracer == t)
			return true;
	return false;
}

bool encode_protobuf(struct buf *out, const ctel_batch *batch)
{
	out->n = 0;
	uint32_t resource_spans = open_message(out, 1);
	uint32_t resource = resource_spans ? open_message(out, 1) : 0;
	if (!resource || !add_raw(out, batch->resource))
		return false;
	close_message(out, resource);
	for (size_t i = 0; i < batch->nr; i++)
		if (!is_written(batch, i) && !add_scope(out, batch, i))
			return false;
	const char *url = batch->resource_schema_url;
	if (url && !add_string(out, 3, url))
		return false;
	close_message(out, resource_spans);
	return out->n <= PB_MAX;
}

unsigned char *ctel_encode_protobuf(const ctel_batch *batch, size_t *size)
{
	struct buf out = {0};
	unsigned char *p = encode_protobuf(&out, batch) ? buf_room(&out, 1) : NULL;
	if (!p) {
		buf_free(&out);
		return NULL;
	}
	*p = 0;
	*size = out.n;
	return out.data;
}
